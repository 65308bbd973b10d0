//! Hedges that soften the intent: in the clause that carries it, and not where they describe work under way or what
//! somebody else has not done.

use super::clause::{Clause, Role};
use super::intent::{Basis, Direction, Evidence, of};
use super::lexicon::Class;
use super::token::Kind;
use super::unit::{Unit, Units};
use crate::text::NoteSpan;

/// The hedges of a note.
pub(crate) fn hedges(note: &Units, clauses: &[Clause], evidence: &[Evidence]) -> Vec<NoteSpan> {
    let mut found = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        let own = of(evidence, at);
        for unit_at in clause.units.clone() {
            let Some(unit) = note.units.get(unit_at) else { continue };
            let softens = unit.has(Class::HedgeTime) && time_softens(note, clause, unit_at, own)
                || unit.has(Class::HedgeDoubt) && doubt_softens(note, clause, unit_at, unit, own);
            if softens {
                found.extend(note.span(unit_at..unit_at + 1));
            }
        }
    }
    found
}

/// "Currently piloting with 300 users" tells of work; "currently will not" leaves the intent open.
fn time_softens(note: &Units, clause: &Clause, at: usize, own: &[Evidence]) -> bool {
    if matches!(clause.role, Role::Concession | Role::Condition) {
        return false;
    }
    if note.units.get(at + 1).is_some_and(|next| next.has(Class::Condition)) {
        // "For now, until the swap in May" says what it depends on.
        return false;
    }
    let Some(evidence) = own.first() else { return stands_before_claim(note, clause, at) };
    if evidence.direction == Direction::For {
        return matches!(evidence.basis, Basis::Wish | Basis::Will)
            && evidence.strength == super::intent::Strength::Plain;
    }
    let text = note.units.get(at).map_or("", |unit| note.text(unit));
    let of_thing = evidence.strength == super::intent::Strength::Implied && matches!(text, "yet" | "as yet" | "so far");
    !of_thing
}

/// "For now, …": a hedge alone in front of the comma belongs to the claim after it.
fn stands_before_claim(note: &Units, clause: &Clause, at: usize) -> bool {
    // The place first: the clause is walked through for its first hedge alone.
    at == clause.units.start && note.get(clause.units.clone()).iter().filter(|unit| !unit.is_mark()).nth(1).is_none()
}

/// "Data may be used" in a why allows; "customer may deploy" doubts.
fn doubt_softens(note: &Units, clause: &Clause, at: usize, unit: &Unit, own: &[Evidence]) -> bool {
    if clause.role == Role::Concession {
        return false;
    }
    if note.text(unit) != "may" {
        return true;
    }
    // "Customer therefore may not route traffic through it": what follows from a rule is no doubt.
    let forbidden = clause.role == Role::Effect && note.units.get(at + 1).is_some_and(|next| next.has(Class::Negation));
    let claims = !forbidden
        && matches!(clause.role, Role::Main | Role::Effect)
        && own.iter().any(|e| {
            e.strength == super::intent::Strength::Plain && !matches!(e.basis, Basis::Hindrance | Basis::Refusal)
        });
    claims && !is_month(note, at, unit)
}

/// May with a capital after "in", "until", a day … is a month.
fn is_month(note: &Units, at: usize, unit: &Unit) -> bool {
    let before = at.checked_sub(1).and_then(|before| note.units.get(before));
    let after = note.units.get(at + 1);
    unit.proper
        || before.is_some_and(|unit| unit.kind == Kind::Number || unit.has(Class::Time))
        || after.is_some_and(|unit| unit.kind == Kind::Number)
}
