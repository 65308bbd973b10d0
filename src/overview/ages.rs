//! How long ago the notes were refreshed.

use super::notes::{Kept, Table};
use super::seen::{Place, Seen};
use super::top::Top;
use crate::day::Today;
use crate::report::overview::model::{AgeSpan, Ages, Note};
use crate::rules::refresh::refresh_stale;
use jiff::civil::Date;

/// At most so many of the oldest notes are listed.
const MOST: usize = 200;

/// The greatest age of each span but the last, in days: a month, a quarter, half a year, a year, two.
const ENDS: [i32; 5] = [30, 90, 180, 365, 730];

/// The ages of the notes.
#[derive(Debug)]
pub(super) struct AgeCounts {
    spans: [usize; ENDS.len() + 1],
    undated: usize,
    stale: usize,
    oldest: Top<(Date, Place), Kept>,
}

impl AgeCounts {
    pub(super) fn new() -> Self {
        Self { spans: [0; ENDS.len() + 1], undated: 0, stale: 0, oldest: Top::new(MOST) }
    }

    /// Counts a record.
    pub(super) fn add(&mut self, record: &Seen<'_>, today: Today, table: &Table) {
        self.stale += usize::from(record.counted().any(|finding| finding.rule == refresh_stale::META.name));
        let Some(day) = record.refreshed else {
            self.undated += 1;
            return;
        };
        let age = today.days_since(day);
        let at = ENDS.iter().position(|end| age <= *end).unwrap_or(ENDS.len());
        if let Some(span) = self.spans.get_mut(at) {
            *span += 1;
        }
        self.oldest.offer((day, record.place()), || table.keep(record));
    }

    /// The view.
    pub(super) fn view(self, row: impl Fn(Kept) -> Note) -> Ages {
        let starts = std::iter::once(0).chain(ENDS.iter().map(|end| end + 1));
        let ends = ENDS.iter().copied().map(Some).chain([None]);
        let spans = starts.zip(ends).zip(self.spans);
        let span = |((from_days, to_days), records)| AgeSpan { from_days, to_days, records };
        Ages {
            spans: spans.map(span).collect(),
            undated: self.undated,
            stale: self.stale,
            oldest: self.oldest.finish(row),
        }
    }
}
