//! `check` and `grade` through the program: verdicts, exit codes, formats, options.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use std::fs;
use support::{Project, TODAY, great, notegate, poor, record};

/// Two good files and a bad one, with a folder that holds no record.
fn notes() -> Project {
    let project = Project::with("notes/contoso/exchange.yaml", great());
    project.write("notes/contoso/teams.yaml", poor());
    project.write("notes/fabrikam/broken.yaml", "customer: Fabrikam\nnote: [\n");
    project.write("mkdocs.yml", "site: docs\n");
    project
}

#[test]
fn every_exit_code() {
    assert_eq!(Project::with("a.yaml", great()).check(&[]).quiet_code(), 0);
    assert_eq!(notes().check(&[]).quiet_code(), 1);
    assert_eq!(notes().check(&["--format", "yaml"]).code, 2);
    assert_eq!(notes().check(&["--config", "nowhere.yaml"]).code, 2);
    let nothing = Project::new().check(&["--require-records"]);
    assert_eq!(nothing.code, 4);
    assert!(nothing.stderr.contains("no record was examined"), "{}", nothing.stderr);
    assert_eq!(Project::new().check(&[]).code, 0);
    assert_eq!(notes().check(&["--exit-zero"]).quiet_code(), 0);
}

#[test]
fn exit_codes_are_the_same_in_every_format() {
    for format in ["human", "json", "auto"] {
        assert_eq!(notes().check(&["--format", format]).quiet_code(), 1, "{format}");
    }
}

#[test]
fn a_passing_run_says_one_line() {
    let run = Project::with("a.yaml", great()).check(&[]);
    assert_eq!(
        run.transcript(),
        "exit code: 0\n--- stdout\n1 file, 1 record: 1 great, 0 marginal, 0 poor; 0 blocked, 0 waived\n--- stderr\n"
    );
}

#[test]
fn the_output_is_sorted_and_the_same_every_time() {
    let project = Project::new();
    // Enough files for a bar, if standard error were a terminal.
    for number in (0..1200).rev() {
        project.write(
            &format!("n/{number:04}.yaml"),
            record("Contoso", &format!("Workload {number}"), "Blocked", "Customer cannot deploy."),
        );
    }
    let first = project.check(&["--format", "json"]);
    assert_eq!(first.quiet_code(), 1);
    assert_eq!(first.stdout, project.check(&["--format", "json"]).stdout);
    let report = first.json();
    let paths: Vec<&str> =
        report["records"].as_array().unwrap().iter().map(|record| record["path"].as_str().unwrap()).collect();
    assert_eq!(paths.len(), 1200);
    assert!(paths.is_sorted());
}

#[test]
fn lines_and_columns_count_from_one_in_characters() {
    let text = "customer: Contoso\nworkload: Exchange Online\nstatus: \"Zürich 🙂\"\nnote: x\n\
                refresh_summary: [{date: 2020-03-27, who_changed: a, what_changed: b}]\n";
    for text in [text.to_owned(), text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
        let report = Project::with("a.yaml", text).check(&["--format", "json"]).json();
        let findings = report["records"][0]["findings"].as_array().unwrap().clone();
        let finding = findings.iter().find(|finding| finding["rule"] == "unknown-status").unwrap();
        let place = ["line", "column", "end_line", "end_column"].map(|key| finding[key].as_u64().unwrap());
        // `status: ` takes 8 columns; the value with its quotes takes 10 characters.
        assert_eq!(place, [3, 9, 3, 19]);
    }
}

#[test]
fn records_of_one_file_have_their_own_lines() {
    let report = Project::with("a.yaml", great() + "---\n" + &poor()).check(&["--format", "json"]).json();
    let places: Vec<_> =
        report["records"].as_array().unwrap().iter().map(|r| (r["index"].clone(), r["line"].clone())).collect();
    // Eight lines of the first record and the line of dashes come before the second.
    assert_eq!(places, [(0.into(), 1.into()), (1.into(), 10.into())]);
}

#[test]
fn the_json_report_fits_its_schema() {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../docs/report.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for arguments in [&["--format", "json"][..], &["--format", "json", "--redact"]] {
        let report = notes().check(arguments).json();
        let errors: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{errors:#?}");
        assert_eq!(report["version"], 1);
        assert_eq!(report["summary"]["files"], 4);
        assert_eq!(report["summary"]["skipped"], 1);
    }
    assert!(!validator.is_valid(&serde_json::json!({"version": 1})), "the schema has to ask for something");
}

#[test]
fn the_schema_in_the_docs_is_the_one_that_the_program_prints() {
    let printed = Project::new().run(&["schema", "report"]);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/report.schema.json");
    assert_eq!(
        fs::read_to_string(path).unwrap_or_default(),
        printed.stdout,
        "regenerate it: cargo run --quiet -- schema report > docs/report.schema.json"
    );
}

#[test]
fn the_report_file_leaves_standard_output_to_people() {
    let project = notes();
    let run = project.check(&["--format", "json", "--output", "report.json"]);
    assert_eq!(run.quiet_code(), 1);
    assert!(run.stdout.ends_with("blocked, 0 waived\n"));
    let report: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(project.path().join("report.json")).unwrap()).unwrap();
    assert_eq!(report["summary"]["records"], 2);
    assert_eq!(project.check(&["--output", "no/such/folder.json"]).code, 2);
}

#[test]
fn redacting_hides_what_notes_say() {
    let project =
        Project::with("a.yaml", record("Contoso", "Yammer", "Blocked", "Customer cannot deploy SECRETWORD yet."));
    for format in ["human", "json"] {
        let run = project.check(&["--redact", "--format", format, "-v"]);
        assert_eq!(run.stderr, "");
        assert!(!run.stdout.contains("SECRETWORD"), "{}", run.stdout);
        assert!(!run.stdout.contains("cannot deploy"), "{}", run.stdout);
    }
    assert!(project.check(&["--redact"]).stdout.contains("(line 4)"), "the place is told all the same");
}

#[test]
fn colours_only_when_asked_for_or_on_a_terminal() {
    let project = notes();
    let colour = |arguments: &[&str], variables: &[(&str, &str)]| {
        project.run_with(&[&["check"], arguments].concat(), b"", variables).stdout.contains('\u{1b}')
    };
    assert!(!colour(&[], &[]), "a pipe");
    assert!(colour(&["--color", "always"], &[]));
    assert!(colour(&["--color", "always"], &[("NO_COLOR", "1")]), "a flag says more than a variable");
    assert!(colour(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!colour(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!colour(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn narrow_terminals_cut_the_shown_line_and_not_the_message() {
    let project = Project::with("a.yaml", record("Contoso", "Yammer", &format!("\"{}\"", "long ".repeat(60)), "x"));
    let run = project.run_with(&["check"], b"", &[("COLUMNS", "40")]);
    let shown: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with("3 |")).collect();
    assert!(!shown.is_empty(), "{}", run.stdout);
    assert!(shown.iter().all(|line| line.chars().count() <= 45), "{shown:?}");
}

#[test]
fn files_are_listed_as_they_would_be_examined() {
    let project = notes();
    project.write(".gitignore", "ignored/\n");
    project.write("ignored/a.yaml", poor());
    project.write(".github/workflow.yaml", poor());
    project.write("notegate.yaml", "exclude: ['notes/fabrikam/**']\n");
    let run = project.check(&["--list-files"]);
    assert_eq!(run.stdout, "mkdocs.yml\nnotes/contoso/exchange.yaml\nnotes/contoso/teams.yaml\n");
    let named = project.check(&["--list-files", "notes/fabrikam/broken.yaml", "ignored/a.yaml"]);
    assert_eq!(named.stdout, "ignored/a.yaml\nnotes/fabrikam/broken.yaml\n", "a named file is looked at");
    let forced = project.check(&["--list-files", "--force-exclude", "notes/fabrikam/broken.yaml"]);
    assert_eq!(forced.stdout, "");
}

#[test]
fn files_are_listed_as_they_are_opened_from_the_current_folder() {
    let project = notes();
    let output =
        notegate(&project.path().join("notes/contoso")).args(["check", "--list-files", ".."]).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "exchange.yaml\nteams.yaml\n../fabrikam/broken.yaml\n");
}

#[test]
fn the_configuration_holds() {
    let project = Project::with("a.yaml", record("Contoso", "Yammer", "blocked", "x").replace("note:", "text:"));
    project.write("notegate.yaml", "fields: {note: text}\nrules: {status-spelling: error}\n");
    let report = project.check(&["--format", "json"]).json();
    let rules: Vec<_> = report["records"][0]["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| (f["rule"].clone(), f["severity"].clone()))
        .collect();
    assert!(rules.contains(&("status-spelling".into(), "error".into())), "{rules:?}");
    let without = project.check(&["--format", "json", "--no-config"]).json();
    assert_eq!(without["records"][0]["reading"]["intent"], "none");
    let variable = project.run_with(&["check"], b"", &[("NOTEGATE_CONFIG", "other.yaml")]);
    assert_eq!(variable.code, 2, "a named configuration that is not there ends the run");
}

#[test]
fn a_wrong_configuration_tells_everything_at_once() {
    let project = Project::with("a.yaml", great());
    project.write("notegate.yaml", "inlcude: []\nrules:\n  copied-notes: off\n  unreadable: off\nfail_on: great\n");
    insta::assert_snapshot!(project.check(&[]).transcript());
}

#[test]
fn a_hostile_configuration_is_an_error() {
    let huge = "a".repeat(1 << 20);
    let deep = "[".repeat(100_000);
    for text in [huge.as_str(), &deep, "\0", "a: &a [*a]\n", "rules: [", "rules: {\"\\u001b[31m\": off}"] {
        let project = Project::with("notegate.yaml", text);
        let run = project.check(&[]);
        assert_eq!(run.code, 2, "{}", run.transcript());
        assert!(run.stderr.contains("notegate.yaml"), "{}", run.stderr);
    }
}

#[test]
fn the_configuration_that_holds_is_printed_as_one() {
    let project = Project::with("notegate.yaml", "rules: {copied-note: off}\nfail_on: marginal\n");
    let printed = project.check(&["--print-config"]);
    assert_eq!(printed.quiet_code(), 0);
    project.write("notegate.yaml", &printed.stdout);
    assert_eq!(project.check(&["--print-config"]).stdout, printed.stdout);
}

#[test]
fn init_writes_a_configuration_and_overwrites_none() {
    let project = Project::new();
    assert_eq!(project.run(&["init"]).quiet_code(), 0);
    let empty = project.check(&[]);
    assert_eq!(empty.code, 0);
    assert!(empty.stderr.starts_with("notegate: warning: nothing was examined"), "{}", empty.stderr);
    let written = fs::read_to_string(project.path().join("notegate.yaml")).unwrap();
    let again = project.run(&["init"]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("notegate.yaml already exists"), "{}", again.stderr);
    assert_eq!(fs::read_to_string(project.path().join("notegate.yaml")).unwrap(), written);
}

#[test]
fn init_in_a_folder_of_a_repository_writes_at_its_root() {
    let project = Project::new();
    fs::create_dir_all(project.path().join("notes/emea")).unwrap();
    for code in [0, 2] {
        let output = notegate(&project.path().join("notes/emea")).arg("init").output().unwrap();
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert_eq!(output.status.code(), Some(code), "{said}");
        assert!(said.contains(" at the root of the repository"), "{said}");
    }
    assert!(project.path().join("notegate.yaml").is_file());
    assert!(!project.path().join("notes/emea/notegate.yaml").exists());
}

#[test]
fn copies_are_found_across_files_and_the_later_one_is_told() {
    let project = Project::new();
    let note = "Customer will not deploy because the proxy of the Lyon site drops long connections.";
    project.write("a.yaml", record("Contoso", "Exchange Online", "Blocked", note));
    project.write("b.yaml", record("Contoso", "Microsoft Teams", "Blocked", note));
    project.write("c.yaml", record("Fabrikam", "Yammer", "Blocked", note));
    let report = project.check(&["--format", "json"]).json();
    let copied: Vec<_> = report["records"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|record| {
            record["findings"].as_array().unwrap().iter().map(move |f| (record["path"].clone(), f.clone()))
        })
        .filter(|(_, finding)| finding["rule"] == "copied-note")
        .collect();
    assert_eq!(copied.len(), 1);
    assert_eq!(copied[0].0, "b.yaml");
    assert_eq!(copied[0].1["line"], 4);
    assert!(copied[0].1["message"].as_str().unwrap().contains("(a.yaml:4)"));
}

#[test]
fn a_lone_note_is_graded_from_arguments_and_input() {
    let project = Project::new();
    let note = "Due to a firewall not properly forwarding traffic, the customer will not deploy service because they \
                are unable to connect to mailboxes.";
    let from_arguments = project.run(&["grade", "--status", "blocked", "--workload", "Exchange Online", note]);
    assert_eq!(from_arguments.quiet_code(), 0, "{}", from_arguments.transcript());
    let from_input =
        project.run_with(&["grade", "--status", "blocked", "--workload", "Exchange Online"], note.as_bytes(), &[]);
    assert_eq!(from_input.stdout, from_arguments.stdout);
    assert_eq!(project.run(&["grade", "--status", "stuck", note]).code, 2);
}

#[test]
fn rules_are_listed_and_explained_offline() {
    let project = Project::new();
    let list = project.run(&["rules"]);
    assert_eq!(list.quiet_code(), 0);
    for line in list.stdout.lines().take_while(|line| !line.is_empty()) {
        let name = line.split_whitespace().next().unwrap();
        let explained = project.run(&["explain", name]);
        assert_eq!(explained.quiet_code(), 0);
        assert!(explained.stdout.starts_with(&format!("{name} (")), "{}", explained.stdout);
    }
    let unknown = project.run(&["explain", "copied-notes"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("Did you mean `copied-note`?"), "{}", unknown.stderr);
}

#[test]
fn what_is_derived_from_the_program_can_be_printed() {
    let project = Project::new();
    for (arguments, part) in [
        (&["completions", "bash"][..], "_notegate"),
        (&["man"], ".SH \"NOTEGATE CHECK\""),
        (&["--version"], "notegate 0.1.0"),
    ] {
        let run = project.run(arguments);
        assert_eq!(run.quiet_code(), 0);
        assert!(run.stdout.contains(part), "{arguments:?}");
    }
}

#[test]
fn a_waived_finding_is_counted_and_blocks_nothing() {
    let text = poor() + "waivers:\n  - rule: refresh-date\n    reason: the customer's own calendar\n";
    let project = Project::with("a.yaml", text.replace("2020-03-27", "2099-01-01"));
    let report = project.check(&["--format", "json"]).json();
    assert_eq!(report["summary"]["waived"], 1, "{report:#}");
}

#[test]
fn the_day_can_be_fixed() {
    let project = Project::with("a.yaml", great().replace("2020-03-27", "2026-07-01"));
    assert_eq!(project.check(&[]).quiet_code(), 1, "the day after {TODAY} is in the future");
    assert_eq!(project.run(&["check", "--today", "2026-07-01"]).quiet_code(), 0);
}

#[test]
fn the_example_repository_shows_every_grade_and_the_faults_around_notes() {
    // In a project of its own: how a path outside it is shown depends on where both lie.
    let project = Project::new();
    let mut files = 0;
    let example = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contoso");
    for entry in ignore::WalkBuilder::new(&example).hidden(false).build().map(Result::unwrap) {
        if entry.file_type().is_some_and(|kind| kind.is_file()) {
            let inside = entry.path().strip_prefix(&example).unwrap();
            project.write(&format!("fixtures/contoso/{}", inside.display()), fs::read(entry.path()).unwrap());
            files += 1;
        }
    }
    assert!(files > 0);
    insta::assert_snapshot!(project.check(&["-v", "fixtures/contoso"]).transcript());
}

#[test]
fn the_help_of_check_changes_in_review_only() {
    insta::assert_snapshot!(Project::new().run(&["check", "--help"]).transcript());
}

#[cfg(unix)]
#[test]
fn a_configuration_of_the_repository_is_a_plain_file() {
    let project = Project::with("a.yaml", great());
    std::os::unix::fs::symlink("/etc/passwd", project.path().join("notegate.yaml")).unwrap();
    let run = project.check(&[]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("notegate.yaml is not a readable file"), "{}", run.stderr);
    assert!(!run.stderr.contains("root:"), "{}", run.stderr);
}

#[test]
fn a_run_over_files_without_a_record_says_what_to_set() {
    let project = Project::new();
    for number in 1..=3 {
        let text = format!("one: A{number}\ntwo: Teams\nthree: Blocked\nfour: nothing\n");
        project.write(&format!("notes/{number}.yaml"), text);
    }
    let run = project.check(&[]);
    assert_eq!(run.code, 0);
    assert!(
        run.stderr.starts_with("notegate: warning: 0 records in 3 YAML files\n  help: If they hold notes,"),
        "{}",
        run.stderr
    );
    for word in ["`fields:`", "`include:`", "`fields: {note: comment}`", "`notegate init`", "`notegate adopt`"] {
        assert!(run.stderr.contains(word), "{word}: {}", run.stderr);
    }
    // Standard output is what it was, in every format.
    assert_eq!(project.check(&["--format", "json"]).json()["summary"]["records"], 0);
    assert_eq!(project.check(&["-q"]).stderr, "");
    assert_eq!(project.check(&["--require-records"]).code, 4);
    let fields = "{customer: one, workload: two, status: three, note: four}";
    project.write("notegate.yaml", format!("fields: {fields}\n"));
    let run = project.check(&[]);
    assert_eq!((run.code, run.stderr.as_str()), (1, ""));
}

#[test]
fn records_by_other_words_block_and_say_what_to_set() {
    let project = Project::new();
    for number in 1..=3 {
        let text = format!("account: A{number}\nproduct: Teams\nstate: Blocked\ncomment: Customer has no intent.\n");
        project.write(&format!("notes/{number}.yaml"), text);
    }
    let run = project.check(&[]);
    assert_eq!(run.code, 1);
    assert_eq!(run.stdout.matches("error[misplaced-record]").count(), 3, "{}", run.stdout);
    let fields = "fields: {customer: account, workload: product, status: state, note: comment}";
    let told = run.stdout.replace("\n          ", " ");
    assert!(told.contains(&format!("set `{fields}` in notegate.yaml instead")), "{told}");
    project.write("notegate.yaml", format!("{fields}\n"));
    let run = project.check(&[]);
    assert_eq!((run.code, run.stdout.matches("misplaced-record").count()), (1, 0), "{}", run.stdout);
    assert!(run.stdout.contains("3 records"), "{}", run.stdout);
}

#[test]
fn a_run_without_files_or_with_a_record_says_nothing_about_records() {
    let empty = Project::new().check(&[]);
    assert!(
        empty.stderr.contains("nothing was examined") && !empty.stderr.contains("0 records in"),
        "{}",
        empty.stderr
    );
    let project = Project::with("a.yaml", "note: Customer has no intent.\n");
    project.write("b.yaml", "a: b\n");
    assert_eq!(project.check(&[]).stderr, "");
}
