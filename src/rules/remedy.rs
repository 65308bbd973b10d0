//! The remedy for a writer: the guidance's template for the status of the record, with what the note already says put
//! into its slots.

use super::Case;
use crate::playbook::StatusKind;
use crate::reading::{Polarity, Reading, ReasonStrength};
use crate::text::NoteSpan;

/// The longest part of a note that is shown or put into a slot, in characters.
const LONGEST_PART: usize = 120;

/// A part of a note in quotation marks, shortened when it is long.
#[must_use]
pub fn quote(text: &str) -> String {
    format!("“{}”", shortened(text))
}

fn shortened(text: &str) -> String {
    let one_line: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if one_line.chars().count() <= LONGEST_PART {
        return one_line;
    }
    let kept: String = one_line.chars().take(LONGEST_PART - 1).collect();
    format!("{}…", kept.trim_end())
}

/// The template that fits the case, as help for the writer.
#[must_use]
pub fn template(case: &Case<'_>) -> String {
    let Some(kind) = case.kind() else {
        return "say whether the customer will use the service, and why".to_owned();
    };
    let status = case.playbook.statuses.iter().find(|status| status.kind == kind);
    let templates = status.map(|status| status.templates.as_slice()).unwrap_or_default();
    let chosen = choose(kind, case.reading, templates);
    match chosen {
        Some(template) => format!("write it like this: {}", fill(template, case)),
        None => {
            "say why it is called a duplicate or invalid: which licences are counted twice, where they are counted \
                 too, and how that came about"
                .to_owned()
        }
    }
}

/// For a blocked customer the template in which the fewest slots stay open; otherwise the first with slots, or the
/// first.
fn choose<'a>(kind: StatusKind, reading: &Reading, templates: &'a [String]) -> Option<&'a String> {
    match kind {
        StatusKind::Blocked if reading.stance.turns.is_some() => templates.last(),
        StatusKind::Blocked => templates.get(1).or_else(|| templates.first()),
        StatusKind::InProgress => {
            templates.iter().find(|template| template.contains('[')).or_else(|| templates.first())
        }
        StatusKind::StatusUnknown => templates.last(),
        StatusKind::NoIntent | StatusKind::DuplicateInvalid => templates.first(),
    }
}

/// Puts what the note says into the template.
fn fill(template: &str, case: &Case<'_>) -> String {
    let note = case.note_text().unwrap_or_default();
    let mut text = template.to_owned();
    if let Some(workload) = case.record.workload.value().filter(|name| !name.trim().is_empty()) {
        let name = shortened(workload);
        text = text.replace("deploy workload", &format!("deploy {name}"));
        text = text.replace("deploying workload", &format!("deploying {name}"));
        text = text.replace("this workload", &name);
        text = text.replace("use service", &format!("use {name}"));
        text = text.replace("to service", &format!("to {name}"));
    }
    let Some(known) = known_part(case.reading) else { return text };
    let part = shortened(known.of(note).trim_matches(|c: char| c.is_whitespace() || ".,;:".contains(c)));
    for slot in ["[primary issue]", "[phase of deployment]", "[details]"] {
        if text.contains(slot) && !part.is_empty() && !part.contains('[') {
            return text.replacen(slot, &part, 1);
        }
    }
    text
}

/// The part of the note that already gives a why or a state.
fn known_part(reading: &Reading) -> Option<NoteSpan> {
    let told = reading.reason != ReasonStrength::None
        || reading.intent == Polarity::Positive && reading.state != ReasonStrength::None;
    reading.reason_span.filter(|_| told && reading.slots.is_empty())
}
