//! The git hooks: written, taken away and looked after. This module does and tells what it did; the binary prints.
//!
//! A hook is a small shell script ([`shim`]) that runs an earlier hook of that name first, then this program. Files that
//! notegate did not write are never overwritten: an earlier hook is renamed, chained, and put back.

mod doctor;
mod folder;
mod shim;

pub use doctor::{Diagnosis, Health, examine};
pub use folder::{HooksFolder, HooksPathOrigin};

use crate::source::SourceError;
use crate::source::git::Place;
use shim::Owner;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A hook of git that notegate serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hook {
    /// Before a commit.
    PreCommit,
    /// Before the commit of a merge without conflicts.
    PreMergeCommit,
    /// Before references are sent.
    PrePush,
    /// Before references are taken; on the server.
    PreReceive,
}

impl Hook {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::PreCommit, Self::PreMergeCommit, Self::PrePush, Self::PreReceive];

    /// The hooks of a repository where people work.
    pub const CLIENT: [Self; 3] = [Self::PreCommit, Self::PreMergeCommit, Self::PrePush];

    /// The name of the hook's file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PreCommit => "pre-commit",
            Self::PreMergeCommit => "pre-merge-commit",
            Self::PrePush => "pre-push",
            Self::PreReceive => "pre-receive",
        }
    }

    /// The hook of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hook| hook.name() == name)
    }
}

/// What happened to one hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The hook.
    pub hook: Hook,
    /// Its file.
    pub path: PathBuf,
    /// What was done.
    pub outcome: Outcome,
}

/// What was done to the file of one hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Written where there was none.
    Written,
    /// Written; the hook that was there is kept at this path and runs first.
    Chained(PathBuf),
    /// Written again: it was of an earlier version or named another program.
    Updated,
    /// As it should be already.
    UpToDate,
    /// Taken away.
    Removed,
    /// Taken away, and the hook that was there before is back.
    Restored,
    /// Not there, so there was nothing to take away.
    Absent,
    /// Left alone: notegate did not write this file, or somebody changed it since.
    NotOurs,
}

/// Why hooks could not be installed or taken away.
#[derive(Debug, thiserror::Error)]
pub enum InstallError {
    /// The repository cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// `core.hooksPath` sends git to a folder outside this repository, which serves other repositories too.
    #[error("git looks for hooks in {folder}, outside this repository, because core.hooksPath is set in {origin}")]
    Outside {
        /// The folder.
        folder: PathBuf,
        /// Where the setting stands.
        origin: String,
    },
    /// A hook was changed by hand after notegate wrote it.
    #[error("{0} was written by notegate and changed since")]
    Edited(PathBuf),
    /// The name under which an earlier hook would be kept is taken.
    #[error("{hook} is not notegate's, and cannot be kept as {taken} because that exists")]
    NoRoom {
        /// The hook's file.
        hook: PathBuf,
        /// The name that is taken.
        taken: PathBuf,
    },
    /// The program's own path cannot be written into a shell script.
    #[error("the path of the program is no text: {0}")]
    ProgramPath(PathBuf),
    /// A file could not be read or written.
    #[error("{path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        error: io::Error,
    },
}

impl InstallError {
    /// What the user can do about it.
    #[must_use]
    pub fn help(&self) -> Option<String> {
        match self {
            Self::Source(error) => error.help.clone(),
            Self::Outside { folder, .. } => Some(format!(
                "either let this repository use its own hooks:\n  git config --local core.hooksPath \"$(git rev-parse --path-format=absolute --git-common-dir)/hooks\"\nor add \
                 this line to the pre-commit hook in {}:\n  notegate hook pre-commit || exit",
                folder.display()
            )),
            Self::Edited(path) => Some(format!(
                "keep your changes under another name, then run `notegate install` again:\n  mv {0} {0}.mine",
                path.display()
            )),
            Self::NoRoom { taken, .. } => {
                Some(format!("look into {} and move it away if it is not needed any more", taken.display()))
            }
            Self::ProgramPath(_) => Some("install notegate in a folder with a plain name".to_owned()),
            Self::File { .. } => None,
        }
    }
}

/// Writes the hooks. Without names: the three of a working repository, or `pre-receive` in a bare one. Running it again
/// changes nothing.
///
/// `program` is the absolute path of this program.
///
/// # Errors
/// See [`InstallError`]; hooks that were written before the error stay.
pub fn install(place: &Place, hooks: &[Hook], program: &Path) -> Result<Vec<Step>, InstallError> {
    let folder = HooksFolder::find(place)?;
    if let HooksPathOrigin::Outside(origin) = &folder.origin {
        return Err(InstallError::Outside { folder: folder.path.clone(), origin: origin.clone() });
    }
    fs::create_dir_all(&folder.path).map_err(at(&folder.path))?;
    let hooks = if hooks.is_empty() { folder.default_hooks() } else { hooks };
    hooks.iter().map(|hook| install_one(&folder.path, *hook, program)).collect()
}

fn install_one(folder: &Path, hook: Hook, program: &Path) -> Result<Step, InstallError> {
    let path = folder.join(hook.name());
    let script = shim::script(hook, program).ok_or_else(|| InstallError::ProgramPath(program.to_owned()))?;
    let outcome = match shim::owner(&path, hook).map_err(at(&path))? {
        Owner::Nobody => {
            write_new(&path, &script).map_err(at(&path))?;
            Outcome::Written
        }
        Owner::Notegate { script: found } if found == script && is_executable(&path) => Outcome::UpToDate,
        Owner::Notegate { .. } => {
            replace(&path, &script).map_err(at(&path))?;
            Outcome::Updated
        }
        Owner::NotegateEdited => return Err(InstallError::Edited(path)),
        Owner::Somebody => {
            let kept = kept_path(&path);
            if fs::symlink_metadata(&kept).is_ok() {
                return Err(InstallError::NoRoom { hook: path, taken: kept });
            }
            fs::rename(&path, &kept).map_err(at(&path))?;
            if let Err(error) = write_new(&path, &script) {
                fs::rename(&kept, &path).map_err(at(&kept))?;
                return Err(at(&path)(error));
            }
            Outcome::Chained(kept)
        }
    };
    Ok(Step { hook, path, outcome })
}

/// Takes away the hooks that [`install`] wrote, and puts earlier ones back. Files of others stay as they are.
///
/// # Errors
/// When the repository or a file cannot be read or written.
pub fn uninstall(place: &Place) -> Result<Vec<Step>, InstallError> {
    let folder = HooksFolder::find(place)?;
    Hook::ALL.into_iter().map(|hook| uninstall_one(&folder.path, hook)).collect()
}

fn uninstall_one(folder: &Path, hook: Hook) -> Result<Step, InstallError> {
    let path = folder.join(hook.name());
    let outcome = match shim::owner(&path, hook).map_err(at(&path))? {
        Owner::Nobody => Outcome::Absent,
        Owner::Somebody | Owner::NotegateEdited => Outcome::NotOurs,
        Owner::Notegate { .. } => {
            let kept = kept_path(&path);
            if fs::symlink_metadata(&kept).is_ok() {
                fs::rename(&kept, &path).map_err(at(&kept))?;
                Outcome::Restored
            } else {
                fs::remove_file(&path).map_err(at(&path))?;
                Outcome::Removed
            }
        }
    };
    Ok(Step { hook, path, outcome })
}

/// The script that [`install`] would write, for people who keep their hooks themselves; nothing when the program's path
/// is no text.
#[must_use]
pub fn script(hook: Hook, program: &Path) -> Option<String> {
    shim::script(hook, program)
}

/// Where an earlier hook is kept; the shims know the ending.
fn kept_path(path: &Path) -> PathBuf {
    let mut kept = path.as_os_str().to_owned();
    kept.push(".before-notegate");
    PathBuf::from(kept)
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> InstallError + use<> {
    let path = path.to_owned();
    move |error| InstallError::File { path, error }
}

/// Writes a file that must not be there yet, with its run bit.
fn write_new(path: &Path, script: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    let mut file = options.open(path)?;
    file.write_all(script.as_bytes())?;
    drop(file);
    make_executable(path)
}

/// Writes a file beside the old one and moves it over, so that git never meets half a hook.
fn replace(path: &Path, script: &str) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.new", std::process::id()));
    let beside = PathBuf::from(beside);
    write_new(&beside, script)?;
    fs::rename(&beside, path)
}

#[cfg(unix)]
fn make_executable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether git would run the file; always, where there are no run bits.
#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(_path: &Path) -> bool {
    true
}
