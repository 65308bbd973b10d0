//! One note without a record around it.

use super::{Engine, Known};
use crate::record::history::Past;
use crate::record::{Field, Located, NoteMap, NoteRecord};
use crate::report::model::FileReport;
use crate::rules::copied_note::Printer;
use crate::source::NotePath;
use crate::text::{ByteSpan, SourceText};

/// A note to grade.
#[derive(Debug, Clone)]
pub struct LoneNote {
    /// The note.
    pub text: String,
    /// The status that it is written for.
    pub status: Option<String>,
    /// The workload that it is about.
    pub workload: Option<String>,
}

impl Engine<'_> {
    /// Grades one note. Rules about records and files speak too unless the configuration switches them off.
    #[must_use]
    pub fn grade(&self, note: LoneNote) -> FileReport {
        let span = ByteSpan::new(0..note.text.len());
        let text = SourceText::new(note.text.clone());
        let field = |value: Option<String>| match value {
            Some(value) => Field::Value(Located { value, key: None, span: ByteSpan::at(0) }),
            None => Field::Missing,
        };
        let record = NoteRecord {
            index: 0,
            span,
            customer: Field::Missing,
            workload: field(note.workload),
            status: field(note.status),
            note_map: NoteMap::plain(&note.text),
            note: Field::Value(Located { value: note.text, key: None, span }),
            refresh_summary: Field::Missing,
            date: Field::Missing,
            waivers: Field::Missing,
            problems: Vec::new(),
        };
        let known = Known { past: Past::new(0), printer: Printer::new(self.playbook) };
        self.assemble(self.judge_alone(NotePath::from_bytes("note"), text, record, &known))
    }
}
