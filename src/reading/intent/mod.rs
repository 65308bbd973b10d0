//! Intent: what the clauses of a note say about using the service, with the scope of negation.
//!
//! In a clause the parity of its negating words decides: "will not deploy" is negative, "not stalled" and "no intent
//! to pause" are positive. A clause about another product speaks against this one. What is only granted ("although …")
//! or only a condition ("once …") is no claim.

mod balance;
mod negation;
mod refusal;
mod service;

pub(crate) use balance::{Intent, weigh};

use super::clause::{Clause, Role};
use super::lexicon::{SemanticClass, SemanticClasses, WorkloadIndex};
use super::mark::Mark;
use super::term::{Term, Terms};
use negation::{ClauseSemantics, opens_as_headline};
use refusal::{bare_refusal, inability};
use service::{Subject, is_about_service, names_other_choice};
use std::ops::Range;

/// Which way a clause speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Direction {
    For,
    Against,
}

/// How plainly it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// It speaks of something else, or only implies it.
    Implied,
    /// It speaks of the service or of its deployment.
    Plain,
}

/// What kind of words carry the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Basis {
    /// Saying what they want.
    Wish,
    /// Taking into use.
    Will,
    /// Being kept from it, or keeping it: what does so is named in the same clause.
    Hindrance,
    /// Refusing or giving up.
    Refusal,
    /// Work under way, phases, completion.
    Progress,
    /// Staying with, or choosing, something else.
    Other,
    /// The deployment named, and nothing known said of it: "the upgrade is contraindicated".
    Mention,
}

/// One clause's say on the intent.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    pub(crate) direction: Direction,
    pub(crate) strength: Strength,
    pub(crate) basis: Basis,
    /// The terms from the first to the last that carry it.
    pub(crate) terms: Range<usize>,
    pub(crate) clause: usize,
    pub(crate) role: Role,
    pub(crate) contrast: bool,
}

impl Evidence {
    /// The terms that carry it and the auxiliary verbs before them: "will not deploy", not only "not deploy".
    pub(crate) fn with_auxiliaries(&self, note: &Terms) -> Range<usize> {
        let before = note.get(0..self.terms.start).iter().rev();
        let auxiliaries = before.take_while(|term| term.is(Mark::Auxiliary)).count();
        self.terms.start - auxiliaries..self.terms.end
    }
}

/// The evidence of one clause. Evidence is found clause by clause, so it stands in their order.
pub(crate) fn of(evidence: &[Evidence], clause: usize) -> &[Evidence] {
    within(evidence, clause..clause + 1)
}

/// The evidence of a run of clauses.
pub(crate) fn within(evidence: &[Evidence], clauses: Range<usize>) -> &[Evidence] {
    let start = evidence.partition_point(|e| e.clause < clauses.start);
    let end = evidence.partition_point(|e| e.clause < clauses.end);
    evidence.get(start..end).unwrap_or_default()
}

const FLIPS: [SemanticClass; 3] = [SemanticClass::Negation, SemanticClass::Refuse, SemanticClass::Obstacle];

const PREDICATES: [SemanticClass; 8] = [
    SemanticClass::Adopt,
    SemanticClass::Want,
    SemanticClass::Progress,
    SemanticClass::Done,
    SemanticClass::Phase,
    SemanticClass::Refuse,
    SemanticClass::Obstacle,
    SemanticClass::Stay,
];

/// What each clause of a note says about the intent; `own` is the record's workload.
pub(crate) fn evidence(note: &Terms, clauses: &[Clause], own: Option<WorkloadIndex>) -> Vec<Evidence> {
    let subject = Subject::of(note, own);
    let mut found: Vec<Evidence> = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        let Some(mut evidence) = of_clause(note, clause, at, subject) else { continue };
        if evidence.strength == Strength::Implied && evidence.basis != Basis::Other && has_no_subject(note, clause) {
            // "Customer is thrilled and wants all of it": the verb shares the subject of the clause before.
            let shared = at.checked_sub(1).and_then(|before| clauses.get(before)).is_some_and(|before| {
                before.sentence == clause.sentence
                    && before.role == clause.role
                    && is_about_service(note.get(before.terms.clone()), own)
            });
            if shared {
                evidence.strength = Strength::Plain;
            }
        }
        found.push(evidence);
    }
    found
}

/// Whether a clause starts with its verb.
fn has_no_subject(note: &Terms, clause: &Clause) -> bool {
    let verbs = SemanticClasses::any(&PREDICATES);
    let first = note.get(clause.terms.clone()).iter().find(|term| !term.is_mark());
    first.is_some_and(|term| term.meets(verbs) || term.is(Mark::Finite))
}

fn of_clause(note: &Terms, clause: &Clause, at: usize, subject: Subject) -> Option<Evidence> {
    let own = subject.own;
    let terms = note.get(clause.terms.clone());
    if says_nothing_of_intent(terms) {
        return None;
    }
    if let Some(refusal) = bare_refusal(note, clause, at, own).or_else(|| inability(note, clause, at)) {
        return Some(refusal);
    }
    let carrying = SemanticClasses::any(&PREDICATES).union(SemanticClasses::any(&FLIPS));
    let carries = |term: &Term| !term.has(SemanticClass::Neutral) && term.meets(carrying) && !term.is(Mark::Attribute);
    let first = terms.iter().position(carries)?;
    let last = terms.iter().rposition(carries)?;
    let said = ClauseSemantics::of(note, terms);
    if !said.seen.meets(SemanticClasses::any(&PREDICATES)) {
        return None;
    }
    let basis = own_basis(terms, &said, own)?;
    let (direction, basis) = direction(basis, &said, names_other_choice(terms, subject));
    let work = SemanticClasses::any(&[
        SemanticClass::Progress,
        SemanticClass::Done,
        SemanticClass::Adopt,
        SemanticClass::Want,
        SemanticClass::Refuse,
        SemanticClass::Obstacle,
    ]);
    // "Rollout, pilot, wave one": names of phases alone claim nothing.
    let headline = opens_as_headline(terms) && matches!(basis, Basis::Hindrance | Basis::Refusal);
    let tells = basis != Basis::Other && (said.seen.meets(work) || said.negated);
    let alone = first == last;
    let at_first = |mark| terms.get(first).is_some_and(|term| term.is(mark));
    let mention = alone && direction == Direction::For && basis == Basis::Will && at_first(Mark::DeploymentNoun);
    let modifier = alone && at_first(Mark::DeploymentModifier);
    let plain = (headline || is_about_service(terms, own) && tells) && !modifier && !mention;
    Some(Evidence {
        direction,
        strength: if plain { Strength::Plain } else { Strength::Implied },
        basis: if mention { Basis::Mention } else { basis },
        terms: clause.terms.start + first..clause.terms.start + last + 1,
        clause: at,
        role: clause.role,
        contrast: clause.contrast,
    })
}

/// "Could not gather their intent" says nothing of what it is, and declined help nothing of the service.
fn says_nothing_of_intent(terms: &[Term]) -> bool {
    let unknown = SemanticClasses::any(&[SemanticClass::Unknown, SemanticClass::Silence]);
    let asked = || terms.iter().any(|term| term.has(SemanticClass::Want)) && super::contact::is_not_learnt(terms);
    terms.iter().any(|term| term.is(Mark::HelpDeclined)) || terms.iter().any(|term| term.meets(unknown)) || asked()
}

/// The basis of what a clause says, seen with the service that the record is about.
fn own_basis(terms: &[Term], said: &ClauseSemantics, own: Option<WorkloadIndex>) -> Option<Basis> {
    let names_own = own.is_some() && terms.iter().any(|term| term.sense.names == own);
    let rests = || terms.iter().any(|term| term.is(Mark::Rests));
    let basis = match basis(said.seen) {
        // "The rollout of Teams continues with wave 2" stays with this service.
        // What "stays dark" or "remains unused" is not for a word list to say.
        Basis::Other if names_own && rests() => return None,
        Basis::Other if names_own => Basis::Progress,
        // "Cannot be installed": kept from it, not unwilling.
        Basis::Will if said.inability => Basis::Hindrance,
        basis => basis,
    };
    // "Not yet finished" says that work remains, not that nobody wants it.
    let unfinished = said.negated && basis == Basis::Progress && !said.seen.has(SemanticClass::Progress);
    (!unfinished).then_some(basis)
}

/// Which way it speaks: taking another product, as staying with one, speaks against this one.
fn direction(basis: Basis, said: &ClauseSemantics, foreign: bool) -> (Direction, Basis) {
    match (said.negated, basis) {
        (false, Basis::Other) => (Direction::Against, Basis::Other),
        (false, Basis::Wish | Basis::Will | Basis::Progress) if foreign => (Direction::Against, Basis::Other),
        (false, basis) => (Direction::For, basis),
        (true, basis) => (Direction::Against, basis),
    }
}

fn basis(seen: SemanticClasses) -> Basis {
    if seen.has(SemanticClass::Obstacle) {
        Basis::Hindrance
    } else if seen.has(SemanticClass::Refuse) {
        Basis::Refusal
    } else if seen.has(SemanticClass::Stay) && !seen.has(SemanticClass::Adopt) && !seen.has(SemanticClass::Progress) {
        Basis::Other
    } else if seen.has(SemanticClass::Want) {
        Basis::Wish
    } else if seen.has(SemanticClass::Adopt) && !seen.has(SemanticClass::Progress) && !seen.has(SemanticClass::Phase) {
        Basis::Will
    } else {
        Basis::Progress
    }
}
