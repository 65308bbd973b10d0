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
mod mend;
mod order;
mod place;
mod proof;
mod splice;
mod tree;
mod waiver;

pub use error::{EditError, EditErrorKind};
pub use file::{WriteError, WriteErrorKind, create, replace, replaceable};
pub use mend::{Done, Mended, Refused};
pub(crate) use mend::{edit_of, editable};

use crate::finding::KeyGroup;
use crate::grade::FailOn;
use crate::record::{self, Field, FieldName, FileReading, NoteRecord, Selection};
use crate::rules::CheckContext;
use crate::text::{ByteSpan, NoteSpan, SourceText};
use crate::yaml::{self, Limits};
use entry::Model;
use jiff::civil::Date;
use place::Place;
use splice::Splice;
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
    /// Adds a waiver, behind those that are there.
    AddWaiver {
        /// The rule that is waived.
        rule: String,
        /// Why.
        reason: String,
    },
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
    aim: Aim,
}

/// What a changed record has to come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// It is judged no worse than before.
    NotWorse,
    /// A draft, in which the writer still has to fill something in.
    Draft,
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
    /// The bytes that it may touch.
    extent: ByteSpan,
}

/// Pieces of text, and what they do to the tree.
type Drafted = (Vec<Splice>, Change);

/// The records that edits are about, in order and once each.
fn touched(edits: &[RecordEdit]) -> Vec<usize> {
    let mut touched: Vec<usize> = edits.iter().map(|edit| edit.record).collect();
    touched.sort_unstable();
    touched.dedup();
    touched
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
        Self { checks, limits, fail_on, aim: Aim::NotWorse }
    }

    /// The same for changes that leave something to fill in, made while the writer looks on: everything is proved but that
    /// the record is judged no worse.
    pub(crate) fn for_drafts(self) -> Self {
        Self { aim: Aim::Draft, ..self }
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
        let parsed = yaml::parse(original.text(), &self.limits);
        let touched = touched(edits);
        let mut expected = self.documents(&parsed.documents)?;
        let (mut splices, mut extents) = (Vec::new(), Vec::new());
        for planned in self.plans(original, &parsed.documents, edits) {
            let Planned { splices: more, change, extent } = planned?;
            splices.extend(more);
            extents.push(extent);
            let layout = || EditError::at(EditErrorKind::Layout("the record"), extent, original.text());
            expected = expected.after(&change).ok_or_else(layout)?;
        }
        extents.sort_unstable();
        extents.dedup();
        let renames = edits.iter().any(|edit| matches!(edit.edit, Edit::RenameKey { .. }));
        let reading =
            self.prove(original, &proof::Claim { splices: &splices, expected: &expected, extents: &extents })?;
        self.prove_not_worse(original, &reading, &touched, renames)?;
        Ok(Edited { reading, selection: original.selection, added: None })
    }

    /// Why each of the edits cannot be made, as far as that is known before it is made.
    pub(crate) fn refusals(&self, original: &Original, edits: &[RecordEdit]) -> Vec<Option<EditError>> {
        let parsed = yaml::parse(original.text(), &self.limits);
        self.plans(original, &parsed.documents, edits).into_iter().map(Result::err).collect()
    }

    /// What each of the edits comes to.
    fn plans(
        &self,
        original: &Original,
        documents: &[yaml::Document<'_>],
        edits: &[RecordEdit],
    ) -> Vec<Result<Planned, EditError>> {
        let needs_model = edits.iter().any(|edit| matches!(edit.edit, Edit::AddEntry(_)));
        let model = if needs_model { self.model(original, documents) } else { None };
        let records: Vec<&NoteRecord> =
            touched(edits).into_iter().filter_map(|index| original.reading.records.get(index)).collect();
        let targets = Place::find(original.text(), documents, &records);
        let plan = |edit: &RecordEdit| {
            let place = records.binary_search_by_key(&edit.record, |record| record.index).ok();
            match place.and_then(|place| targets.get(place)) {
                Some(Ok(target)) => self.plan(target, &edit.edit, model.as_ref()),
                Some(Err(error)) => Err(error.clone()),
                None => Err(EditError::new(EditErrorKind::Layout("the record"))),
            }
        };
        edits.iter().map(plan).collect()
    }

    fn plan(&self, target: &Place<'_>, edit: &Edit, model: Option<&Model>) -> Result<Planned, EditError> {
        let (splices, change) = match edit {
            Edit::AddEntry(entry) => entry::add_entry(target, entry, model, self.names()),
            Edit::RenameKey { key, to } => fields::rename_key(target, *key, to),
            Edit::SetScalar { value, to } => fields::set_scalar(target, *value, to),
            Edit::ReplaceText { value, parts } => fields::replace_text(target, *value, parts),
            Edit::InsertKey { key, value, after } => fields::insert_key(target, key, value, after.as_deref()),
            Edit::NewestFirst => order::newest_first(target),
            Edit::AddWaiver { rule, reason } => {
                waiver::add_waiver(target, self.names().key(FieldName::Waivers), waiver::Waiver { rule, reason })
            }
        }?;
        Ok(Planned { splices, change, extent: target.extent })
    }

    /// The file with keys of groups of fields that are not read as records under other names, so that they are.
    ///
    /// # Errors
    /// When that cannot be made, or does not make them records.
    pub(crate) fn rename_keys(&self, original: &Original, groups: &[KeyGroup]) -> Result<Edited, EditError> {
        let parsed = yaml::parse(original.text(), &self.limits);
        let groups: Vec<&KeyGroup> = groups.iter().filter(|group| !group.keys.is_empty()).collect();
        let records: Vec<NoteRecord> = groups.iter().map(|group| NoteRecord::at(group.span)).collect();
        let targets = Place::find(original.text(), &parsed.documents, &records.iter().collect::<Vec<_>>());
        let mut expected = self.documents(&parsed.documents)?;
        let (mut splices, mut extents) = (Vec::new(), Vec::new());
        for (target, group) in targets.into_iter().zip(&groups) {
            let target = target?;
            extents.push(target.extent);
            for (key, to) in &group.keys {
                let (more, change) = fields::rename_key(&target, *key, to)?;
                splices.extend(more);
                expected = expected.after(&change).ok_or_else(|| target.error(EditErrorKind::Layout("a key"), *key))?;
            }
        }
        extents.sort_unstable();
        let claim = proof::Claim { splices: &splices, expected: &expected, extents: &extents };
        let reading = self.prove(original, &claim)?;
        let is_kept = |record: &&NoteRecord| !extents.iter().any(|extent| extent.start == record.span.start);
        let old = original.reading.records.iter();
        let (old, kept): (Vec<_>, Vec<_>) = (old.collect(), reading.records.iter().filter(is_kept).collect());
        let are_same = old.len() == kept.len() && old.iter().zip(&kept).all(|(old, new)| proof::is_same(old, new));
        if !are_same || reading.records.len() <= old.len() {
            return Err(EditError::new(EditErrorKind::Unproven("what is read as a record")));
        }
        Ok(Edited { reading, selection: original.selection, added: None })
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
            let target = Place::find(original.text(), documents, &[record]).pop()?.ok()?;
            Model::of(&target, self.names())
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
