//! The rule `duplicate-record`.
//!
//! The rule compares records across files, so its findings are made by the engine with [`finding`].

use crate::finding::{Finding, Severity, Target};
use crate::rules::{Group, Meta, Rule, Waivable, joined};
use crate::source::NotePath;

pub(crate) const META: Meta = Meta {
    name: "duplicate-record",
    group: Group::Record,
    default: Some(Severity::Error),
    waivable: Waivable::No,
    summary: "another record has the same customer and workload",
    explanation: "A customer has one status on a workload, so one record. Names are compared without regard to \
                  case, spacing and letters that look the same, customers also without punctuation and legal form \
                  (`Contoso`, `Contoso Ltd.`), and all names of a workload in the playbook mean the same workload. Of two records in \
                  one run over files the later one is reported. In a change, the record that the change adds, copies \
                  or edits is reported, and moving a record is not a duplicate. A branch, a push and a commit judged \
                  with --rev are compared with every file of the commit that they lead to. The commit hook looks at \
                  the whole repository only while it is small (about a thousand files); in a larger one it looks at \
                  the files of the same folder and at those whose path resembles the customer, and `-v` says when it \
                  did not look at all of them. A pair of records that was there before is reported when one of them is \
                  edited in the same change or folder as the other, and always by a run over all files. A record whose status \
                  is Duplicate/Invalid may stay beside the one that counts. Two tenants or \
                  units of one customer, and two companies that differ in nothing but their legal form, need different \
                  names, such as `Contoso (second tenant)` or `Contoso (Germany)`; a workload that a \
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
    /// The customer, as the record spells it.
    pub(crate) customer: String,
    /// The workload, as the record spells it.
    pub(crate) workload: String,
}

/// Characters of a name that are quoted.
const QUOTED: usize = 60;

impl Spot {
    /// Its place, and how it spells the names that `other` spells otherwise.
    fn beside(&self, other: &Self) -> String {
        let differ = |mine: &str, its: &str| mine.trim() != its.trim();
        let names = [(&self.customer, &other.customer), (&self.workload, &other.workload)];
        let spelt = names.into_iter().filter(|(mine, its)| differ(mine, its));
        let spelt: Vec<String> =
            spelt.map(|(mine, _)| format!("`{}`", mine.trim().chars().take(QUOTED).collect::<String>())).collect();
        let names = if spelt.is_empty() { String::new() } else { format!("{} ", joined(&spelt, "and")) };
        format!("{names}at {}:{}", self.path, self.line)
    }
}

/// How many records of one customer and workload are known when one of them is reported; two or more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RecordCount {
    /// So many up to this one: a run over files tells of each as it comes.
    UpToThis(usize),
    /// So many in all.
    InAll(usize),
}

/// The finding about the record at `own`, whose customer and workload the record at `other` has too. However many there
/// are, one other place is named, so that a report grows with the records and no faster.
#[must_use]
pub(crate) fn finding(own: &Spot, other: &Spot, known: RecordCount) -> Finding {
    let (own_place, other_place) = (own.beside(other), other.beside(own));
    let message = match known {
        RecordCount::UpToThis(count @ 3..) => format!(
            "this is record number {count} for this customer and workload; the first is {other_place}, this one \
             {own_place}"
        ),
        RecordCount::InAll(count @ 3..) => format!(
            "there are {count} records for this customer and workload, one of them {other_place} and this one \
             {own_place}"
        ),
        _ => format!("there are two records for this customer and workload, {other_place} and {own_place}"),
    };
    let rest = match known {
        RecordCount::UpToThis(3..) | RecordCount::InAll(3..) => "the others",
        _ => "the other",
    };
    Finding::new(META.name, Severity::Error, Target::Record, message)
        .with_named_path(other.path.to_string())
        .with_named_path(own.path.to_string())
        .with_help(format!(
            "Keep one of them: bring its status and note up to date, move the refresh entries of {rest} into it, and \
             delete {rest}. If they are about different things, use names that differ in more than spelling, \
             letters that look the same, or a legal form, such as `Contoso (Germany)`."
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(path: &str, line: usize, customer: &str) -> Spot {
        let (customer, workload) = (customer.to_owned(), "Teams".to_owned());
        Spot { path: NotePath::from_bytes(path), line, index: 0, customer, workload }
    }

    #[test]
    fn both_places_are_named() {
        let said = |known| finding(&spot("b.yaml", 7, "Contoso"), &spot("a.yaml", 1, "Contoso "), known);
        for known in [RecordCount::UpToThis(2), RecordCount::InAll(2)] {
            assert_eq!(
                said(known).message,
                "there are two records for this customer and workload, at a.yaml:1 and at b.yaml:7"
            );
            assert_eq!(said(known).target, Target::Record);
        }
        assert_eq!(
            said(RecordCount::UpToThis(3)).message,
            "this is record number 3 for this customer and workload; the first is at a.yaml:1, this one at b.yaml:7"
        );
        assert_eq!(
            said(RecordCount::InAll(30_000)).message,
            "there are 30000 records for this customer and workload, one of them at a.yaml:1 and this one at b.yaml:7"
        );
        assert!(said(RecordCount::InAll(3)).help.unwrap().contains("delete the others."));
    }

    #[test]
    fn names_that_are_spelt_otherwise_are_both_named() {
        let said = |own, other, known| finding(&spot("b.yaml", 7, own), &spot("a.yaml", 1, other), known).message;
        let message = |own, other| said(own, other, RecordCount::InAll(2));
        assert_eq!(
            message("Contoso Ltd.", "Contoso"),
            "there are two records for this customer and workload, `Contoso` at a.yaml:1 and `Contoso Ltd.` at b.yaml:7"
        );
        assert_eq!(
            said("Contoso Ltd.", "Contoso", RecordCount::InAll(3)),
            "there are 3 records for this customer and workload, one of them `Contoso` at a.yaml:1 and this one \
             `Contoso Ltd.` at b.yaml:7"
        );
        assert!(message(&"x".repeat(10_000), "Contoso").len() < 300);
    }
}
