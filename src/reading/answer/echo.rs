//! Whether a reason only says again what the intent says: "servers cannot be onboarded, as onboarding of servers is not
//! possible".

use super::reason::can_give_why;
use crate::lexicon::token::Kind;
use crate::reading::clause::{Clause, Role};
use crate::reading::proposition::{Direction, Proposition};
use crate::reading::shape::stem;
use crate::reading::term::Terms;
use crate::reading::weighed::Weighed;
use std::collections::HashSet;

/// The words of the clauses that state the intent.
#[derive(Debug)]
pub(crate) struct Intention<'n> {
    note: &'n Terms,
    stems: HashSet<&'n str>,
}

impl<'n> Intention<'n> {
    /// The words of the clauses that give no why.
    pub(crate) fn of(
        note: &'n Terms,
        clauses: &[Clause],
        propositions: &[Proposition],
        decided: Option<Direction>,
    ) -> Self {
        let states = |(at, clause): &(usize, &Clause)| {
            matches!(clause.role, Role::Main | Role::Effect) && !can_give_why(clause, propositions, *at, decided)
        };
        let stating = clauses.iter().enumerate().filter(states);
        let terms = stating.flat_map(|(_, clause)| note.get(clause.terms.clone()));
        let words = terms.filter(|term| term.kind == Kind::Word).flat_map(|term| note.text(term).split([' ', '-']));
        Self { note, stems: words.map(stem).collect() }
    }

    /// Whether nothing that weighed is new: each word of it stands in the intent. Figures and names are new.
    pub(crate) fn is_echoed_by(&self, weighed: &[Weighed]) -> bool {
        let counts = || weighed.iter().filter(|weighed| weighed.points > 0);
        let old = |weighed: &Weighed| {
            self.note.terms.get(weighed.at).is_some_and(|term| {
                term.kind == Kind::Word
                    && self.note.text(term).split([' ', '-']).all(|word| self.stems.contains(stem(word)))
            })
        };
        counts().next().is_some() && counts().all(old)
    }
}
