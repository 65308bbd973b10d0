//! One note without a record around it, and one file without others beside it.

use super::{Engine, Learnt, RunContext, Scope};
use crate::record::{Heading, NoteRecord};
use crate::report::model::FileReport;
use crate::source::{Content, NotePath};
use crate::text::SourceText;

/// A note to grade.
#[derive(Debug, Clone)]
pub(crate) struct LoneNote {
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
    pub(crate) fn grade(&self, note: LoneNote) -> FileReport {
        let heading = Heading {
            customer: note.customer.as_deref(),
            workload: note.workload.as_deref(),
            status: note.status.as_deref(),
        };
        let record = NoteRecord::lone(&note.text, heading);
        let text = SourceText::new(note.text);
        let known = RunContext::without_history(self.playbook);
        self.assemble(self.judge_alone(NotePath::from_bytes("note"), text, record, &known))
    }

    /// Checks a file whose bytes are at hand, as if it were the only one of a run without a history.
    pub(crate) fn check_alone(&self, path: NotePath, bytes: Vec<u8>) -> FileReport {
        self.check_content(path, Content::Bytes(bytes))
    }

    /// The same for whatever a source found at `path`.
    pub(crate) fn check_content(&self, path: NotePath, content: Content) -> FileReport {
        self.check_content_since(path, content, &[])
    }

    /// The same, compared with what the file held in the commits that the next one builds on. All of its records are judged.
    pub(crate) fn check_content_since(&self, path: NotePath, content: Content, before: &[Content]) -> FileReport {
        let mut known = RunContext::without_history(self.playbook);
        // What is as it was has no history to be judged by.
        if let Content::Bytes(bytes) = &content
            && !before.iter().all(|before| *before == content)
        {
            let records = self.read(&path, bytes.clone()).records;
            known.base = self.base_of(&path, &records, before.iter().cloned());
        }
        let engine = Engine { scope: Scope::All, limits: self.limits.clone(), ..*self };
        let mut file = engine.judge_content(path, content, &known);
        // Its records are compared with each other, whatever the history.
        known.base = RunContext::without_history(self.playbook).base;
        engine.compare(&mut file, &known, &mut Learnt::default());
        engine.assemble(file)
    }
}
