//! The files of a folder as they lie on disk.

use super::disk::{self, bytes_path, in_real_folder};
use super::git::{self, EntryKind, RepoLocation};
use super::walk::{Nested, Step, Walk, is_repository, relative};
use super::{
    Candidate, Content, FileSelection, IdlePatterns, Idleness, Load, NamedPaths, NotePath, SetAside, Source,
    SourceError, SourceErrorKind,
};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A folder, and which of its files are asked for: those named, and under each named folder those that the
/// configuration selects.
///
/// A file counts when git tracks it or when no `.gitignore` names it. Links are never followed.
#[derive(Debug)]
pub(crate) struct WorkTree<'a> {
    root: PathBuf,
    folder: PathBuf,
    named: Vec<PathBuf>,
    files: &'a FileSelection,
    named_paths: NamedPaths,
    /// In bytes; a larger file is refused before it is read.
    limit: u64,
}

/// The files of a [`WorkTree`] at the time of the listing.
#[derive(Debug)]
pub(crate) struct Listing<'a> {
    tree: &'a WorkTree<'a>,
    files: BTreeSet<NotePath>,
    /// Submodules and nested repositories that a pattern leads to.
    others: BTreeSet<NotePath>,
    idle: IdlePatterns<'a>,
    /// Whether the whole root was asked for.
    is_whole: bool,
    /// Folders that were named and hold nothing to examine.
    empty_folders: Vec<PathBuf>,
}

/// What git knows of a root.
enum Tracked {
    /// The root is the top of a repository, whose index names these paths.
    Paths(Vec<(NotePath, EntryKind)>),
    /// The root is the top of no repository.
    NoRepository,
}

impl<'a> WorkTree<'a> {
    /// The files of `root` that `files` selects; `limit` is the most bytes read of one file.
    #[must_use]
    pub(crate) fn new(root: PathBuf, files: &'a FileSelection, limit: u64) -> Self {
        Self { folder: root.clone(), root, named: Vec::new(), files, named_paths: NamedPaths::default(), limit }
    }

    /// Only these files and folders, absolute or relative to `folder`; none means all of the root.
    #[must_use]
    pub(crate) fn with_named(mut self, folder: &Path, named: Vec<PathBuf>, named_paths: NamedPaths) -> Self {
        self.folder = folder.to_path_buf();
        self.named = named;
        self.named_paths = named_paths;
        self
    }

    /// Finds the files.
    ///
    /// # Errors
    /// When a named path is not there, a folder cannot be listed, or the repository cannot be read: then nobody knows
    /// which files it tracks.
    pub(crate) fn list(&self) -> Result<Listing<'_>, SourceError> {
        let mut listing = Listing {
            tree: self,
            files: BTreeSet::new(),
            others: BTreeSet::new(),
            idle: IdlePatterns::new(self.files),
            is_whole: self.named.is_empty(),
            empty_folders: Vec::new(),
        };
        let mut tracked = None;
        if self.named.is_empty() {
            listing.add_folder(&self.root, &mut tracked)?;
        }
        for named in &self.named {
            listing.add_named(named, &mut tracked)?;
        }
        Ok(listing)
    }

    /// Whether a run over the whole root examines the file at `file`, an absolute path. A file that is not there yet is
    /// taken for one that no `.gitignore` names. Looks at the folders on the way to it and at no other.
    ///
    /// # Errors
    /// As [`WorkTree::list`].
    pub(crate) fn examines(&self, file: &Path) -> Result<bool, SourceError> {
        let path = relative(&self.root, file);
        let inside = bytes_path(path.as_bytes());
        if inside.is_absolute() || !self.files.selects(&path) {
            return Ok(false);
        }
        let tracked = self.tracked()?;
        let nested = match tracked {
            Tracked::Paths(_) => Nested::OtherRepository,
            Tracked::NoRepository => Nested::PlainFolder,
        };
        let mut found = false;
        let mut other = false;
        let (root, files) = (&self.root, self.files);
        Walk { root, folder: root, files, nested, toward: Some(file) }.run(&mut |step| match step {
            Step::File(step) => found |= step == path,
            Step::OtherRepository(_) => other = true,
        })?;
        let is_tracked = match &tracked {
            Tracked::Paths(paths) => {
                paths.iter().any(|(known, kind)| *kind != EntryKind::Submodule && *known == path)
                    && lies_on_disk(root, &path)
            }
            Tracked::NoRepository => false,
        };
        let is_new = || {
            let mut folders = inside.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
            !other
                && file.symlink_metadata().is_err()
                && folders.all(|folder| {
                    !root.join(folder).is_symlink() && files.reaches(&NotePath::from_bytes(disk::path_bytes(folder)))
                })
        };
        Ok(found || is_tracked || is_new())
    }

    fn tracked(&self) -> Result<Tracked, SourceError> {
        // Where there is no `.git`, git would look further up and find a repository that is not meant.
        if self.root.join(".git").symlink_metadata().is_err() {
            return Ok(Tracked::NoRepository);
        }
        let place = RepoLocation::Folder(self.root.clone());
        let Some(mut repository) = git::open_if_any(&place)? else {
            let git = self.root.join(".git");
            return if git.is_file() || git.join("objects").exists() {
                Err(damaged())
            } else {
                Ok(Tracked::NoRepository)
            };
        };
        let real = |path: &Path| path.canonicalize().ok();
        let is_own = repository.work_tree().is_some_and(|top| real(&top) == real(&self.root));
        if !is_own {
            return Ok(Tracked::NoRepository);
        }
        repository.tracked().map(Tracked::Paths)
    }
}

impl<'a> Listing<'a> {
    /// The patterns that match no file, when the whole root was asked for.
    #[must_use]
    pub(crate) fn idle_patterns(&self) -> Idleness<'a> {
        if self.is_whole { self.idle.told() } else { Idleness::default() }
    }

    /// The named folders that hold nothing to examine.
    #[must_use]
    pub(crate) fn empty_folders(&self) -> &[PathBuf] {
        &self.empty_folders
    }

    /// Adds what a path named on the command line stands for.
    fn add_named(&mut self, named: &Path, tracked: &mut Option<Tracked>) -> Result<(), SourceError> {
        let tree = self.tree;
        let file = in_real_folder(&tree.folder.join(named));
        let Ok(metadata) = fs::symlink_metadata(&file) else { return Err(not_there(named, &tree.folder)) };
        let path = relative(&tree.root, &file);
        if path.as_bytes().split(|byte| *byte == b'/').any(|part| part.eq_ignore_ascii_case(b".git")) {
            return Err(inside_git(named));
        }
        if let Some(other) = self.other_repository_above(&path, &metadata, tracked)? {
            self.others.insert(other);
            return Ok(());
        }
        self.is_whole |= path.as_bytes().is_empty();
        if metadata.is_dir() {
            let before = self.files.len() + self.others.len();
            self.add_folder(&file, tracked)?;
            if self.files.len() + self.others.len() == before && !self.holds_any(&path) {
                self.empty_folders.push(named.to_path_buf());
            }
            return Ok(());
        }
        if tree.named_paths == NamedPaths::BeatExcludes || !tree.files.excludes(&path) {
            self.files.insert(path);
        }
        Ok(())
    }

    /// Whether something in `folder` was found before.
    fn holds_any(&self, folder: &NotePath) -> bool {
        self.files.iter().chain(&self.others).any(|path| path.is_in(folder))
    }

    /// The top of the nested repository that a named path lies in, below the root. Where the root's own repository
    /// tracks the path, it is no other's.
    fn other_repository_above(
        &self,
        path: &NotePath,
        metadata: &fs::Metadata,
        tracked: &mut Option<Tracked>,
    ) -> Result<Option<NotePath>, SourceError> {
        let inside = bytes_path(path.as_bytes());
        if inside.is_absolute() {
            return Ok(None);
        }
        let folders = inside.ancestors().skip(usize::from(!metadata.is_dir()));
        let other = folders
            .filter(|folder| !folder.as_os_str().is_empty())
            .find(|folder| is_repository(&self.tree.root.join(folder)));
        let Some(other) = other else { return Ok(None) };
        let is_tracked = match self.look_up(tracked)? {
            Tracked::NoRepository => true,
            Tracked::Paths(paths) => paths.iter().any(|(found, kind)| *kind != EntryKind::Submodule && found == path),
        };
        Ok((!is_tracked).then(|| relative(Path::new(""), other)))
    }

    fn look_up<'t>(&self, tracked: &'t mut Option<Tracked>) -> Result<&'t Tracked, SourceError> {
        if tracked.is_none() {
            *tracked = Some(self.tree.tracked()?);
        }
        Ok(tracked.as_ref().unwrap_or(&Tracked::NoRepository))
    }

    fn add_folder(&mut self, folder: &Path, tracked: &mut Option<Tracked>) -> Result<(), SourceError> {
        let tree = self.tree;
        let tracked = self.look_up(tracked)?;
        let nested = match tracked {
            Tracked::Paths(_) => Nested::OtherRepository,
            Tracked::NoRepository => Nested::PlainFolder,
        };
        let walk = Walk { root: &tree.root, folder, files: tree.files, nested, toward: None };
        walk.run(&mut |step| match step {
            Step::File(path) => self.add_file(path),
            Step::OtherRepository(path) => self.add_other_repository(path),
        })?;
        if let Tracked::Paths(paths) = tracked {
            let folder = relative(&tree.root, folder);
            for (path, kind) in paths.iter().filter(|(path, _)| path.is_in(&folder)) {
                match kind {
                    EntryKind::Submodule => self.add_other_repository(path.clone()),
                    EntryKind::File | EntryKind::SymbolicLink => self.add_tracked(path),
                }
            }
        }
        Ok(())
    }

    /// Adds a file that git tracks and the walk may have passed over, because `.gitignore` names it.
    fn add_tracked(&mut self, path: &NotePath) {
        if !self.files.contains(path) && self.tree.files.selects(path) && lies_on_disk(&self.tree.root, path) {
            self.add_file(path.clone());
        }
    }

    fn add_file(&mut self, path: NotePath) {
        self.idle.see(&path);
        if self.tree.files.selects(&path) {
            self.files.insert(path);
        }
    }

    fn add_other_repository(&mut self, path: NotePath) {
        self.idle.see_other_repository(&path);
        if self.tree.files.covers_repository(&path) {
            self.others.insert(path);
        }
    }
}

/// Every file below `root` that may be a note for some configuration, for trying a pattern.
///
/// # Errors
/// When a folder cannot be listed.
pub(crate) fn every_path(root: &Path) -> Result<Vec<NotePath>, SourceError> {
    let files = FileSelection::new(Some(vec!["**".to_owned()]), Vec::new()).unwrap_or_default();
    let mut paths = Vec::new();
    let walk = Walk { root, folder: root, files: &files, nested: Nested::OtherRepository, toward: None };
    walk.run(&mut |step| {
        if let Step::File(path) = step {
            paths.push(path);
        }
    })?;
    Ok(paths)
}

impl Source for Listing<'_> {
    fn paths(&self) -> Result<Vec<NotePath>, SourceError> {
        Ok(self.files.union(&self.others).cloned().collect())
    }

    fn loader(&self) -> Result<Box<dyn Load + '_>, SourceError> {
        Ok(Box::new(Disk { listing: self }))
    }

    fn set_aside(&self, path: &NotePath) -> Option<SetAside> {
        if self.others.contains(path) {
            return Some(SetAside::OtherRepository);
        }
        self.tree.files.is_configuration(path).then_some(SetAside::Configuration)
    }
}

/// Reads files below a folder.
struct Disk<'a> {
    listing: &'a Listing<'a>,
}

impl Load for Disk<'_> {
    fn load(&mut self, path: &NotePath) -> Candidate {
        let tree = self.listing.tree;
        let after = match self.listing.set_aside(path) {
            Some(reason) => Content::SetAside(reason),
            None => disk::read(&tree.root.join(bytes_path(path.as_bytes())), tree.limit),
        };
        Candidate { path: path.clone(), after, before: Vec::new(), shared: Vec::new() }
    }
}

/// Whether a file or a link stands at `path`, and no folder on the way to it is a link.
fn lies_on_disk(root: &Path, path: &NotePath) -> bool {
    let file = root.join(bytes_path(path.as_bytes()));
    let is_folder = |path: &Path| fs::symlink_metadata(path).is_ok_and(|metadata| metadata.is_dir());
    let above = file.ancestors().skip(1).take_while(|folder| *folder != root);
    fs::symlink_metadata(&file).is_ok_and(|metadata| !metadata.is_dir()) && above.into_iter().all(is_folder)
}

/// The error for a `.git` that was a repository, or leads to where one was.
fn damaged() -> SourceError {
    SourceError {
        paths: Vec::new(),
        message: "git cannot read the repository in `.git`, so it is not known which files are tracked".to_owned(),
        help: Some("See what git says to: git status".to_owned()),
        kind: SourceErrorKind::Unreadable,
    }
}

fn inside_git(path: &Path) -> SourceError {
    SourceError {
        paths: Vec::new(),
        message: format!("`{}` lies in `.git`, whose files belong to git and are never notes", path.display()),
        help: Some("Name a file or folder of the work tree.".to_owned()),
        kind: SourceErrorKind::Usage,
    }
}

/// The error for a path that is not there, with the one that is meant where that one is there.
fn not_there(path: &Path, folder: &Path) -> SourceError {
    let written = path.to_string_lossy();
    let meant = [written.replace('\\', "/"), written.trim().to_owned(), written.trim_start_matches('/').to_owned()]
        .into_iter()
        .find(|meant| *meant != written && !meant.is_empty() && folder.join(meant).symlink_metadata().is_ok());
    let help = match meant {
        Some(meant) => format!("Did you mean `{meant}`?"),
        None if written.contains(['*', '?']) => {
            "Patterns belong under `include` in notegate.yaml; on the command line name files and folders.".to_owned()
        }
        None => "Check the spelling; paths count from the current folder.".to_owned(),
    };
    SourceError {
        paths: Vec::new(),
        message: format!("there is no file or folder `{written}`"),
        help: Some(help),
        kind: SourceErrorKind::Usage,
    }
}
