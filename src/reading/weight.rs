//! What the words of a note weigh as a why: things named weigh much, kinds of things little, padding nothing.

use super::lexicon::{Class, Classes, WorkloadIndex};
use super::token::Kind;
use super::unit::{Unit, Units};
use crate::playbook::Thresholds;
use std::ops::Range;

/// The weight of a part of a note, and what in it weighed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weight {
    pub(crate) points: u32,
    /// Units that name something.
    pub(crate) specifics: Vec<usize>,
    /// How many units weighed something.
    pub(crate) things: u32,
}

impl Weight {
    pub(crate) fn add(&mut self, other: Self) {
        self.points += other.points;
        self.things += other.things;
        self.specifics.extend(other.specifics);
    }
}

/// Classes whose words carry grammar, intent or padding and so name nothing.
const WEIGHTLESS: &[Class] = &[
    Class::Function,
    Class::Generic,
    Class::Vague,
    Class::Filler,
    Class::Time,
    Class::Adopt,
    Class::Want,
    Class::Refuse,
    Class::Stay,
    Class::Obstacle,
    Class::Trouble,
    Class::Progress,
    Class::Phase,
    Class::Done,
    Class::HedgeTime,
    Class::HedgeDoubt,
    Class::Undecided,
    Class::Negation,
    Class::Neutral,
    Class::Cause,
    Class::Effect,
    Class::Concession,
    Class::Condition,
    Class::Contrast,
    Class::Benefit,
    Class::Help,
    Class::Pointer,
    Class::ToDo,
    Class::Greeting,
    Class::Placeholder,
    Class::Usage,
    Class::Managed,
];

/// Weighs a range of units.
pub(crate) fn weigh(note: &Units, range: Range<usize>, own: Option<WorkloadIndex>, limits: &Thresholds) -> Weight {
    let mut weight = Weight::default();
    for at in range.clone() {
        let Some(unit) = note.units.get(at) else { continue };
        let points = points(note, &range, at, unit, own, limits);
        if points > 0 {
            weight.points += points;
            weight.things += 1;
        }
        if points >= limits.specific_weight {
            weight.specifics.push(at);
        }
    }
    weight
}

fn points(
    note: &Units,
    range: &Range<usize>,
    at: usize,
    unit: &Unit,
    own: Option<WorkloadIndex>,
    limits: &Thresholds,
) -> u32 {
    if unit.is_mark() || (unit.sense.names.is_some() && unit.sense.names == own) {
        return 0;
    }
    if unit.sense.names.is_some() || unit.sense.belongs.is_some() {
        return limits.specific_weight;
    }
    if unit.kind == Kind::Number {
        return number_points(note, at, unit, limits);
    }
    if unit.has(Class::Event) {
        return event_points(note, range, at, limits);
    }
    if unit.has(Class::Topic) {
        return if is_emptied(note, range, at) { 0 } else { limits.topic_weight };
    }
    if unit.meets(Classes::any(WEIGHTLESS)) {
        return 0;
    }
    if unit.has(Class::Count) {
        return limits.topic_weight;
    }
    if !unit.sense.classes.is_empty() {
        return limits.abstract_weight;
    }
    unknown_points(note.text(unit), unit, limits)
}

/// A word that no list knows: a name or a thing, unless its ending makes it an abstraction.
fn unknown_points(text: &str, unit: &Unit, limits: &Thresholds) -> u32 {
    const ABSTRACT: &[&str] = &[
        "tion", "tions", "sion", "sions", "ment", "ments", "ness", "ity", "ities", "ance", "ances", "ence", "ences",
        "ism", "isms", "ship", "hood", "ational", "ative", "atively", "istic", "ally", "ously", "ively", "ably",
        "ibly", "ancy", "ency", "encies", "ous", "ful", "less", "able", "ible", "wise", "ingly", "edly", "itude",
        "esque",
    ];
    let length = text.chars().count();
    if unit.proper || unit.acronym {
        return limits.specific_weight;
    }
    if length <= 2 || is_noise(text) {
        return 0;
    }
    if length >= 8 && ABSTRACT.iter().any(|ending| text.ends_with(ending)) {
        return limits.abstract_weight;
    }
    limits.specific_weight
}

/// Keys struck at random: one letter repeated, runs of the keyboard, or no vowel in a long word.
pub(crate) fn is_noise(text: &str) -> bool {
    const ROWS: &[&str] = &["qwertyuiop", "asdfghjkl", "zxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz"];
    let letters: Vec<char> = text.chars().collect();
    if letters.len() < 3 || letters.iter().any(|c| !c.is_ascii_lowercase()) {
        return false;
    }
    let repeated = letters.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
    let keyboard = letters.len() >= 3
        && ROWS.iter().any(|row| row.contains(text))
        && !matches!(
            text,
            "ert" | "pop" | "trew" | "were" | "tyu" | "wer" | "rty" | "top" | "oiu" | "was" | "sad" | "gas"
        );
    let vowelless = letters.len() >= 6 && !letters.iter().any(|c| "aeiouy".contains(*c));
    let halves = letters.len() >= 6
        && letters.len() % 2 == 0
        && letters.get(..letters.len() / 2) == letters.get(letters.len() / 2..);
    repeated || keyboard || vowelless || halves
}

fn number_points(note: &Units, at: usize, unit: &Unit, limits: &Thresholds) -> u32 {
    let text = note.text(unit);
    let year = text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1980..2100).contains(&year));
    let dated = [at.checked_sub(1), Some(at + 1)]
        .into_iter()
        .flatten()
        .filter_map(|near| note.units.get(near))
        .any(|near| near.has(Class::Time));
    if year || dated { limits.abstract_weight } else { limits.specific_weight }
}

/// "An acquisition of another company" says what happens; "a merger" only that something does.
fn event_points(note: &Units, range: &Range<usize>, at: usize, limits: &Thresholds) -> u32 {
    let told = at + 1 < range.end
        && note.units.get(at + 1).is_some_and(|next| matches!(note.text(next), "of" | "by" | "with" | "into" | "from"));
    if told { limits.concrete_reason } else { limits.topic_weight * 2 }
}

/// A kind of reason weighs nothing after an adjective of vagueness, or strung together before a general noun:
/// "various technical reasons", "cloud/data/legal issues".
fn is_emptied(note: &Units, range: &Range<usize>, at: usize) -> bool {
    let before = at.checked_sub(1).filter(|before| range.contains(before)).and_then(|before| note.units.get(before));
    if before.is_some_and(|unit| unit.has(Class::Vague)) {
        return true;
    }
    let slash = |near: Option<&Unit>| near.is_some_and(|unit| unit.is_mark() && note.text(unit) == "/");
    slash(before) || slash(note.units.get(at + 1))
}
