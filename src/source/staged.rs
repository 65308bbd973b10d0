//! The index against its parents: what the commit would hold.

use super::SourceError;
use super::changes::{ChangeSet, Pool, SideChanges, Sides, Snapshot};
use super::git::program::{OpenError, Program};
use super::git::{self, Delta, ObjectId, RepoLocation, Repository};
use super::parting::where_sides_part;

/// Compares the index that git names in the environment with HEAD and, in a merge, with every other parent. On a branch
/// that is not born everything is new.
///
/// While a merge waits to be committed, git's own record of it (`MERGE_HEAD`) names the other parents. The hook of a
/// merge without conflicts runs before that record is written: then `announced` stands in, the parents that git names
/// to the hook in variables called `GITHEAD_` and the commit's name.
///
/// `limit` is the largest blob that is read, in bytes.
///
/// # Errors
/// When there is no repository, it cannot be read, or the index has unmerged paths.
pub(crate) fn staged(place: &RepoLocation, announced: &[ObjectId], limit: u64) -> Result<ChangeSet, SourceError> {
    let mut repository = git::open(place)?;
    let head = repository.head()?;
    let recorded = repository.merge_heads()?;
    let others = match recorded.is_empty() {
        true => not_merged(repository.as_mut(), head.as_ref(), announced)?,
        false => recorded,
    };
    let parents: Vec<_> = std::iter::once(head).chain(others.into_iter().map(Some)).collect();
    let shared = where_sides_part(repository.as_mut(), &parents)?;
    let mut compared = |commits: Vec<Option<ObjectId>>| -> Result<Vec<SideChanges>, SourceError> {
        let changes = |commit: Option<ObjectId>| {
            let deltas = changes_in_index(place, repository.as_mut(), commit.as_ref())?;
            Ok(SideChanges { commit, deltas })
        };
        commits.into_iter().map(changes).collect()
    };
    let sides = Sides { parents: compared(parents)?, shared: compared(shared)? };
    Ok(ChangeSet::new(Pool::new(place, repository), Snapshot::Index, sides, limit))
}

/// Those of `announced` that `head` does not reach: the variables of an earlier merge live on in what its hooks start, and
/// what is merged already is no parent of the next commit.
fn not_merged(
    repository: &mut dyn Repository,
    head: Option<&ObjectId>,
    announced: &[ObjectId],
) -> Result<Vec<ObjectId>, SourceError> {
    let Some(head) = head else { return Ok(announced.to_vec()) };
    let mut others = Vec::new();
    for commit in announced {
        if repository.merge_bases(head, commit)? != std::slice::from_ref(commit) {
            others.push(commit.clone());
        }
    }
    Ok(others)
}

/// Reads the index in place where it has the form that git writes by default: to start git takes longer than that. git
/// knows every other form, and its cache of trees inside the index makes the comparison several times as fast as
/// libgit2's. Without a git program, libgit2 does it.
fn changes_in_index(
    place: &RepoLocation,
    repository: &mut dyn Repository,
    base: Option<&ObjectId>,
) -> Result<Vec<Delta>, SourceError> {
    if let Some(deltas) = git::in_index(repository, base) {
        return Ok(deltas);
    }
    match Program::index_changes(place, base) {
        Ok(deltas) => Ok(deltas),
        Err(OpenError::Refused(error)) => Err(error),
        Err(OpenError::NoProgram(_)) => repository.changes_in_index(base),
    }
}
