//! A repository, a server, linked work trees, and git, in an environment of their own.

use crate::text::{self, Content};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::Write as _;
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::rc::Rc;

/// What stands at a path of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Item {
    /// The first three digits of the mode: whether it is executable does not matter.
    pub(crate) kind: String,
    pub(crate) id: String,
}

/// All paths of a tree.
pub(crate) type Tree = BTreeMap<Vec<u8>, Item>;

/// A folder with everything that a run needs.
pub(crate) struct Workshop {
    _home: tempfile::TempDir,
    home: PathBuf,
    /// The work trees, the main one first.
    pub(crate) folders: Vec<PathBuf>,
    /// The number of the one in which the next step happens.
    pub(crate) current: usize,
    clock: Cell<u64>,
    /// What the oracle met in the last state.
    pub(crate) met: RefCell<BTreeSet<&'static str>>,
    trees: RefCell<HashMap<String, Rc<Tree>>>,
    contents: RefCell<HashMap<String, Option<Rc<Content>>>>,
}

/// Keeps what the hook of this name says, both ways of reading, and what git told it.
const HOOK: &str = r#"#!/bin/sh
[ -n "$ORACLE_OUT" ] || exit 0
name=${0##*/}
out=$ORACLE_OUT
env > "$out/env"
judge() {
    "$ORACLE_PROGRAM" hook "$name" --config "$ORACLE_CONFIG" $3 < "$2" > "$out/$1.json" 2> "$out/$1.err"
    echo $? > "$out/$1.code"
}
both() {
    judge "$1-library" "$2" "$3"
    GIT_ALTERNATE_OBJECT_DIRECTORIES="${GIT_ALTERNATE_OBJECT_DIRECTORIES:+$GIT_ALTERNATE_OBJECT_DIRECTORIES:}\"$ORACLE_EMPTY\"" \
        judge "$1-program" "$2" "$3"
}
case $name in
pre-push | pre-receive)
    cat > "$out/stdin"
    both all "$out/stdin" ""
    number=0
    while read -r line; do
        echo "$line" > "$out/line"
        both "$number" "$out/line" "--format json"
        number=$((number + 1))
    done < "$out/stdin"
    ;;
*)
    cp "${GIT_INDEX_FILE:-$(git rev-parse --git-path index)}" "$out/index"
    both 0 /dev/null "--format json"
    ;;
esac
exit "$ORACLE_ANSWER"
"#;

/// The program under test: the built one, or that of `ORACLE_NOTEGATE`.
#[expect(clippy::disallowed_methods, reason = "which program is tested is for whoever runs the test to say")]
pub(crate) fn program() -> PathBuf {
    std::env::var_os("ORACLE_NOTEGATE").map_or_else(|| env!("CARGO_BIN_EXE_notegate").into(), PathBuf::from)
}

#[expect(clippy::disallowed_methods, reason = "git has to be found")]
fn search_path() -> OsString {
    std::env::var_os("PATH").unwrap()
}

/// What forms a repository may have from the start.
pub(crate) const FORMS: [&[&str]; 6] = [&[], &[], &[], &[], &["--object-format=sha256"], &["--ref-format=reftable"]];

impl Workshop {
    pub(crate) fn new(form: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().canonicalize().unwrap();
        let main = home.join("main");
        let workshop = Self {
            _home: folder,
            home,
            folders: vec![main],
            current: 0,
            clock: Cell::new(1_600_000_000),
            met: RefCell::default(),
            trees: RefCell::default(),
            contents: RefCell::default(),
        };
        let home = &workshop.home;
        for folder in ["main", "empty", "template", "out"] {
            fs::create_dir(home.join(folder)).unwrap();
        }
        fs::write(home.join("config.yaml"), "rules: {copied-note: off}\n").unwrap();
        let settings =
            "[protocol \"file\"]\nallow = always\n[gc]\nauto = 0\n[maintenance]\nauto = false\n[core]\nhooksPath = ";
        fs::write(home.join("gitconfig"), format!("{settings}{}\n", home.join("hooks").display())).unwrap();
        fs::create_dir(home.join("hooks")).unwrap();
        for name in ["pre-commit", "pre-merge-commit", "pre-push", "pre-receive"] {
            let path = home.join("hooks").join(name);
            fs::write(&path, HOOK).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        let form = FORMS.get(form % FORMS.len()).unwrap();
        workshop.git(&[&["init", "--quiet", "--initial-branch=main"][..], form].concat());
        let server = home.join("server.git");
        workshop.git(&[&["init", "--quiet", "--bare"][..], form, &[server.to_str().unwrap()]].concat());
        workshop.git(&["remote", "add", "origin", server.to_str().unwrap()]);
        workshop
    }

    pub(crate) fn folder(&self) -> &Path {
        self.folders.get(self.current).or(self.folders.first()).unwrap()
    }

    pub(crate) fn server(&self) -> PathBuf {
        self.home.join("server.git")
    }

    pub(crate) fn configuration(&self) -> PathBuf {
        self.home.join("config.yaml")
    }

    /// A new place for a linked work tree.
    pub(crate) fn new_folder(&self) -> PathBuf {
        self.home.join(format!("linked-{}", self.folders.len()))
    }

    /// What a hook kept.
    pub(crate) fn kept(&self) -> PathBuf {
        self.home.join("out")
    }

    /// The same, empty.
    fn out(&self) -> PathBuf {
        let out = self.kept();
        fs::remove_dir_all(&out).unwrap();
        fs::create_dir(&out).unwrap();
        out
    }

    /// A command with nothing in its environment but what is put there.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        self.clock.set(self.clock.get() + 60);
        let date = format!("{} +0000", self.clock.get());
        command
            .current_dir(self.folder())
            .env_clear()
            .env("PATH", search_path())
            .env("HOME", &self.home)
            .env("LC_ALL", "C")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", self.home.join("gitconfig"))
            .env("GIT_AUTHOR_NAME", "Sam Field")
            .env("GIT_AUTHOR_EMAIL", "sam@example.com")
            .env("GIT_AUTHOR_DATE", &date)
            .env("GIT_COMMITTER_NAME", "Sam Field")
            .env("GIT_COMMITTER_EMAIL", "sam@example.com")
            .env("GIT_COMMITTER_DATE", &date)
            .env("GIT_EDITOR", "true")
            .env("GIT_MERGE_AUTOEDIT", "no")
            .stdin(Stdio::null());
        command
    }

    /// A git command whose hooks keep what they find and give this answer.
    pub(crate) fn hooked(&self, answer: u8) -> Command {
        let mut git = self.command("git");
        git.env("ORACLE_OUT", self.out())
            .env("ORACLE_PROGRAM", program())
            .env("ORACLE_CONFIG", self.configuration())
            .env("ORACLE_EMPTY", self.home.join("empty"))
            .env("ORACLE_ANSWER", answer.to_string());
        git
    }

    /// The variable that makes notegate read the whole repository through the `git` program: libgit2 does not know quotes
    /// in it.
    pub(crate) fn by_program(&self, command: &mut Command) {
        command.env("GIT_ALTERNATE_OBJECT_DIRECTORIES", format!("\"{}\"", self.home.join("empty").display()));
    }

    /// What git does; it may refuse, which changes nothing.
    pub(crate) fn git<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Output {
        self.command("git").args(arguments).output().unwrap()
    }

    /// A git command that asks something, and sees no object in the place of another.
    pub(crate) fn question(&self) -> Command {
        let mut command = self.command("git");
        command.env("GIT_NO_REPLACE_OBJECTS", "1");
        command
    }

    /// What git prints; nothing when it refuses.
    pub(crate) fn ask<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Option<Vec<u8>> {
        let output = self.question().args(arguments).output().unwrap();
        output.status.success().then_some(output.stdout)
    }

    /// The same as lines of text.
    pub(crate) fn lines<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Vec<String> {
        let output = self.ask(arguments).unwrap_or_default();
        String::from_utf8_lossy(&output).lines().map(str::to_owned).collect()
    }

    /// The commit that a name stands for.
    pub(crate) fn commit(&self, name: &str) -> Option<String> {
        self.lines(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{commit}}")]).pop()
    }

    /// All paths of a commit.
    pub(crate) fn tree(&self, commit: &str) -> Rc<Tree> {
        if let Some(tree) = self.trees.borrow().get(commit) {
            return Rc::clone(tree);
        }
        let listing = self.ask(&["ls-tree", "-r", "-z", "--full-tree", commit]).unwrap();
        let tree = Rc::new(listing.split(|byte| *byte == 0).filter_map(listed).collect::<Tree>());
        self.trees.borrow_mut().insert(commit.to_owned(), Rc::clone(&tree));
        tree
    }

    /// What blobs hold; nothing for one that these tests did not write.
    pub(crate) fn contents(&self, ids: &[String]) -> Vec<Option<Rc<Content>>> {
        let unknown: Vec<&String> = ids.iter().filter(|id| !self.contents.borrow().contains_key(*id)).collect();
        if !unknown.is_empty() {
            let mut command = self.question();
            let mut child =
                command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
            let asked: String = unknown.iter().map(|id| format!("{id}\n")).collect();
            child.stdin.take().unwrap().write_all(asked.as_bytes()).unwrap();
            let output = child.wait_with_output().unwrap().stdout;
            let mut rest = output.as_slice();
            for id in unknown {
                let end = rest.iter().position(|byte| *byte == b'\n').unwrap();
                let size: usize = String::from_utf8_lossy(&rest[..end]).rsplit(' ').next().unwrap().parse().unwrap();
                let content = text::read(&rest[end + 1..end + 1 + size]).map(Rc::new);
                self.contents.borrow_mut().insert(id.clone(), content);
                rest = &rest[end + 2 + size..];
            }
        }
        ids.iter().map(|id| self.contents.borrow().get(id).cloned().flatten()).collect()
    }

    pub(crate) fn path(&self, path: &[u8]) -> PathBuf {
        self.folder().join(OsStr::from_bytes(path))
    }
}

/// A path as git takes it.
pub(crate) fn name(path: &[u8]) -> OsString {
    OsString::from_vec(path.to_vec())
}

/// A line of `git ls-tree`.
fn listed(line: &[u8]) -> Option<(Vec<u8>, Item)> {
    let tab = line.iter().position(|byte| *byte == b'\t')?;
    let head = String::from_utf8_lossy(&line[..tab]).into_owned();
    let mut words = head.split(' ');
    let kind = words.next()?.get(..3)?.to_owned();
    Some((line[tab + 1..].to_vec(), Item { kind, id: words.nth(1)?.to_owned() }))
}
