//! The scope of negation: how often the words of a clause turn its sense round, and which of them do not.

use super::{FLIPS, PREDICATES};
use crate::lexicon::{SemanticClass, SemanticClasses};
use crate::reading::mark::Mark;
use crate::reading::term::{Term, Terms};

/// What the words of a clause come to.
#[derive(Debug)]
pub(super) struct ClauseSemantics {
    /// All that they stand for.
    pub(super) seen: SemanticClasses,
    /// Whether they deny it in the end: an odd number of turns.
    pub(super) negated: bool,
    /// Whether they say that somebody cannot.
    pub(super) inability: bool,
    /// Whether nothing turns them round but a noun for trouble at their head.
    pub(super) headed_by_trouble: bool,
}

impl ClauseSemantics {
    /// Reads the words of a clause from the left, counting what turns its sense round.
    pub(super) fn of<'n>(note: &Terms, terms: impl Iterator<Item = &'n Term> + Clone) -> Self {
        let (mut seen, mut turns, mut inability) = (SemanticClasses::NONE, Turns::default(), false);
        for term in terms.clone() {
            if is_passed_over(term) {
                continue;
            }
            if term.is(Mark::GoesOn) {
                seen = seen.with(SemanticClass::Progress);
            }
            seen = seen.union(term.sense.classes);
            if refuses_by_cue(term) {
                seen = seen.with(SemanticClass::Refuse);
                turns.count += 1;
            }
            if term.is(Mark::Wish) {
                seen = seen.with(SemanticClass::Want);
            }
            if term.is(Mark::Waits) {
                seen = seen.with(SemanticClass::Obstacle);
                turns.count += 1;
            }
            if turns_round(term) {
                turns.meet(note.text(term), term);
            }
            inability |= term.is(Mark::Inability);
        }
        let headed_by_trouble = turns.count == 0 && opens_with_trouble(terms);
        if headed_by_trouble {
            seen = seen.with(SemanticClass::Obstacle);
            turns.count = 1;
        }
        Self { seen, negated: turns.count % 2 == 1, inability, headed_by_trouble }
    }
}

/// What a term does to the sense of its clause, seen by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TermEffect {
    /// It says nothing of the intent, whatever list it is in.
    PassedOver,
    /// It denies, refuses or stops.
    Turns,
    /// It would, but a cue says that it does not.
    KeepsSense,
    /// It is what the proposition says.
    Carries,
}

impl TermEffect {
    /// The effect of a term; nothing where it has none.
    pub(crate) fn of(term: &Term) -> Option<Self> {
        let flips = term.meets(FLIPS);
        let says = term.is(Mark::GoesOn) || term.is(Mark::Wish) || term.is(Mark::Inability);
        let carries = says || term.meets(PREDICATES);
        match () {
            () if is_passed_over(term) => (flips || carries).then_some(Self::PassedOver),
            () if refuses_by_cue(term) || term.is(Mark::Waits) || turns_round(term) => Some(Self::Turns),
            () if flips && term.is(Mark::NoTurn) => Some(Self::KeepsSense),
            () => carries.then_some(Self::Carries),
        }
    }
}

/// Whether it says nothing of the intent, whatever list it is in.
fn is_passed_over(term: &Term) -> bool {
    let names = term.is(Mark::Thing) || term.is(Mark::Premises);
    term.has(SemanticClass::Neutral) || term.is(Mark::Attribute) || names || names_what_goes_on(term)
}

/// Whether a cue makes a refusal of it.
fn refuses_by_cue(term: &Term) -> bool {
    term.is(Mark::Struck) || term.is(Mark::ShortOf)
}

fn names_what_goes_on(term: &Term) -> bool {
    term.has(SemanticClass::Progress) && term.is(Mark::GoesOnElsewhere)
}

/// Whether a word denies, refuses or stops what its clause speaks of.
fn turns_round(term: &Term) -> bool {
    term.meets(FLIPS) && !term.has(SemanticClass::Progress) && !term.is(Mark::NoTurn)
}

/// How often a clause turns its sense round.
#[derive(Debug, Default)]
struct Turns<'n> {
    count: u32,
    negated: bool,
    last: &'n str,
}

impl<'n> Turns<'n> {
    /// "They do not want nothing of it" negates once, in the speech of many; "blocked as it was blocked" blocks once.
    fn meet(&mut self, text: &'n str, term: &Term) {
        let agrees = self.negated && term.is(Mark::Concord);
        let again = self.last == text && term.has(SemanticClass::Obstacle);
        self.count += u32::from(!agrees && !again);
        self.negated |= term.has(SemanticClass::Negation);
        self.last = text;
    }
}

/// "Hard stop on the migration: …": a noun for what stands in the way, at the head of its clause.
fn opens_with_trouble<'n>(mut terms: impl Iterator<Item = &'n Term>) -> bool {
    let small = SemanticClasses::any(&[SemanticClass::Function, SemanticClass::Generic, SemanticClass::Vague]);
    terms.find(|term| !term.is_mark() && !term.meets(small)).is_some_and(|term| term.has(SemanticClass::Trouble))
}

/// "Blocked.", "Stopped at wave 1:" speak of the record itself.
pub(super) fn opens_as_headline(terms: &[Term]) -> bool {
    let stops = SemanticClasses::any(&[SemanticClass::Refuse, SemanticClass::Obstacle]);
    terms.iter().find(|term| !term.is_mark()).is_some_and(|term| term.meets(stops))
}
