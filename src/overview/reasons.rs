//! Why customers are blocked or have no intent: the second level of their status, with the notes that say so.

use super::names::{Name, Names, sorted_by};
use super::notes::{Kept, Subject, Table};
use super::seen::{Place, Seen};
use super::top::Top;
use crate::playbook::StatusKind;
use crate::reading::ReasonKind;
use crate::report::overview::model::{Count, Note, Reason, Reasons};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// At most so many notes of a kind are listed.
const MOST: usize = 100;

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
        let reason = |(kind, of): (String, OfKind)| Reason {
            means: ReasonKind::meaning(&kind).map(str::to_owned),
            records: of.blocked + of.no_intent,
            blocked: of.blocked,
            no_intent: of.no_intent,
            customers: of.customers.len(),
            workloads: counts(&of.workloads, workloads),
            notes: of.notes.finish(&row),
            kind,
        };
        let mut kinds: Vec<Reason> = self.0.into_iter().map(reason).collect();
        kinds.sort_by_key(|reason| (reason.kind == ReasonKind::UNKNOWN, Reverse(reason.records)));
        Reasons { records: kinds.iter().map(|kind| kind.records).sum(), kinds }
    }
}

fn counts(workloads: &BTreeMap<Option<Name>, usize>, names: &Names) -> Vec<Count> {
    let shown = |name: Option<Name>| name.map(|name| names.shown(name).to_owned());
    let mut counts: Vec<Count> =
        workloads.iter().map(|(name, records)| Count { name: shown(*name), records: *records }).collect();
    counts.sort_by_cached_key(|count| {
        (Reverse(count.records), count.name.is_none(), count.name.as_deref().map(sorted_by))
    });
    counts
}
