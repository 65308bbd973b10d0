//! What single files were in the commits that the next commit builds on, for commands that look at a few files on disk.

use super::git::{self, Entry, EntryKind, ObjectId, RepoLocation, Repository, listing};
use super::{Content, NotePath, ReadError, SetAside, SourceError};
use std::path::PathBuf;

/// The parents that a commit would have now: HEAD, and in a merge the others.
pub(crate) struct Heads {
    repository: Box<dyn Repository>,
    /// Nothing stands for the empty tree of a branch that is not born.
    commits: Vec<Option<ObjectId>>,
    /// Largest blob that is read, in bytes.
    limit: u64,
}

impl Heads {
    /// The heads of the repository at `place`; nothing where there is none.
    ///
    /// # Errors
    /// When there is one that cannot be read.
    pub(crate) fn open(place: &RepoLocation, limit: u64) -> Result<Option<Self>, SourceError> {
        let Some(mut repository) = git::open_if_any(place)? else { return Ok(None) };
        let head = repository.head()?;
        let others = repository.merge_heads()?;
        let commits = std::iter::once(head).chain(others.into_iter().map(Some)).collect();
        Ok(Some(Self { repository, commits, limit }))
    }

    /// The top of the work tree; nothing in a bare repository.
    pub(crate) fn work_tree(&mut self) -> Option<PathBuf> {
        self.repository.work_tree()
    }

    /// The file at `path` in each of them.
    ///
    /// # Errors
    /// When an object is missing or damaged.
    pub(crate) fn contents(&mut self, path: &NotePath) -> Result<Vec<Content>, SourceError> {
        let commits = self.commits.clone();
        commits.iter().map(|commit| self.content(commit.as_ref(), path)).collect()
    }

    fn content(&mut self, commit: Option<&ObjectId>, path: &NotePath) -> Result<Content, SourceError> {
        let Some(commit) = commit else { return Ok(Content::Absent) };
        let files = listing::folder(self.repository.as_mut(), commit, path.folder())?;
        let entry = files.into_iter().find(|(found, _)| found == path).map(|(_, entry)| entry);
        let content = match entry {
            None => Content::Absent,
            Some(Entry { kind: EntryKind::File, id }) => self.repository.blob(&id, self.limit),
            Some(Entry { kind: EntryKind::SymbolicLink, .. }) => Content::Refused(ReadError::SymbolicLink),
            Some(Entry { kind: EntryKind::Submodule, .. }) => Content::SetAside(SetAside::OtherRepository),
        };
        if let Content::Refused(refusal) = &content {
            refusal.lost_object(path).map_or(Ok(()), Err)?;
        }
        Ok(content)
    }
}
