//! The repository read through the `git` program: for formats that libgit2 does not know, and for comparing an index,
//! where git's own cache of trees makes it several times as fast.
//!
//! Output is asked for with NUL between its parts, so no file name can be misread. Children inherit the environment:
//! it names the index that git is about to commit.

use super::names::tracking_patterns;
use super::objects::{Kind, ObjectServer, Stored};
use super::output::{ended, ids, index_line, parts, path_line, raw_deltas, refusal};
use super::tree::RawTree;
use super::{
    Branch, Delta, EntryKind, FSCK, KnownCommits, LoggedCommit, Novelty, ObjectId, Pointee, RepoLocation, Repository,
    damage, not_fetched, unreadable,
};
use crate::source::{Content, NotePath, ReadError, SourceError};
use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A repository that the `git` program can read.
pub(crate) struct Program {
    pub(super) place: RepoLocation,
    /// Started with the first object, and asked for all of them.
    objects: Option<ObjectServer>,
    /// The same, but it fetches nothing.
    local_objects: Option<ObjectServer>,
    /// The remotes that have what a partial clone lacks; looked up once.
    promisors: Option<Vec<String>>,
}

/// Why the program cannot be used.
pub(crate) enum OpenError {
    /// There is no `git` program to run.
    NoProgram(io::Error),
    /// It ran, and would not open the repository.
    Refused(SourceError),
}

impl From<OpenError> for SourceError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::NoProgram(error) => not_run(&error),
            OpenError::Refused(error) => error,
        }
    }
}

impl Program {
    pub(super) fn at(place: &RepoLocation) -> Self {
        Self { place: place.clone(), objects: None, local_objects: None, promisors: None }
    }

    /// Opens the repository at `place`.
    pub(crate) fn open(place: &RepoLocation) -> Result<Self, OpenError> {
        let program = Self::at(place);
        match program.command(["rev-parse", "--git-dir"]).output() {
            Ok(output) if output.status.success() => Ok(program),
            Ok(output) => {
                Err(OpenError::Refused(ended(output).map_or_else(|stopped| stopped, |output| refusal(&output))))
            }
            Err(error) => Err(OpenError::NoProgram(error)),
        }
    }

    /// What `index` would change in `base`, asked of git without opening the repository first.
    ///
    /// # Errors
    /// [`OpenError::NoProgram`] when there is no git to ask.
    pub(crate) fn index_changes(place: &RepoLocation, base: Option<&ObjectId>) -> Result<Vec<Delta>, OpenError> {
        Self::at(place).diff_index(base)
    }

    fn diff_index(&self, base: Option<&ObjectId>) -> Result<Vec<Delta>, OpenError> {
        let base = self.tree_or_empty(base)?;
        let raw = self.try_run(DIFF_INDEX.into_iter().chain([base.as_str(), "--"]))?;
        raw_deltas(&raw).map_err(OpenError::Refused)
    }

    /// A git command that takes no lock, starts no monitor or pager, and asks nothing.
    pub(super) fn command<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Command {
        let mut command = Command::new("git");
        if let RepoLocation::Folder(folder) = &self.place {
            command.arg("-C").arg(folder);
            for name in REPOSITORY_VARIABLES {
                command.env_remove(name);
            }
        }
        command
            .args(["--no-pager", "--literal-pathspecs", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false"])
            .args(arguments)
            .env("GIT_OPTIONAL_LOCKS", "0")
            // What `git replace` puts in the place of an object is not what is pushed; libgit2 does not look at it either.
            .env("GIT_NO_REPLACE_OBJECTS", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .env("LC_ALL", "C")
            .stdin(Stdio::null());
        command
    }

    pub(super) fn output<I: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = I>,
    ) -> Result<Output, SourceError> {
        ended(self.command(arguments).output().map_err(|error| not_run(&error))?)
    }

    pub(super) fn run<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Result<Vec<u8>, SourceError> {
        Ok(self.try_run(arguments)?)
    }

    /// As [`Self::run`], but a missing program is told from its refusal.
    fn try_run<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Result<Vec<u8>, OpenError> {
        let output = self.command(arguments).output().map_err(OpenError::NoProgram)?;
        checked(output).map_err(OpenError::Refused)
    }

    /// What a command prints that reads `input`.
    pub(super) fn run_with<I: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = I>,
        input: Vec<u8>,
    ) -> Result<Vec<u8>, SourceError> {
        checked(fed(self.command(arguments), input).map_err(|error| not_run(&error))?)
    }

    /// The process that is asked for objects, started with the first of them.
    fn server(&mut self) -> io::Result<&mut ObjectServer> {
        let server = match self.objects.take() {
            Some(server) => server,
            None => ObjectServer::start(self.command(["cat-file", "--batch"]))?,
        };
        Ok(self.objects.insert(server))
    }

    /// The remotes that have what this clone lacks, in git's order.
    pub(super) fn promisors(&mut self) -> Vec<String> {
        if self.promisors.is_none() {
            self.promisors = Some(super::partial::promisors(self));
        }
        self.promisors.clone().unwrap_or_default()
    }

    fn is_partial(&mut self) -> bool {
        !self.promisors().is_empty()
    }

    /// Where remotes keep what they fetch, beside `refs/remotes/`.
    fn tracking_patterns(&self) -> Result<Vec<String>, SourceError> {
        let listing = self.output(["config", "-z", "--get-regexp", r"^remote\..*\.fetch$"])?.stdout;
        let listing = String::from_utf8_lossy(&listing);
        Ok(tracking_patterns(listing.split('\0').filter_map(|entry| Some(entry.split_once('\n')?.1))))
    }

    /// Where the repository keeps its file `name`, such as `MERGE_HEAD` or a reference.
    pub(super) fn git_path(&self, name: &str) -> Result<PathBuf, SourceError> {
        let path = path_line(&self.run(["rev-parse", "--git-path", name])?);
        Ok(match &self.place {
            RepoLocation::Folder(folder) => folder.join(path),
            RepoLocation::Environment => path,
        })
    }

    /// The name of the empty tree, which differs with the repository's hash; nothing is written.
    fn empty_tree(&self) -> Result<ObjectId, OpenError> {
        let answer = ids(&self.try_run(["hash-object", "-t", "tree", "--stdin"])?).map(|mut ids| ids.pop());
        let unsaid = || unreadable("git does not say what the empty tree is", Some(FSCK));
        answer.and_then(|id| id.ok_or_else(unsaid)).map_err(OpenError::Refused)
    }

    fn tree_or_empty(&self, base: Option<&ObjectId>) -> Result<ObjectId, OpenError> {
        match base {
            Some(base) => Ok(base.clone()),
            None => self.empty_tree(),
        }
    }
}

const HEADS: &str = "refs/heads/";
const REMOTES: &str = "refs/remotes/";

/// Compares an index with a tree: entries added with intent only are not there yet, renames are not guessed, and no
/// setting of a submodule hides it.
const DIFF_INDEX: [&str; 8] = [
    "diff-index",
    "--cached",
    "--raw",
    "-z",
    "--no-renames",
    "--no-abbrev",
    "--ita-invisible-in-index",
    "--ignore-submodules=none",
];

/// Compares two trees in the same way.
const DIFF_TREE: [&str; 7] =
    ["diff-tree", "-r", "--raw", "-z", "--no-renames", "--no-abbrev", "--ignore-submodules=none"];

/// The variables that tie a git command to one repository; taken away when a folder is named instead.
pub(super) const REPOSITORY_VARIABLES: [&str; 8] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
];

/// Lists commits whatever the configuration wants a log to look like; see [`logged`].
const LOG: [&str; 7] = [
    "log",
    "-z",
    "--date-order",
    "--no-show-signature",
    "--no-color",
    "--encoding=UTF-8",
    "--format=%H%n%P%n%ct%n%an%n%s",
];

/// A commit of that log.
fn logged(commit: &[u8]) -> Option<LoggedCommit> {
    let text = String::from_utf8_lossy(commit);
    let mut lines = text.splitn(5, '\n');
    let id = ObjectId::parse(lines.next()?)?;
    let parents = lines.next()?.split(' ').filter_map(ObjectId::parse).collect();
    let (seconds, author) = (lines.next()?.parse().ok()?, lines.next()?.to_owned());
    Some(LoggedCommit { id, parents, seconds, author, subject: lines.next()?.to_owned() })
}

impl Repository for Program {
    fn work_tree(&mut self) -> Option<PathBuf> {
        self.run(["rev-parse", "--show-toplevel"]).ok().map(|output| path_line(&output))
    }

    fn head(&mut self) -> Result<Option<ObjectId>, SourceError> {
        if let Some(head) = self.commit("HEAD")? {
            return Ok(Some(head));
        }
        let branch = self.output(["symbolic-ref", "--quiet", "HEAD"])?;
        let name = String::from_utf8_lossy(&branch.stdout).trim().to_owned();
        let exists = self.output(["show-ref", "--verify", "--quiet", name.as_str()])?.status.success();
        if branch.status.success() && !exists { Ok(None) } else { Err(unreadable("HEAD cannot be read", Some(FSCK))) }
    }

    fn merge_heads(&mut self) -> Result<Vec<ObjectId>, SourceError> {
        super::merge_heads_in(&self.git_path("MERGE_HEAD")?)
    }

    fn commit(&mut self, revision: &str) -> Result<Option<ObjectId>, SourceError> {
        let peeled = format!("{revision}^{{commit}}");
        let output = self.output(["rev-parse", "--verify", "--quiet", "--end-of-options", peeled.as_str()])?;
        if output.status.success() {
            return Ok(ids(&output.stdout)?.pop());
        }
        damage::require_undamaged(self, revision).map(|()| None)
    }

    fn branches(&mut self) -> Result<Vec<Branch>, SourceError> {
        let listing = self.run(["for-each-ref", "--format=%(objectname) %(refname) %(symref)", HEADS, REMOTES])?;
        let branch = |line: &str| {
            let mut words = line.split(' ');
            let (tip, name, stands_for) = (ObjectId::parse(words.next()?)?, words.next()?.to_owned(), words.next());
            Some(Branch { name, tip, stands_for: stands_for.filter(|name| !name.is_empty()).map(str::to_owned) })
        };
        let mut branches: Vec<Branch> = String::from_utf8_lossy(&listing).lines().filter_map(branch).collect();
        branches.sort();
        Ok(branches)
    }

    fn reaching(&mut self, commit: &ObjectId) -> Result<Vec<String>, SourceError> {
        let containing = format!("--contains={}", commit.as_str());
        let listing = self.run(["for-each-ref", "--format=%(refname)", containing.as_str(), HEADS, REMOTES])?;
        let mut names: Vec<String> = String::from_utf8_lossy(&listing).lines().map(str::to_owned).collect();
        names.sort();
        Ok(names)
    }

    fn remotes(&mut self) -> Result<Vec<String>, SourceError> {
        Ok(String::from_utf8_lossy(&self.run(["remote"])?).lines().map(str::to_owned).collect())
    }

    fn merge_bases(&mut self, one: &ObjectId, other: &ObjectId) -> Result<Vec<ObjectId>, SourceError> {
        let output = self.output(["merge-base", "--all", one.as_str(), other.as_str()])?;
        // git merge-base exits with 1, and says nothing, when there is none.
        if output.status.code() == Some(1) { Ok(Vec::new()) } else { ids(&checked(output)?) }
    }

    fn last_before(&mut self, tip: &ObjectId, moment: i64) -> Result<Option<ObjectId>, SourceError> {
        // What is as old as the moment is not before it.
        let moment = format!("--min-age={}", moment.saturating_sub(1).max(0));
        Ok(ids(&self.run(["rev-list", "--first-parent", "--max-count=1", &moment, tip.as_str()])?)?.pop())
    }

    fn log(&mut self, tip: &ObjectId, known: Option<&ObjectId>, most: usize) -> Result<Vec<LoggedCommit>, SourceError> {
        let mut arguments = LOG.map(str::to_owned).to_vec();
        // git counts with 32 bits.
        let most = i32::try_from(most).unwrap_or(i32::MAX);
        arguments.extend([format!("--max-count={most}"), tip.as_str().to_owned()]);
        arguments.extend(known.map(|known| format!("^{}", known.as_str())));
        let listing = self.run(&arguments)?;
        let odd = || unreadable("git's list of commits has an unknown form", None);
        parts(&listing).map(|commit| logged(commit).ok_or_else(odd)).collect()
    }

    fn is_shallow(&mut self) -> bool {
        self.run(["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer.starts_with(b"true"))
    }

    fn changes_in_index(&mut self, base: Option<&ObjectId>) -> Result<Vec<Delta>, SourceError> {
        Ok(self.diff_index(base)?)
    }

    fn tracked(&mut self) -> Result<Vec<(NotePath, EntryKind)>, SourceError> {
        let listing = self.run(["ls-files", "--stage", "-z", "--full-name"])?;
        let mut tracked: Vec<_> = parts(&listing).filter_map(index_line).collect();
        tracked.dedup_by(|left, right| left.0 == right.0);
        Ok(tracked)
    }

    fn changes_between(&mut self, base: Option<&ObjectId>, to: &ObjectId) -> Result<Vec<Delta>, SourceError> {
        let base = self.tree_or_empty(base)?;
        raw_deltas(&self.run(DIFF_TREE.into_iter().chain([base.as_str(), to.as_str(), "--"]))?)
    }

    fn tree(&mut self, treeish: &ObjectId) -> Result<RawTree, SourceError> {
        let failed = |reason: String| unreadable(format!("the tree of {} {reason}", treeish.short()), Some(FSCK));
        let server = self.server().map_err(|error| not_run(&error))?;
        let read = server.read(&format!("{}^{{tree}}", treeish.as_str()), Kind::Tree, u64::MAX);
        match read {
            Ok(Stored::Object { id, bytes }) => Ok(RawTree { id, bytes }),
            Ok(_) if self.is_partial() => Err(not_fetched(&format!("the tree of {}", treeish.short()))),
            Ok(Stored::Missing | Stored::TooLarge(_)) => Err(failed("is missing".to_owned())),
            Err(error) => {
                self.objects = None;
                let is_partial = self.is_partial();
                let lost = not_fetched(&format!("the tree of {}", treeish.short()));
                Err(if is_partial { lost } else { failed(format!("cannot be read: {error}")) })
            }
        }
    }

    fn prefetch(&mut self, ids: &[ObjectId]) -> Result<usize, SourceError> {
        super::partial::prefetch(self, ids)
    }

    fn blob(&mut self, id: &ObjectId, limit: u64) -> Content {
        let server = match self.server() {
            Ok(server) => server,
            Err(error) => return Content::Refused(ReadError::Object(not_run(&error).message)),
        };
        let reason = match server.read(id.as_str(), Kind::Blob, limit) {
            Ok(Stored::Object { bytes, .. }) => return Content::Bytes(bytes),
            Ok(Stored::TooLarge(size)) => return Content::Refused(ReadError::TooLarge { size, limit }),
            Ok(Stored::Missing) => "it is missing".to_owned(),
            Err(error) => {
                // git ends when it cannot fetch an object; the next one is asked of another process.
                self.objects = None;
                error.to_string()
            }
        };
        if self.is_partial() {
            return Content::Refused(ReadError::NotFetched(not_fetched(&format!("git object {}", id.short())).message));
        }
        Content::Refused(ReadError::Object(format!("git object {}: {reason}", id.short())))
    }

    fn local_blob(&mut self, id: &ObjectId, limit: u64) -> Content {
        if self.local_objects.is_none() {
            let started = ObjectServer::start(super::partial::offline(self.command(["cat-file", "--batch"])));
            self.local_objects = started.ok();
        }
        // Once git has ended because it could not fetch, it is not started again: each try would cost a process.
        let stored = self.local_objects.as_mut().map(|server| server.read(id.as_str(), Kind::Blob, limit));
        match stored {
            Some(Ok(Stored::Object { bytes, .. })) => Content::Bytes(bytes),
            Some(Ok(Stored::TooLarge(size))) => Content::Refused(ReadError::TooLarge { size, limit }),
            _ => Content::Absent,
        }
    }

    fn pointee(&mut self, id: &ObjectId) -> Result<Option<Pointee>, SourceError> {
        let name = format!("{}^{{}}", id.as_str());
        let output = self.output(["rev-parse", "--verify", "--quiet", "--end-of-options", name.as_str()])?;
        let Some(target) = ids(&output.stdout)?.pop().filter(|_| output.status.success()) else { return Ok(None) };
        let kind = self.output(["cat-file", "-t", target.as_str()])?;
        Ok(match String::from_utf8_lossy(&kind.stdout).trim() {
            "commit" => Some(Pointee::Commit(target)),
            "tree" => Some(Pointee::Tree(target)),
            "blob" => Some(Pointee::Blob),
            _ => None,
        })
    }

    fn exists(&mut self, id: &ObjectId) -> bool {
        self.output(["cat-file", "-e", id.as_str()]).is_ok_and(|output| output.status.success())
    }

    fn novelty(&mut self, new: &ObjectId, known: &KnownCommits) -> Result<Novelty, SourceError> {
        let mut arguments = vec!["rev-list".to_owned(), "--boundary".to_owned(), new.as_str().to_owned()];
        arguments.push("--not".to_owned());
        match known {
            KnownCommits::AllReferences => arguments.push("--all".to_owned()),
            KnownCommits::Remotes(tips) => {
                arguments.push("--remotes".to_owned());
                for pattern in self.tracking_patterns()? {
                    if pattern.contains('*') {
                        arguments.push(format!("--glob={pattern}"));
                    } else {
                        arguments.extend(self.commit(&pattern)?.map(|single| single.as_str().to_owned()));
                    }
                }
                for tip in tips {
                    arguments.extend(self.commit(tip.as_str())?.map(|tip| tip.as_str().to_owned()));
                }
            }
            KnownCommits::Commits(commits) => arguments.extend(commits.iter().map(|commit| commit.as_str().to_owned())),
        }
        let listing = self.run(&arguments)?;
        let lines: Vec<&str> =
            listing.split(|byte| *byte == b'\n').filter_map(|l| std::str::from_utf8(l).ok()).collect();
        if !lines.iter().any(|line| !line.is_empty() && !line.starts_with('-')) {
            return Ok(Novelty::Nothing);
        }
        let boundary: Vec<&str> = lines.iter().filter_map(|line| line.strip_prefix('-')).collect();
        if boundary.is_empty() {
            return Ok(Novelty::Since(Vec::new()));
        }
        // What the boundary reaches and its parents do not: those of it that no other of them reaches, in one walk.
        let request: String = boundary.iter().map(|commit| format!("{commit}\n^{commit}^@\n")).collect();
        let mut tips = ids(&self.run_with(["rev-list", "--stdin"], request.into_bytes())?)?;
        tips.sort();
        Ok(Novelty::Since(tips))
    }
}

fn checked(output: Output) -> Result<Vec<u8>, SourceError> {
    let output = ended(output)?;
    if output.status.success() { Ok(output.stdout) } else { Err(refusal(&output)) }
}

/// What `command` prints when it is given `input`.
pub(super) fn fed(mut command: Command, input: Vec<u8>) -> io::Result<Output> {
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn()?;
    let stdin = child.stdin.take();
    // Written beside the reading, so that neither waits for the other.
    let writer = std::thread::spawn(move || stdin.map_or(Ok(()), |mut stdin| stdin.write_all(&input)));
    let output = child.wait_with_output();
    // git may end before it has read everything; its exit code says why.
    let _closed = writer.join();
    output
}

fn not_run(error: &io::Error) -> SourceError {
    unreadable(format!("the git program cannot be run: {error}"), Some("install git, or put it on PATH"))
}
