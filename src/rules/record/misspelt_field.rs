//! The rule `misspelt-field`.

use crate::finding::{Finding, Fix, Severity, Target};
use crate::record::Problem;
use crate::rules::{Case, Group, MOST_TOLD, Meta, Rule, Waivable, or_setting};

pub(crate) const META: Meta = Meta {
    name: "misspelt-field",
    group: Group::Record,
    default: Some(Severity::Warning),
    waivable: Waivable::Yes,
    summary: "a key looks like a misspelling of a missing field",
    explanation: "A record may have any additional keys. A key that resembles a known key that is missing is most \
                  likely a misspelling.",
    guidance: "",
    examples: examples!("misspelt-field"),
};

pub(crate) struct MisspeltField;

impl Rule for MisspeltField {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let misspelt = case.record.problems.iter().filter_map(|problem| match problem {
            Problem::MisspeltField { written, meant, .. } => Some((written, *meant)),
            _ => None,
        });
        misspelt
            .take(MOST_TOLD)
            .map(|(written, meant)| {
                let names = &case.settings.fields;
                let right = names.key(meant);
                let message = format!("`{}` looks like a misspelling of `{right}`, which is missing", written.value);
                Finding::new(META.name, Severity::Warning, Target::Bytes(written.span), message)
                    .with_help(format!("Rename the key to `{right}`.{}", or_setting(names, meant, &written.value)))
                    .with_fix(Fix::RenameKey { key: written.span, to: right.to_owned() })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{FieldNames, Selection};
    use crate::rules::RuleSettings;
    use crate::rules::testing::{places, run, run_with};

    #[test]
    fn a_slip_names_the_right_key() {
        let seen = run(&MisspeltField, META.examples.bad.text);
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].at, (5, 1));
        assert_eq!(
            seen[0].finding.message,
            "`refesh_summary` looks like a misspelling of `refresh_summary`, which is missing"
        );
    }

    #[test]
    fn a_slip_in_the_configuration_is_thought_of() {
        let mut fields = FieldNames::default();
        assert!(fields.rename("customer", "custt".to_owned()));
        let settings = RuleSettings { fields, ..RuleSettings::default() };
        let seen = run_with(&MisspeltField, "cust: A\nworkload: B\nnote: c\n", &settings, Selection::Likely);
        assert_eq!(
            seen[0].finding.help.as_deref(),
            Some(
                "Rename the key to `custt`. If all notes use `cust`, correct `customer: custt` under `fields` in \
                 notegate.yaml instead."
            )
        );
    }

    #[test]
    fn other_keys_and_keys_beside_the_right_one_are_left_alone() {
        assert_eq!(places(&MisspeltField, META.examples.good.text), []);
        assert_eq!(places(&MisspeltField, "note: a\nnotes: b\n"), []);
    }
}
