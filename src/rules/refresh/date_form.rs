//! The rule `date-form`.

use super::written_day::iso_fix;
use crate::finding::{Finding, Severity, Target};
use crate::record::{EntryDate, Field, Located};
use crate::rules::{Case, Group, MOST_TOLD, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "date-form",
    group: Group::Record,
    default: None,
    waivable: Waivable::Yes,
    summary: "a date is not written as year, month and day",
    explanation: "A date with the month first, as in the guidance, is read. Written as `2020-03-27` it also sorts, and \
                  nobody takes the month for the day. `notegate check` says nothing of it unless the configuration sets a \
                  level; `notegate fix` rewrites the dates that can mean one day only, and names the others.",
    guidance: "",
    examples: examples!("date-form"),
};

pub(crate) struct DateForm;

impl Rule for DateForm {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn is_silent_unless_set(&self) -> bool {
        true
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let entries = case.record.refresh_summary.value().map(Vec::as_slice).unwrap_or_default();
        let dates = entries.iter().map(|entry| &entry.date).chain([&case.record.date]);
        dates.filter_map(finding).take(MOST_TOLD).collect()
    }
}

fn finding(date: &Field<EntryDate>) -> Option<Finding> {
    let Field::Value(date) = date else { return None };
    let day = date.value.day?;
    let Located { value: EntryDate { written, .. }, span, .. } = date;
    if *written == day.to_string() {
        return None;
    }
    let written: String = written.trim().chars().take(40).collect();
    let message = format!("the date `{written}` is not written as year, month and day");
    let finding = Finding::new(META.name, Severity::Info, Target::Bytes(*span), message);
    Some(Finding { fix: iso_fix(date), ..finding.with_help(format!("Write `{day}` if that day is meant.")) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Fix;
    use crate::rules::testing::{places, run};

    fn fix(date: &str) -> Option<Fix> {
        let text = format!("note: a\nrefresh_summary:\n- date: {date}\n  who_changed: A\n");
        run(&DateForm, &text).pop()?.finding.fix
    }

    #[test]
    fn a_date_that_means_one_day_is_rewritten() {
        assert_eq!(places(&DateForm, META.examples.bad.text), [(6, 11)]);
        for (date, day) in [("03/27/2020", "2020-03-27"), ("'3/27/2020'", "2020-03-27"), ("04/04/2020", "2020-04-04")] {
            assert!(matches!(fix(date), Some(Fix::SetScalar { to, .. }) if to == day), "{date}");
        }
    }

    #[test]
    fn a_date_that_may_mean_two_days_is_for_a_person() {
        for date in ["03/04/2026", "1/2/2020", "\"12/11/2020\""] {
            assert!(matches!(fix(date), Some(Fix::ByHand { why }) if why.contains("may mean")), "{date}");
        }
    }

    #[test]
    fn years_first_and_what_is_no_date_are_left_alone() {
        assert_eq!(places(&DateForm, META.examples.good.text), []);
        for date in ["2020-03-27", "'2020-03-27'", "soon", "27/03/2020", ""] {
            assert_eq!(fix(date), None, "{date}");
        }
    }
}
