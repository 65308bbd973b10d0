//! The shape of a note: how long it is, and whether it is made of sentences at all or of names, catchwords, or one word
//! said again and again.

use super::clause::{Clause, is_padding_word};
use super::mark::Mark;
use super::term::{Term, Terms};
use crate::lexicon::token::Kind;
use crate::lexicon::{LexicalEntry, SemanticClass, SemanticClasses};

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
    pub form: NoteForm,
}

/// How a note is made, seen from far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteForm {
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

/// The shape of a note, whose reason names so many things; `padding` is what tells nothing.
pub(crate) fn shape(terms: &Terms, padding: &[Clause], things: u32) -> Shape {
    Shape {
        sentences: terms.sentences.len(),
        words: terms.word_count(),
        told: told_words(terms, padding),
        things,
        form: form(terms, padding, things),
    }
}

/// Around a list of catchwords padding makes no sentence of it.
pub(crate) fn form(terms: &Terms, padding: &[Clause], things: u32) -> NoteForm {
    let said: Vec<&Term> = told(terms, padding).collect();
    let words: Vec<&Term> = said.iter().copied().filter(|term| !term.is_mark()).collect();
    if words.is_empty() {
        return NoteForm::Blank;
    }
    if is_only_names(terms, &words) {
        return NoteForm::OnlyNames;
    }
    if is_stuffing(terms, &said, &words) {
        return NoteForm::Stuffing;
    }
    let counts = words.iter().any(|term| term.kind == Kind::Number);
    if !counts && is_circular(terms, &words, things) { NoteForm::Circular } else { NoteForm::Prose }
}

/// How many words stand outside padding.
pub(crate) fn told_words(terms: &Terms, padding: &[Clause]) -> usize {
    let small = SemanticClasses::any(&[SemanticClass::HedgeDoubt, SemanticClass::Condition]);
    let counts = |term: &&Term| !term.is_mark() && !term.meets(small) && !is_padding_word(term);
    told(terms, padding).filter(counts).map(|term| term.words as usize).sum()
}

/// The terms outside padding.
fn told<'n>(terms: &'n Terms, padding: &[Clause]) -> impl Iterator<Item = &'n Term> {
    let mut padding = padding.iter().peekable();
    let sentences = terms.sentences.iter().flat_map(Clone::clone);
    sentences.filter_map(|at| Some((at, terms.terms.get(at)?))).filter_map(move |(at, term)| {
        while padding.next_if(|clause| clause.terms.end <= at).is_some() {}
        padding.peek().is_none_or(|clause| at < clause.terms.start).then_some(term)
    })
}

/// Two names or more, each with a capital, and no word between them that could make a sentence.
fn is_only_names(terms: &Terms, words: &[&Term]) -> bool {
    let grammar = SemanticClasses::any(&[
        SemanticClass::Function,
        SemanticClass::Negation,
        SemanticClass::Refuse,
        SemanticClass::Obstacle,
        SemanticClass::Progress,
    ]);
    let names = words.iter().filter(|term| term.sense.names.is_some() || term.sense == LexicalEntry::default()).count();
    let capital = |term: &Term| terms.normal.is_capital(term.range().start);
    let padding = |term: &Term| term.has(SemanticClass::HedgeTime) || term.has(SemanticClass::HedgeDoubt);
    let listed = |term: &&&Term| capital(term) && !term.meets(grammar);
    let all = words.iter().skip(1).all(|term| padding(term) || listed(&term));
    names >= 1
        && words.iter().filter(listed).count() >= 2
        && all
        && words.first().is_some_and(|term| !term.meets(grammar))
}

/// Words put there to please a checker: kinds of things in fragments of a word or two, or one after the other without
/// the small words that make a sentence, and nothing named.
fn is_stuffing(terms: &Terms, said: &[&Term], words: &[&Term]) -> bool {
    let tells = |term: &&Term| {
        term.sense == LexicalEntry::default() && !term.noise
            || term.kind == Kind::Number
            || term.sense.names.is_some()
            || term.sense.belongs.is_some()
            || term.meets(SemanticClasses::any(&[
                SemanticClass::Silence,
                SemanticClass::Managed,
                SemanticClass::Person,
                SemanticClass::Count,
                SemanticClass::Event,
                SemanticClass::Duplicate,
            ]))
    };
    if words.iter().any(tells) {
        return false;
    }
    let small = words.iter().filter(|term| term.has(SemanticClass::Function)).count();
    has_catchwords(terms, said) || words.len() >= 8 && small * 10 <= words.len()
}

/// Three parts or more of at most three words each, with hardly a small word in them.
fn has_catchwords(terms: &Terms, said: &[&Term]) -> bool {
    let mark = |term: &&Term| term.is_mark() && matches!(terms.text(term), "," | "." | ";" | "/" | "!");
    let padding = SemanticClasses::any(&[
        SemanticClass::Vague,
        SemanticClass::Filler,
        SemanticClass::HedgeTime,
        SemanticClass::HedgeDoubt,
    ]);
    let (mut parts, mut words, mut small) = (0, 0, 0);
    for part in said.split(mark) {
        let hedge = |term: &&Term| !term.sense.classes.is_empty() && term.sense.classes.is_within(padding);
        // What is left between padding that was set aside joins nothing any more.
        let joins = |term: &&Term| term.has(SemanticClass::Cause) || term.is(Mark::Conjunction);
        let told = || part.iter().filter(|term| !term.is_mark() && !hedge(term) && !joins(term));
        let count: u32 = told().map(|term| term.words).sum();
        if (1..=3).contains(&count) {
            parts += 1;
            words += part.len();
            small += told().filter(|term| term.has(SemanticClass::Function)).count();
        }
    }
    parts >= 3 && small * 4 <= words
}

/// One word that carries meaning stands three times or more in a note that names nothing.
fn is_circular(terms: &Terms, words: &[&Term], things: u32) -> bool {
    if things >= 3 {
        return false;
    }
    let mut stems: Vec<&str> = words
        .iter()
        .filter(|term| !term.has(SemanticClass::Function) || term.words > 1)
        .filter(|term| {
            (!term.has(SemanticClass::Cause) || term.has(SemanticClass::Obstacle))
                && !term.has(SemanticClass::Condition)
                && !term.has(SemanticClass::HedgeTime)
        })
        .filter(|term| !(term.capital && term.sense == LexicalEntry::default()))
        .flat_map(|term| terms.text(term).split([' ', '-']))
        .filter(|word| word.chars().count() >= 4)
        .map(stem)
        .collect();
    stems.sort_unstable();
    let longest = stems.chunk_by(|a, b| a == b).map(<[&str]>::len).max().unwrap_or(0);
    longest >= 3 || longest >= 2 && stems.len() <= 5 && words.iter().any(|term| term.has(SemanticClass::Cause))
}

/// The front of a word, enough to tell "block" in "blocked" and "blocker".
pub(super) fn stem(word: &str) -> &str {
    let end = word.char_indices().nth(5).map_or(word.len(), |(at, _)| at);
    word.get(..end).unwrap_or(word).trim_end_matches(['e', 's', 'i', 'd'])
}
