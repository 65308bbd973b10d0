//! What has no keys: rows of a table, and sentences.

use super::facts::{is_own_status, is_sentence};
use crate::emptiness::{Purpose, emptiness};
use crate::reading::{self, Polarity, ReadingContext};
use crate::record::misplaced::Misplaced;
use crate::rules::FileCase;

/// Words of the longest name of a workload, and of the longest name of a customer in a row.
const LONGEST_NAME: usize = 3;
const LONGEST_CUSTOMER: usize = 6;

/// Whether the cells of a row are a record: one is a workload of the playbook, one a status of it, and a customer and a
/// note are among the others. Where YAML has folded rows into one line, those of the first are looked at.
pub(super) fn is_row_of_record(misplaced: &Misplaced, case: &FileCase<'_>) -> bool {
    let is_workload = |cell: &String| case.playbook.workload(cell).is_some();
    let is_status = |cell: &String| case.playbook.may_mean_status(cell);
    let cells = misplaced.values.as_slice();
    let (Some(workload), Some(status)) = (cells.iter().position(is_workload), cells.iter().position(is_status)) else {
        return false;
    };
    let row = cells.iter().take(workload.max(status) + 2);
    let others: Vec<&String> = row.clone().filter(|cell| !is_workload(cell) && !is_status(cell)).collect();
    // A list of tags or columns names more of them.
    let is_one_of_each = others.len() + 2 == row.len();
    let is_note = |cell: &str| is_sentence(cell) || emptiness(cell, Purpose::Statement).is_some();
    let note = others.iter().rposition(|cell| is_note(cell));
    let names_customer = others.iter().enumerate().any(|(at, cell)| Some(at) != note && is_customer(cell));
    let is_own = cells.get(status).is_some_and(|status| is_own_status(status, case));
    !misplaced.is_model && is_one_of_each && names_customer && (is_own || note.is_some())
}

/// Whether most of the sentences of a document say what somebody does about a workload of the playbook.
pub(super) fn are_notes(misplaced: &Misplaced, case: &FileCase<'_>) -> bool {
    let sentences = misplaced.values.as_slice();
    let notes = sentences.iter().filter(|text| is_note(text, case)).count();
    !misplaced.is_model && 2 * notes > sentences.len()
}

fn is_note(text: &str, case: &FileCase<'_>) -> bool {
    names_workload(text, case) && reading::read(text, ReadingContext::default(), case.playbook).intent != Polarity::None
}

/// Whether a text names a workload of the playbook, written as a name.
fn names_workload(text: &str, case: &FileCase<'_>) -> bool {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_name = |name: &[&str]| {
        name.first().is_some_and(|word| word.starts_with(char::is_uppercase))
            && case.playbook.workload(&name.join(" ")).is_some()
    };
    (1..=LONGEST_NAME).any(|length| words.windows(length).any(is_name))
}

fn is_customer(cell: &str) -> bool {
    let is_short = cell.split_whitespace().nth(LONGEST_CUSTOMER).is_none();
    is_short && cell.starts_with(char::is_alphabetic) && emptiness(cell, Purpose::Name).is_none()
}
