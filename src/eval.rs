//! Grading a labelled file: how often the reader and the people who labelled it agree.

use crate::config::RuleSettings;
use crate::finding::{Finding, Severity};
use crate::grade::Grade;
use crate::playbook::Playbook;
use crate::reading::{Polarity, Reading, read};
use crate::record::NoteRecord;
use crate::rules::{Case, Group, REGISTRY};
use jiff::civil::Date;

/// What the rules about notes make of one text.
#[derive(Debug, Clone)]
pub struct Graded {
    /// The grade.
    pub grade: Grade,
    /// What the text says.
    pub reading: Reading,
    /// The findings of the note rules, in the order of the registry.
    pub findings: Vec<Finding>,
}

/// Grades a note by itself: the note rules at their own severities, without a file, a history or a configuration.
#[must_use]
pub fn grade_note(status: &str, workload: &str, note: &str, playbook: &Playbook) -> Graded {
    let record = NoteRecord::lone(status, workload, note);
    let reading = read(note, Some(workload).filter(|name| !name.is_empty()), playbook);
    let settings = RuleSettings::default();
    let case =
        Case { record: &record, reading: &reading, before: None, playbook, settings: &settings, today: Date::MIN };
    let findings: Vec<Finding> =
        REGISTRY.iter().filter(|rule| rule.meta().group == Group::Note).flat_map(|rule| rule.check(&case)).collect();
    let grade = Grade::from_severities(findings.iter().map(|finding| finding.severity));
    Graded { grade, reading, findings }
}

/// One labelled note: a line of a labelled file.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
pub struct Labelled {
    /// Its name in the file.
    pub id: String,
    /// The status of the record.
    pub status: String,
    /// The workload of the record.
    pub workload: String,
    /// The text.
    pub note: String,
    /// The grade that people gave it.
    pub grade: Grade,
    /// What people say the text says of the intent.
    #[serde(default)]
    pub intent: Option<Polarity>,
    /// The exact part of the note that carries the why, or empty.
    #[serde(default)]
    pub reason: Option<String>,
}

/// A finding's weight, for those who only look at what fired.
#[must_use]
pub fn fired(graded: &Graded) -> Vec<(&'static str, Severity)> {
    graded.findings.iter().map(|finding| (finding.rule, finding.severity)).collect()
}
