//! The rule `refresh-missing`.

use crate::emptiness::help;
use crate::finding::{Finding, Place, Severity};
use crate::record::{EntryStyle, Field, FieldName};
use crate::rules::{Case, Group, Meta, Rule, Waivable};
use crate::writer::Writer;

pub(crate) const META: Meta = Meta {
    name: "refresh-missing",
    group: Group::Record,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "the refresh summary has no entries",
    explanation: "The refresh summary says when a record was last reviewed, by whom, and what they changed. \
                  A new record starts with one entry. If the key itself is missing, `missing-field` reports it.",
    guidance: "Updates should be provided as needed so that the workload entitlements have a clear and up \
                  to date description that accurately reflects workload intent.",
    examples: examples!("refresh-missing"),
};

pub(crate) struct RefreshMissing;

impl Rule for RefreshMissing {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let is_empty = match &case.record.refresh_summary {
            Field::Null(_) => true,
            Field::Value(entries) => entries.value.is_empty(),
            Field::Missing | Field::WrongType(_) => false,
        };
        if !is_empty {
            return Vec::new();
        }
        let help = first_entry(case);
        let place = Place::Key(FieldName::RefreshSummary);
        vec![Finding::new(META.name, Severity::Error, place, "the refresh summary has no entries").with_help(help)]
    }
}

/// The help for a refresh summary without entries: the finished block, with the keys that the configuration sets and
/// the day of the run, as it has to be written in this file.
pub(in crate::rules) fn first_entry(case: &Case<'_>) -> String {
    format!("Add an entry:\n{}", summary_block(case))
}

/// The help for a refresh summary that is no list.
pub(in crate::rules) fn entries_as_list(case: &Case<'_>) -> String {
    format!("Write each entry like this, the newest first:\n{}", summary_block(case))
}

fn summary_block(case: &Case<'_>) -> String {
    let key = case.settings.fields.key(FieldName::RefreshSummary);
    let indent = " ".repeat(case.record.entry_layout.keys);
    format!("{indent}{key}:\n{}", entry_block(case, help::WHAT))
}

/// An entry as an item of the refresh summary, in the layout of the file, with `what` in place of what was changed.
pub(in crate::rules) fn entry_block(case: &Case<'_>, what: &str) -> String {
    let (names, layout) = (&case.settings.fields, case.record.entry_layout);
    let indent = " ".repeat(layout.keys + layout.items);
    let fields = [
        (names.key_of("date"), case.today.proposed().to_string()),
        (
            names.key_of("who_changed"),
            case.writer.and_then(Writer::name).map_or_else(|| help::WHO.to_owned(), name_in_yaml),
        ),
        (names.key_of("what_changed"), what.to_owned()),
    ];
    match layout.style {
        EntryStyle::Block => {
            let lines: Vec<String> = fields.iter().map(|(key, value)| format!("{key}: {value}")).collect();
            format!("{indent}- {}", lines.join(&format!("\n{indent}  ")))
        }
        EntryStyle::Flow => {
            let quoted = |value: &String| if value.contains(',') { format!("\"{value}\"") } else { value.clone() };
            let fields: Vec<String> = fields.iter().map(|(key, value)| format!("{key}: {}", quoted(value))).collect();
            format!("{indent}- {{{}}}", fields.join(", "))
        }
    }
}

/// A name as a scalar: in quotes unless it is made of letters, digits and the marks of names.
fn name_in_yaml(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || " -.'’_".contains(c);
    match name.starts_with(char::is_alphabetic) && name.chars().all(is_plain) {
        true => name.to_owned(),
        false => format!("\"{}\"", name.replace(['"', '\\'], "'")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::NoteRecord;
    use crate::rules::testing::{case_of, places, record, run};

    #[test]
    fn nothing_and_an_empty_list_are_no_entries() {
        assert_eq!(places(&RefreshMissing, META.examples.bad.text), [(5, 1)]);
        assert_eq!(places(&RefreshMissing, "note: a\nrefresh_summary:\n"), [(2, 1)]);
        assert_eq!(places(&RefreshMissing, "note: a\nrefresh_summary: ~\n"), [(2, 1)]);
    }

    #[test]
    fn the_help_is_an_entry_of_today() {
        let help = run(&RefreshMissing, META.examples.bad.text).remove(0).finding.help.unwrap();
        assert!(help.contains("\n  - date: 2026-07-01\n    who_changed: your name\n"), "{help}");
    }

    #[test]
    fn the_help_lies_as_the_record_does() {
        let help = run(&RefreshMissing, "entitlements:\n- note: a\n  status: x\n  refresh_summary: []\n");
        let expected = "Add an entry:\n  refresh_summary:\n    - date: 2026-07-01\n      who_changed: your name\n";
        assert!(help[0].finding.help.as_deref().unwrap().starts_with(expected), "{help:?}");
    }

    #[test]
    fn an_entry_in_braces_stays_one_line() {
        let record = record("note: a\nrefresh_summary:\n- {date: 2020-01-01}\n");
        let block = block_in(&record, "a new reason, in short");
        assert_eq!(block, "- {date: 2026-07-01, who_changed: your name, what_changed: \"a new reason, in short\"}");
    }

    fn block_in(record: &NoteRecord, what: &str) -> String {
        case_of(record, |case| entry_block(case, what))
    }

    #[test]
    fn names_are_written_as_one_text() {
        for (name, written) in [
            ("Ann Lee-O’Neil", "Ann Lee-O’Neil"),
            ("Ann: Lee", "\"Ann: Lee\""),
            ("#1 Ann \"A\"", "\"#1 Ann 'A'\""),
            ("7 of nine", "\"7 of nine\""),
        ] {
            assert_eq!(name_in_yaml(name), written);
        }
    }

    #[test]
    fn entries_an_absent_key_and_another_type_are_left_alone() {
        assert_eq!(places(&RefreshMissing, META.examples.good.text), []);
        assert_eq!(places(&RefreshMissing, "note: a\n"), []);
        assert_eq!(places(&RefreshMissing, "note: a\nrefresh_summary: soon\n"), []);
    }
}
