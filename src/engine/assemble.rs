//! From judged records to the frozen types of the report.

use super::judge::{JudgedFile, JudgedRecord};
use super::place::{Underline, excerpt, first_line, locate};
use super::redact::redacted;
use super::{Engine, NoteText};
use crate::finding::{Finding, Fix, Severity, Target};
use crate::grade::Verdict;
use crate::reading::{Reading, ReasonKind};
use crate::record::{FieldName, NoteRecord};
use crate::report::model::{Excerpt, FileReport, FindingReport, MarkKind, MendedBy, ReadingReport, RecordReport};
use crate::rules::grade_of;
use crate::text::{ByteSpan, NoteSpan, SourceText};

impl Engine<'_> {
    /// The report on one file.
    pub(super) fn assemble(&self, file: JudgedFile) -> FileReport {
        let path = file.path.display().into_owned();
        let text = &file.text;
        let mut findings: Vec<FindingReport> =
            file.findings.into_iter().map(|finding| self.finding(finding, None, text)).collect();
        sort(&mut findings);
        let mut records: Vec<RecordReport> =
            file.records.into_iter().map(|record| self.record(&path, record, text)).collect();
        records.sort_by_key(|record| (record.line, record.index));
        let report = FileReport { path, records, findings, skipped: file.skipped };
        match self.note_text {
            NoteText::Shown => report,
            NoteText::Redacted => redacted(report, self.playbook),
        }
    }

    fn record(&self, path: &str, judged: JudgedRecord, text: &SourceText) -> RecordReport {
        let JudgedRecord { record, reading, waiver_errors, findings, is_changed, confidence, .. } = judged;
        let findings = self.waived(&record, &waiver_errors, findings);
        // The grade says what the note is worth, waived or not; a waiver takes away the block alone.
        let grade = grade_of(&record, &findings);
        let counted: Vec<Finding> = findings.iter().filter(|finding| finding.counts()).cloned().collect();
        let worst: Option<Severity> = counted.iter().map(|finding| finding.severity).max();
        let counted_grade = grade_of(&record, &counted);
        let verdict = Verdict::of(counted_grade, worst, self.fail_on);
        let verdict_on_note = Verdict::of(counted_grade, None, self.fail_on);
        let mut findings: Vec<FindingReport> = findings
            .into_iter()
            .map(|finding| self.finding(finding, Some(Subject { record: &record, reading: &reading }), text))
            .collect();
        sort(&mut findings);
        RecordReport {
            path: path.to_owned(),
            index: record.index,
            line: text.position(record.span.start).line,
            customer: record.customer.value().cloned(),
            workload: record.workload.value().cloned(),
            status: record.status.value().cloned(),
            grade,
            blocked: verdict == Verdict::Blocked,
            blocked_by_note: verdict_on_note == Verdict::Blocked,
            changed: is_changed,
            reading: self.reading(&reading, &record),
            confidence,
            findings,
        }
    }

    fn reading(&self, reading: &Reading, record: &NoteRecord) -> ReadingReport {
        let note = record.note.value().map(String::as_str).unwrap_or_default();
        let shown = |span: NoteSpan| span.of(note).to_owned();
        let status = record.status.value().and_then(|status| self.playbook.status(status)).map(|status| status.kind);
        let kind = reading.kind_of_reason(status);
        ReadingReport {
            intent: reading.intent,
            intent_text: reading.intent_span.map(shown),
            reason_text: reading.reason_span.map(shown),
            reason_kind: ReasonKind::name_of(kind),
            reason_kind_text: kind.map(|kind| shown(kind.words)),
            specifics: reading.specifics.iter().copied().map(shown).collect(),
        }
    }

    fn finding(&self, finding: Finding, subject: Option<Subject<'_>>, text: &SourceText) -> FindingReport {
        let span = locate(&finding.target, subject.map(|subject| subject.record), text);
        let (start, end) = (text.position(span.start), text.position(span.end));
        let excerpt = excerpt_of(&finding, span, subject, text);
        let mended_by = finding.fix.as_ref().and_then(mended_by);
        let (waived, Finding { rule, severity, message, help, named_paths, .. }) = (!finding.counts(), finding);
        FindingReport {
            rule,
            severity,
            message,
            help,
            waived,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            excerpt,
            mended_by,
            named_paths,
        }
    }
}

fn mended_by(fix: &Fix) -> Option<MendedBy> {
    match fix {
        Fix::AddEntry => Some(MendedBy::Refresh),
        Fix::ByHand { .. } => None,
        _ => Some(MendedBy::Fix),
    }
}

/// The record that a finding is about.
#[derive(Clone, Copy)]
struct Subject<'a> {
    record: &'a NoteRecord,
    reading: &'a Reading,
}

fn sort(findings: &mut [FindingReport]) {
    findings.sort_by(|a, b| (a.line, a.column, a.rule, &a.message).cmp(&(b.line, b.column, b.rule, &b.message)));
}

/// The lines to show with a finding: where it points, its related places, and what the reader did find in the note.
fn excerpt_of(finding: &Finding, span: ByteSpan, subject: Option<Subject<'_>>, text: &SourceText) -> Option<Excerpt> {
    if finding.target == Target::File {
        return None;
    }
    let record = subject.map(|subject| subject.record);
    let found = subject.filter(|_| points_into_note(&finding.target)).map(parts_found).unwrap_or_default();
    // When the whole note is meant, its key is underlined in its place: lines under lines could not be told apart.
    let key = record.filter(|_| finding.target == WHOLE_NOTE && !found.is_empty()).and_then(|r| r.note.key_span());
    let main = key.unwrap_or(span);
    let mut underlines = vec![Underline { span: main, kind: MarkKind::Finding, label: None }];
    for (place, label) in &finding.related {
        let span = first_line(locate(place, record, text), text);
        underlines.push(Underline { span, kind: MarkKind::Context, label: Some(label.clone()) });
    }
    for (span, label) in found.into_iter().filter(|(span, _)| span.end <= main.start || span.start >= main.end) {
        underlines.push(Underline { span, kind: MarkKind::Context, label: Some(label.to_owned()) });
    }
    excerpt(underlines, text)
}

/// What the reader found in a note, to show beside what is wrong with it.
fn parts_found(subject: Subject<'_>) -> Vec<(ByteSpan, &'static str)> {
    let Subject { record, reading } = subject;
    let parts = [(reading.intent_span, "the intent"), (reading.reason_span, "the reason")];
    parts.into_iter().filter_map(|(part, label)| Some((record.locate(part?), label))).collect()
}

/// The note as a whole.
const WHOLE_NOTE: Target = Target::Value(FieldName::Note);

fn points_into_note(place: &Target) -> bool {
    matches!(place, Target::Note(_)) || *place == WHOLE_NOTE
}
