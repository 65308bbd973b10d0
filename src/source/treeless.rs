//! Folders that are no place to look for files: a bare repository, and one from which git's variables lead elsewhere.

use super::git::{self, RepoLocation};
use super::{SourceError, SourceErrorKind};
use crate::shell;
use std::path::{Path, PathBuf};

/// What stands in the way of a run over the files of a folder that lies in no work tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Treeless {
    /// The folder lies in a bare repository, whose files are git's own.
    InBare,
    /// The environment names a bare repository. Its files may have been laid out in the folder.
    OfBare,
    /// The environment names a repository, and the folder is not in its work tree.
    Elsewhere(PathBuf),
}

/// The command that looks for files, as its help names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seeker {
    /// `check`
    Check,
    /// `report`
    Report,
    /// `waivers`, which looks at no commit.
    Waivers,
}

impl Seeker {
    fn name(self) -> &'static str {
        match self {
            Self::Check => "notegate check",
            Self::Report => "notegate report",
            Self::Waivers => "notegate waivers",
        }
    }

    /// What helps in a repository without files.
    fn help_in_bare(self) -> String {
        match self {
            Self::Check | Self::Report => {
                format!("name a commit, a branch or a tag: {} --rev HEAD", self.name())
            }
            Self::Waivers => {
                format!(
                    "run `{}` in a clone that has the files, or in a work tree: git worktree add FOLDER HEAD",
                    self.name()
                )
            }
        }
    }
}

impl Treeless {
    /// What stands in the way in `folder`; nothing where its files can be looked at.
    ///
    /// # Errors
    /// When there is a repository that cannot be read.
    pub(crate) fn at(folder: &Path) -> Result<Option<Self>, SourceError> {
        if let Some(mut here) = git::open_if_any(&RepoLocation::Folder(folder.to_path_buf()))?
            && here.work_tree().is_none()
        {
            return Ok(Some(Self::InBare));
        }
        let Some(mut named) = git::open_if_any(&RepoLocation::Environment)? else { return Ok(None) };
        let Some(top) = named.work_tree() else { return Ok(Some(Self::OfBare)) };
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let top = real(&top);
        Ok((!real(folder).starts_with(&top)).then_some(Self::Elsewhere(top)))
    }

    /// The error for a run of `seeker` that would examine nothing.
    pub(crate) fn error(&self, seeker: Seeker) -> SourceError {
        let (message, help) = match self {
            Self::InBare | Self::OfBare => {
                ("this is a bare repository: it has no files to check, only commits".to_owned(), seeker.help_in_bare())
            }
            Self::Elsewhere(top) => (
                format!("the work tree of git is {}, and this folder is not in it", top.display()),
                format!("name the work tree: {} {}", seeker.name(), shell::path(top)),
            ),
        };
        SourceError { paths: Vec::new(), message, help: Some(help), kind: SourceErrorKind::Usage }
    }
}
