//! How many threads a run has does not depend on what the environment asks for, and a run without any still ends.
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect has to stop")]

mod support;

use std::path::Path;
use std::process::{Command, Output, Stdio};

const RECORD: &str = "customer: Contoso\nworkload: Teams\nstatus: Blocked\nnote: Customer cannot deploy.\n";

/// A folder of so many records.
fn folder(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..count {
        let text = RECORD.replace("Contoso", &format!("Contoso {number}"));
        std::fs::write(folder.path().join(format!("{number:04}.yaml")), text).unwrap();
    }
    folder
}

fn check(folder: &Path) -> Command {
    let mut command = support::notegate(folder);
    command.args(["check", "--no-config", "--format", "json", "."]).stdin(Stdio::null());
    command
}

fn assert_same(left: &Output, right: &Output, what: &str) {
    assert_eq!(left.status.code(), right.status.code(), "{what}: {}", String::from_utf8_lossy(&left.stderr));
    assert_eq!(left.stdout, right.stdout, "{what}");
    assert_eq!(String::from_utf8_lossy(&left.stderr), "", "{what}");
}

#[test]
fn no_variable_of_the_environment_sets_the_number_or_the_stack_of_threads() {
    let folder = folder(60);
    let usual = check(folder.path()).output().unwrap();
    assert_eq!(usual.status.code(), Some(1));
    let threads = ["100000", "0", "-1", "many"].map(|value| ("RAYON_NUM_THREADS", value));
    let stack = ["1", "99999999999999"].map(|value| ("RUST_MIN_STACK", value));
    for (name, value) in threads.into_iter().chain(stack) {
        let output = check(folder.path()).env(name, value).output().unwrap();
        assert_same(&output, &usual, &format!("{name}={value}"));
    }
}

/// The most threads that a running process was seen with.
#[cfg(target_os = "linux")]
fn most_threads(command: &mut Command) -> usize {
    let mut child = command.stdout(Stdio::null()).spawn().unwrap();
    let tasks = format!("/proc/{}/task", child.id());
    let mut most = 0;
    while child.try_wait().unwrap().is_none() {
        most = most.max(std::fs::read_dir(&tasks).map_or(0, Iterator::count));
    }
    most
}

#[cfg(target_os = "linux")]
#[test]
fn there_are_no_more_threads_than_cores_and_the_first_one() {
    let folder = folder(300);
    let cores = std::thread::available_parallelism().unwrap().get();
    let most = most_threads(check(folder.path()).env("RAYON_NUM_THREADS", "100000"));
    assert!((1..=cores + 1).contains(&most), "{most} threads on {cores} cores");
}

/// Limits on processes do not bind the administrator, so the run has to be somebody else's.
#[cfg(target_os = "linux")]
#[test]
fn a_system_that_gives_no_thread_gets_the_same_report() {
    let folder = folder(60);
    let usual = check(folder.path()).output().unwrap();
    let binary = env!("CARGO_BIN_EXE_notegate");
    let bare = format!("ulimit -u 1; exec '{binary}' check --no-config --format json .");
    let mut command = Command::new("bash");
    let is_administrator = Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n");
    if is_administrator {
        // The program may stand in a folder that is closed to others, so it is run from a copy.
        let copy = folder.path().join("notegate");
        std::fs::copy(binary, &copy).unwrap();
        open_to_all(folder.path());
        let bare =
            "ulimit -u 1; exec setpriv --reuid 65534 --clear-groups ./notegate check --no-config --format json .";
        command.args(["-c", bare]);
    } else {
        command.args(["-c", &bare]);
    }
    let output = command.current_dir(folder.path()).stdin(Stdio::null()).output().unwrap();
    assert_same(&output, &usual, "ulimit -u 1");
}

#[cfg(target_os = "linux")]
fn open_to_all(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).unwrap();
}
