//! The rule `waiver-ending`.

use crate::day::Today;
use crate::finding::{Finding, Severity, Target};
use crate::record::Waiver;
use crate::rules::{Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "waiver-ending",
    group: Group::Record,
    default: Some(Severity::Warning),
    waivable: Waivable::No,
    summary: "a waiver ends within 14 days",
    explanation: "From the day after its last day a waiver has no effect, and what it sets aside blocks the next change \
                  of the record. Two weeks before, there is time to correct the note, or to agree on a later day. A \
                  waiver that sets nothing aside is reported by `waiver-unused` instead. `notegate waivers` lists all \
                  waivers with their ends.",
    guidance: "",
    examples: examples!("waiver-ending"),
};

/// So many days before the last one a waiver is reported.
const DAYS: i32 = 14;

/// What waivers set aside is known to [`super::add_ending`], which makes the findings.
pub(crate) struct WaiverEnding;

impl Rule for WaiverEnding {
    fn meta(&self) -> &'static Meta {
        &META
    }
}

/// Whether the end of a waiver so many days from now is near.
pub(crate) fn is_near(days: i32) -> bool {
    (0..=DAYS).contains(&days)
}

/// The finding for `waiver`, which sets findings of `rule` aside; nothing unless it ends soon.
pub(super) fn finding(rule: &str, waiver: &Waiver, today: Today) -> Option<Finding> {
    let day = waiver.until.value()?.day?;
    let days = today.days_until(day);
    let when = match days {
        days if !is_near(days) => return None,
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        days => format!("in {days} days"),
    };
    let span = waiver.until.value_span().unwrap_or(waiver.span);
    let message = format!("the waiver of `{rule}` ends {when}, on {day}");
    let help = "Correct what it sets aside and delete it, or agree on a later day.";
    Some(Finding::new(META.name, Severity::Warning, Target::Bytes(span), message).with_help(help))
}
