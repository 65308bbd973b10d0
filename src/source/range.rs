//! What a branch changes: the merge base against its end. Trees are compared and not patches, so text that was born in
//! a merge is seen like any other.

use super::changes::{ChangeNotice, ChangeSet, Pool, SideChanges, Sides, Snapshot};
use super::git::tree::require_sound;
use super::git::{self, ObjectId, RepoLocation, Repository};
use super::lineage::{Lineage, beside_default, beside_itself};
use super::missing::{Reason, cut_off, without_old_side};
use super::parting::where_sides_part;
use super::revision::find_commit;
use super::{SourceError, SourceErrorKind};
use crate::shell::word;

/// Compares the commit `to` with where it left `from`: with every best common ancestor of the two.
///
/// `limit` is the largest blob that is read, in bytes.
///
/// # Errors
/// When there is no repository, it cannot be read, either name is no commit, or the two have no common ancestor here.
/// `from` may be all zeros, or the full id of a commit that is gone: see [`without_old_side`]. With a `lineage` it may be
/// empty, too: see [`beside_default`]; and an empty range of the default branch is all of it: see [`beside_itself`].
pub(crate) fn range(
    place: &RepoLocation,
    (from, lineage): (&str, Option<Lineage<'_>>),
    to: &str,
    limit: u64,
) -> Result<ChangeSet, SourceError> {
    let mut repository = git::open(place)?;
    let to_commit = find_commit(repository.as_mut(), to)?;
    let named = match ObjectId::parse(from) {
        Some(id) if id.is_zero() => Err(Reason::NewBranch),
        Some(id) => match repository.commit(from)? {
            Some(commit) => Ok(commit),
            // Here it may be the history that is cut off, or an object that is not a commit.
            None if repository.is_shallow() || repository.exists(&id) => Ok(find_commit(repository.as_mut(), from)?),
            None => Err(Reason::Gone(from)),
        },
        None if from.is_empty() && lineage.is_some() => Err(Reason::Unnamed),
        None => Ok(find_commit(repository.as_mut(), from)?),
    };
    let from_commit = match (named, lineage) {
        (Ok(commit), _) => commit,
        (Err(reason), Some(lineage)) => {
            return beside_default(repository, place, (reason, lineage), (to, to_commit), limit);
        }
        (Err(reason), None) => return without_old_side(repository, place, reason, (to, to_commit), limit),
    };
    let bases = merge_base_sides(repository.as_mut(), (from, &from_commit), (to, &to_commit))?;
    if !bases.contains(&to_commit) {
        return since(repository, place, &bases, to_commit, limit);
    }
    // The end of the default branch under another name is no earlier state of it; an earlier id is.
    let is_itself = from_commit == to_commit || ObjectId::parse(from).is_none();
    match lineage {
        Some(lineage) if is_itself => beside_itself(repository, place, (from, lineage), (to, to_commit), limit),
        _ => Ok(since(repository, place, &bases, to_commit, limit)?.with_notice(no_commit(from, to))),
    }
}

/// Says that a range is empty: an ordinary state of a branch, and what a wrong name looks like.
pub(super) fn no_commit(from: &str, to: &str) -> ChangeNotice {
    let text = format!(
        "the range holds no commit, because `{from}` has all of `{to}`, so nothing is judged; every record of `{to}` is \
         judged by: notegate check --rev={}",
        word(to)
    );
    ChangeNotice { text, redacted: "the range holds no commit, so nothing is judged" }
}

/// All best common ancestors of two commits, each with the name it was given.
///
/// # Errors
/// When there is none.
pub(super) fn merge_base_sides(
    repository: &mut dyn Repository,
    (from, from_commit): (&str, &ObjectId),
    (to, to_commit): (&str, &ObjectId),
) -> Result<Vec<ObjectId>, SourceError> {
    let bases = repository.merge_bases(from_commit, to_commit)?;
    if bases.is_empty() { Err(no_merge_base(repository, from, to)) } else { Ok(bases) }
}

/// Compares `to` with every one of `bases`; with the empty tree when there is none.
pub(crate) fn since(
    mut repository: Box<dyn Repository>,
    place: &RepoLocation,
    bases: &[ObjectId],
    to: ObjectId,
    limit: u64,
) -> Result<ChangeSet, SourceError> {
    require_sound(repository.as_mut(), &to, bases)?;
    compared(&Pool::new(place, repository), bases, to, limit)
}

/// The same without looking whether the trees of `to` are sound: for what is history already.
pub(crate) fn compared(pool: &Pool, bases: &[ObjectId], to: ObjectId, limit: u64) -> Result<ChangeSet, SourceError> {
    let commits = if bases.is_empty() { vec![None] } else { bases.iter().cloned().map(Some).collect() };
    let sides = pool.ask(|repository| {
        let shared = where_sides_part(repository, &commits)?;
        let mut compared = |commits: Vec<Option<ObjectId>>| -> Result<Vec<SideChanges>, SourceError> {
            let changes = |commit: Option<ObjectId>| {
                let deltas = repository.changes_between(commit.as_ref(), &to)?;
                Ok(SideChanges { commit, deltas })
            };
            commits.into_iter().map(changes).collect()
        };
        Ok(Sides { parents: compared(commits)?, shared: compared(shared)? })
    })?;
    Ok(ChangeSet::new(pool.clone(), Snapshot::Commit(to), sides, limit))
}

fn no_merge_base(repository: &mut dyn Repository, from: &str, to: &str) -> SourceError {
    if repository.is_shallow() {
        let message =
            format!("`{from}` and `{to}` have no common commit here, because the history is cut off (a shallow clone)");
        return cut_off(repository, &message, from);
    }
    SourceError {
        paths: Vec::new(),
        message: format!("`{from}` and `{to}` have no common commit, so nobody can say what changed between them"),
        help: Some(format!("to judge every record of `{to}` run: notegate check --rev={}", word(to))),
        kind: SourceErrorKind::Unreadable,
    }
}
