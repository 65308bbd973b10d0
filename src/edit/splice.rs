//! Pieces of a text put in the place of others.

use crate::text::ByteSpan;

/// New text in the place of some bytes of the original; an empty span inserts, an empty text removes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Splice {
    pub(super) at: ByteSpan,
    pub(super) text: String,
}

impl Splice {
    pub(super) fn new(at: ByteSpan, text: impl Into<String>) -> Self {
        Self { at, text: text.into() }
    }

    pub(super) fn insert(at: usize, text: impl Into<String>) -> Self {
        Self::new(ByteSpan::at(at), text)
    }
}

/// `text` with all splices; nothing when two of them overlap or one does not fit the text. Splices at one place come in the
/// order given. Linear in both.
pub(super) fn apply(text: &str, splices: &[Splice]) -> Option<String> {
    let mut sorted: Vec<&Splice> = splices.iter().collect();
    sorted.sort_by_key(|splice| splice.at);
    let mut result = String::with_capacity(text.len() + sorted.iter().map(|splice| splice.text.len()).sum::<usize>());
    let mut end = 0;
    for splice in sorted {
        // Also nothing when the splice starts before `end`.
        result.push_str(text.get(end..splice.at.start)?);
        result.push_str(&splice.text);
        end = splice.at.end;
    }
    result.push_str(text.get(end..)?);
    Some(result)
}

/// Whether `after` is `before` but for what lies in `extents`, which are in order and apart.
pub(super) fn is_same_outside(before: &str, after: &str, splices: &[Splice], extents: &[ByteSpan]) -> bool {
    if !splices.iter().all(|splice| is_within(extents, splice.at)) {
        return false;
    }
    let (first, last) = match (extents.first(), extents.last()) {
        (Some(first), Some(last)) => (first.start, last.end),
        _ => return before == after,
    };
    let (Some(head), Some(tail)) = (before.get(..first), before.get(last..)) else { return false };
    after.len() >= head.len() + tail.len() && after.starts_with(head) && after.ends_with(tail)
}

/// Whether one of the `extents`, which are in order, holds `span`.
fn is_within(extents: &[ByteSpan], span: ByteSpan) -> bool {
    let upto = extents.partition_point(|extent| extent.start <= span.start);
    upto.checked_sub(1).and_then(|at| extents.get(at)).is_some_and(|extent| span.end <= extent.end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splices_are_applied_in_order_of_their_places() {
        let splices = [Splice::new(ByteSpan::new(2..3), "X"), Splice::insert(0, "a"), Splice::insert(0, "b")];
        assert_eq!(apply("012345", &splices).as_deref(), Some("ab01X345"));
        assert_eq!(apply("é", &[Splice::insert(1, "x")]), None);
        let overlapping = [Splice::new(ByteSpan::new(0..3), ""), Splice::new(ByteSpan::new(2..4), "")];
        assert_eq!(apply("012345", &overlapping), None);
        assert_eq!(apply("01", &[Splice::insert(3, "x")]), None);
    }

    #[test]
    fn a_splice_outside_is_seen() {
        let extents = [ByteSpan::new(2..4)];
        let same = |at| {
            is_same_outside(
                "012345",
                &apply("012345", &[Splice::insert(at, "x")]).unwrap(),
                &[Splice::insert(at, "x")],
                &extents,
            )
        };
        assert!(same(2) && same(4));
        assert!(!same(1) && !same(5));
        assert!(!is_same_outside("012345", "112345", &[], &extents));
    }
}
