//! The GitHub action and the hooks for hook managers, as far as they can be run here.

use crate::support::{GREAT, POOR, Record, Repo, Run, program, search_path};
use serde_yaml::Value;
use std::fs;
use std::path::Path;

fn yaml(file: &str) -> Value {
    serde_yaml::from_str(&fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()).unwrap()
}

fn steps() -> Vec<Value> {
    yaml("action.yml")["runs"]["steps"].as_sequence().unwrap().clone()
}

/// Runs the step of the action that judges, as a runner does: the script in a file, what the event says in variables.
fn judge(repo: &Repo, from: &str, arguments: &str) -> Run {
    let script = steps().last().unwrap()["run"].as_str().unwrap().to_owned();
    let file = repo.home().join("step.sh");
    fs::write(&file, script).unwrap();
    let mut bash = repo.command("bash", repo.root());
    bash.args(["--noprofile", "--norc", "-eo", "pipefail", file.to_str().unwrap()]);
    bash.env("PROGRAM", program()).env("FROM", from).env("TO", "HEAD").env("ARGUMENTS", arguments);
    bash.env("DEFAULT_BRANCH", "main").env("PATH", search_path());
    Run::of(&bash.output().unwrap())
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
    judge(&repo, &base, "--require-records --fail-on marginal").passed();
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
    let entries: Vec<_> =
        hooks.iter().map(|hook| (hook["id"].as_str().unwrap(), hook["entry"].as_str().unwrap())).collect();
    assert_eq!(
        entries,
        [
            ("notegate", "notegate hook pre-commit"),
            ("notegate-system", "notegate hook pre-commit"),
            ("notegate-all", "notegate check"),
            ("notegate-all-system", "notegate check"),
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
