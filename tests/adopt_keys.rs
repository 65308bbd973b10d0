//! `adopt` knows a record by its keys: none is left out of the gate for what its status or its note says.
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect has to stop")]

mod support;

use std::fs;
use support::{Project, Run, TODAY};

const KNOWN: &str = "account: C\nproduct: Teams\nstate: Blocked\ncomment: tbd\n";

/// Six files of `known`, and one more for each of `more`.
fn beside(known: &str, more: &[&str]) -> (Project, Run, String) {
    let project = Project::new();
    (0..6).for_each(|at| _ = project.write(&format!("notes/{at}.yaml"), known));
    more.iter().enumerate().for_each(|(at, text)| _ = project.write(&format!("notes/more-{at}.yaml"), text));
    let run = project.run(&["adopt", "--today", TODAY]);
    let written = fs::read_to_string(project.path().join("notegate.yaml")).unwrap_or_default();
    (project, run, written)
}

#[test]
fn what_has_the_keys_that_were_found_is_a_record_whatever_it_says() {
    let by_value = "Mandant: C AG\nThema: Teams\nFarbe: Blocked\nText: They wait for the new firewall in Lyon.\n";
    let nested = "Konto: C\nprodukte:\n- {Produkt: Teams, Zustand: Blocked, Notiz: They wait for the new firewall.}\n";
    for (known, more) in [
        (KNOWN, "account: D\nproduct: Teams\nstate: Parked\ncomment: tbd\n"),
        (KNOWN, "account: D\nproduct: Own App\nstate: Parked\ncomment: ''\n"),
        (KNOWN, "account: D\nstate: 5\ncomment: x\nregion: EMEA\n"),
        (KNOWN, "- {account: D, product: Own App, comment: }\n"),
        (by_value, "Mandant: D\nThema: Own App\nFarbe: Geparkt\nText: tbd\n"),
        (nested, "Konto: D\nprodukte:\n- {Produkt: Own App, Zustand: Geparkt, Notiz: tbd}\n"),
    ] {
        let (project, run, written) = beside(known, &[more, more]);
        assert_eq!(run.code, 0, "{}", run.transcript());
        assert!(run.stdout.contains("8 records in 8 files, 0 without one."), "{more}{}", run.stdout);
        assert!(!written.contains("exclude") && !run.stdout.contains("Left out"), "{more}{written}");
        let checked = project.check(&["notes/more-0.yaml"]);
        assert_eq!(checked.code, 1, "the gate stops it: {}", checked.transcript());
    }
}

#[test]
fn what_lacks_one_of_the_keys_is_left_out_and_named() {
    let others = ["state: Parked\ncomment: tbd\n", "account: D\ncomment: tbd\n"];
    let (_, run, written) = beside(KNOWN, &["name: CI\non: push\n"]);
    assert!(written.contains("exclude:\n  - \"notes/more-0.yaml\"\n"), "{written}");
    let named = "Left out by `exclude`, as no record was found in 1 file:\n  notes/more-0.yaml\n\n";
    assert!(run.stdout.contains(named), "{}", run.stdout);
    for other in others {
        let (_, run, _) = beside(KNOWN, &[other]);
        assert!(run.stdout.contains(named), "{other}{}", run.stdout);
    }
}

#[test]
fn of_many_files_left_out_ten_are_named_and_the_rest_are_counted() {
    let project = Project::new();
    (0..20).for_each(|at| _ = project.write(&format!("notes/{at}.yaml"), KNOWN));
    (10..23).for_each(|at| _ = project.write(&format!("notes/x{at}.yaml"), "name: CI\non: push\n"));
    let run = project.run(&["adopt", "--today", TODAY]);
    let names: String = (10..20).map(|at| format!("  notes/x{at}.yaml\n")).collect();
    let expected = format!("Left out by `exclude`, as no record was found in 13 files:\n{names}  and 3 more\n");
    assert!(run.stdout.contains(&expected), "{}", run.stdout);
}

#[test]
fn keys_that_repeat_over_files_are_those_of_records_whatever_the_statuses_are() {
    for text in [
        "account: C\nproduct: Teams\nstate: Stuck\ncomment: tbd\n",
        "client: C\nservice: Exchange Online\nstage: Parked\nremarks: n/a\n",
        "Kunde: C\nProdukt: Teams\nStand: Geparkt\nBemerkung: offen\n",
        "account: C\nproduct: Own App\nstate: Stuck\ncomment: They wait for the new firewall.\n",
    ] {
        let project = Project::new();
        (0..3).for_each(|at| _ = project.write(&format!("notes/{at}.yaml"), text));
        let run = project.run(&["adopt", "--today", TODAY]);
        assert_eq!(run.code, 0, "{text}{}", run.transcript());
        assert!(run.stdout.contains("3 records in 3 files, 0 without one."), "{}", run.stdout);
        assert!(run.stdout.contains("of your own: "), "{}", run.stdout);
        let written = fs::read_to_string(project.path().join("notegate.yaml")).unwrap();
        let status = text.lines().nth(2).and_then(|line| line.split(": ").nth(1)).unwrap();
        assert!(written.contains(&format!("name: {status}")), "{written}");
    }
    // Two are no habit, a field is missing, or nothing speaks of a deployment.
    for (text, files) in [
        ("account: C\nproduct: Teams\nstate: Stuck\ncomment: tbd\n", 2),
        ("account: C\nstate: open\ncomment: tbd\n", 3),
        ("account: C\nproduct: Shoes\nstate: paid\ncomment: tbd\n", 3),
    ] {
        let project = Project::new();
        (0..files).for_each(|at| _ = project.write(&format!("notes/{at}.yaml"), text));
        assert_eq!(project.run(&["adopt", "--today", TODAY]).code, 2, "{text}");
    }
}

#[test]
fn fields_a_level_down_are_named_with_what_to_do() {
    let nested = |number: usize| {
        format!(
            "opportunity: {{customer: Customer {number}}}\nworkload: Teams\nstatus: Blocked\nnote: Unable to deploy because of \
             Mitel PBX {number} without SIP support.\n"
        )
    };
    let project = Project::new();
    for number in 0..5 {
        project.write(&format!("notes/{number}.yaml"), nested(number));
    }
    let run = project.run(&["adopt"]);
    let said = format!("{}{}", run.stdout, run.stderr);
    assert!(
        said.contains("5 groups keep fields a level down, under `opportunity`, where they are not read")
            && said.contains("Move these fields up, beside the note: no setting reaches them where they are."),
        "{}",
        run.transcript()
    );
}
