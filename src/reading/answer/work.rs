//! What the work is done on that a note tells of: on the service, or on nothing but the engagement.

use crate::lexicon::word_class::WordClass;
use crate::lexicon::{SemanticClass, SemanticClasses};
use crate::reading::clause::{Clause, Role};
use crate::reading::mark::Mark;
use crate::reading::proposition::{Direction, Predicate, Proposition, Strength, of};
use crate::reading::term::{Term, Terms};
use crate::text::NoteSpan;

/// What the clauses of a note that claim something work on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Work {
    /// Something is told of the service, of a part of it or of the machines and people that take it.
    pub on_service: bool,
    /// A part of a service or something that work with computers is made of is named.
    pub names_matter: bool,
    /// A body, a paper, a gathering or an aim of the engagement is told of.
    pub on_engagement: Option<NoteSpan>,
}

impl Work {
    /// What is told of the engagement, where nothing is told of the service.
    #[must_use]
    pub fn only_on_engagement(&self) -> Option<NoteSpan> {
        self.on_engagement.filter(|_| !self.on_service)
    }
}

/// What the work of a note is done on.
pub(crate) fn work(note: &Terms, clauses: &[Clause], claims: &[Proposition]) -> Work {
    let mut work = Work::default();
    for (at, clause) in clauses.iter().enumerate() {
        let terms = note.get(clause.terms.clone());
        if clause.role == Role::Concession || is_label(note, clauses, at) && !terms.iter().any(is_work) {
            continue;
        }
        work.names_matter |= terms.iter().any(is_matter);
        let engaged = terms.iter().position(|term| term.is(Mark::Engagement));
        if let Some(place) = engaged.map(|place| clause.terms.start + place) {
            work.on_engagement = work.on_engagement.or_else(|| note.span(place..place + 1));
        }
        let about_it = terms.iter().any(|term| term.is(Mark::Engagement) && !term.is(Mark::InPassing));
        work.on_service |= if about_it {
            terms.iter().any(|term| term.is(Mark::Motion))
        } else {
            is_on_service(note, terms) || claims_work(terms, of(claims, at))
        };
    }
    work
}

/// "Intranet of the bus maker: …": what stands before a colon only says what is spoken of.
fn is_label(note: &Terms, clauses: &[Clause], at: usize) -> bool {
    let next = clauses.get(at + 1).and_then(|clause| clause.opened_by).and_then(|mark| note.terms.get(mark));
    next.is_some_and(|mark| note.text(mark) == ":")
}

/// Whether somebody plainly takes the service into use, or something moves.
fn claims_work(terms: &[Term], claims: &[Proposition]) -> bool {
    let takes = |e: &Proposition| {
        e.strength == Strength::Plain
            && e.direction == Direction::For
            && matches!(e.predicate, Predicate::Adopt | Predicate::Progress)
    };
    claims.iter().any(takes) || terms.iter().any(|term| term.is(Mark::Motion))
}

/// Whether a word is a part of a service, or what work with computers is made of.
fn is_matter(term: &Term) -> bool {
    term.sense.belongs.is_some() || term.listed.has(WordClass::TradeWithin)
}

/// Whether a word says that something is taken into use, at work or done.
fn is_work(term: &Term) -> bool {
    term.meets(SemanticClasses::any(&[
        SemanticClass::Adopt,
        SemanticClass::Phase,
        SemanticClass::Progress,
        SemanticClass::Done,
    ]))
}

/// Whether a clause names the service, a part of it, a phase, or what work with computers is made of.
fn is_on_service(note: &Terms, terms: &[Term]) -> bool {
    let within =
        |at: usize| at.checked_sub(1).and_then(|at| terms.get(at)).is_some_and(|term| term.is(Mark::LeadsToName));
    terms.iter().enumerate().any(|(at, term)| {
        let inside = term.sense.names.is_some() && term.sense.names == note.own && within(at);
        !term.is(Mark::Attribute)
            && (is_work(term)
                || is_matter(term)
                || inside
                || term.is(Mark::Deed)
                || term.is(Mark::ThirdPerson) && !term.is(Mark::OnePerson))
    })
}
