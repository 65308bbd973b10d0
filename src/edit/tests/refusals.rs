//! What is not edited, and why.

use super::*;
use EditErrorKind as Kind;

fn add(_: &NoteRecord) -> Edit {
    Edit::AddEntry(new_entry())
}

#[test]
fn records_that_refer_to_other_places_are_refused() {
    assert_eq!(refusal("note: &n a\nstatus: x\n", add), (Kind::Anchor, Some((1, 7))));
    assert_eq!(
        refusal("x: &n a\ny: *n\n---\nnote: a\nworkload: T\nstatus: Blocked\nowner: !o b\n", add),
        (Kind::Tag, Some((7, 8)))
    );
    let base =
        "base: &b {owner: B}\nentitlements:\n- <<: *b\n  note: a\n  status: Blocked\n  workload: T\ncustomer: C\n";
    assert_eq!(refusal(base, add).0, Kind::Alias);
    let alias = "reason: &r a\ncustomer: C\nentitlements:\n- note: *r\n  status: Blocked\n  workload: T\n";
    assert_eq!(refusal(alias, add), (Kind::Alias, Some((4, 9))));
    let shared = "- &one\n  note: a\n  status: Blocked\n  workload: T\n- *one\n";
    assert_eq!(refusal(shared, add).0, Kind::Anchor);
    let whole = "customer: C\nentitlements: &all\n- note: a\n  workload: T\n  status: Blocked\nothers: *all\n";
    assert_eq!(refusal(whole, add), (Kind::Anchor, Some((2, 15))));
}

#[test]
fn tabs_are_refused_in_blocks_and_allowed_in_json() {
    assert_eq!(refusal("note: a\tb\nstatus: x\n", add), (Kind::Tab, Some((1, 8))));
    assert_eq!(refusal("note: a\nstatus: x\t# c\n", add), (Kind::Tab, Some((2, 10))));
    let json = "{\n\t\"note\": \"a\",\n\t\"status\": \"x\"\n}\n";
    assert!(after(json, add).contains("\"x\",\n\t\"refresh_summary\": [{\"date\""), "{}", after(json, add));
}

#[test]
fn files_that_cannot_be_read_are_refused() {
    for text in ["note: a\nnote: b\nstatus: x\n", "note: a\nstatus: x\n---\nb: [\n", "note: \"a\nstatus: x\n"] {
        let error = with_editor(|editor| editor.open(text.as_bytes().to_vec(), Selection::Likely)).unwrap_err();
        assert!(matches!(error.kind, Kind::Unreadable(_)) && error.at.is_some(), "{text}");
    }
    let error = with_editor(|editor| editor.open(b"note: \xff\n".to_vec(), Selection::Likely)).unwrap_err();
    assert!(error.to_string().starts_with("the file cannot be read in full: "), "{error}");
}

#[test]
fn inherited_fields_are_refused() {
    let text =
        "customer: C\nrefresh_summary:\n- {date: 2020-01-01}\nentitlements:\n- note: a\n  workload: T\n  status: x\n";
    assert_eq!(refusal(text, add), (Kind::Inherited { key: "refresh_summary".to_owned() }, Some((2, 1))));
    assert_eq!(refusal(text, |_| Edit::NewestFirst).0, Kind::Inherited { key: "refresh_summary".to_owned() });
}

#[test]
fn what_has_no_sound_place_is_refused() {
    assert_eq!(refusal("note: a\nrefresh_summary: soon\n", add), (Kind::NoList, Some((2, 18))));
    let undated = "note: a\nrefresh_summary:\n- {date: 2020-01-01}\n- {date: soon}\n";
    assert_eq!(refusal(undated, |_| Edit::NewestFirst).0, Kind::Undated);
    let comments = "note: a\nrefresh_summary:\n- {date: 2020-01-01}\n# about the next\n- {date: 2021-01-01}\n";
    assert_eq!(refusal(comments, |_| Edit::NewestFirst), (Kind::Comments, Some((3, 21))));
    let twice = "note: a\nworkload: T\nstatus: x\n";
    let insert = |_: &NoteRecord| Edit::InsertKey { key: "status".to_owned(), value: "y".to_owned(), after: None };
    assert_eq!(refusal(twice, insert).0, Kind::KeyExists { key: "status".to_owned() });
    let kept = "workload: T\nrefresh_summary:\nstatus: x\nnote: |+\n  a\n\n";
    let insert = |_: &NoteRecord| Edit::InsertKey { key: "owner".to_owned(), value: "y".to_owned(), after: None };
    assert_eq!(refusal(kept, insert).0, Kind::Unproven("something else in the file"));
}

#[test]
fn an_edit_that_makes_a_record_worse_is_refused() {
    let text = "customer: Contoso\nworkload: Exchange Online\nstatus: Blocked\nnote: Due to a firewall not properly \
                forwarding traffic, the customer will not deploy service because they are unable to connect to \
                mailboxes.\nrefresh_summary:\n- {date: 2020-03-27, who_changed: Celia Kennedy, what_changed: General \
                Maintenance}\n";
    let worse = |record: &NoteRecord| set(record, FieldName::Status, "In Progress");
    assert_eq!(refusal(text, worse), (Kind::Worse, Some((1, 1))));
    let empty = NewEntry { what: "-".to_owned(), ..new_entry() };
    assert_eq!(refusal(text, |_| Edit::AddEntry(empty)).0, Kind::Worse);
    assert!(edited(text, 0, add).is_ok());
}

#[test]
fn a_place_that_is_not_there_is_refused() {
    let text = "note: a\nstatus: x\n";
    let nowhere = ByteSpan::new(3..5);
    assert!(edited(text, 0, |_| Edit::SetScalar { value: nowhere, to: String::new() }).is_err());
    assert!(edited(text, 0, |_| Edit::RenameKey { key: nowhere, to: String::new() }).is_err());
    let beyond = vec![TextPart { at: NoteSpan::new(0..9), with: String::new() }];
    let value = ByteSpan::new(6..7);
    assert_eq!(refusal(text, |_| Edit::ReplaceText { value, parts: beyond }).0, Kind::Scattered);
    let none = with_editor(|editor| {
        let original = editor.open(text.as_bytes().to_vec(), Selection::Likely).unwrap();
        editor.edit(&original, &[RecordEdit { record: 7, edit: add(&original.reading().records[0]) }]).map(|_| ())
    });
    assert!(none.is_err());
}
