//! Whom a note has told to be somebody else: a second mention by the same word is the same one.

use super::mark::Mark;
use super::term::{Term, Terms};
use std::collections::BTreeSet;

/// Makes a stranger of each later mention of one: "the customer's reinsurer cannot move; the reinsurer's mail must stay".
/// A word for what the customer is by its name may mean either, and is left as it is.
pub(crate) fn mark_again(note: &mut Terms) {
    let mut strangers: BTreeSet<String> = BTreeSet::new();
    let mut again = Vec::new();
    for (at, term) in note.terms.iter().enumerate() {
        let either = term.is(Mark::OwnKind) || term.is(Mark::ThirdPerson);
        if term.is(Mark::Counterparty) && !either {
            strangers.insert(bare(note, term).to_owned());
        } else if !term.is_mark() && !either && strangers.contains(bare(note, term)) {
            again.push(at);
        }
    }
    for at in again {
        if let Some(term) = note.terms.get_mut(at) {
            term.marks = term.marks.with(Mark::Stranger).with(Mark::Counterparty);
        }
    }
}

/// A term's text without the ending of a genitive.
fn bare<'n>(note: &'n Terms, term: &Term) -> &'n str {
    let text = note.text(term);
    text.strip_suffix("'s").or_else(|| text.strip_suffix('\'')).unwrap_or(text)
}
