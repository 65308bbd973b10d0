//! The rule `refresh-order`.

use crate::finding::{Finding, Fix, Severity, Target};
use crate::record::history::EntryChanges;
use crate::record::{FieldName, RefreshEntry};
use crate::rules::{Case, Group, Meta, Rule, Waivable};
use jiff::civil::Date;
use std::collections::HashSet;

pub(crate) const META: Meta = Meta {
    name: "refresh-order",
    group: Group::Record,
    default: Some(Severity::Warning),
    waivable: Waivable::Yes,
    summary: "the refresh summary does not begin with the newest entry",
    explanation: "Entries run from the newest to the oldest, as in the table of the guidance, so that the \
                  first one is the latest word. Entries of the same day may be in any order. Where the state before \
                  the change is known, a new entry is not dated before those that were there.",
    guidance: "|03/27/2020| Celia Kennedy| General Maintenance|",
    examples: examples!("refresh-order"),
};

pub(crate) struct RefreshOrder;

impl Rule for RefreshOrder {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let entries = case.record.refresh_summary.value().map(Vec::as_slice).unwrap_or_default();
        // Dates that are no days are for `refresh-date`; here they are passed over.
        let days = entries.iter().enumerate().filter_map(|(index, entry)| Some((index, entry.date.value()?.day?)));
        let wrong = days.clone().zip(days.skip(1)).find(|((_, above), (_, below))| below > above);
        let Some(((_, above), (index, below))) = wrong else { return backdated(case) };
        let message = format!("the entry of {below} is below the older one of {above}");
        vec![
            Finding::new(META.name, Severity::Warning, Target::RefreshEntry(index), message)
                .with_help("Move the newest entry to the top, followed by the older ones.")
                .with_fix(Fix::NewestFirst),
        ]
    }
}

/// An entry that this change adds below ones that were there: in order, and yet not the latest word.
fn backdated(case: &Case<'_>) -> Vec<Finding> {
    let days = |entries: &[RefreshEntry]| -> Vec<Date> {
        entries.iter().filter_map(|entry| entry.date.value()?.day).collect()
    };
    let sides = case.before.iter().filter_map(|before| before.refresh_summary.value());
    let newest = sides.flat_map(|entries| days(entries)).max();
    // An entry is new when no side had it: in a merge the others' entries are older, and rightly below.
    let added = case.before.iter().map(|before| EntryChanges::between(before, case.record).added);
    let added = added.reduce(|one, other| in_both(one, &other));
    let day = added.into_iter().flatten().filter_map(|entry| entry.date.value()?.day).min();
    let Some((newest, day)) = newest.zip(day).filter(|(newest, day)| day < newest) else { return Vec::new() };
    let message = format!("the new entry of {day} is dated before {newest}, the newest that was there");
    let place = Target::Key(FieldName::RefreshSummary);
    vec![
        Finding::new(META.name, Severity::Warning, place, message)
            .with_help("Date a new entry on the day of the change, and put it on top."),
    ]
}

fn in_both<'r>(mut one: Vec<&'r RefreshEntry>, other: &[&'r RefreshEntry]) -> Vec<&'r RefreshEntry> {
    let other: HashSet<*const RefreshEntry> = other.iter().map(|entry| std::ptr::from_ref(*entry)).collect();
    one.retain(|entry| other.contains(&std::ptr::from_ref(*entry)));
    one
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{places, run, run_against, run_against_each};

    fn order(dates: &[&str]) -> Vec<(usize, usize)> {
        let entries: String = dates.iter().map(|date| format!("- date: {date}\n")).collect();
        places(&RefreshOrder, &format!("note: a\nrefresh_summary:\n{entries}"))
    }

    #[test]
    fn an_older_entry_on_top_is_told_about_once() {
        assert_eq!(order(&["2019-10-01", "2020-03-27", "2020-04-01"]), [(4, 3)]);
        let seen = run(&RefreshOrder, META.examples.bad.text);
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].at, (7, 5));
        assert_eq!(seen[0].finding.message, "the entry of 2020-03-27 is below the older one of 2019-10-01");
    }

    #[test]
    fn a_wrong_date_between_hides_nothing() {
        assert_eq!(order(&["2019-10-01", "soon", "2020-03-27"]), [(5, 3)]);
    }

    #[test]
    fn newest_first_one_day_and_one_entry_are_in_order() {
        assert_eq!(places(&RefreshOrder, META.examples.good.text), []);
        assert_eq!(order(&["2020-03-27", "03/27/2020", "2019-10-01"]), []);
        assert_eq!(order(&["2020-03-27"]), []);
        assert_eq!(order(&[]), []);
    }

    #[test]
    fn a_new_entry_is_not_dated_before_those_that_were_there() {
        let record = |dates: &[&str]| {
            let entries: String = dates.iter().map(|date| format!("- date: {date}\n")).collect();
            format!("note: a\nrefresh_summary:\n{entries}")
        };
        let before = record(&["2020-03-27", "2019-10-01"]);
        let told = |after: &[&str]| {
            let seen = run_against(&RefreshOrder, &before, &record(after));
            seen.into_iter().map(|seen| seen.finding.message).collect::<Vec<_>>()
        };
        assert_eq!(
            told(&["2020-03-27", "2020-01-01", "2019-10-01"]),
            ["the new entry of 2020-01-01 is dated before 2020-03-27, the newest that was there"]
        );
        assert!(told(&["2020-03-27", "2020-03-27", "2019-10-01"]).is_empty());
        assert!(told(&["2020-04-01", "2020-03-27", "2019-10-01"]).is_empty());
        assert_eq!(told(&["2020-01-01", "2020-03-27", "2019-10-01"]).len(), 1, "told once");
        // A merge: each side's entry is new to the other, and none of them is new.
        let other = record(&["2020-02-01", "2019-10-01"]);
        let merged = record(&["2020-03-27", "2020-02-01", "2019-10-01"]);
        assert!(run_against_each(&RefreshOrder, &[&before, &other], &merged).is_empty());
        let late = record(&["2020-03-27", "2020-02-01", "2020-01-01", "2019-10-01"]);
        assert_eq!(run_against_each(&RefreshOrder, &[&other, &before], &late).len(), 1);
    }
}
