//! Records in the rows of a table: a list of column names and lists of values, or lines with commas or bars between them.

use super::Located;
use super::misplaced::{NearField, beginning};
use super::spelling::{NearKeys, Nearness};
use super::spread;
use crate::text::ByteSpan;
use crate::yaml::Value;

/// Columns of the widest table that is looked at.
const MOST_COLUMNS: usize = 64;

/// Bytes of the longest line that is looked at.
const LONGEST_LINE: usize = 4096;

/// What stands between the values of a line.
const BETWEEN: [char; 4] = [',', ';', '\t', '|'];

/// Adds the fields that the columns of `value` mean, with the values of the first row, when it is a table: a list of
/// lists, the first of which names the columns, or a group of fields with a list of names and a list of lists.
pub(super) fn of_value(value: Value<'_>, keys: &NearKeys<'_>, fields: &mut Vec<NearField>) {
    if let Some(mut lists) = value.items()
        && let (Some(names), Some(row)) = (lists.next(), lists.next())
    {
        of_columns(names, row, keys, fields);
    }
    // Few files hold a list of lists, so most are done with here.
    let Some(row) = value.entries().into_iter().flatten().find_map(|entry| first_row(entry.value)) else { return };
    for entry in value.entries().into_iter().flatten() {
        of_columns(entry.value, row, keys, fields);
    }
}

fn first_row(rows: Value<'_>) -> Option<Value<'_>> {
    rows.items()?.next().filter(|first| first.items().is_some())
}

fn of_columns(names: Value<'_>, row: Value<'_>, keys: &NearKeys<'_>, fields: &mut Vec<NearField>) {
    let (Some(names), Some(row)) = (names.items(), row.items()) else { return };
    for (name, value) in names.zip(row).take(MOST_COLUMNS) {
        let Some(column) = name.scalar() else { return };
        let value = value.scalar().map(|scalar| scalar.text.as_ref()).unwrap_or_default();
        add(&column.text, name.span(), value, keys, fields);
    }
}

/// Adds the fields that the first line of `text` names as columns, with the values of the line below. `text` stands at
/// `span`.
pub(super) fn of_text(text: &str, span: ByteSpan, keys: &NearKeys<'_>, fields: &mut Vec<NearField>) {
    let is_row = |line: &&str| line.contains(char::is_alphanumeric);
    let mut lines = text.lines().filter(is_row);
    let (Some(names), Some(row)) = (lines.next(), lines.next()) else { return };
    let Some(between) = BETWEEN.into_iter().find(|between| names.contains(*between)) else { return };
    if names.len() > LONGEST_LINE || !row.contains(between) {
        return;
    }
    for (name, value) in names.split(between).zip(row.split(between)).take(MOST_COLUMNS) {
        add(name.trim(), span, value, keys, fields);
    }
}

/// Adds the field that a column means. A slip of the pen does not count: any list may hold such a word.
fn add(name: &str, span: ByteSpan, value: &str, keys: &NearKeys<'_>, fields: &mut Vec<NearField>) {
    let near = keys.near_or_synonym(name).filter(|(_, nearness)| *nearness != Nearness::Slip);
    let Some((meant, nearness)) = near else { return };
    let written = Located { value: name.to_owned(), key: None, span };
    spread::add(fields, NearField { meant, written, nearness, value: beginning(value) });
}
