//! Units: the words and phrases of a note as the playbook knows them, with sentences over them.

use super::lexicon::{Class, Classes, LemmaId, Lexicon, Sense};
use super::normalise::Normalised;
use super::token::{self, Kind, Token};
use crate::text::NoteSpan;
use std::ops::Range;

/// A word, a phrase of the playbook, a number or a mark.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unit {
    start: u32,
    end: u32,
    pub(crate) kind: Kind,
    pub(crate) sense: Sense,
    pub(crate) lemma: Option<LemmaId>,
    /// Starts with a capital and does not start a sentence.
    pub(crate) proper: bool,
    /// All capitals, at least two letters.
    pub(crate) acronym: bool,
    /// Joined to the unit before by a hyphen, or by nothing at all.
    pub(crate) joined: bool,
    /// How many words it covers.
    pub(crate) words: u32,
}

impl Unit {
    pub(crate) fn has(&self, class: Class) -> bool {
        self.sense.classes.has(class)
    }

    pub(crate) fn meets(&self, classes: Classes) -> bool {
        self.sense.classes.meets(classes)
    }

    pub(crate) fn is_mark(&self) -> bool {
        self.kind == Kind::Mark
    }

    pub(crate) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A note cut into units and sentences.
#[derive(Debug, Clone)]
pub(crate) struct Units {
    pub(crate) normal: Normalised,
    pub(crate) units: Vec<Unit>,
    /// Sentences as ranges of units.
    pub(crate) sentences: Vec<Range<usize>>,
}

impl Units {
    pub(crate) fn new(note: &str, lexicon: &Lexicon) -> Self {
        let normal = Normalised::new(note);
        let tokens = token::tokens(&normal);
        let sentence_tokens = token::sentences(&tokens, normal.text());
        let mut units = Vec::with_capacity(tokens.len());
        let mut sentences = Vec::with_capacity(sentence_tokens.len());
        for range in sentence_tokens {
            let first = units.len();
            let part = tokens.get(range).unwrap_or_default();
            push_units(part, normal.text(), lexicon, &mut units);
            sentences.push(first..units.len());
        }
        Self { normal, units, sentences }
    }

    pub(crate) fn text(&self, unit: &Unit) -> &str {
        self.normal.text().get(unit.range()).unwrap_or_default()
    }

    pub(crate) fn get(&self, range: Range<usize>) -> &[Unit] {
        self.units.get(range).unwrap_or_default()
    }

    /// The part of the note from the first to the last unit of a range.
    pub(crate) fn span(&self, range: Range<usize>) -> Option<NoteSpan> {
        let part = self.get(range);
        let (first, last) = (part.first()?, part.last()?);
        Some(self.normal.span(first.range().start, last.range().end))
    }

    /// How many words the note has; a mark is none.
    pub(crate) fn word_count(&self) -> usize {
        self.units.iter().filter(|unit| !unit.is_mark()).map(|unit| unit.words as usize).sum()
    }
}

fn push_units(tokens: &[Token], text: &str, lexicon: &Lexicon, units: &mut Vec<Unit>) {
    let mut at = 0;
    let mut starts_sentence = true;
    while let Some(token) = tokens.get(at) {
        let found =
            (token.kind != Kind::Mark).then(|| lexicon.longest(tokens.get(at..).unwrap_or_default(), text)).flatten();
        let length = found.map_or(1, |found| found.length).max(1);
        let last = tokens.get(at + length - 1).unwrap_or(token);
        let before_joins =
            at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(Token::is_joining_hyphen);
        if !token.is_joining_hyphen() {
            units.push(Unit {
                start: u32::try_from(token.range().start).unwrap_or(u32::MAX),
                end: u32::try_from(last.range().end).unwrap_or(u32::MAX),
                kind: token.kind,
                sense: found.map(|found| found.sense).unwrap_or_default(),
                lemma: lexicon.lemma_of(token.text(text)),
                proper: token.capital && !starts_sentence,
                acronym: token.acronym,
                joined: before_joins,
                words: u32::try_from(length).unwrap_or(1),
            });
        }
        starts_sentence &= token.kind == Kind::Mark;
        at += length;
    }
}
