//! The grades of the records that have a status, a workload, a customer or an owner in common.

use super::names::{Name, Names, sorted_by};
use super::seen::Seen;
use super::top;
use crate::grade::Grade;
use crate::report::overview::model::{Cut, Group};
use jiff::civil::Date;
use std::cmp::Reverse;
use std::collections::HashMap;

/// A table has at most so many groups.
const MOST: usize = 1000;

/// The groups of one table.
#[derive(Debug, Default)]
pub(super) struct Groups(HashMap<Option<Name>, Grades>);

/// The records of one group.
#[derive(Debug, Default)]
struct Grades {
    /// What comes first in a table whose groups have an order of their own.
    order: u8,
    records: usize,
    great: usize,
    marginal: usize,
    poor: usize,
    blocked: usize,
    oldest: Option<Date>,
}

impl Groups {
    /// Counts a record under `name`.
    pub(super) fn add(&mut self, name: Option<Name>, record: &Seen<'_>) {
        self.add_in_order(name, 0, record);
    }

    /// The same in a table whose groups have an order of their own.
    pub(super) fn add_in_order(&mut self, name: Option<Name>, order: u8, record: &Seen<'_>) {
        let group = self.0.entry(name).or_insert_with(|| Grades { order, ..Grades::default() });
        group.order = group.order.min(order);
        group.records += 1;
        match record.grade {
            Grade::Great => group.great += 1,
            Grade::Marginal => group.marginal += 1,
            Grade::Poor => group.poor += 1,
        }
        group.blocked += usize::from(record.blocked);
        group.oldest = [group.oldest, record.refreshed].into_iter().flatten().min();
    }

    /// Whether any record was counted under a name.
    pub(super) fn have_names(&self) -> bool {
        self.0.keys().any(Option::is_some)
    }

    /// The table: the groups with the most to correct first.
    pub(super) fn table(&self, names: &Names) -> Cut<Group> {
        let mut rows: Vec<_> =
            self.0.iter().map(|(name, grades)| (name.map(|name| names.shown(name)), grades)).collect();
        rows.sort_by_cached_key(|(name, of)| {
            let worst_first =
                (of.order, Reverse(of.poor), Reverse(of.blocked), Reverse(of.marginal), Reverse(of.records));
            (worst_first, name.is_none(), name.map(sorted_by))
        });
        top::first(rows.into_iter().map(|(name, grades)| grades.row(name)).collect(), MOST)
    }
}

impl Grades {
    fn row(&self, name: Option<&str>) -> Group {
        let Self { order: _, records, great, marginal, poor, blocked, oldest } = *self;
        let (name, oldest) = (name.map(str::to_owned), oldest.map(|day| day.to_string()));
        Group { name, records, great, marginal, poor, blocked, oldest }
    }
}
