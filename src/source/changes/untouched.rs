//! The files that a change does not touch, and that what it touches is compared with.

use super::{ChangeSet, Snapshot};
use crate::source::git::{Entry, EntryKind, ObjectId};
use crate::source::search::{self, Lost};
use crate::source::{Candidate, Content, Elsewhere, Extent, NotePath, ReadError, Sought, SourceError};
use std::collections::BTreeSet;
use std::sync::atomic::Ordering;
use std::sync::{MutexGuard, PoisonError};

/// How many untouched files on either side of a touched one are compared with it.
const NEIGHBOURS: usize = 100;

impl ChangeSet {
    /// How many untouched files were not compared with the change, because they could not be read without a fetch or at
    /// all. Grows while the change is judged.
    #[must_use]
    pub(crate) fn left_out(&self) -> usize {
        self.lost().len()
    }

    /// How many untouched files were fetched to be compared with the change. Grows while the change is judged.
    #[must_use]
    pub(crate) fn fetched(&self) -> usize {
        self.fetched.load(Ordering::Relaxed)
    }

    fn lost(&self) -> MutexGuard<'_, BTreeSet<NotePath>> {
        self.left_out.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Untouched files in the folders of `paths`, sorted. Of a folder that holds very many, those whose names are next
    /// to the names of `paths`, where a team keeps what belongs together; so a commit of one note stays cheap however
    /// the others are kept. Empty when the run looks at no history: then there are no untouched files.
    pub(in crate::source) fn beside(&self, paths: &[NotePath]) -> Result<Vec<NotePath>, SourceError> {
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
    pub(in crate::source) fn elsewhere(
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

    /// What is here of a file that the change does not touch.
    fn local_content(&self, path: &NotePath, entry: Option<&Entry>) -> Content {
        let Some(Entry { kind: EntryKind::File, id }) = entry else { return Content::Absent };
        match self.repositories.ask(|repository| Ok(repository.local_blob(id, self.limit))) {
            Ok(Content::Absent | Content::Refused(ReadError::Object(_) | ReadError::NotFetched(_))) | Err(_) => {
                self.lost().insert(path.clone());
                Content::Absent
            }
            Ok(content) => content,
        }
    }

    /// A file that the change does not touch. It serves for comparison alone, so it is worth no fetch, and where it cannot
    /// be read it is left out and counted.
    pub(super) fn untouched(&self, path: &NotePath) -> Candidate {
        let content = match self.folder(path.folder()) {
            Ok(entries) => self.local_content(path, entries.get(path)),
            Err(error) => Content::Refused(ReadError::Object(error.message)),
        };
        let before = vec![content.clone(); self.sides.len()];
        Candidate { path: path.clone(), after: content, before, shared: Vec::new() }
    }
}
