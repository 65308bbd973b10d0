//! What a gate needs of a git repository, and nothing that writes.
//!
//! [`Repository`] has two implementations: [`library`] reads through libgit2 in process, and [`program`] asks the `git`
//! program. [`open`] takes the library where it can and the program for what libgit2 does not know (reftable, SHA-256,
//! partial clones, …); [`fallback`] asks the program for what the library does not find. Both take the repository from
//! the environment and the current folder, as git commands do, so that a hook sees the very index that git is about to
//! commit.

#[cfg(test)]
mod agreement;
pub(crate) mod blame;
mod damage;
mod fallback;
mod history;
mod index;
pub(crate) mod layout;
pub(crate) mod library;
pub(crate) mod listing;
mod loose;
mod names;
mod objects;
mod output;
mod partial;
pub(crate) mod program;
pub(crate) mod stage;
pub(crate) mod tree;

pub(super) use index::changes::in_index;
#[cfg(fuzzing)]
pub(crate) use index::holds_for;

use super::{Content, NotePath, SourceError, SourceErrorKind};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use std::path::{Path, PathBuf};
use tree::RawTree;

/// The name of the person who works in `folder`, as git's configuration has it.
pub(crate) fn user_name(folder: &Path) -> Option<String> {
    let of_repository = git2::Repository::discover(folder).and_then(|repository| repository.config());
    let mut config = of_repository.or_else(|_| git2::Config::open_default()).ok()?;
    config.snapshot().ok()?.get_string("user.name").ok()
}

/// The name of an object: 40 or 64 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ObjectId(String);

impl ObjectId {
    /// The object id that `text` spells in full, or nothing when it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let full = matches!(text.len(), 40 | 64) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        full.then(|| Self(text.to_ascii_lowercase()))
    }

    /// The hexadecimal digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first digits, enough for people.
    #[must_use]
    pub fn short(&self) -> &str {
        self.0.get(..12).unwrap_or(&self.0)
    }

    /// The id that `bytes` are.
    fn of_bytes(bytes: &[u8]) -> Option<Self> {
        let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 0xf]);
        let digits = digits.map(|digit| char::from_digit(u32::from(digit), 16));
        if matches!(bytes.len(), 20 | 32) { digits.collect::<Option<_>>().map(Self) } else { None }
    }

    /// Whether all digits are zero, which is how git writes "no object" for a branch that is made or deleted.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.bytes().all(|byte| byte == b'0')
    }
}

/// What a tree or an index says about a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    pub(crate) kind: EntryKind,
    pub(crate) id: ObjectId,
}

/// What stands at a path, as its mode tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EntryKind {
    File,
    SymbolicLink,
    Submodule,
}

impl EntryKind {
    /// The kind behind a mode, or nothing for mode 0 and for a folder.
    fn from_mode(mode: u32) -> Option<Self> {
        match mode & 0o170_000 {
            0o100_000 => Some(Self::File),
            0o120_000 => Some(Self::SymbolicLink),
            0o160_000 => Some(Self::Submodule),
            _ => None,
        }
    }
}

/// One path that differs between two sides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Delta {
    pub(crate) path: NotePath,
    pub(crate) before: Option<Entry>,
    pub(crate) after: Option<Entry>,
}

/// Which commits count as known already when something new arrives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KnownCommits {
    /// Everything that a reference of this repository reaches: for the receiving side.
    AllReferences,
    /// Everything that a tracking branch of any remote reaches, and these commits: for the pushing side. Commits that
    /// are not here are ignored.
    Remotes(Vec<ObjectId>),
    /// Everything that these commits reach.
    Commits(Vec<ObjectId>),
}

/// A branch of this repository, or the tracking branch of one elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Branch {
    /// The whole name, as in `refs/remotes/origin/main`.
    pub(crate) name: String,
    /// What it points to.
    pub(crate) tip: ObjectId,
    /// The reference that it stands for, as `refs/remotes/origin/HEAD` does.
    pub(crate) stands_for: Option<String>,
}

/// A commit of the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct LoggedCommit {
    pub(crate) id: ObjectId,
    pub(crate) parents: Vec<ObjectId>,
    /// When it was made, in seconds since 1970.
    pub(crate) seconds: i64,
    /// The name of its author. May hold any character.
    pub(crate) author: String,
    /// The first line of its message. May hold any character.
    pub(crate) subject: String,
}

impl LoggedCommit {
    /// When it was made.
    pub(crate) fn time(&self) -> Timestamp {
        Timestamp::from_second(self.seconds).unwrap_or_default()
    }

    /// The day on which it was made, in UTC.
    pub(crate) fn day(&self) -> Date {
        Offset::UTC.to_datetime(self.time()).date()
    }
}

/// What an object stands for once its tags are followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pointee {
    /// A commit.
    Commit(ObjectId),
    /// A tree without a commit.
    Tree(ObjectId),
    /// The content of a file, which no tree names here.
    Blob,
}

/// What a reference brings that was not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Novelty {
    /// Every commit is known already.
    Nothing,
    /// Some commits are new. These known commits are what they build on: parents of new commits, less those that
    /// another of them reaches. Empty when the new history has no known past.
    Since(Vec<ObjectId>),
}

/// The questions that a gate has. Nothing here writes; every answer is for one moment.
pub(crate) trait Repository: Send {
    /// The top of the work tree; nothing in a bare repository.
    fn work_tree(&mut self) -> Option<PathBuf>;

    /// The commit that HEAD stands for, or nothing on a branch that is not born.
    fn head(&mut self) -> Result<Option<ObjectId>, SourceError>;

    /// The other parents of a merge that is under way, in order.
    fn merge_heads(&mut self) -> Result<Vec<ObjectId>, SourceError>;

    /// The commit that `revision` names, or nothing when it names none.
    ///
    /// # Errors
    /// Also when the name is there and what it stands for is missing, damaged or, for a branch, no commit.
    fn commit(&mut self, revision: &str) -> Result<Option<ObjectId>, SourceError>;

    /// All branches and tracking branches whose tip has a name here, sorted.
    fn branches(&mut self) -> Result<Vec<Branch>, SourceError>;

    /// The names of those branches that reach `commit`, sorted.
    fn reaching(&mut self, commit: &ObjectId) -> Result<Vec<String>, SourceError>;

    /// The names of the remotes.
    fn remotes(&mut self) -> Result<Vec<String>, SourceError>;

    /// All best common ancestors of two commits; none when they have no history in common, or it is cut off here.
    fn merge_bases(&mut self, one: &ObjectId, other: &ObjectId) -> Result<Vec<ObjectId>, SourceError>;

    /// Where a branch that ends at `tip` stood just before `moment`, in seconds since 1970: the first of `tip` and its first
    /// parents, one after the other, that is older. Nothing where none is, or history is cut off before.
    fn last_before(&mut self, tip: &ObjectId, moment: i64) -> Result<Option<ObjectId>, SourceError>;

    /// The commits that `tip` reaches and `known` does not: at most `most`, each before its parents, else the newest first.
    /// Where history is cut off, a commit has no parents.
    fn log(&mut self, tip: &ObjectId, known: Option<&ObjectId>, most: usize) -> Result<Vec<LoggedCommit>, SourceError>;

    /// Whether history is cut off (a shallow clone).
    fn is_shallow(&mut self) -> bool;

    /// What the index holds that `base` does not, and the other way round; nothing as `base` means the empty tree.
    /// Paths added with intent only are not in the index yet.
    ///
    /// # Errors
    /// Also when a path is unmerged; the error names such paths.
    fn changes_in_index(&mut self, base: Option<&ObjectId>) -> Result<Vec<Delta>, SourceError>;

    /// The file of the index that git is about to commit; nothing where only git can say which it is, or read it.
    fn index_file(&mut self) -> Option<PathBuf> {
        None
    }

    /// What the index names, unmerged paths once: the files that git knows, whatever `.gitignore` says.
    fn tracked(&mut self) -> Result<Vec<(NotePath, EntryKind)>, SourceError>;

    /// What differs between the trees of two commits or trees; nothing as `base` means the empty tree.
    fn changes_between(&mut self, base: Option<&ObjectId>, to: &ObjectId) -> Result<Vec<Delta>, SourceError>;

    /// The tree that `treeish`, a tree or a commit, stands for, as it is stored.
    fn tree(&mut self, treeish: &ObjectId) -> Result<RawTree, SourceError>;

    /// Brings blobs here that a partial clone has left with its remote, all at once, and says how many.
    fn prefetch(&mut self, _ids: &[ObjectId]) -> Result<usize, SourceError> {
        Ok(0)
    }

    /// The bytes of a blob of at most `limit` bytes. A partial clone may fetch it.
    fn blob(&mut self, id: &ObjectId, limit: u64) -> Content;

    /// As [`Repository::blob`], but nothing is fetched: a blob that is not here is [`Content::Absent`].
    fn local_blob(&mut self, id: &ObjectId, limit: u64) -> Content;

    /// What the object `id` stands for; nothing when it, or what a tag leads to, is not here.
    ///
    /// # Errors
    /// When an object is there and cannot be read.
    fn pointee(&mut self, id: &ObjectId) -> Result<Option<Pointee>, SourceError>;

    /// Whether there is an object of that name, of any kind.
    fn exists(&mut self, id: &ObjectId) -> bool;

    /// What `new` brings.
    fn novelty(&mut self, new: &ObjectId, known: &KnownCommits) -> Result<Novelty, SourceError>;
}

/// Where to look for the repository.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum RepoLocation {
    /// Where a git command would look: `GIT_DIR` and its like, else the current folder and those above it.
    Environment,
    /// In this folder, whatever the environment says.
    Folder(PathBuf),
}

/// Opens the repository at `place`.
///
/// # Errors
/// When there is none, or when neither libgit2 nor the `git` program can read it; the message is git's own.
pub(crate) fn open(place: &RepoLocation) -> Result<Box<dyn Repository>, SourceError> {
    let library = match library::Library::open(place) {
        Ok(library) if library.reads_everything() => return Ok(Box::new(fallback::Fallback::new(library, place))),
        opened => opened,
    };
    match program::Program::open(place) {
        Ok(program) => Ok(Box::new(program)),
        Err(program::OpenError::NoProgram(_)) => library.map(|library| Box::new(library) as Box<dyn Repository>),
        Err(program::OpenError::Refused(error)) => Err(error),
    }
}

/// The object ids in the file `MERGE_HEAD` at `path`, one a line; none when there is no such file.
///
/// `git rebase --rebase-merges` writes it without an end of line, and editors leave blank lines or carriage returns.
fn merge_heads_in(path: &Path) -> Result<Vec<ObjectId>, SourceError> {
    const HELP: &str = "finish the merge or leave it with: git merge --abort";
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(format!("MERGE_HEAD cannot be read: {error}"), Some(HELP))),
    };
    let text = String::from_utf8_lossy(&bytes);
    let lines = text.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
    let head = |line| {
        let message = "MERGE_HEAD holds something that is not an object id, so the parents of the merge are unknown";
        ObjectId::parse(line).ok_or_else(|| unreadable(message, Some(HELP)))
    };
    lines.map(head).collect()
}

/// Opens the repository at `place`; nothing when there is none.
///
/// # Errors
/// When there is one that cannot be read.
pub(crate) fn open_if_any(place: &RepoLocation) -> Result<Option<Box<dyn Repository>>, SourceError> {
    match open(place) {
        Ok(repository) => Ok(Some(repository)),
        Err(error) if error == no_repository() => Ok(None),
        Err(error) => Err(error),
    }
}

/// The error for something that a partial clone lacks and cannot fetch; `what` starts the sentence.
fn not_fetched(what: &str) -> SourceError {
    unreadable(
        format!("{what} is not in this partial clone and could not be fetched from its remote"),
        Some(NOT_FETCHED_HELP),
    )
}

/// What helps where a partial clone cannot reach its remote.
pub(crate) const NOT_FETCHED_HELP: &str =
    "check the network and your access with: git fetch; then run the same command again";

/// What helps with a damaged repository.
pub(crate) const FSCK: &str = "see what git says to: git fsck";

/// An error for "cannot be read", with what helps.
fn unreadable(message: impl Into<String>, help: Option<&str>) -> SourceError {
    SourceError {
        paths: Vec::new(),
        message: message.into(),
        help: help.map(str::to_owned),
        kind: SourceErrorKind::Unreadable,
    }
}

/// The error for a place without a repository.
fn no_repository() -> SourceError {
    unreadable(
        "there is no git repository here",
        Some("run it inside a repository, or without the options that ask for history: notegate check PATH"),
    )
}

/// The error for an index with unmerged paths.
fn unmerged(mut paths: Vec<NotePath>) -> SourceError {
    paths.sort();
    paths.dedup();
    let error = unreadable(
        "unmerged paths in the index, so nobody can say yet what the commit would hold",
        Some("resolve the conflicts, then stage the files with: git add FILE"),
    );
    SourceError { paths, ..error }
}

/// The error for a repository that belongs to somebody else, in git's words or libgit2's.
fn other_owner(folder: Option<&str>) -> SourceError {
    let folder = folder.unwrap_or("\"$PWD\"");
    unreadable(
        "the repository belongs to another user, so git does not trust its configuration",
        Some(&format!("if you trust it, run: git config --global --add safe.directory {folder}")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn object_ids_are_whole() {
        let sha1 = "A".repeat(40);
        assert_eq!(ObjectId::parse(&sha1).map(|id| id.as_str().to_owned()), Some("a".repeat(40)));
        assert!(ObjectId::parse(&"a".repeat(64)).is_some());
        assert_eq!(ObjectId::parse("abc"), None);
        assert_eq!(ObjectId::parse(&"g".repeat(40)), None);
    }

    #[test]
    fn zeros_are_no_object() {
        assert!(ObjectId::parse(&"0".repeat(40)).is_some_and(|id| id.is_zero()));
        assert!(!ObjectId::parse(&format!("{}1", "0".repeat(39))).is_some_and(|id| id.is_zero()));
    }

    #[test]
    fn modes() {
        assert_eq!(EntryKind::from_mode(0o100_755), Some(EntryKind::File));
        assert_eq!(EntryKind::from_mode(0o120_000), Some(EntryKind::SymbolicLink));
        assert_eq!(EntryKind::from_mode(0o160_000), Some(EntryKind::Submodule));
        assert_eq!(EntryKind::from_mode(0o040_000), None);
        assert_eq!(EntryKind::from_mode(0), None);
    }

    #[test]
    fn merge_heads_are_read_however_they_were_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("MERGE_HEAD");
        let (one, two) = ("1".repeat(40), "2".repeat(40));
        assert_eq!(merge_heads_in(&path), Ok(Vec::new()));
        let ids = |ids: &[&str]| ids.iter().map(|id| ObjectId::parse(id).unwrap()).collect::<Vec<_>>();
        for (text, heads) in [
            (one.clone(), ids(&[&one])),
            (format!("{one}\n"), ids(&[&one])),
            (format!("{one}\r\n{two}\r\n"), ids(&[&one, &two])),
            (format!("\n\n{one}\n \t\n{two}"), ids(&[&one, &two])),
            (format!("{one}\r{two}"), ids(&[&one, &two])),
            ("a".repeat(64), ids(&[&"a".repeat(64)])),
            (" \n".to_owned(), Vec::new()),
            (String::new(), Vec::new()),
        ] {
            std::fs::write(&path, &text).unwrap();
            assert_eq!(merge_heads_in(&path), Ok(heads), "{text:?}");
        }
        for junk in
            ["main\n", one.strip_suffix("1").unwrap(), &format!("{one}\nmain\n"), &format!("{one} {two}\n"), "\0"]
        {
            std::fs::write(&path, junk).unwrap();
            assert!(merge_heads_in(&path).is_err_and(|error| error.message.contains("not an object id")), "{junk:?}");
        }
        std::fs::remove_file(&path).unwrap();
        std::fs::create_dir(&path).unwrap();
        assert!(merge_heads_in(&path).is_err());
    }

    #[test]
    fn many_unmerged_paths_are_counted() {
        let paths = (0..12).map(|n| NotePath::from_bytes(format!("{n:02}.yaml"))).collect();
        let message = unmerged(paths).to_string();
        assert!(message.contains("00.yaml") && message.contains("and 2 more") && !message.contains("11.yaml"));
    }
}
