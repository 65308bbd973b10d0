//! Whether the reason of a waiver is one.

use super::{Grounds, text};
use crate::case::{WaiverError, WaiverErrorKind, reading_context};
use crate::emptiness::{Purpose, concrete_words, emptiness, is_concrete_reason, is_part_of, speaks_of_wording};
use crate::reading::{self, ReasonStrength};
use crate::record::Waiver;
use crate::rules::{REGISTRY, Rule};

/// What is wrong with the reason of `waiver`; nothing when it is one.
pub(super) fn error(waiver: &Waiver, grounds: Grounds<'_>) -> Option<WaiverError> {
    let span = waiver.reason.value_span().unwrap_or(waiver.span);
    let kind = match text(&waiver.reason) {
        None => WaiverErrorKind::NoReason,
        Some(reason) if emptiness(reason, Purpose::Statement).is_some() => WaiverErrorKind::NoReason,
        Some(reason) if is_generic(reason, waiver) || !names_something(reason, grounds) => WaiverErrorKind::EmptyReason,
        Some(_) => return None,
    };
    Some(WaiverError { kind, span })
}

/// Whether a reason only says that there is a waiver; the name of its rule says no more than that.
fn is_generic(reason: &str, waiver: &Waiver) -> bool {
    let without_rule = text(&waiver.rule).map(|rule| reason.replace(rule, "rule"));
    emptiness(without_rule.as_deref().unwrap_or(reason), Purpose::Reason).is_some()
}

/// Whether a reason names anything. It is read as the reason in a note, so that what would be none there is none here; why
/// a wording has to stay is none in a note, so enough concrete words about the wording are a reason, too.
fn names_something(reason: &str, grounds: Grounds<'_>) -> bool {
    if is_own_text(reason) {
        return false;
    }
    is_concrete_reason(reason) || is_reason_in_note(reason, grounds) && has_grounds(reason, grounds)
}

/// Whether words are left that the reader knows for a reason once it is said that somebody knows, agreed or asked.
fn has_grounds(reason: &str, grounds: Grounds<'_>) -> bool {
    let left = concrete_words(reason);
    speaks_of_wording(&left) || is_reason_in_note(&left.join(" "), grounds)
}

/// Whether `reason` would be one in a note. Without its capitals: the name of a person is no reason for anything.
fn is_reason_in_note(reason: &str, Grounds { playbook, heading, .. }: Grounds<'_>) -> bool {
    let note = format!("Unable to deploy because {}.", reason.trim_end_matches('.').to_lowercase());
    reading::read(&note, reading_context(heading), playbook).reason >= ReasonStrength::Thin
}

/// Whether a reason is a part of what the program says of a rule.
fn is_own_text(reason: &str) -> bool {
    let says =
        |rule: &&dyn Rule| [rule.meta().summary, rule.meta().explanation].iter().any(|own| is_part_of(reason, own));
    REGISTRY.iter().any(says)
}

#[cfg(test)]
mod tests {
    use crate::case::WaiverErrorKind;
    use crate::rules::testing::{grounds, record};

    fn kinds(waiver: &str) -> Vec<WaiverErrorKind> {
        let record = record(&format!("note: a\nwaivers:\n{waiver}"));
        super::super::errors(&record.waivers.value().unwrap()[0], grounds())
            .into_iter()
            .map(|error| error.kind)
            .collect()
    }

    #[test]
    fn a_reason_that_names_something_is_one() {
        for reason in [
            "legal asked for this wording",
            "Approved by Dana Ruiz until the audit in March",
            "the summary is kept oldest first by agreement",
            "kept by hand",
            "the customer's own calendar",
            "said twice in the steering committee",
            "Works council agreement requires the phrase",
            "agreed with the account team on 2026-05-04",
            "Ticket OPS-1412, the export tool writes this field",
            "imported from Salesforce, which cannot hold a second sentence",
            "GDPR request pending with the privacy office",
            "our auditor reads this sentence literally.",
            "two sentences are needed to name both regulators",
            "approved by legal",
            "SEC-1234: the regulator's own words",
            "false alarm, Loop is the name of a building here",
            "the manager of the Lyon site asked for it",
            "Jo Bell (legal) signed this off",
            "the account team needs the exact wording for the renewal",
            "'For now' is the product name",
            "\\\"For now\\\" is the product name",
            "For Now is the name of the pilot of Contoso",
            "sentence taken from the signed statement of work",
            "the customer signed off this text",
            "quotes the letter of the regulator word for word",
            "the tenant was renamed in May and keeps both names",
            "phrase agreed with Fabrikam's lawyers",
            "the board minutes use this very phrase",
            "translation of the German contract clause",
        ] {
            assert_eq!(kinds(&format!("- {{rule: hedging, reason: \"{reason}\"}}\n")), [], "{reason}");
        }
    }

    #[test]
    fn a_reason_that_names_nothing_is_none() {
        for reason in [
            "because of various reasons",
            "issues",
            "needed",
            "as discussed",
            "various internal issues",
            "for reasons",
            "it is needed",
            "technical issues",
            "this is fine",
            "please ignore",
            "known issue",
            "exception",
            "rule is wrong",
            "does not matter",
            "it was decided that this should be done in this way",
            "because of some internal reasons that we know about",
            "waiver",
            "Waived",
            "false alarm",
            "False positive.",
            "the tool is wrong",
            "notegate is mistaken here",
            "manager",
            "approved by manager",
            "Approved by my boss",
            "agreed with the team lead",
            "SEC-1234",
            "Ticket SEC-1234",
            "see ticket #4711",
            "INC0012345",
            "https://jira.contoso.example/browse/SEC-1234",
            "approved on 2026-05-04",
            "hedging",
            "waive hedging",
            "legacy",
            "to make CI green",
            "to pass the gate",
            "so we can commit",
            "blocks my commit",
            "noisy rule",
            "stupid rule",
            "this rule is too strict here",
            "must be merged today",
            "manager said so",
            "my boss told me to",
            "agreed internally",
            "legal",
            "contract",
            "urgent, has to be merged before Friday",
            "we decided so",
            "leadership wants it this way",
            "pointless",
            "everyone knows about it",
            "it has always been done this way",
            "management decision for business reasons",
        ] {
            let found = kinds(&format!("- {{rule: hedging, reason: \"{reason}\"}}\n"));
            assert_eq!(found, [WaiverErrorKind::EmptyReason], "{reason}");
        }
        for reason in [
            ".",
            "-",
            "n/a",
            "TBD",
            "5",
            "?",
            "xxx",
            "…",
            "see above",
            "ok",
            "x",
            "[primary issue]",
            "🚀",
            "\\u200b",
            "\\u2800\\u3164",
            "\\u0301",
            "what you did",
            "a few words on why the finding is acceptable",
            "none",
        ] {
            let found = kinds(&format!("- {{rule: hedging, reason: \"{reason}\"}}\n"));
            assert_eq!(found, [WaiverErrorKind::NoReason], "{reason}");
        }
    }

    #[test]
    fn what_is_no_reason_in_a_note_is_none_in_a_waiver() {
        for reason in [
            // The status again, in more words.
            "Currently unable to deploy because of various internal issues.",
            "Unable to deploy because of TBD",
            "No reason given, customer has no intent because they do not want it.",
            "The customer is currently not interested in deploying the service.",
            // Words that nobody knows.
            "lorem ipsum dolor sit amet",
            "asdf qwer zxcv",
            "foo bar baz",
            "qwer tyui zxcv",
            // Somebody's name, and that they agreed.
            "AG, AG, AG",
            "ok'd by Hana",
            "Celia Kennedy",
            "Hana knows",
            "approved by Petra Vogel",
            "historic reasons",
            "for historical reasons",
            // What the program says of rules.
            "the reason is empty, circular or too vague to act on",
            "Reason is empty, circular",
            "a waiver is invalid and has no effect",
        ] {
            let found = kinds(&format!("- {{rule: missing-reason, reason: \"{reason}\"}}\n"));
            assert_eq!(found, [WaiverErrorKind::EmptyReason], "{reason}");
        }
        for reason in [
            "ok'd by Hana of legal",
            "approved by Legal",
            "Celia Kennedy asked for this wording",
            "historic wording of the signed contract",
            "the reason is in the letter of the regulator",
        ] {
            assert_eq!(kinds(&format!("- {{rule: missing-reason, reason: \"{reason}\"}}\n")), [], "{reason}");
        }
    }
}
