//! From a part of a decoded scalar back to the bytes of the file.
//!
//! No parser tells where the k-th character of a folded or escaped scalar stands. The map is made by decoding the
//! source once more, line by line, and comparing each step with the text that the parser gave: when the two disagree
//! there is no map. So a place can be coarse, and is never wrong.

use crate::text::ByteSpan;
use crate::yaml::tree::{ScalarStyle, Value};
use std::ops::Range;

/// How the bytes of a decoded scalar lie in the file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScalarMap {
    /// In the order of the text, without gaps; the first begins at 0.
    pieces: Vec<Piece>,
    /// Bytes of the decoded text.
    text_len: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    /// Where the piece begins in the decoded text; it ends where the next one begins.
    text_start: usize,
    source: ByteSpan,
    fidelity: Fidelity,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fidelity {
    /// The same bytes in the text and in the file.
    Copy,
    /// An escape or a folded line break: it can only be named as a whole.
    Atom,
}

impl ScalarMap {
    /// The map of a text of `length` bytes that is a file by itself.
    #[must_use]
    pub fn whole(length: usize) -> Self {
        let piece = Piece { text_start: 0, source: ByteSpan::new(0..length), fidelity: Fidelity::Copy };
        Self { pieces: vec![piece], text_len: length }
    }

    /// The map of a scalar of the text `source`; none when it is no scalar or cannot be followed. For an alias it is
    /// the map of what it stands for, because that is where the words are.
    #[must_use]
    pub fn of(source: &str, value: Value<'_>) -> Option<Self> {
        let value = value.target();
        let scalar = value.scalar()?;
        let span = value.span();
        let aligner = Aligner { source, text: &scalar.text, at: 0, pieces: Vec::new() };
        match scalar.style {
            ScalarStyle::Plain => aligner.flow(span.start..span.end, ScalarStyle::Plain),
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                aligner.flow(span.start + 1..span.end.checked_sub(1)?, scalar.style)
            }
            ScalarStyle::Literal | ScalarStyle::Folded => aligner.block(span, scalar.style),
        }
    }

    /// The bytes of the file behind a part of the decoded text; none when the part does not lie in the text.
    #[must_use]
    pub fn locate(&self, part: Range<usize>) -> Option<ByteSpan> {
        if part.start > part.end || part.end > self.text_len {
            return None;
        }
        let start = self.start_of(part.start)?;
        if part.is_empty() {
            return Some(ByteSpan::at(start));
        }
        let piece = self.piece_at(part.end - 1)?;
        let end = match piece.fidelity {
            Fidelity::Copy => piece.source.start + (part.end - piece.text_start),
            Fidelity::Atom => piece.source.end,
        };
        Some(ByteSpan::new(start..end))
    }

    fn start_of(&self, offset: usize) -> Option<usize> {
        let piece = self.piece_at(offset)?;
        Some(match piece.fidelity {
            Fidelity::Copy => (piece.source.start + (offset - piece.text_start)).min(piece.source.end),
            Fidelity::Atom if offset == self.text_len => piece.source.end,
            Fidelity::Atom => piece.source.start,
        })
    }

    /// The piece that holds the byte at `offset`; the last one for the end of the text.
    fn piece_at(&self, offset: usize) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.text_start <= offset);
        self.pieces.get(after.checked_sub(1)?)
    }
}

/// Walks through source and decoded text side by side.
struct Aligner<'s> {
    source: &'s str,
    text: &'s str,
    /// How much of `text` has been found in the source.
    at: usize,
    pieces: Vec<Piece>,
}

impl<'s> Aligner<'s> {
    fn finish(self) -> Option<ScalarMap> {
        (self.at == self.text.len()).then_some(ScalarMap { pieces: self.pieces, text_len: self.text.len() })
    }

    fn rest(&self) -> &'s str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// The bytes of `range` stand in the text as they are.
    fn copy(&mut self, range: Range<usize>) -> Option<()> {
        if !self.rest().starts_with(self.source.get(range.clone())?) {
            return None;
        }
        self.push(range.len(), range, Fidelity::Copy);
        Some(())
    }

    /// The bytes of `range` stand for `decoded`.
    fn atom(&mut self, decoded: &str, range: Range<usize>) -> Option<()> {
        if !self.rest().starts_with(decoded) {
            return None;
        }
        self.push(decoded.len(), range, Fidelity::Atom);
        Some(())
    }

    fn push(&mut self, text_len: usize, source: Range<usize>, fidelity: Fidelity) {
        if text_len > 0 {
            self.pieces.push(Piece { text_start: self.at, source: ByteSpan::new(source), fidelity });
            self.at += text_len;
        }
    }

    /// The line breaks of `range` stand for `count` line feeds.
    fn line_feeds(&mut self, count: usize, range: Range<usize>) -> Option<()> {
        if !self.rest().bytes().take(count).eq(std::iter::repeat_n(b'\n', count)) {
            return None;
        }
        self.push(count, range, Fidelity::Atom);
        Some(())
    }

    /// Plain and quoted scalars: blanks around a line break vanish, one break is a space, n + 1 are n line feeds.
    fn flow(mut self, inner: Range<usize>, style: ScalarStyle) -> Option<ScalarMap> {
        let lines = lines(self.source, inner);
        let last = lines.len().checked_sub(1)?;
        let mut previous: Option<FlowLine> = None;
        let mut blank_lines = 0;
        for (number, line) in lines.into_iter().enumerate() {
            let line = self.flow_line(line, style, [number == 0, number == last])?;
            if number != 0 && number != last && line.content.is_empty() && !line.joins_next {
                blank_lines += 1;
                continue;
            }
            if let Some(before) = previous {
                let gap = before.content.end..line.content.start;
                match blank_lines {
                    0 if before.joins_next => {}
                    0 => self.atom(" ", gap)?,
                    count => self.line_feeds(count, gap)?,
                }
            }
            self.flow_content(line.content.clone(), style)?;
            blank_lines = 0;
            previous = Some(line);
        }
        self.finish()
    }

    /// The part of a line that counts. `[first, last]` tells whether blanks at its outer ends belong to the text.
    fn flow_line(&self, line: Range<usize>, style: ScalarStyle, [first, last]: [bool; 2]) -> Option<FlowLine> {
        let text = self.source.get(line.clone())?;
        let blank = [' ', '\t'];
        let lead = if first { 0 } else { text.len() - text.trim_start_matches(blank).len() };
        let start = line.start + lead;
        if last {
            return Some(FlowLine { content: start..line.end, joins_next: false });
        }
        let body = text.get(lead..)?;
        let trimmed = body.trim_end_matches(blank);
        let end = start + trimmed.len();
        let backslashes = trimmed.len() - trimmed.trim_end_matches('\\').len();
        if style != ScalarStyle::DoubleQuoted || backslashes % 2 == 0 {
            return Some(FlowLine { content: start..end, joins_next: false });
        }
        Some(if trimmed.len() == body.len() {
            FlowLine { content: start..end - 1, joins_next: true }
        } else {
            FlowLine { content: start..end + 1, joins_next: false }
        })
    }

    fn flow_content(&mut self, content: Range<usize>, style: ScalarStyle) -> Option<()> {
        let (stop, escape): (char, Unescape) = match style {
            ScalarStyle::SingleQuoted => ('\'', |_| Some(('\'', 2))),
            ScalarStyle::DoubleQuoted => ('\\', unescape),
            _ => return self.copy(content),
        };
        let mut at = content.start;
        loop {
            let rest = self.source.get(at..content.end)?;
            let Some(next) = rest.find(stop) else {
                return self.copy(at..content.end);
            };
            self.copy(at..at + next)?;
            at += next;
            let (decoded, len) = escape(self.source.get(at..content.end)?)?;
            self.atom(decoded.encode_utf8(&mut [0; 4]), at..at + len)?;
            at += len;
        }
    }

    /// Literal and folded scalars: the indentation vanishes from each line; in a folded one single breaks are spaces.
    fn block(mut self, span: ByteSpan, style: ScalarStyle) -> Option<ScalarMap> {
        let all = lines(self.source, span.start..span.end);
        let body = all.get(1..)?;
        let indent = self.indent(body)?;
        let mut previous: Option<usize> = None;
        let mut blank_lines = 0;
        for line in body {
            let text = self.source.get(line.clone())?;
            let spaces = text.len() - text.trim_start_matches(' ').len();
            if spaces == text.len() && spaces <= indent {
                blank_lines += 1;
                continue;
            }
            if spaces < indent {
                return None;
            }
            let content = line.start + indent..line.end;
            let gap = previous.unwrap_or(line.start)..content.start;
            let breaks = blank_lines + usize::from(previous.is_some());
            let feeds = self.rest().bytes().take_while(|byte| *byte == b'\n').count();
            match style {
                ScalarStyle::Literal => self.line_feeds(breaks, gap)?,
                _ if feeds == 0 && breaks > 0 => self.atom(" ", gap)?,
                _ if feeds <= breaks => self.line_feeds(feeds, gap)?,
                _ => return None,
            }
            self.copy(content.clone())?;
            previous = Some(content.end);
            blank_lines = 0;
        }
        let tail = self.rest();
        if !tail.bytes().all(|byte| matches!(byte, b'\n' | b' ' | b'\t')) {
            return None;
        }
        self.push(tail.len(), span.end..span.end, Fidelity::Atom);
        self.finish()
    }

    /// How many spaces the parser took from each line: what the first line with a word has more in the file than in
    /// the decoded text.
    fn indent(&self, body: &[Range<usize>]) -> Option<usize> {
        let spaces = |line: &str| line.len() - line.trim_start_matches(' ').len();
        let has_words = |line: &&str| !line.trim_start_matches(' ').is_empty();
        let written = body.iter().filter_map(|line| self.source.get(line.clone())).find(has_words);
        let decoded = self.text.split('\n').find(has_words);
        match (written, decoded) {
            (Some(written), Some(decoded)) => spaces(written).checked_sub(spaces(decoded)),
            (None, None) => Some(0),
            _ => None,
        }
    }
}

/// What the escape at the start of a text stands for, and how many bytes it takes.
type Unescape = fn(&str) -> Option<(char, usize)>;

struct FlowLine {
    content: Range<usize>,
    /// Whether its break is escaped, so that the next line follows without a space.
    joins_next: bool,
}

/// The lines of a part of `source`, without their breaks; at least one.
fn lines(source: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let bytes = source.as_bytes();
    let mut lines = Vec::new();
    let mut start = part.start;
    let mut at = part.start;
    while at < part.end {
        let width = match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) if at + 1 < part.end => 2,
            (Some(b'\r' | b'\n'), _) => 1,
            _ => 0,
        };
        if width == 0 {
            at += 1;
        } else {
            lines.push(start..at);
            at += width;
            start = at;
        }
    }
    lines.push(start..part.end.max(start));
    lines
}

/// The character that the escape at the start of `text` stands for, and how many bytes the escape takes.
fn unescape(text: &str) -> Option<(char, usize)> {
    let simple = |c| Some((c, 2));
    match text.as_bytes().get(1)? {
        b'0' => simple('\0'),
        b'a' => simple('\x07'),
        b'b' => simple('\x08'),
        b't' | b'\t' => simple('\t'),
        b'n' => simple('\n'),
        b'v' => simple('\x0b'),
        b'f' => simple('\x0c'),
        b'r' => simple('\r'),
        b'e' => simple('\x1b'),
        b' ' => simple(' '),
        b'"' => simple('"'),
        b'/' => simple('/'),
        b'\\' => simple('\\'),
        b'N' => simple('\u{85}'),
        b'_' => simple('\u{a0}'),
        b'L' => simple('\u{2028}'),
        b'P' => simple('\u{2029}'),
        b'x' => Some((char::from_u32(hex(text, 2..4)?)?, 4)),
        b'u' => match hex(text, 2..6)? {
            high @ 0xd800..=0xdbff if text.get(6..8) == Some("\\u") => {
                let low = hex(text, 8..12)?.checked_sub(0xdc00)?;
                Some((char::from_u32(0x10000 + ((high - 0xd800) << 10) + low)?, 12))
            }
            code => Some((char::from_u32(code)?, 6)),
        },
        b'U' => Some((char::from_u32(hex(text, 2..10)?)?, 10)),
        _ => None,
    }
}

fn hex(text: &str, digits: Range<usize>) -> Option<u32> {
    u32::from_str_radix(text.get(digits)?, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;
    use crate::yaml::{Limits, parse};

    /// For each word of the note: the line and the column of its first character.
    fn places(source: &str, words: &[&str]) -> Vec<(usize, usize)> {
        let text = SourceText::new(source.to_owned());
        let parsed = parse(&text, &Limits::default());
        assert_eq!(parsed.errors, [], "{source}");
        let note = parsed.documents[0].root().get("note").unwrap().value;
        let map = ScalarMap::of(source, note).unwrap_or_else(|| panic!("no map for {source:?}"));
        let decoded = &note.scalar().unwrap().text;
        words
            .iter()
            .map(|word| {
                let start = decoded.find(word).unwrap_or_else(|| panic!("{word:?} is not in {decoded:?}"));
                let span = map.locate(start..start + word.len()).unwrap();
                let position = text.position(span.start);
                (position.line, position.column)
            })
            .collect()
    }

    fn slice(source: &str, word: &str) -> String {
        let text = SourceText::new(source.to_owned());
        let parsed = parse(&text, &Limits::default());
        let note = parsed.documents[0].root().get("note").unwrap().value;
        let start = note.scalar().unwrap().text.find(word).unwrap();
        let span = ScalarMap::of(source, note).unwrap().locate(start..start + word.len()).unwrap();
        text.slice(span).to_owned()
    }

    #[test]
    fn plain_on_one_line_and_over_several() {
        assert_eq!(places("note: no Teams until 2028\n", &["no", "2028"]), [(1, 7), (1, 22)]);
        assert_eq!(
            places("a: b\nnote: one two\n  three\n\n  four\n", &["two", "three", "four"]),
            [(2, 11), (3, 3), (5, 3)]
        );
    }

    #[test]
    fn single_quotes() {
        assert_eq!(places("note: 'it''s late'\n", &["it", "'", "late"]), [(1, 8), (1, 10), (1, 14)]);
        assert_eq!(slice("note: 'it''s late'\n", "'s"), "''s");
        assert_eq!(places("note: 'one  \n   two\n\n  three'\n", &["one", "two", "three"]), [(1, 8), (2, 4), (4, 3)]);
    }

    #[test]
    fn double_quotes_with_escapes() {
        let source = "note: \"caf\\u00e9 \\U0001F600 \\\"x\\\" \\t end\"\n";
        assert_eq!(places(source, &["caf", "é", "😀", "\"x", "end"]), [(1, 8), (1, 11), (1, 18), (1, 29), (1, 38)]);
        assert_eq!(slice(source, "é"), "\\u00e9");
        assert_eq!(slice(source, "caf\u{e9} "), "caf\\u00e9 ");
    }

    #[test]
    fn a_surrogate_pair_is_one_character() {
        assert_eq!(slice("note: \"a \\uD83D\\uDE00 b\"\n", "😀"), "\\uD83D\\uDE00");
    }

    #[test]
    fn double_quotes_over_lines_with_an_escaped_break() {
        let source = "note: \"one \\\n   two\\\n   three\\ \n   four\n\n   five\"\n";
        assert_eq!(places(source, &["one", "two", "three", "four", "five"]), [(1, 8), (2, 4), (3, 4), (4, 4), (6, 4)]);
    }

    #[test]
    fn literal() {
        assert_eq!(
            places("note: |\n  one\n    two\n\n  three\nx: y\n", &["one", "  two", "three"]),
            [(2, 3), (3, 3), (5, 3)]
        );
        assert_eq!(places("note: |2+\n    one\n  two\n\n\n", &["  one", "two"]), [(2, 3), (3, 3)]);
    }

    #[test]
    fn folded_with_every_chomping_indicator() {
        for header in [">", ">-", ">+", ">2", "> # why", ">- # a | b"] {
            let source = format!("note: {header}\n  one two\n  three\n\n  four\n     five\n  six\n\nx: y\n");
            let expected = [(2, 7), (3, 3), (5, 3), (6, 6), (7, 3)];
            assert_eq!(places(&source, &["two", "three", "four", "five", "six"]), expected, "{header}");
        }
    }

    #[test]
    fn a_fold_is_named_as_the_line_break_and_the_indentation() {
        assert_eq!(slice("note: >-\n  one\n  two\n", " "), "\n  ");
        assert_eq!(slice("note: >-\n  one\n  two\n", "one two"), "one\n  two");
    }

    #[test]
    fn carriage_returns_multibyte_text_a_mark_and_no_final_line_break() {
        let source = "\u{feff}a: é\r\nnote: >-\r\n  für 🙂 Müller\r\n  und Söhne";
        assert_eq!(places(source, &["für", "Müller", "Söhne"]), [(3, 3), (3, 9), (4, 7)]);
        assert_eq!(places("\u{feff}note: x y", &["x", "y"]), [(1, 7), (1, 9)]);
        assert_eq!(places("note: \"é\r\n  b\"", &["é", "b"]), [(1, 8), (2, 3)]);
    }

    #[test]
    fn in_a_list_and_in_brackets() {
        let text = SourceText::new("- {note: 'a b', x: [c\n   d]}\n".to_owned());
        let parsed = parse(&text, &Limits::default());
        let record = parsed.documents[0].root().items().unwrap().next().unwrap();
        let item = record.get("x").unwrap().value.items().unwrap().next().unwrap();
        assert_eq!(item.scalar().unwrap().text, "c d");
        let place = ScalarMap::of(text.as_str(), item).unwrap().locate(2..3).unwrap();
        assert_eq!(text.slice(place), "d");
        assert_eq!(text.position(place.start).line, 2);
    }

    #[test]
    fn an_alias_is_located_in_the_text_that_it_stands_for() {
        let source = "base: &why >-\n  one\n  two\nnote: *why\n";
        assert_eq!(places(source, &["two"]), [(3, 3)]);
    }

    #[test]
    fn the_end_and_what_lies_outside() {
        let source = "note: ab\n";
        let text = SourceText::new(source.to_owned());
        let parsed = parse(&text, &Limits::default());
        let map = ScalarMap::of(source, parsed.documents[0].root().get("note").unwrap().value).unwrap();
        assert_eq!(map.locate(2..2), Some(ByteSpan::at(8)));
        assert_eq!(map.locate(0..3), None);
        assert_eq!(ScalarMap::default().locate(0..1), None);
    }
}
