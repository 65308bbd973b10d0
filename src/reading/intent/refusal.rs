//! Refusals without a verb that any list knows: "no", "not with Teams", "they cannot load a single library".

use super::negation::is_inability;
use super::{Basis, Direction, Evidence, PREDICATES, Strength};
use crate::reading::clause::{Clause, Role};
use crate::reading::lexicon::{Class, Classes, WorkloadIndex};
use crate::reading::unit::{Unit, Units};

/// "No.", "not with Teams", "Planner is not for us": a negation and the service's own name, and no verb that would say
/// what is negated.
pub(super) fn bare_refusal(note: &Units, clause: &Clause, at: usize, own: Option<WorkloadIndex>) -> Option<Evidence> {
    let units = note.get(clause.units.clone());
    let verbs = Classes::any(&PREDICATES);
    let words = || units.iter().filter(|unit| !unit.is_mark());
    let negation = words().any(|unit| unit.has(Class::Negation));
    let named = own.is_some() && words().any(|unit| unit.sense.names == own);
    let alone = words().count() == 1;
    let silent = words().any(|unit| unit.has(Class::Silence) || unit.has(Class::Unknown) || unit.has(Class::Neutral));
    if !negation || !(named || alone) || silent || words().any(|unit| unit.meets(verbs)) {
        return None;
    }
    let strength = if words().count() > 6 { Strength::Implied } else { Strength::Plain };
    Some(against(clause, at, strength, Basis::Will))
}

/// "Customer cannot load a single library", "they will not implant": who cannot or will not, whatever it is called.
pub(super) fn inability(note: &Units, clause: &Clause, at: usize) -> Option<Evidence> {
    let units = note.get(clause.units.clone());
    let verbs = Classes::any(&PREDICATES);
    if !matches!(clause.role, Role::Main | Role::Effect) || units.iter().any(|unit| unit.meets(verbs)) {
        return None;
    }
    let words: Vec<(usize, &Unit)> = units.iter().enumerate().filter(|(_, unit)| !unit.is_mark()).take(4).collect();
    let subject = words.iter().position(|(_, unit)| unit.subject && note.text(unit) != "it")?;
    let (no, _) = words.iter().skip(subject + 1).find(|(at, unit)| {
        let future =
            at.checked_sub(1).and_then(|before| units.get(before)).is_some_and(|unit| note.text(unit) == "will");
        is_inability(note.text(unit))
            || matches!(note.text(unit), "won't" | "wont")
            || future && unit.has(Class::Negation)
    })?;
    units.get(no + 1).filter(|verb| !verb.is_mark() && !verb.has(Class::Answer) && !verb.has(Class::Reply))?;
    Some(against(clause, at, Strength::Implied, Basis::Hindrance))
}

/// A whole clause that speaks against it.
fn against(clause: &Clause, at: usize, strength: Strength, basis: Basis) -> Evidence {
    Evidence {
        direction: Direction::Against,
        strength,
        basis,
        units: clause.units.clone(),
        clause: at,
        role: clause.role,
        contrast: clause.contrast,
    }
}
