//! Why hooks could not be installed or taken away.

use super::folder;
use crate::shell;
use crate::source::SourceError;
use std::io;
use std::path::PathBuf;

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
    /// The place where an earlier hook would be kept is taken.
    #[error("{hook} is not notegate's, and cannot be kept because {taken} exists")]
    NoRoom {
        /// The hook's file.
        hook: PathBuf,
        /// The place that is taken.
        taken: PathBuf,
    },
    /// The folder beside the hooks folder, where an earlier hook would be kept, lies outside the repository.
    #[error("{hook} is not notegate's, and there is no place inside the repository to keep it")]
    NoPlace {
        /// The hook's file.
        hook: PathBuf,
        /// Which hook it is.
        name: &'static str,
    },
    /// The program's own path cannot be written into a shell script.
    #[error("the path of the program is not valid text: {0}")]
    ProgramPath(PathBuf),
    /// The system does not tell where the program is.
    #[error("the system does not tell where the program is, which the hooks have to call")]
    UnknownProgramPath,
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
                "either let this repository use its own hooks:\n  {}\nor add this line to the pre-commit hook in {}:\n  \
                 notegate hook pre-commit || exit",
                folder::USE_OWN_HOOKS,
                folder.display()
            )),
            Self::Edited(path) => Some(format!(
                "keep your changes under another name, then run `notegate install` again:\n  mv {0} {0}.mine",
                shell::path(path)
            )),
            Self::NoRoom { taken, .. } => {
                Some(format!("look into {} and move it away if it is not needed any more", taken.display()))
            }
            Self::NoPlace { hook, name } => {
                Some(format!("add this line to {}:\n  notegate hook {name} \"$@\" || exit", hook.display()))
            }
            Self::ProgramPath(_) => Some("install notegate in a folder with a plain name".to_owned()),
            Self::UnknownProgramPath => Some("install the hooks where `/proc` is mounted".to_owned()),
            Self::File { .. } => None,
        }
    }
}
