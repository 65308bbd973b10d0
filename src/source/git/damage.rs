//! Names whose reference or object is there and cannot be read, as the `git` program sees it. git itself says of such a
//! name no more than of one that does not exist.

use super::names::{base_name, no_commit};
use super::output::{ids, refusal};
use super::program::Program;
use super::{FSCK, ObjectId, unreadable};
use crate::source::SourceError;
use std::process::Output;

/// Fails when `revision` is the name of a reference that cannot be read to its end.
pub(super) fn require_undamaged(program: &Program, revision: &str) -> Result<(), SourceError> {
    if ObjectId::parse(revision).is_some() {
        return require_undamaged_object(program, revision, revision);
    }
    let Some((base, rest)) = base_name(revision) else { return Ok(()) };
    let found = program.output(["rev-parse", "--verify", "--quiet", "--end-of-options", base])?;
    let Some(target) = ids(&found.stdout)?.pop().filter(|_| found.status.success()) else {
        return require_sound_reference(program, base);
    };
    let kind = program.output(["cat-file", "-t", target.as_str()])?;
    let lost = |output: &Output| {
        let reason = refusal(output).message;
        unreadable(format!("`{base}` names {}, which cannot be read: {reason}", target.as_str()), Some(FSCK))
    };
    let is_commit = program.output(["rev-parse", "--verify", "--quiet", &format!("{base}^{{commit}}")])?;
    match kind.stdout.as_slice() {
        _ if ObjectId::parse(base).is_some() => Ok(()),
        b"commit\n" if is_commit.status.success() && rest.starts_with(['~', '^']) => {
            program.run(["rev-list", "--count", target.as_str()]).map(drop)
        }
        b"commit\n" if !is_commit.status.success() => Err(lost(&is_commit)),
        b"tag\n" => require_undamaged_object(program, base, &format!("{base}^{{}}")),
        b"blob\n" | b"tree\n" if rest.is_empty() && is_branch(program, base)? => Err(no_commit(base, target.as_str())),
        b"" => Err(lost(&kind)),
        _ => Ok(()),
    }
}

/// Fails when `revision`, called `name`, stands for an object that is here and cannot be read; for a tag also when it
/// is not here.
fn require_undamaged_object(program: &Program, name: &str, revision: &str) -> Result<(), SourceError> {
    let is_here = program.output(["cat-file", "-e", revision])?.status.success();
    if !is_here && name == revision {
        return Ok(());
    }
    let read = program.output(["cat-file", "-t", revision])?;
    match read.stdout.as_slice() {
        b"blob\n" | b"tree\n" | b"tag\n" => Ok(()),
        _ => Err(unreadable(
            format!("`{name}` names an object that cannot be read: {}", refusal(&read).message),
            Some(FSCK),
        )),
    }
}

fn is_branch(program: &Program, name: &str) -> Result<bool, SourceError> {
    let full = program.output(["rev-parse", "--symbolic-full-name", name])?;
    Ok(!full.stdout.starts_with(b"refs/tags/"))
}

/// Fails when there is a file for the reference `name` that git cannot read.
fn require_sound_reference(program: &Program, name: &str) -> Result<(), SourceError> {
    let is_pseudo = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    let places = ["", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/"];
    let places = places.iter().filter(|place| !place.is_empty() || is_pseudo || name.starts_with("refs/"));
    for place in places {
        let mut full = format!("{place}{name}");
        // A chain of references is short; git follows five.
        for _ in 0..5 {
            let Ok(content) = std::fs::read(program.git_path(&full)?) else { break };
            let content = String::from_utf8_lossy(&content);
            match content.strip_prefix("ref:") {
                Some(next) => full = next.trim().to_owned(),
                None if ObjectId::parse(content.trim()).is_some() => break,
                None => return Err(unreadable(format!("the reference {full} is damaged"), Some(FSCK))),
            }
        }
    }
    Ok(())
}
