//! What the `git` program prints, as values.

use super::{Delta, Entry, EntryKind, FSCK, ObjectId, no_repository, not_fetched, other_owner, unmerged, unreadable};
use crate::source::{NotePath, SourceError};
use std::path::PathBuf;
use std::process::Output;

/// The parts of an output that ends each with NUL.
pub(super) fn parts(output: &[u8]) -> impl Iterator<Item = &[u8]> {
    output.split(|byte| *byte == 0).filter(|part| !part.is_empty())
}

/// A line of `git ls-files --stage -z`: mode, id and stage, then the path.
pub(super) fn index_line(line: &[u8]) -> Option<(NotePath, EntryKind)> {
    let tab = line.iter().position(|byte| *byte == b'\t')?;
    let mode = std::str::from_utf8(line.get(..tab)?).ok()?.split(' ').next()?;
    let kind = EntryKind::from_mode(u32::from_str_radix(mode, 8).ok()?)?;
    Some((NotePath::from_bytes(line.get(tab + 1..)?), kind))
}

/// The deltas of a `--raw -z --no-renames --no-abbrev` output: a line of modes and ids, then a path, over and over.
pub(super) fn raw_deltas(output: &[u8]) -> Result<Vec<Delta>, SourceError> {
    let mut deltas = Vec::new();
    let mut conflicted = Vec::new();
    let mut parts = parts(output);
    while let Some(line) = parts.next() {
        let odd = || unreadable("git's list of changes has an unknown form", Some(FSCK));
        let path = NotePath::from_bytes(parts.next().ok_or_else(odd)?);
        let line = line.strip_prefix(b":").and_then(|line| std::str::from_utf8(line).ok()).ok_or_else(odd)?;
        let words: Vec<&str> = line.split(' ').collect();
        let [mode_before, mode_after, id_before, id_after, status] = words.as_slice() else { return Err(odd()) };
        if status.starts_with('U') {
            conflicted.push(path);
            continue;
        }
        let entry = |mode: &str, id: &str| {
            let kind = EntryKind::from_mode(u32::from_str_radix(mode, 8).ok()?)?;
            Some(Entry { kind, id: ObjectId::parse(id)? })
        };
        let (before, after) = (entry(mode_before, id_before), entry(mode_after, id_after));
        deltas.push(Delta { path, before, after });
    }
    if conflicted.is_empty() { Ok(deltas) } else { Err(unmerged(conflicted)) }
}

/// The object ids of an output, one a line.
pub(super) fn ids(output: &[u8]) -> Result<Vec<ObjectId>, SourceError> {
    let text = String::from_utf8_lossy(output);
    let id = |line: &str| {
        ObjectId::parse(line.trim()).ok_or_else(|| {
            unreadable(
                "git answered with something that is not an object \
                                                               ID",
                None,
            )
        })
    };
    text.lines().filter(|line| !line.trim().is_empty()).map(id).collect()
}

/// The path that git prints on a line of its own.
#[cfg(unix)]
pub(super) fn path_line(output: &[u8]) -> PathBuf {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(OsStr::from_bytes(output.strip_suffix(b"\n").unwrap_or(output)))
}

/// The path that git prints on a line of its own.
#[cfg(not(unix))]
pub(super) fn path_line(output: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(output).trim_end_matches(['\r', '\n']))
}

/// The output of a git that came to its end. What one that was stopped has said, or has not, is no answer.
pub(super) fn ended(output: Output) -> Result<Output, SourceError> {
    const HELP: &str = "run the same command again; a system that is short of memory stops programs";
    if output.status.code().is_some() {
        return Ok(output);
    }
    Err(unreadable("the git program was stopped before it had answered", Some(HELP)))
}

/// What git had to say against it, in a sentence of ours.
pub(super) fn refusal(output: &Output) -> SourceError {
    let said = String::from_utf8_lossy(&output.stderr);
    if let Some(lost) = said.lines().find_map(|line| line.strip_prefix("fatal: could not fetch ")) {
        return not_fetched(&format!("git object {}", lost.split(' ').next().unwrap_or(lost)));
    }
    let line = first_sentence(&said);
    let line = line.strip_prefix("fatal: ").unwrap_or(&line);
    if line.contains("dubious ownership") {
        return other_owner(line.split('\'').nth(1));
    }
    if line.contains("not a git repository") {
        return no_repository();
    }
    let is_too_new = ["unknown repository extension", "Expected git repo version", "unknown object format"];
    let help = if is_too_new.iter().any(|words| line.contains(words)) { NEWER_GIT } else { FSCK };
    unreadable(format!("git cannot read the repository: {line}"), Some(help))
}

/// What helps where a repository has a form that is younger than the git that is installed.
const NEWER_GIT: &str = "the repository may need a newer git than this one, see: git --version";

/// The first line that says something, with the list that it leads to.
fn first_sentence(said: &str) -> String {
    const LISTED: usize = 5;
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let line = lines.next().unwrap_or("no reason given");
    match line.strip_suffix(':') {
        Some(lead) => format!("{lead}: {}", lines.take(LISTED).collect::<Vec<_>>().join(", ")),
        None => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::NotePath;

    const ID: &str = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
    const ZERO: &str = "0000000000000000000000000000000000000000";

    #[test]
    fn lines_of_the_index_keep_odd_names() {
        for name in [&b"a\tb.yaml"[..], b"\ta b\n\"c\\.yaml", b"\xff\xfe \x1b.yaml", b" .yaml "] {
            let line = [format!("100644 {ID} 0\t").as_bytes(), name].concat();
            let (path, kind) = index_line(&line).unwrap();
            assert_eq!((path.as_bytes(), kind), (name, EntryKind::File));
        }
        for line in [&b"100644 e69de29b 0 a.yaml"[..], b"nonsense e69de29b 0\ta.yaml"] {
            assert!(index_line(line).is_none(), "{}", String::from_utf8_lossy(line));
        }
    }

    #[test]
    fn raw_output_becomes_deltas() {
        let raw = format!(":000000 100644 {ZERO} {ID} A\0notes/a b\n.yaml\0:120000 000000 {ID} {ZERO} D\0link\0");
        let deltas = raw_deltas(raw.as_bytes()).unwrap();
        assert_eq!(deltas.len(), 2);
        assert_eq!(deltas[0].path.as_bytes(), b"notes/a b\n.yaml");
        assert_eq!(deltas[0].before, None);
        assert_eq!(deltas[0].after.as_ref().unwrap().kind, EntryKind::File);
        assert_eq!(deltas[1].before.as_ref().unwrap().kind, EntryKind::SymbolicLink);
        assert_eq!(deltas[1].after, None);
    }

    #[test]
    fn unmerged_paths_are_an_error_that_names_them() {
        let raw = format!(":100644 000000 {ID} {ZERO} U\0a.yaml\0:100644 000000 {ID} {ZERO} U\0a.yaml\0");
        let error = raw_deltas(raw.as_bytes()).unwrap_err();
        assert_eq!(error.paths, [NotePath::from_bytes("a.yaml")]);
        assert!(error.to_string().starts_with("a.yaml: unmerged paths"), "{error}");
    }

    #[test]
    fn what_git_says_is_told_with_the_list_that_it_leads_to() {
        for (said, told) in [
            ("fatal: bad object HEAD\n", "bad object HEAD"),
            ("\nfatal: unknown repository extension found:\n\tone\n", "unknown repository extension found: one"),
            (
                "fatal: unknown repository extensions found:\n\tone\n\ttwo\n",
                "unknown repository extensions found: one, two",
            ),
            ("", "no reason given"),
        ] {
            let output = Output { status: Default::default(), stdout: Vec::new(), stderr: said.as_bytes().to_vec() };
            let error = refusal(&output);
            assert_eq!(error.message, format!("git cannot read the repository: {told}"));
            let help = if told.contains("extension") { NEWER_GIT } else { FSCK };
            assert_eq!(error.help.as_deref(), Some(help), "{said:?}");
        }
    }

    #[test]
    fn cut_off_output_is_an_error() {
        assert!(raw_deltas(format!(":000000 100644 {ZERO} {ID} A\0").as_bytes()).is_err());
        assert!(raw_deltas(b"nonsense\0path\0").is_err());
    }
}
