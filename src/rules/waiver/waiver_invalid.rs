//! The rule `waiver-invalid`.

use crate::case::{WaiverError, WaiverErrorKind};
use crate::emptiness::help;
use crate::finding::{Finding, Severity, Target};
use crate::rules::{Case, Group, MOST_TOLD, Meta, Rule, Waivable, nearest};

pub(crate) const META: Meta = Meta {
    name: "waiver-invalid",
    group: Group::Record,
    default: Some(Severity::Error),
    waivable: Waivable::No,
    summary: "a waiver is invalid and has no effect",
    explanation: "A waiver names a rule and gives a reason; it may name its last day with `until`. It is \
                  invalid when there is no such rule, when the rule is structural (such as `missing-field`), \
                  when the reason is missing or too vague, when the last day is not a valid date or has passed, or \
                  when it has an unknown key. Of more than 100 waivers of a record those after the \
                  first 100 are invalid. An invalid waiver has no effect.",
    guidance: "",
    examples: examples!("waiver-invalid"),
};

pub(crate) struct WaiverInvalid;

impl Rule for WaiverInvalid {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        // That there are too many is told however many others are.
        let (too_many, others): (Vec<_>, Vec<_>) = case
            .waiver_errors
            .iter()
            .filter(|error| error.kind != WaiverErrorKind::NotExamined)
            .partition(|error| error.kind == WaiverErrorKind::TooMany);
        others.into_iter().take(MOST_TOLD).chain(too_many).map(finding).collect()
    }
}

/// What is wrong with a waiver, in one sentence. May quote the record, so printers must escape it.
pub(crate) fn message(error: &WaiverError) -> String {
    told(error).0
}

fn finding(error: &WaiverError) -> Finding {
    let (message, help) = told(error);
    Finding::new(META.name, Severity::Error, Target::Bytes(error.span), message).with_help(help)
}

/// What is wrong, and what to do about it.
fn told(error: &WaiverError) -> (String, String) {
    match &error.kind {
        WaiverErrorKind::NoRule => {
            ("the waiver names no rule".to_owned(), "Add `rule:` with the name of the rule to waive.".to_owned())
        }
        WaiverErrorKind::UnknownRule(name) => {
            let shown: String = name.chars().take(60).collect();
            (format!("there is no rule `{shown}`"), nearest_rule(name))
        }
        WaiverErrorKind::NotWaivable(rule) => (
            format!("`{rule}` cannot be waived"),
            "The rule covers what every record needs; correct what it reports and delete the waiver.".to_owned(),
        ),
        WaiverErrorKind::NoReason => (
            "the waiver gives no reason".to_owned(),
            format!(
                "Add `reason:` with {}; the whole is written as in `waivers: [{{rule: …, reason: \"…\"}}]`.",
                help::WHY
            ),
        ),
        WaiverErrorKind::EmptyReason => (
            "the reason of the waiver is too vague".to_owned(),
            "Say who agreed to it and why, as in `reason: legal asked for this wording`. The number of a ticket, or that \
             it was approved, is not enough."
                .to_owned(),
        ),
        WaiverErrorKind::NoSuchDate => (
            "the last day of the waiver is not a valid date".to_owned(),
            "Write it as in `until: 2026-12-31`, or leave `until` out.".to_owned(),
        ),
        WaiverErrorKind::Expired(day) => (
            format!("the waiver expired on {day}"),
            "Correct what it suppressed and delete it, or agree on a later day.".to_owned(),
        ),
        WaiverErrorKind::TooMany | WaiverErrorKind::NotExamined => (
            "the record has more than 100 waivers, and this one and those after it have no effect".to_owned(),
            "One waiver for each rule is enough; delete the others.".to_owned(),
        ),
        WaiverErrorKind::UnknownKey(key) => {
            let shown: String = key.chars().take(60).collect();
            (
                format!("a waiver has no key `{shown}`"),
                "The keys of a waiver are `rule`, `reason` and, for its last day, `until`.".to_owned(),
            )
        }
    }
}

fn nearest_rule(name: &str) -> String {
    let list = "`notegate rules` lists all rules.";
    match nearest(name) {
        Some(rule) => format!("Did you mean `{rule}`? {list}"),
        None => list.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{places, run};

    fn said(waiver: &str) -> Vec<String> {
        let text = format!("note: a\nwaivers:\n- {waiver}\n");
        run(&WaiverInvalid, &text).into_iter().map(|seen| seen.finding.message).collect()
    }

    #[test]
    fn an_unknown_rule_names_the_nearest() {
        let seen = run(&WaiverInvalid, META.examples.bad.text);
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].at, (6, 12));
        assert!(seen[0].finding.help.as_deref().unwrap().starts_with("Did you mean `refresh-order`?"));
        assert_eq!(
            said("{rule: no-such-thing-at-all, reason: kept by hand}"),
            ["there is no rule `no-such-thing-at-all`"]
        );
    }

    #[test]
    fn each_error_has_its_words() {
        assert_eq!(said("{reason: kept by hand}"), ["the waiver names no rule"]);
        assert_eq!(said("{rule: refresh-order}"), ["the waiver gives no reason"]);
        assert_eq!(said("refresh-order"), ["the waiver gives no reason"]);
        assert_eq!(said("{rule: unreadable, reason: kept by hand}"), ["`unreadable` cannot be waived"]);
        assert_eq!(
            said("{rule: refresh-order, reason: kept by hand, until: 2026-06-30}"),
            ["the waiver expired on 2026-06-30"]
        );
        assert_eq!(
            said("{rule: refresh-order, reason: kept by hand, until: later}"),
            ["the last day of the waiver is not a valid date"]
        );
        assert_eq!(
            said("{rule: refresh-order, reason: kept by hand, untill: 2026-12-31}"),
            ["a waiver has no key `untill`"]
        );
        assert_eq!(said("5"), ["the waiver names no rule", "the waiver gives no reason"]);
    }

    #[test]
    fn a_reason_that_names_nothing_is_told_apart_from_none() {
        assert_eq!(said("{rule: refresh-order, reason: TBD}"), ["the waiver gives no reason"]);
        assert_eq!(said("{rule: refresh-order, reason: needed}"), ["the reason of the waiver is too vague"]);
    }

    #[test]
    fn valid_waivers_are_left_alone() {
        assert_eq!(places(&WaiverInvalid, META.examples.good.text), []);
        assert_eq!(said("{rule: refresh-order, reason: kept by hand, until: 07/01/2026}"), [] as [&str; 0]);
    }
}
