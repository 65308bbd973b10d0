//! `check --shard`: the parts of a run say together what the whole run says.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use serde_json::Value;
use std::collections::BTreeMap;
use support::{Project, TODAY, great, poor, record};

/// A repository with every kind of fault that is about several files, and some that are about one.
fn project() -> Project {
    let project = Project::new();
    project.git(&["init", "--quiet"]);
    let note = "Customer will not deploy because the Avaya gateway in Lyon lacks SIP.";
    for (number, workload) in
        ["Yammer", "Intune", "Exchange Online", "Microsoft Teams", "SharePoint Online"].iter().enumerate()
    {
        project.write(&format!("c/{workload}.yaml"), record("Contoso", workload, "Blocked", note));
        project.write(
            &format!("copy-{number}.yaml"),
            record("Contoso", workload, "Blocked", &note.replace("Lyon", "Graz")),
        );
        let dutch = "Klant heeft geen interesse in de dienst want er zijn verschillende problemen met het netwerk.";
        project.write(&format!("nl/{number}.yaml"), record("Adatum", workload, "Blocked", dutch));
    }
    project.write("poor.yaml", poor());
    project.write("broken.yaml", "customer: [");
    project.write("other.yaml", "a: b\n");
    project.write("many.yaml", [great(), poor(), great()].join("---\n"));
    project.write("notegate.yaml", "rules: {hedging: error}\n");
    project.git(&["add", "--all"]);
    project.git(&["commit", "--quiet", "-m", "begin"]);
    project
}

/// A change to the repository: records that are added, edited, copied, moved and taken away.
fn change(project: &Project) {
    for number in 0..6 {
        let customer = if number % 2 == 0 { "Contoso" } else { "Litware" };
        project.write(&format!("new/{number}.yaml"), great().replace("Contoso", customer));
    }
    project.write("copy-0.yaml", poor());
    std::fs::rename(project.path().join("copy-1.yaml"), project.path().join("moved.yaml")).unwrap();
    std::fs::remove_file(project.path().join("copy-2.yaml")).unwrap();
    project.write("many.yaml", [great(), poor().replace("right now", "now"), great()].join("---\n"));
    project.git(&["add", "--all"]);
}

/// What a run, or several, said: every record and every finding of a file with its place, sorted; and the sums of the counts.
fn said(reports: &[Value]) -> (Vec<String>, BTreeMap<String, u64>) {
    let (mut lines, mut sums) = (Vec::new(), BTreeMap::new());
    for report in reports {
        let all = report["records"].as_array().unwrap().iter().chain(report["files"].as_array().unwrap());
        lines.extend(all.map(Value::to_string));
        for (key, count) in report["summary"].as_object().unwrap() {
            *sums.entry(key.clone()).or_default() += count.as_u64().unwrap();
        }
    }
    lines.sort();
    (lines, sums)
}

/// How a run, or a part of it, ends, and its report.
fn run(project: &Project, arguments: &[&str], part: Option<&str>) -> (i32, Value) {
    let shard: Vec<&str> = part.iter().flat_map(|part| ["--shard", part]).collect();
    let ended = project.run(&[&["check", "--today", TODAY, "--format", "json"], arguments, &shard].concat());
    (ended.code, ended.json())
}

/// Compares the whole run with its parts.
#[track_caller]
fn same_in_parts(project: &Project, arguments: &[&str]) -> (Vec<String>, BTreeMap<String, u64>) {
    let whole = run(project, arguments, None);
    let whole = said(&[whole.1]);
    for count in [1, 2, 5] {
        let parts = (1..=count).map(|number| format!("{number}/{count}"));
        let runs: Vec<(i32, Value)> = parts.map(|part| run(project, arguments, Some(&part))).collect();
        for (code, report) in &runs {
            assert_eq!(*code, i32::from(report["summary"]["blocked"].as_u64().unwrap() > 0), "{report}");
        }
        let reports: Vec<Value> = runs.into_iter().map(|(_, report)| report).collect();
        assert_eq!(said(&reports), whole, "{arguments:?} in {count} parts");
    }
    whole
}

#[test]
fn the_parts_say_together_what_the_whole_run_says() {
    let project = project();
    let (lines, sums) = same_in_parts(&project, &[]);
    let count = |rule: &str| lines.iter().filter(|line| line.contains(&format!("\"rule\":\"{rule}\""))).count();
    assert!(count("copied-note") > 3 && count("duplicate-record") > 5 && count("not-english") == 5, "{lines:#?}");
    assert_eq!((count("unreadable"), sums["files"], sums["skipped"]), (1, 19, 1));
    same_in_parts(&project, &["--rev", "HEAD"]);
    same_in_parts(&project, &["c", "poor.yaml", "many.yaml"]);
}

#[test]
fn so_do_the_parts_of_a_change() {
    let project = project();
    change(&project);
    let (lines, sums) = same_in_parts(&project, &["--staged"]);
    assert!(lines.iter().any(|line| line.contains("duplicate-record")), "{lines:#?}");
    assert!(sums["records"] > 5 && sums["skipped"] > 1, "{sums:?}");
    same_in_parts(&project, &["--staged", "--all-records"]);
    project.git(&["commit", "--quiet", "-m", "change"]);
    assert_eq!(same_in_parts(&project, &["--from", "HEAD^"]).0.len(), lines.len());
    same_in_parts(&project, &["--from", "HEAD^", "--all-records"]);
}

#[test]
fn standard_input_belongs_to_one_part() {
    let project = Project::new();
    let arguments = ["check", "-", "--stdin-filename", "notes/a.yaml", "--today", TODAY, "--format", "json"];
    let records = |part: &str| {
        let run = project.run_with(&[&arguments[..], &["--shard", part]].concat(), great().as_bytes(), &[]);
        run.json()["summary"]["records"].as_u64().unwrap()
    };
    let counts: Vec<u64> = ["1/3", "2/3", "3/3"].map(records).into_iter().collect();
    assert_eq!(counts.iter().sum::<u64>(), 1, "{counts:?}");
}

#[test]
fn the_files_of_a_part_are_listed_and_no_part_moves() {
    let project = project();
    let listed = |part: &str| {
        let run = project.check(&["--list-files", "--shard", part]);
        assert_eq!(run.quiet_code(), 0);
        run.stdout.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    // The hash is in docs/ci.md for other programs to compute, so these never change.
    assert_eq!(listed("1/4"), ["c/Microsoft Teams.yaml", "c/SharePoint Online.yaml", "copy-2.yaml", "nl/1.yaml"]);
    let all: usize = ["1/4", "2/4", "3/4", "4/4"].map(|part| listed(part).len()).into_iter().sum();
    assert_eq!(all, project.check(&["--list-files"]).stdout.lines().count());
}

#[test]
fn a_wrong_part_is_told() {
    for (part, words) in [
        ("0/4", "parts count from 1: the first of 4 is 1/4"),
        ("5/4", "there is no part 5 of 4"),
        ("a/b", "such as 1/4"),
        ("3", "such as 1/4"),
        ("1/0", "at least one part"),
    ] {
        let run = Project::new().check(&["--shard", part]);
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.transcript());
        assert!(run.stderr.contains(words), "{part}: {}", run.stderr);
    }
}

#[test]
fn the_overview_of_all_parts_is_that_of_one_run() {
    let project = project();
    let overview = |arguments: &[&str]| {
        let report = project.run(&[&["report", "--today", TODAY, "--format", "json"], arguments].concat());
        let mut overview = report.json();
        overview["source"] = Value::Null;
        overview
    };
    let files: Vec<String> = (1..=3).map(|number| format!("part-{number}.json")).collect();
    for (number, file) in files.iter().enumerate() {
        let part = format!("{}/3", number + 1);
        project.check(&["--format", "json", "--quiet", "--shard", &part, "--output", file]);
    }
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    assert_eq!(overview(&[&["--merge"], files.as_slice()].concat()), overview(&[]));
}
