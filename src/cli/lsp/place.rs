//! What stands at a place of a file that can be read.

use crate::record::{Field, FieldName, NoteRecord};
use crate::text::ByteSpan;

/// What stands at a place of a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'r> {
    pub(super) record: &'r NoteRecord,
    pub(super) part: Part,
}

/// A part of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A key, as it is called without a configuration.
    Key(&'static str),
    /// The value of a field.
    Value(FieldName),
    /// Something else.
    Elsewhere,
}

/// What stands at the byte `offset`. A key of the customer around several records counts for the first of them.
pub(super) fn at(records: &[NoteRecord], offset: usize) -> Option<Place<'_>> {
    let found = records.iter().find_map(|record| part(record, offset).map(|part| Place { record, part }));
    found.or_else(|| {
        let record = records.iter().find(|record| holds(record.span, offset))?;
        Some(Place { record, part: Part::Elsewhere })
    })
}

fn part(record: &NoteRecord, offset: usize) -> Option<Part> {
    let is_at = |span: Option<ByteSpan>| span.is_some_and(|span| holds(span, offset));
    if let Some((key, _)) = keys(record).into_iter().find(|(_, span)| is_at(*span)) {
        return Some(Part::Key(key));
    }
    let field = FieldName::ALL.into_iter().find(|field| is_at(record.spans_of(*field).value))?;
    Some(Part::Value(field))
}

/// Every key of the record that has a meaning, with its place.
fn keys(record: &NoteRecord) -> Vec<(&'static str, Option<ByteSpan>)> {
    let mut keys: Vec<_> = FieldName::ALL.iter().map(|field| (field.key(), record.spans_of(*field).key)).collect();
    for entry in record.refresh_summary.value().into_iter().flatten() {
        keys.push(("date", entry.date.key_span()));
        keys.push(("who_changed", entry.who_changed.key_span()));
        keys.push(("what_changed", entry.what_changed.key_span()));
    }
    for waiver in record.waivers.value().into_iter().flatten() {
        keys.push(("rule", waiver.rule.key_span()));
        keys.push(("reason", waiver.reason.key_span()));
        keys.push(("until", waiver.until.key_span()));
    }
    keys
}

/// Whether a place lies in a span or right behind it, where the cursor stands after the last letter.
pub(super) fn holds(span: ByteSpan, offset: usize) -> bool {
    (span.start..=span.end).contains(&offset)
}

/// The text of a field, where it has one.
pub(super) fn text(field: &Field<String>) -> Option<&str> {
    field.value().map(String::as_str)
}
