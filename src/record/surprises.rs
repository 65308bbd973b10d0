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

/// The comment on the line on which a plain value ends. A plain text ends at a blank before `#`.
fn comment_after(span: ByteSpan, text: &SourceText) -> Option<Located<String>> {
    let rest = text.as_str().get(span.end..)?;
    let line = rest.split(['\n', '\r']).next()?;
    let comment = line.trim_start_matches([' ', '\t']);
    let start = span.end + (line.len() - comment.len());
    let comment = comment.trim_end();
    (comment.starts_with('#') && start > span.end).then(|| Located {
        value: comment.to_owned(),
        key: None,
        span: ByteSpan::new(start..start + comment.len()),
    })
}
