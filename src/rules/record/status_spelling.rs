//! The rule `status-spelling`.

use crate::finding::{Finding, Fix, Severity, Target};
use crate::record::FieldName;
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "status-spelling",
    group: Group::Record,
    default: Some(Severity::Info),
    waivable: Waivable::Yes,
    summary: "the status is not spelled as in the playbook",
    explanation: "Differences in case, spaces, hyphens and underscores are accepted. Other tools that read the \
                  records may be stricter, so the usual spelling is recommended. This rule blocks nothing.",
    guidance: "What if I am unsure about what status to put the customer in?",
    examples: examples!("status-spelling"),
};

pub(crate) struct StatusSpelling;

impl Rule for StatusSpelling {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let Some(written) = case.record.status.value() else { return Vec::new() };
        let Some(status) = case.status() else { return Vec::new() };
        if *written == status.name {
            return Vec::new();
        }
        let message = format!("the status is usually written `{}`", status.name);
        let help = format!("Write `{}: {}`.", case.key(FieldName::Status), status.name);
        let finding =
            Finding::new(META.name, Severity::Info, Target::Value(FieldName::Status), message).with_help(help);
        let value = case.record.status.value_span();
        let fix = value.map(|value| Fix::SetScalar { value, to: status.name.clone() });
        vec![Finding { fix, ..finding }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{places, run};

    #[test]
    fn another_spelling_names_the_usual_one() {
        let seen = run(&StatusSpelling, META.examples.bad.text);
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].at, (3, 9));
        assert_eq!(seen[0].finding.help.as_deref(), Some("Write `status: In Progress`."));
        assert_eq!(places(&StatusSpelling, "note: a\nstatus: Duplicate / Invalid\n"), [(2, 9)]);
    }

    #[test]
    fn the_usual_spelling_and_unknown_statuses_are_left_alone() {
        assert_eq!(places(&StatusSpelling, META.examples.good.text), []);
        assert_eq!(places(&StatusSpelling, "note: a\nstatus: 'Blocked'\n"), []);
        assert_eq!(places(&StatusSpelling, "note: a\nstatus: On Hold\n"), []);
    }
}
