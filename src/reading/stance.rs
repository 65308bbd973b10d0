//! What a note says for and against the use of the service, beside what it comes to.

use super::clause::{Clause, Role};
use super::facts::first_of;
use super::intent::{Basis, Direction, Evidence, Intent, Strength};
use super::lexicon::{SemanticClass, SemanticClasses};
use super::term::{Term, Terms};
use crate::text::NoteSpan;

/// What a note says for and against the use of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stance {
    /// Something plainly says that they will or do.
    pub plainly_for: Option<NoteSpan>,
    /// Something plainly says that they want it.
    pub wish: Option<NoteSpan>,
    /// Something plainly says that they will not or cannot.
    pub plainly_against: Option<NoteSpan>,
    /// Something speaks of work under way.
    pub progress: Option<NoteSpan>,
    /// Something speaks of a hindrance or a refusal, of whatever.
    pub hindrance: Option<NoteSpan>,
    /// Something says that they stay with, or take, something else.
    pub elsewhere: Option<NoteSpan>,
    /// Nobody has decided, or both ways are open.
    pub undecided: Option<NoteSpan>,
    /// A condition or a contrast stands between.
    pub contrast_or_condition: Option<NoteSpan>,
}

pub(crate) fn stance(terms: &Terms, clauses: &[Clause], claims: &[Evidence], decided: &Intent) -> Stance {
    let span_of = |wanted: &dyn Fn(&Evidence) -> bool| {
        claims.iter().find(|e| wanted(e)).and_then(|e| terms.span(e.with_auxiliaries(terms)))
    };
    let main = |e: &Evidence| matches!(e.role, Role::Main | Role::Effect);
    let plain = |e: &Evidence, direction| main(e) && e.strength == Strength::Plain && e.direction == direction;
    let turning = clauses
        .iter()
        .find(|c| c.contrast || matches!(c.role, Role::Condition | Role::Concession))
        .and_then(|c| terms.span(c.terms.clone()));
    Stance {
        plainly_for: decided.plainly_for.then(|| span_of(&|e| plain(e, Direction::For))).flatten(),
        wish: span_of(&|e| plain(e, Direction::For) && e.basis == Basis::Wish),
        plainly_against: decided.plainly_against.then(|| span_of(&|e| plain(e, Direction::Against))).flatten(),
        progress: span_of(&|e| e.direction == Direction::For && e.basis == Basis::Progress && main(e)),
        hindrance: span_of(&|e| e.direction == Direction::Against && e.basis != Basis::Other)
            .or_else(|| trouble(terms)),
        elsewhere: span_of(&|e| e.direction == Direction::Against && e.basis == Basis::Other),
        undecided: first_of(terms, &[SemanticClass::Undecided]).or_else(|| guessing(terms)).or_else(|| wavering(terms)),
        contrast_or_condition: turning,
    }
}

/// "Could be a no, could be a later": the same doubt leads one part after the other.
fn guessing(terms: &Terms) -> Option<NoteSpan> {
    const DOUBTS: &[&str] = &["could be", "may be", "maybe", "might be", "perhaps", "possibly"];
    let leads = |at: &usize| {
        let doubt = |term: &Term| term.has(SemanticClass::HedgeDoubt) && DOUBTS.contains(&terms.text(term));
        let doubt = terms.terms.get(*at).is_some_and(doubt);
        let mark =
            |before: usize| terms.terms.get(before).is_none_or(|term| term.is_mark() || terms.text(term) == "or");
        doubt && at.checked_sub(1).is_none_or(mark)
    };
    let mut places = (0..terms.terms.len()).filter(leads);
    let (first, second) = (places.next()?, places.next()?);
    let same = terms.text(terms.terms.get(first)?) == terms.text(terms.terms.get(second)?);
    same.then(|| terms.span(first..second + 1)).flatten()
}

/// "It may proceed or it may not": the same doubt twice in a sentence, once with a no, and an "or" between.
fn wavering(terms: &Terms) -> Option<NoteSpan> {
    let modal = SemanticClasses::any(&[SemanticClass::Function, SemanticClass::HedgeDoubt]);
    let doubts = |term: &Term| term.meets(modal) && matches!(terms.text(term), "could" | "may" | "might");
    terms.sentences.iter().find_map(|range| {
        let sentence = terms.get(range.clone());
        let places: Vec<usize> = (0..sentence.len()).filter(|at| sentence.get(*at).is_some_and(doubts)).collect();
        places.windows(2).find_map(|pair| {
            let [first, last] = pair else { return None };
            let either = sentence.get(*first..*last)?.iter().any(|term| terms.text(term) == "or");
            let denied = sentence.get(last + 1)?.has(SemanticClass::Negation);
            (denied && either).then(|| terms.span(range.start + first..range.start + last + 2)).flatten()
        })
    })
}

/// A noun for what stands in the way, unless it is denied: "no blockage is there".
fn trouble(terms: &Terms) -> Option<NoteSpan> {
    let at = terms.terms.iter().enumerate().position(|(at, term)| {
        let before = terms.get(at.saturating_sub(3)..at);
        let after = terms.get(at + 1..at + 6);
        // "Servers were the sticking point until May": it is none any more.
        let past = before.iter().any(|near| matches!(terms.text(near), "had been" | "was" | "were" | "been"))
            && terms.terms.get(at + 1).is_some_and(|next| next.has(SemanticClass::Condition));
        term.has(SemanticClass::Trouble)
            && !past
            && !before.iter().any(|near| near.has(SemanticClass::Negation))
            && !after.iter().any(|near| is_gone(terms.text(near)))
    })?;
    terms.span(at..at + 1)
}

/// What is said of trouble that is over.
fn is_gone(word: &str) -> bool {
    const GONE: &[&str] = &[
        "cleared", "closed", "fixed", "gone", "lifted", "over", "overcome", "removed", "resolved", "solved", "sorted",
    ];
    GONE.contains(&word)
}
