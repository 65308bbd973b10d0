//! The rule `repeated-field`.

use crate::finding::{Finding, Severity, Target};
use crate::record::Problem;
use crate::rules::{Case, Group, MOST_TOLD, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "repeated-field",
    group: Group::Record,
    default: Some(Severity::Error),
    waivable: Waivable::No,
    summary: "a record has one field twice, under two of the names that the configuration gives it",
    explanation: "Reports nothing unless the configuration gives a field several names, as \
                  `fields: {customer: [customer, account]}` does in the example. A record uses one of them. Where it has two, nobody can say which one counts. The same goes for the fields of an \
                  entry of the refresh summary. A field that stands twice under the same name is reported by \
                  `unreadable`.",
    guidance: "",
    examples: examples!("repeated-field"),
};

pub(crate) struct RepeatedField;

impl Rule for RepeatedField {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let repeated = case.record.problems.iter().filter_map(|problem| match problem {
            Problem::RepeatedField { first, second, .. } => Some((first, second)),
            _ => None,
        });
        repeated
            .take(MOST_TOLD)
            .map(|(first, second)| {
                let message = format!("`{}` and `{}` are two names of the same field", first.value, second.value);
                let help =
                    format!("Keep the one that is right and delete the other; `{}` is what is read.", first.value);
                Finding::new(META.name, Severity::Error, Target::Bytes(second.span), message).with_help(help)
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{FieldNames, Selection};
    use crate::rules::RuleSettings;
    use crate::rules::testing::run_with;

    fn told(text: &str) -> Vec<((usize, usize), String)> {
        let mut fields = FieldNames::default();
        for (known, keys) in [
            ("customer", ["customer", "kunde"]),
            ("note", ["note", "notiz"]),
            ("entitlements", ["entitlements", "produkte"]),
            ("who_changed", ["who_changed", "wer"]),
            ("date", ["date", "datum"]),
        ] {
            assert!(fields.call(known, keys.map(str::to_owned).to_vec()));
        }
        let settings = RuleSettings { fields, ..RuleSettings::default() };
        let seen = run_with(&RepeatedField, text, &settings, Selection::Likely);
        seen.into_iter().map(|seen| (seen.at, seen.finding.message)).collect()
    }

    #[test]
    fn both_names_are_told_at_the_one_that_is_not_read() {
        let message = |first: &str, second: &str| format!("`{first}` and `{second}` are two names of the same field");
        let at = |line, column, first: &str, second: &str| vec![((line, column), message(first, second))];
        assert_eq!(told("kunde: A\ncustomer: B\nnote: a\n"), at(1, 1, "customer", "kunde"));
        assert_eq!(told("customer: A\nnote: a\nnotiz: a\n"), at(3, 1, "note", "notiz"));
        assert_eq!(
            told("customer: A\nentitlements: [{note: a}]\nprodukte: [{note: b}]\n"),
            at(3, 1, "entitlements", "produkte")
        );
        assert_eq!(told("kunde: A\ncustomer: B\nentitlements: [{note: a}]\n"), at(1, 1, "customer", "kunde"));
        assert_eq!(
            told("note: a\nrefresh_summary:\n- {date: 2020-01-01, wer: A, who_changed: B}\n"),
            at(3, 22, "who_changed", "wer")
        );
        assert_eq!(told("note: a\nrefresh_summary: [{date: 2020-01-01, datum: 2020-01-01}]\n").len(), 1);
        assert_eq!(told("date: 2020-01-01\ndatum: 2020-01-01\nnote: a\n"), at(2, 1, "date", "datum"));
    }

    #[test]
    fn one_name_a_record_is_all_right() {
        for text in [
            "kunde: A\nnote: a\n",
            "- {kunde: A, note: a}\n- {customer: A, notiz: a}\n",
            // What an entitlement says itself is not what it inherits.
            "customer: A\nentitlements: [{kunde: B, note: a}]\n",
            "note: a\nrefresh_summary: [{wer: A}, {who_changed: B}]\n",
            "customer: A\ncustomer_id: 5\nnote: a\n",
        ] {
            assert_eq!(told(text), [], "{text}");
        }
    }
}
