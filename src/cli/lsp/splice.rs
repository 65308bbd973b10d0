//! The change of a file that an action stands for, as pieces of text in the place of others. The editing core makes and
//! proves every change but that of a waiver, which it does not know; that is proved here.

use crate::edit::{Edit, EditError, Edited, Editor, NewEntry, Original, RecordEdit, edit_of};
use crate::emptiness::help;
use crate::engine::Engine;
use crate::finding::{Fix, KeyGroup};
use crate::record::{EntryStyle, Field, FieldName, FileReading, NoteRecord};
use crate::source::NotePath;
use crate::text::ByteSpan;
use crate::writer::Writer;

/// A piece of text and what it takes the place of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Splice {
    pub(super) at: ByteSpan,
    pub(super) text: String,
}

/// A change of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// What the rule offers.
    Fix(Fix),
    /// Another status.
    Status(String),
    /// Another note.
    Note(String),
    /// A further entry of the refresh summary, or the first; what was changed is still to be written.
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

impl Desk<'_> {
    /// The splice that makes a change; nothing where it cannot be made, or not proved.
    pub(super) fn plan(&self, record: &NoteRecord, change: &Change) -> Option<Splice> {
        let value = |field| record.spans_of(field).value;
        let edit = match change {
            Change::Waiver(rule) => return self.waiver(record, rule),
            Change::Status(name) => Edit::SetScalar { value: value(FieldName::Status)?, to: name.clone() },
            Change::Note(note) => match value(FieldName::Note) {
                Some(value) => Edit::SetScalar { value, to: note.clone() },
                None => {
                    let after = (!record.status.is_missing()).then(|| self.key(FieldName::Status));
                    Edit::InsertKey { key: self.key(FieldName::Note), value: note.clone(), after }
                }
            },
            Change::Fix(fix) => edit_of(fix, Some(&self.entry()))?,
            Change::Entry => Edit::AddEntry(self.entry()),
        };
        self.made(|editor, original| editor.edit(original, &[RecordEdit { record: record.index, edit }]))
    }

    /// The splice that gives the keys of groups of fields their right names, so that they are read as records.
    pub(super) fn rename_keys(&self, groups: &[KeyGroup]) -> Option<Splice> {
        self.made(|editor, original| editor.rename_keys(original, groups))
    }

    /// What an edit makes of the file, where that can be proved.
    fn made(&self, edit: impl FnOnce(&Editor<'_>, &Original) -> Result<Edited, EditError>) -> Option<Splice> {
        let selection = self.engine.config.files.documents_of(self.path);
        let rules = self.engine.config.rules_of(self.path);
        let editor = self.engine.editor(&rules).for_drafts();
        let original = editor.open(self.text().as_bytes().to_vec(), selection).ok()?;
        let edited = edit(&editor, &original).ok()?;
        // The note may be the template already.
        (edited.text() != self.text()).then(|| difference(self.text(), edited.text()))
    }

    fn text(&self) -> &str {
        self.file.text.as_str()
    }

    fn key(&self, field: FieldName) -> String {
        self.engine.config.rules_of(self.path).settings.fields.key(field).to_owned()
    }

    /// An entry of today, in which what was changed is still to be written.
    fn entry(&self) -> NewEntry {
        NewEntry {
            date: self.engine.today.proposed(),
            who: self.engine.writer.and_then(Writer::name).unwrap_or(help::WHO).to_owned(),
            what: help::WHAT.to_owned(),
        }
    }

    /// A waiver of `rule` at the end of those of the record, or of the record.
    fn waiver(&self, record: &NoteRecord, rule: &'static str) -> Option<Splice> {
        let waivers = record.waivers.value();
        let text = match (&record.waivers, waivers.and_then(|waivers| waivers.last())) {
            (Field::Missing, _) if record.entry_layout.style != EntryStyle::Json => {
                let indent = " ".repeat(record.entry_layout.keys);
                let key = self.key(FieldName::Waivers);
                let text = format!("\n{indent}{key}:\n{indent}  - rule: {rule}\n{indent}    reason: {}", help::WHY);
                (self.line_end(record.span), text)
            }
            (Field::Value(list), Some(last)) if self.file.text.slice(list.span).starts_with('[') => {
                (last.span.end, format!(", {{rule: {rule}, reason: \"{}\"}}", help::WHY))
            }
            (Field::Value(_), Some(last)) => {
                let start = self.file.text.line_span(self.file.text.position(last.span.start).line).start;
                let before = self.text().get(start..last.span.start)?;
                let indent = before.trim_end().strip_suffix('-').filter(|indent| indent.trim().is_empty())?;
                let text = format!("\n{indent}- rule: {rule}\n{indent}  reason: {}", help::WHY);
                (self.line_end(last.span), text)
            }
            _ => return None,
        };
        let line_end = if self.text().contains("\r\n") { "\r\n" } else { "\n" };
        let splice = Splice { at: ByteSpan::at(text.0), text: text.1.replace('\n', line_end) };
        self.adds_a_waiver(record, rule, &splice).then_some(splice)
    }

    /// The end of the last line of a span that holds text.
    fn line_end(&self, span: ByteSpan) -> usize {
        let last = span.start + self.file.text.slice(span).trim_end().len();
        self.file.text.line_span(self.file.text.position(last).line).end
    }

    /// Whether the file says, with the splice, what it said, and one waiver more.
    fn adds_a_waiver(&self, record: &NoteRecord, rule: &str, splice: &Splice) -> bool {
        let (Some(before), Some(after)) = (self.text().get(..splice.at.start), self.text().get(splice.at.end..)) else {
            return false;
        };
        let new = self.engine.records_of(self.path, [before, &splice.text, after].concat().into_bytes());
        let old = self.file;
        let is_whole = old.errors.is_empty() && new.errors.is_empty() && old.unexpected.len() == new.unexpected.len();
        is_whole
            && old.records.len() == new.records.len()
            && old.records.iter().zip(&new.records).all(|(old, new)| {
                let (before, mut after) = (Said::of(old), Said::of(new));
                let is_own = old.index == record.index;
                let added = if is_own { after.waivers.pop() } else { None };
                before == after && (!is_own || added == Some([Some(rule), Some(help::WHY)]))
            })
    }
}

/// What a record says, apart from where it says so.
#[derive(Debug, PartialEq, Eq)]
struct Said<'r> {
    fields: [Option<&'r str>; 4],
    entries: Vec<[Option<&'r str>; 3]>,
    waivers: Vec<[Option<&'r str>; 2]>,
}

impl<'r> Said<'r> {
    fn of(record: &'r NoteRecord) -> Self {
        fn text(field: &Field<String>) -> Option<&str> {
            field.value().map(String::as_str)
        }
        let entries = record.refresh_summary.value().into_iter().flatten().map(|entry| {
            let date = entry.date.value().map(|date| date.written.as_str());
            [date, text(&entry.who_changed), text(&entry.what_changed)]
        });
        let waivers = record.waivers.value().into_iter().flatten();
        Self {
            fields: [&record.customer, &record.workload, &record.status, &record.note].map(text),
            entries: entries.collect(),
            waivers: waivers.map(|waiver| [text(&waiver.rule), text(&waiver.reason)]).collect(),
        }
    }
}

/// What turns `old` into `new`: all that lies between what they have in common at both ends.
fn difference(old: &str, new: &str) -> Splice {
    let common = old.bytes().zip(new.bytes()).take_while(|(old, new)| old == new).count();
    let start = old.floor_char_boundary(common).min(new.floor_char_boundary(common));
    let (old_rest, new_rest) = (old.get(start..).unwrap_or_default(), new.get(start..).unwrap_or_default());
    let common = old_rest.bytes().rev().zip(new_rest.bytes().rev()).take_while(|(old, new)| old == new).count();
    let mut end = common;
    while !(old_rest.is_char_boundary(old_rest.len() - end) && new_rest.is_char_boundary(new_rest.len() - end)) {
        end -= 1;
    }
    let text = new_rest.get(..new_rest.len() - end).unwrap_or_default().to_owned();
    Splice { at: ByteSpan::new(start..old.len() - end), text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_difference_is_the_part_between() {
        let found = |old, new| {
            let Splice { at, text } = difference(old, new);
            (at.start, at.end, text)
        };
        assert_eq!(found("a\nc\n", "a\nb\nc\n"), (2, 2, "b\n".to_owned()));
        assert_eq!(found("é", "è"), (0, 2, "è".to_owned()), "characters stay whole");
        assert_eq!(found("aa", "aaa"), (2, 2, "a".to_owned()));
        assert_eq!(found("a", "a"), (1, 1, String::new()));
    }

    proptest! {
        #[test]
        fn the_difference_makes_one_of_the_other(old in "[aé🙂\n]{0,12}", new in "[aé🙂\n]{0,12}") {
            let Splice { at, text } = difference(&old, &new);
            let mut made = old;
            made.replace_range(at.start..at.end, &text);
            prop_assert_eq!(made, new);
        }
    }
}
