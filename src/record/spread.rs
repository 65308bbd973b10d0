//! Fields that stand in the lines of a text: `Customer: Contoso`, `customer:Contoso`, `customer = Contoso`.

use super::Located;
use super::misplaced::{NearField, beginning};
use super::spelling::{NearKeys, Nearness};
use crate::text::ByteSpan;

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
    }
}

/// The key in the last one or two words of `before`.
fn key_at_end<'t>(before: &'t str, keys: &NearKeys<'_>) -> Option<(&'t str, crate::record::FieldName, Nearness)> {
    let start = before.char_indices().rev().nth(REACH).map_or(0, |(at, _)| at);
    let tail = before.get(start..)?.trim();
    let starts = tail.char_indices().rev().filter(|(_, c)| c.is_whitespace()).map(|(at, c)| at + c.len_utf8());
    let words = starts.take(2).chain(std::iter::once(0)).filter_map(|at| tail.get(at..));
    words
        .filter_map(|words| keys.near(words).map(|(field, nearness)| (words, field, nearness)))
        .find(|(_, _, nearness)| *nearness != Nearness::Slip)
}
