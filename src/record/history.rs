//! Which records a run changed: records are matched with their twins before the change by who they speak about, not
//! by file or position, so moving, splitting, sorting and reformatting files changes nothing.

use super::content_key::{content_key, entry_key, note_key, status_key};
use super::{NoteRecord, RefreshEntry};
use crate::source::NotePath;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Who a record speaks about: the customer and the workload, without regard to case, width and spacing.
///
/// A record that lacks either is known by the file it stands in, so that it is still matched with itself.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Identity {
    customer: String,
    workload: String,
    /// Only for a record that lacks the customer or the workload.
    path: Option<NotePath>,
}

impl Identity {
    /// The identity of `record`, which stands in the file at `path`.
    #[must_use]
    pub fn of(path: &NotePath, record: &NoteRecord) -> Self {
        let customer = record.customer.value().map(|name| folded(name)).unwrap_or_default();
        let workload = record.workload.value().map(|name| folded(name)).unwrap_or_default();
        let incomplete = customer.is_empty() || workload.is_empty();
        Self { customer, workload, path: incomplete.then(|| path.clone()) }
    }
}

/// What a run did to one record.
#[derive(Debug, Clone, Copy)]
pub enum Change<'a> {
    /// The run looks at no history: every record is judged, and the history rules have nothing to say.
    NoHistory,
    /// The same status, note, refresh summary and waivers stood on at least one parent side: the run did not write
    /// this record.
    Unchanged,
    /// No parent side has a record about this customer and workload.
    New,
    /// The record differs from its twin on every parent side that has one.
    Changed {
        /// The twin on the first parent side that has one.
        before: &'a NoteRecord,
    },
}

impl<'a> Change<'a> {
    /// Whether the gate judges the record, unless it is told to judge all.
    #[must_use]
    pub fn is_judged(self) -> bool {
        !matches!(self, Self::Unchanged)
    }

    /// The twin before the change, for the history rules.
    #[must_use]
    pub fn before(self) -> Option<&'a NoteRecord> {
        match self {
            Self::Changed { before } => Some(before),
            Self::NoHistory | Self::Unchanged | Self::New => None,
        }
    }
}

/// The records of every parent side, over all files that a run changes; see the module.
#[derive(Debug, Default)]
pub struct Past {
    sides: Vec<Side>,
}

type Side = HashMap<Identity, Twins>;

/// The records of one side about one customer and workload; one, unless somebody made a copy.
#[derive(Debug, Default)]
struct Twins {
    contents: HashSet<String>,
    /// By the file and the position in it.
    places: BTreeMap<(NotePath, usize), NoteRecord>,
}

impl Twins {
    /// The record to compare with: the one in the same file at the same position, else in the same file, else the first.
    fn nearest(&self, path: &NotePath, index: usize) -> Option<&NoteRecord> {
        let same_file = || self.places.range((path.clone(), 0)..).next().filter(|((found, _), _)| found == path);
        self.places
            .get(&(path.clone(), index))
            .or_else(|| same_file().map(|(_, record)| record))
            .or_else(|| self.places.values().next())
    }
}

impl Past {
    /// A past with `sides` parent sides ([`crate::source::Source::sides`]); none of them holds a record yet.
    #[must_use]
    pub fn new(sides: usize) -> Self {
        Self { sides: std::iter::repeat_with(Side::new).take(sides).collect() }
    }

    /// Adds the records that the file at `path` held on the parent side with this number, counted from 0 as in
    /// [`crate::source::Candidate::before`]. A side that the past was not made for is ignored.
    pub fn add(&mut self, side: usize, path: &NotePath, records: impl IntoIterator<Item = NoteRecord>) {
        let Some(side) = self.sides.get_mut(side) else { return };
        for record in records {
            let twins = side.entry(Identity::of(path, &record)).or_default();
            twins.contents.insert(content_key(&record));
            twins.places.insert((path.clone(), record.index), record);
        }
    }

    /// What the run did to `record`, which now stands in the file at `path`.
    ///
    /// Right only once every file of the run was added, deleted files included.
    #[must_use]
    pub fn change(&self, path: &NotePath, record: &NoteRecord) -> Change<'_> {
        if self.sides.is_empty() {
            return Change::NoHistory;
        }
        let identity = Identity::of(path, record);
        let content = content_key(record);
        let twins = || self.sides.iter().filter_map(|side| side.get(&identity));
        if twins().any(|twins| twins.contents.contains(&content)) {
            return Change::Unchanged;
        }
        match twins().find_map(|twins| twins.nearest(path, record.index)) {
            Some(before) => Change::Changed { before },
            None => Change::New,
        }
    }
}

/// Whether two records have the same status, spelling aside.
#[must_use]
pub fn same_status(left: &NoteRecord, right: &NoteRecord) -> bool {
    status_key(left) == status_key(right)
}

/// Whether two records have the same note, line breaks and spacing aside.
#[must_use]
pub fn same_note(left: &NoteRecord, right: &NoteRecord) -> bool {
    note_key(left) == note_key(right)
}

/// Whether two refresh entries say the same: the same day, person and change, however they are written.
#[must_use]
pub fn same_entry(left: &RefreshEntry, right: &RefreshEntry) -> bool {
    entry_key(left) == entry_key(right)
}

/// How the entries of a refresh summary differ before and after a change, their order aside.
#[derive(Debug)]
pub struct EntryChanges<'a> {
    /// Entries that are there no longer, in their order before the change.
    pub gone: Vec<&'a RefreshEntry>,
    /// Entries that were not there, in their order after the change.
    pub added: Vec<&'a RefreshEntry>,
}

impl<'a> EntryChanges<'a> {
    /// Compares the refresh summaries of two versions of a record. A summary that is missing or no list has no entries.
    #[must_use]
    pub fn between(before: &'a NoteRecord, after: &'a NoteRecord) -> Self {
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
    pub fn has_new_entry(&self) -> bool {
        self.added.len() > self.gone.len()
    }
}

fn entries(record: &NoteRecord) -> impl Iterator<Item = &RefreshEntry> {
    record.refresh_summary.value().into_iter().flatten()
}

fn folded(name: &str) -> String {
    crate::text::folded(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::{EntryDate, Field, Located, NoteMap};
    use super::*;
    use crate::text::ByteSpan;

    fn value<T>(value: T) -> Field<T> {
        Field::Value(Located { value, key: None, span: ByteSpan::at(0) })
    }

    fn text(text: &str) -> Field<String> {
        value(text.to_owned())
    }

    fn record(customer: &str, workload: &str, note: &str) -> NoteRecord {
        NoteRecord {
            index: 0,
            span: ByteSpan::at(0),
            customer: text(customer),
            workload: text(workload),
            status: text("Blocked"),
            note: text(note),
            refresh_summary: value(vec![entry("2020-03-27", "General Maintenance")]),
            date: Field::Missing,
            waivers: Field::Missing,
            problems: Vec::new(),
            note_map: NoteMap::default(),
        }
    }

    fn entry(date: &str, what: &str) -> RefreshEntry {
        RefreshEntry {
            span: ByteSpan::at(0),
            date: value(EntryDate { written: date.to_owned(), day: date.parse().ok() }),
            who_changed: text("Celia Kennedy"),
            what_changed: text(what),
        }
    }

    fn path(path: &str) -> NotePath {
        NotePath::from_bytes(path)
    }

    fn past(records: &[(&str, NoteRecord)]) -> Past {
        let mut past = Past::new(1);
        for (at, record) in records {
            past.add(0, &path(at), [record.clone()]);
        }
        past
    }

    #[test]
    fn without_sides_every_record_is_judged() {
        let change = Past::new(0).change(&path("a.yaml"), &record("Contoso", "Teams", "x")).is_judged();
        assert!(change);
    }

    #[test]
    fn a_record_that_moves_to_another_file_is_unchanged() {
        let past = past(&[("old.yaml", record("Contoso", "Teams", "one two"))]);
        let moved = record(" CONTOSO ", "teams", "one\ntwo\n");
        assert!(matches!(past.change(&path("new/place.yaml"), &moved), Change::Unchanged));
    }

    #[test]
    fn a_record_that_moves_and_changes_is_changed() {
        let past = past(&[("old.yaml", record("Contoso", "Teams", "one two"))]);
        let change = past.change(&path("new.yaml"), &record("Contoso", "Teams", "one"));
        assert_eq!(change.before().and_then(|twin| twin.note.value()).map(String::as_str), Some("one two"));
        assert!(change.is_judged());
    }

    #[test]
    fn another_workload_is_new() {
        let past = past(&[("a.yaml", record("Contoso", "Teams", "x"))]);
        assert!(matches!(past.change(&path("a.yaml"), &record("Contoso", "Yammer", "x")), Change::New));
    }

    #[test]
    fn the_same_as_any_parent_is_unchanged_and_the_same_as_none_is_changed() {
        let mut past = Past::new(2);
        past.add(0, &path("a.yaml"), [record("Contoso", "Teams", "ours")]);
        past.add(1, &path("a.yaml"), [record("Contoso", "Teams", "theirs")]);
        let change = |note| past.change(&path("a.yaml"), &record("Contoso", "Teams", note));
        assert!(!change("ours").is_judged());
        assert!(!change("theirs").is_judged());
        let both = change("ours and theirs");
        assert_eq!(both.before().and_then(|twin| twin.note.value()).map(String::as_str), Some("ours"));
    }

    #[test]
    fn status_entries_and_waivers_count_as_content() {
        let before = record("Contoso", "Teams", "x");
        let past = past(&[("a.yaml", before.clone())]);
        let judged = |record: &NoteRecord| past.change(&path("a.yaml"), record).is_judged();

        let mut other_spelling = before.clone();
        other_spelling.status = text("BLOCKED");
        assert!(!judged(&other_spelling));

        let mut other_status = before.clone();
        other_status.status = text("No Intent");
        assert!(judged(&other_status));

        let mut more_entries = before.clone();
        more_entries.refresh_summary =
            value(vec![entry("2020-04-01", "y"), entry("2020-03-27", "General Maintenance")]);
        assert!(judged(&more_entries));

        let mut null_note = before.clone();
        null_note.note = Field::Null(Located { value: (), key: None, span: ByteSpan::at(0) });
        assert!(judged(&null_note));

        let mut waived = before;
        waived.waivers = value(Vec::new());
        assert!(judged(&waived));
    }

    #[test]
    fn dates_are_the_same_day_in_either_form() {
        let iso = entry("2020-03-27", "x");
        let mut month_first = entry("2020-03-27", "x");
        month_first.date = value(EntryDate { written: "03/27/2020".to_owned(), day: "2020-03-27".parse().ok() });
        assert!(same_entry(&iso, &month_first));
        assert!(!same_entry(&iso, &entry("2020-03-28", "x")));
    }

    #[test]
    fn a_record_without_workload_is_matched_within_its_file_only() {
        let mut nameless = record("Contoso", "", "x");
        nameless.workload = Field::Missing;
        let past = past(&[("a.yaml", nameless.clone())]);
        assert!(!past.change(&path("a.yaml"), &nameless).is_judged());
        assert!(past.change(&path("b.yaml"), &nameless).is_judged());
    }

    #[test]
    fn among_twins_the_one_at_the_same_place_is_compared() {
        let mut second = record("Contoso", "Teams", "second");
        second.index = 1;
        let past = past(&[
            ("elsewhere.yaml", record("Contoso", "Teams", "elsewhere")),
            ("a.yaml", record("Contoso", "Teams", "first")),
            ("a.yaml", second),
        ]);
        let mut edited = record("Contoso", "Teams", "second, edited");
        edited.index = 1;
        let change = past.change(&path("a.yaml"), &edited);
        assert_eq!(change.before().and_then(|twin| twin.note.value()).map(String::as_str), Some("second"));
    }

    #[test]
    fn entries_are_matched_one_to_one_in_any_order() {
        let mut before = record("Contoso", "Teams", "x");
        before.refresh_summary =
            value(vec![entry("2020-03-27", "a"), entry("2020-03-27", "a"), entry("2020-01-01", "b")]);
        let mut after = before.clone();
        after.refresh_summary =
            value(vec![entry("2020-01-01", "b"), entry("2020-04-01", "c"), entry("2020-03-27", "a")]);
        let changes = EntryChanges::between(&before, &after);
        assert_eq!(changes.gone, [&entry("2020-03-27", "a")]);
        assert_eq!(changes.added, [&entry("2020-04-01", "c")]);
        assert!(!changes.has_new_entry(), "one came and one went");
    }
}
