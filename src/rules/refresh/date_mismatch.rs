//! The rule `date-mismatch`.
//!
//! A date that cannot be read is reported here and not under `refresh-date`, and as a warning, because the field is
//! optional and no other rule rests on it.

use super::refresh_stale::newest_entry;
use super::written_day::DayError;
use crate::emptiness::is_blank;
use crate::finding::{Finding, Severity, Target};
use crate::record::{EntryDate, Field, FieldName};
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "date-mismatch",
    group: Group::Record,
    default: Some(Severity::Warning),
    waivable: Waivable::Yes,
    summary: "the record's own date is empty, invalid or older than its newest entry",
    explanation: "A record may carry a `date` of its own. It should be the day of the newest entry in the \
                  refresh summary, or a later one; an older date is most likely out of date. A \
                  `date` without a value, or one that cannot be read, is in the future or before the year 2000 is \
                  reported too.",
    guidance: "Updates should be provided as needed so that the workload entitlements have a clear and up \
                  to date description that accurately reflects workload intent.",
    examples: examples!("date-mismatch"),
};

pub(crate) struct DateMismatch;

impl Rule for DateMismatch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let key = case.key(FieldName::Date);
        if says_nothing(&case.record.date) {
            let finding =
                Finding::new(META.name, Severity::Warning, Target::Key(FieldName::Date), format!("`{key}` is empty"));
            return vec![finding.with_help(format!("Write the day as in `{key}: 2020-03-27`, or delete the line."))];
        }
        let Field::Value(date) = &case.record.date else { return Vec::new() };
        if let Some(error) = DayError::of(&date.value, case.today) {
            let message = error.message(&format!("`{key}` is"), &date.value, case.today);
            let finding = Finding::new(META.name, Severity::Warning, Target::Value(FieldName::Date), message);
            return vec![Finding { fix: error.fix(date), ..finding.with_help(error.help(case.today)) }];
        }
        let Some(own) = date.value.day else { return Vec::new() };
        let Some((index, newest)) = newest_entry(case.record) else { return Vec::new() };
        // An entry of a day to come is for `refresh-date`.
        if own >= newest || case.today.is_before(newest) {
            return Vec::new();
        }
        let message = format!("`{key}` is {own}, but the newest entry of the refresh summary is from {newest}");
        vec![
            Finding::new(META.name, Severity::Warning, Target::Value(FieldName::Date), message)
                .with_help(format!("Write `{key}: {newest}`."))
                .with_related(Target::RefreshEntry(index), "the newest entry"),
        ]
    }
}

/// Whether the key is there with nothing to be seen after it. What is of another type is for `wrong-type`.
fn says_nothing(date: &Field<EntryDate>) -> bool {
    match date {
        Field::Null(_) => true,
        Field::Value(date) => is_blank(&date.value.written),
        Field::Missing | Field::WrongType(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{places, run};

    #[test]
    fn an_older_date_names_both_days() {
        let seen = run(&DateMismatch, META.examples.bad.text);
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].at, (4, 7));
        assert_eq!(
            seen[0].finding.message,
            "`date` is 2019-10-01, but the newest entry of the refresh summary is from 2020-03-27"
        );
        assert_eq!(seen[0].finding.related[0].0, Target::RefreshEntry(0));
    }

    #[test]
    fn the_same_day_a_later_one_and_none_are_fine() {
        assert_eq!(places(&DateMismatch, META.examples.good.text), []);
        assert_eq!(places(&DateMismatch, "note: a\ndate: 2021-01-01\nrefresh_summary: [{date: 03/27/2020}]\n"), []);
        assert_eq!(places(&DateMismatch, "note: a\nrefresh_summary: [{date: 03/27/2020}]\n"), []);
    }

    fn said(date: &str) -> Option<(String, String)> {
        let text = format!("note: a\ndate: {date}\nrefresh_summary: [{{date: 03/27/2020}}]\n");
        let mut seen = run(&DateMismatch, &text);
        assert!(seen.len() <= 1, "{text}");
        let seen = seen.pop()?;
        assert_eq!(seen.at, (2, 7));
        Some((seen.finding.message, seen.finding.help.unwrap()))
    }

    #[test]
    fn a_date_that_cannot_be_read_says_how_to_write_it() {
        for date in ["TBD", "Q3", "tomorrow", "2026-02-30", "20260602", "2026", "06/02/26", "2026-6-2"] {
            let (message, help) = said(date).unwrap();
            assert_eq!(message, format!("`{date}` is not a valid date"));
            assert!(help.starts_with("Write year, month and day as in `2026-07-01`"), "{help}");
        }
        assert!(said("27/03/2020").unwrap().1.starts_with("The month comes first"));
        assert_eq!(said("2026-06-02T10:00:00Z").unwrap().1, "Write the day without a time: `2026-06-02`.");
    }

    #[test]
    fn a_date_in_the_future_or_of_another_age_is_reported() {
        assert_eq!(said("2099-01-01").unwrap().0, "`date` is 2099-01-01, but today is 2026-07-01");
        assert_eq!(said("2026-07-02").unwrap().0, "`date` is 2026-07-02, but today is 2026-07-01");
        assert_eq!(said("0026-06-02").unwrap().0, "`date` is 0026-06-02, which is before the year 2000");
        assert_eq!(said("2026-07-01"), None);
    }

    #[test]
    fn a_date_that_says_nothing_is_reported_at_its_key() {
        for date in ["", "~", "null", "''", "' '", "\"\\u200b\"", "\"\\u3164\"", "!!str", "# to come"] {
            let text = format!("note: a\ndate: {date}\nrefresh_summary: [{{date: 03/27/2020}}]\n");
            let seen = run(&DateMismatch, &text);
            assert_eq!(seen.iter().map(|seen| seen.at).collect::<Vec<_>>(), [(2, 1)], "{text}");
            assert_eq!(seen[0].finding.message, "`date` is empty");
            assert_eq!(
                seen[0].finding.help.as_deref(),
                Some("Write the day as in `date: 2020-03-27`, or delete the line.")
            );
        }
        for date in ["[]", "{}", "[2020-03-27]"] {
            assert_eq!(places(&DateMismatch, &format!("note: a\ndate: {date}\n")), [], "for wrong-type: {date}");
        }
    }

    #[test]
    fn an_entry_without_a_day_is_no_newest_one() {
        assert_eq!(places(&DateMismatch, "note: a\ndate: TBD\n"), [(2, 7)]);
        assert_eq!(places(&DateMismatch, "note: a\ndate: 2020-01-01\nrefresh_summary: [{date: 2099-01-01}]\n"), []);
    }
}
