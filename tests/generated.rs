//! The reader on notes that a generator made: a gate that blocks plain, well-formed notes is switched off.
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect has to stop")]

use notegate::eval::grade_note;
use notegate::grade::Grade;
use notegate::playbook::Playbook;
use notegate::record::Heading;
use serde::Deserialize;
use std::fs;

#[derive(Deserialize)]
struct Made {
    id: String,
    /// `good`, or the fault that was put in.
    kind: String,
    status: String,
    workload: String,
    customer: String,
    note: String,
}

/// At most so many of a kind are graded otherwise than they should be: good notes as poor, faulty ones as not poor.
const CEILINGS: [(&str, usize, usize); 7] = [
    ("good", 600, 2),
    ("contradicts", 40, 2),
    ("copied", 40, 7),
    ("engagement-only", 40, 0),
    ("ftc-declined", 40, 0),
    ("no-reason", 40, 0),
    ("vague", 40, 0),
];

fn made() -> Vec<Made> {
    let path = format!("{}/fixtures/generated/notes.jsonl", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn good_notes_pass_and_faulty_ones_do_not() {
    let playbook = Playbook::built_in();
    let notes = made();
    let is_wrong = |made: &&Made| {
        let heading =
            Heading { customer: Some(&made.customer), workload: Some(&made.workload), status: Some(&made.status) };
        let poor = grade_note(&made.note, heading, &playbook).grade == Grade::Poor;
        poor == (made.kind == "good")
    };
    let mut over = Vec::new();
    for (kind, count, ceiling) in CEILINGS {
        let of_kind: Vec<&Made> = notes.iter().filter(|made| made.kind == kind).collect();
        assert_eq!(of_kind.len(), count, "{kind}");
        let wrong: Vec<&str> = of_kind.into_iter().filter(is_wrong).map(|made| made.id.as_str()).collect();
        if wrong.len() > ceiling {
            over.push(format!("{kind}: {} of {count}, at most {ceiling}: {}", wrong.len(), wrong.join(" ")));
        }
    }
    assert!(over.is_empty(), "{over:#?}");
}
