//! From places in terms of a record to bytes of the file, and to the lines shown to people.

use crate::finding::Place;
use crate::record::{Field, FieldName, NoteRecord};
use crate::report::model::{Excerpt, Mark, MarkKind};
use crate::text::{ByteSpan, SourceText};

/// The most lines that an excerpt shows.
const MOST_LINES: usize = 8;

/// The most bytes of a file that an excerpt shows.
const MOST_BYTES: usize = 4096;

/// The bytes of the file that a place means. What is not there stands for the first line of the record.
pub(super) fn locate(place: &Place, record: Option<&NoteRecord>, text: &SourceText) -> ByteSpan {
    let whole = || record.map_or(ByteSpan::at(0), |record| first_line(record.span, text));
    match (place, record) {
        (Place::Bytes(span), _) => *span,
        (Place::File, _) => ByteSpan::at(0),
        (Place::Note(span), Some(record)) => record.locate(*span),
        (Place::Value(field), Some(record)) => spans(record, *field).value.unwrap_or_else(whole),
        (Place::Key(field), Some(record)) => spans(record, *field).key.unwrap_or_else(whole),
        (Place::RefreshEntry(index), Some(record)) => {
            let entries = record.refresh_summary.value();
            let entry = entries.and_then(|entries| entries.get(*index)).map(|entry| entry.span);
            entry.or_else(|| record.refresh_summary.value_span()).unwrap_or_else(whole)
        }
        _ => whole(),
    }
}

struct FieldSpans {
    key: Option<ByteSpan>,
    value: Option<ByteSpan>,
}

fn spans(record: &NoteRecord, field: FieldName) -> FieldSpans {
    fn of<T>(field: &Field<T>) -> FieldSpans {
        FieldSpans { key: field.key_span(), value: field.value_span().or_else(|| field.key_span()) }
    }
    match field {
        FieldName::Customer => of(&record.customer),
        FieldName::Workload => of(&record.workload),
        FieldName::Status => of(&record.status),
        FieldName::Note => of(&record.note),
        FieldName::RefreshSummary => of(&record.refresh_summary),
        FieldName::Date => of(&record.date),
        FieldName::Waivers => of(&record.waivers),
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

/// The lines that hold the underlined parts; nothing when there is no text to show. The first part decides which
/// lines are shown when not all fit, and parts outside the lines shown are left out.
pub(super) fn excerpt(underlines: Vec<Underline>, text: &SourceText) -> Option<Excerpt> {
    let main = underlines.first()?.span;
    let start = underlines.iter().map(|part| part.span.start).min()?;
    let main_line = text.position(main.start).line;
    let first_line = text.position(start).line.max(main_line.saturating_sub(MOST_LINES / 2));
    let end = underlines.iter().map(|part| last_offset(part.span)).max()?;
    let last_line = text.position(end).line.min(first_line + MOST_LINES - 1);
    let from = text.line_span(first_line).start;
    let shown = window(ByteSpan::new(from..text.line_span(last_line).end), main, text);
    let content = text.slice(shown);
    if content.trim().is_empty() {
        return None;
    }
    let marks = underlines.into_iter().filter_map(|part| mark(part, shown, content)).collect();
    Some(Excerpt { first_line: text.position(shown.start).line, text: content.to_owned(), marks })
}

fn last_offset(span: ByteSpan) -> usize {
    span.end.saturating_sub(1).max(span.start)
}

/// `lines` when it is small enough, else the part of it around the start of `main`, on character boundaries.
fn window(lines: ByteSpan, main: ByteSpan, text: &SourceText) -> ByteSpan {
    if lines.end - lines.start <= MOST_BYTES {
        return lines;
    }
    let whole = text.as_str();
    let floor = |offset: usize| (0..=offset.min(whole.len())).rev().find(|at| whole.is_char_boundary(*at)).unwrap_or(0);
    let start = floor(main.start.saturating_sub(MOST_BYTES / 4)).max(lines.start);
    ByteSpan::new(start..floor(start + MOST_BYTES).min(lines.end))
}

/// The mark of a part in the lines shown, clamped to them; nothing when it lies outside.
fn mark(part: Underline, shown: ByteSpan, content: &str) -> Option<Mark> {
    if part.span.start > shown.end || part.span.end < shown.start {
        return None;
    }
    let start = part.span.start.clamp(shown.start, shown.end) - shown.start;
    let end = part.span.end.clamp(shown.start, shown.end) - shown.start;
    let end = start + content.get(start..end)?.trim_end().len();
    Some(Mark { range: start..end, kind: part.kind, label: part.label })
}
