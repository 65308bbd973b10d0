//! The grades of all notes at a point in time, kept up to date file by file.

use crate::engine::Worth;
use crate::grade::Grade;
use crate::record::identity::Identity;
use crate::rules::note::copied_note::Notes;
use crate::source::NotePath;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// How many notes have which grade.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Grades {
    pub(super) great: usize,
    pub(super) marginal: usize,
    pub(super) poor: usize,
}

impl Grades {
    fn of(&mut self, grade: Grade) -> &mut usize {
        match grade {
            Grade::Great => &mut self.great,
            Grade::Marginal => &mut self.marginal,
            Grade::Poor => &mut self.poor,
        }
    }

    fn add(&mut self, grade: Grade) {
        *self.of(grade) += 1;
    }

    fn take(&mut self, grade: Grade) {
        let count = self.of(grade);
        *count = count.saturating_sub(1);
    }
}

/// Where a record is: its file, and its number in it.
type Spot = (NotePath, usize);

/// The notes of one customer that are compared with each other.
#[derive(Debug, Default)]
struct Group {
    files: BTreeSet<NotePath>,
    /// Those that another workload has too, with the grade that this leaves them.
    copies: HashMap<Spot, Grade>,
}

/// The notes at a point in time.
#[derive(Debug, Default)]
pub(super) struct Board {
    files: BTreeMap<NotePath, Arc<[Worth]>>,
    /// Without regard to copies.
    grades: Grades,
    groups: HashMap<u64, Group>,
    /// The groups with files that have changed since they were compared.
    stale: HashSet<u64>,
}

/// A record at a point in time.
#[derive(Debug, Clone)]
pub(super) struct Standing<'b> {
    pub(super) path: &'b NotePath,
    /// Its number in the file.
    pub(super) number: usize,
    pub(super) worth: &'b Worth,
    pub(super) grade: Grade,
}

impl Board {
    /// Sets what the file at `path` holds; nothing takes it away.
    pub(super) fn put(&mut self, path: &NotePath, worths: Option<Arc<[Worth]>>) {
        let before = match worths {
            Some(worths) => {
                worths.iter().for_each(|worth| self.grades.add(worth.grade));
                for customer in customers(&worths) {
                    self.groups.entry(customer).or_default().files.insert(path.clone());
                    self.stale.insert(customer);
                }
                self.files.insert(path.clone(), worths)
            }
            None => self.files.remove(path),
        };
        let Some(before) = before else { return };
        before.iter().for_each(|worth| self.grades.take(worth.grade));
        let after: HashSet<u64> = self.files.get(path).map(|worths| customers(worths).collect()).unwrap_or_default();
        for customer in customers(&before) {
            self.stale.insert(customer);
            if !after.contains(&customer)
                && let Some(group) = self.groups.get_mut(&customer)
            {
                group.files.remove(path);
            }
        }
    }

    /// How many notes have which grade now.
    pub(super) fn grades(&mut self) -> Grades {
        self.compare();
        let mut grades = self.grades;
        for ((path, number), grade) in self.groups.values().flat_map(|group| &group.copies) {
            if let Some(worth) = self.files.get(path).and_then(|worths| worths.get(*number)) {
                grades.take(worth.grade);
                grades.add(*grade);
            }
        }
        grades
    }

    /// Every record now, by whom it is about; of several the one with the worst grade.
    pub(super) fn records(&mut self) -> HashMap<&Identity, Standing<'_>> {
        self.compare();
        let copies: HashMap<&Spot, Grade> =
            self.groups.values().flat_map(|group| &group.copies).map(|(spot, grade)| (spot, *grade)).collect();
        let mut records: HashMap<&Identity, Standing<'_>> = HashMap::new();
        for (path, worths) in &self.files {
            for (number, worth) in worths.iter().enumerate() {
                let grade = copies.get(&(path.clone(), number)).copied().unwrap_or(worth.grade);
                let standing = Standing { path, number, worth, grade };
                let known = records.entry(&worth.identity).or_insert_with(|| standing.clone());
                if grade > known.grade {
                    *known = standing;
                }
            }
        }
        records
    }

    /// Compares the notes of each customer with files that have changed, in the order of a run.
    fn compare(&mut self) {
        for customer in std::mem::take(&mut self.stale) {
            let Some(group) = self.groups.get_mut(&customer) else { continue };
            group.copies.clear();
            let mut notes = Notes::default();
            for path in &group.files {
                for (number, worth) in self.files.get(path).iter().flat_map(|worths| worths.iter().enumerate()) {
                    let Some((fingerprint, severity)) = &worth.likeness else { continue };
                    let is_copy = fingerprint.customer() == customer && notes.compare(fingerprint.clone()).is_some();
                    if is_copy {
                        let grade = worth.grade.max(Grade::from_severities([*severity]));
                        group.copies.insert((path.clone(), number), grade);
                    }
                }
            }
        }
    }
}

/// Whom the notes of a file are about that are compared with others; may name one several times.
fn customers(worths: &[Worth]) -> impl Iterator<Item = u64> {
    worths.iter().filter_map(|worth| worth.likeness.as_ref()).map(|(fingerprint, _)| fingerprint.customer())
}
