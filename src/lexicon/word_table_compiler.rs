//! Compiles lists of words into a [`WordTable`]: the build script does.

use super::lexicon_compiler::slots;
use super::scan;
use super::word_class::{WordClass, WordClasses};
use super::word_table::WordTable;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The lists with the classes of their words, as files in `src/playbook/`, one word or name a line.
pub(crate) const LISTS: [(&str, WordClass); 5] = [
    ("english.txt", WordClass::English),
    ("technical.txt", WordClass::English),
    ("trade.txt", WordClass::Trade),
    ("products.txt", WordClass::Product),
    ("everyday-products.txt", WordClass::EverydayProduct),
];

/// Words on their way into a table.
#[derive(Debug, Default)]
pub(crate) struct WordTableCompiler<'l> {
    words: BTreeMap<&'l str, WordClasses>,
}

impl<'l> WordTableCompiler<'l> {
    /// Adds the words of a list, in lower case, one a line.
    pub(crate) fn add(&mut self, list: &'l str, class: WordClass) {
        for word in list.lines() {
            self.put(word, class);
            if scan::words(word).len() > 1 || word.contains(['-', ' ']) {
                self.put_beginnings(word);
            }
        }
    }

    /// Marks how a name of several words may begin in a note: with what stands before its first space, or with its
    /// first piece, and in a genitive without its ending.
    fn put_beginnings(&mut self, name: &'l str) {
        let first = name.split(' ').next().unwrap_or_default();
        let piece = scan::pieces(name).next().and_then(|piece| name.get(piece.range)).unwrap_or_default();
        for beginning in [first, piece] {
            self.put(beginning.strip_suffix("'s").unwrap_or(beginning), WordClass::BeginsName);
        }
    }

    fn put(&mut self, word: &'l str, class: WordClass) {
        let classes = self.words.entry(word).or_default();
        *classes = classes.union(WordClasses::of(class));
    }

    /// The classes of a word.
    #[cfg_attr(test, allow(dead_code, reason = "only the build script asks, of the forms of the lexicon"))]
    pub(crate) fn classes(&self, word: &str) -> WordClasses {
        self.words.get(word).copied().unwrap_or_default()
    }

    /// The table.
    pub(crate) fn table(&self) -> WordTable {
        let (mut text, mut places) = (String::new(), Vec::with_capacity(self.words.len()));
        for (word, classes) in &self.words {
            places.push(u32::try_from(text.len() + 1).unwrap_or(u32::MAX));
            text.push_str(word);
            text.push(char::from(classes.0));
        }
        let place = |slot: u32| {
            let word = usize::try_from(slot).ok().and_then(|slot| slot.checked_sub(1));
            word.and_then(|word| places.get(word)).copied().unwrap_or(0)
        };
        let slots = slots(self.words.keys()).into_iter().map(place).collect();
        WordTable { text: Cow::Owned(text), slots: Cow::Owned(slots) }
    }
}
