//! `notegate refresh`, as a writer runs it.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use std::fs;
use support::{Project, Run, TODAY, record};

const NOTE: &str = "Unable to deploy because the Palo Alto proxy drops UDP 3478.";
const NEW_NOTE: &str = "Unable to deploy because the Palo Alto proxy drops UDP 3479.";
const MESSAGE: &str = "Port corrected after a second trace";

/// The entry that is expected, as an item.
const ENTRY: &str =
    "  - date: 2026-06-30\n    who_changed: Ann Lee\n    what_changed: Port corrected after a second trace\n";

fn blocked(customer: &str, workload: &str, note: &str) -> String {
    record(customer, workload, "Blocked", note)
}

fn repository(files: &[(&str, String)]) -> Project {
    let project = Project::new();
    project.git(&["init", "--quiet"]);
    for (path, text) in files {
        project.write(path, text);
    }
    project.git(&["add", "."]);
    project.git(&["commit", "--quiet", "-m", "start"]);
    project
}

fn refresh(project: &Project, arguments: &[&str]) -> Run {
    let fixed = ["refresh", "--today", TODAY, "--who", "Ann Lee", "-m", MESSAGE];
    project.run(&[&fixed[..], arguments].concat())
}

fn text(project: &Project, path: &str) -> String {
    fs::read_to_string(project.path().join(path)).unwrap()
}

fn with_entry(text: &str) -> String {
    text.replacen("refresh_summary:\n", &format!("refresh_summary:\n{ENTRY}"), 1)
}

#[test]
fn the_only_record_of_a_file_gets_an_entry_on_top() {
    let before = blocked("Contoso", "Teams", NOTE);
    let project = Project::with("a.yaml", &before);
    let run = refresh(&project, &["a.yaml"]);
    assert_eq!(
        run.transcript(),
        "exit code: 0\n--- stdout\na.yaml:1: added an entry of 2026-06-30 by Ann Lee to Contoso / Teams\n--- stderr\n"
    );
    assert_eq!(text(&project, "a.yaml"), with_entry(&before));
    assert_eq!(project.check(&[]).quiet_code(), 0);
    let again = refresh(&project, &["a.yaml"]);
    assert_eq!(again.code, 1);
    assert_eq!(
        again.stderr,
        "notegate: a.yaml:6: Contoso / Teams has a new entry already\n  help: Edit that entry, if it does not say what \
         changed.\n  Nothing was written.\n"
    );
}

#[test]
fn line_endings_a_byte_order_mark_and_a_missing_last_newline_stay() {
    let base = format!("# notes\n{}", blocked("Contoso", "Teams", NOTE));
    let windows = |text: &str| format!("\u{feff}{}", text.trim_end().replace('\n', "\r\n"));
    let project = Project::with("a.yaml", windows(&base));
    assert_eq!(refresh(&project, &["a.yaml"]).quiet_code(), 0);
    assert_eq!(text(&project, "a.yaml"), windows(&with_entry(&base)));
}

#[test]
fn the_changed_records_of_a_file_are_found() {
    let file = |note: &str| {
        format!(
            "{}---\n{}",
            blocked("Contoso", "Teams", note),
            blocked("Contoso", "Yammer", "Zscaler drops TLS 1.3, so no deployment.")
        )
    };
    let project = repository(&[("a.yaml", file(NOTE))]);
    let none = refresh(&project, &["a.yaml"]);
    assert_eq!(none.code, 1);
    assert_eq!(
        none.stderr,
        "notegate: a.yaml: the file holds 2 records, and none of them changed without an entry\n  help: Say which one with \
         --record CUSTOMER/WORKLOAD or --record LINE: Contoso/Teams (line 1), Contoso/Yammer (line 10).\n  Nothing was \
         written.\n"
    );
    project.write("a.yaml", file(NEW_NOTE));
    assert_eq!(refresh(&project, &["a.yaml"]).quiet_code(), 0);
    assert_eq!(text(&project, "a.yaml"), with_entry(&file(NEW_NOTE)));
    let again = refresh(&project, &["a.yaml", "--record", "contoso / TEAMS"]);
    assert!(again.stderr.contains("a.yaml:6: Contoso / Teams has a new entry already"), "{}", again.transcript());
    for other in ["10", "17", "Contoso/Yammer"] {
        project.write("a.yaml", file(NEW_NOTE));
        assert_eq!(refresh(&project, &["a.yaml", "--record", other]).quiet_code(), 0, "{other}");
        assert!(text(&project, "a.yaml").ends_with(&with_entry(&blocked(
            "Contoso",
            "Yammer",
            "Zscaler drops TLS 1.3, so no deployment."
        ))));
    }
    for unknown in ["99", "Contoso/Skype", "Contoso", "/"] {
        let run = refresh(&project, &["a.yaml", "--record", unknown]);
        assert!(run.code == 1 && run.stderr.contains(&format!("no record is `{unknown}`")), "{}", run.transcript());
    }
    project.write("a.yaml", file(NOTE));
    assert_eq!(refresh(&project, &["a.yaml", "--all-records"]).quiet_code(), 0);
    assert_eq!(text(&project, "a.yaml").matches("Ann Lee").count(), 2);
}

#[test]
fn a_message_or_a_person_that_says_nothing_is_refused() {
    let before = blocked("Contoso", "Teams", NOTE);
    let project = Project::with("a.yaml", &before);
    for message in ["", "-", "n/a", "TBD", "updated", "what you did, in a few words"] {
        let run = project.run(&["refresh", "a.yaml", "--who", "Ann Lee", "-m", message]);
        assert_eq!(run.code, 2, "{message}: {}", run.transcript());
        assert!(run.stderr.starts_with("notegate: the message does not say what changed\n  help: "), "{}", run.stderr);
    }
    for who in ["", "-", "your name", "Ann\u{1b}[31m"] {
        let run = project.run(&["refresh", "a.yaml", "--who", who, "-m", MESSAGE]);
        assert!(run.code == 2 && run.stderr.contains("--who does not name a person"), "{who}: {}", run.transcript());
    }
    let unknown = project.run(&["refresh", "a.yaml", "-m", MESSAGE]);
    assert!(unknown.code == 2 && unknown.stderr.contains("git does not know your name"), "{}", unknown.transcript());
    let future = refresh(&project, &["a.yaml", "--date", "2026-07-01"]);
    assert!(future.code == 2 && future.stderr.contains("2026-07-01 is in the future; today is 2026-06-30"));
    assert_eq!(text(&project, "a.yaml"), before);
}

#[test]
fn the_name_comes_from_git_and_the_date_may_be_given() {
    let before = blocked("Contoso", "Teams", NOTE);
    let project = repository(&[("a.yaml", before)]);
    project.git(&["config", "user.name", "Sato, Hana"]);
    let run = project.run(&["refresh", "a.yaml", "--today", TODAY, "--date", "2026-05-04", "-m", "Proxy: tested"]);
    assert_eq!(run.quiet_code(), 0);
    let expected = "  - date: 2026-05-04\n    who_changed: Sato, Hana\n    what_changed: \"Proxy: tested\"\n";
    assert!(text(&project, "a.yaml").contains(expected), "{}", text(&project, "a.yaml"));
}

#[test]
fn a_dry_run_shows_the_change_and_writes_nothing() {
    let before = blocked("Contoso", "Teams", NOTE);
    let project = Project::with("a.yaml", &before);
    for flag in ["--diff", "--dry-run"] {
        let run = refresh(&project, &["a.yaml", flag]);
        assert_eq!(run.quiet_code(), 0);
        assert_eq!(
            run.stdout,
            format!(
                "--- a/a.yaml\n+++ b/a.yaml\n@@ -3,6 +3,9 @@\n status: Blocked\n note: {NOTE}\n refresh_summary:\n+  - date: \
                 2026-06-30\n+    who_changed: Ann Lee\n+    what_changed: Port corrected after a second trace\n   - date: \
                 2020-03-27\n     who_changed: Celia Kennedy\n     what_changed: General Maintenance\n"
            )
        );
        assert_eq!(text(&project, "a.yaml"), before);
    }
}

#[test]
fn what_is_staged_without_an_entry_gets_one() {
    let (one, two) = (
        blocked("Contoso", "Teams", NOTE),
        blocked("Fabrikam", "Teams", "The Avaya gateway in Lyon lacks SIP, so they will not deploy."),
    );
    let project = repository(&[("a.yaml", one.clone()), ("sub/b.yaml", two.clone())]);
    let idle = refresh(&project, &["--staged"]);
    assert_eq!((idle.quiet_code(), idle.stdout.as_str()), (0, "No staged record needs a new entry.\n"));
    let changed = one.replace(NOTE, NEW_NOTE);
    project.write("a.yaml", &changed);
    project.write("sub/b.yaml", two.replace("Lyon", "Paris"));
    project.git(&["add", "a.yaml"]);
    assert_eq!(project.check(&["--staged"]).code, 1);
    let run = refresh(&project, &["--staged"]);
    assert_eq!(run.stdout, "a.yaml:1: added an entry of 2026-06-30 by Ann Lee to Contoso / Teams\n", "{}", run.stderr);
    assert_eq!(text(&project, "a.yaml"), with_entry(&changed));
    assert_eq!(text(&project, "sub/b.yaml"), two.replace("Lyon", "Paris"), "what is not staged is left alone");
    assert_eq!(project.git(&["show", ":a.yaml"]), changed.trim_end(), "nothing is staged unasked");
    let again = refresh(&project, &["--staged"]);
    assert!(
        again.code == 1 && again.stderr.contains("has a new entry on disk that is not staged"),
        "{}",
        again.transcript()
    );
    assert!(again.stderr.contains("git add a.yaml"), "{}", again.stderr);
    project.git(&["add", "a.yaml"]);
    assert_eq!(project.check(&["--staged"]).code, 0);
}

#[test]
fn staging_is_asked_for_and_takes_nothing_else_along() {
    let one = blocked("Contoso", "Teams", NOTE);
    let project = repository(&[("a.yaml", one.clone())]);
    let changed = one.replace(NOTE, NEW_NOTE);
    project.write("a.yaml", &changed);
    project.git(&["add", "a.yaml"]);
    project.write("a.yaml", format!("{changed}owner: B\n"));
    let refused = refresh(&project, &["--staged", "--stage"]);
    assert_eq!(refused.code, 1);
    assert_eq!(
        refused.stderr,
        "notegate: a.yaml: the file has changes that are not staged, and --stage would stage them, too\n  help: Stage them \
         first (git add a.yaml), or leave --stage out.\n  Nothing was written.\n"
    );
    assert_eq!(text(&project, "a.yaml"), format!("{changed}owner: B\n"));
    project.write("a.yaml", &changed);
    let staged = refresh(&project, &["--staged", "--add"]);
    assert!(staged.quiet_code() == 0 && staged.stdout.ends_with("Staged 1 file.\n"), "{}", staged.transcript());
    assert_eq!(project.git(&["show", ":a.yaml"]), with_entry(&changed).trim_end());
    project.write("new.yaml", blocked("Adatum", "Teams", NOTE));
    let untracked = refresh(&project, &["new.yaml", "--stage"]);
    assert!(
        untracked.code == 1 && untracked.stderr.contains("git does not track the file yet"),
        "{}",
        untracked.transcript()
    );
}

#[test]
fn states_of_git() {
    // No commit yet: everything staged is new, and only an empty refresh summary needs an entry.
    let unborn = Project::new();
    unborn.git(&["init", "--quiet"]);
    let empty =
        "customer: Contoso\nworkload: Teams\nstatus: Blocked\nnote: Unable to deploy because the proxy drops UDP.\n";
    unborn.write("a.yaml", empty);
    unborn.write("b.yaml", blocked("Fabrikam", "Teams", NOTE));
    unborn.git(&["add", "."]);
    let run = refresh(&unborn, &["--staged"]);
    assert_eq!(run.stdout, "a.yaml:1: added an entry of 2026-06-30 by Ann Lee to Contoso / Teams\n", "{}", run.stderr);
    assert_eq!(text(&unborn, "a.yaml"), format!("{empty}refresh_summary:\n{ENTRY}"));
    // No repository, and a bare one.
    let without = Project::with("a.yaml", empty);
    let run = refresh(&without, &["--staged"]);
    assert!(run.code == 3 && run.stderr.contains("there is no git repository here"), "{}", run.transcript());
    let bare = Project::new();
    bare.git(&["init", "--quiet", "--bare", "bare.git"]);
    let run = refresh(&bare, &["bare.git/none.yaml"]);
    assert_ne!(run.code, 0);
    // A merge in progress: an entry is needed against every side that lacks one.
    let one = blocked("Contoso", "Teams", NOTE);
    let merge = repository(&[("a.yaml", one.clone())]);
    merge.git(&["checkout", "--quiet", "-b", "side"]);
    merge.write("a.yaml", one.replace("3478", "3479").replace("2020-03-27", "2020-03-28"));
    merge.git(&["commit", "--quiet", "-am", "side"]);
    merge.git(&["checkout", "--quiet", "main"]);
    merge.write("a.yaml", one.replace("3478", "3480").replace("2020-03-27", "2020-03-29"));
    merge.git(&["commit", "--quiet", "-am", "main"]);
    let conflicting = merge.run(&["--version"]);
    assert_eq!(conflicting.code, 0);
    let _conflict = std::process::Command::new("git")
        .current_dir(merge.path())
        .args(["-c", "user.name=A", "-c", "user.email=a@example.com", "merge", "--quiet", "side"])
        .output()
        .unwrap();
    let unreadable = refresh(&merge, &["a.yaml"]);
    assert!(
        unreadable.code == 1 && unreadable.stderr.contains("the file cannot be read in full"),
        "{}",
        unreadable.transcript()
    );
    let unmerged = refresh(&merge, &["--staged"]);
    assert!(unmerged.code == 3 && unmerged.stderr.contains("unmerged paths"), "{}", unmerged.transcript());
    merge.write("a.yaml", one.replace("3478", "3481"));
    merge.git(&["add", "a.yaml"]);
    let resolved = refresh(&merge, &["--staged", "--stage"]);
    assert_eq!(resolved.code, 0, "{}", resolved.transcript());
    assert!(merge.git(&["show", ":a.yaml"]).contains("who_changed: Ann Lee"));
}

#[test]
fn the_names_of_the_configuration_and_json_are_written() {
    let project =
        Project::with("notegate.yaml", "fields: {refresh_summary: log, who_changed: by, what_changed: text}\n");
    let json = "{\n  \"customer\": \"Contoso\",\n  \"workload\": \"Teams\",\n  \"status\": \"Blocked\",\n  \"note\": \"Unable \
                to deploy because the proxy drops UDP.\",\n  \"log\": []\n}\n";
    project.write("a.yaml", json);
    assert_eq!(refresh(&project, &["a.yaml"]).quiet_code(), 0);
    let entry = "[{\"date\": \"2026-06-30\", \"by\": \"Ann Lee\", \"text\": \"Port corrected after a second trace\"}]";
    assert_eq!(text(&project, "a.yaml"), json.replace("[]", entry));
}

#[test]
fn what_is_not_edited_is_said_with_its_place() {
    for (file, expected) in [
        ("note: &n a\nstatus: Blocked\nworkload: T\n", "a.yaml:1: the record contains an anchor"),
        ("note: a\nstatus: Blocked\nworkload: T\nnote: b\n", "a.yaml:4: the file cannot be read in full"),
        ("note: a\nstatus: Blocked\nworkload:\tT\n", "a.yaml:3: the record contains a tab"),
        ("a: b\n", "a.yaml: the file holds no record"),
        ("", "a.yaml: the file holds no record"),
        ("note: a\nstatus: x\nworkload: T\nrefresh_summary: soon\n", "a.yaml:4: the refresh summary is not a list"),
    ] {
        let project = Project::with("a.yaml", file);
        let run = refresh(&project, &["a.yaml"]);
        assert!(run.code == 1 && run.stderr.contains(expected), "{}", run.transcript());
        assert!(run.stderr.ends_with("  Nothing was written.\n"), "{}", run.stderr);
        assert_eq!(text(&project, "a.yaml"), file);
    }
    let project = Project::with("a.yaml", b"note: \xff\n");
    assert!(refresh(&project, &["a.yaml"]).stderr.contains("the file cannot be read in full"));
    assert!(refresh(&project, &["none.yaml"]).stderr.contains("none.yaml: there is no such file"));
    assert!(refresh(&project, &["."]).code == 1);
}

#[cfg(unix)]
#[test]
fn links_and_read_only_files_are_refused_and_one_refusal_stops_all() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let before = blocked("Contoso", "Teams", NOTE);
    let project = Project::with("a.yaml", &before);
    symlink("a.yaml", project.path().join("link.yaml")).unwrap();
    let run = refresh(&project, &["a.yaml", "link.yaml"]);
    assert!(run.code == 1 && run.stderr.contains("link.yaml: this is a symbolic link"), "{}", run.transcript());
    assert_eq!(text(&project, "a.yaml"), before);
    fs::set_permissions(project.path().join("a.yaml"), fs::Permissions::from_mode(0o444)).unwrap();
    let run = refresh(&project, &["a.yaml"]);
    assert!(run.code == 3 && run.stderr.contains("a.yaml: the file is read-only"), "{}", run.transcript());
    assert_eq!(text(&project, "a.yaml"), before);
}
