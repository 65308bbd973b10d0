//! The repository read through the `git` program: for formats that libgit2 does not know, and for comparing an index,
//! where git's own cache of trees makes it several times as fast.
//!
//! Output is asked for with NUL between its parts, so no file name can be misread. Children inherit the environment:
//! it names the index that git is about to commit.

use super::blobs::BlobServer;
use super::{
    Delta, Entry, EntryKind, Known, Listing, Novelty, ObjectId, Place, Repository, other_owner, unmerged, unreadable,
};
use crate::source::{Content, NotePath, Refusal, SourceError};
use std::ffi::OsStr;
use std::io;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

/// A repository that the `git` program can read.
pub(crate) struct Program {
    place: Place,
    /// Started with the first blob, and asked for all of them.
    blobs: Option<BlobServer>,
}

/// Why the program cannot be used.
pub(crate) enum OpenError {
    /// There is no `git` program to run.
    NoProgram,
    /// It ran, and would not open the repository.
    Refused(SourceError),
}

impl Program {
    /// Opens the repository at `place`.
    pub(crate) fn open(place: &Place) -> Result<Self, OpenError> {
        let program = Self { place: place.clone(), blobs: None };
        match program.command(["rev-parse", "--git-dir"]).output() {
            Ok(output) if output.status.success() => Ok(program),
            Ok(output) => Err(OpenError::Refused(refusal(&output))),
            Err(_) => Err(OpenError::NoProgram),
        }
    }

    /// What `index` would change in `base`, asked of git without opening the repository first.
    ///
    /// # Errors
    /// [`OpenError::NoProgram`] when there is no git to ask.
    pub(crate) fn index_changes(place: &Place, base: Option<&ObjectId>) -> Result<Vec<Delta>, OpenError> {
        let mut program = Self { place: place.clone(), blobs: None };
        if base.is_none() && program.command(["--version"]).stdout(Stdio::null()).status().is_err() {
            return Err(OpenError::NoProgram);
        }
        let base = match base {
            Some(base) => base.clone(),
            None => program.empty_tree().map_err(OpenError::Refused)?,
        };
        let mut command = program.command(DIFF_INDEX);
        let output = command.arg(base.as_str()).arg("--").output().map_err(|_| OpenError::NoProgram)?;
        checked(output).and_then(|raw| raw_deltas(&raw)).map_err(OpenError::Refused)
    }

    /// A git command that takes no lock, starts no monitor or pager, and asks nothing.
    fn command<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Command {
        let mut command = Command::new("git");
        if let Place::Folder(folder) = &self.place {
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

    fn output<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Result<Output, SourceError> {
        self.command(arguments).output().map_err(|error| not_run(&error))
    }

    fn run<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Result<Vec<u8>, SourceError> {
        checked(self.output(arguments)?)
    }

    /// The object ids that a command prints, one a line.
    fn ids<I: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = I>) -> Result<Vec<ObjectId>, SourceError> {
        ids(&self.run(arguments)?)
    }

    /// The name of the empty tree, which differs with the repository's hash; nothing is written.
    fn empty_tree(&mut self) -> Result<ObjectId, SourceError> {
        let mut ids = self.ids(["hash-object", "-t", "tree", "--stdin"])?;
        ids.pop().ok_or_else(|| unreadable("git does not say what the empty tree is", None))
    }

    fn tree_or_empty(&mut self, base: Option<&ObjectId>) -> Result<ObjectId, SourceError> {
        match base {
            Some(base) => Ok(base.clone()),
            None => self.empty_tree(),
        }
    }
}

/// Compares an index with a tree: entries added with intent only are not there yet, renames are not guessed.
const DIFF_INDEX: [&str; 7] =
    ["diff-index", "--cached", "--raw", "-z", "--no-renames", "--no-abbrev", "--ita-invisible-in-index"];

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
        if branch.status.success() && !exists { Ok(None) } else { Err(unreadable("HEAD cannot be read", None)) }
    }

    fn merge_heads(&mut self) -> Result<Vec<ObjectId>, SourceError> {
        let path = self.run(["rev-parse", "--git-path", "MERGE_HEAD"])?;
        let mut path = PathBuf::from(String::from_utf8_lossy(&path).trim_end_matches(['\r', '\n']));
        if let Place::Folder(folder) = &self.place {
            path = folder.join(path);
        }
        match std::fs::read(path) {
            Ok(heads) => ids(&heads),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(unreadable(format!("MERGE_HEAD cannot be read: {error}"), None)),
        }
    }

    fn commit(&mut self, revision: &str) -> Result<Option<ObjectId>, SourceError> {
        let peeled = format!("{revision}^{{commit}}");
        let output = self.output(["rev-parse", "--verify", "--quiet", "--end-of-options", peeled.as_str()])?;
        if output.status.success() { Ok(ids(&output.stdout)?.pop()) } else { Ok(None) }
    }

    fn merge_bases(&mut self, one: &ObjectId, other: &ObjectId) -> Result<Vec<ObjectId>, SourceError> {
        let output = self.output(["merge-base", "--all", one.as_str(), other.as_str()])?;
        // git merge-base exits with 1, and says nothing, when there is none.
        if output.status.code() == Some(1) { Ok(Vec::new()) } else { ids(&checked(output)?) }
    }

    fn is_shallow(&mut self) -> bool {
        self.run(["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer.starts_with(b"true"))
    }

    fn changes_in_index(&mut self, base: Option<&ObjectId>) -> Result<Vec<Delta>, SourceError> {
        let base = self.tree_or_empty(base)?;
        raw_deltas(&self.run(DIFF_INDEX.into_iter().chain([base.as_str(), "--"]))?)
    }

    fn changes_between(&mut self, base: Option<&ObjectId>, to: &ObjectId) -> Result<Vec<Delta>, SourceError> {
        let base = self.tree_or_empty(base)?;
        let compare = ["diff-tree", "-r", "--raw", "-z", "--no-renames", "--no-abbrev"];
        raw_deltas(&self.run(compare.into_iter().chain([base.as_str(), to.as_str(), "--"]))?)
    }

    fn folder(&mut self, commit: &ObjectId, folder: &[u8]) -> Result<Vec<(NotePath, Entry)>, SourceError> {
        let mut tree = commit.clone();
        for name in folder.split(|byte| *byte == b'/').filter(|name| !name.is_empty()) {
            let listing = self.run(["ls-tree", "-z", tree.as_str()])?;
            let found = parts(&listing).filter_map(tree_line).find(|line| line.kind == "tree" && line.name == name);
            let Some(found) = found.and_then(|line| ObjectId::parse(line.id)) else { return Ok(Vec::new()) };
            tree = found;
        }
        let listing = self.run(["ls-tree", "-z", tree.as_str()])?;
        let entries = parts(&listing).filter_map(tree_line).filter_map(|line| {
            let kind = EntryKind::from_mode(u32::from_str_radix(line.mode, 8).ok()?)?;
            let id = ObjectId::parse(line.id)?;
            Some((NotePath::in_folder(folder, line.name), Entry { kind, id }))
        });
        Ok(entries.collect())
    }

    fn listing(&mut self, tree: &ObjectId, folder: &[u8]) -> Result<Listing, SourceError> {
        let output = self.run(["ls-tree", "-z", tree.as_str()])?;
        let mut listing = Listing::default();
        for line in parts(&output).filter_map(tree_line) {
            let (path, Some(id)) = (NotePath::in_folder(folder, line.name), ObjectId::parse(line.id)) else { continue };
            match u32::from_str_radix(line.mode, 8).ok().and_then(EntryKind::from_mode) {
                Some(kind) => listing.files.push((path, Entry { kind, id })),
                None if line.kind == "tree" => listing.folders.push((path, id)),
                None => {}
            }
        }
        Ok(listing)
    }

    fn blob(&mut self, id: &ObjectId, limit: u64) -> Content {
        if self.blobs.is_none() {
            match BlobServer::start(self.command(["cat-file", "--batch"])) {
                Ok(server) => self.blobs = Some(server),
                Err(error) => return Content::Refused(Refusal::Object(not_run(&error).message)),
            }
        }
        let Some(server) = &mut self.blobs else { return Content::Absent };
        server
            .read(id, limit)
            .unwrap_or_else(|error| Content::Refused(Refusal::Object(format!("git object {}: {error}", id.short()))))
    }

    fn exists(&mut self, id: &ObjectId) -> bool {
        self.output(["cat-file", "-e", id.as_str()]).is_ok_and(|output| output.status.success())
    }

    fn novelty(&mut self, new: &ObjectId, known: &Known) -> Result<Novelty, SourceError> {
        let mut arguments = vec!["rev-list".to_owned(), "--boundary".to_owned(), new.as_str().to_owned()];
        arguments.push("--not".to_owned());
        match known {
            Known::AllReferences => arguments.push("--all".to_owned()),
            Known::Remotes { name, tips } => {
                arguments.push(name.as_ref().map_or("--remotes".to_owned(), |name| format!("--remotes={name}")));
                for tip in tips {
                    arguments.extend(self.commit(tip.as_str())?.map(|tip| tip.as_str().to_owned()));
                }
            }
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
        let mut tips = self.ids(["merge-base", "--independent"].into_iter().chain(boundary))?;
        tips.sort();
        Ok(Novelty::Since(tips))
    }
}

/// Where the parts of a repository are; absolute paths.
pub(crate) struct Layout {
    /// Where git looks for hooks.
    pub(crate) hooks: PathBuf,
    /// The file and line in which `core.hooksPath` is set, in git's words; nothing when it is not set.
    pub(crate) hooks_path_origin: Option<String>,
    /// The folder that all work trees share.
    pub(crate) common_folder: PathBuf,
    /// The top of the work tree; nothing in a bare repository.
    pub(crate) work_tree: Option<PathBuf>,
}

/// Asks git where things are.
///
/// # Errors
/// When there is no repository, or no git program.
pub(crate) fn layout(place: &Place) -> Result<Layout, SourceError> {
    let program = Program { place: place.clone(), blobs: None };
    let path = |arguments: &[&str]| {
        let absolute = ["rev-parse", "--path-format=absolute"];
        program.run(absolute.iter().chain(arguments)).map(|output| path_line(&output))
    };
    let origin = program.output(["config", "--show-origin", "--get", "core.hooksPath"])?;
    let origin = String::from_utf8_lossy(&origin.stdout).split('\t').next().map(|origin| origin.trim().to_owned());
    Ok(Layout {
        hooks: path(&["--git-path", "hooks"])?,
        hooks_path_origin: origin.filter(|origin| !origin.is_empty()),
        common_folder: path(&["--git-common-dir"])?,
        work_tree: path(&["--show-toplevel"]).ok(),
    })
}

#[cfg(unix)]
fn path_line(output: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(OsStr::from_bytes(output.strip_suffix(b"\n").unwrap_or(output)))
}

#[cfg(not(unix))]
fn path_line(output: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(output).trim_end_matches(['\r', '\n']))
}

/// The parts of an output that ends each with NUL.
fn parts(output: &[u8]) -> impl Iterator<Item = &[u8]> {
    output.split(|byte| *byte == 0).filter(|part| !part.is_empty())
}

/// A line of `git ls-tree -z`.
struct TreeLine<'a> {
    mode: &'a str,
    kind: &'a str,
    id: &'a str,
    name: &'a [u8],
}

fn tree_line(line: &[u8]) -> Option<TreeLine<'_>> {
    let tab = line.iter().position(|byte| *byte == b'\t')?;
    let (head, name) = (line.get(..tab)?, line.get(tab + 1..)?);
    let mut words = std::str::from_utf8(head).ok()?.split(' ');
    Some(TreeLine { mode: words.next()?, kind: words.next()?, id: words.next()?, name })
}

/// The deltas of a `--raw -z --no-renames --no-abbrev` output: a line of modes and ids, then a path, over and over.
fn raw_deltas(output: &[u8]) -> Result<Vec<Delta>, SourceError> {
    let mut deltas = Vec::new();
    let mut conflicted = Vec::new();
    let mut parts = parts(output);
    while let Some(line) = parts.next() {
        let odd = || unreadable("git's list of changes has an unknown form", None);
        let path = NotePath::from_bytes(parts.next().ok_or_else(odd)?);
        let line = line.strip_prefix(b":").and_then(|line| std::str::from_utf8(line).ok()).ok_or_else(odd)?;
        let words: Vec<&str> = line.split(' ').collect();
        let [mode_before, mode_after, id_before, id_after, status] = words.as_slice() else { return Err(odd()) };
        if status.starts_with('U') {
            conflicted.push(path);
            continue;
        }
        let entry = |mode: &str, id: &str| {
            let kind = EntryKind::from_mode(u32::from_str_radix(mode, 8).ok()?)?;
            Some(Entry { kind, id: ObjectId::parse(id)? })
        };
        let (before, after) = (entry(mode_before, id_before), entry(mode_after, id_after));
        deltas.push(Delta { path, before, after });
    }
    if conflicted.is_empty() { Ok(deltas) } else { Err(unmerged(conflicted)) }
}

fn ids(output: &[u8]) -> Result<Vec<ObjectId>, SourceError> {
    let text = String::from_utf8_lossy(output);
    let id = |line: &str| {
        ObjectId::parse(line.trim()).ok_or_else(|| unreadable("git answered with something that is no object id", None))
    };
    text.lines().filter(|line| !line.trim().is_empty()).map(id).collect()
}

fn checked(output: Output) -> Result<Vec<u8>, SourceError> {
    if output.status.success() { Ok(output.stdout) } else { Err(refusal(&output)) }
}

/// What git had to say against it, in a sentence of ours.
fn refusal(output: &Output) -> SourceError {
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("no reason given");
    let line = line.strip_prefix("fatal: ").unwrap_or(line);
    if line.contains("dubious ownership") {
        return other_owner(line.split('\'').nth(1));
    }
    if line.contains("not a git repository") {
        return super::no_repository();
    }
    unreadable(format!("git cannot read the repository: {line}"), Some("see what git says to: git fsck"))
}

fn not_run(error: &io::Error) -> SourceError {
    unreadable(format!("the git program cannot be run: {error}"), Some("install git, or put it on PATH"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";
    const ZERO: &str = "0000000000000000000000000000000000000000";

    #[test]
    fn raw_output_becomes_deltas() {
        let raw = format!(":000000 100644 {ZERO} {ID} A\0notes/a b\n.yaml\0:120000 000000 {ID} {ZERO} D\0link\0");
        let deltas = raw_deltas(raw.as_bytes()).unwrap();
        assert_eq!(deltas.len(), 2);
        assert_eq!(deltas[0].path.as_bytes(), b"notes/a b\n.yaml");
        assert_eq!(deltas[0].before, None);
        assert_eq!(deltas[0].after.as_ref().unwrap().kind, EntryKind::File);
        assert_eq!(deltas[1].before.as_ref().unwrap().kind, EntryKind::SymbolicLink);
        assert_eq!(deltas[1].after, None);
    }

    #[test]
    fn unmerged_paths_are_an_error_that_names_them() {
        let raw = format!(":100644 000000 {ID} {ZERO} U\0a.yaml\0:100644 000000 {ID} {ZERO} U\0a.yaml\0");
        let message = raw_deltas(raw.as_bytes()).unwrap_err().message;
        assert!(message.ends_with(": a.yaml"), "{message}");
    }

    #[test]
    fn cut_off_output_is_an_error() {
        assert!(raw_deltas(format!(":000000 100644 {ZERO} {ID} A\0").as_bytes()).is_err());
        assert!(raw_deltas(b"nonsense\0path\0").is_err());
    }

    #[test]
    fn tree_lines_keep_odd_names() {
        let line = format!("100644 blob {ID}\ta\tb.yaml");
        let line = tree_line(line.as_bytes()).unwrap();
        assert_eq!((line.mode, line.kind, line.name), ("100644", "blob", b"a\tb.yaml".as_slice()));
    }
}
