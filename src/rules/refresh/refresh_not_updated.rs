//! The rule `refresh-not-updated`.

use super::refresh_missing::next_entry;
use crate::emptiness::help;
use crate::finding::{Finding, Fix, Severity, Target};
use crate::record::history::{EntryChanges, same_note, same_status};
use crate::record::{FieldName, NoteRecord};
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "refresh-not-updated",
    group: Group::Record,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "the note or the status changed without a new entry in the refresh summary",
    explanation: "The refresh summary says when a record was last reviewed, by whom, and what they changed. So whoever \
                  changes the status or the note adds an entry on top. The rule compares with the version before the \
                  change (the last commit in the hook, the merge base for a branch) and says nothing where there is \
                  none. Line breaks, spacing and the spelling of the status do not count as a change. It says nothing \
                  where the configuration makes the refresh summary optional, under `required`.",
    guidance: "Updates should be provided as needed so that the workload entitlements have a clear and up to date \
               description that accurately reflects workload intent.",
    examples: examples!("refresh-not-updated", with history),
};

pub(crate) struct RefreshNotUpdated;

impl Rule for RefreshNotUpdated {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        if case.settings.required.is_optional(FieldName::RefreshSummary) {
            return Vec::new();
        }
        let Some(changed) = unaccounted(case.before, case.record) else { return Vec::new() };
        let message = format!("{} changed, but the refresh summary has no new entry for it", changed.name());
        let has_entries = case.record.refresh_summary.value().is_some_and(|entries| !entries.is_empty());
        let help = match has_entries {
            true => next_entry(case, changed.example()),
            false => format!("Say in its first entry {}.", changed.example()),
        };
        vec![
            Finding::new(META.name, Severity::Error, Target::Key(FieldName::RefreshSummary), message)
                .with_help(help)
                .with_fix(Fix::AddEntry),
        ]
    }
}

/// Whether `record` needs a new entry, after what it was on each parent side that has it.
pub(crate) fn is_due(before: &[&NoteRecord], record: &NoteRecord) -> bool {
    unaccounted(before, record).is_some()
}

/// What changed without a new entry. The log is continued from every side that has the record: an entry that one side had
/// already says nothing about what changed against it.
fn unaccounted(before: &[&NoteRecord], record: &NoteRecord) -> Option<Changed> {
    let silent = before.iter().filter(|before| !EntryChanges::between(before, record).has_new_entry());
    silent.filter_map(|before| changed_field(before, record)).reduce(Changed::and)
}

/// What of a record a refresh entry must account for.
#[derive(Clone, Copy)]
enum Changed {
    Note,
    Status,
    Both,
}

impl Changed {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Note, Self::Note) => Self::Note,
            (Self::Status, Self::Status) => Self::Status,
            _ => Self::Both,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Note => "the note",
            Self::Status => "the status",
            Self::Both => "the status and the note",
        }
    }

    fn example(self) -> &'static str {
        match self {
            Self::Note => help::WHAT_IN_NOTE,
            Self::Status | Self::Both => help::WHAT_IN_STATUS,
        }
    }
}

fn changed_field(before: &NoteRecord, after: &NoteRecord) -> Option<Changed> {
    match (same_status(before, after), same_note(before, after)) {
        (true, true) => None,
        (true, false) => Some(Changed::Note),
        (false, true) => Some(Changed::Status),
        (false, false) => Some(Changed::Both),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{run, run_against, run_against_each};

    fn record(status: &str, note: &str, days: &[u8]) -> String {
        let entries: String =
            days.iter().map(|day| format!("- {{date: 2020-03-{day:02}, who_changed: A, what_changed: B}}\n")).collect();
        format!("customer: C\nworkload: W\nstatus: {status}\nnote: {note}\nrefresh_summary:\n{entries}")
    }

    fn told(before: &str, after: &str) -> Vec<((usize, usize), String)> {
        let seen = run_against(&RefreshNotUpdated, before, after);
        seen.into_iter().map(|seen| (seen.at, seen.finding.message)).collect()
    }

    #[test]
    fn a_change_without_an_entry_is_told_at_the_summary() {
        let before = record("Blocked", "one", &[1]);
        let expected =
            |what: &str| vec![((5, 1), format!("{what} changed, but the refresh summary has no new entry for it"))];
        assert_eq!(told(&before, &record("Blocked", "two", &[1])), expected("the note"));
        assert_eq!(told(&before, &record("No Intent", "one", &[1])), expected("the status"));
        assert_eq!(told(&before, &record("No Intent", "two", &[1])), expected("the status and the note"));
    }

    #[test]
    fn an_entry_that_took_the_place_of_another_is_no_new_one() {
        let before = record("Blocked", "one", &[2, 1]);
        assert_eq!(told(&before, &record("Blocked", "two", &[3, 1])).len(), 1);
        assert_eq!(told(&before, &record("Blocked", "two", &[1])).len(), 1);
        assert_eq!(told(&before, &record("Blocked", "two", &[3, 2, 1])).len(), 0);
        assert_eq!(told(&before, &record("Blocked", "two", &[2, 2, 1])).len(), 0, "a second entry of the day");
    }

    #[test]
    fn every_side_asks_for_an_entry_of_its_own() {
        let (old, new) = (record("Blocked", "one", &[1]), record("Blocked", "two", &[2, 1]));
        let after = record("Blocked", "three", &[2, 1]);
        for sides in [[old.as_str(), new.as_str()], [new.as_str(), old.as_str()]] {
            let seen = run_against_each(&RefreshNotUpdated, &sides, &after);
            assert_eq!(seen.len(), 1, "{sides:?}");
            assert!(run_against_each(&RefreshNotUpdated, &sides, &record("Blocked", "three", &[3, 2, 1])).is_empty());
        }
        let status = record("No Intent", "three", &[2, 1]);
        let seen = run_against_each(&RefreshNotUpdated, &[&new, &status], &after);
        assert!(seen[0].finding.message.starts_with("the status and the note changed"), "{seen:?}");
    }

    #[test]
    fn layout_and_spelling_are_no_change() {
        let before = record("In Progress", "one two", &[1]);
        assert!(told(&before, &record("in_progress", ">-\n  one\n  two", &[1])).is_empty());
        assert!(run(&RefreshNotUpdated, &before).is_empty(), "without a state before there is nothing to say");
    }
}
