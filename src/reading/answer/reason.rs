//! The reason: how much it says.

use super::bearing::{Bearing, Ties};
use super::echo::Intention;
use super::relevance::{OffTopicKind, Relevance};
use crate::lexicon::{SemanticClass, WorkloadIndex};
use crate::playbook::Thresholds;
use crate::reading::clause::{Clause, Role};
use crate::reading::mark::Mark;
use crate::reading::proposition::{Direction, Predicate, Proposition, of};
use crate::reading::specificity::{SpecificityScale, Weight, Worth, worths};
use crate::reading::term::{Term, Terms};
use crate::reading::weighed::{Ground, Weighed};
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
    /// How it is tied to the use of the service; nothing where no clause could give a why.
    pub(crate) bearing: Option<Bearing>,
    /// It only says again what the intent says.
    pub(crate) echoes: bool,
    pub(crate) state: Strength,
    pub(crate) specifics: Vec<NoteSpan>,
    pub(crate) things: u32,
    pub(crate) reason_weight: Weighing,
    pub(crate) state_weight: Weighing,
}

/// What was weighed, and what it came to.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weighing {
    pub(crate) points: u32,
    pub(crate) weighed: Vec<Weighed>,
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
    let worths = worths(note, clauses, own, limits);
    let mut scale = SpecificityScale::new(note, &worths, limits);
    let mut reason = Weight::default();
    let (mut awaited, mut given) = (None, false);
    let mut ties = Ties::default();
    for (at, (clause, told)) in clauses.iter().zip(told).enumerate() {
        if !told {
            ties.add_aside(note, clause, of(propositions, at), decided);
            continue;
        }
        let mut weight = Weight::default();
        if can_give_why(clause, propositions, at, decided) || begins_with_kind(note, clause) {
            weight = scale.weigh(clause.terms.clone());
        }
        if !weight.is_some() {
            // "As management does not see a benefit": a kind of reason by the way is one where a cause stands, too.
            weight = named_kinds(note, clause, &worths, &mut scale, limits);
        }
        if weight.is_some() || can_give_why(clause, propositions, at, decided) {
            ties.add(note, clause, of(propositions, at), decided);
        }
        if !weight.is_some() {
            continue;
        }
        if clause.role == Role::Condition && weight.names() {
            awaited = Some(clause.terms.start);
        }
        given |= clause.role == Role::Cause && weight.tells();
        reason.add(weight);
    }
    let mut bearing = ties.bearing();
    if counts_licences(note) {
        // Where licences are counted, who sold or dissolved what is the matter itself.
        bearing = bearing.max(Some(if decided.is_none() { Bearing::Related } else { Bearing::Touching }));
    }
    let State { weighing: state_weight, named } = State::of(note, clauses, told, &worths, limits);
    // "Covering several aspects" stays with nothing.
    let elsewhere = |e: &&Proposition| {
        let holds_to = |term: &Term| term.is(Mark::Hinders) || !term.has(SemanticClass::Stay);
        let named = |term: &Term| term.is(Mark::BareName) || term.capital && !term.has(SemanticClass::Function);
        let around = clauses.get(e.clause).map_or(0..0, |clause| clause.terms.start..e.terms.start);
        e.predicate == Predicate::Keep
            && e.direction == Direction::Against
            && (note.get(e.terms.clone()).iter().any(holds_to) || note.get(around).iter().any(named))
    };
    if reason.points(limits) < limits.thin_reason
        && let Some(e) = propositions.iter().find(elsewhere)
    {
        bearing = Some(Bearing::Related);
        // "They like what they have": that there is something else is a why, if a thin one.
        reason.add_kind(limits);
        scale.tell_kind(e.terms.start, Ground::StaysElsewhere);
    }
    if let (true, Some(at)) = (given, awaited) {
        // "Until the vendor's export is implemented": what it waits for tells more of what it is.
        reason.add_kind(limits);
        scale.tell_kind(at, Ground::CauseAndCondition);
    }
    let points = reason.points(limits);
    let echoes = decided == Some(Direction::Against)
        && refuses_again(clauses, propositions)
        && Intention::of(note, clauses, propositions, decided).is_echoed_by(&scale.weighed);
    let full = strength(points, limits.thin_reason, limits.concrete_reason);
    Why {
        points: named,
        reason: if echoes { Strength::None } else { bound(full, bearing) },
        echoes,
        bearing,
        state: strength(state_weight.points, limits.thin_reason, limits.concrete_state),
        specifics: reason.specifics.iter().filter_map(|at| note.span(*at..at + 1)).collect(),
        things: reason.things,
        reason_weight: Weighing { points, weighed: scale.weighed },
        state_weight,
    }
}

fn counts_licences(note: &Terms) -> bool {
    note.terms.iter().any(|term| term.is(Mark::Licence) || term.has(SemanticClass::Duplicate))
}

/// What is left of a reason that would have this strength if it bore on the service.
fn bound(strength: Strength, bearing: Option<Bearing>) -> Strength {
    match bearing {
        Some(Bearing::Setting) => Strength::None,
        Some(Bearing::Unrelated | Bearing::ByName | Bearing::Touching) => strength.min(Strength::Thin),
        Some(Bearing::Related) | None => strength,
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
pub(crate) fn status_clauses(
    note: &Terms,
    clauses: &[Clause],
    contents: &[Relevance],
    parts: &[Relevance],
) -> Vec<bool> {
    let off_topic = |part: &Relevance| {
        let kinds = [
            OffTopicKind::Pointer,
            OffTopicKind::Usage,
            OffTopicKind::Placeholder,
            OffTopicKind::ToDo,
            OffTopicKind::Praise,
        ];
        part.off_topic().is_some_and(|kind| kinds.contains(&kind))
    };
    let each = clauses.iter().zip(parts);
    each.map(|(clause, part)| {
        contents.get(clause.sentence) == Some(&Relevance::Status)
            && !off_topic(part)
            && !note.get(clause.terms.clone()).iter().any(|term| {
                [Mark::ReasonElsewhere, Mark::RuledOut, Mark::HelpDeclined].into_iter().any(|mark| term.is(mark))
            })
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

/// Whether each clause that is given as the cause says no itself, and there is one: "as the onboarding is not possible".
fn refuses_again(clauses: &[Clause], propositions: &[Proposition]) -> bool {
    let says_no = |claim: &Proposition| claim.direction == Direction::Against && claim.predicate != Predicate::Keep;
    let mut causes = clauses.iter().enumerate().filter(|(_, clause)| clause.role == Role::Cause).peekable();
    causes.peek().is_some() && causes.all(|(at, _)| of(propositions, at).iter().any(says_no))
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
fn named_kinds(
    note: &Terms,
    clause: &Clause,
    worths: &[Worth],
    scale: &mut SpecificityScale<'_>,
    limits: &Thresholds,
) -> Weight {
    let mut weight = Weight::default();
    let emptied = |at: usize| matches!(worths.get(at), Some(Worth::Points(_, Ground::EmptiedTopic)));
    let kind = clause.terms.clone().zip(note.get(clause.terms.clone())).find(|(at, term)| {
        // "Sees no value in it": the guidance itself calls that a help.
        term.words > 1
            && !emptied(*at)
            && !term.is(Mark::Hollow)
            && (term.has(SemanticClass::Topic) || term.is(Mark::SeesValue))
    });
    if let Some((at, _)) = kind {
        weight.add_kind(limits);
        scale.tell_kind(at, Ground::NamedByTheWay);
    }
    weight
}

/// What a note says of the state of work.
struct State {
    /// What it comes to.
    weighing: Weighing,
    /// How much each clause names, whatever it is about.
    named: Vec<u32>,
}

impl State {
    fn of(note: &Terms, clauses: &[Clause], told: &[bool], worths: &[Worth], limits: &Thresholds) -> Self {
        let mut scale = SpecificityScale::new(note, worths, limits);
        let (mut points, mut weight) = (0, Weight::default());
        let mut named = vec![0; clauses.len()];
        let claims = |(clause, told): &(&Clause, &bool)| **told && clause.role != Role::Concession;
        let each = || clauses.iter().zip(told);
        for ((clause, _), named) in each().zip(&mut named).filter(|(each, _)| claims(each)) {
            let here = scale.weigh(clause.terms.clone());
            *named = here.points(limits);
            weight.add(here);
            let terms = clause.terms.clone().zip(note.get(clause.terms.clone()));
            for (at, term) in terms.filter(|(_, term)| !term.is(Mark::Attribute)) {
                let more = if term.has(SemanticClass::Phase) {
                    limits.specific_weight
                } else if term.has(SemanticClass::Progress) || term.has(SemanticClass::Done) {
                    limits.abstract_weight
                } else {
                    continue;
                };
                points += more;
                scale.weighed.push(Weighed { at, points: more, ground: Ground::State });
            }
        }
        // What the other clauses name counts for no state, and so is not written down as weighed for it.
        let weighed = std::mem::take(&mut scale.weighed);
        for ((clause, _), named) in each().zip(&mut named).filter(|(each, _)| !claims(each)) {
            *named = scale.weigh(clause.terms.clone()).points(limits);
        }
        // "11 of 15 done": where work is under way, figures do say where it stands.
        let figures = if points > 0 { weight.figures() } else { 0 };
        Self { weighing: Weighing { points: points + weight.points(limits).max(figures), weighed }, named }
    }
}
