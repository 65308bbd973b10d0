//! The examples of the kinds, and how their words are found. `tests/reason_kinds.rs` measures them on labelled notes.

use super::*;
use crate::playbook::reason_kind_file::ReasonKindFile;
use crate::playbook::{Playbook, StatusKind};
use crate::reading::{ReadingContext, read};
use std::path::Path;

/// The file as it is now, which the tables of the program were made of.
fn file() -> ReasonKindFile {
    ReasonKindFile::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/playbook")).unwrap()
}

/// The kind that a blocked record's note about Teams gives.
fn kind_in(note: &str) -> &'static str {
    let context = ReadingContext { customer: None, workload: Some("Teams") };
    let reading = read(note, context, &Playbook::built_in());
    reading.kind_of_reason(Some(StatusKind::Blocked)).map_or(ReasonKind::UNKNOWN, |kind| kind.name)
}

#[track_caller]
fn assert_kinds(notes: &[(&str, &str)]) {
    for (note, kind) in notes {
        assert_eq!(kind_in(note), *kind, "{note}");
    }
}

#[test]
fn the_tables_are_those_of_the_file() {
    assert!(file().compile().unwrap() == REASON_KINDS);
}

#[test]
fn every_example_is_of_its_kind() {
    let mut wrong = Vec::new();
    for kind in file().kinds {
        assert!(!kind.yes.is_empty() && !kind.no.is_empty(), "{} has no examples", kind.kind);
        let is_found = |note: &&String| kind_in(note) == kind.kind;
        wrong.extend(kind.yes.iter().filter(|note| !is_found(note)).map(|note| (kind.kind.clone(), note.clone())));
        wrong.extend(kind.no.iter().filter(is_found).map(|note| (kind.kind.clone(), note.clone())));
    }
    assert_eq!(wrong, [], "by the kind and the example");
}

#[test]
fn what_is_denied_granted_or_settled_is_no_reason() {
    assert_kinds(&[
        ("The customer will not deploy: the firewall drops SIP.", "infrastructure"),
        ("The customer will not deploy: it is not the firewall, the works council vetoed it.", "legal"),
        ("The customer will not deploy: it is not a question of the budget, the regulator forbids it.", "legal"),
        ("The customer will not deploy: the regulator approved it, but the proxy cuts every call.", "infrastructure"),
        (
            "Although the budget is there, the customer will not deploy because the firewall drops SIP.",
            "infrastructure",
        ),
        ("The customer will not deploy: there are no security concerns, the plant has 2 Mbit.", "infrastructure"),
        // What is not approved is not settled.
        ("The customer will not deploy because the regulator has not approved it.", "legal"),
        ("The customer will not deploy until the works council has agreed.", "legal"),
    ]);
}

#[test]
fn the_lack_of_something_is_a_reason_where_its_presence_would_be_none() {
    assert_kinds(&[
        ("The customer will not deploy because there is no budget before 2028.", "resourcing-or-budget"),
        ("The customer cannot deploy: the sites have no internet.", "infrastructure"),
        ("The customer will not deploy: there is no sponsor since the CIO left.", "sponsorship"),
    ]);
}

#[test]
fn a_product_that_does_the_job_is_a_competitor_whatever_its_name() {
    assert_kinds(&[
        ("No intent: all shifts are planned in Quandrix, which was bought in May.", "competitor"),
        ("No intent: the wards already use Quandrix for every call.", "competitor"),
        ("No intent: they keep Quandrix until 2029.", "competitor"),
        ("No intent: all tablets are managed with Workspace ONE under a contract until 2029.", "competitor"),
        // A thing that has a name and does no job is none.
        ("The customer cannot deploy because the Cisco firewall drops SIP.", "infrastructure"),
        ("The customer cannot deploy because the SAP connector was never certified.", "compatibility"),
        ("No intent since the owner moved to Lyon.", ReasonKind::UNKNOWN),
    ]);
}

#[test]
fn status_says_whether_there_is_a_reason_at_all() {
    let kind = |note: &str, status| {
        let context = ReadingContext { customer: None, workload: Some("Teams") };
        ReasonKind::name_of(read(note, context, &Playbook::built_in()).kind_of_reason(status))
    };
    let moving = "Wave 2 of 4 is live; the firewall of the Lyon site is opened next week.";
    assert_eq!(kind(moving, Some(StatusKind::InProgress)), ReasonKind::UNKNOWN);
    assert_eq!(kind(moving, None), ReasonKind::UNKNOWN);
    let silent = "No answer to 3 mails to the security officer. Managed account.";
    assert_eq!(kind(silent, Some(StatusKind::StatusUnknown)), ReasonKind::UNKNOWN);
    assert_eq!(kind(silent, None), ReasonKind::UNKNOWN);
    let twice = "Duplicate: the 300 seats are counted on the parent tenant already.";
    assert_eq!(kind(twice, Some(StatusKind::DuplicateInvalid)), "licensing-or-billing");
    assert_eq!(kind("Customer will not deploy.", Some(StatusKind::NoIntent)), ReasonKind::UNKNOWN);
    assert_eq!(kind("", None), ReasonKind::UNKNOWN);
}

#[test]
fn a_word_that_is_repeated_weighs_once() {
    let note = format!("No intent because {} of the GDPR.", "they have Slack and Slack and Slack, ".repeat(20));
    assert_eq!(kind_in(&note), "legal");
}

#[test]
fn the_words_that_decide_are_those_of_the_note() {
    let note = "No intent, as the \u{201c}Works\u{2011}Council\u{201d} of Zürich said no.";
    let context = ReadingContext { customer: None, workload: Some("Teams") };
    let found = read(note, context, &Playbook::built_in()).kind_of_reason(None).unwrap();
    assert_eq!((found.name, found.words.of(note)), ("legal", "Works\u{2011}Council"));
}
