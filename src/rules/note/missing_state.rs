//! The rule `missing-state`.

use crate::finding::{Finding, Proposal, Severity, Target};
use crate::playbook::StatusKind;
use crate::reading::ReasonStrength;
use crate::record::FieldName;
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "missing-state",
    group: Group::Note,
    default: Some(Severity::Warning),
    waivable: Waivable::Yes,
    summary: "an In Progress note does not say which phase the customer is in or what is being worked on",
    explanation: "Say that the customer is moving forward, where they are, and what is being worked on: \"Onboarding \
                  underway, focusing on …\". One word for the phase, or a plan without a phase, is not enough.",
    guidance: "Is the customer successfully moving forward with onboarding? Does your note clearly convey that?",
    examples: examples!("missing-state"),
};

pub(crate) struct MissingState;

impl Rule for MissingState {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        check(case).into_iter().collect()
    }
}

fn check(case: &Case<'_>) -> Option<Finding> {
    let reading = case.prose()?;
    // "Wave 1." and "Pilot has begun." are states in form only.
    let bare = reading.shape.told <= 2 || reading.shape.told <= 4 && reading.shape.things == 0;
    let thin = reading.state == ReasonStrength::Thin || reading.state == ReasonStrength::Concrete && bare;
    if case.kind()? != StatusKind::InProgress || !thin || case.is_misplaced() {
        return None;
    }
    // A note that leaves both ways open has no state to tell; missing-intent says so.
    if reading.features.undecided.is_some() && !reading.is_settled() {
        return None;
    }
    let place = reading.reason_span.or(reading.intent_span).map_or(Target::Value(FieldName::Note), Target::Note);
    let message = match reading.slot_values.phase {
        Some(_) => "the note names the phase, but not what is being worked on or what comes next",
        None => "the note does not say where the customer is and what is being worked on",
    };
    Some(Finding::new(META.name, Severity::Warning, place, message).proposing(Proposal::Template))
}

#[cfg(test)]
mod tests {
    use super::MissingState;
    use crate::rules::testing::trial;

    #[test]
    fn a_phase_in_a_word() {
        assert!(trial(&MissingState, "In Progress", "Teams", "Pilot, nothing more to add.").is_warning());
    }

    #[test]
    fn a_state_with_detail() {
        for note in [
            "Customer is moving forward with deployment. They are in the adoption phase.",
            "Rollout reached 11 of 15 plants.",
        ] {
            assert!(trial(&MissingState, "In Progress", "Teams", note).is_silent(), "{note:?}");
        }
    }
}
