//! Records in the rows of a table: a list of column names and lists of values, or lines with commas or bars between them.

use super::gathered::{Gathered, Written};
use super::spelling::{NearKeys, Nearness};
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
pub(super) fn of_value(value: Value<'_>, keys: &NearKeys<'_>, fields: &mut Gathered) {
    if let Some(mut lists) = value.items()
        && let (Some(names), Some(row)) = (lists.next(), lists.next())
    {
        match (names.scalar(), row.scalar()) {
            (Some(first), Some(second)) => of_lines(&first.text, &second.text, names.span(), keys, fields),
            _ => of_columns(names, row, keys, fields),
        }
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

fn of_columns(names: Value<'_>, row: Value<'_>, keys: &NearKeys<'_>, fields: &mut Gathered) {
    let (Some(names), Some(row)) = (names.items(), row.items()) else { return };
    for (name, value) in names.zip(row).take(MOST_COLUMNS) {
        let Some(column) = name.scalar() else { return };
        let value = value.scalar().map(|scalar| scalar.text.as_ref()).unwrap_or_default();
        add(&column.text, name.span(), value, keys, fields);
    }
}

/// Lines at the start of a text among which the names of the columns are looked for: a title may stand above them.
const MOST_ABOVE: usize = 8;

/// Columns that are enough for a line to be that of their names.
const LEAST_NAMES: usize = 3;

/// Adds the fields that one of the first lines of `text` names as columns, with the values of the line below. `text`
/// stands at `span`. In a text that YAML has folded both are on one line.
pub(super) fn of_text(text: &str, span: ByteSpan, keys: &NearKeys<'_>, fields: &mut Gathered) {
    let is_row = |line: &&str| line.contains(char::is_alphanumeric);
    let mut lines = text.lines().filter(is_row).take(MOST_ABOVE + 1);
    let Some(mut names) = lines.next() else { return };
    let mut is_only = true;
    for row in lines {
        is_only = false;
        let mut found = Gathered::default();
        of_lines(names, row, span, keys, &mut found);
        let found = found.finish();
        if found.all.len() >= LEAST_NAMES {
            return fields.add_all(found);
        }
        names = row;
    }
    if is_only {
        of_folded(names, span, keys, fields);
    }
}

/// Adds the fields that the line `names` names as columns, with the values of the line `row`.
fn of_lines(names: &str, row: &str, span: ByteSpan, keys: &NearKeys<'_>, fields: &mut Gathered) {
    if names.len() > LONGEST_LINE {
        return;
    }
    let between = BETWEEN.into_iter().find(|between| names.contains(*between));
    match between {
        Some(between) if row.contains(between) => {
            add_columns(names.split(between), row.split(between), span, keys, fields);
        }
        // Columns that are aligned with spaces.
        None if names.contains("  ") && row.contains("  ") => {
            let cells = |line| str::split(line, "  ").filter(|cell| !cell.trim().is_empty());
            add_columns(cells(names), cells(row), span, keys, fields);
        }
        _ => {}
    }
}

/// The cells of a line.
pub(super) fn split_line(line: &str) -> impl Iterator<Item = &str> {
    let line = if line.len() <= LONGEST_LINE { line } else { "" };
    let between = BETWEEN.into_iter().rev().find(|between| line.contains(*between));
    line.split(move |c| Some(c) == between).map(|cell| cell.trim_matches(is_quote))
}

/// Adds the fields of a table whose lines YAML has folded into one: `customer,note Contoso,Customer has no intent`.
fn of_folded(line: &str, span: ByteSpan, keys: &NearKeys<'_>, fields: &mut Gathered) {
    let Some(between) = BETWEEN.into_iter().find(|between| line.contains(*between)) else { return };
    let is_name = |cell: &str| keys.near_or_synonym(cell.trim()).is_some();
    let cells = || line.split(between).take(MOST_COLUMNS);
    let named = cells().take_while(|cell| is_name(cell)).count();
    // The last of the names shares its cell with the first value.
    let Some((last, first)) = cells().nth(named).and_then(|cell| cell.trim().split_once(' ')) else { return };
    if named + 1 >= LEAST_NAMES && is_name(last) {
        let names = cells().take(named).chain(std::iter::once(last));
        let row = std::iter::once(first).chain(cells().skip(named + 1));
        add_columns(names, row, span, keys, fields);
    }
}

fn add_columns<'t>(
    names: impl Iterator<Item = &'t str>,
    row: impl Iterator<Item = &'t str>,
    span: ByteSpan,
    keys: &NearKeys<'_>,
    fields: &mut Gathered,
) {
    for (name, value) in names.zip(row).take(MOST_COLUMNS) {
        add(name.trim(), span, value, keys, fields);
    }
}

/// Adds the field that a column means. A slip of the pen does not count: any list may hold such a word.
fn add(name: &str, span: ByteSpan, value: &str, keys: &NearKeys<'_>, fields: &mut Gathered) {
    let near = keys.near_or_synonym(name.trim_matches(is_quote));
    if near.is_none_or(|(_, nearness)| nearness != Nearness::Slip) {
        fields.add_key(near, Written::part(name, span), value.trim_matches(is_quote), keys);
    }
}

fn is_quote(c: char) -> bool {
    c.is_whitespace() || c == '"'
}
