//! Runs one rule over a text, or over one note, for the unit tests of the rules.

use super::waiver::Grounds;
use super::{Case, CheckContext, FileCase, Rule, RuleLevels, read_note};
use crate::day::Today;
use crate::finding::{Finding, Severity, Target};
use crate::grade::Grade;
use crate::playbook::Playbook;
use crate::record::{self, FileReading, Heading, NoteRecord, Selection};
use crate::rules::RuleSettings;
use crate::text::Position;
use crate::yaml::Limits;
use jiff::civil::date;
use std::sync::LazyLock;

/// The day on which the tests of the rules run.
pub(crate) const TODAY: Today = Today::fixed(date(2026, 7, 1));

/// Made once for all tests of a process.
static PLAYBOOK: LazyLock<Playbook> = LazyLock::new(Playbook::built_in);

/// What waivers are judged by in the tests of the rules.
pub(crate) fn grounds() -> Grounds<'static> {
    Grounds { today: TODAY, playbook: &PLAYBOOK, heading: Heading::default() }
}

/// A finding with the place that people see.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) at: (usize, usize),
    pub(crate) finding: Finding,
}

/// What `rule` says about every record of `text` and about the file.
pub(crate) fn run(rule: &dyn Rule, text: &str) -> Vec<Seen> {
    run_with(rule, text, &RuleSettings::default(), Selection::Likely)
}

/// The same, with settings.
pub(crate) fn run_with(rule: &dyn Rule, text: &str, settings: &RuleSettings, selection: Selection) -> Vec<Seen> {
    let file = record::read(text.as_bytes().to_vec(), &Limits::default(), &settings.fields, &PLAYBOOK, selection);
    let mut seen: Vec<Seen> = rule
        .check_file(&FileCase { file: &file, playbook: &PLAYBOOK, settings })
        .into_iter()
        .map(|finding| Seen { at: position(&file, None, &finding.target), finding })
        .collect();
    for record in &file.records {
        let findings = check(rule, record, &[], settings).into_iter();
        seen.extend(findings.map(|finding| Seen { at: position(&file, Some(record), &finding.target), finding }));
    }
    seen
}

/// What `rule` says about one record; `before` are the sides that it had before the change.
fn check(rule: &dyn Rule, record: &NoteRecord, before: &[&NoteRecord], settings: &RuleSettings) -> Vec<Finding> {
    let reading = read_note(record, &PLAYBOOK);
    let checks = checks(&PLAYBOOK, settings);
    let waiver_errors = checks.waiver_errors(record);
    rule.check(&Case { before, waiver_errors: &waiver_errors, ..checks.case(record, &reading) })
}

pub(crate) fn checks<'a>(playbook: &'a Playbook, settings: &'a RuleSettings) -> CheckContext<'a> {
    static LEVELS: LazyLock<RuleLevels> = LazyLock::new(RuleLevels::default);
    CheckContext { playbook, levels: &LEVELS, settings, today: TODAY, writer: None, second: None }
}

/// What `ask` finds out about the case of a lone note; without a playbook, that of the guidance.
pub(crate) fn ask<T>(
    playbook: Option<&Playbook>,
    heading: Heading<'_>,
    note: &str,
    ask: impl FnOnce(&Case<'_>) -> T,
) -> T {
    let (record, settings) = (NoteRecord::lone(note, heading), RuleSettings::default());
    let playbook = playbook.unwrap_or(&PLAYBOOK);
    let reading = read_note(&record, playbook);
    ask(&checks(playbook, &settings).case(&record, &reading))
}

/// The grade of a lone note.
pub(crate) fn grade(heading: Heading<'_>, note: &str) -> Grade {
    checks(&PLAYBOOK, &RuleSettings::default()).grade_of(&NoteRecord::lone(note, heading)).0
}

/// What `ask` finds out about the case of `record`.
pub(crate) fn case_of<T>(record: &NoteRecord, ask: impl FnOnce(&Case<'_>) -> T) -> T {
    let settings = RuleSettings::default();
    ask(&checks(&PLAYBOOK, &settings).case(record, &read_note(record, &PLAYBOOK)))
}

/// What a rule said about a note.
#[derive(Debug)]
pub(crate) struct Trial(Vec<Finding>);

impl Trial {
    pub(crate) fn is_silent(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn is_error(&self) -> bool {
        self.worst() == Some(Severity::Error)
    }

    pub(crate) fn is_warning(&self) -> bool {
        self.worst() == Some(Severity::Warning)
    }

    pub(crate) fn is_info(&self) -> bool {
        self.worst() == Some(Severity::Info)
    }

    fn worst(&self) -> Option<Severity> {
        self.0.iter().map(|finding| finding.severity).max()
    }
}

/// Runs one rule over a record with that status, workload and note.
pub(crate) fn trial(rule: &dyn Rule, status: &str, workload: &str, note: &str) -> Trial {
    let heading = Heading { customer: None, workload: Some(workload), status: Some(status) };
    Trial(check(rule, &NoteRecord::lone(note, heading), &[], &RuleSettings::default()))
}

/// What `rule` says about the record of `after` when that of `before` stood there before the change.
pub(crate) fn run_against(rule: &dyn Rule, before: &str, after: &str) -> Vec<Seen> {
    run_against_each(rule, &[before], after)
}

/// The same with several parent sides, each with its own record before the change.
pub(crate) fn run_against_each(rule: &dyn Rule, before: &[&str], after: &str) -> Vec<Seen> {
    let settings = RuleSettings::default();
    let file =
        record::read(after.as_bytes().to_vec(), &Limits::default(), &settings.fields, &PLAYBOOK, Selection::Likely);
    let after = record(after);
    let before: Vec<NoteRecord> = before.iter().map(|text| record(text)).collect();
    let befores: Vec<&NoteRecord> = before.iter().collect();
    let findings = check(rule, &after, &befores, &settings).into_iter();
    findings.map(|finding| Seen { at: position(&file, Some(&after), &finding.target), finding }).collect()
}

/// The lines and columns of what `rule` says about `text`.
pub(crate) fn places(rule: &dyn Rule, text: &str) -> Vec<(usize, usize)> {
    run(rule, text).iter().map(|seen| seen.at).collect()
}

/// The only record of `text`.
pub(crate) fn record(text: &str) -> NoteRecord {
    let fields = RuleSettings::default().fields;
    let mut file = record::read(text.as_bytes().to_vec(), &Limits::default(), &fields, &PLAYBOOK, Selection::Likely);
    assert_eq!((file.records.len(), file.errors.len()), (1, 0), "{text}");
    file.records.remove(0)
}

fn position(file: &FileReading, record: Option<&NoteRecord>, place: &Target) -> (usize, usize) {
    let span = match (place, record) {
        (Target::Bytes(span), _) => Some(*span),
        (Target::Note(part), Some(record)) => Some(record.locate(*part)),
        (Target::Value(field), Some(record)) => record.spans_of(*field).value,
        (Target::Key(field), Some(record)) => record.spans_of(*field).key,
        (Target::RefreshEntry(index), Some(record)) => record.refresh_summary.value().map(|all| all[*index].span),
        _ => None,
    };
    let start = span.or(record.map(|record| record.span)).map_or(0, |span| span.start);
    let Position { line, column } = file.text.position(start);
    (line, column)
}
