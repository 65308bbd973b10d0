//! Sets of words that patterns ask for: each word knows, as bits, which sets it is in, so that asking costs nothing.

use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// How many sets there can be.
const MOST: usize = 512;

/// The number of a set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WordSetId(usize);

/// The sets that a word is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct WordSets([u64; MOST / 64]);

impl WordSets {
    pub(crate) fn with(mut self, id: WordSetId) -> Self {
        if let Some(bits) = self.0.get_mut(id.0 / 64) {
            *bits |= 1 << (id.0 % 64);
        }
        self
    }

    pub(crate) fn has(self, id: WordSetId) -> bool {
        self.0.get(id.0 / 64).is_some_and(|bits| bits & (1 << (id.0 % 64)) != 0)
    }

    pub(crate) fn union(self, other: Self) -> Self {
        let mut sets = self;
        sets.0.iter_mut().zip(other.0).for_each(|(bits, other)| *bits |= other);
        sets
    }

    pub(crate) fn meets(self, other: Self) -> bool {
        self.0.iter().zip(other.0).any(|(bits, other)| bits & other != 0)
    }
}

/// Which sets each word is in.
#[derive(Debug, Clone, Default)]
pub(crate) struct WordSetsIndex {
    of_word: FxHashMap<String, WordSets>,
}

impl WordSetsIndex {
    /// The sets that a word is in, or a phrase as a whole.
    pub(crate) fn of(&self, text: &str) -> WordSets {
        self.of_word.get(text).copied().unwrap_or_default()
    }
}

/// Collects the sets while patterns are compiled.
#[derive(Debug, Default)]
pub(crate) struct WordSetsBuilder {
    ids: FxHashMap<BTreeSet<String>, WordSetId>,
    named: FxHashMap<String, WordSetId>,
    index: WordSetsIndex,
}

impl WordSetsBuilder {
    /// The set of these words; the same words are the same set.
    ///
    /// # Errors
    /// When there are too many sets.
    pub(crate) fn of(&mut self, words: impl IntoIterator<Item = String>) -> Result<WordSetId, String> {
        let words: BTreeSet<String> = words.into_iter().collect();
        if let Some(id) = self.ids.get(&words) {
            return Ok(*id);
        }
        if self.ids.len() >= MOST {
            return Err(format!("there are more than {MOST} sets of words"));
        }
        let id = WordSetId(self.ids.len());
        for word in &words {
            let sets = self.index.of_word.entry(word.clone()).or_default();
            *sets = sets.with(id);
        }
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

    pub(crate) fn into_index(self) -> WordSetsIndex {
        self.index
    }
}
