//! A report in which each record has the owners of its file.

use super::Sink;
use super::model::FileReport;
use super::tally::Tally;
use crate::code_owners::CodeOwners;
use std::io;

/// Hands each file on with the owners that `CODEOWNERS` gives it. Stands before what changes paths.
pub(crate) struct Owned<'a> {
    inner: Box<dyn Sink + 'a>,
    owners: CodeOwners,
}

impl<'a> Owned<'a> {
    /// `inner` behind `owners`; `inner` itself where no file has an owner.
    #[must_use]
    pub(crate) fn boxed(inner: Box<dyn Sink + 'a>, owners: CodeOwners) -> Box<dyn Sink + 'a> {
        if owners.is_empty() { inner } else { Box::new(Self { inner, owners }) }
    }
}

impl Sink for Owned<'_> {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        let owners = self.owners.of(&file.path);
        if owners.is_empty() || file.records.is_empty() {
            return self.inner.file(file);
        }
        let mut file = file.clone();
        for record in &mut file.records {
            record.owner = record.owner.take().or_else(|| owners.first().cloned());
            record.code_owners.clone_from(&owners);
        }
        self.inner.file(&file)
    }

    fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        self.inner.finish(tally)
    }
}
