//! From the report on a file to what the editor underlines.

use super::position::LineIndex;
use super::protocol::{
    Code, Diagnostic, DiagnosticMessage, DiagnosticParts, DiagnosticRelatedInformation, DiagnosticSeverity,
    DiagnosticTag, Location, Position, Range, Uri,
};
use crate::finding::Severity;
use crate::report::escape;
use crate::report::model::{FileReport, FindingReport};
use crate::text::ByteSpan;

/// The name under which the editor shows what this program says.
const SOURCE: &str = "notegate";

/// The rule whose findings are about something that can go.
const FADED: &str = "waiver-unused";

/// Every finding of a report, in the order of the file.
pub(super) fn findings(report: &FileReport) -> impl Iterator<Item = &FindingReport> {
    report.records.iter().flat_map(|record| &record.findings).chain(&report.findings)
}

/// What the editor shows of a report on `lines`.
pub(super) fn of_report(
    report: &FileReport,
    lines: &LineIndex<'_>,
    uri: &Uri,
    parts: DiagnosticParts,
) -> Vec<Diagnostic> {
    findings(report).map(|finding| of_finding(finding, lines, uri, parts)).collect()
}

/// What the editor shows of a finding.
pub(super) fn of_finding(
    finding: &FindingReport,
    lines: &LineIndex<'_>,
    uri: &Uri,
    parts: DiagnosticParts,
) -> Diagnostic {
    let range = |span: &std::ops::Range<usize>| lines.range(ByteSpan::new(span.clone()));
    let related = finding.places.related.iter().map(|(span, label)| DiagnosticRelatedInformation {
        location: Location { uri: uri.clone(), range: range(span) },
        message: escape::line(label).into_owned(),
    });
    let related: Vec<DiagnosticRelatedInformation> = related.filter(|_| parts.related).collect();
    let is_faded = parts.tags && (finding.waived || finding.rule == FADED);
    Diagnostic {
        range: range(&finding.places.main),
        severity: Some(severity(finding)),
        code: Some(Code::String(finding.rule.to_owned())),
        source: Some(SOURCE.to_owned()),
        message: DiagnosticMessage::String(message(finding)),
        tags: is_faded.then(|| vec![DiagnosticTag::Unnecessary]),
        related_information: Some(related).filter(|related| !related.is_empty()),
        ..Diagnostic::default()
    }
}

/// The message and, below it, what the writer can do. A client that shows one line shows the message.
fn message(finding: &FindingReport) -> String {
    let lead = if finding.waived { "waived: " } else { "" };
    let help = finding.help.as_ref().map(|help| format!("\n{}", escape::block(help))).unwrap_or_default();
    format!("{lead}{}{help}", escape::block(&finding.message))
}

fn severity(finding: &FindingReport) -> DiagnosticSeverity {
    match finding.severity {
        _ if finding.waived => DiagnosticSeverity::Hint,
        Severity::Error => DiagnosticSeverity::Error,
        Severity::Warning => DiagnosticSeverity::Warning,
        Severity::Info => DiagnosticSeverity::Information,
    }
}

/// An error on a whole line, counted from 1, under the name `code`.
pub(super) fn on_line(line: usize, lines: &LineIndex<'_>, code: &str, message: &str) -> Diagnostic {
    let line = u32::try_from(line.saturating_sub(1)).unwrap_or(u32::MAX);
    let start = lines.offset(Position { line, character: 0 });
    let end = lines.offset(Position { line, character: u32::MAX });
    Diagnostic {
        range: Range { start: lines.position(start), end: lines.position(end) },
        severity: Some(DiagnosticSeverity::Error),
        code: Some(Code::String(code.to_owned())),
        source: Some(SOURCE.to_owned()),
        message: DiagnosticMessage::String(escape::block(message).into_owned()),
        ..Diagnostic::default()
    }
}
