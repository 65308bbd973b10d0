//! The files of a folder as they lie on disk.

use super::{Candidate, Content, Load, NotePath, Refusal, Source, SourceError, SourceErrorKind};
use crate::config::{FileSelection, looks_like_note};
use ignore::WalkBuilder;
use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::Read;
use std::path::{Component, Path, PathBuf};

/// Whether `exclude` holds for a path that was named on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NamedPaths {
    /// A named file is looked at whatever the configuration excludes.
    #[default]
    BeatExcludes,
    /// Excludes hold for named files too (`--force-exclude`); hooks that are handed file names want this.
    ObeyExcludes,
}

/// Files found in a folder: those named, and under each named folder those that the configuration selects.
///
/// The walk honours `.gitignore`, leaves out dot folders and never follows a symbolic link.
#[derive(Debug)]
pub struct WorkTree<'a> {
    root: PathBuf,
    folder: PathBuf,
    named: Vec<PathBuf>,
    files: &'a FileSelection,
    named_paths: NamedPaths,
    /// In bytes; a larger file is refused before it is read.
    limit: u64,
}

impl<'a> WorkTree<'a> {
    /// The files of `root` that `files` selects; `limit` is the most bytes read of one file.
    #[must_use]
    pub fn new(root: PathBuf, files: &'a FileSelection, limit: u64) -> Self {
        Self { folder: root.clone(), root, named: Vec::new(), files, named_paths: NamedPaths::default(), limit }
    }

    /// Only these files and folders, absolute or relative to `folder`; none means all of the root.
    #[must_use]
    pub fn with_named(mut self, folder: &Path, named: Vec<PathBuf>, named_paths: NamedPaths) -> Self {
        self.folder = folder.to_path_buf();
        self.named = named;
        self.named_paths = named_paths;
        self
    }

    /// Adds what a path named on the command line stands for.
    fn add_named(&self, named: &Path, paths: &mut BTreeSet<NotePath>) -> Result<(), SourceError> {
        let file = in_real_folder(&self.folder.join(named));
        let Ok(metadata) = fs::symlink_metadata(&file) else { return Err(not_there(named)) };
        if metadata.is_dir() {
            return self.add_folder(&file, paths);
        }
        let path = self.relative(&file);
        if self.named_paths == NamedPaths::BeatExcludes || !self.files.excludes(&path) {
            paths.insert(path);
        }
        Ok(())
    }

    fn add_folder(&self, folder: &Path, paths: &mut BTreeSet<NotePath>) -> Result<(), SourceError> {
        let mut walk = WalkBuilder::new(folder);
        // `.ignore` files and a person's global excludes would make the same commit pass on one machine and fail on
        // another; only what is committed decides.
        walk.ignore(false).git_global(false).git_exclude(false).require_git(false).follow_links(false);
        for entry in walk.build() {
            let entry = entry.map_err(|error| unreadable(&error))?;
            let path = self.relative(entry.path());
            let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
            // A folder with the name of a note is refused rather than passed over: somebody believes it is a note.
            let is_wanted = if is_folder {
                entry.depth() > 0 && looks_like_note(&path) && !self.files.excludes(&path)
            } else {
                self.files.selects(&path)
            };
            if is_wanted {
                paths.insert(path);
            }
        }
        Ok(())
    }

    /// `path` relative to the root, with `/` between its parts; as it is when it lies outside.
    fn relative(&self, path: &Path) -> NotePath {
        let plain = lexically_plain(path);
        let inside = plain.strip_prefix(lexically_plain(&self.root)).map(Path::to_path_buf).unwrap_or(plain);
        NotePath::from_bytes(path_bytes(&inside))
    }
}

impl Source for WorkTree<'_> {
    fn paths(&self) -> Result<Vec<NotePath>, SourceError> {
        let mut paths = BTreeSet::new();
        if self.named.is_empty() {
            self.add_folder(&self.root, &mut paths)?;
        }
        for named in &self.named {
            self.add_named(named, &mut paths)?;
        }
        Ok(paths.into_iter().collect())
    }

    fn loader(&self) -> Result<Box<dyn Load + '_>, SourceError> {
        Ok(Box::new(Disk { root: &self.root, limit: self.limit }))
    }
}

/// Reads files below a folder.
struct Disk<'a> {
    root: &'a Path,
    limit: u64,
}

impl Load for Disk<'_> {
    fn load(&mut self, path: &NotePath) -> Candidate {
        let file = self.root.join(bytes_path(path.as_bytes()));
        Candidate { path: path.clone(), after: read(&file, self.limit), before: Vec::new() }
    }
}

/// The contents of a regular file of at most `limit` bytes, or why it is refused. A link is not followed; a pipe or a
/// device is not opened.
pub(crate) fn read(path: &Path, limit: u64) -> Content {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => return Content::Refused(Refusal::Unreadable(error_words(&error))),
    };
    if let Some(refusal) = refusal(&metadata, limit) {
        return Content::Refused(refusal);
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    // One byte over the limit shows a file that grew after it was measured.
    match File::open(path).and_then(|file| file.take(limit + 1).read_to_end(&mut bytes)) {
        Ok(size) if size as u64 > limit => Content::Refused(Refusal::TooLarge { size: size as u64, limit }),
        Ok(_) => Content::Bytes(bytes),
        Err(error) => Content::Refused(Refusal::Unreadable(error_words(&error))),
    }
}

fn refusal(metadata: &Metadata, limit: u64) -> Option<Refusal> {
    let kind = metadata.file_type();
    if kind.is_symlink() {
        Some(Refusal::SymbolicLink)
    } else if kind.is_dir() {
        Some(Refusal::Folder)
    } else if !kind.is_file() {
        Some(Refusal::SpecialFile)
    } else if metadata.len() > limit {
        Some(Refusal::TooLarge { size: metadata.len(), limit })
    } else {
        None
    }
}

/// What the operating system said, without its number.
fn error_words(error: &std::io::Error) -> String {
    without_number(&error.to_string())
}

fn without_number(message: &str) -> String {
    message.split(" (os error").next().unwrap_or(message).to_owned()
}

fn not_there(path: &Path) -> SourceError {
    SourceError {
        message: format!("there is no file or folder `{}`", path.display()),
        help: Some("Check the spelling; paths count from the current folder.".to_owned()),
        kind: SourceErrorKind::Usage,
    }
}

fn unreadable(error: &ignore::Error) -> SourceError {
    SourceError {
        message: format!("not every folder could be listed: {}", without_number(&error.to_string())),
        help: Some("Give yourself the right to read the folder, or leave it out with .gitignore.".to_owned()),
        kind: SourceErrorKind::Unreadable,
    }
}

/// The path with the links among its folders resolved, as the root is; the last part stays as it is, link or not.
fn in_real_folder(path: &Path) -> PathBuf {
    let real = |path: &Path| path.canonicalize().ok();
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => real(folder).map_or_else(|| path.to_path_buf(), |folder| folder.join(name)),
        _ => real(path).unwrap_or_else(|| path.to_path_buf()),
    }
}

/// The path without `.` parts and with `..` taken back, by its spelling alone.
fn lexically_plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(unix)]
fn path_bytes(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt as _;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(unix)]
fn bytes_path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_bytes(path: &Path) -> Vec<u8> {
    path.to_string_lossy().replace('\\', "/").into_bytes()
}

#[cfg(not(unix))]
fn bytes_path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
