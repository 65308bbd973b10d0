//! `eval` through the program: counts, floors, formats, bad input.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use serde_json::{Value, json};
use std::fs;
use support::Project;

const GREAT: &str = "Due to a firewall not properly forwarding traffic, the customer will not deploy service because \
                     they are unable to connect to mailboxes.";
const POOR: &str = "Customer cannot deploy right now.";

fn line(id: &str, note: &str, grade: &str) -> Value {
    json!({"id": id, "status": "Blocked", "workload": "Exchange Online", "note": note, "grade": grade})
}

fn file(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Three notes on which all agree, and one that the rules block though it is labelled great.
fn three_of_four() -> Project {
    let mut marked = line("a", GREAT, "great");
    marked["intent"] = json!("negative");
    marked["reason"] = json!("a firewall not properly forwarding traffic");
    let lines = [marked, line("b", POOR, "poor"), line("c", "", "poor"), line("d", "Customer cannot deploy.", "great")];
    Project::with("notes.jsonl", file(&lines))
}

#[test]
fn people_see_counts_and_disagreements() {
    let run = three_of_four().run(&["eval", "notes.jsonl"]);
    assert_eq!(run.quiet_code(), 0);
    for part in [
        "d, line 4 · Exchange Online · Blocked: labelled great, graded poor\n  “Customer cannot deploy.”\n  error[",
        "great                       1        0        1\n",
        "poor                        0        0        2\n",
        "block agreement        75.0 %   3 of 4\n",
        "three-way agreement    75.0 %   3 of 4\n",
        "great blocked          50.0 %   1 of 2\n",
        "poor passed             0.0 %   0 of 2\n",
        "intent agreement      100.0 %   1 of 1\n",
        "mean over 1 marked\n",
    ] {
        assert!(run.stdout.contains(part), "{part}\nin {}", run.stdout);
    }
}

#[test]
fn a_floor_that_is_not_reached_fails_the_run() {
    let project = three_of_four();
    let code = |arguments: &[&str]| project.run(&[&["eval", "notes.jsonl"], arguments].concat()).quiet_code();
    assert_eq!(code(&["--min-block", "75", "--min-three-way", "75%"]), 0);
    assert_eq!(code(&["--min-block", "75.1"]), 1);
    assert_eq!(code(&["--min-three-way", "76"]), 1);
    assert_eq!(code(&["--min-three-way", "76", "--format", "json"]), 1);
    let told = project.run(&["eval", "notes.jsonl", "--min-block", "96"]).stdout;
    assert!(told.ends_with("notes.jsonl: block agreement is below 96 %\n"), "{told}");
    assert_eq!(project.run(&["eval", "notes.jsonl", "--min-block", "101"]).code, 2);
}

#[test]
fn json_follows_the_published_schema() {
    let schema = Project::new().run(&["schema", "eval"]);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/eval.schema.json");
    if support::regenerates() {
        fs::write(path, &schema.stdout).unwrap();
    }
    let published = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(published, schema.stdout, "regenerate it: NOTEGATE_REGENERATE=1 cargo test --test eval");
    let report = three_of_four().run(&["eval", "notes.jsonl", "--format", "json", "--min-block", "50"]).json();
    let validator = jsonschema::validator_for(&serde_json::from_str(&published).unwrap()).unwrap();
    let problems: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
    assert!(problems.is_empty(), "{problems:#?}");
    assert_eq!(report["version"], 1);
    assert_eq!(report["file"], "notes.jsonl");
    assert_eq!(report["notes"], 4);
    assert_eq!(report["confusion"]["great"], json!({"great": 1, "marginal": 0, "poor": 1}));
    assert_eq!(report["block"], json!({"count": 3, "of": 4}));
    assert_eq!(report["disagreements"][0]["id"], "d");
    assert_eq!(report["disagreements"][0]["line"], 4);
    assert_eq!(report["floors"], json!([{"agreement": "block", "least": 50.0, "reached": true}]));
}

#[test]
fn standard_input_is_read_for_a_dash() {
    let run = Project::new().run_with(&["eval", "-"], file(&[line("a", POOR, "poor")]).as_bytes(), &[]);
    assert_eq!(run.quiet_code(), 0);
    assert!(run.stdout.contains("block agreement       100.0 %   1 of 1\n"), "{}", run.stdout);
}

#[test]
fn bad_input_is_told_with_its_line_and_nothing_passes() {
    let good = line("a", POOR, "poor");
    for (text, told) in [
        (format!("{good}\n\n{{\"id\": 1}}\n"), "notes.jsonl: line 3: invalid type: integer `1`, expected a string"),
        (format!("{good}\nnot json\n"), "notes.jsonl: line 2: it is not a JSON object"),
        (format!("{good}\n{{\n"), "notes.jsonl: line 2: it is not sound JSON"),
        (
            format!("{good}\n{}\n", good.to_string().replace("Blocked", "Blokced")),
            "notes.jsonl: line 2: there is no status `Blokced`",
        ),
    ] {
        let run = Project::with("notes.jsonl", text).run(&["eval", "notes.jsonl"]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{told}");
        assert!(run.stderr.contains(told), "{told} in {}", run.stderr);
    }
    let missing = Project::new().run(&["eval", "nowhere.jsonl"]);
    assert_eq!((missing.code, missing.stdout.as_str()), (2, ""));
    assert!(missing.stderr.contains("the labelled file nowhere.jsonl could not be read"));
}

#[test]
fn a_file_without_notes_is_nothing_to_examine() {
    for text in ["", "\n\n", "\u{feff}"] {
        let run = Project::with("notes.jsonl", text).run(&["eval", "notes.jsonl"]);
        assert_eq!(run.code, 4, "{text:?}");
        assert!(run.stderr.contains("notes.jsonl contains no labelled note"), "{}", run.stderr);
    }
}

#[test]
fn no_control_character_reaches_the_terminal() {
    let evil = "\u{1b}]0;x\u{7}\u{202e}\r\u{9b}2J";
    let mut labelled = line(evil, &format!("Customer will not deploy {evil}."), "great");
    labelled["workload"] = json!(evil);
    labelled["intent"] = json!("positive");
    let project = Project::with("notes.jsonl", file(&[labelled.clone()]));
    let bad = labelled.to_string().replace("great", &evil.replace('\u{1b}', "\\u001b").replace('\u{7}', "\\u0007"));
    project.write("bad.jsonl", bad.replace('\r', "\\r"));
    for arguments in
        [&["eval", "notes.jsonl", "-v"][..], &["eval", "notes.jsonl", "--format", "json"], &["eval", "bad.jsonl"]]
    {
        let run = project.run(arguments);
        let printed = format!("{}{}", run.stdout, run.stderr);
        assert!(printed.len() > 100, "{printed}");
        let unsafe_one = |c: char| c != '\n' && notegate::report::escape::is_unsafe(c);
        assert!(!printed.contains(unsafe_one), "{arguments:?}: {}", printed.escape_debug());
    }
}

#[test]
fn the_words_and_severities_of_a_team_hold() {
    let mut slang = line("a", "Customer kiboshed it because the fax gateway in Lyon speaks only MAPI.", "great");
    slang["intent"] = json!("negative");
    let project = Project::with("notes.jsonl", file(&[slang, line("b", POOR, "poor")]));
    let agreed = |arguments: &[&str], key: &str| {
        let report = project.run(&[&["eval", "notes.jsonl", "--format", "json"], arguments].concat()).json();
        report[key]["count"].as_u64().unwrap()
    };
    assert_eq!((agreed(&[], "block"), agreed(&[], "intent")), (2, 0));
    project.write("notegate.yaml", "playbook: {words: {refuse: [kibosh]}}\n");
    assert_eq!((agreed(&[], "intent"), agreed(&["--no-config"], "intent")), (1, 0));
    project.write("lax.yaml", "rules: {missing-reason: off, vague-reason: off}\n");
    assert_eq!(agreed(&["--config", "lax.yaml"], "block"), 1);
    project.write("wrong.yaml", "playbook: {words: {colours: [red]}}\n");
    assert_eq!(project.run(&["eval", "notes.jsonl", "--config", "wrong.yaml"]).code, 2);
}
