//! The oracle: which records of a change have to be judged, and which of them blocked, by reading every file of every
//! side in full.

use crate::text::{Content, Entry, Record};
use crate::words::{CUSTOMERS, NOTES, STATUSES, WORKLOADS, group, is_note};
use crate::workshop::{Item, Tree, Workshop};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What has to be said of a change.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Verdict {
    /// The judged records, by path and number in the file, each with whether it is blocked.
    pub(crate) records: BTreeMap<(String, usize), bool>,
    /// The files that are refused as files.
    pub(crate) files: BTreeSet<String>,
}

impl Verdict {
    pub(crate) fn is_blocked(&self) -> bool {
        !self.files.is_empty() || self.records.values().any(|blocked| *blocked)
    }
}

/// The customer and the workload, however they are spelled.
type Identity = (usize, usize);

/// A record at its place.
#[derive(Debug)]
struct Placed {
    path: Vec<u8>,
    index: usize,
    identity: Identity,
    status: usize,
    note: usize,
    entries: Vec<Entry>,
}

impl Placed {
    fn new(path: &[u8], index: usize, record: &Record) -> Option<Self> {
        let identity = (group(&CUSTOMERS, &record.customer)?, group(&WORKLOADS, &record.workload)?);
        let status = group(&STATUSES, &record.status)?;
        let is_it =
            |note: &crate::words::Note| note.text == record.note && group(&STATUSES, note.status) == Some(status);
        let note = NOTES.iter().position(is_it)?;
        Some(Self { path: path.to_vec(), index, identity, status, note, entries: record.entries.clone() })
    }

    fn says(&self, other: &Self) -> bool {
        (self.status, self.note, &self.entries) == (other.status, other.note, &other.entries)
    }

    /// Whether it is a statement about its customer: one that is said to be a duplicate may stay beside another.
    fn counts(&self) -> bool {
        STATUSES.get(self.status).is_some_and(|spellings| !spellings.contains(&"Duplicate/Invalid"))
    }

    fn is_poor(&self) -> bool {
        NOTES.get(self.note).is_some_and(|note| note.is_poor)
    }
}

/// Those of `entries` that `others` lack; each of several that are alike counts.
fn lacking<'e>(entries: &'e [Entry], others: &[Entry]) -> Vec<&'e Entry> {
    let mut spare: Vec<&Entry> = others.iter().collect();
    let is_lacking = |entry: &&Entry| match spare.iter().position(|other| other == entry) {
        Some(at) => {
            spare.remove(at);
            false
        }
        None => true,
    };
    entries.iter().filter(is_lacking).collect()
}

/// One tree: its records, and what stands at its paths.
struct Snapshot {
    tree: Rc<Tree>,
    records: Vec<Placed>,
    broken: BTreeSet<Vec<u8>>,
}

impl Snapshot {
    /// Nothing where a file is not of these tests' making.
    fn read(workshop: &Workshop, tree: Rc<Tree>) -> Option<Self> {
        let files: Vec<_> = tree.iter().filter(|(path, item)| is_note(path) && item.kind == "100").collect();
        let ids: Vec<String> = files.iter().map(|(_, item)| item.id.clone()).collect();
        let (mut records, mut broken) = (Vec::new(), BTreeSet::new());
        for ((path, _), content) in files.iter().zip(workshop.contents(&ids)) {
            match content?.as_ref() {
                Content::Broken => drop(broken.insert((*path).clone())),
                Content::Records(found) => {
                    for (index, record) in found.iter().enumerate() {
                        records.push(Placed::new(path, index, record)?);
                    }
                }
            }
        }
        Some(Self { tree, records, broken })
    }

    fn of(&self, identity: Identity) -> impl Iterator<Item = &Placed> {
        self.records.iter().filter(move |record| record.identity == identity)
    }

    /// The statements about a customer and a workload.
    fn statements(&self, identity: Identity) -> impl Iterator<Item = &Placed> {
        self.of(identity).filter(|record| record.counts())
    }

    fn item(&self, path: &[u8]) -> Option<&Item> {
        self.tree.get(path)
    }
}

/// A change: what it is compared with, and what it comes to.
struct Change {
    sides: Vec<Snapshot>,
    shared: Vec<Snapshot>,
    after: Snapshot,
}

impl Change {
    /// The paths that differ from a side.
    fn touches(&self, path: &[u8]) -> bool {
        self.sides.iter().any(|side| side.item(path) != self.after.item(path))
    }

    fn is_written(&self, path: &[u8]) -> bool {
        self.sides.iter().all(|side| side.item(path) != self.after.item(path))
    }

    /// The records of a side that this one may have been: those of files that differ somewhere. What lies in the other files
    /// is still there, and only where there is nothing else this record may be a copy of it.
    fn twins<'s>(&'s self, side: &'s Snapshot, record: &Placed) -> Vec<&'s Placed> {
        let identity = record.identity;
        let is_near = |before: &&Placed| self.touches(&before.path);
        let has_near = self.sides.iter().any(|side| side.of(identity).any(|before| is_near(&before)));
        side.of(identity).filter(|before| !has_near || is_near(before)).collect()
    }

    /// The record to compare with: the one at the same place, else in the same file, else the first.
    fn nearest<'s>(&'s self, side: &'s Snapshot, record: &Placed) -> Option<&'s Placed> {
        let twins = self.twins(side, record);
        let here = |before: &&&Placed| before.path == record.path;
        let same = twins.iter().filter(here).find(|before| before.index == record.index);
        same.or_else(|| twins.iter().find(here)).or_else(|| twins.first()).copied()
    }

    fn is_kept_by(&self, side: &Snapshot, record: &Placed) -> bool {
        self.twins(side, record).iter().any(|before| before.says(record))
    }

    fn is_kept(&self, record: &Placed) -> bool {
        self.sides.iter().any(|side| self.is_kept_by(side, record))
    }

    /// Whether the record takes over one side's record and loses what another side wrote into its log since they parted.
    fn is_log_cut(&self, record: &Placed) -> bool {
        let shared: Vec<&Entry> = self
            .shared
            .iter()
            .flat_map(|shared| shared.of(record.identity))
            .flat_map(|record| &record.entries)
            .collect();
        let others = self.sides.iter().filter(|side| !self.is_kept_by(side, record));
        let mut others = others.filter_map(|side| self.nearest(side, record));
        others.any(|other| lacking(&other.entries, &record.entries).iter().any(|entry| !shared.contains(entry)))
    }

    /// The record at the same place of a side that said the same under another name of its customer or workload, a name
    /// that is gone.
    fn renamed(&self, record: &Placed) -> Option<&Placed> {
        let find = |side: &'_ Snapshot| {
            side.records.iter().position(|before| (&before.path, before.index) == (&record.path, record.index))
        };
        self.sides.iter().find_map(|side| {
            let before = side.records.get(find(side)?)?;
            let has_one_new_name = (before.identity.0 == record.identity.0) != (before.identity.1 == record.identity.1);
            let is_gone = self.after.of(before.identity).next().is_none();
            (has_one_new_name && is_gone && before.says(record)).then_some(before)
        })
    }

    /// Whether a record has to be judged for what it is, and whether its history has to be blocked.
    fn judged(&self, record: &Placed) -> Option<bool> {
        if self.is_kept(record) {
            return self.is_log_cut(record).then_some(true);
        }
        let before: Vec<&Placed> = self.sides.iter().filter_map(|side| self.nearest(side, record)).collect();
        if before.is_empty() {
            return match self.renamed(record) {
                Some(before) if before.identity.1 == record.identity.1 => None,
                _ => Some(false),
            };
        }
        let is_wrong = before.iter().any(|before| {
            let gone = lacking(&before.entries, &record.entries).len();
            let added = lacking(&record.entries, &before.entries).len();
            let is_changed = (before.status, before.note) != (record.status, record.note);
            gone > 0 || (is_changed && added <= gone)
        });
        Some(is_wrong)
    }

    /// The records that are there more than once by this change, by path and number.
    fn duplicates(&self) -> BTreeSet<(&[u8], usize)> {
        let mut found = BTreeSet::new();
        let paths = self.sides.iter().chain([&self.after]).flat_map(|snapshot| snapshot.tree.keys());
        let written = paths.filter(|path| is_note(path) && self.is_written(path));
        let folders: BTreeSet<&[u8]> = written.map(|path| folder(path)).collect();
        let identities: BTreeSet<Identity> = self.after.records.iter().map(|record| record.identity).collect();
        for identity in identities {
            let all: Vec<&Placed> = self.after.statements(identity).collect();
            let (touched, mut untouched): (Vec<&Placed>, Vec<&Placed>) =
                all.iter().partition(|record| self.touches(&record.path));
            // A pair that was there before is seen where one of it is edited in the same change or folder as the other.
            if self.sides.iter().any(|side| side.statements(identity).any(|record| self.touches(&record.path))) {
                untouched.retain(|record| folders.contains(folder(&record.path)));
            }
            if touched.is_empty() || touched.len() + untouched.len() < 2 {
                continue;
            }
            let place = |record: &Placed| (record.path.clone(), record.index);
            let mut reported: BTreeSet<(Vec<u8>, usize)> =
                touched.iter().filter(|record| !self.is_kept(record)).map(|record| place(record)).collect();
            let before = self.sides.iter().map(|side| side.statements(identity).count()).max().unwrap_or_default();
            if all.len() > before {
                let mut added = self.added(identity, &touched);
                if added.is_empty() && reported.is_empty() {
                    added.extend(touched.last().map(|record| place(record)));
                }
                reported.extend(added);
            }
            let kept = touched.iter().chain(&untouched).filter(|record| !reported.contains(&place(record)));
            let first = kept.map(|record| place(record)).min().or_else(|| touched.first().map(|record| place(record)));
            let named = touched.iter().filter(|record| reported.contains(&place(record)));
            found.extend(named.filter(|record| Some(place(record)) != first).map(|r| (r.path.as_slice(), r.index)));
        }
        found
    }

    /// Of the files that hold more records of this identity than on any side, those that are too many: first what
    /// changed, then the last ones.
    fn added(&self, identity: Identity, touched: &[&Placed]) -> Vec<(Vec<u8>, usize)> {
        let paths: BTreeSet<&Vec<u8>> = touched.iter().map(|record| &record.path).collect();
        let mut added = Vec::new();
        for path in paths {
            let count = |side: &Snapshot| side.statements(identity).filter(|record| record.path == *path).count();
            let before = self.sides.iter().map(count).max().unwrap_or_default();
            let mut here: Vec<&&Placed> = touched.iter().filter(|record| record.path == *path).collect();
            here.sort_by_key(|record| !self.is_kept(record));
            added.extend(here.into_iter().skip(before).map(|record| (record.path.clone(), record.index)));
        }
        added
    }

    /// What makes a change worth to be looked at.
    fn met(&self) -> BTreeSet<&'static str> {
        let touched: Vec<&Placed> = self.after.records.iter().filter(|record| self.touches(&record.path)).collect();
        let any = |is: &dyn Fn(&Placed) -> bool| touched.iter().any(|record| is(record));
        let is_new = |record: &Placed| self.sides.iter().all(|side| self.nearest(side, record).is_none());
        let all = [
            ("several sides", self.sides.len() > 1),
            ("three sides", self.sides.len() > 2),
            ("several places where sides parted", self.shared.len() > 1),
            ("a record is kept", any(&|record| self.is_kept(record))),
            ("a poor record is kept", any(&|record| self.is_kept(record) && record.is_poor())),
            ("a log is cut", any(&|record| self.is_kept(record) && self.is_log_cut(record))),
            ("a new name", any(&|record| is_new(record) && self.renamed(record).is_some())),
            ("a wrong history", any(&|record| self.judged(record) == Some(true))),
            ("a duplicate", !self.duplicates().is_empty()),
            ("a refused file", self.after.refused().iter().any(|path| self.is_written(path))),
        ];
        all.into_iter().filter(|(_, is_met)| *is_met).map(|(what, _)| what).collect()
    }

    fn verdict(&self) -> Verdict {
        let mut verdict = Verdict::default();
        let duplicates = self.duplicates();
        for record in self.after.records.iter().filter(|record| self.touches(&record.path)) {
            let is_duplicate = duplicates.contains(&(record.path.as_slice(), record.index));
            let judged = self.judged(record);
            if judged.is_some() || is_duplicate {
                let is_blocked = record.is_poor() || record.entries.is_empty() || judged == Some(true) || is_duplicate;
                verdict.records.insert((shown(&record.path), record.index), is_blocked);
            }
        }
        let refused = self.after.refused();
        verdict.files.extend(refused.into_iter().filter(|path| self.is_written(path)).map(|path| shown(&path)));
        verdict
    }
}

impl Snapshot {
    /// The notes that cannot be read.
    fn refused(&self) -> BTreeSet<Vec<u8>> {
        let links = self.tree.iter().filter(|(path, item)| is_note(path) && item.kind == "120");
        links.map(|(path, _)| path).chain(&self.broken).cloned().collect()
    }

    /// Every record by itself.
    fn verdict(&self) -> Verdict {
        let mut verdict = Verdict::default();
        let mut seen = BTreeSet::new();
        for record in &self.records {
            let is_duplicate = record.counts() && !seen.insert(record.identity);
            let is_blocked = record.is_poor() || record.entries.is_empty() || is_duplicate;
            verdict.records.insert((shown(&record.path), record.index), is_blocked);
        }
        verdict.files = self.refused().iter().map(|path| shown(path)).collect();
        verdict
    }
}

/// The folder of a path.
fn folder(path: &[u8]) -> &[u8] {
    path.iter().rposition(|byte| *byte == b'/').map_or(&[], |end| &path[..end])
}

/// A path as a report shows it.
fn shown(path: &[u8]) -> String {
    String::from_utf8_lossy(path).into_owned()
}

/// What has to be said of a change from `sides`, which parted at `shared`, to `after`. Nothing where a file is not of
/// these tests' making.
pub(crate) fn of_change(
    workshop: &Workshop,
    sides: Vec<Rc<Tree>>,
    shared: Vec<Rc<Tree>>,
    after: Rc<Tree>,
) -> Option<Verdict> {
    let read = |trees: Vec<Rc<Tree>>| -> Option<Vec<Snapshot>> {
        trees.into_iter().map(|tree| Snapshot::read(workshop, tree)).collect()
    };
    let change = Change { sides: read(sides)?, shared: read(shared)?, after: Snapshot::read(workshop, after)? };
    workshop.met.borrow_mut().extend(change.met());
    Some(change.verdict())
}

/// What has to be said of every record of a tree.
pub(crate) fn of_tree(workshop: &Workshop, tree: Rc<Tree>) -> Option<Verdict> {
    Some(Snapshot::read(workshop, tree)?.verdict())
}
