//! What a clause speaks of: the service, its deployment, the customer, help from FastTrack, or another product.

use crate::reading::lexicon::{SemanticClass, WorkloadIndex};
use crate::reading::mark::Mark;
use crate::reading::term::{Term, Terms};

/// Whether the clause speaks of the service, its deployment, or the customer's own doing.
pub(super) fn is_about_service(terms: &[Term], own: Option<WorkloadIndex>) -> bool {
    let names_own = terms.iter().any(|term| term.sense.names.is_some() && term.sense.names == own);
    let mut words = terms.iter().filter(|term| !term.is_mark());
    names_own
        || terms.iter().any(|term| term.is(Mark::Service))
        || words.by_ref().take(3).any(|term| term.is(Mark::Customer))
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
pub(super) fn names_other_choice(terms: &[Term], subject: Subject) -> bool {
    let own = subject.own;
    if own.is_some() && terms.iter().any(|term| term.sense.names == own && !term.is_mark()) {
        // "moving forward with Webex, not with Teams" is cut at the comma: only a clause without the own name counts.
        return false;
    }
    terms.iter().any(|term| term.is(Mark::TakesOther) || subject.refused && term.is(Mark::GoesOnWithOther))
}
