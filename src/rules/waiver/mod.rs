//! Sets findings aside that a waiver in the record names.
//!
//! A waiver is a field of the record (`waivers: [{rule: hedging, reason: "…", until: 2026-12-31}]`), so that it
//! survives any tool that rewrites YAML and shows in review. One with an error sets nothing aside.

mod effect;
mod reason;
pub(crate) mod waiver_ending;
pub(crate) mod waiver_invalid;
pub(crate) mod waiver_unused;

use effect::valid;
pub(crate) use effect::{WaiverState, in_force, list};
use reason::Reasons;

use crate::case::{WaiverError, WaiverErrorKind, WaiverErrors};
use crate::day::Today;
use crate::emptiness::is_blank;
use crate::finding::{Finding, Standing};
use crate::playbook::Playbook;
use crate::record::{EntryDate, Field, Heading, NoteRecord, Waiver};
use crate::rules::{MOST_TOLD, Rule, Waivable, find};
use crate::text::ByteSpan;
use std::cmp::Ordering;
use std::collections::HashSet;

/// What a waiver is judged by.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Grounds<'a> {
    /// The day of the run.
    pub(crate) today: Today,
    /// The guidance, by which the reason is read.
    pub(crate) playbook: &'a Playbook,
    /// The record's own names, which are no reason.
    pub(crate) heading: Heading<'a>,
}

/// Waivers of one record that are examined: more than there are rules. The others are invalid.
const MOST_WAIVERS: usize = 100;

/// Judges the waivers of `record`, those that it inherits too. Call it once a record: a reason is read as a note is, once
/// for each text.
#[must_use]
pub(crate) fn judge(record: &NoteRecord, grounds: Grounds<'_>) -> WaiverErrors {
    let mut reasons = Reasons::new(grounds);
    let of_each = waivers_of(record).iter().enumerate();
    let of_each = of_each.map(|(at, waiver)| match at.cmp(&MOST_WAIVERS) {
        Ordering::Less => errors(waiver, &mut reasons),
        Ordering::Equal => vec![WaiverError { kind: WaiverErrorKind::TooMany, span: waiver.span }],
        Ordering::Greater => vec![WaiverError { kind: WaiverErrorKind::NotExamined, span: waiver.span }],
    });
    WaiverErrors::new(of_each.collect())
}

fn waivers_of(record: &NoteRecord) -> &[Waiver] {
    record.waivers.value().map(Vec::as_slice).unwrap_or_default()
}

/// What is wrong with `waiver`; empty when it is valid.
fn errors<'w>(waiver: &'w Waiver, reasons: &mut Reasons<'w>) -> Vec<WaiverError> {
    let mut errors: Vec<WaiverError> = Vec::new();
    errors.extend(rule_error(waiver));
    errors.extend(reasons.error(waiver));
    errors.extend(date_error(&waiver.until, waiver.span, reasons.grounds().today));
    errors.extend(
        waiver
            .unknown_keys
            .iter()
            .map(|key| WaiverError { kind: WaiverErrorKind::UnknownKey(key.value.clone()), span: key.span }),
    );
    errors
}

fn rule_error(waiver: &Waiver) -> Option<WaiverError> {
    let span = waiver.rule.value_span().unwrap_or(waiver.span);
    let kind = match text(&waiver.rule) {
        None => WaiverErrorKind::NoRule,
        Some(name) => match find(name).map(Rule::meta) {
            None => WaiverErrorKind::UnknownRule(name.to_owned()),
            Some(meta) if meta.waivable == Waivable::No => WaiverErrorKind::NotWaivable(meta.name),
            Some(_) => return None,
        },
    };
    Some(WaiverError { kind, span })
}

fn date_error(until: &Field<EntryDate>, whole: ByteSpan, today: Today) -> Option<WaiverError> {
    let span = until.value_span().unwrap_or(whole);
    let kind = match until {
        // `until:` with nothing after it may be an expiry that was forgotten, so it is no expiry that never comes.
        Field::Null(_) | Field::WrongType(_) => WaiverErrorKind::NoSuchDate,
        Field::Missing => return None,
        Field::Value(date) => match date.value.day {
            None => WaiverErrorKind::NoSuchDate,
            Some(day) if today.is_after(day) => WaiverErrorKind::Expired(day),
            Some(_) => return None,
        },
    };
    Some(WaiverError { kind, span })
}

fn text(field: &Field<String>) -> Option<&str> {
    field.value().map(|text| text.trim()).filter(|text| !is_blank(text))
}

/// The findings about `record`, with those set aside that a valid waiver names, and with a finding for each valid
/// waiver that set nothing aside. Call it once a record, after all rules and after the configuration set the
/// severities. `judged` are the errors of this very record.
///
/// A waiver that the record inherits from the customer around it is not reported as unused: it may serve its siblings.
#[must_use]
pub(crate) fn apply(mut findings: Vec<Finding>, record: &NoteRecord, judged: &WaiverErrors) -> Vec<Finding> {
    let valid: Vec<(&str, ByteSpan)> = valid(record, judged).map(|(rule, waiver)| (rule, waiver.span)).collect();
    if valid.is_empty() {
        return findings;
    }
    let waived: HashSet<&str> = valid.iter().map(|(rule, _)| *rule).collect();
    let mut used: HashSet<&str> = HashSet::new();
    for finding in findings.iter_mut().filter(|finding| finding.counts() && waived.contains(finding.rule)) {
        finding.standing = Standing::Waived;
        used.insert(finding.rule);
    }
    let is_own = |span: ByteSpan| record.span.start <= span.start && span.end <= record.span.end;
    // Of two waivers of one rule the first sets everything aside, and nothing is left for the other.
    let unused = valid.into_iter().filter(|(rule, span)| !used.remove(rule) && is_own(*span));
    findings.extend(unused.take(MOST_TOLD).map(|(rule, span)| waiver_unused::finding(rule, span)));
    findings
}

/// The findings after [`apply`], with one for each waiver that set something aside and ends soon.
#[must_use]
pub(crate) fn add_ending(
    mut findings: Vec<Finding>,
    record: &NoteRecord,
    judged: &WaiverErrors,
    today: Today,
) -> Vec<Finding> {
    let mut used: HashSet<&str> =
        findings.iter().filter(|finding| !finding.counts()).map(|finding| finding.rule).collect();
    let ending = valid(record, judged).filter(|(rule, _)| used.remove(rule));
    let ending: Vec<Finding> =
        ending.filter_map(|(rule, waiver)| waiver_ending::finding(rule, waiver, today)).take(MOST_TOLD).collect();
    findings.extend(ending);
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Severity, Target};
    use crate::rules::testing::{grounds, record};

    const RECORD: &str = "note: a\nwaivers:\n";

    fn finding(rule: &'static str) -> Finding {
        Finding::new(rule, Severity::Error, Target::Record, "message")
    }

    fn judged(record: &NoteRecord) -> WaiverErrors {
        judge(record, grounds())
    }

    fn applied(waivers: &str, rules: &[&'static str]) -> Vec<(&'static str, bool)> {
        let record = record(&format!("{RECORD}{waivers}"));
        let findings = rules.iter().map(|rule| finding(rule)).collect();
        apply(findings, &record, &judged(&record)).into_iter().map(|finding| (finding.rule, finding.counts())).collect()
    }

    fn kinds(waiver: &str) -> Vec<WaiverErrorKind> {
        let record = record(&format!("{RECORD}{waiver}"));
        errors(&record.waivers.value().unwrap()[0], &mut Reasons::new(grounds()))
            .into_iter()
            .map(|error| error.kind)
            .collect()
    }

    #[test]
    fn a_valid_waiver_sets_every_finding_of_its_rule_aside() {
        let found = applied(
            "- {rule: refresh-order, reason: kept by hand}\n",
            &["refresh-order", "missing-field", "refresh-order"],
        );
        assert_eq!(found, [("refresh-order", false), ("missing-field", true), ("refresh-order", false)]);
    }

    #[test]
    fn a_reason_with_blanks_around_it_is_one() {
        let record = record("note: a\nwaivers: [{rule: refresh-order, reason: ' kept by hand '}]\n");
        let found = apply(vec![finding("hedging"), finding("refresh-order")], &record, &judged(&record));
        let standings: Vec<_> = found.iter().map(|finding| (finding.rule, finding.standing)).collect();
        assert_eq!(standings, [("hedging", Standing::Counts), ("refresh-order", Standing::Waived)]);
    }

    #[test]
    fn a_waiver_holds_through_its_last_day() {
        assert_eq!(kinds("- {rule: refresh-order, reason: kept by hand, until: 2026-07-01}\n"), []);
        let expired = kinds("- {rule: refresh-order, reason: kept by hand, until: 2026-06-30}\n");
        assert_eq!(expired, [WaiverErrorKind::Expired(jiff::civil::date(2026, 6, 30))]);
    }

    #[test]
    fn a_waiver_with_an_error_sets_nothing_aside_and_is_not_unused_as_well() {
        for waiver in [
            "- {rule: refresh-order}\n",
            "- {rule: refresh-order, reason: ''}\n",
            "- {rule: refresh-order, reason: kept by hand, until: 2026-06-30}\n",
            "- {rule: refresh-order, reason: kept by hand, until: soon}\n",
            "- {rule: refresh-order, reason: kept by hand, until: }\n",
            "- {rule: refresh-order, reason: kept by hand, untill: 2020-01-01}\n",
            "- refresh-order\n",
        ] {
            assert_eq!(applied(waiver, &["refresh-order"]), [("refresh-order", true)], "{waiver}");
        }
    }

    #[test]
    fn structural_rules_cannot_be_waived() {
        assert_eq!(
            kinds("- {rule: missing-field, reason: kept by hand}\n"),
            [WaiverErrorKind::NotWaivable("missing-field")]
        );
        let found = applied("- {rule: missing-field, reason: kept by hand}\n", &["missing-field"]);
        assert_eq!(found, [("missing-field", true)]);
    }

    #[test]
    fn waivers_cannot_waive_what_is_said_about_waivers() {
        assert_eq!(
            kinds("- {rule: waiver-invalid, reason: kept by hand}\n"),
            [WaiverErrorKind::NotWaivable("waiver-invalid")]
        );
        assert_eq!(
            kinds("- {rule: waiver-unused, reason: kept by hand}\n"),
            [WaiverErrorKind::NotWaivable("waiver-unused")]
        );
    }

    #[test]
    fn an_unused_waiver_is_reported_and_so_is_a_second_one_for_the_same_rule() {
        assert_eq!(applied("- {rule: refresh-order, reason: kept by hand}\n", &[]), [("waiver-unused", true)]);
        let twice = "- {rule: refresh-order, reason: kept by hand}\n- {rule: refresh-order, reason: kept by hand}\n";
        assert_eq!(applied(twice, &["refresh-order"]), [("refresh-order", false), ("waiver-unused", true)]);
    }

    #[test]
    fn more_waivers_than_there_are_rules_are_refused_and_the_others_hold() {
        let many = "- {rule: refresh-order, reason: kept by hand}\n".repeat(MOST_WAIVERS + 3);
        let record = record(&format!("{RECORD}{many}"));
        let judged = judged(&record);
        let kinds: Vec<_> = judged.iter().map(|error| error.kind.clone()).collect();
        let (first, others) = (WaiverErrorKind::TooMany, WaiverErrorKind::NotExamined);
        assert_eq!(kinds, [first, others.clone(), others]);
        let valid = judged.of_each().filter(|errors| errors.is_empty()).count();
        assert_eq!(valid, MOST_WAIVERS);
    }

    #[test]
    fn a_reason_is_read_once_for_each_text() {
        let many = "- {rule: refresh-order, reason: kept by hand}\n- {rule: hedging, reason: needed}\n".repeat(20);
        let record = record(&format!("{RECORD}{many}"));
        let mut reasons = Reasons::new(grounds());
        let found: Vec<_> = waivers_of(&record)
            .iter()
            .flat_map(|waiver| errors(waiver, &mut reasons))
            .map(|error| error.kind)
            .collect();
        assert_eq!(found, vec![WaiverErrorKind::EmptyReason; 20]);
        assert!(reasons.read() <= 2, "{}", reasons.read());
    }

    #[test]
    fn an_inherited_waiver_serves_and_is_never_unused() {
        let text = "waivers: [{rule: refresh-order, reason: kept by hand}]\nentitlements:\n- {workload: A, note: b}\n";
        let record = record(text);
        assert_eq!(apply(Vec::new(), &record, &judged(&record)), []);
        assert!(!apply(vec![finding("refresh-order")], &record, &judged(&record))[0].counts());
    }
}
