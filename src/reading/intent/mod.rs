//! Intent: what the clauses of a note say about using the service, with the scope of negation.
//!
//! In a clause the parity of its negating words decides: "will not deploy" is negative, "not stalled" and "no intent
//! to pause" are positive. A clause about another product speaks against this one. What is only granted ("although …")
//! or only a condition ("once …") is no claim.

mod negation;
mod nouns;
mod refusal;
mod service;
mod weigh;

pub(crate) use nouns::goes_on_elsewise;
pub(crate) use service::{names_customer, names_service, speaks_of_help};
pub(crate) use weigh::{Intent, weigh};

use super::clause::{Clause, Role};
use super::lexicon::{Class, Classes, WorkloadIndex};
use super::unit::{Unit, Units};
use negation::{Said, is_attribute, opens_as_headline};
use nouns::{is_modifier, is_noun};
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
    /// The units from the first to the last that carry it.
    pub(crate) units: Range<usize>,
    pub(crate) clause: usize,
    pub(crate) role: Role,
    pub(crate) contrast: bool,
}

/// Verbs that lead to the one that carries the evidence.
const AUXILIARIES: &[&str] = &[
    "are", "can", "could", "did", "do", "does", "had", "has", "have", "is", "may", "might", "shall", "should", "was",
    "were", "will", "would",
];

impl Evidence {
    /// The units that carry it and the auxiliary verbs before them: "will not deploy", not only "not deploy".
    pub(crate) fn with_auxiliaries(&self, note: &Units) -> Range<usize> {
        let before = note.get(0..self.units.start).iter().rev();
        let auxiliaries = before.take_while(|unit| AUXILIARIES.contains(&note.text(unit))).count();
        self.units.start - auxiliaries..self.units.end
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

const FLIPS: [Class; 3] = [Class::Negation, Class::Refuse, Class::Obstacle];

const PREDICATES: [Class; 8] = [
    Class::Adopt,
    Class::Want,
    Class::Progress,
    Class::Done,
    Class::Phase,
    Class::Refuse,
    Class::Obstacle,
    Class::Stay,
];

/// What each clause of a note says about the intent; `own` is the record's workload.
pub(crate) fn evidence(note: &Units, clauses: &[Clause], own: Option<WorkloadIndex>) -> Vec<Evidence> {
    let subject = Subject::of(note, own);
    let mut found: Vec<Evidence> = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        let Some(mut evidence) = of_clause(note, clause, at, subject) else { continue };
        if evidence.strength == Strength::Implied && evidence.basis != Basis::Other && has_no_subject(note, clause) {
            // "Customer is thrilled and wants all of it": the verb shares the subject of the clause before.
            let shared = at.checked_sub(1).and_then(|before| clauses.get(before)).is_some_and(|before| {
                before.sentence == clause.sentence
                    && before.role == clause.role
                    && is_about_service(note.get(before.units.clone()), own)
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
fn has_no_subject(note: &Units, clause: &Clause) -> bool {
    let verbs = Classes::any(&PREDICATES);
    let first = note.get(clause.units.clone()).iter().find(|unit| !unit.is_mark());
    first.is_some_and(|unit| unit.meets(verbs) || matches!(note.text(unit), "is" | "are" | "has" | "have" | "will"))
}

fn of_clause(note: &Units, clause: &Clause, at: usize, subject: Subject) -> Option<Evidence> {
    let own = subject.own;
    let units = note.get(clause.units.clone());
    if says_nothing_of_intent(units) {
        return None;
    }
    if let Some(refusal) = bare_refusal(note, clause, at, own).or_else(|| inability(note, clause, at)) {
        return Some(refusal);
    }
    let carrying = Classes::any(&PREDICATES).union(Classes::any(&FLIPS));
    let carries = |(at, unit): (usize, &Unit)| {
        !unit.has(Class::Neutral) && unit.meets(carrying) && !is_attribute(note, units, at)
    };
    let first = units.iter().enumerate().position(carries)?;
    let last = units.iter().enumerate().rposition(carries)?;
    let said = Said::of(note, units);
    if !said.seen.meets(Classes::any(&PREDICATES)) {
        return None;
    }
    let basis = own_basis(note, units, &said, own)?;
    let (direction, basis) = direction(basis, &said, names_other_choice(note, units, subject));
    let work = Classes::any(&[Class::Progress, Class::Done, Class::Adopt, Class::Want, Class::Refuse, Class::Obstacle]);
    // "Rollout, pilot, wave one": names of phases alone claim nothing.
    let headline = opens_as_headline(units) && matches!(basis, Basis::Hindrance | Basis::Refusal);
    let tells = basis != Basis::Other && (said.seen.meets(work) || said.negated);
    let alone = first == last;
    let mention = alone && direction == Direction::For && basis == Basis::Will && is_noun(note, units, first);
    let modifier = alone && is_modifier(note, units, first);
    let plain = (headline || is_about_service(units, own) && tells) && !modifier && !mention;
    Some(Evidence {
        direction,
        strength: if plain { Strength::Plain } else { Strength::Implied },
        basis: if mention { Basis::Mention } else { basis },
        units: clause.units.start + first..clause.units.start + last + 1,
        clause: at,
        role: clause.role,
        contrast: clause.contrast,
    })
}

/// "Could not gather their intent" says nothing of what it is, and declined help nothing of the service.
fn says_nothing_of_intent(units: &[Unit]) -> bool {
    let unknown = Classes::any(&[Class::Unknown, Class::Silence]);
    let asked = || units.iter().any(|unit| unit.has(Class::Want)) && super::contact::is_not_learnt(units);
    speaks_of_help(units) || units.iter().any(|unit| unit.meets(unknown)) || asked()
}

/// The basis of what a clause says, seen with the service that the record is about.
fn own_basis(note: &Units, units: &[Unit], said: &Said, own: Option<WorkloadIndex>) -> Option<Basis> {
    let names_own = own.is_some() && units.iter().any(|unit| unit.sense.names == own);
    let rests = || units.iter().any(|unit| matches!(note.text(unit), "remain" | "remains" | "stay" | "stays"));
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
    let unfinished = said.negated && basis == Basis::Progress && !said.seen.has(Class::Progress);
    (!unfinished).then_some(basis)
}

/// Which way it speaks: taking another product, as staying with one, speaks against this one.
fn direction(basis: Basis, said: &Said, foreign: bool) -> (Direction, Basis) {
    match (said.negated, basis) {
        (false, Basis::Other) => (Direction::Against, Basis::Other),
        (false, Basis::Wish | Basis::Will | Basis::Progress) if foreign => (Direction::Against, Basis::Other),
        (false, basis) => (Direction::For, basis),
        (true, basis) => (Direction::Against, basis),
    }
}

fn basis(seen: Classes) -> Basis {
    if seen.has(Class::Obstacle) {
        Basis::Hindrance
    } else if seen.has(Class::Refuse) {
        Basis::Refusal
    } else if seen.has(Class::Stay) && !seen.has(Class::Adopt) && !seen.has(Class::Progress) {
        Basis::Other
    } else if seen.has(Class::Want) {
        Basis::Wish
    } else if seen.has(Class::Adopt) && !seen.has(Class::Progress) && !seen.has(Class::Phase) {
        Basis::Will
    } else {
        Basis::Progress
    }
}
