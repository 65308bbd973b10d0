//! Whether a reason only says again what the intent says: "servers cannot be onboarded, as onboarding of servers is not
//! possible".

use crate::lexicon::token::Kind;
use crate::reading::clause::{Clause, Role};
use crate::reading::proposition::{Direction, Proposition, of};
use crate::reading::shape::stem;
use crate::reading::term::Terms;
use crate::reading::weighed::{Ground, Weighed};
use std::collections::HashSet;
use std::ops::Range;

/// The words of the clauses that state the intent.
#[derive(Debug)]
pub(crate) struct Intention<'n> {
    note: &'n Terms,
    stems: HashSet<&'n str>,
    stating: Vec<Range<usize>>,
}

impl<'n> Intention<'n> {
    /// The words of the clauses that state what the note comes to.
    pub(crate) fn of(
        note: &'n Terms,
        clauses: &[Clause],
        propositions: &[Proposition],
        decided: Option<Direction>,
    ) -> Self {
        let states = |(at, clause): &(usize, &Clause)| {
            matches!(clause.role, Role::Main | Role::Effect)
                && of(propositions, *at).iter().any(|claim| claim.states(decided))
        };
        let stating = clauses.iter().enumerate().filter(states).map(|(_, clause)| clause.terms.clone());
        let stating: Vec<Range<usize>> = stating.collect();
        let terms = stating.iter().flat_map(|range| note.get(range.clone()));
        let words = terms.filter(|term| term.kind == Kind::Word).flat_map(|term| note.text(term).split([' ', '-']));
        Self { note, stems: words.map(stem).collect(), stating }
    }

    /// Whether nothing that weighed beside the intent is new, and something of it is said again: each word stands in
    /// the intent. Figures and names are new.
    pub(crate) fn is_echoed_by(&self, weighed: &[Weighed]) -> bool {
        // The clauses stand in their order and do not overlap.
        let clause_at = |at: usize| self.stating.get(self.stating.partition_point(|range| range.end <= at));
        let beside = |weighed: &&Weighed| !clause_at(weighed.at).is_some_and(|range| range.contains(&weighed.at));
        let again = |weighed: &Weighed| weighed.points > 0 || weighed.ground == Ground::Repeated;
        let mut counts = weighed.iter().filter(beside).filter(|weighed| again(weighed)).peekable();
        counts.peek().is_some() && counts.all(|weighed| self.is_old(weighed.at))
    }

    fn is_old(&self, at: usize) -> bool {
        self.note.terms.get(at).is_some_and(|term| {
            let mut words = self.note.text(term).split([' ', '-']);
            term.kind == Kind::Word && words.all(|word| self.stems.contains(stem(word)))
        })
    }
}
