//! Entitlements that are single values where a list of records is asked for.

use super::misplaced::{Bare, beginning};
use super::spelling::NearKeys;
use crate::yaml::Value;

/// Values of entitlements that are kept.
const MOST_VALUES: usize = 16;

/// What entitlements are that are no records, with some of their values; nothing when they may hold a record, or are an
/// empty list.
pub(super) fn bare(entitlements: Value<'_>, keys: &NearKeys<'_>) -> Option<(Bare, Vec<String>)> {
    let text = |value: Value<'_>| Some(beginning(&value.scalar()?.text));
    if let Some(mut items) = entitlements.items() {
        let is_bare = items.clone().next().is_some() && items.clone().all(|item| item.scalar().is_some());
        return is_bare.then(|| (Bare::List, items.by_ref().take(MOST_VALUES).filter_map(text).collect()));
    }
    if let Some(entries) = entitlements.entries() {
        let is_field = |key: Value<'_>| key.scalar().is_some_and(|key| keys.near(&key.text).is_some());
        let is_bare = entries.clone().all(|entry| entry.value.scalar().is_some() && !is_field(entry.key));
        let values = || entries.take(MOST_VALUES).filter_map(|entry| text(entry.value)).collect();
        return is_bare.then(|| (Bare::Group, values()));
    }
    Some((Bare::One, vec![text(entitlements)?]))
}
