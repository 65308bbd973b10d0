//! The guidance's own notes, templates, mistakes and refresh summary, each with the grade that the guidance gives it:
//! `fixtures/guidance/records/`, records with two keys more, `expected_grade` and, for fillings, `template`.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use notegate::eval::{fired, grade_note};
use notegate::grade::Grade;
use notegate::playbook::Playbook;
use notegate::record::Heading;
use serde::Deserialize as _;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use support::{Project, TODAY};

const GUIDANCE: &str = include_str!("../fixtures/guidance/guidance.md");

const KNOWN_GAPS: [(&str, usize); 0] = [];

/// A record of the guidance.
#[derive(serde::Deserialize)]
struct Expected {
    workload: String,
    status: String,
    note: String,
    expected_grade: Grade,
    #[serde(default)]
    template: Option<String>,
}

static PLAYBOOK: LazyLock<Playbook> = LazyLock::new(Playbook::built_in);

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/guidance/records")
}

/// The records by file, in the order of their names.
static RECORDS: LazyLock<BTreeMap<String, Vec<Expected>>> = LazyLock::new(|| {
    let files = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let records = |path: PathBuf| {
        let value: serde_yaml::Value = serde_yaml::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        (path.file_name().unwrap().to_str().unwrap().to_owned(), Vec::deserialize(value).unwrap())
    };
    files.map(records).collect()
});

fn all() -> impl Iterator<Item = (&'static str, usize, &'static Expected)> {
    RECORDS.iter().flat_map(|(file, records)| {
        records.iter().enumerate().map(move |(index, record)| (file.as_str(), index, record))
    })
}

fn is_gap(file: &str, index: usize) -> bool {
    KNOWN_GAPS.contains(&(file, index))
}

/// Words without the marks of Markdown, in one line.
fn plain(text: &str) -> String {
    text.replace("**", "").replace('\\', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn each_note_has_the_grade_of_the_guidance() {
    let mut wrong = Vec::new();
    for (file, index, record) in all() {
        let heading = Heading { customer: None, workload: Some(&record.workload), status: Some(&record.status) };
        let graded = grade_note(&record.note, heading, &PLAYBOOK);
        let is_right = graded.grade == record.expected_grade;
        if !is_right && !is_gap(file, index) {
            let (expected, got) = (record.expected_grade.name(), graded.grade.name());
            wrong.push(format!("{file}, record {index}: {expected} expected, {got}: {:?}", fired(&graded)));
        } else if is_right && is_gap(file, index) {
            wrong.push(format!("{file}, record {index}: closed, take it out of KNOWN_GAPS"));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_program_says_the_same() {
    let project = Project::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        project.write(path.file_name().unwrap().to_str().unwrap(), fs::read(&path).unwrap());
    }
    let run = project.run(&["check", "--no-config", "--today", TODAY, "--format", "json"]);
    assert_eq!(run.quiet_code(), 1);
    let report = run.json();
    assert_eq!(report["files"], serde_json::json!([]));
    let judged = report["records"].as_array().unwrap();
    assert_eq!(judged.len(), all().count());
    for (record, (file, index, expected)) in judged.iter().zip(all()) {
        assert_eq!((record["path"].as_str(), record["index"].as_u64()), (Some(file), Some(index as u64)));
        if !is_gap(file, index) {
            assert_eq!(record["grade"], expected.expected_grade.name(), "{file}, record {index}: {record:#}");
            assert_eq!(record["blocked"], expected.expected_grade == Grade::Poor, "{file}, record {index}: {record:#}");
        }
    }
}

#[test]
fn the_notes_of_the_situations_and_the_mistakes_are_those_of_the_guidance() {
    let guidance = plain(GUIDANCE);
    let mut counts = [0; 3];
    for (file, index, record) in all() {
        let kind = match file {
            _ if file.starts_with("situation-") => 0,
            "common-mistakes.yaml" => 1,
            _ => continue,
        };
        let label = match record.expected_grade {
            _ if kind == 1 => "Example:",
            Grade::Great => "Great Note:",
            Grade::Marginal => "Marginal Note:",
            Grade::Poor => "Poor Note:",
        };
        assert!(guidance.contains(&format!("{label} {}", plain(&record.note))), "{file}, record {index}");
        counts[kind] += 1;
    }
    assert_eq!(counts[..2], [15, 2]);
}

#[test]
fn fillings_keep_the_words_of_their_template() {
    let guidance = plain(GUIDANCE);
    let mut filled: BTreeMap<String, usize> = BTreeMap::new();
    for (file, index, record) in all() {
        let Some(template) = record.template.as_deref().map(plain) else { continue };
        assert!(guidance.contains(&template), "{file}, record {index}: {template}");
        let known = PLAYBOOK.status(&record.status).unwrap();
        assert!(known.templates.contains(&template), "{file}, record {index}: {template}");
        let mut rest = plain(&record.note);
        for words in template.split(['[', ']']).step_by(2) {
            let at = rest.find(words).unwrap_or_else(|| panic!("{file}, record {index}: `{words}` is missing"));
            rest = rest.split_off(at + words.len());
        }
        assert_eq!(rest, "", "{file}, record {index}");
        if record.expected_grade == Grade::Great {
            *filled.entry(template).or_default() += 1;
        }
    }
    for template in PLAYBOOK.statuses.iter().flat_map(|status| &status.templates) {
        let least = if template.contains('[') { 3 } else { 1 };
        assert!(filled.get(template).is_some_and(|count| *count >= least), "{template}: too few fillings");
    }
}

#[test]
fn templates_with_open_slots_are_among_the_poor() {
    let open = |template: &&String| template.contains('[');
    for template in PLAYBOOK.statuses.iter().flat_map(|status| &status.templates).filter(open) {
        let is_there = |record: &Expected| plain(&record.note) == *template && record.expected_grade == Grade::Poor;
        assert!(all().any(|(_, _, record)| is_there(record)), "{template}");
    }
}

#[test]
fn the_refresh_summary_of_the_guidance_is_sound() {
    let path = folder().join("refresh-summary.yaml");
    let text = fs::read_to_string(&path).unwrap();
    for entry in
        ["03/27/2020| Celia Kennedy| General Maintenance", "10/01/2019| Celia Kennedy| Partner Playbook Updated"]
    {
        assert!(GUIDANCE.contains(entry));
        entry.split('|').for_each(|cell| assert!(text.contains(cell.trim()), "{cell}"));
    }
    let run = Project::with("a.yaml", text).run(&["check", "--no-config", "--today", TODAY, "--format", "json"]);
    assert_eq!(run.quiet_code(), 0);
    assert_eq!(run.json()["records"][0]["findings"], serde_json::json!([]));
}
