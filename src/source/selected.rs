//! The files of a change that hold notes.

use super::{ChangeSet, Elsewhere, Load, NotePath, Sought, Source, SourceError};
use crate::config::FileSelection;

/// A change cut down to the files that the configuration selects and, when paths were named, to those.
#[derive(Debug)]
pub struct Selected<'a> {
    changes: &'a ChangeSet,
    files: &'a FileSelection,
    /// Files and folders from the root of the repository; none means everything.
    named: Vec<NotePath>,
}

impl<'a> Selected<'a> {
    /// The files of `changes` that `files` selects.
    #[must_use]
    pub fn new(changes: &'a ChangeSet, files: &'a FileSelection) -> Self {
        Self { changes, files, named: Vec::new() }
    }

    /// Only what is one of `named` or lies below one; no names mean no restriction, an empty name is the root.
    #[must_use]
    pub fn with_named(mut self, named: Vec<NotePath>) -> Self {
        self.named = named;
        self
    }

    fn is_named(&self, path: &NotePath) -> bool {
        let holds = |name: &NotePath| match path.as_bytes().strip_prefix(name.as_bytes()) {
            Some(rest) => name.as_bytes().is_empty() || rest.is_empty() || rest.starts_with(b"/"),
            None => false,
        };
        self.named.is_empty() || self.named.iter().any(holds)
    }
}

impl Source for Selected<'_> {
    fn paths(&self) -> Result<Vec<NotePath>, SourceError> {
        let mut paths = self.changes.paths()?;
        paths.retain(|path| self.files.selects(path) && self.is_named(path));
        Ok(paths)
    }

    fn loader(&self) -> Result<Box<dyn Load + '_>, SourceError> {
        self.changes.loader()
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
}
