//! The rule `refresh-missing`.

use crate::emptiness::help;
use crate::finding::{Finding, Place, Severity};
use crate::record::{Field, FieldName};
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "refresh-missing",
    group: Group::Record,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "the refresh summary has no entries",
    explanation: "The refresh summary says when a record was last reviewed, by whom, and what they changed. \
                  A new record starts with one entry. If the key itself is missing, `missing-field` reports it.",
    guidance: "Updates should be provided as needed so that the workload entitlements have a clear and up \
                  to date description that accurately reflects workload intent.",
    examples: examples!("refresh-missing"),
};

pub(crate) struct RefreshMissing;

impl Rule for RefreshMissing {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let is_empty = match &case.record.refresh_summary {
            Field::Null(_) => true,
            Field::Value(entries) => entries.value.is_empty(),
            Field::Missing | Field::Odd(_) => false,
        };
        if !is_empty {
            return Vec::new();
        }
        let help = first_entry(case);
        let place = Place::Key(FieldName::RefreshSummary);
        vec![Finding::new(META.name, Severity::Error, place, "the refresh summary has no entries").with_help(help)]
    }
}

/// The help for a refresh summary without entries: the finished block, with the keys that the configuration sets and
/// the day of the run.
pub(in crate::rules) fn first_entry(case: &Case<'_>) -> String {
    let key = case.settings.fields.key(FieldName::RefreshSummary);
    format!("Add an entry:\n{key}:\n{}", entry_block(case, help::WHAT))
}

/// An entry as an item of a block list, indented by two spaces, with `what` in place of what was changed.
pub(in crate::rules) fn entry_block(case: &Case<'_>, what: &str) -> String {
    let names = &case.settings.fields;
    format!(
        "  - {}: {}\n    {}: {}\n    {}: {what}",
        names.key_of("date"),
        case.today.proposed(),
        names.key_of("who_changed"),
        help::WHO,
        names.key_of("what_changed"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{places, run};

    #[test]
    fn nothing_and_an_empty_list_are_no_entries() {
        assert_eq!(places(&RefreshMissing, META.examples.bad.text), [(5, 1)]);
        assert_eq!(places(&RefreshMissing, "note: a\nrefresh_summary:\n"), [(2, 1)]);
        assert_eq!(places(&RefreshMissing, "note: a\nrefresh_summary: ~\n"), [(2, 1)]);
    }

    #[test]
    fn the_help_is_an_entry_of_today() {
        let help = run(&RefreshMissing, META.examples.bad.text).remove(0).finding.help.unwrap();
        assert!(help.contains("\n  - date: 2026-07-01\n    who_changed: your name\n"), "{help}");
    }

    #[test]
    fn entries_an_absent_key_and_another_type_are_left_alone() {
        assert_eq!(places(&RefreshMissing, META.examples.good.text), []);
        assert_eq!(places(&RefreshMissing, "note: a\n"), []);
        assert_eq!(places(&RefreshMissing, "note: a\nrefresh_summary: soon\n"), []);
    }
}
