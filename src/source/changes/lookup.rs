//! Questions about single paths of a change, whether it touches them or not.

use super::{ChangeSet, Entry, Folder, Revision};
use crate::source::git::{EntryKind, listing};
use crate::source::{Content, NotePath, SourceError};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What stands at a path at a moment of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// The file.
    pub(crate) content: Content,
    /// The files beside it whose names are nearly its own, sorted.
    pub(crate) near: Vec<NotePath>,
    /// Where exactly it was found so.
    pub(crate) states: Vec<State>,
}

/// One state of the files of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum State {
    /// On the parent side of this number.
    Before(usize),
    /// After the change.
    After,
}

impl ChangeSet {
    /// The file at `path` at a moment, whether the change touches it or not, and which files beside it have a name that
    /// `is_near` accepts; for the configuration. One answer for all parent sides at [`Revision::Base`] on which it is the
    /// same; never none, and in an order that does not depend on the names of commits.
    ///
    /// # Errors
    /// When the repository, the folder of the file or the file itself cannot be read.
    pub(crate) fn files_and_near(
        &self,
        moment: Revision,
        path: &NotePath,
        is_near: impl Fn(&NotePath) -> bool,
    ) -> Result<Vec<Found>, SourceError> {
        let is_asked = |other: &NotePath| other == path || is_near(other);
        let states = match moment {
            Revision::Base => (0..self.sides.len()).map(State::Before).collect(),
            Revision::After => vec![State::After],
        };
        let mut found: Vec<Found> = Vec::new();
        for state in states {
            let mut folder = self.folder_at(state, path.folder(), is_asked)?;
            let content = self.sound_content(path, folder.remove(path).as_ref())?;
            let near: Vec<NotePath> = folder.into_keys().collect();
            match found.iter_mut().find(|other| other.content == content && other.near == near) {
                Some(other) => other.states.push(state),
                None => found.push(Found { content, near, states: vec![state] }),
            }
        }
        found.sort_by_cached_key(|Found { content, near, .. }| match content {
            Content::Absent => (0, Vec::new(), near.clone()),
            Content::Refused(_) | Content::SetAside(_) => (1, Vec::new(), near.clone()),
            Content::Bytes(bytes) => (2, bytes.clone(), near.clone()),
        });
        if found.is_empty() {
            found.push(Found { content: Content::Absent, near: Vec::new(), states: Vec::new() });
        }
        Ok(found)
    }

    /// The file at `path` in one state, whether the change touches it or not.
    ///
    /// # Errors
    /// When the repository, the folder of the file or the file itself cannot be read.
    pub(crate) fn file_in(&self, state: State, path: &NotePath) -> Result<Content, SourceError> {
        let mut folder = self.folder_at(state, path.folder(), |other| other == path)?;
        self.sound_content(path, folder.remove(path).as_ref())
    }

    fn sound_content(&self, path: &NotePath, entry: Option<&Entry>) -> Result<Content, SourceError> {
        let content = self.content(entry);
        if let Content::Refused(refusal) = &content {
            refusal.lost_object(path).map_or(Ok(()), Err)?;
        }
        Ok(content)
    }

    /// What stands in a folder in one state and is asked for.
    fn folder_at(
        &self,
        state: State,
        folder: &[u8],
        is_asked: impl Fn(&NotePath) -> bool,
    ) -> Result<Folder, SourceError> {
        match state {
            State::After => self.folder_after(folder, is_asked),
            State::Before(number) => self.folder_before(number, folder, is_asked),
        }
    }

    /// What stands in a folder on a parent side and is asked for.
    fn folder_before(
        &self,
        side: usize,
        folder: &[u8],
        is_asked: impl Fn(&NotePath) -> bool,
    ) -> Result<Folder, SourceError> {
        let Some(commit) = self.sides.get(side).and_then(Option::as_ref) else { return Ok(Folder::new()) };
        let entries = self.repositories.ask(|repository| listing::folder(repository, commit, folder))?;
        Ok(entries.into_iter().filter(|(path, _)| is_asked(path)).collect())
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
    pub(crate) fn every_path(&self) -> Result<Vec<NotePath>, SourceError> {
        let mut paths: BTreeSet<NotePath> = self.files.keys().cloned().collect();
        if let Some(commit) = self.base_of_after() {
            let all = self.repositories.ask(|repository| repository.changes_between(None, commit))?;
            paths.extend(all.into_iter().map(|delta| delta.path));
        }
        Ok(paths.into_iter().collect())
    }

    /// Everything that stands after the change, whether the change touches it or not, and whether it is a submodule.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub(crate) fn snapshot(&self) -> Result<BTreeMap<NotePath, EntryKind>, SourceError> {
        let mut all = BTreeMap::new();
        if let Some(commit) = self.base_of_after() {
            let untouched = self.repositories.ask(|repository| repository.changes_between(None, commit))?;
            all.extend(untouched.into_iter().filter_map(|delta| Some((delta.path, delta.after?.kind))));
        }
        for (path, versions) in &self.files {
            match &versions.after {
                Some(entry) => all.insert(path.clone(), entry.kind),
                None => all.remove(path),
            };
        }
        Ok(all)
    }

    /// Whether a file or folder stands at `path` after the change or before it.
    ///
    /// # Errors
    /// When the repository cannot be read.
    pub(crate) fn knows(&self, path: &NotePath) -> Result<bool, SourceError> {
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
    pub(crate) fn work_tree(&self) -> Result<Option<PathBuf>, SourceError> {
        self.repositories.ask(|repository| Ok(repository.work_tree()))
    }
}
