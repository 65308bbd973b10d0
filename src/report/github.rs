//! Annotations of GitHub Actions: workflow commands on standard output, the worst findings first and at most ten, which
//! is what a step shows; everything is in the job summary, in Markdown.

use super::entry::{Entry, entries};
use super::human::Look;
use super::markdown::{Grouping, ReviewTable};
use super::model::FileReport;
use super::tally::{Tally, count};
use super::{Sink, concise, escape};
use crate::finding::Severity;
use std::cmp::Reverse;
use std::io::{self, Write};

/// How many annotations GitHub shows of one step.
const MOST_ANNOTATIONS: usize = 10;

/// How many bytes the job summary of one step may have.
pub const MOST_SUMMARY_BYTES: usize = 1024 * 1024;

/// Where the job summary is appended.
pub struct Summary<'a> {
    /// The file.
    pub out: Box<dyn Write + 'a>,
    /// How many bytes still have room in it.
    pub room: usize,
}

/// Writes the report; it is written at the end, because the worst findings come first.
pub struct GitHub<'a, W> {
    out: W,
    look: Look,
    summary: Option<Summary<'a>>,
    table: ReviewTable,
    found: Vec<Annotation>,
}

/// A finding as a command, and as a line for the log.
struct Annotation {
    rank: (bool, Reverse<Severity>, usize),
    command: String,
    line: String,
}

impl<'a, W: Write> GitHub<'a, W> {
    /// A report on `out`, with a job summary where there is one.
    pub fn new(out: W, look: Look, grouping: Grouping, summary: Option<Summary<'a>>) -> Self {
        Self { out, look, summary, table: ReviewTable::new(look.verbosity, grouping), found: Vec::new() }
    }

    /// Appends the job summary. Says whether everything is in it.
    fn summarise(&mut self, tally: &Tally) -> io::Result<bool> {
        let Some(Summary { out, room }) = &mut self.summary else { return Ok(false) };
        let mut end = Vec::new();
        tally.write_end(&mut end, self.look)?;
        let end = String::from_utf8_lossy(&end).replace('\n', "\n\n");
        let Some(room) = room.checked_sub(end.len()).filter(|room| *room > LEAST_SUMMARY) else { return Ok(false) };
        let text = self.table.render(room) + &end;
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(true)
    }
}

/// With less room nothing is appended.
const LEAST_SUMMARY: usize = 512;

impl<W: Write> Sink for GitHub<'_, W> {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        self.table.add(file);
        for entry in entries(file).iter().filter(|entry| concise::is_shown(entry, self.look.verbosity)) {
            let rank = (!entry.is_blocked(), Reverse(entry.finding.severity), self.found.len());
            self.found.push(Annotation {
                rank,
                command: command(entry),
                line: format!("- {}", tame(&concise::line(entry), Language::Text)),
            });
        }
        Ok(())
    }

    fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        self.found.sort_by_key(|annotation| annotation.rank);
        let found = std::mem::take(&mut self.found);
        let (shown, others) = found.split_at(found.len().min(MOST_ANNOTATIONS));
        for annotation in shown {
            writeln!(self.out, "{}", annotation.command)?;
        }
        let is_summarised = !found.is_empty() && self.summarise(tally)?;
        if !others.is_empty() {
            let findings = count(others.len(), "further finding");
            let place = if is_summarised { "in the job summary" } else { "below" };
            writeln!(self.out, "{findings} {place}")?;
        }
        if !is_summarised {
            for annotation in others {
                writeln!(self.out, "{}", annotation.line)?;
            }
        }
        tally.write_end(&mut self.out, self.look)?;
        self.out.flush()
    }
}

/// The workflow command of a finding, in one line.
fn command(entry: &Entry<'_>) -> String {
    let Entry { path, finding, .. } = entry;
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "notice",
    };
    let mut properties = format!("file={},line={},endLine={}", property(path), finding.line, finding.end_line);
    // GitHub takes columns only of what lies within one line.
    if finding.line == finding.end_line {
        properties += &format!(",col={},endColumn={}", finding.column, finding.end_column);
    }
    let waived = if finding.waived { "waived: " } else { "" };
    let help = finding.help.as_deref().map(|help| format!("\n{help}")).unwrap_or_default();
    let message = data(&format!("{waived}{}{help}", finding.message));
    format!("::{name} {properties},title={}::{message}", property(finding.rule))
}

/// The message of a command: after this it holds no line break, and the runner gives back what it was.
fn data(text: &str) -> String {
    escape::block(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command.
fn property(text: &str) -> String {
    // A path may hold a line break, which is kept: the file is looked up by it.
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// What a line of the log is written in, which decides how a character is written so that it means the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// For people: marks may be added.
    Text,
    /// JSON, in which `#` and `:` have another spelling inside a string.
    Json,
    /// XML, in which they have one everywhere but in a tag.
    Xml,
}

/// A line of the log in which the runner finds no command. Those of the older kind, `##[…]`, may begin anywhere in a line,
/// the others only at its begin; a carriage return begins a line, too.
#[must_use]
pub(crate) fn tame(line: &str, language: Language) -> String {
    let (hash, begin) = match language {
        Language::Text => ("# #[", "- "),
        Language::Json => ("\\u0023#[", ""),
        Language::Xml => ("&#35;#[", ""),
    };
    let of_line = |line: &str| {
        let is_command = line.trim_start().starts_with("::");
        let line = line.replace("##[", hash);
        match language {
            Language::Text if is_command => format!("{begin}{line}"),
            Language::Xml if is_command => line.replacen("::", "&#58;:", 1),
            _ => line,
        }
    };
    line.split_inclusive('\r').map(of_line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_ends_a_part_of_a_command_is_escaped() {
        assert_eq!(data("100% sure::error::\r\nx\ry"), "100%25 sure::error::%0Ax y");
        assert_eq!(property("a,b:c%3A\nd"), "a%2Cb%3Ac%253A%0Ad");
    }

    #[test]
    fn a_line_of_the_log_is_no_command() {
        assert_eq!(tame("::error::x:1:1: a", Language::Text), "- ::error::x:1:1: a");
        assert_eq!(tame(" \t::error::x", Language::Text), "-  \t::error::x");
        assert_eq!(tame("x ##[error]y", Language::Text), "x # #[error]y");
        assert_eq!(tame("x ::error::y", Language::Text), "x ::error::y");
        assert_eq!(tame("x\r::error::y", Language::Text), "x\r- ::error::y");
        assert_eq!(tame("{\"a\":\"##[error]y\"}", Language::Json), "{\"a\":\"\\u0023#[error]y\"}");
        assert_eq!(tame("  ::error::##[x]", Language::Xml), "  &#58;:error::&#35;#[x]");
    }
}
