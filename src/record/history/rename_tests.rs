//! Records under a new name.

use super::tests::{past, path, record};
use super::{Change, NoteRecord};

fn is_renamed(before: NoteRecord, after: &[NoteRecord]) -> bool {
    let mut past = past(&[("a.yaml", before)]);
    for record in after {
        past.add_after(past.identity(&path("a.yaml"), record));
    }
    matches!(past.change(&path("a.yaml"), &after[0]), Change::Renamed { .. })
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
