//! What has none of the keys: rows of a table, and sentences.

use super::facts::{is_own_status, is_sentence};
use super::telling::{KeyOf, workload_of_key};
use crate::emptiness::{Purpose, emptiness};
use crate::reading::{self, Polarity, ReadingContext, ReasonStrength};
use crate::record::misplaced::{Below, Misplaced, Site, TextUnder};
use crate::record::speaks_of_customer;
use crate::rules::FileCase;

/// Words of the longest name of a workload, and of the longest name of a customer in a row.
const LONGEST_NAME: usize = 3;
const LONGEST_CUSTOMER: usize = 6;

/// Names, dates and other short texts that stand beside a note.
const LABELS_OF_A_NOTE: usize = 2;

/// Words by which a text speaks to its reader, or of whoever uses a program.
const SPOKEN_TO: [&str; 5] = ["please", "user", "you", "your", "yours"];

/// Which of some values may be what.
struct Values {
    has_note: bool,
    names_customer: bool,
    has_own_status: bool,
}

impl Values {
    /// Nothing unless one is a workload of the playbook and one a status of it. Of the values after both only the next
    /// counts: where YAML has folded rows into one line, what comes later is the next row.
    fn of(values: &[String], case: &FileCase<'_>) -> Option<Self> {
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
        is_one_of_each.then_some(Self { has_note: note.is_some(), names_customer, has_own_status })
    }
}

/// Whether the cells of a row are a record: beside a workload and a status there are a customer and a note.
pub(super) fn is_row_of_record(misplaced: &Misplaced, case: &FileCase<'_>) -> bool {
    let is_record = |values: Values| values.names_customer && (values.has_own_status || values.has_note);
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
pub(super) fn is_of_nobody(misplaced: &Misplaced) -> bool {
    misplaced.below != Below::Models && !matches!(misplaced.site, Site::InRecord | Site::Beside)
}

fn is_note(TextUnder { keys, text, is_prose }: &TextUnder, case: &FileCase<'_>) -> bool {
    let above = keys.iter().filter_map(|key| workload_of_key(key, case.playbook)).max_by_key(|(_, of)| *of);
    let begins_with_status = || {
        let head = text.split([':', ',', '.', ';', '-', '–', '—']).next().unwrap_or_default();
        case.playbook.may_mean_status(head.trim())
    };
    let is_under_status = || keys.iter().any(|key| is_status_as_written(key, case));
    let in_text = || named_workload(text, case);
    *is_prose
        && match above {
            Some((workload, KeyOf::CustomerAndWorkload)) => {
                begins_with_status() || tells_intent(text, &workload, case) || tells_reason(text, &workload, case)
            }
            Some((workload, KeyOf::Workload)) => begins_with_status() || tells_intent(text, &workload, case),
            // Files of many kinds have something called `teams` or `exchange`.
            Some((workload, KeyOf::EverydayWord)) if speaks_of_customer(text) || in_text().is_some() => {
                tells_intent(text, &workload, case)
            }
            Some((_, KeyOf::EverydayWord)) => false,
            None => in_text().is_some_and(|workload| {
                tells_intent(text, &workload, case) || is_under_status() && tells_reason(text, &workload, case)
            }),
        }
}

/// Whether a key is a status of the playbook as the playbook writes it.
fn is_status_as_written(key: &str, case: &FileCase<'_>) -> bool {
    case.playbook.status(key).is_some_and(|status| status.name == key)
}

/// Whether a text, which is no title, says what keeps somebody from `workload`.
fn tells_reason(text: &str, workload: &str, case: &FileCase<'_>) -> bool {
    let context = ReadingContext { customer: None, workload: Some(workload) };
    let reading = reading::read(text, context, case.playbook);
    let has_reason = reading.reason >= ReasonStrength::Thin || reading.speaks_of_lack;
    has_reason && !speaks_to_reader(text)
}

/// Whether a text speaks to its reader, as the message of a program does.
fn speaks_to_reader(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| SPOKEN_TO.iter().any(|spoken_to| word.eq_ignore_ascii_case(spoken_to)))
}

/// Whether a text says what somebody intends to do about `workload`, and is no title and no step.
pub(in crate::rules::file) fn tells_intent(text: &str, workload: &str, case: &FileCase<'_>) -> bool {
    if speaks_to_reader(text) {
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
pub(in crate::rules::file) fn named_workload(text: &str, case: &FileCase<'_>) -> Option<String> {
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
