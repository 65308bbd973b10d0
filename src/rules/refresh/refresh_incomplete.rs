//! The rule `refresh-incomplete`.

use super::refresh_missing::entry_block;
use crate::emptiness::{self, Emptiness, Purpose, emptiness, is_blank};
use crate::finding::{Finding, Severity, Target};
use crate::record::{EntryDate, Field, RefreshEntry};
use crate::rules::{Case, Group, MOST_TOLD, Meta, Rule, Waivable, joined};

pub(crate) const META: Meta = Meta {
    name: "refresh-incomplete",
    group: Group::Record,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "an entry of the refresh summary does not say when, who or what",
    explanation: "Each entry of the refresh summary has a date, the name of the person who changed the record, \
                  and a few words on what was changed. Short words are fine: the table of the guidance itself \
                  says \"General Maintenance\". A placeholder such as \"n/a\" or \"[your name]\" is not enough, and \
                  neither is what only says that something was changed (\"updated\", \"changed the note\") or that somebody \
                  did it (\"me\", \"someone\").",
    guidance: "|Date|Who Changed|What Changed|",
    examples: examples!("refresh-incomplete"),
};

pub(crate) struct RefreshIncomplete;

impl Rule for RefreshIncomplete {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let entries = case.record.refresh_summary.value().map(Vec::as_slice).unwrap_or_default();
        entries.iter().enumerate().filter_map(|(index, entry)| finding(case, index, entry)).take(MOST_TOLD).collect()
    }
}

fn finding(case: &Case<'_>, index: usize, entry: &RefreshEntry) -> Option<Finding> {
    let names = &case.settings.fields;
    let lacks: Vec<(&str, Lack, String)> = [
        ("when", lack(&entry.date, |date: &EntryDate| emptiness_of_date(date)), "date"),
        ("who", lack(&entry.who_changed, |name| emptiness(name, Purpose::Person)), "who_changed"),
        (WHAT, lack(&entry.what_changed, |text| emptiness(text, Purpose::Change)), "what_changed"),
    ]
    .into_iter()
    .filter_map(|(question, lack, known)| Some((question, lack?, format!("`{}`", names.key_of(known)))))
    .collect();
    if lacks.is_empty() {
        return None;
    }
    let questions: Vec<&str> = lacks.iter().map(|(question, ..)| *question).collect();
    let number = index + 1;
    let message = format!("entry {number} of the refresh summary does not say {}", joined(&questions, "or"));
    Some(Finding::new(META.name, Severity::Error, Target::RefreshEntry(index), message).with_help(help(case, &lacks)))
}

/// What to do about each of the three that says nothing.
fn help(case: &Case<'_>, lacks: &[(&str, Lack, String)]) -> String {
    if lacks.iter().filter(|(_, lack, _)| *lack == Lack::Value).count() == ALL {
        return format!("Write the entry like this:\n{}", entry_block(case, emptiness::help::WHAT));
    }
    let keys = |is: &dyn Fn(&str, Lack) -> bool| {
        let of = lacks.iter().filter(|(question, lack, _)| is(question, *lack)).map(|(.., key)| key.as_str());
        joined(&of.collect::<Vec<_>>(), "and")
    };
    let is_what = |question: &str| question == WHAT;
    let absent = keys(&|_, lack| lack == Lack::Value);
    let placeholders = keys(&|question, lack| lack == Lack::Placeholder && !is_what(question));
    // "Updated" is no placeholder to whoever wrote it.
    let vague = keys(&|question, lack| lack == Lack::Placeholder && is_what(question));
    let add = (!absent.is_empty()).then(|| format!("Add {absent} to the entry."));
    let replace = (!placeholders.is_empty()).then(|| format!("Replace the placeholder in {placeholders}."));
    let say = (!vague.is_empty()).then(|| format!("Say in {vague} what changed, such as the new status or reason."));
    [add, replace, say].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// How many things an entry says.
const ALL: usize = 3;

/// How the message asks for what was changed.
const WHAT: &str = "what";

/// In what way an entry does not say something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lack {
    /// Nothing is there.
    Value,
    /// What is there only stands in for a text.
    Placeholder,
}

/// How nothing is said there. What is of another type is for `wrong-type`.
fn lack<T>(field: &Field<T>, emptiness: impl Fn(&T) -> Option<Emptiness>) -> Option<Lack> {
    match field {
        Field::Missing | Field::Null(_) => Some(Lack::Value),
        Field::WrongType(_) => None,
        Field::Value(located) => emptiness(&located.value).map(|how| match how {
            Emptiness::Blank => Lack::Value,
            Emptiness::StandIn => Lack::Placeholder,
        }),
    }
}

/// A date that is no date is for `refresh-date`.
fn emptiness_of_date(date: &EntryDate) -> Option<Emptiness> {
    is_blank(&date.written).then_some(Emptiness::Blank)
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
        assert_eq!(said("{who_changed: A, what_changed: Pilot}"), ["entry 1 of the refresh summary does not say when"]);
        assert_eq!(
            said("{date: 2020-03-27, what_changed: Pilot}"),
            ["entry 1 of the refresh summary does not say who"]
        );
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
    fn a_placeholder_says_neither_who_nor_what() {
        for text in
            ["'-'", "n/a", "TBD", "'[your name]'", "your name", "what you did", "what is new in the note…", "'?'"]
        {
            assert_eq!(
                said(&format!("{{date: 2020-03-27, who_changed: {text}, what_changed: {text}}}")),
                ["entry 1 of the refresh summary does not say who or what"],
                "{text}"
            );
        }
        assert_eq!(
            said("{date: 2020-03-27, who_changed: CK, what_changed: '5'}"),
            ["entry 1 of the refresh summary does not say what"]
        );
    }

    #[test]
    fn the_help_says_what_to_add_and_what_to_replace() {
        let seen = run(&RefreshIncomplete, "note: a\nrefresh_summary:\n- {date: 2020-03-27, who_changed: TBD}\n");
        let help = seen[0].finding.help.as_deref();
        assert_eq!(help, Some("Add `what_changed` to the entry. Replace the placeholder in `who_changed`."));
    }

    #[test]
    fn a_change_without_content_is_asked_for_and_not_called_a_placeholder() {
        for text in ["Update 3", "Updated", "your change here", "what", "TBD"] {
            let entry = format!("{{date: 2020-03-27, who_changed: First Last, what_changed: {text}}}");
            let seen = run(&RefreshIncomplete, &format!("note: a\nrefresh_summary:\n- {entry}\n"));
            let help = seen[0].finding.help.as_deref();
            let expected = "Replace the placeholder in `who_changed`. Say in `what_changed` what changed, such as the \
                            new status or reason.";
            assert_eq!(help, Some(expected), "{text}");
        }
    }

    #[test]
    fn the_place_is_the_entry() {
        assert_eq!(places(&RefreshIncomplete, META.examples.bad.text), [(6, 5)]);
        let text = "note: a\nrefresh_summary:\n- {date: 1, who_changed: A, what_changed: Pilot}\n- {date: 1, who_changed: A}\n";
        assert_eq!(places(&RefreshIncomplete, text), [(4, 3)]);
    }

    #[test]
    fn the_table_of_the_guidance_is_complete() {
        assert_eq!(places(&RefreshIncomplete, META.examples.good.text), []);
    }

    #[test]
    fn numbers_and_wrong_dates_are_there() {
        assert_eq!(said("{date: soon, who_changed: 4711, what_changed: Pilot}"), [] as [&str; 0]);
        assert_eq!(said("{date: [1], who_changed: A, what_changed: Pilot}"), [] as [&str; 0], "for wrong-type");
    }
}
