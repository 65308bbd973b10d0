//! The reader on the notes of `fixtures/own`: floors at what is reached, so that a change which costs agreement is
//! seen. The hard sets are kept for their misses: they are counted, not hidden.

#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect has to stop")]

use notegate::config::RuleLevels;
use notegate::eval::{Graders, Labelled, measure};
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

/// The floors of the rules alone: the second reader has learned from these notes.
const FLOORS: [Floor; 18] = [
    Floor { file: "adversarial-1.jsonl", notes: 110, block: 106, great_blocked: 0 },
    Floor { file: "adversarial-2.jsonl", notes: 120, block: 119, great_blocked: 0 },
    Floor { file: "adversarial-3.jsonl", notes: 250, block: 230, great_blocked: 1 },
    Floor { file: "adversarial-4.jsonl", notes: 230, block: 214, great_blocked: 1 },
    Floor { file: "contrast-1.jsonl", notes: 492, block: 396, great_blocked: 13 },
    Floor { file: "contrast-2.jsonl", notes: 492, block: 397, great_blocked: 17 },
    Floor { file: "everyday-2.jsonl", notes: 540, block: 468, great_blocked: 9 },
    Floor { file: "everyday.jsonl", notes: 240, block: 235, great_blocked: 0 },
    Floor { file: "hard.jsonl", notes: 150, block: 131, great_blocked: 4 },
    Floor { file: "industries.jsonl", notes: 80, block: 77, great_blocked: 1 },
    Floor { file: "opened-1.jsonl", notes: 460, block: 430, great_blocked: 7 },
    Floor { file: "opened-2.jsonl", notes: 618, block: 536, great_blocked: 20 },
    Floor { file: "pairs.jsonl", notes: 150, block: 112, great_blocked: 0 },
    Floor { file: "regions.jsonl", notes: 560, block: 530, great_blocked: 5 },
    Floor { file: "teams.jsonl", notes: 270, block: 265, great_blocked: 0 },
    Floor { file: "voices.jsonl", notes: 130, block: 128, great_blocked: 0 },
    Floor { file: "wide.jsonl", notes: 750, block: 711, great_blocked: 3 },
    Floor { file: "writers.jsonl", notes: 130, block: 126, great_blocked: 0 },
];

fn notes(file: &str) -> Vec<Labelled> {
    let path = format!("{}/fixtures/own/{file}", env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_file_reaches_its_floor() {
    let (playbook, levels) = (Playbook::built_in(), RuleLevels::default());
    let mut short = Vec::new();
    for floor in FLOORS {
        let counted = measure(&notes(floor.file), Graders { playbook: &playbook, levels: &levels, second: None });
        assert_eq!(counted.notes, floor.notes, "{}", floor.file);
        let (block, great_blocked) = (counted.block.count, counted.great_blocked.count);
        if block < floor.block || great_blocked > floor.great_blocked {
            short.push(format!("{}: {block} agree, {great_blocked} great blocked", floor.file));
        }
    }
    assert_eq!(short, [""; 0]);
}
