//! The files that a change touches, after it and on each parent side; what every git source hands over.

use super::git::{self, Delta, Entry, EntryKind, ObjectId, Place, Repository, listing};
use super::search::{self, Lost};
use super::{Candidate, Content, Elsewhere, Extent, Load, NotePath, Refusal, SetAside, Sought, Source, SourceError};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
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
    /// The untouched files that were left out because a partial clone lacks them.
    left_out: Mutex<BTreeSet<NotePath>>,
    /// How many untouched files were fetched.
    fetched: AtomicUsize,
    /// What people should know about how the change was found.
    notice: Option<String>,
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

    /// Every file of one commit, without history.
    pub(super) fn whole(repositories: Pool, commit: ObjectId, entries: Vec<Delta>, limit: u64) -> Self {
        let files = entries.into_iter().map(|delta| (delta.path, Versions { after: delta.after, before: Vec::new() }));
        Self {
            repositories,
            after: Snapshot::Commit(commit),
            sides: Vec::new(),
            files: files.collect(),
            folders: Mutex::default(),
            left_out: Mutex::default(),
            fetched: AtomicUsize::default(),
            notice: None,
            limit,
        }
    }

    /// The same change, with something that people should know about how it was found.
    pub(super) fn with_notice(self, notice: String) -> Self {
        Self { notice: Some(notice), ..self }
    }

    /// What people should know about how the change was found. May hold names that were given: printers escape it.
    #[must_use]
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// How many untouched files were not compared with the change, because they could not be read without a fetch or at
    /// all. Grows while the change is judged.
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.lost().len()
    }

    /// How many untouched files were fetched to be compared with the change. Grows while the change is judged.
    #[must_use]
    pub fn fetched(&self) -> usize {
        self.fetched.load(Ordering::Relaxed)
    }

    fn lost(&self) -> MutexGuard<'_, BTreeSet<NotePath>> {
        self.left_out.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The file at `path` at a moment, whether the change touches it or not, and which files beside it have a name that
    /// `is_near` accepts, sorted; for the configuration. One answer for each parent side at [`Moment::Base`] unless they
    /// are the same; never none, and in an order that does not depend on the names of commits.
    ///
    /// # Errors
    /// When the repository, the folder of the file or the file itself cannot be read.
    pub fn files_and_near(
        &self,
        moment: Moment,
        path: &NotePath,
        is_near: impl Fn(&NotePath) -> bool,
    ) -> Result<Vec<(Content, Vec<NotePath>)>, SourceError> {
        let is_asked = |other: &NotePath| other == path || is_near(other);
        let folders = match moment {
            Moment::Base => self.folders_before(path.folder(), is_asked)?,
            Moment::After => vec![self.folder_after(path.folder(), is_asked)?],
        };
        let mut found = Vec::new();
        for mut folder in folders {
            let content = self.content(folder.remove(path).as_ref());
            if let Content::Refused(refusal) = &content {
                refusal.lost_object(path).map_or(Ok(()), Err)?;
            }
            found.push((content, folder.into_keys().collect()));
        }
        found.sort_by_cached_key(|(content, near): &(Content, Vec<NotePath>)| match content {
            Content::Absent => (0, Vec::new(), near.clone()),
            Content::Refused(_) | Content::SetAside(_) => (1, Vec::new(), near.clone()),
            Content::Bytes(bytes) => (2, bytes.clone(), near.clone()),
        });
        found.dedup();
        if found.is_empty() {
            found.push((Content::Absent, Vec::new()));
        }
        Ok(found)
    }

    /// What stands in a folder on each parent side and is asked for.
    fn folders_before(&self, folder: &[u8], is_asked: impl Fn(&NotePath) -> bool) -> Result<Vec<Folder>, SourceError> {
        let on_side = |side: &Option<ObjectId>| {
            let Some(commit) = side else { return Ok(Folder::new()) };
            let entries = self.repositories.ask(|repository| listing::folder(repository, commit, folder))?;
            Ok(entries.into_iter().filter(|(path, _)| is_asked(path)).collect())
        };
        self.sides.iter().map(on_side).collect()
    }

    /// What stands in a folder after the change and is asked for.
    fn folder_after(&self, folder: &[u8], is_asked: impl Fn(&NotePath) -> bool) -> Result<Folder, SourceError> {
        let untouched = self.folder(folder)?;
        let asked = untouched.iter().filter(|(path, _)| is_asked(path));
        let mut found: Folder = asked.map(|(path, entry)| (path.clone(), entry.clone())).collect();
        for (path, versions) in self.files.iter().filter(|(path, _)| path.folder() == folder && is_asked(path)) {
            match &versions.after {
                Some(entry) => found.insert(path.clone(), entry.clone()),
                None => found.remove(path),
            };
        }
        Ok(found)
    }

    /// Every file after the change and before it, for trying a pattern.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn every_path(&self) -> Result<Vec<NotePath>, SourceError> {
        let mut paths: BTreeSet<NotePath> = self.files.keys().cloned().collect();
        if let Some(commit) = self.base_of_after() {
            let all = self.repositories.ask(|repository| repository.changes_between(None, commit))?;
            paths.extend(all.into_iter().map(|delta| delta.path));
        }
        Ok(paths.into_iter().collect())
    }

    /// Whether a file or folder stands at `path` after the change or before it.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub fn knows(&self, path: &NotePath) -> Result<bool, SourceError> {
        if path.as_bytes().is_empty() || self.files.keys().any(|file| file.is_in(path)) {
            return Ok(true);
        }
        let Some(commit) = self.base_of_after() else { return Ok(false) };
        self.repositories.ask(|repository| listing::has_path(repository, commit, path))
    }

    /// The top of the work tree; nothing in a bare repository.
    ///
    /// # Errors
    /// When the repository cannot be opened.
    pub fn work_tree(&self) -> Result<Option<std::path::PathBuf>, SourceError> {
        self.repositories.ask(|repository| Ok(repository.work_tree()))
    }

    /// Whether a submodule stands at `path` after the change.
    pub(super) fn is_other_repository(&self, path: &NotePath) -> bool {
        let after = self.files.get(path).and_then(|versions| versions.after.as_ref());
        after.is_some_and(|entry| entry.kind == EntryKind::Submodule)
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
        if lost == Lost::Fails {
            // What decides over an error is fetched where it is not here: once, and all of it.
            let ids: Vec<ObjectId> = files.iter().map(|(_, entry)| entry.id.clone()).collect();
            let fetched = self.repositories.ask(|repository| repository.prefetch(&ids))?;
            self.fetched.fetch_add(fetched, Ordering::Relaxed);
        }
        let searched = search::holding(&self.repositories, &files, sought, self.limit, lost)?;
        let read = if searched.lost.is_empty() { Extent::Whole } else { Extent::Likely };
        self.lost().extend(searched.lost);
        Ok(Elsewhere { files: searched.found, extent: extent.and(read) })
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
            Some(commit) => self.repositories.ask(|repository| listing::folder(repository, commit, folder))?,
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

    /// What is here of a file that the change does not touch.
    fn local_content(&self, path: &NotePath, entry: Option<&Entry>) -> Content {
        let Some(Entry { kind: EntryKind::File, id }) = entry else { return Content::Absent };
        match self.repositories.ask(|repository| Ok(repository.local_blob(id, self.limit))) {
            Ok(Content::Absent | Content::Refused(Refusal::Object(_) | Refusal::NotFetched(_))) | Err(_) => {
                self.lost().insert(path.clone());
                Content::Absent
            }
            Ok(content) => content,
        }
    }

    /// A file that the change does not touch. It serves for comparison alone, so it is worth no fetch, and where it cannot
    /// be read it is left out and counted.
    fn untouched(&self, path: &NotePath) -> Candidate {
        let content = match self.folder(path.folder()) {
            Ok(entries) => self.local_content(path, entries.get(path)),
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

    fn prepare(&self, paths: &[NotePath]) -> Result<(), SourceError> {
        let versions = paths.iter().filter_map(|path| self.files.get(path));
        let entries = versions.flat_map(|versions| versions.before.iter().chain([&versions.after])).flatten();
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
        let before = versions
            .before
            .iter()
            .map(|entry| if *entry == versions.after { after.clone() } else { changes.content(entry.as_ref()) });
        Candidate { path: path.clone(), before: before.collect(), after }
    }
}

fn content(repository: &mut dyn Repository, entry: Option<&Entry>, limit: u64) -> Content {
    match entry {
        None => Content::Absent,
        Some(Entry { kind: EntryKind::File, id }) => repository.blob(id, limit),
        Some(Entry { kind: EntryKind::SymbolicLink, .. }) => Content::Refused(Refusal::SymbolicLink),
        Some(Entry { kind: EntryKind::Submodule, .. }) => Content::SetAside(SetAside::OtherRepository),
    }
}
