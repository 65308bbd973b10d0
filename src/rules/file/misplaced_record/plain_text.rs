//! What has none of the keys: rows of a table, groups by any keys, and sentences.

use super::facts::{is_own_status, is_sentence};
use crate::emptiness::{Purpose, emptiness};
use crate::reading::{self, Polarity, ReadingContext};
use crate::record::misplaced::{Below, Misplaced, Site, TextUnder};
use crate::record::speaks_of_customer;
use crate::rules::FileCase;

/// Words of the longest name of a workload, and of the longest name of a customer in a row.
const LONGEST_NAME: usize = 3;
const LONGEST_CUSTOMER: usize = 6;

/// Names, dates and other short texts that stand beside a note.
const LABELS_OF_A_NOTE: usize = 2;

/// Words by which a text speaks to its reader.
const SPOKEN_TO: [&str; 4] = ["please", "you", "your", "yours"];

/// Which of some values may be what.
struct Values<'a> {
    workload: &'a str,
    /// Neither the workload nor the status.
    others: Vec<&'a str>,
    /// Which of those is the note.
    note: Option<usize>,
    names_customer: bool,
    has_own_status: bool,
}

impl<'a> Values<'a> {
    /// Nothing unless one is a workload of the playbook and one a status of it. Of the values after both only the next
    /// counts: where YAML has folded rows into one line, what comes later is the next row.
    fn of(values: &'a [String], case: &FileCase<'_>) -> Option<Self> {
        let is_workload = |value: &str| case.playbook.workload(value).is_some();
        let is_status = |value: &str| case.playbook.may_mean_status(value);
        let status = values.iter().position(|value| is_status(value))?;
        let workload = values.iter().position(|value| is_workload(value))?;
        let row = values.iter().map(String::as_str).take(workload.max(status) + 2);
        let others: Vec<&str> = row.clone().filter(|value| !is_workload(value) && !is_status(value)).collect();
        // A list of tags or columns names more of them.
        let is_one_of_each = others.len() + 2 == row.count();
        let is_note = |value: &&str| is_sentence(value) || emptiness(value, Purpose::Statement).is_some();
        let note = others.iter().rposition(is_note);
        let names_customer = others.iter().enumerate().any(|(at, value)| Some(at) != note && is_customer(value));
        let has_own_status = values.get(status).is_some_and(|status| is_own_status(status, case));
        let workload = values.get(workload).map(String::as_str).unwrap_or_default();
        is_one_of_each.then_some(Self { workload, others, note, names_customer, has_own_status })
    }
}

/// Whether the cells of a row are a record: beside a workload and a status there are a customer and a note.
pub(super) fn is_row_of_record(misplaced: &Misplaced, case: &FileCase<'_>) -> bool {
    let is_record = |values: Values<'_>| values.names_customer && (values.has_own_status || values.note.is_some());
    is_of_nobody(misplaced) && Values::of(&misplaced.values, case).is_some_and(is_record)
}

/// Whether the values of a group are a record whatever their keys are: the note has to say what a customer does.
pub(super) fn is_group_of_record(misplaced: &Misplaced, case: &FileCase<'_>) -> bool {
    let tells = |note: &str, workload: &str| speaks_of_customer(note) || tells_intent(note, workload, case);
    let is_record = |values: Values<'_>| {
        let note = values.note.and_then(|at| values.others.get(at));
        values.names_customer && note.is_some_and(|note| tells(note, values.workload))
    };
    is_of_nobody(misplaced) && Values::of(&misplaced.values, case).is_some_and(is_record)
}

/// Whether most of the texts of a document say what somebody does about a workload of the playbook. In a file of
/// another kind there are many short texts beside a sentence.
pub(super) fn are_notes(misplaced: &Misplaced, case: &FileCase<'_>) -> bool {
    if !is_of_nobody(misplaced) {
        return false;
    }
    let (sentences, labels): (Vec<&TextUnder>, Vec<_>) = misplaced.texts.iter().partition(|text| text.is_sentence());
    let notes = sentences.iter().filter(|text| is_note(text, case)).count();
    2 * notes > sentences.len() && labels.len() <= LABELS_OF_A_NOTE * notes
}

/// Whether it is neither a model nor a record's own.
fn is_of_nobody(misplaced: &Misplaced) -> bool {
    misplaced.below != Below::Models && misplaced.site != Site::InRecord
}

fn is_note(TextUnder { keys, text, is_prose }: &TextUnder, case: &FileCase<'_>) -> bool {
    let above = keys.iter().find(|key| case.playbook.workload(key).is_some());
    let begins_with_status = || {
        let head = text.split([':', ',', '.', ';', '-', '–', '—']).next().unwrap_or_default();
        case.playbook.may_mean_status(head.trim())
    };
    let named = above.cloned().or_else(|| named_workload(text, case));
    *is_prose
        && named.is_some_and(|workload| above.is_some() && begins_with_status() || tells_intent(text, &workload, case))
}

/// Whether a text says what somebody intends to do about `workload`, and is no title and no step.
fn tells_intent(text: &str, workload: &str, case: &FileCase<'_>) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    // A message of a program speaks to its reader.
    if words.any(|word| SPOKEN_TO.iter().any(|spoken_to| word.eq_ignore_ascii_case(spoken_to))) {
        return false;
    }
    let context = ReadingContext { customer: None, workload: Some(workload) };
    let reading = reading::read(text, context, case.playbook);
    match reading.intent {
        Polarity::Negative | Polarity::Unknown => true,
        // Titles and steps name a deployment as well.
        Polarity::Positive => reading.tells_progress || reading.tells_deeds,
        Polarity::None => false,
    }
}

/// The workload of the playbook that a text names, written as a name.
fn named_workload(text: &str, case: &FileCase<'_>) -> Option<String> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_name = |name: &&[&str]| {
        name.first().is_some_and(|word| word.starts_with(char::is_uppercase))
            && case.playbook.workload(&name.join(" ")).is_some()
    };
    (1..=LONGEST_NAME).rev().find_map(|length| words.windows(length).find(is_name).map(|name| name.join(" ")))
}

fn is_customer(cell: &str) -> bool {
    let is_short = cell.split_whitespace().nth(LONGEST_CUSTOMER).is_none();
    is_short && cell.starts_with(char::is_alphabetic) && emptiness(cell, Purpose::Name).is_none()
}
