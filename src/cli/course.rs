//! The course of the notes over the commits so far, for `notegate report --since`.

use super::args::ConfigArgs;
use super::change::named_below as named;
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
use std::path::PathBuf;

/// The commits that are looked back at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span<'a> {
    /// `--since`, as it was given.
    pub(super) since: &'a str,
    /// The end of the branch, where it is not HEAD.
    pub(super) tip: Option<&'a str>,
    /// The files and folders that are looked at; empty for all.
    pub(super) paths: &'a [PathBuf],
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
    let past = Past::read(&place, span.tip, since(span.since, environment)?, usize::MAX, limit)?;
    let remarks = remarks(past.as_ref());
    let Some(past) = past else {
        return Ok(Course { since: span.since.to_owned(), remarks, ..Course::default() });
    };
    require_ancestor(&past, span)?;
    let named = named(span.paths, past.pool().ask(|repository| Ok(repository.work_tree()))?, environment)?;
    let walk = Walk::over(past)?;
    let is_named = args.no_config || args.config.is_some() || environment.config.is_some();
    let rules = if is_named { RulesOfDays::always(&walk, &setup.config) } else { RulesOfDays::of(&walk)? };
    let lookback = Lookback { walk: &walk, engine, rules: &rules, first_day: first_day(span.since), named: &named };
    Ok(lookback.course(span.since.to_owned(), remarks, &Bar::new(environment.error_stream))?)
}

/// Refuses a start from which the end does not come: there is no course from one to the other.
fn require_ancestor(past: &Past, span: Span<'_>) -> Result<(), CliError> {
    let Some(known) = past.known.as_ref().filter(|_| first_day(span.since).is_none()) else { return Ok(()) };
    let (bases, is_shallow) =
        past.pool().ask(|repository| Ok((repository.merge_bases(known, &past.tip)?, repository.is_shallow())))?;
    let (start, end) = (span.since, span.tip.unwrap_or("HEAD"));
    let base = bases.iter().max_by_key(|base| (*base == known, *base == &past.tip));
    match base {
        Some(base) if base == known => Ok(()),
        Some(base) if base == &past.tip => Err(CliError::usage(
            format!("--since `{start}` comes after `{end}`, where the course ends"),
            "Name an earlier commit or a day under --since, or a later end under --rev.",
        )),
        Some(base) => Err(CliError::usage(
            format!("--since `{start}` is no earlier state of `{end}`: the two branches parted before"),
            format!("Begin where they parted: --since {}", base.as_str()),
        )),
        // What they have in common may be cut off.
        None if is_shallow => Ok(()),
        None => Err(CliError::usage(
            format!("--since `{start}` is no earlier state of `{end}`: they have no history in common"),
            "Name a commit of this branch, or a day such as 2026-10-01.",
        )),
    }
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
