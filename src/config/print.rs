//! The configuration that holds, as YAML (`--print-config`).

use super::overrides::Override;
use super::{Config, SecondReading};
use crate::grade::FailOn;
use crate::playbook::{Additions, StatusSet};
use crate::record::FieldNames;
use crate::rules::{RequiredFields, Requirement};
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The configuration in the order of the documentation. Reading it back gives the same configuration.
#[derive(Serialize)]
struct Printed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    include: Option<&'a [String]>,
    exclude: &'a [String],
    fields: BTreeMap<&'static str, PrintedNames<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    required: BTreeMap<&'static str, bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statuses: Option<&'static str>,
    rules: BTreeMap<&'static str, &'static str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    refresh: BTreeMap<&'static str, u32>,
    fail_on: FailOn,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    overrides: Vec<PrintedOverride<'a>>,
    second_reader: PrintedReading<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    playbook: Option<&'a Additions>,
}

/// The names of a field: one, or a list.
#[derive(Serialize)]
#[serde(untagged)]
enum PrintedNames<'a> {
    One(&'a str),
    Several(Vec<&'a str>),
}

/// One of `overrides`.
#[derive(Serialize)]
struct PrintedOverride<'a> {
    paths: &'a [String],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<&'static str, PrintedNames<'a>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    required: BTreeMap<&'static str, bool>,
    rules: BTreeMap<&'static str, &'static str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    refresh: BTreeMap<&'static str, u32>,
}

impl<'a> From<&'a Override> for PrintedOverride<'a> {
    fn from(one: &'a Override) -> Self {
        Self {
            paths: &one.paths,
            fields: one.names.renamed().map(|(known, keys)| (known, printed_names(keys))).collect(),
            required: printed_required(&one.required),
            rules: one.levels.iter().map(|(rule, level)| (rule, level.name())).collect(),
            refresh: printed_refresh(one.max_age_days),
        }
    }
}

fn printed_names(keys: Vec<&str>) -> PrintedNames<'_> {
    match keys.as_slice() {
        [only] => PrintedNames::One(only),
        _ => PrintedNames::Several(keys),
    }
}

fn printed_required(required: &RequiredFields) -> BTreeMap<&'static str, bool> {
    required.iter().map(|(field, requirement)| (field.key(), requirement == Requirement::Required)).collect()
}

fn printed_refresh(max_age_days: Option<u32>) -> BTreeMap<&'static str, u32> {
    max_age_days.map(|days| ("max_age_days", days)).into_iter().collect()
}

/// `second_reader`.
#[derive(Serialize)]
#[serde(untagged)]
enum PrintedReading<'a> {
    Word(&'static str),
    Learned { learned: Cow<'a, str> },
}

impl<'a> From<&'a SecondReading> for PrintedReading<'a> {
    fn from(reading: &'a SecondReading) -> Self {
        match reading {
            SecondReading::On => Self::Word("on"),
            SecondReading::Off => Self::Word("off"),
            SecondReading::Learned { file, .. } => Self::Learned { learned: file.display() },
        }
    }
}

impl Config {
    /// The configuration that holds, as YAML that can be used as one. `rules` names only those that it sets: a rule
    /// may give its findings different severities, which no single one could stand for.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        let names = |known| (known, printed_names(self.settings.fields.keys_of(known).collect()));
        let printed = Printed {
            include: self.files.include(),
            exclude: self.files.exclude(),
            fields: FieldNames::KNOWN.into_iter().map(names).collect(),
            required: printed_required(&self.settings.required),
            statuses: (self.playbook.status_set == StatusSet::OwnOnly).then_some("only"),
            rules: self.levels.iter().map(|(rule, level)| (rule, level.name())).collect(),
            refresh: printed_refresh(self.settings.max_age_days),
            fail_on: self.fail_on,
            overrides: self.overrides.all().iter().map(Into::into).collect(),
            second_reader: (&self.second_reader).into(),
            playbook: (self.playbook != Additions::default()).then_some(&self.playbook),
        };
        serde_yaml::to_string(&printed).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{load, load_beside};
    use crate::second_reader::Learned;
    use crate::source::Content;

    #[test]
    fn the_file_of_learned_weights_is_printed() {
        let load = |text: Vec<u8>| {
            load_beside(text, "a", |_| Content::Bytes(Learned::nothing().to_json().into_bytes())).unwrap().to_yaml()
        };
        let printed = load(b"second_reader: {learned: 'notes/our own: #1.json'}".to_vec());
        assert!(printed.contains("second_reader:\n  learned: 'notes/our own: #1.json'\n"), "{printed}");
        assert_eq!(load(printed.clone().into_bytes()), printed);
    }

    #[test]
    fn what_is_printed_can_be_read_back() {
        let text = b"include: ['a/**']\nrules: {copied-note: off}\nrefresh: {max_age_days: 7}\nfail_on: marginal\n\
                    playbook: {statuses: [{name: Parked, kind: blocked}], max_words: 40}\n";
        let printed = load(text.to_vec(), "a").unwrap().to_yaml();
        assert!(printed.contains("copied-note: off\n"), "{printed}");
        assert!(printed.contains("max_age_days: 7\n"), "{printed}");
        assert_eq!(load(printed.clone().into_bytes(), "b").unwrap().to_yaml(), printed);
    }
}
