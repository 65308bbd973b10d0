//! What a team adds to the playbook in its configuration.

use super::{Names, PlaybookFile, StatusEntry, Workload};
use std::collections::BTreeMap;

/// The `playbook:` part of a configuration. It adds to the built-in playbook and takes nothing away.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Additions {
    /// Further statuses, each with the kind whose rules it follows, and templates for the guidance's own.
    pub statuses: Vec<StatusEntry>,
    /// Further words, by the name of a list in the built-in playbook.
    pub words: BTreeMap<WordList, Vec<String>>,
    /// Further workloads, or more short names and terms for a known one.
    pub workloads: Vec<WorkloadAddition>,
    /// The most sentences a note may have.
    pub max_sentences: Option<usize>,
    /// The most words a note may have.
    pub max_words: Option<usize>,
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

    /// The names of all word lists, in the order of the playbook.
    pub fn names() -> impl Iterator<Item = &'static str> {
        crate::reading::lexicon::SemanticClass::ALL.iter().map(|(_, key)| *key)
    }
}

impl Additions {
    /// Adds everything to the playbook, whose names are `names`; what it knows already is extended.
    pub(super) fn extend(&self, file: &mut PlaybookFile, names: &mut Names) {
        for status in &self.statuses {
            let at = names.learn_status(&status.name, file.statuses.len());
            match file.statuses.get_mut(at) {
                Some(known) => known.templates.extend(status.templates.iter().cloned()),
                None => file.statuses.push(status.clone()),
            }
        }
        for (list, words) in &self.words {
            let lower = words.iter().map(|word| word.to_lowercase());
            file.words.entry(list.0.clone()).or_default().extend(lower);
        }
        for addition in &self.workloads {
            let lower = |words: &[String]| words.iter().map(|word| word.to_lowercase()).collect::<Vec<_>>();
            let at = names.learn_workload(&addition.name, file.workloads.len());
            for alias in &addition.aliases {
                names.learn_workload(alias, at);
            }
            match file.workloads.get_mut(at) {
                Some(known) => {
                    known.aliases.extend(lower(&addition.aliases));
                    known.terms.extend(lower(&addition.terms));
                }
                None => file.workloads.push(Workload {
                    name: addition.name.clone(),
                    aliases: lower(&addition.aliases),
                    terms: lower(&addition.terms),
                    shares: Vec::new(),
                    never: Vec::new(),
                }),
            }
        }
        if let Some(sentences) = self.max_sentences {
            file.thresholds.max_sentences = sentences;
        }
        if let Some(words) = self.max_words {
            file.thresholds.max_words = words;
        }
    }
}
