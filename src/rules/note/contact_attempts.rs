//! The rule `contact-attempts`.

use crate::finding::{Finding, Proposal, Severity, Target};
use crate::playbook::StatusKind;
use crate::reading::{Reading, ReasonStrength};
use crate::record::FieldName;
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "contact-attempts",
    group: Group::Note,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "the contact attempts are not documented: how many, to whom, and whether the account is managed",
    explanation: "Say how many attempts were made, to whom, and whether the account is managed; a colleague may know \
                  the customer. A note without any attempt is an error, one that lacks the count or the kind of \
                  account is a warning, and one that lacks only the contact is an info.",
    guidance: "For unresponsive tenants, did you document how many attempts were made and to whom you attempted \
               contact? Is this a managed or unmanaged account?",
    examples: examples!("contact-attempts"),
};

pub(crate) struct ContactAttempts;

impl Rule for ContactAttempts {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        check(case).into_iter().collect()
    }
}

fn check(case: &Case<'_>) -> Option<Finding> {
    let reading = case.prose()?;
    if case.kind()? != StatusKind::StatusUnknown || case.is_template() {
        return None;
    }
    let contact = reading.contact;
    if !contact.silent && !contact.intent_unknown {
        return None;
    }
    let place = reading.intent_span.map_or(Target::Value(FieldName::Note), Target::Note);
    let explained = reading.reason == ReasonStrength::Concrete && contact.intent_unknown;
    let finding = |severity, message: String| {
        Some(Finding::new(META.name, severity, place.clone(), message).proposing(Proposal::Template))
    };
    let structural = |message: &str| finding(Severity::Error, message.to_owned()).map(Finding::by_structure);
    let untried = !contact.attempts && !contact.counted && !contact.managed && !contact.sought;
    if untried && (contact.silent || !contact.whom && !contact.intent_unknown) {
        return structural("the note does not say whether you tried to reach the customer, how often, and whom");
    }
    if !says_anything(reading) {
        return structural("the note repeats the status: it does not say whom you asked, nor how often");
    }
    let missing: Vec<&str> = [
        (contact.counted || explained, "how many attempts were made"),
        (contact.managed, "whether the account is managed or unmanaged"),
    ]
    .into_iter()
    .filter_map(|(said, what)| (!said).then_some(what))
    .collect();
    if !missing.is_empty() {
        return finding(Severity::Warning, format!("the note does not say {}", missing.join(", nor ")));
    }
    if contact.whom || explained {
        return None;
    }
    finding(Severity::Info, "the note does not say whom you tried to reach".to_owned())
}

/// "Unknown." and "Status is unknown" repeat the status.
fn says_anything(reading: &Reading) -> bool {
    let contact = reading.contact;
    contact.silent
        || contact.sought
        || contact.attempts
        || contact.managed
        || contact.whom
        || reading.reason != ReasonStrength::None
}

#[cfg(test)]
mod tests {
    use super::ContactAttempts;
    use crate::rules::testing::trial;

    #[test]
    fn no_attempts() {
        for note in ["Customer unresponsive.", "No answer.", "Unknown."] {
            assert!(trial(&ContactAttempts, "Status Unknown", "Teams", note).is_error(), "{note:?}");
        }
    }

    #[test]
    fn silence_told_at_length_without_an_attempt() {
        for note in [
            "Nothing came back from anybody at the abbey, so nobody can say what they intend.",
            "No response whatsoever, intent remains unclear.",
            "Silence from the school, nothing was heard, plans unknown.",
        ] {
            assert!(trial(&ContactAttempts, "Status Unknown", "Teams", note).is_error(), "{note:?}");
        }
        for note in ["ATU doesn't know the plans for Teams.", "Their intent for Teams could not be obtained."] {
            assert!(trial(&ContactAttempts, "Status Unknown", "Teams", note).is_warning(), "{note:?}");
        }
    }

    #[test]
    fn dates_count_attempts() {
        for note in [
            "Rang the verger on 4, 11 and 18 June, voicemail. Unmanaged.",
            "Mailed the bursar on 3/5, 10/5, no answer. Managed account.",
        ] {
            assert!(trial(&ContactAttempts, "Status Unknown", "Teams", note).is_silent(), "{note:?}");
        }
        let note = "Rang the verger on 4 June, no answer. Unmanaged.";
        assert!(trial(&ContactAttempts, "Status Unknown", "Teams", note).is_warning());
    }

    #[test]
    fn attempts_without_count_or_account() {
        for note in [
            "Customer unresponsive to contact attempts.",
            "No response to 3 e-mails.",
            "Managed account, customer isn't replying.",
        ] {
            assert!(trial(&ContactAttempts, "Status Unknown", "Teams", note).is_warning(), "{note:?}");
        }
    }

    #[test]
    fn all_that_is_asked() {
        for note in [
            "No reply from the IT manager to 4 emails and 2 calls. Unmanaged.",
            "Half a dozen calls to both admins unanswered, unmanaged tenant.",
        ] {
            assert!(trial(&ContactAttempts, "Status Unknown", "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn whom_is_worth_adding() {
        let note = "Customer unresponsive to 3 contact attempts. Managed customer.";
        assert!(trial(&ContactAttempts, "Status Unknown", "Teams", note).is_info());
    }
}
