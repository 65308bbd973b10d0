//! Why a command ended without doing its work, for people.

use super::Exit;
use crate::engine::{NoteText, RunError};
use crate::install::InstallError;
use crate::report::escape;
use crate::source::{SourceError, SourceErrorKind};
use std::fmt::Write as _;
use std::io::{self, Write};

/// What helps where details are left out.
pub(super) const REDACTED: &str =
    "--redact leaves the details out; run the command without it where its output stays private.";

/// A command that could not do its work.
#[derive(Debug)]
pub enum Failure {
    /// Something to tell.
    Told {
        /// What went wrong; may hold several lines.
        message: String,
        /// What helps.
        help: Option<String>,
        /// How the program ends.
        exit: Exit,
    },
    /// The reader of a stream went away; there is nobody to tell.
    Closed,
}

impl Failure {
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
        let Self::Told { exit, .. } = self else { return self };
        let message = match exit {
            Exit::NoRecords => "no record was examined",
            Exit::Usage => "the command line or the configuration is wrong",
            _ => "the repository, a file or the report could not be read or written",
        };
        Self::Told { message: message.to_owned(), help: Some(REDACTED.to_owned()), exit }
    }

    /// The failure with one more sentence of help.
    pub(super) fn with_help(mut self, more: &str) -> Self {
        if let Self::Told { help, .. } = &mut self {
            *help = Some(help.take().map_or_else(|| more.to_owned(), |help| format!("{help} {more}")));
        }
        self
    }

    /// Writes the failure for people and says how the program ends.
    pub(super) fn tell(self, error: &mut dyn Write) -> Exit {
        let Self::Told { message, help, exit } = self else { return Exit::Unexamined };
        let mut text = format!("notegate: {}\n", escape::block(&message));
        if let Some(help) = help {
            let _infallible = writeln!(text, "  help: {}", escape::block(&help));
        }
        let reason = match exit {
            Exit::Unexamined => "Not everything could be examined, so nothing passes.",
            _ => "Nothing was examined, so nothing passes.",
        };
        let _infallible = writeln!(text, "  {reason}");
        let _closed = error.write_all(text.as_bytes());
        exit
    }
}

impl From<io::Error> for Failure {
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

impl From<SourceError> for Failure {
    fn from(error: SourceError) -> Self {
        let exit = match error.kind {
            SourceErrorKind::Usage => Exit::Usage,
            SourceErrorKind::Unreadable => Exit::Unexamined,
        };
        Self::Told { message: error.message, help: error.help, exit }
    }
}

impl From<InstallError> for Failure {
    fn from(error: InstallError) -> Self {
        match error {
            InstallError::Source(error) => error.into(),
            error => Self::Told { message: error.to_string(), help: error.help(), exit: Exit::Usage },
        }
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        match error {
            RunError::Source(error) => error.into(),
            RunError::Report(error) => error.into(),
        }
    }
}
