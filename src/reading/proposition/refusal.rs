//! Refusals without a verb that any list knows: "no", "not with Teams", "they cannot load a single library".

use super::{Direction, Holder, Origin, PREDICATES, Predicate, Proposition, Strength};
use crate::reading::clause::{Clause, Role};
use crate::reading::lexicon::{SemanticClass, SemanticClasses, WorkloadIndex};
use crate::reading::mark::Mark;
use crate::reading::term::{Term, Terms};

/// "No.", "not with Teams", "Planner is not for us": a negation and the service's own name, and no verb that would say
/// what is negated.
pub(super) fn bare_refusal(
    note: &Terms,
    clause: &Clause,
    at: usize,
    own: Option<WorkloadIndex>,
) -> Option<Proposition> {
    let terms = note.get(clause.terms.clone());
    let verbs = SemanticClasses::any(&PREDICATES);
    let words = || terms.iter().filter(|term| !term.is_mark());
    let negation = words().any(|term| term.has(SemanticClass::Negation));
    let named = own.is_some() && words().any(|term| term.sense.names == own);
    let alone = words().count() == 1;
    let silent = words().any(|term| {
        term.has(SemanticClass::Silence) || term.has(SemanticClass::Unknown) || term.has(SemanticClass::Neutral)
    });
    if !negation || !(named || alone) || silent || words().any(|term| term.meets(verbs)) {
        return None;
    }
    let strength = if words().count() > 6 { Strength::Implied } else { Strength::Plain };
    Some(against(clause, at, strength, Predicate::Adopt, Origin::BareRefusal))
}

/// "Customer cannot load a single library", "they will not implant": who cannot or will not, whatever it is called.
pub(super) fn inability(note: &Terms, clause: &Clause, at: usize) -> Option<Proposition> {
    let terms = note.get(clause.terms.clone());
    let verbs = SemanticClasses::any(&PREDICATES);
    if !matches!(clause.role, Role::Main | Role::Effect) || terms.iter().any(|term| term.meets(verbs)) {
        return None;
    }
    let words: Vec<(usize, &Term)> = terms.iter().enumerate().filter(|(_, term)| !term.is_mark()).take(4).collect();
    let subject = words.iter().position(|(_, term)| term.is(Mark::Customer) && note.text(term) != "it")?;
    let says_no = |term: &Term| term.is(Mark::Inability) || term.is(Mark::WillNot);
    let (no, _) = words.iter().skip(subject + 1).find(|(_, term)| says_no(term))?;
    terms
        .get(no + 1)
        .filter(|verb| !verb.is_mark() && !verb.has(SemanticClass::Answer) && !verb.has(SemanticClass::Reply))?;
    Some(against(clause, at, Strength::Implied, Predicate::Block, Origin::Inability))
}

/// A whole clause that speaks against it.
fn against(clause: &Clause, at: usize, strength: Strength, predicate: Predicate, origin: Origin) -> Proposition {
    Proposition {
        holder: Holder::Customer,
        holder_at: None,
        origin,
        direction: Direction::Against,
        strength,
        predicate,
        terms: clause.terms.clone(),
        clause: at,
        role: clause.role,
        contrast: clause.contrast,
    }
}
