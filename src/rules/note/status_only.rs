//! The rule `status-only`.

use crate::finding::{Finding, Proposal, Severity, Target};
use crate::playbook::StatusKind;
use crate::reading::{Polarity, ReasonStrength};
use crate::record::FieldName;
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "status-only",
    group: Group::Note,
    default: Some(Severity::Warning),
    waivable: Waivable::Yes,
    summary: "the note only repeats the status",
    explanation: "The record's status already says that the customer is moving forward. The note says where they \
                  are: the phase, the wave, the number of users, what is being worked on, what comes next.",
    guidance: "Is the customer successfully moving forward with onboarding? Does your note clearly convey that?",
    examples: examples!("status-only"),
};

pub(crate) struct StatusOnly;

impl Rule for StatusOnly {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        check(case).into_iter().collect()
    }
}

fn check(case: &Case<'_>) -> Option<Finding> {
    let reading = case.prose()?;
    if case.kind()? != StatusKind::InProgress || reading.state != ReasonStrength::None || case.is_misplaced() {
        return None;
    }
    if case.intent_of_note() != Polarity::Positive {
        return None;
    }
    let place = reading.intent_span.map_or(Target::Value(FieldName::Note), Target::Note);
    let message = "this repeats the status: the note does not say which phase the customer is in";
    Some(Finding::new(META.name, Severity::Warning, place, message).proposing(Proposal::Template))
}

#[cfg(test)]
mod tests {
    use super::StatusOnly;
    use crate::rules::testing::trial;

    #[test]
    fn the_status_again() {
        assert!(trial(&StatusOnly, "In Progress", "Teams", "In Progress.").is_warning());
        assert!(trial(&StatusOnly, "In Progress", "Teams", "Deployment is ongoing.").is_warning());
    }

    #[test]
    fn a_phase_says_more() {
        assert!(
            trial(&StatusOnly, "In Progress", "Teams", "Deployment is ongoing, wave 2 of 5 is running.").is_silent()
        );
        assert!(trial(&StatusOnly, "Blocked", "Teams", "Blocked.").is_silent());
    }
}
