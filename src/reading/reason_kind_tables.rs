//! The words that tell the kind of a reason, compiled as flat tables: nothing is parsed or allocated to look them up. The
//! build script makes them out of `src/playbook/reason_kinds.yaml`, so nothing here needs more than the standard library.

use std::borrow::Cow;

/// The place of a kind in the list of kinds.
pub(crate) type KindIndex = u8;

/// The number of a word of entries, in all its forms.
pub(crate) type EntryWord = u16;

/// A written form of a word. A form of several words has a row for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FormRow {
    /// Where its letters start in [`KindTables::text`].
    pub(crate) start: u32,
    /// One past its last letter.
    pub(crate) end: u32,
    pub(crate) word: EntryWord,
}

/// What an entry says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryUse {
    /// The reason may be of this kind, with a weight.
    Tells(KindIndex, u32),
    /// The same, and it is the name of a product.
    Names(KindIndex, u32),
    /// What stands before it in its clause is granted, mended or there, and so no reason.
    Settles,
    /// Somebody has, keeps or runs on what stands beside it.
    Serves,
    /// Nothing: it keeps its words from saying something alone.
    Idle,
}

/// An entry: a word or a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EntryRow {
    /// Its words: where they start in [`KindTables::words`].
    pub(crate) start: u32,
    /// How many they are, at least one.
    pub(crate) count: u32,
    pub(crate) says: EntryUse,
}

/// A kind of reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KindRow {
    pub(crate) name: Cow<'static, str>,
    /// What belongs to it, in words that follow "the reason is".
    pub(crate) means: Cow<'static, str>,
    /// What to ask of a writer who names a reason of this kind and no more.
    pub(crate) asks: Cow<'static, str>,
    /// "No budget" is such a reason, where "no law" is none.
    pub(crate) is_lack: bool,
    /// What it weighs that a product does the job.
    pub(crate) product_serves: u32,
    /// What it weighs that the entitlement is counted twice or is not real.
    pub(crate) counted_twice: u32,
}

/// Small words, by what they do to an entry beside them. Each list is sorted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SmallWords {
    /// They deny what follows: "not".
    pub(crate) denials: Cow<'static, [EntryWord]>,
    /// They say that there is none of what follows: "no".
    pub(crate) lacks: Cow<'static, [EntryWord]>,
    /// They may stand between a denial and what it denies: "not so much a question of the budget".
    pub(crate) passed: Cow<'static, [EntryWord]>,
    /// They say that something is not settled so far: "until".
    pub(crate) pending: Cow<'static, [EntryWord]>,
    /// They lead to the product that people work in: "in".
    pub(crate) leading_in: Cow<'static, [EntryWord]>,
    /// What no longer stands in the way where "no" comes before it: "no budget problems".
    pub(crate) troubles: Cow<'static, [EntryWord]>,
}

/// The compiled file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct KindTables {
    /// The letters of all forms.
    pub(crate) text: Cow<'static, str>,
    /// Sorted by their letters, then by their word.
    pub(crate) forms: Cow<'static, [FormRow]>,
    /// The words of all entries, one entry after another.
    pub(crate) words: Cow<'static, [EntryWord]>,
    /// Sorted by their first word, the longest first.
    pub(crate) entries: Cow<'static, [EntryRow]>,
    pub(crate) small_words: SmallWords,
    /// In the order in which they win where all else is equal.
    pub(crate) kinds: Cow<'static, [KindRow]>,
}

impl KindTables {
    /// The words of entries that a word of a note is a form of, in ascending order.
    pub(crate) fn words_of(&self, written: &str) -> impl Iterator<Item = EntryWord> {
        let start = self.forms.partition_point(|row| self.letters(*row) < written);
        let rows = self.forms.get(start..).unwrap_or_default().iter();
        rows.take_while(move |row| self.letters(**row) == written).map(|row| row.word)
    }

    /// The entries that start with a word, the longest first, each with its place among all.
    pub(crate) fn starting_with(&self, word: EntryWord) -> impl Iterator<Item = (usize, EntryRow)> {
        let first = |row: &EntryRow| self.words_in(*row).first().copied();
        let start = self.entries.partition_point(|row| first(row) < Some(word));
        let rows = self.entries.iter().copied().enumerate().skip(start);
        rows.take_while(move |(_, row)| first(row) == Some(word))
    }

    /// The words of an entry.
    pub(crate) fn words_in(&self, row: EntryRow) -> &[EntryWord] {
        self.words.get(index(row.start)..index(row.start) + index(row.count)).unwrap_or_default()
    }

    fn letters(&self, row: FormRow) -> &str {
        self.text.get(index(row.start)..index(row.end)).unwrap_or_default()
    }
}

/// Indices are kept in 32 bits; a target with a smaller `usize` has no room for them anyway.
fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
