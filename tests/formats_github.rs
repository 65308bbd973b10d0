//! The format `github`, and what a run says under GitHub Actions.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use std::fs;
use support::change::{FILE, project};
use support::{Project, TODAY, github};

/// As many poor records as it takes to have more findings than a step shows.
fn many(count: usize) -> Project {
    let project = Project::new();
    for number in 0..count {
        project.write(
            &format!("{number:05}.yaml"),
            support::record(&format!("C{number}"), "Yammer", "No Intent", "Customer has no intent."),
        );
    }
    project.write("a.yaml", support::great().replace("status: Blocked", "status: blocked"));
    project
}

#[test]
fn ten_annotations_and_the_rest_in_the_job_summary() {
    let project = many(30);
    // The worst may come last.
    project.write("z.yaml", "note: \"never closed\n");
    let summary = project.path().join("summary.md");
    fs::write(&summary, "what another command wrote\n").unwrap();
    let variables = [("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap())];
    let run = project.run_with(&["check", "--today", TODAY], b"", &variables);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
    let commands = github::commands(&run.stdout);
    assert_eq!(commands.len(), 10);
    assert!(commands.iter().all(|command| command.name == "error"), "the worst first");
    assert!(run.stdout.contains("\n22 further findings in the job summary\n"), "{}", run.stdout);
    let written = fs::read_to_string(&summary).unwrap();
    assert!(written.starts_with("what another command wrote\n## Status notes to review\n"), "{written}");
    assert_eq!(written.lines().filter(|line| line.starts_with("| ")).count(), 2 + 32, "{written}");
    assert!(written.contains("32 records: 1 great") || written.contains("31 records: 1 great"), "{written}");

    // Without a summary everything is in the log.
    let run = project.run_with(&["check", "--today", TODAY], b"", &[("GITHUB_ACTIONS", "true")]);
    assert!(run.stdout.contains("\n22 further findings below\n- "), "{}", run.stdout);
    assert_eq!(run.stdout.lines().filter(|line| line.starts_with("- ")).count(), 22);
    let nowhere = [("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", "/no/such/folder/x")];
    let run = project.run_with(&["check", "--today", TODAY], b"", &nowhere);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("the job summary cannot be written"), "{}", run.stderr);
    assert!(run.stdout.contains("\n22 further findings below\n- "), "{}", run.stdout);
}

#[cfg(unix)]
#[test]
fn a_job_summary_never_goes_into_a_note_or_through_a_link() {
    let project = many(30);
    let note = project.path().join("n0.yaml");
    project.write("n0.yaml", "kept: yes\n");
    let link = project.path().join("summary.md");
    std::os::unix::fs::symlink(&note, &link).unwrap();
    for target in [&note, &link] {
        let variables = [("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", target.to_str().unwrap())];
        let run = project.run_with(&["check", "--today", TODAY], b"", &variables);
        assert_eq!(run.code, 1);
        assert!(run.stderr.contains("names a link, or a file of notes"), "{}", run.stderr);
        assert_eq!(fs::read_to_string(&note).unwrap(), "kept: yes\n");
    }
}

#[test]
fn a_job_summary_stays_within_its_limit() {
    let project = many(40);
    let summary = project.path().join("summary.md");
    let limit = 1024 * 1024;
    for taken in [limit, limit - 100, limit - 3000, limit - 6000] {
        fs::write(&summary, "x".repeat(taken)).unwrap();
        let variables = [("GITHUB_ACTIONS", "true"), ("GITHUB_STEP_SUMMARY", summary.to_str().unwrap())];
        let run = project.run_with(&["check", "--today", TODAY], b"", &variables);
        assert_eq!(run.code, 1);
        let written = fs::read_to_string(&summary).unwrap();
        assert!(written.len() <= limit, "{taken}: {}", written.len());
        let rows = written.lines().filter(|line| line.starts_with("| C")).count();
        if taken > limit - 3000 {
            assert_eq!(written.len(), taken);
            assert!(run.stdout.contains("further findings below"), "{}", run.stdout);
        } else {
            let left_out = 41 - rows;
            assert!(rows > 1 && written.contains(&format!("\n{left_out} rows left out here")), "{rows}: {written:.0}");
            assert!(written.len() + 1200 > limit, "{taken}: the room is used");
        }
    }
}

#[test]
fn auto_is_for_github_under_github_actions_alone() {
    let project = Project::with("a.yaml", support::poor());
    let run = |variables: &[(&str, &str)], further: &[&str]| {
        project.run_with(&[&["check", "--today", TODAY], further].concat(), b"", variables).stdout
    };
    let actions = ("GITHUB_ACTIONS", "true");
    assert!(run(&[actions], &[]).starts_with("::error "));
    assert!(run(&[actions], &["--format", "auto"]).starts_with("::error "));
    assert!(run(&[actions], &["--format", "human"]).starts_with("a.yaml:4 "));
    assert!(run(&[("GITHUB_ACTIONS", "false")], &[]).starts_with("a.yaml:4 "));
    assert!(run(&[], &["--format", "github"]).starts_with("::error "));
    assert!(run(&[actions], &["--format", "json", "--output", "o.json"]).starts_with("::error "));
    assert!(run(&[actions], &["--output", "o.txt"]).starts_with("::error "));
    assert!(fs::read_to_string(project.path().join("o.txt")).unwrap().starts_with("a.yaml:4 "));
    let graded = project.run_with(&["grade", "TBD"], b"", &[actions]).stdout;
    assert!(graded.starts_with("note:1"), "{graded}");
}

#[test]
fn what_people_read_under_github_actions_is_no_command() {
    let project = project();
    project.write("::error::x/##[stop-commands]y.yaml", support::poor());
    let actions = [("GITHUB_ACTIONS", "true")];
    for arguments in [
        &["check", "--format", "human"][..],
        &["check", "--format", "human", "-v"],
        &["check", "--format", "concise"],
        &["check", "--from", "##[stop-commands]x"],
        &["check", "::error::y ##[add-mask]z"],
        &["check", "--format", "::error::y ##[add-mask]z"],
        &["check", "--config", "##[error]x"],
        &["explain", "##[error]x"],
    ] {
        let run = project.run_with(arguments, b"", &actions);
        assert_ne!(run.code, 0, "{arguments:?}");
        assert_eq!(github::commands(&run.stdout), [], "{arguments:?}");
        assert_eq!(github::commands(&run.stderr), [], "{arguments:?}");
    }
    let run = project.run_with(&["check"], b"", &actions);
    let known = ["error", "warning", "notice"];
    assert!(github::commands(&run.stdout).iter().all(|command| known.contains(&command.name.as_str())));
}

#[test]
fn no_format_on_standard_output_holds_a_command() {
    let project = project();
    let text = "customer: \"##[error]x\"\nworkload: Teams\nstatus: Blocked\n\"##[warning]k\": 1\nwaivers:\n- {rule: hedging, \
                reason: \"##[error]y\"}\nnote: \"TBD\\n::error::a\\r::add-mask::b\\n\\t::warning::c ##[stop-commands]d\"\n";
    project.write("::error::x/##[stop-commands]y.yaml", text);
    let actions = [("GITHUB_ACTIONS", "true")];
    for format in ["json", "sarif", "gitlab", "junit", "markdown", "csv", "human", "concise"] {
        for further in [&["check"][..], &["check", "--group-by", "customer"]] {
            if further.len() > 1 && format != "markdown" {
                continue;
            }
            let arguments = [further, &["--format", format, "--today", TODAY]].concat();
            let run = project.run_with(&arguments, b"", &actions);
            let lines = run.stdout.replace('\r', "\n");
            assert_eq!(github::commands(&lines), [], "{format}: {}", run.stdout);
            assert!(!lines.contains("##["), "{format}: {}", run.stdout);
            // Read by a program it is the same as without the runner.
            if matches!(format, "json" | "sarif" | "gitlab") {
                let plain = project.run_with(&arguments, b"", &[]);
                assert_ne!(plain.stdout, run.stdout);
                let read = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
                assert_eq!(read(&run.stdout), read(&plain.stdout), "{format}");
            }
        }
    }
    for arguments in [&["waivers"][..], &["waivers", "--format", "json"]] {
        let run = project.run_with(arguments, b"", &actions);
        assert!(run.stdout.contains("[error]y") && !run.stdout.contains("##["), "{}", run.stdout);
        assert_eq!(github::commands(&run.stdout), [], "{}", run.stdout);
    }
    // One finding is one command, whatever is in it.
    let run = project.run_with(&["check", "--today", TODAY], b"", &actions);
    let known = ["error", "warning", "notice"];
    let commands = github::commands(&run.stdout);
    assert!(!commands.is_empty() && commands.iter().all(|command| known.contains(&command.name.as_str())));
}

#[test]
fn columns_are_given_only_within_one_line() {
    let commands = github::commands(&project().check(&["--from", "main", "--format", "github"]).stdout);
    let (mut within, mut across) = (0, 0);
    for command in &commands {
        let is_within = command.property("line") == command.property("endLine");
        assert_eq!(command.property("col").is_some(), is_within);
        assert_eq!(command.property("endColumn").is_some(), is_within);
        *if is_within { &mut within } else { &mut across } += 1;
    }
    assert!(within > 0 && across > 0, "{within} {across}");
    assert!(commands.iter().any(|command| command.property("file") == Some(FILE)), "{commands:?}");
}
