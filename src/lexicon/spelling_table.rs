//! The words that a misspelt word may be meant to be, by the set of their consonants: most slips of the hand keep it, or
//! change one letter of it. The build script makes the table of the built-in words.

use super::word_class::{WordClass, WordClasses};

/// The consonants of a word as bits; `y` is none.
pub(crate) type Consonants = u32;

/// A word that others are corrected to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SpellingRow {
    pub(crate) consonants: Consonants,
    /// The word: an index into the forms of its lexicon.
    pub(crate) form: u32,
}

/// The vowels, as bits.
pub(crate) const VOWELS: Consonants = bit(b'a') | bit(b'e') | bit(b'i') | bit(b'o') | bit(b'u') | bit(b'y');

const fn bit(letter: u8) -> Consonants {
    1 << (letter - b'a')
}

/// The consonants of a word in lower case.
pub(crate) fn consonants(word: &str) -> Consonants {
    let letters = word.bytes().filter(u8::is_ascii_lowercase);
    letters.fold(0, |set, letter| set | bit(letter)) & !VOWELS
}

/// An everyday word of a lexicon in lower case, with its index and the lists that it is in.
pub(crate) type EverydayWord<'w> = (u32, &'w str, WordClasses);

/// The rows of everyday words, sorted. Words with other than plain letters are left out, and forms that a rule makes and
/// nobody writes.
pub(crate) fn rows<'w>(everyday: impl Iterator<Item = EverydayWord<'w>>) -> Vec<SpellingRow> {
    let is_plain = |word: &str| word.len() >= 2 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_written = |word: &str, classes: WordClasses| word.len() < 3 || classes.has(WordClass::English);
    let words = everyday.filter(|(_, word, classes)| is_plain(word) && is_written(word, *classes));
    let mut rows: Vec<_> = words.map(|(form, word, _)| SpellingRow { consonants: consonants(word), form }).collect();
    rows.sort_unstable();
    rows
}
