//! All records as comma-separated values, one row a record, for a spreadsheet; a finding about a file as a whole has a
//! row of its own.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, so such a text gets an apostrophe in
//! front, which spreadsheets take for "this is text".

use super::entry::entries;
use super::model::{FileReport, FindingReport, RecordReport};
use super::tally::Tally;
use super::{Sink, escape};
use csv::{QuoteStyle, Terminator, Writer, WriterBuilder};
use std::fmt::Write as _;
use std::io::{self, Write};

/// The names of the columns.
const COLUMNS: [&str; 19] = [
    "path",
    "line",
    "customer",
    "workload",
    "status",
    "grade",
    "blocked",
    "changed",
    "owner",
    "code_owners",
    "refreshed",
    "intent",
    "reason_kind",
    "confidence",
    "note",
    "rules",
    "findings",
    "waived",
    "waivers",
];

/// How a table of this program begins, whatever follows.
pub(super) const BEGIN: &str = "\"path\",\"line\",\"customer\",\"workload\",\"status\",\"grade\"";

/// Writes the table.
pub struct Table<W: Write> {
    out: Writer<W>,
}

impl<W: Write> Table<W> {
    /// A table on `out`.
    ///
    /// # Errors
    /// When the names of the columns cannot be written.
    pub fn new(out: W) -> io::Result<Self> {
        let mut builder = WriterBuilder::new();
        // Every cell is quoted, so that a reader that splits at semicolons finds no cell that begins within a text.
        builder.quote_style(QuoteStyle::Always).terminator(Terminator::Any(b'\n'));
        let mut out = builder.from_writer(out);
        out.write_record(COLUMNS)?;
        Ok(Self { out })
    }

    fn record(&mut self, record: &RecordReport) -> io::Result<()> {
        let text = |text: &Option<String>| text.as_deref().map(guarded).unwrap_or_default();
        let (waived, counted): (Vec<_>, Vec<_>) = record.findings.iter().partition(|finding| finding.waived);
        Ok(self.out.write_record([
            guarded(&record.path),
            record.line.to_string(),
            text(&record.customer),
            text(&record.workload),
            text(&record.status),
            record.grade.name().to_owned(),
            record.blocked.to_string(),
            record.changed.to_string(),
            text(&record.owner),
            guarded(&record.code_owners.join(" ")),
            text(&record.refreshed),
            record.reading.intent.name().to_owned(),
            record.reading.reason_kind.to_owned(),
            record.confidence.name().to_owned(),
            text(&record.note),
            rules(&counted),
            guarded(&findings(&counted)),
            rules(&waived),
            guarded(&waivers(&waived)),
        ])?)
    }

    fn finding(&mut self, path: &str, finding: &FindingReport) -> io::Result<()> {
        let mut row = COLUMNS.map(|column| match column {
            "path" => guarded(path),
            "line" => finding.line.to_string(),
            "rules" => finding.rule.to_owned(),
            "findings" => guarded(&findings(&[finding])),
            _ => String::new(),
        });
        if let (Some(cell), true) = (row.get_mut(6), finding.severity == crate::finding::Severity::Error) {
            "true".clone_into(cell);
        }
        Ok(self.out.write_record(&row)?)
    }
}

fn rules(findings: &[&FindingReport]) -> String {
    let mut rules: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
    rules.dedup();
    rules.join(" ")
}

/// One line a finding: `error vague-reason: message`.
fn findings(findings: &[&FindingReport]) -> String {
    let line = |finding: &&FindingReport| {
        format!("{} {}: {}", finding.severity.name(), finding.rule, escape::line(&finding.message))
    };
    findings.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// One line a waived finding: `hedging: the reason (until 2026-12-31)`.
fn waivers(findings: &[&FindingReport]) -> String {
    let line = |finding: &&FindingReport| {
        let waiver = finding.waiver.as_ref()?;
        let mut line = format!("{}: {}", finding.rule, escape::line(&waiver.reason));
        if let Some(until) = &waiver.until {
            let _infallible = write!(line, " (until {until})");
        }
        Some(line)
    };
    findings.iter().filter_map(line).collect::<Vec<_>>().join("\n")
}

/// The text as a cell: no control character but the line feed, and nothing that a spreadsheet calculates.
fn guarded(text: &str) -> String {
    let text = escape::block(text);
    // A note that begins as a guarded one does is guarded as well, so that both can be told from each other.
    let begins = text.trim_start_matches('\'').trim_start().chars().next();
    match begins {
        // The wide forms are what some spreadsheets make plain ones of.
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') => format!("'{text}"),
        _ => text.into_owned(),
    }
}

impl<W: Write> Sink for Table<W> {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        for entry in entries(file).iter().filter(|entry| entry.record.is_none()) {
            self.finding(&file.path, entry.finding)?;
        }
        file.records.iter().try_for_each(|record| self.record(record))
    }

    fn finish(&mut self, _tally: &Tally) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::guarded;

    #[test]
    fn nothing_that_a_spreadsheet_would_calculate_begins_a_cell() {
        for (text, cell) in [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("  =1", "'  =1"),
            ("\t=1", "' =1"),
            ("\r\n=1", "'\n=1"),
            ("\u{a0}=1", "'\u{a0}=1"),
            ("＝1", "'＝1"),
            ("Contoso = 1", "Contoso = 1"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), cell);
        }
    }
}
