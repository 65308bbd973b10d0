//! Commits by name, and every file of one commit.

use super::changes::{ChangeSet, Pool};
use super::git::{self, ObjectId, Place, Repository};
use super::{SourceError, SourceErrorKind};

/// Every file of the commit that `revision` names, without history.
///
/// `limit` is the largest blob that is read, in bytes.
///
/// # Errors
/// When there is no repository, it cannot be read, or has no such commit.
pub fn revision(place: &Place, revision: &str, limit: u64) -> Result<ChangeSet, SourceError> {
    let mut repository = git::open(place)?;
    let commit = find_commit(repository.as_mut(), revision)?;
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
            message: format!("`{revision}` stands for no commit: git writes zeros for a branch that is new or deleted"),
            help: Some(
                "for a new branch name the branch that it started from, for example: --from origin/main".to_owned(),
            ),
            kind: SourceErrorKind::Usage,
        });
    }
    if let Some(commit) = repository.commit(revision)? {
        return Ok(commit);
    }
    let message = format!("this repository has no commit called `{revision}`");
    if repository.is_shallow() {
        return Err(cut_off(&format!("{message}, and its history is cut off (a shallow clone)")));
    }
    Err(SourceError {
        message,
        help: Some("see the spelling of the branch, or fetch it first: git fetch origin".to_owned()),
        kind: SourceErrorKind::Usage,
    })
}

/// The error for history that is not all here.
pub(super) fn cut_off(message: &str) -> SourceError {
    SourceError {
        message: message.to_owned(),
        help: Some(
            "fetch the whole history: in GitHub Actions set `fetch-depth: 0` for actions/checkout, in GitLab set \
             GIT_DEPTH: 0, in a shell run: git fetch --unshallow"
                .to_owned(),
        ),
        kind: SourceErrorKind::Unreadable,
    }
}
