//! The rule `missing-reason`.

use crate::finding::{Finding, Proposal, Severity, Target};
use crate::playbook::StatusKind;
use crate::reading::ReasonStrength;
use crate::record::FieldName;
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "missing-reason",
    group: Group::Note,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "the note gives no reason for Blocked, No Intent or Duplicate/Invalid",
    explanation: "The reason is what somebody can act on: a feature that is missing, a licence, a law, a contract, a \
                  decision and who made it. Without it the note repeats the status. For Duplicate/Invalid it is where \
                  else the licences are counted, or why they are not real.",
    guidance: "When summarizing the current entitlement status, please make sure to include the **\"why\"** or \
    **\"reason\"** method.",
    examples: examples!("missing-reason"),
};

pub(crate) struct MissingReason;

impl Rule for MissingReason {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        check(case).into_iter().collect()
    }
}

fn check(case: &Case<'_>) -> Option<Finding> {
    let reading = case.prose()?;
    let kind = case.kind()?;
    if kind == StatusKind::DuplicateInvalid && reading.shows_duplicate {
        return None;
    }
    let real = reading.duplicate.is_none() && !reading.counts_licences;
    if kind == StatusKind::DuplicateInvalid && real && !case.is_misplaced() {
        let message = "the note does not say that the entitlement is counted twice, or is not real";
        return Some(
            Finding::new(META.name, Severity::Error, Target::Value(FieldName::Note), message)
                .proposing(Proposal::Template),
        );
    }
    if kind == StatusKind::DuplicateInvalid && reading.only_judges_duplicate && !case.is_misplaced() {
        let message = "this only says that somebody called the entitlement a duplicate or invalid: say where else it \
                       is counted, or why it is not real";
        let place = reading.duplicate.map_or(Target::Value(FieldName::Note), Target::Note);
        let finding = Finding::new(META.name, Severity::Error, place, message).by_structure();
        return Some(finding.proposing(Proposal::Template));
    }
    let needs_why = matches!(kind, StatusKind::Blocked | StatusKind::NoIntent | StatusKind::DuplicateInvalid);
    if !needs_why || reading.reason != ReasonStrength::None || case.is_misplaced() || reading.gives_empty_cause() {
        return None;
    }
    let message = match kind {
        StatusKind::Blocked => "the note does not say what blocks the customer",
        StatusKind::NoIntent => "the note does not say why the customer has no intent",
        _ => "the note does not say why the entitlement is a duplicate or invalid",
    };
    let place = reading.intent_span.or(reading.duplicate).map_or(Target::Value(FieldName::Note), Target::Note);
    Some(Finding::new(META.name, Severity::Error, place, message).proposing(Proposal::Template))
}

#[cfg(test)]
mod tests {
    use super::MissingReason;
    use crate::rules::testing::trial;

    #[test]
    fn a_status_without_a_why() {
        for (status, note) in [
            ("Blocked", "Customer cannot deploy right now."),
            ("No Intent", "They do not intend to use it, neither this year nor next."),
            ("Duplicate/Invalid", "Duplicate."),
        ] {
            assert!(trial(&MissingReason, status, "Teams", note).is_error(), "{note:?}");
        }
    }

    #[test]
    fn who_checked_a_duplicate_is_no_why() {
        for note in [
            "Duplicate entitlement, confirmed by J. Brandt on 4 March and marked in the tracker.",
            "Invalid, checked by the licence desk, ticket 882310, closed.",
            "Record set to Duplicate by the operations team on 12 June after review.",
        ] {
            assert!(trial(&MissingReason, "Duplicate/Invalid", "Teams", note).is_error(), "{note:?}");
        }
        for note in [
            "The licence desk confirmed on 4 March that the 90 seats moved to the parent's agreement.",
            "Invalid, verified by the licence desk: the order was cancelled and the seats were refunded.",
            "Company dissolved in March, tenant deleted; confirmed by J. Brandt.",
        ] {
            assert!(trial(&MissingReason, "Duplicate/Invalid", "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn a_duplicate_that_is_only_claimed() {
        for note in [
            "The 60 seats of the brewery were examined by two colleagues on 4 June and deemed to be double.",
            "I consider these 25 seats a duplicate, and my manager had a look and agreed.",
            "Invalid: the 300 licences do not meet what licences have to meet in order to count as valid ones here.",
        ] {
            assert!(trial(&MissingReason, "Duplicate/Invalid", "Teams", note).is_error(), "{note:?}");
        }
        for note in [
            "Checked and agreed: the brewery's 60 seats sit in the tenant of its parent as well.",
            "We looked at it: order 40117 was cancelled and its 25 seats stayed in the feed.",
            "Invalid: the 300 licences were a trial that ran out in May, the licence desk confirmed it.",
        ] {
            assert!(trial(&MissingReason, "Duplicate/Invalid", "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn a_why_in_any_place() {
        for note in [
            "Zoom is paid until 2027, so no intent.",
            "No intent. The law firm records calls with Verint, which does not hook into the client.",
        ] {
            assert!(trial(&MissingReason, "No Intent", "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn without_a_status_the_text_decides() {
        assert!(trial(&MissingReason, "", "Teams", "Customer cannot deploy.").is_error());
        assert!(trial(&MissingReason, "Nearly", "Teams", "Not interested.").is_error());
        assert!(trial(&MissingReason, "", "Teams", "Customer is rolling out wave 2 of 4.").is_silent());
    }

    #[test]
    fn work_under_way_needs_no_why() {
        assert!(trial(&MissingReason, "In Progress", "Teams", "Rollout goes on.").is_silent());
    }

    #[test]
    fn licences_that_nothing_is_wrong_with() {
        let note = "The line is with me from Monday, more once I have read up.";
        assert!(trial(&MissingReason, "Duplicate/Invalid", "Teams", note).is_error());
        let note = "Seats are listed again under the tenant of the parent company in Oslo.";
        assert!(trial(&MissingReason, "Duplicate/Invalid", "Teams", note).is_silent());
    }

    #[test]
    fn figures_that_show_the_error() {
        for note in [
            "Slip of the keyboard: 300 entered, 30 sold.",
            "The order was for 12, the list holds 120.",
            "Both F1 and F3 sit on the same 90 drivers.",
            "Same 45 as in agreement K-207.",
        ] {
            assert!(trial(&MissingReason, "Duplicate/Invalid", "Teams", note).is_silent(), "{note:?}");
        }
        for note in ["Not a valid entitlement, please drop it.", "The seats are void, they should go."] {
            assert!(trial(&MissingReason, "Duplicate/Invalid", "Teams", note).is_error(), "{note:?}");
        }
    }
}
