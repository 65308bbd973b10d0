//! The files that a change touches, after it and on each parent side; what every git source hands over.

mod lookup;
mod untouched;

pub(crate) use lookup::{Found, State};

use super::git::{self, Delta, Entry, EntryKind, ObjectId, RepoLocation, Repository, listing};
use super::{Candidate, Content, Load, NotePath, ReadError, SetAside, Source, SourceError};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A change in a git repository: the index, a range, a commit or a push, against its parent sides.
///
/// Made by [`super::staged`], [`super::range`], [`super::revision`] and [`super::push`]. It holds names of objects only;
/// blobs are read when they are asked for.
#[derive(Debug)]
pub(crate) struct ChangeSet {
    repositories: Pool,
    after: Snapshot,
    /// The commit of each parent side; nothing stands for the empty tree.
    sides: Vec<Option<ObjectId>>,
    files: BTreeMap<NotePath, Versions>,
    /// Folders of the tree after the change that were listed: a folder of thousands is unpacked once.
    folders: Mutex<BTreeMap<Vec<u8>, Arc<Folder>>>,
    /// The untouched files that were left out because a partial clone lacks them.
    left_out: Mutex<BTreeSet<NotePath>>,
    /// How many untouched files were fetched.
    fetched: AtomicUsize,
    /// What people should know about how the change was found.
    notice: Option<ChangeNotice>,
    /// Largest blob that is read, in bytes.
    limit: u64,
}

/// Something that people should know about how a change was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChangeNotice {
    /// May hold names of branches and commits: printers escape it.
    pub text: String,
    /// The same without names.
    pub redacted: &'static str,
}

/// Open repositories: opening one reads half a dozen files, so each is used again. Clones share them.
#[derive(Clone)]
pub(crate) struct Pool {
    place: RepoLocation,
    idle: Arc<Mutex<Vec<Box<dyn Repository>>>>,
}

impl Pool {
    /// A pool for the repository at `place`, which is open as `first`.
    pub(crate) fn new(place: &RepoLocation, first: Box<dyn Repository>) -> Self {
        Self { place: place.clone(), idle: Arc::new(Mutex::new(vec![first])) }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Box<dyn Repository>>> {
        // A repository goes back only after its answer, so what a panicking thread leaves is sound.
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks an idle repository, or opens one more.
    ///
    /// # Errors
    /// When none can be opened, or the question's own.
    pub(crate) fn ask<T>(
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

/// What stands at a path.
#[derive(Debug, Default)]
struct Versions {
    after: Option<Entry>,
    before: Vec<Option<Entry>>,
    /// Where the sides parted.
    shared: Vec<Option<Entry>>,
}

impl Versions {
    /// What stands there on any side.
    fn all(&self) -> impl Iterator<Item = &Entry> {
        self.before.iter().chain(&self.shared).chain([&self.after]).flatten()
    }
}

/// What stands directly in a folder.
type Folder = BTreeMap<NotePath, Entry>;

/// What a change is compared with.
pub(super) struct Sides {
    /// The parent sides.
    pub(super) parents: Vec<SideChanges>,
    /// Where they parted.
    pub(super) shared: Vec<SideChanges>,
}

/// A parent side, or another commit, and how the change differs from it.
pub(super) struct SideChanges {
    pub(super) commit: Option<ObjectId>,
    pub(super) deltas: Vec<Delta>,
}

/// Which state of a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Revision {
    /// On the parent sides. Nothing stands there when the run looks at no history.
    Base,
    /// After the change.
    After,
}

impl ChangeSet {
    /// A change from `sides` to `after`.
    pub(super) fn new(repositories: Pool, after: Snapshot, sides: Sides, limit: u64) -> Self {
        let Sides { parents, shared } = sides;
        let mut files: BTreeMap<NotePath, Versions> = BTreeMap::new();
        for delta in parents.iter().flat_map(|side| &side.deltas) {
            // On a side that says nothing about a path, it is as it is after the change.
            let unchanged = |sides: &[SideChanges]| vec![delta.after.clone(); sides.len()];
            let versions =
                || Versions { after: delta.after.clone(), before: unchanged(&parents), shared: unchanged(&shared) };
            files.entry(delta.path.clone()).or_insert_with(versions);
        }
        place(&mut files, &parents, |versions| &mut versions.before);
        place(&mut files, &shared, |versions| &mut versions.shared);
        let sides = parents.into_iter().map(|side| side.commit).collect();
        Self::with_files(repositories, after, sides, files, limit)
    }

    /// Every file of one commit, without history.
    pub(super) fn whole(repositories: Pool, commit: ObjectId, entries: Vec<Delta>, limit: u64) -> Self {
        let versions = |delta: Delta| (delta.path, Versions { after: delta.after, ..Versions::default() });
        let files = entries.into_iter().map(versions);
        Self::with_files(repositories, Snapshot::Commit(commit), Vec::new(), files.collect(), limit)
    }

    fn with_files(
        repositories: Pool,
        after: Snapshot,
        sides: Vec<Option<ObjectId>>,
        files: BTreeMap<NotePath, Versions>,
        limit: u64,
    ) -> Self {
        Self {
            repositories,
            after,
            sides,
            files,
            folders: Mutex::default(),
            left_out: Mutex::default(),
            fetched: AtomicUsize::default(),
            notice: None,
            limit,
        }
    }

    /// The same change, with something that people should know about how it was found.
    pub(super) fn with_notice(self, notice: ChangeNotice) -> Self {
        Self { notice: Some(notice), ..self }
    }

    /// The versions of files that stand on any side of the change.
    pub(crate) fn versions(&self) -> impl Iterator<Item = (&NotePath, &ObjectId)> {
        let of_file = |(path, versions)| Versions::all(versions).map(move |entry| (path, entry));
        let is_file = |(_, entry): &(&NotePath, &Entry)| entry.kind == EntryKind::File;
        self.files.iter().flat_map(of_file).filter(is_file).map(|(path, entry)| (path, &entry.id))
    }

    /// The file at `path` after the change, where it differs from any side; nothing inside stands for no file.
    pub(crate) fn after_at(&self, path: &NotePath) -> Option<Option<&ObjectId>> {
        let entry = self.files.get(path)?.after.as_ref();
        Some(entry.filter(|entry| entry.kind == EntryKind::File).map(|entry| &entry.id))
    }

    /// The files that differ from the first parent side, each as it was there and as it is after the change; nothing
    /// stands for no file.
    pub(crate) fn against_first(&self) -> impl Iterator<Item = (&NotePath, Option<&ObjectId>, Option<&ObjectId>)> {
        fn file(entry: Option<&Entry>) -> Option<&ObjectId> {
            entry.filter(|entry| entry.kind == EntryKind::File).map(|entry| &entry.id)
        }
        let all = self
            .files
            .iter()
            .map(|(path, versions)| (path, versions.before.first().and_then(Option::as_ref), versions.after.as_ref()));
        all.filter(|(_, before, after)| before != after).map(|(path, before, after)| (path, file(before), file(after)))
    }

    /// What people should know about how the change was found.
    #[must_use]
    pub(crate) fn notice(&self) -> Option<&ChangeNotice> {
        self.notice.as_ref()
    }

    /// Whether a submodule stands at `path` after the change.
    pub(super) fn is_other_repository(&self, path: &NotePath) -> bool {
        let after = self.files.get(path).and_then(|versions| versions.after.as_ref());
        after.is_some_and(|entry| entry.kind == EntryKind::Submodule)
    }

    /// Whether the change touches the file at `path`: whether it differs from any parent side.
    #[must_use]
    pub(crate) fn touches(&self, path: &NotePath) -> bool {
        self.files.get(path).is_some_and(|versions| versions.before.iter().any(|before| *before != versions.after))
    }

    /// Whether the change itself wrote the file at `path`: whether it differs from every parent side.
    pub(super) fn is_written(&self, path: &NotePath) -> bool {
        self.files.get(path).is_some_and(|versions| !versions.before.contains(&versions.after))
    }

    /// Whether there is a commit to compare with.
    #[must_use]
    pub(crate) fn has_base(&self) -> bool {
        self.sides.iter().any(Option::is_some)
    }

    /// What stands in a folder of the tree that holds what the change does not touch.
    fn folder(&self, folder: &[u8]) -> Result<Arc<Folder>, SourceError> {
        let mut listed = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(entries) = listed.get(folder) {
            return Ok(Arc::clone(entries));
        }
        let entries = match self.base_of_after() {
            Some(commit) => self.repositories.ask(|repository| listing::folder(repository, commit, folder))?,
            None => Vec::new(),
        };
        let entries = Arc::new(entries.into_iter().collect());
        listed.insert(folder.to_vec(), Arc::clone(&entries));
        Ok(entries)
    }

    fn content(&self, entry: Option<&Entry>) -> Content {
        let read = self.repositories.ask(|repository| Ok(content(repository, entry, self.limit)));
        read.unwrap_or_else(|error| Content::Refused(ReadError::Object(error.message)))
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

    fn prepare(&self, paths: &[NotePath]) -> Result<(), SourceError> {
        let versions = paths.iter().filter_map(|path| self.files.get(path));
        let entries = versions.flat_map(Versions::all);
        let ids: BTreeSet<_> =
            entries.filter(|entry| entry.kind == EntryKind::File).map(|entry| entry.id.clone()).collect();
        let ids: Vec<ObjectId> = ids.into_iter().collect();
        self.repositories.ask(|repository| repository.prefetch(&ids)).map(drop)
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
        let content = |entry: &Option<Entry>| match *entry == versions.after {
            true => after.clone(),
            false => changes.content(entry.as_ref()),
        };
        let before = versions.before.iter().map(content).collect();
        let shared = versions.shared.iter().map(content).collect();
        Candidate { path: path.clone(), before, shared, after }
    }
}

/// Writes into `files` what stands on each of `sides`.
fn place(
    files: &mut BTreeMap<NotePath, Versions>,
    sides: &[SideChanges],
    slots: impl Fn(&mut Versions) -> &mut Vec<Option<Entry>>,
) {
    for (number, side) in sides.iter().enumerate() {
        for delta in &side.deltas {
            let slot = files.get_mut(&delta.path).and_then(|versions| slots(versions).get_mut(number));
            if let Some(slot) = slot {
                slot.clone_from(&delta.before);
            }
        }
    }
}

fn content(repository: &mut dyn Repository, entry: Option<&Entry>, limit: u64) -> Content {
    match entry {
        None => Content::Absent,
        Some(Entry { kind: EntryKind::File, id }) => repository.blob(id, limit),
        Some(Entry { kind: EntryKind::SymbolicLink, .. }) => Content::Refused(ReadError::SymbolicLink),
        Some(Entry { kind: EntryKind::Submodule, .. }) => Content::SetAside(SetAside::OtherRepository),
    }
}
