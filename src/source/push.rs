//! What a push brings: the updates that git tells its hooks on standard input, and for each what is new in it.

use super::changes::{ChangeNotice, ChangeSet};
use super::git::{self, KnownCommits, Novelty, ObjectId, Pointee, RepoLocation, Repository};
use super::range::since;
use super::{SourceError, SourceErrorKind};

/// One reference that a push moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RefUpdate {
    /// The name on the receiving side. Chosen by whoever pushes: printers escape it.
    pub name: String,
    /// What it points to now; all zeros when it is new.
    pub old: ObjectId,
    /// What it shall point to; all zeros when it goes away.
    pub new: ObjectId,
}

/// Which end of a push the hook runs on; the two are told in different words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PushEnd {
    /// `pre-push`: what no tracking branch of any remote has is new. A push may go to a fresh fork, to an address, or to a
    /// remote whose branches are kept under other names, so the name of the remote says nothing.
    Sending,
    /// `pre-receive`: what no reference of this repository has is new.
    Receiving,
}

/// The commits that count as known when a push is judged.
#[derive(Debug)]
pub(crate) struct KnownBefore(KnownCommits);

/// What one reference of a push brings.
#[derive(Debug)]
pub(crate) enum PushedChange {
    /// Nothing to judge, and why not.
    Nothing(&'static str),
    /// A change to judge.
    Change(Box<ChangeSet>),
}

/// Reads the updates of a push from what git wrote to the hook.
///
/// # Errors
/// When a line has another form: what cannot be understood must not pass.
pub(crate) fn updates(input: &[u8], end: &PushEnd) -> Result<Vec<RefUpdate>, SourceError> {
    let text = String::from_utf8_lossy(input);
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| update(line, end)).collect()
}

fn update(line: &str, end: &PushEnd) -> Result<RefUpdate, SourceError> {
    let words: Vec<&str> = line.split(' ').collect();
    let parsed = match (end, words.as_slice()) {
        (PushEnd::Sending, [_, new, name, old]) | (PushEnd::Receiving, [old, new, name]) => {
            ObjectId::parse(old).zip(ObjectId::parse(new)).map(|(old, new)| (old, new, *name))
        }
        _ => None,
    };
    let (old, new, name) = parsed.ok_or_else(|| SourceError {
        paths: Vec::new(),
        message: "standard input does not say, as git does to its hooks, which references are pushed".to_owned(),
        help: Some("this command is for git to call; install the hooks with: notegate install".to_owned()),
        kind: SourceErrorKind::Unreadable,
    })?;
    Ok(RefUpdate { name: name.to_owned(), old, new })
}

/// What counts as known when the updates of a push are judged. What the other side says to have for one branch, it has
/// for all of them.
#[must_use]
pub(crate) fn known(updates: &[RefUpdate], end: &PushEnd) -> KnownBefore {
    let old = updates.iter().map(|update| &update.old).filter(|old| !old.is_zero());
    KnownBefore(match end {
        PushEnd::Receiving => KnownCommits::AllReferences,
        PushEnd::Sending => KnownCommits::Remotes(old.cloned().collect()),
    })
}

/// What one update brings that was not known: its end against the known commits that its new ones build on. A branch
/// with no known past is new as a whole.
///
/// `limit` is the largest blob that is read, in bytes.
///
/// # Errors
/// When the repository or the pushed commit cannot be read.
pub(crate) fn arrival(
    place: &RepoLocation,
    update: &RefUpdate,
    known: &KnownBefore,
    limit: u64,
) -> Result<PushedChange, SourceError> {
    if update.new.is_zero() {
        return Ok(PushedChange::Nothing("it is deleted"));
    }
    let mut repository = git::open(place)?;
    let Some(new) = repository.commit(update.new.as_str())? else {
        return without_commit(repository, place, update, limit);
    };
    match repository.novelty(&new, &known.0)? {
        Novelty::Nothing => Ok(PushedChange::Nothing("every commit of it is already there")),
        Novelty::Since(bases) => {
            let is_whole = bases.is_empty();
            let change = since(repository, place, &bases, new, limit)?;
            let change = if is_whole { change.with_notice(known.nothing_known()) } else { change };
            Ok(PushedChange::Change(Box::new(change)))
        }
    }
}

impl KnownBefore {
    /// Says that a history is new as a whole, and the way for one that was not written under these rules.
    fn nothing_known(&self) -> ChangeNotice {
        let text = match self.0 {
            KnownCommits::AllReferences => {
                "this repository has nothing of this history yet, so every record in it is judged; a history with old \
                 notes is pushed before the hook is installed, or while it is uninstalled"
            }
            KnownCommits::Remotes(_) | KnownCommits::Commits(_) => {
                "no tracking branch here has anything of this history, so every record in it is judged; if a remote has \
                 it, run `git fetch` first; if the notes are old and the remote is new, push them once with `git push \
                 --no-verify`"
            }
        };
        ChangeNotice { text: text.to_owned(), redacted: text }
    }
}

/// What a reference brings that leads to no commit. A blob alone has no path, so no record comes in by it; a tree has
/// paths and no history, so every record in it is new.
fn without_commit(
    mut repository: Box<dyn Repository>,
    place: &RepoLocation,
    update: &RefUpdate,
    limit: u64,
) -> Result<PushedChange, SourceError> {
    match repository.pointee(&update.new)? {
        Some(Pointee::Blob) => Ok(PushedChange::Nothing("it is the content of a single file, without a path")),
        Some(Pointee::Tree(tree)) => {
            let change = since(repository, place, &[], tree, limit)?;
            let text = "this is a folder without a commit and so without history; every record in it is judged";
            let notice = ChangeNotice { text: text.to_owned(), redacted: text };
            Ok(PushedChange::Change(Box::new(change.with_notice(notice))))
        }
        Some(Pointee::Commit(_)) | None => Err(SourceError {
            paths: Vec::new(),
            message: format!("the pushed object {} cannot be found or read", update.new.short()),
            help: Some(git::FSCK.to_owned()),
            kind: SourceErrorKind::Unreadable,
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "1111111111111111111111111111111111111111";
    const ZERO: &str = "0000000000000000000000000000000000000000";

    #[test]
    fn both_hooks_name_their_references_in_their_own_order() {
        let sent = format!("refs/heads/topic {ONE} refs/heads/main {ZERO}\n");
        let sent = updates(sent.as_bytes(), &PushEnd::Sending).unwrap();
        let received = updates(format!("{ZERO} {ONE} refs/heads/main\n").as_bytes(), &PushEnd::Receiving).unwrap();
        assert_eq!(sent, received);
        assert_eq!(sent[0].name, "refs/heads/main");
        assert!(sent[0].old.is_zero() && !sent[0].new.is_zero());
    }

    #[test]
    fn nothing_on_standard_input_is_no_update() {
        assert_eq!(updates(b"", &PushEnd::Receiving), Ok(Vec::new()));
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        for line in ["nonsense", "1 2 refs/heads/main", &format!("{ONE} {ZERO}")] {
            assert!(updates(line.as_bytes(), &PushEnd::Receiving).is_err(), "{line}");
        }
    }
}
