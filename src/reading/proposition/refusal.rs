//! Refusals without a verb that any list knows: "no", "not with Teams", "they cannot load a single library".

use super::{Direction, Holder, Object, Origin, PREDICATES, Predicate, Proposition, Strength};
use crate::lexicon::{SemanticClass, SemanticClasses, WorkloadIndex};
use crate::reading::clause::{Clause, Role};
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
    let verbs = PREDICATES;
    let words = || terms.iter().filter(|term| !term.is_mark());
    let negation = words().any(|term| term.has(SemanticClass::Negation) && !term.is(Mark::Attribute));
    let named = own.is_some() && words().any(|term| term.sense.names == own);
    let alone = words().count() == 1;
    let silent = words().any(|term| {
        term.has(SemanticClass::Silence) || term.has(SemanticClass::Unknown) || term.has(SemanticClass::Neutral)
    });
    if !negation || !(named || alone) || silent || words().any(|term| term.meets(verbs)) {
        return None;
    }
    let strength = if words().count() > 6 { Strength::Implied } else { Strength::Plain };
    let denied = terms.iter().position(|term| term.has(SemanticClass::Negation)).unwrap_or_default();
    let whose = stranger(terms, denied, own);
    Some(Proposition { strength, ..against(clause, at, whose, Origin::BareRefusal) })
}

/// "Customer cannot load a single library", "they will not implant": who cannot or will not, whatever it is called.
pub(super) fn inability(note: &Terms, clause: &Clause, at: usize) -> Option<Proposition> {
    let terms = note.get(clause.terms.clone());
    let verbs = PREDICATES;
    if !matches!(clause.role, Role::Main | Role::Effect) || terms.iter().any(|term| term.meets(verbs)) {
        return None;
    }
    let words: Vec<(usize, &Term)> = terms.iter().enumerate().filter(|(_, term)| !term.is_mark()).take(4).collect();
    let says_no = |term: &Term| !term.is(Mark::Relative) && (term.is(Mark::Inability) || term.is(Mark::WillNot));
    let forbidden = terms.iter().any(|term| term.is(Mark::Forbidden)).then_some(0);
    // "Can't publish reports": what nobody named cannot do, this customer cannot.
    let unnamed =
        words.iter().find(|(_, term)| !term.is(Mark::Auxiliary)).is_some_and(|(_, term)| term.is(Mark::Inability));
    let unnamed = unnamed.then_some(0);
    let subject = words.iter().position(|(_, term)| term.is(Mark::Customer) && note.text(term) != "it");
    let after = unnamed.or_else(|| subject.map(|subject| subject + 1));
    let refuses = after.and_then(|after| words.iter().skip(after).find(|(_, term)| says_no(term))).map(|(no, _)| *no);
    let no = refuses.or(forbidden)?;
    let of_contact = SemanticClasses::any(&[SemanticClass::Answer, SemanticClass::Reply, SemanticClass::Learn]);
    let reaching = SemanticClasses::any(&[SemanticClass::Reach, SemanticClass::Contact]);
    let of_people = terms.iter().any(|term| term.has(SemanticClass::Person) || term.is(Mark::Addressee));
    let says_nothing = |verb: &Term| verb.meets(of_contact) || of_people && verb.meets(reaching);
    terms.get(no + 1).filter(|verb| !verb.is_mark() && !says_nothing(verb))?;
    Some(Proposition { predicate: Predicate::Block, ..against(clause, at, None, Origin::Inability) })
}

/// The stranger or helper who says no at `denied`; nobody where it is the customer, as it mostly is.
fn stranger(terms: &[Term], denied: usize, own: Option<WorkloadIndex>) -> Option<(Holder, usize)> {
    let (holder, at) = Holder::of(terms, denied, own);
    at.filter(|_| matches!(holder, Holder::Stranger | Holder::Helper)).map(|at| (holder, at))
}

/// A whole clause that speaks against it, of the customer or of `whose`.
fn against(clause: &Clause, at: usize, whose: Option<(Holder, usize)>, origin: Origin) -> Proposition {
    Proposition {
        holder: whose.map_or(Holder::Customer, |(holder, _)| holder),
        holder_at: whose.map(|(_, at)| clause.terms.start + at),
        origin,
        direction: Direction::Against,
        strength: Strength::Implied,
        predicate: if whose.is_some() { Predicate::Refuse } else { Predicate::Adopt },
        object: Object::Service,
        terms: clause.terms.clone(),
        clause: at,
        role: clause.role,
        contrast: clause.contrast,
        over: false,
    }
}
