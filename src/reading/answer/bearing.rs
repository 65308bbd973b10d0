//! What ties a fact to the use of the service. "The canteen was repainted" is concrete, and explains nothing: only a
//! hindrance, a need, a rule, an ending, an alternative or the matter of the service itself can be why.

use crate::lexicon::spelling::is_english;
use crate::lexicon::token::Kind;
use crate::lexicon::word_class::WordClass;
use crate::lexicon::{SemanticClass, SemanticClasses};
use crate::reading::clause::{Clause, Role};
use crate::reading::mark::Mark;
use crate::reading::product_name::{Joined, names_from};
use crate::reading::proposition::{Direction, Holder, Predicate, Proposition};
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
    /// It could bear on the service: it tells of an attitude, of money, of an ending, or says no to something.
    Touching,
    /// It bears on the use of the service.
    Related,
}

/// How the clauses of a reason are tied. What the clause of the intent names says what they will not do, and is the why
/// only where no other clause could be.
#[derive(Debug, Default)]
pub(crate) struct Ties {
    beside_intent: Option<Bearing>,
    of_intent: Option<Bearing>,
    aside: Option<Bearing>,
}

impl Ties {
    /// One more clause, with the propositions that it makes.
    pub(crate) fn add(&mut self, note: &Terms, clause: &Clause, claims: &[Proposition], decided: Option<Direction>) {
        let states = claims.iter().any(|claim| {
            let refuses = claim.predicate == Predicate::Refuse && claim.holder == Holder::Implied;
            let says = says_intent(clause, claim, decided) && claim.states(decided);
            says && claim.predicate != Predicate::Block && !refuses
        });
        let of = if states { &mut self.of_intent } else { &mut self.beside_intent };
        *of = (*of).max(Some(Bearing::of(note, clause, claims, decided)));
    }

    /// One more clause, of which it is not sure that it speaks of the status.
    pub(crate) fn add_aside(
        &mut self,
        note: &Terms,
        clause: &Clause,
        claims: &[Proposition],
        decided: Option<Direction>,
    ) {
        self.aside = self.aside.max(Some(Bearing::of(note, clause, claims, decided)));
    }

    /// How the reason as a whole is tied; nothing where no clause could give a why.
    pub(crate) fn bearing(&self) -> Option<Bearing> {
        let of_intent =
            self.of_intent.map(|of| if self.beside_intent.is_some() { of.min(Bearing::Touching) } else { of });
        let told = self.beside_intent.max(of_intent)?;
        let aside = self.aside.filter(|aside| *aside >= Bearing::Touching);
        Some(told.max(aside.map_or(told, |_| Bearing::Touching)))
    }
}

impl Bearing {
    /// How a clause is tied, with the propositions that it makes. The words that state the intent do not explain it:
    /// "stuck in the mud" says that they are stuck.
    pub(crate) fn of(note: &Terms, clause: &Clause, claims: &[Proposition], decided: Option<Direction>) -> Self {
        let stated: Vec<Range<usize>> = claims
            .iter()
            .filter(|claim| says_intent(clause, claim, decided))
            .map(|claim| claim.terms.clone())
            .collect();
        let terms = || note.get(clause.terms.clone()).iter();
        let beside_intent = |at: usize| !stated.iter().any(|range| range.contains(&at));
        let each = || clause.terms.clone().zip(terms());
        if each().any(|(at, term)| is_matter(note, at, term, stated.is_empty())) {
            return Self::Related;
        }
        // Where a clause states the intent, or says no to the service by its name, what says no in it is the intent.
        let names_own = claimed_by_name(note, clause);
        let hinders = stated.is_empty()
            && !names_own
            && terms().any(|term| term.is(Mark::Hinders) && !term.has(SemanticClass::Stay));
        // "Postponed: nothing": a word by itself tells of nothing that happened.
        let told = terms().filter(|term| !term.is_mark()).count() > 2;
        let set = terms().any(|term| term.is(Mark::Setting));
        let named = |term: &Term| {
            let is_name = term.proper || term.acronym || !is_english(note.text(term));
            (term.is(Mark::BareName) && is_name || term.is(Mark::HeadsAsName) && term.is_unknown()) && !term.noise
        };
        let aside =
            |(at, term): (usize, &Term)| term.is(Mark::Setting) || term.is(Mark::PastEvent) && beside_intent(at);
        match () {
            () if hinders && !set && each().any(|(at, term)| beside_intent(at) && is_thing(note, term)) => {
                Self::Related
            }
            () if told && each().any(aside) && !terms().any(|term| term.is(Mark::Hinders)) => Self::Setting,
            () if terms().any(|term| term.is(Mark::Touches)) => Self::Touching,
            () if terms().any(named) => Self::ByName,
            () => Self::Unrelated,
        }
    }
}

/// Whether a claim only says what they will or will not do. One that is given as the cause does so where it denies the
/// same use again.
fn says_intent(clause: &Clause, claim: &Proposition, decided: Option<Direction>) -> bool {
    let claimed = !matches!(clause.role, Role::Cause | Role::Condition);
    let own = matches!(claim.holder, Holder::Customer | Holder::OwnService | Holder::Implied);
    let again = matches!(claim.predicate, Predicate::Adopt | Predicate::Want | Predicate::Mention);
    let stops = own && claim.predicate != Predicate::Keep && Some(claim.direction) == decided;
    (claim.states(decided) || stops) && (claimed || again || own)
}

/// Whether a clause that gives no cause speaks of the record's own service by its name.
fn claimed_by_name(note: &Terms, clause: &Clause) -> bool {
    let names_own = |term: &Term| term.sense.names.is_some() && term.sense.names == note.own;
    !matches!(clause.role, Role::Cause | Role::Condition) && note.get(clause.terms.clone()).iter().any(names_own)
}

/// Classes whose words state an intent, a state of work or nothing, though they are words of the trade as well.
const NO_MATTER: SemanticClasses = SemanticClasses::any(&[
    SemanticClass::Adopt,
    SemanticClass::Want,
    SemanticClass::Refuse,
    SemanticClass::Obstacle,
    SemanticClass::Trouble,
    SemanticClass::Progress,
    SemanticClass::Phase,
    SemanticClass::Done,
    SemanticClass::Vague,
    SemanticClass::Filler,
    SemanticClass::Function,
    SemanticClass::Generic,
    SemanticClass::Meeting,
    SemanticClass::Talk,
    SemanticClass::Reach,
    SemanticClass::Person,
    SemanticClass::Negation,
    SemanticClass::Time,
    SemanticClass::Count,
]);

/// Whether a term is the matter of a service: IT, a rule, a contract, money, another product. A part of the record's own
/// workload is one only where its clause does not state the intent: "the mailboxes will not be moved".
fn is_matter(note: &Terms, at: usize, term: &Term, beside_intent: bool) -> bool {
    if term.sense.names.is_some() && term.sense.names == note.own {
        return false;
    }
    if term.sense.belongs.is_some_and(|of| Some(of) == note.own) {
        return beside_intent;
    }
    term.sense.belongs.is_some()
        || term.names_other(note.own)
        || term.is(Mark::Bears)
        || !term.meets(NO_MATTER) && term.listed.has(WordClass::TradeWithin)
        || begins_product(note, at, term)
}

/// Whether a note names a product of the trade that is not the record's own workload.
pub(crate) fn names_product(note: &Terms) -> bool {
    let own = |term: &Term| term.sense.names.is_some() && term.sense.names == note.own;
    let mut terms = note.terms.iter().enumerate();
    // "Head of Workplace" is an office.
    let office = |at: usize| at.checked_sub(1).and_then(|at| note.terms.get(at)).is_some_and(|of| of.is(Mark::OfTotal));
    terms.any(|(at, term)| {
        !term.is_mark() && !own(term) && term.capital && !office(at) && begins_product(note, at, term)
    })
}

/// Whether the name of a product begins with a term.
fn begins_product(note: &Terms, at: usize, term: &Term) -> bool {
    if term.kind != Kind::Word || term.meets(NO_MATTER) && !term.capital {
        return false;
    }
    let everyday = WordClass::EverydayProduct;
    term.listed.has(WordClass::Product)
        || term.proper && !note.is_title_case() && term.listed.has(everyday)
        || names_from(note, at, Joined::AsWritten)
            .any(|(_, name)| name.has(WordClass::Product) || term.capital && name.has(everyday))
}

/// A name, or an everyday thing.
fn is_thing(note: &Terms, term: &Term) -> bool {
    let is_word = term.kind == Kind::Word && !term.noise && note.text(term).len() > 2;
    is_word && (term.is_unknown() || term.is(Mark::BareName) || term.has(SemanticClass::Topic))
}
