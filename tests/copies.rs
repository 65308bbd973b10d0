//! Many files with one and the same record: the time and the length of the report grow with their number and no faster.
#![allow(clippy::unwrap_used, reason = "a test that meets what it does not expect has to stop")]

mod support;

use std::time::Instant;
use support::growth::Growth;
use support::{Project, great};

/// Three doublings; a square would take four times as long for each.
const GROWTH: Growth = Growth { factor: 8, most: 27 };

/// The most that is written about one record, in bytes.
const MOST_OF_ONE: usize = 2048;

/// A project with `count` files of `text` in `folder`.
fn write(project: &Project, folder: &str, count: usize, text: &str) {
    for file in 0..count {
        project.write(&format!("{folder}/{file:05}.yaml"), text);
    }
}

/// Fails unless the run that `prepare` prepares blocks `blocked` of its `count` records, each of which it tells once, in
/// time and space that grow with their number.
fn assert_bounded(
    name: &str,
    arguments: &[&str],
    prepare: impl Fn(usize) -> Project,
    blocked: impl Fn(usize) -> usize,
) {
    GROWTH.assert(name, 40, |count| {
        let project = prepare(count);
        let start = Instant::now();
        let run = project.check(arguments);
        let time = start.elapsed();
        let text = &run.stdout;
        assert_eq!(run.code, 1, "{name}: {text}");
        assert_eq!(text.matches(" → ").count(), blocked(count), "{name}: {text}");
        assert!(text.len() < MOST_OF_ONE * count, "{name}: {count} records, {} bytes", text.len());
        time
    });
}

#[test]
fn identical_files() {
    let prepare = |count| {
        let project = Project::new();
        write(&project, "notes", count, &great());
        project
    };
    assert_bounded("files", &[], prepare, |count| count - 1);
}

#[test]
fn identical_files_that_a_change_adds() {
    let prepare = |count| {
        let project = Project::new();
        project.git(&["init", "--quiet"]);
        write(&project, "notes", count, &great());
        project.git(&["add", "."]);
        project
    };
    assert_bounded("added files", &["--staged"], prepare, |count| count - 1);
}

#[test]
fn identical_files_that_a_change_moves_and_edits() {
    let prepare = |count| {
        let project = Project::new();
        project.git(&["init", "--quiet"]);
        write(&project, "notes", count, &great());
        project.git(&["add", "."]);
        project.git(&["commit", "--quiet", "-m", "begin"]);
        project.git(&["mv", "notes", "moved"]);
        write(&project, "moved", count, &great().replace("mailboxes", "their mailboxes"));
        project.git(&["add", "."]);
        project
    };
    assert_bounded("moved and edited files", &["--staged"], prepare, |count| count);
}
