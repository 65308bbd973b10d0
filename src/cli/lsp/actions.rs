//! What the editor can do to a record on the writer's behalf. Nothing is offered that would not come out as it should.

use super::diagnostics::findings;
use super::place::{holds, text};
use super::splice::{Change, Desk, Splice};
use crate::record::{NoteRecord, Problem};
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
        if let Some(record) = record {
            offer(record, finding, desk, &mut actions);
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

/// Adds what can be done about one finding.
fn offer<'r>(record: &NoteRecord, finding: &'r FindingReport, desk: Desk<'_>, actions: &mut Vec<Action<'r>>) {
    let playbook = desk.engine.playbook;
    let mut push = |title: String, likely, change: &Change| {
        if let Some(splice) = desk.plan(record, change) {
            actions.push(Action { title, finding: Some(finding), likely, splice });
        }
    };
    let written = text(&record.status).unwrap_or_default();
    match finding.rule {
        "status-spelling" | "unknown-status" => {
            let known = playbook.status(written).map(|status| status.name.as_str());
            if let Some(name) = known.or_else(|| playbook.proposed_status(written)) {
                push(format!("Write the status as {name}"), Likely::Very, &Change::Status(name.to_owned()));
            }
        }
        "misspelt-field" => {
            let meant = record.problems.iter().find_map(|problem| match problem {
                Problem::MisspeltField { written, meant, .. } if written.span.start == finding.places.main.start => {
                    Some((written.span, *meant))
                }
                _ => None,
            });
            if let Some((span, meant)) = meant {
                let rules = desk.engine.config.rules_of(desk.path);
                let key = rules.settings.fields.key(meant);
                push(format!("Rename the key to {key}"), Likely::Very, &Change::Key(span, meant));
            }
        }
        "refresh-missing" | "refresh-stale" | "date-mismatch" => {
            push(ADD_ENTRY.to_owned(), Likely::Very, &Change::Entry);
        }
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
