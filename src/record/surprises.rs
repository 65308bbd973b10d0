//! What YAML silently takes from a note.

use super::{Located, Problem};
use crate::text::{ByteSpan, SourceText};
use crate::yaml::{AnchorUse, ScalarStyle, Value};

/// What YAML took from the note `value`, which stands in `text`.
pub(super) fn of_note(value: Value<'_>, text: &SourceText) -> Vec<Problem> {
    let value = value.target();
    // In quotes and after `|` or `>` nothing is taken, and tags and anchors there are meant.
    if value.scalar().is_none_or(|scalar| scalar.style != ScalarStyle::Plain) {
        return Vec::new();
    }
    let mut problems = Vec::new();
    if let Some(tag) = value.tag().filter(|tag| !tag.is_core()) {
        problems.push(Problem::TagEaten(tag.span));
    }
    if let Some(anchor) = value.anchor().filter(|anchor| anchor.uses == AnchorUse::Unreferred) {
        problems.push(Problem::AnchorEaten(anchor.span));
    }
    problems.extend(comment_after(value.span(), text).map(Problem::CutComment));
    problems
}

/// How much of a comment is kept, in characters: records that share a note share its comment, each with a copy.
const LONGEST_COMMENT: usize = 200;

/// The comment on the line on which a plain value ends. A plain text ends at a blank before `#`.
fn comment_after(span: ByteSpan, text: &SourceText) -> Option<Located<String>> {
    // Thousands of notes may stand on one line, so what follows is looked at only as far as it has to be.
    let rest = text.as_str().get(span.end..)?;
    let comment = rest.trim_start_matches([' ', '\t']);
    if !comment.starts_with('#') {
        return None;
    }
    let start = span.end + (rest.len() - comment.len());
    let comment = comment.split(['\n', '\r']).next()?.trim_end();
    (start > span.end).then(|| Located {
        value: comment.chars().take(LONGEST_COMMENT).collect(),
        key: None,
        span: ByteSpan::new(start..start + comment.len()),
    })
}
