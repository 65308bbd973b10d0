//! The rule `refresh-stale`.

use crate::finding::{Finding, Severity, Target};
use crate::record::NoteRecord;
use crate::rules::{Case, Group, Meta, Rule, Waivable};
use jiff::civil::Date;

pub(crate) const META: Meta = Meta {
    name: "refresh-stale",
    group: Group::Record,
    default: Some(Severity::Warning),
    waivable: Waivable::Yes,
    summary: "the newest entry is older than the configuration allows",
    explanation: "Reports nothing unless the configuration sets `refresh.max_age_days`. Then the newest entry of \
                  the refresh summary may be at most that many days old on the day of the run.",
    guidance: "Updates should be provided as needed so that the workload entitlements have a clear and up \
                  to date description that accurately reflects workload intent.",
    examples: examples!("refresh-stale"),
};

pub(crate) struct RefreshStale;

impl Rule for RefreshStale {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let Some(max_age) = case.settings.max_age_days else { return Vec::new() };
        let Some((index, newest)) = newest_entry(case.record) else { return Vec::new() };
        let age = case.today.days_since(newest);
        if i64::from(age) <= i64::from(max_age) {
            return Vec::new();
        }
        let message = format!("the newest entry is {age} days old; the limit is {max_age}");
        vec![
            Finding::new(META.name, Severity::Warning, Target::RefreshEntry(index), message)
                .with_help("Check that the note is still true, and add an entry with today's date that says so."),
        ]
    }
}

/// The newest entry with a day, by its number, counted from 0.
pub(super) fn newest_entry(record: &NoteRecord) -> Option<(usize, Date)> {
    let entries = record.refresh_summary.value()?;
    let days = entries.iter().enumerate().filter_map(|(index, entry)| Some((index, entry.date.value()?.day?)));
    // Of several entries of one day the first stands on top.
    days.rev().max_by_key(|(_, day)| *day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Selection;
    use crate::rules::RuleSettings;
    use crate::rules::testing::run_with;

    fn stale(text: &str, max_age_days: Option<u32>) -> Vec<((usize, usize), String)> {
        let settings = RuleSettings { max_age_days, ..RuleSettings::default() };
        run_with(&RefreshStale, text, &settings, Selection::Likely)
            .into_iter()
            .map(|seen| (seen.at, seen.finding.message))
            .collect()
    }

    #[test]
    fn it_says_nothing_without_the_setting() {
        assert_eq!(stale(META.examples.bad.text, None), []);
    }

    #[test]
    fn the_age_is_counted_to_the_day_of_the_run() {
        let message = "the newest entry is 2287 days old; the limit is 90".to_owned();
        assert_eq!(stale(META.examples.bad.text, Some(90)), [((6, 5), message)]);
        assert_eq!(stale(META.examples.good.text, Some(11)), [], "eleven days before the first of July");
        assert_eq!(stale(META.examples.good.text, Some(10)).len(), 1);
    }

    #[test]
    fn the_newest_counts_wherever_it_stands() {
        let text = "note: a\nrefresh_summary:\n- date: 2020-01-01\n- date: 2026-06-30\n";
        assert_eq!(stale(text, Some(1)), []);
        assert_eq!(stale(text, Some(0))[0].0, (4, 3));
    }

    #[test]
    fn a_summary_without_days_is_for_other_rules() {
        assert_eq!(stale("note: a\nrefresh_summary: []\n", Some(1)), []);
        assert_eq!(stale("note: a\nrefresh_summary: [{date: soon}]\n", Some(1)), []);
    }
}
