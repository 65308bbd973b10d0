//! `notegate new` on a terminal, as somebody runs it who knows nothing of YAML.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use rexpect::session::{PtySession, spawn_command};
use std::fs;
use std::process::Command;
use support::{Project, great};

/// How long an answer may take, in milliseconds; machines that run tests are busy.
const PATIENCE: u64 = 120_000;

/// A repository in which the person has a name.
fn repository() -> Project {
    let project = Project::new();
    project.git(&["init", "--quiet"]);
    project.git(&["config", "user.name", "Ann Lee"]);
    project.git(&["config", "user.email", "ann@example.com"]);
    project
}

fn new(project: &Project, arguments: &[&str]) -> PtySession {
    let mut command = support::notegate(project.path());
    command.arg("new").args(arguments).env("TERM", "xterm");
    spawn_command(command, Some(PATIENCE)).unwrap()
}

/// Waits for each question and gives the answer.
#[track_caller]
fn answer(session: &mut PtySession, answers: &[(&str, &str)]) {
    for (question, answer) in answers {
        session.exp_string(question).unwrap_or_else(|error| panic!("{question}: {error}"));
        session.send_line(answer).unwrap();
    }
}

/// How the program ended, after its last words.
fn end(mut session: PtySession) -> (String, i32) {
    let rest = session.exp_eof().unwrap();
    let status = status(&session);
    let code =
        status.strip_prefix("Exited(").and_then(|rest| rest.rsplit(", ").next()?.trim_end_matches(')').parse().ok());
    (rest.clone(), code.unwrap_or_else(|| panic!("{status} after {rest}")))
}

/// How the program ended: `Exited(Pid(7), 0)`. The type itself is private to the crate.
fn status(session: &PtySession) -> String {
    format!("{:?}", session.process().wait().unwrap())
}

#[test]
fn from_an_empty_folder_to_a_committed_great_note_in_three_commands() {
    let project = repository();
    // 1
    assert_eq!(project.run(&["install"]).code, 0);
    // 2
    let mut session = new(&project, &[]);
    answer(
        &mut session,
        &[
            ("Customer: ", "Contoso Ltd"),
            ("Workload: ", "Teams"),
            ("5  Duplicate/Invalid", "2"),
            ("in my own words", "2"),
            ("What is the main reason? Name the thing itself: ", "the Mitel PBX without SIP support"),
            ("because of the Mitel PBX without SIP support. (great so far)", ""),
            ("Which limitation is behind that? ", ""),
        ],
    );
    let (said, code) = end(session);
    assert_eq!(code, 0, "{said}");
    let next = said.lines().find_map(|line| line.trim().strip_prefix("Next: ")).unwrap().to_owned();
    assert_eq!(next, "git add notes/contoso-ltd.yaml && git commit -m 'Contoso Ltd / Teams: Blocked'");
    let written = fs::read_to_string(project.path().join("notes/contoso-ltd.yaml")).unwrap();
    let (before_day, after_day) = written.split_once("  - date: 20").unwrap();
    assert_eq!(
        before_day,
        "customer: Contoso Ltd\nworkload: Teams\nstatus: Blocked\nnote: Unable to deploy because of the Mitel PBX without SIP \
         support.\nrefresh_summary:\n"
    );
    let after_day = after_day.split_once('\n').unwrap().1;
    assert_eq!(after_day, "    who_changed: Ann Lee\n    what_changed: First note, recorded as Blocked\n");
    // 3
    let mut shell = Command::new("sh");
    support::scrub(&mut shell, project.path());
    let commit = shell.args(["-c", &next]).output().unwrap();
    let told = String::from_utf8_lossy(&commit.stderr).into_owned();
    assert!(commit.status.success() && told.contains("1 great"), "{told}{}", String::from_utf8_lossy(&commit.stdout));
    assert_eq!(project.git(&["log", "--format=%s"]), "Contoso Ltd / Teams: Blocked");
}

#[test]
fn all_slots_are_asked_before_an_answer_is_to_be_changed() {
    let project = repository();
    let mut session = new(&project, &["--customer", "Contoso", "--workload", "Yammer", "--status", "No Intent"]);
    answer(
        &mut session,
        &[
            ("in my own words", "1"),
            ("Name the thing itself: ", "various issues"),
            ("because of various issues. (poor so far)", "n/a"),
            ("is too vague to act on", ""),
            ("1  What is the main reason? Name the thing itself various issues", "1"),
            ("Name the thing itself: ", "They have a Slack contract until 2028."),
        ],
    );
    let (said, code) = end(session);
    assert!(code == 0 && said.contains("This is a great note."), "{said}");
    let written = fs::read_to_string(project.path().join("notes/contoso.yaml")).unwrap();
    let is_told = written.contains("intent to use Yammer because they have a Slack contract until 2028.\n");
    assert!(is_told && !written.contains("various"), "{written}");
}

#[test]
fn an_answer_with_a_finding_may_be_kept_while_it_is_not_poor() {
    let project = repository();
    let mut session = new(&project, &["--customer", "Contoso", "--workload", "Yammer", "--status", "Blocked"]);
    answer(
        &mut session,
        &[
            ("in my own words", "3"),
            ("Name the thing itself: ", "They pay Slack until 2028."),
            ("What has to be in place first? ", "none"),
            ("This is a marginal note.", ""),
            ("3  none of them: keep the note as it is", "3"),
        ],
    );
    let (said, code) = end(session);
    assert!(code == 0 && said.contains("a marginal note"), "{said}");
}

#[test]
fn a_poor_note_is_never_written() {
    let project = repository();
    let mut session =
        new(&project, &["--customer", "Contoso", "--workload", "Yammer", "--status", "Duplicate/Invalid"]);
    answer(
        &mut session,
        &[("Note: ", "duplicate"), ("Change this answer?", "n"), ("This note would not be accepted.", "2")],
    );
    let (said, code) = end(session);
    assert!(code == 1 && said.contains("the record was not written"), "{said}");
    assert!(!project.path().join("notes").exists());
}

#[test]
fn the_customer_that_is_known_is_offered() {
    let project = repository();
    project.write("notes/contoso.yaml", great());
    let mut session = new(&project, &["--status", "Blocked", "--reason", "the Mitel PBX without SIP support"]);
    answer(
        &mut session,
        &[
            ("Customer: ", "Contso"),
            ("Contoso is known (in notes/contoso.yaml:1): the same customer?", "y"),
            ("Workload: ", "Teams"),
        ],
    );
    let (said, code) = end(session);
    assert!(code == 0 && said.contains("notes/contoso.yaml:10: added Contoso / Teams (Blocked)"), "{said}");
}

#[test]
fn who_stops_writes_nothing() {
    let project = repository();
    let mut session = new(&project, &[]);
    answer(&mut session, &[("Customer: ", "Contoso")]);
    session.exp_string("Workload: ").unwrap();
    session.send_control('c').unwrap();
    session.flush().unwrap();
    session.exp_eof().unwrap();
    let status = status(&session);
    assert!(status.starts_with("Signaled"), "{status}");
    assert_eq!(fs::read_dir(project.path()).unwrap().count(), 1, "only .git");
}
