//! SARIF 2.1.0, for code scanning: the rules with their help, and a result for each finding, also for one that a waiver
//! sets aside, which is suppressed.

mod log;
mod message;

use super::Sink;
use super::entry::{Entry, entries, subject};
use super::fingerprint::Fingerprints;
use super::json::write_value;
use super::model::FileReport;
use super::tally::{Tally, count};
use crate::finding::Severity;
use crate::rules::REGISTRY;
use log::{Fingerprint, Log, Notification, Place, Properties, Region, SarifResult, Suppression};
use message::plain;
use std::cmp::Reverse;
use std::io::{self, Write};

/// How many results GitHub takes of one run.
const MOST_RESULTS: usize = 25_000;

/// Writes the report; it is written at the end, because of too many results the worst are kept.
pub struct Sarif<W> {
    out: W,
    fingerprints: Fingerprints,
    results: Vec<(Rank, SarifResult)>,
}

/// Sorts what is worst first: not waived, blocked, severe.
type Rank = (bool, bool, Reverse<Severity>);

impl<W: Write> Sarif<W> {
    /// A report on `out`.
    pub fn new(out: W) -> Self {
        Self { out, fingerprints: Fingerprints::default(), results: Vec::new() }
    }
}

impl<W: Write> Sink for Sarif<W> {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        for entry in entries(file) {
            let rank = (entry.finding.waived, !entry.is_blocked(), Reverse(entry.finding.severity));
            let result = result(&entry, self.fingerprints.next(&entry));
            self.results.push((rank, result));
        }
        Ok(())
    }

    fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        let mut results: Vec<(usize, (Rank, SarifResult))> =
            std::mem::take(&mut self.results).into_iter().enumerate().collect();
        let left_out = results.len().saturating_sub(MOST_RESULTS);
        if left_out > 0 {
            results.sort_by_key(|(at, (rank, _))| (*rank, *at));
            results.truncate(MOST_RESULTS);
            results.sort_by_key(|(at, _)| *at);
        }
        let notification = (left_out > 0).then(|| {
            let results = count(left_out, "result");
            Notification::warning(format!("{results} left out: GitHub takes at most {MOST_RESULTS} of one run"))
        });
        let results = results.into_iter().map(|(_, (_, result))| result).collect();
        write_value(&mut self.out, &Log::new(results, notification, tally.summary))?;
        self.out.write_all(b"\n")?;
        self.out.flush()
    }
}

fn result(entry: &Entry<'_>, fingerprint: String) -> SarifResult {
    let Entry { path, record, finding } = *entry;
    let help = finding.help.as_deref().map(|help| format!("\n{help}")).unwrap_or_default();
    let suppressions = finding.waived.then(|| vec![Suppression::new(finding.waiver.as_ref())]);
    SarifResult {
        rule_id: finding.rule,
        rule_index: REGISTRY.iter().position(|rule| rule.meta().name == finding.rule),
        level: log::level(Some(finding.severity)),
        message: plain(&format!("{}{help}", finding.message)),
        locations: vec![Place::new(
            path,
            Region {
                start_line: finding.line,
                start_column: finding.column,
                end_line: finding.end_line,
                end_column: finding.end_column,
            },
            record.map(subject),
        )],
        partial_fingerprints: Fingerprint::new(fingerprint),
        suppressions,
        properties: record.map(Properties::of),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::model::{FindingReport, Places};
    use serde_json::Value;

    fn finding(line: usize, severity: Severity) -> FindingReport {
        FindingReport {
            rule: "unreadable",
            severity,
            message: "m".to_owned(),
            help: None,
            waived: false,
            line,
            column: 1,
            end_line: line,
            end_column: 1,
            excerpt: None,
            mended_by: None,
            named_paths: Vec::new(),
            fix: None,
            places: Places::default(),
            waiver: None,
        }
    }

    #[test]
    fn of_more_results_than_github_takes_the_worst_are_kept_in_their_order() {
        let severity = |line: usize| if line.is_multiple_of(2) { Severity::Error } else { Severity::Info };
        let findings = (1..=MOST_RESULTS + 6).map(|line| finding(line, severity(line))).collect();
        let file = FileReport { path: "a.yaml".to_owned(), records: Vec::new(), findings, skipped: None };
        let mut out = Vec::new();
        let mut sarif = Sarif::new(&mut out);
        sarif.file(&file).unwrap();
        sarif.finish(&Tally::default()).unwrap();
        let log: Value = serde_json::from_slice(&out).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap();
        let lines: Vec<u64> = results
            .iter()
            .map(|result| result["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64().unwrap())
            .collect();
        assert_eq!(lines.len(), MOST_RESULTS);
        assert!(lines.is_sorted());
        // The six that are left out are the last of the least severe.
        assert_eq!(&lines[MOST_RESULTS - 4..], [MOST_RESULTS as u64, 25_002, 25_004, 25_006]);
        let told = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
        assert_eq!(told, "6 results left out: GitHub takes at most 25000 of one run");
    }
}
