//! The reader on the notes of `fixtures/own`: floors at what is reached, so that a change which costs agreement is
//! seen. The hard sets are kept for their misses: they are counted, not hidden.

#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect has to stop")]

use notegate::eval::{Labelled, grade_note};
use notegate::grade::Grade;
use notegate::playbook::Playbook;
use std::fs;

/// A file with how many of its notes must be told poor or not poor as people did, and how many great ones may be
/// blocked at most.
struct Floor {
    file: &'static str,
    notes: usize,
    block: usize,
    great_blocked: usize,
}

const FLOORS: [Floor; 14] = [
    Floor { file: "voices.jsonl", notes: 130, block: 128, great_blocked: 0 },
    Floor { file: "adversarial-1.jsonl", notes: 110, block: 105, great_blocked: 0 },
    Floor { file: "teams.jsonl", notes: 270, block: 263, great_blocked: 0 },
    Floor { file: "hard.jsonl", notes: 150, block: 124, great_blocked: 4 },
    Floor { file: "industries.jsonl", notes: 80, block: 77, great_blocked: 1 },
    Floor { file: "everyday.jsonl", notes: 240, block: 233, great_blocked: 0 },
    Floor { file: "adversarial-2.jsonl", notes: 120, block: 117, great_blocked: 0 },
    Floor { file: "wide.jsonl", notes: 750, block: 704, great_blocked: 3 },
    Floor { file: "pairs.jsonl", notes: 150, block: 106, great_blocked: 0 },
    Floor { file: "regions.jsonl", notes: 560, block: 516, great_blocked: 5 },
    Floor { file: "adversarial-3.jsonl", notes: 250, block: 224, great_blocked: 1 },
    Floor { file: "writers.jsonl", notes: 130, block: 123, great_blocked: 1 },
    Floor { file: "adversarial-4.jsonl", notes: 230, block: 202, great_blocked: 1 },
    Floor { file: "sealed.jsonl", notes: 460, block: 421, great_blocked: 6 },
];

fn notes(file: &str) -> Vec<Labelled> {
    let path = format!("{}/fixtures/own/{file}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_file_reaches_its_floor() {
    let playbook = Playbook::built_in();
    let mut short = Vec::new();
    for floor in FLOORS {
        let graded: Vec<(Labelled, Grade)> = notes(floor.file)
            .into_iter()
            .map(|note| {
                let grade = grade_note(&note.note, note.heading(), &playbook).grade;
                (note, grade)
            })
            .collect();
        assert_eq!(graded.len(), floor.notes, "{}", floor.file);
        let agree = |(note, grade): &&(Labelled, Grade)| (note.grade == Grade::Poor) == (*grade == Grade::Poor);
        let block = graded.iter().filter(agree).count();
        let great_blocked =
            graded.iter().filter(|(note, grade)| note.grade == Grade::Great && *grade == Grade::Poor).count();
        if block < floor.block || great_blocked > floor.great_blocked {
            short.push(format!("{}: {block} agree, {great_blocked} great blocked", floor.file));
        }
    }
    assert!(short.is_empty(), "{short:#?}");
}
