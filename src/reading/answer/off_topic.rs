//! Parts of a note that do not belong in a status note.

use super::relevance::{Content, OffTopicKind};
use crate::reading::clause::Clause;
use crate::reading::term::Terms;
use crate::text::NoteSpan;

/// A sentence, or a part of one, that is not about the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OffTopic {
    /// What it is about instead.
    pub kind: OffTopicKind,
    /// Where.
    pub span: NoteSpan,
}

/// Whole sentences that are astray, and usage figures inside a sentence that else speaks of the status.
pub(crate) fn off_topic(terms: &Terms, clauses: &[Clause], parts: &[Content], contents: &[Content]) -> Vec<OffTopic> {
    let sentences = contents
        .iter()
        .zip(&terms.sentences)
        .filter_map(|(content, range)| Some(OffTopic { kind: content.stray()?, span: terms.span(range.clone())? }));
    let figures = clauses.iter().zip(parts).filter_map(|(clause, part)| {
        let inside = contents.get(clause.sentence) == Some(&Content::Status);
        let usage = inside && *part == Content::Astray(OffTopicKind::Usage);
        usage
            .then(|| terms.span(clause.terms.clone()))
            .flatten()
            .map(|span| OffTopic { kind: OffTopicKind::Usage, span })
    });
    sentences.chain(figures).collect()
}
