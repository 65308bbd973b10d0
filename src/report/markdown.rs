//! A table for a review, in Markdown: each record that a reviewer should look at, worst first, with its note, the note
//! before the change, the change of the grade, and what to correct.
//!
//! Whatever a text says, it is shown as it is: nothing in it is markup, mentions a person, or is a link.

pub(super) mod text;

pub(super) use text::inline;

use super::Sink;
use super::entry::subject;
use super::escape;
use super::human::{Look, Verbosity};
use super::model::{FileReport, FindingReport, RecordReport};
use super::tally::{Tally, count};
use crate::finding::Severity;
use crate::grade::Grade;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Under what the records are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Grouping {
    /// All in one table.
    #[default]
    None,
    /// A table an owner.
    Owner,
    /// A table for each set of owners in `CODEOWNERS`.
    CodeOwners,
}

/// Writes the table. It is written at the end, because it is sorted.
pub struct Markdown<W> {
    out: W,
    table: ReviewTable,
    look: Look,
}

impl<W: Write> Markdown<W> {
    /// A report on `out`; of `look` it takes how much is said.
    pub fn new(out: W, look: Look, grouping: Grouping) -> Self {
        Self { out, table: ReviewTable::new(look.verbosity, grouping), look }
    }
}

impl<W: Write> Sink for Markdown<W> {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        self.table.add(file);
        Ok(())
    }

    fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        self.out.write_all(self.table.render(usize::MAX).as_bytes())?;
        tally.write_end(&mut self.out, self.look)?;
        self.out.flush()
    }
}

/// The rows of the report.
#[derive(Debug)]
pub(super) struct ReviewTable {
    verbosity: Verbosity,
    grouping: Grouping,
    rows: Vec<Row>,
}

/// A record, or a file as a whole; its cells are Markdown.
#[derive(Debug)]
struct Row {
    rank: Rank,
    group: String,
    record: String,
    grade: String,
    before: Option<String>,
    note: String,
    findings: String,
}

/// Sorts what is worst first.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    passes: bool,
    grade: Reverse<Grade>,
    path: String,
    line: usize,
}

/// What stands above the tables.
const TITLE: &str = "## Status notes to review\n";

/// What stands in their place.
const NOTHING: &str = "\nNothing to correct.\n\n";

/// Room for the line that says how many rows are left out.
const LEFT_OUT: usize = 160;

impl ReviewTable {
    pub(super) fn new(verbosity: Verbosity, grouping: Grouping) -> Self {
        Self { verbosity, grouping, rows: Vec::new() }
    }

    /// Takes the rows of a file that there is something to say about, and those of changed notes.
    pub(super) fn add(&mut self, file: &FileReport) {
        let own: Vec<&FindingReport> = self.shown(&file.findings);
        if !own.is_empty() {
            self.rows.push(row_of_file(file, &own, self.grouping));
        }
        for record in &file.records {
            let shown = self.shown(&record.findings);
            let is_changed = record.before.is_some() && self.verbosity > Verbosity::Quiet;
            if !shown.is_empty() || is_changed || self.verbosity == Verbosity::Verbose {
                self.rows.push(row(record, &shown, self.grouping));
            }
        }
    }

    fn shown<'f>(&self, findings: &'f [FindingReport]) -> Vec<&'f FindingReport> {
        let is_shown = |finding: &&FindingReport| match self.verbosity {
            Verbosity::Quiet => finding.severity == Severity::Error && !finding.waived,
            Verbosity::Normal | Verbosity::Verbose => true,
        };
        let mut shown: Vec<&FindingReport> = findings.iter().filter(is_shown).collect();
        shown.sort_by_key(|finding| (finding.waived, Reverse(finding.severity)));
        shown
    }

    /// Title and tables in at most `room` bytes; what has no room is left out, the least bad first, and counted. A title
    /// alone takes more than no room.
    pub(super) fn render(&mut self, room: usize) -> String {
        if self.rows.is_empty() {
            return format!("{TITLE}{NOTHING}");
        }
        self.rows.sort_by(|left, right| left.rank.cmp(&right.rank));
        let has_before = self.rows.iter().any(|row| row.before.is_some());
        let lines = self.rows.iter().map(|row| row.line(has_before));
        let mut left = room.saturating_sub(TITLE.len() + LEFT_OUT);
        let mut groups: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        let mut left_out = 0;
        for (row, line) in self.rows.iter().zip(lines) {
            let head = if groups.contains_key(row.group.as_str()) { 0 } else { heading(&row.group, has_before).len() };
            let length = line.len() + head + 1;
            // One row that has no room does not keep shorter ones out; a worse row never gives way to a better one.
            match left.checked_sub(length) {
                Some(rest) if left_out == 0 => {
                    left = rest;
                    groups.entry(&row.group).or_default().push(line);
                }
                _ => left_out += 1,
            }
        }
        let mut text = TITLE.to_owned();
        for (group, lines) in &groups {
            text.push_str(&heading(group, has_before));
            text.extend(lines.iter().map(String::as_str));
        }
        if left_out > 0 {
            text.push_str(&format!("\n{} left out here for want of room.\n", count(left_out, "row")));
        }
        text.push('\n');
        text
    }
}

impl Row {
    fn line(&self, has_before: bool) -> String {
        let before = match (&self.before, has_before) {
            (_, false) => String::new(),
            (before, true) => format!(" {} |", before.as_deref().unwrap_or_default()),
        };
        format!("| {} | {} |{before} {} | {} |\n", self.record, self.grade, self.note, self.findings)
    }
}

/// What a group begins with.
fn heading(group: &str, has_before: bool) -> String {
    let title = if group.is_empty() { String::new() } else { format!("\n### {group}\n") };
    let (name, rule) = if has_before { (" Before |", " --- |") } else { ("", "") };
    format!("{title}\n| Record | Grade |{name} Note | What to correct |\n| --- | --- |{rule} --- | --- |\n")
}

fn row(record: &RecordReport, findings: &[&FindingReport], grouping: Grouping) -> Row {
    let line = findings.first().map_or(record.line, |finding| finding.line);
    let status = record.status.as_deref().map(|status| format!(" · {}", escape::line(status))).unwrap_or_default();
    let group = match grouping {
        Grouping::None => String::new(),
        Grouping::Owner => group(record.owner.as_deref()),
        Grouping::CodeOwners => code_owners(&record.code_owners),
    };
    Row {
        rank: Rank {
            passes: !record.blocked,
            grade: Reverse(record.grade),
            path: record.path.clone(),
            line: record.line,
        },
        group,
        record: format!("{}<br>{}", inline(&format!("{}{status}", subject(record))), place(&record.path, line)),
        grade: grade(record),
        before: record.before.as_ref().map(|before| inline(&before.note)),
        note: inline(record.note.as_deref().unwrap_or_default()),
        findings: findings.iter().map(|finding| told(finding)).collect::<Vec<_>>().join("<br>"),
    }
}

fn row_of_file(file: &FileReport, findings: &[&FindingReport], grouping: Grouping) -> Row {
    let blocks = findings.iter().any(|finding| finding.severity == Severity::Error);
    let line = findings.first().map_or(1, |finding| finding.line);
    let owners = file.records.first().map(|record| record.code_owners.as_slice()).unwrap_or_default();
    let group = match grouping {
        Grouping::None => String::new(),
        Grouping::Owner => group(None),
        Grouping::CodeOwners => code_owners(owners),
    };
    Row {
        rank: Rank { passes: !blocks, grade: Reverse(Grade::Poor), path: file.path.clone(), line },
        group,
        record: place(&file.path, line),
        grade: if blocks { "**blocked**".to_owned() } else { "to correct".to_owned() },
        before: None,
        note: String::new(),
        findings: findings.iter().map(|finding| told(finding)).collect::<Vec<_>>().join("<br>"),
    }
}

fn group(owner: Option<&str>) -> String {
    owner.map_or_else(|| "Nobody in particular".to_owned(), inline)
}

fn code_owners(owners: &[String]) -> String {
    group(Some(owners.join(", ")).as_deref().filter(|owners| !owners.is_empty()))
}

fn place(path: &str, line: usize) -> String {
    inline(&format!("{}:{line}", escape::line(path)))
}

/// `poor → **great**`, with what the verdict is beside it.
fn grade(record: &RecordReport) -> String {
    let before = record.before.as_ref().filter(|before| before.grade != record.grade);
    let before = before.map(|before| format!("{} → ", before.grade.name())).unwrap_or_default();
    let verdict = match () {
        () if record.blocked => ", blocked",
        () if record.findings.iter().any(|finding| finding.waived) => ", waived",
        () => "",
    };
    format!("{before}**{}**{verdict}", record.grade.name())
}

/// The finding and what can be done, as one part of a cell.
fn told(finding: &FindingReport) -> String {
    let message = inline(&finding.message);
    let told = format!("{} `{}`: {message}", finding.severity.name(), finding.rule);
    match (&finding.waiver, finding.waived) {
        (Some(waiver), true) => {
            let until = waiver.until.as_ref().map(|day| format!(" until {day}")).unwrap_or_default();
            format!("waived{until}: {told}. Reason: {}", inline(&waiver.reason))
        }
        (None, true) => format!("waived: {told}"),
        (_, false) => {
            // What follows the first line is there to be pasted into the file.
            let help = finding.help.as_deref().and_then(|help| help.lines().next()).unwrap_or_default();
            match (help.strip_suffix(':'), help.is_empty()) {
                (_, true) => told,
                (Some(begin), _) => format!("{told}. {}.", inline(begin)),
                (None, _) => format!("{told}. {}", inline(help)),
            }
        }
    }
}
