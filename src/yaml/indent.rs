//! The indentation of lines inside quotes and brackets, which the parser below does not check unless it also refuses
//! what hardly anybody writes otherwise.
//!
//! YAML asks that every line of a quoted text or of a bracketed list or mapping is indented with spaces by at least one
//! more than the block around it (YAML 1.2.2, rule 69, `s-flow-line-prefix`). A line that is not may well be the next
//! field, swallowed because a quote or a bracket was left open. Blank lines are free, and so are comments between
//! brackets. A line that begins with a closing bracket is accepted at the indentation of the block:
//!
//! ```yaml
//! branches: [
//!   main
//! ]
//! ```
//!
//! The letter of YAML refuses this, every parser in wide use accepts it, and it hides nothing.

use crate::text::ByteSpan;

/// What encloses the lines to check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Enclosure {
    /// `'…'` or `"…"`.
    Quotes,
    /// `[…]` or `{…}`.
    Brackets,
}

/// A line that is not indented far enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Outdent {
    /// Its first character after spaces.
    pub(super) span: ByteSpan,
    /// What that is.
    pub(super) cause: OutdentCause,
}

/// Why a line is not indented far enough.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum OutdentCause {
    /// A tab stands where spaces have to stand.
    Tab,
    /// There are too few spaces.
    TooFewSpaces,
}

/// The first line of `span` after its opening line that has fewer than `spaces` spaces before its text. Reads `span`
/// once.
pub(super) fn first_outdent(source: &str, span: ByteSpan, enclosure: Enclosure, spaces: usize) -> Option<Outdent> {
    if spaces == 0 {
        return None;
    }
    let mut lines = source.get(span.start..span.end)?.split_inclusive(['\n', '\r']);
    let mut offset = span.start + lines.next()?.len();
    for line in lines {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let at = offset + indent;
        offset += line.len();
        let text = line.trim_start_matches([' ', '\t']);
        let is_free = text.trim_end_matches(['\n', '\r']).is_empty()
            || enclosure == Enclosure::Brackets && text.starts_with(['#', ']', '}']);
        if indent >= spaces || is_free {
            continue;
        }
        let first = line.get(indent..).and_then(|rest| rest.chars().next());
        let cause = if first == Some('\t') { OutdentCause::Tab } else { OutdentCause::TooFewSpaces };
        return Some(Outdent { span: ByteSpan::new(at..at + first.map_or(0, char::len_utf8)), cause });
    }
    None
}
