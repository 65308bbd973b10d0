//! The entries of a refresh summary before and after a change.

use super::super::identity::Identity;
use super::super::{Field, Located, NoteRecord, RefreshEntry};
use super::entry_key;
use std::collections::{HashMap, HashSet};

/// How the entries of a refresh summary differ before and after a change, their order aside.
#[derive(Debug)]
pub(crate) struct EntryChanges<'a> {
    /// Entries that are there no longer, in their order before the change.
    pub gone: Vec<&'a RefreshEntry>,
    /// Entries that were not there, in their order after the change.
    pub added: Vec<&'a RefreshEntry>,
}

impl<'a> EntryChanges<'a> {
    /// Compares the refresh summaries of two versions of a record. A summary that is missing or no list has no entries.
    #[must_use]
    pub(crate) fn between(before: &'a NoteRecord, after: &'a NoteRecord) -> Self {
        let mut spare: HashMap<String, usize> = HashMap::new();
        for entry in entries(before) {
            *spare.entry(entry_key(entry)).or_default() += 1;
        }
        let mut take = |entry: &RefreshEntry| match spare.get_mut(&entry_key(entry)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        };
        let added = entries(after).filter(|entry| !take(entry)).collect();
        // What is still spare was not found again.
        let gone = entries(before).filter(|entry| take(entry)).collect();
        Self { gone, added }
    }

    /// Whether the log grew: an entry that only stands in for one that is gone is a rewritten one and not a new one.
    #[must_use]
    pub(crate) fn has_new_entry(&self) -> bool {
        self.added.len() > self.gone.len()
    }
}

fn entries(record: &NoteRecord) -> impl Iterator<Item = &RefreshEntry> {
    record.refresh_summary.value().into_iter().flatten()
}

/// The entries that records had where several sides parted.
///
/// An entry that was there and is missing now was taken out on one of the sides, where it was judged. One that was not
/// there was added on a side, and is lost when the sides are joined without it.
#[derive(Debug, Default)]
pub(super) struct SharedLogs {
    entries: HashMap<Identity, HashSet<String>>,
}

impl SharedLogs {
    pub(super) fn add(&mut self, identity: Identity, record: &NoteRecord) {
        self.entries.entry(identity).or_default().extend(entries(record).map(entry_key));
    }

    /// `record` with the entries that its twins on other sides, `others`, added and that it lacks; nothing when it lacks
    /// none.
    pub(super) fn with_lost_entries(
        &self,
        identity: &Identity,
        record: &NoteRecord,
        others: &[&NoteRecord],
    ) -> Option<NoteRecord> {
        let shared = self.entries.get(identity);
        let is_shared = |key: &String| shared.is_some_and(|shared| shared.contains(key));
        let mut told = HashSet::new();
        let mut lost = Vec::new();
        for other in others {
            for entry in EntryChanges::between(other, record).gone {
                let key = entry_key(entry);
                if !is_shared(&key) && told.insert(key) {
                    lost.push(entry.clone());
                }
            }
        }
        if lost.is_empty() {
            return None;
        }
        lost.extend(entries(record).cloned());
        let key = match &record.refresh_summary {
            Field::Value(summary) => summary.key,
            _ => None,
        };
        let refresh_summary = Field::Value(Located { value: lost, key, span: record.span });
        Some(NoteRecord { refresh_summary, ..record.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{entry, record};
    use super::*;
    use crate::record::identity::Identities;
    use crate::source::NotePath;
    use crate::text::ByteSpan;

    fn with(days: &[u32]) -> NoteRecord {
        let value = days.iter().map(|day| entry(&format!("2020-03-{day:02}"), "x")).collect();
        let refresh_summary = Field::Value(Located { value, key: None, span: ByteSpan::at(0) });
        NoteRecord { refresh_summary, ..record("Contoso", "Teams", "x") }
    }

    /// The days that a record with the days `now` lacks of those that the other sides added since they parted.
    fn lost(parted: &[u32], now: &[u32], others: &[&[u32]]) -> Vec<String> {
        let identity = Identities::default().of(&NotePath::from_bytes("a.yaml"), &with(&[]));
        let mut shared = SharedLogs::default();
        shared.add(identity.clone(), &with(parted));
        let (now, others): (_, Vec<NoteRecord>) = (with(now), others.iter().map(|days| with(days)).collect());
        let whole = shared.with_lost_entries(&identity, &now, &others.iter().collect::<Vec<_>>());
        let gone = |whole: &NoteRecord| -> Vec<String> {
            let gone = EntryChanges::between(whole, &now).gone;
            gone.iter().map(|entry| entry.date.value().unwrap().written.clone()).collect()
        };
        whole.as_ref().map(gone).unwrap_or_default()
    }

    #[test]
    fn an_entry_that_another_side_added_is_lost() {
        assert_eq!(lost(&[1], &[3, 1], &[&[2, 1]]), ["2020-03-02"]);
        assert_eq!(lost(&[1], &[1], &[&[4, 2, 1]]), ["2020-03-04", "2020-03-02"]);
        assert_eq!(lost(&[1], &[1], &[&[2, 1], &[3, 2, 1]]), ["2020-03-02", "2020-03-03"], "each once");
        assert_eq!(lost(&[], &[], &[&[1]]), ["2020-03-01"], "where nothing was in common everything was added");
    }

    #[test]
    fn an_entry_that_was_there_when_the_sides_parted_is_not() {
        let none: [&str; 0] = [];
        assert_eq!(lost(&[2, 1], &[1], &[&[2, 1]]), none);
        assert_eq!(lost(&[2, 1], &[2, 1], &[&[1]]), none);
        assert_eq!(lost(&[1], &[2, 1], &[&[2, 1]]), none, "both sides added it");
        assert_eq!(lost(&[1], &[2, 1], &[]), none);
    }
}
