//! The report of `eval` for people.

use super::{Agreement, Disagreement, Floor, FloorOf, GradeCounts, ReasonOverlap, Share};
use crate::grade::Grade;
use crate::report::escape;
use std::io::{self, Write};

/// How much the report for people lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// The notes whose grade is not their label.
    Grades,
    /// Those, and the notes whose intent was not read as labelled.
    GradesAndIntents,
}

/// Writes the report for people: the disagreements, the worst first, and the counts at the end, where a terminal shows
/// them.
///
/// # Errors
/// When it cannot be written.
pub fn write_human<W: Write>(
    mut out: W,
    file: &str,
    agreement: &Agreement,
    floors: &[Floor],
    detail: Detail,
) -> io::Result<()> {
    let mut disagreements: Vec<&Disagreement> = agreement.disagreements.iter().collect();
    disagreements.sort_by_key(|disagreement| badness(disagreement));
    disagreements.into_iter().try_for_each(|disagreement| write_disagreement(&mut out, disagreement))?;
    if detail == Detail::GradesAndIntents {
        write_intents(&mut out, agreement)?;
    }
    write_confusion(&mut out, agreement)?;
    write_counts(&mut out, agreement)?;
    floors.iter().filter(|floor| !floor.reached).try_for_each(|floor| {
        let what = match floor.agreement {
            FloorOf::Block => "block agreement",
            FloorOf::ThreeWay => "three-way agreement",
        };
        writeln!(out, "{}: {what} is below {}", escape::line(file), floor.least)
    })?;
    out.flush()
}

/// What costs most stands first: a great note blocked, a poor one passed, others on the wrong side, others.
fn badness(disagreement: &Disagreement) -> u8 {
    match (disagreement.labelled, disagreement.graded) {
        (Grade::Great, Grade::Poor) => 0,
        (Grade::Poor, _) => 1,
        (_, Grade::Poor) => 2,
        _ => 3,
    }
}

fn write_disagreement<W: Write>(out: &mut W, disagreement: &Disagreement) -> io::Result<()> {
    let Disagreement { id, line, status, workload, note, labelled, graded, findings } = disagreement;
    let [id, status, workload, note] = [id, status, workload, note].map(|text| escape::line(text));
    writeln!(out, "{id}, line {line} · {workload} · {status}: labelled {}, graded {}", labelled.name(), graded.name())?;
    writeln!(out, "  “{note}”")?;
    if findings.is_empty() {
        writeln!(out, "  no rule fired")?;
    }
    for fired in findings {
        writeln!(out, "  {}[{}]: {}", fired.severity.name(), fired.rule, escape::line(&fired.message))?;
    }
    writeln!(out)
}

fn write_intents<W: Write>(out: &mut W, agreement: &Agreement) -> io::Result<()> {
    for disagreement in &agreement.intent_disagreements {
        let (labelled, read) = (disagreement.labelled.name(), disagreement.read.name());
        writeln!(out, "{}: intent labelled {labelled}, read {read}", escape::line(&disagreement.id))?;
    }
    if agreement.intent_disagreements.is_empty() { Ok(()) } else { writeln!(out) }
}

fn write_confusion<W: Write>(out: &mut W, agreement: &Agreement) -> io::Result<()> {
    writeln!(out, "{:<20} {:>8} {:>8} {:>8}", "labelled, graded as", "great", "marginal", "poor")?;
    let confusion = &agreement.confusion;
    let rows = [(Grade::Great, confusion.great), (Grade::Marginal, confusion.marginal), (Grade::Poor, confusion.poor)];
    for (label, GradeCounts { great, marginal, poor }) in rows {
        writeln!(out, "{:<20} {great:>8} {marginal:>8} {poor:>8}", label.name())?;
    }
    writeln!(out)
}

fn write_counts<W: Write>(out: &mut W, agreement: &Agreement) -> io::Result<()> {
    let shares = [
        ("block agreement", agreement.block),
        ("three-way agreement", agreement.three_way),
        ("great blocked", agreement.great_blocked),
        ("poor passed", agreement.poor_passed),
        ("intent agreement", agreement.intent),
        ("reason recall", agreement.reason_recall),
    ];
    for (name, share) in shares.into_iter().filter(|(_, share)| share.of > 0) {
        writeln!(out, "{name:<20} {:>8}   {} of {}", percent(share), share.count, share.of)?;
    }
    let ReasonOverlap { mean, of, not_in_note } = agreement.reason;
    if let Some(mean) = mean {
        writeln!(out, "{:<20} {:>8}   mean over {of} marked", "reason overlap", format!("{:.1} %", mean * 100.0))?;
    }
    if not_in_note > 0 {
        writeln!(out, "{not_in_note} marked reasons do not occur in their note and were not counted")?;
    }
    Ok(())
}

/// In percent with one digit, rounded down: a share that does not reach 96 % is not shown as 96 %.
pub(crate) fn percent(share: Share) -> String {
    let tenths = share.count.saturating_mul(1000) / share.of.max(1);
    format!("{}.{} %", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_is_rounded_down() {
        assert_eq!(percent(Share { count: 2399, of: 2500 }), "95.9 %");
        assert_eq!(percent(Share { count: 3, of: 3 }), "100.0 %");
        assert_eq!(percent(Share { count: 0, of: 7 }), "0.0 %");
    }
}
