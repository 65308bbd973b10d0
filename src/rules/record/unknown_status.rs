//! The rule `unknown-status`.

use crate::emptiness::is_blank;
use crate::finding::{Finding, Fix, Severity, Target};
use crate::record::FieldName;
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "unknown-status",
    group: Group::Record,
    default: Some(Severity::Error),
    waivable: Waivable::No,
    summary: "the status is not one of the known statuses",
    explanation: "The statuses are In Progress, Blocked, No Intent, Status Unknown and Duplicate/Invalid, and \
                  those that the configuration adds. Case, spaces, hyphens and underscores do not matter for \
                  this rule.",
    guidance: "What if I am unsure about what status to put the customer in?",
    examples: examples!("unknown-status"),
};

pub(crate) struct UnknownStatus;

impl Rule for UnknownStatus {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let Some(written) = case.record.status.value() else { return Vec::new() };
        if is_blank(written) || case.status().is_some() {
            return Vec::new();
        }
        let shown: String = written.trim().chars().take(60).collect();
        let message = format!("there is no status `{shown}`");
        let names: Vec<&str> = case.playbook.statuses.iter().map(|status| status.name.as_str()).collect();
        let all = format!("The statuses are: {}.", names.join(", "));
        let help = match case.playbook.proposed_status(written) {
            Some(name) => format!("Did you mean `{name}`? {all}"),
            None => all,
        };
        let finding =
            Finding::new(META.name, Severity::Error, Target::Value(FieldName::Status), message).with_help(help);
        vec![finding.with_fix(fix(case, written))]
    }
}

/// The status itself for a slip of the pen; else a person has to say which one is meant.
fn fix(case: &Case<'_>, written: &str) -> Fix {
    let slip = case.playbook.slip_of_status(written).zip(case.record.status.value_span());
    if let Some((name, value)) = slip {
        return Fix::SetScalar { value, to: name.to_owned() };
    }
    let why = match case.playbook.proposed_status(written) {
        Some(name) => format!("only the writer knows whether `{name}` is meant"),
        None => "only the writer knows which status is meant".to_owned(),
    };
    Fix::ByHand { why }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{places, run};

    fn help(status: &str) -> Option<String> {
        let mut seen = run(&UnknownStatus, &format!("note: a\nstatus: {status}\n"));
        seen.pop().and_then(|seen| seen.finding.help)
    }

    #[test]
    fn a_slip_names_the_nearest_status() {
        assert!(help("Bloked").unwrap().starts_with("Did you mean `Blocked`?"));
        assert!(help("unknown").unwrap().starts_with("Did you mean `Status Unknown`?"));
        assert!(help("Progress").unwrap().starts_with("Did you mean `In Progress`?"));
        assert!(help("no intend").unwrap().starts_with("Did you mean `No Intent`?"));
        assert!(help("Status Unkown").unwrap().starts_with("Did you mean `Status Unknown`?"));
    }

    #[test]
    fn neither_case_nor_spaces_around_a_slip_count_against_it() {
        for (written, meant) in
            [("BLKED", "Blocked"), ("' bloked '", "Blocked"), ("in_progres", "In Progress"), ("NO INTEND", "No Intent")]
        {
            let expected = format!("Did you mean `{meant}`?");
            assert!(help(written).unwrap().starts_with(&expected), "{written}");
        }
    }

    #[test]
    fn a_word_of_a_name_proposes_it() {
        for written in ["Duplicate", "Dupliacte", "duplicates", "Invalid", "invalid", "Invlaid", "DUPLICATE"] {
            let help = help(written).unwrap();
            assert!(help.starts_with("Did you mean `Duplicate/Invalid`?"), "{written}: {help}");
        }
        for written in ["Valid", "Finished", "Done", "Val", "/", "Invalidated by Sam"] {
            assert!(help(written).unwrap().starts_with("The statuses are"), "{written}");
        }
    }

    #[test]
    fn another_word_names_all_statuses() {
        let help = help("On Hold").unwrap();
        assert_eq!(help, "The statuses are: In Progress, Blocked, No Intent, Status Unknown, Duplicate/Invalid.");
        assert_eq!(places(&UnknownStatus, META.examples.bad.text), [(3, 9)]);
    }

    #[test]
    fn known_statuses_in_any_spelling_are_left_alone() {
        for status in ["Blocked", "in-progress", "NO_INTENT", "duplicate / invalid", "StatusUnknown"] {
            assert_eq!(help(status), None, "{status}");
        }
        assert_eq!(places(&UnknownStatus, META.examples.good.text), []);
    }

    #[test]
    fn an_absent_or_odd_status_is_for_other_rules() {
        assert_eq!(places(&UnknownStatus, "note: a\n"), []);
        assert_eq!(places(&UnknownStatus, "note: a\nstatus:\n"), []);
        assert_eq!(places(&UnknownStatus, "note: a\nstatus: [Blocked]\n"), []);
    }

    #[test]
    fn a_very_long_status_is_cut_in_the_message() {
        let seen = run(&UnknownStatus, &format!("note: a\nstatus: {}\n", "x".repeat(100_000)));
        assert!(seen[0].finding.message.len() < 100);
    }
}
