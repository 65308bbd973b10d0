//! What a clause speaks of: the service, its deployment, the customer, help from FastTrack, or another product.

use crate::reading::lexicon::{Class, Classes, Sense, WorkloadIndex};
use crate::reading::unit::{Unit, Units};

/// Declining the FastTrack benefit, or help of any kind, says nothing about the service.
pub(crate) fn speaks_of_help(units: &[Unit]) -> bool {
    let declining = Classes::any(&[Class::Refuse, Class::Negation, Class::Want]);
    units.iter().any(|unit| unit.has(Class::Benefit))
        || units.iter().enumerate().any(|(at, unit)| {
            let before = units.get(at.saturating_sub(4)..at).unwrap_or_default();
            unit.has(Class::Help) && (unit.meets(declining) || before.iter().any(|near| near.meets(declining)))
        })
}

/// Whether the clause speaks of the service, its deployment, or the customer's own doing.
pub(super) fn is_about_service(units: &[Unit], own: Option<WorkloadIndex>) -> bool {
    let names_own = units.iter().any(|unit| unit.sense.names.is_some() && unit.sense.names == own);
    let mut words = units.iter().filter(|unit| !unit.is_mark());
    names_own || units.iter().any(|unit| unit.service) || words.by_ref().take(3).any(|unit| unit.subject)
}

/// Whether a word stands for the customer.
pub(crate) fn names_customer(word: &str) -> bool {
    const SUBJECTS: &[&str] = &[
        "client",
        "company",
        "customer",
        "firm",
        "he",
        "it",
        "organisation",
        "organization",
        "she",
        "tenant",
        "they",
        "we",
    ];
    SUBJECTS.contains(&word)
}

/// Whether a word, or a phrase of so many `words`, speaks of the service or of its deployment.
pub(crate) fn names_service(text: &str, words: usize) -> bool {
    const STEMS: &[&str] = &[
        "adopt",
        "cutover",
        "deploy",
        "enrol",
        "entitlement",
        "idea",
        "implement",
        "initiative",
        "intent",
        "interest",
        "launch",
        "licence",
        "license",
        "migrat",
        "onboard",
        "project",
        "rollout",
        "seats",
        "service",
        "upgrad",
        "work",
        "workload",
    ];
    let stem = |part: &str| {
        let first = part.as_bytes().first();
        STEMS.iter().any(|stem| stem.as_bytes().first() == first && part.starts_with(stem))
    };
    match words {
        1 => stem(text),
        _ => text.split(' ').any(stem) || text.starts_with("roll") && text.ends_with(" out"),
    }
}

/// What a note is about, seen once for all its clauses.
#[derive(Debug, Clone, Copy)]
pub(super) struct Subject {
    /// The record's workload.
    pub(super) own: Option<WorkloadIndex>,
    /// The note names it, and negates or refuses something.
    refused: bool,
}

impl Subject {
    pub(super) fn of(note: &Units, own: Option<WorkloadIndex>) -> Self {
        let named = own.is_some() && note.units.iter().any(|unit| unit.sense.names == own);
        let refused = named && note.units.iter().any(|unit| unit.has(Class::Negation) || unit.has(Class::Refuse));
        Self { own, refused }
    }
}

/// Whether the verb of the clause takes another product: "moving forward with Webex", "uses Zoom".
pub(super) fn names_other_choice(note: &Units, units: &[Unit], subject: Subject) -> bool {
    let own = subject.own;
    const CHOICES: &[Class] = &[Class::Adopt, Class::Stay, Class::Want];
    let choices = Classes::any(CHOICES);
    if own.is_some() && units.iter().any(|unit| unit.sense.names == own && !unit.is_mark()) {
        // "moving forward with Webex, not with Teams" is cut at the comma: only a clause without the own name counts.
        return false;
    }
    units.iter().enumerate().any(|(at, unit)| {
        let lives_on = note.text(unit).starts_with("live") && unit.words > 1;
        let goes_with = unit.has(Class::Progress) && (subject.refused || lives_on);
        (unit.meets(choices) && !unit.has(Class::Progress) || goes_with)
            && units.get(at + 1..).is_some_and(|after| {
                let takes_with = goes_with || unit.has(Class::Stay) || note.text(unit).ends_with(" with");
                starts_with_other_product(note, after, own, takes_with)
            })
    })
}

fn starts_with_other_product(note: &Units, after: &[Unit], own: Option<WorkloadIndex>, takes_with: bool) -> bool {
    for unit in after.iter().take(4) {
        let text = note.text(unit);
        let kind_of_other = unit.has(Class::Topic)
            && text.split(' ').any(|part| {
                matches!(part, "another" | "competing" | "competitor" | "else" | "existing" | "other" | "own" | "rival")
            });
        let named_other = unit.names_other(own) || kind_of_other || matches!(text, "alternative" | "competitors");
        // "Is moving its mail there": to whatever was named before.
        if matches!(text, "there" | "elsewhere") {
            return true;
        }
        let unknown_name = (unit.proper || unit.acronym) && unit.sense == Sense::default();
        if named_other || unknown_name {
            return true;
        }
        let passes = matches!(
            text,
            "to" | "on"
                | "for"
                | "the"
                | "their"
                | "its"
                | "a"
                | "an"
                | "own"
                | "mail"
                | "mailboxes"
                | "files"
                | "data"
                | "everything"
                | "all"
        ) || takes_with && text == "with";
        if !passes {
            return false;
        }
    }
    false
}
