//! Edits of records in their files: pieces of text put in the place of others, and nothing written that is not proved.
//!
//! An [`Edit`] is planned from the places that the parser gives. Before anybody sees the new text, it is read again with
//! the project's own reader, and has to say exactly what the old one said but for the change that was asked for; every
//! byte outside the records that were edited is the same, and none of them is judged worse than before. So line endings,
//! the last newline, a byte order mark, comments, quotes and indentation stay as they are.
//!
//! Refused, with the place and the reason ([`EditError`]): records with anchors, aliases, tags or tabs, files that cannot
//! be read in full (a key given twice, broken YAML, not UTF-8), fields that a record inherits, and whatever is written in
//! a way that nobody thought of.
//!
//! [`replace`] and [`create`] put a new text on disk: whole or not at all, and never in the place of a link or of a file
//! that changed in the meantime.

mod addition;
mod block;
mod entry;
mod error;
mod fields;
mod file;
mod order;
mod proof;
mod scalar;
mod splice;
mod target;
mod tree;

pub use error::{EditError, EditErrorKind};
pub use file::{WriteError, WriteErrorKind, create, replace};

use crate::grade::FailOn;
use crate::record::{self, Field, FileReading, NoteRecord, Selection};
use crate::rules::CheckContext;
use crate::text::{ByteSpan, NoteSpan, SourceText};
use crate::yaml::{self, Limits};
use entry::Model;
use jiff::civil::Date;
use splice::Splice;
use target::Target;
use tree::{Change, Documents};

/// One change of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Edit {
    /// Adds an entry to the refresh summary: on top, unless the file has newer entries or runs from the oldest to the
    /// newest. Makes the refresh summary where there is none.
    AddEntry(NewEntry),
    /// Calls the key at this place otherwise.
    RenameKey {
        /// The key, quotes included.
        key: ByteSpan,
        /// Its new name.
        to: String,
    },
    /// Replaces the text of a scalar.
    SetScalar {
        /// The value, quotes included.
        value: ByteSpan,
        /// The new text.
        to: String,
    },
    /// Replaces characters inside a scalar.
    ReplaceText {
        /// The value, quotes included.
        value: ByteSpan,
        /// What to replace, in order and apart.
        parts: Vec<TextPart>,
    },
    /// Adds a key with a text.
    InsertKey {
        /// The key.
        key: String,
        /// The text.
        value: String,
        /// The key after which it is put; the end of the record where there is none of that name.
        after: Option<String>,
    },
    /// Puts the entries of the refresh summary in order, the newest first.
    NewestFirst,
}

/// A new entry of a refresh summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEntry {
    /// When.
    pub date: Date,
    /// Who changed the record.
    pub who: String,
    /// What was changed.
    pub what: String,
}

/// A part of a decoded text, and what is to stand there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextPart {
    /// The part.
    pub at: NoteSpan,
    /// The new characters; empty to remove the part.
    pub with: String,
}

/// A change of one record of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordEdit {
    /// Which record of the file, by [`NoteRecord::index`].
    pub record: usize,
    /// What to change.
    pub edit: Edit,
}

/// A record to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRecord {
    /// Its keys, as the configuration calls them, with their texts, in the order in which they are written.
    pub fields: Vec<(String, String)>,
    /// The first entry of its refresh summary, which is written last.
    pub entry: Option<NewEntry>,
}

/// Edits files of one run.
#[derive(Debug, Clone)]
pub struct Editor<'a> {
    checks: CheckContext<'a>,
    limits: Limits,
    fail_on: FailOn,
}

/// A file before an edit. It can be read in full.
#[derive(Debug, Clone)]
pub struct Original {
    reading: FileReading,
    selection: Selection,
}

/// A file after an edit, proved and not yet written.
#[derive(Debug, Clone)]
pub struct Edited {
    reading: FileReading,
    selection: Selection,
    /// The record that was added, by its index.
    added: Option<usize>,
}

/// What an edit comes to.
#[derive(Debug, Clone)]
struct Planned {
    splices: Vec<Splice>,
    change: Change,
}

impl Original {
    /// The records of the file and its text.
    #[must_use]
    pub fn reading(&self) -> &FileReading {
        &self.reading
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> &SourceText {
        &self.reading.text
    }

    /// The bytes of the file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.reading.text.as_str().as_bytes()
    }
}

impl Edited {
    /// The records of the file after the edit.
    #[must_use]
    pub fn reading(&self) -> &FileReading {
        &self.reading
    }

    /// The text of the file after the edit.
    #[must_use]
    pub fn text(&self) -> &str {
        self.reading.text.as_str()
    }

    /// The record that was added, where one was.
    #[must_use]
    pub fn added(&self) -> Option<&NoteRecord> {
        self.reading.records.iter().find(|record| Some(record.index) == self.added)
    }

    /// The file as the start of a further edit.
    #[must_use]
    pub fn into_original(self) -> Original {
        Original { reading: self.reading, selection: self.selection }
    }
}

impl<'a> Editor<'a> {
    /// An editor that proves its edits by these rules.
    pub(crate) fn new(checks: CheckContext<'a>, limits: Limits, fail_on: FailOn) -> Self {
        Self { checks, limits, fail_on }
    }

    /// A file that is to be edited. `selection` says which of its documents have to be records
    /// ([`crate::source::FileSelection::documents_of`]).
    ///
    /// # Errors
    /// When the file cannot be read in full.
    pub fn open(&self, bytes: Vec<u8>, selection: Selection) -> Result<Original, EditError> {
        let reading = self.read(bytes, selection);
        match reading.errors.first() {
            None => Ok(Original { reading, selection }),
            Some(error) => {
                let kind = EditErrorKind::Unreadable(error.message());
                Err(EditError::at(kind, error.span, &reading.text))
            }
        }
    }

    /// The file with all `edits`.
    ///
    /// # Errors
    /// When one of them cannot be made, or the result is not exactly what they ask for.
    pub fn edit(&self, original: &Original, edits: &[RecordEdit]) -> Result<Edited, EditError> {
        let text = original.text();
        let parsed = yaml::parse(text, &self.limits);
        let mut touched: Vec<usize> = edits.iter().map(|edit| edit.record).collect();
        touched.sort_unstable();
        touched.dedup();
        let record = |index: &usize| original.reading.records.get(*index);
        let records: Option<Vec<&NoteRecord>> = touched.iter().map(record).collect();
        let records = records.ok_or_else(|| EditError::new(EditErrorKind::Layout("the record")))?;
        let targets = Target::find(text, &parsed.documents, &records)?;
        let needs_model = edits.iter().any(|edit| matches!(edit.edit, Edit::AddEntry(_)));
        let model = if needs_model { self.model(original, &parsed.documents) } else { None };
        let mut expected = self.documents(&parsed.documents)?;
        let mut splices = Vec::new();
        for edit in edits {
            let place = touched.binary_search(&edit.record).ok();
            let target = place.and_then(|place| targets.get(place));
            let target = target.ok_or_else(|| EditError::new(EditErrorKind::Layout("the record")))?;
            let planned = self.plan(target, &edit.edit, model.as_ref())?;
            splices.extend(planned.splices);
            let layout = || target.error(EditErrorKind::Layout("the record"), target.record.span);
            expected = expected.after(&planned.change).ok_or_else(layout)?;
        }
        let renames = edits.iter().any(|edit| matches!(edit.edit, Edit::RenameKey { .. }));
        let mut extents: Vec<ByteSpan> = targets.iter().map(|target| target.extent).collect();
        extents.sort_unstable();
        let reading =
            self.prove(original, &proof::Claim { splices: &splices, expected: &expected, extents: &extents })?;
        self.prove_not_worse(original, &reading, &touched, renames)?;
        Ok(Edited { reading, selection: original.selection, added: None })
    }

    fn plan(&self, target: &Target<'_>, edit: &Edit, model: Option<&Model>) -> Result<Planned, EditError> {
        match edit {
            Edit::AddEntry(entry) => entry::add_entry(target, entry, model, self.names()),
            Edit::RenameKey { key, to } => fields::rename_key(target, *key, to),
            Edit::SetScalar { value, to } => fields::set_scalar(target, *value, to),
            Edit::ReplaceText { value, parts } => fields::replace_text(target, *value, parts),
            Edit::InsertKey { key, value, after } => fields::insert_key(target, key, value, after.as_deref()),
            Edit::NewestFirst => order::newest_first(target),
        }
    }

    /// How the first record of the file that has an entry writes it.
    fn model(&self, original: &Original, documents: &[yaml::Document<'_>]) -> Option<Model> {
        let has_entry = |record: &&NoteRecord| match &record.refresh_summary {
            Field::Value(entries) => !entries.value.is_empty(),
            _ => false,
        };
        // A few are enough: one that cannot be edited may still be among the first.
        let candidates = original.reading.records.iter().filter(has_entry).take(3);
        let models = candidates.filter_map(|record| {
            let targets = Target::find(original.text(), documents, &[record]).ok()?;
            Model::of(targets.first()?, self.names())
        });
        models.into_iter().next()
    }

    fn documents(&self, documents: &[yaml::Document<'_>]) -> Result<Documents, EditError> {
        let why = "its references stand for too much";
        let too_much = || EditError::new(EditErrorKind::Unreadable(why.to_owned()));
        Documents::of(documents, self.limits.nodes).ok_or_else(too_much)
    }

    fn names(&self) -> &record::FieldNames {
        &self.checks.settings.fields
    }

    fn read(&self, bytes: Vec<u8>, selection: Selection) -> FileReading {
        record::read(bytes, &self.limits, self.names(), self.checks.playbook, selection)
    }
}

#[cfg(test)]
mod tests;
