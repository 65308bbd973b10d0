//! The code quality report of GitLab: an array with one object a finding. What a waiver sets aside is left out, because
//! the format cannot say that.

use super::Sink;
use super::entry::{Entry, entries};
use super::fingerprint::Fingerprints;
use super::json::write_value;
use super::model::FileReport;
use super::tally::Tally;
use crate::finding::Severity;
use serde::Serialize;
use std::io::{self, Write};

/// Writes the report for GitLab. One finding stands on one line.
pub struct GitLab<W> {
    out: W,
    fingerprints: Fingerprints,
    started: bool,
}

#[derive(Serialize)]
struct Issue<'a> {
    /// Who says so; GitLab passes over it, and a later run knows its own report by it.
    engine_name: &'static str,
    check_name: &'static str,
    description: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

impl<W: Write> GitLab<W> {
    /// A report on `out`.
    ///
    /// # Errors
    /// When its begin cannot be written.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(b"[")?;
        Ok(Self { out, fingerprints: Fingerprints::default(), started: false })
    }

    fn issue<'a>(&mut self, entry: &Entry<'a>) -> Issue<'a> {
        let finding = entry.finding;
        Issue {
            engine_name: "notegate",
            check_name: finding.rule,
            description: &finding.message,
            fingerprint: self.fingerprints.next(entry),
            severity: severity(finding.severity),
            location: Location { path: entry.path, lines: Lines { begin: finding.line, end: finding.end_line } },
        }
    }
}

/// GitLab's word for a severity: an error blocks.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "blocker",
        Severity::Warning => "minor",
        Severity::Info => "info",
    }
}

impl<W: Write> Sink for GitLab<W> {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        for entry in entries(file).iter().filter(|entry| !entry.finding.waived) {
            let issue = self.issue(entry);
            self.out.write_all(if self.started { b",\n" } else { b"\n" })?;
            self.started = true;
            write_value(&mut self.out, &issue)?;
        }
        Ok(())
    }

    fn finish(&mut self, _tally: &Tally) -> io::Result<()> {
        self.out.write_all(if self.started { b"\n]\n" } else { b"]\n" })?;
        self.out.flush()
    }
}
