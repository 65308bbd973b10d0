//! Which records a run changed: records are matched with their twins before the change by who they speak about, not
//! by file or position, so moving, splitting, sorting and reformatting files changes nothing.
//!
//! A name may change too. A record that says what the one at its place in its file said, and differs from it in the
//! customer or in the workload alone, is that record under a new name, unless the old name is still there. The new name
//! has to be one: a number, a date or a placeholder in its place is an edit like any other. Where the refresh summary was
//! edited in the same change, which is what a refresh summary is for, it is that record all the same, with an edit: it is
//! judged, and its log is compared with the one that it had.

mod change;
mod entries;

pub(crate) use super::content_key::entry_key;
pub(crate) use change::Change;
pub(crate) use entries::EntryChanges;

use super::content_key::{content_but_log, content_key, note_key, status_key};
use super::identity::{Identities, Identity};
use super::{Field, NoteRecord, RefreshEntry};
use crate::emptiness::{Purpose, emptiness};
use crate::source::NotePath;
use crate::yaml;
use entries::SharedLogs;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The records of every parent side, over all files that a run changes; see the module.
#[derive(Debug, Default)]
pub(crate) struct BaseRecords {
    identities: Identities,
    sides: Vec<Side>,
    /// Whom the records after the change speak about.
    after: HashSet<Identity>,
    /// What the sides had in common when they parted; nothing where nobody asks what became of their logs.
    shared: Option<SharedLogs>,
}

/// The records of one side.
#[derive(Debug, Default)]
struct Side {
    twins: HashMap<Identity, Counterparts>,
    /// Whom the record at a place speaks about.
    names: HashMap<(NotePath, usize), Identity>,
}

/// The records of one side about one customer and workload; one, unless somebody made a copy.
#[derive(Debug, Default)]
struct Counterparts {
    contents: HashSet<String>,
    /// By the file and the position in it.
    places: BTreeMap<(NotePath, usize), NoteRecord>,
}

impl Counterparts {
    /// The record to compare with: the one in the same file at the same position, else in the same file, else the first.
    fn nearest(&self, path: &NotePath, index: usize) -> Option<&NoteRecord> {
        self.places
            .get(&(path.clone(), index))
            .or_else(|| self.in_file(path).next())
            .or_else(|| self.places.values().next())
    }

    fn in_file(&self, path: &NotePath) -> impl Iterator<Item = &NoteRecord> {
        let from_here = self.places.range((path.clone(), 0)..);
        from_here.take_while(move |((found, _), _)| found == path).map(|(_, record)| record)
    }
}

impl BaseRecords {
    /// Base records with `sides` parent sides ([`crate::source::Source::sides`]); none holds a record yet.
    #[must_use]
    pub(crate) fn new(sides: usize, identities: Identities) -> Self {
        let sides = std::iter::repeat_with(Side::default).take(sides).collect();
        Self { identities, sides, after: HashSet::new(), shared: None }
    }

    /// Looks after the logs of records that the run takes over from one of several sides, from now on.
    #[must_use]
    pub(crate) fn keeping_logs(self) -> Self {
        let shared = (self.sides.len() > 1).then(SharedLogs::default);
        Self { shared, ..self }
    }

    /// Whether the run looks at history at all.
    #[must_use]
    pub(crate) fn has_sides(&self) -> bool {
        !self.sides.is_empty()
    }

    /// The identity of `record`, which is in the file at `path`.
    #[must_use]
    pub(crate) fn identity(&self, path: &NotePath, record: &NoteRecord) -> Identity {
        self.identities.of(path, record)
    }

    /// Adds the records that the file at `path` held on the parent side with this number, counted from 0 as in
    /// [`crate::source::Candidate::before`]. A side that they were not made for is ignored.
    pub(crate) fn add(&mut self, side: usize, path: &NotePath, records: impl IntoIterator<Item = NoteRecord>) {
        let Some(side) = self.sides.get_mut(side) else { return };
        for record in records {
            let identity = self.identities.of(path, &record);
            side.names.insert((path.clone(), record.index), identity.clone());
            let twins = side.twins.entry(identity).or_default();
            twins.contents.insert(content_key(&record));
            twins.places.insert((path.clone(), record.index), record);
        }
    }

    /// Adds the records that the file at `path` held where the sides parted ([`crate::source::Candidate::shared`]).
    pub(crate) fn add_shared(&mut self, path: &NotePath, records: impl IntoIterator<Item = NoteRecord>) {
        let Some(shared) = &mut self.shared else { return };
        for record in records {
            shared.add(self.identities.of(path, &record), &record);
        }
    }

    /// Adds whom a record after the change is about; without that no new name is followed.
    pub(crate) fn add_after(&mut self, identity: Identity) {
        self.after.insert(identity);
    }

    /// Adds a record of a file that is the same on every side.
    pub(crate) fn add_untouched(&mut self, path: &NotePath, record: &NoteRecord) {
        for side in 0..self.sides.len() {
            self.add(side, path, [record.clone()]);
        }
    }

    /// What the run did to `record`, which is now in the file at `path`.
    ///
    /// Right only once every file of the run was added, deleted files included.
    #[must_use]
    pub(crate) fn change(&self, path: &NotePath, record: &NoteRecord) -> Change<'_> {
        if self.sides.is_empty() {
            return Change::NoHistory;
        }
        let identity = self.identity(path, record);
        let content = content_key(record);
        if self.has_content(&identity, &content) {
            let place = (path, record.index);
            return self.log_cut(&identity, &content, place, record).unwrap_or(Change::Unchanged);
        }
        let before: Vec<&NoteRecord> =
            self.twins(&identity).filter_map(|twins| twins.nearest(path, record.index)).collect();
        if !before.is_empty() {
            return Change::Changed { before };
        }
        let is_named = is_name(&record.customer) && is_name(&record.workload);
        match self.renamed(&(path.clone(), record.index), record, &identity).filter(|_| is_named) {
            Some(before) if content_key(before) == content => Change::Renamed { before: [before] },
            Some(before) => Change::Changed { before: vec![before] },
            None => Change::New,
        }
    }

    /// The change of a record that one side has as it is, when its log lacks what another side added.
    fn log_cut(
        &self,
        identity: &Identity,
        content: &str,
        (path, index): (&NotePath, usize),
        record: &NoteRecord,
    ) -> Option<Change<'_>> {
        let others = self.twins(identity).filter(|twins| !twins.contents.contains(content));
        let others: Vec<&NoteRecord> = others.filter_map(|twins| twins.nearest(path, index)).collect();
        let whole = self.shared.as_ref()?.with_lost_entries(identity, record, &others)?;
        Some(Change::LogCut { before: Box::new(whole) })
    }

    /// The record that was at this place and said the same under a name that is gone, the log aside.
    fn renamed(&self, place: &(NotePath, usize), record: &NoteRecord, now: &Identity) -> Option<&NoteRecord> {
        let content = content_but_log(record);
        self.sides.iter().find_map(|side| {
            let old = side.names.get(place)?;
            let is_gone = self.after.contains(now) && !self.after.contains(old);
            if !is_gone || !old.differs_in_one_name(now) {
                return None;
            }
            let before = side.twins.get(old)?.places.get(place)?;
            (content_but_log(before) == content).then_some(before)
        })
    }

    /// Whether a record of this identity said the same ([`says`]) on any side.
    #[must_use]
    pub(crate) fn has_content(&self, identity: &Identity, content: &str) -> bool {
        self.twins(identity).any(|twins| twins.contents.contains(content))
    }

    /// The most records of this identity that one side holds, of those that `counts` names.
    #[must_use]
    pub(crate) fn most(&self, identity: &Identity, counts: impl Fn(&NoteRecord) -> bool) -> usize {
        self.twins(identity).map(|twins| twins.places.values().filter(|it| counts(it)).count()).max().unwrap_or(0)
    }

    /// The most records of this identity that one side holds in the file at `path`, of those that `counts` names.
    #[must_use]
    pub(crate) fn most_in(&self, identity: &Identity, path: &NotePath, counts: impl Fn(&NoteRecord) -> bool) -> usize {
        self.twins(identity).map(|twins| twins.in_file(path).filter(|it| counts(it)).count()).max().unwrap_or(0)
    }

    fn twins(&self, identity: &Identity) -> impl Iterator<Item = &Counterparts> {
        self.sides.iter().filter_map(move |side| side.twins.get(identity))
    }
}

/// Whether a field holds a name in words: a record that gets one is the same record under a new name. A number or a date
/// may be a name, and as well a slip, so the record is judged.
fn is_name(field: &Field<String>) -> bool {
    let is_name = |name: &String| {
        emptiness(name, Purpose::Name).is_none()
            && name.chars().any(char::is_alphabetic)
            && !yaml::is_number(name.trim())
    };
    field.value().is_some_and(is_name)
}

/// What a record says, as text that is equal for two records that say the same, however each is laid out.
#[must_use]
pub(crate) fn says(record: &NoteRecord) -> String {
    content_key(record)
}

/// Whether two records have the same status, spelling aside.
#[must_use]
pub(crate) fn same_status(left: &NoteRecord, right: &NoteRecord) -> bool {
    status_key(left) == status_key(right)
}

/// Whether two records have the same note, line breaks and spacing aside.
#[must_use]
pub(crate) fn same_note(left: &NoteRecord, right: &NoteRecord) -> bool {
    note_key(left) == note_key(right)
}

/// Whether two refresh entries say the same: the same day, person and change, however they are written.
#[must_use]
pub(crate) fn same_entry(left: &RefreshEntry, right: &RefreshEntry) -> bool {
    entry_key(left) == entry_key(right)
}

#[cfg(test)]
mod rename_tests;

#[cfg(test)]
mod tests;
