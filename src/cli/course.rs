//! The course of the notes over the commits so far, for `notegate report --since`.

use super::args::ConfigArgs;
use super::progress::Bar;
use super::setup::Setup;
use super::since::{first_day, remarks, since};
use super::{CliError, Environment};
use crate::course::{Lookback, RulesOfDays, Walk};
use crate::engine::Engine;
use crate::report::overview::course::Course;
use crate::source::git::{self, RepoLocation};
use crate::source::past::Past;
use crate::yaml::Limits;

/// The commits that are looked back at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span<'a> {
    /// `--since`, as it was given.
    pub(super) since: &'a str,
    /// The end of the branch, where it is not HEAD.
    pub(super) tip: Option<&'a str>,
}

/// The course over the commits of `span`, whose notes are graded by `engine`. A configuration that was named for this run
/// judges the commits too; otherwise each is judged by its own.
///
/// # Errors
/// When there is no repository, a name means no commit, or the history cannot be read.
pub(super) fn course(
    span: Span<'_>,
    engine: &Engine<'_>,
    (setup, args): (&Setup, &ConfigArgs),
    environment: &Environment,
) -> Result<Course, CliError> {
    let place = RepoLocation::Environment;
    require_repository(&place)?;
    let limit = Limits::default().file_bytes;
    let past = Past::read(&place, span.tip, since(span.since, environment), usize::MAX, limit)?;
    let remarks = remarks(past.as_ref());
    let Some(past) = past else {
        return Ok(Course { since: span.since.to_owned(), remarks, ..Course::default() });
    };
    let walk = Walk::over(past)?;
    let is_named = args.no_config || args.config.is_some() || environment.config.is_some();
    let rules = if is_named { RulesOfDays::always(&walk, &setup.config) } else { RulesOfDays::of(&walk)? };
    let lookback = Lookback { walk: &walk, engine, rules: &rules, first_day: first_day(span.since) };
    Ok(lookback.course(span.since.to_owned(), remarks, &Bar::new(environment.error_stream))?)
}

/// Refuses to go on where there is no repository.
///
/// # Errors
/// Then, or when it cannot be read.
pub(super) fn require_repository(place: &RepoLocation) -> Result<(), CliError> {
    match git::open_if_any(place)? {
        Some(_) => Ok(()),
        None => Err(CliError::usage(
            "there is no git repository here",
            "Run it inside a repository: it looks at the commits so far.",
        )),
    }
}
