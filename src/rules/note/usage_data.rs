//! The rule `usage-data`.

use crate::finding::{Finding, Proposal, Severity, Target};
use crate::playbook::StatusKind;
use crate::reading::{OffTopicKind, ReasonStrength};
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "usage-data",
    group: Group::Note,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "the note contains usage or L1 figures, alone or beside a status",
    explanation: "The usage report shows how many seats are active. A note that only gives figures or L1–L3 codes \
                  says nothing about what the customer intends and is an error; figures beside a proper status are a \
                  warning.",
    guidance: "Recording information about usage or L1 status is not enough information for an Entitlement Status \
               note.",
    examples: examples!("usage-data"),
};

pub(crate) struct UsageData;

impl Rule for UsageData {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        check(case).into_iter().collect()
    }
}

fn check(case: &Case<'_>) -> Option<Finding> {
    let reading = case.prose()?;
    let usage = reading.off_topic_of(OffTopicKind::Usage).next()?;
    let kind = case.kind()?;
    let told = match kind {
        StatusKind::InProgress => reading.state == ReasonStrength::Concrete,
        StatusKind::StatusUnknown => {
            reading.contact.attempts && (reading.contact.silent || reading.contact.intent_unknown)
        }
        _ => reading.reason >= ReasonStrength::Thin,
    };
    let finding = |severity, message: &str| Finding::new(META.name, severity, Target::Note(usage.span), message);
    Some(if told {
        finding(Severity::Warning, "usage figures do not belong in a status note")
            .with_help("Leave it out: the usage report shows it, and the note is about intent and reason.")
    } else {
        let message = "this is a usage figure or a level code: it does not say what the customer intends, nor why";
        finding(Severity::Error, message).proposing(Proposal::Template)
    })
}

#[cfg(test)]
mod tests {
    use super::UsageData;
    use crate::rules::testing::trial;

    #[test]
    fn figures_alone() {
        for note in [
            "Usage 0.4%.",
            "MAU 0 of 350.",
            "L1 = In Progress, L2 = Deploying.",
            "61% of desktops covered, 310 viewers, 12 workspaces, score 38.",
            "14 views, 3 viewers, 85 idle, rate 0.0%.",
            "Customer has no intent for this workload or usage 0.0%.",
        ] {
            assert!(trial(&UsageData, "No Intent", "Teams", note).is_error(), "{note:?}");
        }
    }

    #[test]
    fn figures_of_a_rollout_are_a_state() {
        let note = "61% of desktops covered; the policy is live for 310, the mills follow in wave 2.";
        assert!(trial(&UsageData, "In Progress", "Teams", note).is_silent());
        assert!(
            trial(&UsageData, "In Progress", "Teams", "2,100 of 3,600 mailboxes are live, wave 3 of 5 is done.")
                .is_silent()
        );
    }
}
