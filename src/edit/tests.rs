use super::*;
use crate::config::Config;
use crate::day::Today;
use crate::engine::{Engine, NoteText, NotesBefore, Scope};
use crate::playbook::Playbook;
use crate::record::FieldName;
use jiff::civil::date;
use std::sync::LazyLock;

mod additions;
mod entries;
mod properties;
mod refusals;

pub(super) static PLAYBOOK: LazyLock<Playbook> = LazyLock::new(Playbook::built_in);

/// What `work` makes with an editor under the built-in rules.
pub(super) fn with_editor<T>(work: impl FnOnce(&Editor<'_>) -> T) -> T {
    with_config(&Config::default(), work)
}

pub(super) fn with_config<T>(config: &Config, work: impl FnOnce(&Editor<'_>) -> T) -> T {
    let engine = Engine {
        config,
        playbook: &PLAYBOOK,
        today: Today::fixed(date(2026, 7, 1)),
        limits: Limits::default(),
        fail_on: FailOn::Poor,
        scope: Scope::All,
        note_text: NoteText::Shown,
        notes_before: NotesBefore::LeftOut,
        writer: None,
    };
    work(&engine.editor(&config.general_rules()))
}

pub(super) fn new_entry() -> NewEntry {
    NewEntry { date: date(2026, 7, 1), who: "Ann Lee".to_owned(), what: "Proxy tested".to_owned() }
}

/// The text after `edit` of the record with this number, or why it was refused.
pub(super) fn edited(text: &str, record: usize, edit: impl FnOnce(&NoteRecord) -> Edit) -> Result<String, EditError> {
    with_editor(|editor| {
        let original = editor.open(text.as_bytes().to_vec(), Selection::Likely)?;
        let edit = edit(&original.reading().records[record]);
        Ok(editor.edit(&original, &[RecordEdit { record, edit }])?.text().to_owned())
    })
}

/// The same for the only record.
#[track_caller]
pub(super) fn after(text: &str, edit: impl FnOnce(&NoteRecord) -> Edit) -> String {
    edited(text, 0, edit).unwrap_or_else(|error| panic!("{error} at {:?} in\n{text}", error.at))
}

pub(super) fn refusal(text: &str, edit: impl FnOnce(&NoteRecord) -> Edit) -> (EditErrorKind, Option<(usize, usize)>) {
    let error = edited(text, 0, edit).expect_err("the edit was made");
    (error.kind, error.at.map(|at| (at.line, at.column)))
}

fn rename(record: &NoteRecord, to: &str) -> Edit {
    let key = record.problems.iter().find_map(|problem| match problem {
        record::Problem::MisspeltField { written, .. } => Some(written.span),
        _ => None,
    });
    Edit::RenameKey { key: key.unwrap(), to: to.to_owned() }
}

fn set(record: &NoteRecord, field: FieldName, to: &str) -> Edit {
    Edit::SetScalar { value: record.spans_of(field).value.unwrap(), to: to.to_owned() }
}

fn replace_in_note(record: &NoteRecord, of: char, with: &str) -> Edit {
    let note = record.note.value().unwrap();
    let part = |(at, c): (usize, char)| TextPart { at: NoteSpan::new(at..at + c.len_utf8()), with: with.to_owned() };
    let parts = note.char_indices().filter(|(_, c)| *c == of).map(part).collect();
    Edit::ReplaceText { value: record.note.value_span().unwrap(), parts }
}

#[test]
fn a_key_keeps_its_quotes_and_its_place() {
    let base = "customer: C\nworkload: Teams # w\n";
    for (before, after_it) in [
        ("stauts: Blocked\nnote: a\n", "status: Blocked\nnote: a\n"),
        ("\"Status\"  : Blocked\nnote: a\n", "\"status\"  : Blocked\nnote: a\n"),
        ("'STATUS': Blocked\r\nnote: a\r\n", "'status': Blocked\r\nnote: a\r\n"),
    ] {
        assert_eq!(after(&format!("{base}{before}"), |record| rename(record, "status")), format!("{base}{after_it}"));
    }
    let json = "{\"note\": \"a\", \"workload\": \"Teams\", \"Status\": \"Blocked\"}";
    assert_eq!(after(json, |record| rename(record, "status")), json.replace("Status", "status"));
}

#[test]
fn a_value_keeps_its_quotes_and_what_is_around_it() {
    for (before, expected) in [
        ("blocked", "Blocked"),
        ("'blocked'", "'Blocked'"),
        ("\"blocked\"   # c", "\"Blocked\"   # c"),
        (">-\n  blocked", "Blocked"),
        ("|\n  blocked\n\n# c", "Blocked\n\n# c"),
        ("blo\n  cked", "Blocked"),
    ] {
        let text = |status: &str| format!("\u{feff}note: a\nworkload: Teams\nstatus: {status}\nowner: B\n");
        assert_eq!(after(&text(before), |record| set(record, FieldName::Status, "Blocked")), text(expected));
    }
    let flow = "- {note: a, workload: T, status: blocked, x: y}\n";
    let to = "In Progress, or so";
    assert_eq!(
        after(flow, |record| set(record, FieldName::Status, to)),
        "- {note: a, workload: T, status: \"In Progress, or so\", x: y}\n"
    );
}

#[test]
fn characters_are_replaced_in_every_style() {
    for (before, expected) in [
        ("fire\u{200b}wall", "firewall"),
        ("'it''s a fire\u{200b}wall'", "'it''s a firewall'"),
        ("\"fire\\u200bwall \\\"x\\\"\"", "\"firewall \\\"x\\\"\""),
        (">-\n  The fire\u{200b}wall\n  is\u{200b} old.\n\n  Yes", ">-\n  The firewall\n  is old.\n\n  Yes"),
        ("|\n  The fire\u{200b}wall\n    is\u{200b} old.", "|\n  The firewall\n    is old."),
    ] {
        let text = |note: &str| format!("status: x\nnote: {note}\nworkload: T\n");
        assert_eq!(after(&text(before), |record| replace_in_note(record, '\u{200b}', "")), text(expected));
    }
    let text = "status: x\nnote: the\u{a0}proxy is\u{a0}old\nworkload: T\n";
    assert_eq!(after(text, |record| replace_in_note(record, '\u{a0}', " ")), text.replace('\u{a0}', " "));
}

#[test]
fn a_key_is_inserted_where_it_is_asked_for() {
    let insert = |after: Option<&str>| Edit::InsertKey {
        key: "status".to_owned(),
        value: "Blocked".to_owned(),
        after: after.map(str::to_owned),
    };
    let text = "- note: |\n    a\n\n  workload: T # t\n# end\n";
    assert_eq!(
        after(text, |_| insert(Some("note"))),
        "- note: |\n    a\n  status: Blocked\n\n  workload: T # t\n# end\n"
    );
    assert_eq!(after(text, |_| insert(None)), "- note: |\n    a\n\n  workload: T # t\n  status: Blocked\n# end\n");
    let json = "{\n  \"note\": \"a\",\n  \"workload\": \"T\"\n}";
    assert_eq!(
        after(json, |_| insert(None)),
        "{\n  \"note\": \"a\",\n  \"workload\": \"T\",\n  \"status\": \"Blocked\"\n}"
    );
    assert_eq!(after("{note: a, workload: T,}", |_| insert(None)), "{note: a, workload: T, status: Blocked,}");
    assert_eq!(after("note: a\r\nworkload: T", |_| insert(None)), "note: a\r\nworkload: T\r\nstatus: Blocked");
}

#[test]
fn several_edits_of_several_records_are_one() {
    let text = "- note: a\n  workload: T\n  Status: blocked\n- note: b\n  workload: U\n  status: blocked\n";
    let edited = with_editor(|editor| {
        let original = editor.open(text.as_bytes().to_vec(), Selection::Likely).unwrap();
        let records = &original.reading().records;
        let edits = [
            RecordEdit { record: 1, edit: set(&records[1], FieldName::Status, "Blocked") },
            RecordEdit { record: 0, edit: rename(&records[0], "status") },
            RecordEdit { record: 1, edit: Edit::AddEntry(new_entry()) },
        ];
        editor.edit(&original, &edits).unwrap().text().to_owned()
    });
    assert_eq!(
        edited,
        "- note: a\n  workload: T\n  status: blocked\n- note: b\n  workload: U\n  status: Blocked\n  refresh_summary:\n    \
         - date: 2026-07-01\n      who_changed: Ann Lee\n      what_changed: Proxy tested\n"
    );
}
