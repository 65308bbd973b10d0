//! One rule against one note, for the rules' own tests.

use super::{Case, Rule, read_note};
use crate::finding::{Finding, Severity};
use crate::playbook::Playbook;
use crate::record::{Heading, NoteRecord};
use crate::rules::RuleSettings;
use std::sync::LazyLock;

static PLAYBOOK: LazyLock<Playbook> = LazyLock::new(Playbook::built_in);

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
    let record = NoteRecord::lone(note, heading);
    let reading = read_note(&record, &PLAYBOOK);
    let settings = RuleSettings::default();
    let today = crate::day::Today::fixed(jiff::civil::date(2020, 4, 1));
    Trial(rule.check(&Case {
        record: &record,
        reading: &reading,
        before: &[],
        playbook: &PLAYBOOK,
        settings: &settings,
        today,
    }))
}
