//! Walks a folder and finds the files that may hold notes: never into `.git`, never into another repository, never
//! through a link.

use super::disk::{lexically_plain, path_bytes, without_number};
use super::{FileSelection, NotePath, SourceError, SourceErrorKind};
use ignore::{DirEntry, WalkBuilder};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Whether repositories below the root are others than the one that is examined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Nested {
    /// The root is a repository: one below it is a submodule or stands on its own.
    OtherRepository,
    /// The root is in no repository, so all repositories below it are alike.
    PlainFolder,
}

/// What a walk came by.
pub(super) enum Step {
    /// A file, a link or something special.
    File(NotePath),
    /// The top of another repository, which was not entered.
    OtherRepository(NotePath),
}

/// A walk below one folder of a root.
pub(super) struct Walk<'a> {
    /// What paths are relative to.
    pub(super) root: &'a Path,
    /// Where the walk starts.
    pub(super) folder: &'a Path,
    /// Which folders can hold a note; the others are not entered.
    pub(super) files: &'a FileSelection,
    pub(super) nested: Nested,
    /// The only file that is looked for; nothing but the folders on the way to it is entered.
    pub(super) toward: Option<&'a Path>,
}

impl Walk<'_> {
    /// Hands every file that `.gitignore` does not name to `found`.
    ///
    /// # Errors
    /// When a folder cannot be listed.
    pub(super) fn run(&self, found: &mut dyn FnMut(Step)) -> Result<(), SourceError> {
        let mut walk = WalkBuilder::new(self.folder);
        // `.ignore` files and a person's global excludes would make the same commit pass on one machine and fail on
        // another; only what is committed decides. Dot folders are entered where a pattern leads there.
        walk.hidden(false).ignore(false).git_global(false).git_exclude(false).require_git(false).follow_links(false);
        let others: Arc<Mutex<Vec<PathBuf>>> = Arc::default();
        let (root, files, nested) = (self.root.to_path_buf(), self.files.clone(), self.nested);
        let seen = Arc::clone(&others);
        let toward = self.toward.map(Path::to_path_buf);
        walk.filter_entry(move |entry| {
            if toward.as_ref().is_some_and(|file| !file.starts_with(entry.path())) {
                return false;
            }
            let verdict = enter(entry, &root, &files, nested);
            if verdict == Enter::OtherRepository {
                seen.lock().unwrap_or_else(PoisonError::into_inner).push(entry.path().to_path_buf());
            }
            verdict == Enter::Yes
        });
        for entry in walk.build() {
            let entry = entry.map_err(|error| unreadable(&error))?;
            if !entry.file_type().is_some_and(|kind| kind.is_dir()) {
                found(Step::File(relative(self.root, entry.path())));
            }
        }
        for folder in others.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            found(Step::OtherRepository(relative(self.root, folder)));
        }
        Ok(())
    }
}

#[derive(PartialEq, Eq)]
enum Enter {
    Yes,
    No,
    OtherRepository,
}

fn enter(entry: &DirEntry, root: &Path, files: &FileSelection, nested: Nested) -> Enter {
    if entry.depth() == 0 {
        return Enter::Yes;
    }
    if entry.file_name().eq_ignore_ascii_case(".git") {
        return Enter::No;
    }
    if !entry.file_type().is_some_and(|kind| kind.is_dir()) {
        return Enter::Yes;
    }
    if !files.reaches(&relative(root, entry.path())) {
        return Enter::No;
    }
    if nested == Nested::OtherRepository && is_repository(entry.path()) {
        return Enter::OtherRepository;
    }
    Enter::Yes
}

/// Whether `folder` is the top of a work tree of its own, as git sees it: an empty `.git` folder makes none.
pub(super) fn is_repository(folder: &Path) -> bool {
    let git = folder.join(".git");
    git.is_file() || git.join("HEAD").symlink_metadata().is_ok()
}

/// `path` relative to `root`, with `/` between its parts; as it is when it lies outside.
pub(super) fn relative(root: &Path, path: &Path) -> NotePath {
    let plain = lexically_plain(path);
    let inside = plain.strip_prefix(lexically_plain(root)).map(Path::to_path_buf).unwrap_or(plain);
    NotePath::from_bytes(path_bytes(&inside))
}

fn unreadable(error: &ignore::Error) -> SourceError {
    SourceError {
        paths: Vec::new(),
        message: format!("not every folder could be listed: {}", without_number(&error.to_string())),
        help: Some("Give yourself permission to read the folder, or leave it out with .gitignore.".to_owned()),
        kind: SourceErrorKind::Unreadable,
    }
}
