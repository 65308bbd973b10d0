//! The change of a file that an action stands for, as a piece of text in the place of another. The editing core makes and
//! proves every change.

use crate::edit::{Edit, EditError, Edited, Editor, NewEntry, Original, RecordEdit, edit_of};
use crate::emptiness::help;
use crate::engine::Engine;
use crate::finding::{Fix, KeyGroup};
use crate::record::{FieldName, FileReading, NoteRecord};
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
            Change::Waiver(rule) => Edit::AddWaiver { rule: (*rule).to_owned(), reason: help::WHY.to_owned() },
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
