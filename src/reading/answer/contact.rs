//! Contact: whether somebody was reached, how often it was tried, whom, and whether the account is managed.

use crate::lexicon::{SemanticClass, SemanticClasses};
use crate::reading::clause::Clause;
use crate::reading::mark::Mark;
use crate::reading::term::{Term, Terms};
use std::ops::Range;

/// What a note says about reaching the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and all combinations occur")]
pub struct Contact {
    /// Nobody answered.
    pub silent: bool,
    /// The intent could not be found out, answered or not.
    pub intent_unknown: bool,
    /// Somebody tried to find out, and the text says so: "could not gather", "not able to confirm".
    pub sought: bool,
    /// Attempts at contact are spoken of.
    pub attempts: bool,
    /// How many, in figures or words.
    pub counted: bool,
    /// Whom they went to.
    pub whom: bool,
    /// Managed or unmanaged is said.
    pub managed: bool,
    /// The text says that the customer answers, too.
    pub answered: bool,
    /// Somebody did answer in the end: "after 4 attempts the CIO picked up".
    pub heard: bool,
}

impl Contact {
    /// Whether it counts attempts and says whom they went to, or what kind of account it is: who writes so speaks of
    /// silence, in whatever words.
    #[must_use]
    pub fn tells_attempts(&self) -> bool {
        self.counted && (self.managed || self.attempts && self.whom)
    }
}

/// Reads what a note says about contact.
pub(crate) fn contact(note: &Terms, clauses: &[Clause]) -> Contact {
    let has = |class| note.terms.iter().any(|term| term.has(class));
    let plans = planned(note, clauses);
    let done = |mark| {
        let mut places = note.terms.iter().enumerate().filter(|(_, term)| term.is(mark));
        places.any(|(at, _)| !plans.iter().any(|plan| plan.contains(&at)))
    };
    Contact {
        silent: is_silent(note) || spoken_to(note) && lacks_reply(note, clauses),
        intent_unknown: is_unknown(note, clauses) || spoken_to(note) && note.has(Mark::NotLearnt) || not_learnt(note),
        sought: note.has(Mark::Sought),
        attempts: done(Mark::Attempt),
        counted: done(Mark::Counted),
        whom: names_whom(note),
        managed: has(SemanticClass::Managed),
        answered: has(SemanticClass::Answer),
        heard: was_heard(note, clauses),
    }
}

/// The clauses that only tell of attempts to come.
fn planned(note: &Terms, clauses: &[Clause]) -> Vec<Range<usize>> {
    let plans = |range: &Range<usize>| note.get(range.clone()).iter().any(|term| term.is(Mark::Planned));
    clauses.iter().map(|clause| clause.terms.clone()).filter(plans).collect()
}

/// A reply in the past that nothing in its clause denies.
fn was_heard(note: &Terms, clauses: &[Clause]) -> bool {
    let no = SemanticClasses::any(&[
        SemanticClass::Negation,
        SemanticClass::Silence,
        SemanticClass::Refuse,
        SemanticClass::Unknown,
    ]);
    clauses.iter().map(|clause| note.get(clause.terms.clone())).any(|terms| {
        let denied = |term: &Term| term.meets(no) || term.is(Mark::Zero);
        let replies = terms.iter().enumerate().filter(|(_, term)| term.is(Mark::Replied));
        // "Answered none", but "replied that they will not".
        replies
            .map(|(at, _)| terms.get(..terms.len().min(at + 2)).unwrap_or_default())
            .any(|up_to| !up_to.iter().any(denied))
    })
}

/// Words of silence. Some, alone, may speak of machines ("Outlook disconnected", "a silent install"), unless the note
/// speaks of people or is no longer than that.
fn is_silent(note: &Terms) -> bool {
    let asked = note.has(Mark::Attempt) || note.terms.iter().any(|term| term.has(SemanticClass::Managed));
    let about_people = note.word_count() <= 6 || asked;
    let of_people = |term: &Term| about_people || !term.is(Mark::OfMachines);
    // "3 mails, 2 calls. Nil.": the answer in a word.
    let nil = |range: &Range<usize>| {
        let mut words = note.get(range.clone()).iter().filter(|term| !term.is_mark()).peekable();
        words.peek().is_some() && words.all(|term| term.is(Mark::Nil))
    };
    if note.sentences.iter().any(nil) && note.has(Mark::Attempt) {
        return true;
    }
    // "Unable to reach OneDrive" is about a line, not about a person.
    let of_service = |at: usize| note.terms.get(at + 1).is_some_and(|next| next.sense.names.is_some());
    let mut terms = note.terms.iter().enumerate();
    terms.any(|(at, term)| term.has(SemanticClass::Silence) && of_people(term) && !of_service(at))
}

/// A reply that is negated within its clause: "reply was not received", "0 replies", "not one call back".
fn lacks_reply(note: &Terms, clauses: &[Clause]) -> bool {
    clauses.iter().any(|clause| {
        let terms = note.get(clause.terms.clone());
        let denied = |term: &Term| term.has(SemanticClass::Negation) || term.is(Mark::Zero);
        if terms.iter().any(|term| term.is(Mark::FailedAttempt)) {
            return true;
        }
        terms.iter().enumerate().any(|(at, term)| {
            // "Replied that they will not" denies what they will, not the reply.
            let reach = if term.is(Mark::Replied) { 1 } else { 5 };
            let near = terms.get(at.saturating_sub(7)..(at + reach).min(terms.len())).unwrap_or_default();
            term.has(SemanticClass::Reply) && !term.has(SemanticClass::Adopt) && near.iter().any(denied)
        })
    })
}

/// "Intent undetermined", "plans unclear", or the word alone; "unknown apps" are something else.
fn is_unknown(note: &Terms, clauses: &[Clause]) -> bool {
    let words = |terms: &[Term]| terms.iter().filter(|term| !term.is_mark()).count();
    clauses.iter().any(|clause| {
        let terms = note.get(clause.terms.clone());
        let meant = words(terms) <= 3 || terms.iter().any(|term| term.is(Mark::SpeaksOfIntent));
        terms.iter().any(|term| term.has(SemanticClass::Unknown) && (term.words > 1 || meant))
    })
}

/// "Their intent could not be obtained", "no intent could be gathered".
fn not_learnt(note: &Terms) -> bool {
    note.sentences.iter().map(|sentence| note.get(sentence.clone())).any(|terms| {
        let has = |mark| terms.iter().any(|term| term.is(mark));
        has(Mark::NotLearnt) && has(Mark::SpeaksOfIntent)
    })
}

/// Whether the note speaks of contact at all, so that "answers" are people's.
fn spoken_to(note: &Terms) -> bool {
    let of_people = SemanticClasses::any(&[SemanticClass::Person, SemanticClass::Managed]);
    let told = |term: &Term| term.is(Mark::Attempt) || term.meets(of_people) || term.is(Mark::Addressee);
    note.terms.iter().any(told)
}

/// A person after "to", "with", "from" or a verb of reaching, or as the one who does not answer.
fn names_whom(note: &Terms) -> bool {
    note.terms.iter().any(|term| term.has(SemanticClass::Person) || (term.proper && term.is_unknown()))
}
