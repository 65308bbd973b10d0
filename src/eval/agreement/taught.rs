//! What learning changes, for people.

use super::Share;
use super::human::percent;
use crate::eval::Taught;
use crate::grade::Grade;
use crate::report::escape;
use crate::report::tally::count;
use std::io::{self, Write};

/// Writes what learning from the labelled file `file` changes.
///
/// # Errors
/// When it cannot be written.
pub fn write_taught<W: Write>(mut out: W, file: &str, taught: &Taught) -> io::Result<()> {
    let Taught { before, after, .. } = taught;
    let (great, poor) = (before.great_blocked.of, before.poor_passed.of);
    let marginal = taught.notes - great - poor;
    let grades = [(great, Grade::Great), (marginal, Grade::Marginal), (poor, Grade::Poor)];
    let grades: Vec<String> = grades.iter().map(|(count, grade)| format!("{count} {}", grade.name())).collect();
    writeln!(out, "{}: {}, {}", escape::line(file), count(taught.notes, "note"), grades.join(", "))?;
    if taught.repeated > 0 {
        writeln!(out, "{} of an earlier note; each note was counted once", count(taught.repeated, "repetition"))?;
    }
    writeln!(out, "\n{:<20} {:<24} with what was learned", "", "as shipped")?;
    for (name, before, after) in [
        ("block agreement", before.block, after.block),
        ("great blocked", before.great_blocked, after.great_blocked),
        ("poor passed", before.poor_passed, after.poor_passed),
    ] {
        writeln!(out, "{name:<20} {:<24} {}", told(before), told(after))?;
    }
    writeln!(
        out,
        "\nEach note was judged by a reader that had learned from other notes only (5-fold cross-validation)."
    )?;
    out.flush()
}

fn told(share: Share) -> String {
    format!("{:>7}  {} of {}", percent(share), share.count, share.of)
}
