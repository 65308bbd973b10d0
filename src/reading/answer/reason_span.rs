//! Which words of a note give the reason: the clauses beside the one that states the intent.
//!
//! The clauses of a note fall into runs. A run is what is linked without a break: clauses that a comma, "and", a bracket,
//! a relative or a conjunction joins. It ends where the intent is stated, where something is said that is not about the
//! status, at a colon, and mostly at the end of the sentence. Of the runs, the one that names most is the reason.

use super::contact::Contact;
use super::reason::{Strength as ReasonStrength, Why};
use super::relevance::{OffTopicKind, Relevance};
use crate::lexicon::SemanticClass;
use crate::playbook::Thresholds;
use crate::reading::clause::{Clause, Role};
use crate::reading::mark::Mark;
use crate::reading::proposition::{Direction, Holder, Predicate, Proposition, Strength, of};
use crate::reading::term::{Term, Terms};
use crate::text::NoteSpan;
use std::collections::HashSet;
use std::ops::Range;

/// What the choice of the reason rests on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SpanInputs<'a> {
    pub(crate) note: &'a Terms,
    pub(crate) clauses: &'a [Clause],
    pub(crate) claims: &'a [Proposition],
    /// What the sentences are about.
    pub(crate) contents: &'a [Relevance],
    /// What the clauses are about.
    pub(crate) parts: &'a [Relevance],
    /// Which clauses are about the status and nothing else.
    pub(crate) on_status: &'a [bool],
    /// Which way the intent goes.
    pub(crate) direction: Option<Direction>,
    pub(crate) why: &'a Why,
    pub(crate) contact: &'a Contact,
}

/// What a clause is to the reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// It states the intent.
    Intent,
    /// It is about something else, or says what kind of account it is.
    Aside,
    /// It can belong to the reason.
    Reason,
}

/// Where the intent is stated.
#[derive(Debug, Default)]
struct Stated {
    /// The sentences that state it.
    sentences: HashSet<usize>,
    /// It is stated as such, and not as what follows from something.
    plainly: bool,
}

impl Stated {
    fn of(clauses: &[Clause], parts: &[Part]) -> Self {
        let mut stated = Self::default();
        for (clause, _) in clauses.iter().zip(parts).filter(|(_, part)| **part == Part::Intent) {
            stated.sentences.insert(clause.sentence);
            stated.plainly |= clause.role != Role::Effect;
        }
        stated
    }
}

impl SpanInputs<'_> {
    /// The words of the reason. Nothing where no clause could give one.
    pub(crate) fn span(&self, limits: &Thresholds) -> Option<NoteSpan> {
        let parts = self.parts();
        // "They just decided that way": what names nothing is a reason only where it says that it is one.
        let caused = |at: usize| self.clauses.get(at).is_some_and(|clause| clause.role == Role::Cause);
        let tells = |run: &Range<usize>| self.tells() || run.clone().any(|at| self.points_at(at) > 0 || caused(at));
        let runs = self.runs(&parts).into_iter().filter(tells);
        let best = runs.max_by_key(|run| (self.value(run, limits), std::cmp::Reverse(run.start)));
        let stated = self.reason_in_intent(&parts).filter(|at| {
            // "Ran aground on 600 mailboxes above the limit": the clause of the intent says more than all the rest.
            let least = best.as_ref().map_or(0, |run| self.value(run, limits));
            self.points_at(*at) >= least + i64::from(limits.concrete_reason)
        });
        let run = stated.map(|at| at..self.with_conditions(at)).or(best)?;
        let (first, last) = (self.clauses.get(run.start)?, self.clauses.get(run.end.checked_sub(1)?)?);
        self.note.span(self.with_bracket(first.terms.start..last.terms.end))
    }

    /// The same terms, and the bracket that closes what they open.
    fn with_bracket(&self, terms: Range<usize>) -> Range<usize> {
        let is = |term: &Term, marks: [&str; 2]| term.is_mark() && marks.contains(&self.note.text(term));
        let count = |marks| self.note.get(terms.clone()).iter().filter(|term| is(term, marks)).count();
        let closes = self.note.terms.get(terms.end).is_some_and(|term| is(term, [")", "]"]));
        let open = closes && count(["(", "["]) > count([")", "]"]);
        terms.start..terms.end + usize::from(open)
    }

    fn parts(&self) -> Vec<Part> {
        let stating: Vec<bool> = (0..self.clauses.len()).map(|at| self.states_intent(at)).collect();
        // "BT will not upgrade the exchange. Teams is stopped.": the clause that names least states the intent, the
        // other explains it.
        let fewest = (0..stating.len()).filter(|at| stating.get(*at) == Some(&true)).map(|at| self.points_at(at)).min();
        let states =
            |at: usize| stating.get(at) == Some(&true) && fewest.is_some_and(|fewest| self.points_at(at) <= fewest + 1);
        let any = (0..self.clauses.len()).any(|at| !states(at) && self.on_status.get(at) == Some(&true));
        let part = |(at, clause): (usize, &Clause)| match () {
            () if states(at) => Part::Intent,
            () if self.tells_account(at, clause) => Part::Aside,
            () if self.may_explain(at, clause, any) => Part::Reason,
            () => Part::Aside,
        };
        self.clauses.iter().enumerate().map(part).collect()
    }

    /// Whether a clause states what the note comes to, and gives no more.
    fn states_intent(&self, at: usize) -> bool {
        let Some(clause) = self.clauses.get(at) else { return false };
        let unknown = || self.has(clause, |term| term.has(SemanticClass::Unknown));
        let explains = matches!(clause.role, Role::Cause | Role::Condition | Role::Concession)
            || self.has(clause, |term| term.is(Mark::ProductFact))
            || self.between(at).last().is_some_and(|term| term.is(Mark::RelativePronoun));
        if explains {
            return false;
        }
        let states = of(self.claims, at).iter().any(|claim| {
            // Work under way is the state that a note tells of, work that will not be done is an intent.
            let what = match claim.predicate {
                Predicate::Progress => claim.direction == Direction::Against,
                Predicate::Keep => false,
                _ => true,
            };
            let who = [Holder::Customer, Holder::OwnService, Holder::Implied];
            Some(claim.direction) == self.direction
                && claim.strength == Strength::Plain
                && claim.tells_intent()
                && what
                && who.contains(&claim.holder)
        });
        if self.unheard() { self.points_at(at) == 0 && (states || unknown()) } else { states }
    }

    /// "Managed account." The devices that are "managed with Workspace ONE" are no account.
    fn tells_account(&self, at: usize, clause: &Clause) -> bool {
        (self.unheard() || self.points_at(at) == 0)
            && self.has(clause, |term| term.has(SemanticClass::Managed) || term.is(Mark::Unmanaged))
    }

    /// Whether a clause can belong to the reason; `any` when some clause is about the status and states no intent.
    fn may_explain(&self, at: usize, clause: &Clause, any: bool) -> bool {
        let sentence = self.contents.get(clause.sentence);
        let attempts = sentence == Some(&Relevance::OffTopic(OffTopicKind::Engagement)) && self.unheard();
        let aside = self.parts.get(at).and_then(|part| part.off_topic());
        let passing = sentence == Some(&Relevance::Status) && aside != Some(OffTopicKind::Benefit);
        // "They do without FastTrack: 80 PCs are enrolled".
        let done_alone = sentence == Some(&Relevance::OffTopic(OffTopicKind::Benefit))
            && aside != Some(OffTopicKind::Benefit)
            && !any
            && !self.has(clause, |term| term.is(Mark::HelpDeclined));
        self.on_status.get(at) == Some(&true) || passing || attempts || done_alone
    }

    /// The runs of clauses that can belong to one reason.
    fn runs(&self, parts: &[Part]) -> Vec<Range<usize>> {
        let mut runs: Vec<Range<usize>> = Vec::new();
        let stated = Stated::of(self.clauses, parts);
        for at in (0..parts.len()).filter(|at| parts.get(*at) == Some(&Part::Reason)) {
            match runs.last_mut().filter(|run| run.end == at && !self.breaks(at, &stated)) {
                Some(run) => run.end = at + 1,
                None => runs.push(at..at + 1),
            }
        }
        runs
    }

    /// Whether something new begins with a clause.
    fn breaks(&self, at: usize, stated: &Stated) -> bool {
        let (Some(clause), Some(before)) =
            (self.clauses.get(at), at.checked_sub(1).and_then(|at| self.clauses.get(at)))
        else {
            return true;
        };
        if clause.sentence != before.sentence {
            // "A. B, so they will not deploy": the second sentence goes on to the intent, and both explain it.
            return !stated.sentences.contains(&clause.sentence);
        }
        // What follows from the reason belongs to it where the intent is stated elsewhere.
        self.between(at).iter().any(|term| matches!(self.note.text(term), ":" | "="))
            || clause.role == Role::Effect && !stated.plainly
    }

    /// What stands between a clause and the one before it.
    fn between(&self, at: usize) -> &[Term] {
        let start = at.checked_sub(1).and_then(|before| self.clauses.get(before)).map_or(0, |before| before.terms.end);
        self.clauses.get(at).map_or(&[], |clause| self.note.get(start..clause.terms.start.max(start)))
    }

    /// How likely a run is the reason: what it names, and how it is opened.
    fn value(&self, run: &Range<usize>, limits: &Thresholds) -> i64 {
        let clauses = self.clauses.get(run.clone()).unwrap_or_default();
        let named: i64 = run.clone().map(|at| self.points_at(at)).sum();
        let unit = i64::from(limits.specific_weight);
        let opened = self.between(run.start).last().is_some_and(|term| self.note.text(term) == ":");
        let effect = clauses.first().is_some_and(|clause| clause.role == Role::Effect);
        let awaited = clauses.iter().all(|clause| clause.role == Role::Condition);
        let caused = clauses.iter().any(|clause| clause.role == Role::Cause);
        let aside = run.clone().all(|at| self.on_status.get(at) == Some(&false));
        let when = |holds: bool, units: i64| if holds { units * unit } else { 0 };
        named + when(opened, 1) + when(caused, 1) - when(effect, 1) - when(awaited, 1) - when(aside, 1)
    }

    /// The clause of the intent that names most.
    fn reason_in_intent(&self, parts: &[Part]) -> Option<usize> {
        let stating = (0..parts.len()).filter(|at| parts.get(*at) == Some(&Part::Intent));
        stating.max_by_key(|at| (self.points_at(*at), std::cmp::Reverse(*at)))
    }

    /// The end of a clause and of the conditions that follow it.
    fn with_conditions(&self, at: usize) -> usize {
        let sentence = self.clauses.get(at).map(|clause| clause.sentence);
        let rest = self.clauses.iter().skip(at + 1);
        let conditions =
            rest.take_while(|clause| clause.role == Role::Condition && Some(clause.sentence) == sentence).count();
        at + 1 + conditions
    }

    /// Nobody answered, or the intent could not be found out: attempts and their outcome are the reason.
    fn unheard(&self) -> bool {
        self.contact.silent || self.contact.intent_unknown
    }

    /// The note gives a reason, or tells of the state of work or of attempts.
    fn tells(&self) -> bool {
        self.contact.silent || self.contact.attempts || self.why.reason.max(self.why.state) != ReasonStrength::None
    }

    fn has(&self, clause: &Clause, is_such: impl Fn(&Term) -> bool) -> bool {
        self.note.get(clause.terms.clone()).iter().any(is_such)
    }

    fn points_at(&self, at: usize) -> i64 {
        self.why.points.get(at).copied().map_or(0, i64::from)
    }
}

#[cfg(test)]
mod tests {
    use crate::playbook::Playbook;
    use crate::reading::{ReadingContext, read};

    /// The reason that is found in a note about Teams.
    fn reason(note: &str) -> Option<&str> {
        let context = ReadingContext { customer: None, workload: Some("Teams") };
        read(note, context, &Playbook::built_in()).reason_span.map(|span| span.of(note))
    }

    /// Each note has its reason between `<` and `>`.
    fn check(notes: &[&str]) {
        for marked in notes {
            let note = marked.replace(['<', '>'], "");
            let wanted = marked.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
            assert_eq!(reason(&note), wanted.map(|(reason, _)| reason), "{marked}");
        }
    }

    #[test]
    fn causes_are_taken_with_all_that_is_joined_to_them() {
        check(&[
            "Customer will not deploy because <the firewall drops SIP and cannot be replaced before June>.",
            "Blocked due to <a proxy that strips headers, a gateway without IPv6 and an expired support contract>.",
            "Customer is unable to deploy because of <the badge system, which talks to Exchange 2010 only>.",
            "No intent, as <all 900 scanners are managed with Workspace ONE under a contract that runs until 2029>.",
            "Customer will not deploy as <the ferry line's VSAT link carries 512 kbit/s until the new satellite is up>.",
        ]);
    }

    #[test]
    fn a_reason_may_stand_first() {
        check(&[
            "Since <the mill runs Cisco phones and the contract ends in 2026>, it will not deploy Teams.",
            "<The call recorder has no Teams connector and the bank must record every call>; Teams will not be deployed.",
            "<Dispatchers work on Android 5 handhelds. Their vendor ships no update>, so the customer cannot deploy.",
        ]);
    }

    #[test]
    fn what_the_product_lacks_explains() {
        check(&[
            "The customer cannot deploy. <The court records hearings in MXF and Teams does not take it>.",
            "The customer will not deploy: <the lifts need analogue lines, which Teams cannot drive>.",
        ]);
    }

    #[test]
    fn brackets_colons_and_lists_are_followed() {
        check(&[
            "Customer cannot deploy (<works council vetoed call analytics>).",
            "No go: <the scanners (Zebra TC51) run Android 6>.",
            "Rollout continues: <wave 2 done in Lyon, wave 3 under way in Nantes and Lille>.",
        ]);
    }

    #[test]
    fn attempts_are_the_reason_where_nobody_was_heard() {
        check(&[
            "<No answer to 3 mails and 2 calls to the CIO>. Managed account.",
            "<Customer unresponsive to 4 contact attempts>. Unmanaged.",
        ]);
    }

    #[test]
    fn what_says_no_reason_has_none() {
        check(&["Customer does not want it.", "They just decided that way.", "No intent."]);
    }
}
