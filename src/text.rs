//! Places in a text: byte spans inside, lines and columns at the edge.
//!
//! Everything inside the library speaks in byte offsets; [`SourceText::position`] is the one conversion to the
//! 1-based lines and columns that people and machine formats see.

use std::ops::Range;

/// A half-open range of bytes in the text of one file, 0-based.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ByteSpan {
    /// First byte.
    pub start: usize,
    /// One past the last byte; never before `start`.
    pub end: usize,
}

impl ByteSpan {
    /// A span from `start` to `end`; an end before the start gives an empty span at the start.
    #[must_use]
    pub fn new(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end.max(range.start) }
    }

    /// An empty span.
    #[must_use]
    pub fn at(offset: usize) -> Self {
        Self { start: offset, end: offset }
    }
}

/// A half-open range of bytes in the *decoded* text of one note, 0-based.
///
/// A note in a folded or quoted YAML scalar has other offsets than its file; [`crate::record`] maps between the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteSpan {
    /// First byte.
    pub start: usize,
    /// One past the last byte; never before `start`.
    pub end: usize,
}

impl NoteSpan {
    /// A span over `range`; an end before the start gives an empty span at the start.
    #[must_use]
    pub fn new(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end.max(range.start) }
    }

    /// The part of `note` that the span covers; empty when the span does not fit the text.
    #[must_use]
    pub fn of(self, note: &str) -> &str {
        note.get(self.start..self.end).unwrap_or_default()
    }
}

/// A place as people count it: both numbers from 1, the column in characters (Unicode scalar values).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1. Lines end at LF, CR LF or a lone CR.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// The text of one file with an index of its lines.
///
/// A byte order mark at the start belongs to the text and takes no column.
#[derive(Debug, Clone)]
pub struct SourceText {
    text: String,
    /// Byte offset of the start of each line; the first is 0.
    line_starts: Vec<usize>,
    /// How many characters start before each multiple of [`STRIDE`] bytes; empty for a text that is ASCII alone.
    characters: Vec<usize>,
}

/// Bytes between two places at which characters are counted in advance, so that a column costs the same at the end of
/// a line of megabytes as at its beginning.
const STRIDE: usize = 256;

impl SourceText {
    /// Indexes the lines of `text`.
    #[must_use]
    pub fn new(text: String) -> Self {
        let bytes = text.as_bytes();
        let mut line_starts = vec![0];
        for (offset, byte) in bytes.iter().enumerate() {
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => bytes.get(offset + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends_line {
                line_starts.push(offset + 1);
            }
        }
        let characters = if text.is_ascii() { Vec::new() } else { count_by_stride(bytes) };
        Self { text, line_starts, characters }
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The part of the text that `span` covers; empty when the span does not fit the text.
    #[must_use]
    pub fn slice(&self, span: ByteSpan) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// The bytes of a line, counted from 1, without its line ending; empty at the end for a line that is not there.
    #[must_use]
    pub fn line_span(&self, line: usize) -> ByteSpan {
        let start = line.checked_sub(1).and_then(|i| self.line_starts.get(i)).copied().unwrap_or(self.text.len());
        let end = self.line_starts.get(line).copied().unwrap_or(self.text.len());
        let content = self.text.get(start..end).unwrap_or_default().trim_end_matches(['\n', '\r']);
        ByteSpan::new(start..start + content.len())
    }

    /// How many lines there are; a final line ending starts one more, which is empty.
    #[must_use]
    pub fn line_count(&self) -> usize {
        self.line_starts.len()
    }

    /// The position of a byte offset. An offset past the end, or inside a character, counts as the nearest
    /// character boundary before it. Takes the same time wherever the offset stands.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let start = line.checked_sub(1).and_then(|i| self.line_starts.get(i)).copied().unwrap_or(0);
        let mark = usize::from(start == 0 && offset > 0 && self.text.starts_with('\u{feff}'));
        let column = self.characters_before(offset).saturating_sub(self.characters_before(start) + mark);
        Position { line, column: column + 1 }
    }

    /// How many characters start before a byte offset.
    fn characters_before(&self, offset: usize) -> usize {
        let Some(counted) = self.characters.get(offset / STRIDE) else { return offset };
        let rest = self.text.as_bytes().get(offset / STRIDE * STRIDE..offset).unwrap_or_default();
        counted + starts(rest)
    }
}

/// How many characters start before each multiple of [`STRIDE`] bytes, the end included.
fn count_by_stride(bytes: &[u8]) -> Vec<usize> {
    let mut count = 0;
    let before = std::iter::once(0);
    before
        .chain(bytes.chunks_exact(STRIDE).map(|chunk| {
            count += starts(chunk);
            count
        }))
        .collect()
}

/// How many characters of a UTF-8 text start in `bytes`: every byte starts one that does not go on with another.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn position(text: &str, offset: usize) -> (usize, usize) {
        let position = SourceText::new(text.to_owned()).position(offset);
        (position.line, position.column)
    }

    #[test]
    fn first_and_last_line() {
        assert_eq!(position("ab\ncd", 0), (1, 1));
        assert_eq!(position("ab\ncd", 3), (2, 1));
        assert_eq!(position("ab\ncd", 5), (2, 3));
        assert_eq!(position("", 0), (1, 1));
    }

    #[test]
    fn every_line_ending_counts_once() {
        assert_eq!(position("a\r\nb", 3), (2, 1));
        assert_eq!(position("a\rb", 2), (2, 1));
        assert_eq!(position("a\r\rb", 3), (3, 1));
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(position("é🙂x", 6), (1, 3));
        assert_eq!(position("é🙂x", 3), (1, 2), "inside a character: the boundary before it");
    }

    #[test]
    fn columns_are_right_far_into_a_line() {
        for part in ["a", "é", "漢", "🙂", "a🙂é"] {
            let text = format!("x\n{}", part.repeat(700));
            let source = SourceText::new(text.clone());
            for (count, (at, _)) in text.char_indices().skip(2).enumerate() {
                assert_eq!(source.position(at), Position { line: 2, column: count + 1 }, "{part} at {at}");
            }
            let all = text.chars().count() - 2;
            assert_eq!(source.position(text.len()), Position { line: 2, column: all + 1 }, "{part} at the end");
        }
    }

    #[test]
    fn byte_order_mark_takes_no_column() {
        assert_eq!(position("\u{feff}ab", 3), (1, 1));
        assert_eq!(position("\u{feff}ab", 4), (1, 2));
    }

    #[test]
    fn lines_come_without_their_endings() {
        let text = SourceText::new("ab\r\nc\n".to_owned());
        let line = |number| text.slice(text.line_span(number)).to_owned();
        assert_eq!([line(1), line(2), line(3), line(4), line(0)], ["ab", "c", "", "", ""]);
        assert_eq!(text.line_count(), 3);
    }

    #[test]
    fn past_the_end_is_the_end() {
        assert_eq!(position("ab", 99), (1, 3));
    }
}
