//! From places in terms of a record to bytes of the file, and to the lines shown to people.

use crate::finding::Target;
use crate::record::{Field, FieldName, NoteRecord};
use crate::report::model::{Excerpt, Mark, MarkKind};
use crate::text::{ByteSpan, NoteSpan, SourceText};

/// The most bytes of a file that an excerpt shows.
const MOST_BYTES: usize = 4096;

/// Bytes of a line too long to be shown whole that an excerpt shows: more than any terminal is wide. Each finding is
/// drawn with its excerpt, so thousands of findings on one line draw this many bytes thousands of times.
const WINDOW: usize = 1024;

/// The most lines that are underlined in a part that goes over several.
const MOST_LINES: usize = 6;

/// The bytes of the file that a place means. What is not there stands for the first line of the record.
pub(super) fn locate(place: &Target, record: Option<&NoteRecord>, text: &SourceText) -> ByteSpan {
    let whole = || record.map_or(ByteSpan::at(0), |record| first_line(record.span, text));
    match (place, record) {
        (Target::Bytes(span), _) => *span,
        (Target::File, _) => ByteSpan::at(0),
        (Target::Note(span), Some(record)) => record.locate(*span),
        (Target::Value(FieldName::Note), Some(NoteRecord { note: Field::Value(note), .. }))
            if !note.value.is_empty() =>
        {
            record.map_or(note.span, |record| record.locate(NoteSpan::new(0..note.value.len())))
        }
        (Target::Value(field), Some(record)) => {
            let spans = record.spans_of(*field);
            spans.value.or(spans.key).unwrap_or_else(whole)
        }
        (Target::Key(field), Some(record)) => record.spans_of(*field).key.unwrap_or_else(whole),
        (Target::RefreshEntry(index), Some(record)) => {
            let entries = record.refresh_summary.value();
            let entry = entries.and_then(|entries| entries.get(*index)).map(|entry| entry.span);
            entry.or_else(|| record.refresh_summary.value_span()).unwrap_or_else(whole)
        }
        _ => whole(),
    }
}

/// The part of `span` on its first line that holds text.
pub(super) fn first_line(span: ByteSpan, text: &SourceText) -> ByteSpan {
    let line = text.line_span(text.position(span.start).line);
    ByteSpan::new(span.start..span.end.min(line.end))
}

/// A part of the file to underline.
pub(super) struct Underline {
    pub(super) span: ByteSpan,
    pub(super) kind: MarkKind,
    pub(super) label: Option<String>,
}

/// The lines that hold the underlined parts; nothing when there is no text to show. When they are too many, those of the
/// first part are shown, and parts outside the lines shown are left out.
pub(super) fn excerpt(underlines: Vec<Underline>, text: &SourceText) -> Option<Excerpt> {
    let main = underlines.first()?.span;
    let all = underlines
        .iter()
        .fold(main, |all, part| ByteSpan::new(all.start.min(part.span.start)..all.end.max(part.span.end)));
    let lines = whole_lines(all, text);
    let lines = if lines.end - lines.start <= MOST_BYTES { lines } else { whole_lines(main, text) };
    let shown = window(lines, main, text);
    let content = text.slice(shown);
    if content.trim().is_empty() {
        return None;
    }
    let marks = underlines.into_iter().flat_map(|part| marks(&part, shown, content)).collect();
    Some(Excerpt { first_line: text.position(shown.start).line, text: content.to_owned(), marks })
}

/// The lines that `span` touches, from the first byte of the first to the last byte of the last.
fn whole_lines(span: ByteSpan, text: &SourceText) -> ByteSpan {
    let last = span.end.saturating_sub(1).max(span.start);
    let start = text.line_span(text.position(span.start).line).start;
    ByteSpan::new(start..text.line_span(text.position(last).line).end)
}

/// `lines` when it is small enough, else the part of it around the start of `main`, on character boundaries.
fn window(lines: ByteSpan, main: ByteSpan, text: &SourceText) -> ByteSpan {
    if lines.end - lines.start <= MOST_BYTES {
        return lines;
    }
    let whole = text.as_str();
    let floor = |offset: usize| whole.floor_char_boundary(offset);
    let start = floor(main.start.saturating_sub(WINDOW / 4)).max(lines.start);
    ByteSpan::new(start..floor(start + WINDOW).min(lines.end))
}

/// The marks of a part, one for the text on each of its lines, clamped to what is shown. The label stands at the last.
fn marks(part: &Underline, shown: ByteSpan, content: &str) -> Vec<Mark> {
    if part.span.start > shown.end || part.span.end < shown.start {
        return Vec::new();
    }
    let start = part.span.start.clamp(shown.start, shown.end) - shown.start;
    let end = part.span.end.clamp(shown.start, shown.end) - shown.start;
    let Some(covered) = content.get(start..end) else { return Vec::new() };
    let mut offset = start;
    let mut ranges = Vec::new();
    for line in covered.split_inclusive(['\n', '\r']) {
        let text = line.trim();
        let indent = line.len() - line.trim_start().len();
        if !text.is_empty() {
            ranges.push(offset + indent..offset + indent + text.len());
        }
        offset += line.len();
    }
    if ranges.is_empty() {
        ranges.push(start..start);
    }
    ranges.truncate(MOST_LINES);
    let last = ranges.len() - 1;
    let label = |at| part.label.clone().filter(|_| at == last);
    ranges.into_iter().enumerate().map(|(at, range)| Mark { range, kind: part.kind, label: label(at) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn underline(span: std::ops::Range<usize>) -> Underline {
        Underline { span: ByteSpan::new(span), kind: MarkKind::Finding, label: Some("x".to_owned()) }
    }

    fn shown(text: &str, spans: &[(usize, usize)]) -> Option<Excerpt> {
        let underlines = spans.iter().map(|(start, end)| underline(*start..*end)).collect();
        excerpt(underlines, &SourceText::new(text.to_owned()))
    }

    #[test]
    fn only_the_lines_needed_are_shown() {
        let excerpt = shown("a: 1\nnote: bad\nz: 2\n", &[(11, 14)]).unwrap();
        assert_eq!((excerpt.first_line, excerpt.text.as_str()), (2, "note: bad"));
        assert_eq!(excerpt.marks.first().map(|mark| mark.range.clone()), Some(6..9));
    }

    #[test]
    fn each_line_of_a_folded_note_is_underlined_from_its_first_word() {
        let text = "note: >-\n  one two\n  three\n";
        let excerpt = shown(text, &[(11, 26)]).unwrap();
        assert_eq!(excerpt.first_line, 2);
        let marked: Vec<_> =
            excerpt.marks.iter().map(|m| (excerpt.text.get(m.range.clone()).unwrap(), m.label.is_some())).collect();
        assert_eq!(marked, [("one two", false), ("three", true)]);
    }

    #[test]
    fn a_very_long_line_is_shown_in_part() {
        let text = format!("note: {}é bad {}", "é".repeat(10_000), "x".repeat(10_000));
        let at = text.find("bad").unwrap();
        let excerpt = shown(&text, &[(at, at + 3)]).unwrap();
        assert!(excerpt.text.len() <= WINDOW);
        assert_eq!(excerpt.text.get(excerpt.marks[0].range.clone()), Some("bad"));
    }

    proptest! {
        #[test]
        fn marks_always_fit(text in any::<String>(), spans in prop::collection::vec((0usize..60, 0usize..60), 1..4)) {
            if let Some(excerpt) = shown(&text, &spans) {
                for mark in &excerpt.marks {
                    prop_assert!(excerpt.text.get(mark.range.clone()).is_some());
                }
            }
        }
    }
}
