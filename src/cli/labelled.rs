//! The labelled files that `eval` and `learn` take.

use super::setup::Setup;
use super::{CliError, Environment, Exit, Streams};
use crate::eval::{Labelled, MOST_BYTES, parse};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The notes of the labelled file that the arguments name; `-` is standard input.
///
/// # Errors
/// When it cannot be read, contains no note, or a line of it cannot be used.
pub(super) fn read(
    file: &Path,
    setup: &Setup,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Vec<Labelled>, CliError> {
    notes(&bytes(file, environment, streams)?, &file.to_string_lossy(), setup)
}

fn bytes(file: &Path, environment: &Environment, streams: &mut Streams<'_>) -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    // One byte over the limit is enough to know that the file is too large.
    let most = MOST_BYTES + 1;
    let read = if file == Path::new("-") {
        (&mut *streams.input).take(most).read_to_end(&mut bytes)
    } else {
        File::open(environment.folder.join(file)).and_then(|file| file.take(most).read_to_end(&mut bytes))
    };
    let name = file.display();
    match read {
        Err(error) => Err(CliError::usage(
            format!("the labelled file {name} could not be read: {error}"),
            "Check the spelling and the permissions of the file.",
        )),
        Ok(length) if length as u64 > MOST_BYTES => Err(CliError::usage(
            format!("the labelled file {name} has more than {MOST_BYTES} bytes"),
            "Split it into several files.",
        )),
        Ok(_) => Ok(bytes),
    }
}

/// The notes of the file. Each status has to be one of the playbook, or the rules could not know what to ask for.
fn notes(bytes: &[u8], name: &str, setup: &Setup) -> Result<Vec<Labelled>, CliError> {
    let notes = parse(bytes).map_err(|bad| {
        CliError::usage(
            format!("{name}: {bad}"),
            "Each line is a JSON object with id, status, workload, note and grade (great, marginal or poor), and if you \
             like intent (positive, negative, unknown or none) and reason.",
        )
    })?;
    if notes.is_empty() {
        return Err(CliError::Told {
            message: format!("{name} contains no labelled note"),
            help: Some("Write one JSON object a line: id, status, workload, note and grade.".to_owned()),
            exit: Exit::NoRecords,
        });
    }
    if let Some(unknown) = notes.iter().find(|note| setup.playbook.status(&note.status).is_none()) {
        let known: Vec<&str> = setup.playbook.statuses.iter().map(|status| status.name.as_str()).collect();
        return Err(CliError::usage(
            format!("{name}: line {}: there is no status `{}`", unknown.line, unknown.status),
            format!("There are: {}.", known.join(", ")),
        ));
    }
    Ok(notes)
}
