//! The files that the playbook is written in, `src/playbook/*.yaml` and `src/playbook/lexicon/*.yaml`, as values. Only the
//! build script and tests read them.

use super::folding::fold_name;
use super::lexical_entry::{LexicalEntry, WorkloadIndex};
use super::semantic_class::SemanticClass;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::Path;

/// A status, as `statuses.yaml` has it.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct StatusText {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) templates: Vec<String>,
}

/// A workload, as `workloads.yaml` has it.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WorkloadText {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) aliases: Vec<String>,
    #[serde(default)]
    pub(crate) terms: Vec<String>,
    #[serde(default)]
    pub(crate) shares: Vec<String>,
    #[serde(default)]
    pub(crate) never: Vec<String>,
}

/// All of the playbook.
#[derive(Debug, Clone)]
pub(crate) struct PlaybookFiles {
    pub(crate) statuses: Vec<StatusText>,
    /// `thresholds.yaml`, by the name of a field of `Thresholds`.
    pub(crate) thresholds: BTreeMap<String, u32>,
    pub(crate) workloads: Vec<WorkloadText>,
    /// Each list of the lexicon with its class.
    pub(crate) words: Vec<(SemanticClass, &'static str, Vec<String>)>,
}

impl PlaybookFiles {
    /// Reads the files in `folder`.
    ///
    /// # Errors
    /// A line for the person who edits them: a file that cannot be read or is no list of a class, an entry out of order,
    /// or one that no note could meet as it is written.
    pub(crate) fn read(folder: &Path) -> Result<Self, String> {
        let lexicon = folder.join("lexicon");
        let names = SemanticClass::ALL.iter();
        let words = names.map(|(class, name)| Ok((*class, *name, file(&lexicon.join(format!("{name}.yaml")))?)));
        let files = Self {
            statuses: file(&folder.join("statuses.yaml"))?,
            thresholds: file(&folder.join("thresholds.yaml"))?,
            workloads: file(&folder.join("workloads.yaml"))?,
            words: words.collect::<Result<_, String>>()?,
        };
        only_known_lists(&lexicon)?;
        files.words.iter().try_for_each(|(_, name, list)| check(name, list))?;
        for workload in &files.workloads {
            [&workload.aliases, &workload.terms, &workload.never]
                .into_iter()
                .try_for_each(|list| check(&workload.name, list))?;
        }
        Ok(files)
    }

    /// Every word and phrase with what it means, in the order of the lists.
    pub(crate) fn entries(&self) -> Vec<(String, LexicalEntry)> {
        let mut entries = Vec::new();
        for (index, workload) in (0..).zip(&self.workloads) {
            entries.push((workload.name.to_lowercase(), LexicalEntry::naming(index)));
            let mut all = |list: &[String], sense| entries.extend(list.iter().map(|word| (word.clone(), sense)));
            all(&workload.aliases, LexicalEntry::naming(index));
            all(&workload.terms, LexicalEntry::belonging_to(index));
            all(&workload.never, LexicalEntry { never: Some(index), ..LexicalEntry::default() });
        }
        for (class, _, words) in &self.words {
            entries.extend(words.iter().map(|word| (word.clone(), LexicalEntry::of_class(*class))));
        }
        entries
    }

    /// The names and short names of workloads, folded, each with its workload: the first of the list that has it.
    pub(crate) fn workload_names(&self) -> BTreeMap<String, WorkloadIndex> {
        let mut names = BTreeMap::new();
        for (index, workload) in (0..).zip(&self.workloads) {
            for name in std::iter::once(&workload.name).chain(&workload.aliases) {
                names.entry(fold_name(name)).or_insert(index);
            }
        }
        names
    }

    /// The place of a workload in the list.
    pub(crate) fn workload(&self, name: &str) -> Option<WorkloadIndex> {
        (0..).zip(&self.workloads).find(|(_, workload)| workload.name == name).map(|(index, _)| index)
    }
}

/// The values of one file.
pub(super) fn file<T: DeserializeOwned>(path: &Path) -> Result<T, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    serde_yaml::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))
}

fn only_known_lists(folder: &Path) -> Result<(), String> {
    let files = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for file in files {
        let path = file.map_err(|error| format!("{}: {error}", folder.display()))?.path();
        let name = path.file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        if !SemanticClass::ALL.iter().any(|(_, known)| *known == name) {
            return Err(format!("{}: no semantic class is called `{name}`", path.display()));
        }
    }
    Ok(())
}

/// Holds the entries of a list to their order, and to the normal form in which notes are read.
fn check(list: &str, entries: &[String]) -> Result<(), String> {
    if entries.is_empty() && SemanticClass::ALL.iter().any(|(_, name)| *name == list) {
        return Err(format!("{list}: the list is empty"));
    }
    for (before, entry) in entries.iter().zip(entries.iter().skip(1)) {
        if before >= entry {
            return Err(format!("{list}: `{entry}` has to come before `{before}`, and once"));
        }
    }
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || " '&/.".contains(c);
    match entries.iter().find(|entry| !entry.chars().all(plain)) {
        Some(entry) => Err(format!("{list}: `{entry}` has to be in lower case, without hyphens and typographic marks")),
        None => Ok(()),
    }
}
