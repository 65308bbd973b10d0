//! `notegate doctor`: whether the hooks work, and whether there is anything for them to judge.

use super::judging::{HELP_WITHOUT_RECORDS, Nowhere, Silent};
use super::setup::Setup;
use super::{Environment, Exit, Failure, Streams};
use crate::engine::{Engine, NoteText, Scope};
use crate::install::{self, Diagnosis, Health};
use crate::report::escape;
use crate::report::tally::count;
use crate::source::git::{self, Place};
use crate::source::worktree::WorkTree;
use crate::yaml::Limits;

/// Looks at the hooks and the records; ends with 1 when the gate does not work.
pub(super) fn run(environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let mut found = install::examine(&Place::Environment, &environment.program)?;
    if git::open(&Place::Environment)?.work_tree().is_some() {
        found.push(records(environment)?);
    }
    for Diagnosis { health, message, help } in &found {
        let health = match health {
            Health::Good => "ok",
            Health::Notice => "note",
            Health::Broken => "broken",
        };
        writeln!(streams.output, "{health}: {}", escape::line(message))?;
        if let Some(help) = help {
            writeln!(streams.output, "  help: {}", escape::block(help).replace('\n', "\n  "))?;
        }
    }
    let broken = found.iter().any(|diagnosis| diagnosis.health == Health::Broken);
    Ok(if broken { Exit::Blocked } else { Exit::Passed })
}

/// Whether the files hold records: a gate that finds none lets everything pass.
fn records(environment: &Environment) -> Result<Diagnosis, Failure> {
    let setup = Setup::find(&Default::default(), &environment.folder, environment)?;
    let limits = Limits::default();
    let tree = WorkTree::new(setup.root.clone(), &setup.config.files, limits.file_bytes);
    let source = tree.list()?;
    let engine = Engine {
        config: &setup.config,
        playbook: &setup.playbook,
        today: environment.clock.local(),
        limits,
        fail_on: setup.config.fail_on,
        scope: Scope::Changed,
        note_text: NoteText::Redacted,
    };
    let tally = engine.run(&source, &mut Nowhere, &Silent)?;
    let (records, files) = (tally.summary.records, tally.note_files());
    let what = format!("{} in {}", count(records, "record"), count(files, "YAML file"));
    Ok(match (records, files) {
        (0, 0) => Diagnosis {
            health: Health::Notice,
            message: "there is no YAML file yet that could contain a note".to_owned(),
            help: None,
        },
        (0, _) => Diagnosis {
            health: Health::Broken,
            message: format!("{what}: nothing in these files is recognised as a note, so every commit passes"),
            help: Some(HELP_WITHOUT_RECORDS.to_owned()),
        },
        _ => Diagnosis { health: Health::Good, message: what, help: None },
    })
}
