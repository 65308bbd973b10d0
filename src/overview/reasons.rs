//! Why customers are blocked or have no intent: the second level of their status, with the notes that say so.

use super::names::{Name, Names, sorted_by};
use super::notes::{Kept, Subject, Table};
use super::seen::{Place, Seen};
use super::top::{self, Top};
use crate::playbook::StatusKind;
use crate::reading::ReasonKind;
use crate::report::overview::model::{Count, Note, Reason, Reasons};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// At most so many notes of a kind are listed.
const MOST: usize = 100;

/// At most so many workloads are told, of all reasons and of each.
const MOST_WORKLOADS: usize = 40;

/// The reasons of all records, by their kinds.
#[derive(Debug, Default)]
pub(super) struct ReasonCounts(BTreeMap<String, OfKind>);

/// The records whose reason is of one kind.
#[derive(Debug)]
struct OfKind {
    blocked: usize,
    no_intent: usize,
    customers: BTreeSet<Name>,
    workloads: BTreeMap<Option<Name>, usize>,
    notes: Top<Order, Kept>,
}

/// Customer, workload and place.
type Order = ((String, String), (String, String), Place);

impl OfKind {
    fn new() -> Self {
        let (customers, workloads) = (BTreeSet::new(), BTreeMap::new());
        Self { blocked: 0, no_intent: 0, customers, workloads, notes: Top::new(MOST) }
    }
}

impl ReasonCounts {
    /// Counts a record that is blocked or without intent.
    pub(super) fn add(&mut self, record: &Seen<'_>, subject: Subject, table: &Table) {
        let (blocked, no_intent) = match record.status_kind {
            Some(StatusKind::Blocked) => (1, 0),
            Some(StatusKind::NoIntent) => (0, 1),
            _ => return,
        };
        if !self.0.contains_key(record.reason_kind) {
            self.0.insert(record.reason_kind.to_owned(), OfKind::new());
        }
        let Some(kind) = self.0.get_mut(record.reason_kind) else { return };
        kind.blocked += blocked;
        kind.no_intent += no_intent;
        kind.customers.extend(subject.customer);
        *kind.workloads.entry(subject.workload).or_default() += 1;
        let name = |name: Option<&str>| sorted_by(name.unwrap_or_default().trim());
        let order = (name(record.customer), name(record.workload), record.place());
        kind.notes.offer(order, || table.keep(record));
    }

    /// The view.
    pub(super) fn view(self, workloads: &Names, row: impl Fn(Kept) -> Note) -> Reasons {
        let mut all: BTreeMap<Option<Name>, usize> = BTreeMap::new();
        for (name, records) in self.0.values().flat_map(|of| &of.workloads).filter(|(name, _)| name.is_some()) {
            *all.entry(*name).or_default() += records;
        }
        let mut columns = commonest_first(&all, workloads);
        let workloads_left_out = columns.len().saturating_sub(MOST_WORKLOADS);
        columns.truncate(MOST_WORKLOADS);
        let shown = |name: Option<Name>| name.map(|name| workloads.shown(name).to_owned());
        let count = |(name, records)| Count { name: shown(name), records };
        let reason = |(kind, of): (String, OfKind)| Reason {
            means: ReasonKind::meaning(&kind).map(str::to_owned),
            records: of.blocked + of.no_intent,
            blocked: of.blocked,
            no_intent: of.no_intent,
            customers: of.customers.len(),
            by_workload: columns.iter().map(|(name, _)| of.workloads.get(name).copied().unwrap_or_default()).collect(),
            workloads: top::first(
                commonest_first(&of.workloads, workloads).into_iter().map(count).collect(),
                MOST_WORKLOADS,
            ),
            notes: of.notes.finish(&row),
            kind,
        };
        let mut kinds: Vec<Reason> = self.0.into_iter().map(reason).collect();
        kinds.sort_by_key(|reason| (reason.kind == ReasonKind::UNKNOWN, Reverse(reason.records)));
        Reasons {
            records: kinds.iter().map(|kind| kind.records).sum(),
            workloads: columns.iter().filter_map(|(name, _)| shown(*name)).collect(),
            workloads_left_out,
            kinds,
        }
    }
}

/// Workloads by how many records they have, and by name.
fn commonest_first(counts: &BTreeMap<Option<Name>, usize>, names: &Names) -> Vec<(Option<Name>, usize)> {
    let mut counts: Vec<(Option<Name>, usize)> = counts.iter().map(|(name, records)| (*name, *records)).collect();
    counts.sort_by_cached_key(|(name, records)| {
        (Reverse(*records), name.is_none(), name.map(|name| sorted_by(names.shown(name))))
    });
    counts
}
