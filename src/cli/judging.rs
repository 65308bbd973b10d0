//! One run over a source, from the arguments to the exit code. Every command that judges records ends here.

use super::args::{Format, RunArgs};
use super::progress::{Bar, Behind};
use super::setup::Setup;
use super::{Environment, Exit, Failure, Streams};
use crate::engine::{Engine, NoteText, Scope};
use crate::report::Sink;
use crate::report::human::{Human, Idle, Look, Verbosity};
use crate::report::json::Json;
use crate::report::model::FileReport;
use crate::report::tally::Tally;
use crate::source::Source;
use crate::yaml::Limits;
use std::fs::File;
use std::io::{self, BufWriter, Write};

/// The engine that the arguments ask for.
pub(super) fn engine<'a>(setup: &'a Setup, args: &RunArgs, environment: &Environment) -> Engine<'a> {
    Engine {
        config: &setup.config,
        playbook: &setup.playbook,
        today: args.verdict.today.unwrap_or(environment.today),
        limits: Limits::default(),
        fail_on: args.verdict.fail_on.map_or(setup.config.fail_on, Into::into),
        scope: if args.verdict.all_records { Scope::All } else { Scope::Changed },
        note_text: if args.report.redact { NoteText::Redacted } else { NoteText::Shown },
    }
}

/// Judges all files of `source` and writes the report. `idle` decides what a run says that touches no note.
pub(super) fn judge(
    source: &dyn Source,
    setup: &Setup,
    args: &RunArgs,
    idle: Idle,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, Failure> {
    let bar = Bar::new(environment.error_stream);
    let engine = engine(setup, args, environment);
    let mut sink = sink(args, idle, environment, Behind::new(&bar, streams.output))?;
    let tally = engine.run(source, sink.as_mut(), &bar)?;
    exit(&tally, args)
}

/// The sink that the arguments ask for. With `--output` the report goes to the file, and people read theirs on `out`.
pub(super) fn sink<'a>(
    args: &RunArgs,
    idle: Idle,
    environment: &Environment,
    out: impl Write + 'a,
) -> Result<Box<dyn Sink + 'a>, Failure> {
    let verbosity = match (args.report.quiet, args.report.verbose) {
        (true, _) => Verbosity::Quiet,
        (false, true) => Verbosity::Verbose,
        (false, false) => Verbosity::Normal,
    };
    let look = Look { styling: environment.styling, width: environment.width, verbosity, idle };
    let out = BufWriter::new(out);
    let Some(path) = &args.report.output else { return Ok(formatted(args.report.format, out, look)?) };
    let file = File::create(environment.folder.join(path)).map_err(|error| {
        Failure::usage(
            format!("the report file {} could not be opened: {error}", path.display()),
            "Name a file in a folder that is there and that you may write to.",
        )
    })?;
    let plain = Look { styling: crate::report::human::Styling::Plain, idle: Idle::Counted, ..look };
    let to_file = formatted(args.report.format, BufWriter::new(file), plain)?;
    Ok(Box::new(Both { first: to_file, second: Box::new(Human::new(out, look)) }))
}

fn formatted<'a>(format: Format, out: impl Write + 'a, look: Look) -> io::Result<Box<dyn Sink + 'a>> {
    Ok(match format {
        Format::Auto | Format::Human => Box::new(Human::new(out, look)),
        Format::Json => Box::new(Json::new(out)?),
    })
}

/// How a run ends.
///
/// # Errors
/// When there was no record, and the arguments ask for some.
pub(super) fn exit(tally: &Tally, args: &RunArgs) -> Result<Exit, Failure> {
    if tally.is_blocked() {
        return Ok(if args.verdict.exit_zero { Exit::Passed } else { Exit::Blocked });
    }
    if args.verdict.require_records && tally.summary.records == 0 {
        return Err(Failure::Told {
            message: "no record was examined, and --require-records asks for at least one".to_owned(),
            help: Some(
                "Check the paths, and `include` and `exclude` in notegate.yaml; -v tells what was skipped.".to_owned(),
            ),
            exit: Exit::NoRecords,
        });
    }
    Ok(Exit::Passed)
}

/// Two reports of one run.
struct Both<'a> {
    first: Box<dyn Sink + 'a>,
    second: Box<dyn Sink + 'a>,
}

impl Sink for Both<'_> {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        self.first.file(file)?;
        self.second.file(file)
    }

    fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        self.first.finish(tally)?;
        self.second.finish(tally)
    }
}
