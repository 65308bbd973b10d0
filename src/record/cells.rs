//! The values of a group of fields with what their keys may mean, for groups whose keys alone tell too little.

use super::FieldName;
use super::encoded::text_of;
use super::misplaced::{Cell, beginning};
use super::spelling::{NearKeys, Nearness};
use crate::yaml::{Entry, Value};

/// Values of the smallest group that may be a record, and those of one that are looked at.
const LEAST_CELLS: usize = 2;
const MOST_CELLS: usize = 32;

/// Characters of a value that are kept: enough to see what a sentence says.
const LONGEST_VALUE: usize = 256;

/// Words of a value that may be a note.
const LEAST_WORDS: usize = 3;

/// Characters of the longest key in a line of a text.
const LONGEST_KEY_IN_TEXT: usize = 40;

/// The values of a group, of a list whose items are one field each, or of a text with a field in each line.
pub(super) fn cells(value: Value<'_>, keys: &NearKeys<'_>) -> Vec<Cell> {
    let cells = match (value.entries(), value.items(), text_of(value)) {
        (Some(entries), ..) => entries.take(MOST_CELLS).filter_map(|entry| cell(entry, keys)).collect(),
        (None, Some(items), _) => {
            let only = |item: Value<'_>| {
                let mut entries = item.entries()?;
                let (only, None) = (entries.next()?, entries.next()) else { return None };
                cell(only, keys)
            };
            items.take(MOST_CELLS).map(only).collect::<Option<Vec<_>>>().unwrap_or_default()
        }
        (None, None, Some(text)) => lines(&text, keys),
        (None, None, None) => Vec::new(),
    };
    // Few groups hold a sentence, so most are done with here.
    let may_hold_note = |cell: &Cell| {
        let is_note = cell.meant.is_some_and(|(meant, _)| meant == FieldName::Note);
        is_note || cell.value.split_whitespace().nth(LEAST_WORDS - 1).is_some()
    };
    // Where all keys are those of fields, they tell by themselves.
    let is_own = |cell: &Cell| cell.meant.is_some_and(|(_, near)| matches!(near, Nearness::Exact | Nearness::Style));
    let may_be = cells.len() >= LEAST_CELLS && cells.iter().any(may_hold_note) && !cells.iter().all(is_own);
    if may_be { cells } else { Vec::new() }
}

fn cell(entry: Entry<'_>, keys: &NearKeys<'_>) -> Option<Cell> {
    let key = &entry.key.scalar()?.text;
    // A note may be written as a list of sentences.
    let first = || entry.value.items().and_then(|mut items| text_of(items.next()?));
    let value = text_of(entry.value).or_else(first).unwrap_or_default();
    Some(made(key, &value, keys))
}

fn made(key: &str, value: &str, keys: &NearKeys<'_>) -> Cell {
    Cell {
        key: beginning(key),
        meant: keys.near_or_synonym(key),
        value: value.trim().chars().take(LONGEST_VALUE).collect(),
    }
}

/// The fields of a text of which each line is one.
fn lines(text: &str, keys: &NearKeys<'_>) -> Vec<Cell> {
    let field = |line: &str| {
        let (key, value) = line.split_once([':', '='])?;
        let key = key.trim_matches(|c: char| !c.is_alphanumeric());
        let is_key = !key.is_empty() && key.chars().nth(LONGEST_KEY_IN_TEXT).is_none();
        is_key.then(|| made(key, value, keys))
    };
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines.take(MOST_CELLS).map(field).collect::<Option<Vec<_>>>().unwrap_or_default()
}
