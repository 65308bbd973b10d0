//! The waivers, and when they end.

use super::labels::Labels;
use super::names::cut;
use super::notes::LONGEST_TEXT;
use super::seen::{Seen, SeenWaiver, SourceNumber};
use super::top::Top;
use crate::day::Today;
use crate::report::model::WaiverScope;
use crate::report::overview::model::{ListedWaiver, Waivers};
use crate::rules::WaiverEffect;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// At most so many waivers are listed.
const MOST: usize = 1000;

/// No name or rule is longer in the list, in characters.
const LONGEST_NAME: usize = 120;

/// The waivers of all records.
#[derive(Debug)]
pub(super) struct WaiverCounts {
    today: Today,
    in_force: usize,
    ending_this_month: usize,
    unused: usize,
    expired: usize,
    invalid: usize,
    /// What ends first comes first, what has no end last.
    list: Top<Order, Kept>,
    /// The file that is being read.
    file: Option<(SourceNumber, String)>,
    /// Those of the file that are written beside `entitlements`, by their lines: each of its records has them, and they
    /// are listed once.
    shared: BTreeMap<usize, Kept>,
}

/// Whether there is no end, the end, and the place.
type Order = (bool, Option<Date>, String, usize, SourceNumber);

/// A waiver kept for the list.
#[derive(Debug, Clone)]
struct Kept {
    source: SourceNumber,
    path: String,
    line: usize,
    customer: Option<String>,
    workload: Option<String>,
    rule: Option<String>,
    reason: Option<String>,
    until: Option<Date>,
    effect: WaiverEffect,
}

impl WaiverCounts {
    pub(super) fn new(today: Today) -> Self {
        Self {
            today,
            in_force: 0,
            ending_this_month: 0,
            unused: 0,
            expired: 0,
            invalid: 0,
            list: Top::new(MOST),
            file: None,
            shared: BTreeMap::new(),
        }
    }

    /// Takes the waivers of a record. The records of a file come one after the other.
    pub(super) fn add(&mut self, record: &Seen<'_>) {
        let is_same_file = |file: &(SourceNumber, String)| file.0 == record.source && file.1 == record.path;
        if !self.file.as_ref().is_some_and(is_same_file) {
            self.end_file();
            self.file = Some((record.source, record.path.to_owned()));
        }
        for waiver in &record.waivers {
            let effect = self.effect(waiver);
            if waiver.scope == WaiverScope::Record {
                self.list(Kept::new(record, waiver, effect));
                continue;
            }
            // A shared waiver is in force when it is for one of the records.
            let kept = self.shared.entry(waiver.line).or_insert_with(|| Kept::new(record, waiver, effect));
            kept.effect = kept.effect.min(effect);
        }
    }

    /// What the waiver does today: a report may be some days old.
    fn effect(&self, waiver: &SeenWaiver<'_>) -> WaiverEffect {
        let is_over = waiver.until.is_some_and(|day| self.today.is_after(day));
        match waiver.effect {
            WaiverEffect::InForce | WaiverEffect::Unused if is_over => WaiverEffect::Expired,
            effect => effect,
        }
    }

    fn end_file(&mut self) {
        for (_, waiver) in std::mem::take(&mut self.shared) {
            self.list(waiver);
        }
    }

    fn list(&mut self, waiver: Kept) {
        match waiver.effect {
            WaiverEffect::InForce => self.in_force += 1,
            WaiverEffect::Unused => self.unused += 1,
            WaiverEffect::Expired => self.expired += 1,
            WaiverEffect::Invalid => self.invalid += 1,
        }
        let day = self.today.proposed();
        let is_this_month = |until: Date| (until.year(), until.month()) == (day.year(), day.month());
        let ends = waiver.effect == WaiverEffect::InForce && waiver.until.is_some_and(is_this_month);
        self.ending_this_month += usize::from(ends);
        let order = (waiver.until.is_none(), waiver.until, waiver.path.clone(), waiver.line, waiver.source);
        self.list.offer(order, || waiver);
    }

    /// The view.
    pub(super) fn view(mut self, labels: &Labels) -> Waivers {
        self.end_file();
        let Self { today, in_force, ending_this_month, unused, expired, invalid, list, .. } = self;
        let list = list.finish(|waiver| ListedWaiver {
            path: labels.path(waiver.source, waiver.path),
            line: waiver.line,
            customer: waiver.customer,
            workload: waiver.workload,
            rule: waiver.rule,
            reason: waiver.reason,
            effect: waiver.effect,
            until: waiver.until.map(|day| day.to_string()),
            days_left: waiver.until.map(|day| today.days_until(day)),
        });
        Waivers { in_force, ending_this_month, unused, expired, invalid, list }
    }
}

impl Kept {
    fn new(record: &Seen<'_>, waiver: &SeenWaiver<'_>, effect: WaiverEffect) -> Self {
        let name = |name: Option<&str>| name.map(|name| cut(name.trim(), LONGEST_NAME));
        Self {
            source: record.source,
            path: record.path.to_owned(),
            line: waiver.line,
            customer: name(record.customer),
            workload: name(record.workload).filter(|_| waiver.scope == WaiverScope::Record),
            rule: name(waiver.rule),
            reason: waiver.reason.map(|reason| cut(reason, LONGEST_TEXT)),
            until: waiver.until,
            effect,
        }
    }
}
