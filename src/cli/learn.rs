//! `notegate learn`: what a team's own labelled notes teach the second reader, and what that changes.

use super::args::LearnArgs;
use super::output::{Product, ReportFile};
use super::setup::Setup;
use super::{CliError, Environment, Exit, Streams, labelled};
use crate::config;
use crate::engine::NoteText;
use crate::eval::agreement::write_taught;
use crate::eval::{FEWEST, Graders, Outcome, Taught, Unteachable, teach};
use crate::report::escape;
use crate::report::tally::count;
use crate::source::disk::in_real_folder;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

/// The file at the root that holds what was learned, unless the arguments name another.
const FILE_NAME: &str = "notegate-learned.json";

/// Runs the command; ends with 1 when what was learned makes nothing better and was not written for that.
pub(super) fn run(args: &LearnArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let setup = Setup::find_to_learn(&args.config, &environment.folder, environment)?;
    if let Some(exit) = setup.begin(&args.config, NoteText::Shown, streams)? {
        return Ok(exit);
    }
    let target = match &args.output {
        Some(name) => environment.folder.join(name),
        None => setup.root.join(FILE_NAME),
    };
    let shown = args.output.as_ref().unwrap_or(&target);
    // Before the work: a file that cannot be written is told at once.
    let file = ReportFile::open(Product::Learned, &target, &environment.folder, &setup, None)?;
    let notes = labelled::read(&args.file, &setup, environment, streams)?;
    let graders = Graders { playbook: &setup.playbook, levels: &setup.config.levels, second: None };
    let name = args.file.to_string_lossy();
    let taught = teach(&notes, graders).map_err(|reason| unteachable(reason, &name))?;
    write_taught(BufWriter::new(&mut *streams.output), &name, &taught)?;
    writeln!(streams.output, "\n{}", words(&taught))?;
    if taught.outcome() != Outcome::Better && !args.force {
        writeln!(streams.output, "Nothing was written; --force writes what was learned all the same.")?;
        return Ok(Exit::Blocked);
    }
    let json = taught.learned.to_json();
    file.writer()?.write_all(json.as_bytes())?;
    file.publish()?;
    let weights = count(taught.learned.count(), "weight");
    let shown = shown.display().to_string();
    writeln!(streams.output, "Written: {} ({weights}, {} bytes)", escape::line(&shown), json.len())?;
    tell_use(&target, &setup, streams)
}

/// What the counts come to, in a sentence or two.
fn words(taught: &Taught) -> String {
    let change = format!(
        "{} became right and {} became wrong.",
        count(taught.mended, "verdict"),
        count(taught.spoiled, "verdict")
    );
    let chance = match taught.may_be_chance() {
        true => " A difference of so few notes may be chance; label more notes to be sure.",
        false => "",
    };
    match taught.outcome() {
        Outcome::Better => format!("{change}{chance}"),
        Outcome::Same => format!("{change} Learning from these notes gains nothing."),
        Outcome::Worse => format!("{change} Learning from these notes makes the verdicts worse."),
        Outcome::BlocksGreat => format!("{change} Learning from these notes blocks more great notes."),
    }
}

fn unteachable(reason: Unteachable, file: &str) -> CliError {
    match reason {
        Unteachable::TooFew { poor, great } => CliError::usage(
            format!("{file} has too few notes to learn from: {poor} labelled poor and {great} labelled great"),
            format!(
                "Label at least {FEWEST} different notes poor and {FEWEST} great; a hundred of each tell much more."
            ),
        ),
        Unteachable::Contradiction { first, second } => CliError::usage(
            format!("{file}: line {second}: this is the note of line {first} with another grade"),
            "Decide which grade is right, and correct or delete the other line.",
        ),
    }
}

/// Tells how the file comes into use, unless it is in use already.
fn tell_use(target: &Path, setup: &Setup, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let target = in_real_folder(target);
    let is_in_use = setup.learned_file.as_ref().is_some_and(|file| in_real_folder(file) == target);
    if is_in_use {
        writeln!(streams.output, "The configuration names it already; commit it to bring it into use.")?;
        return Ok(Exit::Passed);
    }
    let root = setup.root.canonicalize().unwrap_or_else(|_| setup.root.clone());
    let Some(path) = below(&target, &root) else {
        writeln!(
            streams.output,
            "To use it, move it to the configuration and name it under `second_reader: {{learned: …}}`."
        )?;
        return Ok(Exit::Passed);
    };
    writeln!(
        streams.output,
        "To use it, write this into {} and commit both files:\n  second_reader: {{learned: {}}}",
        config::FILE_NAME,
        escape::line(&path)
    )?;
    Ok(Exit::Passed)
}

/// The path of a file below a folder, quoted as YAML needs it.
fn below(target: &Path, folder: &Path) -> Option<String> {
    let path: PathBuf = target.strip_prefix(folder).ok()?.to_path_buf();
    let text = path.to_str()?;
    let is_plain = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte));
    Some(if is_plain { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) })
}
