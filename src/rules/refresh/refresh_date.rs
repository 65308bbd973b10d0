//! The rule `refresh-date`.

use super::written_day::DayError;
use crate::day::Today;
use crate::finding::{Finding, Severity, Target};
use crate::record::{EntryDate, Field, Located};
use crate::rules::{Case, Group, MOST_TOLD, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "refresh-date",
    group: Group::Record,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "an entry's date is invalid, in the future or before the year 2000",
    explanation: "Dates are written as year, month and day (2020-03-27) or with slashes and the month first \
                  (03/27/2020), as in the table of the guidance. An entry cannot be from a day that has not \
                  come yet, nor from before the year 2000. Today is the local day of the person who runs notegate; for \
                  commits, pushes and build servers (`CI` is set), a day counts once it has begun somewhere on Earth. \
                  The day can be fixed with `--today`.",
    guidance: "|03/27/2020| Celia Kennedy| General Maintenance|",
    examples: examples!("refresh-date"),
};

pub(crate) struct RefreshDate;

impl Rule for RefreshDate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let entries = case.record.refresh_summary.value().map(Vec::as_slice).unwrap_or_default();
        entries
            .iter()
            .filter_map(|entry| match &entry.date {
                Field::Value(date) => finding(date, case.today),
                Field::Missing | Field::Null(_) | Field::WrongType(_) => None,
            })
            .take(MOST_TOLD)
            .collect()
    }
}

fn finding(date: &Located<EntryDate>, today: Today) -> Option<Finding> {
    let error = DayError::of(&date.value, today)?;
    let message = error.message("the entry is from", &date.value, today);
    let finding = Finding::new(META.name, Severity::Error, Target::Bytes(date.span), message);
    Some(Finding { fix: error.fix(date), ..finding.with_help(error.help(today)) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{places, run};

    fn said(date: &str) -> Option<(String, String)> {
        let text = format!("note: a\nrefresh_summary:\n- date: {date}\n  who_changed: A\n  what_changed: b\n");
        let seen = run(&RefreshDate, &text).pop()?;
        assert_eq!(seen.at, (3, 9));
        Some((seen.finding.message, seen.finding.help.unwrap()))
    }

    #[test]
    fn the_day_before_the_month_is_explained() {
        let (message, help) = said("27/03/2020").unwrap();
        assert_eq!(message, "`27/03/2020` is not a valid date");
        assert_eq!(help, "The month comes first: if 2020-03-27 is meant, write `2020-03-27` or `03/27/2020`.");
        assert!(said("27.3.2020").unwrap().1.contains("`03/27/2020`"));
        assert_eq!(places(&RefreshDate, META.examples.bad.text), [(6, 12)]);
    }

    #[test]
    fn days_that_are_not_in_the_calendar() {
        for date in ["2020-02-30", "02/30/2020", "2020-13-01", "soon", "March 2020", "20200327", "2020-3-7", "03/27/20"]
        {
            assert!(said(date).unwrap().1.starts_with("Write year, month and day"), "{date}");
        }
    }

    #[test]
    fn today_is_a_day_and_tomorrow_is_not_yet() {
        assert_eq!(said("2026-07-01"), None);
        assert_eq!(said("2026-07-02").unwrap().0, "the entry is from 2026-07-02, but today is 2026-07-01");
        assert!(said("01/01/2027").is_some());
    }

    #[test]
    fn a_year_that_lost_digits() {
        let (message, help) = said("0026-06-02").unwrap();
        assert_eq!(message, "the entry is from 0026-06-02, which is before the year 2000");
        assert_eq!(help, "Write the year with its four digits: if 2026-06-02 is meant, write `2026-06-02`.");
        assert!(said("06/02/0026").unwrap().1.contains("`2026-06-02`"));
        for date in ["1026-06-02", "0202-06-02", "1999-12-31", "0001-02-29"] {
            assert!(said(date).is_some(), "{date}");
        }
        assert_eq!(said("2000-01-01"), None);
    }

    #[test]
    fn a_day_with_a_time() {
        for date in ["2020-03-27T10:00:00Z", "2020-03-27t10:00", "2020-03-27 10:00:00 +02:00"] {
            let (message, help) = said(date).unwrap();
            assert_eq!(message, format!("`{date}` is not a valid date"));
            assert_eq!(help, "Write the day without a time: `2020-03-27`.");
        }
    }

    #[test]
    fn quoted_or_not_both_forms_are_dates() {
        for date in ["2020-03-27", "03/27/2020", "3/7/2020", "'2020-03-27'", "\"10/01/2019\"", "!!str 2020-03-27"] {
            let text = format!("note: a\nrefresh_summary:\n- date: {date}\n");
            assert_eq!(places(&RefreshDate, &text), [], "{date}");
        }
        assert_eq!(places(&RefreshDate, META.examples.good.text), []);
    }

    #[test]
    fn an_absent_or_blank_date_is_for_another_rule() {
        assert_eq!(said(""), None);
        assert_eq!(said("' '"), None);
        assert_eq!(said("[2020]"), None);
    }
}
