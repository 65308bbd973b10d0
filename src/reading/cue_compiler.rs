//! Compiles files of cues into [`CueTables`]; the build script does that, and tests.

use super::cue_tables::{CueRow, CueScope, CueTables, Rows, StemId, WordRow};
use super::lexicon_compiler::{Pool, slots};
use super::pattern_compiler::{PatternCompiler, mark, place, rows};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// One cue as it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CueText<'t> {
    pub(crate) id: &'t str,
    pub(crate) scope: &'t str,
    pub(crate) patterns: &'t [String],
    pub(crate) gives: &'t str,
}

/// Named sets of words.
pub(crate) type Sets = BTreeMap<String, Vec<String>>;

/// Cues on their way into tables.
#[derive(Debug, Default)]
pub(crate) struct CueCompiler {
    compiler: PatternCompiler,
    text: String,
    patterns: Vec<Rows>,
    pattern_texts: Vec<Rows>,
    cues: Vec<CueRow>,
    known: BTreeSet<String>,
}

impl CueCompiler {
    /// Adds the sets and cues of the file of this name, which are looked for after those of the files before it.
    ///
    /// # Errors
    /// The first thing that is wrong with it, in words that name the cue.
    pub(crate) fn add(&mut self, file: &str, sets: &Sets, cues: &[CueText<'_>]) -> Result<(), String> {
        let file = letters(&mut self.text, file);
        for (set, words) in sets {
            self.compiler.sets.name(set, words.iter().cloned())?;
        }
        for cue in cues {
            self.add_cue(file, cue).map_err(|error| format!("{}: {error}", cue.id))?;
        }
        self.compiler.sets.forget_names();
        Ok(())
    }

    fn add_cue(&mut self, file: Rows, cue: &CueText<'_>) -> Result<(), String> {
        if !self.known.insert(cue.id.to_owned()) {
            return Err(format!("two cues are called `{}`", cue.id));
        }
        let scope = CueScope::ALL.iter().find(|(_, name)| *name == cue.scope);
        let (scope, _) = scope.ok_or_else(|| format!("there is no scope `{}`", cue.scope))?;
        let start = self.patterns.len();
        for pattern in cue.patterns {
            self.patterns.push(self.compiler.add(pattern)?);
            self.pattern_texts.push(letters(&mut self.text, pattern));
        }
        let patterns = rows(start, cue.patterns.len());
        let id = letters(&mut self.text, cue.id);
        self.cues.push(CueRow { id, file, scope: *scope, patterns, gives: mark(cue.gives)? });
        Ok(())
    }

    /// The tables.
    pub(crate) fn tables(self) -> CueTables {
        let Self { compiler, mut text, patterns, pattern_texts, cues, .. } = self;
        let by_word = compiler.sets.by_word();
        let mut set_ids = Pool::default();
        let words = by_word.iter().map(|(word, sets)| WordRow {
            letters: letters(&mut text, word),
            sets: place(&mut set_ids, &sets.iter().copied().collect::<Vec<_>>()),
        });
        let words: Vec<WordRow> = words.collect();
        let stems: BTreeSet<&String> = compiler.stems.items.iter().collect();
        let stems: Vec<&String> = stems.into_iter().collect();
        let id = |at: usize| StemId::try_from(at).unwrap_or(StemId::MAX);
        let stem_id = |stem: &String| id(stems.partition_point(|known| *known < stem));
        let first = |stem: &&String| stem.as_bytes().first().map_or(0, |byte| usize::from(*byte));
        CueTables {
            slots: Cow::Owned(slots(by_word.keys())),
            set_count: compiler.sets.count(),
            words: Cow::Owned(words),
            set_ids: Cow::Owned(set_ids.items),
            stems_by_byte: (0..=256).map(|byte| id(stems.partition_point(|stem| first(stem) < byte))).collect(),
            stem_lists: compiler.stems.items.iter().map(stem_id).collect(),
            stems: stems.iter().map(|stem| letters(&mut text, stem)).collect(),
            asked: Cow::Owned(compiler.asked.items),
            alternatives: Cow::Owned(compiler.alternatives.items),
            tests: Cow::Owned(compiler.tests.items),
            parts: Cow::Owned(compiler.parts),
            patterns: Cow::Owned(patterns),
            pattern_texts: Cow::Owned(pattern_texts),
            cues: Cow::Owned(cues),
            text: Cow::Owned(text),
        }
    }
}

/// Adds letters to a text and says where they are.
fn letters(text: &mut String, letters: &str) -> Rows {
    let rows = rows(text.len(), letters.len());
    text.push_str(letters);
    rows
}
