//! The settings that hold for records: for all of them, or for those of an override.

use super::length::Length;
use super::reader::Reader;
use super::{Level, RuleLevels};
use crate::record::{FieldName, FieldNames};
use crate::rules::{self, REGISTRY, RequiredFields, Requirement, Waivable};
use crate::text::ByteSpan;
use crate::yaml::{Entry, Value};
use std::collections::HashMap;
use std::ops::RangeInclusive;

/// How old the newest entry may be allowed to be, in days: up to a hundred years.
const AGES: RangeInclusive<u32> = 1..=36_500;

/// The most names of one field: each is compared with every key of every record.
pub(crate) const MOST_NAMES: usize = 16;

/// `fields`, where nothing is above it.
pub(super) fn fields(value: Value<'_>, reader: &mut Reader<'_>) -> FieldNames {
    let names = names(value, reader);
    check_names(&names, value.span(), reader);
    names
}

/// What `fields` calls the fields; whether two of them share a name is not looked at.
pub(super) fn names(value: Value<'_>, reader: &mut Reader<'_>) -> FieldNames {
    let mut names = FieldNames::default();
    for (field, entry) in reader.mapping(value, "`fields`") {
        if !FieldNames::KNOWN.contains(&field) {
            reader.unknown_key(entry, field, "field", &FieldNames::KNOWN);
            continue;
        }
        let keys = keys(field, entry.value, reader);
        // Without a key there is a problem already.
        let _is_called = names.call(field, keys);
    }
    names
}

/// The names of one field: a text, or a list of them.
fn keys(field: &str, value: Value<'_>, reader: &mut Reader<'_>) -> Vec<String> {
    let what = format!("the name of `{field}`");
    let Some(items) = value.items() else {
        return reader.text_within(value, &what, Length::FieldName).into_iter().collect();
    };
    let items: Vec<Value<'_>> = items.collect();
    if items.is_empty() {
        reader.problem(value.span(), format!("`{field}` has an empty list of names; write one, or leave the line out"));
    }
    if items.len() > MOST_NAMES {
        reader.problem(value.span(), format!("`{field}` has more than {MOST_NAMES} names"));
        return Vec::new();
    }
    let mut keys: Vec<String> = Vec::new();
    for item in items {
        let Some(key) = reader.text_within(item, &what, Length::FieldName) else { continue };
        match keys.contains(&key) {
            true => reader.problem(item.span(), format!("`{key}` is named twice for `{field}`; leave one out")),
            false => keys.push(key),
        }
    }
    keys
}

/// Reports fields that share a name.
pub(super) fn check_names(names: &FieldNames, span: ByteSpan, reader: &mut Reader<'_>) {
    let mut owners: HashMap<&str, &str> = HashMap::new();
    for known in FieldNames::KNOWN {
        for key in names.keys_of(known) {
            if let Some(other) = owners.insert(key, known).filter(|other| *other != known) {
                reader.problem(span, format!("`{other}` and `{known}` are both called `{key}`"));
            }
        }
    }
}

/// `required`: which fields a record has to have.
pub(super) fn required(value: Value<'_>, reader: &mut Reader<'_>) -> RequiredFields {
    let known = RequiredFields::ADJUSTABLE.map(FieldName::key);
    let mut required = RequiredFields::default();
    for (name, entry) in reader.mapping(value, "`required`") {
        let field = RequiredFields::ADJUSTABLE.into_iter().find(|field| field.key() == name);
        match field {
            Some(field) => {
                let wanted = reader.flag(entry.value, &format!("`{name}`"));
                let requirement = |wanted| if wanted { Requirement::Required } else { Requirement::Optional };
                wanted.into_iter().for_each(|wanted| required.set(field, requirement(wanted)));
            }
            None if name == FieldName::Note.key() => {
                reader.problem(entry.key.span(), "`note` is always required: without a note there is nothing to judge");
            }
            None => reader.unknown_key(entry, name, "field that can be optional", &known),
        }
    }
    required
}

/// `rules`: the severity of each rule.
pub(super) fn levels(value: Value<'_>, reader: &mut Reader<'_>) -> RuleLevels {
    let known: Vec<&str> = REGISTRY.iter().map(|rule| rule.meta().name).collect();
    let mut levels = RuleLevels::default();
    for (name, entry) in reader.mapping(value, "`rules`") {
        let Some(rule) = rules::find(name) else {
            reader.unknown_key(entry, name, "rule", &known);
            continue;
        };
        let Some(level) = level(entry, name, reader) else { continue };
        let meta = rule.meta();
        if meta.waivable == Waivable::No && Level::from_default(meta.default) != level {
            reader.problem(entry.value.span(), format!("`{name}` is structural: its severity cannot be changed"));
        } else {
            levels.set(meta.name, level);
        }
    }
    levels
}

fn level(entry: Entry<'_>, rule: &str, reader: &mut Reader<'_>) -> Option<Level> {
    let written = entry.value.scalar().map(|scalar| scalar.text.to_lowercase());
    let level = written.and_then(|written| Level::from_name(&written));
    if level.is_none() {
        reader.problem(entry.value.span(), format!("`{rule}` must be one of {}", Level::NAMES.join(", ")));
    }
    level
}

/// `refresh`: the greatest age of the newest entry, in days.
pub(super) fn max_age(value: Value<'_>, reader: &mut Reader<'_>) -> Option<u32> {
    let mut days = None;
    for (key, entry) in reader.mapping(value, "`refresh`") {
        match key {
            "max_age_days" => days = reader.count(entry.value, "`max_age_days`", AGES),
            _ => reader.unknown_key(entry, key, "setting of `refresh`", &["max_age_days"]),
        }
    }
    days
}
