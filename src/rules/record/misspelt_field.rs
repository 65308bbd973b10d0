//! # `misspelt-field`
//!
//! A key with a slip of the pen is a key of its own to YAML, and the field that was meant is silently not there.
//!
//! Bad: `refesh_summary:` in a record that has no `refresh_summary`.
//! Good: `owner:`, `notes_url:` and whatever else a team keeps.

use crate::finding::{Finding, Place, Severity};
use crate::record::Problem;
use crate::rules::{Case, Group, MOST_TOLD, Meta, Rule, Waivable};

/// What the rule is.
pub const META: Meta = Meta {
    name: "misspelt-field",
    group: Group::Record,
    default: Some(Severity::Warning),
    waivable: Waivable::Yes,
    summary: "a key looks like a misspelling of a missing field",
    explanation: "A record may have any additional keys. A key that resembles a known key that is missing is most \
                  likely a misspelling.",
    guidance: "",
    bad: BAD,
    good: GOOD,
};

const BAD: &str = "\
customer: Contoso
workload: Exchange Online
status: Blocked
note: Unable to deploy because the firewall drops mail traffic and cannot be replaced before June.
refesh_summary:
  - {date: 2020-03-27, who_changed: Celia Kennedy, what_changed: Firewall finding confirmed}
";

const GOOD: &str = "\
customer: Contoso
workload: Exchange Online
status: Blocked
note: Unable to deploy because the firewall drops mail traffic and cannot be replaced before June.
notes_url: https://example.com/notes/contoso
refresh_summary:
  - {date: 2020-03-27, who_changed: Celia Kennedy, what_changed: Firewall finding confirmed}
";

/// The rule.
pub struct MisspeltField;

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
        let seen = run(&MisspeltField, BAD);
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].at, (5, 1));
        assert_eq!(
            seen[0].finding.message,
            "`refesh_summary` looks like a misspelling of `refresh_summary`, which is missing"
        );
    }

    #[test]
    fn other_keys_and_keys_beside_the_right_one_are_left_alone() {
        assert_eq!(places(&MisspeltField, GOOD), []);
        assert_eq!(places(&MisspeltField, "note: a\nnotes: b\n"), []);
    }
}
