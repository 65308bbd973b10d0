//! What the notes of a file are worth, and nothing else: for whoever counts grades over many states of many files.

use super::Engine;
use crate::finding::Severity;
use crate::grade::Grade;
use crate::record::identity::{Identities, Identity};
use crate::rules::note::copied_note::{self, Fingerprint, Fingerprinter};
use crate::rules::note::not_english::Judged;
use crate::rules::{CheckedNote, grade_of};
use crate::source::NotePath;

/// What is made once for many files.
pub(crate) struct Appraiser {
    identities: Identities,
    fingerprinter: Fingerprinter,
}

/// A record, with what its note is worth by itself.
#[derive(Debug)]
pub(crate) struct Worth {
    /// Whom it is about.
    pub(crate) identity: Identity,
    pub(crate) customer: Option<String>,
    pub(crate) workload: Option<String>,
    /// The line on which it starts.
    pub(crate) line: usize,
    pub(crate) grade: Grade,
    /// What the note looks like beside others, and how severe it is here that another workload of the customer has it;
    /// nothing where the note is not compared.
    pub(crate) likeness: Option<(Fingerprint, Severity)>,
}

impl Engine<'_> {
    /// What [`Self::worth_of`] needs for all files.
    pub(crate) fn appraiser(&self) -> Appraiser {
        Appraiser {
            identities: Identities::new(self.playbook.workload_spellings()),
            fingerprinter: Fingerprinter::new(self.playbook),
        }
    }

    /// The records of a file in their order, each with the grade of its note as far as other notes do not matter.
    pub(crate) fn worth_of(&self, path: &NotePath, bytes: Vec<u8>, appraiser: &Appraiser) -> Vec<Worth> {
        let rules = self.config.rules_of(path);
        let checks = self.checks(&rules);
        let copied = copied_note::META.default.and_then(|found| rules.levels.severity(copied_note::META.name, found));
        let file = self.read(path, bytes);
        let worth = |record| {
            let CheckedNote { reading, findings, judged, .. } = checks.check_note(record, &[]);
            let line = file.text.position(record.span.start).line;
            let case = checks.case(record, &reading);
            let severity = copied.filter(|_| judged == Judged::Fully);
            let fingerprint = severity.and_then(|_| appraiser.fingerprinter.fingerprint(&case, path, line));
            Worth {
                identity: appraiser.identities.of(path, record),
                customer: record.customer.value().cloned(),
                workload: record.workload.value().cloned(),
                line,
                grade: grade_of(record, &findings),
                likeness: fingerprint.zip(severity),
            }
        };
        let mut worths: Vec<Worth> = file.records.iter().map(worth).collect();
        // The order of a report.
        worths.sort_by_key(|worth| worth.line);
        worths
    }
}
