//! The rule `placeholder`.

use crate::finding::{Finding, Proposal, Severity, Target};
use crate::reading::{OffTopicKind, Reading, ReasonStrength};
use crate::remedy::quote;
use crate::rules::{Case, Group, Meta, Rule, Waivable};
use crate::text::NoteSpan;

pub(crate) const META: Meta = Meta {
    name: "placeholder",
    group: Group::Note,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "the note contains an unfilled slot, a to-do item, filler text, product praise or a reference elsewhere",
    explanation: "A note is read on its own, in a report, by somebody who cannot open your mailbox or the minutes of \
                  the last meeting. Fill the slots of a template, keep to-do items on your own list, and write what \
                  an e-mail or a ticket says into the note. The note is about the customer, not about the benefits \
                  of the product.",
    guidance: "In summary, a note should state the intent or lack thereof and include the \"**why**\" behind it.",
    examples: examples!("placeholder"),
};

pub(crate) struct Placeholder;

impl Rule for Placeholder {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        check(case).into_iter().collect()
    }
}

fn check(case: &Case<'_>) -> Option<Finding> {
    let reading = case.prose()?;
    if let Some(slot) = reading.slots.first() {
        let note = case.note_text().unwrap_or_default();
        let message = format!("the template's slot {} is not filled", quote(slot.of(note)));
        return Some(
            Finding::new(META.name, Severity::Error, Target::Note(*slot), message).proposing(Proposal::Template),
        );
    }
    if says_status(reading) {
        return None;
    }
    let (span, message) = off_topic(reading)?;
    Some(Finding::new(META.name, Severity::Error, Target::Note(span), message).proposing(Proposal::Template))
}

/// A note that says its piece may well point elsewhere for more.
fn says_status(reading: &Reading) -> bool {
    reading.reason >= ReasonStrength::Thin
        || reading.state == ReasonStrength::Concrete
        || reading.contact.silent && reading.contact.attempts
}

fn off_topic(reading: &Reading) -> Option<(NoteSpan, &'static str)> {
    let first = |kind| reading.off_topic_of(kind).next().map(|part| part.span);
    let messages = [
        (OffTopicKind::Placeholder, "this is filler text, not a note"),
        (OffTopicKind::Pointer, "this sends the reader elsewhere; the note itself must say it"),
        (OffTopicKind::ToDo, "this is something still to be done, not the customer's status"),
        (OffTopicKind::Praise, "this praises the product; the note must say what this customer does, and why"),
        (OffTopicKind::Greeting, "this is a greeting or a question, not the customer's status"),
    ];
    messages.into_iter().find_map(|(kind, message)| Some((first(kind)?, message)))
}

#[cfg(test)]
mod tests {
    use super::Placeholder;
    use crate::rules::testing::trial;

    #[test]
    fn open_slots() {
        for note in
            ["Blocked by [main blocker].", "Due to <reason>, no rollout.", "Held up by {workload}.", "Waiting for XXX."]
        {
            assert!(trial(&Placeholder, "Blocked", "Teams", note).is_error(), "{note:?}");
        }
    }

    #[test]
    fn references_and_to_dos() {
        for note in [
            "See overall notes.",
            "Details are in the ticket.",
            "TBD",
            "Lorem ipsum dolor sit amet",
            "qwer asdf",
            "As discussed.",
        ] {
            assert!(trial(&Placeholder, "Blocked", "Teams", note).is_error(), "{note:?}");
        }
    }

    #[test]
    fn brackets_with_facts_in_them_are_no_slots() {
        for note in [
            "Customer cannot deploy because the gateway (Cisco 2900, firmware 12) drops RTP packets.",
            "Blocked as the ERP client [SAP GUI 7.50] fails under Citrix, see the ticket for logs.",
        ] {
            assert!(trial(&Placeholder, "Blocked", "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn what_is_left_to_do_of_what_is_done() {
        for note in [
            "Channels built for two depots, six depots to do.",
            "Nine of 30 vans enrolled, the rest to follow by route.",
            "40 headsets provisioned, 60 more in May.",
        ] {
            assert!(trial(&Placeholder, "In Progress", "Teams", note).is_silent(), "{note:?}");
        }
        for note in ["Details to follow.", "More in May's minutes."] {
            assert!(trial(&Placeholder, "In Progress", "Teams", note).is_error(), "{note:?}");
        }
    }

    #[test]
    fn advertisements() {
        let note = "Teams brings everyone together and lets you collaborate from any device.";
        assert!(trial(&Placeholder, "No Intent", "Teams", note).is_error());
        let note = "Teams is a platform that brings chat and meetings together.";
        assert!(trial(&Placeholder, "No Intent", "Teams", note).is_error());
        let limit = "No intent: Teams lets nobody collaborate from any device without a licence for each of 900 temps.";
        assert!(trial(&Placeholder, "No Intent", "Teams", limit).is_silent());
    }

    #[test]
    fn slots_filled_with_nothing() {
        for (status, note) in [
            ("Blocked", "Unable to deploy because of reason 1 and detail A."),
            ("Status Unknown", "Customer unresponsive to X attempts, contacted Y."),
            ("Status Unknown", "Customer unresponsive to X attempts."),
            ("Status Unknown", "Customer unresponsive to 4 attempts. (Un)managed account."),
            ("In Progress", "Onboarding underway, focusing on details."),
            ("In Progress", "Onboarding - paste the phase here."),
        ] {
            assert!(trial(&Placeholder, status, "Teams", note).is_error(), "{note:?}");
        }
        for note in ["Wave B is done, wave C starts on Monday.", "Blocked by regulation X of the port until 2027."] {
            assert!(trial(&Placeholder, "In Progress", "Teams", note).is_silent(), "{note:?}");
        }
    }
}
