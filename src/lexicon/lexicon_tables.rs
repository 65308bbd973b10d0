//! A compiled lexicon as flat tables of numbers: nothing is parsed or allocated to read with it, and the linker has
//! nothing to relocate. The build script makes the built-in one, [`super::lexicon_compiler`] one of a team's additions.

use super::lexical_entry::LexicalEntry;
use super::spelling_table::{Consonants, SpellingRow};
use super::word_class::WordClasses;
use std::borrow::Cow;

/// An identity for all forms of one base word of a phrase.
pub(crate) type LemmaId = u32;

/// A written form of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FormRow {
    /// Where its letters start in [`Tables::text`].
    pub(crate) start: u32,
    /// One past its last letter.
    pub(crate) end: u32,
    /// What it means as a word of its own: an index into [`Tables::senses`].
    pub(crate) sense: u32,
    /// The words of phrases that it is a form of: where they start in [`Tables::lemmas`].
    pub(crate) lemmas: u32,
    /// How many they are.
    pub(crate) lemma_count: u32,
    /// What the lists of words say of it, whatever it means.
    pub(crate) listed: WordClasses,
}

/// A phrase of at least two words, in the place of its first word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PhraseRow {
    pub(crate) second: LemmaId,
    /// The words after the second: where they start in [`Tables::lemmas`].
    pub(crate) rest: u32,
    /// How many they are.
    pub(crate) rest_count: u32,
    /// What it means: an index into [`Tables::senses`].
    pub(crate) sense: u32,
}

/// A compiled lexicon.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tables {
    /// The letters of all forms.
    pub(crate) text: Cow<'static, str>,
    pub(crate) forms: Cow<'static, [FormRow]>,
    /// Open addressing: a form stands at the slot of its hash or in the next free one, as its index plus 1; 0 is a free
    /// slot. The length is a power of two, and at least half of the slots are free.
    pub(crate) slots: Cow<'static, [u32]>,
    pub(crate) senses: Cow<'static, [LexicalEntry]>,
    /// Lists of words of phrases, one after another.
    pub(crate) lemmas: Cow<'static, [LemmaId]>,
    /// Sorted by first and second word.
    pub(crate) phrases: Cow<'static, [PhraseRow]>,
    /// For each form the form of the word of a list that it comes from, as its index; its own for a mere part of
    /// phrases. Only a trace asks, so it is kept apart from the rows.
    pub(crate) bases: Cow<'static, [u32]>,
    /// The same for each word of phrases.
    pub(crate) lemma_bases: Cow<'static, [u32]>,
    /// For each word of phrases where the phrases that start with it start; one more for their end.
    pub(crate) first: Cow<'static, [u32]>,
    /// The words that a misspelt one may be meant to be, sorted.
    pub(crate) spelling: Cow<'static, [SpellingRow]>,
}

impl Tables {
    /// No words.
    pub(crate) const EMPTY: &'static Self = &Self {
        text: Cow::Borrowed(""),
        forms: Cow::Borrowed(&[]),
        slots: Cow::Borrowed(&[]),
        senses: Cow::Borrowed(&[]),
        lemmas: Cow::Borrowed(&[]),
        phrases: Cow::Borrowed(&[]),
        first: Cow::Borrowed(&[]),
        bases: Cow::Borrowed(&[]),
        lemma_bases: Cow::Borrowed(&[]),
        spelling: Cow::Borrowed(&[]),
    };

    /// The form that `word` is, in lower case.
    pub(crate) fn form(&self, word: &str) -> Option<&FormRow> {
        self.forms.get(self.form_index(word)?)
    }

    fn form_index(&self, word: &str) -> Option<usize> {
        let text = self.text.as_bytes();
        find(word, &self.slots, |at| self.forms.get(at).and_then(|row| text.get(index(row.start)..index(row.end))))
    }

    /// The word of a list that a form comes from.
    pub(crate) fn base_of(&self, row: &FormRow) -> Option<&str> {
        self.base(*self.bases.get(self.form_index(self.letters(row))?)?)
    }

    /// The base form of a word of phrases.
    pub(crate) fn base_of_lemma(&self, lemma: LemmaId) -> Option<&str> {
        self.base(*self.lemma_bases.get(index(lemma))?)
    }

    fn base(&self, form: u32) -> Option<&str> {
        self.forms.get(index(form)).map(|row| self.letters(row))
    }

    /// How a form is written.
    pub(crate) fn letters(&self, row: &FormRow) -> &str {
        self.text.get(index(row.start)..index(row.end)).unwrap_or_default()
    }

    /// The words that a misspelt one may be meant to be, of those with these consonants.
    pub(crate) fn spelt_with(&self, consonants: Consonants) -> impl Iterator<Item = &str> {
        let start = self.spelling.partition_point(|row| row.consonants < consonants);
        let rows = self.spelling.get(start..).unwrap_or_default().iter();
        rows.take_while(move |row| row.consonants == consonants).filter_map(|row| self.base(row.form))
    }

    /// The words of phrases that a form belongs to.
    pub(crate) fn lemmas_of(&self, row: &FormRow) -> &[LemmaId] {
        self.list(row.lemmas, row.lemma_count)
    }

    /// The words of a phrase after its second.
    pub(crate) fn rest_of(&self, phrase: &PhraseRow) -> &[LemmaId] {
        self.list(phrase.rest, phrase.rest_count)
    }

    /// The phrases that start with two words.
    pub(crate) fn phrases(&self, first: LemmaId, second: LemmaId) -> &[PhraseRow] {
        let bound = |at: usize| self.first.get(at).map_or(0, |start| index(*start));
        let rows = self.phrases.get(bound(index(first))..bound(index(first) + 1)).unwrap_or_default();
        let start = rows.partition_point(|row| row.second < second);
        let end = rows.partition_point(|row| row.second <= second);
        rows.get(start..end).unwrap_or_default()
    }

    /// What a row means.
    pub(crate) fn sense(&self, sense: u32) -> LexicalEntry {
        self.senses.get(index(sense)).copied().unwrap_or_default()
    }

    fn list(&self, start: u32, count: u32) -> &[LemmaId] {
        self.lemmas.get(index(start)..index(start) + index(count)).unwrap_or_default()
    }
}

/// The place of a word among those that `slots` were made for; `letters` are those of the word at a place.
pub(crate) fn find<'t>(word: &str, slots: &[u32], letters: impl Fn(usize) -> Option<&'t [u8]>) -> Option<usize> {
    let mask = slots.len().checked_sub(1)?;
    let mut slot = home(word, slots.len());
    loop {
        let at = index(*slots.get(slot & mask)?).checked_sub(1)?;
        if letters(at)? == word.as_bytes() {
            return Some(at);
        }
        slot = slot.wrapping_add(1);
    }
}

/// The slot that a word belongs to, out of `slots`, a power of two.
///
/// The multiplicative hash of `rustc-hash`, eight bytes at a time, but with 64 bits on every target: the machine that
/// builds the tables and the one that reads them have to agree. Nobody but the playbook chooses the words of a table, so
/// a hash that an attacker can foresee does no harm. (`phf` takes half as long again, and its keys have to be relocated
/// at each start.)
pub(crate) fn home(word: &str, slots: usize) -> usize {
    const FACTOR: u64 = 0xf135_7aea_2e62_a9c5;
    let mix = |hash: u64, part: u64| (hash.rotate_left(5) ^ part).wrapping_mul(FACTOR);
    let bytes = word.as_bytes();
    let length = bytes.len() as u64;
    // The last part may overlap the one before: no byte is read on its own in a word of four or more.
    let hash = match (bytes.last_chunk(), bytes.first_chunk(), bytes.last_chunk()) {
        (Some(last), ..) => {
            let (parts, _) = bytes.as_chunks();
            let parts = parts.iter().fold(length, |hash, part| mix(hash, u64::from_le_bytes(*part)));
            mix(parts, u64::from_le_bytes(*last))
        }
        (None, Some(first), Some(last)) => {
            mix(length, u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)))
        }
        _ => mix(length, bytes.iter().fold(0, |part, byte| part << 8 | u64::from(*byte))),
    };
    // The highest bits of a product depend on all bits of its factors.
    let slot = hash.checked_shr(u64::BITS - slots.trailing_zeros()).unwrap_or(0);
    usize::try_from(slot).unwrap_or(0)
}

/// Indices are kept in 32 bits; a target with a smaller `usize` has no room for them anyway.
fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
