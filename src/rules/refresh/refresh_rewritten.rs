//! The rule `refresh-rewritten`.

use crate::finding::{Finding, Severity, Target};
use crate::record::history::{EntryChanges, entry_key, same_entry};
use crate::record::{Field, FieldName, RefreshEntry};
use crate::rules::{Case, Group, MOST_TOLD, Meta, Rule, Waivable};
use std::collections::{HashMap, HashSet};

pub(crate) const META: Meta = Meta {
    name: "refresh-rewritten",
    group: Group::Record,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "an earlier entry of the refresh summary was changed or removed",
    explanation: "The refresh summary is a log: entries are added on top and the earlier ones stay as they were. The \
                  rule compares with every version before the change (in a merge, with that of each branch) and says \
                  nothing where there is none. A merge that takes the record of one branch as it is keeps the entries \
                  that the other branch added. Another order, another way to write the same date, and other line \
                  breaks do not count. To correct an entry add one that says so; where an entry must go, for example \
                  for privacy, waive the rule and give the reason.",
    guidance: "|Date|Who Changed|What Changed|",
    examples: examples!("refresh-rewritten", with history),
};

pub(crate) struct RefreshRewritten;

impl Rule for RefreshRewritten {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let sides: Vec<EntryChanges<'_>> =
            case.before.iter().map(|before| EntryChanges::between(before, case.record)).collect();
        let gone = gone(&sides);
        let mut findings: Vec<Finding> =
            gone.iter().take(MOST_TOLD).map(|(changes, gone)| finding(case, changes, gone)).collect();
        if let Some(more) = gone.len().checked_sub(MOST_TOLD).filter(|more| *more > 0) {
            let place = Target::Key(FieldName::RefreshSummary);
            let message = format!("{more} more earlier entries were changed or removed");
            findings.push(Finding::new(META.name, Severity::Error, place, message));
        }
        findings
    }
}

/// The entries that are gone, with the side that had them. What several sides had is named once.
fn gone<'s, 'r>(sides: &'s [EntryChanges<'r>]) -> Vec<(&'s EntryChanges<'r>, &'r RefreshEntry)> {
    let mut named: HashSet<(String, usize)> = HashSet::new();
    let mut gone = Vec::new();
    for changes in sides {
        let mut same: HashMap<String, usize> = HashMap::new();
        for entry in &changes.gone {
            let key = entry_key(entry);
            let count = same.entry(key.clone()).or_default();
            *count += 1;
            if named.insert((key, *count)) {
                gone.push((changes, *entry));
            }
        }
    }
    gone
}

fn finding(case: &Case<'_>, changes: &EntryChanges<'_>, gone: &RefreshEntry) -> Finding {
    let successor = changes.added.iter().take(MOST_COMPARED).find(|added| is_edit_of(gone, added));
    let (place, what) = match successor {
        Some(edited) => (place_of(case, edited), "was changed"),
        None => (Target::Key(FieldName::RefreshSummary), "was removed"),
    };
    let entry = described(gone);
    let (message, restore) = match &entry {
        Some(entry) => (format!("the earlier entry {entry} {what}"), format!("Restore it ({entry})")),
        None => (
            format!("an earlier entry {what} that had no date, no name and no text"),
            "Restore it from the version before the change".to_owned(),
        ),
    };
    let help = format!("{restore} and add a new entry at the top for your change.");
    Finding::new(META.name, Severity::Error, place, message).with_help(help)
}

/// With so many new entries each one that is gone is compared.
const MOST_COMPARED: usize = 20;

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

fn place_of(case: &Case<'_>, entry: &RefreshEntry) -> Target {
    let entries = case.record.refresh_summary.value();
    match entries.and_then(|entries| entries.iter().position(|found| std::ptr::eq(found, entry))) {
        Some(number) => Target::RefreshEntry(number),
        None => Target::Key(FieldName::RefreshSummary),
    }
}

/// The entry in a few words: what is missing in it is left out. Nothing for an entry without any of the three.
fn described(entry: &RefreshEntry) -> Option<String> {
    let text = |field: &Field<String>| field.value().map(|text| text.trim().to_owned());
    let date = entry.date.value().map(|date| date.written.trim().to_owned());
    let parts = [date, text(&entry.who_changed), text(&entry.what_changed)];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| format!("“{}”", parts.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{run, run_against, run_against_each};
    use std::collections::BTreeSet;

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
    fn an_entry_that_says_nothing_is_not_quoted() {
        for (before, after) in [("[1]", "[2]"), ("[{}]", "[{x: 1}]"), ("[{date: }]", "[{who: Sam}]"), ("[a, b]", "[a]")]
        {
            let with = |summary| format!("customer: C\nworkload: W\nnote: n\nrefresh_summary: {summary}\n");
            let seen = run_against(&RefreshRewritten, &with(before), &with(after));
            assert_eq!(seen.len(), 1, "{before}");
            let (message, help) = (&seen[0].finding.message, seen[0].finding.help.as_deref().unwrap());
            assert!(message.starts_with("an earlier entry was "), "{message}");
            assert!(message.ends_with(" that had no date, no name and no text"), "{message}");
            assert_eq!(
                help,
                "Restore it from the version before the change and add a new entry at the top for your change."
            );
        }
    }

    #[test]
    fn an_entry_that_is_gone_is_told_at_the_summary() {
        assert_eq!(
            told(&[NEW, OLD], &[NEW]),
            [((4, 1), "the earlier entry “2019-10-01, Celia, Start” was removed".to_owned())]
        );
        let many = vec![OLD; 25];
        let told = told(&many, &[NEW]);
        assert_eq!(told.len(), MOST_TOLD + 1);
        assert_eq!(told[MOST_TOLD].1, "5 more earlier entries were changed or removed");
    }

    #[test]
    fn the_entries_of_every_side_are_kept() {
        let (ours, theirs) = (("2020-04-01", "Sam", "Ours"), ("2020-04-02", "Amir", "Theirs"));
        let merged = |entries: &[(&str, &str, &str)]| {
            let sides = [record(&[ours, NEW, OLD]), record(&[theirs, NEW, OLD])];
            let told = |sides: [&str; 2]| -> Vec<String> {
                let seen = run_against_each(&RefreshRewritten, &sides, &record(entries));
                seen.into_iter().map(|seen| seen.finding.message).collect()
            };
            let (one, other) = (told([&sides[0], &sides[1]]), told([&sides[1], &sides[0]]));
            assert_eq!(BTreeSet::from_iter(&one), BTreeSet::from_iter(&other), "whichever side comes first");
            one
        };
        let both = ("2020-04-03", "Sam", "Joined");
        assert_eq!(merged(&[both, theirs, ours, NEW, OLD]), Vec::<String>::new());
        assert_eq!(merged(&[both, ours, NEW, OLD]), ["the earlier entry “2020-04-02, Amir, Theirs” was removed"]);
        assert_eq!(merged(&[both, theirs, NEW, OLD]), ["the earlier entry “2020-04-01, Sam, Ours” was removed"]);
        let neither = merged(&[both, theirs, ours, NEW]);
        assert_eq!(neither, ["the earlier entry “2019-10-01, Celia, Start” was removed"], "once for both sides");
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
