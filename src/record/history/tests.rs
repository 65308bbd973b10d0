//! Which records a run changed.

use super::super::{EntryDate, Located, NoteMap};
use super::*;
use crate::text::ByteSpan;

pub(super) fn value<T>(value: T) -> Field<T> {
    Field::Value(Located { value, key: None, span: ByteSpan::at(0) })
}

fn text(text: &str) -> Field<String> {
    value(text.to_owned())
}

pub(super) fn record(customer: &str, workload: &str, note: &str) -> NoteRecord {
    NoteRecord {
        index: 0,
        span: ByteSpan::at(0),
        customer: text(customer),
        workload: text(workload),
        status: text("Blocked"),
        note: text(note),
        refresh_summary: value(vec![entry("2020-03-27", "General Maintenance")]),
        date: Field::Missing,
        waivers: Field::Missing,
        owner: None,
        problems: Vec::new(),
        written: crate::record::WrittenKeys::default(),
        note_map: NoteMap::default(),
        entry_layout: crate::record::EntryLayout::default(),
    }
}

pub(super) fn entry(date: &str, what: &str) -> RefreshEntry {
    RefreshEntry {
        span: ByteSpan::at(0),
        date: value(EntryDate { written: date.to_owned(), day: date.parse().ok() }),
        who_changed: text("Celia Kennedy"),
        what_changed: text(what),
        unread: None,
    }
}

pub(super) fn path(path: &str) -> NotePath {
    NotePath::from_bytes(path)
}

pub(super) fn base_records(records: &[(&str, NoteRecord)]) -> BaseRecords {
    let mut base = BaseRecords::new(1, Identities::default());
    for (at, record) in records {
        base.add(0, &path(at), [record.clone()]);
    }
    base
}

/// The notes of the twins that the history rules compare with.
fn notes<'a>(change: &'a Change<'a>) -> Vec<&'a str> {
    change.before().iter().filter_map(|twin| twin.note.value()).map(String::as_str).collect()
}

#[test]
fn without_sides_every_record_is_judged() {
    let change = BaseRecords::new(0, Identities::default())
        .change(&path("a.yaml"), &record("Contoso", "Teams", "x"))
        .is_judged();
    assert!(change);
}

#[test]
fn a_record_that_moves_to_another_file_is_unchanged() {
    let base = base_records(&[("old.yaml", record("Contoso", "Teams", "one two"))]);
    let moved = record(" CONTOSO ", "teams", "one\ntwo\n");
    assert!(matches!(base.change(&path("new/place.yaml"), &moved), Change::Unchanged));
}

#[test]
fn a_record_that_moves_and_changes_is_changed() {
    let base = base_records(&[("old.yaml", record("Contoso", "Teams", "one two"))]);
    let change = base.change(&path("new.yaml"), &record("Contoso", "Teams", "one"));
    assert_eq!(notes(&change), ["one two"]);
    assert!(change.is_judged());
}

#[test]
fn another_workload_is_new() {
    let base = base_records(&[("a.yaml", record("Contoso", "Teams", "x"))]);
    assert!(matches!(base.change(&path("a.yaml"), &record("Contoso", "Yammer", "x")), Change::New));
}

#[test]
fn the_same_as_any_parent_is_unchanged_and_the_same_as_none_is_changed() {
    let mut base = BaseRecords::new(2, Identities::default());
    base.add(0, &path("a.yaml"), [record("Contoso", "Teams", "ours")]);
    base.add(1, &path("a.yaml"), [record("Contoso", "Teams", "theirs")]);
    let change = |note| base.change(&path("a.yaml"), &record("Contoso", "Teams", note));
    assert!(!change("ours").is_judged());
    assert!(!change("theirs").is_judged());
    let both = change("ours and theirs");
    assert_eq!(notes(&both), ["ours", "theirs"], "the log of each parent is continued");
}

#[test]
fn status_entries_and_waivers_count_as_content() {
    let before = record("Contoso", "Teams", "x");
    let base = base_records(&[("a.yaml", before.clone())]);
    let judged = |record: &NoteRecord| base.change(&path("a.yaml"), record).is_judged();

    let mut other_spelling = before.clone();
    other_spelling.status = text("BLOCKED");
    assert!(!judged(&other_spelling));

    let mut other_status = before.clone();
    other_status.status = text("No Intent");
    assert!(judged(&other_status));

    let mut more_entries = before.clone();
    more_entries.refresh_summary = value(vec![entry("2020-04-01", "y"), entry("2020-03-27", "General Maintenance")]);
    assert!(judged(&more_entries));

    let mut null_note = before.clone();
    null_note.note = Field::Null(Located { value: (), key: None, span: ByteSpan::at(0) });
    assert!(judged(&null_note));

    let mut waived = before;
    waived.waivers = value(Vec::new());
    assert!(judged(&waived));
}

#[test]
fn dates_are_the_same_day_in_either_form() {
    let iso = entry("2020-03-27", "x");
    let mut month_first = entry("2020-03-27", "x");
    month_first.date = value(EntryDate { written: "03/27/2020".to_owned(), day: "2020-03-27".parse().ok() });
    assert!(same_entry(&iso, &month_first));
    assert!(!same_entry(&iso, &entry("2020-03-28", "x")));
}

#[test]
fn a_record_without_workload_is_matched_within_its_file_only() {
    let mut nameless = record("Contoso", "", "x");
    nameless.workload = Field::Missing;
    let base = base_records(&[("a.yaml", nameless.clone())]);
    assert!(!base.change(&path("a.yaml"), &nameless).is_judged());
    assert!(base.change(&path("b.yaml"), &nameless).is_judged());
}

#[test]
fn among_twins_the_one_at_the_same_place_is_compared() {
    let mut second = record("Contoso", "Teams", "second");
    second.index = 1;
    let base = base_records(&[
        ("elsewhere.yaml", record("Contoso", "Teams", "elsewhere")),
        ("a.yaml", record("Contoso", "Teams", "first")),
        ("a.yaml", second),
    ]);
    let mut edited = record("Contoso", "Teams", "second, edited");
    edited.index = 1;
    let change = base.change(&path("a.yaml"), &edited);
    assert_eq!(notes(&change), ["second"]);
}

#[test]
fn entries_are_matched_one_to_one_in_any_order() {
    let mut before = record("Contoso", "Teams", "x");
    before.refresh_summary = value(vec![entry("2020-03-27", "a"), entry("2020-03-27", "a"), entry("2020-01-01", "b")]);
    let mut after = before.clone();
    after.refresh_summary = value(vec![entry("2020-01-01", "b"), entry("2020-04-01", "c"), entry("2020-03-27", "a")]);
    let changes = EntryChanges::between(&before, &after);
    assert_eq!(changes.gone, [&entry("2020-03-27", "a")]);
    assert_eq!(changes.added, [&entry("2020-04-01", "c")]);
    assert!(!changes.has_new_entry(), "one came and one went");
}
