//! Rules: one file each, one registry. Run order, `rules`, `explain`, config keys, schemas and docs derive from
//! [`REGISTRY`]; nothing else lists rules.

use crate::finding::{Finding, Severity};
use crate::playbook::Playbook;
use crate::record::{FieldName, FieldNames, FileReading};
use std::borrow::{Borrow, Cow};

/// A file of a case of the rule.
macro_rules! case_file {
    ($rule:literal, $case:literal, $file:literal) => {
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/cases/", $rule, "/", $case, "/", $file))
    };
}

/// The [`Examples`] of the rule; `with history` reads the state before the change, too.
macro_rules! examples {
    ($rule:literal) => {
        examples!($rule, None, None)
    };
    ($rule:literal, with history) => {
        examples!(
            $rule,
            Some(case_file!($rule, "trips-the-example", "before.yaml")),
            Some(case_file!($rule, "passes-the-example", "before.yaml"))
        )
    };
    ($rule:literal, $before_bad:expr, $before_good:expr) => {
        $crate::rules::Examples {
            bad: $crate::rules::Example {
                before: $before_bad,
                text: case_file!($rule, "trips-the-example", "input.yaml"),
            },
            good: $crate::rules::Example {
                before: $before_good,
                text: case_file!($rule, "passes-the-example", "input.yaml"),
            },
        }
    };
}

mod advice;
mod check;
pub(crate) mod file;
mod levels;
pub(crate) mod note;
pub(crate) mod record;
pub(crate) mod refresh;
mod second_opinion;
pub(crate) mod waiver;

#[cfg(test)]
pub(crate) mod testing;

pub use crate::case::{Case, RequiredFields, Requirement, RuleSettings, WaiverEffect, WaiverErrors, read_note};
pub(crate) use check::{CheckContext, CheckedNote, grade_of};
pub use levels::{Level, RuleLevels};
pub use second_opinion::Confidence;

/// What a rule speaks about, which decides what its findings do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
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
#[non_exhaustive]
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
    /// One file that trips it, and one that does not.
    pub examples: Examples,
}

/// The examples of a rule: its cases `trips-the-example` and `passes-the-example` in `fixtures/cases/`.
#[derive(Debug)]
#[non_exhaustive]
pub struct Examples {
    /// What the rule reports.
    pub bad: Example,
    /// What it does not.
    pub good: Example,
}

/// A whole YAML file.
#[derive(Debug)]
#[non_exhaustive]
pub struct Example {
    /// The file before the change, for a rule that compares with history.
    pub before: Option<&'static str>,
    /// The file that is judged.
    pub text: &'static str,
}

impl Example {
    /// The text to show: of a file with a history its two states, as two documents.
    #[must_use]
    pub fn shown(&self) -> Cow<'static, str> {
        match self.before {
            Some(before) => format!("{before}---\n{}", self.text).into(),
            None => self.text.into(),
        }
    }
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
/// [`waiver`]). Findings carry the severity the rule thinks right; the configuration may change it.
pub trait Rule: Sync {
    /// What it is.
    fn meta(&self) -> &'static Meta;

    /// Whether it speaks only where the configuration gives it a level, and to `notegate fix`: what it reports is a matter
    /// of taste.
    fn is_silent_unless_set(&self) -> bool {
        false
    }

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
    &file::unreadable::Unreadable,
    &file::not_a_record::NotARecord,
    &file::misplaced_record::MisplacedRecord,
    &record::duplicate_record::DuplicateRecord,
    &record::missing_field::MissingField,
    &record::wrong_type::WrongType,
    &record::unknown_status::UnknownStatus,
    &record::misspelt_field::MisspeltField,
    &record::repeated_field::RepeatedField,
    &record::status_spelling::StatusSpelling,
    &note::blank_note::BlankNote,
    &note::placeholder::Placeholder,
    &note::not_english::NotEnglish,
    &note::missing_intent::MissingIntent,
    &note::missing_reason::MissingReason,
    &note::vague_reason::VagueReason,
    &note::status_only::StatusOnly,
    &note::missing_state::MissingState,
    &note::status_mismatch::StatusMismatch,
    &note::hedging::Hedging,
    &note::too_long::TooLong,
    &note::usage_data::UsageData,
    &note::engagement_info::EngagementInfo,
    &note::declined_benefit::DeclinedBenefit,
    &note::contact_attempts::ContactAttempts,
    &note::contradiction::Contradiction,
    &note::copied_note::CopiedNote,
    &note::wrong_workload::WrongWorkload,
    &record::yaml_surprise::YamlSurprise,
    &record::invisible_characters::InvisibleCharacters,
    &record::double_space::DoubleSpace,
    &refresh::refresh_missing::RefreshMissing,
    &refresh::refresh_incomplete::RefreshIncomplete,
    &refresh::refresh_date::RefreshDate,
    &refresh::refresh_order::RefreshOrder,
    &refresh::refresh_not_updated::RefreshNotUpdated,
    &refresh::refresh_rewritten::RefreshRewritten,
    &refresh::refresh_stale::RefreshStale,
    &refresh::date_mismatch::DateMismatch,
    &refresh::date_form::DateForm,
    &waiver::waiver_invalid::WaiverInvalid,
    &waiver::waiver_unused::WaiverUnused,
    &waiver::waiver_ending::WaiverEnding,
];

/// The rule of that name.
#[must_use]
pub fn find(name: &str) -> Option<&'static dyn Rule> {
    REGISTRY.iter().copied().find(|rule| rule.meta().name == name)
}

/// What else may be wrong when notes write `written` where the configuration calls the field otherwise: the
/// configuration. Empty where it calls the field by its own name.
fn or_setting(names: &FieldNames, field: FieldName, written: &str) -> String {
    if !names.is_renamed(field) {
        return String::new();
    }
    format!(
        " If all notes use `{written}`, correct `{}: {}` under `fields` in notegate.yaml instead.",
        field.key(),
        names.key(field)
    )
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
