//! Parts of a note that do not belong in a status note.

use super::relevance::{OffTopicKind, Relevance};
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

/// Whole sentences that are off topic, and usage figures inside a sentence that else speaks of the status.
pub(crate) fn off_topic(
    terms: &Terms,
    clauses: &[Clause],
    parts: &[Relevance],
    contents: &[Relevance],
) -> Vec<OffTopic> {
    let sentences = contents
        .iter()
        .zip(&terms.sentences)
        .filter_map(|(content, range)| Some(OffTopic { kind: content.off_topic()?, span: terms.span(range.clone())? }));
    let figures = clauses.iter().zip(parts).filter_map(|(clause, part)| {
        let inside = contents.get(clause.sentence) == Some(&Relevance::Status);
        let usage = inside && *part == Relevance::OffTopic(OffTopicKind::Usage);
        usage
            .then(|| terms.span(clause.terms.clone()))
            .flatten()
            .map(|span| OffTopic { kind: OffTopicKind::Usage, span })
    });
    sentences.chain(figures).collect()
}
