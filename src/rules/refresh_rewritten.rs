//! # `refresh-rewritten`
//!
//! A log that can be edited afterwards proves nothing: entries are added, and stay as they are.
//!
//! The guidance keeps its own refresh summary that way: a table of "Date, Who Changed, What Changed" to which each
//! update adds a line.
//!
//! Bad: the entry of March 27 now carries another name. Good: a new entry says what was wrong in the earlier one.

use super::{Case, Group, Meta, Rule, Waivable};
use crate::finding::{Finding, Place, Severity};
use crate::record::history::{EntryChanges, same_entry};
use crate::record::{Field, FieldName, RefreshEntry};

/// What the rule is.
pub const META: Meta = Meta {
    name: "refresh-rewritten",
    group: Group::Record,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "an earlier entry of the refresh summary was changed or removed",
    explanation: "The refresh summary is a log: entries are added on top and the earlier ones stay as they were. The \
                  rule compares with the version before the change and says nothing where there is none. Another order, \
                  another way to write the same date, and other line breaks do not count. To correct an entry add one \
                  that says so; where an entry must go, for example for privacy, waive the rule and give the reason.",
    guidance: "|Date|Who Changed|What Changed|",
    bad: BAD,
    good: GOOD,
};

/// Two documents: the record before the change, and after it.
const BAD: &str = "\
customer: Contoso
workload: Exchange Online
status: In Progress
note: Onboarding underway, focusing on the mailbox pilot with the finance team.
refresh_summary:
  - {date: 2020-03-27, who_changed: Celia Kennedy, what_changed: General Maintenance}
  - {date: 2019-10-01, who_changed: Celia Kennedy, what_changed: Record made}
---
customer: Contoso
workload: Exchange Online
status: In Progress
note: Onboarding underway, focusing on the mailbox pilot with the finance team.
refresh_summary:
  - {date: 2020-03-27, who_changed: Sam Field, what_changed: General Maintenance}
  - {date: 2019-10-01, who_changed: Celia Kennedy, what_changed: Record made}
";

/// Two documents: the record before the change, and after it.
const GOOD: &str = "\
customer: Contoso
workload: Exchange Online
status: In Progress
note: Onboarding underway, focusing on the mailbox pilot with the finance team.
refresh_summary:
  - {date: 2020-03-27, who_changed: Celia Kennedy, what_changed: General Maintenance}
  - {date: 2019-10-01, who_changed: Celia Kennedy, what_changed: Record made}
---
customer: Contoso
workload: Exchange Online
status: In Progress
note: Onboarding underway, focusing on the mailbox pilot with the finance team.
refresh_summary:
  - {date: 2020-04-02, who_changed: Sam Field, what_changed: The entry of 2020-03-27 was made by Sam Field}
  - {date: 2020-03-27, who_changed: Celia Kennedy, what_changed: General Maintenance}
  - {date: 2019-10-01, who_changed: Celia Kennedy, what_changed: Record made}
";

/// The rule.
pub struct RefreshRewritten;

impl Rule for RefreshRewritten {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let Some(before) = case.before else { return Vec::new() };
        let changes = EntryChanges::between(before, case.record);
        let mut findings: Vec<Finding> = Vec::new();
        for gone in changes.gone.iter().take(MOST) {
            let successor = changes.added.iter().take(MOST).find(|added| is_edit_of(gone, added));
            let (place, what) = match successor {
                Some(edited) => (place_of(case, edited), "was changed"),
                None => (Place::Key(FieldName::RefreshSummary), "was removed"),
            };
            let entry = described(gone);
            let finding = Finding::new(META.name, Severity::Error, place, format!("the earlier entry {entry} {what}"));
            let help = format!("Put it back as it was ({entry}) and add a new entry on top for what you changed");
            findings.push(finding.with_help(help));
        }
        if let Some(more) = changes.gone.len().checked_sub(MOST).filter(|more| *more > 0) {
            let place = Place::Key(FieldName::RefreshSummary);
            let message = format!("{more} more earlier entries were changed or removed");
            findings.push(Finding::new(META.name, Severity::Error, place, message));
        }
        findings
    }
}

/// So many entries are named one by one; a summary that was thrown away needs no thousand findings.
const MOST: usize = 20;

/// Whether two entries that differ share enough to be versions of one: two of date, person and change.
fn is_edit_of(gone: &RefreshEntry, added: &RefreshEntry) -> bool {
    let with = |change: &dyn Fn(&mut RefreshEntry)| {
        let mut changed = gone.clone();
        change(&mut changed);
        same_entry(&changed, added)
    };
    with(&|entry| entry.date = added.date.clone())
        || with(&|entry| entry.who_changed = added.who_changed.clone())
        || with(&|entry| entry.what_changed = added.what_changed.clone())
}

fn place_of(case: &Case<'_>, entry: &RefreshEntry) -> Place {
    let entries = case.record.refresh_summary.value();
    match entries.and_then(|entries| entries.iter().position(|found| std::ptr::eq(found, entry))) {
        Some(number) => Place::RefreshEntry(number),
        None => Place::Key(FieldName::RefreshSummary),
    }
}

/// The entry in a few words: what is missing in it is left out.
fn described(entry: &RefreshEntry) -> String {
    let text = |field: &Field<String>| field.value().map(|text| text.trim().to_owned());
    let date = entry.date.value().map(|date| date.written.trim().to_owned());
    let parts = [date, text(&entry.who_changed), text(&entry.what_changed)];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    format!("“{}”", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{run, run_against};

    fn record(entries: &[(&str, &str, &str)]) -> String {
        let entries: String = entries
            .iter()
            .map(|(date, who, what)| format!("- {{date: {date}, who_changed: {who}, what_changed: {what}}}\n"))
            .collect();
        format!("customer: C\nworkload: W\nnote: n\nrefresh_summary:\n{entries}")
    }

    fn told(before: &[(&str, &str, &str)], after: &[(&str, &str, &str)]) -> Vec<((usize, usize), String)> {
        let seen = run_against(&RefreshRewritten, &record(before), &record(after));
        seen.into_iter().map(|seen| (seen.at, seen.finding.message)).collect()
    }

    const NEW: (&str, &str, &str) = ("2020-03-27", "Celia", "Pilot");
    const OLD: (&str, &str, &str) = ("2019-10-01", "Celia", "Start");

    #[test]
    fn an_edited_entry_is_told_where_it_stands_now() {
        let edited = ("2020-03-27", "Sam", "Pilot");
        assert_eq!(
            told(&[NEW, OLD], &[edited, OLD]),
            [((5, 3), "the earlier entry “2020-03-27, Celia, Pilot” was changed".to_owned())]
        );
    }

    #[test]
    fn an_entry_that_is_gone_is_told_at_the_summary() {
        assert_eq!(
            told(&[NEW, OLD], &[NEW]),
            [((4, 1), "the earlier entry “2019-10-01, Celia, Start” was removed".to_owned())]
        );
        let many = vec![OLD; 25];
        let told = told(&many, &[NEW]);
        assert_eq!(told.len(), MOST + 1);
        assert_eq!(told[MOST].1, "5 more earlier entries were changed or removed");
    }

    #[test]
    fn additions_order_and_the_form_of_a_date_are_no_rewriting() {
        let added = ("2020-04-02", "Sam", "Blocked");
        assert!(told(&[NEW, OLD], &[added, NEW, OLD]).is_empty());
        assert!(told(&[NEW, OLD], &[OLD, NEW]).is_empty());
        assert!(told(&[NEW, OLD], &[("03/27/2020", "Celia", "Pilot"), OLD]).is_empty());
        assert!(run(&RefreshRewritten, &record(&[NEW])).is_empty(), "without a state before there is nothing to say");
    }
}
