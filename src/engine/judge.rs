//! One file, from its bytes to findings.

use super::{Engine, NotesBefore, RunContext, Scope, twins};
use crate::case::WaiverErrors;
use crate::config::FileRules;
use crate::finding::{Finding, Severity, Target};
use crate::grade::Grade;
use crate::reading::Reading;
use crate::record::history::Change;
use crate::record::identity::Identity;
use crate::record::{self, Field, FileReading, NoteRecord};
use crate::report::model::{BeforeReport, SkipReason};
use crate::rules::note::copied_note::{self, Fingerprint};
use crate::rules::note::not_english::Judged;
use crate::rules::record::duplicate_record::Spot;
use crate::rules::{Case, CheckContext, CheckedNote, Confidence, read_note, waiver};
use crate::source::{Candidate, Content, NotePath, ReadError, SetAside};
use crate::text::SourceText;

/// The rule under whose name a file that cannot be examined is reported.
const UNREADABLE: &str = "unreadable";

/// A file with the findings of all rules but those that look at other files.
pub(super) struct JudgedFile {
    pub(super) path: NotePath,
    pub(super) text: SourceText,
    /// Those that the run judges.
    pub(super) records: Vec<JudgedRecord>,
    pub(super) findings: Vec<Finding>,
    pub(super) skipped: Option<SkipReason>,
}

/// A record beside those of the run.
pub(super) struct ContextRecord {
    pub(super) identity: Identity,
    /// Where it is, unless another record about the same would be no second statement.
    pub(super) spot: Option<Spot>,
    /// What its note looks like, when it is compared with others.
    pub(super) fingerprint: Option<Fingerprint>,
}

/// A record with the findings of all rules but those that look at other files.
pub(super) struct JudgedRecord {
    pub(super) record: NoteRecord,
    pub(super) reading: Reading,
    pub(super) waiver_errors: WaiverErrors,
    pub(super) findings: Vec<Finding>,
    /// What the note looks like beside other notes; nothing for records that are not compared.
    pub(super) fingerprint: Option<Fingerprint>,
    pub(super) is_changed: bool,
    /// How sure the verdict on the note is.
    pub(super) confidence: Confidence,
    /// Whom it is about.
    pub(super) identity: Identity,
    /// The note before the change.
    pub(super) before: Option<BeforeReport>,
}

/// What becomes of the notes that a run judges while it looks at those that it does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drafts {
    /// They are few, and what they look like is kept.
    Kept,
    /// They are many, and nobody looks at them before they are judged.
    LeftOut,
}

/// Where a record stands, and what it is compared with.
pub(super) struct Site<'a> {
    pub(super) path: &'a NotePath,
    pub(super) text: &'a SourceText,
    known: &'a RunContext,
    pub(super) checks: CheckContext<'a>,
}

impl Engine<'_> {
    /// The records of a file, and what stood in the way of reading them.
    pub(super) fn read(&self, path: &NotePath, bytes: Vec<u8>) -> FileReading {
        self.read_by(path, bytes, &self.config.rules_of(path))
    }

    /// The same, under the rules of its path.
    fn read_by(&self, path: &NotePath, bytes: Vec<u8>, rules: &FileRules<'_>) -> FileReading {
        let selection = self.config.files.documents_of(path);
        record::read(bytes, &self.limits, &rules.settings.fields, self.playbook, selection)
    }

    /// Reads a file and lets the rules speak.
    pub(super) fn judge(&self, candidate: Candidate, known: &RunContext) -> JudgedFile {
        let is_written = candidate.is_written();
        let held_no_record = candidate.after == Content::Absent && self.held_no_record(&candidate);
        let mut judged = self.judge_content(candidate.path, candidate.after, known);
        if held_no_record {
            judged.skipped = Some(SkipReason::NoRecord);
        }
        if is_written || self.scope == Scope::All { judged } else { judged.without_own_findings() }
    }

    /// What the notes of a file of the run look like beside others, each with whether the run judges it. No rule speaks.
    pub(super) fn fingerprints(
        &self,
        candidate: Candidate,
        known: &RunContext,
        drafts: Drafts,
    ) -> Vec<(Fingerprint, bool)> {
        if drafts == Drafts::LeftOut && self.scope == Scope::All {
            return Vec::new();
        }
        self.each_record(candidate, known, |record, site| {
            let is_judged = self.scope == Scope::All || known.base.change(site.path, record).is_judged();
            let fingerprint = match (is_judged, drafts) {
                (false, _) => self.fingerprint_unjudged(record, site),
                (true, Drafts::Kept) => self.draft(record, site),
                (true, Drafts::LeftOut) => None,
            };
            Some((fingerprint?, is_judged))
        })
    }

    /// The records of a file beside those of the run. Where `judged` names all notes that the run judges, only those
    /// that one of them resembles are read: reading takes longer than comparing.
    pub(super) fn context_records(
        &self,
        candidate: Candidate,
        known: &RunContext,
        judged: Option<&[Fingerprint]>,
    ) -> Vec<ContextRecord> {
        let is_compared = self.compares_notes();
        let resembles = |draft: &Fingerprint| {
            judged.is_none_or(|judged| judged.iter().any(|fingerprint| fingerprint.resembles(draft)))
        };
        self.each_record(candidate, known, |record, site| {
            let draft = if is_compared { self.draft(record, site) } else { None };
            Some(ContextRecord {
                identity: known.base.identity(site.path, record),
                spot: twins::counts(record, self.playbook).then(|| twins::spot(site.path, record, site.text)),
                fingerprint: draft.filter(|draft| resembles(draft) && self.is_compared(record, site)),
            })
        })
    }

    /// Applies `work` to each record of a file.
    pub(super) fn each_record<T>(
        &self,
        candidate: Candidate,
        known: &RunContext,
        work: impl Fn(&NoteRecord, &Site<'_>) -> Option<T>,
    ) -> Vec<T> {
        let Content::Bytes(bytes) = candidate.after else { return Vec::new() };
        let rules = self.config.rules_of(&candidate.path);
        let file = self.read_by(&candidate.path, bytes, &rules);
        let site = Site { path: &candidate.path, text: &file.text, known, checks: self.checks(&rules) };
        file.records.iter().filter_map(|record| work(record, &site)).collect()
    }

    /// Whether a file had nothing to do with notes before the change that deletes or renames it.
    fn held_no_record(&self, candidate: &Candidate) -> bool {
        let is_foreign = |before: &Content| match before {
            Content::Bytes(bytes) => {
                let file = self.read(&candidate.path, bytes.clone());
                file.records.is_empty()
                    && file.errors.is_empty()
                    && file.unexpected.is_empty()
                    && file.misplaced.is_empty()
            }
            Content::Absent => true,
            Content::Refused(_) | Content::SetAside(_) => false,
        };
        !candidate.before.is_empty() && candidate.before.iter().all(is_foreign)
    }

    pub(super) fn judge_content(&self, path: NotePath, after: Content, known: &RunContext) -> JudgedFile {
        match after {
            Content::Bytes(bytes) => self.judge_bytes(path, bytes, known),
            Content::Absent => JudgedFile::without_text(path, Vec::new(), Some(SkipReason::Deleted)),
            Content::SetAside(reason) => {
                let reason = match reason {
                    SetAside::OtherRepository => SkipReason::OtherRepository,
                    SetAside::Configuration => SkipReason::Configuration,
                };
                JudgedFile::without_text(path, Vec::new(), Some(reason))
            }
            Content::Refused(refusal) => {
                let finding = Finding::new(UNREADABLE, Severity::Error, Target::File, refusal_message(&refusal))
                    .with_help(refusal_help(&refusal));
                JudgedFile::without_text(path, vec![finding], None)
            }
        }
    }

    /// Reads the bytes of a file and lets the rules speak.
    pub(super) fn judge_bytes(&self, path: NotePath, bytes: Vec<u8>, known: &RunContext) -> JudgedFile {
        let rules = self.config.rules_of(&path);
        let mut file = self.read_by(&path, bytes, &rules);
        let checks = self.checks(&rules);
        let findings = checks.check_file(&file);
        let site = Site { path: &path, text: &file.text, known, checks };
        let has_records = !file.records.is_empty();
        let all = std::mem::take(&mut file.records).into_iter();
        let records: Vec<JudgedRecord> = all.filter_map(|record| self.judge_record(record, &site)).collect();
        let skipped = match () {
            () if !findings.is_empty() || !records.is_empty() => None,
            () if !has_records => Some(SkipReason::NoRecord),
            () => Some(SkipReason::Unchanged),
        };
        JudgedFile { path, text: file.text, records, findings, skipped }
    }

    /// Judges a record that is the whole of `text`.
    pub(super) fn judge_alone(
        &self,
        path: NotePath,
        text: SourceText,
        record: NoteRecord,
        known: &RunContext,
    ) -> JudgedFile {
        let rules = self.config.general_rules();
        let checks = self.checks(&rules);
        let judged = self.judge_record(record, &Site { path: &path, text: &text, known, checks });
        JudgedFile { path, text, records: judged.into_iter().collect(), findings: Vec::new(), skipped: None }
    }

    /// A record with what the rules say about it; nothing when the run does not judge it.
    fn judge_record(&self, record: NoteRecord, site: &Site<'_>) -> Option<JudgedRecord> {
        let change = site.known.base.change(site.path, &record);
        let is_changed = self.is_written_by(&change, &record);
        let duplicate = site.known.duplicates.finding(site.path, record.index);
        if !is_changed && duplicate.is_none() && self.scope != Scope::All {
            return None;
        }
        let checks = &site.checks;
        let mut checked = checks.check_note(&record, &change.before());
        checks.advise(&record, &mut checked);
        let CheckedNote { reading, waiver_errors, mut findings, judged, confidence } = checked;
        findings.extend(duplicate.cloned().and_then(|finding| checks.levelled(finding)));
        let is_compared = judged == Judged::Fully && self.compares_notes();
        let fingerprint = if is_compared { self.fingerprint(&checks.case(&record, &reading), site) } else { None };
        let identity = site.known.base.identity(site.path, &record);
        let before = match self.notes_before {
            NotesBefore::LeftOut => None,
            NotesBefore::Told => before(&change, checks),
        };
        Some(JudgedRecord {
            record,
            reading,
            waiver_errors,
            findings,
            fingerprint,
            is_changed,
            confidence,
            identity,
            before,
        })
    }

    /// What the records of a file are checked with whose rules these are.
    pub(super) fn checks<'c>(&'c self, rules: &'c FileRules<'_>) -> CheckContext<'c> {
        let (levels, settings) = (&*rules.levels, &*rules.settings);
        let Self { playbook, today, writer, .. } = *self;
        CheckContext { playbook, levels, settings, today, writer, second: self.config.second_reader.reader() }
    }

    /// What the note of a record that no rule looks at looks like beside other notes.
    fn fingerprint_unjudged(&self, record: &NoteRecord, site: &Site<'_>) -> Option<Fingerprint> {
        self.draft(record, site).filter(|_| self.is_compared(record, site))
    }

    /// Whether the note of a record that no rule looks at is compared with others.
    fn is_compared(&self, record: &NoteRecord, site: &Site<'_>) -> bool {
        copied_note::is_compared(&site.checks.case(record, &read_note(record, self.playbook)))
    }

    /// What the note of a record looks like beside other notes.
    fn fingerprint(&self, case: &Case<'_>, site: &Site<'_>) -> Option<Fingerprint> {
        site.known.fingerprinter.fingerprint(case, site.path, line(case.record, site))
    }

    /// The same, whatever the note says.
    pub(super) fn draft(&self, record: &NoteRecord, site: &Site<'_>) -> Option<Fingerprint> {
        site.known.fingerprinter.draft(record, site.path, line(record, site))
    }

    /// Whether the change wrote the record.
    pub(super) fn is_written(&self, record: &NoteRecord, site: &Site<'_>) -> bool {
        self.is_written_by(&site.known.base.change(site.path, record), record)
    }

    fn is_written_by(&self, change: &Change<'_>, record: &NoteRecord) -> bool {
        change.is_judged() || self.is_of_another_workload(change, record)
    }

    /// Whether a record was renamed to another workload: a note is about its workload, and has to be judged anew.
    fn is_of_another_workload(&self, change: &Change<'_>, record: &NoteRecord) -> bool {
        let Change::Renamed { before: [before] } = change else { return false };
        let workload = |record: &NoteRecord| record.workload.value().and_then(|name| self.playbook.workload(name));
        workload(before) != workload(record)
    }

    /// The findings of a record once waivers have had their say.
    pub(super) fn waived(
        &self,
        record: &NoteRecord,
        errors: &WaiverErrors,
        findings: Vec<Finding>,
        checks: &CheckContext<'_>,
    ) -> Vec<Finding> {
        let findings = waiver::add_ending(waiver::apply(findings, record, errors), record, errors, self.today);
        findings.into_iter().filter_map(|finding| checks.levelled(finding)).collect()
    }

    /// Whether notes are compared with each other.
    pub(super) fn compares_notes(&self) -> bool {
        self.config.is_on_somewhere(copied_note::META.name)
    }
}

/// The line of a record's note, or of the record when it has none.
fn line(record: &NoteRecord, site: &Site<'_>) -> usize {
    site.text.position(record.note.value_span().unwrap_or(record.span).start).line
}

impl JudgedFile {
    /// The file without what its rules say about it as a whole: it came in as it is with a merge.
    fn without_own_findings(mut self) -> Self {
        self.findings.clear();
        self.skipped = self.skipped.or(self.records.is_empty().then_some(SkipReason::Unchanged));
        self
    }

    fn without_text(path: NotePath, findings: Vec<Finding>, skipped: Option<SkipReason>) -> Self {
        Self { path, text: SourceText::new(String::new()), records: Vec::new(), findings, skipped }
    }
}

pub(crate) fn refusal_message(refusal: &ReadError) -> String {
    match refusal {
        ReadError::SymbolicLink => "this is a symbolic link, and links are never followed".to_owned(),
        ReadError::Folder => "this is a folder in the place of a note file".to_owned(),
        ReadError::SpecialFile => "this is not a regular file but a pipe, a socket or a device".to_owned(),
        ReadError::TooLarge { size, limit } => {
            format!("the file is too large: {size} bytes, and at most {limit} bytes are read")
        }
        ReadError::Unreadable(reason) | ReadError::Object(reason) | ReadError::NotFetched(reason) => {
            format!("the file could not be read: {reason}")
        }
    }
}

pub(crate) fn refusal_help(refusal: &ReadError) -> &'static str {
    match refusal {
        ReadError::SymbolicLink => {
            "Put the note itself here in place of the link, or name the file under `exclude` in notegate.yaml."
        }
        ReadError::Folder => "Put the note file back, or name its path under `exclude` in notegate.yaml.",
        ReadError::SpecialFile => "Put a regular file here, or name it under `exclude` in notegate.yaml.",
        ReadError::TooLarge { .. } => "Split the file into several smaller ones, for example one for each customer.",
        ReadError::Object(_) => "See what git says to: git fsck",
        ReadError::NotFetched(_) => "Check the network and your access with: git fetch",
        ReadError::Unreadable(_) => {
            "Give yourself permission to read the file (`ls -l` shows the permissions), then run again."
        }
    }
}

/// The note before the change; of several sides that of the first that git names.
fn before(change: &Change<'_>, checks: &CheckContext<'_>) -> Option<BeforeReport> {
    let before = change.before();
    let record = before.first()?;
    let grade = match record.note {
        Field::Missing | Field::WrongType(_) => Grade::Poor,
        Field::Null(_) | Field::Value(_) => checks.grade_of(record).0,
    };
    Some(BeforeReport { note: record.note.value().cloned().unwrap_or_default(), grade })
}
