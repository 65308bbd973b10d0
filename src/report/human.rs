//! The report for people: records worst first within a file, each finding with the lines it is about, and one line of
//! counts at the end.

use super::Sink;
use super::escape;
use super::model::{Excerpt, FileReport, FindingReport, MarkKind, ReadingReport, RecordReport};
pub use super::snippet::Styling;
use super::snippet::{Around, Snippets};
use super::tally::Tally;
use crate::finding::Severity;
use crate::grade::Grade;
use crate::reading::{Polarity, ReasonKind};
use crate::rules::Confidence;
use crate::source::Extent;
use owo_colors::Style;
use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// How much is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Verbosity {
    /// Errors, and the line of counts.
    Quiet,
    /// What could be better, and the line of counts.
    #[default]
    Normal,
    /// Every record and every skipped file, too.
    Verbose,
}

/// How the report looks.
#[derive(Debug, Clone, Copy)]
pub struct Look {
    /// Whether there are colours.
    pub styling: Styling,
    /// Columns of the terminal.
    pub width: usize,
    /// How much is said.
    pub verbosity: Verbosity,
    /// What a run says that touches no note.
    pub idle: Idle,
}

/// What a run says that touches no note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Idle {
    /// The line of counts.
    #[default]
    Counted,
    /// Nothing, unless every record is reported anyway: a commit that is not about notes is not the time to talk of them.
    Silent,
}

/// Writes the report for people.
pub struct Human<W> {
    out: W,
    look: Look,
    snippets: Snippets,
}

impl<W: Write> Human<W> {
    /// A report on `out`.
    pub fn new(out: W, look: Look) -> Self {
        Self { out, look, snippets: Snippets::new(look.styling, look.width) }
    }

    fn record(&mut self, record: &RecordReport) -> io::Result<()> {
        let findings = self.shown(&record.findings);
        if findings.is_empty() && self.look.verbosity < Verbosity::Verbose {
            return Ok(());
        }
        // The line to go to: that of the worst finding.
        let line = findings.first().map_or(record.line, |finding| finding.line);
        let place = format!("{}:{line}", escape::line(&record.path));
        let parts = [record.customer.as_deref(), record.workload.as_deref(), record.status.as_deref()];
        let who: String = parts.into_iter().flatten().map(|part| format!(" · {}", escape::line(part))).collect();
        let grade = format!("{}{}", record.grade.name(), verdict(record));
        let style = match (record.blocked, record.grade) {
            (true, _) => Style::new().red().bold(),
            (false, Grade::Great) => Style::new().green(),
            (false, _) => Style::new().yellow(),
        };
        let (place, grade) =
            (self.look.styling.paint(&place, Style::new().bold()), self.look.styling.paint(&grade, style));
        writeln!(self.out, "{place}{who} → {grade}")?;
        if self.look.verbosity == Verbosity::Verbose {
            self.reading(&record.reading)?;
            if record.confidence == Confidence::Low {
                writeln!(self.out, "  {UNSURE}")?;
            }
        }
        self.findings(&findings, &record.path, Subject::Record)?;
        writeln!(self.out)
    }

    /// What the reader found in the note, so that a writer sees what a grade rests on.
    fn reading(&mut self, reading: &ReadingReport) -> io::Result<()> {
        let intent = match reading.intent {
            Polarity::None => "none found",
            found => found.name(),
        };
        let quoted =
            |text: &Option<String>| text.as_ref().map(|text| format!(" “{}”", escape::line(text))).unwrap_or_default();
        writeln!(self.out, "  intent: {intent}{}", quoted(&reading.intent_text))?;
        let kind = Some(reading.reason_kind).filter(|kind| *kind != ReasonKind::UNKNOWN);
        if reading.reason_text.is_some() || kind.is_some() {
            let kind = kind.map(|kind| format!(" ({kind})")).unwrap_or_default();
            writeln!(self.out, "  reason:{}{kind}", quoted(&reading.reason_text))?;
        }
        Ok(())
    }

    /// The findings to show, worst first.
    fn shown<'f>(&self, findings: &'f [FindingReport]) -> Vec<&'f FindingReport> {
        let least = match self.look.verbosity {
            Verbosity::Quiet => Severity::Error,
            Verbosity::Normal | Verbosity::Verbose => Severity::Info,
        };
        let waived = self.look.verbosity == Verbosity::Verbose;
        let mut shown: Vec<_> = findings.iter().filter(|f| f.severity >= least && (waived || !f.waived)).collect();
        shown.sort_by_key(|finding| (finding.waived, Reverse(finding.severity)));
        shown
    }

    /// Findings in the order given. Lines and help that were shown just before are not shown again.
    fn findings(&mut self, findings: &[&FindingReport], path: &str, subject: Subject) -> io::Result<()> {
        let mut last: Option<&Excerpt> = None;
        let mut last_help: Option<&str> = None;
        for finding in findings {
            let excerpt = finding.excerpt.as_ref().filter(|excerpt| !last.is_some_and(|last| is_same(last, excerpt)));
            let help = finding.help.as_deref().filter(|help| last_help != Some(help));
            let title = title(finding, subject);
            writeln!(self.out, "{}", self.snippets.render(finding, &Around { path, title: &title, excerpt, help }))?;
            last_help = finding.help.as_deref().or(last_help);
            last = finding.excerpt.as_ref().or(last);
        }
        Ok(())
    }
}

impl<W: Write> Sink for Human<W> {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        let findings = self.shown(&file.findings);
        let path = self.look.styling.paint(&escape::line(&file.path), Style::new().bold());
        if !findings.is_empty() {
            let blocks = findings.iter().any(|finding| finding.severity == Severity::Error);
            let verdict = if blocks {
                self.look.styling.paint("blocked", Style::new().red().bold())
            } else {
                "to correct".to_owned()
            };
            writeln!(self.out, "{path} → {verdict}")?;
            self.findings(&findings, &file.path, Subject::File)?;
            writeln!(self.out)?;
        }
        if let (Some(reason), Verbosity::Verbose) = (file.skipped, self.look.verbosity) {
            writeln!(self.out, "{path}: skipped, {}\n", reason.words())?;
        }
        let mut records: Vec<&RecordReport> = file.records.iter().collect();
        records.sort_by_key(|record| (Reverse(record.blocked), Reverse(record.grade), record.line));
        records.into_iter().try_for_each(|record| self.record(record))
    }

    fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        if tally.extent == Extent::Likely && self.look.verbosity == Verbosity::Verbose {
            writeln!(self.out, "{PARTLY_SEARCHED}\n")?;
        }
        tally.write_end(&mut self.out, self.look)?;
        self.out.flush()
    }
}

/// What follows the grade: that the record is blocked, and by what, where the grade does not say it; or that a waiver
/// keeps it from being blocked.
fn verdict(record: &RecordReport) -> String {
    if !record.blocked {
        let is_waived = record.findings.iter().any(|finding| finding.waived);
        return if is_waived { ", waived".to_owned() } else { String::new() };
    }
    if record.blocked_by_note {
        return ", blocked".to_owned();
    }
    let errors = record.findings.iter().filter(|finding| finding.severity == Severity::Error && !finding.waived);
    let rules: BTreeSet<&str> = errors.map(|finding| finding.rule).collect();
    format!(", blocked by {}", rules.into_iter().collect::<Vec<_>>().join(" and "))
}

/// Said of a note about which the rules and the second reader do not agree.
const UNSURE: &str = "confidence: low, the rules and the second reader do not agree on this note";

/// Said when not every file was searched for duplicates.
const PARTLY_SEARCHED: &str = "duplicate-record: the repository is too large to search all of it in a commit hook, or \
                               not all of it is here, so only the likely files were searched for other records of the \
                               same customers and workloads; `notegate check --from BRANCH` and the pre-push hook search \
                               every file.";

/// What findings are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    Record,
    File,
}

/// The message, and what no excerpt shows: the line, and that a waiver sets the finding aside.
fn title(finding: &FindingReport, subject: Subject) -> String {
    let line = match (subject, &finding.excerpt) {
        (Subject::Record, None) => format!(" (line {})", finding.line),
        (Subject::File, None) if finding.line > 1 => format!(" (line {})", finding.line),
        _ => String::new(),
    };
    let waived = if finding.waived { " (waived)" } else { "" };
    format!("{}{line}{waived}", finding.message)
}

/// Whether two excerpts show the same lines with the same part underlined.
fn is_same(left: &Excerpt, right: &Excerpt) -> bool {
    let main = |excerpt: &Excerpt| {
        excerpt.marks.iter().find(|mark| mark.kind == MarkKind::Finding).map(|mark| mark.range.clone())
    };
    left.first_line == right.first_line && left.text == right.text && main(left) == main(right)
}
