//! The rule `vague-reason`.

use crate::finding::{Finding, Proposal, Severity, Target};
use crate::playbook::StatusKind;
use crate::reading::{Certainty, NoteForm, Reading, ReasonKind, ReasonStrength};
use crate::record::FieldName;
use crate::remedy::quote;
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "vague-reason",
    group: Group::Note,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "the reason is empty, circular or too vague to act on",
    explanation: "\"Because\" is not enough: what follows must name something that somebody can act on. \
                  \"Issues\", \"various internal reasons\" or \"it is blocked by a blocker\" are errors; a reason \
                    that only names a category (\"security concerns\", \"a merger\") is a warning. Name the product, \
                    the rule, the \
                  feature, the contract, the number.",
    guidance: "In a concise statement, provide detail as to why the entitlements are blocked, whether it be a \
               technical feature gap, a license issue or a lack of resource.",
    examples: examples!("vague-reason"),
};

pub(crate) struct VagueReason;

impl Rule for VagueReason {
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
    if case.is_misplaced() {
        return None;
    }
    let part = reading.reason_span.or(reading.slot_values.cause);
    let named = part.map_or_else(|| "this".to_owned(), |part| quote(part.of(case.note_text().unwrap_or_default())));
    let (severity, message) = judge(reading, kind, &named)?;
    let place = part.or(reading.intent_span).map_or(Target::Value(FieldName::Note), Target::Note);
    let finding = Finding::new(META.name, severity, place, message).proposing(Proposal::Template);
    Some(match asked(reading, kind) {
        Some(asks) if severity == Severity::Warning => finding.with_help(asks),
        _ => finding,
    })
}

/// What to ask of a writer whose reason is plainly of a kind that the playbook knows.
fn asked(reading: &Reading, kind: StatusKind) -> Option<&'static str> {
    let has_reason = matches!(kind, StatusKind::Blocked | StatusKind::NoIntent);
    let plain = |kind: &ReasonKind| has_reason && kind.certainty == Certainty::Decisive;
    reading.kind_of_reason(Some(kind)).filter(plain).map(|kind| kind.asks)
}

/// What is wrong with the why, which the message calls `named`.
fn judge(reading: &Reading, kind: StatusKind, named: &str) -> Option<(Severity, String)> {
    match reading.shape.form {
        NoteForm::Circular => {
            let message = "the reason is circular; name the actual cause";
            return Some((Severity::Error, message.to_owned()));
        }
        NoteForm::Stuffing => {
            let message = format!("{named} only lists keywords; name the actual cause");
            return Some((Severity::Error, message));
        }
        _ => {}
    }
    if !matches!(kind, StatusKind::Blocked | StatusKind::NoIntent | StatusKind::DuplicateInvalid) {
        return None;
    }
    if kind == StatusKind::DuplicateInvalid && reading.shows_duplicate {
        return None;
    }
    match reading.reason {
        ReasonStrength::None if reading.tells_only_setting => {
            let message = format!("{named} has nothing to do with the service; say what keeps the customer from it");
            Some((Severity::Error, message))
        }
        ReasonStrength::Thin if reading.tells_unrelated && kind != StatusKind::DuplicateInvalid => {
            let message = format!("{named} does not say what keeps the customer from the service");
            Some((Severity::Error, message))
        }
        ReasonStrength::None if reading.gives_empty_cause() => {
            Some((Severity::Error, format!("{named} is too vague to act on")))
        }
        ReasonStrength::Thin => {
            let wanted = match kind {
                StatusKind::DuplicateInvalid => "say where else the licenses are counted, or why they are not real",
                _ if asked(reading, kind).is_some() => {
                    return Some((Severity::Warning, format!("{named} lacks detail")));
                }
                _ => "name the product, feature, rule or contract behind it",
            };
            Some((Severity::Warning, format!("{named} lacks detail: {wanted}")))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::VagueReason;
    use crate::rules::testing::trial;

    #[test]
    fn reasons_that_name_nothing() {
        for note in [
            "Cannot deploy because of cloud/data/legal issues.",
            "No plans for Teams at this time due to various internal priorities.",
            "Will not deploy due to various internal considerations and ongoing organisational priorities.",
            "Customer is blocked because there is a blocker that blocks them.",
            "Will not deploy due to Internal Challanges.",
            "No plans for Teams because of Interne Probleme und Schwierigkeiten.",
            "Will not deploy owing to challenges and priorities at the 14 sites.",
            "No plans for Teams because of considerations raised by Oleg Prokhorov in May 2019.",
            "Handsets cannot be enrolled in Teams because the enrolment of handsets is not possible.",
        ] {
            assert!(trial(&VagueReason, "Blocked", "Teams", note).is_error(), "{note:?}");
        }
    }

    #[test]
    fn facts_that_explain_nothing() {
        for note in [
            "Customer will not use Teams because the lobby was decorated with 60 orchids.",
            "No intent for Teams. The bakery was founded in 1911 and had 40,000 visitors last year.",
            "Teams is blocked since the choir sang at the anniversary in Graz.",
            "Teams is not wanted because the ferry company got new uniforms from Gdansk in April.",
        ] {
            let tried = trial(&VagueReason, "No Intent", "Teams", note);
            assert!(tried.is_error(), "{note:?}");
        }
        for note in [
            "Customer will not use Teams because the orchestra rehearses over Zoom, paid until 2027.",
            "Will not deploy due to issues raised about the Avaya gateway in Lyon.",
            "Handsets cannot be enrolled in Teams because the handsets run Android 4.4.",
            "Teams is not wanted because of Challenger, the dispatch software of the airline, which has its own chat.",
            "No intent for Teams. The museum guides have no PC and share one phone at the cash desk.",
            "Teams is not wanted because foremen chalk the week on a slate at the gate.",
            "Teams is not wanted since passengers book through Mews and nobody asks for a chat.",
            "Teams is blocked since the stadium's Wi-Fi breaks down as soon as visitors arrive.",
        ] {
            assert!(!trial(&VagueReason, "No Intent", "Teams", note).is_error(), "{note:?}");
        }
    }

    #[test]
    fn reasons_that_name_a_kind() {
        assert!(
            trial(&VagueReason, "Blocked", "Teams", "They will not roll it out due to security concerns.").is_warning()
        );
        assert!(
            trial(&VagueReason, "No Intent", "Teams", "Until the merger is complete, customer will not deploy.")
                .is_warning()
        );
    }

    #[test]
    fn reasons_that_name_something() {
        for note in [
            "Customer will not deploy because the Palo Alto proxy drops UDP 3478.",
            "Zscaler breaks the client's certificate pinning, deployment is blocked.",
        ] {
            assert!(trial(&VagueReason, "Blocked", "Teams", note).is_silent(), "{note:?}");
        }
    }

    #[test]
    fn numbers_that_name_nothing() {
        for note in [
            "There are three major reasons why this customer cannot deploy.",
            "Blocked due to a number of factors, 4 areas and 11 line items.",
            "Teams is blocked because of ticket 2104118830.",
        ] {
            let report = trial(&VagueReason, "Blocked", "Teams", note);
            assert!(report.is_error() || report.is_warning(), "{note:?}");
        }
    }
}
