//! One note without a record around it.

use super::twins::Duplicates;
use super::{Engine, Known};
use crate::record::history::Past;
use crate::record::identity::Identities;
use crate::record::{Heading, NoteRecord};
use crate::report::model::FileReport;
use crate::rules::note::copied_note::Printer;
use crate::source::NotePath;
use crate::text::SourceText;
use crate::workers::Workers;

/// A note to grade.
#[derive(Debug, Clone)]
pub struct LoneNote {
    /// The note.
    pub text: String,
    /// The status that it is written for.
    pub status: Option<String>,
    /// The customer that it is about, so that a note may call it by its name.
    pub customer: Option<String>,
    /// The workload that it is about.
    pub workload: Option<String>,
}

impl Engine<'_> {
    /// Grades one note. Rules about records and files speak too unless the configuration switches them off.
    #[must_use]
    pub fn grade(&self, note: LoneNote) -> FileReport {
        let heading = Heading {
            customer: note.customer.as_deref(),
            workload: note.workload.as_deref(),
            status: note.status.as_deref(),
        };
        let record = NoteRecord::lone(&note.text, heading);
        let text = SourceText::new(note.text);
        let known = Known {
            past: Past::new(0, Identities::default()),
            printer: Printer::new(self.playbook),
            duplicates: Duplicates::default(),
            workers: Workers::default(),
        };
        self.assemble(self.judge_alone(NotePath::from_bytes("note"), text, record, &known))
    }
}
