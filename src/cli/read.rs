//! `notegate read`: what the reader makes of one note, from the arguments or standard input.

use super::args::{PlainFormat, ReadArgs};
use super::setup::Setup;
use super::{Environment, Exit, Failure, Streams, grade};
use crate::engine::NoteText;
use crate::reading::ReadingContext;
use crate::reading::trace::trace;
use crate::report::human::{Idle, Look, Verbosity};
use crate::report::trace::{Depth, write_human, write_json};
use std::io::BufWriter;

/// Runs the command.
pub(super) fn run(args: &ReadArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let setup = Setup::find(&args.config, &environment.folder, environment)?;
    if let Some(exit) = setup.begin(&args.config, NoteText::Shown, streams)? {
        return Ok(exit);
    }
    let note = grade::text(args.text.as_deref(), streams)?;
    let context = ReadingContext { customer: args.customer.as_deref(), workload: args.workload.as_deref() };
    let traced = trace(&note, context, &setup.playbook);
    let depth = if args.trace { Depth::Trace } else { Depth::Summary };
    let out = BufWriter::new(&mut *streams.output);
    match args.format {
        PlainFormat::Human => {
            let Environment { styling, width, .. } = *environment;
            write_human(
                out,
                &traced,
                depth,
                Look { styling, width, verbosity: Verbosity::Normal, idle: Idle::Counted },
            )?;
        }
        PlainFormat::Json => write_json(out, &traced, depth)?,
    }
    Ok(Exit::Passed)
}
