//! The documents keep their word: every command of the README, of docs/architecture.md, of docs/formats.md and of
//! docs/leads.md is run, and what it prints is what they show.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The files of the example in the README.
const CONTOSO: &str = "fixtures/contoso";

/// Commands that are not run: the first is this very run, and the second puts on the PATH what a test has there.
const NOT_RUN: [&str; 2] = ["cargo test", "cargo install --locked --path ."];

/// The line that stands for lines left out.
const LEFT_OUT: &str = "…";

/// One command of a `console` block, with the output shown below it.
struct Shown {
    command: String,
    output: Vec<String>,
}

/// The commands of all `console` blocks of a text, with the text around them kept in order.
enum Part {
    Text(String),
    Command(Shown),
}

fn parts(document: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut is_console = false;
    for line in document.lines() {
        if line.starts_with("```") {
            is_console = line == "```console";
            parts.push(Part::Text(line.to_owned()));
        } else if let Some(command) = line.strip_prefix("$ ").filter(|_| is_console) {
            parts.push(Part::Command(Shown { command: command.to_owned(), output: Vec::new() }));
        } else if let (true, Some(Part::Command(shown))) = (is_console, parts.last_mut()) {
            shown.output.push(line.to_owned());
        } else {
            parts.push(Part::Text(line.to_owned()));
        }
    }
    parts
}

/// A copy of the example repository under git, with the program on the PATH.
struct Sandbox {
    folder: tempfile::TempDir,
    path: String,
}

impl Sandbox {
    fn of(files: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        copy(&Path::new(ROOT).join(files), folder.path());
        let program = Path::new(env!("CARGO_BIN_EXE_notegate")).parent().unwrap();
        let path = format!("{}:{}", program.display(), support::search_path());
        let sandbox = Self { folder, path };
        sandbox.run(
            "git init --quiet --initial-branch=main && git add . && git commit --quiet --message='The notes so far'",
        );
        sandbox
    }

    /// What `command` prints on both streams, in lines. `cargo run` stands for the program, in the project's own folder.
    fn run(&self, command: &str) -> Vec<String> {
        let own = command.strip_prefix("cargo run -- ").map(|rest| format!("notegate {rest}"));
        let folder = if own.is_some() { Path::new(ROOT) } else { self.folder.path() };
        let mut shell = Command::new("sh");
        support::scrub(&mut shell, folder);
        shell.arg("-c").arg(format!("exec 2>&1; {}", own.as_deref().unwrap_or(command)));
        shell.env("PATH", &self.path);
        for who in ["AUTHOR", "COMMITTER"] {
            shell.env(format!("GIT_{who}_NAME"), "Sam Field").env(format!("GIT_{who}_EMAIL"), "sam@example.com");
            shell.env(format!("GIT_{who}_DATE"), "2025-07-01T12:00:00Z");
        }
        let printed = String::from_utf8(shell.output().unwrap().stdout).unwrap();
        let printed = printed.replace(self.folder.path().to_str().unwrap(), "/work/notes");
        printed.lines().map(|line| line.trim_end().to_owned()).collect()
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// The lines to show for `printed`: as many before and after a line of dots as are shown now.
fn as_shown(printed: &[String], shown: &[String]) -> Vec<String> {
    let Some(dots) = shown.iter().position(|line| line == LEFT_OUT) else { return printed.to_vec() };
    let after = shown.len() - dots - 1;
    if printed.len() <= dots + after {
        return printed.to_vec();
    }
    let head = printed[..dots].iter();
    let tail = printed[printed.len() - after..].iter();
    head.chain([&LEFT_OUT.to_owned()]).chain(tail).cloned().collect()
}

#[test]
fn every_command_prints_what_the_readme_shows() {
    assert!(run_commands("README.md", CONTOSO) > NOT_RUN.len());
}

#[test]
fn every_command_prints_what_the_architecture_shows() {
    assert_eq!(run_commands("docs/architecture.md", CONTOSO), 2);
}

#[test]
fn every_command_prints_what_the_page_about_the_configuration_shows() {
    assert_eq!(run_commands("docs/configuration.md", "fixtures/adopt"), 4);
}

/// The settings that the page shows are taken, and its table names all of them.
#[test]
fn the_page_about_the_configuration_names_every_setting() {
    let page = fs::read_to_string(Path::new(ROOT).join("docs/configuration.md")).unwrap();
    let template = fs::read_to_string(Path::new(ROOT).join("src/cli/notegate.yaml")).unwrap();
    let named = template.lines().filter_map(|line| line.strip_prefix("#: ")?.split(':').next());
    for setting in named.filter(|name| !name.starts_with(' ') && !name.is_empty()) {
        assert!(page.contains(&format!("\n| `{setting}` | ")), "{setting}");
    }
    for block in page.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap()) {
        let config = notegate::config::load(block.as_bytes().to_vec(), "notegate.yaml");
        assert!(config.is_ok(), "{block}{config:?}");
    }
}

#[test]
fn every_command_prints_what_the_page_on_formats_shows() {
    assert!(run_commands("docs/formats.md", CONTOSO) > 8);
}

#[test]
fn every_command_prints_what_the_page_for_leads_shows() {
    assert!(run_commands("docs/leads.md", "fixtures/portfolio") > 12);
}

/// Runs the commands of a document, compares what they print with what it shows, and returns how many there are.
fn run_commands(document: &str, files: &str) -> usize {
    let path = PathBuf::from(ROOT).join(document);
    let readme = fs::read_to_string(&path).unwrap();
    let sandbox = Sandbox::of(files);
    let mut lines = Vec::new();
    let mut commands = 0;
    for part in parts(&readme) {
        match part {
            Part::Text(line) => lines.push(line),
            Part::Command(Shown { command, output }) => {
                commands += 1;
                let is_run = !NOT_RUN.contains(&command.as_str());
                let now = if is_run { as_shown(&sandbox.run(&command), &output) } else { output };
                lines.push(format!("$ {command}"));
                lines.extend(now);
            }
        }
    }
    let now = lines.join("\n") + "\n";
    if support::regenerates() {
        fs::write(&path, &now).unwrap();
    } else {
        assert_eq!(readme, now, "{document}: write it anew: NOTEGATE_REGENERATE=1 cargo test --test readme");
    }
    commands
}

#[test]
fn ci_runs_the_first_commands_of_the_readme() {
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let ci = fs::read_to_string(Path::new(ROOT).join(".ci/run")).unwrap();
    for command in ["cargo run -- check fixtures/contoso", "cargo test"] {
        assert!(readme.contains(&format!("\n$ {command}\n")), "{command} in the README");
        assert!(
            ci.lines().any(|line| line == command || line.ends_with(&format!(" {command}"))),
            "{command} in .ci/run"
        );
    }
}

#[test]
fn the_readme_names_the_version_of_rust_that_is_needed() {
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let needed = format!("[Rust](https://rustup.rs) {} or newer", env!("CARGO_PKG_RUST_VERSION"));
    assert!(readme.contains(&needed), "{needed}");
}

/// The text of every file of the program; the weights of the second reader are none.
fn sources(folder: &Path) -> String {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let texts = entries.filter(|path| path.extension().is_none_or(|extension| extension != "bin"));
    texts.map(|path| if path.is_dir() { sources(&path) } else { fs::read_to_string(&path).unwrap() }).collect()
}

#[test]
fn types_and_lists_named_in_the_architecture_exist() {
    let page = fs::read_to_string(Path::new(ROOT).join("docs/architecture.md")).unwrap();
    let sources = sources(&Path::new(ROOT).join("src"));
    let quoted = page.split('`').skip(1).step_by(2);
    let is_type = |name: &&str| name.starts_with(char::is_uppercase) && name.chars().all(char::is_alphanumeric);
    let types: Vec<&str> = quoted.filter(is_type).collect();
    assert!(types.len() > 15, "{types:?}");
    for name in types {
        let is_declared = ["struct", "enum", "trait"].iter().any(|kind| sources.contains(&format!("{kind} {name} {{")));
        let is_generic = sources.contains(&format!(" {name}<")) || sources.contains(&format!("trait {name}:"));
        assert!(is_declared || is_generic, "docs/architecture.md names {name}");
    }
    let lexicon = Path::new(ROOT).join("src/playbook/lexicon");
    let lists = page.lines().filter(|line| line.starts_with('|')).flat_map(|line| line.split("the list").skip(1));
    let mut seen = 0;
    for part in lists {
        let names = part.strip_prefix('s').unwrap_or(part).split([';', '|', '(', '`']).next().unwrap();
        let names = names.split(" in ").next().unwrap().trim().replace(" or ", ", ");
        let is_name = |name: &&str| name.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !name.is_empty();
        for name in names.split(", ").map(str::trim).filter(is_name) {
            seen += 1;
            assert!(lexicon.join(format!("{name}.yaml")).exists(), "docs/architecture.md names the list {name}");
        }
    }
    assert!(seen > 40, "{seen}");
}

#[test]
fn paths_named_in_the_documents_exist() {
    let documents =
        ["README.md", "CONTRIBUTING.md", "docs/architecture.md", "docs/formats.md", "docs/install.md", "docs/leads.md"];
    for document in documents {
        let text = fs::read_to_string(Path::new(ROOT).join(document)).unwrap();
        let quoted = text.split('`').skip(1).step_by(2);
        let linked = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let mut seen = 0;
        for path in quoted.chain(linked) {
            let own = ["src/", "docs/", "tests/", "fixtures/", ".ci/", "hooks/", "benches/"];
            let path = path.split_once('#').map_or(path, |(path, _)| path);
            let is_path = own.iter().any(|start| path.starts_with(start)) || path.ends_with(".md");
            if is_path && !path.contains(' ') && !path.contains("://") {
                seen += 1;
                let beside = Path::new(ROOT).join(document).with_file_name(path);
                assert!(Path::new(ROOT).join(path).exists() || beside.exists(), "{document} names {path}");
            }
        }
        assert!(seen > 2, "{document}: {seen}");
    }
}
