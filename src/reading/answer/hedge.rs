//! Hedges that soften the intent: in the clause that carries it, and not where they describe work under way or what
//! somebody else has not done.

use crate::lexicon::SemanticClass;
use crate::lexicon::token::Kind;
use crate::reading::clause::{Clause, Role};
use crate::reading::mark::Mark;
use crate::reading::proposition::{Direction, Predicate, Proposition, of};
use crate::reading::term::{Term, Terms};
use crate::text::NoteSpan;

/// The hedges of a note.
pub(crate) fn hedges(note: &Terms, clauses: &[Clause], propositions: &[Proposition]) -> Vec<NoteSpan> {
    let mut found = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        let own = of(propositions, at);
        for term_at in clause.terms.clone() {
            let Some(term) = note.terms.get(term_at) else { continue };
            let softens = term.has(SemanticClass::HedgeTime) && time_softens(note, clause, term_at, own)
                || term.has(SemanticClass::HedgeDoubt) && doubt_softens(note, clause, term_at, term, own);
            if softens {
                found.extend(note.span(term_at..term_at + 1));
            }
        }
    }
    found
}

/// "Currently piloting with 300 users" tells of work; "currently will not" leaves the intent open.
fn time_softens(note: &Terms, clause: &Clause, at: usize, own: &[Proposition]) -> bool {
    if matches!(clause.role, Role::Concession | Role::Condition) {
        return false;
    }
    if note.terms.get(at + 1).is_some_and(|next| next.has(SemanticClass::Condition)) {
        // "For now, until the swap in May" says what it depends on.
        return false;
    }
    let Some(propositions) = own.first() else { return stands_before_claim(note, clause, at) };
    if propositions.direction == Direction::For {
        return matches!(propositions.predicate, Predicate::Want | Predicate::Adopt)
            && propositions.strength == crate::reading::proposition::Strength::Plain;
    }
    let of_thing = propositions.strength == crate::reading::proposition::Strength::Implied
        && note.terms.get(at).is_some_and(|term| term.is(Mark::Yet));
    !of_thing
}

/// "For now, …": a hedge alone in front of the comma belongs to the claim after it.
fn stands_before_claim(note: &Terms, clause: &Clause, at: usize) -> bool {
    // The place first: the clause is walked through for its first hedge alone.
    at == clause.terms.start && note.get(clause.terms.clone()).iter().filter(|term| !term.is_mark()).nth(1).is_none()
}

/// "Data may be used" in a why allows; "customer may deploy" doubts.
fn doubt_softens(note: &Terms, clause: &Clause, at: usize, term: &Term, own: &[Proposition]) -> bool {
    if clause.role == Role::Concession || term.is(Mark::Forbidden) {
        return false;
    }
    if !term.is(Mark::May) {
        return true;
    }
    // "Customer therefore may not route traffic through it": what follows from a rule is no doubt.
    let forbidden =
        clause.role == Role::Effect && note.terms.get(at + 1).is_some_and(|next| next.has(SemanticClass::Negation));
    let claims = !forbidden
        && matches!(clause.role, Role::Main | Role::Effect)
        && own.iter().any(|e| {
            e.strength == crate::reading::proposition::Strength::Plain
                && !matches!(e.predicate, Predicate::Block | Predicate::Refuse)
        });
    claims && !is_month(note, at, term)
}

/// May with a capital after "in", "until", a day … is a month.
fn is_month(note: &Terms, at: usize, term: &Term) -> bool {
    let before = at.checked_sub(1).and_then(|before| note.terms.get(before));
    let after = note.terms.get(at + 1);
    term.proper
        || before.is_some_and(|term| term.kind == Kind::Number || term.has(SemanticClass::Time))
        || after.is_some_and(|term| term.kind == Kind::Number)
}
