//! `read` through the program: for people, as JSON, with every layer, with hostile text and a team's words.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use support::Project;

const NOTE: &str =
    "The vendor declined, so the customer will not deploy Teams for now because the Avaya gateway in Lyon lacks SIP.";

fn read(arguments: &[&str]) -> support::Run {
    Project::new().run(&[&["read", "--workload", "Teams"], arguments].concat())
}

fn json(arguments: &[&str]) -> Value {
    read(&[&["--format", "json"], arguments].concat()).json()
}

#[test]
fn people_see_what_the_reader_makes_of_a_note() {
    let run = read(&[NOTE]);
    assert_eq!(run.quiet_code(), 0);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn people_see_every_layer_with_the_cue_and_the_file_behind_it() {
    let run = read(&["--trace", NOTE]);
    assert_eq!(run.quiet_code(), 0);
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn the_note_comes_from_standard_input_where_no_argument_gives_it() {
    let typed = Project::new().run_with(&["read", "--workload", "Teams"], format!("{NOTE}\n").as_bytes(), &[]);
    assert_eq!(typed.stdout, read(&[NOTE]).stdout);
    let broken = Project::new().run_with(&["read"], b"\xff", &[]);
    assert_eq!(broken.code, 2);
    assert!(broken.stderr.contains("the note is not UTF-8"), "{}", broken.stderr);
}

#[test]
fn json_follows_the_published_schema() {
    let schema = Project::new().run(&["schema", "read"]);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/read.schema.json");
    if support::regenerates() {
        fs::write(path, &schema.stdout).unwrap();
    }
    let published = fs::read_to_string(path).unwrap_or_default();
    assert_eq!(published, schema.stdout, "regenerate it: NOTEGATE_REGENERATE=1 cargo test --test read");
    let validator = jsonschema::validator_for(&serde_json::from_str(&published).unwrap()).unwrap();
    for report in [json(&[NOTE]), json(&["--trace", NOTE]), json(&["--trace", ""])] {
        let problems: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(problems.is_empty(), "{problems:#?}");
        assert_eq!(report["version"], 1);
    }
    assert!(!validator.is_valid(&json!({"version": 1})), "the schema has to ask for something");
}

#[test]
fn json_tells_the_answers_and_with_trace_the_layers() {
    let report = json(&[NOTE]);
    assert_eq!(report.get("trace"), None);
    let reading = &report["reading"];
    assert_eq!(reading["intent"], "negative");
    assert_eq!(reading["intent_words"]["text"], "will not deploy");
    let start = NOTE.find("will not deploy").unwrap();
    assert_eq!(reading["intent_words"]["start"], start);
    assert_eq!(reading["intent_words"]["end"], start + "will not deploy".len());
    assert_eq!(reading["reason"]["kind"], "concrete");
    assert_eq!(reading["hedges"][0]["text"], "for now");
    let trace = &json(&["--trace", NOTE])["trace"];
    assert_eq!(trace["propositions"][0]["holder"], "outsider");
    assert_eq!(trace["propositions"][0]["decides"], false);
    assert_eq!(trace["propositions"][1]["decides"], true);
    let cues = trace["cues"].as_array().unwrap();
    let outsider = cues.iter().find(|cue| cue["gives"] == "outsider").unwrap();
    assert_eq!(outsider["file"], "src/playbook/cues/who.yaml");
    assert_eq!(outsider["words"]["text"], "vendor");
}

#[test]
fn every_file_that_a_trace_names_is_there_and_has_the_cue() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let notes =
        [NOTE, "No reply to 3 mails.", "[x] of <y>", "Not with Teams.", "12 % active users.", "Seats are duplicates."];
    for note in notes {
        let trace = &json(&["--trace", note])["trace"];
        for cue in trace["cues"].as_array().unwrap() {
            let file = fs::read_to_string(root.join(cue["file"].as_str().unwrap())).unwrap();
            let id = format!("  - id: {}\n", cue["id"].as_str().unwrap());
            assert!(file.contains(&id), "{cue}");
        }
        let code = trace["propositions"].as_array().unwrap().iter().map(|one| one["found_by"].as_str().unwrap());
        for file in code.chain(trace["answers"].as_array().unwrap().iter().map(|one| one["file"].as_str().unwrap())) {
            let (path, function) = file.split_once(": ").unwrap_or((file, ""));
            let text = fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
            assert!(function.is_empty() || text.contains(&format!("fn {function}(")), "{file}");
        }
        let shown = read(&["--trace", note]).stdout;
        let paths =
            shown.split(|c: char| c.is_whitespace() || ";,():".contains(c)).filter(|part| part.starts_with("src/"));
        paths.for_each(|path| assert!(root.join(path).exists(), "{path}"));
    }
}

#[test]
fn the_words_of_a_team_are_read() {
    let project = Project::with("notegate.yaml", "playbook: {words: {refuse: [kibosh]}}\n");
    let note = "Customer kiboshed Teams.";
    let intent = |arguments: &[&str]| {
        let report =
            project.run(&[&["read", "--workload", "Teams", "--format", "json", note], arguments].concat()).json();
        report["reading"]["intent"].as_str().unwrap().to_owned()
    };
    assert_eq!(intent(&[]), "negative");
    assert_eq!(intent(&["--no-config"]), "none");
    let trace = project.run(&["read", "--trace", note]).stdout;
    assert!(trace.contains("kiboshed  refuse"), "{trace}");
    project.write("notegate.yaml", "playbook: {words: {colours: [red]}}\n");
    assert_eq!(project.run(&["read", note]).code, 2);
}

#[test]
fn the_customer_by_name_is_the_customer() {
    let run = Project::new().run(&["read", "--trace", "--customer", "Fabrikam", "Fabrikam declines."]);
    assert!(run.stdout.contains("{customer}, the record's customer"), "{}", run.stdout);
}

#[test]
fn a_status_is_no_matter_of_the_reading() {
    assert_eq!(read(&["--status", "Blocked", NOTE]).code, 2);
}

#[test]
fn colours_come_when_they_are_asked_for() {
    assert!(!read(&["--trace", NOTE]).stdout.contains('\u{1b}'));
    assert!(read(&["--trace", "--color", "always", NOTE]).stdout.contains("\u{1b}[1m"));
    let run = Project::new().run_with(&["read", NOTE], b"", &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]);
    assert!(!run.stdout.contains('\u{1b}'), "{}", run.stdout);
}

#[test]
fn no_control_character_reaches_the_terminal() {
    let evil =
        "Customer\u{1b}]0;x\u{7} will\u{202e} not\r deploy \u{9b}2J [\u{200f}slot] because\u{2028} of\u{1b}[31m Avaya.";
    for arguments in [&[][..], &["--trace"], &["--format", "json"], &["--trace", "--format", "json"]] {
        let run = Project::new().run(&[&["read", "--workload", evil, "--customer", evil, evil], arguments].concat());
        assert_eq!(run.quiet_code(), 0);
        let unsafe_one = |c: char| c != '\n' && notegate::report::escape::is_unsafe(c);
        assert!(!run.stdout.contains(unsafe_one), "{arguments:?}: {}", run.stdout.escape_debug());
    }
}

#[test]
fn a_blank_note_is_read_too() {
    let run = read(&["--trace", ""]);
    assert_eq!(run.quiet_code(), 0);
    assert!(run.stdout.contains("intent  none"), "{}", run.stdout);
    assert_eq!(json(&[" \n "])["reading"]["form"], "blank");
}
