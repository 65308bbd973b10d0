//! The reason: how much it says.

use super::off_topic::OffTopicKind;
use super::relevance::Content;
use crate::playbook::Thresholds;
use crate::reading::clause::{Clause, Role};
use crate::reading::lexicon::{SemanticClass, WorkloadIndex};
use crate::reading::mark::Mark;
use crate::reading::proposition::{Direction, Predicate, Proposition, of};
use crate::reading::specificity::{SpecificityScale, Weight};
use crate::reading::term::Terms;
use crate::text::NoteSpan;

/// How much a why says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strength {
    /// It names nothing.
    None,
    /// It names a kind of reason, too little to act on.
    Thin,
    /// It names what it is.
    Concrete,
}

/// What was found.
#[derive(Debug, Clone)]
pub(crate) struct Why {
    /// How much each clause names.
    pub(crate) points: Vec<u32>,
    pub(crate) reason: Strength,
    pub(crate) state: Strength,
    pub(crate) specifics: Vec<NoteSpan>,
    pub(crate) things: u32,
}

/// Finds the why of a note among the clauses that are `told` of the status.
pub(crate) fn find(
    note: &Terms,
    clauses: &[Clause],
    propositions: &[Proposition],
    told: &[bool],
    own: Option<WorkloadIndex>,
    decided: Option<Direction>,
    limits: &Thresholds,
) -> Why {
    let mut scale = SpecificityScale::new(note, own, limits);
    let mut reason = Weight::default();
    let (mut awaited, mut given) = (false, false);
    for (at, (clause, _)) in clauses.iter().zip(told).enumerate().filter(|(_, (_, told))| **told) {
        let mut weight = Weight::default();
        if can_give_why(clause, propositions, at, decided) || begins_with_kind(note, clause) {
            weight = scale.weigh(clause.terms.clone());
        }
        if !weight.is_some() {
            // "As management does not see a benefit": a kind of reason by the way is one where a cause stands, too.
            weight = named_kinds(note, clause, limits);
        }
        if !weight.is_some() {
            continue;
        }
        awaited |= clause.role == Role::Condition && weight.names();
        given |= clause.role == Role::Cause && weight.tells();
        reason.add(weight);
    }
    let State { points, named } = State::of(note, clauses, told, own, limits);
    let elsewhere = |e: &Proposition| e.predicate == Predicate::Keep && e.direction == Direction::Against;
    if reason.points(limits) < limits.thin_reason && propositions.iter().any(elsewhere) {
        // "They like what they have": that there is something else is a why, if a thin one.
        reason.add_kind(limits);
    }
    if given && awaited {
        // "Until the vendor's export is implemented": what it waits for tells more of what it is.
        reason.add_kind(limits);
    }
    Why {
        points: named,
        reason: strength(reason.points(limits), limits.thin_reason, limits.concrete_reason),
        state: strength(points, limits.thin_reason, limits.concrete_state),
        specifics: reason.specifics.iter().filter_map(|at| note.span(*at..at + 1)).collect(),
        things: reason.things,
    }
}

fn strength(points: u32, thin: u32, concrete: u32) -> Strength {
    if points >= concrete {
        Strength::Concrete
    } else if points >= thin {
        Strength::Thin
    } else {
        Strength::None
    }
}

/// Which clauses speak of the status, and of nothing else: `contents` of the sentences, `parts` of the clauses.
pub(crate) fn status_clauses(note: &Terms, clauses: &[Clause], contents: &[Content], parts: &[Content]) -> Vec<bool> {
    let astray = |part: &Content| {
        let kinds = [
            OffTopicKind::Pointer,
            OffTopicKind::Usage,
            OffTopicKind::Placeholder,
            OffTopicKind::ToDo,
            OffTopicKind::Praise,
        ];
        part.stray().is_some_and(|kind| kinds.contains(&kind))
    };
    let each = clauses.iter().zip(parts);
    each.map(|(clause, part)| {
        contents.get(clause.sentence) == Some(&Content::Status)
            && !astray(part)
            && !note
                .get(clause.terms.clone())
                .iter()
                .any(|term| term.is(Mark::ReasonElsewhere) || term.is(Mark::RuledOut))
            && !note.get(clause.terms.clone()).iter().any(|term| term.is(Mark::HelpDeclined))
    })
    .collect()
}

/// A clause that only says what they will or will not do gives no why, whatever it names: "will not deploy in Hamburg".
/// One that says what keeps them from it does.
fn can_give_why(clause: &Clause, propositions: &[Proposition], at: usize, decided: Option<Direction>) -> bool {
    let own = of(propositions, at).first();
    match (clause.role, own) {
        (Role::Concession, _) => false,
        (Role::Cause | Role::Condition, _) | (_, None) => true,
        (_, Some(e)) => {
            !matches!(e.predicate, Predicate::Want | Predicate::Adopt | Predicate::Mention)
                || e.strength == crate::reading::proposition::Strength::Implied && e.predicate != Predicate::Mention
                || Some(e.direction) != decided
        }
    }
}

/// "The users do not want it": somebody else than the customer as a whole is the why.
fn begins_with_kind(note: &Terms, clause: &Clause) -> bool {
    // "Not because of the price": a kind of reason that it is not.
    let connector = clause.terms.start.checked_sub(1).and_then(|before| note.terms.get(before));
    if connector.is_some_and(|term| term.is(Mark::RuledOut)) {
        return false;
    }
    let words = note.get(clause.terms.clone()).iter().filter(|term| !term.is_mark());
    words.take(4).find(|term| !term.has(SemanticClass::Function)).is_some_and(|term| term.has(SemanticClass::Topic))
}

/// "No business need for it": the clause of intent names a kind of reason by the way.
fn named_kinds(note: &Terms, clause: &Clause, limits: &Thresholds) -> Weight {
    let mut weight = Weight::default();
    let kinds = note.get(clause.terms.clone()).iter().filter(|term| {
        // "Sees no value in it": the guidance itself calls that a help.
        term.words > 1 && !term.is(Mark::Hollow) && (term.has(SemanticClass::Topic) || term.is(Mark::SeesValue))
    });
    for _ in kinds.take(1) {
        weight.add_kind(limits);
    }
    weight
}

/// What a note says of the state of work.
struct State {
    /// What it comes to.
    points: u32,
    /// How much each clause names, whatever it is about.
    named: Vec<u32>,
}

impl State {
    fn of(note: &Terms, clauses: &[Clause], told: &[bool], own: Option<WorkloadIndex>, limits: &Thresholds) -> Self {
        let mut scale = SpecificityScale::new(note, own, limits);
        let (mut points, mut weight) = (0, Weight::default());
        let mut named = vec![0; clauses.len()];
        let claims = |(clause, told): &(&Clause, &bool)| **told && clause.role != Role::Concession;
        let each = || clauses.iter().zip(told);
        for ((clause, _), named) in each().zip(&mut named).filter(|(each, _)| claims(each)) {
            let here = scale.weigh(clause.terms.clone());
            *named = here.points(limits);
            weight.add(here);
            for term in note.get(clause.terms.clone()).iter().filter(|term| !term.is(Mark::Attribute)) {
                if term.has(SemanticClass::Phase) {
                    points += limits.specific_weight;
                } else if term.has(SemanticClass::Progress) || term.has(SemanticClass::Done) {
                    points += limits.abstract_weight;
                }
            }
        }
        for ((clause, _), named) in each().zip(&mut named).filter(|(each, _)| !claims(each)) {
            *named = scale.weigh(clause.terms.clone()).points(limits);
        }
        // "11 of 15 done": where work is under way, figures do say where it stands.
        let figures = if points > 0 { weight.figures() } else { 0 };
        Self { points: points + weight.points(limits).max(figures), named }
    }
}
