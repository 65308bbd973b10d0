//! The shape of a note: how long it is, and whether it is made of sentences at all or of names, catchwords, or one word
//! said again and again.

use super::clause::{Clause, is_padding_word};
use super::lexicon::{Class, Classes, Sense};
use super::token::Kind;
use super::unit::{Unit, Units};

/// Facts about a note as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shape {
    /// How many sentences it has.
    pub sentences: usize,
    /// How many words it has.
    pub words: usize,
    /// How many of them stand outside clauses that any note could have, words that any note could have not counted.
    pub told: usize,
    /// How many things, or kinds of things, its why names.
    pub things: u32,
    /// How it is made.
    pub make: Make,
}

/// How a note is made, seen from far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Make {
    /// Nothing but white space and marks.
    Blank,
    /// Only names of products.
    OnlyNames,
    /// Fragments of a few words each that name nothing: words put there to please a checker.
    Stuffing,
    /// The same word again and again: it explains itself by itself.
    Circular,
    /// Sentences.
    Prose,
}

/// `padding` is what tells nothing: around a list of catchwords it makes no sentence of it.
pub(crate) fn make(units: &Units, padding: &[Clause], things: u32) -> Make {
    let said: Vec<&Unit> = told(units, padding).collect();
    let words: Vec<&Unit> = said.iter().copied().filter(|unit| !unit.is_mark()).collect();
    if words.is_empty() {
        return Make::Blank;
    }
    if is_only_names(units, &words) {
        return Make::OnlyNames;
    }
    if is_stuffing(units, &said, &words) {
        return Make::Stuffing;
    }
    let counts = words.iter().any(|unit| unit.kind == Kind::Number);
    if !counts && is_circular(units, &words, things) { Make::Circular } else { Make::Prose }
}

/// How many words stand outside padding.
pub(crate) fn told_words(units: &Units, padding: &[Clause]) -> usize {
    let small = Classes::any(&[Class::HedgeDoubt, Class::Condition]);
    let counts = |unit: &&Unit| !unit.is_mark() && !unit.meets(small) && !is_padding_word(unit);
    told(units, padding).filter(counts).map(|unit| unit.words as usize).sum()
}

/// The units outside padding.
fn told<'n>(units: &'n Units, padding: &[Clause]) -> impl Iterator<Item = &'n Unit> {
    let mut padding = padding.iter().peekable();
    units.units.iter().enumerate().filter_map(move |(at, unit)| {
        while padding.next_if(|clause| clause.units.end <= at).is_some() {}
        padding.peek().is_none_or(|clause| at < clause.units.start).then_some(unit)
    })
}

/// Two names or more, each with a capital, and no word between them that could make a sentence.
fn is_only_names(units: &Units, words: &[&Unit]) -> bool {
    let grammar = Classes::any(&[Class::Function, Class::Negation, Class::Refuse, Class::Obstacle, Class::Progress]);
    let names = words.iter().filter(|unit| unit.sense.names.is_some() || unit.sense == Sense::default()).count();
    let capital = |unit: &Unit| units.normal.is_capital(unit.range().start);
    let padding = |unit: &Unit| unit.has(Class::HedgeTime) || unit.has(Class::HedgeDoubt);
    let listed = |unit: &&&Unit| capital(unit) && !unit.meets(grammar);
    let all = words.iter().skip(1).all(|unit| padding(unit) || listed(&unit));
    names >= 1
        && words.iter().filter(listed).count() >= 2
        && all
        && words.first().is_some_and(|unit| !unit.meets(grammar))
}

/// Words put there to please a checker: kinds of things in fragments of a word or two, or one after the other without
/// the small words that make a sentence, and nothing named.
fn is_stuffing(units: &Units, said: &[&Unit], words: &[&Unit]) -> bool {
    let tells = |unit: &&Unit| {
        unit.sense == Sense::default() && !unit.noise
            || unit.kind == Kind::Number
            || unit.sense.names.is_some()
            || unit.sense.belongs.is_some()
            || unit.meets(Classes::any(&[
                Class::Silence,
                Class::Managed,
                Class::Person,
                Class::Count,
                Class::Event,
                Class::Duplicate,
            ]))
    };
    if words.iter().any(tells) {
        return false;
    }
    let small = words.iter().filter(|unit| unit.has(Class::Function)).count();
    has_catchwords(units, said) || words.len() >= 8 && small * 10 <= words.len()
}

/// Three parts or more of at most three words each, with hardly a small word in them.
fn has_catchwords(units: &Units, said: &[&Unit]) -> bool {
    let mark = |unit: &&Unit| unit.is_mark() && matches!(units.text(unit), "," | "." | ";" | "/" | "!");
    let padding = Classes::any(&[Class::Vague, Class::Filler, Class::HedgeTime, Class::HedgeDoubt]);
    let (mut parts, mut words, mut small) = (0, 0, 0);
    for part in said.split(mark) {
        let hedge = |unit: &&Unit| !unit.sense.classes.is_empty() && unit.sense.classes.is_within(padding);
        // What is left between padding that was set aside joins nothing any more.
        let joins = |unit: &&Unit| unit.has(Class::Cause) || units.text(unit) == "and";
        let told = || part.iter().filter(|unit| !unit.is_mark() && !hedge(unit) && !joins(unit));
        let count: u32 = told().map(|unit| unit.words).sum();
        if (1..=3).contains(&count) {
            parts += 1;
            words += part.len();
            small += told().filter(|unit| unit.has(Class::Function)).count();
        }
    }
    parts >= 3 && small * 4 <= words
}

/// One word that carries meaning stands three times or more in a note that names nothing.
fn is_circular(units: &Units, words: &[&Unit], things: u32) -> bool {
    if things >= 3 {
        return false;
    }
    let mut stems: Vec<&str> = words
        .iter()
        .filter(|unit| !unit.has(Class::Function) || unit.words > 1)
        .filter(|unit| {
            (!unit.has(Class::Cause) || unit.has(Class::Obstacle))
                && !unit.has(Class::Condition)
                && !unit.has(Class::HedgeTime)
        })
        .filter(|unit| !(unit.capital && unit.sense == Sense::default()))
        .flat_map(|unit| units.text(unit).split([' ', '-']))
        .filter(|word| word.chars().count() >= 4)
        .map(stem)
        .collect();
    stems.sort_unstable();
    let longest = stems.chunk_by(|a, b| a == b).map(<[&str]>::len).max().unwrap_or(0);
    longest >= 3 || longest >= 2 && stems.len() <= 5 && words.iter().any(|unit| unit.has(Class::Cause))
}

/// The front of a word, enough to tell "block" in "blocked" and "blocker".
fn stem(word: &str) -> &str {
    let end = word.char_indices().nth(5).map_or(word.len(), |(at, _)| at);
    word.get(..end).unwrap_or(word).trim_end_matches(['e', 's', 'i', 'd'])
}
