//! What says something about a customer without the keys of a record: the rows of a table without names of columns, and
//! sentences.

use super::encoded::text_of;
use super::misplaced::{TextUnder, beginning};
use super::tables::split_line;
use crate::yaml::Value;

/// Cells of a row that is looked at.
const LEAST_CELLS: usize = 4;
const MOST_CELLS: usize = 32;

/// Cells of a row that are no numbers: a customer, a workload and a status.
const LEAST_WORDS_IN_ROW: usize = 3;

/// Lines above a row that are looked at, such as a title.
const MOST_LINES: usize = 8;

/// Texts of a document that are looked at.
const MOST_TEXTS: usize = 16;

/// Bytes of the longest text that may be a note by itself.
const LONGEST_TEXT: usize = 4096;

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

/// The first texts of a document, with the keys above each; nothing when none of them is a sentence.
pub(super) fn texts(root: Value<'_>) -> Vec<TextUnder> {
    let mut found = Vec::new();
    add_texts(root, &mut Vec::new(), &mut found);
    if found.iter().any(TextUnder::is_sentence) { found } else { Vec::new() }
}

/// The depth of a document is limited, so this does not recurse far. What an alias stands for is looked at where it
/// stands itself.
fn add_texts<'t>(value: Value<'t>, keys: &mut Vec<Value<'t>>, found: &mut Vec<TextUnder>) {
    if found.len() >= MOST_TEXTS || value.is_alias() {
        return;
    }
    for item in value.items().into_iter().flatten() {
        add_texts(item, keys, found);
    }
    for entry in value.entries().into_iter().flatten() {
        // A sentence may be written as a key.
        if entry.key.scalar().is_some_and(|key| is_sentence(&key.text)) {
            add_texts(entry.key, keys, found);
        }
        keys.push(entry.key);
        add_texts(entry.value, keys, found);
        keys.pop();
    }
    if let Some(text) = text_of(value) {
        let text = text.trim();
        let is_prose = text.len() <= LONGEST_TEXT && (keys.is_empty() || !text.contains('\n') || is_paragraph(text));
        let keys = keys.iter().map(|key| named(*key)).filter(|key| !key.is_empty());
        let text = text.chars().take(LONGEST_TEXT).collect();
        found.push(TextUnder { keys: keys.collect(), text, is_prose });
    }
}

/// A key as one text; the parts of one that is a list or a group (`? [Contoso, Teams]`) stand beside each other.
fn named(key: Value<'_>) -> String {
    let parts = key.items().into_iter().flatten();
    let parts = parts.chain(key.entries().into_iter().flatten().map(|entry| entry.value)).take(LEAST_CELLS);
    let texts = std::iter::once(key).chain(parts).filter_map(|part| Some(beginning(&part.scalar()?.text)));
    texts.collect::<Vec<_>>().join(", ")
}

/// Whether lines are sentences and no script.
fn is_paragraph(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start).filter(|line| !line.is_empty());
    lines.all(|line| line.starts_with(char::is_uppercase))
}

impl TextUnder {
    /// Whether it is more than a name or a label.
    pub(crate) fn is_sentence(&self) -> bool {
        is_sentence(&self.text)
    }
}

fn is_sentence(text: &str) -> bool {
    text.split_whitespace().nth(LEAST_WORDS - 1).is_some()
}
