//! What a clause speaks of: the service, its deployment, the customer, help from FastTrack, or another product.

use crate::reading::lexicon::{LexicalEntry, SemanticClass, SemanticClasses, WorkloadIndex};
use crate::reading::term::{Term, Terms};

/// Declining the FastTrack benefit, or help of any kind, says nothing about the service.
pub(crate) fn speaks_of_help(terms: &[Term]) -> bool {
    let declining = SemanticClasses::any(&[SemanticClass::Refuse, SemanticClass::Negation, SemanticClass::Want]);
    terms.iter().any(|term| term.has(SemanticClass::Benefit))
        || terms.iter().enumerate().any(|(at, term)| {
            let before = terms.get(at.saturating_sub(4)..at).unwrap_or_default();
            term.has(SemanticClass::Help) && (term.meets(declining) || before.iter().any(|near| near.meets(declining)))
        })
}

/// Whether the clause speaks of the service, its deployment, or the customer's own doing.
pub(super) fn is_about_service(terms: &[Term], own: Option<WorkloadIndex>) -> bool {
    let names_own = terms.iter().any(|term| term.sense.names.is_some() && term.sense.names == own);
    let mut words = terms.iter().filter(|term| !term.is_mark());
    names_own || terms.iter().any(|term| term.service) || words.by_ref().take(3).any(|term| term.subject)
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
    pub(super) fn of(note: &Terms, own: Option<WorkloadIndex>) -> Self {
        let named = own.is_some() && note.terms.iter().any(|term| term.sense.names == own);
        let refused =
            named && note.terms.iter().any(|term| term.has(SemanticClass::Negation) || term.has(SemanticClass::Refuse));
        Self { own, refused }
    }
}

/// Whether the verb of the clause takes another product: "moving forward with Webex", "uses Zoom".
pub(super) fn names_other_choice(note: &Terms, terms: &[Term], subject: Subject) -> bool {
    let own = subject.own;
    const CHOICES: &[SemanticClass] = &[SemanticClass::Adopt, SemanticClass::Stay, SemanticClass::Want];
    let choices = SemanticClasses::any(CHOICES);
    if own.is_some() && terms.iter().any(|term| term.sense.names == own && !term.is_mark()) {
        // "moving forward with Webex, not with Teams" is cut at the comma: only a clause without the own name counts.
        return false;
    }
    terms.iter().enumerate().any(|(at, term)| {
        let lives_on = note.text(term).starts_with("live") && term.words > 1;
        let goes_with = term.has(SemanticClass::Progress) && (subject.refused || lives_on);
        (term.meets(choices) && !term.has(SemanticClass::Progress) || goes_with)
            && terms.get(at + 1..).is_some_and(|after| {
                let takes_with = goes_with || term.has(SemanticClass::Stay) || note.text(term).ends_with(" with");
                starts_with_other_product(note, after, own, takes_with)
            })
    })
}

fn starts_with_other_product(note: &Terms, after: &[Term], own: Option<WorkloadIndex>, takes_with: bool) -> bool {
    for term in after.iter().take(4) {
        let text = note.text(term);
        let kind_of_other = term.has(SemanticClass::Topic)
            && text.split(' ').any(|part| {
                matches!(part, "another" | "competing" | "competitor" | "else" | "existing" | "other" | "own" | "rival")
            });
        let named_other = term.names_other(own) || kind_of_other || matches!(text, "alternative" | "competitors");
        // "Is moving its mail there": to whatever was named before.
        if matches!(text, "there" | "elsewhere") {
            return true;
        }
        let unknown_name = (term.proper || term.acronym) && term.sense == LexicalEntry::default();
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
