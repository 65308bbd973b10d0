//! What ties a fact to the use of the service. "The canteen was repainted" is concrete, and explains nothing: only a
//! hindrance, a need, a rule, an ending, an alternative or the matter of the service itself can be why.

use crate::lexicon::spelling::is_english;
use crate::lexicon::token::Kind;
use crate::reading::clause::{Clause, Role};
use crate::reading::language;
use crate::reading::mark::Mark;
use crate::reading::proposition::{Direction, Proposition};
use crate::reading::term::{Term, Terms};
use std::ops::Range;

/// How a reason is tied to the use of the service, from not at all upwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Bearing {
    /// Nothing in it speaks of the service, of an alternative, or of what could stand in the way.
    Unrelated,
    /// All that could tie it is a name, of which nobody can tell whether it is a product or a place.
    ByName,
    /// A clause of it speaks of premises, feasts, history or trade, or of what happened once, and names nothing that
    /// could be a product.
    Setting,
    /// It bears on the use of the service.
    Related,
}

impl Bearing {
    /// How a clause is tied, with the propositions that it makes. The words that state the intent do not explain it:
    /// "stuck in the mud" says that they are stuck.
    pub(crate) fn of(note: &Terms, clause: &Clause, claims: &[Proposition], decided: Option<Direction>) -> Self {
        let claimed = !matches!(clause.role, Role::Cause | Role::Condition);
        let states = |claim: &&Proposition| claimed && claim.states(decided);
        let stated: Vec<Range<usize>> = claims.iter().filter(states).map(|claim| claim.terms.clone()).collect();
        let terms = || note.get(clause.terms.clone()).iter();
        let beside_intent = |at: usize| !stated.iter().any(|range| range.contains(&at));
        let each = || clause.terms.clone().zip(terms());
        let hinders = |(at, term): (usize, &Term)| term.is(Mark::Hinders) && beside_intent(at);
        let related = |term: &Term| term.is(Mark::Bears) || is_short_form(note, term);
        if each().any(hinders) || terms().any(related) {
            return Self::Related;
        }
        let named = |term: &Term| {
            let is_name = term.proper || term.acronym || !is_english(note.text(term));
            (term.is(Mark::BareName) && is_name || term.is(Mark::HeadsAsName) && term.is_unknown()) && !term.noise
        };
        let aside =
            |(at, term): (usize, &Term)| term.is(Mark::Setting) || term.is(Mark::PastEvent) && beside_intent(at);
        match () {
            () if terms().any(named) => Self::ByName,
            () if each().any(aside) => Self::Setting,
            () => Self::Unrelated,
        }
    }
}

/// A word that is neither English nor of another language nor a name, as those in haste write: nobody can say what it
/// leaves untold.
fn is_short_form(note: &Terms, term: &Term) -> bool {
    let text = note.text(term).trim_end_matches("'s");
    term.kind == Kind::Word
        && term.is_unknown()
        && !term.capital
        && !term.noise
        && !is_english(text)
        && !language::is_foreign_word(text)
        && !language::is_other_script(text)
}
