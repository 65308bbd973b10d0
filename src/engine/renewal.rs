//! Which records of a file need a further entry in their refresh summary.

use super::Engine;
use crate::record::history::{BaseRecords, EntryChanges};
use crate::record::identity::Identities;
use crate::record::{FileReading, NoteRecord, RefreshEntry};
use crate::rules::refresh::refresh_not_updated;
use crate::source::{Content, NotePath};
use jiff::civil::Date;

/// How a record stands to the commits that the next one builds on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Renewal {
    /// Its note or status changed, or it has no entries at all: it needs an entry.
    Due,
    /// It has an entry that was not there before; its number.
    Done(usize),
    /// Neither its note nor its status changed, and it has no new entry.
    Unchanged,
    /// It was not there before, and has entries of its own.
    New,
}

impl Engine<'_> {
    /// How each record of `file`, which is at `path`, stands to what the file held `before`, once for each parent; the same
    /// comparison that the hook makes.
    pub(crate) fn renewals(&self, path: &NotePath, file: &FileReading, before: Vec<Content>) -> Vec<Renewal> {
        let base = self.base_of(path, &file.records, before);
        file.records.iter().map(|record| renewal(record, &base.change(path, record).before())).collect()
    }

    /// What `records`, which are at `path` now, are compared with: what that file held `before`, once for each parent.
    pub(super) fn base_of(
        &self,
        path: &NotePath,
        records: &[NoteRecord],
        before: impl IntoIterator<Item = Content, IntoIter: ExactSizeIterator>,
    ) -> BaseRecords {
        let before = before.into_iter();
        let identities = Identities::new(self.playbook.workload_spellings());
        let mut base = BaseRecords::new(before.len(), identities);
        for (side, content) in before.enumerate() {
            base.add(side, path, self.records(path, content));
        }
        for record in records {
            base.add_after(base.identity(path, record));
        }
        base
    }

    /// The record of `file`, which is at `path`, that is about whom `wanted` is about: the one at its place, else the first.
    pub(crate) fn twin<'f>(
        &self,
        path: &NotePath,
        file: &'f FileReading,
        wanted: &NoteRecord,
    ) -> Option<&'f NoteRecord> {
        let identities = Identities::new(self.playbook.workload_spellings());
        let identity = identities.of(path, wanted);
        let is_twin = |record: &&NoteRecord| identities.of(path, record) == identity;
        let here = file.records.get(wanted.index).filter(is_twin);
        here.or_else(|| file.records.iter().find(is_twin))
    }
}

/// Whether `after` has an entry that `before` has not.
pub(crate) fn has_new_entry(before: &NoteRecord, after: &NoteRecord) -> bool {
    EntryChanges::between(before, after).has_new_entry()
}

fn renewal(record: &NoteRecord, before: &[&NoteRecord]) -> Renewal {
    let entries = record.refresh_summary.value().map(Vec::as_slice).unwrap_or_default();
    if entries.is_empty() || refresh_not_updated::is_due(before, record) {
        return Renewal::Due;
    }
    let changes: Vec<_> = before.iter().map(|before| EntryChanges::between(before, record)).collect();
    match changes.as_slice() {
        [] => Renewal::New,
        [first, ..] if changes.iter().all(EntryChanges::has_new_entry) => {
            let first = first.added.first().copied();
            let number = first.and_then(|first| entries.iter().position(|entry| std::ptr::eq(entry, first)));
            Renewal::Done(number.unwrap_or(0))
        }
        _ => Renewal::Unchanged,
    }
}

/// The number of an entry of `record` of this day by this person.
pub(crate) fn entry_of(record: &NoteRecord, day: Date, who: &str) -> Option<usize> {
    let is_of = |entry: &RefreshEntry| {
        let is_day = entry.date.value().and_then(|date| date.day) == Some(day);
        is_day && entry.who_changed.value().is_some_and(|name| name.trim().eq_ignore_ascii_case(who.trim()))
    };
    record.refresh_summary.value()?.iter().position(is_of)
}
