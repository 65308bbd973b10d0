//! libgit2 first, and the `git` program for what libgit2 does not find.
//!
//! libgit2 does not know every way in which git keeps objects (quoted alternates, new pack formats). What it cannot
//! read or find by its full name is therefore asked of git once more before it counts as lost.

use super::library::Library;
use super::program::Program;
use super::tree::RawTree;
use super::{
    Branch, Delta, EntryKind, KnownCommits, LoggedCommit, Novelty, ObjectId, Pointee, RepoLocation, Repository,
};
use crate::source::{Content, NotePath, ReadError, SourceError};
use std::path::PathBuf;

/// A repository that libgit2 has opened, with the program behind it.
pub(super) struct Fallback {
    library: Library,
    place: RepoLocation,
    program: Option<Program>,
}

impl Fallback {
    /// `library`, with the program at the same place behind it; the program is started when it is needed.
    pub(super) fn new(library: Library, place: &RepoLocation) -> Self {
        Self { library, place: place.clone(), program: None }
    }

    /// The program; nothing when it cannot be used.
    fn program(&mut self) -> Option<&mut Program> {
        if self.program.is_none() {
            self.program = Program::open(&self.place).ok();
        }
        self.program.as_mut()
    }

    /// libgit2's answer, or the program's where libgit2 failed.
    fn ask<T>(&mut self, question: impl Fn(&mut dyn Repository) -> Result<T, SourceError>) -> Result<T, SourceError> {
        let failure = match question(&mut self.library) {
            Ok(answer) => return Ok(answer),
            Err(failure) => failure,
        };
        self.program().map_or(Err(failure), |program| question(program))
    }
}

impl Repository for Fallback {
    fn work_tree(&mut self) -> Option<PathBuf> {
        self.library.work_tree()
    }

    fn head(&mut self) -> Result<Option<ObjectId>, SourceError> {
        self.ask(|repository| repository.head())
    }

    fn merge_heads(&mut self) -> Result<Vec<ObjectId>, SourceError> {
        self.library.merge_heads()
    }

    fn commit(&mut self, revision: &str) -> Result<Option<ObjectId>, SourceError> {
        let found = self.ask(|repository| repository.commit(revision))?;
        if found.is_none() && ObjectId::parse(revision).is_some_and(|id| !id.is_zero()) {
            return self.program().map_or(Ok(None), |program| program.commit(revision));
        }
        Ok(found)
    }

    fn branches(&mut self) -> Result<Vec<Branch>, SourceError> {
        self.ask(|repository| repository.branches())
    }

    fn reaching(&mut self, commit: &ObjectId) -> Result<Vec<String>, SourceError> {
        self.ask(|repository| repository.reaching(commit))
    }

    fn remotes(&mut self) -> Result<Vec<String>, SourceError> {
        self.ask(|repository| repository.remotes())
    }

    fn merge_bases(&mut self, one: &ObjectId, other: &ObjectId) -> Result<Vec<ObjectId>, SourceError> {
        self.ask(|repository| repository.merge_bases(one, other))
    }

    fn last_before(&mut self, tip: &ObjectId, moment: i64) -> Result<Option<ObjectId>, SourceError> {
        self.ask(|repository| repository.last_before(tip, moment))
    }

    fn log(&mut self, tip: &ObjectId, known: Option<&ObjectId>, most: usize) -> Result<Vec<LoggedCommit>, SourceError> {
        self.ask(|repository| repository.log(tip, known, most))
    }

    fn is_shallow(&mut self) -> bool {
        self.library.is_shallow()
    }

    fn changes_in_index(&mut self, base: Option<&ObjectId>) -> Result<Vec<Delta>, SourceError> {
        self.ask(|repository| repository.changes_in_index(base))
    }

    fn index_file(&mut self) -> Option<PathBuf> {
        self.library.index_file()
    }

    fn tracked(&mut self) -> Result<Vec<(NotePath, EntryKind)>, SourceError> {
        self.ask(|repository| repository.tracked())
    }

    fn changes_between(&mut self, base: Option<&ObjectId>, to: &ObjectId) -> Result<Vec<Delta>, SourceError> {
        self.ask(|repository| repository.changes_between(base, to))
    }

    fn tree(&mut self, treeish: &ObjectId) -> Result<RawTree, SourceError> {
        self.ask(|repository| repository.tree(treeish))
    }

    fn blob(&mut self, id: &ObjectId, limit: u64) -> Content {
        match self.library.blob(id, limit) {
            lost @ Content::Refused(ReadError::Object(_)) => {
                self.program().map_or(lost, |program| program.blob(id, limit))
            }
            content => content,
        }
    }

    fn local_blob(&mut self, id: &ObjectId, limit: u64) -> Content {
        match self.library.local_blob(id, limit) {
            Content::Absent | Content::Refused(ReadError::Object(_)) => {
                self.program().map_or(Content::Absent, |program| program.local_blob(id, limit))
            }
            content => content,
        }
    }

    fn pointee(&mut self, id: &ObjectId) -> Result<Option<Pointee>, SourceError> {
        match self.ask(|repository| repository.pointee(id))? {
            None => self.program().map_or(Ok(None), |program| program.pointee(id)),
            found => Ok(found),
        }
    }

    fn exists(&mut self, id: &ObjectId) -> bool {
        self.library.exists(id) || self.program().is_some_and(|program| program.exists(id))
    }

    fn novelty(&mut self, new: &ObjectId, known: &KnownCommits) -> Result<Novelty, SourceError> {
        self.ask(|repository| repository.novelty(new, known))
    }
}
