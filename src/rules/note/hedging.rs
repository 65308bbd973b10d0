//! The rule `hedging`.

use crate::finding::Target;
use crate::finding::{Finding, Severity};
use crate::playbook::StatusKind;
use crate::reading::ReasonStrength;
use crate::remedy::quote;
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "hedging",
    group: Group::Note,
    default: Some(Severity::Warning),
    waivable: Waivable::Yes,
    summary: "\"for now\", \"currently\", \"probably\" or a similar hedge weakens the intent",
    explanation: "A hedge makes the reader doubt the intent. Leave it out, or say what the intent \
                  depends on: \"until the proxy is replaced in June\". Words of time that describe work under way \
                  (\"currently piloting with 300 users\") or what a vendor has not done (\"not yet supported\") are \
                  fine. A note that consists of hedges is an error.",
    guidance: "Conversely, words and phrases like \"*for now*\", \"*currently*\", or \"*yet*\" should be avoided as \
               they do not clarify the service intent.",
    examples: examples!("hedging"),
};

pub(crate) struct Hedging;

impl Rule for Hedging {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        check(case).into_iter().collect()
    }
}

/// So many hedges of one note are shown.
const SHOWN: usize = 5;

fn check(case: &Case<'_>) -> Option<Finding> {
    let reading = case.prose()?;
    let (first, rest) = reading.hedges.split_first()?;
    let note = case.note_text()?;
    // Guesses and nothing named: the note is made of them.
    let kind = case.kind();
    let told = if kind == Some(StatusKind::InProgress) { reading.state } else { reading.reason };
    let needs_why = matches!(kind, Some(StatusKind::Blocked | StatusKind::NoIntent | StatusKind::DuplicateInvalid));
    let unfounded = needs_why && !reading.gives_cause && !reading.speaks_of_lack;
    let guesses = match rest.len() {
        0 => false,
        1 => unfounded && reading.doubts >= 2,
        _ => told != ReasonStrength::Concrete || !reading.gives_cause && reading.doubts >= 2,
    };
    let severity = if guesses { Severity::Error } else { Severity::Warning };
    let message = format!("{} leaves the intent open", quote(first.of(note)));
    let help = "Leave it out, or say what the intent depends on: “until [what must happen first]”.";
    let mut finding = Finding::new(META.name, severity, Target::Note(*first), message).with_help(help);
    for span in rest.iter().take(SHOWN - 1) {
        finding = finding.with_related(Target::Note(*span), "and this");
    }
    Some(finding)
}

#[cfg(test)]
mod tests {
    use super::Hedging;
    use crate::rules::testing::trial;

    #[test]
    fn hedged_intent() {
        for (status, note) in [
            ("Blocked", "For now customer is blocked as the proxy drops UDP 3478."),
            ("No Intent", "They probably won't use Teams, Zoom is paid until 2027."),
            ("No Intent", "Customer does not currently intend to use Teams as Zoom is paid until 2027."),
        ] {
            assert!(trial(&Hedging, status, "Teams", note).is_warning(), "{note:?}");
        }
    }

    #[test]
    fn notes_made_of_guesses() {
        let note = "Reports might end up on the brewery's servers, perhaps, if things turn out that way.";
        assert!(trial(&Hedging, "Blocked", "Power BI", note).is_error(), "{note:?}");
        for note in [
            "They probably won't use it, it seems Tableau is preferred.",
            "Perhaps blocked, the gateway probably cannot pass the plant's firewall.",
        ] {
            assert!(trial(&Hedging, "No Intent", "Power BI", note).is_warning(), "{note:?}");
        }
    }

    #[test]
    fn words_of_time_that_soften_nothing() {
        for (status, note) in [
            ("In Progress", "Currently piloting with 300 users in Lyon."),
            ("Blocked", "Customer will not deploy because dial plans are not yet supported by the SBC vendor."),
            ("In Progress", "Wave 3 is done, yet two plants remain."),
            ("Blocked", "Customer will not deploy before May 2027 because Cisco holds the contract."),
        ] {
            assert!(trial(&Hedging, status, "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn nothing_but_guesses() {
        for (status, note) in [
            ("Duplicate/Invalid", "Maybe double, maybe stale, somebody could perhaps tell."),
            ("Blocked", "Perhaps the network, perhaps licences, maybe something in between."),
        ] {
            assert!(trial(&Hedging, status, "Teams", note).is_error(), "{note:?}");
        }
    }
}
