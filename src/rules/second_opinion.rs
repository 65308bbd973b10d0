//! What the rules and the second reader decide together.
//!
//! The rules alone explain. Where both agree, that is the verdict. The second reader lowers a block to a warning when it
//! is sure that the note is fine, and raises a pass to a block only when it is sure and names a defect with its place,
//! which is reported under the rule of that defect. Between, the findings stay as they are and the confidence is low.
//! The thresholds are chosen so that no great note is blocked first; `docs/second-reader.md` has the figures.

use super::Case;
use crate::finding::{Finding, Place, Severity};
use crate::grade::Grade;
use crate::reading::observation::Observations;
use crate::record::FieldName;
use crate::rules;
use crate::second_reader::{Defect, NamedDefect, Opinion, PerMille, SecondReader};

/// How sure the verdict on a note is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// The rules and the second reader agree, or the second reader is off.
    #[default]
    High,
    /// They do not agree, or one of them has overruled the other.
    Low,
}

/// From here on the second reader is sure that a note is poor …
const SURELY_POOR: PerMille = PerMille(600);
/// … if it takes it for great no likelier than this, and knows the defect as well as this.
const HARDLY_GREAT: PerMille = PerMille(100);
const KNOWN_DEFECT: PerMille = PerMille(300);
/// Up to here it is sure that a note is not poor, if it takes it for great at least as likely as this.
const HARDLY_POOR: PerMille = PerMille(300);
const LIKELY_GREAT: PerMille = PerMille(600);
/// The same against errors of [`EASILY_TAKEN_BACK`] alone.
const MAYBE_POOR: PerMille = PerMille(700);
const MAYBE_GREAT: PerMille = PerMille(200);
/// The rule that finds meetings and messages, which tells them from words of progress less surely than the second reader.
const EASILY_TAKEN_BACK: &str = "engagement-info";
/// From here on it disagrees with a note that passes, and up to there with one that is blocked, sure or not.
const LEANS_POOR: PerMille = PerMille(600);
const LEANS_FINE: PerMille = PerMille(400);

/// The rules whose errors weigh words, which the second reader may see otherwise. What is blank, a placeholder or not
/// English stays what it is.
const WEIGHED: [&str; 9] = [
    "contact-attempts",
    "contradiction",
    "declined-benefit",
    "engagement-info",
    "missing-intent",
    "missing-reason",
    "status-mismatch",
    "usage-data",
    "vague-reason",
];

/// Settles the findings of the rules about a note with the opinion of the second reader. Findings have the severities
/// that the rules gave them.
pub(super) fn settle(
    findings: &mut Vec<Finding>,
    case: &Case<'_>,
    seen: &Observations,
    second: SecondReader<'_>,
) -> Confidence {
    let status = case.status().map(|status| status.kind);
    if status.is_none() || case.prose().is_none() {
        return Confidence::High;
    }
    let about_note = || findings.iter().filter(|finding| rules::is_about_note(finding.rule));
    let errors = || about_note().filter(|finding| finding.severity == Severity::Error);
    let grade = Grade::from_severities(about_note().map(|finding| finding.severity));
    let opinion = second.opinion(seen, status);
    if grade == Grade::Poor {
        if !errors().all(|finding| WEIGHED.contains(&finding.rule)) {
            return Confidence::High;
        }
        let (most_poor, least_great) = match errors().all(|finding| finding.rule == EASILY_TAKEN_BACK) {
            true => (MAYBE_POOR, MAYBE_GREAT),
            false => (HARDLY_POOR, LIKELY_GREAT),
        };
        if opinion.poor <= most_poor && opinion.great >= least_great {
            lower(findings);
            return Confidence::Low;
        }
        return if opinion.poor <= LEANS_FINE { Confidence::Low } else { Confidence::High };
    }
    if is_surely_poor(opinion)
        && let Some(named) =
            second.defect(seen, status).filter(|named| named.likely >= KNOWN_DEFECT && !is_denied(case, named.defect))
    {
        findings.retain(|finding| finding.rule != named.defect.rule());
        findings.push(finding(case, named));
        return Confidence::Low;
    }
    if opinion.poor >= LEANS_POOR { Confidence::Low } else { Confidence::High }
}

fn is_surely_poor(opinion: Opinion) -> bool {
    opinion.poor >= SURELY_POOR && opinion.great <= HARDLY_GREAT
}

/// Whether the reading found the very thing that the defect says is not there.
fn is_denied(case: &Case<'_>, defect: Defect) -> bool {
    defect == Defect::NoAttempts && case.reading.contact.attempts
}

fn lower(findings: &mut [Finding]) {
    for finding in findings {
        if finding.severity == Severity::Error && WEIGHED.contains(&finding.rule) {
            finding.severity = Severity::Warning;
        }
    }
}

fn finding(case: &Case<'_>, named: NamedDefect) -> Finding {
    let reading = case.reading;
    let place = match named.defect {
        Defect::EmptyReason | Defect::IrrelevantFact => reading.reason_span,
        Defect::SomebodyElse | Defect::OtherStatus => reading.intent_span,
        _ => None,
    };
    let place = place.or(named.span).map_or(Place::Value(FieldName::Note), Place::Note);
    let (message, help) = texts(case, named.defect);
    Finding::new(named.defect.rule(), Severity::Error, place, message).with_help(help)
}

fn texts(case: &Case<'_>, defect: Defect) -> (String, String) {
    let service = case.record.workload.value().map_or("the service", String::as_str);
    let status = case.status_name().unwrap_or_default();
    match defect {
        Defect::EmptyReason => (
            "the reason names nothing that a product group could act on".to_owned(),
            "Name what exactly is in the way: a product, a missing feature, a rule, a contract, a cost or a date."
                .to_owned(),
        ),
        Defect::IrrelevantFact => (
            format!("what this note tells does not explain why the customer will not use {service}"),
            format!("Say what it has to do with {service}: what is missing, forbidden, too expensive or used instead?"),
        ),
        Defect::SomebodyElse => (
            "the note says what somebody else does or wants, not what the customer intends".to_owned(),
            format!("Say whether the customer itself will use {service}, and why."),
        ),
        Defect::OtherStatus => (
            format!("the note does not read like {status}"),
            "Correct the status, or say in the note why this status is right.".to_owned(),
        ),
        Defect::NoAttempts => (
            "the note does not say how the customer was contacted".to_owned(),
            "Say how many times you tried, whom you tried to reach, and whether the account is managed.".to_owned(),
        ),
        Defect::UnnamedDuplicate => (
            "the note does not say what the entitlement duplicates, or why it is invalid".to_owned(),
            "Name the other tenant, order or record, and say what shows that it is the same.".to_owned(),
        ),
        Defect::Usage => (
            "usage figures alone do not say whether the customer will use the service, or why".to_owned(),
            "Say what the customer intends and why; leave the figures to the usage report.".to_owned(),
        ),
        Defect::Engagement => (
            "the note is about meetings and messages, not about the service".to_owned(),
            format!("Say how far {service} is, or what keeps the customer from it; put meetings in the overall notes."),
        ),
        Defect::DeclinedHelp => (
            "the note says who will help, not whether the customer will use the service".to_owned(),
            format!(
                "Declining help is not declining {service}. Say what the customer intends with {service}, and why."
            ),
        ),
        Defect::NoIntentTold => (
            "the note leaves open whether the customer will use the service".to_owned(),
            format!("Say whether the customer will use {service}, and why. If nobody knows, use Status Unknown."),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Heading;

    fn opinion(poor: u16, great: u16) -> Opinion {
        Opinion { poor: PerMille(poor), great: PerMille(great) }
    }

    #[test]
    fn it_is_sure_only_where_both_answers_agree() {
        assert!(is_surely_poor(opinion(600, 100)) && is_surely_poor(opinion(1000, 0)));
        assert!(!is_surely_poor(opinion(599, 100)) && !is_surely_poor(opinion(990, 101)));
    }

    #[test]
    fn only_errors_that_weigh_words_are_lowered() {
        let finding = |rule, severity| Finding::new(rule, severity, Place::Record, "");
        let mut findings = vec![
            finding("missing-reason", Severity::Error),
            finding("hedging", Severity::Warning),
            finding("refresh-missing", Severity::Error),
        ];
        lower(&mut findings);
        let severities: Vec<Severity> = findings.iter().map(|finding| finding.severity).collect();
        assert_eq!(severities, [Severity::Warning, Severity::Warning, Severity::Error]);
    }

    #[test]
    fn every_rule_whose_errors_are_lowered_is_about_notes() {
        assert!(WEIGHED.iter().all(|rule| rules::is_about_note(rule)));
    }

    #[test]
    fn every_defect_has_texts_of_its_own() {
        let texts: std::collections::BTreeSet<String> = Defect::ALL
            .iter()
            .map(|defect| rules::testing::ask(None, Heading::default(), "Customer.", |case| texts(case, *defect).0))
            .collect();
        assert_eq!(texts.len(), Defect::ALL.len());
    }
}
