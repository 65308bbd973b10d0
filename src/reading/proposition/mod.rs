//! Intent: what the clauses of a note say about using the service, with the scope of negation.
//!
//! In a clause the parity of its negating words decides: "will not deploy" is negative, "not stalled" and "no intent
//! to pause" are positive. A clause about another product speaks against this one. What is only granted ("although …")
//! or only a condition ("once …") is no claim.

mod holder;
mod object;
mod refusal;
mod scope;
mod topic;

use super::clause::{Clause, Role};
use super::mark::Mark;
use super::term::{Term, Terms};
use crate::lexicon::{SemanticClass, SemanticClasses, WorkloadIndex};
pub(crate) use holder::Holder;
use holder::{Subject, is_about_service, names_other_choice};
pub(crate) use object::Object;
use refusal::{bare_refusal, inability};
pub(crate) use scope::TermEffect;
use scope::{ClauseSemantics, opens_as_headline};
use std::ops::Range;
pub(crate) use topic::stranger_told_of;
use topic::{keep_the_subject, opens_with_who, stranger_at_head};

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

/// What kind of words carry the propositions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Predicate {
    /// Saying what they want.
    Want,
    /// Taking into use.
    Adopt,
    /// Being kept from it, or keeping it: what does so is named in the same clause.
    Block,
    /// Refusing or giving up.
    Refuse,
    /// Work under way, phases, completion.
    Progress,
    /// Staying with, or choosing, something else.
    Keep,
    /// The deployment named, and nothing known said of it: "the upgrade is contraindicated".
    Mention,
}

/// What a proposition was found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// A word of a list that says, denies or stops something.
    Predicate,
    /// A noun for trouble at the head of the clause, beside such a word.
    Trouble,
    /// A negation and the service's name, or a negation alone, and no such word.
    BareRefusal,
    /// Somebody cannot, will not or may not, and no such word.
    Inability,
}

/// One clause's say on the intent.
#[derive(Debug, Clone)]
pub(crate) struct Proposition {
    pub(crate) holder: Holder,
    /// The term that names the holder.
    pub(crate) holder_at: Option<usize>,
    pub(crate) origin: Origin,
    pub(crate) direction: Direction,
    pub(crate) strength: Strength,
    pub(crate) predicate: Predicate,
    pub(crate) object: Object,
    /// The terms from the first to the last that carry it.
    pub(crate) terms: Range<usize>,
    pub(crate) clause: usize,
    pub(crate) role: Role,
    pub(crate) contrast: bool,
    /// A hindrance that is over, and something goes on after it.
    pub(crate) over: bool,
}

impl Proposition {
    /// Whether it can say what the customer intends: what somebody else, or a thing, refuses or wants is no intent
    /// unless it is about the service; what another company does, or who sells the service wants, is none at all.
    pub(crate) fn tells_intent(&self) -> bool {
        match self.holder {
            _ if self.over || self.object == Object::Premises => return false,
            Holder::Stranger => return false,
            Holder::Helper if matches!(self.predicate, Predicate::Want | Predicate::Refuse | Predicate::Keep) => {
                return false;
            }
            _ => {}
        }
        let elsewhere = match self.predicate {
            Predicate::Keep => self.holder == Holder::Outsider,
            // "Skype is switched off" is not about this one.
            Predicate::Refuse if self.holder == Holder::OtherWorkload => true,
            Predicate::Refuse if self.object == Object::Other && !self.holder.is_customer_by_name() => true,
            Predicate::Refuse | Predicate::Want | Predicate::Adopt => match self.direction {
                Direction::Against => matches!(self.holder, Holder::Outsider | Holder::Thing),
                Direction::For => self.holder == Holder::Outsider,
            },
            _ => false,
        };
        !elsewhere || self.strength == Strength::Plain
    }

    /// Whether it is what a note comes to that goes this way.
    pub(crate) fn states(&self, decided: Option<Direction>) -> bool {
        self.strength == Strength::Plain && Some(self.direction) == decided && self.tells_intent()
    }

    /// The terms that carry it and the auxiliary verbs before them: "will not deploy", not only "not deploy".
    pub(crate) fn with_auxiliaries(&self, note: &Terms) -> Range<usize> {
        let before = note.get(0..self.terms.start).iter().rev();
        let auxiliaries = before.take_while(|term| term.is(Mark::Auxiliary)).count();
        self.terms.start - auxiliaries..self.terms.end
    }
}

/// The propositions of one clause. Proposition is found clause by clause, so it stands in their order.
pub(crate) fn of(propositions: &[Proposition], clause: usize) -> &[Proposition] {
    within(propositions, clause..clause + 1)
}

/// The propositions of a run of clauses.
pub(crate) fn within(propositions: &[Proposition], clauses: Range<usize>) -> &[Proposition] {
    let start = propositions.partition_point(|e| e.clause < clauses.start);
    let end = propositions.partition_point(|e| e.clause < clauses.end);
    propositions.get(start..end).unwrap_or_default()
}

const FLIPS: SemanticClasses =
    SemanticClasses::any(&[SemanticClass::Negation, SemanticClass::Refuse, SemanticClass::Obstacle]);

/// What a proposition is made of.
pub(crate) const PREDICATES: SemanticClasses = SemanticClasses::any(&[
    SemanticClass::Adopt,
    SemanticClass::Want,
    SemanticClass::Progress,
    SemanticClass::Done,
    SemanticClass::Phase,
    SemanticClass::Refuse,
    SemanticClass::Obstacle,
    SemanticClass::Stay,
]);

/// What each clause of a note says about the intent; `own` is the record's workload.
pub(crate) fn propositions(note: &Terms, clauses: &[Clause], own: Option<WorkloadIndex>) -> Vec<Proposition> {
    let subject = Subject::of(note, own);
    let mut found: Vec<Proposition> = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        let Some(mut propositions) = of_clause(note, clause, at, subject) else { continue };
        let shares = has_no_subject(note, clause) || is_possessed(note, clause);
        let before = found.last().filter(|before| is_next_to(clauses, before.clause, at));
        if let Some(before) = before.filter(|before| shares && before.holder.is_of_no_concern()) {
            (propositions.holder, propositions.holder_at) = (before.holder, before.holder_at);
        }
        if let Some(whose) =
            stranger_at_head(note, clauses, at).filter(|_| has_no_subject(note, clause) || opens_with_who(note, clause))
        {
            (propositions.holder, propositions.holder_at) = (Holder::Stranger, Some(whose));
        }
        if propositions.strength == Strength::Implied
            && propositions.predicate != Predicate::Keep
            && has_no_subject(note, clause)
        {
            // "Customer is thrilled and wants all of it": the verb shares the subject of the clause before.
            let shared = at.checked_sub(1).and_then(|before| clauses.get(before)).is_some_and(|before| {
                before.sentence == clause.sentence
                    && before.role == clause.role
                    && is_about_service(note.get(before.terms.clone()), own)
            });
            if shared {
                propositions.strength = Strength::Plain;
            }
        }
        found.push(propositions);
    }
    keep_the_subject(note, clauses, &mut found);
    settle_what_is_over(note, &mut found);
    found
}

/// "It had been stuck on the archive; 1,200 have moved": what was over before something went on hinders nothing.
fn settle_what_is_over(note: &Terms, found: &mut [Proposition]) {
    let mut goes_on = false;
    for e in found.iter_mut().rev() {
        let hinders = e.direction == Direction::Against && matches!(e.predicate, Predicate::Block | Predicate::Refuse);
        e.over = goes_on && hinders && note.get(e.terms.clone()).iter().any(|term| term.is(Mark::Over));
        let moves = matches!(e.predicate, Predicate::Progress | Predicate::Adopt) && e.direction == Direction::For;
        goes_on |= moves && matches!(e.role, Role::Main | Role::Effect) && e.tells_intent();
    }
}

/// Whether the second of two clauses follows the first in its sentence.
fn is_next_to(clauses: &[Clause], first: usize, second: usize) -> bool {
    let sentence = |at: usize| clauses.get(at).map(|clause| clause.sentence);
    first + 1 == second && sentence(first) == sentence(second)
}

/// "Its mail must stay here" is about whom the clause before spoke of.
fn is_possessed(note: &Terms, clause: &Clause) -> bool {
    note.get(clause.terms.clone()).iter().any(|term| term.is(Mark::Possessed))
}

/// Whether a clause starts with its verb.
fn has_no_subject(note: &Terms, clause: &Clause) -> bool {
    let verbs = PREDICATES;
    let first = note.get(clause.terms.clone()).iter().find(|term| !term.is_mark());
    first.is_some_and(|term| {
        term.meets(verbs) || [Mark::Finite, Mark::Inability, Mark::WillNot].iter().any(|mark| term.is(*mark))
    })
}

fn of_clause(note: &Terms, clause: &Clause, at: usize, subject: Subject) -> Option<Proposition> {
    let own = subject.own;
    let terms = note.get(clause.terms.clone());
    if says_nothing_of_intent(terms) {
        return None;
    }
    if let Some(refusal) = bare_refusal(note, clause, at, own).or_else(|| inability(note, clause, at)) {
        return Some(refusal);
    }
    let carrying = PREDICATES.union(FLIPS);
    let apart = says_more_than_its_relative_clauses(terms);
    let carries = |term: &Term| {
        !(term.has(SemanticClass::Neutral) || apart && term.is(Mark::Relative))
            && (term.meets(carrying) || term.is(Mark::GoesOn) || term.is(Mark::Waits) || term.is(Mark::Wish))
            && !term.is(Mark::Attribute)
            && !term.is(Mark::Thing)
            && !term.is(Mark::Premises)
    };
    let first = terms.iter().position(carries)?;
    let last = terms.iter().rposition(carries)?;
    let said = ClauseSemantics::of(note, terms.iter().filter(|term| !(apart && term.is(Mark::Relative))));
    if !said.seen.meets(PREDICATES) {
        return None;
    }
    let predicate = own_predicate(terms, &said, own)?;
    let (direction, predicate) = direction(predicate, &said, names_other_choice(terms, subject));
    let work = SemanticClasses::any(&[
        SemanticClass::Progress,
        SemanticClass::Done,
        SemanticClass::Adopt,
        SemanticClass::Want,
        SemanticClass::Refuse,
        SemanticClass::Obstacle,
    ]);
    // "Rollout, pilot, wave one": names of phases alone claim nothing.
    let headline = opens_as_headline(terms) && matches!(predicate, Predicate::Block | Predicate::Refuse);
    let tells = predicate != Predicate::Keep && (said.seen.meets(work) || said.negated);
    let alone = first == last;
    let at_first = |mark| terms.get(first).is_some_and(|term| term.is(mark));
    let mention =
        alone && direction == Direction::For && predicate == Predicate::Adopt && at_first(Mark::DeploymentNoun);
    let modifier = alone && at_first(Mark::DeploymentModifier);
    let (mut holder, mut named) = Holder::of(terms, first, own);
    if holder == Holder::Implied && said.negated && terms.get(first).is_some_and(is_deployment) && first < last {
        // "Rollout stopped": what is stopped stands where who does it could.
        (holder, named) = (Holder::OwnService, Some(first));
    }
    // "The vendor will not deploy the patch": only where the service is named does somebody else deploy it.
    let refused = predicate == Predicate::Adopt && direction == Direction::Against;
    let elsewhere = holder == Holder::Outsider && refused && !names(terms, own) && object::names_thing(terms, last + 1);
    let plain = (headline || is_about_service(terms, own) && tells) && !modifier && !mention && !elsewhere;
    Some(Proposition {
        holder,
        holder_at: named.map(|at| clause.terms.start + at),
        origin: if said.headed_by_trouble { Origin::Trouble } else { Origin::Predicate },
        direction,
        strength: if plain { Strength::Plain } else { Strength::Implied },
        predicate: if mention { Predicate::Mention } else { predicate },
        object: Object::of(terms, last + 1, own),
        terms: clause.terms.start + first..clause.terms.start + last + 1,
        clause: at,
        role: clause.role,
        contrast: clause.contrast,
        over: false,
    })
}

/// The service's deployment as a noun, which could be the subject of its clause.
fn is_deployment(term: &Term) -> bool {
    term.is(Mark::DeploymentNoun) || term.is(Mark::Service) && term.has(SemanticClass::Phase)
}

/// Why a clause has no proposition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Absence {
    /// It is about talk or silence, or about what nobody could find out, or about declined help.
    NotOfIntent,
    /// No word of it is of a list that a proposition is made of.
    NoPredicate,
    /// It has such words, and still says nothing: "not yet finished", "stays dark".
    LeftOpen,
}

impl Absence {
    /// Why a clause of these terms has none.
    pub(crate) fn of(terms: &[Term]) -> Self {
        match () {
            () if says_nothing_of_intent(terms) => Self::NotOfIntent,
            () if terms.iter().any(|term| TermEffect::of(term) == Some(TermEffect::Carries)) => Self::LeftOpen,
            () => Self::NoPredicate,
        }
    }
}

/// Whether a clause has a verb of its own beside those of its relative clauses, which then only say what is meant:
/// "replacing handsets that cannot register".
pub(crate) fn says_more_than_its_relative_clauses(terms: &[Term]) -> bool {
    let verbs = PREDICATES;
    let own = |term: &Term| {
        !term.is(Mark::Relative) && !term.is(Mark::Attribute) && (term.meets(verbs) || term.is(Mark::GoesOn))
    };
    terms.iter().any(|term| term.is(Mark::Relative)) && terms.iter().any(own)
}

/// "Could not gather their intent" says nothing of what it is, and declined help nothing of the service.
fn says_nothing_of_intent(terms: &[Term]) -> bool {
    let unknown = SemanticClasses::any(&[SemanticClass::Unknown, SemanticClass::Silence]);
    let asked =
        || terms.iter().any(|term| term.has(SemanticClass::Want)) && terms.iter().any(|term| term.is(Mark::NotLearnt));
    // "Asked about the pilot": who talks of it has not done it yet.
    let flips = FLIPS;
    let talked = terms.iter().any(|term| term.is(Mark::Talk)) && !terms.iter().any(|term| term.meets(flips));
    talked
        || terms.iter().any(|term| term.is(Mark::HelpDeclined))
        || terms.iter().any(|term| term.meets(unknown))
        || asked()
}

/// Whether the terms name the record's workload.
fn names(terms: &[Term], own: Option<WorkloadIndex>) -> bool {
    own.is_some() && terms.iter().any(|term| term.sense.names == own)
}

/// The predicate of what a clause says, seen with the service that the record is about.
fn own_predicate(terms: &[Term], said: &ClauseSemantics, own: Option<WorkloadIndex>) -> Option<Predicate> {
    let names_own = names(terms, own);
    let rests = || terms.iter().any(|term| term.is(Mark::Rests));
    let predicate = match predicate(said.seen) {
        // "The rollout of Teams continues with wave 2" stays with this service.
        // What "stays dark" or "remains unused" is not for a word list to say.
        Predicate::Keep if names_own && rests() => return None,
        Predicate::Keep if names_own => Predicate::Progress,
        // "Cannot be installed": kept from it, not unwilling.
        Predicate::Adopt if said.inability => Predicate::Block,
        predicate => predicate,
    };
    // "Not yet finished" says that work remains, not that nobody wants it.
    let unfinished = said.negated && predicate == Predicate::Progress && !said.seen.has(SemanticClass::Progress);
    (!unfinished).then_some(predicate)
}

/// Which way it speaks: taking another product, as staying with one, speaks against this one.
fn direction(predicate: Predicate, said: &ClauseSemantics, foreign: bool) -> (Direction, Predicate) {
    match (said.negated, predicate) {
        (false, Predicate::Keep) => (Direction::Against, Predicate::Keep),
        (false, Predicate::Want | Predicate::Adopt | Predicate::Progress) if foreign => {
            (Direction::Against, Predicate::Keep)
        }
        (false, predicate) => (Direction::For, predicate),
        (true, predicate) => (Direction::Against, predicate),
    }
}

fn predicate(seen: SemanticClasses) -> Predicate {
    if seen.has(SemanticClass::Obstacle) {
        Predicate::Block
    } else if seen.has(SemanticClass::Refuse) {
        Predicate::Refuse
    } else if seen.has(SemanticClass::Stay) && !seen.has(SemanticClass::Adopt) && !seen.has(SemanticClass::Progress) {
        Predicate::Keep
    } else if seen.has(SemanticClass::Want) {
        Predicate::Want
    } else if seen.has(SemanticClass::Adopt) && !seen.has(SemanticClass::Progress) && !seen.has(SemanticClass::Phase) {
        Predicate::Adopt
    } else {
        Predicate::Progress
    }
}
