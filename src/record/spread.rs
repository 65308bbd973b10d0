//! Fields that stand in the lines of a text (`Customer: Contoso`, `customer:Contoso`, `customer = Contoso`) or in pairs.

use super::Located;
use super::fold::fold;
use super::misplaced::{self, NearField, beginning};
use super::spelling::{NearKeys, Nearness};
use crate::text::ByteSpan;
use crate::yaml::{Entry, Value};

/// What people write between a field and its value.
const SEPARATORS: [char; 6] = [':', '=', '：', '﹕', '꞉', '∶'];

/// Characters before a separator in which its key is looked for.
const REACH: usize = 40;

/// Adds the fields that the text `text`, which stands at `span`, holds. Slips of the pen do not count: a text is full
/// of words.
pub(super) fn of_text(text: &str, span: ByteSpan, keys: &NearKeys<'_>, fields: &mut Vec<NearField>) {
    for line in text.lines() {
        let mut start = 0;
        for (at, separator) in line.char_indices().filter(|(_, c)| SEPARATORS.contains(c)) {
            let before = line.get(start..at).unwrap_or_default();
            start = at + separator.len_utf8();
            let value = line.get(start..).unwrap_or_default();
            let Some((key, meant, nearness)) = key_at_end(before, keys) else { continue };
            let written = Located { value: key.to_owned(), key: None, span };
            add(fields, NearField { meant, written, nearness, value: beginning(value) });
        }
    }
}

/// Adds the field that is written as a pair: `[customer, Contoso]`, `{key: customer, value: Contoso}`.
pub(super) fn of_pair(item: Value<'_>, keys: &NearKeys<'_>, fields: &mut Vec<NearField>) {
    let Some((key, value)) = pair(item) else { return };
    let Some(written) = key.scalar() else { return };
    let value = value.scalar().map(|scalar| scalar.text.as_ref()).unwrap_or_default();
    // Any list may hold a word that is nearly a key, and two keys beside each other are names of columns.
    let near = keys.near_or_synonym(&written.text).filter(|(_, nearness)| *nearness != Nearness::Slip);
    if let Some(near) = near.filter(|_| keys.near_or_synonym(value).is_none()) {
        misplaced::add(near, &written.text, key.span(), value, fields);
    }
}

/// What the key is called in a group that is a pair, folded.
const PAIR_KEYS: [&str; 9] = ["key", "field", "name", "column", "label", "title", "property", "attribute", "question"];

/// What the value is called there.
const PAIR_VALUES: [&str; 7] = ["value", "val", "content", "text", "data", "answer", "values"];

/// Groups of one key around a pair that are looked into.
const MOST_AROUND: usize = 4;

/// The two parts of a pair: a list of two values, or a group of a key and a value. Other keys, such as an id, may stand
/// beside them, and the whole may be kept under one key: `field: {id: 1, name: customer, value: Contoso}`.
fn pair(item: Value<'_>) -> Option<(Value<'_>, Value<'_>)> {
    if let Some(mut parts) = item.items() {
        return match (parts.next(), parts.next(), parts.next()) {
            (Some(key), Some(value), None) => Some((key, value)),
            _ => None,
        };
    }
    let group = innermost(item);
    let find = |names: &[&str]| {
        let is = |entry: &Entry<'_>| {
            let key = entry.key.scalar().filter(|key| key.text.len() <= LONGEST_PAIR_KEY);
            key.is_some_and(|key| names.contains(&fold(&key.text).as_str()))
        };
        group.entries()?.take(MOST_IN_PAIR).find(is)
    };
    let (key, value) = (find(&PAIR_KEYS)?, find(&PAIR_VALUES)?);
    Some((unwrapped(key.value), unwrapped(value.value)))
}

/// Keys of a pair that are looked at; a group with more is a thing of its own.
const MOST_IN_PAIR: usize = 8;

/// Bytes of the longest key of a pair.
const LONGEST_PAIR_KEY: usize = 32;

/// What is kept under keys that have nothing beside them.
fn innermost(mut item: Value<'_>) -> Value<'_> {
    for _ in 0..MOST_AROUND {
        let mut entries = item.entries().into_iter().flatten();
        match (entries.next(), entries.next()) {
            (Some(only), None) if only.value.entries().is_some() => item = only.value,
            _ => break,
        }
    }
    item
}

/// The text of a group that only says what it is: `{text: customer}`.
fn unwrapped(value: Value<'_>) -> Value<'_> {
    let mut entries = value.entries().into_iter().flatten();
    match (entries.next(), entries.next()) {
        (Some(only), None) => only.value,
        _ => value,
    }
}

/// Adds a field that is not there yet, or is there less surely.
pub(super) fn add(fields: &mut Vec<NearField>, field: NearField) {
    match fields.iter_mut().find(|other| other.meant == field.meant) {
        None => fields.push(field),
        Some(other) if rank(field.nearness) < rank(other.nearness) => *other = field,
        Some(_) => {}
    }
}

fn rank(nearness: Nearness) -> u8 {
    match nearness {
        Nearness::Exact => 0,
        Nearness::Style => 1,
        Nearness::Plural => 2,
        Nearness::Qualified => 3,
        Nearness::Slip => 4,
        Nearness::Synonym => 5,
        Nearness::LooseSynonym => 6,
    }
}

/// The key in the last one or two words of `before`.
fn key_at_end<'t>(before: &'t str, keys: &NearKeys<'_>) -> Option<(&'t str, crate::record::FieldName, Nearness)> {
    let start = before.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
    let tail = before.get(start..)?.trim();
    let starts = tail.char_indices().rev().filter(|(_, c)| c.is_whitespace()).map(|(at, c)| at + c.len_utf8());
    let words = starts.take(2).chain(std::iter::once(0)).filter_map(|at| tail.get(at..));
    words
        .filter_map(|words| keys.near_or_synonym(words).map(|(field, nearness)| (words, field, nearness)))
        .find(|(_, _, nearness)| *nearness != Nearness::Slip)
}
