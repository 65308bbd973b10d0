//! What makes releases, as far as it can be run here: the scripts of `packaging/`, and what the workflows promise.

use crate::support::{Repo, Run};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const VERSION: &str = env!("CARGO_PKG_VERSION");

fn text(file: impl AsRef<Path>) -> String {
    fs::read_to_string(Path::new(ROOT).join(file)).unwrap()
}

fn workflow(name: &str) -> Value {
    serde_yaml::from_str(&text(format!(".github/workflows/{name}.yml"))).unwrap()
}

fn workflows() -> Vec<PathBuf> {
    let files = fs::read_dir(Path::new(ROOT).join(".github/workflows")).unwrap();
    files.map(|file| file.unwrap().path()).collect()
}

/// A copy of what the scripts look at, with `change` made to one file.
fn copy(changed: &str, change: impl Fn(&str) -> String) -> Repo {
    let repo = Repo::somewhere();
    for file in ["Cargo.toml", "pyproject.toml", "CHANGELOG.md", "packaging/version", "packaging/changes"] {
        let now = text(file);
        // A released state: the project has an address, and the changes a heading.
        let now = now.replacen(
            "name = \"notegate\"\n",
            "name = \"notegate\"\nrepository = \"https://github.com/o/notegate\"\n",
            1,
        );
        let now = now.replacen("## [Unreleased]\n", &format!("## [Unreleased]\n\n## [{VERSION}] - 2026-12-01\n"), 1);
        repo.write(file, &if file == changed { change(&now) } else { now });
    }
    repo
}

fn script(repo: &Repo, arguments: &[&str]) -> Run {
    Run::of(&repo.command("bash", repo.root()).args(arguments).output().unwrap())
}

#[test]
fn a_release_names_one_version_everywhere() {
    let tag = format!("v{VERSION}");
    let same = |now: &str| now.to_owned();
    let released = |repo: &Repo, tag: &str| script(repo, &["packaging/version", tag, "o/notegate"]);
    released(&copy("", same), &tag).said(0, VERSION);
    script(&copy("", same), &["packaging/version"]).said(0, VERSION);
    released(&copy("", same), "v99.0.0").said(1, &format!("the tag v99.0.0 is not v{VERSION}"));
    let other = |now: &str| now.replace(VERSION, "99.0.0");
    released(&copy("pyproject.toml", other), &tag).said(1, "pyproject.toml lacks the line");
    let lagging = |now: &str| now.replace(&format!("notegate=={VERSION}"), "notegate==99.0.0");
    released(&copy("pyproject.toml", lagging), &tag).said(1, "dependencies");
    released(&copy("CHANGELOG.md", other), &tag).said(1, "CHANGELOG.md says nothing about");
    let elsewhere = |now: &str| now.replace("github.com/o/", "github.com/somebody/");
    released(&copy("Cargo.toml", elsewhere), &tag).said(1, "repository = \"https://github.com/o/notegate\"");
}

#[test]
fn the_changes_of_a_version_end_at_the_next_heading() {
    let changelog = "# Changelog\n\n## [Unreleased]\n\n- new\n\n## [1.2.0] - 2026-12-01\n\n### Added\n\n- this\n\n## [1.2.00]\n\n- that\n";
    let repo = copy("CHANGELOG.md", |_| changelog.to_owned());
    assert_eq!(script(&repo, &["packaging/changes", "1.2.0"]).passed().trim(), "### Added\n\n- this");
    assert_eq!(script(&repo, &["packaging/changes", "1.2"]).passed(), "");
    assert_eq!(script(&repo, &["packaging/changes", "1x2.0"]).passed(), "");
}

#[test]
fn checksums_are_of_all_files_and_of_the_commit() {
    let repo = Repo::somewhere();
    let checksums = format!("{ROOT}/packaging/checksums");
    repo.write("a.whl", "a");
    repo.write("b c.tar.gz", "b");
    script(&repo, &[&checksums, ".", "main"]).said(2, "usage");
    script(&repo, &[&checksums, ".", &"a".repeat(40)]).passed();
    script(&repo, &[&checksums, ".", &"b".repeat(40)]).passed();
    let sums = fs::read_to_string(repo.path("SHA256SUMS")).unwrap();
    let names: Vec<&str> = sums.lines().map(|line| line.split_once("  ").unwrap().1).collect();
    assert_eq!(names, ["COMMIT", "a.whl", "b c.tar.gz"]);
    assert_eq!(fs::read_to_string(repo.path("COMMIT")).unwrap(), "b".repeat(40) + "\n");
    assert!(
        Run::of(&repo.command("sha256sum", repo.root()).args(["--check", "SHA256SUMS"]).output().unwrap()).code
            == Some(0)
    );
}

/// Every action is named by its commit, with the version behind it, and no job may do more than it says.
#[test]
fn workflows_are_pinned_and_ask_for_little() {
    for path in workflows() {
        let written = text(&path);
        for line in written.lines().filter_map(|line| line.trim_start_matches([' ', '-']).strip_prefix("uses: ")) {
            let (action, version) = line.split_once(" # v").unwrap_or_else(|| panic!("{line}"));
            let commit = action.split_once('@').unwrap().1;
            assert!(commit.len() == 40 && commit.bytes().all(|byte| byte.is_ascii_hexdigit()), "{line}");
            assert_eq!(version.split('.').count(), 3, "{line}");
        }
        let workflow: Value = serde_yaml::from_str(&written).unwrap();
        assert_eq!(workflow["permissions"].as_object().map(serde_json::Map::len), Some(0), "{}", path.display());
        for (name, job) in workflow["jobs"].as_object().unwrap() {
            assert!(job["permissions"].is_object() && job["timeout-minutes"].is_u64(), "{name}");
            for step in job["steps"].as_array().unwrap() {
                let checks_out = step["uses"].as_str().is_some_and(|action| action.starts_with("actions/checkout@"));
                assert!(!checks_out || step["with"]["persist-credentials"] == false, "{name}");
                assert!(!step["run"].as_str().unwrap_or_default().contains("${{"), "{name}: {step}");
            }
        }
    }
}

#[test]
fn ci_runs_what_the_project_calls_its_ci() {
    let linux = &workflow("ci")["jobs"]["linux"];
    assert!(linux["steps"].as_array().unwrap().iter().any(|step| step["run"] == ".ci/run"));
    let others = &workflow("ci")["jobs"]["others"];
    assert!(others["steps"].as_array().unwrap().iter().any(|step| step["run"] == "cargo test --locked"));
}

/// What the action, the pages and `cargo binstall` download is what a release has.
#[test]
fn a_release_has_what_is_downloaded() {
    let release = workflow("release");
    let targets = release["jobs"]["build"]["strategy"]["matrix"]["include"].as_array().unwrap();
    let targets: Vec<&str> = targets.iter().map(|one| one["target"].as_str().unwrap()).collect();
    let action = text("action/program.sh");
    let asked: Vec<&str> =
        action.lines().filter_map(|line| line.trim().split_once(") echo ")?.1.strip_suffix(" ;;")).collect();
    assert_eq!(asked.len(), 5, "{asked:?}");
    for target in asked {
        assert!(targets.contains(&target), "{target}");
    }
    for target in ["x86_64-unknown-linux-musl", "x86_64-unknown-linux-gnu", "x86_64-pc-windows-msvc"] {
        assert!(targets.contains(&target), "{target}");
    }
    let install = text("docs/install.md");
    for target in
        ["aarch64-apple-darwin", "x86_64-apple-darwin", "x86_64-pc-windows-msvc", "$(uname -m)-unknown-linux-musl"]
    {
        assert!(install.contains(target), "{target}");
    }
    assert!(text("Cargo.toml").contains("/releases/download/v{ version }/{ name }-{ version }-{ target }.tar.gz\""));
}
