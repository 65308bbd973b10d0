//! What `adopt` says.

use super::Files;
use crate::adopt::replay::Replayed;
use crate::adopt::{FIELDS, Found, Layout, Part, Proposal};
use crate::cli::Environment;
use crate::course::CourseError;
use crate::record::FieldName;
use crate::report::Sink;
use crate::report::escape;
use crate::report::model::FileReport;
use crate::report::relocated::Relocation;
use crate::report::tally::{Tally, count};
use crate::rules;
use crate::source::NotePath;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

/// Items of a list that are shown.
const SHOWN: usize = 6;

/// Files left out that are named.
const LEFT_OUT: usize = 10;

/// Characters of an example.
const LENGTH: usize = 32;

/// What the gate would find.
pub(super) struct Findings {
    pub(super) tally: Tally,
    pub(super) rules: Rules,
    pub(super) replayed: Option<Result<Replayed, CourseError>>,
    /// Records that were counted when the configuration was made.
    counted: usize,
}

/// How many records and files each rule reports something of.
#[derive(Default)]
pub(super) struct Rules(BTreeMap<&'static str, usize>);

impl Findings {
    pub(super) fn new(proposal: &Proposal) -> Self {
        let (tally, rules) = (Tally::default(), Rules::default());
        Self { tally, rules, replayed: None, counted: proposal.records() }
    }
}

impl Sink for Rules {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        let of_records = file.records.iter().map(|record| record.findings.as_slice());
        for findings in of_records.chain(std::iter::once(file.findings.as_slice())) {
            let rules: BTreeSet<&'static str> = findings.iter().map(|finding| finding.rule).collect();
            rules.into_iter().for_each(|rule| *self.0.entry(rule).or_default() += 1);
        }
        Ok(())
    }

    fn finish(&mut self, _tally: &Tally) -> io::Result<()> {
        Ok(())
    }
}

/// The ending of a file's name, in lower case.
pub(super) fn ending(path: &NotePath) -> String {
    let name = path.display().into_owned();
    Path::new(&name).extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// The files by their endings, the most frequent first.
pub(super) fn by_ending(paths: &[NotePath]) -> Vec<(String, usize)> {
    let mut endings: BTreeMap<String, usize> = BTreeMap::new();
    paths.iter().for_each(|path| *endings.entry(ending(path)).or_default() += 1);
    let mut endings: Vec<(String, usize)> = endings.into_iter().collect();
    endings.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    endings
}

/// A path as the person sees it.
pub(super) fn path(path: &Path, environment: &Environment) -> String {
    let folder = path.parent().unwrap_or(Path::new(""));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let seen = Relocation::new(folder, &environment.viewpoint).map_or_else(|| name.to_string(), |it| it.apply(&name));
    escape::line(&seen).into_owned()
}

/// What was found, and what is proposed.
pub(super) fn proposal(proposal: &Proposal, files: &Files, out: &mut dyn Write) -> io::Result<()> {
    let examined = count(files.notes.len(), "YAML or JSON file");
    let (records, with) = (count(proposal.records(), "record"), count(proposal.files_with_records(), "file"));
    writeln!(out, "Looked at {examined}: {records} in {with}, {} without one.", proposal.others)?;
    if !files.others.is_empty() {
        let shown: Vec<String> =
            files.others.iter().take(SHOWN).map(|(ending, count)| format!("{count} {}", named(ending))).collect();
        let more = if files.others.len() > SHOWN { ", …" } else { "" };
        writeln!(out, "Other files are not read: {}{more}.", shown.join(", "))?;
    }
    if let Some(first) = proposal.broken.first() {
        let more =
            if proposal.broken.len() > 1 { format!(" and {} more", proposal.broken.len() - 1) } else { String::new() };
        writeln!(out, "Not readable as YAML, and blocked until it is: {}{more}.", escape::line(&first.display()))?;
    }
    left_out(&proposal.patterns.left_out, out)?;
    if let Some(nested) = nested(proposal) {
        writeln!(out, "{nested}. {UNNEST}")?;
    }
    for part in &proposal.parts {
        layout(part, out)?;
    }
    statuses(proposal, out)?;
    workloads(proposal, out)
}

/// What to do about fields that are a level down.
pub(super) const UNNEST: &str = "Move these fields up, beside the note: no setting reaches them where they are.";

/// Which fields of records are not read, since they are a level down; nothing where there are none.
pub(super) fn nested(proposal: &Proposal) -> Option<String> {
    let records: usize = proposal.nested.values().sum();
    let keys: Vec<String> = proposal.nested.keys().take(SHOWN).map(|key| format!("`{}`", escape::line(key))).collect();
    let verb = if records == 1 { "keeps" } else { "keep" };
    (records > 0).then(|| {
        format!(
            "{} {verb} fields a level down, under {}, where they are not read",
            count(records, "group"),
            keys.join(", ")
        )
    })
}

/// The files that the configuration leaves out, for a person to see that none of them holds notes.
fn left_out(files: &[NotePath], out: &mut dyn Write) -> io::Result<()> {
    if files.is_empty() {
        return Ok(());
    }
    writeln!(out, "Left out by `exclude`, as no record was found in {}:", count(files.len(), "file"))?;
    for file in files.iter().take(LEFT_OUT) {
        writeln!(out, "  {}", escape::line(&file.display()))?;
    }
    match files.len().saturating_sub(LEFT_OUT) {
        0 => Ok(()),
        more => writeln!(out, "  and {more} more"),
    }
}

fn named(ending: &str) -> String {
    if ending.is_empty() { "without an ending".to_owned() } else { format!(".{}", escape::line(ending)) }
}

fn layout(part: &Part, out: &mut dyn Write) -> io::Result<()> {
    let Layout { records, files, .. } = part.layout;
    let shown: Vec<String> = part.paths.iter().take(SHOWN).map(|path| escape::line(path).into_owned()).collect();
    let more = if part.paths.len() > SHOWN { ", …" } else { "" };
    writeln!(out, "\n{}{more} – {} in {}", shown.join(", "), count(records, "record"), count(files, "file"))?;
    for field in FIELDS {
        let keys = part.layout.fields.get(&field).map(Vec::as_slice).unwrap_or_default();
        if keys.is_empty() {
            writeln!(out, "  {:<16} {}", field.key(), absent(field, &part.layout))?;
        }
        for (at, found) in keys.iter().enumerate() {
            let name = if at == 0 { field.key() } else { "  or" };
            let optional = if at == 0 && part.layout.is_optional(field) { " (made optional)" } else { "" };
            let text = format!(
                "{name:<16} {:<20} in {} of {records}{optional}{}",
                shown_text(&found.key),
                found.count,
                examples(found)
            );
            writeln!(out, "  {}", text.trim_end())?;
        }
        if field == FieldName::RefreshSummary && !part.layout.entry.is_empty() {
            let keys = part.layout.entry.iter().map(|(known, key)| format!("{known}: {}", shown_text(key)));
            writeln!(out, "  {:<16} {}", "  its entries", keys.collect::<Vec<_>>().join(", "))?;
        }
    }
    for found in &part.layout.lists {
        writeln!(out, "  {:<16} {:<20} around {} of {records}", "entitlements", shown_text(&found.key), found.count)?;
    }
    Ok(())
}

/// What is said of a field for which no key was found.
fn absent(field: FieldName, layout: &Layout) -> String {
    let what = if field == FieldName::Note {
        "no key was recognised"
    } else {
        "no key was recognised, so it is made optional"
    };
    let is_common = |found: &&Found| 2 * found.count >= layout.records;
    let others: Vec<String> =
        layout.others.iter().filter(is_common).take(SHOWN).map(|found| shown_text(&found.key)).collect();
    if others.is_empty() { what.to_owned() } else { format!("{what}; other keys are {}", others.join(", ")) }
}

fn examples(found: &Found) -> String {
    let shown: Vec<String> = found.examples.iter().map(|value| format!("“{}”", shown_text(value))).collect();
    if shown.is_empty() { String::new() } else { format!(", such as {}", shown.join(", ")) }
}

/// A text of a file in a line of its own.
fn shown_text(text: &str) -> String {
    let mut chars = text.chars();
    let start: String = chars.by_ref().take(LENGTH).collect();
    let dots = if chars.next().is_some() { "…" } else { "" };
    format!("{}{dots}", escape::line(&start))
}

fn statuses(proposal: &Proposal, out: &mut dyn Write) -> io::Result<()> {
    if proposal.known_statuses.is_empty() && proposal.statuses.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nStatuses")?;
    let known: usize = proposal.known_statuses.values().sum();
    if known > 0 {
        let mut names: Vec<(&String, &usize)> = proposal.known_statuses.iter().collect();
        names.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let shown: Vec<String> =
            names.iter().take(SHOWN).map(|(name, count)| format!("{} ({count})", shown_text(name))).collect();
        let more = if names.len() > SHOWN { ", …" } else { "" };
        writeln!(out, "  of the guidance: {}{more}", shown.join(", "))?;
    }
    for status in &proposal.statuses {
        let kind = match status.kind {
            Some(kind) => format!("taken for {}, as {} of {} notes say", kind.name(), status.saying, status.read),
            None => "its notes do not tell what it means; name its kind in notegate.yaml".to_owned(),
        };
        writeln!(out, "  of your own: {} ({}), {kind}", shown_text(&status.name), status.count)?;
    }
    Ok(())
}

fn workloads(proposal: &Proposal, out: &mut dyn Write) -> io::Result<()> {
    if proposal.of_known_workloads == 0 && proposal.workloads.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nWorkloads")?;
    writeln!(out, "  known: those of {}", count(proposal.of_known_workloads, "record"))?;
    if !proposal.workloads.is_empty() {
        let shown =
            proposal.workloads.iter().take(SHOWN).map(|(name, count)| format!("{} ({count})", shown_text(name)));
        let more = if proposal.workloads.len() > SHOWN { ", …" } else { "" };
        writeln!(out, "  added: {}{more}", shown.collect::<Vec<_>>().join(", "))?;
    }
    Ok(())
}

/// What the gate says of the files as they are.
pub(super) fn findings(findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\nUnder this configuration: {}.", findings.tally.line())?;
    let judged = findings.tally.summary.records;
    if judged < findings.counted {
        let lost = findings.counted - judged;
        writeln!(out, "{lost} of the records above are not read as records; `notegate check` says where and why.")?;
    }
    let mut rules: Vec<(&&'static str, &usize)> = findings.rules.0.iter().collect();
    rules.sort_by_key(|(rule, count)| (std::cmp::Reverse(**count), **rule));
    if !rules.is_empty() {
        writeln!(out, "What it reports most:")?;
    }
    for (rule, times) in rules.into_iter().take(SHOWN) {
        let summary = rules::find(rule).map_or("", |rule| rule.meta().summary);
        writeln!(out, "  {times:>5} × {rule}: {summary}")?;
    }
    if findings.tally.is_blocked() {
        writeln!(
            out,
            "Old records stay as they are until somebody edits them: the hooks judge what a change touches."
        )?;
    }
    Ok(())
}

/// What the commits of the last `days` would have met.
pub(super) fn replayed(replayed: &Replayed, days: i64, out: &mut dyn Write) -> io::Result<()> {
    let Replayed { commits, touching, records, blocked, stopped, is_cut } = *replayed;
    if commits == 0 {
        return writeln!(out, "\nThere is no commit of the last {days} days to look back at.");
    }
    let older = if is_cut { " (older ones were left out)" } else { "" };
    let all = count(commits, "commit");
    writeln!(out, "\nThe last {days} days have {all}{older}, {touching} of them with changes to notes.")?;
    let (judged, stopped) = (count(records, "record"), count(stopped, "commit"));
    writeln!(out, "The hook would have judged {judged}, found {blocked} to block, and stopped {stopped}.")
}
