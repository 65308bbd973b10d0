//! Why a command ended without doing its work, for people.

use super::{Environment, Exit};
use crate::engine::{NoteText, RunError};
use crate::install::InstallError;
use crate::report::escape;
use crate::report::relocated::Relocation;
use crate::source::git::{self, RepoLocation};
use crate::source::{NotePath, SourceError, SourceErrorKind};
use std::fmt::Write as _;
use std::io::{self, Write};

/// What helps where details are left out.
pub(super) const REDACTED: &str =
    "--redact leaves the details out; run the command without it where its output stays private.";

/// A command that could not do its work.
#[derive(Debug)]
pub enum CliError {
    /// Something to tell.
    Told {
        /// What went wrong; may hold several lines.
        message: String,
        /// What helps.
        help: Option<String>,
        /// How the program ends.
        exit: Exit,
    },
    /// A configuration that cannot be used.
    Configuration {
        /// What is wrong; may hold several lines.
        message: String,
        /// What helps whoever runs the program.
        help: String,
        /// What helps whoever runs git, which takes no option of this program.
        help_for_git: String,
    },
    /// The source of a run could not be examined. The files that it names count from the root of the repository.
    Source(SourceError),
    /// The reader of a stream went away; there is nobody to tell.
    Closed,
}

/// What a command is for: it decides what a failure of it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// It judges records, and lets them pass or not.
    Judging,
    /// It writes hooks or takes them away.
    Hooks,
    /// Anything else: nothing waits for its answer.
    Else,
}

impl CliError {
    /// A wrong command line or configuration.
    pub fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Told { message: message.into(), help: Some(help.into()), exit: Exit::Usage }
    }

    /// The failure as far as it may be told.
    pub(super) fn within(self, note_text: NoteText) -> Self {
        match note_text {
            NoteText::Shown => self,
            NoteText::Redacted => self.redacted(),
        }
    }

    /// The failure without its details, which may quote names, paths and the configuration.
    pub(super) fn redacted(self) -> Self {
        let exit = match &self {
            Self::Told { exit, .. } => *exit,
            Self::Configuration { .. } => Exit::Usage,
            Self::Source(error) => exit_of(error),
            Self::Closed => return self,
        };
        let message = match exit {
            Exit::NoRecords => "no record was examined",
            Exit::Usage => "the command line or the configuration is wrong",
            _ => "the repository, a file or the report could not be read or written",
        };
        Self::Told { message: message.to_owned(), help: Some(REDACTED.to_owned()), exit }
    }

    /// The failure as it is told to whoever runs git.
    pub(super) fn for_git(self) -> Self {
        match self {
            Self::Configuration { message, help_for_git, .. } => Self::usage(message, help_for_git),
            other => other,
        }
    }

    /// The failure with one more sentence of help.
    pub(super) fn with_help(mut self, more: &str) -> Self {
        if let Self::Configuration { help, help_for_git, .. } = &mut self {
            for help in [help, help_for_git] {
                *help = format!("{help} {more}");
            }
        } else if let Self::Told { help, .. } | Self::Source(SourceError { help, .. }) = &mut self {
            *help = Some(help.take().map_or_else(|| more.to_owned(), |help| format!("{help} {more}")));
        }
        self
    }

    /// What went wrong, what helps, and how the program ends, with paths as the person sees them; nothing when there is
    /// nobody to tell.
    pub(super) fn told(self, environment: &Environment) -> Option<(String, Option<String>, Exit)> {
        match self {
            Self::Told { message, help, exit } => Some((message, help, exit)),
            Self::Configuration { message, help, .. } => Some((message, Some(help), Exit::Usage)),
            Self::Source(error) => Some((seen(&error, environment), error.help.clone(), exit_of(&error))),
            Self::Closed => None,
        }
    }

    /// What went wrong, in a line.
    pub(super) fn in_short(&self) -> String {
        match self {
            Self::Told { message, .. } | Self::Configuration { message, .. } => escape::line(message).into_owned(),
            Self::Source(error) => escape::line(&error.message).into_owned(),
            Self::Closed => "the reader went away".to_owned(),
        }
    }

    /// Writes the failure for people and says how the program ends.
    pub(super) fn tell(self, purpose: Purpose, environment: &Environment, error: &mut dyn Write) -> Exit {
        let Some((message, help, exit)) = self.told(environment) else { return Exit::Unexamined };
        let mut text = format!("notegate: {}\n", escape::block(&message));
        if let Some(help) = help {
            let _infallible = writeln!(text, "  help: {}", escape::block(&help));
        }
        let last = match (purpose, exit) {
            (Purpose::Judging, Exit::Unexamined) => Some("Not everything could be examined, so nothing passes."),
            (Purpose::Judging, _) => Some("Nothing was examined, so nothing passes."),
            // The repository could not be read, which comes before any change.
            (Purpose::Hooks, Exit::Unexamined) => Some("No hook was changed."),
            (Purpose::Hooks, _) => Some("`notegate doctor` says of each hook whether it works now."),
            (Purpose::Else, _) => None,
        };
        if let Some(last) = last {
            let _infallible = writeln!(text, "  {last}");
        }
        let _closed = error.write_all(text.as_bytes());
        exit
    }
}

fn exit_of(error: &SourceError) -> Exit {
    match error.kind {
        SourceErrorKind::Usage => Exit::Usage,
        SourceErrorKind::Unreadable => Exit::Unexamined,
    }
}

/// What went wrong, with the paths of files as seen from where the person stands. A bare repository has no such place.
fn seen(error: &SourceError, environment: &Environment) -> String {
    let here = || {
        let top = git::open(&RepoLocation::Environment).ok()?.work_tree()?;
        Relocation::new(&top.canonicalize().unwrap_or(top), &environment.viewpoint)
    };
    let here = if error.paths.is_empty() { None } else { here() };
    let shown = |path: &NotePath| {
        let path = path.display();
        here.as_ref().map_or_else(|| path.to_string(), |here| here.apply(&path))
    };
    error.text(shown)
}

impl From<io::Error> for CliError {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            return Self::Closed;
        }
        Self::Told {
            message: format!("the report could not be written: {error}"),
            help: Some("Check that the disk is not full and that you may write there.".to_owned()),
            exit: Exit::Unexamined,
        }
    }
}

impl From<SourceError> for CliError {
    fn from(error: SourceError) -> Self {
        Self::Source(error)
    }
}

impl From<InstallError> for CliError {
    fn from(error: InstallError) -> Self {
        match error {
            InstallError::Source(error) => error.into(),
            error => Self::Told { message: error.to_string(), help: error.help(), exit: Exit::Usage },
        }
    }
}

impl From<RunError> for CliError {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Source(error) => error.into(),
            RunError::Report(error) => error.into(),
        }
    }
}
