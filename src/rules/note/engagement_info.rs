//! The rule `engagement-info`.

use crate::finding::{Finding, Proposal, Severity, Target};
use crate::playbook::StatusKind;
use crate::reading::{OffTopicKind, Polarity, Reading, ReasonStrength};
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "engagement-info",
    group: Group::Note,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "the note contains meetings and logistics, alone or beside a status",
    explanation: "Who meets whom and when, what was talked about, prices and travel belong in the overall notes. A \
                  note that is only about the engagement is an error; logistics beside a proper status are a warning.",
    guidance: "Entitlement Status notes are not the appropriate area to record information about the engagement.",
    examples: examples!("engagement-info"),
};

pub(crate) struct EngagementInfo;

impl Rule for EngagementInfo {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        check(case).into_iter().collect()
    }
}

fn check(case: &Case<'_>) -> Option<Finding> {
    let reading = case.prose()?;
    let told_as_work = case.kind() == Some(StatusKind::InProgress) && !reading.is_about_silence();
    let only = reading.work.only_on_engagement().filter(|_| told_as_work);
    match (logistics(case, reading), only) {
        (Some(finding), Some(_)) if finding.severity == Severity::Error => Some(finding.by_structure()),
        (_, Some(span)) => {
            let message = "this is about the engagement and its aims, not about work on the service";
            let finding = Finding::new(META.name, Severity::Error, Target::Note(span), message).by_structure();
            Some(finding.proposing(Proposal::Template))
        }
        (finding, None) => finding,
    }
}

/// What is off topic because it is of meetings and logistics.
fn logistics(case: &Case<'_>, reading: &Reading) -> Option<Finding> {
    let off_topic = reading.off_topic_of(OffTopicKind::Engagement).next()?;
    let tried = case.kind() == Some(StatusKind::StatusUnknown) && reading.contact.managed && reading.contact.counted;
    let told = tried
        || reading.off_topic.len() < reading.shape.sentences
            && (case.intent_of_note() != Polarity::None
                || reading.reason >= ReasonStrength::Thin
                || reading.state >= ReasonStrength::Thin
                || reading.contact.silent
                || reading.contact.intent_unknown);
    let finding = |severity, message: &str| Finding::new(META.name, severity, Target::Note(off_topic.span), message);
    Some(if told {
        finding(Severity::Warning, "meetings and logistics do not belong in a status note")
            .with_help("Move it to the overall notes; what the customer intends, and why, is enough here.")
    } else {
        finding(Severity::Error, "this is about the engagement, not about what the customer intends")
            .proposing(Proposal::Template)
    })
}

#[cfg(test)]
mod tests {
    use super::EngagementInfo;
    use crate::rules::testing::trial;

    #[test]
    fn logistics_alone() {
        for note in [
            "Scheduling kickoff meeting to gather intent of workload.",
            "Kickoff scheduled 5 June 10:00 CET with PM and AM.",
            "Sent welcome mail, waiting for them to pick a slot.",
        ] {
            assert!(trial(&EngagementInfo, "In Progress", "Teams", note).is_error(), "{note:?}");
        }
    }

    #[test]
    fn a_status_that_mentions_people() {
        let note = "Board decided against Teams because Webex is paid until 2027.";
        assert!(trial(&EngagementInfo, "No Intent", "Teams", note).is_silent());
    }

    #[test]
    fn papers_orders_and_hand_overs() {
        for note in [
            "Deck on governance delivered to the IT board, overview of testing tools handed to the project lead.",
            "Delivered testing tools overview.",
            "Proposal drafted for the steering committee, papers are due on the 14th.",
            "Order for 900 seats signed in May, invoice went out to procurement.",
            "Licences purchased in March under the new agreement, 2,000 seats of E3.",
            "New success manager assigned, handover from Paul completed on Monday.",
        ] {
            assert!(trial(&EngagementInfo, "In Progress", "Teams", note).is_error(), "{note:?}");
        }
        for note in [
            "Licences were assigned to 300 drivers and their tablets are being enrolled this week.",
            "Deck on governance approved, the pilot with 50 nurses starts on Monday.",
            "Hybrid wizard was run on Monday and the first 25 mailboxes are being synced.",
            "Default labels were published to 4,000 users, auto-labelling of contracts is in simulation.",
        ] {
            assert!(trial(&EngagementInfo, "In Progress", "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn engagement_told_as_if_it_were_progress() {
        for note in [
            "Governance is at version 3, sponsors are aligned in 9 of 12 units.",
            "Charter signed by the dean, RAID log opened, 40 people on the list for Friday.",
            "Session on Teams for 60 nurses went very well; recording shared.",
            "Our shared journey goes on, a true partnership with great ambitions.",
        ] {
            assert!(trial(&EngagementInfo, "In Progress", "Teams", note).is_error(), "{note:?}");
        }
        for note in [
            "Governance is agreed, channels for 9 of 12 units are built.",
            "Charter signed by the dean, 40 laptops enrolled, 20 to go.",
            "After the session 60 nurses moved from Skype to Teams.",
            "Wave 2 is live, the steering committee meets on Friday.",
        ] {
            assert!(trial(&EngagementInfo, "In Progress", "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn talk_money_and_travel() {
        for note in [
            "We talked about Jamf, Knox and MobileIron.",
            "Topics: Jamf, Knox and MobileIron.",
            "Deal desk wants the PO by Friday: 1,800 seats at 7.40 each, partner margin 6%.",
            "The taxi receipt goes to finance.",
        ] {
            assert!(trial(&EngagementInfo, "In Progress", "Teams", note).is_error(), "{note:?}");
        }
    }
}
