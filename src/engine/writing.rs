//! What whoever writes a new record needs to know: the records that are there, the forms of a note, and what a run would
//! say of the file with the new record in it.

use super::{BATCH, Engine, Progress, RunError, load_each};
use crate::placement::Known;
use crate::record::identity::{Identities, Identity};
use crate::record::{Heading, NoteRecord};
use crate::remedy::Form;
use crate::report::Sink;
use crate::report::model::{FileReport, RecordReport};
use crate::report::tally::Tally;
use crate::source::{Candidate, Content, Load, NotePath, SetAside, Source, SourceError};
use crate::workers::Workers;
use std::io;

/// The records of a repository.
#[derive(Debug, Default)]
pub(crate) struct Roster {
    pub(crate) known: Vec<Known>,
    /// What is in these files is not known.
    pub(crate) unreadable: Vec<NotePath>,
}

impl Engine<'_> {
    /// Who a record with these names is about.
    pub(crate) fn identity(&self, customer: &str, workload: &str) -> Identity {
        let heading = Heading { customer: Some(customer), workload: Some(workload), status: None };
        self.identities().of(&NotePath::from_bytes("new"), &NoteRecord::lone("", heading))
    }

    fn identities(&self) -> Identities {
        Identities::new(self.playbook.workload_spellings())
    }

    /// The records of all files of `source` that name their customer and their workload, and the files that cannot be read.
    ///
    /// # Errors
    /// When the source cannot be examined.
    pub(crate) fn roster(&self, source: &dyn Source) -> Result<Roster, SourceError> {
        let (workers, identities, paths) = (Workers::default(), self.identities(), source.paths()?);
        source.prepare(&paths)?;
        let mut roster = Roster::default();
        for batch in paths.chunks(BATCH) {
            for file in load_each(source, batch, &workers, |file| self.known(file, &identities))? {
                match file {
                    Ok(known) => roster.known.extend(known),
                    Err(path) => roster.unreadable.push(path),
                }
            }
        }
        Ok(roster)
    }

    /// The records of a file; its path where it cannot be read in full.
    fn known(&self, file: Candidate, identities: &Identities) -> Result<Vec<Known>, NotePath> {
        let bytes = match file.after {
            Content::Bytes(bytes) => bytes,
            Content::Refused(_) => return Err(file.path),
            Content::Absent | Content::SetAside(_) => return Ok(Vec::new()),
        };
        let reading = self.read(&file.path, bytes);
        if !reading.errors.is_empty() {
            return Err(file.path);
        }
        let known = |record: &NoteRecord| {
            let identity = identities.of(&file.path, record);
            Some(Known {
                path: file.path.clone(),
                line: reading.text.position(record.span.start).line,
                customer: record.customer.value()?.trim().to_owned(),
                workload: record.workload.value()?.trim().to_owned(),
                identity,
            })
        };
        Ok(reading.records.iter().filter_map(known).filter(|known| known.identity.is_complete()).collect())
    }

    /// The forms in which a note of this heading can be written; none for a status that has no template.
    pub(crate) fn forms(&self, heading: Heading<'_>) -> Vec<Form> {
        self.checks(&self.config.general_rules()).forms(heading)
    }

    /// What a note of this heading has to say, in a sentence.
    pub(crate) fn question(&self, heading: Heading<'_>) -> &'static str {
        self.checks(&self.config.general_rules()).question(heading)
    }

    /// What a run over `source` says of the file at `path` once it holds `bytes`.
    ///
    /// # Errors
    /// When the source cannot be examined.
    pub(crate) fn judged_with(
        &self,
        source: &dyn Source,
        path: &NotePath,
        bytes: Vec<u8>,
    ) -> Result<Vec<FileReport>, RunError> {
        let overlay = Overlay { below: source, path: path.clone(), bytes };
        let mut only = Only { path: path.display().into_owned(), found: Vec::new() };
        self.run(&overlay, &mut only, &Unseen)?;
        Ok(only.found)
    }
}

/// The record of a report with this number in its file.
pub(crate) fn record_of(files: &[FileReport], index: usize) -> Option<&RecordReport> {
    files.iter().flat_map(|file| &file.records).find(|record| record.index == index)
}

/// A source in which one file holds something else. That file comes last, so that what is compared with the others is what
/// is new.
struct Overlay<'a> {
    below: &'a dyn Source,
    path: NotePath,
    bytes: Vec<u8>,
}

impl Source for Overlay<'_> {
    fn paths(&self) -> Result<Vec<NotePath>, SourceError> {
        let mut paths = self.below.paths()?;
        paths.retain(|path| *path != self.path);
        paths.push(self.path.clone());
        Ok(paths)
    }

    fn loader(&self) -> Result<Box<dyn Load + '_>, SourceError> {
        Ok(Box::new(Loader { overlay: self, below: self.below.loader()? }))
    }

    fn set_aside(&self, path: &NotePath) -> Option<SetAside> {
        if *path == self.path { None } else { self.below.set_aside(path) }
    }
}

struct Loader<'a> {
    overlay: &'a Overlay<'a>,
    below: Box<dyn Load + 'a>,
}

impl Load for Loader<'_> {
    fn load(&mut self, path: &NotePath) -> Candidate {
        if *path != self.overlay.path {
            return self.below.load(path);
        }
        let after = Content::Bytes(self.overlay.bytes.clone());
        Candidate { path: path.clone(), after, before: Vec::new(), shared: Vec::new() }
    }
}

/// Keeps the report of one file.
struct Only {
    path: String,
    found: Vec<FileReport>,
}

impl Sink for Only {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        if file.path == self.path {
            self.found.push(file.clone());
        }
        Ok(())
    }

    fn finish(&mut self, _tally: &Tally) -> io::Result<()> {
        Ok(())
    }
}

struct Unseen;

impl Progress for Unseen {
    fn examined(&self, _done: usize, _total: usize) {}
}
