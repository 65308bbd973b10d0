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

/// Each text is reported once.
#[track_caller]
pub(super) fn reported(texts: &[&str]) {
    for text in texts {
        let seen = run(&MisplacedRecord, text);
        assert_eq!(seen.len(), 1, "{text}{seen:?}");
    }
}

/// No text is reported.
#[track_caller]
pub(super) fn left_alone(texts: &[&str]) {
    for text in texts {
        let seen = run(&MisplacedRecord, text);
        assert!(seen.is_empty(), "{text}{seen:?}");
    }
}

mod affixes;
mod inside;
mod keys;
mod other_files;
mod places;
mod plain_text;
mod shapes;
mod together;
