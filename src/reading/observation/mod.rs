//! Observations: what a reading gives a reader that learns from labelled notes, each as a number with its place.
//!
//! An observation is a fact of one kind: a word, two words side by side, what a word means ([`words`]), what words are a
//! matter of ([`matters`]), what a clause says ([`claims`]), an answer of the reading ([`answers`]). Its number is a hash
//! of the kind and of what was seen ([`hash`]). Padding is left out, so that it cannot sway a learned reader. Nothing here
//! knows the record's status.

mod answers;
mod claims;
mod hash;
mod matters;
mod words;

use super::Analysis;
use super::clause::Clause;
use super::term::Terms;
use crate::text::NoteSpan;
use hash::Hash;
use matters::{Mixture, Part};
use std::ops::Range;

/// Something seen in a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Observation {
    /// A hash of the kind of the observation and of what was seen; the same on every machine.
    pub(crate) hash: u32,
    /// The term at which it was seen; `None` for what was seen of the note as a whole.
    pub(crate) term: Option<u32>,
    /// Whether what it is worth depends on the status of the record.
    pub(crate) by_status: ByStatus,
}

/// Whether an observation counts for itself, or also beside the status of the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ByStatus {
    /// It says the same under every status.
    Alike,
    /// It says something else under each.
    Apart,
}

/// How much of a note was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Extent {
    /// All of it but padding.
    #[default]
    Whole,
    /// Its beginning: it is longer than the notes that a reader can learn from.
    Beginning,
}

/// All that was seen in a note.
#[derive(Debug, Clone, Default)]
pub(crate) struct Observations {
    pub(crate) seen: Vec<Observation>,
    /// The places of the terms, in bytes of the note.
    pub(crate) places: Vec<NoteSpan>,
    /// How much of the note was looked at.
    pub(crate) extent: Extent,
}

/// No more terms of a note than these are looked at, padding not counted: few notes that anybody labelled are longer, and
/// a reader that learned from them cannot judge what follows.
const MOST_TERMS: usize = 60;

/// Everything that can be seen in a note.
pub(super) fn observations(analysis: &Analysis) -> Observations {
    let Analysis { reading, terms, clauses, propositions, .. } = analysis;
    let mut look = Look { terms, of: Observations::default() };
    look.of.seen.reserve(terms.terms.len() * 16);
    look.of.places = terms.terms.iter().map(|term| terms.normal.span(term.range().start, term.range().end)).collect();
    let (matters, reason) = (look.matters(), look.terms_of(reading.reason_span));
    let is_padding = covered(&clauses.padding, terms.terms.len());
    let is_told = |at: &usize| is_padding.get(*at) != Some(&true);
    let further = (0..terms.terms.len()).filter(is_told).nth(MOST_TERMS);
    let end = further.unwrap_or(terms.terms.len());
    look.of.extent = if further.is_some() { Extent::Beginning } else { Extent::Whole };
    for sentence in &terms.sentences {
        // Whether a sentence ends with a full stop is a habit of the writer.
        let words = sentence.clone().take_while(|at| *at < end).filter(is_told);
        look.words(words.filter(|at| !is_full_stop(terms, *at, sentence.end)), &matters, &reason);
    }
    let told = clauses.substantive.iter().flat_map(|clause| clause.terms.clone()).take_while(|at| *at < end);
    look.mixture(Part::Told, &Mixture::of(&matters, told));
    look.mixture(Part::Reason, &Mixture::of(&matters, reason.take_while(|at| *at < end)));
    look.claims(&clauses.substantive, propositions, end);
    look.marks(&is_padding, end);
    look.answers(reading);
    look.of
}

/// Whether the term at `at` is the full stop of a sentence that ends at `end`.
fn is_full_stop(terms: &Terms, at: usize, end: usize) -> bool {
    at + 1 == end && terms.terms.get(at).is_some_and(|term| terms.text(term) == ".")
}

/// Which of so many terms the clauses cover.
fn covered(clauses: &[Clause], terms: usize) -> Vec<bool> {
    let mut covered = vec![false; terms];
    for at in clauses.iter().flat_map(|clause| clause.terms.clone()) {
        if let Some(covered) = covered.get_mut(at) {
            *covered = true;
        }
    }
    covered
}

/// A look at a note, and what was seen so far.
struct Look<'a> {
    terms: &'a Terms,
    of: Observations,
}

impl Look<'_> {
    fn see(&mut self, hash: Hash, term: Option<u32>, by_status: ByStatus) {
        self.of.seen.push(Observation { hash: hash.done(), term, by_status });
    }

    /// The terms of a part of the note.
    fn terms_of(&self, part: Option<NoteSpan>) -> Range<usize> {
        let Some(part) = part else { return 0..0 };
        let start = self.of.places.partition_point(|place| place.start < part.start);
        let end = self.of.places.partition_point(|place| place.end <= part.end);
        start..end.max(start)
    }
}
