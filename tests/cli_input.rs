//! Bad input of every kind, through the program: each is told clearly, with the right exit code, and never skipped.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod support;

use std::fs;
use std::io::Read as _;
use std::process::Stdio;
use support::{Project, Run, TODAY, great, notegate, record};

/// The rules that the JSON report names for `text` in a file, sorted, after the exit code.
fn rules(text: impl AsRef<[u8]>) -> (i32, Vec<String>) {
    let run = Project::with("note.yaml", text).check(&["--format", "json"]);
    (run.quiet_code(), named_rules(&run))
}

fn named_rules(run: &Run) -> Vec<String> {
    let report = run.json();
    let of = |list: &str| -> Vec<serde_json::Value> {
        let entries = report[list].as_array().unwrap();
        entries.iter().flat_map(|entry| entry["findings"].as_array().unwrap().clone()).collect()
    };
    let all = [of("records"), of("files")].concat();
    let mut rules: Vec<String> = all.iter().map(|finding| finding["rule"].as_str().unwrap().to_owned()).collect();
    rules.sort();
    rules
}

/// The message of the only finding about a file, after the exit code.
#[track_caller]
fn told(text: impl AsRef<[u8]>) -> (i32, String) {
    let run = Project::with("note.yaml", text).check(&["--format", "json"]);
    let report = run.json();
    let findings = report["files"][0]["findings"].as_array().unwrap_or_else(|| panic!("{}", run.transcript())).clone();
    assert_eq!(findings.len(), 1, "{}", run.transcript());
    assert_eq!(findings[0]["rule"], "unreadable");
    (run.quiet_code(), findings[0]["message"].as_str().unwrap().to_owned())
}

#[track_caller]
fn assert_told(text: impl AsRef<[u8]>, part: &str) {
    let (code, message) = told(text);
    assert_eq!(code, 1);
    assert!(message.contains(part), "{message:?} does not say {part:?}");
}

#[test]
fn files_without_a_record_are_counted() {
    for text in ["", "# only a comment\n", "---\n", "just: a mapping\n"] {
        let run = Project::with("note.yaml", text).check(&[]);
        assert_eq!(run.code, 0, "{text:?}");
        assert!(run.stderr.starts_with("notegate: warning: 0 records in 1 YAML file\n"), "{}", run.stderr);
        assert!(run.stdout.starts_with("1 file (1 skipped: 1 without a record), 0 records"), "{}", run.stdout);
    }
}

#[test]
fn only_a_file_that_is_called_so_is_said_to_be_yaml() {
    for (name, said) in [
        ("c.txt", "0 records in 1 file\n"),
        ("README", "0 records in 1 file\n"),
        ("a.yaml.bak", "0 records in 1 file\n"),
        (".yaml", "0 records in 1 file\n"),
        ("c.YML", "0 records in 1 YAML file\n"),
        (".hidden.yaml", "0 records in 1 YAML file\n"),
    ] {
        let run = Project::with(name, "just: a mapping\n").check(&[name]);
        assert_eq!(run.code, 0, "{name}");
        assert!(run.stderr.starts_with(&format!("notegate: warning: {said}")), "{name}: {}", run.stderr);
    }
}

#[test]
fn an_empty_file_under_include_blocks() {
    for text in ["", "# only a comment\n"] {
        let project = Project::with("notes/a.yaml", text);
        project.write("notegate.yaml", "include: ['notes/**']\n");
        let run = project.check(&["--format", "json"]);
        assert_eq!(run.quiet_code(), 1);
        assert_eq!(named_rules(&run), ["not-a-record"]);
    }
}

#[test]
fn notes_that_are_no_text_block() {
    let with_note = |note: &str| record("Contoso", "Yammer", "Blocked", note);
    for (note, rule) in [("5", "wrong-type"), ("[a, b]", "wrong-type"), ("!!binary aGVsbG8=", "wrong-type")] {
        let (code, rules) = rules(with_note(note));
        assert_eq!(code, 1, "{note}");
        assert!(rules.iter().any(|found| found == rule), "{note}: {rules:?}");
    }
}

#[test]
fn a_note_that_is_not_there_or_no_text_is_poor_and_never_great() {
    for note in ["note: 5", "note: [a, b]", "owner: Sam"] {
        let text = format!("customer: Contoso\nworkload: Teams\nstatus: Blocked\n{note}\nrefresh_summary: []\n");
        let run = Project::with("note.yaml", text).check(&["--format", "json"]);
        assert_eq!(run.json()["records"][0]["grade"], "poor", "{note}");
    }
}

#[test]
fn two_note_keys_are_named_with_both_places() {
    let text = great() + "note: another\n";
    assert_told(&text, "`note` is given twice");
    let run = Project::with("note.yaml", &text).check(&[]);
    // The first `note` stands on line 4; five lines follow it before the second.
    assert!(
        run.stdout.contains("\n4 | note: Due to a firewall") || run.stdout.contains("\n 4 | note: Due"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("9 | note: another"), "{}", run.stdout);
}

#[test]
fn what_is_not_yaml_blocks() {
    let with_tab = "customer: Contoso\nentitlements:\n\t- workload: Yammer\n";
    for text in [with_tab, "note: \"never closed\nstatus: Blocked\n", "note: 'never closed\n", "note: a: b\n"] {
        let (code, message) = told(text);
        assert_eq!(code, 1, "{text:?}");
        assert!(!message.is_empty());
    }
}

#[test]
fn what_is_not_utf_8_blocks_and_names_the_encoding() {
    assert_told(b"note: Caf\xe9\n", "not UTF-8: byte 10 is 0xE9");
    let utf16: Vec<u8> = "\u{feff}note: x\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_told(utf16, "UTF-16");
    assert_told("note: a\0b\n", "NUL");
}

#[test]
fn over_runs_name_their_limit() {
    assert_told("[".repeat(100_000), "levels deep");
    assert_told(classic_bomb(), "limit");
    assert_told(wide_bomb(), "limit");
}

/// Nine references in each line to the line before.
fn classic_bomb() -> String {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let references = vec![format!("*a{}", level - 1); 9].join(", ");
        text += &format!("a{level}: &a{level} [{references}]\n");
    }
    text
}

/// One long text, and many references to it.
fn wide_bomb() -> String {
    let references = "- *long\n".repeat(20_000);
    format!("long: &long {}\nall:\n{references}", "x".repeat(100_000))
}

#[test]
fn a_file_of_100_megabytes_is_refused_unread() {
    let project = Project::new();
    let file = fs::File::create(project.path().join("big.yaml")).unwrap();
    file.set_len(100 * 1024 * 1024).unwrap();
    let run = project.check(&[]);
    assert_eq!(run.quiet_code(), 1);
    assert!(run.stdout.contains("104857600 bytes, and at most 8388608 bytes are read"), "{}", run.stdout);
}

#[test]
fn one_broken_document_hides_no_other_file() {
    let project = Project::with("a.yaml", great() + "---\n[\n");
    project.write("b.yaml", support::poor());
    let run = project.check(&["--format", "json"]);
    assert_eq!(run.quiet_code(), 1);
    let report = run.json();
    assert_eq!(report["files"][0]["path"], "a.yaml");
    assert_eq!(report["records"].as_array().unwrap().last().unwrap()["path"], "b.yaml");
}

#[test]
fn a_path_that_does_not_exist_is_a_usage_error() {
    let run = Project::with("a.yaml", great()).check(&["notes/a.yaml"]);
    insta::assert_snapshot!(run.transcript());
}

#[test]
fn standard_input_cannot_be_named_beside_paths() {
    let run = Project::with("a.yaml", great()).check(&["-", "a.yaml"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("`-` means standard input"), "{}", run.stderr);
}

#[test]
fn standard_input_is_judged_under_its_name() {
    let project = Project::new();
    let arguments = ["check", "-", "--stdin-filename", "notes/teams.yaml", "--format", "json", "--today", TODAY];
    let run = project.run_with(&arguments, great().as_bytes(), &[]);
    assert_eq!(run.quiet_code(), 0, "{}", run.transcript());
    assert_eq!(run.json()["records"][0]["path"], "notes/teams.yaml");
    let run = project.run_with(&["check", "-"], b"note: [\n", &[]);
    assert_eq!(run.quiet_code(), 1, "{}", run.transcript());
}

#[test]
fn a_closed_output_pipe_is_quiet() {
    let project = Project::new();
    for number in 0..400 {
        project.write(&format!("{number}.yaml"), "note: [\n");
    }
    let mut child = notegate(project.path())
        .arg("check")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!(stderr, "");
    assert_eq!(child.wait().unwrap().code(), Some(3), "what nobody read was not shown to pass");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    #[track_caller]
    fn assert_refused(project: &Project, arguments: &[&str], part: &str) {
        let run = project.check(arguments);
        assert_eq!(run.quiet_code(), 1, "{}", run.transcript());
        assert!(run.stdout.contains(part), "{}", run.transcript());
    }

    #[test]
    fn links_are_never_followed() {
        let project = Project::with("real.txt", great());
        symlink("/etc/passwd", project.path().join("a.yaml")).unwrap();
        assert_refused(&project, &[], "this is a symbolic link");
        assert_refused(&project, &["a.yaml"], "this is a symbolic link");
        fs::remove_file(project.path().join("a.yaml")).unwrap();
        symlink("nowhere", project.path().join("dangling.yaml")).unwrap();
        assert_refused(&project, &["dangling.yaml"], "this is a symbolic link");
        fs::remove_file(project.path().join("dangling.yaml")).unwrap();
        symlink("loop.yaml", project.path().join("loop.yaml")).unwrap();
        assert_refused(&project, &[], "this is a symbolic link");
    }

    #[test]
    fn a_link_to_a_folder_is_not_entered() {
        let project = Project::with("notes/a.yaml", great());
        symlink("notes", project.path().join("again")).unwrap();
        let run = project.check(&["--list-files"]);
        assert_eq!((run.quiet_code(), run.stdout.as_str()), (0, "notes/a.yaml\n"));
    }

    #[test]
    fn a_path_through_a_linked_folder_counts_from_the_real_root() {
        let project = Project::with("notes/deep/a.yaml", great());
        symlink("notes", project.path().join("again")).unwrap();
        let run = project.check(&["--list-files", "again/deep"]);
        assert_eq!((run.quiet_code(), run.stdout.as_str()), (0, "notes/deep/a.yaml\n"));
        let run = project.check(&["--list-files", "again/deep/a.yaml", "./notes/../notes/deep/a.yaml"]);
        assert_eq!((run.quiet_code(), run.stdout.as_str()), (0, "notes/deep/a.yaml\n"));
    }

    #[test]
    fn a_folder_with_the_name_of_a_note_is_a_folder_and_a_pipe_is_refused() {
        // In git there is no such thing as a folder, only the files in it: they are what is examined, in every source.
        let project = Project::with("x.yaml/inside.yaml", "note: [\n");
        assert_refused(&project, &[], "x.yaml/inside.yaml");
        let project = Project::new();
        let made = std::process::Command::new("mkfifo").arg(project.path().join("p.yaml")).status().unwrap();
        assert!(made.success());
        assert_refused(&project, &[], "this is not a regular file");
        assert_refused(&project, &["p.yaml"], "this is not a regular file");
    }

    #[test]
    fn a_file_that_may_not_be_read_blocks() {
        let project = Project::new();
        let path = project.write("a.yaml", great());
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
        // Root reads everything, so there the test has nothing to see.
        if fs::read(&path).is_ok() {
            return;
        }
        assert_refused(&project, &[], "the file could not be read: Permission denied");
    }

    #[test]
    fn a_folder_that_may_not_be_listed_ends_the_run() {
        let project = Project::with("shut/a.yaml", great());
        let shut = project.path().join("shut");
        fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).unwrap();
        let is_root = fs::read_dir(&shut).is_ok();
        let run = project.check(&[]);
        fs::set_permissions(&shut, fs::Permissions::from_mode(0o755)).unwrap();
        if !is_root {
            assert_eq!(run.code, 3, "{}", run.transcript());
            assert!(run.stderr.contains("not every folder could be listed"), "{}", run.stderr);
        }
    }

    #[test]
    fn odd_file_names_are_read_and_shown_escaped() {
        let project = Project::new();
        let names: [&[u8]; 5] =
            [b"sp ace.yaml", b"quo\"te.yaml", b"new\nline.yaml", b"-dash.yaml", b"not-utf8-\xff.yaml"];
        for name in names {
            fs::write(project.path().join(OsStr::from_bytes(name)), "note: [\n").unwrap();
        }
        let run = project.check(&[]);
        assert_eq!(run.quiet_code(), 1);
        assert!(run.stdout.contains("new line.yaml"), "{}", run.stdout);
        assert!(run.stdout.contains("not-utf8-\u{fffd}.yaml"), "{}", run.stdout);
        assert!(run.stdout.ends_with("5 blocked, 0 waived\n"), "{}", run.stdout);
    }
}
