//! Where the hooks that were there before notegate's are kept.
//!
//! Hook scripts look at their own path: at its name (overcommit runs the hook that it is called as), at the files beside
//! it (`. "$(dirname "$0")/common.sh"`) and at folders above it. So an earlier hook keeps its name, in a folder beside
//! the hooks folder and as deep as it; links in there lead to the files that stood beside it.

use super::Hook;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The ending of the folder's name; the shims know it too.
const ENDING: &str = "-before-notegate";

/// The ending that version 0.1 gave to an earlier hook, which then stayed in the hooks folder.
const FORMER_ENDING: &str = ".before-notegate";

/// The earlier hooks of one hooks folder.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    hooks: PathBuf,
    folder: PathBuf,
}

impl Kept {
    /// The earlier hooks of the folder `hooks`; nothing when that is the root of a file system.
    pub(super) fn beside(hooks: &Path) -> Option<Self> {
        let mut name = hooks.file_name()?.to_owned();
        name.push(ENDING);
        Some(Self { hooks: hooks.to_owned(), folder: hooks.with_file_name(name) })
    }

    /// The folder in which they are kept.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where an earlier `hook` is kept.
    pub(super) fn path(&self, hook: Hook) -> PathBuf {
        self.folder.join(hook.name())
    }

    /// Where version 0.1 kept it.
    fn former_path(&self, hook: Hook) -> PathBuf {
        self.hooks.join(format!("{}{FORMER_ENDING}", hook.name()))
    }

    /// The earlier hook that version 0.1 kept; nothing when there is none.
    pub(super) fn find_former(&self, hook: Hook) -> Option<PathBuf> {
        Some(self.former_path(hook)).filter(|path| is_there(path))
    }

    /// The earlier hook that is kept, at either place; nothing when there is none.
    pub(super) fn find(&self, hook: Hook) -> Option<PathBuf> {
        [self.path(hook), self.former_path(hook)].into_iter().find(|path| is_there(path))
    }

    /// Frees the place of an earlier hook that no shim runs any more, because another program wrote over the shim: it
    /// moves to a name of its own, which is returned. A hook that says the same as the one that comes in its place may go.
    ///
    /// # Errors
    /// When it cannot be moved.
    pub(super) fn set_aside(&self, hook: Hook) -> io::Result<Option<PathBuf>> {
        let path = self.path(hook);
        let is_same = || Some(fs::read(&path).ok()? == fs::read(self.hooks.join(hook.name())).ok()?);
        if !is_there(&path) || is_same() == Some(true) {
            return Ok(None);
        }
        let names = (1_usize..).map(|number| self.folder.join(format!("{}.replaced-{number}", hook.name())));
        let Some(aside) = { names }.find(|name| !is_there(name)) else { return Ok(None) };
        fs::rename(&path, &aside)?;
        Ok(Some(aside))
    }

    /// Moves the hook's file into the folder.
    ///
    /// # Errors
    /// When the folder cannot be made or the file cannot be moved; the file then is where it was.
    pub(super) fn keep(&self, hook: Hook) -> io::Result<PathBuf> {
        let path = self.path(hook);
        fs::create_dir_all(&self.folder)?;
        let from = self.hooks.join(hook.name());
        fs::rename(&from, &path)?;
        if let Err(error) = self.link_neighbours() {
            fs::rename(&path, &from)?;
            return Err(error);
        }
        Ok(path)
    }

    /// Moves an earlier hook that version 0.1 kept in the hooks folder to where it is kept now; nothing is done when both
    /// places are taken.
    ///
    /// # Errors
    /// When it cannot be moved.
    pub(super) fn migrate(&self, hook: Hook) -> io::Result<()> {
        let (former, path) = (self.former_path(hook), self.path(hook));
        if is_there(&former) && !is_there(&path) {
            fs::create_dir_all(&self.folder)?;
            fs::rename(former, path)?;
        }
        if self.folder.is_dir() { self.link_neighbours() } else { Ok(()) }
    }

    /// Puts the earlier hook back over the file that is there now.
    ///
    /// # Errors
    /// When it cannot be moved.
    pub(super) fn put_back(&self, hook: Hook, kept: &Path) -> io::Result<()> {
        fs::rename(kept, self.hooks.join(hook.name()))?;
        self.tidy()
    }

    /// Removes the folder when no earlier hook is in it any more.
    fn tidy(&self) -> io::Result<()> {
        if !self.folder.is_dir() || Hook::ALL.into_iter().any(|hook| is_there(&self.path(hook))) {
            return Ok(());
        }
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let leads_to = fs::read_link(entry.path());
            if leads_to.is_ok_and(|target| Some(target) == self.link_target(&entry.file_name())) {
                fs::remove_file(entry.path())?;
            }
        }
        match fs::remove_dir(&self.folder) {
            // Somebody put a file of their own there.
            Err(error) if error.kind() == io::ErrorKind::DirectoryNotEmpty => Ok(()),
            done => done,
        }
    }

    /// Links to everything in the hooks folder but the hooks that notegate serves: a link to its own script would run
    /// that script again.
    fn link_neighbours(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.hooks)? {
            let name = entry?.file_name();
            let text = name.to_string_lossy();
            let link = self.folder.join(&name);
            if Hook::from_name(&text).is_some() || text.ends_with(".sample") || is_there(&link) {
                continue;
            }
            if let Some(target) = self.link_target(&name) {
                link_to(&target, &link)?;
            }
        }
        Ok(())
    }

    /// Where the link called `name` leads: out of this folder and into the hooks folder.
    fn link_target(&self, name: &std::ffi::OsStr) -> Option<PathBuf> {
        Some(Path::new("..").join(self.hooks.file_name()?).join(name))
    }
}

/// Whether something is at the path, a dangling link too.
fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

#[cfg(unix)]
fn link_to(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

/// Links need a right of their own on other systems; the hook's own name is kept all the same.
#[cfg(not(unix))]
fn link_to(_target: &Path, _link: &Path) -> io::Result<()> {
    Ok(())
}
