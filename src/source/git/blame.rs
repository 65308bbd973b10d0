//! Who wrote a line, and when.

use super::program::Program;
use super::{self as git, RepoLocation};
use crate::source::{NotePath, disk};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

/// Where a line comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum LineOrigin {
    /// A commit.
    Commit {
        /// The author of the commit. May hold any character.
        author: String,
        /// The day on which it was written, in UTC.
        day: Date,
    },
    /// It is older than the history that this clone holds (a shallow clone), so nobody here knows who wrote it.
    CutOff,
}

/// How much history a repository holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum History {
    Whole,
    Shallow,
}

/// The origins of `lines`, counted from 1, of the file at `path` as it is in the work tree at `top`. A line that is not
/// committed has none; nor has any where there is no repository, no history of the file, or no git to ask.
pub(crate) fn blame(top: &Path, path: &NotePath, lines: &[usize]) -> BTreeMap<usize, LineOrigin> {
    let place = RepoLocation::Folder(top.to_path_buf());
    let program = Program::at(&place);
    // A file of commits to pass over may be named that is not here.
    let mut arguments: Vec<OsString> =
        ["-c", "blame.ignoreRevsFile=", "blame", "--porcelain", "--no-textconv"].map(Into::into).into();
    for line in lines {
        arguments.extend(["-L".into(), format!("{line},{line}").into()]);
    }
    arguments.push("--".into());
    arguments.push(disk::bytes_path(path.as_bytes()).into());
    match program.command(arguments).output() {
        Ok(output) if output.status.success() => {
            // What cannot be asked is taken for cut off: nobody is named who may not have written the line.
            let is_whole = git::open_if_any(&place)
                .is_ok_and(|repository| repository.is_some_and(|mut repository| !repository.is_shallow()));
            let history = if is_whole { History::Whole } else { History::Shallow };
            origins(&String::from_utf8_lossy(&output.stdout), history)
        }
        _ => BTreeMap::new(),
    }
}

/// What is printed of a commit.
#[derive(Debug, Default)]
struct Known<'a> {
    author: Option<&'a str>,
    day: Option<Date>,
    is_boundary: bool,
}

/// Reads what `git blame --porcelain` prints: for each line a head with the commit and the number, what is known of the
/// commit where it comes first, and the line after a tab. The first commits of all are marked `boundary`, and so are those
/// at which a shallow clone is cut off.
fn origins(printed: &str, history: History) -> BTreeMap<usize, LineOrigin> {
    let mut commits: BTreeMap<&str, Known<'_>> = BTreeMap::new();
    let mut heads: Vec<(&str, usize)> = Vec::new();
    let mut is_head = true;
    for line in printed.lines() {
        if line.starts_with('\t') {
            is_head = true;
            continue;
        }
        let mut words = line.splitn(2, ' ');
        let (Some(key), rest) = (words.next(), words.next().unwrap_or_default()) else { continue };
        if is_head {
            // The second number is that of the line in the file as it is.
            if let Some(number) = rest.split(' ').nth(1).and_then(|number| number.parse().ok()) {
                heads.push((key, number));
            }
            is_head = false;
            continue;
        }
        let Some((commit, _)) = heads.last() else { continue };
        let known = commits.entry(commit).or_default();
        match key {
            "author" => known.author = Some(rest),
            "author-time" => known.day = rest.parse().ok().and_then(day),
            "boundary" => known.is_boundary = true,
            _ => {}
        }
    }
    let origin = |(commit, number): (&str, usize)| {
        let is_committed = commit.bytes().any(|digit| digit != b'0');
        let known = commits.get(commit).filter(|_| is_committed)?;
        let origin = match history {
            History::Shallow if known.is_boundary => LineOrigin::CutOff,
            _ => LineOrigin::Commit { author: known.author?.to_owned(), day: known.day? },
        };
        Some((number, origin))
    };
    heads.into_iter().filter_map(origin).collect()
}

fn day(seconds: i64) -> Option<Date> {
    Some(Offset::UTC.to_datetime(Timestamp::from_second(seconds).ok()?).date())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn what_git_prints_is_read() {
        let printed = "1111 3 5 1\nauthor Sam Field\nauthor-mail <x>\nauthor-time 1751371200\nsummary author y\n\tline\n\
                       1111 9 8 1\n\tauthor Nobody\n0000 1 9 1\nauthor Not Committed Yet\nauthor-time 1751371200\n\tx\n";
        let origin = LineOrigin::Commit { author: "Sam Field".to_owned(), day: date(2025, 7, 1) };
        assert_eq!(origins(printed, History::Shallow), BTreeMap::from([(5, origin.clone()), (8, origin.clone())]));
        assert_eq!(origins("", History::Whole), BTreeMap::new());
        let at_the_boundary = printed.replace("summary author y", "boundary");
        assert_eq!(
            origins(&at_the_boundary, History::Shallow),
            BTreeMap::from([(5, LineOrigin::CutOff), (8, LineOrigin::CutOff)])
        );
        assert_eq!(
            origins(&at_the_boundary, History::Whole),
            BTreeMap::from([(5, origin.clone()), (8, origin)]),
            "the first commit of all"
        );
    }
}
