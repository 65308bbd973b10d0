//! One line a finding, `path:line:column: severity rule message`, for problem matchers, quickfix lists and Jenkins.

use super::entry::{Entry, entries};
use super::human::{Look, Verbosity};
use super::model::FileReport;
use super::tally::Tally;
use super::{Sink, escape};
use crate::finding::Severity;
use std::io::{self, Write};

/// Writes the concise report.
pub struct Concise<W> {
    out: W,
    look: Look,
}

impl<W: Write> Concise<W> {
    /// A report on `out`; of `look` it takes how much is said.
    pub fn new(out: W, look: Look) -> Self {
        Self { out, look }
    }
}

impl<W: Write> Sink for Concise<W> {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        for entry in entries(file).iter().filter(|entry| is_shown(entry, self.look.verbosity)) {
            writeln!(self.out, "{}", line(entry))?;
        }
        Ok(())
    }

    fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        tally.write_end(&mut self.out, self.look)?;
        self.out.flush()
    }
}

/// Whether a report that says so much shows the finding.
pub(super) fn is_shown(entry: &Entry<'_>, verbosity: Verbosity) -> bool {
    match verbosity {
        Verbosity::Quiet => entry.finding.severity == Severity::Error && !entry.finding.waived,
        Verbosity::Normal => !entry.finding.waived,
        Verbosity::Verbose => true,
    }
}

/// The line of a finding, without a line break.
pub(super) fn line(entry: &Entry<'_>) -> String {
    let Entry { path, finding, .. } = entry;
    let waived = if finding.waived { " (waived)" } else { "" };
    format!(
        "{}:{}:{}: {} {} {}{waived}",
        escape::line(path),
        finding.line,
        finding.column,
        finding.severity.name(),
        finding.rule,
        escape::line(&finding.message),
    )
}
