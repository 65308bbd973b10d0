//! Questions about single paths of a change, whether it touches them or not.

use super::{ChangeSet, Folder, Moment};
use crate::source::git::{ObjectId, listing};
use crate::source::{Content, NotePath, SourceError};
use std::collections::BTreeSet;
use std::path::PathBuf;

impl ChangeSet {
    /// The file at `path` at a moment, whether the change touches it or not, and which files beside it have a name that
    /// `is_near` accepts, sorted; for the configuration. One answer for each parent side at [`Moment::Base`] unless they
    /// are the same; never none, and in an order that does not depend on the names of commits.
    ///
    /// # Errors
    /// When the repository, the folder of the file or the file itself cannot be read.
    pub(crate) fn files_and_near(
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
    pub(crate) fn every_path(&self) -> Result<Vec<NotePath>, SourceError> {
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
