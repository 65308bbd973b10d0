//! What a team adds to the playbook in its configuration.

use super::StatusEntry;
use crate::lexicon::SemanticClass;
use std::collections::BTreeMap;

/// The `playbook:` part of a configuration. It adds to the built-in playbook and takes nothing away.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Additions {
    /// Further statuses, each with the kind whose rules it follows, and templates for the guidance's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<StatusEntry>,
    /// Whether those take the place of the guidance's own; a setting of its own in a configuration.
    #[serde(skip)]
    pub status_set: StatusSet,
    /// Further words, by the name of a list in the built-in playbook.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub words: BTreeMap<WordList, Vec<String>>,
    /// Further workloads, or more short names and terms for a known one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub workloads: Vec<WorkloadAddition>,
    /// The most sentences a note may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_sentences: Option<usize>,
    /// The most words a note may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_words: Option<usize>,
}

/// Which statuses a record may have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StatusSet {
    /// The guidance's five and a team's own.
    #[default]
    WithBuiltIn,
    /// A team's own alone.
    OwnOnly,
}

/// A workload that a team adds or adds to.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct WorkloadAddition {
    /// Its name as records write it.
    pub name: String,
    /// Short names.
    pub aliases: Vec<String>,
    /// Terms that belong to it and to no other workload.
    pub terms: Vec<String>,
}

/// The name of a word list of the built-in playbook.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct WordList(String);

impl WordList {
    /// The list of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::names().any(|known| known == name).then(|| Self(name.to_owned()))
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0
    }

    /// The names of all word lists, in the order of the playbook.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SemanticClass::ALL.iter().map(|(_, key)| *key)
    }

    /// What the words of the list do in a note.
    pub(super) fn class(&self) -> Option<SemanticClass> {
        SemanticClass::ALL.iter().find(|(_, key)| *key == self.0).map(|(class, _)| *class)
    }
}
