//! The built-in cues as `build.rs` compiles them, and what is known of one that was found in a note.

use super::cue_tables::{
    Asked, CueRow, CueScope, CueTables, Part, Primitive, Property, Rows, StemId, TestRow, WordRow, WordSetId,
};
use super::mark::{Mark, Marks};
use crate::lexicon::semantic_class::SemanticClasses;
use std::borrow::Cow;
use std::ops::Range;

include!(concat!(env!("OUT_DIR"), "/cues.rs"));

/// A cue that was found in a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CueHit {
    pub(crate) cue: &'static CueRow,
    /// The number of the one of its patterns that matched, from 0.
    pub(crate) pattern: usize,
    /// What it gave.
    pub(crate) mark: Mark,
    /// The terms from its first to its last.
    pub(crate) terms: Range<usize>,
    /// Those of them that it marked, in [`Terms::marked`](crate::reading::term::Terms).
    pub(crate) marked: Range<usize>,
}

impl CueHit {
    /// The `id` of the cue.
    pub(crate) fn id(&self) -> &'static str {
        self.cue.id.of_text(&CUES.text)
    }

    /// The name of the file of the cue in `src/playbook/cues/`, without the ending.
    pub(crate) fn file(&self) -> &'static str {
        self.cue.file.of_text(&CUES.text)
    }

    /// The pattern that matched, as it is written.
    pub(crate) fn pattern_text(&self) -> &'static str {
        let texts = self.cue.patterns.of(&CUES.pattern_texts);
        texts.get(self.pattern).map_or("", |text| text.of_text(&CUES.text))
    }
}

/// Whether a set of words of the cues holds the word.
pub(crate) fn knows_word(word: &str) -> bool {
    !CUES.sets_of(word).is_empty()
}
