//! A repository of notes, real git, and the built program, all in a scrubbed environment.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// The guidance's own great notes: whatever else changes, these pass.
pub(crate) const GREAT: &str = "Service will not be deployed because of legal restrictions on data residency. Customer is \
                         prohibited from storing regulated data outside country due to X regulation.";
pub(crate) const ALSO_GREAT: &str = "Customer does not intend to onboard workload due to an ongoing acquisition of another \
                              company that must be handled before any onboarding activities can occur.";
/// A note that nobody can take for a good one.
pub(crate) const POOR: &str = "";

/// The program under test.
pub(crate) fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_notegate"))
}

/// Where git is found.
#[expect(clippy::disallowed_methods, reason = "git has to be found")]
pub(crate) fn search_path() -> String {
    std::env::var("PATH").unwrap()
}

/// One record, and how it is written.
#[derive(Clone)]
pub(crate) struct Record {
    pub(crate) customer: String,
    pub(crate) workload: String,
    pub(crate) status: String,
    pub(crate) note: String,
    /// Newest first, as days of March 2020.
    pub(crate) entries: Vec<u32>,
}

impl Record {
    pub(crate) fn new(customer: &str, workload: &str, note: &str) -> Self {
        let status = if note == POOR {
            "Blocked"
        } else if note == ALSO_GREAT {
            "No Intent"
        } else {
            "Blocked"
        };
        let (customer, workload) = (customer.to_owned(), workload.to_owned());
        Self { customer, workload, status: status.to_owned(), note: note.to_owned(), entries: vec![1] }
    }

    /// The same record with another note, and the entry that this asks for.
    pub(crate) fn with(&self, note: &str) -> Self {
        let mut changed = Self { entries: self.entries.clone(), ..Self::new(&self.customer, &self.workload, note) };
        changed.entries.insert(0, self.entries.first().unwrap_or(&0) + 1);
        changed
    }

    pub(crate) fn yaml(&self) -> String {
        let mut yaml = format!(
            "customer: {}\nworkload: {}\nstatus: {}\nnote: \"{}\"\nrefresh_summary:\n",
            self.customer, self.workload, self.status, self.note
        );
        for day in &self.entries {
            yaml.push_str(&format!(
                "  - date: 2020-03-{day:02}\n    who_changed: Celia Kennedy\n    what_changed: Customer call {day}\n"
            ));
        }
        yaml
    }
}

/// Several records in one file.
pub(crate) fn stream(records: &[Record]) -> String {
    records.iter().map(Record::yaml).collect::<Vec<_>>().join("---\n")
}

/// How a program ended.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) text: String,
}

impl Run {
    pub(crate) fn of(output: &Output) -> Self {
        let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        Self { code: output.status.code(), text }
    }

    /// The text, once the exit code is seen to be right.
    #[track_caller]
    pub(crate) fn ended(&self, code: i32) -> &str {
        assert_eq!(self.code, Some(code), "{}", self.text);
        &self.text
    }

    #[track_caller]
    pub(crate) fn passed(&self) -> &str {
        self.ended(0)
    }

    /// Ended with this code, and said this.
    #[track_caller]
    pub(crate) fn said(&self, code: i32, words: &str) {
        assert!(self.ended(code).contains(words), "no “{words}” in:\n{}", self.text);
    }
}

/// A folder of its own with a repository in it.
pub(crate) struct Repo {
    home: TempDir,
    root: PathBuf,
}

impl Repo {
    /// An empty repository without hooks.
    pub(crate) fn bare_of_hooks() -> Self {
        let repo = Self::somewhere();
        repo.git(&["init", "--quiet", "--initial-branch=main", "."]).passed();
        repo
    }

    /// A folder that is no repository yet.
    pub(crate) fn somewhere() -> Self {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().canonicalize().unwrap().join("repo");
        fs::create_dir(&root).unwrap();
        Self { home, root }
    }

    /// An empty repository with the hooks installed.
    pub(crate) fn new() -> Self {
        let repo = Self::bare_of_hooks();
        repo.notegate(&["install"]).passed();
        repo
    }

    /// A repository whose first commit holds these files.
    pub(crate) fn holding(files: &[(&str, String)]) -> Self {
        let repo = Self::new();
        for (path, text) in files {
            repo.write(path, text);
        }
        repo.commit_all_unchecked("begin");
        repo
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn stage(&self, path: &str, text: &str) {
        self.write(path, text);
        self.git(&["add", "--", path]).passed();
    }

    /// Commits everything with no hook asked.
    pub(crate) fn commit_all_unchecked(&self, message: &str) {
        self.git(&["add", "--all"]).passed();
        self.git(&["commit", "--quiet", "--no-verify", "--allow-empty", "-m", message]).passed();
    }

    /// `git commit` with the hooks.
    pub(crate) fn commit(&self, arguments: &[&str]) -> Run {
        self.git(&[&["commit", "-m", "change"], arguments].concat())
    }

    pub(crate) fn git(&self, arguments: &[&str]) -> Run {
        self.git_in(&self.root, arguments)
    }

    pub(crate) fn git_in(&self, folder: &Path, arguments: &[&str]) -> Run {
        Run::of(&self.command("git", folder).args(arguments).output().unwrap())
    }

    pub(crate) fn notegate(&self, arguments: &[&str]) -> Run {
        self.notegate_in(&self.root, arguments)
    }

    pub(crate) fn notegate_in(&self, folder: &Path, arguments: &[&str]) -> Run {
        Run::of(&self.command(program(), folder).args(arguments).output().unwrap())
    }

    /// A command with nothing in its environment but what these tests put there.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>, folder: &Path) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(folder)
            .env_clear()
            .env("PATH", search_path())
            .env("HOME", self.home.path())
            .env("LC_ALL", "C")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_AUTHOR_NAME", "Sam Field")
            .env("GIT_AUTHOR_EMAIL", "sam@example.com")
            .env("GIT_COMMITTER_NAME", "Sam Field")
            .env("GIT_COMMITTER_EMAIL", "sam@example.com")
            .env("GIT_MERGE_AUTOEDIT", "no")
            .env("GIT_EDITOR", "true")
            .stdin(Stdio::null());
        command
    }

    /// What git prints, without the last line end.
    pub(crate) fn ask(&self, arguments: &[&str]) -> String {
        self.git(arguments).passed().trim_end().to_owned()
    }

    /// The contents of objects, named as git names them.
    pub(crate) fn blobs(&self, names: &[String]) -> Vec<String> {
        let mut command = self.command("git", &self.root);
        command.args(["cat-file", "--batch"]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(format!("{}\n", names.join("\n")).as_bytes()).unwrap();
        let output = child.wait_with_output().unwrap().stdout;
        let mut rest = output.as_slice();
        let blob = |_: &String| {
            let end = rest.iter().position(|byte| *byte == b'\n').unwrap();
            let header = String::from_utf8_lossy(&rest[..end]).into_owned();
            let size: usize = header.rsplit(' ').next().unwrap().parse().unwrap_or_else(|_| panic!("{header}"));
            let text = String::from_utf8_lossy(&rest[end + 1..end + 1 + size]).into_owned();
            rest = &rest[end + 2 + size..];
            text
        };
        names.iter().map(blob).collect()
    }

    pub(crate) fn head(&self) -> String {
        self.ask(&["rev-parse", "HEAD"])
    }

    /// Every file under a folder with its bytes, or where a link leads.
    pub(crate) fn snapshot(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.path(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let entry = entry.unwrap();
                let kind = entry.file_type().unwrap();
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_symlink() {
                    let target = fs::read_link(entry.path()).unwrap();
                    files.insert(entry.path(), target.as_os_str().as_encoded_bytes().to_vec());
                } else {
                    files.insert(entry.path(), fs::read(entry.path()).unwrap());
                }
            }
        }
        files
    }
}

/// Asserts that git refused a commit because of a blocked record, and made none.
#[track_caller]
pub(crate) fn blocked(repo: &Repo, run: &Run, before: &str) {
    assert_eq!(run.code, Some(1), "{}", run.text);
    assert_eq!(repo.head(), before, "{}", run.text);
}

/// Writes a script that can be run, through another process: a test that starts a program at the same moment hands the
/// file that is open for writing here down to it, and until that one lets it go the system says "text file busy".
pub(crate) fn executable(path: &Path, script: &str) {
    use std::os::unix::fs::PermissionsExt as _;
    let draft = path.with_added_extension("draft");
    fs::write(&draft, script).unwrap();
    assert!(Command::new("cp").arg(&draft).arg(path).status().unwrap().success());
    fs::remove_file(&draft).unwrap();
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}
