//! What the plain lists of words in `src/playbook/` say of a word or a name, compiled into one table: nothing is parsed
//! or searched to look a word up. The build script makes it (`word_table_compiler.rs`), so nothing here needs more
//! than the standard library.

use super::lexicon_tables::find;
use super::word_class::{WordClass, WordClasses};
use std::borrow::Cow;

/// Words and names with their classes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WordTable {
    /// The words in their order, each with the byte of its classes behind it. That is a control character, which no
    /// word has, so it ends the word too.
    pub(crate) text: Cow<'static, str>,
    /// Open addressing as in [`super::lexicon_tables::Tables::slots`], with the place of a word in the text plus 1.
    pub(crate) slots: Cow<'static, [u32]>,
}

/// Whether a byte ends a word of a table.
fn is_end(byte: u8) -> bool {
    byte.is_ascii_control()
}

impl WordTable {
    /// The classes of a word or name in lower case; none where no list has it.
    pub(crate) fn classes(&self, word: &str) -> WordClasses {
        let text = self.text.as_bytes();
        let end = |at: usize| text.get(at + word.len()).copied().filter(|byte| is_end(*byte));
        // A word of another length is none: the empty one is in no table.
        let letters = |at: usize| Some(end(at).and(text.get(at..at + word.len())).unwrap_or_default());
        find(word, &self.slots, letters).and_then(end).map(WordClasses).unwrap_or_default()
    }

    /// Whether a word of a class begins with `start`.
    pub(crate) fn begins(&self, start: &str, class: WordClass) -> bool {
        let mut rest = self.from(start);
        while rest.starts_with(start.as_bytes()) {
            let Some(end) = rest.iter().position(|byte| is_end(*byte)) else { return false };
            if rest.get(end).is_some_and(|classes| WordClasses(*classes).has(class)) {
                return true;
            }
            rest = rest.get(end + 1..).unwrap_or_default();
        }
        false
    }

    /// The text from the first word on that does not come before `word`.
    fn from(&self, word: &str) -> &[u8] {
        let bytes = self.text.as_bytes();
        let (mut low, mut high) = (0, bytes.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let before = bytes.get(low..middle).unwrap_or_default();
            let start = before.iter().rposition(|byte| is_end(*byte)).map_or(low, |at| low + at + 1);
            let after = bytes.get(start..).unwrap_or_default();
            let length = after.iter().position(|byte| is_end(*byte)).unwrap_or(after.len());
            if after.get(..length).unwrap_or_default() < word.as_bytes() {
                low = start + length + 1;
            } else {
                high = start;
            }
        }
        bytes.get(low..).unwrap_or_default()
    }
}
