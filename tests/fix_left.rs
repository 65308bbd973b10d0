//! What `fix` mends of what `check` blocks, what it leaves to a person, and that its counts say so.
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect has to stop")]

mod support;

use std::fs;
use support::{Project, Run, TODAY};

const NOTE: &str = "Unable to deploy because the Palo Alto proxy drops UDP 3478.";
const ENTRY: &str = "refresh_summary:\n- {date: 2020-03-27, who_changed: Jo Bell, what_changed: Proxy tested}\n";

fn fix(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["fix", "--today", TODAY], arguments].concat())
}

fn text(project: &Project, path: &str) -> String {
    fs::read_to_string(project.path().join(path)).unwrap()
}

fn with_status(status: &str) -> String {
    format!("customer: Contoso\nworkload: Teams\nstatus: {status}\nnote: {NOTE}\n{ENTRY}")
}

#[test]
fn keys_in_the_plural_are_renamed_where_check_tells_their_right_names() {
    let right = with_status("Blocked");
    for keys in [
        ["customer", "workload", "Status", "notes"],
        ["customers", "workload", "Status", "notes"],
        ["Customer", "workloads", "status", "Notes"],
        ["customers", "workloads", "STATUS", "note"],
    ] {
        let [customer, workload, status, note] = keys;
        let written = format!("{customer}: Contoso\n{workload}: Teams\n{status}: Blocked\n{note}: {NOTE}\n{ENTRY}");
        let project = Project::with("a.yaml", &written);
        assert_eq!((project.check(&[]).code, fix(&project, &["--check"]).code), (1, 1), "{written}");
        let run = fix(&project, &[]);
        assert_eq!(run.quiet_code(), 0, "{}", run.transcript());
        assert_eq!(text(&project, "a.yaml"), right);
    }
}

/// Keys by other words for all four fields.
const KEYS: [&str; 4] = [
    "client product state comment",
    "account service state remarks",
    "company product state remark",
    "tenant product state comment",
];

#[test]
fn keys_that_a_person_has_to_judge_are_left_and_counted() {
    for keys in KEYS {
        let keys: Vec<&str> = keys.split(' ').collect();
        let [customer, workload, status, note] = keys.as_slice() else { panic!("{keys:?}") };
        let written = format!("{customer}: Contoso\n{workload}: Teams\n{status}: Blocked\n{note}: {NOTE}\n");
        let project = Project::with("a.yaml", &written);
        let report = project.check(&[]);
        assert!(report.code == 1 && report.stdout.contains("error[misplaced-record]"), "{}", report.transcript());
        let run = fix(&project, &["--check"]);
        assert_eq!(run.code, 1, "{}", run.transcript());
        assert!(run.stdout.ends_with("1 file: 0 to fix, 1 left to you\n"), "{}", run.transcript());
        let told =
            format!("only the writer knows whether `{customer}` is meant as the field `customer` [misplaced-record]");
        assert!(run.stderr.starts_with("notegate: a.yaml:1: ") && run.stderr.contains(&told), "{}", run.stderr);
    }
}

#[test]
fn a_slip_in_a_status_is_mended() {
    for (slip, status) in
        [("Blokced", "Blocked"), ("bloked", "Blocked"), ("Blockedd", "Blocked"), ("'Blovked'", "'Blocked'")]
    {
        let project = Project::with("a.yaml", with_status(slip));
        assert_eq!(fix(&project, &["--check"]).code, 1);
        let run = fix(&project, &[]);
        assert!(run.stdout.ends_with("1 file: 1 fixed in 1 file, 0 left to you\n"), "{}", run.transcript());
        assert_eq!(text(&project, "a.yaml"), with_status(status));
    }
    // A status that the note contradicts is not made a valid one behind the writer's back.
    let project = Project::with("a.yaml", with_status("In Progres"));
    let run = fix(&project, &[]);
    assert!(run.code == 1 && run.stdout.ends_with("0 fixed, 1 left to you\n"), "{}", run.transcript());
}

#[test]
fn a_status_that_may_mean_another_is_left_and_counted() {
    // What denies a status is near it by its letters.
    for status in ["Unblocked", "Intent", "Not Blocked", "Locked", "unknown", "Progress", "Parked", "Waiting"] {
        let project = Project::with("a.yaml", with_status(status));
        let run = fix(&project, &["--check"]);
        assert!(run.code == 1 && run.stdout.ends_with("0 to fix, 1 left to you\n"), "{}", run.transcript());
        assert!(run.stderr.contains("a.yaml:3: there is no status") && run.stderr.contains("only the writer knows w"));
        assert_eq!(fix(&project, &[]).code, 1);
        assert_eq!(text(&project, "a.yaml"), with_status(status));
    }
    // Two statuses of the team that differ in a digit are no slips of each other, nor is one that is near to both.
    let project = Project::with(
        "notegate.yaml",
        "playbook: {statuses: [{name: Stage 1, kind: blocked}, {name: Stage 2, kind: blocked}]}\n",
    );
    for status in ["Stage 3", "Stage", "Stage 12"] {
        project.write("a.yaml", with_status(status));
        assert_eq!(fix(&project, &[]).code, 1, "{status}");
        assert_eq!(text(&project, "a.yaml"), with_status(status));
    }
}

#[cfg(unix)]
#[test]
fn what_could_not_be_written_is_left_and_not_counted_as_fixed() {
    use std::os::unix::fs::PermissionsExt as _;
    let faulty = with_status("blocked").replace("customer", "Customer").replace("workload", "Workload");
    let project = Project::with("a.yaml", &faulty);
    let folder = project.path();
    fs::hard_link(folder.join("a.yaml"), folder.join("b.yaml")).unwrap();
    let counted = |run: &Run| run.stdout.lines().last().unwrap_or_default().to_owned();
    let run = fix(&project, &[]);
    assert_eq!((run.code, counted(&run).as_str()), (3, "2 files: 0 fixed, 6 left to you"), "{}", run.transcript());
    assert_eq!(run.stderr.matches("(a hard link)").count(), 2, "{}", run.stderr);
    assert_eq!((text(&project, "a.yaml"), text(&project, "b.yaml")), (faulty.clone(), faulty.clone()));
    // What is written beside them counts.
    project.write("c.yaml", &faulty);
    let run = fix(&project, &[]);
    assert_eq!((run.code, counted(&run).as_str()), (3, "3 files: 3 fixed in 1 file, 6 left to you"));
    // So it is with a file that is read-only.
    project.write("d.yaml", &faulty);
    fs::set_permissions(folder.join("d.yaml"), fs::Permissions::from_mode(0o444)).unwrap();
    assert_eq!(counted(&fix(&project, &["d.yaml"])), "1 file: 0 fixed, 3 left to you");
    // A dry run counts as the run itself.
    project.write("e.yaml", &faulty);
    for dry in ["--check", "--diff"] {
        let run = fix(&project, &[dry, "a.yaml", "b.yaml", "d.yaml", "e.yaml"]);
        let counted = format!("{}{}", run.stdout, run.stderr);
        assert!(counted.contains("4 files: 3 to fix in 1 file, 9 left to you\n"), "{}", run.transcript());
        assert!(run.code == 3 && run.stderr.matches("(a hard link)").count() == 2, "{}", run.transcript());
        assert!(!run.stdout.contains("a.yaml") && run.stdout.contains("e.yaml"), "{}", run.transcript());
    }
}
