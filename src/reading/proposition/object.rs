//! What a proposition is about, as the words after its verb name it.

use super::holder::is_about_service;
use super::names;
use crate::lexicon::token::Kind;
use crate::lexicon::{SemanticClass, WorkloadIndex};
use crate::reading::mark::Mark;
use crate::reading::term::Term;

/// What is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Object {
    /// The service, or it is not named.
    Service,
    /// Something else, named right after the verb: "declined the invoice".
    Other,
    /// A building or a place: "cannot use the car park".
    Premises,
}

impl Object {
    /// What the predicate that ends before `after` in the terms of a clause is about.
    pub(super) fn of(terms: &[Term], after: usize, own: Option<WorkloadIndex>) -> Self {
        let rest = terms.get(after..).unwrap_or_default();
        let determiners = rest.iter().take_while(|term| term.is(Mark::Determiner)).count();
        let about_service =
            |term: &Term| term.is(Mark::Service) || term.sense.names.is_some() || term.sense.belongs.is_some();
        let named = rest.get(determiners).filter(|term| {
            let plain = term.sense.classes.is_empty() || term.has(SemanticClass::Aside);
            plain && term.kind == Kind::Word && !term.proper && !term.acronym
        });
        // "Onboarding the warehouse" takes the service to a place, "using the car park" does not.
        let onboards = terms.get(..after).unwrap_or_default().iter().any(|term| term.is(Mark::Service));
        let place = !onboards && rest.get(determiners).is_some_and(|term| term.is(Mark::Premises));
        match named {
            _ if place && !names(terms, own) => Self::Premises,
            Some(_) if !rest.iter().any(about_service) && !is_about_service(terms, own) => Self::Other,
            _ => Self::Service,
        }
    }
}

/// Whether a thing that no list knows follows at `after`: "deploy the patch".
pub(super) fn names_thing(terms: &[Term], after: usize) -> bool {
    let rest = terms.get(after..).unwrap_or_default();
    rest.iter().find(|term| !term.is(Mark::Determiner)).is_some_and(|term| term.is_unknown() && term.kind == Kind::Word)
}
