//! Whether a note tells of somebody else's business: what another company, a supplier or a reseller wants, refuses or
//! does, or what is done with a building, and nothing of the customer and the service.

use crate::reading::clause::{Clause, Role};
use crate::reading::mark::Mark;
use crate::reading::proposition::{Direction, Holder, Object, Predicate, Proposition, stranger_told_of};
use crate::reading::term::{Term, Terms};
use crate::text::NoteSpan;

/// The words that tell of it; nothing where the note says anything of the customer and the service.
pub(crate) fn somebody_else(note: &Terms, clauses: &[Clause], claims: &[Proposition]) -> Option<NoteSpan> {
    let main = |role| matches!(role, Role::Main | Role::Effect);
    let tells = |e: &Proposition| e.predicate != Predicate::Mention || e.holder == Holder::Stranger;
    let claimed = || claims.iter().filter(move |e| main(e.role) && tells(e));
    let others = claimed().find(|e| is_elsewhere(note, e) && !e.tells_intent());
    // "Power BI rejected by a rival: Tableau was renewed": what is kept is the rival's, too.
    let says = |e: &Proposition| e.tells_intent() && (e.predicate != Predicate::Keep || e.holder == Holder::Customer);
    if claimed().any(says) {
        return None;
    }
    if let Some(others) = others.filter(|others| others.object == Object::Premises) {
        return note.span(others.with_auxiliaries(note));
    }
    let mut parts = clauses.iter().filter(|clause| main(clause.role));
    let (at, sentence) = match others {
        Some(others) => (others.holder_at?, clauses.get(others.clause)?.sentence),
        None => told_at_first(note, clauses)?,
    };
    let of_customer = |clause: &Clause| {
        opens_with_customer(note, clause, clause.sentence == sentence) || denies_own_part(note, clause)
    };
    (!parts.any(of_customer)).then(|| note.span(at..at + 1)).flatten()
}

/// The stranger of whom the first clause of a note tells, and its sentence: "over at a rival 900 mailboxes are on it".
/// Of a town hall the neighbours may be its people.
fn told_at_first(note: &Terms, clauses: &[Clause]) -> Option<(usize, usize)> {
    let first = clauses.first().filter(|clause| clause.role == Role::Main)?;
    let at = first.terms.start + stranger_told_of(note, note.get(first.terms.clone()))?;
    let told = |term: &&Term| term.is(Mark::Counterparty) || term.is(Mark::Agent);
    note.terms.get(at).filter(told).map(|_| (at, first.sentence))
}

/// "Mailboxes can't leave the country": says no to a part of the service, whoever else is spoken of.
fn denies_own_part(note: &Terms, clause: &Clause) -> bool {
    let terms = note.get(clause.terms.clone());
    let own = |term: &Term| note.own.is_some() && term.sense.belongs == note.own;
    let others = terms.iter().any(|term| term.is(Mark::Stranger));
    !others && terms.iter().any(own) && terms.iter().any(|term| term.is(Mark::Inability))
}

/// Whether it is somebody else's affair, or something else's. What a regulator needs, the customer has to have.
fn is_elsewhere(note: &Terms, e: &Proposition) -> bool {
    let needs = || note.get(e.terms.clone()).iter().any(|term| term.is(Mark::Depends));
    let wished = e.predicate == Predicate::Want && e.direction == Direction::For && !needs();
    e.object == Object::Premises || e.holder.is_of_no_concern() || e.holder == Holder::Outsider && wished
}

/// Whether one of the first words of a clause is the customer: "the customer's insurer" is not. Where the sentence
/// speaks of somebody else, "it" and "they" may well be those.
fn opens_with_customer(note: &Terms, clause: &Clause, beside_others: bool) -> bool {
    let mut words = note.get(clause.terms.clone()).iter().filter(|term| !term.is_mark()).peekable();
    let (mut left, mut named_before) = (3, false);
    while let Some(term) = words.next().filter(|_| left > 0) {
        left -= 1;
        let named = |term: &Term| term.is(Mark::Customer) && !term.is(Mark::ThirdPerson);
        // Of a name of several words only the last one is a genitive: "Credit Union's processor".
        let is_name = |term: &Term| named(term) || term.is(Mark::OwnKind);
        let goes_on = named(term) && words.peek().is_some_and(|next| is_name(next));
        let aside = term.is(Mark::Stranger) || term.is(Mark::InPassing) || note.text(term).ends_with("'s") || goes_on;
        let customer = term.is(Mark::Customer) || named_before && term.is(Mark::OwnKind);
        if customer && !aside && !(beside_others && term.is(Mark::ThirdPerson)) {
            return true;
        }
        named_before = goes_on;
        left += usize::from(goes_on);
    }
    false
}
