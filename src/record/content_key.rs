//! What a record says, as text that is equal for two records when they say the same, however each is laid out.

use super::content::{joined, words};
use super::{EntryDate, Field, NoteRecord, Problem, RefreshEntry, Waiver};
use crate::folding::in_one_case_and_width;

/// What a record says, however it is laid out: every field that rules judge, whatever type of value it holds. Two
/// records say the same when their keys are equal.
///
/// Waivers count because taking one away brings back what it set aside; misspelt and repeated keys, because what is meant
/// for a field stands there.
pub(super) fn content_key(record: &NoteRecord) -> String {
    let refresh = field_key(&record.refresh_summary, |entries| joined(entries.iter().map(entry_key)));
    joined([content_but_log(record), refresh].into_iter())
}

/// The same without the refresh summary.
pub(super) fn content_but_log(record: &NoteRecord) -> String {
    let (customer, workload) = (name_key(&record.customer), name_key(&record.workload));
    let waivers = field_key(&record.waivers, |waivers| joined(waivers.iter().map(waiver_key)));
    let date = date_key(&record.date);
    let misspelt = joined(record.problems.iter().filter_map(misspelt_key));
    joined([customer, workload, status_key(record), note_key(record), date, waivers, misspelt].into_iter())
}

pub(super) fn status_key(record: &NoteRecord) -> String {
    field_key(&record.status, |status| folded_status(status))
}

pub(super) fn note_key(record: &NoteRecord) -> String {
    text_key(&record.note)
}

/// What an entry says; the same for two entries that say the same.
pub(crate) fn entry_key(entry: &RefreshEntry) -> String {
    let unread = entry.unread.clone().unwrap_or_default();
    joined([date_key(&entry.date), text_key(&entry.who_changed), text_key(&entry.what_changed), unread].into_iter())
}

fn waiver_key(waiver: &Waiver) -> String {
    let unknown = joined(waiver.unknown_keys.iter().map(|key| key.value.clone()));
    let unread = waiver.unread.clone().unwrap_or_default();
    joined([text_key(&waiver.rule), text_key(&waiver.reason), date_key(&waiver.until), unknown, unread].into_iter())
}

fn misspelt_key(problem: &Problem) -> Option<String> {
    match problem {
        Problem::MisspeltField { written: key, content, .. } | Problem::RepeatedField { second: key, content, .. } => {
            Some(joined([key.value.clone(), content.clone()].into_iter()))
        }
        Problem::CutComment(_) | Problem::TagEaten(_) | Problem::AnchorEaten(_) => None,
    }
}

/// The same day has the same key in either form of writing.
fn date_key(date: &Field<EntryDate>) -> String {
    field_key(date, |date| date.day.map_or_else(|| words(&date.written), |day| day.to_string()))
}

/// A name that can be read is part of the record's identity, which is compared by itself.
fn name_key(name: &Field<String>) -> String {
    field_key(name, |_| String::new())
}

/// The same words in the same order have the same key.
fn text_key(text: &Field<String>) -> String {
    field_key(text, |text| words(text))
}

fn field_key<T>(field: &Field<T>, key: impl Fn(&T) -> String) -> String {
    match field {
        Field::Missing => "missing".to_owned(),
        Field::Null(_) => "null".to_owned(),
        Field::WrongType(odd) => format!("odd {}", odd.value.content),
        Field::Value(value) => format!("value {}", key(&value.value)),
    }
}

fn folded_status(status: &str) -> String {
    let mut status = in_one_case_and_width(status);
    status.retain(|c| !c.is_whitespace() && !matches!(c, '-' | '_' | '/'));
    status
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::Playbook;
    use crate::record::{FieldNames, Selection, read};
    use crate::yaml::Limits;

    fn key(text: &str) -> String {
        let file = read(
            text.as_bytes().to_vec(),
            &Limits::default(),
            &FieldNames::default(),
            &Playbook::built_in(),
            Selection::Likely,
        );
        assert_eq!((file.records.len(), file.errors.len()), (1, 0), "{text}");
        content_key(&file.records[0])
    }

    #[test]
    fn an_edited_field_of_any_type_is_another_content() {
        for (before, after) in [
            ("note: [one]", "note: [two, three]"),
            ("note: 5", "note: 6"),
            ("note: true", "note: false"),
            ("note: {a: b}", "note: {a: c}"),
            ("note: !!binary aGk=", "note: !!binary aGo="),
            ("note: !!int five", "note: !!int six"),
            ("note: 5", "note: [5]"),
            ("note: [[one]]", "note: [[two]]"),
            ("note: a\nstatus: [Blocked]", "note: a\nstatus: [No Intent]"),
            ("note: a\nstatus: 1", "note: a\nstatus: 2"),
            ("note: a\ncustomer: [Contoso]", "note: a\ncustomer: [Litware]"),
            ("note: a\nworkload: {name: Teams}", "note: a\nworkload: {name: Intune}"),
            ("note: a\nworkload: true", "note: a\nworkload: false"),
            ("note: a\ndate: [2020-01-01]", "note: a\ndate: [2020-01-02]"),
            ("note: a\ndate: 2020-01-01", "note: a\ndate: TBD"),
            ("note: a\nrefresh_summary: one", "note: a\nrefresh_summary: two"),
            ("note: a\nrefresh_summary: {date: 2020-01-01}", "note: a\nrefresh_summary: {date: 2020-01-02}"),
            ("note: a\nrefresh_summary: [one]", "note: a\nrefresh_summary: [two]"),
            ("note: a\nrefresh_summary: [5]", "note: a\nrefresh_summary: [6]"),
            ("note: a\nrefresh_summary: [[a]]", "note: a\nrefresh_summary: [[b]]"),
            ("note: a\nrefresh_summary: [{date: [1]}]", "note: a\nrefresh_summary: [{date: [2]}]"),
            ("note: a\nrefresh_summary: [{who_chnged: A}]", "note: a\nrefresh_summary: [{who_chnged: B}]"),
            ("note: a\nwaivers: hedging", "note: a\nwaivers: too-long"),
            ("note: a\nwaivers: [5]", "note: a\nwaivers: [6]"),
            ("note: a\nwaivers: [[hedging]]", "note: a\nwaivers: [[too-long]]"),
            ("note: a\nwaivers: [{rule: [x]}]", "note: a\nwaivers: [{rule: [y]}]"),
            ("note: a\nwaivers: [{rule: x, resaon: y}]", "note: a\nwaivers: [{rule: x, resaon: z}]"),
            ("status: Blocked\nworkload: X\nNote: a", "status: Blocked\nworkload: X\nNote: b"),
            ("note: a\nrefesh_summary: [a]", "note: a\nrefesh_summary: [b]"),
        ] {
            assert_ne!(key(before), key(after), "{before} / {after}");
        }
    }

    #[test]
    fn another_layout_is_the_same_content() {
        for (before, after) in [
            ("note: [one, two]", "note:\n  - one\n  - 'two' # why"),
            ("note: {a: b, c: d}", "note:\n  c: d\n  a: \"b\""),
            ("note: a\nrefresh_summary: some text", "refresh_summary: >-\n  some\n  text\nnote: 'a'"),
            ("note: a\ndate: 2020-03-07", "note: a\ndate: 3/7/2020"),
            ("note: a\ncustomer: CONTOSO", "note: a\ncustomer: Contoso"),
            ("note: a\nrefresh_summary: [{date: 2020-01-01}]", "note: a\nrefresh_summary:\n- date: 2020-01-01\n"),
        ] {
            assert_eq!(key(before), key(after), "{before} / {after}");
        }
    }

    #[test]
    fn keys_that_no_rule_judges_do_not_count() {
        for (before, after) in [
            ("note: a\nowner: [A]", "note: a\nowner: [B]"),
            (
                "note: a\nrefresh_summary: [{date: 2020-01-01, who_changed: A, what_changed: b, ticket: 5}]",
                "note: a\nrefresh_summary: [{date: 2020-01-01, who_changed: A, what_changed: b, ticket: 6}]",
            ),
        ] {
            assert_eq!(key(before), key(after), "{before} / {after}");
        }
    }
}
