//! Commits that a run is told to look at and that are not here: what to fetch, or what to compare with instead.

use super::changes::{ChangeNotice, ChangeSet};
use super::git::{Branch, KnownCommits, Novelty, ObjectId, RepoLocation, Repository};
use super::range::{merge_base_sides, since};
use super::wanted::{Surroundings, Wanted};
use super::{SourceError, SourceErrorKind};
use crate::nearest::nearest;
use crate::shell::word;

/// The error for a name that is no commit here. In a shallow clone, and for the full id of a commit, the commit may well
/// be elsewhere, so the repository is at fault and not the name.
pub(super) fn unknown_name(repository: &mut dyn Repository, name: &str) -> SourceError {
    let message = format!("this repository has no commit called `{name}`");
    if let Some(help) = called_here(repository, name) {
        return SourceError { paths: Vec::new(), message, help: Some(help), kind: SourceErrorKind::Usage };
    }
    if repository.is_shallow() {
        return cut_off(repository, &format!("{message}, and its history is cut off (a shallow clone)"), name);
    }
    let kind = match ObjectId::parse(name) {
        Some(id) if repository.exists(&id) => {
            return SourceError {
                paths: Vec::new(),
                message: format!("`{name}` is not a commit"),
                help: Some("name a commit, a branch or a tag".to_owned()),
                kind: SourceErrorKind::Usage,
            };
        }
        Some(_) => SourceErrorKind::Unreadable,
        None => SourceErrorKind::Usage,
    };
    let surroundings = Surroundings::of(repository);
    let wanted = Wanted::of(name, &surroundings);
    // Where history is whole, a fetch adds nothing to what is here.
    let may_be_elsewhere = match &wanted {
        Wanted::Here => false,
        Wanted::Branch { .. } | Wanted::DefaultBranch { .. } => true,
        _ => !surroundings.remotes.is_empty(),
    };
    let help = match may_be_elsewhere {
        true => format!("check the spelling of the name, or fetch it first: {}", fetch_command(repository, name)),
        false if wanted == Wanted::Here && repository.head().is_ok_and(|head| head.is_none()) => {
            "the current branch has no commit yet: commit first, or name a commit, a branch or a tag".to_owned()
        }
        false => "check the spelling of the name".to_owned(),
    };
    SourceError { paths: Vec::new(), message, help: Some(help), kind }
}

/// What a branch of a remote is called here, where somebody calls it by its short name.
fn called_here(repository: &mut dyn Repository, name: &str) -> Option<String> {
    let surroundings = Surroundings::of(repository);
    let remotes = || surroundings.remotes.iter().map(String::as_str);
    let mut slip = None;
    let short = match Wanted::of(name, &surroundings) {
        Wanted::BranchOrTag(short) => short.to_owned(),
        // What looks like a branch of an unknown remote may be one of a known one with such a name.
        Wanted::Branch { remote, branch } if !surroundings.has_remote(remote) => {
            slip = nearest(remote, remotes()).map(|near| format!("{near}/{branch}"));
            format!("{remote}/{branch}")
        }
        _ => return None,
    };
    let mut tracked = remotes().map(|remote| format!("{remote}/{short}")).chain(slip);
    let is_here = |tracked: &String| surroundings.branches.contains(&format!("refs/remotes/{tracked}"));
    let here = tracked.find(is_here)?;
    Some(format!("the branch of the remote is called {} here", word(&here)))
}

/// The error for history that is not all here; `name` is the commit that is looked for in it.
pub(super) fn cut_off(repository: &mut dyn Repository, message: &str, name: &str) -> SourceError {
    let fetch = fetch_command(repository, name);
    SourceError {
        paths: Vec::new(),
        message: message.to_owned(),
        help: Some(format!(
            "fetch the whole history: in GitHub Actions set `fetch-depth: 0` for actions/checkout, in GitLab set \
             GIT_DEPTH: 0, in a shell run: {fetch}"
        )),
        kind: SourceErrorKind::Unreadable,
    }
}

/// The command that brings `name` here, with its whole history. A clone of a single branch fetches no other by itself, so
/// the command says what to fetch and where to keep it.
fn fetch_command(repository: &mut dyn Repository, name: &str) -> String {
    let surroundings = Surroundings::of(repository);
    let wanted = Wanted::of(name, &surroundings);
    let remote = match &wanted {
        Wanted::Branch { remote, .. } | Wanted::DefaultBranch { remote } => remote,
        _ => usual_remote(&surroundings.remotes).unwrap_or("origin"),
    };
    let is_unknown = match &wanted {
        Wanted::Branch { .. } | Wanted::DefaultBranch { .. } => !surroundings.has_remote(remote),
        _ => surroundings.remotes.is_empty(),
    };
    let add = if is_unknown { format!("git remote add {} ADDRESS && ", word(remote)) } else { String::new() };
    let is_shallow = repository.is_shallow();
    let (what, then) = match &wanted {
        Wanted::Branch { remote, branch } => {
            (word(&format!("+refs/heads/{branch}:refs/remotes/{remote}/{branch}")), String::new())
        }
        Wanted::DefaultBranch { remote } => {
            (every_branch(remote), format!(" && git remote set-head {} --auto", word(remote)))
        }
        Wanted::Reference(name) => (word(&format!("+{name}:{name}")), String::new()),
        // Which branch holds a commit that is cut off is not known.
        Wanted::Id(_) if is_shallow => (every_branch(remote), String::new()),
        Wanted::Id(id) => (id.as_str().to_owned(), String::new()),
        // The name of a branch elsewhere does not become one of this repository by a fetch; that of a tag does.
        Wanted::BranchOrTag(name) => (
            format!("--tags {}", every_branch(remote)),
            format!("; then call it {}, unless it is a tag", word(&format!("{remote}/{name}"))),
        ),
        Wanted::Here => (String::new(), String::new()),
    };
    let unshallow = if is_shallow { " --unshallow" } else { "" };
    let what = if what.is_empty() { what } else { format!(" {what}") };
    format!("{add}git fetch{unshallow} {}{what}{then}", word(remote))
}

/// The branches of a remote, and where to keep them, as one word.
fn every_branch(remote: &str) -> String {
    word(&format!("+refs/heads/*:refs/remotes/{remote}/*"))
}

/// The remote that is meant where none is named: `origin`, or the only one.
pub(super) fn usual_remote(remotes: &[String]) -> Option<&str> {
    let origin = remotes.iter().find(|remote| *remote == "origin");
    origin.or(remotes.first().filter(|_| remotes.len() == 1)).map(String::as_str)
}

/// Why there is no commit on the old side of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason<'a> {
    /// Nothing is named: the event of CI that starts the run has no commit before it.
    Unnamed,
    /// All zeros: the branch is new.
    NewBranch,
    /// The id of a commit that is not here, as after a force push.
    Gone(&'a str),
}

impl Reason<'_> {
    /// The reason as the start of a sentence.
    pub(super) fn told(self) -> String {
        match self {
            Self::Unnamed => "--from names no commit".to_owned(),
            Self::NewBranch => "--from is all zeros, which git writes for a new branch".to_owned(),
            Self::Gone(from) => {
                format!("the commit {from} that --from names is not in this repository, as after a force push")
            }
        }
    }
}

/// What `to` brings where its old side is unknown. A new branch is compared with the other branches, a replaced commit
/// with the default branch. Where the default branch holds all of `to` already, nothing is left to compare it with but
/// itself: then everything is judged, whatever other branches are there.
///
/// # Errors
/// When there is nothing to compare with, or the repository cannot be read.
pub(super) fn without_old_side(
    mut repository: Box<dyn Repository>,
    place: &RepoLocation,
    reason: Reason<'_>,
    to: (&str, ObjectId),
    limit: u64,
) -> Result<ChangeSet, SourceError> {
    let (to_name, to) = to;
    let branches = repository.branches()?;
    let default = default_branch(&branches, reason);
    let reaching = repository.reaching(&to)?;
    let why = reason.told();
    let (bases, notice) = match (default, reason) {
        (Some(default), _) if default.tip == to || reaching.contains(&default.name) => {
            (Vec::new(), nothing_but_itself(&why, (to_name, &to), default))
        }
        (None, Reason::Gone(from)) => return Err(nothing_instead(repository.as_mut(), &why, from)),
        (Some(default), Reason::Gone(_)) => {
            let text = format!("{why}; compared with the default branch {} instead", shown(&default.name));
            let redacted = "--from names a commit that is gone; compared with the default branch instead";
            let bases = merge_base_sides(repository.as_mut(), (shown(&default.name), &default.tip), (to_name, &to))?;
            (bases, ChangeNotice { text, redacted })
        }
        (default, Reason::NewBranch | Reason::Unnamed) => {
            let known = branches.iter().filter(|branch| !reaching.contains(&branch.name));
            let known = known.map(|branch| branch.tip.clone()).collect();
            let bases = match repository.novelty(&to, &KnownCommits::Commits(known))? {
                Novelty::Nothing => Vec::new(),
                Novelty::Since(bases) => bases,
            };
            if bases.is_empty() && repository.is_shallow() {
                let name = default.map_or(to_name, |default| shown(&default.name));
                let message = format!("{why}, and what it builds on is cut off (a shallow clone)");
                return Err(cut_off(repository.as_mut(), &message, name));
            }
            let redacted = match bases.is_empty() {
                true => "--from names no commit; no other branch has a part of the history, so every record is judged",
                false => "--from names no commit; what is judged is what no other branch has",
            };
            (bases, ChangeNotice { text: redacted.replacen("--from names no commit", &why, 1), redacted })
        }
    };
    Ok(since(repository, place, &bases, to, limit)?.with_notice(notice))
}

/// Says that the default branch holds all of `to`.
fn nothing_but_itself(why: &str, (to_name, to): (&str, &ObjectId), default: &Branch) -> ChangeNotice {
    let is = if default.tip == *to { "is where the default branch" } else { "is a part of the default branch" };
    let ends = if default.tip == *to { " ends" } else { "" };
    let text = format!("{why}; `{to_name}` {is} {}{ends}, so every record of it is judged", shown(&default.name));
    let redacted = "--from names no commit; the other end is the default branch or a part of it, so every record of it \
                    is judged";
    ChangeNotice { text, redacted }
}

/// The default branch of `origin`, or of the only remote; for a new branch in a repository without remotes its own.
fn default_branch<'a>(branches: &'a [Branch], reason: Reason<'_>) -> Option<&'a Branch> {
    let named = |name: String| branches.iter().find(|branch| branch.name == name);
    let mut remotes: Vec<&str> = branches
        .iter()
        .filter_map(|branch| Some(branch.name.strip_prefix("refs/remotes/")?.split_once('/')?.0))
        .collect();
    remotes.dedup();
    let remote = match remotes.as_slice() {
        [only] => Some(*only),
        several => several.iter().find(|name| **name == "origin").copied(),
    };
    let usual = |folder: String| ["main", "master"].iter().find_map(|name| named(format!("{folder}/{name}")));
    let of_remote = remote.and_then(|remote| {
        let head = named(format!("refs/remotes/{remote}/HEAD"));
        let meant = head.and_then(|head| head.stands_for.clone()).and_then(named);
        meant.or_else(|| usual(format!("refs/remotes/{remote}")))
    });
    match reason {
        Reason::NewBranch if remotes.is_empty() => usual("refs/heads".to_owned()),
        _ => of_remote,
    }
}

/// A branch as people name it.
fn shown(name: &str) -> &str {
    name.strip_prefix("refs/remotes/").or_else(|| name.strip_prefix("refs/heads/")).unwrap_or(name)
}

fn nothing_instead(repository: &mut dyn Repository, why: &str, from: &str) -> SourceError {
    if repository.is_shallow() {
        return cut_off(repository, &format!("{why}, and its history is cut off (a shallow clone)"), from);
    }
    let by_name = "name the branch to compare with: --from BRANCH";
    let remotes = repository.remotes().unwrap_or_default();
    let help = match usual_remote(&remotes) {
        None => by_name.to_owned(),
        Some(remote) => format!(
            "fetch the default branch: git fetch {0} {1} && git remote set-head {0} --auto; or {by_name}",
            word(remote),
            every_branch(remote)
        ),
    };
    SourceError {
        paths: Vec::new(),
        message: format!("{why}; nor is there a default branch of a remote to compare with instead"),
        help: Some(help),
        kind: SourceErrorKind::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn branch(name: &str, stands_for: Option<&str>) -> Branch {
        let tip = ObjectId::parse(&"1".repeat(40)).unwrap();
        Branch { name: name.to_owned(), tip, stands_for: stands_for.map(str::to_owned) }
    }

    fn default(names: &[(&str, Option<&str>)]) -> Option<String> {
        let branches: Vec<Branch> = names.iter().map(|(name, stands_for)| branch(name, *stands_for)).collect();
        default_branch(&branches, Reason::Gone("")).map(|branch| branch.name.clone())
    }

    #[test]
    fn the_default_branch_is_the_one_of_origin_or_of_the_only_remote() {
        let (main, master) = (("refs/remotes/origin/main", None), ("refs/remotes/origin/master", None));
        let trunk = ("refs/remotes/origin/trunk", None);
        let head = |target| ("refs/remotes/origin/HEAD", Some(target));
        assert_eq!(default(&[head(trunk.0), main, trunk]).as_deref(), Some(trunk.0));
        assert_eq!(default(&[head("refs/remotes/origin/gone"), main]).as_deref(), Some(main.0));
        assert_eq!(default(&[main, master]).as_deref(), Some(main.0));
        assert_eq!(default(&[master, trunk]).as_deref(), Some(master.0));
        assert_eq!(default(&[("refs/remotes/up/main", None)]).as_deref(), Some("refs/remotes/up/main"));
        assert_eq!(default(&[main, ("refs/remotes/up/main", None)]).as_deref(), Some(main.0));
        assert_eq!(default(&[("refs/remotes/a/main", None), ("refs/remotes/b/main", None)]), None);
        assert_eq!(default(&[("refs/heads/main", None), trunk]), None);
        let local = [branch("refs/heads/main", None), branch("refs/heads/topic", None)];
        assert_eq!(default_branch(&local, Reason::NewBranch), local.first());
        assert_eq!(default_branch(&local, Reason::Gone("")), None);
    }
}
