//! The files that a change touches, after it and on each parent side; what every git source hands over.

use super::git::{self, Delta, Entry, EntryKind, ObjectId, Place, Repository};
use super::search::{self, Lost};
use super::{Candidate, Content, Elsewhere, Extent, Load, NotePath, Refusal, Sought, Source, SourceError};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A change in a git repository: the index, a range, a commit or a push, against its parent sides.
///
/// Made by [`super::staged`], [`super::range`], [`super::revision`] and [`super::push`]. It holds names of objects only;
/// blobs are read when they are asked for.
#[derive(Debug)]
pub struct ChangeSet {
    repositories: Pool,
    after: Snapshot,
    /// The commit of each parent side; nothing stands for the empty tree.
    sides: Vec<Option<ObjectId>>,
    files: BTreeMap<NotePath, Versions>,
    /// Folders of the tree after the change that were listed: a folder of thousands is unpacked once.
    folders: Mutex<BTreeMap<Vec<u8>, Arc<Folder>>>,
    /// Largest blob that is read, in bytes.
    limit: u64,
}

/// Open repositories: opening one reads half a dozen files, so each is used again.
pub(super) struct Pool {
    place: Place,
    idle: Mutex<Vec<Box<dyn Repository>>>,
}

impl Pool {
    /// A pool for the repository at `place`, which is open as `first`.
    pub(super) fn new(place: &Place, first: Box<dyn Repository>) -> Self {
        Self { place: place.clone(), idle: Mutex::new(vec![first]) }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Box<dyn Repository>>> {
        // A repository goes back only after its answer, so what a panicking thread leaves is sound.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks an idle repository, or opens one more.
    pub(super) fn ask<T>(
        &self,
        question: impl FnOnce(&mut dyn Repository) -> Result<T, SourceError>,
    ) -> Result<T, SourceError> {
        let idle = self.idle().pop();
        let mut repository = match idle {
            Some(repository) => repository,
            None => git::open(&self.place)?,
        };
        let answer = question(repository.as_mut());
        self.idle().push(repository);
        answer
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("place", &self.place).finish_non_exhaustive()
    }
}

/// The whole tree after the change.
#[derive(Debug)]
pub(super) enum Snapshot {
    /// The tree of a commit.
    Commit(ObjectId),
    /// The index, known by how it differs from the first parent side.
    Index,
}

/// How many untouched files on either side of a touched one are compared with it.
const NEIGHBOURS: usize = 100;

/// What stands at a path.
#[derive(Debug, Default)]
struct Versions {
    after: Option<Entry>,
    before: Vec<Option<Entry>>,
}

/// What stands directly in a folder.
type Folder = BTreeMap<NotePath, Entry>;

/// A parent side, and how the change differs from it.
pub(super) struct SideChanges {
    pub(super) commit: Option<ObjectId>,
    pub(super) deltas: Vec<Delta>,
}

/// Which state of a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// On the parent sides. Nothing stands there when the run looks at no history.
    Base,
    /// After the change.
    After,
}

impl ChangeSet {
    /// A change from `sides` to `after`.
    pub(super) fn new(repositories: Pool, after: Snapshot, sides: Vec<SideChanges>, limit: u64) -> Self {
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
        Self { repositories, after, sides, files, folders: Mutex::default(), limit }
    }

    /// Every file of one commit, without history.
    pub(super) fn whole(repositories: Pool, commit: ObjectId, entries: Vec<Delta>, limit: u64) -> Self {
        let files = entries.into_iter().map(|delta| (delta.path, Versions { after: delta.after, before: Vec::new() }));
        Self {
            repositories,
            after: Snapshot::Commit(commit),
            sides: Vec::new(),
            files: files.collect(),
            folders: Mutex::default(),
            limit,
        }
    }

    /// The contents of one file at a moment, whether the change touches it or not; for the configuration. One for each
    /// parent side at [`Moment::Base`] unless they are the same; never empty, and in an order that does not depend on the
    /// names of commits.
    ///
    /// # Errors
    /// When the repository or the folder of the file cannot be read.
    pub fn files_at(&self, moment: Moment, path: &NotePath) -> Result<Vec<Content>, SourceError> {
        let mut contents = self.repositories.ask(|repository| {
            let entries = match (moment, self.files.get(path)) {
                (Moment::After, Some(versions)) => vec![versions.after.clone()],
                (Moment::Base, Some(versions)) => versions.before.clone(),
                // What the change does not touch is the same on every side.
                (Moment::Base, None) if self.sides.is_empty() => Vec::new(),
                (_, None) => vec![entry_in(repository, self.base_of_after(), path)?],
            };
            Ok(entries.iter().map(|entry| content(repository, entry.as_ref(), self.limit)).collect::<Vec<_>>())
        })?;
        contents.sort_by_cached_key(|content| match content {
            Content::Absent => (0, Vec::new()),
            Content::Refused(_) => (1, Vec::new()),
            Content::Bytes(bytes) => (2, bytes.clone()),
        });
        contents.dedup();
        if contents.is_empty() {
            contents.push(Content::Absent);
        }
        Ok(contents)
    }

    /// Whether the change touches the file at `path`: whether it differs from any parent side.
    #[must_use]
    pub fn touches(&self, path: &NotePath) -> bool {
        self.files.get(path).is_some_and(|versions| versions.before.iter().any(|before| *before != versions.after))
    }

    /// Untouched files in the folders of `paths`, sorted. Of a folder that holds very many, those whose names are next
    /// to the names of `paths`, where a team keeps what belongs together; so a commit of one note stays cheap however
    /// the others are kept. Empty when the run looks at no history: then there are no untouched files.
    pub(super) fn beside(&self, paths: &[NotePath]) -> Result<Vec<NotePath>, SourceError> {
        if self.sides.is_empty() {
            return Ok(Vec::new());
        }
        let mut beside = BTreeSet::new();
        for path in paths {
            beside.extend(self.neighbours(path)?.into_iter().map(|(path, _)| path));
        }
        Ok(beside.into_iter().collect())
    }

    /// The untouched files whose names are next to that of `path` in its folder.
    fn neighbours(&self, path: &NotePath) -> Result<Vec<(NotePath, Entry)>, SourceError> {
        let entries = self.folder(path.folder())?;
        let is_file = |(_, entry): &(&NotePath, &Entry)| entry.kind == EntryKind::File;
        let before = entries.range(..path.clone()).rev().filter(is_file).take(NEIGHBOURS);
        let after = entries.range(path.clone()..).filter(is_file).take(NEIGHBOURS);
        let untouched = before.chain(after).filter(|(path, _)| !self.files.contains_key(path));
        Ok(untouched.map(|(path, entry)| (path.clone(), entry.clone())).collect())
    }

    /// The untouched files that `selects` selects and that may hold another record about what is sought: of a commit
    /// all of them are searched, of an index the likely ones.
    pub(super) fn elsewhere(
        &self,
        sought: &[Sought],
        selects: impl Fn(&NotePath) -> bool,
    ) -> Result<Elsewhere, SourceError> {
        let Some(commit) = self.base_of_after().filter(|_| !self.sides.is_empty() && !sought.is_empty()) else {
            return Ok(Elsewhere::default());
        };
        let (mut files, extent, lost) = match &self.after {
            Snapshot::Commit(_) => (search::every_file(&self.repositories, commit)?, Extent::Whole, Lost::Fails),
            Snapshot::Index => {
                let (mut files, extent) = search::likely_files(&self.repositories, commit, sought)?;
                for sought in sought {
                    files.extend(self.neighbours(&sought.path)?);
                }
                (files, extent, Lost::PassedOver)
            }
        };
        files.retain(|(path, entry)| entry.kind == EntryKind::File && !self.files.contains_key(path) && selects(path));
        files.sort_by(|(one, _), (other, _)| one.cmp(other));
        files.dedup_by(|(one, _), (other, _)| one == other);
        let (files, read) = search::holding(&self.repositories, &files, sought, self.limit, lost)?;
        Ok(Elsewhere { files, extent: extent.and(read) })
    }

    /// Whether the change itself wrote the file at `path`: whether it differs from every parent side.
    pub(super) fn is_written(&self, path: &NotePath) -> bool {
        self.files.get(path).is_some_and(|versions| !versions.before.contains(&versions.after))
    }

    /// Whether there is a commit to compare with.
    #[must_use]
    pub fn has_base(&self) -> bool {
        self.sides.iter().any(Option::is_some)
    }

    /// What stands in a folder of the tree that holds what the change does not touch.
    fn folder(&self, folder: &[u8]) -> Result<Arc<Folder>, SourceError> {
        let mut listed = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entries) = listed.get(folder) {
            return Ok(Arc::clone(entries));
        }
        let entries = match self.base_of_after() {
            Some(commit) => self.repositories.ask(|repository| repository.folder(commit, folder))?,
            None => Vec::new(),
        };
        let entries = Arc::new(entries.into_iter().collect());
        listed.insert(folder.to_vec(), Arc::clone(&entries));
        Ok(entries)
    }

    fn content(&self, entry: Option<&Entry>) -> Content {
        let read = self.repositories.ask(|repository| Ok(content(repository, entry, self.limit)));
        read.unwrap_or_else(|error| Content::Refused(Refusal::Object(error.message)))
    }

    /// A file that the change does not touch.
    fn untouched(&self, path: &NotePath) -> Candidate {
        let content = match self.folder(path.folder()) {
            Ok(entries) => self.content(entries.get(path)),
            Err(error) => Content::Refused(Refusal::Object(error.message)),
        };
        let before = vec![content.clone(); self.sides.len()];
        Candidate { path: path.clone(), after: content, before }
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
        Ok(Box::new(Loader { changes: self }))
    }

    fn sides(&self) -> usize {
        self.sides.len()
    }
}

/// Reads blobs for one thread; repositories come from the pool.
struct Loader<'a> {
    changes: &'a ChangeSet,
}

impl Load for Loader<'_> {
    fn load(&mut self, path: &NotePath) -> Candidate {
        let changes = self.changes;
        let Some(versions) = changes.files.get(path) else { return changes.untouched(path) };
        let after = changes.content(versions.after.as_ref());
        // The same object needs no second look.
        let before = versions
            .before
            .iter()
            .map(|entry| if *entry == versions.after { after.clone() } else { changes.content(entry.as_ref()) });
        Candidate { path: path.clone(), before: before.collect(), after }
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
