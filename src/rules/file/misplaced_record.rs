//! The rule `misplaced-record`.
//!
//! Ordinary YAML files are full of single words such as `note`, `status` and `customer`, so no key counts by itself:
//!
//! - Fields add up. `refresh_summary` is enough alone; `customer`, `workload` and `note` weigh three each, `status` one,
//!   and one more when its value is a status of the playbook. Five are needed, with a note, a refresh summary, or both
//!   status and workload among them, as for a record. A plural (`notes`, `customers`) and a key with a word more
//!   (`customerName`, `status_note`) weigh two, a slip of the pen less, and weak fields alone are not enough without a
//!   value that tells: a status or a workload of the playbook, or a note of three words or more.
//! - `Note:` alone is one only where nothing stands beside it: in a configuration it is a remark.
//! - A status that is none of the playbook (`paid`, `accepted`), without a workload and among other keys, is that of an
//!   invoice, an order or a decision.
//! - Where no record is read, the fields of schemas, label files, orders and tags look alike, so there a status of the
//!   playbook, a note of three words or more or a placeholder is needed, and a workload, or a customer with such a status,
//!   or no other keys at all. The key under which it stands may be the workload. Texts that only repeat their key are
//!   labels of a form.
//! - The columns of a table are weighed like the fields of a record that stands where none is read.
//! - `entitlements: Teams` beside a customer is one when a value tells a status, a workload or a note, or one of those
//!   fields stands beside it: `entitlements: [E3, E5]` are licences.
//! - Inside a record that was read only what names another customer or workload counts, and a note with a status of the
//!   playbook that says what the customer intends; the rest, such as earlier states and remarks, is the team's own.
//! - A second note among the keys of a record counts under its own name in another style, or with a status or a workload
//!   of the playbook beside it; by other words only with all four fields.
//! - A field that holds a group of fields does not count: `customer: {type: string}` describes one.
//! - Contacts, minutes and known issues have the same keys among others of their own, so there the workload or the status
//!   must be one of the playbook. Under `examples` or `columns` stand models; only a complete record counts there.
//! - A status of the playbook with a note and nothing else is one under a key of its own, whatever the note says; in a
//!   list something has to tell of the customer or a workload, too.
//! - Under `include` every document has to be a record, so there one key is enough.
//! - Keys with something around the name of a field (`ftc_customer`) count where two of them have the same around them.
//! - What becomes of jobs, tasks and tickets has a status and a note, too: something has to tell of a customer or a workload.
//! - Whatever its keys are, a group is one when the signs of a customer, a workload, a status and a note among its keys and
//!   its values add up; see `roles.rs`. A row of such values is one, and so are documents whose sentences say what somebody
//!   does about a workload; see `plain_text.rs`.
//! - Other words for the fields (`client`, `product`, `state`, `comment`) are in files of every kind: three of them count,
//!   with values that tell; see `synonyms.rs`.

use crate::finding::{Finding, Severity};
use crate::record::NoteRecord;
use crate::record::misplaced::{Misplaced, NearField, Shape, Site};
use crate::rules::{FileCase, Group, Meta, Rule, Waivable};
use crate::text::ByteSpan;
use facts::Facts;

mod facts;
mod plain_text;
mod roles;
mod synonyms;
mod telling;
mod words;

pub(super) use plain_text::{named_workload, tells_intent};

pub(crate) const META: Meta = Meta {
    name: "misplaced-record",
    group: Group::File,
    default: Some(Severity::Error),
    waivable: Waivable::No,
    summary: "something looks like a record but is not read as one because of its keys, place or shape",
    explanation: "A record is read at the start of a document, as an item of a list there, or as an item of the list \
                  under `entitlements`, and its keys are written as the configuration names them. Anything else that \
                  looks like a record would not be judged, so it is reported: keys in another style (`Customer`, \
                  `statusNote`), keys with the same beginning or end (`ftc_customer`, `ftc_note`) or in short (`cust`), other \
                  words for them (`client`, `product`, `comment`), any keys whose values are those of a record, records kept under an id or a customer, tables, \
                  `entitlements` without a list, and documents of nothing but sentences about a deployment. Other YAML files \
                  are left alone. One word of a record is not enough: it takes two of its fields, or one and a status of \
                  the playbook. Where other keys stand beside them, as in contacts, minutes and lists of known issues, a \
                  workload or a status of the playbook must be among their values. A status of the playbook with a note \
                  and nothing else counts under a key of its own, such as an id; in a list, the customer or a workload \
                  must be named as well. Under keys such as `examples`, `templates` and `columns` only a complete record \
                  counts. Under `include` every document must be a record, so there one field is enough.",
    guidance: "",
    examples: examples!("misplaced-record"),
};

pub(crate) struct MisplacedRecord;

impl Rule for MisplacedRecord {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_file(&self, case: &FileCase<'_>) -> Vec<Finding> {
        groups(case).into_iter().map(|group| words::finding(&group, case)).collect()
    }
}

/// Something that is nearly a record, and those like it that its list or group of fields holds, too.
struct Like<'a> {
    first: &'a Misplaced,
    others: Vec<&'a Misplaced>,
}

/// What is nearly a record, once for each list or group of fields that holds some. What stands inside is part of it.
fn groups<'a>(case: &FileCase<'a>) -> Vec<Like<'a>> {
    let of = |is_meant: fn(Shape) -> bool| {
        let all = case.file.misplaced.iter().filter(move |it| is_meant(it.shape));
        grouped(all.filter(|it| is_nearly_a_record(it, case)))
    };
    // What is told by its keys says more than a group that is told by all it holds, and the sentences around a record are
    // part of it.
    let mut found = of(|shape| !matches!(shape, Shape::Group | Shape::Prose));
    for more in [of(|shape| shape == Shape::Group), of(|shape| shape == Shape::Prose)] {
        let mut taken: Vec<ByteSpan> = found.iter().flat_map(Like::spans).collect();
        taken.sort_by_key(|span| span.start);
        found.extend(more.into_iter().filter_map(|like| like.apart_from(&taken)));
    }
    found.sort_by_key(|like| like.first.span.start);
    found
}

impl Like<'_> {
    fn spans(&self) -> impl Iterator<Item = ByteSpan> {
        std::iter::once(self.first).chain(self.others.iter().copied()).map(|it| it.span)
    }

    /// The same without what shares a place with one of `taken`, which are in order and apart from each other.
    fn apart_from(self, taken: &[ByteSpan]) -> Option<Self> {
        let is_apart = |it: &&Misplaced| {
            let next = taken.partition_point(|other| other.end <= it.span.start);
            taken.get(next).is_none_or(|other| it.span.end <= other.start)
        };
        let mut apart = std::iter::once(self.first).chain(self.others).filter(is_apart);
        let first = apart.next()?;
        Some(Self { first, others: apart.collect() })
    }
}

fn grouped<'a>(found: impl Iterator<Item = &'a Misplaced>) -> Vec<Like<'a>> {
    let mut groups: Vec<Like<'a>> = Vec::new();
    let mut end = 0;
    for misplaced in found {
        if misplaced.span.start < end {
            continue;
        }
        end = misplaced.span.end;
        match groups.last_mut() {
            Some(last) if are_alike(last.first, misplaced) => last.others.push(misplaced),
            _ => groups.push(Like { first: misplaced, others: Vec::new() }),
        }
    }
    groups
}

/// Whether two likenesses stand in one list or group of fields. Where only records may stand, those with the same keys.
fn are_alike(left: &Misplaced, right: &Misplaced) -> bool {
    fn keys(it: &Misplaced) -> impl Iterator<Item = &str> {
        named(it).iter().map(|field| field.written.value.as_str())
    }
    let are_together = left.container == right.container || left.site == Site::Required && keys(left).eq(keys(right));
    left.site == right.site && are_together
}

/// The fields of what is nearly a record, by whatever words.
fn named(misplaced: &Misplaced) -> &[NearField] {
    if misplaced.by_synonyms.is_empty() { &misplaced.fields } else { &misplaced.by_synonyms }
}

fn is_nearly_a_record(misplaced: &Misplaced, case: &FileCase<'_>) -> bool {
    let is_by = |fields: &[NearField]| !fields.is_empty() && !telling::is_model(misplaced, fields, case.playbook);
    match misplaced.shape {
        Shape::Row => return plain_text::is_row_of_record(misplaced, case),
        Shape::Group => return roles::are_of_record(misplaced, case),
        Shape::Prose => return plain_text::are_notes(misplaced, case),
        _ => {}
    }
    misplaced.site == Site::Required
        || is_by(&misplaced.fields) && is_record_by_its_keys(misplaced, case)
        || is_by(&misplaced.by_synonyms) && synonyms::is_record(misplaced, case, host(misplaced, case))
}

fn is_record_by_its_keys(misplaced: &Misplaced, case: &FileCase<'_>) -> bool {
    let facts = Facts::of(misplaced, case);
    match (misplaced.site, misplaced.shape) {
        (Site::Required, _) => true,
        (_, Shape::Table) => facts.is_record_elsewhere(),
        (_, Shape::Bare(_)) => facts.is_bare_entitlement(),
        (_, Shape::Row | Shape::Group | Shape::Prose) => false,
        (Site::Document, _) => facts.is_record_here(),
        (Site::Entitlements, _) => facts.is_entitlement(),
        (Site::Nested, Shape::Text) | (Site::InRecord, Shape::Text) => facts.is_record_in_text(),
        (Site::Nested, _) => facts.is_record_elsewhere() || facts.is_record_and_nothing_else(),
        (Site::InRecord, _) => facts.is_record_inside(host(misplaced, case), case),
        (Site::Beside, _) => facts.is_second_record(),
    }
}

/// The record in which something stands.
fn host<'a>(misplaced: &Misplaced, case: &FileCase<'a>) -> Option<&'a NoteRecord> {
    let records = &case.file.records;
    let before = records.partition_point(|record| record.span.start <= misplaced.span.start);
    records.get(..before)?.last().filter(|record| misplaced.span.end <= record.span.end)
}

#[cfg(test)]
mod tests;
