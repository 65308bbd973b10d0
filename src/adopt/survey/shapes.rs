//! Groups of fields by the keys that mean a field: what is there often enough with the same keys is a record.

use super::{FileSurvey, GroupStats, Signs};
use crate::record::FieldName;
use std::collections::BTreeMap;

/// Groups with the same keys for the same fields.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shape {
    groups: usize,
    /// Those with a sentence.
    sentences: usize,
    /// Those with a status or a workload of the playbook.
    telling: usize,
    /// Those with a sentence, or a status or a workload of the playbook.
    speaking: usize,
    /// How many files have some.
    files: usize,
    /// How many different fields their keys mean.
    fields: usize,
}

/// Groups of one shape that are enough to be taken for records that no other evidence speaks for.
const ENOUGH_GROUPS: usize = 3;

/// Fields whose keys are enough where no value is known: all of a record but its refresh summary.
const ENOUGH_FIELDS: usize = 4;

/// Takes for records only what is one by the evidence that rules go by, what has the keys of records found before, or what
/// is there often enough with the same keys: with sentences, and with statuses or workloads that are known or keys for
/// every field; or with keys for every field in several files, and with a sentence or a known value in most groups.
/// Ordinary files have some words of records, too.
pub(in crate::adopt) fn settle(files: &mut [FileSurvey]) {
    let mut shapes: BTreeMap<String, Shape> = BTreeMap::new();
    for (keys, shape) in files.iter().flat_map(|file| &file.shapes) {
        shapes.entry(keys.clone()).or_default().add(Shape { files: 1, ..*shape });
    }
    for file in files.iter_mut().filter(|file| !file.is_sure) {
        let is_usual = |keys: &String| shapes.get(keys).is_some_and(Shape::is_enough);
        if !file.shapes.keys().any(is_usual) {
            file.others += file.records.count;
            file.records = GroupStats::default();
            file.lists.clear();
        }
    }
}

impl Shape {
    fn add(&mut self, other: Self) {
        self.groups += other.groups;
        self.sentences += other.sentences;
        self.telling += other.telling;
        self.speaking += other.speaking;
        self.files += other.files;
        self.fields = self.fields.max(other.fields);
    }

    fn is_enough(&self) -> bool {
        let is_full = self.fields >= ENOUGH_FIELDS;
        let is_told = 2 * self.telling >= self.groups || is_full;
        let is_repeated = is_full && self.files >= ENOUGH_GROUPS && 2 * self.speaking >= self.groups;
        self.groups >= ENOUGH_GROUPS && (2 * self.sentences >= self.groups && is_told || is_repeated)
    }
}

impl FileSurvey {
    /// Counts the shape of a group with what it inherits.
    pub(super) fn add_shape(&mut self, own: &Signs, around: &Signs) {
        let mut keys: Vec<&str> = own.keys.iter().chain(&around.keys).map(String::as_str).collect();
        keys.sort_unstable();
        let core = |field: &&FieldName| !matches!(field, FieldName::Date | FieldName::Waivers);
        let mut fields: Vec<FieldName> = own.fields.iter().chain(&around.fields).filter(core).copied().collect();
        fields.sort_unstable();
        fields.dedup();
        let shape = Shape {
            groups: 1,
            sentences: usize::from(own.sentences > 0),
            telling: usize::from(own.statuses > 0 || own.workloads > 0),
            speaking: usize::from(own.sentences > 0 || own.statuses > 0 || own.workloads > 0),
            files: 0,
            fields: fields.len(),
        };
        self.shapes.entry(keys.join("\n")).or_default().add(shape);
    }
}
