//! What says something about a customer without any key: the rows of a table without names of columns, and sentences.

use super::misplaced::beginning;
use super::spelling::NearKeys;
use super::tables::split_line;
use crate::yaml::Value;

/// Cells of a row that is looked at.
const LEAST_CELLS: usize = 4;
const MOST_CELLS: usize = 32;

/// Cells of a row that are no numbers: a customer, a workload and a status.
const LEAST_WORDS_IN_ROW: usize = 3;

/// Lines above a row that are looked at, such as a title.
const MOST_LINES: usize = 8;

/// Sentences of a file that are looked at.
const MOST_SENTENCES: usize = 16;

/// Bytes of the longest text that may be a note by itself.
const LONGEST: usize = 4096;

/// Words of the shortest sentence.
const LEAST_WORDS: usize = 4;

/// The cells of a row, when `value` is a list of single values or its text has lines of cells; the beginning of each.
pub(super) fn row(value: Value<'_>) -> Vec<String> {
    let cells: Vec<String> = match (value.items(), value.scalar()) {
        (Some(items), _) => {
            let cells: Option<Vec<_>> = items.take(MOST_CELLS).map(|item| item.scalar()).collect();
            cells.into_iter().flatten().map(|cell| beginning(&cell.text)).collect()
        }
        (None, Some(scalar)) => {
            let lines = scalar.text.lines().filter(|line| line.contains(char::is_alphanumeric)).take(MOST_LINES);
            let rows = lines.map(|line| split_line(line).take(MOST_CELLS).map(beginning).collect::<Vec<_>>());
            rows.into_iter().find(|row| row.len() >= LEAST_CELLS).unwrap_or_default()
        }
        (None, None) => Vec::new(),
    };
    let words = cells.iter().filter(|cell| cell.starts_with(char::is_alphabetic)).count();
    if cells.len() >= LEAST_CELLS && words >= LEAST_WORDS_IN_ROW { cells } else { Vec::new() }
}

/// The sentences of a document that holds nothing else: one text, a list of texts, or texts under names of their own.
pub(super) fn sentences(root: Value<'_>, keys: &NearKeys<'_>) -> Vec<String> {
    let text = |value: Value<'_>| {
        let text = value.scalar()?.text.trim().to_owned();
        let is_sentence = text.len() <= LONGEST && text.split_whitespace().nth(LEAST_WORDS - 1).is_some();
        is_sentence.then_some(text)
    };
    let texts: Option<Vec<String>> = if let Some(items) = root.items() {
        items.take(MOST_SENTENCES).map(text).collect()
    } else if let Some(entries) = root.entries() {
        let named = |key: Value<'_>| key.scalar().is_some_and(|key| keys.near(&key.text).is_none());
        // Under a key, lines are a script or a page.
        let line = |value: Value<'_>| text(value).filter(|text| !text.contains('\n'));
        entries.take(MOST_SENTENCES).map(|entry| line(entry.value).filter(|_| named(entry.key))).collect()
    } else {
        text(root).map(|text| vec![text])
    };
    texts.unwrap_or_default()
}
