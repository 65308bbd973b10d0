//! `notegate fix`, as a writer runs it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use std::fs;
use support::{Project, Run, TODAY};

fn fix(project: &Project, arguments: &[&str]) -> Run {
    project.run(&[&["fix", "--today", TODAY], arguments].concat())
}

fn text(project: &Project, path: &str) -> String {
    fs::read_to_string(project.path().join(path)).unwrap()
}

const NOTE: &str = "Unable to deploy because the Palo Alto proxy drops UDP 3478.";

/// A record with every fault that is mended, and the same without them.
const FAULTY: &str = "customer: Contoso # the parent\nWorkload: Teams\nstauts: in_progress\nnote: >-\n  Onboarding  \
                      underway, focusing on the mail\u{200b}box\n  pilot with the finance\u{a0}team.\nrefresh_summary:\n  - \
                      date: 27/03/2020 # first\n    who_changed: Jo Bell\n    what_changed: Pilot named\n\n  - date: \
                      'March 5, 2021'\n    who_changed: Jo Bell\n    what_changed: Pilot grew\n# end\n";

const MENDED: &str = "customer: Contoso # the parent\nworkload: Teams\nstatus: In Progress\nnote: >-\n  Onboarding underway, \
                      focusing on the mailbox\n  pilot with the finance team.\nrefresh_summary:\n  - date: \
                      '2021-03-05'\n    who_changed: Jo Bell\n    what_changed: Pilot grew\n\n  - date: 2020-03-27 # first\n    \
                      who_changed: Jo Bell\n    what_changed: Pilot named\n# end\n";

#[test]
fn what_needs_no_words_is_mended() {
    let project = Project::with("a.yaml", FAULTY);
    let checked = fix(&project, &["--check"]);
    assert_eq!((checked.quiet_code(), text(&project, "a.yaml").as_str()), (1, FAULTY));
    assert!(checked.stdout.ends_with("1 file: 8 to fix in 1 file, 0 left to you\n"), "{}", checked.stdout);
    let run = fix(&project, &[]);
    assert_eq!(
        run.transcript(),
        "exit code: 0\n--- stdout\na.yaml:2: `Workload` looks like a misspelling of `workload`, which is missing \
         [misspelt-field]\na.yaml:3: `stauts` looks like a misspelling of `status`, which is missing \
         [misspelt-field]\na.yaml:5: `note` contains 2 invisible characters, the first of them a zero-width space (U+200B) \
         [invisible-characters]\na.yaml:8: `27/03/2020` is not a valid date [refresh-date]\na.yaml:12: `March 5, 2021` is not \
         a valid date [refresh-date]\na.yaml:3: the status is usually written `In Progress` [status-spelling]\na.yaml:5: \
         `note` has two or more spaces between two words [double-space]\na.yaml:12: the entry of 2021-03-05 is below the older \
         one of 2020-03-27 [refresh-order]\n1 file: 8 fixed in 1 file, 0 left to you\n--- stderr\n"
    );
    assert_eq!(text(&project, "a.yaml"), MENDED);
    let again = fix(&project, &["--check"]);
    assert_eq!(again.transcript(), "exit code: 0\n--- stdout\n1 file: 0 to fix, 0 left to you\n--- stderr\n");
}

#[test]
fn other_line_endings_and_a_byte_order_mark_stay() {
    let windows = |text: &str| format!("\u{feff}{}", text.trim_end().replace('\n', "\r\n"));
    let project = Project::with("a.yaml", windows(FAULTY));
    assert_eq!(fix(&project, &[]).quiet_code(), 0);
    assert_eq!(text(&project, "a.yaml"), windows(MENDED));
}

#[test]
fn a_diff_shows_the_change_and_writes_nothing() {
    let before = format!(
        "customer: Contoso\nworkload: Teams\nstatus: blocked\nnote: {NOTE}\nrefresh_summary:\n- {{date: 2020-03-27, who_changed: Jo Bell, what_changed: Proxy tested}}\n"
    );
    let project = Project::with("sub/a.yaml", &before);
    let run = fix(&project, &["--diff", "sub"]);
    assert_eq!(
        run.stdout,
        format!(
            "--- a/sub/a.yaml\n+++ b/sub/a.yaml\n@@ -1,6 +1,6 @@\n customer: Contoso\n workload: Teams\n-status: blocked\n+status: \
                 Blocked\n note: {NOTE}\n refresh_summary:\n - {{date: 2020-03-27, who_changed: Jo Bell, what_changed: Proxy tested}}\n"
        )
    );
    assert_eq!((run.code, run.stderr.as_str()), (0, "1 file: 1 to fix in 1 file, 0 left to you\n"));
    assert_eq!(fix(&project, &["--diff", "--check"]).code, 1);
    assert_eq!(text(&project, "sub/a.yaml"), before);
}

#[test]
fn capitalised_keys_of_a_whole_record_are_renamed() {
    let record = format!(
        "- Customer: Contoso\n  WORKLOAD: Teams\n  Status: Blocked\n  Note: {NOTE}\n- Customer: Contoso\n  Workload: Yammer\n  Status: no_intent\n  Note: They use Slack until the contract ends in 2028.\n"
    );
    let project = Project::with("a.yaml", &record);
    assert_eq!(project.check(&[]).code, 1);
    let run = fix(&project, &["-m", "Keys corrected for the gate", "--who", "Ann Lee"]);
    assert_eq!(run.quiet_code(), 0, "{}", run.transcript());
    let entry = "  refresh_summary:\n    - date: 2026-06-30\n      who_changed: Ann Lee\n      what_changed: Keys corrected for the gate\n";
    assert_eq!(
        text(&project, "a.yaml"),
        format!(
            "- customer: Contoso\n  workload: Teams\n  status: Blocked\n  note: {NOTE}\n{entry}- customer: Contoso\n  workload: Yammer\n  status: No Intent\n  note: They use Slack until the contract ends in 2028.\n{entry}"
        )
    );
    assert_eq!(project.check(&[]).code, 0);
}

#[test]
fn a_missing_entry_is_added_with_a_message_only() {
    let bare = format!("customer: Contoso\nworkload: Teams\nstatus: Blocked\nnote: {NOTE}\n");
    let project = Project::with("a.yaml", &bare);
    assert_eq!(fix(&project, &[]).stdout, "1 file: 0 to fix, 0 left to you\n".replace("to fix", "fixed"));
    assert_eq!(text(&project, "a.yaml"), bare);
    for message in ["", "TBD", "updated"] {
        let run = fix(&project, &["-m", message]);
        assert!(run.code == 2 && run.stderr.contains("the message does not say what changed"), "{}", run.transcript());
    }
    let run = fix(&project, &["-m", "First review with the network team", "--who", "Ann Lee"]);
    assert_eq!(run.quiet_code(), 0);
    assert!(
        run.stdout.starts_with("a.yaml:1: the record has no `refresh_summary` [missing-field]\n"),
        "{}",
        run.stdout
    );
    assert_eq!(project.check(&[]).code, 0);
}

#[test]
fn what_is_not_mended_is_said_with_its_place_and_reason() {
    let date = |date: &str| {
        format!(
            "customer: Contoso\nworkload: Teams\nstatus: Blocked\nnote: {NOTE}\nrefresh_summary:\n- {{date: {date}, who_changed: Jo Bell, what_changed: Proxy tested}}\n"
        )
    };
    let two = "may mean 2026-03-04 or 2026-04-03, and only the writer knows which";
    for (file, expected) in [
        (date("03/04/2026"), format!("a.yaml:6: the date `03/04/2026` is not written as year, month and day; not fixed, because `03/04/2026` {two} [date-form]")),
        (date("3.4.2026"), format!("a.yaml:6: `3.4.2026` is not a valid date; not fixed, because `3.4.2026` {two} [refresh-date]")),
        (format!("customer: Contoso\nworkload: &w Teams\nstatus: blocked\nnote: {NOTE}\n"), "a.yaml:2: the status is usually written `Blocked`; not fixed, because the record contains an anchor (`&`), so a change here may change other records [status-spelling]".to_owned()),
        (format!("customer: Contoso\nworkload:\tTeams\nstatus: blocked\nnote: {NOTE}\n"), "a.yaml:2: the status is usually written `Blocked`; not fixed, because the record contains a tab".to_owned()),
        (format!("customer: Contoso\nworkload: Teams\nstatus: blocked\nnote: {NOTE}\nnote: b\n"), "a.yaml:5: the file cannot be read in full".to_owned()),
        (format!("status: blocked\ncustomer: Contoso\nentitlements:\n- workload: Teams\n  note: {NOTE}\n"), "a.yaml:1: the status is usually written `Blocked`; not fixed, because".to_owned()),
    ] {
        let project = Project::with("a.yaml", &file);
        let run = fix(&project, &[]);
        assert!(run.code == 1 && run.stderr.contains(&expected), "{expected}\n{}", run.transcript());
        assert!(run.stdout.ends_with("1 left to you\n"), "{}", run.stdout);
        assert_eq!(text(&project, "a.yaml"), file);
    }
    // What no rule calls mechanical is left alone in silence: `check` is there for that.
    for quiet in [date("soon"), date("03/27/20"), date("2026-02-30"), date("0026-03-04")] {
        let project = Project::with("a.yaml", &quiet);
        let run = fix(&project, &[]);
        assert_eq!((run.quiet_code(), text(&project, "a.yaml")), (0, quiet));
    }
}

#[test]
fn the_order_is_not_guessed_from_a_date_that_may_mean_two_days() {
    let file = |second: &str| {
        format!(
            "customer: Contoso\nworkload: Teams\nstatus: Blocked\nnote: {NOTE}\nrefresh_summary:\n- {{date: 2026-01-15, who_changed: Jo Bell, what_changed: Proxy tested}}\n- {{date: {second}, who_changed: Jo Bell, what_changed: Proxy tested again}}\n"
        )
    };
    let project = Project::with("a.yaml", file("02/01/2026"));
    let run = fix(&project, &[]);
    assert!(
        run.stderr.contains("not fixed, because the order depends on a date that may mean two days [refresh-order]"),
        "{}",
        run.transcript()
    );
    assert_eq!(text(&project, "a.yaml"), file("02/01/2026"));
    // Here it does not depend on it.
    project.write("a.yaml", file("03/04/2026"));
    let run = fix(&project, &[]);
    assert!(run.code == 1 && run.stdout.contains("[refresh-order]"), "{}", run.transcript());
}

#[test]
fn what_a_team_switched_off_or_waived_is_left_alone() {
    let record = "customer: Contoso\nworkload: Teams\nstatus: blocked\nnote: Onboarding  underway, focusing on the pilot with the finance team.\nwaivers: [{rule: status-spelling, reason: The export of the CRM writes it so.}]\n";
    let project = Project::with("a.yaml", record);
    project.write("notegate.yaml", "rules: {double-space: off}\n");
    assert_eq!(fix(&project, &["--check"]).stdout, "1 file: 0 to fix, 0 left to you\n");
    project.write("notegate.yaml", "exclude: [a.yaml]\n");
    assert_eq!(fix(&project, &["--check"]).stdout, "0 files: 0 to fix, 0 left to you\n");
    assert_eq!(fix(&project, &["--check", "a.yaml"]).code, 1);
    assert_eq!(fix(&project, &["--check", "--force-exclude", "a.yaml"]).code, 0);
}

#[test]
fn the_names_of_the_configuration_are_the_right_ones() {
    let project = Project::with("notegate.yaml", "fields: {note: status_note, status: state}\n");
    project.write("a.yaml", format!("customer: Contoso\nworkload: Teams\nState: blocked\nstatus-note: {NOTE}\n"));
    assert_eq!(fix(&project, &[]).quiet_code(), 0);
    assert_eq!(
        text(&project, "a.yaml"),
        format!("customer: Contoso\nworkload: Teams\nstate: Blocked\nstatus_note: {NOTE}\n")
    );
}

#[test]
fn check_says_what_fix_can_do() {
    let project =
        Project::with("a.yaml", format!("customer: Contoso\nworkload: Teams\nStatus: Blocked\nnote: {NOTE}\n"));
    let report = project.check(&[]).stdout;
    assert!(report.contains("Rename the key to `status`.\n  = help: `notegate fix` can do this\n"), "{report}");
    assert!(report.contains("= help: `notegate refresh a.yaml -m \"what you did\"` can write the entry\n"), "{report}");
    project.write("a.yaml", format!("customer: Contoso\nworkload: &w Teams\nStatus: Blocked\nnote: {NOTE}\n"));
    let report = project.check(&[]).stdout;
    assert!(!report.contains("notegate fix") && !report.contains("notegate refresh"), "{report}");
}

#[test]
fn ordinary_files_and_empty_ones_are_left_alone() {
    let project = Project::with("a.yaml", "");
    project.write("b.yaml", "# nothing\n");
    project.write("c.yaml", "Note: see the wiki\njobs: {build: {Status: ok}}\n");
    let run = fix(&project, &[]);
    assert_eq!(run.transcript(), "exit code: 0\n--- stdout\n3 files: 0 fixed, 0 left to you\n--- stderr\n");
    let none = fix(&project, &["none.yaml"]);
    assert_eq!(none.code, 2, "{}", none.transcript());
}

#[cfg(unix)]
#[test]
fn links_and_read_only_files_are_not_written() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let project = Project::with("a.yaml", FAULTY);
    symlink("a.yaml", project.path().join("link.yaml")).unwrap();
    let run = fix(&project, &["link.yaml"]);
    assert!(run.code == 3 && run.stderr.contains("link.yaml: this is a symbolic link"), "{}", run.transcript());
    fs::set_permissions(project.path().join("a.yaml"), fs::Permissions::from_mode(0o444)).unwrap();
    let run = fix(&project, &["a.yaml"]);
    assert!(run.code == 3 && run.stderr.contains("a.yaml: the file is read-only"), "{}", run.transcript());
    assert_eq!(text(&project, "a.yaml"), FAULTY);
}

#[cfg(unix)]
#[test]
fn a_run_that_is_killed_leaves_every_file_whole() {
    use std::io::Read as _;
    let project = Project::new();
    let name = |number: usize| format!("{number:03}.yaml");
    for number in 0..300 {
        project.write(&name(number), FAULTY);
    }
    let mut command = support::notegate(project.path());
    let mut child = command.args(["fix", "--today", TODAY]).stdout(std::process::Stdio::piped()).spawn().unwrap();
    // The run is at work as soon as it has written something.
    let mut output = child.stdout.take().unwrap();
    output.read_exact(&mut [0; 1]).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    let mended = (0..300).filter(|number| text(&project, &name(*number)) == MENDED).count();
    let untouched = (0..300).filter(|number| text(&project, &name(*number)) == FAULTY).count();
    assert_eq!(mended + untouched, 300, "{mended} mended, {untouched} untouched");
    assert!(mended >= 1, "the run was killed before it did anything");
    let left = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(".notegate-edit-");
    let drafts = fs::read_dir(project.path()).unwrap().map(Result::unwrap).filter(left).count();
    assert!(drafts <= 1, "{drafts}");
}
