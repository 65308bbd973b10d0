//! `learn` through the program: what it writes, what that changes, and what it refuses.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use serde_json::{Value, json};
use std::fs;
use std::sync::OnceLock;
use support::lessons::{IRONCLAD, file, lessons, nothing};
use support::{Project, Run};

const LEARNED: &str = "notegate-learned.json";
const NAMES_IT: &str = "second_reader: {learned: notegate-learned.json}\n";

/// What the lessons teach.
fn learned() -> &'static str {
    static LEARNED_ONCE: OnceLock<String> = OnceLock::new();
    LEARNED_ONCE.get_or_init(|| {
        let project = Project::with("team.jsonl", file(&lessons()));
        assert_eq!(project.run(&["learn", "team.jsonl"]).quiet_code(), 0);
        fs::read_to_string(project.path().join(LEARNED)).unwrap()
    })
}

fn grade(project: &Project) -> Run {
    project.run(&["grade", "--status", "No Intent", "--workload", "Teams", IRONCLAD])
}

/// A run that ended with this code and said this on one of both streams.
#[track_caller]
fn said(run: &Run, code: i32, words: &str) {
    let text = run.transcript();
    assert_eq!(run.code, code, "{text}");
    assert!(text.contains(words), "no “{words}” in {text}");
}

#[test]
fn a_team_teaches_it_and_sees_what_that_changes() {
    let project = Project::with("team.jsonl", file(&lessons()));
    let run = project.run(&["learn", "team.jsonl"]);
    assert_eq!(run.quiet_code(), 0);
    for part in [
        "team.jsonl: 40 notes, 20 great, 0 marginal, 20 poor\n",
        "        100.0 %  40 of 40\n",
        "great blocked          0.0 %  0 of 20           0.0 %  0 of 20\n",
        " of 20          0.0 %  0 of 20\n",
        " verdicts became right and 0 verdicts became wrong.\nWritten: ",
        "notegate-learned.json (",
        "  second_reader: {learned: notegate-learned.json}\n",
    ] {
        assert!(run.stdout.contains(part), "{part}\nin {}", run.stdout);
    }
    let first = fs::read(project.path().join(LEARNED)).unwrap();
    assert_eq!(first, learned().as_bytes(), "the same notes teach the same");
    assert!(first.len() < 1024 * 1024);

    said(&grade(&project), 0, "→ great");
    project.write("notegate.yaml", NAMES_IT);
    said(&grade(&project), 1, "error[vague-reason]");
    let eval =
        |arguments: &[&str]| project.run(&[&["eval", "team.jsonl", "--format", "json"], arguments].concat()).json();
    let poor_passed = |json: &Value| json["poor_passed"]["count"].as_u64().unwrap();
    let (shipped, taught) = (poor_passed(&eval(&["--no-config"])), poor_passed(&eval(&[])));
    assert!(shipped >= 10 && taught == 0, "{shipped} and {taught}");
    let printed = project.run(&["check", "--print-config"]);
    assert!(printed.stdout.contains("second_reader:\n  learned: notegate-learned.json\n"), "{}", printed.stdout);

    let again = project.run(&["learn", "team.jsonl"]);
    said(&again, 0, "The configuration names it already; commit it to bring it into use.");
    assert!(
        again.stdout.contains(&format!("{} of 40        100.0 %", 40 - shipped)),
        "it learns on the shipped weights, not on its own: {}",
        again.stdout
    );
    assert_eq!(fs::read(project.path().join(LEARNED)).unwrap(), first);
}

#[test]
fn what_gains_nothing_is_written_only_on_demand() {
    let mut lines: Vec<Value> = lessons().into_iter().filter(|line| line["grade"] == "great").collect();
    for number in 0..12 {
        let workload = ["Teams", "Yammer", "Intune"][number % 3];
        let note = format!(
            "Customer has no intent to use {workload} {}.",
            ["right now", "at all", "today", "yet"][number / 3]
        );
        lines.push(json!({"id": number.to_string(), "status": "No Intent", "workload": workload, "note": note,
                          "grade": "poor"}));
    }
    let project = Project::with("team.jsonl", file(&lines));
    let run = project.run(&["learn", "team.jsonl"]);
    said(&run, 1, "Learning from these notes gains nothing.\nNothing was written; --force writes");
    assert!(run.stdout.contains("0 verdicts became right and 0 verdicts became wrong."), "{}", run.stdout);
    assert!(!project.path().join(LEARNED).exists());
    said(&project.run(&["learn", "team.jsonl", "--force", "--output", "own.json"]), 0, "Written: own.json (");
    assert!(project.path().join("own.json").exists());
}

#[test]
fn what_cannot_be_learned_from_is_told() {
    let project = Project::new();
    let note = |note: &str, grade: &str| json!({"id": "a", "status": "Blocked", "workload": "Teams", "note": note, "grade": grade});
    let great: Vec<Value> = (0..30).map(|number| note(&format!("Note {number}."), "great")).collect();
    let deep = format!("{{\"x\": {}\n", "[".repeat(100_000));
    let mut odd = note("n", "great");
    odd["status"] = json!("Parked");
    for (text, code, words) in [
        (String::new(), 4, "contains no labelled note"),
        ("\n\n".to_owned(), 4, "contains no labelled note"),
        (file(&[note("n", "poor")]), 2, "too few notes to learn from: 1 labelled poor and 0 labelled great"),
        (file(&great), 2, "too few notes to learn from: 0 labelled poor and 30 labelled great"),
        (file(&vec![note("n", "poor"); 50]), 2, "too few notes to learn from: 1 labelled poor"),
        (file(&[note("n", "poor"), note("N", "great")]), 2, "line 2: this is the note of line 1 with another grade"),
        ("[1]\n".to_owned(), 2, "line 1: it is not a JSON object"),
        ("{\"id\": NaN}\n".to_owned(), 2, "line 1: it is not sound JSON"),
        (deep, 2, "line 1: it is not sound JSON"),
        (file(&[note("n", "good")]), 2, "unknown variant `good`"),
        (file(&[odd]), 2, "there is no status `Parked`"),
    ] {
        project.write("team.jsonl", text);
        said(&project.run(&["learn", "team.jsonl"]), code, words);
        assert!(!project.path().join(LEARNED).exists(), "{words}");
    }
    said(&project.run(&["learn", "none.jsonl"]), 2, "the labelled file none.jsonl could not be read");
    said(&project.run_with(&["learn", "-"], b"", &[]), 4, "- contains no labelled note");
}

#[test]
fn nothing_else_is_overwritten() {
    let project = Project::with("team.jsonl", file(&lessons()));
    project.write("notegate.yaml", "fail_on: poor\n");
    project.write("note.yaml", support::great());
    project.write("README.md", "Our notes\n");
    project.write(".git/config", "");
    for (name, why) in [
        ("team.jsonl", "it exists, and `notegate learn` did not write it"),
        ("README.md", "it exists, and `notegate learn` did not write it"),
        ("notegate.yaml", "it is the configuration"),
        ("note.yaml", "a file with that name is examined as a note"),
        ("new.yaml", "a file with that name is examined as a note"),
        (".git/config", "git keeps its own data there"),
        (".", "it is a folder"),
        ("none/own.json", "could not be opened"),
    ] {
        let before = fs::read(project.path().join(name)).ok();
        said(&project.run(&["learn", "team.jsonl", "--output", name]), 2, why);
        assert_eq!(fs::read(project.path().join(name)).ok(), before, "{name}");
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("elsewhere.json", project.path().join(LEARNED)).unwrap();
        said(&project.run(&["learn", "team.jsonl"]), 2, "it is a symbolic link");
    }
}

#[test]
fn a_file_that_cannot_be_used_is_a_wrong_configuration() {
    let project = Project::with("note.yaml", support::great());
    project.write("notegate.yaml", format!("fail_on: poor\n{NAMES_IT}"));
    let check = |words: &str| said(&project.check(&[]), 2, words);
    check(
        "notegate.yaml:2: the file `notegate-learned.json` under `learned` does not exist; write it anew with `notegate learn`",
    );
    for (text, words) in [
        (learned().replace("\"built_on\":\"", "\"built_on\":\"0"), "was learned with another version of notegate"),
        (learned().replacen("learned\":1", "learned\":2", 1), "has version 2 of its format"),
        (learned().replacen("[[", "[[4294967295,1],[", 1), "was changed after `notegate learn` wrote it"),
        (format!("<<<<<<< ours\n{}", learned()), "line 1 of it cannot be read"),
        (" ".repeat(1024 * 1024 + 1), "is larger than 1048576 bytes"),
        (String::new(), "line 1 of it cannot be read"),
    ] {
        project.write(LEARNED, text);
        check(words);
    }
    project.write("notegate.yaml", "fail_on: poor\nsecond_reader: {learned: ../notegate-learned.json}\n");
    check("notegate.yaml:2: `learned` must be a path below the folder of the configuration");
    #[cfg(unix)]
    {
        project.write("real/own.json", learned());
        std::os::unix::fs::symlink("real", project.path().join("linked")).unwrap();
        std::os::unix::fs::symlink("real/own.json", project.path().join("own.json")).unwrap();
        for path in ["linked/own.json", "own.json"] {
            project.write("notegate.yaml", format!("fail_on: poor\nsecond_reader: {{learned: {path}}}\n"));
            check("links are never followed");
        }
    }
    project.write("notegate.yaml", "second_reader: {learned: real/own.json}\n");
    assert_eq!(project.check(&[]).code, 0);
}

#[test]
fn a_stale_file_can_be_written_anew() {
    let project = Project::with("team.jsonl", file(&lessons()));
    project.write("notegate.yaml", NAMES_IT);
    project.write(LEARNED, learned().replace("\"built_on\":\"", "\"built_on\":\"0"));
    said(&grade(&project), 2, "write it anew with `notegate learn`");
    assert_eq!(project.run(&["learn", "team.jsonl"]).quiet_code(), 0);
    assert_eq!(fs::read_to_string(project.path().join(LEARNED)).unwrap(), learned());
}

#[test]
fn the_file_counts_from_the_configuration_and_is_never_a_note() {
    let project = Project::with("rules/own.yaml", "second_reader: {learned: own.json}\ninclude: ['**']\n");
    project.write("rules/own.json", learned());
    let note = |text: &str| support::record("Contoso", "Teams", "No Intent", text);
    project.write("notes/a.yaml", note(IRONCLAD));
    let run = project.check(&["--config", "rules/own.yaml"]);
    said(&run, 1, "error[vague-reason]");
    assert!(run.stdout.contains("1 record:"), "{}", run.stdout);
    let over = project.check(&["--config", "rules/own.yaml", "--format", "json", "--output", "rules/own.json"]);
    said(&over, 2, "the configuration names it for the second reader");
    project.write("rules/own.json", nothing(learned()));
    assert_eq!(project.check(&["--config", "rules/own.yaml"]).code, 0);
}
