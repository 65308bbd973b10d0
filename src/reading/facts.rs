//! Facts about a whole note that rules ask for and that no clause tells alone.

use super::lexicon::{SemanticClass, SemanticClasses};
use super::mark::Mark;
use super::term::{Term, Terms};
use super::token::Kind;
use crate::text::NoteSpan;

/// The first word or phrase of one of the classes.
pub(crate) fn first_of(terms: &Terms, classes: &[SemanticClass]) -> Option<NoteSpan> {
    let wanted = SemanticClasses::any(classes);
    let at = terms.terms.iter().position(|term| term.meets(wanted))?;
    terms.span(at..at + 1)
}

/// "Seven hundred desktops reimaged", "uploaded all 40": a figure, and a verb in the past that no list knows.
pub(crate) fn tells_deeds(terms: &Terms) -> bool {
    let figure = |term: &Term| term.kind == Kind::Number || term.has(SemanticClass::Count);
    let mut sentences = terms.sentences.iter().map(|range| terms.get(range.clone()));
    sentences.any(|s| s.iter().any(figure) && s.iter().any(|term| term.is(Mark::Deed)))
}
