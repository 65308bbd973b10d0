//! What a note gives that a slot of a template asks for, so that a remedy need not ask again.

use crate::lexicon::SemanticClass;
use crate::lexicon::token::Kind;
use crate::reading::clause::{Clause, Role};
use crate::reading::mark::Mark;
use crate::reading::term::Terms;
use crate::text::NoteSpan;
use std::ops::Range;

/// The parts of a note that fit into slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SlotValues {
    /// The attempts at contact.
    pub attempts: Option<Attempts>,
    /// Whether the account is managed.
    pub account: Option<Account>,
    /// The phase of an onboarding, when its name stands by itself: "pilot", "remediation phase", "wave 2 of 5".
    pub phase: Option<NoteSpan>,
    /// What stands after "because" or its like, whether it names anything or not.
    pub cause: Option<NoteSpan>,
}

/// How a note counts attempts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attempts {
    /// With what they were: "3 e-mails and 2 calls".
    Named(NoteSpan),
    /// By figures or words alone: "twice", "5x", "three times"; the part holds the number.
    Times(NoteSpan),
}

/// Whether an account has an account team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Account {
    /// It has one.
    Managed,
    /// It has none.
    Unmanaged,
}

pub(crate) fn slot_values(note: &Terms, clauses: &[Clause]) -> SlotValues {
    let cause = clauses.iter().find(|clause| clause.role == Role::Cause);
    SlotValues {
        attempts: attempts(note),
        account: account(note),
        phase: phase(note),
        cause: cause.and_then(|clause| note.span(clause.terms.clone())),
    }
}

fn attempts(note: &Terms) -> Option<Attempts> {
    let starts = || 0..note.terms.len();
    let named = starts().find_map(|at| named_attempts(note, at)).and_then(|range| note.span(range));
    let times = || starts().find(|at| is(note, *at, Mark::NumberOfTimes)).and_then(|at| note.span(at..at + 1));
    named.map(Attempts::Named).or_else(|| times().map(Attempts::Times))
}

/// A number and what it counts, with all that follow after "and" or a comma.
fn named_attempts(note: &Terms, at: usize) -> Option<Range<usize>> {
    let mut range = one_kind_of_attempt(note, at)?;
    let joins = |at: usize| is(note, at, Mark::ListJoiner);
    while joins(range.end) {
        let next = if joins(range.end + 1) { range.end + 2 } else { range.end + 1 };
        let Some(more) = one_kind_of_attempt(note, next) else { break };
        range.end = more.end;
    }
    Some(range)
}

fn one_kind_of_attempt(note: &Terms, at: usize) -> Option<Range<usize>> {
    if !is(note, at, Mark::Quantity) {
        return None;
    }
    let after = note.get(at + 1..at + 4);
    let near = after.iter().take_while(|term| !term.is_mark());
    let steps = near.take_while(|term| term.kind == Kind::Word).position(|term| term.is(Mark::AttemptNoun))?;
    Some(at..at + steps + 2)
}

fn is(note: &Terms, at: usize, mark: Mark) -> bool {
    note.terms.get(at).is_some_and(|term| term.is(mark))
}

fn account(note: &Terms) -> Option<Account> {
    let at = note.terms.iter().position(|term| term.has(SemanticClass::Managed))?;
    let before = note.get(at.saturating_sub(3)..at);
    let denied = before.iter().any(|term| term.has(SemanticClass::Negation));
    let without = is(note, at, Mark::Unmanaged);
    Some(if denied != without { Account::Unmanaged } else { Account::Managed })
}

fn phase(note: &Terms) -> Option<NoteSpan> {
    note.terms.iter().enumerate().filter(|(_, term)| term.has(SemanticClass::Phase)).find_map(|(at, term)| {
        if term.is(Mark::NumberedPhase) {
            return numbered(note, at).and_then(|range| note.span(range));
        }
        term.is(Mark::NamedPhase).then(|| note.span(at..at + 1)).flatten()
    })
}

/// "Wave 2", "wave 2 of 5".
fn numbered(note: &Terms, at: usize) -> Option<Range<usize>> {
    let figure = |at: usize| note.terms.get(at).is_some_and(|term| term.kind == Kind::Number);
    let of = |at: usize| is(note, at, Mark::OfTotal);
    if !figure(at + 1) {
        return None;
    }
    Some(at..if of(at + 2) && figure(at + 3) { at + 4 } else { at + 2 })
}

#[cfg(test)]
mod tests {
    use super::{Account, Attempts};
    use crate::playbook::Playbook;
    use crate::reading::ReadingContext;
    use crate::reading::read;
    use std::sync::LazyLock;

    static PLAYBOOK: LazyLock<Playbook> = LazyLock::new(Playbook::built_in);

    fn attempts(note: &str) -> Option<(bool, String)> {
        let found = read(note, ReadingContext::default(), &PLAYBOOK).slot_values.attempts?;
        let (named, span) = match found {
            Attempts::Named(span) => (true, span),
            Attempts::Times(span) => (false, span),
        };
        Some((named, span.of(note).to_owned()))
    }

    fn phase(note: &str) -> Option<String> {
        read(note, ReadingContext::default(), &PLAYBOOK).slot_values.phase.map(|span| span.of(note).to_owned())
    }

    #[test]
    fn attempts_with_what_they_were() {
        for (note, expected) in [
            ("Customer unresponsive to 3 contact attempts.", "3 contact attempts"),
            ("No reply to 4 e-mails and 2 calls.", "4 e-mails and 2 calls"),
            ("Two voicemails, one letter and 5 mails unanswered.", "Two voicemails, one letter and 5 mails"),
            ("No answer to five polite reminders.", "five polite reminders"),
        ] {
            assert_eq!(attempts(note), Some((true, expected.to_owned())), "{note:?}");
        }
    }

    #[test]
    fn attempts_by_number_alone() {
        assert_eq!(attempts("Called twice, no answer."), Some((false, "twice".to_owned())));
        assert_eq!(attempts("Tried to reach them 5 times."), Some((false, "5".to_owned())));
        assert_eq!(attempts("No answer to calls in 2019."), None);
        assert_eq!(attempts("Customer unresponsive."), None);
    }

    #[test]
    fn accounts() {
        let account = |note: &str| read(note, ReadingContext::default(), &PLAYBOOK).slot_values.account;
        assert_eq!(account("No reply. Managed account."), Some(Account::Managed));
        assert_eq!(account("No reply. Unmanaged."), Some(Account::Unmanaged));
        assert_eq!(account("No reply; this is not a managed account."), Some(Account::Unmanaged));
        assert_eq!(account("No reply."), None);
    }

    #[test]
    fn phases_that_stand_by_themselves() {
        assert_eq!(phase("Remediation phase.").as_deref(), Some("Remediation phase"));
        assert_eq!(phase("Wave 2 of 5 is running.").as_deref(), Some("Wave 2 of 5"));
        assert_eq!(phase("The next wave is near."), None);
        assert_eq!(phase("In progress."), None);
    }
}
