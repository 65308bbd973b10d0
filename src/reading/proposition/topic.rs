//! Of whom a sentence goes on to speak, where a clause does not say it again.

use super::{FLIPS, Holder, PREDICATES, Proposition, is_possessed};
use crate::reading::clause::{Clause, Role};
use crate::reading::mark::Mark;
use crate::reading::term::{Term, Terms};

/// "Their lessor is enrolling, his tablets are in, 40 to go": of whom a sentence speaks first it goes on to speak, until
/// it names the customer or the service, or says what follows for them.
pub(super) fn keep_the_subject(note: &Terms, clauses: &[Clause], found: &mut [Proposition]) {
    let mut topic: Option<usize> = None;
    let mut sentence = 0;
    // Who was told of with his own tenant or his own people is told of until the customer is named.
    let mut stays = false;
    let mut propositions = found.iter_mut().peekable();
    for (at, clause) in clauses.iter().enumerate() {
        let semicolon = clause.opened_by.and_then(|at| note.terms.get(at)).is_some_and(|mark| note.text(mark) == ";");
        let terms = note.get(clause.terms.clone());
        let there = terms.iter().any(|term| term.is(Mark::OverThere));
        let goes_on = there || terms.iter().any(|term| term.is(Mark::OnePerson));
        let next = std::mem::replace(&mut sentence, clause.sentence) != clause.sentence && !there;
        if !stays && (next || semicolon && !goes_on) {
            topic = None;
        }
        let Some(e) = propositions.next_if(|e| e.clause == at) else {
            topic = topic.or_else(|| Some(clause.terms.start + stranger_told_of(note, terms)?));
            continue;
        };
        let named = |term: &Term| term.is(Mark::Customer) && !term.is(Mark::ThirdPerson) || term.is(Mark::Outsider);
        let theirs = goes_on || is_possessed(note, clause);
        // "The owner's guards dispatch by radio": no list knows the verb, or takes another word for it.
        let unsure = matches!(e.holder, Holder::Implied | Holder::Somebody);
        if let Some(of) = stranger_told_of(note, terms).filter(|_| unsure) {
            (e.holder, e.holder_at) = (Holder::Stranger, Some(clause.terms.start + of));
        }
        if e.holder == Holder::Stranger {
            topic = topic.or(e.holder_at);
            stays |= terms.iter().any(|term| term.is(Mark::OwnAffair));
        } else if binds_the_customer(terms) && !terms.iter().any(|term| term.is(Mark::Whose)) {
            topic = None;
        } else if theirs && topic.is_some() && !terms.iter().any(named) {
            (e.holder, e.holder_at) = (Holder::Stranger, topic);
        } else if e.holder == Holder::OwnService || e.contrast || e.role == Role::Effect || terms.iter().any(named) {
            topic = None;
        } else if topic.is_some() {
            (e.holder, e.holder_at) = (Holder::Stranger, topic);
        }
    }
}

/// The stranger whom a clause is about, as its subject or as those with whom it happens: "over at a rival".
pub(crate) fn stranger_told_of(note: &Terms, terms: &[Term]) -> Option<usize> {
    let agent = |term: &Term| term.is(Mark::Stranger) && term.is(Mark::Agent);
    terms.iter().position(agent).or_else(|| stranger_as_subject(note, terms))
}

/// The stranger whom a clause is about that says nothing of the service: "the bridge builder lost its planner". What he
/// supplies or forbids is the customer's affair.
fn stranger_as_subject(note: &Terms, terms: &[Term]) -> Option<usize> {
    if binds_the_customer(terms) {
        return None;
    }
    let owns = |term: &Term| note.text(term).ends_with("'s");
    let mut subject = terms.iter().take(5).enumerate();
    let (at, first) = subject
        .find(|(_, term)| term.is(Mark::Stranger) || term.is(Mark::Finite) || term.is(Mark::Customer) && !owns(term))?;
    (first.is(Mark::Stranger) && !first.is(Mark::InPassing)).then_some(at)
}

/// Whether somebody forbids, prescribes or supplies something in a clause, and not to his own people only.
pub(super) fn binds_the_customer(terms: &[Term]) -> bool {
    terms.iter().any(|term| term.is(Mark::Commands)) && !terms.iter().any(|term| term.is(Mark::OwnAffair))
}

/// The stranger whom the clauses before spoke of, where they have no verb: "the neighbouring town, with which it shares
/// a valley, cannot adopt it".
pub(super) fn stranger_at_head(note: &Terms, clauses: &[Clause], at: usize) -> Option<usize> {
    let sentence = clauses.get(at)?.sentence;
    let head = clauses.get(..at)?.iter().rev().take(6).take_while(|clause| clause.sentence == sentence).last()?;
    let terms = note.get(head.terms.clone());
    let verb = |term: &Term| term.meets(PREDICATES.union(FLIPS)) || term.is(Mark::Finite);
    let nominal = head.role == Role::Main && !terms.iter().any(verb);
    // "Donors A and B oblige the charity to keep it": cut at "and", and still what binds the customer.
    let binds = clauses.get(at).is_some_and(|clause| binds_the_customer(note.get(clause.terms.clone())));
    let binds = binds && terms.iter().any(|term| term.is(Mark::Counterparty));
    // "Lunch with Velmo, who are not taking it": what follows the name tells of whom it is.
    let who = clauses.get(at).is_some_and(|clause| opens_with_who(note, clause));
    let stranger = terms.iter().position(|term| term.is(Mark::Stranger) && (who || !term.is(Mark::InPassing)));
    stranger.filter(|_| nominal && !binds).map(|stranger| head.terms.start + stranger)
}

/// Whether a clause says more of somebody: "who are not taking it".
pub(super) fn opens_with_who(note: &Terms, clause: &Clause) -> bool {
    note.get(clause.terms.clone()).iter().find(|term| !term.is_mark()).is_some_and(|term| term.is(Mark::Who))
}
