//! The rule `duplicate-record`.
//!
//! The rule compares records across files, so its findings are made by the engine with [`finding`].

use crate::finding::{Finding, Place, Severity};
use crate::rules::{Group, Meta, Rule, Waivable};
use crate::source::NotePath;

pub(crate) const META: Meta = Meta {
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
    examples: examples!("duplicate-record"),
};

/// The rule in the registry; see [`finding`].
pub(crate) struct DuplicateRecord;

impl Rule for DuplicateRecord {
    fn meta(&self) -> &'static Meta {
        &META
    }
}

/// Where a record begins.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Spot {
    /// The file.
    pub(crate) path: NotePath,
    /// The line, counted from 1.
    pub(crate) line: usize,
    /// Which record of the file, counted from 0.
    pub(crate) index: usize,
}

/// The finding about the record at `own`, whose customer and workload the record at `other` has too.
#[must_use]
pub(crate) fn finding(own: &Spot, other: &Spot) -> Finding {
    let message = format!(
        "there are two records for this customer and workload, at {}:{} and at {}:{}",
        other.path, other.line, own.path, own.line
    );
    Finding::new(META.name, Severity::Error, Place::Record, message)
        .with_named_path(other.path.to_string())
        .with_named_path(own.path.to_string())
        .with_help(
            "Keep one of them: bring its status and note up to date, move the refresh entries of the other into it, \
             and delete the other. If they are about different things, use different names in `customer` or \
             `workload`.",
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_places_are_named() {
        let spot = |path: &str, line| Spot { path: NotePath::from_bytes(path), line, index: 0 };
        let finding = finding(&spot("b.yaml", 7), &spot("a.yaml", 1));
        assert_eq!(
            finding.message,
            "there are two records for this customer and workload, at a.yaml:1 and at b.yaml:7"
        );
        assert_eq!(finding.place, Place::Record);
    }
}
