//! # `duplicate-record`
//!
//! A customer has one status on a workload. Two records for it drift apart, and nobody can tell which one is true.
//!
//! The guidance: "Entitlement status notes should be used by the FastTrack Manager (FM) and certain subject matter
//! expert (SME) teams to provide a current picture of the entitlements in each workload."
//!
//! - Bad: Contoso on Exchange Online is Blocked in one record and No Intent in another.
//! - Good: one record, whose refresh summary says when the status changed.
//!
//! The rule compares records across files, so its findings are made by the engine with [`finding`].

use super::{Group, Meta, Rule, Waivable};
use crate::finding::{Finding, Place, Severity};
use crate::source::NotePath;

/// What the rule is.
pub const META: Meta = Meta {
    name: "duplicate-record",
    group: Group::Record,
    default: Some(Severity::Error),
    waivable: Waivable::No,
    summary: "another record has the same customer and workload",
    explanation: "A customer has one status on a workload, so one record. Names are compared without regard to case \
                  and spacing, and all names of a workload in the playbook mean the same workload. Of two records in \
                  one run over files the later one is reported. In a change, the record that the change adds, copies \
                  or edits is reported, and moving a record is not a duplicate. A branch, a push and a commit judged \
                  with --rev are compared with every file of the commit that they lead to. The commit hook looks at \
                  the whole repository only while it is small (about a thousand files); in a larger one it looks at \
                  the files of the same folder and at those whose path resembles the customer, and `-v` says when it \
                  did not look at all of them. A pair of records that was there before is reported when one of them is \
                  edited in the same change or folder as the other, and always by a run over all files. Two tenants or \
                  units of one customer need different names, such as `Contoso (second tenant)`; a workload that a \
                  team distinguishes from one in the playbook is added under `playbook: workloads` with its name.",
    guidance: "Entitlement status notes should be used by the FastTrack Manager (FM) and certain subject \
               matter expert (SME) teams to provide a current picture of the entitlements in each workload.",
    bad: "- customer: Contoso
  workload: Exchange Online
  status: Blocked
  note: Unable to deploy because the firewall drops mail traffic and cannot be replaced before June.
  refresh_summary: [{date: 2020-03-27, who_changed: Celia Kennedy, what_changed: Firewall finding confirmed}]
- customer: CONTOSO
  workload: EXO
  status: No Intent
  note: Customer does not intend to onboard because an ongoing acquisition of another company comes first.
  refresh_summary: [{date: 2020-04-02, who_changed: Sam Field, what_changed: Acquisition announced}]
",
    good: "- customer: Contoso
  workload: Exchange Online
  status: No Intent
  note: Customer does not intend to onboard because an ongoing acquisition of another company comes first.
  refresh_summary:
  - {date: 2020-04-02, who_changed: Sam Field, what_changed: Acquisition announced}
  - {date: 2020-03-27, who_changed: Celia Kennedy, what_changed: Firewall finding confirmed}
",
};

/// The rule in the registry; see [`finding`].
pub struct DuplicateRecord;

impl Rule for DuplicateRecord {
    fn meta(&self) -> &'static Meta {
        &META
    }
}

/// Where a record begins.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The file.
    pub path: NotePath,
    /// The line, counted from 1.
    pub line: usize,
    /// Which record of the file, counted from 0.
    pub index: usize,
}

/// How many records of one customer and workload are known when one of them is reported; two or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// So many up to this one: a run over files tells of each as it comes.
    UpToThis(usize),
    /// So many in all.
    InAll(usize),
}

/// The finding about the record at `own`, whose customer and workload the record at `other` has too. However many there
/// are, one other place is named, so that a report grows with the records and no faster.
#[must_use]
pub fn finding(own: &Spot, other: &Spot, known: Known) -> Finding {
    let (own_place, other_place) = (format!("{}:{}", own.path, own.line), format!("{}:{}", other.path, other.line));
    let message = match known {
        Known::UpToThis(count @ 3..) => format!(
            "this is record number {count} for this customer and workload; the first is at {other_place}, this one at \
             {own_place}"
        ),
        Known::InAll(count @ 3..) => format!(
            "there are {count} records for this customer and workload, one of them at {other_place} and this one at \
             {own_place}"
        ),
        _ => format!("there are two records for this customer and workload, at {other_place} and at {own_place}"),
    };
    let rest = match known {
        Known::UpToThis(3..) | Known::InAll(3..) => "the others",
        _ => "the other",
    };
    Finding::new(META.name, Severity::Error, Place::Record, message)
        .with_named_path(other.path.to_string())
        .with_named_path(own.path.to_string())
        .with_help(format!(
            "Keep one of them: bring its status and note up to date, move the refresh entries of {rest} into it, and \
             delete {rest}. If they are about different things, use different names in `customer` or `workload`."
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_places_are_named() {
        let spot = |path: &str, line| Spot { path: NotePath::from_bytes(path), line, index: 0 };
        let said = |known| finding(&spot("b.yaml", 7), &spot("a.yaml", 1), known);
        for known in [Known::UpToThis(2), Known::InAll(2)] {
            assert_eq!(
                said(known).message,
                "there are two records for this customer and workload, at a.yaml:1 and at b.yaml:7"
            );
            assert_eq!(said(known).place, Place::Record);
        }
        assert_eq!(
            said(Known::UpToThis(3)).message,
            "this is record number 3 for this customer and workload; the first is at a.yaml:1, this one at b.yaml:7"
        );
        assert_eq!(
            said(Known::InAll(30_000)).message,
            "there are 30000 records for this customer and workload, one of them at a.yaml:1 and this one at b.yaml:7"
        );
        assert!(said(Known::InAll(3)).help.unwrap().contains("delete the others."));
    }
}
