//! Trains the second reader on the labelled notes of this repository and writes `src/second_reader/weights.bin`.
//!
//! `cargo run --release --example train_second_reader` writes the file. With `-- --validate` it writes nothing and prints
//! what becomes of notes that the second reader has not learned from: once with a fifth of the notes held back, once with
//! one file held back, whose writers it has then not met. With `-- --errors` it prints the wrong verdicts of the latter,
//! one a line. Notes in files called `sealed` are never read.

use notegate::eval::{Lessons, Split, Validated};
use notegate::grade::Grade;
use notegate::playbook::Playbook;
use notegate::rules::Confidence;
use std::collections::BTreeSet;
use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let playbook = Playbook::built_in();
    let lessons = Lessons::of_repository(root, &playbook)?;
    let out = &mut io::stdout().lock();
    match env::args().nth(1).as_deref() {
        Some("--validate") => {
            print(&lessons.cross_validated(Split::Parts), "a fifth held back", out)?;
            print(&lessons.cross_validated(Split::Files), "a file held back", out)?;
        }
        Some("--errors") => errors(&lessons.cross_validated(Split::Files), out)?,
        Some(other) => return Err(format!("{other}: --validate, --errors, or nothing to train").into()),
        None => fs::write(root.join("src/second_reader/weights.bin"), lessons.weights())?,
    }
    Ok(())
}

fn is_wrong(note: &Validated, grade: Grade) -> bool {
    (grade == Grade::Poor) != (note.labelled.grade == Grade::Poor)
}

/// What a judge made of some notes.
fn row(name: &str, notes: &[&Validated], grade: impl Fn(&Validated) -> Grade, out: &mut impl Write) -> io::Result<()> {
    let of = |label: Grade| notes.iter().filter(move |note| note.labelled.grade == label);
    let wrong = |label: Grade| of(label).filter(|note| is_wrong(note, grade(note))).count();
    let agree = notes.iter().filter(|note| !is_wrong(note, grade(note))).count();
    writeln!(
        out,
        "| {name} | {} | {:.1} % | {} of {} | {} of {} | {} of {} |",
        notes.len(),
        agree as f64 * 100.0 / notes.len().max(1) as f64,
        wrong(Grade::Great),
        of(Grade::Great).count(),
        wrong(Grade::Marginal),
        of(Grade::Marginal).count(),
        wrong(Grade::Poor),
        of(Grade::Poor).count(),
    )
}

fn print(notes: &[Validated], how: &str, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "| {how} | notes | block agreement | great blocked | marginal blocked | poor passed |")?;
    writeln!(out, "| --- | --- | --- | --- | --- | --- |")?;
    let all: Vec<&Validated> = notes.iter().collect();
    row("the rules alone", &all, |note| note.by_rules, out)?;
    row("the second reader alone", &all, |note| if note.poor.0 >= 500 { Grade::Poor } else { Grade::Great }, out)?;
    row("both", &all, |note| note.together, out)?;
    let mut part = |name: String, is_one: &dyn Fn(&Validated) -> bool| {
        row(&name, &notes.iter().filter(|note| is_one(note)).collect::<Vec<_>>(), |note| note.together, out)
    };
    part("both, confidence high".to_owned(), &|note| note.confidence == Confidence::High)?;
    part("both, confidence low".to_owned(), &|note| note.confidence == Confidence::Low)?;
    part("raised".to_owned(), &|note| note.together == Grade::Poor && note.by_rules != Grade::Poor)?;
    part("lowered".to_owned(), &|note| note.together != Grade::Poor && note.by_rules == Grade::Poor)?;
    for status in notes.iter().map(|note| note.labelled.status.as_str()).collect::<BTreeSet<_>>() {
        part(format!("status {status}"), &|note| note.labelled.status == status)?;
    }
    for kind in notes.iter().filter_map(|note| note.labelled.kind.as_deref()).collect::<BTreeSet<_>>() {
        part(format!("kind {kind}"), &|note| note.labelled.kind.as_deref() == Some(kind))?;
    }
    for file in notes.iter().map(|note| note.file.as_str()).collect::<BTreeSet<_>>() {
        part(format!("file {file}"), &|note| note.file == file)?;
    }
    writeln!(out)
}

fn errors(notes: &[Validated], out: &mut impl Write) -> io::Result<()> {
    for note in notes.iter().filter(|note| is_wrong(note, note.together)) {
        let (defect, likely) = note.named.map_or(("none", 0), |(name, likely)| (name, likely.0));
        writeln!(
            out,
            "{} {} {} by rules {}, together {}; poor {}, great {}, {defect} {likely}; {} | {} | {}: {:?}",
            note.file,
            note.labelled.id,
            note.labelled.grade.name(),
            note.by_rules.name(),
            note.together.name(),
            note.poor.0,
            note.great.0,
            note.errors.join(" "),
            note.labelled.status,
            note.labelled.workload,
            note.labelled.note,
        )?;
    }
    Ok(())
}
