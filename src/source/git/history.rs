//! What is new in a history and what it builds on, found with libgit2.

use super::names::tracking_patterns;
use super::{KnownCommits, LoggedCommit, ObjectId};
use git2::Oid;
use std::collections::HashSet;

/// Up to how many known parents of new commits are compared in pairs; beyond that one walk finds those that another of
/// them reaches.
const MOST_PAIRED: usize = 8;

/// The destinations of what the remotes fetch, beside `refs/remotes/`.
fn fetched_to(repository: &git2::Repository) -> Result<Vec<String>, git2::Error> {
    let mut specifications = Vec::new();
    let config = repository.config()?;
    config.entries(Some(r"^remote\..*\.fetch$"))?.for_each(|entry| {
        if entry.has_value() {
            specifications.extend(entry.value().ok().map(str::to_owned));
        }
    })?;
    Ok(tracking_patterns(specifications.iter().map(String::as_str)))
}

/// Where the walk of [`unknown_commits`] starts: the objects that references name and those given by name.
pub(super) fn tips(repository: &git2::Repository, new: Oid, known: &KnownCommits) -> Result<Vec<Oid>, git2::Error> {
    let mut tips: Vec<Oid> = vec![new];
    if let KnownCommits::Remotes(named) | KnownCommits::Commits(named) = known {
        tips.extend(named.iter().filter_map(|tip| Oid::from_str(tip.as_str()).ok()));
    }
    if !matches!(known, KnownCommits::Commits(_)) {
        tips.extend(repository.references()?.filter_map(|reference| reference.ok()?.target()));
    }
    Ok(tips)
}

/// The commits that `new` reaches and `known` does not.
pub(super) fn unknown_commits(
    repository: &git2::Repository,
    new: Oid,
    known: &KnownCommits,
) -> Result<Vec<Oid>, git2::Error> {
    let mut walk = repository.revwalk()?;
    walk.push(new)?;
    match known {
        KnownCommits::AllReferences => {
            walk.hide_glob("*")?;
            if let Some(head) = repository.head().ok().and_then(|head| head.target()) {
                walk.hide(head)?;
            }
        }
        KnownCommits::Remotes(tips) => {
            walk.hide_glob("refs/remotes/*")?;
            for pattern in fetched_to(repository)? {
                if pattern.contains('*') {
                    walk.hide_glob(&pattern)?;
                } else if let Ok(single) = repository.find_reference(&pattern).and_then(|it| it.peel_to_commit()) {
                    walk.hide(single.id())?;
                }
            }
            for tip in tips.iter().filter_map(|tip| Oid::from_str(tip.as_str()).ok()) {
                // What a tag was is known by the commit that it stood for.
                let commit = repository.find_object(tip, None).and_then(|object| object.peel_to_commit());
                if let Ok(commit) = commit {
                    walk.hide(commit.id())?;
                }
            }
        }
        KnownCommits::Commits(commits) => {
            for commit in commits {
                walk.hide(Oid::from_str(commit.as_str())?)?;
            }
        }
    }
    walk.collect()
}

/// The known parents of new commits, less those that another of them reaches.
pub(super) fn boundary(repository: &git2::Repository, new: &[Oid]) -> Result<Vec<Oid>, git2::Error> {
    let unknown: HashSet<Oid> = new.iter().copied().collect();
    let mut parents = Vec::new();
    for commit in new {
        let commit = repository.find_commit(*commit)?;
        parents.extend(commit.parent_ids().filter(|parent| !unknown.contains(parent)));
    }
    parents.sort();
    parents.dedup();
    if parents.len() <= MOST_PAIRED {
        unreached_of_few(repository, &parents)
    } else {
        unreached_of_many(repository, parents)
    }
}

/// Those of `commits` that no other of them reaches, found in pairs: looks at little history, for few commits.
fn unreached_of_few(repository: &git2::Repository, commits: &[Oid]) -> Result<Vec<Oid>, git2::Error> {
    let mut tips = Vec::new();
    for commit in commits {
        let mut reached = false;
        for other in commits.iter().filter(|other| *other != commit) {
            reached = reached || repository.graph_descendant_of(*other, *commit)?;
        }
        if !reached {
            tips.push(*commit);
        }
    }
    Ok(tips)
}

/// Those of `commits` that no other of them reaches, in the same order, found in one walk from all their parents:
/// what it meets is reached. It ends when one commit is left, which nothing can reach.
fn unreached_of_many(repository: &git2::Repository, commits: Vec<Oid>) -> Result<Vec<Oid>, git2::Error> {
    let mut walk = repository.revwalk()?;
    walk.set_sorting(git2::Sort::TIME)?;
    for commit in &commits {
        for parent in repository.find_commit(*commit)?.parent_ids() {
            walk.push(parent)?;
        }
    }
    let mut unreached: HashSet<Oid> = commits.iter().copied().collect();
    while unreached.len() > 1 {
        let Some(reached) = walk.next().transpose()? else { break };
        unreached.remove(&reached);
    }
    Ok(commits.into_iter().filter(|commit| unreached.contains(commit)).collect())
}

/// The first of `tip` and its first parents that is older than `moment`.
pub(super) fn last_before(repository: &git2::Repository, tip: Oid, moment: i64) -> Result<Option<Oid>, git2::Error> {
    let mut walk = repository.revwalk()?;
    walk.simplify_first_parent()?;
    walk.push(tip)?;
    for id in walk {
        let id = id?;
        if repository.find_commit(id)?.time().seconds() < moment {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// The commits that `tip` reaches and `known` does not, each before its parents.
pub(super) fn log(
    repository: &git2::Repository,
    tip: Oid,
    known: Option<Oid>,
    most: usize,
) -> Result<Vec<LoggedCommit>, git2::Error> {
    let mut walk = repository.revwalk()?;
    walk.set_sorting(git2::Sort::TOPOLOGICAL | git2::Sort::TIME)?;
    walk.push(tip)?;
    if let Some(known) = known {
        walk.hide(known)?;
    }
    let mut commits = Vec::new();
    for id in walk.take(most) {
        let commit = repository.find_commit(id?)?;
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        commits.push(LoggedCommit {
            id: ObjectId(commit.id().to_string()),
            parents: commit.parent_ids().map(|id| ObjectId(id.to_string())).collect(),
            seconds: commit.time().seconds(),
            author: text(commit.author().name_bytes()),
            subject: text(commit.summary_bytes().unwrap_or_default()),
        });
    }
    Ok(commits)
}
