//! Where a decision comes from: the lists and the cues behind the terms that made it.

use super::{Quote, Source, names};
use crate::lexicon::SemanticClasses;
use crate::reading::mark::{Mark, Marks};

/// The lists and the marks that a decision looks at.
pub(super) struct Signs(pub(super) SemanticClasses, pub(super) &'static [Mark]);

impl Source<'_> {
    /// The terms of the note that have one of the signs, with the lists and cues behind them.
    pub(super) fn signs(&self, signs: &Signs) -> String {
        self.of_terms(0..self.analysis.terms.terms.len(), signs)
    }

    /// The same for a part of the note.
    pub(super) fn signs_within(&self, part: &Quote, signs: &Signs) -> String {
        let terms = &self.analysis.terms;
        let start = |at: usize| terms.normal.span(at, at).start;
        let first = terms.terms.partition_point(|term| start(term.range().start) < part.start);
        let end = terms.terms.partition_point(|term| start(term.range().start) < part.end);
        self.of_terms(first..end.max(first), signs)
    }

    fn of_terms(&self, range: std::ops::Range<usize>, signs: &Signs) -> String {
        let terms = &self.analysis.terms;
        let told = range.filter_map(|at| {
            let from = self.from(at, signs);
            let text = terms.terms.get(at).map(|term| terms.text(term)).unwrap_or_default();
            (!from.is_empty()).then(|| format!("{text} ({})", from.join("; ")))
        });
        let mut told: Vec<String> = told.collect();
        told.dedup();
        if told.is_empty() { "no list and no cue: see the file".to_owned() } else { told.join(", ") }
    }

    /// Which of the signs a term has: `list: adopt`, `cue: negation.yaml: lack-named`.
    pub(super) fn from(&self, at: usize, Signs(classes, marks): &Signs) -> Vec<String> {
        let Some(term) = self.analysis.terms.terms.get(at) else { return Vec::new() };
        let marks: Marks = marks.iter().copied().collect();
        let lists = names::lists(term.sense.classes.both(*classes));
        let lists = (!lists.is_empty()).then(|| format!("list: {}", lists.join(", ")));
        let hits = self.hits.get(at).into_iter().flatten().filter(|hit| marks.has(hit.mark));
        let mut cues: Vec<String> = hits.map(|hit| format!("cue: {}.yaml: {}", hit.file(), hit.id())).collect();
        cues.dedup();
        lists.into_iter().chain(cues).collect()
    }
}
