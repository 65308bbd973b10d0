//! What a branch changes: the merge base against its end. Trees are compared and not patches, so text that was born in
//! a merge is seen like any other.

use super::changes::{ChangeSet, Pool, SideChanges, Snapshot};
use super::git::{self, ObjectId, Place, Repository};
use super::revision::{cut_off, find_commit};
use super::{SourceError, SourceErrorKind};

/// Compares the commit `to` with where it left `from`: with every best common ancestor of the two.
///
/// `limit` is the largest blob that is read, in bytes.
///
/// # Errors
/// When there is no repository, it cannot be read, either name is no commit, or the two have no common ancestor here.
pub fn range(place: &Place, from: &str, to: &str, limit: u64) -> Result<ChangeSet, SourceError> {
    let mut repository = git::open(place)?;
    let from_commit = find_commit(repository.as_mut(), from)?;
    let to_commit = find_commit(repository.as_mut(), to)?;
    let bases = repository.merge_bases(&from_commit, &to_commit)?;
    if bases.is_empty() {
        return Err(no_merge_base(repository.as_mut(), from, to));
    }
    since(repository, place, &bases, to_commit, limit)
}

/// Compares `to` with every one of `bases`; with the empty tree when there is none.
pub(super) fn since(
    mut repository: Box<dyn Repository>,
    place: &Place,
    bases: &[ObjectId],
    to: ObjectId,
    limit: u64,
) -> Result<ChangeSet, SourceError> {
    let commits = if bases.is_empty() { vec![None] } else { bases.iter().cloned().map(Some).collect() };
    let sides = commits.into_iter().map(|commit| {
        let deltas = repository.changes_between(commit.as_ref(), &to)?;
        Ok(SideChanges { commit, deltas })
    });
    let sides = sides.collect::<Result<_, SourceError>>()?;
    Ok(ChangeSet::new(Pool::new(place, repository), Snapshot::Commit(to), sides, limit))
}

fn no_merge_base(repository: &mut dyn Repository, from: &str, to: &str) -> SourceError {
    if repository.is_shallow() {
        return cut_off(&format!(
            "`{from}` and `{to}` have no common commit here, because the history is cut off (a shallow clone)"
        ));
    }
    SourceError {
        message: format!("`{from}` and `{to}` have no common commit, so nobody can say what changed between them"),
        help: Some(format!("to judge every record of `{to}` run: notegate check --rev {to}")),
        kind: SourceErrorKind::Unreadable,
    }
}
