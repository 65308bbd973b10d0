//! The report of `notegate simulate`: for people, and as JSON, version 1.

use super::escape;
use super::json::{schema_text, write_value};
use super::model::Tool;
use super::tally::count;
use schemars::JsonSchema;
use serde::Serialize;
use std::io::{self, Write};

/// How many digits of the id of a commit people are shown.
const SHORT: usize = 12;

/// What another configuration would have blocked, or let through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Simulation {
    /// Those that would have ended otherwise, the newest first.
    pub(crate) commits: Vec<SimulatedCommit>,
    /// The counts.
    pub(crate) summary: SimulationSummary,
    /// What each rule has to do with it, those that are a reason most often first.
    pub(crate) rules: Vec<RuleEffect>,
}

/// A commit that would have ended otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct SimulatedCommit {
    /// Its id.
    pub(crate) commit: String,
    /// Its day, in UTC.
    pub(crate) day: String,
    /// Its author, by name.
    pub(crate) author: String,
    /// The first line of its message.
    pub(crate) subject: String,
    /// What would be blocked and was not, by path and line.
    pub(crate) newly_blocked: Vec<SimulatedRecord>,
    /// What was blocked and would not be, by path and line.
    pub(crate) newly_passed: Vec<SimulatedRecord>,
}

/// A record, or a file, that would have been judged otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct SimulatedRecord {
    /// The file in that commit, from the root of the repository.
    pub(crate) path: String,
    /// The line on which the record starts; nothing for the file as a whole.
    pub(crate) line: Option<usize>,
    /// The customer, when the record names one.
    pub(crate) customer: Option<String>,
    /// The workload, when the record names one.
    pub(crate) workload: Option<String>,
    /// The rules that block it, in the one configuration that does.
    pub(crate) rules: Vec<String>,
}

/// The counts of one configuration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct Verdicts {
    /// Records judged: those that a commit wrote.
    pub(crate) records: usize,
    /// Records, and files with findings of their own, that are blocked.
    pub(crate) blocked: usize,
    /// Commits with at least one of them.
    pub(crate) stopped: usize,
}

/// The counts of a simulation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct SimulationSummary {
    /// Commits looked at.
    pub(crate) commits: usize,
    /// Those of them that touch a file that one of the configurations examines.
    pub(crate) touching: usize,
    /// Those that would have ended otherwise, for at least one record or file.
    pub(crate) differing: usize,
    /// By the configuration as it is in the work tree now.
    pub(crate) old: Verdicts,
    /// By the configuration that is tried.
    pub(crate) new: Verdicts,
    /// What would be blocked and was not.
    pub(crate) newly_blocked: usize,
    /// What was blocked and would not be.
    pub(crate) newly_passed: usize,
}

/// What a rule did to the difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct RuleEffect {
    /// The rule.
    pub(crate) rule: String,
    /// Of how many that would be blocked it is a reason.
    pub(crate) newly_blocked: usize,
    /// Of how many that would not be blocked it was a reason.
    pub(crate) newly_passed: usize,
}

/// What was simulated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub(crate) struct SimulatedPast {
    /// The day or the name from which on commits were looked at, as it was given.
    pub(crate) since: String,
    /// The end of the branch: the newest commit.
    pub(crate) tip: Option<String>,
    /// What the reader has to know of how far the history reaches.
    pub(crate) remarks: Vec<String>,
}

/// The whole JSON report of `simulate`, version 1.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "notegate simulation, version 1")]
struct Report<'a> {
    /// The version of this format: 1.
    version: u32,
    /// Who wrote the report.
    tool: Tool,
    /// What was looked at.
    history: &'a SimulatedPast,
    /// The commits that would have ended otherwise, the newest first.
    commits: &'a [SimulatedCommit],
    /// What each rule has to do with it, those that are a reason most often first.
    rules: &'a [RuleEffect],
    /// The counts.
    summary: SimulationSummary,
}

/// Writes the report for people.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write_human<W: Write>(mut out: W, past: &SimulatedPast, simulation: &Simulation) -> io::Result<()> {
    for commit in &simulation.commits {
        let id = commit.commit.get(..SHORT).unwrap_or(&commit.commit);
        let (author, subject) = (escape::line(&commit.author), escape::line(&commit.subject));
        writeln!(out, "{id} {} {author}: {subject}", commit.day)?;
        commit.newly_blocked.iter().try_for_each(|record| write_record(&mut out, "would be blocked", record))?;
        commit.newly_passed.iter().try_for_each(|record| write_record(&mut out, "would pass", record))?;
        writeln!(out)?;
    }
    for remark in &past.remarks {
        writeln!(out, "{}", escape::line(remark))?;
    }
    let SimulationSummary { commits, touching, differing, old, new, newly_blocked, newly_passed } = simulation.summary;
    let since = escape::line(&past.since);
    writeln!(out, "{} since {since}, {touching} of them with changes to notes", count(commits, "commit"))?;
    for (name, said) in [("now:  ", old), ("then: ", new)] {
        let (records, stopped) = (count(said.records, "record"), count(said.stopped, "commit"));
        writeln!(out, "{name} {records} judged, {} blocked in {stopped}", said.blocked)?;
    }
    for RuleEffect { rule, newly_blocked, newly_passed } in &simulation.rules {
        writeln!(out, "  {rule}: {newly_blocked} would be blocked, {newly_passed} would pass")?;
    }
    let differing = count(differing, "commit");
    writeln!(out, "{newly_blocked} would be blocked and {newly_passed} would pass, in {differing}")?;
    out.flush()
}

fn write_record(out: &mut impl Write, verdict: &str, record: &SimulatedRecord) -> io::Result<()> {
    write!(out, "  {verdict}: {}", escape::line(&record.path))?;
    if let Some(line) = record.line {
        write!(out, ":{line}")?;
    }
    for name in [&record.customer, &record.workload].into_iter().flatten() {
        write!(out, " · {}", escape::line(name))?;
    }
    writeln!(out, " ({})", record.rules.join(", "))
}

/// Writes the JSON report, version 1.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write_json<W: Write>(mut out: W, past: &SimulatedPast, simulation: &Simulation) -> io::Result<()> {
    let Simulation { commits, rules, summary } = simulation;
    write_value(&mut out, &Report { version: 1, tool: Tool::THIS, history: past, commits, rules, summary: *summary })?;
    out.write_all(b"\n")?;
    out.flush()
}

/// The JSON Schema of the report, pretty-printed with a final line break.
#[must_use]
pub(crate) fn schema() -> String {
    schema_text(&schemars::schema_for!(Report<'_>))
}
