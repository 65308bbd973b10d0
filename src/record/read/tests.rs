//! Files of every shape, and the records that they hold.

use super::*;
use crate::record::misplaced::{Bare, Shape, Site};
use crate::record::{Field, Problem};
use crate::text::NoteSpan;
use jiff::civil::date;

fn reading(text: &str, selection: Selection) -> FileReading {
    read(text.as_bytes().to_vec(), &Limits::default(), &FieldNames::default(), &Playbook::built_in(), selection)
}

fn likely(text: &str) -> FileReading {
    let reading = reading(text, Selection::Likely);
    assert_eq!(reading.errors, []);
    reading
}

fn line(file: &FileReading, span: Option<ByteSpan>) -> (usize, usize) {
    let position = file.text.position(span.unwrap().start);
    (position.line, position.column)
}

const FULL: &str = "\
customer: Contoso
workload: Exchange Online
status: Blocked
note: >-
  Due to a firewall not properly forwarding traffic, the customer will not
  deploy service because they are unable to connect to mailboxes.
owner: Sam Field
refresh_summary:
  - date: 2020-03-27
    who_changed: Celia Kennedy
    what_changed: Firewall finding confirmed by the network team
  - date: 10/01/2019
    who_changed: Celia Kennedy
    what_changed: First entry
";

#[test]
fn a_record_has_its_values_and_their_places() {
    let file = likely(FULL);
    let record = &file.records[0];
    assert_eq!(record.customer.value().map(String::as_str), Some("Contoso"));
    assert_eq!(record.status.value().map(String::as_str), Some("Blocked"));
    assert_eq!(line(&file, record.status.key_span()), (3, 1));
    assert_eq!(line(&file, record.status.value_span()), (3, 9));
    assert_eq!(line(&file, record.note.value_span()), (4, 7));
    let note = record.note.value().unwrap();
    assert!(note.contains("will not deploy"), "{note}");
    let start = note.find("deploy service").unwrap();
    let place = record.locate(NoteSpan::new(start..start + 6));
    assert_eq!(line(&file, Some(place)), (6, 3));
    assert_eq!(record.problems, []);
    assert_eq!(file.text.slice(record.span), FULL.trim_end());

    let entries = record.refresh_summary.value().unwrap();
    assert_eq!(entries.len(), 2);
    assert_eq!(entries[1].date.value().unwrap().day, Some(date(2019, 10, 1)));
    assert_eq!(line(&file, Some(entries[1].span)), (12, 5));
    assert_eq!(entries[0].who_changed.value().map(String::as_str), Some("Celia Kennedy"));
}

#[test]
fn a_list_a_stream_and_a_single_record() {
    let list = "- {customer: A, workload: X, status: Blocked, note: a}\n- {customer: A, workload: Y, note: b}\n";
    assert_eq!(likely(list).records.len(), 2);
    let stream = "---\nnote: a\n---\nnote: b\n---\n";
    let file = likely(stream);
    assert_eq!(file.records.iter().map(|record| record.index).collect::<Vec<_>>(), [0, 1]);
    assert_eq!(line(&file, Some(file.records[1].span)), (4, 1));
}

#[test]
fn entitlements_inherit_what_they_do_not_say_themselves() {
    let file = likely(
        "customer: Contoso\nstatus: Blocked\nentitlements:\n  - workload: Teams\n    note: a\n  - workload: OPP\n    status: No Intent\n    note: b\n",
    );
    let [teams, opp] = &file.records[..] else { panic!("two records") };
    assert_eq!(teams.customer.value().map(String::as_str), Some("Contoso"));
    assert_eq!(teams.status.value().map(String::as_str), Some("Blocked"));
    assert_eq!(opp.status.value().map(String::as_str), Some("No Intent"));
    assert_eq!(line(&file, teams.customer.value_span()), (1, 11));
    assert_eq!(line(&file, Some(opp.span)), (6, 5));
}

#[test]
fn a_number_of_entitlements_is_a_key_of_the_team() {
    let file = likely("customer: A\nworkload: X\nstatus: Blocked\nnote: a\nentitlements: 500\n");
    assert_eq!(file.records.len(), 1);
}

#[test]
fn documents_that_look_like_no_record_are_counted() {
    for text in [
        "",
        "# only a comment\n",
        "---\n---\n",
        "a: b\n",
        "- 1\n- 2\n",
        "text\n",
        "on: push\njobs: []\n",
        "status: open\n",
    ] {
        let file = likely(text);
        assert_eq!(file.records.len(), 0, "{text}");
        assert!(file.other_documents >= 1, "{text}");
        assert_eq!(file.unexpected, [], "{text}");
    }
}

#[test]
fn one_word_of_a_record_among_other_keys_is_no_record() {
    for text in [
        "title: Getting started\nlayout: page\nnote: This page is about version 2.\n",
        "status: accepted\nnumber: 12\nnote: supersedes 7\n",
        "status: accepted\ndate: 2020-01-01\nnote: supersedes 7\n",
        "status: {phase: Running}\nkind: Job\nnote: managed by the platform team\n",
        "invoice: 2031\ncustomer: Contoso\nstatus: paid\namount: 120.50\nnote: Payable within 30 days.\n",
        "customer: Contoso\nstatus: Blocked\namount: 120.50\n",
        "- version: 1.0\n  note: first release of the tool\n- version: 1.1\n  note: second release of the tool\n",
        "- name: pro\n  entitlements: [sso, audit-log]\n- name: free\n  entitlements: []\n",
        "plan: pro\nentitlements: [{name: sso, status: active}]\n",
    ] {
        let file = likely(text);
        assert_eq!((file.records.len(), file.other_documents), (0, 1), "{text}");
        assert_eq!(file.unexpected, [], "{text}");
    }
}

#[test]
fn two_fields_a_status_of_the_playbook_or_nothing_else_make_a_record() {
    for text in [
        "note: a\n",
        "note: a\nowner: Sam\ndate: 2020-01-01\n",
        "note: a\nWorkload: Teams\nstaus: x\n",
        "note: a\ncustomer: Contoso\nregion: EMEA\n",
        "note: a\nworkload: Teams\nstatus: paid\nregion: EMEA\n",
        "note: a\nstatus: no-intent\nregion: EMEA\n",
        "note: a\nstatus: Bloked\nregion: EMEA\n",
        "note: a\ncustomer: Contoso\nstatus: TBD\nregion: EMEA\n",
        "note: a\ncustomer: Contoso\nstatus:\nregion: EMEA\n",
        "note: a\nstatus: paid\n",
        "note: a\nwaivers: []\nregion: EMEA\n",
        "refresh_summary: []\nregion: EMEA\n",
        "status: paid\nworkload: Teams\nregion: EMEA\n",
        "entitlements:\n- note: a\n  sku: E3\n",
        "entitlements:\n- status: Blocked\n  sku: E3\n",
        "customer: Contoso\nentitlements:\n- workload: Teams\n- workload: Intune\n",
    ] {
        assert!(!likely(text).records.is_empty(), "{text}");
    }
}

#[test]
fn under_include_everything_has_to_be_a_record() {
    let found = |text: &str| {
        let file = reading(text, Selection::Everything);
        assert_eq!(file.records.len(), 0, "{text}");
        file.unexpected.iter().map(|unexpected| unexpected.found).collect::<Vec<_>>()
    };
    assert_eq!(found(""), ["an empty file"]);
    assert_eq!(found("# only a comment\n"), ["an empty file"]);
    assert_eq!(found("a: b\n"), ["a group of fields"]);
    assert_eq!(found("text\n"), ["a text"]);
    assert_eq!(found("- 1\n- x\n"), ["a number", "a text"]);
    assert_eq!(found("[]\n"), ["a list"]);
    assert_eq!(found("customer: A\nentitlements: []\n"), ["an empty list of entitlements"]);
    assert_eq!(reading("customer: A\n", Selection::Everything).records.len(), 1, "its missing fields are told about");
}

#[test]
fn a_list_with_one_record_has_to_hold_records_only() {
    let file = likely("- note: a\n- nte: b\n- 5\n");
    assert_eq!(file.records.len(), 1);
    assert_eq!(file.unexpected.iter().map(|s| line(&file, Some(s.span))).collect::<Vec<_>>(), [(3, 3)]);
    let misplaced = file.misplaced.iter().map(|m| (line(&file, Some(m.span)), m.site)).collect::<Vec<_>>();
    assert_eq!(misplaced, [((2, 3), Site::Required)], "nearly a record");
}

#[test]
fn notes_of_another_type_are_kept_as_odd() {
    let found = |text: &str| match &likely(text).records[0].note {
        Field::WrongType(odd) => odd.value.found,
        Field::Null(_) => "null",
        other => panic!("{text}: {other:?}"),
    };
    assert_eq!(found("note: 5\n"), "a number");
    assert_eq!(found("note: true\n"), "true or false");
    assert_eq!(found("note: [a]\n"), "a list");
    assert_eq!(found("note: {a: b}\n"), "a group of fields");
    assert_eq!(found("note: !!binary aGk=\n"), "binary data");
    assert_eq!(found("note:\n"), "null");
    assert_eq!(found("note: ~\n"), "null");
}

#[test]
fn names_may_be_numbers_and_words_of_yaml_1_1_are_texts() {
    let file = likely("customer: 365\nworkload: 3M\nnote: no\n");
    assert_eq!(file.records[0].customer.value().map(String::as_str), Some("365"));
    assert_eq!(file.records[0].workload.value().map(String::as_str), Some("3M"));
    assert_eq!(file.records[0].note.value().map(String::as_str), Some("no"));
}

#[test]
fn mapped_names_are_read() {
    let mut names = FieldNames::default();
    assert!(names.rename("note", "status_note".to_owned()));
    assert!(names.rename("who_changed", "by".to_owned()));
    let text = "status_note: a\nnote: something else\nrefresh_summary:\n- by: Sam\n";
    let file = read(text.as_bytes().to_vec(), &Limits::default(), &names, &Playbook::built_in(), Selection::Likely);
    assert_eq!(file.records[0].note.value().map(String::as_str), Some("a"));
    let entries = file.records[0].refresh_summary.value().unwrap();
    assert_eq!(entries[0].who_changed.value().map(String::as_str), Some("Sam"));
}

#[test]
fn misspelt_keys_are_told_about_once() {
    let file = likely("custmer: A\nentitlements:\n- workload: X\n  note: a\n- workload: Y\n  note: b\n");
    let problems = |index: usize| &file.records[index].problems;
    assert!(
        matches!(&problems(0)[..], [Problem::MisspeltField { meant: FieldName::Customer, written, .. }] if written.value == "custmer")
    );
    assert_eq!(*problems(1), []);
    let file = likely("note: a\nnotes: b\n");
    assert_eq!(file.records[0].problems, [], "the field is there");
}

#[test]
fn what_yaml_takes_from_a_note_is_kept() {
    let file = likely("note: see #4\n");
    assert_eq!(
        file.records[0].problems,
        [Problem::CutComment(crate::record::Located {
            value: "#4".to_owned(),
            key: None,
            span: ByteSpan::new(10..12)
        })]
    );
    let file = likely("note: !important fix\n");
    assert_eq!(file.records[0].problems, [Problem::TagEaten(ByteSpan::new(6..16))]);
    let file = likely("note: &c D needed\n");
    assert_eq!(file.records[0].problems, [Problem::AnchorEaten(ByteSpan::new(6..8))]);
}

#[test]
fn tags_anchors_and_comments_that_are_meant_are_no_problem() {
    for text in [
        "note: see#4\n",
        "note: 'see' # comment\n",
        "note: >- # why\n  see #4\n",
        "note: !!str 5\n",
        "note: &n text\nowner: *n\n",
        "note: text\n# comment\n",
    ] {
        assert_eq!(likely(text).records[0].problems, [], "{text}");
    }
}

#[test]
fn waivers_are_read_as_they_stand() {
    let file = likely(
        "note: a\nwaivers:\n- {rule: hedging, reason: legal asked for it, until: 2026-12-31}\n- too-long\n- {rule: x, resaon: y}\n",
    );
    let waivers = file.records[0].waivers.value().unwrap();
    assert_eq!(waivers[0].until.value().unwrap().day, Some(date(2026, 12, 31)));
    assert_eq!(waivers[1].rule.value().map(String::as_str), Some("too-long"));
    assert_eq!(waivers[1].reason, Field::Missing);
    assert_eq!(waivers[2].unknown_keys[0].value, "resaon");
}

#[test]
fn merge_keys_and_aliases_are_resolved() {
    let file = likely(
        "base: &base\n  customer: A\n  status: Blocked\nentitlements:\n- {<<: *base, workload: X, note: &n long text}\n- {<<: *base, status: No Intent, workload: Y, note: *n}\n",
    );
    let [x, y] = &file.records[..] else { panic!("two records") };
    assert_eq!(x.customer.value().map(String::as_str), Some("A"));
    assert_eq!(y.status.value().map(String::as_str), Some("No Intent"));
    assert_eq!(y.note.value().map(String::as_str), Some("long text"));
    assert_eq!(line(&file, y.note.value_span()).0, 6, "the note's place is the alias");
    assert_eq!(line(&file, Some(y.locate(NoteSpan::new(5..9)))).0, 5, "its words are where they can be mended");
}

#[test]
fn a_record_with_a_reference_to_nothing_is_left_to_its_fault() {
    let file = reading("- note: *later*\n- note: b\n", Selection::Likely);
    assert_eq!(file.records.len(), 1);
    assert_eq!(file.errors.len(), 1);
    assert_eq!(file.unexpected, []);
}

#[test]
fn a_broken_document_does_not_hide_the_others() {
    let file = reading("note: a\n---\nnote: [\n---\nnote: c\n", Selection::Likely);
    assert_eq!(file.records.len(), 2);
    assert_eq!(file.errors.len(), 1);
    assert_eq!(line(&file, Some(file.errors[0].span)), (3, 7));
}

#[test]
fn a_misspelt_list_of_entitlements_does_not_slip_through() {
    let file = likely("customer: A\nentitlments:\n- {workload: X, note: a}\n");
    assert_eq!((file.records.len(), file.misplaced.len()), (0, 1));
    assert_eq!(file.misplaced[0].site, Site::Entitlements);
    assert_eq!(line(&file, file.misplaced[0].under.as_ref().map(|key| key.span)), (2, 1));
    let file = likely("customer: A\nentitlment: 5\nother:\n- {note: a}\n");
    let shapes: Vec<Shape> = file.misplaced.iter().map(|misplaced| misplaced.shape).collect();
    assert_eq!(
        (&shapes[..], file.other_documents),
        (&[Shape::Bare(Bare::One)][..], 1),
        "a number, for the rule to weigh"
    );
}

#[test]
fn entries_keep_their_date_when_the_records_own_has_another_name() {
    let mut names = FieldNames::default();
    assert!(names.rename("date", "as_of".to_owned()));
    let text = "note: a\nas_of: 2020-01-01\nrefresh_summary:\n- date: 2020-03-27\n";
    let file = read(text.as_bytes().to_vec(), &Limits::default(), &names, &Playbook::built_in(), Selection::Likely);
    assert_eq!(file.records[0].date.value().unwrap().day, Some(date(2020, 1, 1)));
    let entries = file.records[0].refresh_summary.value().unwrap();
    assert_eq!(entries[0].date.value().unwrap().day, Some(date(2020, 3, 27)));
}
