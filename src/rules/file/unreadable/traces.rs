//! Whether a text that is no YAML holds something that looks like a record.
//!
//! Templates and other files that are called YAML and are none (`{{ .Values.image }}`) lie beside the notes of many
//! repositories. A record that is not quite YAML must not pass for one of them, so one line that looks like a part of a
//! record is enough: a key of its own, a status of the playbook as a value, a workload beside a status, or a sentence
//! about a customer or a workload.

use crate::record::{FieldName, KeyMeanings, Nearness, fold, speaks_of_customer};
use crate::rules::FileCase;
use crate::rules::file::misplaced_record::{named_workload, tells_intent};

/// Characters of a line that are looked at: as many as the longest note may have that stands on one.
const LONGEST_LINE: usize = 4096;

/// Characters of the longest key.
const LONGEST_KEY: usize = 64;

/// What stands between a key and its value, and between the cells of a row.
const SEPARATORS: [char; 3] = [':', '=', '：'];
const CELLS: [char; 4] = [',', ';', '|', '\t'];

/// Whether a line of the file looks like a part of a record. Linear in its length.
pub(super) fn has_traces_of_record(case: &FileCase<'_>) -> bool {
    let keys = KeyMeanings::new(&case.settings.fields);
    case.file.text.as_str().lines().any(|line| {
        let line = line.trim();
        let end = line.char_indices().nth(LONGEST_LINE).map_or(line.len(), |(at, _)| at);
        let line = line.get(..end).unwrap_or_default();
        !line.is_empty() && (is_field(line, &keys, case) || is_row(line, case) || is_sentence(line, case))
    })
}

/// Whether a line is a field: its key is one of a record's own, or its value is a status of the playbook.
fn is_field(line: &str, keys: &KeyMeanings<'_>, case: &FileCase<'_>) -> bool {
    let Some((key, value)) = line.split_once(SEPARATORS) else { return false };
    let key = key.trim_matches(|c: char| !c.is_alphanumeric());
    if key.is_empty() || key.chars().nth(LONGEST_KEY).is_some() {
        return false;
    }
    // Programs have a status and workloads, too; those are told by their values.
    let is_own = match keys.of(key) {
        Some((FieldName::Status, _)) => false,
        Some((_, Nearness::Exact | Nearness::Style | Nearness::Qualified)) => true,
        _ => fold(key).contains(FieldName::Customer.key()),
    };
    let value = value.trim_matches(|c: char| !c.is_alphanumeric());
    is_own || case.playbook.may_mean_status(value)
}

/// Whether a line is a row of a table with a workload and a status.
fn is_row(line: &str, case: &FileCase<'_>) -> bool {
    let cells = || line.split(CELLS).map(|cell| cell.trim_matches(|c: char| !c.is_alphanumeric()));
    line.contains(CELLS)
        && cells().any(|cell| case.playbook.may_mean_status(cell))
        && cells().any(|cell| case.playbook.workload(cell).is_some())
}

/// Whether a line says what somebody intends to do about a workload, or speaks of the customer.
fn is_sentence(line: &str, case: &FileCase<'_>) -> bool {
    speaks_of_customer(line) || named_workload(line, case).is_some_and(|workload| tells_intent(line, &workload, case))
}
