//! The files of abbreviations, of words in keys and of frequent words of other languages, as values. Only the build script reads
//! them.

use super::files::file;
use std::collections::BTreeMap;
use std::path::Path;

/// `abbreviations.yaml`: abbreviations by what the full stop after them does, and words that tell what it did.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct AbbreviationsFile {
    pub(crate) never_ends: Vec<String>,
    pub(crate) before_figure: Vec<String>,
    pub(crate) may_end: Vec<String>,
    pub(crate) ends_before_capital: Vec<String>,
    pub(crate) opens_sentence: Vec<String>,
    pub(crate) spells_word: Vec<String>,
    pub(crate) leads_name: Vec<String>,
}

impl AbbreviationsFile {
    /// Reads the file in `folder`.
    ///
    /// # Errors
    /// A line for the person who edits it.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        file(&folder.join("abbreviations.yaml"))
    }
}

/// The key of the words between the parts of a name; they tell of no language alone.
const NAME_PARTICLES: &str = "name-particles";

/// `languages.yaml`: the frequent words of each language, by its name.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(transparent)]
pub(crate) struct LanguageFile {
    lists: BTreeMap<String, Vec<String>>,
}

impl LanguageFile {
    /// Reads the file in `folder`.
    ///
    /// # Errors
    /// A line for the person who edits it.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        file(&folder.join("languages.yaml"))
    }

    /// The languages with their words, by name.
    pub(crate) fn languages(&self) -> impl Iterator<Item = (&str, &[String])> {
        let languages = self.lists.iter().filter(|(name, _)| *name != NAME_PARTICLES);
        languages.map(|(name, words)| (name.as_str(), words.as_slice()))
    }

    /// The words between the parts of a name.
    pub(crate) fn name_particles(&self) -> &[String] {
        self.lists.get(NAME_PARTICLES).map(Vec::as_slice).unwrap_or_default()
    }
}

/// `key_words.yaml`: words in the keys of YAML files.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct KeyWordsFile {
    /// What each short form stands for.
    pub(crate) abbreviations: BTreeMap<String, String>,
    pub(crate) no_abbreviations: Vec<String>,
    pub(crate) models: Vec<String>,
    pub(crate) aspects: Vec<String>,
    pub(crate) work: Vec<String>,
    pub(crate) trade: Vec<String>,
    pub(crate) no_customers: Vec<String>,
    pub(crate) statuses: Vec<String>,
    /// What each sign of a record weighs.
    pub(crate) likeness: BTreeMap<String, u32>,
}

impl KeyWordsFile {
    /// Reads the file in `folder`.
    ///
    /// # Errors
    /// A line for the person who edits it.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        file(&folder.join("key_words.yaml"))
    }
}
