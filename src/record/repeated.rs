//! Fields for which the configuration has several keys: which of them a record uses, and whether it uses two.

use super::fields::{Scope, named};
use super::{FieldName, FieldNames, Located, Problem, content};
use crate::yaml::{Entry, Value};

/// Fields of an entry of the refresh summary.
const OF_ENTRIES: [&str; 3] = ["date", "who_changed", "what_changed"];

/// Fields of a record, and the list of its records that a customer has.
const OF_RECORDS: [&str; 8] =
    ["customer", "workload", "status", "note", "refresh_summary", "date", "waivers", "entitlements"];

/// The keys that a record uses of those fields that have several. Empty where no field has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WrittenKeys(Vec<(FieldName, String)>);

impl WrittenKeys {
    /// The key under which `field` stands, where it is another one than the first of its keys.
    #[must_use]
    pub fn key(&self, field: FieldName) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == field).map(|(_, key)| key.as_str())
    }
}

/// The keys of a record that are not the first ones of their fields.
pub(super) fn written(scope: &Scope<'_, '_>, names: &FieldNames) -> WrittenKeys {
    let key = |field: FieldName| {
        let key = scope.get(field)?.key.scalar()?;
        (names.key(field) != key.text).then(|| (field, key.text.clone().into_owned()))
    };
    WrittenKeys(FieldName::ALL.into_iter().filter_map(key).collect())
}

/// The fields that `mapping`, a record or a customer, has under two keys.
pub(super) fn fields(mapping: Value<'_>, names: &FieldNames) -> Vec<Problem> {
    find(mapping, names, &OF_RECORDS)
}

/// The same of the entries of a refresh summary.
pub(super) fn fields_of_entries(summary: Option<Entry<'_>>, names: &FieldNames) -> Vec<Problem> {
    let entries = summary.and_then(|entry| entry.value.items()).into_iter().flatten();
    entries.flat_map(|entry| find(entry, names, &OF_ENTRIES)).collect()
}

fn find(mapping: Value<'_>, names: &FieldNames, fields: &[&'static str]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for known in fields.iter().filter(|known| names.keys_of(known).nth(1).is_some()) {
        let Some(first) = named(mapping, names, known) else { continue };
        let others = mapping.entries().into_iter().flatten().filter(|entry| {
            let is_other = entry.key.span() != first.key.span();
            is_other && entry.key.scalar().is_some_and(|key| names.is_key_of(known, &key.text))
        });
        problems.extend(others.map(|second| Problem::RepeatedField {
            first: key(first),
            second: key(second),
            content: content::of(second.value),
        }));
    }
    problems
}

fn key(entry: Entry<'_>) -> Located<String> {
    let text = entry.key.scalar().map(|key| key.text.clone().into_owned()).unwrap_or_default();
    Located { value: text, key: Some(entry.key.span()), span: entry.key.span() }
}
