//! A run of the engine over a single file that needs no disk.

use notegate::engine::Progress;
use notegate::source::{Candidate, Content, Load, NotePath, Source, SourceError};

/// One file, which is all that there is; with a state before the change when it has one.
pub(crate) struct OneFile {
    path: NotePath,
    after: Vec<u8>,
    before: Option<Vec<u8>>,
}

impl OneFile {
    /// The file as it is, without history.
    pub(crate) fn new(path: &str, after: impl Into<Vec<u8>>) -> Self {
        Self { path: NotePath::from_bytes(path), after: after.into(), before: None }
    }

    /// The same file after a change, if there was something before it.
    pub(crate) fn since(self, before: Option<impl Into<Vec<u8>>>) -> Self {
        Self { before: before.map(Into::into), ..self }
    }
}

impl Source for OneFile {
    fn paths(&self) -> Result<Vec<NotePath>, SourceError> {
        Ok(vec![self.path.clone()])
    }

    fn loader(&self) -> Result<Box<dyn Load + '_>, SourceError> {
        Ok(Box::new(self))
    }

    fn sides(&self) -> usize {
        usize::from(self.before.is_some())
    }
}

impl Load for &OneFile {
    fn load(&mut self, path: &NotePath) -> Candidate {
        let before = self.before.iter().cloned().map(Content::Bytes).collect();
        Candidate { path: path.clone(), after: Content::Bytes(self.after.clone()), before, shared: Vec::new() }
    }
}

/// Progress that nobody sees.
pub(crate) struct NoProgress;

impl Progress for NoProgress {
    fn examined(&self, _done: usize, _total: usize) {}
}
