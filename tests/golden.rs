//! What the reader makes of every labelled note, word for word, in `fixtures/golden/`: a change of the reading shows in
//! review which notes flip. The sealed files are left out: nobody may look at what the reader makes of single notes of them.
//!
//! To write the files anew: `NOTEGATE_REGENERATE=1 cargo test --test golden`.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that meets what it does not expect has to stop")]

mod support;

use notegate::eval::{Labelled, fired, grade_note, open_files, parse};
use notegate::finding::Severity;
use notegate::playbook::Playbook;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// The folders of labelled notes.
const FOLDERS: [&str; 3] = ["corpus", "own", "generated"];

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The labelled files but the sealed ones, sorted.
fn labelled_files() -> Vec<PathBuf> {
    open_files(&FOLDERS.map(|folder| fixtures().join(folder))).unwrap()
}

/// The notes of a file. Generated notes say what was done to them and have no grade of their own; none is looked at here.
fn notes(file: &Path) -> Vec<Labelled> {
    let graded = |line: &str| match line.contains("\"grade\"") {
        true => line.to_owned(),
        false => line.replacen('{', "{\"grade\": \"great\", ", 1),
    };
    let lines: Vec<String> = fs::read_to_string(file).unwrap().lines().map(graded).collect();
    parse(lines.join("\n").as_bytes()).unwrap()
}

/// One line a note: its name, its grade, the intent, how much the reason and the state say, the rules that fired with
/// the first letter of their severity, and the words of the intent and of the reason.
fn line(note: &Labelled, playbook: &Playbook) -> String {
    let graded = grade_note(&note.note, note.heading(), playbook);
    let reading = &graded.reading;
    let words = |span: Option<notegate::text::NoteSpan>| {
        span.map(|span| span.of(&note.note).split_whitespace().collect::<Vec<_>>().join(" ")).unwrap_or_default()
    };
    let letter = |severity| match severity {
        Severity::Error => 'E',
        Severity::Warning => 'W',
        Severity::Info => 'I',
    };
    let rules: Vec<String> =
        fired(&graded).into_iter().map(|(rule, severity)| format!("{}:{rule}", letter(severity))).collect();
    format!(
        "{} {} {:?} reason={:?} state={:?} [{}] “{}” “{}”\n",
        note.id,
        graded.grade.name(),
        reading.intent,
        reading.reason,
        reading.state,
        rules.join(" "),
        words(reading.intent_span),
        words(reading.reason_span),
    )
}

#[test]
fn a_reading_that_changes_is_seen_in_review() {
    let playbook = Playbook::built_in();
    let folder = fixtures().join("golden");
    let mut flips = String::new();
    for file in labelled_files() {
        let notes = notes(&file);
        let lines: Vec<String> = notes.iter().map(|note| line(note, &playbook)).collect();
        let golden = folder.join(file.file_name().unwrap()).with_extension("txt");
        if support::regenerates() {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&golden, lines.concat()).unwrap();
            continue;
        }
        let expected = fs::read_to_string(&golden).unwrap_or_default();
        let expected: Vec<&str> = expected.split_inclusive('\n').collect();
        assert_eq!(expected.len(), lines.len(), "{}: NOTEGATE_REGENERATE=1 cargo test --test golden", golden.display());
        for (before, after) in expected.iter().zip(&lines).filter(|(before, after)| before != after) {
            write!(flips, "- {before}+ {after}").unwrap();
        }
    }
    assert!(
        flips.is_empty(),
        "these readings changed; if that is meant: NOTEGATE_REGENERATE=1 cargo test --test golden\n{flips}"
    );
}
