//! The parts of a SARIF log that this program writes, by the names of the standard.

use super::message::{Message, plain, uri};
use crate::finding::Severity;
use crate::grade::Grade;
use crate::report::model::{RecordReport, Summary, Tool, WaiverReport};
use crate::report::rules_page;
use crate::rules::{Confidence, Meta, REGISTRY};
use serde::Serialize;

/// The schema of the standard.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The root that relative addresses count from.
const ROOT: &str = "%SRCROOT%";

/// The whole document.
#[derive(Debug, Serialize)]
pub(super) struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: SarifTool,
    column_kind: &'static str,
    invocations: [Invocation; 1],
    results: Vec<SarifResult>,
    properties: Counts,
}

/// What the run examined.
#[derive(Debug, Serialize)]
struct Counts {
    summary: Summary,
}

#[derive(Debug, Serialize)]
struct SarifTool {
    driver: Driver,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

/// A rule.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Message,
    full_description: Message,
    help: Help,
    default_configuration: Configuration,
    properties: Tags,
}

#[derive(Debug, Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Debug, Serialize)]
struct Configuration {
    enabled: bool,
    level: &'static str,
}

#[derive(Debug, Serialize)]
struct Tags {
    tags: [&'static str; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation {
    execution_successful: bool,
    tool_execution_notifications: Vec<Notification>,
}

/// Something to know about the run.
#[derive(Debug, Serialize)]
pub(super) struct Notification {
    level: &'static str,
    message: Message,
}

/// A finding.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct SarifResult {
    pub(super) rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rule_index: Option<usize>,
    pub(super) level: &'static str,
    pub(super) message: Message,
    pub(super) locations: Vec<Place>,
    pub(super) partial_fingerprints: Fingerprint,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) suppressions: Option<Vec<Suppression>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) properties: Option<Properties>,
}

/// What a finding is known by in the next run.
#[derive(Debug, Serialize)]
pub(super) struct Fingerprint {
    /// The only one that GitHub looks at.
    #[serde(rename = "primaryLocationLineHash")]
    github: String,
    #[serde(rename = "recordAndRule/v1")]
    own: String,
}

/// A place in a file.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Place {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    logical_locations: Vec<LogicalLocation>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

/// Lines and columns from 1; columns in characters, the last one past the end.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Region {
    pub(super) start_line: usize,
    pub(super) start_column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

/// The record.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
    kind: &'static str,
}

/// A waiver.
#[derive(Debug, Serialize)]
pub(super) struct Suppression {
    kind: &'static str,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    justification: Option<String>,
}

/// What the record says of itself.
#[derive(Debug, Serialize)]
pub(super) struct Properties {
    customer: Option<String>,
    workload: Option<String>,
    status: Option<String>,
    owner: Option<String>,
    grade: Grade,
    confidence: Confidence,
    blocked: bool,
}

impl Log {
    pub(super) fn new(results: Vec<SarifResult>, notification: Option<Notification>, summary: Summary) -> Self {
        let Tool { name, version } = Tool::THIS;
        let rules = REGISTRY.iter().map(|rule| Descriptor::new(rule.meta())).collect();
        let driver = Driver { name, version, semantic_version: version, rules };
        let invocation =
            Invocation { execution_successful: true, tool_execution_notifications: notification.into_iter().collect() };
        let run = Run {
            tool: SarifTool { driver },
            column_kind: "unicodeCodePoints",
            invocations: [invocation],
            results,
            properties: Counts { summary },
        };
        Self { schema: SCHEMA, version: "2.1.0", runs: [run] }
    }
}

impl Descriptor {
    fn new(meta: &Meta) -> Self {
        let group = match meta.group {
            crate::rules::Group::Note => "note",
            crate::rules::Group::Record => "record",
            crate::rules::Group::File => "file",
        };
        Self {
            id: meta.name,
            short_description: Message { text: meta.summary.to_owned() },
            full_description: Message { text: meta.explanation.to_owned() },
            help: Help { text: meta.explanation.to_owned(), markdown: rules_page::section_body(meta) },
            default_configuration: Configuration { enabled: meta.default.is_some(), level: level(meta.default) },
            properties: Tags { tags: [group] },
        }
    }
}

impl Notification {
    pub(super) fn warning(text: impl AsRef<str>) -> Self {
        Self { level: "warning", message: plain(text.as_ref()) }
    }
}

impl Fingerprint {
    pub(super) fn new(of_record_and_rule: String) -> Self {
        Self { github: of_record_and_rule.clone(), own: of_record_and_rule }
    }
}

impl Place {
    /// `subject` is the record there, if it is one.
    pub(super) fn new(path: &str, region: Region, subject: Option<String>) -> Self {
        let is_relative = !path.starts_with('/');
        let artifact_location = ArtifactLocation { uri: uri(path), uri_base_id: is_relative.then_some(ROOT) };
        let record = |name| LogicalLocation { fully_qualified_name: name, kind: "record" };
        Self {
            physical_location: PhysicalLocation { artifact_location, region },
            logical_locations: subject.into_iter().map(record).collect(),
        }
    }
}

impl Suppression {
    pub(super) fn new(waiver: Option<&WaiverReport>) -> Self {
        let until = |waiver: &WaiverReport| waiver.until.as_ref().map(|day| format!(" (until {day})"));
        let justification = waiver.map(|waiver| format!("{}{}", waiver.reason, until(waiver).unwrap_or_default()));
        Self { kind: "inSource", status: "accepted", justification }
    }
}

impl Properties {
    pub(super) fn of(record: &RecordReport) -> Self {
        Self {
            customer: record.customer.clone(),
            workload: record.workload.clone(),
            status: record.status.clone(),
            owner: record.owner.clone(),
            grade: record.grade,
            confidence: record.confidence,
            blocked: record.blocked,
        }
    }
}

/// The word of the standard for a severity.
pub(super) fn level(severity: Option<Severity>) -> &'static str {
    match severity {
        Some(Severity::Error) => "error",
        Some(Severity::Warning) => "warning",
        Some(Severity::Info) | None => "note",
    }
}
