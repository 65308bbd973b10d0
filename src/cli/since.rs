//! `--since`: from where on commits are looked at.

use super::{CliError, Environment};
use crate::source::past::{Depth, Past, Since};
use jiff::civil::Date;

/// What `--since` says: a day, from its first moment on for whoever runs the program, or else a commit.
///
/// # Errors
/// When the day is still to come.
pub(super) fn since<'a>(text: &'a str, environment: &Environment) -> Result<Since<'a>, CliError> {
    let Some(day) = first_day(text) else { return Ok(Since::Revision(text)) };
    if environment.clock.local().days_until(day) > 0 {
        return Err(CliError::usage(
            format!("--since {day} is still to come"),
            "Name an earlier day, or a commit, branch or tag.",
        ));
    }
    Ok(Since::Moment(environment.clock.start_of(day).as_second()))
}

/// The day that `--since` says, where it says one. The short id of a commit may be all digits, and is none.
pub(super) fn first_day(text: &str) -> Option<Date> {
    Some(text).filter(|text| text.len() == "2026-10-01".len()).and_then(|text| text.parse().ok())
}

/// What a reader has to know of how far back the commits go.
pub(super) fn remarks(past: Option<&Past>) -> Vec<String> {
    let Some(past) = past else { return vec!["There is no commit yet.".to_owned()] };
    let oldest = past.commits.iter().map(|commit| commit.seconds).min();
    let oldest = past.commits.iter().find(|commit| Some(commit.seconds) == oldest);
    let from = oldest.map(|commit| format!(", the earliest of {}", commit.day())).unwrap_or_default();
    match past.depth {
        Depth::Whole => Vec::new(),
        Depth::Cut => vec![format!("There are more commits; the newest were looked at{from}.")],
        Depth::Shallow => vec![format!(
            "The history is cut off here (a shallow clone); the commits that are here were looked at{from}. To fetch the \
             rest: git fetch --unshallow"
        )],
    }
}
