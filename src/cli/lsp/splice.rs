//! Pieces of text in the place of others, for one record, and never without proof: the text is read again, and has to say
//! what the old one said but for the change that was asked for.

use super::scalar;
use crate::emptiness::help;
use crate::engine::Engine;
use crate::record::{EntryStyle, Field, FieldName, FileReading, NoteRecord};
use crate::source::NotePath;
use crate::text::ByteSpan;

/// A piece of text and what it takes the place of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Splice {
    pub(super) at: ByteSpan,
    pub(super) text: String,
}

/// A change of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// Another status.
    Status(String),
    /// Another name of the key at a place, which is that of this field.
    Key(ByteSpan, FieldName),
    /// Another note.
    Note(String),
    /// A further entry of the refresh summary, or the first.
    Entry,
    /// A waiver of a rule, whose reason is still to be written.
    Waiver(&'static str),
}

/// A file to be changed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Desk<'a> {
    pub(super) engine: &'a Engine<'a>,
    pub(super) path: &'a NotePath,
    pub(super) file: &'a FileReading,
}

/// What a record says, apart from where it says so.
#[derive(Debug, PartialEq, Eq)]
struct Said<'r> {
    fields: [Option<&'r str>; 4],
    entries: Vec<[Option<&'r str>; 3]>,
    waivers: Vec<[Option<&'r str>; 2]>,
}

impl Desk<'_> {
    /// The splice that makes a change; nothing where it cannot be made, or not proved.
    pub(super) fn plan(&self, record: &NoteRecord, change: &Change) -> Option<Splice> {
        let splice = match change {
            Change::Status(name) => self.value(record, FieldName::Status, name),
            Change::Key(span, field) => self.scalar(record, *span, self.key(*field)),
            Change::Note(note) if record.note.is_missing() => {
                self.at_end(record, &format!("{}: {}", self.key(FieldName::Note), scalar::written(note)?))
            }
            Change::Note(note) => self.value(record, FieldName::Note, note),
            Change::Entry => self.entry(record),
            Change::Waiver(rule) => self.waiver(record, rule),
        }?;
        let splice = Splice { text: self.with_line_ends(&splice.text), ..splice };
        self.is_proved(record, change, &splice).then_some(splice)
    }

    fn text(&self) -> &str {
        self.file.text.as_str()
    }

    fn key(&self, field: FieldName) -> &str {
        self.engine.config.settings.fields.key(field)
    }

    fn with_line_ends(&self, text: &str) -> String {
        if self.text().contains("\r\n") { text.replace('\n', "\r\n") } else { text.to_owned() }
    }

    /// Another text in the place of a value.
    fn value(&self, record: &NoteRecord, field: FieldName, to: &str) -> Option<Splice> {
        let spans = record.spans_of(field);
        let span = spans.value.filter(|span| span.start >= record.span.start && span.end <= record.span.end)?;
        match self.file.text.slice(span) {
            // Nothing stands there: the value comes behind the colon, which the key ends right before.
            "" => {
                let colon = spans.key?.end + 1;
                let follows = self.text().get(spans.key?.end..colon)? == ":";
                follows.then(|| Some(Splice { at: ByteSpan::at(colon), text: format!(" {}", scalar::written(to)?) }))?
            }
            _ => self.scalar(record, span, to),
        }
    }

    /// Another text in the place of a scalar, in the same quotation marks.
    fn scalar(&self, record: &NoteRecord, at: ByteSpan, to: &str) -> Option<Splice> {
        let old = self.file.text.slice(at);
        let text = match old.chars().next()? {
            '*' | '&' | '!' | '{' | '[' => return None,
            '"' => format!("\"{}\"", to.replace('\\', "\\\\").replace('"', "\\\"")),
            '\'' => format!("'{}'", to.replace('\'', "''")),
            _ if record.entry_layout.style == EntryStyle::Json => return None,
            '|' | '>' => {
                let end = old.get(old.trim_end().len()..).unwrap_or_default();
                format!("{}{end}", scalar::written(to)?)
            }
            _ => scalar::written(to)?,
        };
        Some(Splice { at, text })
    }

    fn entry(&self, record: &NoteRecord) -> Option<Splice> {
        let first = record.refresh_summary.value().and_then(|entries| entries.first());
        if let Some(first) = first {
            let entry = self.engine.entry_for(record);
            return match record.entry_layout.style {
                EntryStyle::Block | EntryStyle::Flow => {
                    let line = self.line_start(first.span.start);
                    let before = self.text().get(line..first.span.start)?;
                    (before.trim() == "-").then(|| Splice { at: ByteSpan::at(line), text: format!("{entry}\n") })
                }
                EntryStyle::InBrackets | EntryStyle::Json => {
                    let list = record.refresh_summary.value_span()?;
                    let opens = self.file.text.slice(list).starts_with('[');
                    opens.then(|| Splice { at: ByteSpan::at(list.start + 1), text: format!("{entry}, ") })
                }
            };
        }
        let log = self.engine.log_for(record);
        match (&record.refresh_summary, record.entry_layout.style) {
            (Field::Missing, style) if style != EntryStyle::Json => self.at_end(record, log.trim_start()),
            (Field::Null(_) | Field::Value(_), EntryStyle::Block | EntryStyle::Flow) => {
                let key = record.refresh_summary.key_span()?;
                let line = self.line_end(key.end);
                let rest = self.text().get(key.end..line)?.trim().strip_prefix(':')?.trim();
                let is_empty = matches!(rest, "" | "~" | "null" | "[]");
                is_empty.then(|| Splice { at: ByteSpan::new(key.start..line), text: log.trim_start().to_owned() })
            }
            _ => None,
        }
    }

    fn waiver(&self, record: &NoteRecord, rule: &str) -> Option<Splice> {
        match (&record.waivers, record.waivers.value().and_then(|waivers| waivers.last())) {
            (Field::Missing, _) => {
                let indent = " ".repeat(record.entry_layout.keys);
                let key = self.key(FieldName::Waivers);
                self.at_end(record, &format!("{key}:\n{indent}  - rule: {rule}\n{indent}    reason: {}", help::WHY))
            }
            (Field::Value(list), Some(last)) if self.file.text.slice(list.span).starts_with('[') => {
                let text = format!(", {{rule: {rule}, reason: \"{}\"}}", help::WHY);
                Some(Splice { at: ByteSpan::at(last.span.end), text })
            }
            (Field::Value(_), Some(last)) => {
                let start = self.line_start(last.span.start);
                let before = self.text().get(start..last.span.start)?;
                let indent = before.trim_end().strip_suffix('-').filter(|indent| indent.trim().is_empty())?;
                let end = self.line_end(self.trimmed_end(last.span));
                let text = format!("\n{indent}- rule: {rule}\n{indent}  reason: {}", help::WHY);
                Some(Splice { at: ByteSpan::at(end), text })
            }
            _ => None,
        }
    }

    /// Lines behind the last one of a record.
    fn at_end(&self, record: &NoteRecord, block: &str) -> Option<Splice> {
        if record.entry_layout.style == EntryStyle::Json {
            return None;
        }
        let end = self.line_end(self.trimmed_end(record.span));
        let indent = " ".repeat(record.entry_layout.keys);
        Some(Splice { at: ByteSpan::at(end), text: format!("\n{indent}{block}") })
    }

    fn line_start(&self, offset: usize) -> usize {
        self.file.text.line_span(self.file.text.position(offset).line).start
    }

    fn line_end(&self, offset: usize) -> usize {
        self.file.text.line_span(self.file.text.position(offset).line).end
    }

    fn trimmed_end(&self, span: ByteSpan) -> usize {
        span.start + self.file.text.slice(span).trim_end().len()
    }

    /// Whether the file says, with the splice, what it said, but for the change.
    fn is_proved(&self, record: &NoteRecord, change: &Change, splice: &Splice) -> bool {
        let text = self.text();
        let (Some(before), Some(after)) = (text.get(..splice.at.start), text.get(splice.at.end..)) else {
            return false;
        };
        let new = self.engine.records_of(self.path, [before, &splice.text, after].concat().into_bytes());
        let (old, new_records) = (&self.file.records, &new.records);
        let is_whole = self.file.errors.len() == new.errors.len()
            && self.file.unexpected.len() == new.unexpected.len()
            && old.len() == new_records.len();
        is_whole
            && old.iter().zip(new_records).all(|(old, new)| {
                if old.index == record.index { is_changed(old, new, change) } else { said(old) == said(new) }
            })
    }
}

/// Whether `new` is `old` with the change and no other.
fn is_changed(old: &NoteRecord, new: &NoteRecord, change: &Change) -> bool {
    let (mut before, mut after) = (said(old), said(new));
    match change {
        Change::Status(name) => after.fields.get(2) == Some(&Some(name.as_str())) && forget(&mut before, &mut after, 2),
        Change::Note(note) => after.fields.get(3) == Some(&Some(note.as_str())) && forget(&mut before, &mut after, 3),
        Change::Key(_, field) => {
            new.spans_of(*field).key.is_some() && old.spans_of(*field).key.is_none() && {
                let at = [FieldName::Customer, FieldName::Workload, FieldName::Status, FieldName::Note]
                    .iter()
                    .position(|known| known == field);
                match (at, field) {
                    (Some(at), _) => forget(&mut before, &mut after, at),
                    (None, FieldName::RefreshSummary) => {
                        after.entries.clear();
                        before == after
                    }
                    (None, FieldName::Waivers) => {
                        after.waivers.clear();
                        before == after
                    }
                    (None, _) => before == after,
                }
            }
        }
        Change::Entry => {
            let is_added = after.entries.len() == before.entries.len() + 1;
            is_added && {
                after.entries.remove(0);
                before == after
            }
        }
        Change::Waiver(rule) => {
            let last = after.waivers.pop();
            last == Some([Some(*rule), Some(help::WHY)]) && before == after
        }
    }
}

/// Whether two records say the same but for the field `at`.
fn forget<'r>(before: &mut Said<'r>, after: &mut Said<'r>, at: usize) -> bool {
    for field in [before.fields.get_mut(at), after.fields.get_mut(at)].into_iter().flatten() {
        *field = None;
    }
    before == after
}

fn said(record: &NoteRecord) -> Said<'_> {
    fn text(field: &Field<String>) -> Option<&str> {
        field.value().map(String::as_str)
    }
    let entries = record.refresh_summary.value().into_iter().flatten();
    let waivers = record.waivers.value().into_iter().flatten();
    Said {
        fields: [&record.customer, &record.workload, &record.status, &record.note].map(text),
        entries: entries
            .map(|entry| {
                let date = entry.date.value().map(|date| date.written.as_str());
                [date, text(&entry.who_changed), text(&entry.what_changed)]
            })
            .collect(),
        waivers: waivers.map(|waiver| [text(&waiver.rule), text(&waiver.reason)]).collect(),
    }
}
