//! From values of the tree to the fields of a record.

use super::{EntryDate, Field, FieldNames, Located, RefreshEntry, Waiver, dates};
use crate::yaml::{Entry, ScalarKind, Value};

/// The mappings in which a record's fields are looked up: its own, then the one around it whose fields it inherits.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'t> {
    pub(super) own: Value<'t>,
    pub(super) shared: Option<Value<'t>>,
}

impl<'t> Scope<'t> {
    pub(super) fn get(self, key: &str) -> Option<Entry<'t>> {
        self.own.get(key).or_else(|| self.shared.and_then(|shared| shared.get(key)))
    }
}

/// What a value is, in plain words.
pub(super) fn describe(value: Value<'_>) -> &'static str {
    match value.scalar_kind() {
        Some(ScalarKind::Null) => "nothing",
        Some(ScalarKind::Boolean) => "true or false",
        Some(ScalarKind::Number) => "a number",
        Some(ScalarKind::Text) => "a text",
        Some(ScalarKind::Binary) => "binary data",
        None if value.items().is_some() => "a list",
        None if value.entries().is_some() => "a group of fields",
        None => "a reference to nothing",
    }
}

fn located<T>(entry: Entry<'_>, value: T) -> Located<T> {
    Located { value, key: Some(entry.key.span()), span: entry.value.span() }
}

fn odd<T>(entry: Entry<'_>) -> Field<T> {
    Field::Odd(located(entry, describe(entry.value)))
}

/// A text; numbers are no texts here.
pub(super) fn prose(entry: Option<Entry<'_>>) -> Field<String> {
    scalar(entry, &[ScalarKind::Text], str::to_owned)
}

/// A name. A customer may well be called 365, so numbers are taken as they are written.
pub(super) fn name(entry: Option<Entry<'_>>) -> Field<String> {
    scalar(entry, &[ScalarKind::Text, ScalarKind::Number], str::to_owned)
}

/// A date, or whatever is written in its place.
pub(super) fn date(entry: Option<Entry<'_>>) -> Field<EntryDate> {
    scalar(entry, &[ScalarKind::Text, ScalarKind::Number], dates::read)
}

fn scalar<T>(entry: Option<Entry<'_>>, kinds: &[ScalarKind], read: fn(&str) -> T) -> Field<T> {
    let Some(entry) = entry else { return Field::Missing };
    match (entry.value.scalar_kind(), entry.value.scalar()) {
        (Some(ScalarKind::Null), _) => Field::Null(located(entry, ())),
        (Some(kind), Some(scalar)) if kinds.contains(&kind) => Field::Value(located(entry, read(&scalar.text))),
        _ => odd(entry),
    }
}

fn list<T>(entry: Option<Entry<'_>>, item: impl Fn(Value<'_>) -> T) -> Field<Vec<T>> {
    let Some(entry) = entry else { return Field::Missing };
    if entry.value.scalar_kind() == Some(ScalarKind::Null) {
        return Field::Null(located(entry, ()));
    }
    match entry.value.items() {
        Some(items) => Field::Value(located(entry, items.map(item).collect())),
        None => odd(entry),
    }
}

/// The entries of a refresh summary. An item that is no mapping becomes an entry that lacks everything.
pub(super) fn refresh_summary(entry: Option<Entry<'_>>, names: &FieldNames) -> Field<Vec<RefreshEntry>> {
    list(entry, |item| RefreshEntry {
        span: item.span(),
        date: date(item.get(names.key_of("date"))),
        who_changed: name(item.get(names.key_of("who_changed"))),
        what_changed: name(item.get(names.key_of("what_changed"))),
    })
}

/// The waivers. An item that is a single word becomes a waiver of that rule without a reason.
pub(super) fn waivers(entry: Option<Entry<'_>>) -> Field<Vec<Waiver>> {
    list(entry, |item| Waiver {
        span: item.span(),
        rule: match item.scalar() {
            Some(scalar) if item.scalar_kind() == Some(ScalarKind::Text) => {
                Field::Value(Located { value: scalar.text.clone().into_owned(), key: None, span: item.span() })
            }
            _ => name(item.get("rule")),
        },
        reason: name(item.get("reason")),
        until: date(item.get("until")),
        unknown_keys: unknown_keys(item, &["rule", "reason", "until"]),
    })
}

fn unknown_keys(mapping: Value<'_>, known: &[&str]) -> Vec<Located<String>> {
    let Some(entries) = mapping.entries() else { return Vec::new() };
    entries
        .filter_map(|entry| Some((entry, entry.key.scalar()?)))
        .filter(|(_, key)| !known.contains(&key.text.as_ref()))
        .map(|(entry, key)| located(entry, key.text.clone().into_owned()))
        .collect()
}
