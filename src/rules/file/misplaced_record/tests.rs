//! What looks like a record, what does not, and what is said about it.

use super::*;
use crate::record::{FieldNames, Selection};
use crate::rules::RuleSettings;
use crate::rules::testing::{Seen, places, run, run_with};

fn only(text: &str) -> Seen {
    let mut seen = run(&MisplacedRecord, text);
    assert_eq!(seen.len(), 1, "{text}{seen:?}");
    seen.remove(0)
}

fn is_reported(text: &str) -> bool {
    !run(&MisplacedRecord, text).is_empty()
}

mod affixes;
mod keys;
mod other_files;
mod places;
mod plain_text;
mod shapes;
