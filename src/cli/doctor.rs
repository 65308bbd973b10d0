//! `notegate doctor`: whether the hooks work, and whether there is anything for them to judge.

use super::judging::{HELP_WITHOUT_RECORDS, Silent};
use super::setup::Setup;
use super::{CliError, Environment, Exit, Streams, hooks, notices};
use crate::engine::{Engine, NoteText, NotesBefore, Scope};
use crate::install::{self, Diagnosis, Health};
use crate::report::Sink;
use crate::report::escape;
use crate::report::model::{FileReport, SkipReason};
use crate::report::tally::{Tally, count};
use crate::source::git::{self, RepoLocation};
use crate::source::worktree::{self, WorkTree};
use crate::source::{Content, Source};
use crate::yaml::Limits;
use std::io;
use std::path::Path;

/// The paths of the files that hold a record, from the root of the repository.
#[derive(Debug, Default)]
struct NoteFiles(Vec<String>);

impl Sink for NoteFiles {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        if !file.records.is_empty() {
            self.0.push(file.path.clone());
        }
        Ok(())
    }

    fn finish(&mut self, _tally: &Tally) -> io::Result<()> {
        Ok(())
    }
}

/// Looks at the hooks and the records; ends with 1 when the gate does not work.
pub(super) fn run(environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let place = &RepoLocation::Environment;
    let mut notes = NoteFiles::default();
    let records = match git::open(place)?.work_tree() {
        Some(top) => records(&top, &mut notes, environment).or_else(|failure| broken(failure, environment))?,
        None => Vec::new(),
    };
    let mut found = install::examine(place, hooks::program(environment)?, &notes.0)?;
    found.extend(records);
    for Diagnosis { health, message, help } in &found {
        let health = match health {
            Health::Good => "ok",
            Health::Notice => "note",
            Health::Broken => "broken",
        };
        writeln!(streams.output, "{health}: {}", escape::block(message))?;
        if let Some(help) = help {
            writeln!(streams.output, "  help: {}", escape::block(help).replace('\n', "\n  "))?;
        }
    }
    let broken = found.iter().any(|diagnosis| diagnosis.health == Health::Broken);
    Ok(if broken { Exit::Blocked } else { Exit::Passed })
}

/// What keeps every run from judging anything.
fn broken(failure: CliError, environment: &Environment) -> Result<Vec<Diagnosis>, CliError> {
    let (message, help, _) = failure.told(environment).ok_or(CliError::Closed)?;
    Ok(vec![Diagnosis { health: Health::Broken, message, help }])
}

/// What the configuration of the work tree at `top` warns of, and whether its files hold records: a gate that finds none
/// lets everything pass.
///
/// The files that hold a record are put into `notes`.
fn records(top: &Path, notes: &mut NoteFiles, environment: &Environment) -> Result<Vec<Diagnosis>, CliError> {
    let setup = Setup::find(&Default::default(), top, environment)?;
    let limits = Limits::default();
    let tree = WorkTree::new(setup.root.clone(), &setup.config.files, limits.file_bytes);
    let source = tree.list()?;
    let every_path = || worktree::every_path(&setup.root).unwrap_or_default();
    let idle = notices::idle_patterns(&source.idle_patterns(), &setup.config.files, every_path);
    let warnings = setup.warnings().iter().cloned().chain(idle);
    let mut found: Vec<Diagnosis> = warnings
        .map(|warning| Diagnosis { health: Health::Notice, message: warning.into_text(), help: None })
        .collect();
    let engine = Engine {
        config: &setup.config,
        playbook: &setup.playbook,
        today: environment.clock.local(),
        limits,
        fail_on: setup.config.fail_on,
        scope: Scope::Changed,
        note_text: NoteText::Shown,
        notes_before: NotesBefore::LeftOut,
        writer: None,
    };
    let tally = engine.run(&source, notes, &Silent)?;
    let (records, files) = (tally.summary.records, tally.note_files());
    let what = format!("{} in {}", count(records, "record"), count(files, "YAML file"));
    let others = tally.skipped.get(&SkipReason::NoRecord).copied().unwrap_or_default();
    found.push(match (records, files) {
        (0, 0) => Diagnosis {
            health: Health::Notice,
            message: "there is no YAML file yet that could contain a note".to_owned(),
            help: None,
        },
        (0, _) if tally.is_blocked() => Diagnosis {
            health: Health::Broken,
            message: format!(
                "{what}, and {} of them cannot be read as a note: a commit that changes such a file is refused; `notegate \
                 check` says why",
                tally.summary.blocked
            ),
            help: Some(HELP_WITHOUT_RECORDS.to_owned()),
        },
        (0, _) if !setup.has_configuration() && !hold_a_status(&source, &setup)? => Diagnosis {
            health: Health::Notice,
            message: format!(
                "{what}: nothing in these files looks like a status note, so there is nothing to judge yet"
            ),
            help: Some(HELP_WITHOUT_RECORDS.to_owned()),
        },
        (0, _) => Diagnosis {
            health: Health::Broken,
            message: format!("{what}: nothing in these files is recognised as a note, so every commit passes"),
            help: Some(HELP_WITHOUT_RECORDS.to_owned()),
        },
        _ if others == 0 => Diagnosis { health: Health::Good, message: what, help: None },
        _ => Diagnosis {
            health: if are_most(others, files) { Health::Notice } else { Health::Good },
            message: format!("{what}; no record in {others} of them, which are not judged"),
            help: are_most(others, files).then(|| HELP_WITHOUT_RECORDS.to_owned()),
        },
    });
    Ok(found)
}

/// Whether so many files hold no record that notes may be among them whose keys have other names.
fn are_most(without_record: usize, files: usize) -> bool {
    without_record >= LEAST_WITHOUT_RECORD && without_record > files / 2
}

/// A repository with one note may well have a configuration or two beside it.
const LEAST_WITHOUT_RECORD: usize = 3;

/// Whether a value in one of the files is a status of the playbook, as in a note whose keys have other names. What cannot
/// be read may hold one.
fn hold_a_status(source: &dyn Source, setup: &Setup) -> Result<bool, CliError> {
    let mut loader = source.loader()?;
    let paths = source.paths()?;
    Ok(paths.iter().any(|path| match loader.load(path).after {
        Content::Bytes(bytes) => match std::str::from_utf8(&bytes) {
            Ok(text) => text.split(['\n', '\r', ',', '{', '}']).any(|part| {
                let value = part.rsplit_once(": ").map_or(part, |(_, value)| value);
                setup.playbook.may_mean_status(value.trim_matches([' ', '\t', '"', '\'', '-']))
            }),
            Err(_) => true,
        },
        Content::Refused(_) => true,
        Content::Absent | Content::SetAside(_) => false,
    }))
}
