//! Where git looks for hooks.

use super::Hook;
use crate::source::SourceError;
use crate::source::git::{Place, layout};
use std::path::{Component, Path, PathBuf};

/// The folder in which git looks for the hooks of a repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct HooksFolder {
    /// Its absolute path. It may not exist yet.
    pub path: PathBuf,
    /// Why it is this one.
    pub origin: HooksPathOrigin,
    /// The top of the work tree; nothing in a bare repository.
    pub work_tree: Option<PathBuf>,
    /// The folder of the repository's own data, which all its work trees share.
    common_folder: PathBuf,
}

/// The command with which a repository uses its own hooks again.
pub(super) const USE_OWN_HOOKS: &str = "git config --local --replace-all core.hooksPath \"$(git rev-parse --path-format=absolute --git-common-dir)/hooks\"";

/// Why git looks in a folder for hooks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum HooksPathOrigin {
    /// Nothing is set: the repository's own `hooks`.
    Default,
    /// `core.hooksPath` names a folder of this repository; where it is set.
    Inside(String),
    /// `core.hooksPath` leads out of it; where it is set.
    Outside(String),
}

impl HooksFolder {
    /// Asks git.
    ///
    /// # Errors
    /// When there is no repository, or no git program.
    pub(crate) fn find(place: &Place) -> Result<Self, SourceError> {
        let layout = layout::layout(place)?;
        let path = normal(&layout.hooks);
        let inside = |folder: &Path| path.starts_with(normal(folder));
        let origin = match layout.hooks_path_origin {
            None => HooksPathOrigin::Default,
            Some(origin) if inside(&layout.common_folder) => HooksPathOrigin::Inside(origin),
            Some(origin) if layout.work_tree.as_deref().is_some_and(inside) => HooksPathOrigin::Inside(origin),
            Some(origin) => HooksPathOrigin::Outside(origin),
        };
        Ok(Self { path, origin, work_tree: layout.work_tree, common_folder: layout.common_folder })
    }

    /// Whether `path` lies inside the repository: in its data or its work tree.
    pub(super) fn holds(&self, path: &Path) -> bool {
        let path = normal(path);
        let folders = [Some(self.common_folder.as_path()), self.work_tree.as_deref()];
        folders.into_iter().flatten().any(|folder| path.starts_with(normal(folder)))
    }

    /// The hooks that belong here unless the user names others.
    #[must_use]
    pub(crate) fn default_hooks(&self) -> &'static [Hook] {
        if self.work_tree.is_some() { &Hook::CLIENT } else { &[Hook::PreReceive] }
    }
}

/// The path with links resolved as far as it exists, and `..` taken out of the rest.
fn normal(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    let mut resolved = match path.parent() {
        Some(parent) if parent != path => normal(parent),
        _ => return path.to_owned(),
    };
    match path.components().next_back() {
        Some(Component::ParentDir) => {
            resolved.pop();
        }
        Some(last) => resolved.push(last),
        None => {}
    }
    resolved
}
