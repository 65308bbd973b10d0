//! The keys by which records are known once a layout is found: a file that has them holds a record, whatever its status and
//! its note say.

use super::folders::Part;
use super::layout::Layout;
use crate::record::{FieldName, fold};
use crate::yaml::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The keys of the records of each layout that was found.
#[derive(Debug, Default)]
pub(crate) struct FoundKeys {
    layouts: Vec<BTreeMap<FieldName, BTreeSet<String>>>,
}

impl FoundKeys {
    /// The keys that the records of `parts` have.
    pub(crate) fn of(parts: &[Part]) -> Self {
        Self { layouts: parts.iter().map(|part| keys(&part.layout)).collect() }
    }

    /// Whether a group of fields, with what it inherits from the group `around` it, has the keys of one of the layouts: a
    /// note, and a customer with a workload or a status. Where the layout has no customer, both of these.
    pub(crate) fn fit(&self, group: Value<'_>, around: Option<Value<'_>>) -> bool {
        if self.layouts.is_empty() {
            return false;
        }
        let (own, inherited) = (keys_of(group), around.map(keys_of).unwrap_or_default());
        self.layouts.iter().any(|layout| {
            let known = |field| layout.get(&field).into_iter().flatten();
            let is_own = |field| known(field).any(|key| own.contains(key));
            let has = |field| is_own(field) || known(field).any(|key| inherited.contains(key));
            let (is_of_workload, has_status) = (has(FieldName::Workload), has(FieldName::Status));
            let is_named = match layout.contains_key(&FieldName::Customer) {
                true => has(FieldName::Customer) && (is_of_workload || has_status),
                false => is_of_workload && has_status,
            };
            is_own(FieldName::Note) && is_named
        })
    }
}

fn keys(layout: &Layout) -> BTreeMap<FieldName, BTreeSet<String>> {
    let folded = |(field, found): (&FieldName, &Vec<super::Found>)| {
        (*field, found.iter().map(|found| fold(&found.key)).collect())
    };
    layout.fields.iter().map(folded).collect()
}

fn keys_of(group: Value<'_>) -> BTreeSet<String> {
    let entries = group.entries().into_iter().flatten().take(super::survey::MOST_KEYS);
    entries.filter_map(|entry| entry.key.scalar().map(|key| fold(&key.text))).collect()
}
