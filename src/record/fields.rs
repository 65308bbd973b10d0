//! From values of the tree to the fields of a record.

use super::{EntryDate, Field, FieldName, FieldNames, Located, RefreshEntry, Unfit, Waiver, content, dates};
use crate::emptiness::is_blank;
use crate::yaml::{Entry, ScalarKind, Value};

/// The key of the person or team behind a record.
const OWNER: &str = "owner";

/// The fields of one mapping, looked up once: a mapping may be large, and shared by many records.
#[derive(Debug, Clone, Copy)]
pub(super) struct Fields<'t> {
    pub(super) mapping: Value<'t>,
    entries: [Option<Entry<'t>>; FieldName::ALL.len()],
    /// What stands under `owner`, which is no field of notegate's own.
    owner: Option<Value<'t>>,
}

impl<'t> Fields<'t> {
    pub(super) fn of(mapping: Value<'t>, names: &FieldNames) -> Self {
        let keys = FieldName::ALL.map(|field| names.key(field));
        let mut entries = [None; FieldName::ALL.len()];
        let mut owner = None;
        for entry in mapping.entries().into_iter().flatten() {
            let Some(key) = entry.key.scalar() else { continue };
            let slots = entries.iter_mut().zip(keys).filter(|(_, known)| *known == key.text);
            slots.for_each(|(slot, _)| *slot = Some(entry));
            if key.text == OWNER {
                owner = Some(entry.value);
            }
        }
        let mut fields = Self { mapping, entries, owner };
        if names.has_several() {
            fields.add_by_further_keys(names);
        }
        fields
    }

    /// Adds the fields that stand under one of their further keys.
    fn add_by_further_keys(&mut self, names: &FieldNames) {
        let absent = FieldName::ALL.iter().zip(&mut self.entries).filter(|(_, slot)| slot.is_none());
        absent.for_each(|(field, slot)| *slot = named(self.mapping, names, field.key()));
    }

    pub(super) fn get(&self, field: FieldName) -> Option<Entry<'t>> {
        FieldName::ALL.iter().zip(self.entries).find(|(known, _)| **known == field).and_then(|(_, entry)| entry)
    }

    /// How many values the fields hold, and how many bytes of text, with aliases unfolded.
    pub(super) fn cost(&self) -> (usize, usize) {
        self.entries.iter().flatten().map(|entry| cost(entry.value)).fold((0, 0), add)
    }
}

fn add(left: (usize, usize), right: (usize, usize)) -> (usize, usize) {
    (left.0.saturating_add(right.0), left.1.saturating_add(right.1))
}

/// The depth of a document is limited, so this does not recurse far.
fn cost(value: Value<'_>) -> (usize, usize) {
    let own = (1, value.scalar().map_or(0, |scalar| scalar.text.len()));
    let items = value.items().into_iter().flatten().map(cost).fold(own, add);
    value.entries().into_iter().flatten().map(|entry| add(cost(entry.key), cost(entry.value))).fold(items, add)
}

/// Where the fields of a record are looked up: in its own mapping, then in the one around it, which it inherits from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'s, 't> {
    pub(super) own: Fields<'t>,
    pub(super) shared: Option<&'s Fields<'t>>,
}

impl<'t> Scope<'_, 't> {
    pub(super) fn get(&self, field: FieldName) -> Option<Entry<'t>> {
        self.own.get(field).or_else(|| self.shared?.get(field))
    }
}

/// The entry of `mapping` under a key of `known`; under the first of several keys that is there.
pub(super) fn named<'t>(mapping: Value<'t>, names: &FieldNames, known: &'static str) -> Option<Entry<'t>> {
    names.keys_of(known).find_map(|key| mapping.get(key))
}

/// Whose record it is, where the team keeps that under `owner`: a text, and one that is not blank.
pub(super) fn owner(scope: &Scope<'_, '_>) -> Option<String> {
    let of = |fields: &Fields<'_>| fields.owner?.scalar().map(|scalar| scalar.text.trim().to_owned());
    of(&scope.own).or_else(|| of(scope.shared?)).filter(|owner| !is_blank(owner))
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
    Field::WrongType(located(entry, Unfit { found: describe(entry.value), content: content::of(entry.value) }))
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
    list(entry, |item| {
        // A record whose own date has another name may well call the date of an entry `date`.
        let date = date(named(item, names, "date").or_else(|| item.get("date")));
        let who_changed = name(named(item, names, "who_changed"));
        let what_changed = name(named(item, names, "what_changed"));
        let is_whole = !date.is_missing() && !who_changed.is_missing() && !what_changed.is_missing();
        let unread = (!is_whole).then(|| content::of(item));
        RefreshEntry { span: item.span(), date, who_changed, what_changed, unread }
    })
}

/// The waivers. An item that is a single word becomes a waiver of that rule without a reason.
pub(super) fn waivers(entry: Option<Entry<'_>>) -> Field<Vec<Waiver>> {
    list(entry, |item| {
        let rule = match item.scalar() {
            Some(scalar) if item.scalar_kind() == Some(ScalarKind::Text) => {
                Field::Value(Located { value: scalar.text.clone().into_owned(), key: None, span: item.span() })
            }
            _ => name(item.get("rule")),
        };
        let reason = name(item.get("reason"));
        let unread = (rule.is_missing() || reason.is_missing()).then(|| content::of(item));
        Waiver {
            span: item.span(),
            rule,
            reason,
            until: date(item.get("until")),
            unknown_keys: unknown_keys(item, &["rule", "reason", "until"]),
            unread,
        }
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
