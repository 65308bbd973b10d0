//! Records under a new name.

use super::tests::{base_records, entry, path, record, value};
use super::{Change, NoteRecord};

fn is_renamed(before: NoteRecord, after: &[NoteRecord]) -> bool {
    let mut base = base_records(&[("a.yaml", before)]);
    for record in after {
        base.add_after(base.identity(&path("a.yaml"), record));
    }
    matches!(base.change(&path("a.yaml"), &after[0]), Change::Renamed { .. })
}

#[test]
fn a_record_under_a_new_name_is_the_same_record() {
    let before = record("Contoso", "Teams", "x");
    assert!(is_renamed(before.clone(), &[record("Fabrikam", "Teams", "x")]));
    assert!(is_renamed(before.clone(), &[record("Contoso", "Yammer", "x")]));
    assert!(is_renamed(before.clone(), &[record("Contoso Bank", "Teams", "x\n")]), "layout aside");
    assert!(!is_renamed(before.clone(), &[record("Fabrikam", "Yammer", "x")]), "both names are new");
    assert!(!is_renamed(before.clone(), &[record("Fabrikam", "Teams", "y")]), "the note is new");
    assert!(!is_renamed(before, &[record("Fabrikam", "", "x")]), "a name is missing");
}

#[test]
fn a_further_record_is_new() {
    let before = record("Contoso", "Teams", "x");
    let mut second = record("Contoso", "Teams", "x");
    second.index = 1;
    assert!(!is_renamed(before.clone(), &[record("Fabrikam", "Teams", "x"), second]), "the old name is still there");
    let mut elsewhere = record("Fabrikam", "Teams", "x");
    elsewhere.index = 1;
    assert!(!is_renamed(before, &[elsewhere]), "at another place");
}

#[test]
fn a_number_a_date_or_a_placeholder_in_place_of_a_name_is_an_edit() {
    for (before, after) in [
        ("5", "6"),
        ("Contoso", "6"),
        ("0x5", "0x6"),
        ("1e3", ".inf"),
        ("2020-01-01", "2020-01-02"),
        ("Contoso", "2020-01-02"),
        ("Contoso", "03/27/2020"),
        ("Contoso", "TBD"),
        ("Contoso", "-"),
        ("Contoso", "[customer]"),
        ("Contoso", "\u{3164}"),
        ("Contoso", "Unknown"),
    ] {
        assert!(!is_renamed(record(before, "Teams", "x"), &[record(after, "Teams", "x")]), "{before} -> {after}");
        assert!(!is_renamed(record("A", before, "x"), &[record("A", after, "x")]), "workload {before} -> {after}");
    }
    for after in ["3M", "Studio 54", "1&1 Internet", "東京ガス", "Unknown Worlds"] {
        assert!(is_renamed(record("365", "Teams", "x"), &[record(after, "Teams", "x")]), "{after}");
    }
}

/// What a record that had `before` as its log became under a new name with `after` as its log.
fn with_logs(before: &[(&str, &str)], after: &[(&str, &str)]) -> (NoteRecord, NoteRecord) {
    let with = |name: &str, log: &[(&str, &str)]| {
        let mut made = record(name, "Teams", "x");
        made.refresh_summary = value(log.iter().map(|(day, what)| entry(day, what)).collect());
        made
    };
    (with("Contoso", before), with("Fabrikam", after))
}

#[test]
fn a_log_that_is_edited_with_the_name_is_compared_with_the_old_one() {
    let old = [("2020-03-27", "a")];
    for log in [
        &[("2020-04-01", "b"), ("2020-03-27", "a")][..],
        &[("2020-03-27", "a"), ("2020-04-01", "b"), ("2020-05-01", "c")],
        &[("2020-04-01", "b")],
        &[],
        &[("2020-03-27", "a, and more")],
    ] {
        let (before, after) = with_logs(&old, log);
        let mut base = base_records(&[("a.yaml", before)]);
        base.add_after(base.identity(&path("a.yaml"), &after));
        let change = base.change(&path("a.yaml"), &after);
        assert!(matches!(&change, Change::Changed { before } if before.len() == 1), "{log:?}: {change:?}");
        assert!(change.is_judged());
    }
    let (before, mut after) = with_logs(&old, &[("2020-04-01", "b"), ("2020-03-27", "a")]);
    after.note = record("A", "Teams", "y").note;
    let mut base = base_records(&[("a.yaml", before)]);
    base.add_after(base.identity(&path("a.yaml"), &after));
    assert!(matches!(base.change(&path("a.yaml"), &after), Change::New), "another note is another record");
}
