//! The command line: parses arguments, calls the library, writes to the streams it is given.
//!
//! Nothing here reads the environment or ends the process; `main.rs` does both.

mod adopt;
mod args;
mod change;
mod check;
mod cli_error;
mod course;
mod doctor;
mod edits;
mod eval;
mod exit;
mod explain;
mod fix;
mod generate;
mod grade;
mod hook;
mod hooks;
mod init;
mod judging;
mod labelled;
mod learn;
mod lsp;
mod managed;
mod misuse;
mod new;
mod notices;
mod output;
mod overview;
mod progress;
mod read;
mod refresh;
mod reports;
mod runner_log;
mod setup;
mod simulate;
mod since;
mod waivers;

pub use cli_error::CliError;
use cli_error::Purpose;
pub use exit::Exit;
pub use managed::{ManagedRun, Starter};

use crate::day::Clock;
use crate::report::escape;
use crate::report::human::Styling;
use crate::source::git::ObjectId;
use args::{Cli, ColorWhen, Command};
use clap::Parser as _;
use runner_log::RunnerLog;
use std::ffi::OsString;
use std::io::{Read, Write};
use std::path::PathBuf;

/// What the program knows of the world around it.
#[derive(Debug, Clone)]
pub struct Environment {
    /// The current folder, absolute; paths that are given count from it.
    pub folder: PathBuf,
    /// The folder that the person stands in, absolute; paths are shown to people as seen from it. It is the current one
    /// unless git went to the top of the work tree to run this program.
    pub viewpoint: PathBuf,
    /// `NOTEGATE_CONFIG`: the configuration in place of the one in the repository.
    pub config: Option<PathBuf>,
    /// The time, and the time zone of the person who runs the program.
    pub clock: Clock,
    /// What standard output takes, by what it is and by NO_COLOR, CLICOLOR and CLICOLOR_FORCE.
    pub styling: Styling,
    /// Columns of the terminal.
    pub width: usize,
    /// What standard input is.
    pub input_stream: StreamKind,
    /// What standard error is.
    pub error_stream: StreamKind,
    /// The absolute path of this program, for the hooks that call it; nothing where the system does not tell, as in a root
    /// without `/proc`.
    pub program: Option<PathBuf>,
    /// The parents that git announces to the hook of a merge: the ends of the variables called `GITHEAD_…`.
    pub merge_parents: Vec<ObjectId>,
    /// What pre-commit or prek say about the run; nothing when neither runs this program.
    pub managed: Option<ManagedRun>,
    /// What GitHub Actions says about the run; nothing elsewhere.
    pub actions: Option<Actions>,
}

/// A run under GitHub Actions.
#[derive(Debug, Clone)]
pub struct Actions {
    /// The file of the job summary.
    pub summary: Option<PathBuf>,
}

/// What a stream leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StreamKind {
    /// A person who looks on.
    Terminal,
    /// A file or another program.
    Other,
}

/// Where the program reads and writes.
pub struct Streams<'a> {
    /// Standard input.
    pub input: &'a mut (dyn Read + Send),
    /// Standard output: reports and answers.
    pub output: &'a mut (dyn Write + Send),
    /// Standard error: what went wrong with the run itself.
    pub error: &'a mut dyn Write,
}

/// Runs the program with `arguments`, of which the first is its own name.
///
/// What cannot be written is not an error of its own: a reader that went away asked for no more.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if environment.actions.is_none() {
        return run_typed(&arguments, environment, streams);
    }
    let mut error = RunnerLog::new(&mut *streams.error);
    let Streams { input, output, .. } = streams;
    run_typed(&arguments, environment, &mut Streams { input: &mut **input, output: &mut **output, error: &mut error })
}

fn run_typed(arguments: &[OsString], environment: &Environment, streams: &mut Streams<'_>) -> Exit {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        // What was typed may name a customer, too.
        Err(error) if error.use_stderr() && arguments.iter().any(|argument| argument == "--redact") => {
            return CliError::usage(error.kind().to_string(), cli_error::REDACTED).tell(
                Purpose::Judging,
                environment,
                streams.error,
            );
        }
        Err(error) => {
            return match misuse::told(&error, arguments) {
                Some(told) => told.tell(Purpose::Else, environment, streams.error),
                None => usage(&error, environment, streams),
            };
        }
    };
    let environment = Environment { styling: styling(cli.color, environment.styling), ..environment.clone() };
    let (note_text, purpose) = (cli.command.note_text(), cli.command.purpose());
    let done = match cli.command {
        Command::Check(check) => check::run(&check, &environment, streams),
        Command::Grade(grade) => grade::run(*grade, &environment, streams),
        Command::Read(read) => read::run(&read, &environment, streams),
        Command::Eval(eval) => eval::run(&eval, &environment, streams),
        Command::Learn(learn) => learn::run(&learn, &environment, streams),
        Command::Hook(hook) => hook::run(&hook, &environment, streams),
        Command::Install(install) => hooks::install(&install, &environment, streams),
        Command::Uninstall => hooks::uninstall(streams),
        Command::Doctor => doctor::run(&environment, streams),
        Command::Report(report) => overview::run(&report, &environment, streams),
        Command::Waivers(waivers) => waivers::run(&waivers, &environment, streams),
        Command::Rules => explain::list(&environment, streams),
        Command::Explain(explain) => explain::explain(&explain, &environment, streams),
        Command::Fix(fix) => fix::run(&fix, &environment, streams),
        Command::New(new) => new::run(&new, &environment, streams),
        Command::Refresh(refresh) => refresh::run(&refresh, &environment, streams),
        Command::Init => init::run(&environment, streams),
        Command::Lsp(lsp) => Ok(lsp::run(&lsp, &environment, streams)),
        Command::Adopt(adopt) => adopt::run(&adopt, &environment, streams),
        Command::Simulate(simulate) => simulate::run(&simulate, &environment, streams),
        Command::Schema(schema) => generate::schema(&schema, &environment, streams),
        Command::Completions(completions) => generate::completions(&completions, streams),
        Command::Man => generate::man(streams),
    };
    done.unwrap_or_else(|failure| failure.within(note_text).tell(purpose, &environment, streams.error))
}

fn styling(when: ColorWhen, detected: Styling) -> Styling {
    match when {
        ColorWhen::Auto => detected,
        ColorWhen::Always => Styling::Colour,
        ColorWhen::Never => Styling::Plain,
    }
}

/// Help and version go to standard output and pass; a wrong command line goes to standard error.
fn usage(error: &clap::Error, environment: &Environment, streams: &mut Streams<'_>) -> Exit {
    let text = error.render();
    if error.use_stderr() {
        // The message repeats what was typed, so it is written plain and escaped.
        let _closed = streams.error.write_all(escape::block(&text.to_string()).as_bytes());
        return Exit::Usage;
    }
    let text = match environment.styling {
        Styling::Plain => text.to_string(),
        Styling::Colour => text.ansi().to_string(),
    };
    let _closed = streams.output.write_all(text.as_bytes());
    Exit::Passed
}
