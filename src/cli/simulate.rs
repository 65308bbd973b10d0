//! `notegate simulate`: what another configuration would have blocked, or let through, in the commits so far.

use super::args::{ConfigArgs, PlainFormat, SimulateArgs};
use super::change::Change;
use super::course::require_repository;
use super::notices::Notice;
use super::progress::Bar;
use super::setup::Setup;
use super::since::{remarks, since};
use super::{CliError, Environment, Exit, Streams};
use crate::config::{self, Config};
use crate::course::{Censuses, CourseError, Gate, Trial, Walk, simulate};
use crate::engine::NoteText;
use crate::playbook::Playbook;
use crate::report::simulation::{SimulatedPast, Simulation, write_human, write_json};
use crate::source::Revision;
use crate::source::git::{self, RepoLocation};
use crate::source::past::Past;
use crate::yaml::Limits;
use std::io::BufWriter;

/// Runs the command.
pub(super) fn run(args: &SimulateArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let place = RepoLocation::Environment;
    require_repository(&place)?;
    let old = in_force(&place, args, environment, streams)?;
    let named = ConfigArgs { config: args.config.clone(), ..ConfigArgs::default() };
    let tried = match &args.config {
        Some(_) => Some(setup(&named, environment, streams)?),
        None => None,
    };
    let new = with_rules(tried.as_ref().map_or(&old.config, |setup| &setup.config), &args.rule)?;
    let limit = Limits::default().file_bytes;
    let past = Past::read(&place, args.rev.as_deref(), since(&args.since, environment)?, usize::MAX, limit)?;
    let history = SimulatedPast {
        since: args.since.clone(),
        tip: past.as_ref().map(|past| past.tip.as_str().to_owned()),
        remarks: remarks(past.as_ref()),
    };
    let simulation = match past {
        Some(past) => {
            let new_playbook = Playbook::with(&new.playbook);
            let mut censuses = Censuses::default();
            let trial = Trial {
                old: Gate::new(&old.config, &old.playbook, &mut censuses),
                new: Gate::new(&new, &new_playbook, &mut censuses),
            };
            simulate(&Walk::over(past)?, &trial, &Bar::new(environment.error_stream))?
        }
        None => Simulation::default(),
    };
    let out = BufWriter::new(&mut *streams.output);
    match args.format {
        PlainFormat::Human => write_human(out, &history, &simulation)?,
        PlainFormat::Json => write_json(out, &history, &simulation)?,
    }
    Ok(Exit::Passed)
}

/// The configuration in force: that of the work tree, and where there is none (a bare repository), that of the commit at
/// which the look back begins.
fn in_force(
    place: &RepoLocation,
    args: &SimulateArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Setup, CliError> {
    let named = ConfigArgs::default();
    let is_bare = git::open(place)?.work_tree().is_none();
    if !is_bare || environment.config.is_some() {
        return setup(&named, environment, streams);
    }
    let tip = args.rev.as_deref().unwrap_or("HEAD");
    let changes = Change::Commit(tip).read()?;
    let found = Setup::of_change(&named, &changes, Revision::After, environment)?.into_iter().next();
    let setup =
        found.ok_or_else(|| CliError::usage("there is no configuration to judge by", "Name one with --config."))?;
    setup.begin(&named, NoteText::Shown, streams)?;
    Notice::remark(
        "this is a bare repository: the configuration in force is that of the last commit that is looked at",
    )
    .or_in_full(format!("this is a bare repository: the configuration in force is that of {tip}"))
    .tell(NoteText::Shown, streams)?;
    Ok(setup)
}

fn setup(args: &ConfigArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Setup, CliError> {
    let setup = Setup::find(args, &environment.folder, environment).map_err(without_no_config)?;
    setup.begin(args, NoteText::Shown, streams)?;
    Ok(setup)
}

/// The error with help that names no option that this command lacks.
fn without_no_config(error: CliError) -> CliError {
    match error {
        CliError::Configuration { message, help_for_git, .. } => {
            CliError::Configuration { message, help: help_for_git.clone(), help_for_git }
        }
        error => error,
    }
}

/// The configuration with each of `rules`, written as in `hedging=error`, as if it stood under its `rules`.
fn with_rules(config: &Config, rules: &[String]) -> Result<Config, CliError> {
    let mut config = config.clone();
    for rule in rules {
        let Some((name, level)) = rule.split_once('=') else {
            return Err(CliError::usage(
                format!("`{rule}` under --rule names no severity"),
                "Write the rule and the severity, such as --rule hedging=error; severities are off, info, warning and \
                 error.",
            ));
        };
        let settings = serde_json::json!({ "rules": { name.trim(): level.trim() } });
        let named = config::load(settings.to_string().into_bytes(), "--rule").map_err(|problems| {
            CliError::usage(
                problems.to_string(),
                "`notegate rules` lists the rules; severities are off, info, warning and error.",
            )
        })?;
        config.levels.extend(&named.levels);
    }
    Ok(config)
}

impl From<CourseError> for CliError {
    fn from(error: CourseError) -> Self {
        match error {
            CourseError::Source(error) => error.into(),
            CourseError::Run(error) => error.into(),
        }
    }
}
