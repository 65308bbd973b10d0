//! Commits by name, and every file of one commit.

use super::changes::{ChangeSet, Pool};
use super::git::tree::require_sound;
use super::git::{self, ObjectId, RepoLocation, Repository};
use super::missing::unknown_name;
use super::{SourceError, SourceErrorKind};

/// Every file of the commit that `revision` names, without history.
///
/// `limit` is the largest blob that is read, in bytes.
///
/// # Errors
/// When there is no repository, it cannot be read, or has no such commit.
pub(crate) fn revision(place: &RepoLocation, revision: &str, limit: u64) -> Result<ChangeSet, SourceError> {
    let mut repository = git::open(place)?;
    let commit = find_commit(repository.as_mut(), revision)?;
    require_sound(repository.as_mut(), &commit, &[])?;
    let entries = repository.changes_between(None, &commit)?;
    Ok(ChangeSet::whole(Pool::new(place, repository), commit, entries, limit))
}

/// The commit that `revision` names.
///
/// # Errors
/// When it names none: with the advice to fetch where history is cut off, as a usage error elsewhere.
pub(super) fn find_commit(repository: &mut dyn Repository, revision: &str) -> Result<ObjectId, SourceError> {
    if ObjectId::parse(revision).is_some_and(|id| id.is_zero()) {
        return Err(SourceError {
            paths: Vec::new(),
            message: format!("`{revision}` names no commit: git writes zeros for a branch that is new or deleted"),
            help: Some("name an existing branch or commit".to_owned()),
            kind: SourceErrorKind::Usage,
        });
    }
    if revision.trim().is_empty() {
        return Err(SourceError {
            paths: Vec::new(),
            message: "the name of a commit is empty, as where CI knows no earlier commit".to_owned(),
            help: Some(
                "name a commit, a branch or a tag; in CI --default-branch NAME says what to compare with instead"
                    .to_owned(),
            ),
            kind: SourceErrorKind::Usage,
        });
    }
    match repository.commit(revision)? {
        Some(commit) => Ok(commit),
        None => Err(unknown_name(repository, revision)),
    }
}
