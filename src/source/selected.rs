//! The files of a change that hold notes.

use super::git::EntryKind;
use super::{Candidate, ChangeSet, Content, Elsewhere, Load, NamedPaths, NotePath, SetAside};
use super::{FileSelection, IdlePatterns, Idleness, Sought, Source, SourceError};

/// A change cut down to the files that the configuration selects and, when paths were named, to those.
#[derive(Debug)]
pub(crate) struct Selected<'a> {
    changes: &'a ChangeSet,
    files: &'a FileSelection,
    /// Files and folders from the root of the repository; none means everything.
    named: Vec<NotePath>,
    named_paths: NamedPaths,
}

impl<'a> Selected<'a> {
    /// The files of `changes` that `files` selects.
    #[must_use]
    pub(crate) fn new(changes: &'a ChangeSet, files: &'a FileSelection) -> Self {
        Self { changes, files, named: Vec::new(), named_paths: NamedPaths::default() }
    }

    /// Only what is one of `named` or lies below one; no names mean no restriction, an empty name is the root.
    #[must_use]
    pub(crate) fn with_named(mut self, named: Vec<NotePath>, named_paths: NamedPaths) -> Self {
        self.named = named;
        self.named_paths = named_paths;
        self
    }

    /// The files and folders that were named.
    #[must_use]
    pub(crate) fn named(&self) -> &[NotePath] {
        &self.named
    }

    /// The patterns that match no file of all that is there after the change. Lists all of it.
    ///
    /// # Errors
    /// When the change cannot be read.
    pub(crate) fn idle_patterns(&self) -> Result<Idleness<'a>, SourceError> {
        let mut idle = IdlePatterns::new(self.files);
        for (path, kind) in self.changes.snapshot()? {
            match kind {
                EntryKind::Submodule => idle.see_other_repository(&path),
                EntryKind::File | EntryKind::SymbolicLink => idle.see(&path),
            }
        }
        Ok(idle.told())
    }

    /// Whether the run looks at `path`, if only to say that it holds no note.
    fn is_examined(&self, path: &NotePath) -> bool {
        if self.named.contains(path) {
            return self.named_paths == NamedPaths::BeatExcludes || !self.files.excludes(path);
        }
        if !self.named.is_empty() && !self.named.iter().any(|name| path.is_in(name)) {
            return false;
        }
        if self.changes.is_other_repository(path) {
            return self.files.covers_repository(path);
        }
        self.files.selects(path)
    }
}

impl Source for Selected<'_> {
    fn paths(&self) -> Result<Vec<NotePath>, SourceError> {
        let mut paths = self.changes.paths()?;
        paths.retain(|path| self.is_examined(path));
        Ok(paths)
    }

    fn prepare(&self, paths: &[NotePath]) -> Result<(), SourceError> {
        self.changes.prepare(paths)
    }

    fn loader(&self) -> Result<Box<dyn Load + '_>, SourceError> {
        Ok(Box::new(Loader { selected: self, changes: self.changes.loader()? }))
    }

    fn context(&self) -> Result<Vec<NotePath>, SourceError> {
        let judged: Vec<NotePath> = self.paths()?.into_iter().filter(|path| self.changes.is_written(path)).collect();
        let mut beside = self.changes.beside(&judged)?;
        beside.retain(|path| self.files.selects(path));
        Ok(beside)
    }

    fn elsewhere(&self, sought: &[Sought]) -> Result<Elsewhere, SourceError> {
        self.changes.elsewhere(sought, |path| self.files.selects(path))
    }

    fn sides(&self) -> usize {
        self.changes.sides()
    }

    fn set_aside(&self, path: &NotePath) -> Option<SetAside> {
        if self.changes.is_other_repository(path) {
            return Some(SetAside::OtherRepository);
        }
        self.files.is_configuration(path).then_some(SetAside::Configuration)
    }
}

/// Reads what the change holds, but for what holds no note.
struct Loader<'a> {
    selected: &'a Selected<'a>,
    changes: Box<dyn Load + 'a>,
}

impl Load for Loader<'_> {
    fn load(&mut self, path: &NotePath) -> Candidate {
        let mut candidate = self.changes.load(path);
        if let Some(reason) = self.selected.set_aside(path) {
            candidate.after = Content::SetAside(reason);
        }
        candidate
    }
}
