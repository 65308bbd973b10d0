//! How a record lies in its file, so that what is to be added to it can be shown as it has to be written there.

use super::{Field, RefreshEntry};
use crate::text::{ByteSpan, SourceText};

/// The columns and the style of a new entry of the refresh summary. Columns are counted in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EntryLayout {
    /// How far the keys of the record are indented.
    pub keys: usize,
    /// How far the dash of an entry is indented against the keys.
    pub items: usize,
    /// How entries are written.
    pub style: EntryStyle,
}

/// How the entries of a refresh summary are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryStyle {
    /// An item of a list, a line a field.
    Block,
    /// An item of a list, in braces.
    Flow,
    /// In braces, between the brackets of a list.
    InBrackets,
    /// The same in a record that is itself in braces, as JSON is written.
    Json,
}

impl EntryStyle {
    /// Whether the list of entries is in brackets.
    #[must_use]
    pub fn is_in_brackets(self) -> bool {
        matches!(self, Self::InBrackets | Self::Json)
    }
}

impl Default for EntryLayout {
    fn default() -> Self {
        Self { keys: 0, items: 2, style: EntryStyle::Block }
    }
}

impl EntryLayout {
    /// That of the record at `record`, after the list and the first of its entries.
    pub(super) fn of(text: &SourceText, record: ByteSpan, entries: &Field<Vec<RefreshEntry>>) -> Self {
        let starts = |at: usize, with| text.as_str().get(at..).is_some_and(|rest| rest.starts_with(with));
        if starts(record.start, '{') {
            return Self { style: EntryStyle::Json, ..Self::default() };
        }
        let keys = column(text, record.start);
        let default = Self { keys, ..Self::default() };
        let Field::Value(list) = entries else { return default };
        let Some(first) = list.value.first() else { return default };
        if starts(list.span.start, '[') {
            return Self { style: EntryStyle::InBrackets, ..default };
        }
        let before = line_before(text, first.span.start);
        let is_item = before.trim_end().ends_with('-');
        let dash = before.trim_end().chars().count().saturating_sub(1);
        let in_braces = starts(first.span.start, '{');
        Self {
            keys,
            items: if is_item { dash.saturating_sub(keys) } else { default.items },
            style: if in_braces { EntryStyle::Flow } else { EntryStyle::Block },
        }
    }
}

/// What stands before a byte in its line.
fn line_before(text: &SourceText, at: usize) -> &str {
    let before = text.as_str().get(..at).unwrap_or_default();
    before.rsplit(['\n', '\r']).next().unwrap_or_default()
}

fn column(text: &SourceText, at: usize) -> usize {
    line_before(text, at).trim_start_matches('\u{feff}').chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::record;

    fn layout(text: &str) -> (usize, usize, EntryStyle) {
        let EntryLayout { keys, items, style } = record(text).entry_layout;
        (keys, items, style)
    }

    #[test]
    fn entries_lie_as_the_first_of_them() {
        let of = |entries: &str| layout(&format!("customer: C\nnote: a\nrefresh_summary:\n{entries}"));
        assert_eq!(of("- date: 2020-01-01\n  who_changed: A\n"), (0, 0, EntryStyle::Block));
        assert_eq!(of("    - date: 2020-01-01\n"), (0, 4, EntryStyle::Block));
        assert_eq!(of("  -   {date: 2020-01-01}\n"), (0, 2, EntryStyle::Flow));
        assert_eq!(of("  []\n"), (0, 2, EntryStyle::Block));
        assert_eq!(of("  [{date: 2020-01-01}]\n"), (0, 2, EntryStyle::InBrackets));
    }

    #[test]
    fn a_record_in_braces_is_written_as_json() {
        let json = "{\"note\": \"a\", \"status\": \"x\", \"refresh_summary\": [{\"date\": \"2020-01-01\"}]}";
        assert_eq!(layout(json), (0, 2, EntryStyle::Json));
        assert_eq!(layout("- {note: a, status: x}\n"), (0, 2, EntryStyle::Json));
    }

    #[test]
    fn records_in_lists_are_indented() {
        assert_eq!(layout("- customer: C\n  note: a\n"), (2, 2, EntryStyle::Block));
        assert_eq!(
            layout("entitlements:\n  - note: a\n    status: x\n    refresh_summary:\n    - date: 2020-01-01\n"),
            (4, 0, EntryStyle::Block)
        );
        assert_eq!(layout("\u{feff}note: a\nstatus: x\n"), (0, 2, EntryStyle::Block));
    }
}
