//! `notegate read`: what the reader makes of one note, from the arguments or standard input.

use super::args::{PlainFormat, ReadArgs};
use super::setup::Setup;
use super::{Environment, Exit, Failure, Streams, grade};
use crate::engine::NoteText;
use crate::reading::ReadingContext;
use crate::reading::trace::{self, Traced};
use crate::report::human::{Idle, Look, Verbosity};
use crate::report::trace::{write_human, write_json};
use std::io::BufWriter;

/// Runs the command.
pub(super) fn run(args: &ReadArgs, environment: &Environment, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let setup = Setup::find(&args.config, &environment.folder, environment)?;
    if let Some(exit) = setup.begin(&args.config, NoteText::Shown, streams)? {
        return Ok(exit);
    }
    let note = grade::text(args.text.as_deref(), streams)?;
    let context = ReadingContext { customer: args.customer.as_deref(), workload: args.workload.as_deref() };
    let (reading, trace) = if args.trace {
        let Traced { reading, trace } = trace::trace(&note, context, &setup.playbook);
        (reading, Some(trace))
    } else {
        (trace::summary(&note, context, &setup.playbook), None)
    };
    let trace = trace.as_ref();
    let out = BufWriter::new(&mut *streams.output);
    match args.format {
        PlainFormat::Human => {
            let Environment { styling, width, .. } = *environment;
            write_human(
                out,
                &reading,
                trace,
                Look { styling, width, verbosity: Verbosity::Normal, idle: Idle::Counted },
            )?;
        }
        PlainFormat::Json => write_json(out, &reading, trace)?,
    }
    Ok(Exit::Passed)
}
