//! What is shown where the pointer rests: the findings there, what was read of a note, what a key is for.

use super::diagnostics::findings;
use super::field_help;
use super::judgement::Opened;
use super::page::Page;
use super::place::{self, Part, Place, holds};
use super::protocol::Markup;
use crate::engine::Engine;
use crate::record::{FieldName, NoteRecord};
use crate::report::model::{FileReport, FindingReport};
use crate::report::trace::told;
use crate::rules;
use crate::text::ByteSpan;

/// The most findings that are shown at one place.
const MOST: usize = 4;

/// What there is to say at the byte `offset`, and where it applies.
pub(super) fn at(
    offset: usize,
    report: &FileReport,
    opened: &Opened<'_>,
    markup: Markup,
) -> Option<(Page, Option<ByteSpan>)> {
    let mut page = Page::new(markup);
    let span = |finding: &FindingReport| ByteSpan::new(finding.places.main.clone());
    let here: Vec<&FindingReport> =
        findings(report).filter(|finding| holds(span(finding), offset)).take(MOST).collect();
    for finding in &here {
        write_finding(finding, &mut page);
    }
    let file = opened.read();
    if let Some(place) = place::at(&file.records, offset) {
        write_place(place, report, opened, &mut page);
    }
    (!page.is_empty()).then(|| (page, here.first().map(|finding| span(finding))))
}

/// What is wrong, what the writer can do, and where the rule comes from.
fn write_finding(finding: &FindingReport, page: &mut Page) {
    let waived = if finding.waived { ", waived" } else { "" };
    page.title(&format!("{} ({}{waived})", finding.rule, finding.severity.name()));
    page.text(&finding.message);
    if let Some(help) = &finding.help {
        page.help(help);
    }
    if let Some(rule) = rules::find(finding.rule) {
        page.text(rule.meta().explanation);
        page.guidance(rule.meta().guidance);
    }
}

fn write_place(Place { record, part }: Place<'_>, report: &FileReport, opened: &Opened<'_>, page: &mut Page) {
    let engine = &opened.engine;
    match part {
        Part::Key(key) => {
            page.title(engine.config.rules_of(&opened.path).settings.fields.key_of(key));
            if let Some(field) = field_help::of(key) {
                field.write(page);
            }
            if key == FieldName::Note.key() {
                write_reading(record, report, engine, page);
            }
        }
        Part::Value(FieldName::Note) => write_reading(record, report, engine, page),
        Part::Value(FieldName::Status) => write_status(record, engine, page),
        Part::Value(_) | Part::Elsewhere => {}
    }
}

/// The grade of the note and what was read of it.
fn write_reading(record: &NoteRecord, report: &FileReport, engine: &Engine<'_>, page: &mut Page) {
    let Some(summary) = engine.summary_of(record) else { return };
    if let Some(graded) = report.records.iter().find(|graded| graded.index == record.index) {
        page.title(&format!("This note is {}", graded.grade.name()));
    }
    page.rows(&told(&summary));
}

/// The templates of the status.
fn write_status(record: &NoteRecord, engine: &Engine<'_>, page: &mut Page) {
    let Some(status) = place::text(&record.status).and_then(|written| engine.playbook.status(written)) else { return };
    if !status.templates.is_empty() {
        page.title(&format!("Templates for {}", status.name));
        page.code(&status.templates.join("\n"));
    }
}
