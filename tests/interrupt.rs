//! Ctrl-C ends a run at once, as it ends any program: the shell then reports 130.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect has to stop")]

mod support;

use std::io::Read as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::{Child, Command, Stdio};
use support::{Project, notegate, poor, scrub};

const SIGINT: i32 = 2;

/// Files enough that their report fills a pipe which nobody reads: the run cannot end before it is interrupted.
fn long_run() -> Project {
    let project = Project::new();
    for number in 0..1500 {
        project.write(&format!("{number}.yaml"), poor());
    }
    project
}

fn interrupt(child: &Child) {
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
}

#[test]
fn an_interrupted_run_ends_by_the_signal_and_leaves_no_whole_report() {
    let project = long_run();
    for format in ["human", "json"] {
        let mut command = notegate(project.path());
        let mut child =
            command.args(["check", "--format", format]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        // The run is at work as soon as it has written something.
        let mut output = child.stdout.take().unwrap();
        let mut text = vec![0; 1];
        output.read_exact(&mut text).unwrap();
        interrupt(&child);
        output.read_to_end(&mut text).unwrap();
        let ended = child.wait_with_output().unwrap();
        assert_eq!(ended.status.signal(), Some(SIGINT));
        assert_eq!(String::from_utf8(ended.stderr).unwrap(), "");
        // Nobody can take what was written for a report that came to its end.
        let text = String::from_utf8_lossy(&text);
        assert!(!text.contains("0 waived") && serde_json::from_str::<serde_json::Value>(&text).is_err());
    }
}

#[test]
fn the_shell_reports_130() {
    let project = long_run();
    let mut bash = Command::new("bash");
    scrub(&mut bash, project.path());
    // Job control, because a shell without it has its background jobs ignore the interrupt.
    let script =
        "set -m; mkfifo pipe; \"$0\" check > pipe & exec 3< pipe; read -r -n 1 <&3; kill -INT $!; wait $!; echo $?";
    let output = bash.args(["-c", script, env!("CARGO_BIN_EXE_notegate")]).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), "130", "{}", String::from_utf8_lossy(&output.stderr));
}
