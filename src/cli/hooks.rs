//! `notegate install` and `uninstall`.

use super::args::InstallArgs;
use super::{CliError, Environment, Exit, Streams};
use crate::install::{self, Chained, Hook, InstallError, Outcome, Step};
use crate::report::escape;
use crate::source::git::RepoLocation;
use std::path::Path;

/// Installs the hooks.
pub(super) fn install(
    args: &InstallArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, CliError> {
    let hooks: Vec<Hook> = args.hooks.iter().copied().map(Hook::from).collect();
    if args.print {
        return print(&hooks, environment, streams);
    }
    let steps = install::install(&RepoLocation::Environment, &hooks, program(environment)?)?;
    tell(&steps, streams)
}

fn print(hooks: &[Hook], environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let hooks = if hooks.is_empty() { &Hook::CLIENT } else { hooks };
    for hook in hooks {
        let program = program(environment)?;
        let script = install::script(*hook, program).ok_or_else(|| InstallError::ProgramPath(program.to_owned()))?;
        streams.output.write_all(script.as_bytes())?;
    }
    Ok(Exit::Passed)
}

/// Where this program is, which hooks need to know.
pub(super) fn program(environment: &Environment) -> Result<&Path, InstallError> {
    environment.program.as_deref().ok_or(InstallError::UnknownProgramPath)
}

/// Takes the hooks away.
pub(super) fn uninstall(streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let steps = install::uninstall(&RepoLocation::Environment)?;
    tell(&steps, streams)
}

fn tell(steps: &[Step], streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    for step in steps {
        let path = shown(&step.path);
        let done = match &step.outcome {
            Outcome::Absent => continue,
            Outcome::Written => format!("installed in {path}"),
            Outcome::Chained(chained) => format!("installed in {path}; {}", told_of(chained)),
            Outcome::Updated => format!("installed again in {path}"),
            Outcome::UpToDate => format!("is already installed in {path}"),
            Outcome::Removed => format!("removed from {path}"),
            Outcome::Restored => format!("removed from {path}; the earlier hook is restored"),
            Outcome::NotOurs => format!("left unchanged: {path} is not the one that notegate wrote"),
            Outcome::Added(manager) => {
                format!("installed in {path}, which {} runs; it calls the notegate on PATH", manager.name())
            }
            Outcome::TakenOut(_) => format!("removed from {path}"),
            Outcome::NotEstablished(file) => {
                let file = shown(file);
                format!(
                    "not installed: {file} names notegate, but it was not established that it stops a {}",
                    step.hook.what_it_stops()
                )
            }
            Outcome::CalledBy(manager) => format!("is already installed: {} calls notegate", manager.name()),
            Outcome::LeftTo(manager) => format!("not installed: {path} belongs to {}", manager.name()),
        };
        writeln!(streams.output, "{} {done}", step.hook.name())?;
    }
    if steps.iter().all(|step| step.outcome == Outcome::Absent) {
        writeln!(streams.output, "no notegate hook is installed here")?;
    }
    left_to_managers(steps, streams)
}

/// What became of the hooks that were there before.
fn told_of(chained: &Chained) -> String {
    let mut told = format!("the earlier hook is now {} and runs first", shown(&chained.kept));
    if let Some(doubt) = &chained.doubt {
        told.push_str(&format!(" ({doubt})"));
    }
    if let Some(aside) = &chained.set_aside {
        let aside = shown(aside);
        told.push_str(&format!("; the hook that was kept before, which nothing ran any more, is now {aside}"));
    }
    told
}

/// Ends with the lines that the user has to write, when a hook manager does not call notegate yet.
fn left_to_managers(steps: &[Step], streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let mut lines: Vec<String> = Vec::new();
    let mut managers: Vec<&str> = Vec::new();
    for step in steps {
        let Outcome::LeftTo(manager) = step.outcome else { continue };
        managers.push(manager.name());
        let advice = manager.lines(step.hook);
        if !lines.contains(&advice) {
            lines.push(advice);
        }
    }
    managers.dedup();
    let is_in_doubt = steps.iter().any(|step| matches!(step.outcome, Outcome::NotEstablished(_)));
    if is_in_doubt {
        writeln!(streams.error, "notegate: nothing was changed in files that name notegate already")?;
        writeln!(streams.error, "  help: {}", install::HELP_IN_DOUBT.replace('\n', "\n  "))?;
    }
    if managers.is_empty() {
        return Ok(if is_in_doubt { Exit::Usage } else { Exit::Passed });
    }
    let names = managers.join(" and ");
    let message = format!("{names} would overwrite what notegate adds to its hooks, so nothing was changed there");
    writeln!(streams.error, "notegate: {message}")?;
    for advice in lines {
        writeln!(streams.error, "  help: {}", advice.replace('\n', "\n  "))?;
    }
    Ok(Exit::Usage)
}

fn shown(path: &Path) -> String {
    escape::line(&path.to_string_lossy()).into_owned()
}
