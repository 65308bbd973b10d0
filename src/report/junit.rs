//! The report for what reads JUnit's XML: a test suite a file, a test case a record, so that passes are counted too. A
//! blocked record fails; one that only a waiver keeps from being reported is skipped, with the reason of the waiver.

use super::entry::{Entry, subject};
use super::model::{FileReport, FindingReport, RecordReport};
use super::tally::Tally;
use super::{Sink, concise, escape};
use crate::finding::Severity;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};
use std::io::{self, Write};

/// Writes the report; it is written at the end, because its head counts what is in it.
pub struct JUnit<W> {
    out: W,
    report: Report,
}

impl<W: Write> JUnit<W> {
    /// A report on `out`.
    pub fn new(out: W) -> Self {
        Self { out, report: Report::new("notegate") }
    }
}

impl<W: Write> Sink for JUnit<W> {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        if file.records.is_empty() && file.findings.is_empty() {
            return Ok(());
        }
        let mut suite = TestSuite::new(text(&file.path));
        if !file.findings.is_empty() {
            suite.add_test_case(case_of_file(file));
        }
        suite.add_test_cases(file.records.iter().map(|record| case_of_record(&file.path, record)));
        self.report.add_test_suite(suite);
        Ok(())
    }

    fn finish(&mut self, _tally: &Tally) -> io::Result<()> {
        self.report.serialize(&mut self.out).map_err(io::Error::other)?;
        self.out.flush()
    }
}

fn case_of_file(file: &FileReport) -> TestCase {
    let entries: Vec<Entry<'_>> =
        file.findings.iter().map(|finding| Entry { path: &file.path, record: None, finding }).collect();
    let blocks = file.findings.iter().any(|finding| finding.severity == Severity::Error);
    let status = if blocks { failure(&entries) } else { TestCaseStatus::success() };
    let mut case = case("the file as a whole", &file.path, 1, status);
    if !blocks {
        case.set_system_out(lines(&entries));
    }
    case
}

fn case_of_record(path: &str, record: &RecordReport) -> TestCase {
    let entry = |finding| Entry { path, record: Some(record), finding };
    let counted: Vec<Entry<'_>> = record.findings.iter().filter(|finding| !finding.waived).map(entry).collect();
    let waived: Vec<&FindingReport> = record.findings.iter().filter(|finding| finding.waived).collect();
    let status = match () {
        () if record.blocked => failure(&counted),
        () if !waived.is_empty() => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(text(&waived.iter().map(|finding| reason(finding)).collect::<Vec<_>>().join("; ")));
            status
        }
        () => TestCaseStatus::success(),
    };
    let mut case = case(&subject(record), path, record.line, status);
    if !record.blocked && !counted.is_empty() {
        case.set_system_out(lines(&counted));
    }
    case
}

fn case(name: &str, path: &str, line: usize, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(text(name), status);
    case.set_classname(text(path));
    case.extra.insert("file".into(), text(path).into());
    case.extra.insert("line".into(), line.to_string().into());
    case
}

/// Fails by the worst of the findings, and tells all of them.
fn failure(entries: &[Entry<'_>]) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    let worst = entries.iter().min_by_key(|entry| std::cmp::Reverse(entry.finding.severity));
    if let Some(worst) = worst {
        status.set_type(worst.finding.rule).set_message(text(&worst.finding.message));
    }
    status.set_description(lines(entries));
    status
}

/// A line a finding, followed by what the writer can do.
fn lines(entries: &[Entry<'_>]) -> String {
    let told = |entry: &Entry<'_>| {
        let help =
            entry.finding.help.as_deref().map(|help| format!("\n  {}", escape::block(help).replace('\n', "\n  ")));
        concise::line(entry) + &help.unwrap_or_default()
    };
    fit(&entries.iter().map(told).collect::<Vec<_>>().join("\n"))
}

fn reason(finding: &FindingReport) -> String {
    let Some(waiver) = &finding.waiver else { return format!("{} is waived", finding.rule) };
    let until = waiver.until.as_ref().map(|day| format!(" until {day}")).unwrap_or_default();
    format!("{} is waived{until}: {}", finding.rule, waiver.reason)
}

/// A text for an attribute.
fn text(text: &str) -> String {
    fit(&escape::line(text))
}

/// The text without the two characters that XML cannot hold and that are safe elsewhere.
fn fit(text: &str) -> String {
    text.replace('\u{fffe}', "<U+FFFE>").replace('\u{ffff}', "<U+FFFF>")
}
