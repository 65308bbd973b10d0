//! The commits of a branch since a moment, and what each of them changes.

use super::changes::{ChangeSet, Pool};
use super::git::{self, EntryKind, LoggedCommit, ObjectId, RepoLocation, listing};
use super::range::compared;
use super::revision::find_commit;
use super::search::every_file;
use super::{NotePath, SourceError, SourceErrorKind};
use std::collections::{HashMap, HashSet};

/// From where on commits are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Since<'a> {
    /// From where the branch stood just before this moment, in seconds since 1970.
    Moment(i64),
    /// From this commit: all that it does not reach.
    Revision(&'a str),
}

/// The commits of a branch since a moment.
///
/// The branch is the chain of first parents from its end. What merges brought belongs to the commits, however old it is: a
/// commit is counted from when the branch had it.
#[derive(Debug)]
pub(crate) struct Past {
    pool: Pool,
    /// The end of the branch.
    pub(crate) tip: ObjectId,
    /// The commit from which on commits are looked at; nothing where there is none before them.
    pub(crate) known: Option<ObjectId>,
    /// Each before its parents, else the newest first.
    pub(crate) commits: Vec<LoggedCommit>,
    /// How far back the commits go.
    pub(crate) depth: Depth,
    /// Largest blob that is read, in bytes.
    limit: u64,
}

/// How far back commits go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Depth {
    /// As far as was asked.
    Whole,
    /// Older ones were left out, because there are more than were asked for.
    Cut,
    /// The history is cut off before (a shallow clone). What stands where it begins counts as being there before.
    Shallow,
}

impl Past {
    /// The commits that `tip` (a name, or HEAD) reaches since `since`, at most `most` of them; nothing where HEAD has none.
    ///
    /// `limit` is the largest blob that is read, in bytes.
    ///
    /// # Errors
    /// When there is no repository, a name means no commit, or the history cannot be read.
    pub(crate) fn read(
        place: &RepoLocation,
        tip: Option<&str>,
        since: Since<'_>,
        most: usize,
        limit: u64,
    ) -> Result<Option<Self>, SourceError> {
        let mut repository = git::open(place)?;
        let tip = match tip {
            Some(name) => find_commit(repository.as_mut(), name)?,
            None => match repository.head()? {
                Some(head) => head,
                None => return Ok(None),
            },
        };
        let known = match since {
            Since::Moment(moment) => repository.last_before(&tip, moment)?,
            Since::Revision(name) => Some(find_commit(repository.as_mut(), name).map_err(or_a_date)?),
        };
        let mut commits = repository.log(&tip, known.as_ref(), most.saturating_add(1))?;
        let mut depth = Depth::Whole;
        if commits.len() > most {
            commits.truncate(most);
            depth = Depth::Cut;
        }
        if repository.is_shallow() {
            // Whether such a commit has parents is not known here, so nobody can say what it changed.
            let count = commits.len();
            commits.retain(|commit| !commit.parents.is_empty());
            depth = if commits.len() < count { Depth::Shallow } else { depth };
        }
        Ok(Some(Self { pool: Pool::new(place, repository), tip, known, commits, depth, limit }))
    }

    /// Open repositories.
    pub(crate) fn pool(&self) -> &Pool {
        &self.pool
    }

    /// What a commit changes against every one of its parents.
    ///
    /// # Errors
    /// When it cannot be read.
    pub(crate) fn changes(&self, commit: &LoggedCommit) -> Result<ChangeSet, SourceError> {
        compared(&self.pool, &commit.parents, commit.id.clone(), self.limit)
    }

    /// The numbers of those commits that were the end of the branch at some time, the newest first.
    pub(crate) fn ends(&self) -> Vec<usize> {
        let places: HashMap<&ObjectId, usize> =
            self.commits.iter().enumerate().map(|(number, commit)| (&commit.id, number)).collect();
        let mut ends = Vec::new();
        let mut next = places.get(&self.tip).copied();
        while let Some(number) = next {
            ends.push(number);
            let parent = self.commits.get(number).and_then(|commit| commit.parents.first());
            next = parent.and_then(|parent| places.get(parent).copied());
        }
        ends
    }

    /// The files at the end of the branch.
    ///
    /// # Errors
    /// When the tree cannot be read.
    pub(crate) fn files(&self) -> Result<Vec<(NotePath, ObjectId)>, SourceError> {
        let files = every_file(&self.pool, &self.tip)?.into_iter();
        Ok(files.filter(|(_, entry)| entry.kind == EntryKind::File).map(|(path, entry)| (path, entry.id)).collect())
    }

    /// The file at `path` in a commit; nothing where there is none.
    ///
    /// # Errors
    /// When a tree cannot be read.
    pub(crate) fn file_at(&self, commit: &ObjectId, path: &NotePath) -> Result<Option<ObjectId>, SourceError> {
        let folder = self.pool.ask(|repository| listing::folder(repository, commit, path.folder()))?;
        let found = folder.into_iter().find(|(other, entry)| other == path && entry.kind == EntryKind::File);
        Ok(found.map(|(_, entry)| entry.id))
    }

    /// Largest blob that is read, in bytes.
    pub(crate) fn limit(&self) -> u64 {
        self.limit
    }
}

/// Every version of a file in `files` and in `changes`, once.
pub(crate) fn versions<'c>(
    files: &'c [(NotePath, ObjectId)],
    changes: impl IntoIterator<Item = &'c ChangeSet>,
) -> HashSet<(&'c NotePath, &'c ObjectId)> {
    let of_changes = changes.into_iter().flat_map(ChangeSet::versions);
    files.iter().map(|(path, id)| (path, id)).chain(of_changes).collect()
}

/// The error about a name, which may have been meant for a date.
fn or_a_date(error: SourceError) -> SourceError {
    if error.kind != SourceErrorKind::Usage {
        return error;
    }
    let help = "give a date such as 2026-10-01, or a commit, branch or tag of this repository";
    SourceError { help: Some(help.to_owned()), ..error }
}
