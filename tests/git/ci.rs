//! The GitHub action and the hooks for hook managers, as far as they can be run here.

use crate::support::{GREAT, POOR, Record, Repo, Run, program, search_path};
use serde_yaml::Value;
use std::fs;
use std::path::Path;
use std::process::Command;

fn yaml(file: &str) -> Value {
    serde_yaml::from_str(&fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()).unwrap()
}

fn steps() -> Vec<Value> {
    yaml("action.yml")["runs"]["steps"].as_sequence().unwrap().clone()
}

/// Runs the step of the action that judges, as a runner does: the script in a file, what the event says in variables.
fn judge(repo: &Repo, from: &str, arguments: &str) -> Run {
    judge_event(repo, from, arguments, &[])
}

/// The same, with the variables that a runner sets for an event.
fn judge_event(repo: &Repo, from: &str, arguments: &str, event: &[(&str, &str)]) -> Run {
    let script = steps().last().unwrap()["run"].as_str().unwrap().to_owned();
    let file = repo.home().join("step.sh");
    fs::write(&file, script).unwrap();
    let mut bash = judging(repo, repo.root(), from);
    bash.env("ARGUMENTS", arguments).envs(event.iter().copied());
    Run::of(&bash.output().unwrap())
}

/// The step that judges in `folder`, for an event that names the commit before it.
fn judging(repo: &Repo, folder: &Path, from: &str) -> Command {
    let mut bash = repo.command("bash", folder);
    bash.args(["--noprofile", "--norc", "-eo", "pipefail", repo.home().join("step.sh").to_str().unwrap()]);
    bash.env("PROGRAM", program()).env("FROM", "").env("BASE", from).env("TO", "HEAD").env("ARGUMENTS", "");
    bash.env("DEFAULT_BRANCH", "main").env("BRANCH", "").env("PATH", search_path());
    bash.env("ACTION_PATH", env!("CARGO_MANIFEST_DIR"));
    bash
}

/// What a runner says about a branch.
fn on<'a>(event: &'a str, branch: &'a str) -> [(&'a str, &'a str); 2] {
    [("GITHUB_EVENT_NAME", event), ("BRANCH", branch)]
}

/// A clone of which `main` is the default branch, with an old poor note, and a branch `topic` with a great one.
fn cloned() -> Repo {
    let repo = Repo::bare_of_hooks();
    repo.write("old.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    repo.commit_all_unchecked("old");
    repo.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]).passed();
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("new.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.commit_all_unchecked("great");
    repo
}

const ALL: &str = "so every record of `HEAD` is judged";
const NONE: &str = "0000000000000000000000000000000000000000";

#[test]
fn the_default_branch_is_not_compared_with_itself() {
    let repo = cloned();
    repo.git(&["switch", "--quiet", "main"]).passed();
    let base = repo.head();
    // Its first push, a run by hand, by schedule, for another event; a push that took away what was there before.
    let gone = "1".repeat(40);
    for (event, from) in
        [("push", NONE), ("workflow_dispatch", ""), ("schedule", ""), ("release", ""), ("push", gone.as_str())]
    {
        let run = judge_event(&repo, from, "", &on(event, "refs/heads/main"));
        run.said(1, "old.yaml");
        assert!(run.text.contains(ALL), "{event}: {}", run.text);
    }
    // The event of a schedule does not name the default branch.
    let schedule = [on("schedule", "refs/heads/main").as_slice(), &[("DEFAULT_BRANCH", "")]].concat();
    judge_event(&repo, "", "", &schedule).said(1, ALL);
    // A tag, and a runner that says nothing.
    judge_event(&repo, NONE, "", &[("BRANCH", "refs/tags/v1")]).said(1, ALL);
    judge(&repo, NONE, "").said(1, ALL);
    judge(&repo, "", "").said(1, ALL);
    // A usual push is judged by what it changes.
    repo.write("new.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.commit_all_unchecked("great");
    judge_event(&repo, &base, "", &on("push", "refs/heads/main")).said(0, "1 file, 1 record: 1 great");
}

#[test]
fn a_branch_is_compared_with_the_default_one_where_its_own_past_is_gone() {
    let repo = cloned();
    let gone = "1".repeat(40);
    for (event, from) in [("push", NONE), ("workflow_dispatch", ""), ("push", gone.as_str())] {
        let run = judge_event(&repo, from, "", &on(event, "refs/heads/topic"));
        run.said(0, "1 file, 1 record: 1 great");
        assert!(run.text.contains("is compared with origin/main"), "{event}: {}", run.text);
    }
    judge_event(&repo, &gone, "", &on("push", "refs/heads/topic"))
        .said(0, &format!("the commit {gone} that --from names is not in this repository"));
    // A new branch without a commit of its own brings nothing.
    repo.git(&["reset", "--quiet", "--hard", "main"]).passed();
    judge_event(&repo, NONE, "", &on("push", "refs/heads/topic")).said(0, "0 files");
    // The default branch was not fetched: then everything is judged rather than nothing.
    repo.git(&["update-ref", "-d", "refs/remotes/origin/main"]).passed();
    judge_event(&repo, NONE, "", &on("push", "refs/heads/topic")).said(1, "origin/main is not here, so every record");
}

#[test]
fn the_default_branch_may_be_written_with_its_folder_or_its_remote() {
    let repo = cloned();
    let check = |from: &str, default: &str, branch: &str| {
        repo.notegate(&["check", "--from", from, "--default-branch", default, "--branch", branch])
    };
    check(NONE, "origin/main", "topic").said(0, "compared with origin/main");
    // The only remote, and the usual one of two.
    for remote in ["none", "origin"] {
        repo.git(&["config", &format!("remote.{remote}.url"), "../nowhere.git"]).passed();
        repo.git(&["update-ref", &format!("refs/remotes/{remote}/main"), "main"]).passed();
        let of_remote = format!("{remote}/main");
        for default in [
            "main",
            "refs/heads/main",
            "heads/main",
            &of_remote,
            &format!("refs/remotes/{of_remote}"),
            &format!("remotes/{of_remote}"),
        ] {
            let run = check(NONE, default, "refs/heads/topic");
            run.said(0, &format!("`HEAD` is compared with {of_remote} instead"));
            run.said(0, "1 file, 1 record: 1 great");
            check(NONE, default, "refs/heads/main").said(1, "`HEAD` is the end of the default branch");
            check("HEAD", default, "main").said(1, "is the end of the default branch, so every record");
        }
    }
    // Another remote, and a branch that is called as the remote is.
    repo.git(&["remote", "add", "up", "../nowhere.git"]).passed();
    repo.git(&["update-ref", "refs/remotes/up/main", "main"]).passed();
    check(NONE, "up/main", "topic").said(0, "compared with up/main");
    repo.git(&["update-ref", "refs/remotes/origin/up/main", "main"]).passed();
    check(NONE, "up/main", "topic").said(0, "compared with origin/up/main");
    check(NONE, "up/main", "up/main").said(1, "`HEAD` is the end of the default branch");
    // Near misses: folders of other branches.
    check(NONE, "release/main", "topic").said(1, "origin/release/main is not here");
    check(NONE, "refs/heads/origin/main", "topic").said(1, "origin/origin/main is not here");
}

#[test]
fn where_there_is_no_earlier_commit_none_is_named() {
    let repo = cloned();
    for from in ["", NONE] {
        let run = repo.notegate(&["check", "--from", from, "--default-branch", "", "nothere.yaml"]);
        run.said(2, "there is no file or folder `nothere.yaml` in `HEAD`, and no earlier commit to look in");
        assert!(!run.text.contains("``") && !run.text.contains("000"), "{}", run.text);
    }
    repo.notegate(&["check", "--from", "main", "nothere.yaml"])
        .said(2, "where the branch left `main`, and none in `HEAD`");
}

#[test]
fn the_names_of_the_branch_and_of_the_default_one_decide() {
    let repo = cloned();
    let check = |from: &str, default: &str, branch: &str| {
        let (from, default) = (format!("--from={from}"), format!("--default-branch={default}"));
        repo.notegate(&["check", &from, &default, &format!("--branch={branch}")])
    };
    let gone = "1".repeat(40);
    for from in ["", NONE, &gone] {
        // With and without the folder of branches; a branch with a name that only looks like the default one.
        for branch in ["topic", "refs/heads/topic", "feature/main", "refs/heads/main/x", "mainline", ""] {
            check(from, "main", branch).said(0, "1 file, 1 record: 1 great");
        }
        for (default, branch) in [
            ("main", "main"),
            ("main", "refs/heads/main"),
            ("topic", "refs/heads/topic"),
            ("release/1", "refs/heads/release/1"),
            ("main", "refs/tags/main"),
            ("main", "refs/tags/v1"),
            ("trunk", "refs/heads/topic"),
            ("", "refs/heads/topic"),
            ("", ""),
            ("--all", "refs/heads/topic"),
        ] {
            let run = check(from, default, branch);
            run.said(1, "old.yaml");
            assert!(run.text.contains(ALL) && run.text.contains("2 files, 2 records"), "{}", run.text);
        }
    }
    // What is there is compared with, whatever the names are; what is misspelt is never replaced.
    check("main", "topic", "topic").said(0, "1 file, 1 record: 1 great");
    check("mian", "main", "topic").said(2, "mian");
    for empty in [&["check", "--from="][..], &["check", "--from", " "], &["check", "--rev="]] {
        let run = repo.notegate(empty);
        run.said(2, "the name of a commit is empty");
        assert!(!run.text.contains("``") && !run.text.contains("` `"), "{}", run.text);
    }
    repo.notegate(&["check", "--default-branch=main"]).said(2, "--from");
    // Another remote's name.
    repo.git(&["remote", "add", "upstream", "../nowhere.git"]).passed();
    repo.git(&["update-ref", "refs/remotes/upstream/main", "main"]).passed();
    repo.git(&["update-ref", "-d", "refs/remotes/origin/main"]).passed();
    check(NONE, "main", "topic").said(0, "compared with upstream/main");
}

#[test]
fn a_shallow_clone_says_what_to_fetch() {
    let repo = cloned();
    let shallow = repo.home().join("shallow");
    let source = format!("file://{}", repo.root().display());
    repo.git(&["clone", "--quiet", "--depth=1", "--branch=topic", &source, shallow.to_str().unwrap()]).passed();
    let step = |from: &str, event: &[(&str, &str)]| {
        Run::of(&judging(&repo, &shallow, from).envs(event.iter().copied()).output().unwrap())
    };
    judge(&repo, "HEAD", "").passed();
    step(&repo.ask(&["rev-parse", "main"]), &on("push", "refs/heads/topic")).said(3, "fetch-depth: 0");
    step(NONE, &on("push", "refs/heads/topic")).said(3, "fetch-depth: 0");
    // All records of a commit need no history.
    step(NONE, &on("push", "refs/heads/main")).said(1, ALL);
}

#[test]
fn a_pull_request_that_was_not_checked_out_does_not_pass() {
    let repo = cloned();
    let base = repo.ask(&["rev-parse", "main"]);
    judge_event(&repo, &base, "", &on("pull_request", "refs/pull/1/merge")).said(0, "1 great");
    judge_event(&repo, &base, "", &on("merge_group", "refs/heads/gh-readonly-queue/main/pr-1")).said(0, "1 great");
    repo.git(&["switch", "--quiet", "main"]).passed();
    for event in ["pull_request", "pull_request_target"] {
        judge_event(&repo, &base, "", &on(event, "refs/heads/main")).said(2, "holds nothing of the pull request");
    }
}

#[test]
fn nothing_that_a_contributor_writes_is_put_into_a_script() {
    for step in steps() {
        assert!(step["uses"].is_null(), "another action is called: {step:?}");
        assert_eq!(step["shell"].as_str(), Some("bash"));
        assert!(!step["run"].as_str().unwrap().contains("${{"), "{step:?}");
    }
}

#[test]
fn the_action_compares_with_the_base_it_is_told() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", POOR).yaml())]);
    let base = repo.head();
    repo.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]).passed();
    repo.write("b.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.commit_all_unchecked("great");
    judge(&repo, &base, "").passed();
    judge(&repo, &base, "--require-records\n--fail-on\nmarginal").passed();
    repo.write("b.yaml", &Record::new("Contoso", "Yammer", POOR).yaml());
    repo.commit_all_unchecked("poor");
    let run = judge(&repo, &base, "");
    run.said(1, "b.yaml");
    assert!(!run.text.contains("a.yaml"), "{}", run.text);
    // A new branch has no commit before it: the default branch stands in.
    judge(&repo, &"0".repeat(40), "").said(1, "b.yaml");
    judge(&repo, "", "").said(1, "b.yaml");
}

#[test]
fn names_that_mean_harm_stay_names() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", GREAT).yaml())]);
    let harm = repo.home().join("harm");
    for name in ["$(touch HARM)", "`touch HARM`", "x; touch HARM", "x\ntouch HARM", "--output=HARM"] {
        let name = name.replace("HARM", harm.to_str().unwrap());
        let run = judge(&repo, &name, "");
        assert_eq!(run.code, Some(2), "{name}: {}", run.text);
        assert!(!harm.exists(), "{name}");
    }
}

#[test]
fn hook_managers_hand_over_no_file_names_and_run_once() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    let hooks = hooks.as_sequence().unwrap();
    let text = |hook: &Value, key: &str| hook[key].as_str().unwrap().to_owned();
    let entries: Vec<_> =
        hooks.iter().map(|hook| [text(hook, "id"), text(hook, "entry"), text(hook, "language")]).collect();
    assert_eq!(
        entries,
        [
            ["notegate", "notegate hook pre-commit", "python"],
            ["notegate-system", "notegate hook pre-commit", "system"],
            ["notegate-source", "notegate hook pre-commit", "rust"],
            ["notegate-all", "notegate check", "python"],
            ["notegate-all-system", "notegate check", "system"],
            ["notegate-all-source", "notegate check", "rust"],
        ]
    );
    for hook in hooks {
        let stages: Vec<_> = hook["stages"].as_sequence().unwrap().iter().filter_map(Value::as_str).collect();
        assert_eq!(stages[..3], ["pre-commit", "pre-merge-commit", "pre-push"]);
        assert_eq!(hook["pass_filenames"].as_bool(), Some(false));
        assert_eq!(hook["require_serial"].as_bool(), Some(true));
        assert_eq!(hook["always_run"].as_bool(), Some(true));
    }
}

#[test]
fn the_page_on_ci_names_every_hook() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/ci.md")).unwrap();
    for hook in yaml(".pre-commit-hooks.yaml").as_sequence().unwrap() {
        let id = hook["id"].as_str().unwrap();
        assert!(page.contains(&format!("`{id}`")), "{id}");
    }
    let shown = page.split("```yaml\nrepos:").nth(1).unwrap().split("```").next().unwrap();
    let shown: Value = serde_yaml::from_str(&format!("repos:{shown}")).unwrap();
    assert_eq!(shown["repos"][0]["hooks"][0]["id"].as_str(), Some("notegate"));
}

/// Windows cannot check out a file whose name is reserved there, so that nothing of the repository can be used.
#[test]
fn every_file_has_a_name_that_windows_takes() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = entry.file_name().into_string().unwrap();
            if name == "target" || name == ".git" {
                continue;
            }
            seen += 1;
            let stem = name.split('.').next().unwrap().to_ascii_lowercase();
            let numbered = stem.strip_suffix(|c: char| c.is_ascii_digit()).unwrap_or_default();
            let is_reserved =
                ["nul", "con", "prn", "aux"].contains(&stem.as_str()) || ["com", "lpt"].contains(&numbered);
            assert!(!is_reserved && !name.ends_with(['.', ' ']), "{}", entry.path().display());
            assert!(!name.contains(['<', '>', ':', '"', '|', '?', '*', '\\']), "{}", entry.path().display());
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            }
        }
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn the_hook_installs_the_program_of_its_own_version() {
    let stub = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("pyproject.toml")).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    assert!(stub.contains(&format!("\nversion = \"{version}\"\n")), "{stub}");
    assert!(stub.contains(&format!("\ndependencies = [\"notegate=={version}\"]\n")), "{stub}");
}

#[test]
fn the_page_on_ci_names_options_that_are_there() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/ci.md")).unwrap();
    let nowhere = Repo::somewhere();
    let help = nowhere.notegate(&["check", "--help"]).text;
    let commands = page.split('`').skip(1).step_by(2).chain(page.lines());
    let used: Vec<&str> = commands
        .filter_map(|text| text.split_once("notegate check"))
        .flat_map(|(_, arguments)| arguments.split_whitespace())
        .filter_map(|word| word.strip_prefix("--"))
        .map(|word| word.split(['=', '`']).next().unwrap())
        .collect();
    assert!(used.len() > 3, "{used:?}");
    for option in used {
        assert!(help.contains(&format!("--{option}")), "--{option} is not an option of check");
    }
}
