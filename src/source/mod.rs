//! Where the files of a run come from: the work tree, the index, a commit range, a push, standard input.
//!
//! A source names files and hands over bytes; it parses no YAML and prints nothing.

mod changes;
mod cover;
pub(crate) mod disk;
mod elsewhere;
pub(crate) mod git;
pub(crate) mod heads;
mod idle;
pub(crate) mod ignored;
mod lineage;
mod missing;
mod parting;
pub(crate) mod past;
pub(crate) mod pattern;
pub(crate) mod push;
pub(crate) mod range;
mod resemblance;
pub(crate) mod revision;
mod search;
mod selected;
mod selection;
pub(crate) mod shard;
pub(crate) mod single;
pub(crate) mod staged;
mod treeless;
mod walk;
mod wanted;
pub(crate) mod worktree;

pub(crate) use changes::{ChangeSet, Found, Revision, State};
pub(crate) use elsewhere::Needles;
pub use elsewhere::{Elsewhere, Extent, Sought};
pub use git::ObjectId;
pub(crate) use idle::{IdlePatterns, Idleness};
pub(crate) use lineage::Lineage;
pub(crate) use pattern::{PatternList, near_patterns};
pub(crate) use selected::Selected;
pub use selection::{Cancelled, FileSelection, Selection};
pub(crate) use selection::{looks_like_note, matches_any};
pub use shard::Shard;
pub(crate) use treeless::{Seeker, Treeless};

use std::fmt;

/// The name of the configuration at the root of a repository: a file that is never a note.
pub const CONFIGURATION: &str = "notegate.yaml";

/// A path relative to the root of the run (the repository, or the folder named), with `/` between its parts.
///
/// Git paths are bytes: what is not UTF-8 is kept as it is and shown with replacement characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NotePath(Vec<u8>);

impl NotePath {
    /// A path from the bytes that git or the file system gave.
    #[must_use]
    pub fn from_bytes(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// The bytes as git knows them.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Whether the path is `folder` or lies below it; an empty folder is the root.
    #[must_use]
    pub fn is_in(&self, folder: &Self) -> bool {
        match self.0.strip_prefix(folder.0.as_slice()) {
            Some(rest) => folder.0.is_empty() || rest.is_empty() || rest.starts_with(b"/"),
            None => false,
        }
    }

    /// The path of `name` in `folder`; an empty folder is the root.
    #[must_use]
    pub fn in_folder(folder: &[u8], name: &[u8]) -> Self {
        let separator: &[u8] = if folder.is_empty() { b"" } else { b"/" };
        Self([folder, separator, name].concat())
    }

    /// The folder that the path stands in; empty for the root.
    #[must_use]
    pub fn folder(&self) -> &[u8] {
        let end = self.0.iter().rposition(|byte| *byte == b'/').unwrap_or(0);
        self.0.get(..end).unwrap_or_default()
    }

    /// The path as text; bytes that are not UTF-8 become U+FFFD. May hold control characters: printers escape it.
    #[must_use]
    pub fn display(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }
}

/// What a source found at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// The bytes of a regular file or blob.
    Bytes(Vec<u8>),
    /// Nothing: the file is not there on this side of the change.
    Absent,
    /// Something is there that cannot be judged; it blocks with this reason.
    Refused(ReadError),
    /// Something is there that is no note of this repository; it is skipped, which is said.
    SetAside(SetAside),
}

/// Why something at a path is no note of this repository.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetAside {
    /// A submodule or a nested repository, whose notes belong to it; never entered.
    OtherRepository,
    /// The configuration of the run.
    Configuration,
}

/// Whether `exclude` holds for a path that was named on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NamedPaths {
    /// A named file is looked at whatever the configuration selects.
    #[default]
    BeatExcludes,
    /// Excludes hold for named files too (`--force-exclude`); hooks that are handed file names want this.
    ObeyExcludes,
}

/// Why a path that should hold a note could not be examined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadError {
    /// A symbolic link; never followed.
    SymbolicLink,
    /// A folder in the place of a file.
    Folder,
    /// A device, a socket or a pipe.
    SpecialFile,
    /// Larger than the limit, both in bytes.
    TooLarge {
        /// Size found, in bytes.
        size: u64,
        /// Limit, in bytes.
        limit: u64,
    },
    /// The operating system would not give the bytes; the reason in plain words.
    Unreadable(String),
    /// The repository is damaged or not all here: git would not give an object; the reason in plain words.
    Object(String),
    /// A partial clone lacks the object and could not fetch it; the reason in plain words.
    NotFetched(String),
}

impl ReadError {
    /// The error of the run as a whole when the content at `path` is refused because git would not give it.
    pub(crate) fn lost_object(&self, path: &NotePath) -> Option<SourceError> {
        let (reason, help) = match self {
            Self::Object(reason) => (reason, git::FSCK),
            Self::NotFetched(reason) => (reason, git::NOT_FETCHED_HELP),
            _ => return None,
        };
        Some(SourceError {
            paths: vec![path.clone()],
            message: reason.clone(),
            help: Some(help.to_owned()),
            kind: SourceErrorKind::Unreadable,
        })
    }
}

/// One file to examine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Where it is, after the change.
    pub path: NotePath,
    /// What it holds after the change; [`Content::Absent`] when the change deletes it.
    pub after: Content,
    /// What it held before the change, one for each parent side; empty when the run looks at no history.
    pub before: Vec<Content>,
    /// What it held where the parent sides parted, one for each place; empty with fewer than two sides.
    pub shared: Vec<Content>,
}

impl Candidate {
    /// Whether the run wrote this file: it differs from what stood there on every parent side. Without history it did.
    ///
    /// A file that is the same on some side came in whole with a merge; only a written file is reported as a file.
    #[must_use]
    pub fn is_written(&self) -> bool {
        !self.before.contains(&self.after)
    }

    /// The error when an object of the repository is missing on any side of the change: then nobody can say what the
    /// change holds, and the run as a whole has not examined everything.
    #[must_use]
    pub fn lost_object(&self) -> Option<SourceError> {
        std::iter::once(&self.after).chain(&self.before).chain(&self.shared).find_map(|content| match content {
            Content::Refused(refusal) => refusal.lost_object(&self.path),
            Content::Bytes(_) | Content::Absent | Content::SetAside(_) => None,
        })
    }
}

/// An error of a source as a whole: nothing, or not everything, can be examined.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text(|path| path.display().into_owned()))]
pub struct SourceError {
    /// The files it is about, from the root of the repository; none when it is about the source as a whole.
    pub paths: Vec<NotePath>,
    /// What went wrong, in plain words.
    pub message: String,
    /// The command or setting that helps.
    pub help: Option<String>,
    /// Whose fault it is, which decides the exit code.
    pub kind: SourceErrorKind,
}

impl SourceError {
    /// What went wrong, after the files that it is about as `shown` shows them. Of many files the first are named.
    #[must_use]
    pub fn text(&self, shown: impl Fn(&NotePath) -> String) -> String {
        const NAMED: usize = 10;
        let mut names: Vec<String> = self.paths.iter().take(NAMED).map(shown).collect();
        if let Some(more) = self.paths.len().checked_sub(NAMED).filter(|more| *more > 0) {
            names.push(format!("and {more} more"));
        }
        if names.is_empty() { self.message.clone() } else { format!("{}: {}", names.join(", "), self.message) }
    }
}

/// Whose fault a [`SourceError`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SourceErrorKind {
    /// The command line names something that is not there (exit code 2).
    Usage,
    /// The repository or an object could not be read (exit code 3).
    Unreadable,
}

/// The files of a run, in the order of their paths.
pub trait Source: Sync {
    /// The paths to examine, sorted; cheap, no contents are read.
    ///
    /// # Errors
    /// When the source as a whole cannot be examined.
    fn paths(&self) -> Result<Vec<NotePath>, SourceError>;

    /// Whether this run judges the file at `path`, one of [`Self::paths`]; another run judges the others, and only what the
    /// rules compare is read of them here.
    fn judges(&self, path: &NotePath) -> bool {
        let _all_are = path;
        true
    }

    /// Gets what [`Load::load`] will read of `paths` ready, where that is cheaper at once than one by one. Called once,
    /// before the loaders.
    ///
    /// # Errors
    /// When it cannot be had.
    fn prepare(&self, _paths: &[NotePath]) -> Result<(), SourceError> {
        Ok(())
    }

    /// A loader for one thread. Loaders of several threads work side by side.
    ///
    /// # Errors
    /// When the source cannot be opened.
    fn loader(&self) -> Result<Box<dyn Load + '_>, SourceError>;

    /// The paths that are not judged, but whose notes the judged ones are compared with; sorted, cheap.
    ///
    /// # Errors
    /// When the source as a whole cannot be examined.
    fn context(&self) -> Result<Vec<NotePath>, SourceError> {
        Ok(Vec::new())
    }

    /// Why one of [`Self::paths`] holds no note of this repository; nothing for those that are examined. Cheap.
    fn set_aside(&self, path: &NotePath) -> Option<SetAside> {
        let _every_file_is_examined = path;
        None
    }

    /// The untouched files that may hold another record about what is `sought`; [`Load`] reads them.
    ///
    /// # Errors
    /// When the source as a whole cannot be examined.
    fn elsewhere(&self, _sought: &[Sought]) -> Result<Elsewhere, SourceError> {
        Ok(Elsewhere::default())
    }

    /// How many parent sides there are to compare with: 0 when the run looks at no history.
    fn sides(&self) -> usize {
        0
    }

    /// Which of several parts of a run this is; nothing for the whole.
    fn shard(&self) -> Option<Shard> {
        None
    }
}

/// Reads contents for one thread.
pub trait Load {
    /// The contents at `path`, which came from [`Source::paths`], [`Source::context`] or [`Source::elsewhere`].
    fn load(&mut self, path: &NotePath) -> Candidate;
}

impl fmt::Display for NotePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.display())
    }
}
