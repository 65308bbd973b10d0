//! The rule `misplaced-record`.
//!
//! Ordinary YAML files are full of single words such as `note`, `status` and `customer`, so no key counts by itself:
//!
//! - Fields add up. `refresh_summary` is enough alone; `customer`, `workload` and `note` weigh three each, `status` one,
//!   and one more when its value is a status of the playbook. Five are needed, with a note, a refresh summary, or both
//!   status and workload among them, as for a record. A plural (`notes`, `customers`) weighs two, a slip of the pen
//!   less, and two weak fields are never enough.
//! - `Note:` alone is one only where nothing stands beside it: in a configuration it is a remark.
//! - Where no record is read, the fields of schemas, label files, orders and tags look alike, so there a status of the
//!   playbook or a note of three words or more is needed, and a workload, or a customer with such a status, or no other
//!   keys at all.
//! - A field that holds a group of fields does not count: `customer: {type: string}` describes one.
//! - Under `include` every document has to be a record, so there one key is enough.

use crate::finding::{Finding, Severity};
use crate::record::FieldName;
use crate::record::Nearness;
use crate::record::misplaced::{Misplaced, NearField, Shape, Site};
use crate::rules::record::unknown_status;
use crate::rules::{FileCase, Group, Meta, Rule, Waivable};

mod words;

pub(crate) const META: Meta = Meta {
    name: "misplaced-record",
    group: Group::File,
    default: Some(Severity::Error),
    waivable: Waivable::No,
    summary: "something looks like a record but is not read as one because of its keys, place or shape",
    explanation: "A record is read at the start of a document, as an item of a list there, or as an item of the list \
                  under `entitlements`, and its keys are written as the configuration names them. Anything else that \
                  looks like a record would not be judged, so it is reported.",
    guidance: "",
    examples: examples!("misplaced-record"),
};

/// How much is needed to look like a record.
const ENOUGH: u32 = 5;

/// Words that make a value a sentence rather than a label.
const SENTENCE: usize = 3;

pub(crate) struct MisplacedRecord;

impl Rule for MisplacedRecord {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_file(&self, case: &FileCase<'_>) -> Vec<Finding> {
        groups(case).into_iter().map(|group| words::finding(&group, case)).collect()
    }
}

/// Something that is nearly a record, and how many more like it its list or group of fields holds.
struct Like<'a> {
    first: &'a Misplaced,
    more: usize,
}

/// What is nearly a record, once for each list or group of fields that holds some. What stands inside is part of it.
fn groups<'a>(case: &FileCase<'a>) -> Vec<Like<'a>> {
    let mut groups: Vec<Like<'a>> = Vec::new();
    let mut end = 0;
    for misplaced in case.file.misplaced.iter().filter(|it| is_nearly_a_record(it, case)) {
        if misplaced.span.start < end {
            continue;
        }
        end = misplaced.span.end;
        match groups.last_mut() {
            Some(last) if are_alike(last.first, misplaced) => last.more += 1,
            _ => groups.push(Like { first: misplaced, more: 0 }),
        }
    }
    groups
}

/// Whether two likenesses stand in one list or group of fields. Where only records may stand, those with the same keys.
fn are_alike(left: &Misplaced, right: &Misplaced) -> bool {
    fn keys(it: &Misplaced) -> impl Iterator<Item = &str> {
        it.fields.iter().map(|field| field.written.value.as_str())
    }
    let are_together = left.container == right.container || left.site == Site::Required && keys(left).eq(keys(right));
    left.site == right.site && are_together
}

fn is_nearly_a_record(misplaced: &Misplaced, case: &FileCase<'_>) -> bool {
    let facts = Facts::of(misplaced, case);
    match (misplaced.site, misplaced.shape) {
        (Site::Required, _) => true,
        (Site::Document, _) => facts.is_record_here(),
        (Site::Entitlements, _) => facts.is_entitlement(),
        (Site::Nested, Shape::Text) | (Site::InRecord, Shape::Text) => facts.is_record_in_text(),
        (Site::Nested, _) => facts.is_record_elsewhere() || facts.is_record_and_nothing_else(),
        (Site::InRecord, _) => facts.is_record_elsewhere(),
    }
}

/// What speaks for a record.
struct Facts<'a> {
    misplaced: &'a Misplaced,
    /// The value of the status is one of the playbook's, or a slip of the pen for one.
    has_known_status: bool,
}

impl<'a> Facts<'a> {
    fn of(misplaced: &'a Misplaced, case: &FileCase<'_>) -> Self {
        let status = misplaced.fields.iter().find(|field| field.meant == FieldName::Status);
        let is_known = |written: &str| {
            case.playbook.status(written).is_some() || unknown_status::nearest(written, case.playbook).is_some()
        };
        let has_known_status = status.is_some_and(|status| is_known(&status.value));
        Self { misplaced, has_known_status }
    }

    fn field(&self, meant: FieldName) -> Option<&'a NearField> {
        self.misplaced.fields.iter().find(|field| field.meant == meant)
    }

    fn has(&self, meant: FieldName) -> bool {
        self.field(meant).is_some()
    }

    /// Whether the field is there by its own name, whatever its style.
    fn is_sure(&self, meant: FieldName) -> bool {
        self.field(meant).is_some_and(is_sure)
    }

    fn has_sentence(&self) -> bool {
        let note = self.field(FieldName::Note);
        note.is_some_and(|note| note.value.split_whitespace().nth(SENTENCE - 1).is_some())
    }

    fn weight(&self) -> u32 {
        self.misplaced.fields.iter().map(|field| self.weight_of(field)).sum()
    }

    fn weight_of(&self, field: &NearField) -> u32 {
        let has_workload = self.has(FieldName::Workload);
        match field.meant {
            FieldName::RefreshSummary => ENOUGH,
            FieldName::Status => u32::from(is_sure(field)) + u32::from(self.has_known_status) + u32::from(has_workload),
            FieldName::Note if field.nearness == Nearness::Slip => 1 + u32::from(self.has_sentence()),
            _ if is_sure(field) => 3,
            _ => 2,
        }
    }

    /// Whether there is what makes a record: a note, a refresh summary, or both a status and a workload.
    fn is_whole(&self) -> bool {
        self.has(FieldName::Note)
            || self.has(FieldName::RefreshSummary)
            || self.has(FieldName::Status) && self.has(FieldName::Workload)
    }

    /// Whether more than weak likenesses speak for it.
    fn is_firm(&self) -> bool {
        let firm = [FieldName::Customer, FieldName::Workload, FieldName::Note, FieldName::RefreshSummary];
        self.misplaced.fields.len() >= 4
            || self.has(FieldName::RefreshSummary)
            || firm.into_iter().any(|field| self.is_sure(field))
    }

    /// Where records are read.
    fn is_record_here(&self) -> bool {
        let is_sole_note = self.misplaced.other_keys == 0
            && self.misplaced.shape == Shape::Fields
            && self.misplaced.fields.len() == 1
            && self.is_sure(FieldName::Note)
            && self.has_sentence();
        is_sole_note || self.is_whole() && self.is_firm() && self.weight() >= ENOUGH
    }

    /// Under the key for entitlements the customer, and with a map the workload, may stand further out.
    fn is_entitlement(&self) -> bool {
        let has_note = self.is_sure(FieldName::Note) || self.has(FieldName::RefreshSummary);
        has_note || self.is_whole() && self.weight() >= 3 && (self.has_sentence() || self.has_known_status)
    }

    /// Where no record is read.
    fn is_record_elsewhere(&self) -> bool {
        if self.is_sure(FieldName::RefreshSummary) {
            return true;
        }
        let has_note = self.has(FieldName::Note);
        let by_workload =
            self.is_sure(FieldName::Workload) && (self.has_known_status || has_note && self.has_sentence());
        let by_customer = self.is_sure(FieldName::Customer) && self.has_known_status && has_note;
        self.is_whole() && self.weight() >= ENOUGH && (by_workload || by_customer)
    }

    /// Where no record is read, and nothing else stands beside it.
    fn is_record_and_nothing_else(&self) -> bool {
        self.misplaced.other_keys == 0
            && self.is_sure(FieldName::Note)
            && self.has_sentence()
            && (self.has_known_status || self.has(FieldName::Customer))
            && self.weight() >= ENOUGH
    }

    fn is_record_in_text(&self) -> bool {
        self.has(FieldName::Note)
            && self.has_known_status
            && (self.has(FieldName::Customer) || self.has(FieldName::Workload))
    }
}

/// Whether a key is a field's own name, whatever its style.
fn is_sure(field: &NearField) -> bool {
    matches!(field.nearness, Nearness::Exact | Nearness::Style)
}

#[cfg(test)]
mod tests;
