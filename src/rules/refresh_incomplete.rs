//! # `refresh-incomplete`
//!
//! An entry says when, who and what. Without one of the three the next reader cannot ask the right person about it.
//!
//! Bad: an entry with a date and a name that does not say what was changed.
//! Good: `General Maintenance` is enough.
//!
//! The guidance: "|Date|Who Changed|What Changed|"

use super::{Case, Group, Meta, Rule, Waivable};
use crate::finding::{Finding, Place, Severity};
use crate::record::{EntryDate, Field, RefreshEntry};

/// What the rule is.
pub const META: Meta = Meta {
    name: "refresh-incomplete",
    group: Group::Record,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "an entry of the refresh summary lacks its date, who or what",
    explanation: "Each entry of the refresh summary has a date, the name of the person who changed the record, \
                  and a few words on what was changed. Short words are fine: the table of the guidance itself \
                  says \"General Maintenance\".",
    guidance: "|Date|Who Changed|What Changed|",
    bad: BAD,
    good: GOOD,
};

const BAD: &str = "\
customer: Contoso
workload: Exchange Online
status: Blocked
note: Unable to deploy because the firewall drops mail traffic and cannot be replaced before June.
refresh_summary:
  - date: 2020-03-27
    who_changed: Celia Kennedy
";

const GOOD: &str = "\
customer: Contoso
workload: Exchange Online
status: Blocked
note: Unable to deploy because the firewall drops mail traffic and cannot be replaced before June.
refresh_summary:
  - date: 03/27/2020
    who_changed: Celia Kennedy
    what_changed: General Maintenance
  - date: 10/01/2019
    who_changed: Celia Kennedy
    what_changed: Partner Playbook Updated
";

/// So many entries of one record are told about; whoever mends these is told about the next.
pub(super) const MOST_ENTRIES: usize = 20;

/// The rule.
pub struct RefreshIncomplete;

impl Rule for RefreshIncomplete {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let entries = case.record.refresh_summary.value().map(Vec::as_slice).unwrap_or_default();
        entries.iter().enumerate().filter_map(|(index, entry)| finding(case, index, entry)).take(MOST_ENTRIES).collect()
    }
}

fn finding(case: &Case<'_>, index: usize, entry: &RefreshEntry) -> Option<Finding> {
    let names = &case.settings.fields;
    let lacking: Vec<(&str, &str)> = [
        (lacks(&entry.date, |date: &EntryDate| &date.written), "when", "date"),
        (lacks(&entry.who_changed, |text| text), "who", "who_changed"),
        (lacks(&entry.what_changed, |text| text), "what", "what_changed"),
    ]
    .into_iter()
    .filter(|(lacks, ..)| *lacks)
    .map(|(_, question, known)| (question, names.key_of(known)))
    .collect();
    let (questions, keys): (Vec<&str>, Vec<String>) =
        lacking.into_iter().map(|(question, key)| (question, format!("`{key}`"))).unzip();
    if questions.is_empty() {
        return None;
    }
    let number = index + 1;
    let message = format!("entry {number} of the refresh summary does not say {}", joined(&questions, "or"));
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let help = format!("Add {} to the entry.", joined(&keys, "and"));
    Some(Finding::new(META.name, Severity::Error, Place::RefreshEntry(index), message).with_help(help))
}

/// Whether nothing is written there. What is of another type is for `wrong-type`.
fn lacks<T>(field: &Field<T>, text: impl Fn(&T) -> &String) -> bool {
    match field {
        Field::Missing | Field::Null(_) => true,
        Field::Odd(_) => false,
        Field::Value(located) => text(&located.value).trim().is_empty(),
    }
}

fn joined(words: &[&str], last: &str) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., end] => format!("{} {last} {end}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{places, run};

    fn said(entry: &str) -> Vec<String> {
        let text = format!("note: a\nrefresh_summary:\n- {entry}\n");
        run(&RefreshIncomplete, &text).into_iter().map(|seen| seen.finding.message).collect()
    }

    #[test]
    fn each_of_the_three_is_asked_for() {
        assert_eq!(said("{who_changed: A, what_changed: b}"), ["entry 1 of the refresh summary does not say when"]);
        assert_eq!(said("{date: 2020-03-27, what_changed: b}"), ["entry 1 of the refresh summary does not say who"]);
        assert_eq!(said("{date: 2020-03-27, who_changed: A}"), ["entry 1 of the refresh summary does not say what"]);
        assert_eq!(said("{}"), ["entry 1 of the refresh summary does not say when, who or what"]);
        assert_eq!(said("General Maintenance"), ["entry 1 of the refresh summary does not say when, who or what"]);
    }

    #[test]
    fn blank_is_as_good_as_absent() {
        assert_eq!(
            said("{date: 2020-03-27, who_changed: ' ', what_changed: }"),
            ["entry 1 of the refresh summary does not say who or what"]
        );
    }

    #[test]
    fn the_place_is_the_entry() {
        assert_eq!(places(&RefreshIncomplete, BAD), [(6, 5)]);
        let text =
            "note: a\nrefresh_summary:\n- {date: 1, who_changed: A, what_changed: b}\n- {date: 1, who_changed: A}\n";
        assert_eq!(places(&RefreshIncomplete, text), [(4, 3)]);
    }

    #[test]
    fn the_table_of_the_guidance_is_complete() {
        assert_eq!(places(&RefreshIncomplete, GOOD), []);
    }

    #[test]
    fn numbers_and_wrong_dates_are_there() {
        assert_eq!(said("{date: soon, who_changed: 4711, what_changed: b}"), [] as [&str; 0]);
        assert_eq!(said("{date: [1], who_changed: A, what_changed: b}"), [] as [&str; 0], "for wrong-type");
    }
}
