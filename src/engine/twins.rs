//! Records that have the same customer and workload as another one.
//!
//! A run over files learns the records as it goes and reports the later one of two. A run over a change knows all of
//! them beforehand, because what counts is what the change did: a record that it adds, copies or edits is reported, and
//! two that were there before and that it leaves alone, or moves, are not.
//!
//! A record whose status says that it is a duplicate, or not real, is no second statement about the customer: it may stay
//! beside the one that counts.

use super::Scope;
use crate::finding::Finding;
use crate::playbook::{Playbook, StatusKind};
use crate::record::NoteRecord;
use crate::record::history::{self, BaseRecords};
use crate::record::identity::Identity;
use crate::rules::record::duplicate_record::{self, RecordCount, Spot};
use crate::source::{Needles, NotePath, Sought};
use crate::text::SourceText;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Where `record` begins in the file at `path`.
pub(super) fn spot(path: &NotePath, record: &NoteRecord, text: &SourceText) -> Spot {
    let name = |name: Option<&String>| name.cloned().unwrap_or_default();
    let (customer, workload) = (name(record.customer.value()), name(record.workload.value()));
    Spot { path: path.clone(), line: text.position(record.span.start).line, index: record.index, customer, workload }
}

/// Whether a record says something about its customer and workload, so that another one would be a second statement. Only
/// the status itself, and no slip of the pen for it, takes a record out.
pub(super) fn counts(record: &NoteRecord, playbook: &Playbook) -> bool {
    let status = record.status.value().and_then(|status| playbook.status(status));
    status.is_none_or(|status| status.kind != StatusKind::DuplicateInvalid)
}

/// The records that a run over files has seen.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// The first record of each, and how many there were.
    first: HashMap<Identity, (Spot, usize)>,
}

impl Seen {
    /// The finding about a record when an earlier one has its customer and workload; remembers it otherwise.
    pub(super) fn compare(&mut self, identity: Identity, own: Spot) -> Option<Finding> {
        if !identity.is_complete() {
            return None;
        }
        match self.first.entry(identity) {
            Entry::Occupied(mut known) => {
                let (first, count) = known.get_mut();
                *count += 1;
                Some(duplicate_record::finding(&own, first, RecordCount::UpToThis(*count)))
            }
            Entry::Vacant(place) => {
                place.insert((own, 1));
                None
            }
        }
    }
}

/// A record of a file that a change touches, after the change.
#[derive(Debug)]
pub(super) struct Present {
    pub(super) spot: Spot,
    pub(super) identity: Identity,
    pub(super) sought: Sought,
    /// What it says; see [`history::says`].
    pub(super) content: String,
    /// Whether another record would be a second statement; see [`counts`].
    pub(super) counts: bool,
}

impl Present {
    /// The record in the file at `path`; nothing when it lacks its customer or its workload.
    pub(super) fn new(
        base: &BaseRecords,
        path: &NotePath,
        record: &NoteRecord,
        text: &SourceText,
        playbook: &Playbook,
    ) -> Option<Self> {
        let identity = base.identity(path, record);
        let workload = record.workload.value().filter(|_| identity.is_complete())?.clone();
        let sought = Sought { customer: identity.customer().to_owned(), workload, path: path.clone() };
        let (spot, content) = (spot(path, record, text), history::says(record));
        Some(Self { spot, identity, sought, content, counts: counts(record, playbook) })
    }
}

/// The records after a change: those of touched files, and those of untouched ones that have the identity of one.
#[derive(Debug, Default)]
pub(super) struct Roll {
    touched: HashMap<Identity, Vec<Present>>,
    untouched: HashMap<Identity, BTreeSet<Spot>>,
    /// Of these the snapshot holds more than any parent side does.
    grown: HashSet<Identity>,
    /// No touched file held a record of these on any parent side.
    sought: HashSet<Identity>,
}

impl Roll {
    /// Adds a record of a touched file.
    pub(super) fn add(&mut self, present: Present) {
        self.touched.entry(present.identity.clone()).or_default().push(present);
    }

    /// Sees which identities the change adds, once every touched file is in the roll and in the base records. What none
    /// of the touched files held before has to be looked for in the others.
    pub(super) fn sought(&mut self, base: &BaseRecords, playbook: &Playbook) -> Vec<Sought> {
        let mut sought = Vec::new();
        for (identity, present) in &self.touched {
            let before = base.most(identity, |record| counts(record, playbook));
            if present.iter().filter(|present| present.counts).count() > before {
                self.grown.insert(identity.clone());
            }
            if before == 0 {
                self.sought.insert(identity.clone());
                sought.extend(present.iter().map(|present| present.sought.clone()));
            }
        }
        sought.sort_by(|one, other| one.path.cmp(&other.path));
        sought
    }

    /// Tells by its bytes whether a file may hold a record about a customer of a touched file. Nothing where that cannot be
    /// told: names without spaces between their words are compared word by word.
    pub(super) fn needles(&self) -> Option<Needles> {
        let sought = || self.touched.values().flatten().map(|present| &present.sought);
        sought().all(|sought| sought.customer.is_ascii()).then(|| Needles::new(sought()))
    }

    /// Whether records of this identity are looked for in the untouched files.
    pub(super) fn seeks(&self, identity: &Identity) -> bool {
        self.sought.contains(identity)
    }

    /// Adds a record of an untouched file when a touched file holds its like; once however often it is found.
    pub(super) fn add_untouched(&mut self, identity: Identity, spot: Spot) {
        if self.touched.contains_key(&identity) {
            self.untouched.entry(identity).or_default().insert(spot);
        }
    }

    /// The records to report, each with its duplicate.
    pub(super) fn duplicates(mut self, base: &BaseRecords, scope: Scope, playbook: &Playbook) -> Duplicates {
        let mut duplicates = Duplicates::default();
        for (identity, mut present) in std::mem::take(&mut self.touched) {
            let untouched = self.untouched.remove(&identity).unwrap_or_default();
            present.retain(|present| present.counts);
            let count = present.len() + untouched.len();
            if count < 2 {
                continue;
            }
            present.sort_by(|one, other| one.spot.cmp(&other.spot));
            let reported = reported(&identity, &present, base, scope, self.grown.contains(&identity), playbook);
            let is_reported = |at: usize| reported.contains(&at);
            // What is reported is compared with what is there already, else with an earlier one that is reported too.
            let kept = present.iter().enumerate().filter(|(at, _)| !is_reported(*at)).map(|(_, present)| &present.spot);
            let first = kept.chain(&untouched).min().or_else(|| present.first().map(|present| &present.spot));
            let Some(first) = first else { continue };
            for own in present.iter().enumerate().filter(|(at, _)| is_reported(*at)).map(|(_, present)| &present.spot) {
                if own != first {
                    let key = (own.path.clone(), own.index);
                    duplicates.findings.insert(key, duplicate_record::finding(own, first, RecordCount::InAll(count)));
                }
            }
        }
        duplicates
    }
}

/// Which of the records of one identity in touched files, sorted, the change answers for.
fn reported(
    identity: &Identity,
    present: &[Present],
    base: &BaseRecords,
    scope: Scope,
    has_grown: bool,
    playbook: &Playbook,
) -> HashSet<usize> {
    let is_unchanged = |present: &Present| base.has_content(identity, &present.content);
    let mut reported: HashSet<usize> = match scope {
        Scope::All => (0..present.len()).collect(),
        Scope::Changed => (0..present.len()).filter(|at| present.get(*at).is_some_and(|p| !is_unchanged(p))).collect(),
    };
    if has_grown {
        let added = added(identity, present, base, &is_unchanged, playbook);
        // A merge may bring together what each branch had in place; then the last one answers for it.
        let last = (added.is_empty() && reported.is_empty()).then(|| present.len().saturating_sub(1));
        reported.extend(added.into_iter().chain(last));
    }
    reported
}

/// The records that are where no parent side had one of this identity: of a file with more of them than before, those
/// that changed, and the last ones.
fn added(
    identity: &Identity,
    present: &[Present],
    base: &BaseRecords,
    is_unchanged: &impl Fn(&Present) -> bool,
    playbook: &Playbook,
) -> Vec<usize> {
    let mut files: BTreeMap<&NotePath, Vec<usize>> = BTreeMap::new();
    for (at, present) in present.iter().enumerate() {
        files.entry(&present.spot.path).or_default().push(at);
    }
    let mut added = Vec::new();
    for (path, mut records) in files {
        records.sort_by_key(|at| present.get(*at).is_some_and(|present| !is_unchanged(present)));
        added.extend(records.into_iter().skip(base.most_in(identity, path, |record| counts(record, playbook))));
    }
    added
}

/// The findings of a run over a change, by the file of the record and its number in it.
#[derive(Debug, Default)]
pub(super) struct Duplicates {
    findings: HashMap<(NotePath, usize), Finding>,
}

impl Duplicates {
    /// The finding about the record with this number in the file at `path`.
    pub(super) fn finding(&self, path: &NotePath, index: usize) -> Option<&Finding> {
        if self.findings.is_empty() {
            return None;
        }
        self.findings.get(&(path.clone(), index))
    }
}
