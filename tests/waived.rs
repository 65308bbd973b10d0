//! A waiver takes away the block and nothing else: the note keeps its grade, and every output says that it is waived.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use support::{Project, record};

/// A record whose note breaks `rules`, each of which it waives.
fn waived(note: &str, rules: &[&str]) -> String {
    let waivers: String =
        rules.iter().map(|rule| format!("  - {{rule: {rule}, reason: legal asked for this wording}}\n")).collect();
    record("Contoso", "Exchange Online", "Blocked", note) + "waivers:\n" + &waivers
}

/// Each note with its grade and the rules that report it.
const NOTES: [(&str, &str, &[&str]); 6] = [
    ("''", "poor", &["blank-note"]),
    ("", "poor", &["blank-note"]),
    ("n/a", "poor", &["blank-note"]),
    ("'5'", "poor", &["blank-note"]),
    ("TBD", "poor", &["placeholder"]),
    (
        "Unable to deploy because the Palo Alto PA-220 firewall probably drops SMTP traffic on port 25.",
        "marginal",
        &["hedging"],
    ),
];

#[test]
fn the_grade_is_that_of_the_note_in_every_output() {
    for (note, grade, rules) in NOTES {
        let project = Project::with("a.yaml", waived(note, rules));
        let run = project.check(&["--format", "json"]);
        assert_eq!(run.quiet_code(), 0, "{note:?}: not blocked");
        let report = run.json();
        let record = &report["records"][0];
        assert_eq!(record["grade"], grade, "{note:?}");
        assert_eq!(record["blocked"], false);
        assert_eq!(record["findings"][0]["waived"], true);
        let summary = &report["summary"];
        let count = |of: &str| u64::from(of == grade);
        assert_eq!(summary["great"], 0, "{note:?}");
        assert_eq!(summary["marginal"], count("marginal"));
        assert_eq!(summary["poor"], count("poor"));
        assert_eq!((&summary["blocked"], &summary["waived"]), (&0.into(), &1.into()));

        let people = project.check(&["-v"]);
        assert_eq!(people.quiet_code(), 0);
        assert!(people.stdout.contains(&format!("→ {grade}, waived\n")), "{}", people.transcript());
        let counts = format!("{} marginal, {} poor; 0 blocked, 1 waived\n", count("marginal"), count("poor"));
        assert!(people.stdout.ends_with(&format!("1 record: 0 great, {counts}")), "{}", people.transcript());
    }
}

#[test]
fn fail_on_marginal_does_not_block_what_is_waived() {
    let (note, _, rules) = NOTES[5];
    let project = Project::with("a.yaml", waived(note, rules));
    assert_eq!(project.check(&["--fail-on", "marginal"]).quiet_code(), 0);
}

#[test]
fn what_is_waived_is_not_explained_as_blocked() {
    let (poor, marginal) = (&NOTES[4], &NOTES[5]);
    let project = Project::with("a.yaml", waived(poor.0, poor.2));
    let run = project.check(&[]);
    assert!(!run.stdout.contains("Blocked:"), "{}", run.transcript());
    // A waived poor note does not stand in for the marginal one that is blocked.
    project.write("b.yaml", record("Fabrikam", "Exchange Online", "Blocked", marginal.0));
    let run = project.check(&["--fail-on", "marginal"]);
    assert_eq!(run.quiet_code(), 1);
    assert!(run.stdout.contains("→ marginal, blocked\n"), "{}", run.transcript());
    let end = "Blocked: 1 for the note.\n2 files, 2 records: 0 great, 1 marginal, 1 poor; 1 blocked, 1 waived\n";
    assert!(run.stdout.ends_with(end), "{}", run.transcript());
    // Nor is a waived note the cause when something beside it blocks the record.
    let (before, after) =
        waived(poor.0, poor.2).split_once("refresh_summary").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let waivers = after.split_once("waivers:").unwrap().1.to_owned();
    let project = Project::with("a.yaml", format!("{before}waivers:{waivers}"));
    let run = project.check(&[]);
    assert!(run.stdout.contains("→ poor, blocked by missing-field\n"), "{}", run.transcript());
    assert!(run.stdout.contains("Blocked: 0 for the note, 1 for another error.\n"), "{}", run.transcript());
}

#[test]
fn what_no_waiver_names_still_blocks() {
    let (note, _, _) = NOTES[0];
    let project = Project::with("a.yaml", waived(note, &["hedging"]));
    let run = project.check(&["--format", "json"]);
    assert_eq!((run.quiet_code(), run.json()["records"][0]["grade"].as_str()), (1, Some("poor")));
}

#[test]
fn a_waiver_whose_reason_is_none_takes_away_nothing() {
    for reason in ["TBD", "'.'", "needed", "because of various reasons", "'5'", "see above", "\"\\u2800\""] {
        let text = waived("''", &["blank-note"]).replace("legal asked for this wording", reason);
        let run = Project::with("a.yaml", text).check(&["--format", "json"]);
        assert_eq!(run.quiet_code(), 1, "{reason}");
        let report = run.json();
        let rules: Vec<&str> =
            report["records"][0]["findings"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect();
        assert_eq!(rules, ["blank-note", "waiver-invalid"], "{reason}");
        assert_eq!(report["summary"]["waived"], 0);
    }
}
