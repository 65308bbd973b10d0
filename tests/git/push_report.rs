//! Reports of a push that are one document: a file, or something that a program reads.

use crate::support::{GREAT, POOR, Record, Repo, Run, program};
use std::fs;
use std::io::Write as _;
use std::process::{Output, Stdio};

const ZEROS: &str = "0000000000000000000000000000000000000000";

/// A repository with a branch `main` without notes, and a branch each for a great note and two poor ones.
fn branches() -> (Repo, String) {
    let repo = Repo::bare_of_hooks();
    repo.write("README", "");
    repo.commit_all_unchecked("begin");
    let main = repo.head();
    for (branch, note) in [("good", GREAT), ("bad", POOR), ("worse", POOR)] {
        repo.git(&["switch", "--quiet", "--create", branch, "main"]).passed();
        repo.write("note.yaml", &Record::new(branch, "Teams", note).yaml());
        repo.commit_all_unchecked(branch);
    }
    (repo, main)
}

/// Runs the hook as git does for a push of `names`, each of which goes to a branch that is at `old` on the other side.
fn push(repo: &Repo, old: &str, names: &[&str], options: &[&str]) -> Output {
    let mut command = repo.command(program(), repo.root());
    command.args(["hook", "pre-push"]).args(options);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let line = |name: &&str| match name.strip_prefix(':') {
        Some(gone) => format!("(delete) {ZEROS} refs/heads/{gone} {old}\n"),
        None => format!("refs/heads/{name} {} refs/heads/{name} {old}\n", repo.ask(&["rev-parse", name])),
    };
    let input: String = names.iter().map(line).collect();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn one_report_of_several_references_is_refused_before_anything_is_judged() {
    let (repo, main) = branches();
    fs::write(repo.path("out.txt"), "").unwrap();
    let refused: [&[&str]; 4] = [
        &["--output", "out.txt"],
        &["--output", "out.txt", "--format", "json"],
        &["--format", "json"],
        &["--output", "out.txt", "--redact"],
    ];
    for options in refused {
        for names in [&["good", "bad"][..], &["bad", "worse", "main"], &[":gone", "good", "bad"]] {
            let output = push(&repo, &main, names, options);
            assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
            let run = Run::of(&output);
            run.said(2, if options.contains(&"--redact") { "command line" } else { "cover the 2 references" });
            assert!(run.text.contains("Nothing was pushed."), "{}", run.text);
            assert_eq!(fs::read_to_string(repo.path("out.txt")).unwrap(), "", "{names:?}");
        }
    }
    // The help says so before it happens.
    let help = repo.notegate(&["hook", "--help"]);
    let help = help.passed().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(help.contains("a push that changes several references is refused"), "{help}");
    // People read one report after the other.
    let run = Run::of(&push(&repo, &main, &["good", "bad"], &[]));
    run.said(1, "refs/heads/bad:");
    assert!(run.text.contains("refs/heads/good:"), "{}", run.text);
}

#[test]
fn a_report_covers_the_only_reference_that_brings_something() {
    let (repo, main) = branches();
    repo.git(&["branch", "again", "bad"]).passed();
    // A branch that goes away, one that brings nothing, and a second name for the same commit.
    for names in [&["bad"][..], &[":gone", "bad"], &["main", "bad"], &["bad", "again"]] {
        Run::of(&push(&repo, &main, names, &["--output", "out.json", "--format", "json"])).said(1, "refs/heads/bad:");
        let report: serde_json::Value = serde_json::from_slice(&fs::read(repo.path("out.json")).unwrap()).unwrap();
        assert_eq!(report["records"][0]["customer"], "bad", "{names:?}");
        assert_eq!(report["records"].as_array().unwrap().len(), 1, "{names:?}");
    }
}

#[test]
fn a_report_for_programs_is_all_of_standard_output() {
    let (repo, main) = branches();
    let output = push(&repo, &main, &["bad", ":gone"], &["--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["summary"]["blocked"], 1);
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("refs/heads/bad:\n") && told.contains("refs/heads/gone: nothing to judge"), "{told}");
    // A hook manager that is run by hand heads its report, too.
    for staged in [false, true] {
        if staged {
            repo.stage("other.yaml", &Record::new("Fabrikam", "Yammer", POOR).yaml());
        }
        let mut command = repo.command(program(), repo.root());
        command.env("PRE_COMMIT", "1").args(["hook", "pre-commit", "--format", "json"]);
        let output = command.output().unwrap();
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(report["summary"]["blocked"], 1, "{report}");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(told.contains(if staged { "what is staged is judged" } else { "Nothing is staged" }), "{told}");
    }
}

#[test]
fn a_push_that_brings_nothing_writes_no_report_and_says_so() {
    let (repo, main) = branches();
    for options in [&["--output", "out.json"][..], &["--format", "json"]] {
        for names in [&["main"][..], &[":gone"], &[]] {
            let output = push(&repo, &main, names, options);
            let run = Run::of(&output);
            run.said(0, "nothing is judged, so no report is written");
            assert!(!repo.path("out.json").exists());
        }
    }
}
