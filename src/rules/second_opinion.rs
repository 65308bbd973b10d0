//! What the rules and the second reader decide together.
//!
//! The rules alone explain. Where both agree, that is the verdict. Where the second reader takes a note for fine, an error
//! that rests on the weighing of words becomes a warning; one that rests on the structure of the note stays, for the
//! second reader knows words and not who does what. Where it takes a note that passes for poor, it names a defect with its
//! place, which is reported under the rule of that defect. Whoever was overruled, the confidence is low then.
//! The thresholds are chosen on notes that neither had met, and so that no great note is blocked first;
//! `docs/second-reader.md` has the figures.

use super::Case;
use crate::finding::{Basis, Finding, Severity, Target};
use crate::grade::Grade;
use crate::reading::observation::{Extent, Observations};
use crate::record::FieldName;
use crate::rules;
use crate::second_reader::{Defect, NamedDefect, PerMille, SecondReader};
use std::ops::Range;

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

impl Confidence {
    /// The name as it is written everywhere: `high`, `low`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Low => "low",
        }
    }
}

/// From here on a note is poor that the rules let pass.
const POOR: PerMille = PerMille(600);
/// The same for a note that goes on behind what it has seen of it.
const POOR_BY_ITS_BEGINNING: PerMille = PerMille(750);
/// From here on a note stays poor that the rules take for poor: what both doubt is seldom fine.
const STAYS_POOR: PerMille = PerMille(500);
/// Between these it is not sure.
const UNSURE: Range<PerMille> = PerMille(350)..PerMille(650);

/// The rules whose errors weigh words, which the second reader may see otherwise; not where such an error rests on the
/// structure of the note. What is blank, a placeholder or not English stays what it is.
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
    let is_poor_to_rules = grade == Grade::Poor;
    let threshold = match (is_poor_to_rules, seen.extent) {
        (true, _) => STAYS_POOR,
        (false, Extent::Whole) => POOR,
        (false, Extent::Beginning) => POOR_BY_ITS_BEGINNING,
    };
    let differ = match (is_poor_to_rules, opinion.poor >= threshold) {
        (true, _) if !errors().all(weighs_words) => return Confidence::High,
        // What stands behind the beginning it has not seen.
        (true, false) if seen.extent == Extent::Beginning => true,
        // The second reader has not learned the words of a team.
        (true, false) if case.playbook.lexicon().has_added_word(case.note_text().unwrap_or_default()) => true,
        (true, false) => {
            lower(findings);
            true
        }
        (false, true) => second.defect(seen, status).is_some_and(|named| raise(findings, case, named)),
        (true, true) | (false, false) => false,
    };
    if differ || UNSURE.contains(&opinion.poor) { Confidence::Low } else { Confidence::High }
}

/// Reports the defect; not where the reading denies it.
fn raise(findings: &mut Vec<Finding>, case: &Case<'_>, named: NamedDefect) -> bool {
    if is_denied(case, named.defect) {
        return false;
    }
    findings.retain(|finding| finding.rule != named.defect.rule());
    findings.push(finding(case, named));
    true
}

/// Whether the reading found the very thing that the defect says is not there.
fn is_denied(case: &Case<'_>, defect: Defect) -> bool {
    match defect {
        Defect::NoAttempts => case.reading.contact.attempts,
        Defect::UnnamedDuplicate => case.reading.shows_duplicate,
        _ => false,
    }
}

/// Whether the second reader may see it otherwise.
fn weighs_words(finding: &Finding) -> bool {
    finding.basis == Basis::Words && WEIGHED.contains(&finding.rule)
}

fn lower(findings: &mut [Finding]) {
    for finding in findings {
        if finding.severity == Severity::Error && weighs_words(finding) {
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
    let place = place.or(named.span).map_or(Target::Value(FieldName::Note), Target::Note);
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

    #[test]
    fn only_errors_that_weigh_words_are_lowered() {
        let finding = |rule, severity| Finding::new(rule, severity, Target::Record, "");
        let mut findings = vec![
            finding("missing-reason", Severity::Error),
            finding("hedging", Severity::Warning),
            finding("refresh-missing", Severity::Error),
            finding("status-mismatch", Severity::Error).by_structure(),
        ];
        lower(&mut findings);
        let severities: Vec<Severity> = findings.iter().map(|finding| finding.severity).collect();
        assert_eq!(severities, [Severity::Warning, Severity::Warning, Severity::Error, Severity::Error]);
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
