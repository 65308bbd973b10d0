//! One file whose bytes are at hand: standard input, or a note given on the command line.

use super::disk::read_bounded;
use super::{Candidate, Content, Load, NotePath, ReadError, SetAside, Source, SourceError};
use std::io::Read;

/// A source of one file.
#[derive(Debug, Clone)]
pub(crate) struct Single {
    path: NotePath,
    content: Content,
}

impl Single {
    /// A file that holds no note, so that nothing of it is read.
    #[must_use]
    pub(crate) fn set_aside(path: NotePath, reason: SetAside) -> Self {
        Self { path, content: Content::SetAside(reason) }
    }

    /// Reads a file from `input`, of which at most `limit` bytes are kept.
    ///
    /// What cannot be read is refused, as it is with a file on disk.
    #[must_use]
    pub(crate) fn read(path: NotePath, input: &mut dyn Read, limit: u64) -> Self {
        let content = read_bounded(input, 0, limit);
        let content = content.unwrap_or_else(|error| Content::Refused(ReadError::Unreadable(error.to_string())));
        Self { path, content }
    }
}

impl Source for Single {
    fn paths(&self) -> Result<Vec<NotePath>, SourceError> {
        Ok(vec![self.path.clone()])
    }

    fn loader(&self) -> Result<Box<dyn Load + '_>, SourceError> {
        Ok(Box::new(self.clone()))
    }
}

impl Load for Single {
    fn load(&mut self, path: &NotePath) -> Candidate {
        Candidate { path: path.clone(), after: self.content.clone(), before: Vec::new(), shared: Vec::new() }
    }
}
