//! The rule `contradiction`.

use crate::finding::Target;
use crate::finding::{Finding, Severity};
use crate::reading::ReasonStrength;
use crate::record::FieldName;
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "contradiction",
    group: Group::Note,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "the note says that the customer both will and will not use the service",
    explanation: "A reader who finds both in one note can rely on neither. Say which is true; if one depends on the \
                  other, say on what.",
    guidance: "When crafting your note, **please use unambiguous language**.",
    examples: examples!("contradiction"),
};

pub(crate) struct Contradiction;

impl Rule for Contradiction {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        check(case).into_iter().collect()
    }
}

fn check(case: &Case<'_>) -> Option<Finding> {
    let reading = case.prose()?;
    let features = &reading.features;
    if reading.contact.answered && reading.contact.silent {
        let message = "the note says that the customer both answers and does not answer";
        let finding = Finding::new(META.name, Severity::Error, Target::Value(FieldName::Note), message);
        return Some(finding.with_help("Say which of the two is true, and since when."));
    }
    let (plainly_for, plainly_against) = (features.plainly_for?, features.plainly_against?);
    if features.contrast_or_condition.is_some() || reading.reason != ReasonStrength::None {
        return None;
    }
    let message = "the note says that the customer both will and will not use the service";
    let help = "Say which of the two is true; if one depends on the other, say on what.";
    Some(
        Finding::new(META.name, Severity::Error, Target::Note(plainly_against), message)
            .with_help(help)
            .with_related(Target::Note(plainly_for), "this says the opposite"),
    )
}

#[cfg(test)]
mod tests {
    use super::Contradiction;
    use crate::rules::testing::trial;

    #[test]
    fn both_at_once() {
        let note = "Customer is rolling out to everybody this week and has decided against rolling out to anybody.";
        assert!(trial(&Contradiction, "In Progress", "OneDrive for Business", note).is_error());
        let note = "Customer answered each of our mails at once and has never replied to any.";
        assert!(trial(&Contradiction, "Status Unknown", "Teams", note).is_error());
    }

    #[test]
    fn a_condition_or_a_contrast_between() {
        for note in [
            "Customer wants Teams but cannot deploy because the proxy drops UDP 3478.",
            "Customer will deploy Teams once the proxy is replaced; until then the rollout is blocked.",
        ] {
            assert!(trial(&Contradiction, "Blocked", "Teams", note).is_silent(), "{note:?}");
        }
    }
}
