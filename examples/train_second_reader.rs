//! Trains the second reader on the labelled notes of this repository and writes `src/second_reader/weights.bin`.
//!
//! `cargo run --release --example train_second_reader` writes the file; with `-- --validate` it writes nothing and prints
//! what readers that have learned from four fifths of the notes make of the fifth that they have not seen. Notes in
//! files called `sealed` are never read.

use notegate::eval::{Labelled, Lessons, Validated, parse};
use notegate::grade::Grade;
use notegate::playbook::Playbook;
use std::collections::BTreeSet;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let lessons = Lessons::new(&labelled(root)?, &Playbook::built_in());
    if env::args().nth(1).as_deref() == Some("--validate") {
        return Ok(print(&lessons.cross_validated(), &mut io::stdout().lock())?);
    }
    fs::write(root.join("src/second_reader/weights.bin"), lessons.weights())?;
    Ok(())
}

/// Every labelled note that is not sealed, in the order of the files.
fn labelled(root: &Path) -> Result<Vec<Labelled>, Box<dyn Error>> {
    let mut files: Vec<PathBuf> = Vec::new();
    for folder in ["fixtures/corpus", "fixtures/own"] {
        for entry in fs::read_dir(root.join(folder))? {
            files.push(entry?.path());
        }
    }
    let is_lesson = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        name.ends_with(".jsonl") && !name.starts_with("sealed")
    };
    files.retain(is_lesson);
    files.sort();
    let mut notes = Vec::new();
    for file in files {
        notes.extend(parse(&fs::read(&file)?).map_err(|bad| format!("{}: {bad}", file.display()))?);
    }
    Ok(notes)
}

fn print(notes: &[Validated], out: &mut impl io::Write) -> io::Result<()> {
    let graded = |grade| notes.iter().filter(move |note| note.labelled == grade);
    let count = |pick: &dyn Fn(&Validated) -> bool| {
        [Grade::Great, Grade::Marginal, Grade::Poor].map(|grade| graded(grade).filter(|note| pick(note)).count())
    };
    writeln!(out, "{} notes: great, marginal, poor = {:?}", notes.len(), count(&|_| true))?;
    writeln!(out, "blocked by the rules alone: {:?}", count(&|note| note.by_rules == Grade::Poor))?;
    for poor in [500, 600, 700, 800] {
        for great in [50, 100, 200] {
            let is_raised =
                |note: &Validated| note.by_rules != Grade::Poor && note.poor.0 >= poor && note.great.0 <= great;
            writeln!(out, "raised where poor >= {poor}, great <= {great}: {:?}", count(&is_raised))?;
        }
    }
    for poor in [50, 100, 150, 200] {
        for great in [700, 800, 900] {
            let is_lowered =
                |note: &Validated| note.by_rules == Grade::Poor && note.poor.0 <= poor && note.great.0 >= great;
            writeln!(out, "lowered where poor <= {poor}, great >= {great}: {:?}", count(&is_lowered))?;
        }
    }
    for least in [0, 300, 500, 700] {
        let named: Vec<bool> =
            notes.iter().filter_map(|n| n.defect.filter(|(_, l)| l.0 >= least)).map(|(is, _)| is).collect();
        let right = named.iter().filter(|is_right| **is_right).count();
        writeln!(out, "defect named with >= {least}: {right} of {} right", named.len())?;
    }
    let defects: BTreeSet<&str> = notes.iter().filter_map(|note| note.named.map(|(name, _)| name)).collect();
    for defect in defects {
        for (poor, great, likely) in [
            (500, 400, 500),
            (500, 400, 800),
            (600, 200, 500),
            (600, 300, 700),
            (700, 300, 500),
            (600, 100, 500),
            (600, 100, 300),
        ] {
            let raised = count(&|note: &Validated| {
                note.by_rules != Grade::Poor
                    && note.poor.0 >= poor
                    && note.great.0 <= great
                    && note.named.is_some_and(|(name, l)| name == defect && l.0 >= likely)
            });
            writeln!(out, "{defect}: poor >= {poor}, great <= {great}, likely >= {likely}: {raised:?}")?;
        }
    }
    let kinds: BTreeSet<&str> = notes.iter().map(|note| note.kind.as_str()).collect();
    for kind in kinds {
        let of = |pick: &dyn Fn(&Validated) -> bool| count(&|note: &Validated| note.kind == kind && pick(note));
        let by_rules = of(&|note| note.by_rules == Grade::Poor);
        let raised = of(&|note| note.by_rules != Grade::Poor && note.poor.0 >= 600 && note.great.0 <= 50);
        let lowered = of(&|note| note.by_rules == Grade::Poor && note.poor.0 <= 150 && note.great.0 >= 800);
        let alone = of(&|note| note.poor.0 >= 500);
        writeln!(
            out,
            "{kind:?}: {:?}; by rules {by_rules:?}, raised {raised:?}, lowered {lowered:?}, model alone {alone:?}",
            of(&|_| true)
        )?;
    }
    out.flush()
}
