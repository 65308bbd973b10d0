//! The index against its parents: what the commit would hold.

use super::SourceError;
use super::changes::{ChangeSet, SideChanges, Snapshot};
use super::git::program::{OpenError, Program};
use super::git::{self, Delta, ObjectId, Place, Repository};

/// Whose index it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Merge {
    /// A commit; when a merge was begun, git's own record of it (`MERGE_HEAD`) names the other parents.
    Recorded,
    /// The hook of a clean merge runs before that record is written; git names the other parents in variables called
    /// `GITHEAD_` and the commit's name, whose ends these are.
    Announced(Vec<ObjectId>),
}

/// Compares the index that git names in the environment with HEAD and, in a merge, with every other parent. On a branch
/// that is not born everything is new.
///
/// `limit` is the largest blob that is read, in bytes.
///
/// # Errors
/// When there is no repository, it cannot be read, or the index has unmerged paths.
pub fn staged(place: &Place, merge: &Merge, limit: u64) -> Result<ChangeSet, SourceError> {
    let mut repository = git::open(place)?;
    let head = repository.head()?;
    let mut parents = vec![head];
    match merge {
        Merge::Recorded => parents.extend(repository.merge_heads()?.into_iter().map(Some)),
        Merge::Announced(others) => parents.extend(others.iter().cloned().map(Some)),
    }
    let sides = parents.into_iter().map(|commit| {
        let deltas = changes_in_index(place, repository.as_mut(), commit.as_ref())?;
        Ok(SideChanges { commit, deltas })
    });
    let sides = sides.collect::<Result<_, SourceError>>()?;
    Ok(ChangeSet::new(place, Snapshot::Index, sides, limit))
}

/// Asks git first: it knows every index format, and its cache of trees inside the index makes the comparison several
/// times as fast as libgit2's. Without a git program, libgit2 does it.
fn changes_in_index(
    place: &Place,
    repository: &mut dyn Repository,
    base: Option<&ObjectId>,
) -> Result<Vec<Delta>, SourceError> {
    match Program::index_changes(place, base) {
        Ok(deltas) => Ok(deltas),
        Err(OpenError::Refused(error)) => Err(error),
        Err(OpenError::NoProgram) => repository.changes_in_index(base),
    }
}
