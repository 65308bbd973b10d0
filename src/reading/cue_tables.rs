//! Compiled cues as flat tables of numbers: nothing is parsed or allocated to look for them, and the linker has nothing
//! to relocate. The build script makes them out of `src/playbook/cues/`, so nothing here needs more than the standard
//! library.

use super::lexicon_tables::find;
use super::mark::{Mark, Marks};
use super::semantic_class::SemanticClasses;
use std::borrow::Cow;

/// The number of a set of words.
pub(crate) type WordSetId = u16;

/// The number of a stem.
pub(crate) type StemId = u16;

/// The number of a test.
pub(crate) type TestId = u16;

/// Neighbouring entries of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Rows {
    /// The first of them.
    pub(crate) start: u32,
    /// How many they are.
    pub(crate) count: u32,
}

impl Rows {
    /// The entries themselves.
    pub(crate) fn of<T>(self, table: &[T]) -> &[T] {
        table.get(self.range()).unwrap_or_default()
    }

    /// The letters, where the table is a text and counts in bytes.
    pub(crate) fn of_text(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or_default()
    }

    fn range(self) -> std::ops::Range<usize> {
        index(self.start)..index(self.start) + index(self.count)
    }
}

/// In which parts of a note a cue is looked for; it is found within one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CueScope {
    /// Within each sentence, before clauses are known: such cues can say where clauses end.
    Sentence,
    /// Within each clause.
    Clause,
    /// Anywhere, over the ends of sentences; before clauses are known.
    Note,
}

impl CueScope {
    /// All scopes with their names in the files of cues.
    #[cfg_attr(not(test), allow(dead_code, reason = "the build script and tests read names"))]
    pub(crate) const ALL: [(Self, &'static str); 3] =
        [(Self::Sentence, "sentence"), (Self::Clause, "clause"), (Self::Note, "note")];
}

/// Properties of a term that neither its text nor its class tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Property {
    /// `@acronym`: all capitals, at least two letters.
    Acronym,
    /// `@capital`: starts with a capital, wherever it stands.
    Capital,
    /// `@coded`: letters with four digits or more.
    Coded,
    /// `@genitive`: ends in an apostrophe and an s.
    Genitive,
    /// `@joined`: joined to the term before by a hyphen, or by nothing at all.
    Joined,
    /// `@long`: six bytes or more.
    Long,
    /// `@long-number`: seven digits or more, and nothing else.
    LongNumber,
    /// `@mark`: punctuation.
    Mark,
    /// `@number`: starts with a digit.
    Number,
    /// `@other`: names a workload other than the record's.
    Other,
    /// `@own`: names the record's workload.
    Own,
    /// `@part`: belongs to a workload as a part or term of it.
    Part,
    /// `@phrase`: more than one word.
    Phrase,
    /// `@proper`: starts with a capital and does not start a sentence.
    Proper,
    /// `@single`: one byte.
    Single,
    /// `@unknown`: a term that no list knows.
    Unknown,
    /// `@word`: letters, perhaps with digits in them.
    Word,
    /// `@workload`: names any workload.
    Workload,
    /// `@year`: a year that a note may speak of.
    Year,
}

impl Property {
    /// All properties with their names in patterns, in the order of their numbers.
    #[cfg_attr(not(test), allow(dead_code, reason = "the build script and tests read names"))]
    pub(crate) const ALL: [(&'static str, Self); 19] = [
        ("acronym", Self::Acronym),
        ("capital", Self::Capital),
        ("coded", Self::Coded),
        ("genitive", Self::Genitive),
        ("joined", Self::Joined),
        ("long", Self::Long),
        ("long-number", Self::LongNumber),
        ("mark", Self::Mark),
        ("number", Self::Number),
        ("other", Self::Other),
        ("own", Self::Own),
        ("part", Self::Part),
        ("phrase", Self::Phrase),
        ("proper", Self::Proper),
        ("single", Self::Single),
        ("unknown", Self::Unknown),
        ("word", Self::Word),
        ("workload", Self::Workload),
        ("year", Self::Year),
    ];
}

/// One thing that is asked of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Primitive {
    /// Its text is in the set.
    Text(WordSetId),
    /// One of its words is in the set.
    AnyWord(WordSetId),
    /// It has one of the classes.
    Class(SemanticClasses),
    /// It has one of the marks.
    Mark(Marks),
    Property(Property),
    /// It ends in one of the stems of a list, in [`CueTables::stem_lists`].
    Ends(Rows),
    /// It starts with one of the stems.
    Starts(Rows),
    /// One of its words starts with one of the stems.
    AnyWordStarts(Rows),
}

/// One thing that is asked of a term, and whether it is wanted or denied.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    pub(crate) wanted: bool,
    pub(crate) primitive: Primitive,
}

/// What is asked of one term: one of the alternatives, each of which asks several things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct TestRow {
    /// In [`CueTables::alternatives`].
    pub(crate) alternatives: Rows,
    /// The marks that are asked for: the answer may change when one of them is given.
    pub(crate) marks: Marks,
}

/// One part of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Term { test: TestId, optional: bool, marked: bool },
    Repeated { test: TestId, marked: bool },
    Gap { most: u8, over_punctuation: bool },
    Next { test: TestId, wanted: bool },
    Previous { test: TestId, wanted: bool },
    Start,
    End,
}

/// A cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CueRow {
    /// Its name, in [`CueTables::text`].
    pub(crate) id: Rows,
    /// The name of its file without the ending, in [`CueTables::text`].
    pub(crate) file: Rows,
    pub(crate) scope: CueScope,
    /// In [`CueTables::patterns`], and in [`CueTables::pattern_texts`].
    pub(crate) patterns: Rows,
    pub(crate) gives: Mark,
}

/// A word or phrase that sets of words hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct WordRow {
    /// Its letters, in [`CueTables::text`].
    pub(crate) letters: Rows,
    /// The sets that it is in, in [`CueTables::set_ids`].
    pub(crate) sets: Rows,
}

/// All cues, compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CueTables {
    /// The letters of names, patterns, words and stems.
    pub(crate) text: Cow<'static, str>,
    pub(crate) words: Cow<'static, [WordRow]>,
    /// Where each word is found by its hash, as in [`super::lexicon_tables::Tables::slots`].
    pub(crate) slots: Cow<'static, [u32]>,
    pub(crate) set_ids: Cow<'static, [WordSetId]>,
    /// How many sets of words there are.
    pub(crate) set_count: usize,
    /// The letters of each stem, in [`CueTables::text`]; sorted.
    pub(crate) stems: Cow<'static, [Rows]>,
    /// For each byte where the stems start that start with it; one more for their end.
    pub(crate) stems_by_byte: Cow<'static, [StemId]>,
    /// Lists of stems, one after another.
    pub(crate) stem_lists: Cow<'static, [StemId]>,
    pub(crate) asked: Cow<'static, [Asked]>,
    /// In [`CueTables::asked`].
    pub(crate) alternatives: Cow<'static, [Rows]>,
    pub(crate) tests: Cow<'static, [TestRow]>,
    pub(crate) parts: Cow<'static, [Part]>,
    /// In [`CueTables::parts`].
    pub(crate) patterns: Cow<'static, [Rows]>,
    /// How each pattern is written, in [`CueTables::text`].
    pub(crate) pattern_texts: Cow<'static, [Rows]>,
    /// In the order in which they are looked for.
    pub(crate) cues: Cow<'static, [CueRow]>,
}

impl CueTables {
    /// The sets that a word is in, or a phrase as a whole.
    pub(crate) fn sets_of(&self, word: &str) -> &[WordSetId] {
        self.word(word).map(|row| row.sets.of(&self.set_ids)).unwrap_or_default()
    }

    fn word(&self, word: &str) -> Option<&WordRow> {
        let letters = |at: usize| self.words.get(at).map(|row| row.letters.of(self.text.as_bytes()));
        self.words.get(find(word, &self.slots, letters)?)
    }

    /// The letters of the stems of a list.
    pub(crate) fn stems_of(&self, list: Rows) -> impl Iterator<Item = &str> + Clone {
        list.of(&self.stem_lists).iter().map(|stem| self.stem(*stem))
    }

    fn stem(&self, stem: StemId) -> &str {
        self.stems.get(usize::from(stem)).map_or("", |stem| stem.of_text(&self.text))
    }

    /// The stems that a text starts with.
    pub(crate) fn stems_at_start_of(&self, text: &str) -> impl Iterator<Item = StemId> {
        let text = text.as_bytes();
        let first = text.first().map_or(0, |byte| usize::from(*byte));
        let bound = |at: usize| self.stems_by_byte.get(at).map_or(0, |stem| usize::from(*stem));
        let start = bound(first);
        let stems = self.stems.get(start..bound(first + 1)).unwrap_or_default();
        let letters = |stem: &Rows| stem.of(self.text.as_bytes());
        // All begin with the same byte; the next one tells most of them apart. Stems of one byte come first.
        let second = text.get(1);
        let from = stems.partition_point(|stem| letters(stem).get(1).is_none_or(|byte| Some(byte) < second));
        let upto = stems.partition_point(|stem| letters(stem).get(1).is_none_or(|byte| Some(byte) <= second));
        let short = stems.first().filter(|stem| letters(stem).len() == 1).map(|_| 0);
        let is_start = move |at: &usize| stems.get(*at).is_some_and(|stem| text.starts_with(letters(stem)));
        short.into_iter().chain(from..upto).filter(is_start).filter_map(move |at| StemId::try_from(start + at).ok())
    }
}

/// Indices are kept in 32 bits; a target with a smaller `usize` has no room for them anyway.
fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
