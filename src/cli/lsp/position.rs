//! Places in a text as the protocol counts them: lines from 0, and in a line UTF-16 units, or bytes where the client
//! offers that.

use super::protocol::{Position, Range};
use crate::text::ByteSpan;

/// What the columns of a session count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
}

/// Bytes between two places at which units are counted in advance, so that a column costs the same at the end of a line
/// of megabytes as at its beginning.
const STRIDE: usize = 256;

/// A text with an index of its lines. Lines end at LF, CR LF or a lone CR, as in [`crate::text::SourceText`].
#[derive(Debug)]
pub(super) struct LineIndex<'t> {
    text: &'t str,
    encoding: Encoding,
    starts: Vec<usize>,
    /// How many UTF-16 units come before each multiple of [`STRIDE`] bytes; empty where a unit is a byte.
    units: Vec<usize>,
}

impl<'t> LineIndex<'t> {
    pub(super) fn new(text: &'t str, encoding: Encoding) -> Self {
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        let units = match encoding {
            Encoding::Utf16 if !text.is_ascii() => units_by_stride(bytes),
            Encoding::Utf16 | Encoding::Utf8 => Vec::new(),
        };
        Self { text, encoding, starts, units }
    }

    /// The position of a byte; one past the end, or inside a character, counts as the boundary before it.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let column = self.units_before(offset).saturating_sub(self.units_before(start));
        Position { line: clamped(line), character: clamped(column) }
    }

    pub(super) fn range(&self, span: ByteSpan) -> Range {
        Range { start: self.position(span.start), end: self.position(span.end) }
    }

    /// The byte at a position. A column past the end of its line is its end, a line past the last is the end of the text.
    pub(super) fn offset(&self, position: Position) -> usize {
        let Ok(line) = usize::try_from(position.line) else { return self.text.len() };
        let Some(start) = self.starts.get(line).copied() else { return self.text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        let content = self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r']);
        let wanted = usize::try_from(position.character).unwrap_or(usize::MAX);
        let within = match self.encoding {
            Encoding::Utf8 => content.floor_char_boundary(wanted),
            Encoding::Utf16 if self.units.is_empty() => wanted.min(content.len()),
            Encoding::Utf16 => byte_of_unit(content, wanted),
        };
        start + within
    }

    /// The bytes between two positions; an end before the start gives an empty span.
    pub(super) fn span(&self, range: Range) -> ByteSpan {
        ByteSpan::new(self.offset(range.start)..self.offset(range.end))
    }

    fn units_before(&self, offset: usize) -> usize {
        let Some(counted) = self.units.get(offset / STRIDE) else { return offset };
        let rest = self.text.as_bytes().get(offset / STRIDE * STRIDE..offset).unwrap_or_default();
        counted + units(rest)
    }
}

fn clamped(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn byte_of_unit(content: &str, wanted: usize) -> usize {
    let mut units = 0;
    for (at, character) in content.char_indices() {
        units += character.len_utf16();
        if units > wanted {
            return at;
        }
    }
    content.len()
}

fn units_by_stride(bytes: &[u8]) -> Vec<usize> {
    let mut count = 0;
    let chunks = bytes.chunks_exact(STRIDE).map(|chunk| {
        count += units(chunk);
        count
    });
    std::iter::once(0).chain(chunks).collect()
}

/// How many UTF-16 units start in `bytes`: one for each byte that starts a character, and another for a character of four.
fn units(bytes: &[u8]) -> usize {
    bytes.iter().map(|byte| usize::from(byte & 0xc0 != 0x80) + usize::from(*byte >= 0xf0)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(text: &str, offset: usize, encoding: Encoding) -> (u32, u32) {
        let Position { line, character } = LineIndex::new(text, encoding).position(offset);
        (line, character)
    }

    #[test]
    fn a_character_outside_the_first_plane_is_two_units() {
        let text = "é🙂x\nüy";
        assert_eq!(at(text, 6, Encoding::Utf16), (0, 3));
        assert_eq!(at(text, 6, Encoding::Utf8), (0, 6));
        assert_eq!(at(text, text.len(), Encoding::Utf16), (1, 2));
        assert_eq!(at(text, 4, Encoding::Utf16), (0, 1), "inside a character: before it");
    }

    #[test]
    fn every_line_ending_counts_once_and_a_byte_order_mark_is_a_unit() {
        assert_eq!(at("a\r\nb\rc\nd", 3, Encoding::Utf16), (1, 0));
        assert_eq!(at("a\r\nb\rc\nd", 5, Encoding::Utf16), (2, 0));
        assert_eq!(at("\u{feff}ab", 4, Encoding::Utf16), (0, 2));
    }

    #[test]
    fn what_lies_outside_is_the_nearest_place_inside() {
        let index = LineIndex::new("ab\r\n🙂\n", Encoding::Utf16);
        let offset = |line, character| index.offset(Position { line, character });
        assert_eq!((offset(0, 99), offset(1, 1), offset(1, 2), offset(9, 0)), (2, 4, 8, 9));
        assert_eq!(offset(u32::MAX, u32::MAX), 9);
        let back = Range { start: Position { line: 1, character: 0 }, end: Position { line: 0, character: 0 } };
        assert_eq!(index.span(back), ByteSpan::at(4));
    }

    proptest! {
        #[test]
        fn a_boundary_comes_back(text in "[a-zé漢🙂\r\n]{0,700}", at in 0usize..2500) {
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                let index = LineIndex::new(&text, encoding);
                let offset = text.floor_char_boundary(at);
                // Between a carriage return and its line feed, and after them, is one place.
                let line_end = text.get(..offset).unwrap().trim_end_matches(['\r', '\n']).len();
                let found = index.offset(index.position(offset));
                prop_assert!(found == offset || (line_end..=offset).contains(&found), "{found} for {offset}");
            }
        }
    }
}
