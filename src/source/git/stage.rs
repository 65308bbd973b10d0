//! Files put into the index: the only place that changes a repository, and only where somebody asked for it.

use super::program::Program;
use super::{RepoLocation, unreadable};
use crate::source::SourceError;
use std::path::Path;

/// How a file on disk stands to the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum IndexState {
    /// The index holds the very text that is on disk.
    Same,
    /// The index holds another text: something of the file is not staged.
    Differs,
    /// Git does not track the file.
    Untracked,
}

/// How the file at `path`, absolute, stands to the index.
///
/// # Errors
/// When git cannot be asked.
pub(crate) fn state(place: &RepoLocation, path: &Path) -> Result<IndexState, SourceError> {
    let program = Program::at(place);
    let tracked =
        program.output([AsRef::as_ref("ls-files"), AsRef::as_ref("-z"), AsRef::as_ref("--"), path.as_os_str()])?;
    if !tracked.status.success() {
        return Err(refused(&tracked.stderr));
    }
    if tracked.stdout.is_empty() {
        return Ok(IndexState::Untracked);
    }
    let arguments: [&std::ffi::OsStr; 6] = [
        "diff".as_ref(),
        "--quiet".as_ref(),
        "--no-ext-diff".as_ref(),
        "--ignore-submodules".as_ref(),
        "--".as_ref(),
        path.as_os_str(),
    ];
    let compared = program.output(arguments)?;
    match compared.status.code() {
        Some(0) => Ok(IndexState::Same),
        Some(1) => Ok(IndexState::Differs),
        _ => Err(refused(&compared.stderr)),
    }
}

/// Stages the file at `path`, absolute, as it is on disk.
///
/// # Errors
/// When git does not do it; the message is git's own.
pub(crate) fn add(place: &RepoLocation, path: &Path) -> Result<(), SourceError> {
    let output = Program::at(place).output(["add".as_ref(), "--".as_ref(), path.as_os_str()])?;
    if output.status.success() { Ok(()) } else { Err(refused(&output.stderr)) }
}

fn refused(stderr: &[u8]) -> SourceError {
    let said = String::from_utf8_lossy(stderr);
    let first = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("git gave no reason");
    unreadable(first.trim_start_matches("fatal: ").trim_start_matches("error: "), None)
}
