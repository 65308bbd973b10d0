//! The configuration that holds, as YAML (`--print-config`).

use super::{Config, SecondReading};
use crate::grade::FailOn;
use crate::playbook::Additions;
use crate::record::FieldNames;
use serde::Serialize;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The configuration in the order of the documentation. Reading it back gives the same configuration.
#[derive(Serialize)]
struct Printed<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    include: Option<&'a [String]>,
    exclude: &'a [String],
    fields: BTreeMap<&'static str, &'a str>,
    rules: BTreeMap<&'static str, &'static str>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    refresh: BTreeMap<&'static str, u32>,
    fail_on: FailOn,
    second_reader: PrintedReading<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    playbook: Option<&'a Additions>,
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
        let printed = Printed {
            include: self.files.include(),
            exclude: self.files.exclude(),
            fields: FieldNames::KNOWN.iter().map(|name| (*name, self.settings.fields.key_of(name))).collect(),
            rules: self.levels.iter().map(|(rule, level)| (rule, level.name())).collect(),
            refresh: self.settings.max_age_days.map(|days| ("max_age_days", days)).into_iter().collect(),
            fail_on: self.fail_on,
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
        let text = b"include: ['a/**']\nrules: {copied-note: off}\nrefresh: {max_age_days: 7}\nfail_on: marginal\n";
        let printed = load(text.to_vec(), "a").unwrap().to_yaml();
        assert!(printed.contains("copied-note: off\n"), "{printed}");
        assert!(printed.contains("max_age_days: 7\n"), "{printed}");
        assert_eq!(load(printed.clone().into_bytes(), "b").unwrap().to_yaml(), printed);
    }
}
