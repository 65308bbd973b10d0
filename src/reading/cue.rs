//! Cues: patterns that give the terms of a note their marks. They are data, in `src/playbook/cues/`, each with sentences
//! beside it in which it must be found (`yes`) and must not (`no`); the tests run them. `build.rs` compiles them.

use super::columns::Columns;
use super::cue_hit::{CUES, CueHit};
use super::cue_tables::{CueRow, CueScope};
use super::pattern::{Found, Places};
use super::term::Terms;
use std::ops::Range;

/// Looks for the built-in cues in a note.
#[derive(Debug)]
pub(crate) struct CueMarker {
    columns: Columns,
    found: Found,
}

impl CueMarker {
    /// Made once a note's terms have all but their marks.
    pub(crate) fn new(note: &Terms) -> Self {
        Self { columns: Columns::new(&CUES, note), found: Found::default() }
    }

    /// Looks for the cues of a scope in each of `parts`, which are in their order and do not overlap, and marks what
    /// they find.
    pub(crate) fn mark(&mut self, note: &mut Terms, scope: CueScope, parts: &[Range<usize>]) {
        let places = Places::new(parts, &self.columns);
        for cue in CUES.cues.iter().filter(|cue| cue.scope == scope) {
            for (number, pattern) in cue.patterns.of(&CUES.patterns).iter().enumerate() {
                self.found.find(pattern.of(&CUES.parts), &mut self.columns, &places, note);
                self.give(cue, number, note);
            }
        }
    }

    /// Gives the mark of a cue where a pattern of it was found.
    fn give(&mut self, cue: &'static CueRow, pattern: usize, note: &mut Terms) {
        for at in &self.found.marked {
            if let Some(term) = note.terms.get_mut(*at) {
                term.marks = term.marks.with(cue.gives);
                self.columns.mark(*at, cue.gives);
            }
        }
        let before = note.marked.len();
        note.marked.extend_from_slice(&self.found.marked);
        for (terms, marked) in self.found.ranges.drain(..) {
            let marked = before + marked.start..before + marked.end;
            note.cues.push(CueHit { cue, pattern, mark: cue.gives, terms, marked });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::cue_files::{self, CueEntry, CueFile};
    use crate::playbook::{Playbook, built_in_cues};
    use crate::reading::Layers;

    fn found(text: &str) -> Vec<&'static str> {
        let playbook = Playbook::built_in();
        let layers = Layers::of(
            text,
            crate::reading::ReadingContext { customer: Some("Contoso"), workload: None },
            playbook.workload("Teams"),
            &playbook,
        );
        layers.terms.cues.iter().map(CueHit::id).collect()
    }

    fn entries() -> Vec<CueEntry> {
        built_in_cues().into_iter().flat_map(|(_, file)| file.cues).collect()
    }

    #[test]
    fn the_tables_are_made_of_the_files() {
        assert!(cue_files::compile(&built_in_cues()).unwrap() == CUES);
    }

    #[test]
    fn the_stems_of_a_text_are_all_that_it_starts_with() {
        let stems: Vec<&str> = CUES.stems.iter().map(|stem| stem.of_text(&CUES.text)).collect();
        let texts = stems.iter().flat_map(|stem| {
            let cut = stem.char_indices().filter_map(|(at, _)| Some(stem.get(..at)?.to_owned()));
            cut.chain([(*stem).to_owned(), format!("{stem}ing"), format!("{stem}\u{e9}"), format!("\u{e9}{stem}")])
        });
        for text in texts.chain(["\0".to_owned(), "zzz".to_owned(), "a".to_owned()]) {
            let all: Vec<&str> = stems.iter().copied().filter(|stem| text.starts_with(stem)).collect();
            let found = CUES.stems_at_start_of(&text).map(|stem| stems[usize::from(stem)]);
            assert_eq!(found.collect::<Vec<_>>(), all, "{text}");
        }
    }

    #[test]
    fn every_cue_is_found_in_its_examples_and_only_there() {
        let mut wrong = Vec::new();
        for entry in entries() {
            assert!(!entry.yes.is_empty(), "{} has no example", entry.id);
            for text in entry.yes.iter().filter(|text| !found(text).contains(&entry.id.as_str())) {
                wrong.push(format!("{} is not found in: {text}", entry.id));
            }
            for text in entry.no.iter().filter(|text| found(text).contains(&entry.id.as_str())) {
                wrong.push(format!("{} is found in: {text}", entry.id));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn what_is_wrong_with_a_cue_is_said() {
        let file = |cue: &str| CueFile::parse(&format!("cues:\n  - {cue}\n")).unwrap();
        let told = |cue: &str| cue_files::compile(&[("file", file(cue))]).unwrap_err();
        let cue = |pattern: &str| format!("{{id: a, scope: clause, gives: attribute, yes: [b], match: \"{pattern}\"}}");
        assert!(told(&cue("<nothing>")).contains("file: a: `<nothing>`: there is no semantic class `nothing`"));
        assert!(told(&cue("%nothing")).contains("there is no set `nothing`"));
        assert!(told(&cue("a ..99 b")).contains("at most 16"));
        assert!(told(&cue("( a")).contains("without `)`"));
        assert!(told(&cue("Blocked")).contains("lower case"));
        assert!(told(&cue("..3")).contains("needs a term"));
        assert!(told("{id: a, scope: clause, gives: nothing, yes: [b], match: c}").contains("no mark `nothing`"));
    }
}
