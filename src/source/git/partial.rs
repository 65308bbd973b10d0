//! Partial clones: what they leave with their remote, and how it comes here.
//!
//! git fetches a missing object by itself when it is read, one at a time. Where many are needed they are fetched
//! together first, in the way in which git does it; where none is worth a connection, nothing is fetched.

use super::output::parts;
use super::program::{Program, fed};
use super::{ObjectId, not_fetched};
use crate::source::SourceError;
use std::process::{Command, Stdio};

/// The remotes of a partial clone; none in a whole one.
pub(super) fn promisors(program: &Program) -> Vec<String> {
    let get = ["config", "-z", "--get-regexp"];
    let settings = r"^(extensions\.partialclone|remote\..*\.(promisor|partialclonefilter))$";
    let Ok(listing) = program.output(get.into_iter().chain([settings])) else { return Vec::new() };
    let mut remotes: Vec<String> = Vec::new();
    for entry in parts(&listing.stdout) {
        let entry = String::from_utf8_lossy(entry);
        let (key, value) = entry.split_once('\n').unwrap_or((&entry, "true"));
        let is_off = ["false", "no", "off", "0"].iter().any(|off| value.eq_ignore_ascii_case(off));
        let remote = match key.strip_prefix("remote.").and_then(|key| key.rsplit_once('.')) {
            Some((_, "promisor")) if is_off => continue,
            Some((remote, _)) => remote,
            None => value,
        };
        if !remotes.iter().any(|known| known == remote) {
            remotes.push(remote.to_owned());
        }
    }
    remotes
}

/// `command`, kept from fetching: by git's own switch, and for versions before 2.45, which do not know it, by forbidding
/// every way to a remote.
pub(super) fn offline(mut command: Command) -> Command {
    command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none");
    command
}

/// Fetches those of `ids` that are not here, and says how many.
///
/// # Errors
/// When no remote of the partial clone gives them.
pub(super) fn prefetch(program: &mut Program, ids: &[ObjectId]) -> Result<usize, SourceError> {
    if ids.is_empty() {
        return Ok(0);
    }
    let remotes = program.promisors();
    if remotes.is_empty() {
        return Ok(0);
    }
    let mut missing = missing(program, ids);
    let wanted = missing.len();
    for remote in remotes {
        if missing.is_empty() {
            return Ok(wanted);
        }
        fetch(program, &remote, &missing);
        missing = self::missing(program, &missing);
    }
    let Some(first) = missing.first() else { return Ok(wanted) };
    // A remote may refuse to give many at once; then each is fetched when it is read.
    let one = program.output(["cat-file", "-e", first.as_str()])?;
    if one.status.success() { Ok(wanted) } else { Err(not_fetched(&format!("git object {}", first.short()))) }
}

/// Those of `ids` that are not here.
fn missing(program: &Program, ids: &[ObjectId]) -> Vec<ObjectId> {
    let command = offline(program.command(["cat-file", "--batch-check"]));
    // Before git 2.45 the command ends at the first missing object: then all after it may be missing too.
    let output = fed(command, lines(ids)).map(|output| output.stdout).unwrap_or_default();
    let text = String::from_utf8_lossy(&output);
    let here = |line: &str| !line.ends_with(" missing");
    let mut answers = text.lines().map(here);
    ids.iter().filter(|_| !answers.next().unwrap_or(false)).cloned().collect()
}

/// What git itself runs to bring missing objects. Whether it worked is seen by looking for them.
fn fetch(program: &Program, remote: &str, ids: &[ObjectId]) {
    let settings = ["-c", "fetch.negotiationAlgorithm=noop", "-c", "maintenance.auto=false", "-c", "gc.auto=0"];
    let fetch = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--recurse-submodules=no"];
    let all = settings.into_iter().chain(fetch).chain(["--filter=blob:none", "--stdin", "--", remote]);
    let mut command = program.command(all);
    command.stdout(Stdio::null());
    let _seen_by_what_is_missing_after_it = fed(command, lines(ids));
}

fn lines(ids: &[ObjectId]) -> Vec<u8> {
    ids.iter().flat_map(|id| [id.as_str(), "\n"]).collect::<String>().into_bytes()
}
