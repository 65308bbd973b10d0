//! Who holds what a clause says, and what it speaks of: the customer, the service, another product, somebody else.

use super::topic::binds_the_customer;
use crate::lexicon::{SemanticClass, WorkloadIndex};
use crate::reading::mark::Mark;
use crate::reading::term::{Term, Terms};

/// Who does, wants or is what a proposition says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holder {
    /// The customer by name or by a word for it.
    Customer,
    /// Somebody that no list knows, or a person: mostly the customer, or one of its people.
    Somebody,
    /// The record's own service, or its deployment.
    OwnService,
    /// Another workload.
    OtherWorkload,
    /// A supplier, an auditor: somebody who is not the customer, and may have power over it.
    Outsider,
    /// Another company, whose doings say nothing of the customer: a rival, a neighbour.
    Stranger,
    /// Who sells or builds the service, with wishes of his own: a reseller, a partner.
    Helper,
    /// A device, or a doing.
    Thing,
    /// Nobody is named.
    Implied,
}

impl Holder {
    /// Whether it is the customer beyond doubt, or nobody is named.
    pub(crate) fn is_customer_by_name(self) -> bool {
        matches!(self, Self::Customer | Self::Implied)
    }

    /// The holder of the predicate that starts at `predicate` in the terms of a clause, and the term that names it: who
    /// did it, where that is said ("rejected by a rival"); else the last of those named before it, for what is nearest
    /// to its verb is its subject. What belongs to a stranger is the stranger's: "the rival's board", "the shop next
    /// door and its clerks".
    pub(super) fn of(terms: &[Term], predicate: usize, own: Option<WorkloadIndex>) -> (Self, Option<usize>) {
        let (holder, at) = Self::nearest(terms, predicate, own);
        // What a landlord forbids binds the customer; what he does for himself is his own affair.
        let deals = at.and_then(|at| terms.get(at)).is_some_and(|term| term.is(Mark::Counterparty));
        let own_affair = holder == Self::Helper && deals && terms.iter().any(|term| term.is(Mark::OwnAffair));
        let holder = if own_affair { Self::Stranger } else { holder };
        (if deals && binds_the_customer(terms) { Self::Outsider } else { holder }, at)
    }

    fn nearest(terms: &[Term], predicate: usize, own: Option<WorkloadIndex>) -> (Self, Option<usize>) {
        let agent = terms.iter().enumerate().find_map(|(at, term)| {
            let apart = Self::apart(term).filter(|_| term.is(Mark::Agent))?;
            Some((apart, Some(at)))
        });
        if let Some(agent) = agent {
            return agent;
        }
        let subject = terms.get(..predicate).unwrap_or_default();
        let mut found =
            subject.iter().enumerate().rev().filter_map(|(at, term)| Some((Self::named(term, own)?, Some(at))));
        let nearest = found.next().unwrap_or((Self::Implied, None));
        match nearest.0 {
            Self::Customer | Self::Helper | Self::Stranger => nearest,
            _ => found
                .take_while(|(holder, _)| *holder != Self::Customer)
                .find(|(holder, _)| *holder == Self::Stranger)
                .unwrap_or(nearest),
        }
    }

    /// Whom a term names, if anybody.
    fn named(term: &Term, own: Option<WorkloadIndex>) -> Option<Self> {
        if term.is(Mark::InPassing) {
            return None;
        }
        let apart = Self::apart(term);
        Some(match () {
            () if apart.is_some() => return apart,
            () if term.is(Mark::Customer) => Self::Customer,
            () if term.is(Mark::Outsider) => Self::Outsider,
            () if term.is(Mark::Device) || term.is(Mark::Thing) => Self::Thing,
            () if term.sense.names.is_some() && term.sense.names == own => Self::OwnService,
            () if term.names_other(own) => Self::OtherWorkload,
            () if term.is(Mark::Service) => Self::OwnService,
            () if term.has(SemanticClass::Person) || term.is_unknown() && !term.is_mark() => Self::Somebody,
            () => return None,
        })
    }

    /// The stranger or helper that a term names.
    fn apart(term: &Term) -> Option<Self> {
        match () {
            // "Our reseller": what he builds is the customer's work, though he deals with the customer.
            () if term.is(Mark::Helper) => Some(Self::Helper),
            () if term.is(Mark::Stranger) => Some(Self::Stranger),
            () => None,
        }
    }

    /// Whether what it does, wants or refuses is its own affair; an auditor's or a supplier's no may well be the
    /// customer's reason.
    pub(crate) fn is_of_no_concern(self) -> bool {
        matches!(self, Self::Stranger | Self::Helper)
    }
}

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
