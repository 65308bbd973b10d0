//! Sets of words that patterns ask for, while patterns are compiled; the build script does that.

use super::cue_tables::WordSetId;
use std::collections::{BTreeMap, BTreeSet};

/// The sets so far, and the names that some of them have.
#[derive(Debug, Default)]
pub(crate) struct WordSets {
    ids: BTreeMap<BTreeSet<String>, WordSetId>,
    named: BTreeMap<String, WordSetId>,
}

impl WordSets {
    /// The set of these words; the same words are the same set.
    ///
    /// # Errors
    /// When there are too many sets.
    pub(crate) fn of(&mut self, words: impl IntoIterator<Item = String>) -> Result<WordSetId, String> {
        let words: BTreeSet<String> = words.into_iter().collect();
        if let Some(id) = self.ids.get(&words) {
            return Ok(*id);
        }
        let id = WordSetId::try_from(self.ids.len()).map_err(|_| "there are too many sets of words".to_owned())?;
        self.ids.insert(words, id);
        Ok(id)
    }

    /// Gives a set a name, by which the patterns after it may ask for it.
    ///
    /// # Errors
    /// When there are too many sets, or the name is taken.
    pub(crate) fn name(&mut self, name: &str, words: impl IntoIterator<Item = String>) -> Result<(), String> {
        let set = self.of(words)?;
        match self.named.insert(name.to_owned(), set) {
            None => Ok(()),
            Some(_) => Err(format!("two sets are called `{name}`")),
        }
    }

    /// The set of that name.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn named(&self, name: &str) -> Result<WordSetId, String> {
        self.named.get(name).copied().ok_or_else(|| format!("there is no set `{name}`"))
    }

    /// The words of the set of that name, sorted.
    ///
    /// # Errors
    /// When there is none.
    pub(crate) fn words_of(&self, name: &str) -> Result<Vec<String>, String> {
        let id = self.named(name)?;
        let words = self.ids.iter().find(|(_, known)| **known == id).map(|(words, _)| words);
        Ok(words.into_iter().flatten().cloned().collect())
    }

    /// Forgets the names: they hold within one file of cues.
    pub(crate) fn forget_names(&mut self) {
        self.named.clear();
    }

    /// How many sets there are.
    pub(crate) fn count(&self) -> usize {
        self.ids.len()
    }

    /// The sets of each word, both in ascending order.
    pub(crate) fn by_word(&self) -> BTreeMap<&str, BTreeSet<WordSetId>> {
        let mut by_word: BTreeMap<&str, BTreeSet<WordSetId>> = BTreeMap::new();
        for (words, id) in &self.ids {
            for word in words {
                by_word.entry(word).or_default().insert(*id);
            }
        }
        by_word
    }
}
