//! The entries of a refresh summary put in order.

use super::Drafted;
use super::entry::items_of;
use super::error::{EditError, EditErrorKind};
use super::place::{Place, line_before, line_end};
use super::splice::Splice;
use super::tree::Change;
use crate::record::{Field, RefreshEntry};
use crate::rules::refresh::may_mean;
use crate::text::ByteSpan;
use jiff::civil::Date;
use std::cmp::Reverse;

/// The entries from the newest to the oldest; those of one day stay as they are.
pub(super) fn newest_first(target: &Place<'_>) -> Result<Drafted, EditError> {
    let Field::Value(summary) = &target.record.refresh_summary else {
        return Err(target.error(EditErrorKind::NoList, target.record.span));
    };
    let list = items_of(target)?;
    let days = days(&summary.value).ok_or_else(|| target.error(EditErrorKind::Undated, summary.span))?;
    let mut order: Vec<usize> = (0..days.len()).collect();
    order.sort_by_key(|at| Reverse(days.get(*at)));
    if !is_certain(order.iter().filter_map(|at| days.get(*at))) {
        return Err(target.error(EditErrorKind::TwoDays, summary.span));
    }
    let cores = match list.in_brackets {
        true => list.items.iter().map(|item| item.span()).collect(),
        false => lines(target, &summary.value)?,
    };
    if cores.len() != order.len() {
        return Err(target.error(EditErrorKind::Layout("the refresh summary"), summary.span));
    }
    let moved = cores.iter().zip(&order).enumerate().filter(|(place, (_, from))| place != *from);
    let splices = moved.filter_map(|(_, (core, from))| Some(Splice::new(*core, target.text.slice(*cores.get(*from)?))));
    Ok((splices.collect(), Change::Order(list.path, order)))
}

/// The first and the last day that each entry may be from.
fn days(entries: &[RefreshEntry]) -> Option<Vec<(Date, Date)>> {
    entries.iter().map(|entry| may_mean(entry.date.value()?)).collect()
}

/// Whether no entry, from the newest to the oldest, may be newer than one before it.
fn is_certain<'d>(days: impl Iterator<Item = &'d (Date, Date)>) -> bool {
    let mut oldest = None;
    for (first, last) in days {
        if oldest.is_some_and(|oldest| *last > oldest) {
            return false;
        }
        oldest = Some(oldest.map_or(*first, |oldest: Date| oldest.min(*first)));
    }
    true
}

/// Each entry from its dash to the end of its last line. What is between two entries stays where it is.
fn lines(target: &Place<'_>, entries: &[RefreshEntry]) -> Result<Vec<ByteSpan>, EditError> {
    let list = items_of(target)?;
    let mut lines: Vec<ByteSpan> = Vec::with_capacity(entries.len());
    for (entry, dash) in entries.iter().zip(&list.dashes) {
        if let Some(before) = lines.last() {
            let between = target.text.slice(ByteSpan::new(before.end..*dash));
            if !between.trim().is_empty() {
                return Err(target.error(EditErrorKind::Comments, ByteSpan::at(before.end)));
            }
        }
        if !line_before(target.text, *dash).chars().all(|c| c == ' ') {
            return Err(target.error(EditErrorKind::Layout("the refresh summary"), entry.span));
        }
        lines.push(ByteSpan::new(*dash..line_end(target.text, entry.span.end)));
    }
    Ok(lines)
}
