//! The files that a change touches, after it and on each parent side; what every git source hands over.

use super::git::{self, Delta, Entry, EntryKind, ObjectId, Place, Repository};
use super::{Candidate, Content, Load, NotePath, Refusal, Source, SourceError};
use std::collections::{BTreeMap, BTreeSet};

/// A change in a git repository: the index, a range, a commit or a push, against its parent sides.
///
/// Made by [`super::staged`], [`super::range`], [`super::revision`] and [`super::push`]. It holds names of objects only;
/// blobs are read when they are asked for.
#[derive(Debug)]
pub struct ChangeSet {
    place: Place,
    after: Snapshot,
    /// The commit of each parent side; nothing stands for the empty tree.
    sides: Vec<Option<ObjectId>>,
    files: BTreeMap<NotePath, Versions>,
    /// Largest blob that is read, in bytes.
    limit: u64,
}

/// The whole tree after the change.
#[derive(Debug)]
pub(super) enum Snapshot {
    /// The tree of a commit.
    Commit(ObjectId),
    /// The index, known by how it differs from the first parent side.
    Index,
}

/// What stands at a path.
#[derive(Debug, Default)]
struct Versions {
    after: Option<Entry>,
    before: Vec<Option<Entry>>,
}

/// A parent side, and how the change differs from it.
pub(super) struct SideChanges {
    pub(super) commit: Option<ObjectId>,
    pub(super) deltas: Vec<Delta>,
}

/// Which state of a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// On the first parent side. Nothing stands there when the run looks at no history.
    Base,
    /// After the change.
    After,
}

impl ChangeSet {
    /// A change from `sides` to `after`.
    pub(super) fn new(place: &Place, after: Snapshot, sides: Vec<SideChanges>, limit: u64) -> Self {
        let mut files: BTreeMap<NotePath, Versions> = BTreeMap::new();
        for delta in sides.iter().flat_map(|side| &side.deltas) {
            // On a side that says nothing about a path, it is as it is after the change.
            let unchanged = || vec![delta.after.clone(); sides.len()];
            let versions = || Versions { after: delta.after.clone(), before: unchanged() };
            files.entry(delta.path.clone()).or_insert_with(versions);
        }
        for (number, side) in sides.iter().enumerate() {
            for delta in &side.deltas {
                let before = files.get_mut(&delta.path).and_then(|versions| versions.before.get_mut(number));
                if let Some(before) = before {
                    before.clone_from(&delta.before);
                }
            }
        }
        let sides = sides.into_iter().map(|side| side.commit).collect();
        Self { place: place.clone(), after, sides, files, limit }
    }

    /// Every file of one commit, without history.
    pub(super) fn whole(place: &Place, commit: ObjectId, entries: Vec<Delta>, limit: u64) -> Self {
        let files = entries.into_iter().map(|delta| (delta.path, Versions { after: delta.after, before: Vec::new() }));
        Self { place: place.clone(), after: Snapshot::Commit(commit), sides: Vec::new(), files: files.collect(), limit }
    }

    /// The bytes of one file at a moment, whether the change touches it or not; for the configuration.
    ///
    /// # Errors
    /// When the repository or the folder of the file cannot be read.
    pub fn file_at(&self, moment: Moment, path: &NotePath) -> Result<Content, SourceError> {
        let mut repository = git::open(&self.place)?;
        let entry = match (moment, self.files.get(path)) {
            (Moment::After, Some(versions)) => versions.after.clone(),
            (Moment::Base, Some(versions)) if !self.sides.is_empty() => versions.before.first().cloned().flatten(),
            (Moment::Base, _) => entry_in(repository.as_mut(), self.sides.first().and_then(Option::as_ref), path)?,
            (Moment::After, None) => entry_in(repository.as_mut(), self.base_of_after(), path)?,
        };
        Ok(content(repository.as_mut(), entry.as_ref(), self.limit))
    }

    /// Whether the change touches the file at `path`: whether it differs from the first parent side.
    #[must_use]
    pub fn touches(&self, path: &NotePath) -> bool {
        self.files.get(path).is_some_and(|versions| versions.before.first() != Some(&versions.after))
    }

    /// Untouched files in the folders of `paths`, sorted. Empty when the run looks at no history: then there are none.
    pub(super) fn beside(&self, paths: &[NotePath]) -> Result<Vec<NotePath>, SourceError> {
        let Some(commit) = self.base_of_after().filter(|_| !self.sides.is_empty()) else { return Ok(Vec::new()) };
        let mut repository = git::open(&self.place)?;
        let folders: BTreeSet<&[u8]> = paths.iter().map(NotePath::folder).collect();
        let mut beside = BTreeSet::new();
        for folder in folders {
            let entries = repository.folder(commit, folder)?;
            let untouched = entries
                .into_iter()
                .filter(|(path, entry)| entry.kind == EntryKind::File && !self.files.contains_key(path));
            beside.extend(untouched.map(|(path, _)| path));
        }
        Ok(beside.into_iter().collect())
    }

    /// Whether the change itself wrote the file at `path`: whether it differs from every parent side.
    pub(super) fn is_written(&self, path: &NotePath) -> bool {
        self.files.get(path).is_some_and(|versions| !versions.before.contains(&versions.after))
    }

    /// Whether there is a commit to compare with.
    #[must_use]
    pub fn has_base(&self) -> bool {
        self.sides.first().is_some_and(Option::is_some)
    }

    /// The commit whose tree holds what the change does not touch.
    fn base_of_after(&self) -> Option<&ObjectId> {
        match &self.after {
            Snapshot::Commit(commit) => Some(commit),
            Snapshot::Index => self.sides.first().and_then(Option::as_ref),
        }
    }
}

impl Source for ChangeSet {
    fn paths(&self) -> Result<Vec<NotePath>, SourceError> {
        Ok(self.files.keys().cloned().collect())
    }

    fn loader(&self) -> Result<Box<dyn Load + '_>, SourceError> {
        Ok(Box::new(Loader { changes: self, repository: git::open(&self.place)?, beside: BTreeMap::new() }))
    }

    fn sides(&self) -> usize {
        self.sides.len()
    }
}

/// Reads blobs for one thread.
struct Loader<'a> {
    changes: &'a ChangeSet,
    repository: Box<dyn Repository>,
    /// Untouched folders that were listed, by the folder's path.
    beside: BTreeMap<Vec<u8>, BTreeMap<NotePath, Entry>>,
}

impl Load for Loader<'_> {
    fn load(&mut self, path: &NotePath) -> Candidate {
        let Some(versions) = self.changes.files.get(path) else { return self.untouched(path) };
        let limit = self.changes.limit;
        let after = content(self.repository.as_mut(), versions.after.as_ref(), limit);
        let before = versions.before.iter().map(|entry| {
            // The same object needs no second look.
            if *entry == versions.after {
                after.clone()
            } else {
                content(self.repository.as_mut(), entry.as_ref(), limit)
            }
        });
        Candidate { path: path.clone(), before: before.collect(), after }
    }
}

impl Loader<'_> {
    fn untouched(&mut self, path: &NotePath) -> Candidate {
        let content = match self.untouched_entry(path) {
            Ok(entry) => content(self.repository.as_mut(), entry.as_ref(), self.changes.limit),
            Err(error) => Content::Refused(Refusal::Unreadable(error.message)),
        };
        let before = vec![content.clone(); self.changes.sides.len()];
        Candidate { path: path.clone(), after: content, before }
    }

    fn untouched_entry(&mut self, path: &NotePath) -> Result<Option<Entry>, SourceError> {
        let Some(commit) = self.changes.base_of_after() else { return Ok(None) };
        let folder = path.folder();
        if !self.beside.contains_key(folder) {
            let entries = self.repository.folder(commit, folder)?;
            self.beside.insert(folder.to_vec(), entries.into_iter().collect());
        }
        Ok(self.beside.get(folder).and_then(|entries| entries.get(path)).cloned())
    }
}

fn entry_in(
    repository: &mut dyn Repository,
    commit: Option<&ObjectId>,
    path: &NotePath,
) -> Result<Option<Entry>, SourceError> {
    let Some(commit) = commit else { return Ok(None) };
    let entries = repository.folder(commit, path.folder())?;
    Ok(entries.into_iter().find(|(found, _)| found == path).map(|(_, entry)| entry))
}

fn content(repository: &mut dyn Repository, entry: Option<&Entry>, limit: u64) -> Content {
    match entry {
        None => Content::Absent,
        Some(Entry { kind: EntryKind::File, id }) => repository.blob(id, limit),
        Some(Entry { kind: EntryKind::SymbolicLink, .. }) => Content::Refused(Refusal::SymbolicLink),
        Some(Entry { kind: EntryKind::Submodule, .. }) => Content::Refused(Refusal::Submodule),
    }
}
