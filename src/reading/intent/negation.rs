//! The scope of negation: how often the words of a clause turn its sense round, and which of them do not.

use super::FLIPS;
use super::nouns::goes_on_elsewise;
use crate::reading::lexicon::{Class, Classes};
use crate::reading::token::Kind;
use crate::reading::unit::{Unit, Units};

/// What the words of a clause come to.
#[derive(Debug)]
pub(super) struct Said {
    /// All that they stand for.
    pub(super) seen: Classes,
    /// Whether they deny it in the end: an odd number of turns.
    pub(super) negated: bool,
    /// Whether they say that somebody cannot.
    pub(super) inability: bool,
}

impl Said {
    /// Reads the words of a clause from the left, counting what turns its sense round.
    pub(super) fn of(note: &Units, units: &[Unit]) -> Self {
        let (mut seen, mut turns, mut inability, mut keeps) = (Classes::NONE, Turns::default(), false, false);
        for (at, unit) in units.iter().enumerate() {
            if unit.has(Class::Neutral) || is_attribute(note, units, at) || names_what_goes_on(note, units, at) {
                continue;
            }
            let text = note.text(unit);
            if keeps && text.ends_with("ing") {
                // "Keeps moving its rosters over": to keep doing is to go on.
                seen = seen.with(Class::Progress);
            }
            keeps = matches!(text, "keep" | "keeps" | "kept");
            seen = seen.union(unit.sense.classes);
            if is_struck(note, units, at) || is_short_of(note, units, at) {
                seen = seen.with(Class::Refuse);
                turns.count += 1;
            }
            if turns_round(note, units, at) {
                turns.meet(text, unit);
            }
            inability |= is_inability(text);
        }
        if turns.count == 0 && opens_with_trouble(units) {
            seen = seen.with(Class::Obstacle);
            turns.count = 1;
        }
        Self { seen, negated: turns.count % 2 == 1, inability }
    }
}

fn names_what_goes_on(note: &Units, units: &[Unit], at: usize) -> bool {
    units.get(at).is_some_and(|unit| unit.has(Class::Progress)) && goes_on_elsewise(note, units, at)
}

/// Whether a word denies, refuses or stops what its clause speaks of.
fn turns_round(note: &Units, units: &[Unit], at: usize) -> bool {
    let Some(unit) = units.get(at).filter(|unit| unit.meets(Classes::any(&FLIPS)) && !unit.has(Class::Progress)) else {
        return false;
    };
    let text = note.text(unit);
    let before = at.checked_sub(1).and_then(|before| units.get(before)).map_or("", |unit| note.text(unit));
    let next = |class| units.get(at + 1).is_some_and(|next| next.has(class));
    // "Stays switched off" says it once; "with nothing to manage" denies what there is to manage.
    let once = unit.has(Class::Refuse) && text.starts_with("stay") && next(Class::Refuse);
    // "By lack of hands" names what is lacking, not what is denied.
    let lacking = text == "lack of" && matches!(before, "by" | "for" | "from" | "of" | "through" | "with");
    let of_thing = lacking || text == "nothing" && before == "with" || negates_thing(text) && !next(Class::Want);
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
    fn meet(&mut self, text: &'n str, unit: &Unit) {
        const AGREEING: &[&str] =
            &["never", "nil", "no", "no one", "nobody", "none", "none of", "nor", "nothing", "nowhere"];
        let agrees = self.negated && AGREEING.contains(&text);
        let again = self.last == text && unit.has(Class::Obstacle);
        self.count += u32::from(!agrees && !again);
        self.negated |= unit.has(Class::Negation);
        self.last = text;
    }
}

/// "The blocked enrolments", "last week's rejected devices": a participle that only says which ones are meant.
pub(super) fn is_attribute(note: &Units, units: &[Unit], at: usize) -> bool {
    let Some(unit) = units.get(at) else { return false };
    if !(unit.has(Class::Obstacle) || unit.has(Class::Refuse)) || unit.words > 1 || !note.text(unit).ends_with("ed") {
        return false;
    }
    let determined = at.checked_sub(1).and_then(|before| units.get(before)).is_some_and(|before| {
        let text = note.text(before);
        before.kind == Kind::Number
            || before.has(Class::Count)
            || text.ends_with("'s")
            || matches!(
                text,
                "a" | "all"
                    | "an"
                    | "any"
                    | "her"
                    | "his"
                    | "its"
                    | "our"
                    | "some"
                    | "the"
                    | "their"
                    | "these"
                    | "those"
            )
    });
    let noun = units.get(at + 1).is_some_and(|next| {
        !next.is_mark()
            && !next.has(Class::Function)
            && !next.has(Class::Negation)
            && !next.has(Class::Cause)
            && !next.has(Class::Condition)
            && !note.text(next).ends_with("ly")
    });
    determined && noun
}

/// "Has struck it from its plans", "crossed off the list": taken out of what they plan.
fn is_struck(note: &Units, units: &[Unit], at: usize) -> bool {
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
    let text = |at: usize| units.get(at).map_or("", |unit| note.text(unit));
    TAKEN.contains(&text(at))
        && (at + 1..at + 6).any(|near| {
            matches!(text(near), "from" | "off" | "out") && (near + 1..near + 4).any(|plan| FROM.contains(&text(plan)))
        })
}

/// Too much or too little for it: "not enough staff to deploy", "too old to run it".
fn is_short_of(note: &Units, units: &[Unit], at: usize) -> bool {
    let text = units.get(at).map_or("", |unit| note.text(unit));
    let short = text.starts_with("not enough") || text == "too" || text.starts_with("too ");
    let verbs = Classes::any(&[Class::Adopt, Class::Progress]);
    short
        && units
            .windows(2)
            .skip(at + 1)
            .any(|pair| matches!(pair, [to, verb] if note.text(to) == "to" && verb.meets(verbs)))
}

/// "Not without the agreement": these deny the thing after them, not the verb. "Zero appetite" denies the wish.
fn negates_thing(text: &str) -> bool {
    matches!(text, "absence of" | "free of" | "without" | "w/o" | "zero")
}

pub(super) fn is_inability(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "can't",
        "cannot",
        "cant",
        "could not",
        "couldn't",
        "impossible",
        "incapable of",
        "not able to",
        "unable",
        "unable to",
    ];
    WORDS.contains(&text)
}

/// "Hard stop on the migration: …": a noun for what stands in the way, at the head of its clause.
fn opens_with_trouble(units: &[Unit]) -> bool {
    let small = Classes::any(&[Class::Function, Class::Generic, Class::Vague]);
    units.iter().find(|unit| !unit.is_mark() && !unit.meets(small)).is_some_and(|unit| unit.has(Class::Trouble))
}

/// "Blocked.", "Stopped at wave 1:" speak of the record itself.
pub(super) fn opens_as_headline(units: &[Unit]) -> bool {
    let stops = Classes::any(&[Class::Refuse, Class::Obstacle]);
    units.iter().find(|unit| !unit.is_mark()).is_some_and(|unit| unit.meets(stops))
}
