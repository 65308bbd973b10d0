//! A stand-in for GitHub's runner: it reads `action.yml`, fills in the environment of each step from what an event says, and
//! runs the steps under bash, with none but the programs that a test puts on the PATH.

use crate::support::{Repo, Run, executable, program, search_path};
use serde_json::{Value, json};
use std::cell::RefCell;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What the scripts of the action use of a machine; `cargo`, `curl` and `gh` are there only if a test says what they do.
const TOOLS: [&str; 16] = [
    "bash",
    "sh",
    "git",
    "sed",
    "tar",
    "gzip",
    "grep",
    "cut",
    "cat",
    "rm",
    "mkdir",
    "cp",
    "ln",
    "dirname",
    "install",
    "sha256sum",
];

/// What happened, as the workflow sees it.
#[derive(Clone)]
pub(crate) struct Event {
    pub(crate) name: &'static str,
    /// The payload: `github.event`.
    pub(crate) payload: Value,
    /// `github.ref`.
    pub(crate) reference: String,
    /// `github.sha`.
    pub(crate) sha: String,
}

/// A machine that runs the action on the clone that was checked out.
pub(crate) struct Runner<'a> {
    repo: &'a Repo,
    inputs: Value,
    /// The commit, tag or branch that the workflow pins the action to.
    pinned: String,
    machine: RefCell<[&'static str; 2]>,
}

impl<'a> Runner<'a> {
    /// On Linux, with notegate installed.
    pub(crate) fn with_program(repo: &'a Repo) -> Self {
        Self::with(repo, "v0", json!({"program": program()}))
    }

    /// On Linux, without notegate; the action is pinned to `pinned`.
    pub(crate) fn pinned(repo: &'a Repo, pinned: &str) -> Self {
        Self::with(repo, pinned, json!({}))
    }

    fn with(repo: &'a Repo, pinned: &str, inputs: Value) -> Self {
        tools(repo);
        let runner = Self { repo, inputs, pinned: pinned.to_owned(), machine: RefCell::new(["Linux", "X64"]) };
        let action = runner.action();
        fs::create_dir_all(action.parent().unwrap()).unwrap();
        let _ = symlink(ROOT, action);
        runner
    }

    /// The same with an input of the workflow.
    pub(crate) fn input(mut self, name: &str, value: &str) -> Self {
        self.inputs[name] = json!(value);
        self
    }

    /// The same on another kind of machine, as `RUNNER_OS` and `RUNNER_ARCH` name it.
    pub(crate) fn machine(self, system: &'static str, processor: &'static str) -> Self {
        self.machine.replace([system, processor]);
        self
    }

    /// The same with a program on the PATH that does this.
    pub(crate) fn tool(self, name: &str, script: &str) -> Self {
        executable(&self.repo.home().join("tools").join(name), script);
        self
    }

    fn action(&self) -> PathBuf {
        self.repo.home().join("_actions/octo/notegate").join(&self.pinned)
    }

    /// Runs the steps of the action, until one fails.
    pub(crate) fn run(&self, event: &Event) -> Run {
        let action: Value =
            serde_yaml::from_str(&fs::read_to_string(Path::new(ROOT).join("action.yml")).unwrap()).unwrap();
        let mut inputs = json!({});
        for (name, input) in action["inputs"].as_object().unwrap() {
            inputs[name] = self.inputs.get(name).unwrap_or(&input["default"]).clone();
        }
        if inputs["token"] == "${{ github.token }}" {
            inputs["token"] = json!("a-token");
        }
        let mut context = json!({
            "inputs": inputs,
            "steps": {},
            "github": {"event": event.payload, "ref": event.reference, "action_path": self.action()},
        });
        let mut last = Run { code: Some(0), text: String::new() };
        for step in action["runs"]["steps"].as_array().unwrap() {
            let run = self.step(step, event, &context);
            last = Run { code: run.code, text: last.text + &run.text };
            if last.code != Some(0) {
                break;
            }
            if let Some(id) = step["id"].as_str() {
                context["steps"][id]["outputs"] = self.outputs();
            }
        }
        last
    }

    fn step(&self, step: &Value, event: &Event, context: &Value) -> Run {
        let script = self.repo.home().join("step.sh");
        fs::write(&script, step["run"].as_str().unwrap()).unwrap();
        let output = self.output_file();
        fs::write(&output, "").unwrap();
        let temporary = self.repo.home().join("temporary");
        fs::create_dir_all(&temporary).unwrap();
        let mut bash = self.repo.command("bash", self.repo.root());
        bash.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(script);
        bash.env("PATH", self.repo.home().join("tools"));
        let [system, processor] = *self.machine.borrow();
        bash.env("RUNNER_OS", system).env("RUNNER_ARCH", processor).env("RUNNER_TEMP", temporary);
        bash.env("GITHUB_OUTPUT", output).env("GITHUB_EVENT_NAME", event.name).env("GITHUB_REF", &event.reference);
        bash.env("GITHUB_SHA", &event.sha).env("GITHUB_SERVER_URL", "https://github.com");
        for (name, value) in step["env"].as_object().unwrap() {
            bash.env(name, evaluated(value.as_str().unwrap(), context));
        }
        Run::of(&bash.output().unwrap())
    }

    fn output_file(&self) -> PathBuf {
        self.repo.home().join("output")
    }

    /// What the last step wrote to `$GITHUB_OUTPUT`.
    pub(crate) fn outputs(&self) -> Value {
        let written = fs::read_to_string(self.output_file()).unwrap();
        written.lines().map(|line| line.split_once('=').unwrap()).map(|(name, value)| (name, json!(value))).collect()
    }
}

/// A folder with what every machine has; it is the whole PATH.
pub(crate) fn tools(repo: &Repo) -> PathBuf {
    let tools = repo.home().join("tools");
    fs::create_dir_all(&tools).unwrap();
    for tool in TOOLS {
        let found = search_path().split(':').map(|folder| Path::new(folder).join(tool)).find(|path| path.exists());
        let _ = symlink(found.unwrap_or_else(|| panic!("{tool} is not here")), tools.join(tool));
    }
    tools
}

/// `${{ a.b || c.d }}`: the first that is there and not empty.
fn evaluated(expression: &str, context: &Value) -> String {
    let inner = expression.strip_prefix("${{ ").and_then(|rest| rest.strip_suffix(" }}"));
    let Some(inner) = inner else { return expression.to_owned() };
    inner
        .split(" || ")
        .map(|path| path.split('.').fold(context, |value, key| &value[key]))
        .filter_map(Value::as_str)
        .find(|value| !value.is_empty())
        .unwrap_or_default()
        .to_owned()
}
