//! The scope of negation: how often the words of a clause turn its sense round, and which of them do not.

use super::FLIPS;
use super::nouns::goes_on_elsewhere;
use crate::reading::lexicon::{SemanticClass, SemanticClasses};
use crate::reading::mark::Mark;
use crate::reading::term::{Term, Terms};

/// What the words of a clause come to.
#[derive(Debug)]
pub(super) struct ClauseSemantics {
    /// All that they stand for.
    pub(super) seen: SemanticClasses,
    /// Whether they deny it in the end: an odd number of turns.
    pub(super) negated: bool,
    /// Whether they say that somebody cannot.
    pub(super) inability: bool,
}

impl ClauseSemantics {
    /// Reads the words of a clause from the left, counting what turns its sense round.
    pub(super) fn of(note: &Terms, terms: &[Term]) -> Self {
        let (mut seen, mut turns, mut inability, mut keeps) = (SemanticClasses::NONE, Turns::default(), false, false);
        for (at, term) in terms.iter().enumerate() {
            if term.has(SemanticClass::Neutral) || term.is(Mark::Attribute) || names_what_goes_on(note, terms, at) {
                continue;
            }
            let text = note.text(term);
            if keeps && text.ends_with("ing") {
                // "Keeps moving its rosters over": to keep doing is to go on.
                seen = seen.with(SemanticClass::Progress);
            }
            keeps = matches!(text, "keep" | "keeps" | "kept");
            seen = seen.union(term.sense.classes);
            if is_struck(note, terms, at) || is_short_of(note, terms, at) {
                seen = seen.with(SemanticClass::Refuse);
                turns.count += 1;
            }
            if turns_round(note, terms, at) {
                turns.meet(text, term);
            }
            inability |= term.is(Mark::Inability);
        }
        if turns.count == 0 && opens_with_trouble(terms) {
            seen = seen.with(SemanticClass::Obstacle);
            turns.count = 1;
        }
        Self { seen, negated: turns.count % 2 == 1, inability }
    }
}

fn names_what_goes_on(note: &Terms, terms: &[Term], at: usize) -> bool {
    terms.get(at).is_some_and(|term| term.has(SemanticClass::Progress)) && goes_on_elsewhere(note, terms, at)
}

/// Whether a word denies, refuses or stops what its clause speaks of.
fn turns_round(note: &Terms, terms: &[Term], at: usize) -> bool {
    let Some(term) =
        terms.get(at).filter(|term| term.meets(SemanticClasses::any(&FLIPS)) && !term.has(SemanticClass::Progress))
    else {
        return false;
    };
    let text = note.text(term);
    let before = at.checked_sub(1).and_then(|before| terms.get(before)).map_or("", |term| note.text(term));
    let next = |class| terms.get(at + 1).is_some_and(|next| next.has(class));
    // "Stays switched off" says it once; "with nothing to manage" denies what there is to manage.
    let once = term.has(SemanticClass::Refuse) && text.starts_with("stay") && next(SemanticClass::Refuse);
    // "By lack of hands" names what is lacking, not what is denied.
    let lacking = text == "lack of" && matches!(before, "by" | "for" | "from" | "of" | "through" | "with");
    let of_thing =
        lacking || text == "nothing" && before == "with" || negates_thing(text) && !next(SemanticClass::Want);
    !once && !of_thing
}

/// How often a clause turns its sense round.
#[derive(Debug, Default)]
struct Turns<'n> {
    count: u32,
    negated: bool,
    last: &'n str,
}

impl<'n> Turns<'n> {
    /// "They do not want nothing of it" negates once, in the speech of many; "blocked as it was blocked" blocks once.
    fn meet(&mut self, text: &'n str, term: &Term) {
        const AGREEING: &[&str] =
            &["never", "nil", "no", "no one", "nobody", "none", "none of", "nor", "nothing", "nowhere"];
        let agrees = self.negated && AGREEING.contains(&text);
        let again = self.last == text && term.has(SemanticClass::Obstacle);
        self.count += u32::from(!agrees && !again);
        self.negated |= term.has(SemanticClass::Negation);
        self.last = text;
    }
}

/// "Has struck it from its plans", "crossed off the list": taken out of what they plan.
fn is_struck(note: &Terms, terms: &[Term], at: usize) -> bool {
    const TAKEN: &[&str] = &[
        "cross",
        "crossed",
        "cut",
        "delete",
        "deleted",
        "erased",
        "remove",
        "removed",
        "scratched",
        "strike",
        "struck",
        "take",
        "taken",
        "took",
    ];
    const FROM: &[&str] =
        &["agenda", "budget", "list", "plan", "planning", "plans", "programme", "road map", "roadmap", "scope"];
    let text = |at: usize| terms.get(at).map_or("", |term| note.text(term));
    TAKEN.contains(&text(at))
        && (at + 1..at + 6).any(|near| {
            matches!(text(near), "from" | "off" | "out") && (near + 1..near + 4).any(|plan| FROM.contains(&text(plan)))
        })
}

/// Too much or too little for it: "not enough staff to deploy", "too old to run it".
fn is_short_of(note: &Terms, terms: &[Term], at: usize) -> bool {
    let text = terms.get(at).map_or("", |term| note.text(term));
    let short = text.starts_with("not enough") || text == "too" || text.starts_with("too ");
    let verbs = SemanticClasses::any(&[SemanticClass::Adopt, SemanticClass::Progress]);
    short
        && terms
            .windows(2)
            .skip(at + 1)
            .any(|pair| matches!(pair, [to, verb] if note.text(to) == "to" && verb.meets(verbs)))
}

/// "Not without the agreement": these deny the thing after them, not the verb. "Zero appetite" denies the wish.
fn negates_thing(text: &str) -> bool {
    matches!(text, "absence of" | "free of" | "without" | "w/o" | "zero")
}

/// "Hard stop on the migration: …": a noun for what stands in the way, at the head of its clause.
fn opens_with_trouble(terms: &[Term]) -> bool {
    let small = SemanticClasses::any(&[SemanticClass::Function, SemanticClass::Generic, SemanticClass::Vague]);
    terms.iter().find(|term| !term.is_mark() && !term.meets(small)).is_some_and(|term| term.has(SemanticClass::Trouble))
}

/// "Blocked.", "Stopped at wave 1:" speak of the record itself.
pub(super) fn opens_as_headline(terms: &[Term]) -> bool {
    let stops = SemanticClasses::any(&[SemanticClass::Refuse, SemanticClass::Obstacle]);
    terms.iter().find(|term| !term.is_mark()).is_some_and(|term| term.meets(stops))
}
