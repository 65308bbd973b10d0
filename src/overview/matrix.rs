//! Which customer has a record of which workload.

use super::names::{Name, Names, sorted_by};
use super::notes::Subject;
use super::seen::Seen;
use super::top;
use crate::grade::Grade;
use crate::report::overview::model::{Cell, Gap, Matrix, MatrixRow};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// At most so many customers have a row.
const MOST_ROWS: usize = 500;

/// At most so many workloads have a column.
const MOST_COLUMNS: usize = 40;

/// At most so many customers are named that have no record of a workload.
const MOST_MISSING: usize = 50;

/// The records by customer and workload.
#[derive(Debug, Default)]
pub(super) struct MatrixCounts(HashMap<(Name, Name), Counted>);

/// The records of one customer and one workload. Of several, the worst is told; of equally bad ones the one whose status
/// comes first.
#[derive(Debug)]
struct Counted {
    records: usize,
    grade: Grade,
    status: Option<(u8, Name)>,
}

impl MatrixCounts {
    /// Counts a record that names a customer and a workload. `order` is the place of its status among others.
    pub(super) fn add(&mut self, record: &Seen<'_>, subject: Subject, order: u8, statuses: &Names) {
        let (Some(customer), Some(workload)) = (subject.customer, subject.workload) else { return };
        let status = subject.status.map(|status| (order, status));
        let cell = self.0.entry((customer, workload)).or_insert(Counted { records: 0, grade: record.grade, status });
        cell.records += 1;
        let rank = |grade, status: Option<(u8, Name)>| {
            (Reverse(grade), status.is_none(), status.map(|(order, status)| (order, statuses.folded(status))))
        };
        if rank(record.grade, status) < rank(cell.grade, cell.status) {
            (cell.grade, cell.status) = (record.grade, status);
        }
    }

    /// The view.
    pub(super) fn view(&self, customers: &Names, workloads: &Names, statuses: &Names) -> Matrix {
        let mut columns: BTreeMap<Name, usize> = BTreeMap::new();
        let mut rows: BTreeMap<Name, (usize, usize, usize)> = BTreeMap::new();
        for ((customer, workload), cell) in &self.0 {
            *columns.entry(*workload).or_default() += cell.records;
            let (poor, marginal, records) = rows.entry(*customer).or_default();
            *poor += usize::from(cell.grade == Grade::Poor);
            *marginal += usize::from(cell.grade == Grade::Marginal);
            *records += cell.records;
        }
        let mut by_name: Vec<Name> = rows.keys().copied().collect();
        by_name.sort_by_cached_key(|customer| sorted_by(customers.shown(*customer)));
        let mut columns: Vec<(Name, usize)> = columns.into_iter().collect();
        columns.sort_by_cached_key(|(name, records)| (Reverse(*records), sorted_by(workloads.shown(*name))));
        let workloads_left_out = columns.len().saturating_sub(MOST_COLUMNS);
        columns.truncate(MOST_COLUMNS);
        let cell = |customer, workload| {
            let Counted { records, grade, status } = self.0.get(&(customer, workload))?;
            let status = status.map(|(_, status)| statuses.shown(status).to_owned());
            Some(Cell { records: *records, status, grade: *grade })
        };
        let row = |customer: &Name| MatrixRow {
            customer: customers.shown(*customer).to_owned(),
            cells: columns.iter().map(|(workload, _)| cell(*customer, *workload)).collect(),
        };
        // Of many customers those with the most to correct have a row, in the order of their names.
        let mut chosen = by_name.clone();
        chosen.sort_by_key(|customer| Reverse(rows.get(customer).copied()));
        let chosen: BTreeSet<Name> = chosen.into_iter().take(MOST_ROWS).collect();
        let mut shown = top::first(by_name.iter().filter(|name| chosen.contains(name)).map(row).collect(), MOST_ROWS);
        shown.left_out = by_name.len() - shown.rows.len();
        let gap = |(workload, _): &(Name, usize)| {
            let lacks = |customer: &&Name| !self.0.contains_key(&(**customer, *workload));
            let missing = by_name.iter().filter(lacks).map(|customer| customers.shown(*customer).to_owned());
            Gap {
                workload: workloads.shown(*workload).to_owned(),
                customers: top::first(missing.collect(), MOST_MISSING),
            }
        };
        let gaps = columns.iter().map(gap).collect();
        let workloads = columns.iter().map(|(workload, _)| workloads.shown(*workload).to_owned()).collect();
        Matrix { workloads, workloads_left_out, customers: shown, gaps }
    }
}
