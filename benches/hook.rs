//! What the hook costs in a large repository, beside what git itself needs to compare the index:
//! `cargo bench --bench hook` for 1,000 and for 100,000 notes, or with other numbers `cargo bench --bench hook -- 10000`.
//!
//! One note is staged: an edited one, a new one beside others of its customer, and the first one of a new customer,
//! which has to be looked for elsewhere. Both programs run in turn, so that both meet the same machine; the ratio of
//! the medians is printed and nothing is asserted.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a measurement stops where it meets what it does not expect, and prints"
)]

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 41;

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { vec![1_000, 100_000] } else { asked };
    sizes.into_iter().for_each(measure_among);
}

/// Measures each kind of change among so many notes.
fn measure_among(notes: usize) {
    let folder = tempfile::tempdir().unwrap();
    make(folder.path(), notes);
    let edited = with_entry(&note(notes / 2, "Y regulation"));
    let new = note(notes / 2, "Y regulation").replace("Workload", "Another workload");
    let new_customer = note(notes, "Y regulation").replace("Customer ", "Newcomer ");
    let folder = folder.path();
    measure(folder, notes, "one edited note", &path(notes / 2), &edited);
    measure(folder, notes, "one new note", &path(notes / 2).replace("workload", "another"), &new);
    measure(folder, notes, "one new customer", "notes/newcomer/workload.yaml", &new_customer);
}

/// Stages `text` at `path` alone, and measures what git and the hook need.
fn measure(folder: &Path, notes: usize, what: &str, path: &str, text: &str) {
    stage(folder, path, text);
    let git = || timed(command("git", folder).args(["diff", "--cached", "--raw"]));
    let hook = || timed(command(env!("CARGO_BIN_EXE_notegate"), folder).args(["hook", "pre-commit"]));
    let (mut git_times, mut hook_times): (Vec<_>, Vec<_>) = (0..RUNS).map(|_| (git(), hook())).unzip();
    let (git, hook) = (median(&mut git_times), median(&mut hook_times));
    println!("{what} among {notes}: median of {RUNS} runs");
    println!("git diff --cached --raw  {:7.1} ms", milliseconds(git));
    println!("notegate hook pre-commit {:7.1} ms", milliseconds(hook));
    println!("ratio                    {:7.2}", hook.as_secs_f64() / git.as_secs_f64());
}

/// A repository with so many notes, twenty a customer. The work tree stays empty: neither program looks at it.
fn make(folder: &Path, notes: usize) {
    run(command("git", folder).args(["init", "--quiet", "--initial-branch=main"]));
    let mut import = command("git", folder).args(["fast-import", "--quiet"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut input = std::io::BufWriter::new(import.stdin.take().unwrap());
    write!(input, "commit refs/heads/main\ncommitter A <a@example.com> 1600000000 +0000\ndata 0\n").unwrap();
    for number in 0..notes {
        let text = note(number, "X regulation");
        write!(input, "M 100644 inline {}\ndata {}\n{text}\n", path(number), text.len()).unwrap();
    }
    writeln!(input, "done").unwrap();
    drop(input);
    assert!(import.wait().unwrap().success());
}

/// The index is as the commit, but for one file.
fn stage(folder: &Path, path: &str, text: &str) {
    run(command("git", folder).args(["read-tree", "HEAD"]));
    std::fs::write(folder.join("note"), text).unwrap();
    let output = command("git", folder).args(["hash-object", "-w", "note"]).output().unwrap();
    let id = String::from_utf8(output.stdout).unwrap();
    let entry = format!("100644,{},{path}", id.trim());
    run(command("git", folder).args(["update-index", "--add", "--cacheinfo", &entry]));
}

fn with_entry(note: &str) -> String {
    let mut changed = note.to_owned();
    changed.insert_str(
        changed.find("  - ").unwrap(),
        "  - {date: 2020-04-02, who_changed: Sam Field, what_changed: Named}\n",
    );
    changed
}

fn path(number: usize) -> String {
    format!("notes/customer-{:05}/workload-{:02}.yaml", number / 20, number % 20)
}

fn note(number: usize, regulation: &str) -> String {
    format!(
        "customer: Customer {}\nworkload: Workload {}\nstatus: Blocked\nnote: >-\n  Service will not be deployed because of \
         legal restrictions on data residency in region {number}.\n  Customer is prohibited from storing regulated data \
         outside country due to {regulation}.\nrefresh_summary:\n  - {{date: 2020-03-27, who_changed: Celia Kennedy, \
         what_changed: General Maintenance}}\n",
        number / 20,
        number % 20
    )
}

fn command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
    for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    command
}

fn run(command: &mut Command) {
    assert!(command.status().unwrap().success(), "{command:?}");
}

fn timed(command: &mut Command) -> Duration {
    let begin = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    let took = begin.elapsed();
    assert!(status.success(), "{command:?}");
    took
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
