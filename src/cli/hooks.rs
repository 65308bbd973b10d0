//! `notegate install`, `uninstall` and `doctor`.

use super::args::InstallArgs;
use super::{Environment, Exit, Failure, Streams};
use crate::install::{self, Diagnosis, Health, Hook, InstallError, Outcome, Step};
use crate::report::escape;
use crate::source::git::Place;
use std::path::Path;

/// Installs the hooks.
pub(super) fn install(
    args: &InstallArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let hooks: Vec<Hook> = args.hooks.iter().copied().map(Hook::from).collect();
    if args.print {
        return print(&hooks, environment, streams);
    }
    let steps = install::install(&Place::Environment, &hooks, &environment.program)?;
    tell(&steps, streams)
}

fn print(hooks: &[Hook], environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let hooks = if hooks.is_empty() { &Hook::CLIENT } else { hooks };
    for hook in hooks {
        let script = install::script(*hook, &environment.program)
            .ok_or_else(|| InstallError::ProgramPath(environment.program.clone()))?;
        streams.output.write_all(script.as_bytes())?;
    }
    Ok(Exit::Passed)
}

/// Takes the hooks away.
pub(super) fn uninstall(streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let steps = install::uninstall(&Place::Environment)?;
    tell(&steps, streams)
}

fn tell(steps: &[Step], streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    for step in steps {
        let path = shown(&step.path);
        let done = match &step.outcome {
            Outcome::Absent => continue,
            Outcome::Written => format!("installed in {path}"),
            Outcome::Chained(kept) => {
                format!("installed in {path}; the hook that was there is now {} and runs first", shown(kept))
            }
            Outcome::Updated => format!("installed again in {path}"),
            Outcome::UpToDate => format!("is installed already in {path}"),
            Outcome::Removed => format!("taken away from {path}"),
            Outcome::Restored => format!("taken away from {path}, and the earlier hook is back"),
            Outcome::NotOurs => format!("left alone: {path} is not as notegate wrote it"),
        };
        writeln!(streams.output, "{} {done}", step.hook.name())?;
    }
    if steps.iter().all(|step| step.outcome == Outcome::Absent) {
        writeln!(streams.output, "no hook of notegate's is here")?;
    }
    Ok(Exit::Passed)
}

fn shown(path: &Path) -> String {
    escape::line(&path.to_string_lossy()).into_owned()
}

/// Looks after the hooks; ends with 1 when the gate does not work.
pub(super) fn doctor(environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let found = install::examine(&Place::Environment, &environment.program)?;
    for Diagnosis { health, message, help } in &found {
        let health = match health {
            Health::Good => "ok",
            Health::Notice => "note",
            Health::Broken => "broken",
        };
        writeln!(streams.output, "{health}: {}", escape::line(message))?;
        if let Some(help) = help {
            writeln!(streams.output, "  help: {}", escape::line(help))?;
        }
    }
    let broken = found.iter().any(|diagnosis| diagnosis.health == Health::Broken);
    Ok(if broken { Exit::Blocked } else { Exit::Passed })
}
