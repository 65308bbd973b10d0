//! The rule `refresh-missing`.

use crate::emptiness::help;
use crate::finding::{Finding, Fix, Severity, Target};
use crate::record::{EntryStyle, Field, FieldName};
use crate::rules::{Case, Group, Meta, Rule, Waivable};
use crate::writer::Writer;
use crate::yaml::written::{in_braces, in_json, on_line};

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
        if !is_empty || case.settings.required.is_optional(FieldName::RefreshSummary) {
            return Vec::new();
        }
        let help = first_entry(case);
        let place = Target::Key(FieldName::RefreshSummary);
        vec![
            Finding::new(META.name, Severity::Error, place, "the refresh summary has no entries")
                .with_help(help)
                .with_fix(Fix::AddEntry),
        ]
    }
}

/// The help for a refresh summary without entries: the finished block, with the keys that the configuration sets and
/// the day of the run, as it has to be written in this file.
pub(in crate::rules) fn first_entry(case: &Case<'_>) -> String {
    let key = case.key(FieldName::RefreshSummary);
    match case.record.refresh_summary {
        Field::Missing => format!("Add an entry:\n{}", summary_block(case)),
        _ => format!("Write this in place of the empty `{key}`:\n{}", summary_block(case)),
    }
}

/// The help for a refresh summary that is no list.
pub(in crate::rules) fn entries_as_list(case: &Case<'_>) -> String {
    format!("Write each entry like this, the newest first:\n{}", summary_block(case))
}

/// The help for a record whose log goes on with a further entry, which says `what`.
pub(in crate::rules) fn next_entry(case: &Case<'_>, what: &str) -> String {
    let at = match case.record.entry_layout.style {
        EntryStyle::Block | EntryStyle::Flow => "at the top of the refresh summary",
        EntryStyle::InBrackets | EntryStyle::Json => "right after the opening `[` of the refresh summary",
    };
    let comma = if case.record.entry_layout.style.is_in_brackets() { "," } else { "" };
    format!("Add an entry {at}:\n{}{comma}", entry_block(case, what))
}

/// A refresh summary of one entry, key included, in the layout of the file.
pub(crate) fn summary_block(case: &Case<'_>) -> String {
    let key = case.key(FieldName::RefreshSummary);
    let (indent, entry) = (" ".repeat(case.record.entry_layout.keys), entry_block(case, help::WHAT));
    match case.record.entry_layout.style {
        EntryStyle::Block | EntryStyle::Flow => format!("{indent}{}:\n{entry}", on_line(key)),
        EntryStyle::InBrackets => format!("{indent}{}: [{entry}]", in_braces(key)),
        EntryStyle::Json => format!("{}: [{entry}]", in_json(key)),
    }
}

/// An entry as an item of the refresh summary, in the layout of the file, with `what` in place of what was changed.
pub(crate) fn entry_block(case: &Case<'_>, what: &str) -> String {
    let (names, layout) = (&case.settings.fields, case.record.entry_layout);
    let indent = " ".repeat(layout.keys + layout.items);
    let fields = [
        (names.key_of("date"), case.today.proposed().to_string()),
        (names.key_of("who_changed"), case.writer.and_then(Writer::name).unwrap_or(help::WHO).to_owned()),
        (names.key_of("what_changed"), what.to_owned()),
    ];
    let written = |scalar: fn(&str) -> String, between: &str| {
        let lines: Vec<String> =
            fields.iter().map(|(key, value)| format!("{}: {}", scalar(key), scalar(value))).collect();
        lines.join(between)
    };
    match layout.style {
        EntryStyle::Block => format!("{indent}- {}", written(on_line, &format!("\n{indent}  "))),
        EntryStyle::Flow => format!("{indent}- {{{}}}", written(in_braces, ", ")),
        EntryStyle::InBrackets => format!("{{{}}}", written(in_braces, ", ")),
        EntryStyle::Json => {
            let fields: Vec<String> =
                fields.iter().map(|(key, value)| format!("{}: {}", in_json(key), in_json(value))).collect();
            format!("{{{}}}", fields.join(", "))
        }
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
        let expected = "Write this in place of the empty `refresh_summary`:\n  refresh_summary:\n    - date: 2026-07-01\n      who_changed: your name\n";
        assert!(help[0].finding.help.as_deref().unwrap().starts_with(expected), "{help:?}");
    }

    #[test]
    fn an_entry_in_braces_stays_one_line() {
        let record = record("note: a\nrefresh_summary:\n- {date: 2020-01-01}\n");
        let block = block_in(&record, "a new reason, in short");
        assert_eq!(block, "- {date: 2026-07-01, who_changed: your name, what_changed: \"a new reason, in short\"}");
    }

    #[test]
    fn an_entry_between_brackets_is_no_item() {
        let brackets = record("note: a\nrefresh_summary: [{date: 2020-01-01}]\n");
        let next = |record: &NoteRecord| case_of(record, |case| next_entry(case, "new reason"));
        assert_eq!(
            next(&brackets),
            "Add an entry right after the opening `[` of the refresh summary:\n{date: 2026-07-01, who_changed: your name, \
             what_changed: new reason},"
        );
        let json = record("{\"note\": \"a\", \"status\": \"x\"}");
        assert_eq!(
            case_of(&json, first_entry),
            "Add an entry:\n\"refresh_summary\": [{\"date\": \"2026-07-01\", \"who_changed\": \"your name\", \
             \"what_changed\": \"what you did, in a few words\"}]"
        );
    }

    fn block_in(record: &NoteRecord, what: &str) -> String {
        case_of(record, |case| entry_block(case, what))
    }

    #[test]
    fn names_are_written_as_one_text() {
        for (name, block, braces) in [
            ("Ann Lee-O’Neil", "Ann Lee-O’Neil", "Ann Lee-O’Neil"),
            ("Ann: Lee", "\"Ann: Lee\"", "\"Ann: Lee\""),
            ("Sato, Hana", "Sato, Hana", "\"Sato, Hana\""),
            ("#1 Ann \"A\"", "\"#1 Ann \\\"A\\\"\"", "\"#1 Ann \\\"A\\\"\""),
            ("Ann\u{202e}Lee", "\"Ann\\u202ELee\"", "\"Ann\\u202ELee\""),
            ("7 of nine", "7 of nine", "7 of nine"),
            ("2026-07-01", "2026-07-01", "2026-07-01"),
        ] {
            assert_eq!((on_line(name), in_braces(name)), (block.to_owned(), braces.to_owned()));
        }
    }

    #[test]
    fn entries_an_absent_key_and_another_type_are_left_alone() {
        assert_eq!(places(&RefreshMissing, META.examples.good.text), []);
        assert_eq!(places(&RefreshMissing, "note: a\n"), []);
        assert_eq!(places(&RefreshMissing, "note: a\nrefresh_summary: soon\n"), []);
    }
}
