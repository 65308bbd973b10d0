//! From judged records to the frozen types of the report.

use super::judge::{JudgedFile, JudgedRecord};
use super::place::{Underline, excerpt, first_line, locate};
use super::redact::redacted;
use super::{Engine, NoteText};
use crate::edit;
use crate::emptiness::is_blank;
use crate::finding::{Finding, Fix, Severity, Target};
use crate::grade::Verdict;
use crate::reading::{Reading, ReasonKind};
use crate::record::{FieldName, NoteRecord, RefreshEntry, Waiver};
use crate::report::model::{
    Excerpt, FileReport, FindingReport, MarkKind, MendedBy, Places, ReadingReport, RecordReport, RecordWaiver,
    WaiverReport, WaiverScope,
};
use crate::rules::waiver::WaiverState;
use crate::rules::{CheckContext, grade_of, waiver};
use crate::text::{ByteSpan, NoteSpan, SourceText};
use std::collections::HashSet;

impl Engine<'_> {
    /// The report on one file.
    pub(super) fn assemble(&self, file: JudgedFile) -> FileReport {
        let rules = self.config.rules_of(&file.path);
        let checks = self.checks(&rules);
        let path = file.path.display().into_owned();
        let text = &file.text;
        let edited = self.editable(&file);
        let is_editable = |span: ByteSpan| edited.contains(&span);
        let mut findings: Vec<FindingReport> = file
            .findings
            .into_iter()
            .map(|finding| {
                let mended_by = finding.fix.as_ref().filter(|fix| groups(fix).all(is_editable)).and_then(mended_by);
                FindingReport { mended_by, ..self.finding(finding, None, text) }
            })
            .collect();
        sort(&mut findings);
        let record = |record: JudgedRecord| {
            let editable = if is_editable(record.record.span) { Editable::Yes } else { Editable::No };
            self.record(&path, record, text, &checks, editable)
        };
        let mut records: Vec<RecordReport> = file.records.into_iter().map(record).collect();
        records.sort_by_key(|record| (record.line, record.index));
        let report = FileReport { path, records, findings, skipped: file.skipped };
        match self.note_text {
            NoteText::Shown => report,
            NoteText::Redacted => redacted(report, self.playbook),
        }
    }

    /// Those places of a file with a fix that can be edited. Most files have no fix, and are not read again for it.
    fn editable(&self, file: &JudgedFile) -> HashSet<ByteSpan> {
        let of_file = file.findings.iter().filter_map(|finding| finding.fix.as_ref()).flat_map(groups);
        let has_fix = |record: &&JudgedRecord| record.findings.iter().any(|finding| finding.fix.is_some());
        let of_records = file.records.iter().filter(has_fix).map(|record| record.record.span);
        let spans: Vec<ByteSpan> = of_file.chain(of_records).collect();
        if spans.is_empty() { HashSet::new() } else { edit::editable(&file.text, &self.limits, &spans) }
    }

    fn record(
        &self,
        path: &str,
        judged: JudgedRecord,
        text: &SourceText,
        checks: &CheckContext<'_>,
        editable: Editable,
    ) -> RecordReport {
        let JudgedRecord { record, reading, waiver_errors, findings, is_changed, confidence, .. } = judged;
        let waivers = waiver::in_force(&record, &waiver_errors);
        let findings = self.waived(&record, &waiver_errors, findings, checks);
        // The grade says what the note is worth, waived or not; a waiver takes away the block alone.
        let grade = grade_of(&record, &findings);
        let counted: Vec<Finding> = findings.iter().filter(|finding| finding.counts()).cloned().collect();
        let worst: Option<Severity> = counted.iter().map(|finding| finding.severity).max();
        let counted_grade = grade_of(&record, &counted);
        let verdict = Verdict::of(counted_grade, worst, self.fail_on);
        let verdict_on_note = Verdict::of(counted_grade, None, self.fail_on);
        let mut findings: Vec<FindingReport> = findings
            .into_iter()
            .map(|finding| {
                let fix = finding.fix.as_ref().filter(|_| editable == Editable::Yes && finding.counts());
                let mended_by = fix.and_then(mended_by);
                let subject = Subject { record: &record, reading: &reading };
                FindingReport { mended_by, ..self.finding(finding, Some(subject), text) }
            })
            .collect();
        for finding in findings.iter_mut().filter(|finding| finding.waived) {
            finding.waiver = waivers.get(finding.rule).copied().map(waiver_report);
        }
        sort(&mut findings);
        let used = |rule: &str| findings.iter().any(|finding| finding.waived && finding.rule == rule);
        let listed = waiver::list(&record, &waiver_errors, used);
        let listed = listed.into_iter().map(|state| listed_waiver(state, &record, text)).collect();
        let newest = newest_entry(&record);
        let status = record.status.value().and_then(|status| self.playbook.status(status));
        let refreshed = newest.and_then(|entry| entry.date.value()?.day).map(|day| day.to_string());
        let who = || newest.and_then(|entry| entry.who_changed.value()).filter(|who| !is_blank(who)).cloned();
        RecordReport {
            path: path.to_owned(),
            index: record.index,
            line: text.position(record.span.start).line,
            customer: record.customer.value().cloned(),
            workload: record.workload.value().cloned(),
            workload_name: self.workload_name(&record),
            status: record.status.value().cloned(),
            status_name: status.map(|status| status.name.clone()),
            status_kind: status.map(|status| status.kind),
            grade,
            blocked: verdict == Verdict::Blocked,
            blocked_by_note: verdict_on_note == Verdict::Blocked,
            changed: is_changed,
            reading: self.reading(&reading, &record),
            confidence,
            owner: record.owner.clone().or_else(who),
            code_owners: Vec::new(),
            refreshed,
            findings,
            identity: judged.identity.key(),
            note: record.note.value().cloned(),
            before: judged.before,
            waivers: listed,
        }
    }

    fn workload_name(&self, record: &NoteRecord) -> Option<String> {
        let known = self.playbook.workload(record.workload.value()?)?;
        Some(self.playbook.workload_name(known).to_owned())
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
        let record = subject.map(|subject| subject.record);
        let related = finding.related.iter().map(|(place, label)| {
            let span = first_line(locate(place, record, text), text);
            (span.start..span.end, label.clone())
        });
        let places = Places { main: span.start..span.end, related: related.collect() };
        let (waived, Finding { rule, severity, message, help, named_paths, fix, .. }) = (!finding.counts(), finding);
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
            mended_by: None,
            named_paths,
            fix,
            places,
            waiver: None,
        }
    }
}

/// Whether the record of a finding is written in a way that can be edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Editable {
    Yes,
    No,
}

/// The groups of fields that a fix of a file changes.
fn groups(fix: &Fix) -> impl Iterator<Item = ByteSpan> {
    let groups = match fix {
        Fix::RenameKeys(groups) => groups.as_slice(),
        _ => &[],
    };
    groups.iter().filter(|group| !group.keys.is_empty()).map(|group| group.span)
}

/// The command that makes a fix.
fn mended_by(fix: &Fix) -> Option<MendedBy> {
    match fix {
        Fix::AddEntry => Some(MendedBy::Refresh),
        Fix::ByHand { .. } => None,
        _ => Some(MendedBy::Fix),
    }
}

fn waiver_report(waiver: &Waiver) -> WaiverReport {
    WaiverReport {
        reason: waiver.reason.value().map(|reason| reason.trim().to_owned()).unwrap_or_default(),
        until: waiver.until.value().and_then(|until| until.day).map(|day| day.to_string()),
    }
}

fn listed_waiver(
    WaiverState { waiver, effect, errors }: WaiverState<'_>,
    record: &NoteRecord,
    text: &SourceText,
) -> RecordWaiver {
    let is_own = record.span.start <= waiver.span.start && waiver.span.end <= record.span.end;
    RecordWaiver {
        line: text.position(waiver.span.start).line,
        rule: waiver.rule.value().cloned(),
        reason: waiver.reason.value().map(|reason| reason.trim().to_owned()),
        until: waiver.until.value().and_then(|until| until.day),
        scope: if is_own { WaiverScope::Record } else { WaiverScope::Customer },
        effect,
        errors,
    }
}

/// The entry of the refresh summary with the latest date; of several the first, and where none has a date, the first of
/// all.
fn newest_entry(record: &NoteRecord) -> Option<&RefreshEntry> {
    let entries = record.refresh_summary.value()?;
    let day = |entry: &RefreshEntry| entry.date.value().and_then(|date| date.day);
    let latest = entries.iter().filter_map(day).max();
    entries.iter().find(|entry| day(entry) == latest)
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
