//! The second reader beside the rules, through the binary, and the weights that come with it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use notegate::eval::Lessons;
use notegate::playbook::Playbook;
use std::fs;
use std::path::Path;
use support::Project;

#[test]
fn the_weights_are_those_that_the_labelled_notes_teach() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let weights = Lessons::of_repository(root, &Playbook::built_in()).unwrap().weights();
    let shipped = fs::read(root.join("src/second_reader/weights.bin")).unwrap();
    assert!(
        weights == shipped,
        "the notes or the reading have changed: run cargo run --release --example train_second_reader"
    );
}

#[test]
fn it_blocks_what_the_rules_let_pass_and_can_be_switched_off() {
    let project = Project::with("off.yaml", "second_reader: off\n");
    for (status, note, rule) in [
        (
            "Duplicate/Invalid",
            "Clearly entered twice somewhere, so I set it to duplicate and moved on.",
            "missing-reason",
        ),
        (
            "No Intent",
            "Customer looked at it from every side and it simply is not the way they see themselves going.",
            "vague-reason",
        ),
    ] {
        let grade = |config: &[&str]| {
            let arguments = [&["grade", "--status", status, "--format", "json", note], config].concat();
            let record = project.run(&arguments).json()["records"][0].clone();
            let errors = record["findings"].as_array().unwrap().iter().filter(|finding| finding["severity"] == "error");
            let errors: Vec<String> = errors.map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect();
            (record["grade"].as_str().unwrap().to_owned(), record["confidence"].as_str().unwrap().to_owned(), errors)
        };
        assert_eq!(grade(&["--no-config"]), ("poor".to_owned(), "low".to_owned(), vec![rule.to_owned()]), "{note}");
        let (by_rules, confidence, errors) = grade(&["--config", "off.yaml"]);
        assert_eq!((by_rules.as_str(), confidence.as_str(), errors.len()), ("marginal", "high", 0), "{note}");
    }
}
