//! The rule `misspelt-field`.

use crate::finding::{Finding, Place, Severity};
use crate::record::Problem;
use crate::rules::{Case, Group, MOST_TOLD, Meta, Rule, Waivable};

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
            Problem::MisspeltField { written, meant, .. } => Some((written, case.settings.fields.key(*meant))),
            _ => None,
        });
        misspelt
            .take(MOST_TOLD)
            .map(|(written, right)| {
                let message = format!("`{}` looks like a misspelling of `{right}`, which is missing", written.value);
                Finding::new(META.name, Severity::Warning, Place::Bytes(written.span), message)
                    .with_help(format!("Rename the key to `{right}`."))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{places, run};

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
    fn other_keys_and_keys_beside_the_right_one_are_left_alone() {
        assert_eq!(places(&MisspeltField, META.examples.good.text), []);
        assert_eq!(places(&MisspeltField, "note: a\nnotes: b\n"), []);
    }
}
