//! The schemas of records and of the configuration, beside what the program itself says of the same files.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use jsonschema::Validator;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use support::Project;

const CONFIG: &str = "\
fields: {customer: [customer, kunde], note: comment, date: day, who_changed: by}
required: {workload: no}
statuses: only
playbook:
  statuses: [{name: Parked, kind: blocked}]
  workloads: [{name: Loop}]
overrides:
- paths: ['crm/**']
  fields: {customer: Konto, entitlements: produkte}
  required: {refresh_summary: no}
";

fn schema(project: &Project, arguments: &[&str]) -> Validator {
    let run = project.run(&[&["schema"], arguments].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    let schema: Value = serde_json::from_str(&run.stdout).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn documents(yaml: &str) -> Vec<Value> {
    use serde::Deserialize as _;
    serde_yaml::Deserializer::from_str(yaml).map(|document| Value::deserialize(document).unwrap()).collect()
}

fn is_valid(schema: &Validator, yaml: &str) -> bool {
    documents(yaml).iter().all(|document| schema.is_valid(document))
}

fn faults(schema: &Validator, yaml: &str) -> Vec<String> {
    documents(yaml)
        .iter()
        .flat_map(|document| schema.iter_errors(document).map(|error| error.to_string()).collect::<Vec<_>>())
        .collect()
}

/// The examples of a rule, and every other case of it.
fn cases(rule: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/cases").join(rule);
    let files = fs::read_dir(folder).unwrap().map(|case| case.unwrap().path());
    let files = files.filter(|case| !case.join("notegate.yaml").exists()).map(|case| case.join("input.yaml"));
    files.map(|file| (file.clone(), fs::read_to_string(&file).unwrap())).collect()
}

#[test]
fn the_notes_of_the_fixtures_fit() {
    let schema = schema(&Project::new(), &["record"]);
    let mut count = 0;
    for folder in ["fixtures/contoso/notes/contoso", "fixtures/guidance"] {
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
        while let Some(folder) = folders.pop() {
            for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|ending| ending == "yaml") {
                    let text = fs::read_to_string(&path).unwrap();
                    assert_eq!(faults(&schema, &text), [""; 0], "{path:?}");
                    count += 1;
                }
            }
        }
    }
    assert!(count >= 10, "{count}");
}

#[test]
fn what_rules_about_fields_report_does_not_fit() {
    let schema = schema(&Project::new(), &["record"]);
    for rule in ["missing-field", "wrong-type", "unknown-status", "refresh-missing"] {
        for (path, text) in cases(rule) {
            // What is not seen in the type of a value is the rules' to find.
            let is_by_words =
                ["placeholder", "invisible", "binary"].iter().any(|kind| path.to_string_lossy().contains(kind));
            if path.to_string_lossy().contains("trips-") && !is_by_words {
                assert!(!is_valid(&schema, &text), "{path:?}");
            }
        }
    }
    for rule in ["hedging", "missing-reason", "copied-note", "refresh-order", "vague-reason"] {
        for (path, text) in cases(rule) {
            if text.contains("refresh_summary:") && !text.contains("refresh_summary: []") {
                assert_eq!(faults(&schema, &text), [""; 0], "{path:?}: the schema is about fields alone");
            }
        }
    }
}

const ENTRY: &str = "{date: 2026-06-20, who_changed: Jo Bell, what_changed: Proxy tested}";

#[test]
fn every_shape_of_a_file_is_checked() {
    let schema = schema(&Project::new(), &["record"]);
    let record = format!("{{customer: C, workload: Teams, status: Blocked, note: a b, refresh_summary: [{ENTRY}]}}");
    let bare = record.replace("customer: C, ", "");
    for (text, fits) in [
        (record.clone(), true),
        (format!("[{record}, {record}]"), true),
        (format!("--- {record}\n--- {record}\n"), true),
        (format!("{{customer: C, entitlements: [{bare}]}}"), true),
        (format!("[{{customer: C, entitlements: [{bare}, {bare}]}}, {record}]"), true),
        (format!("{{owner: Sam, team: [a], {}", &record[1..]), true),
        (bare.clone(), false),
        (format!("[{record}, {bare}]"), false),
        (format!("{{entitlements: [{record}, {bare}]}}"), false),
        ("{customer: C, entitlements: []}".to_owned(), false),
        (record.replace("note: a b", "note: ''"), false),
        (record.replace("note: a b", "note: [a]"), false),
        (record.replace("status: Blocked", "status: Paused"), false),
        (record.replace("workload: Teams", "workload: Some Own App"), true),
        (record.replace("workload: Teams", "workload: [Teams]"), false),
        (record.replace("2026-06-20", "soon"), false),
        (record.replace("who_changed: Jo Bell, ", ""), false),
        (record.replace("2026-06-20", "06/20/2026"), true),
        (format!("{}, waivers: [{{rule: hedging, reason: legal asked for it}}]}}", &record[..record.len() - 1]), true),
        (format!("{}, waivers: [{{rule: unreadable, reason: x}}]}}", &record[..record.len() - 1]), false),
        (format!("{}, waivers: [{{rule: hedging}}]}}", &record[..record.len() - 1]), false),
        ("a text".to_owned(), false),
    ] {
        assert_eq!(is_valid(&schema, &text), fits, "{text}: {:?}", faults(&schema, &text));
    }
}

#[test]
fn the_schema_is_that_of_the_configuration_in_force() {
    let project = Project::with("notegate.yaml", CONFIG);
    let general = schema(&project, &["record"]);
    let entry = "{day: 2026-06-20, by: Jo Bell, what_changed: Proxy tested}";
    let record = format!("{{kunde: C, status: Parked, comment: a b, refresh_summary: [{entry}]}}");
    for (text, fits) in [
        (record.clone(), true),
        (record.replace("kunde", "customer"), true),
        (record.replace("kunde: C", "customer: C, kunde: C"), false),
        (record.replace("kunde", "client"), false),
        (record.replace("Parked", "Blocked"), false),
        (record.replace("comment", "note"), false),
        (record.replace("by:", "who_changed:"), false),
        (record.replace("day: 2026", "date: 2026"), true),
        (record.replace(&format!(", refresh_summary: [{entry}]"), ""), false),
    ] {
        assert_eq!(is_valid(&general, &text), fits, "{text}: {:?}", faults(&general, &text));
    }
    let crm = schema(&project, &["record", "--for", "crm/x.yaml"]);
    for (text, fits) in [
        ("{Konto: C, status: Parked, comment: a b}", true),
        ("{kunde: C, status: Parked, comment: a b}", false),
        ("{Konto: C, produkte: [{status: Parked, comment: a b}]}", true),
        ("{Konto: C, produkte: [{status: Parked}]}", false),
    ] {
        assert_eq!(is_valid(&crm, text), fits, "{text}: {:?}", faults(&crm, text));
    }
    assert!(project.run(&["schema", "record"]).stdout.contains("\"Loop\""), "workloads of the team are proposed");
    let run = project.run(&["schema", "report", "--for", "crm/x.yaml"]);
    assert_eq!(run.code, 2, "{}", run.stderr);
}

#[test]
fn a_configuration_that_is_refused_gives_no_schema() {
    let project = Project::with("notegate.yaml", "fields: {notes: x}\n");
    let run = project.run(&["schema", "record"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("there is no field `notes`"), "{}", run.stderr);
    assert_eq!(project.run(&["schema", "config"]).code, 0, "this one does not depend on it");
}

#[test]
fn hostile_names_stay_inside_the_schema() {
    let project = Project::with("notegate.yaml", "fields: {note: \"n\\u001b[31m\\\"}\\n\"}\n");
    let run = project.run(&["schema", "record"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stdout.contains('\u{1b}'), "{}", run.stdout);
    let schema: Value = serde_json::from_str(&run.stdout).unwrap();
    assert!(schema["definitions"]["record"]["properties"]["n\u{1b}[31m\"}\n"].is_object());
}

/// Settings that the program takes, and those that it refuses for their shape.
#[test]
fn the_schema_of_the_configuration_agrees_with_the_program() {
    let schema = schema(&Project::new(), &["config"]);
    let template = include_str!("../src/cli/notegate.yaml");
    let settings: Vec<&str> = template.lines().map(|line| line.strip_prefix("#: ").unwrap_or(line)).collect();
    let template = settings.join("\n");
    for text in [
        CONFIG,
        &template,
        "{}",
        "include: ['a/**']\nexclude: []\nfail_on: marginal\n",
        "rules: {hedging: off, unreadable: error, refresh-stale: info}\nrefresh: {max_age_days: 7}\n",
        "fields: {note: [a, b], entitlements: products}\nrequired: {status: true, customer: off}\n",
        "statuses: with-built-in\nsecond_reader: off\n",
        "overrides: [{paths: [a/*.yaml], rules: {hedging: warning}, refresh: {max_age_days: 1}}]\n",
        "playbook: {words: {refuse: [kibosh]}, max_sentences: 2, max_words: 40}\n",
        "playbook: {statuses: [{name: P, kind: no-intent, templates: ['A [b].']}], workloads: [{name: Loop, aliases: [lp], terms: [loop page]}]}\n",
    ] {
        let project = Project::with("notegate.yaml", text);
        let printed = project.run(&["check", "--print-config"]);
        assert_eq!(printed.code, 0, "{text}{}", printed.stderr);
        for text in [text, &printed.stdout] {
            assert_eq!(faults(&schema, text), [""; 0], "{text}");
        }
    }
    for text in [
        "inlcude: [a]\n",
        "include: a\n",
        "include: []\n",
        "include: [5]\n",
        "exclude: ['']\n",
        "fields: {notes: x}\n",
        "fields: {note: 5}\n",
        "fields: {note: []}\n",
        "fields: [note]\n",
        "required: {note: no}\n",
        "required: {status: maybe}\n",
        "statuses: all\n",
        "rules: {hedgin: off}\n",
        "rules: {hedging: loud}\n",
        "rules: {unreadable: off}\n",
        "refresh: {max_age_days: 0}\n",
        "refresh: {max_age: 5}\n",
        "fail_on: great\n",
        "overrides: {paths: [a.yaml]}\n",
        "overrides: [{rules: {hedging: off}}]\n",
        "overrides: [{paths: [], rules: {hedging: off}}]\n",
        "overrides: [{paths: [a.yaml], include: [b.yaml]}]\n",
        "playbook: {statuses: [{name: P}]}\n",
        "playbook: {statuses: [{name: P, kind: parked}]}\n",
        "playbook: {words: {hedgess: [x]}}\n",
        "playbook: {max_words: many}\n",
        "second_reader: maybe\n",
        "second_reader: {learnt: x.json}\n",
    ] {
        assert_eq!(Project::with("notegate.yaml", text).run(&["check", "--print-config"]).code, 2, "{text}");
        assert!(!is_valid(&schema, text), "{text}");
    }
}
