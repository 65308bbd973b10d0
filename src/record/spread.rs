//! Fields that stand in the lines of a text (`Customer: Contoso`, `customer = Contoso`, `customer - Contoso`) or in pairs.

use super::FieldName;
use super::affixes::readings;
use super::fold::fold;
use super::gathered::{Gathered, Written};
use super::spelling::{NearKeys, Nearness};
use crate::text::ByteSpan;
use crate::yaml::{Entry, Value};

/// What people write between a field and its value.
const SEPARATORS: [char; 6] = [':', '=', '：', '﹕', '꞉', '∶'];

/// What they write there with spaces around it, at times with a `>` after it.
const DASHES: [char; 4] = ['-', '–', '—', '→'];

/// Characters before a separator in which its key is looked for.
const REACH: usize = 40;

/// A key in a line of a text.
struct LineKey<'t> {
    written: &'t str,
    meant: Option<(FieldName, Nearness)>,
    /// Where it starts in the line, and where its value does.
    start: usize,
    value: usize,
}

/// Adds the fields that the text `text`, which stands at `span`, holds. Slips of the pen do not count: a text is full
/// of words.
pub(super) fn of_text(text: &str, span: ByteSpan, keys: &NearKeys<'_>, fields: &mut Gathered) {
    for line in text.lines() {
        let found = keys_of_line(line, keys);
        let ends = found.iter().skip(1).map(|next| next.start).chain(std::iter::once(line.len()));
        for (key, end) in found.iter().zip(ends) {
            let value = line.get(key.value..end).unwrap_or_default();
            let value = value.split("</").next().unwrap_or_default().trim_matches(is_mark);
            let written = Written::part(key.written, span);
            fields.add_key(key.meant, written, value, keys);
        }
    }
}

fn keys_of_line<'t>(line: &'t str, keys: &NearKeys<'_>) -> Vec<LineKey<'t>> {
    let mut found: Vec<LineKey<'_>> = Vec::new();
    let mut start = 0;
    let mut has_dashes = None;
    for (at, separator) in line.char_indices() {
        let before = line.get(start..at).unwrap_or_default();
        let parts = SEPARATORS.contains(&separator)
            || separator == '>' && ends_with_tag(before)
            // Sentences have dashes, too: they count where a key and a dash begin the line.
            || is_dash(line, at, separator) && *has_dashes.get_or_insert_with(|| is_key_alone(before, keys));
        if !parts {
            continue;
        }
        let offset = start;
        start = at + separator.len_utf8();
        if let Some(key) = key_at_end(before, keys) {
            found.push(LineKey { start: offset + key.start, value: start, ..key });
        }
    }
    found
}

/// Whether `before` ends with a tag that only the `>` is missing from.
fn ends_with_tag(before: &str) -> bool {
    let mut name = before.chars().rev().take(REACH).take_while(|c| !c.is_whitespace() && *c != '/');
    name.any(|c| c == '<')
}

/// Whether the dash `separator` at `at` stands between two words.
fn is_dash(line: &str, at: usize, separator: char) -> bool {
    let before = line.get(..at).and_then(|before| before.chars().next_back());
    let after = line.get(at + separator.len_utf8()..).and_then(|after| after.chars().next());
    DASHES.contains(&separator)
        && before.is_some_and(char::is_whitespace)
        && after.is_some_and(|c| c.is_whitespace() || c == '>')
}

/// Whether what stands before a dash is a key and nothing else but marks and numbers.
fn is_key_alone(before: &str, keys: &NearKeys<'_>) -> bool {
    let name = before.trim_matches(|c: char| !c.is_alphabetic());
    name.len() <= REACH && keys.near_or_synonym(name).is_some_and(|(_, nearness)| nearness != Nearness::Slip)
}

/// Marks around a value that are no part of it.
fn is_mark(c: char) -> bool {
    c.is_whitespace() || matches!(c, '*' | '_' | '`' | '\'') || is_boundary(c)
}

/// Marks between the fields of a line.
fn is_boundary(c: char) -> bool {
    matches!(c, '<' | '>' | '[' | ']' | '{' | '}' | '(' | ')' | '"' | '|' | ',' | ';')
}

/// Adds the field that is written as a pair: `[customer, Contoso]`, `{key: customer, value: Contoso}`.
pub(super) fn of_pair(item: Value<'_>, keys: &NearKeys<'_>, fields: &mut Gathered) {
    let Some((key, value)) = pair(item) else { return };
    let Some(written) = key.scalar() else { return };
    let value = value.scalar().map(|scalar| scalar.text.as_ref()).unwrap_or_default();
    // Any list may hold a word that is nearly a key, and two keys beside each other are names of columns.
    let near = keys.near_or_synonym(&written.text);
    if keys.near_or_synonym(value).is_some() || near.is_some_and(|(_, nearness)| nearness == Nearness::Slip) {
        return;
    }
    fields.add_key(near, Written::key(&written.text, key.span()), value, keys);
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

/// The key in the last one or two words of `before`, or in the last one with something around it.
fn key_at_end<'t>(before: &'t str, keys: &NearKeys<'_>) -> Option<LineKey<'t>> {
    let start = before.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
    let tail = before.get(start..)?.trim_end();
    let ends = |c: char| c.is_whitespace() || is_boundary(c);
    let tail = tail.trim_end_matches(ends);
    let starts = tail.char_indices().rev().filter(|(_, c)| ends(*c)).map(|(at, c)| at + c.len_utf8());
    let parts = || starts.clone().take(2).chain(std::iter::once(0)).filter_map(|at| Some((at, tail.get(at..)?)));
    let key = |at: usize, written: &'t str, meant| LineKey { written, meant, start: start + at, value: 0 };
    let mut near = parts().filter_map(|(at, written)| Some((at, written, keys.near_or_synonym(written)?)));
    let by_name = near.find(|(.., (_, nearness))| *nearness != Nearness::Slip);
    if let Some((at, written, meant)) = by_name {
        return Some(key(at, written.trim_start(), Some(meant)));
    }
    let (at, last) = parts().next()?;
    (!readings(last, keys).is_empty()).then(|| key(at, last.trim_start(), None))
}
