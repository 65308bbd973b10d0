//! Which records a run changed: records are matched with their twins before the change by who they speak about, not
//! by file or position, so moving, splitting, sorting and reformatting files changes nothing.
//!
//! A name may change too. A record that says what the one at its place in its file said, and differs from it in the
//! customer or in the workload alone, is that record under a new name, unless the old name is still there. The new name
//! has to be one: a number, a date or a placeholder in its place is an edit like any other.

mod entries;

pub(crate) use super::content_key::entry_key;
pub(crate) use entries::EntryChanges;

use super::content_key::{content_key, note_key, status_key};
use super::identity::{Identities, Identity};
use super::{Field, NoteRecord, RefreshEntry};
use crate::emptiness::{Purpose, emptiness};
use crate::source::NotePath;
use crate::yaml;
use entries::SharedLogs;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What a run did to one record.
#[derive(Debug, Clone)]
pub(crate) enum Change<'a> {
    /// The run looks at no history: every record is judged, and the history rules have nothing to say.
    NoHistory,
    /// The same status, note, refresh summary, date and waivers stood on at least one parent side: the run did not write
    /// this record.
    Unchanged,
    /// No parent side has a record about this customer and workload.
    New,
    /// The same, and the record stood at its place before, with another customer or another workload and the same
    /// status, note, refresh summary and waivers.
    Renamed {
        /// The record under its old name.
        before: [&'a NoteRecord; 1],
    },
    /// The record differs from its twin on every parent side that has one.
    Changed {
        /// The twin on each parent side that has one.
        before: Vec<&'a NoteRecord>,
    },
    /// The record is as it is on one parent side, and its refresh summary lacks entries that another side added: whoever
    /// joined the sides took one record for the other, log and all.
    LogCut {
        /// The same record with the entries of all sides.
        before: Box<NoteRecord>,
    },
}

impl<'a> Change<'a> {
    /// Whether the gate judges the record, unless it is told to judge all. Under a new name it is the same record; whether
    /// the new name is that of another workload is for the caller to say.
    #[must_use]
    pub(crate) fn is_judged(&self) -> bool {
        !matches!(self, Self::Unchanged | Self::Renamed { .. })
    }

    /// The twins before the change, one for each parent side that has one, for the history rules: a log is continued
    /// from every side, whichever of them git names first.
    #[must_use]
    pub(crate) fn before(&self) -> Vec<&NoteRecord> {
        match self {
            Self::Changed { before } => before.clone(),
            Self::Renamed { before } => before.to_vec(),
            Self::LogCut { before } => vec![before.as_ref()],
            Self::NoHistory | Self::Unchanged | Self::New => Vec::new(),
        }
    }
}

/// The records of every parent side, over all files that a run changes; see the module.
#[derive(Debug, Default)]
pub(crate) struct BaseRecords {
    identities: Identities,
    sides: Vec<Side>,
    /// Whom the records after the change speak about.
    after: HashSet<Identity>,
    /// What the sides had in common when they parted; nothing where nobody asks what became of their logs.
    shared: Option<SharedLogs>,
}

/// The records of one side.
#[derive(Debug, Default)]
struct Side {
    twins: HashMap<Identity, Counterparts>,
    /// Whom the record at a place speaks about.
    names: HashMap<(NotePath, usize), Identity>,
}

/// The records of one side about one customer and workload; one, unless somebody made a copy.
#[derive(Debug, Default)]
struct Counterparts {
    contents: HashSet<String>,
    /// By the file and the position in it.
    places: BTreeMap<(NotePath, usize), NoteRecord>,
}

impl Counterparts {
    /// The record to compare with: the one in the same file at the same position, else in the same file, else the first.
    fn nearest(&self, path: &NotePath, index: usize) -> Option<&NoteRecord> {
        self.places
            .get(&(path.clone(), index))
            .or_else(|| self.in_file(path).next())
            .or_else(|| self.places.values().next())
    }

    fn in_file(&self, path: &NotePath) -> impl Iterator<Item = &NoteRecord> {
        let from_here = self.places.range((path.clone(), 0)..);
        from_here.take_while(move |((found, _), _)| found == path).map(|(_, record)| record)
    }
}

impl BaseRecords {
    /// Base records with `sides` parent sides ([`crate::source::Source::sides`]); none holds a record yet.
    #[must_use]
    pub(crate) fn new(sides: usize, identities: Identities) -> Self {
        let sides = std::iter::repeat_with(Side::default).take(sides).collect();
        Self { identities, sides, after: HashSet::new(), shared: None }
    }

    /// Looks after the logs of records that the run takes over from one of several sides, from now on.
    #[must_use]
    pub(crate) fn keeping_logs(self) -> Self {
        let shared = (self.sides.len() > 1).then(SharedLogs::default);
        Self { shared, ..self }
    }

    /// Whether the run looks at history at all.
    #[must_use]
    pub(crate) fn has_sides(&self) -> bool {
        !self.sides.is_empty()
    }

    /// The identity of `record`, which is in the file at `path`.
    #[must_use]
    pub(crate) fn identity(&self, path: &NotePath, record: &NoteRecord) -> Identity {
        self.identities.of(path, record)
    }

    /// Adds the records that the file at `path` held on the parent side with this number, counted from 0 as in
    /// [`crate::source::Candidate::before`]. A side that they were not made for is ignored.
    pub(crate) fn add(&mut self, side: usize, path: &NotePath, records: impl IntoIterator<Item = NoteRecord>) {
        let Some(side) = self.sides.get_mut(side) else { return };
        for record in records {
            let identity = self.identities.of(path, &record);
            side.names.insert((path.clone(), record.index), identity.clone());
            let twins = side.twins.entry(identity).or_default();
            twins.contents.insert(content_key(&record));
            twins.places.insert((path.clone(), record.index), record);
        }
    }

    /// Adds the records that the file at `path` held where the sides parted ([`crate::source::Candidate::shared`]).
    pub(crate) fn add_shared(&mut self, path: &NotePath, records: impl IntoIterator<Item = NoteRecord>) {
        let Some(shared) = &mut self.shared else { return };
        for record in records {
            shared.add(self.identities.of(path, &record), &record);
        }
    }

    /// Adds whom a record after the change is about; without that no new name is followed.
    pub(crate) fn add_after(&mut self, identity: Identity) {
        self.after.insert(identity);
    }

    /// Adds a record of a file that is the same on every side.
    pub(crate) fn add_untouched(&mut self, path: &NotePath, record: &NoteRecord) {
        for side in 0..self.sides.len() {
            self.add(side, path, [record.clone()]);
        }
    }

    /// What the run did to `record`, which is now in the file at `path`.
    ///
    /// Right only once every file of the run was added, deleted files included.
    #[must_use]
    pub(crate) fn change(&self, path: &NotePath, record: &NoteRecord) -> Change<'_> {
        if self.sides.is_empty() {
            return Change::NoHistory;
        }
        let identity = self.identity(path, record);
        let content = content_key(record);
        if self.has_content(&identity, &content) {
            let place = (path, record.index);
            return self.log_cut(&identity, &content, place, record).unwrap_or(Change::Unchanged);
        }
        let before: Vec<&NoteRecord> =
            self.twins(&identity).filter_map(|twins| twins.nearest(path, record.index)).collect();
        if !before.is_empty() {
            return Change::Changed { before };
        }
        let is_named = is_name(&record.customer) && is_name(&record.workload);
        match self.renamed(&(path.clone(), record.index), &content, &identity).filter(|_| is_named) {
            Some(before) => Change::Renamed { before: [before] },
            None => Change::New,
        }
    }

    /// The change of a record that one side has as it is, when its log lacks what another side added.
    fn log_cut(
        &self,
        identity: &Identity,
        content: &str,
        (path, index): (&NotePath, usize),
        record: &NoteRecord,
    ) -> Option<Change<'_>> {
        let others = self.twins(identity).filter(|twins| !twins.contents.contains(content));
        let others: Vec<&NoteRecord> = others.filter_map(|twins| twins.nearest(path, index)).collect();
        let whole = self.shared.as_ref()?.with_lost_entries(identity, record, &others)?;
        Some(Change::LogCut { before: Box::new(whole) })
    }

    /// The record that was at this place and said the same under a name that is gone.
    fn renamed(&self, place: &(NotePath, usize), content: &str, now: &Identity) -> Option<&NoteRecord> {
        self.sides.iter().find_map(|side| {
            let old = side.names.get(place)?;
            let is_gone = self.after.contains(now) && !self.after.contains(old);
            if !is_gone || !old.differs_in_one_name(now) {
                return None;
            }
            let before = side.twins.get(old)?.places.get(place)?;
            (content_key(before) == content).then_some(before)
        })
    }

    /// Whether a record of this identity said the same ([`says`]) on any side.
    #[must_use]
    pub(crate) fn has_content(&self, identity: &Identity, content: &str) -> bool {
        self.twins(identity).any(|twins| twins.contents.contains(content))
    }

    /// The most records of this identity that one side holds.
    #[must_use]
    pub(crate) fn most(&self, identity: &Identity) -> usize {
        self.twins(identity).map(|twins| twins.places.len()).max().unwrap_or(0)
    }

    /// The most records of this identity that one side holds in the file at `path`.
    #[must_use]
    pub(crate) fn most_in(&self, identity: &Identity, path: &NotePath) -> usize {
        self.twins(identity).map(|twins| twins.in_file(path).count()).max().unwrap_or(0)
    }

    fn twins(&self, identity: &Identity) -> impl Iterator<Item = &Counterparts> {
        self.sides.iter().filter_map(move |side| side.twins.get(identity))
    }
}

/// Whether a field holds a name in words: a record that gets one is the same record under a new name. A number or a date
/// may be a name, and as well a slip, so the record is judged.
fn is_name(field: &Field<String>) -> bool {
    let is_name = |name: &String| {
        emptiness(name, Purpose::Name).is_none()
            && name.chars().any(char::is_alphabetic)
            && !yaml::is_number(name.trim())
    };
    field.value().is_some_and(is_name)
}

/// What a record says, as text that is equal for two records that say the same, however each is laid out.
#[must_use]
pub(crate) fn says(record: &NoteRecord) -> String {
    content_key(record)
}

/// Whether two records have the same status, spelling aside.
#[must_use]
pub(crate) fn same_status(left: &NoteRecord, right: &NoteRecord) -> bool {
    status_key(left) == status_key(right)
}

/// Whether two records have the same note, line breaks and spacing aside.
#[must_use]
pub(crate) fn same_note(left: &NoteRecord, right: &NoteRecord) -> bool {
    note_key(left) == note_key(right)
}

/// Whether two refresh entries say the same: the same day, person and change, however they are written.
#[must_use]
pub(crate) fn same_entry(left: &RefreshEntry, right: &RefreshEntry) -> bool {
    entry_key(left) == entry_key(right)
}

#[cfg(test)]
mod rename_tests;

#[cfg(test)]
mod tests {
    use super::super::{EntryDate, Located, NoteMap};
    use super::*;
    use crate::text::ByteSpan;

    fn value<T>(value: T) -> Field<T> {
        Field::Value(Located { value, key: None, span: ByteSpan::at(0) })
    }

    fn text(text: &str) -> Field<String> {
        value(text.to_owned())
    }

    pub(super) fn record(customer: &str, workload: &str, note: &str) -> NoteRecord {
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
            owner: None,
            problems: Vec::new(),
            note_map: NoteMap::default(),
            entry_layout: crate::record::EntryLayout::default(),
        }
    }

    pub(super) fn entry(date: &str, what: &str) -> RefreshEntry {
        RefreshEntry {
            span: ByteSpan::at(0),
            date: value(EntryDate { written: date.to_owned(), day: date.parse().ok() }),
            who_changed: text("Celia Kennedy"),
            what_changed: text(what),
            unread: None,
        }
    }

    pub(super) fn path(path: &str) -> NotePath {
        NotePath::from_bytes(path)
    }

    pub(super) fn base_records(records: &[(&str, NoteRecord)]) -> BaseRecords {
        let mut base = BaseRecords::new(1, Identities::default());
        for (at, record) in records {
            base.add(0, &path(at), [record.clone()]);
        }
        base
    }

    /// The notes of the twins that the history rules compare with.
    fn notes<'a>(change: &'a Change<'a>) -> Vec<&'a str> {
        change.before().iter().filter_map(|twin| twin.note.value()).map(String::as_str).collect()
    }

    #[test]
    fn without_sides_every_record_is_judged() {
        let change = BaseRecords::new(0, Identities::default())
            .change(&path("a.yaml"), &record("Contoso", "Teams", "x"))
            .is_judged();
        assert!(change);
    }

    #[test]
    fn a_record_that_moves_to_another_file_is_unchanged() {
        let base = base_records(&[("old.yaml", record("Contoso", "Teams", "one two"))]);
        let moved = record(" CONTOSO ", "teams", "one\ntwo\n");
        assert!(matches!(base.change(&path("new/place.yaml"), &moved), Change::Unchanged));
    }

    #[test]
    fn a_record_that_moves_and_changes_is_changed() {
        let base = base_records(&[("old.yaml", record("Contoso", "Teams", "one two"))]);
        let change = base.change(&path("new.yaml"), &record("Contoso", "Teams", "one"));
        assert_eq!(notes(&change), ["one two"]);
        assert!(change.is_judged());
    }

    #[test]
    fn another_workload_is_new() {
        let base = base_records(&[("a.yaml", record("Contoso", "Teams", "x"))]);
        assert!(matches!(base.change(&path("a.yaml"), &record("Contoso", "Yammer", "x")), Change::New));
    }

    #[test]
    fn the_same_as_any_parent_is_unchanged_and_the_same_as_none_is_changed() {
        let mut base = BaseRecords::new(2, Identities::default());
        base.add(0, &path("a.yaml"), [record("Contoso", "Teams", "ours")]);
        base.add(1, &path("a.yaml"), [record("Contoso", "Teams", "theirs")]);
        let change = |note| base.change(&path("a.yaml"), &record("Contoso", "Teams", note));
        assert!(!change("ours").is_judged());
        assert!(!change("theirs").is_judged());
        let both = change("ours and theirs");
        assert_eq!(notes(&both), ["ours", "theirs"], "the log of each parent is continued");
    }

    #[test]
    fn status_entries_and_waivers_count_as_content() {
        let before = record("Contoso", "Teams", "x");
        let base = base_records(&[("a.yaml", before.clone())]);
        let judged = |record: &NoteRecord| base.change(&path("a.yaml"), record).is_judged();

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
        let base = base_records(&[("a.yaml", nameless.clone())]);
        assert!(!base.change(&path("a.yaml"), &nameless).is_judged());
        assert!(base.change(&path("b.yaml"), &nameless).is_judged());
    }

    #[test]
    fn among_twins_the_one_at_the_same_place_is_compared() {
        let mut second = record("Contoso", "Teams", "second");
        second.index = 1;
        let base = base_records(&[
            ("elsewhere.yaml", record("Contoso", "Teams", "elsewhere")),
            ("a.yaml", record("Contoso", "Teams", "first")),
            ("a.yaml", second),
        ]);
        let mut edited = record("Contoso", "Teams", "second, edited");
        edited.index = 1;
        let change = base.change(&path("a.yaml"), &edited);
        assert_eq!(notes(&change), ["second"]);
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
