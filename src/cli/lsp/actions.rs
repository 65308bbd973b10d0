//! What the editor can do to a record on the writer's behalf. Nothing is offered that would not come out as it should.

use super::diagnostics::findings;
use super::place::{holds, text};
use super::splice::{Change, Desk, Splice};
use crate::finding::Fix;
use crate::record::NoteRecord;
use crate::report::model::{FileReport, FindingReport};
use crate::rules::{self, Group, Waivable};
use crate::text::ByteSpan;
use std::collections::BTreeSet;

/// The most findings for which something is offered at a time.
const MOST: usize = 20;

/// One thing that can be done.
#[derive(Debug)]
pub(super) struct Action<'r> {
    pub(super) title: String,
    /// The finding that it is for; nothing for what can be done at any time.
    pub(super) finding: Option<&'r FindingReport>,
    /// Whether it is what the writer most likely wants.
    pub(super) likely: Likely,
    pub(super) splice: Splice,
}

/// How likely an action is what the writer wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Likely {
    Very,
    Perhaps,
}

/// What can be done in a part of a file.
pub(super) fn at<'r>(part: ByteSpan, report: &'r FileReport, desk: Desk<'_>) -> Vec<Action<'r>> {
    let mut actions = Vec::new();
    let touches = |finding: &&FindingReport| {
        let main = &finding.places.main;
        !finding.waived && main.start <= part.end && part.start <= main.end
    };
    for finding in findings(report).filter(touches).take(MOST) {
        let owner = report.records.iter().find(|record| record.findings.iter().any(|own| std::ptr::eq(own, finding)));
        let record = owner.and_then(|owner| desk.file.records.iter().find(|record| record.index == owner.index));
        match (record, &finding.fix) {
            (Some(record), _) => offer(record, finding, desk, &mut actions),
            (None, Some(Fix::RenameKeys(groups))) => {
                let title = "Give the keys their right names".to_owned();
                let splice = desk.rename_keys(groups);
                let likely = Likely::Very;
                actions.extend(splice.map(|splice| Action { title, finding: Some(finding), likely, splice }));
            }
            (None, _) => {}
        }
    }
    // Several findings may ask for the same.
    let mut titles = BTreeSet::new();
    actions.retain(|action| titles.insert(action.title.clone()));
    let here = desk.file.records.iter().find(|record| holds(record.span, part.start));
    if let Some(record) = here.filter(|_| !actions.iter().any(|action| action.title == ADD_ENTRY)) {
        let splice = desk.plan(record, &Change::Entry);
        let title = ADD_ENTRY.to_owned();
        actions.extend(splice.map(|splice| Action { title, finding: None, likely: Likely::Perhaps, splice }));
    }
    actions
}

const ADD_ENTRY: &str = "Add an entry of today to the refresh summary";

/// What a fix of a rule is called; nothing for what is no fix of a record.
fn title_of(fix: &Fix, rule: &str) -> Option<String> {
    Some(match fix {
        Fix::RenameKey { to, .. } => format!("Rename the key to {to}"),
        Fix::SetScalar { to, .. } => format!("Write {to}"),
        Fix::ReplaceText { .. } if rule == "double-space" => "Leave one space between words".to_owned(),
        Fix::ReplaceText { .. } => "Take out the characters that nobody sees".to_owned(),
        Fix::NewestFirst => "Put the newest entry first".to_owned(),
        _ => return None,
    })
}

/// Adds what can be done about one finding.
fn offer<'r>(record: &NoteRecord, finding: &'r FindingReport, desk: Desk<'_>, actions: &mut Vec<Action<'r>>) {
    let playbook = desk.engine.playbook;
    let mut push = |title: String, likely, change: &Change| {
        if let Some(splice) = desk.plan(record, change) {
            actions.push(Action { title, finding: Some(finding), likely, splice });
        }
    };
    let written = text(&record.status).unwrap_or_default();
    match &finding.fix {
        Some(Fix::AddEntry) => push(ADD_ENTRY.to_owned(), Likely::Very, &Change::Entry),
        Some(fix) => {
            if let Some(title) = title_of(fix, finding.rule) {
                push(title, Likely::Very, &Change::Fix(fix.clone()));
            }
        }
        None => {}
    }
    match finding.rule {
        "unknown-status" => {
            if let Some(name) = playbook.proposed_status(written) {
                push(format!("Write {name}"), Likely::Very, &Change::Status(name.to_owned()));
            }
        }
        "refresh-stale" | "date-mismatch" => push(ADD_ENTRY.to_owned(), Likely::Perhaps, &Change::Entry),
        "missing-field" if record.refresh_summary.is_missing() => {
            push(ADD_ENTRY.to_owned(), Likely::Perhaps, &Change::Entry);
        }
        _ => {}
    }
    let Some(meta) = rules::find(finding.rule).map(|rule| rule.meta()) else { return };
    let lacks_note = finding.rule == "missing-field" && record.note.is_missing();
    if meta.group == Group::Note || lacks_note {
        let status = playbook.status(written);
        if let (Some(template), Some(status)) = (desk.engine.template_for(desk.path, record), status) {
            let is_blank = text(&record.note).is_none_or(|note| note.trim().is_empty());
            let verb = if is_blank { "Insert" } else { "Replace the note with" };
            push(format!("{verb} the template for {}", status.name), Likely::Perhaps, &Change::Note(template));
        }
    }
    if meta.waivable == Waivable::Yes {
        push(format!("Waive {} with a reason", meta.name), Likely::Perhaps, &Change::Waiver(meta.name));
    }
}
