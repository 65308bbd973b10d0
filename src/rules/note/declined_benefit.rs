//! The rule `declined-benefit`.

use crate::finding::{Finding, Proposal, Severity, Target};
use crate::playbook::StatusKind;
use crate::reading::{OffTopicKind, ReasonStrength};
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "declined-benefit",
    group: Group::Note,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "the note says that the customer declined FastTrack's help, not whether they will use the service",
    explanation: "A customer that wants no help from FastTrack may well deploy the service by itself or with a \
                  partner. Say what they intend with the service; if they deploy it on their own, the status is In \
                  Progress.",
    guidance: "No, intent to leverage FTC is not the same as intent to utilize the service.",
    examples: examples!("declined-benefit"),
};

pub(crate) struct DeclinedBenefit;

impl Rule for DeclinedBenefit {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        check(case).into_iter().collect()
    }
}

fn check(case: &Case<'_>) -> Option<Finding> {
    let reading = case.prose()?;
    let kind = case.kind();
    let negative = matches!(kind, Some(StatusKind::NoIntent | StatusKind::Blocked));
    let nothing_else =
        reading.off_topic_of(OffTopicKind::Benefit).next().is_some() && case.is_misplaced() && !reading.speaks_of_work;
    let on_their_own = kind == Some(StatusKind::InProgress)
        && reading.state == ReasonStrength::None
        && !reading.mentions_workload
        && !reading.tells_deeds
        && !reading.work.names_matter;
    let declined = reading.benefit.filter(|_| negative || nothing_else || on_their_own)?;
    if reading.declines_both && reading.reason != ReasonStrength::None {
        return None;
    }
    let about_service = reading.features.plainly_against.is_some();
    let apart = reading.off_topic_of(OffTopicKind::Benefit).next().is_some() && about_service;
    let blocked = kind == Some(StatusKind::Blocked) && (about_service || reading.features.hindrance.is_some());
    let told = about_service && reading.reason == ReasonStrength::Concrete
        || (apart || blocked) && reading.reason != ReasonStrength::None;
    if told {
        return None;
    }
    let message = "this is about help from FastTrack; the note does not say whether the customer will use the service";
    let help = "If the customer deploys the service without FastTrack, change the status to In Progress and say how far \
                they are. If not, say why.";
    let finding = Finding::new(META.name, Severity::Error, Target::Note(declined), message).with_help(help);
    let finding = if reading.work.names_matter { finding } else { finding.by_structure() };
    Some(finding.proposing(Proposal::Template))
}

#[cfg(test)]
mod tests {
    use super::DeclinedBenefit;
    use crate::rules::testing::trial;

    #[test]
    fn help_declined() {
        for note in [
            "Customer declined FastTrack assistance.",
            "Not interested in FastTrack, as they consider remote help too slow.",
        ] {
            assert!(trial(&DeclinedBenefit, "No Intent", "Teams", note).is_error(), "{note:?}");
        }
    }

    #[test]
    fn help_declined_and_the_service_too() {
        let note = "Declined FastTrack. Customer does not want Teams either: Zoom is paid until 2027.";
        assert!(trial(&DeclinedBenefit, "No Intent", "Teams", note).is_silent());
    }

    #[test]
    fn help_and_the_service_in_one_breath() {
        for note in [
            "Wants neither FastTrack nor Teams: Zoom is paid until 2027.",
            "Declined FastTrack and Teams as well: Zoom is paid until 2027.",
        ] {
            assert!(trial(&DeclinedBenefit, "No Intent", "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn nothing_but_who_will_help() {
        let note = "Declined FastTrack, their own integrator will do it.";
        assert!(trial(&DeclinedBenefit, "In Progress", "Teams", note).is_error());
        let note = "Declined FastTrack; 40 headsets are enrolled by their own integrator.";
        assert!(trial(&DeclinedBenefit, "In Progress", "Teams", note).is_silent());
    }

    #[test]
    fn help_declined_for_a_good_reason() {
        let note = "They don't want FastTrack: a cutover slipped twice at the CIO's prior employer in 2016.";
        assert!(trial(&DeclinedBenefit, "No Intent", "Teams", note).is_error());
    }
}
