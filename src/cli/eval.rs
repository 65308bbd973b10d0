//! `notegate eval`: a labelled file, and how often its labels and the rules agree.

use super::args::{EvalArgs, PlainFormat};
use super::setup::Setup;
use super::{CliError, Environment, Exit, Streams, labelled};
use crate::engine::NoteText;
use crate::eval::agreement::{Detail, Floor, FloorOf, write_human, write_json};
use crate::eval::{Graders, measure};
use std::io::BufWriter;

/// Runs the command.
pub(super) fn run(args: &EvalArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let setup = Setup::find(&args.config, &environment.folder, environment)?;
    if let Some(exit) = setup.begin(&args.config, NoteText::Shown, streams)? {
        return Ok(exit);
    }
    let name = args.file.to_string_lossy();
    let notes = labelled::read(&args.file, &setup, environment, streams)?;
    let agreement = measure(
        &notes,
        Graders {
            playbook: &setup.playbook,
            levels: &setup.config.levels,
            second: setup.config.second_reader.reader(),
        },
    );
    let asked = [(FloorOf::Block, args.min_block), (FloorOf::ThreeWay, args.min_three_way)];
    let floors: Vec<Floor> = asked.into_iter().filter_map(|(of, least)| Some(agreement.floor(of, least?))).collect();
    let out = BufWriter::new(&mut *streams.output);
    match args.format {
        PlainFormat::Human => {
            let detail = if args.verbose { Detail::GradesAndIntents } else { Detail::Grades };
            write_human(out, &name, &agreement, &floors, detail)?;
        }
        PlainFormat::Json => write_json(out, &name, &agreement, &floors)?,
    }
    Ok(if floors.iter().all(|floor| floor.reached) { Exit::Passed } else { Exit::Blocked })
}
