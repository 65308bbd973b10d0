//! The rules that compare records with those of other files, asked file by file in the order of the paths.
//!
//! Files that another part of the run judges are among them: no rule speaks about them here, but the others have to be
//! compared with them, in the same order as in a run that judges all.

use super::judge::{ContextRecord, JudgedFile, JudgedRecord};
use super::twins::Seen;
use super::{Engine, Learnt, RunContext, Scope, twins};
use crate::rules::note::copied_note::{self, Notes};
use crate::rules::note::not_english::{self, Judged};
use crate::rules::read_note;
use crate::rules::record::duplicate_record;
use crate::source::{Candidate, Source};

/// A file of a run.
pub(super) enum Examined {
    /// One that this run judges.
    Judged(JudgedFile),
    /// One that it does not: the records that the run as a whole judges.
    Beside(Vec<ContextRecord>),
}

impl Engine<'_> {
    /// A file as far as this part of the run has to know it.
    pub(super) fn examined(&self, source: &dyn Source, candidate: Candidate, known: &RunContext) -> Examined {
        if source.judges(&candidate.path) {
            return Examined::Judged(self.judge(candidate, known));
        }
        Examined::Beside(self.each_record(candidate, known, |record, site| {
            let identity = known.base.identity(site.path, record);
            let spot = twins::counts(record, self.playbook).then(|| twins::spot(site.path, record, site.text));
            let is_judged = self.scope == Scope::All
                || known.duplicates.finding(site.path, record.index).is_some()
                || self.is_written(record, site);
            let fingerprint = if is_judged && self.compares_notes() {
                let reading = read_note(record, self.playbook);
                let case = site.checks.case(record, &reading);
                let is_fully = not_english::judged(&case, site.checks.levels) == Judged::Fully;
                self.draft(record, site).filter(|_| is_fully && copied_note::is_compared(&case))
            } else {
                None
            };
            is_judged.then_some(ContextRecord { identity, spot, fingerprint })
        }))
    }

    /// Remembers the records of a file that this run does not judge.
    pub(super) fn learn(&self, records: Vec<ContextRecord>, known: &RunContext, learnt: &mut Learnt) {
        for ContextRecord { identity, spot, fingerprint } in records {
            fingerprint.into_iter().for_each(|fingerprint| learnt.notes.learn(fingerprint));
            if let Some(spot) = spot.filter(|_| !known.base.has_sides()) {
                let _about_another_file = learnt.seen.compare(identity, spot);
            }
        }
    }

    /// Adds what the rules say that compare a record with those of the run before it.
    pub(super) fn compare(&self, file: &mut JudgedFile, known: &RunContext, learnt: &mut Learnt) {
        if self.compares_notes() {
            self.compare_notes(file, &mut learnt.notes);
        }
        // With a history, what is there twice was found out before the first file was judged.
        if !known.base.has_sides() && self.config.is_on_somewhere(duplicate_record::META.name) {
            self.compare_identities(file, known, &mut learnt.seen);
        }
    }

    /// Adds a finding to each record whose customer and workload an earlier record has.
    fn compare_identities(&self, file: &mut JudgedFile, known: &RunContext, seen: &mut Seen) {
        let rules = self.config.rules_of(&file.path);
        for JudgedRecord { record, findings, .. } in &mut file.records {
            if !twins::counts(record, self.playbook) {
                continue;
            }
            let identity = known.base.identity(&file.path, record);
            if let Some(finding) = seen.compare(identity, twins::spot(&file.path, record, &file.text)) {
                findings.extend(self.checks(&rules).levelled(finding));
            }
        }
    }

    /// Adds a finding to each judged record whose note stands on another workload of the customer already.
    fn compare_notes(&self, file: &mut JudgedFile, notes: &mut Notes) {
        let rules = self.config.rules_of(&file.path);
        for record in &mut file.records {
            let Some(fingerprint) = record.fingerprint.take() else { continue };
            if let Some(finding) = notes.compare(fingerprint) {
                record.findings.extend(self.checks(&rules).levelled(finding));
            }
        }
    }
}
