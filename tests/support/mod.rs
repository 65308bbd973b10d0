//! A folder to run the built program in, with nothing of the machine's own settings.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]
#![allow(dead_code, reason = "each test file uses its own part")]

pub(crate) mod change;
pub(crate) mod github;
pub(crate) mod growth;
pub(crate) mod lessons;
pub(crate) mod one_file;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The day on which every test runs.
pub(crate) const TODAY: &str = "2026-06-30";

/// An empty folder of its own. It holds a `.git` folder, so that the search for a root ends there.
pub(crate) struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        Self { folder }
    }

    /// A project that holds one file.
    pub(crate) fn with(path: &str, text: impl AsRef<[u8]>) -> Self {
        let project = Self::new();
        project.write(path, text);
        project
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// What git prints to `arguments` in the project, without the last line end.
    #[track_caller]
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        self.git_with(arguments, &[])
    }

    /// The same, with variables of the environment.
    #[track_caller]
    pub(crate) fn git_with(&self, arguments: &[&str], variables: &[(&str, &str)]) -> String {
        let mut command = Command::new("git");
        scrub(&mut command, self.path());
        command.envs(variables.iter().copied());
        let identity = ["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main"];
        let output = command.args(identity).args(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim_end().to_owned()
    }

    /// Runs `notegate` with `arguments` in the project.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, b"", &[])
    }

    /// Runs `notegate` with standard input and variables of the environment.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &[u8], variables: &[(&str, &str)]) -> Run {
        let mut command = notegate(self.path());
        command.args(arguments).envs(variables.iter().copied());
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // A program that does not read its input closes the pipe; that is no failure of the test.
        let _closed = child.stdin.take().unwrap().write_all(input);
        Run::new(child.wait_with_output().unwrap(), self.path())
    }

    /// `check` on the fixed day, with further arguments.
    pub(crate) fn check(&self, arguments: &[&str]) -> Run {
        self.run(&[&["check", "--today", TODAY], arguments].concat())
    }
}

/// The built program, to be run in `folder` with a scrubbed environment.
pub(crate) fn notegate(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_notegate"));
    scrub(&mut command, folder);
    command
}

/// Takes away everything of the machine's environment that could change what a program does.
pub(crate) fn scrub(command: &mut Command, folder: &Path) {
    command.current_dir(folder).env_clear().env("PATH", search_path()).env("HOME", folder);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("LC_ALL", "C.UTF-8");
}

/// The folders in which programs are found.
#[expect(clippy::disallowed_methods, reason = "git has to be found")]
pub(crate) fn search_path() -> String {
    std::env::var("PATH").unwrap_or_default()
}

/// What one run did.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    fn new(output: Output, folder: &Path) -> Self {
        let text = |bytes: Vec<u8>| {
            let folder = folder.to_str().unwrap();
            String::from_utf8(bytes).unwrap().replace(folder, "[project]")
        };
        Self { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    /// Exit code, standard output and standard error together, for a snapshot.
    pub(crate) fn transcript(&self) -> String {
        format!("exit code: {}\n--- stdout\n{}--- stderr\n{}", self.code, self.stdout, self.stderr)
    }

    /// The JSON report on standard output.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error} in {}", self.transcript()))
    }

    /// The exit code, after checking that nothing was said on standard error.
    #[track_caller]
    pub(crate) fn quiet_code(&self) -> i32 {
        assert_eq!(self.stderr, "", "{}", self.transcript());
        self.code
    }
}

/// A record with `note` as YAML after `note: `, and everything else in order.
pub(crate) fn record(customer: &str, workload: &str, status: &str, note: &str) -> String {
    format!(
        "customer: {customer}\nworkload: {workload}\nstatus: {status}\nnote: {note}\nrefresh_summary:\n  \
         - date: 2020-03-27\n    who_changed: Celia Kennedy\n    what_changed: General Maintenance\n"
    )
}

/// A record whose note is great.
pub(crate) fn great() -> String {
    record(
        "Contoso",
        "Exchange Online",
        "Blocked",
        "Due to a firewall not properly forwarding traffic, the customer will not deploy service because they are \
         unable to connect to mailboxes.",
    )
}

/// A record whose note is poor: blocked, without a why.
pub(crate) fn poor() -> String {
    record("Contoso", "Microsoft Teams", "Blocked", "Customer cannot deploy right now.")
}

/// Whether derived files are to be written anew rather than compared.
#[expect(clippy::disallowed_methods, reason = "a person asks for it on the command line")]
pub(crate) fn regenerates() -> bool {
    std::env::var_os("NOTEGATE_REGENERATE").is_some()
}
