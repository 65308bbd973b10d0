//! Rules: one file each, one registry. Run order, `rules`, `explain`, config keys, schemas and docs derive from
//! [`REGISTRY`]; nothing else lists rules.

use crate::day::Today;
use crate::finding::{Finding, Severity};
use crate::playbook::Playbook;
use crate::reading::{self, Reading, ReadingContext};
use crate::record::{FileReading, Heading, NoteRecord};
use std::borrow::Borrow;
use waivers::WaiverFlaws;

pub mod blank_note;
mod case;
pub mod contact_attempts;
pub mod contradiction;
pub mod copied_note;
pub mod date_mismatch;
pub mod declined_benefit;
pub mod duplicate_record;
pub mod engagement_info;
pub mod hedging;
pub mod invisible_characters;
pub mod misplaced_record;
pub mod missing_field;
pub mod missing_intent;
pub mod missing_reason;
pub mod missing_state;
pub mod misspelt_field;
pub mod not_a_record;
pub mod not_english;
pub mod page;
pub mod placeholder;
pub mod refresh_date;
pub mod refresh_incomplete;
pub mod refresh_missing;
pub mod refresh_not_updated;
pub mod refresh_order;
pub mod refresh_rewritten;
pub mod refresh_stale;
pub mod remedy;
mod settings;
pub mod status_mismatch;
pub mod status_only;
pub mod status_spelling;
pub mod too_long;
pub mod unknown_status;
pub mod unreadable;
pub mod usage_data;
pub mod vague_reason;
pub mod waiver_invalid;
pub mod waiver_unused;
pub mod waivers;
mod written_day;
pub mod wrong_type;
pub mod wrong_workload;
pub mod yaml_surprise;

#[cfg(test)]
mod testing;

pub use settings::RuleSettings;

/// What a rule speaks about, which decides what its findings do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Group {
    /// The note's text: its findings set the grade.
    Note,
    /// The rest of the record: refresh summary, fields, waivers.
    Record,
    /// The file: structural, cannot be waived or switched off by a record.
    File,
}

/// What a rule is, for `rules`, `explain`, schemas and docs.
#[derive(Debug)]
pub struct Meta {
    /// Its name: kebab-case, a contract.
    pub name: &'static str,
    /// What it speaks about.
    pub group: Group,
    /// Its severity unless the configuration says otherwise; `None` means off.
    pub default: Option<Severity>,
    /// Whether a waiver in the record can set it aside.
    pub waivable: Waivable,
    /// One line: what it reports.
    pub summary: &'static str,
    /// What it is for, in a few sentences for a note writer.
    pub explanation: &'static str,
    /// The sentence of the guidance that it comes from, word for word; empty for what YAML or git demands.
    pub guidance: &'static str,
    /// A record (whole YAML file) that trips it.
    pub bad: &'static str,
    /// A record (whole YAML file) that does not.
    pub good: &'static str,
}

/// Whether a waiver can set a rule aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Waivable {
    /// A waiver with a reason sets it aside.
    Yes,
    /// Structural: it always counts.
    No,
}

/// What a rule sees of one record.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The record after the change.
    pub record: &'a NoteRecord,
    /// What its note says.
    pub reading: &'a Reading,
    /// The record before the change, once for each parent side that has it; empty when the run looks at no history.
    pub before: &'a [&'a NoteRecord],
    /// What is wrong with the waivers of the record.
    pub waiver_flaws: &'a WaiverFlaws,
    /// The guidance.
    pub playbook: &'a Playbook,
    /// What the configuration sets for rules (thresholds, dates).
    pub settings: &'a RuleSettings,
    /// The day of the run.
    pub today: Today,
}

/// What a rule sees of one file as a whole.
#[derive(Debug, Clone, Copy)]
pub struct FileCase<'a> {
    /// What the file holds, and what stood in the way of reading it.
    pub file: &'a FileReading,
    /// The guidance.
    pub playbook: &'a Playbook,
    /// What the configuration sets for rules.
    pub settings: &'a RuleSettings,
}

/// A rule over one record, over one file, or over neither (a rule whose findings another stage makes, such as
/// [`waivers`]). Findings carry the severity the rule thinks right; the configuration may change it.
pub trait Rule: Sync {
    /// What it is.
    fn meta(&self) -> &'static Meta;

    /// What it has to say about a record.
    fn check(&self, _case: &Case<'_>) -> Vec<Finding> {
        Vec::new()
    }

    /// What it has to say about a file as a whole; called once a file, also when the file holds no record.
    fn check_file(&self, _case: &FileCase<'_>) -> Vec<Finding> {
        Vec::new()
    }
}

/// So many findings of one kind are made about one record; whoever corrects these is told about the next.
const MOST_TOLD: usize = 20;

/// All rules, in the order in which they run and are listed.
#[rustfmt::skip]
pub const REGISTRY: &[&dyn Rule] = &[
    &unreadable::Unreadable,
    &not_a_record::NotARecord,
    &misplaced_record::MisplacedRecord,
    &duplicate_record::DuplicateRecord,
    &missing_field::MissingField,
    &wrong_type::WrongType,
    &unknown_status::UnknownStatus,
    &misspelt_field::MisspeltField,
    &status_spelling::StatusSpelling,
    &blank_note::BlankNote,
    &placeholder::Placeholder,
    &not_english::NotEnglish,
    &missing_intent::MissingIntent,
    &missing_reason::MissingReason,
    &vague_reason::VagueReason,
    &status_only::StatusOnly,
    &missing_state::MissingState,
    &status_mismatch::StatusMismatch,
    &hedging::Hedging,
    &too_long::TooLong,
    &usage_data::UsageData,
    &engagement_info::EngagementInfo,
    &declined_benefit::DeclinedBenefit,
    &contact_attempts::ContactAttempts,
    &contradiction::Contradiction,
    &copied_note::CopiedNote,
    &wrong_workload::WrongWorkload,
    &yaml_surprise::YamlSurprise,
    &invisible_characters::InvisibleCharacters,
    &refresh_missing::RefreshMissing,
    &refresh_incomplete::RefreshIncomplete,
    &refresh_date::RefreshDate,
    &refresh_order::RefreshOrder,
    &refresh_not_updated::RefreshNotUpdated,
    &refresh_rewritten::RefreshRewritten,
    &refresh_stale::RefreshStale,
    &date_mismatch::DateMismatch,
    &waiver_invalid::WaiverInvalid,
    &waiver_unused::WaiverUnused,
];

/// Reads the note of a record: the reader is told whose note it is and about which service, and not its status.
#[must_use]
pub fn read_note(record: &NoteRecord, playbook: &Playbook) -> Reading {
    let note = record.note.value().map(String::as_str).unwrap_or_default();
    reading::read(note, reading_context(record.heading()), playbook)
}

/// What the reader is told of a record.
fn reading_context(heading: Heading<'_>) -> ReadingContext<'_> {
    ReadingContext { customer: heading.customer, workload: heading.workload }
}

/// The rule of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static dyn Rule> {
    REGISTRY.iter().copied().find(|rule| rule.meta().name == name)
}

/// An enumeration with `last` before its last part: `a, b and c`.
fn joined<S: Borrow<str>>(parts: &[S], last: &str) -> String {
    match parts {
        [] => String::new(),
        [only] => only.borrow().to_owned(),
        [others @ .., end] => format!("{} {last} {}", others.join(", "), end.borrow()),
    }
}

/// Whether a rule of that name is about the note's text, so that its findings set the grade.
pub(crate) fn is_about_note(name: &str) -> bool {
    find(name).is_some_and(|rule| rule.meta().group == Group::Note)
}

/// The name nearest to `name`, when one is near enough to be meant.
#[must_use]
pub fn nearest(name: &str) -> Option<&'static str> {
    crate::nearest::nearest(name, REGISTRY.iter().map(|rule| rule.meta().name))
}
