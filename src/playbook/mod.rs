//! The guidance as data: statuses, words, templates and thresholds, with what a team's configuration adds.

mod additions;

pub use additions::{Additions, WordList, WorkloadAddition};

use crate::reading::lexicon::{LexicalEntry, Lexicon, SemanticClass, SemanticClasses, WorkloadIndex};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// The text of the playbook that is built into the program.
pub const DEFAULT: &str = include_str!("default.yaml");

/// The guidance as the program knows it, with what a team's configuration adds.
#[derive(Debug, Clone)]
pub struct Playbook {
    /// The statuses, in the guidance's order; a team's own come after.
    pub statuses: Vec<StatusEntry>,
    /// Limits and weights.
    pub thresholds: Thresholds,
    workloads: Vec<Workload>,
    names: Arc<Names>,
    lexicon: Arc<Lexicon>,
}

/// Where statuses and workloads stand in their lists, by their names and short names as [`fold_name`] spells them. Of two
/// with one name the first is meant.
#[derive(Debug, Clone, Default)]
struct Names {
    statuses: FxHashMap<String, usize>,
    workloads: FxHashMap<String, usize>,
}

impl Names {
    fn of(file: &PlaybookFile) -> Self {
        let mut names = Self::default();
        for (at, status) in file.statuses.iter().enumerate() {
            names.learn_status(&status.name, at);
        }
        for (at, workload) in file.workloads.iter().enumerate() {
            for name in std::iter::once(&workload.name).chain(&workload.aliases) {
                names.learn_workload(name, at);
            }
        }
        names
    }

    /// Where the status of that name stands: at `at`, unless the name is known.
    fn learn_status(&mut self, name: &str, at: usize) -> usize {
        *self.statuses.entry(fold_name(name)).or_insert(at)
    }

    /// Where the workload of that name or short name stands: at `at`, unless the name is known.
    fn learn_workload(&mut self, name: &str, at: usize) -> usize {
        *self.workloads.entry(fold_name(name)).or_insert(at)
    }
}

/// What a status means to the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StatusKind {
    /// The customer is moving forward.
    InProgress,
    /// Something keeps the customer from moving forward.
    Blocked,
    /// The customer does not want the service.
    NoIntent,
    /// Nobody could find out.
    StatusUnknown,
    /// The entitlement is counted twice or is not real.
    DuplicateInvalid,
}

impl StatusKind {
    /// All kinds with their names in a configuration.
    pub const NAMES: [(Self, &'static str); 5] = [
        (Self::InProgress, "in-progress"),
        (Self::Blocked, "blocked"),
        (Self::NoIntent, "no-intent"),
        (Self::StatusUnknown, "status-unknown"),
        (Self::DuplicateInvalid, "duplicate-invalid"),
    ];

    /// The kind of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(kind, _)| *kind)
    }

    /// The name of the kind in a configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

/// How a workload uses a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameUse {
    /// As its name.
    Name,
    /// As a short name.
    Alias,
    /// As a term that belongs to it.
    Term,
}

impl NameUse {
    /// The use in words that go on with "of" and the workload.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Name => "the name",
            Self::Alias => "a short name",
            Self::Term => "a term",
        }
    }
}

/// A status of the playbook.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatusEntry {
    /// The canonical spelling.
    pub name: String,
    /// What it means to the rules; a team's own status names one of the five kinds.
    pub kind: StatusKind,
    /// Templates for a note of that status; slots are written in square brackets.
    #[serde(default)]
    pub templates: Vec<String>,
}

/// Limits and weights, each explained where it stands in `default.yaml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thresholds {
    /// More sentences than this are too many.
    pub max_sentences: usize,
    /// More words than this are too many.
    pub max_words: usize,
    /// What a named thing weighs in a reason.
    pub specific_weight: u32,
    /// What an everyday thing weighs that no list knows.
    pub thing_weight: u32,
    /// What a word weighs that only names a kind of reason.
    pub topic_weight: u32,
    /// What a long abstract noun weighs that no list knows.
    pub abstract_weight: u32,
    /// From this weight on a reason is thin rather than none.
    pub thin_reason: u32,
    /// From this weight on a reason is concrete.
    pub concrete_reason: u32,
    /// From this weight on the state of an onboarding is concrete.
    pub concrete_state: u32,
}

/// A service with its short names and its terms.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Workload {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    terms: Vec<String>,
    #[serde(default)]
    shares: Vec<String>,
    /// What cannot apply to it.
    #[serde(default)]
    never: Vec<String>,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaybookFile {
    #[serde(rename = "version")]
    _version: u32,
    statuses: Vec<StatusEntry>,
    thresholds: Thresholds,
    workloads: Vec<Workload>,
    words: BTreeMap<String, Vec<String>>,
}

/// Compiled once: half of the time that a short run takes goes into it.
static BUILT_IN: LazyLock<Playbook> = LazyLock::new(|| Playbook::compiled(&Additions::default()));

impl Playbook {
    /// The playbook that is built into the program, from the guidance.
    #[must_use]
    pub fn built_in() -> Self {
        BUILT_IN.clone()
    }

    /// The built-in playbook with a team's additions.
    ///
    /// Unknown word lists cannot occur: [`Additions`] refuses them when the configuration is read.
    #[must_use]
    pub fn with(additions: &Additions) -> Self {
        if *additions == Additions::default() { Self::built_in() } else { Self::compiled(additions) }
    }

    fn compiled(additions: &Additions) -> Self {
        #[expect(clippy::expect_used, reason = "the built-in file is part of the program; a test reads it")]
        let mut file: PlaybookFile = serde_yaml::from_str(DEFAULT).expect("the built-in playbook is sound");
        let mut names = Names::of(&file);
        additions.extend(&mut file, &mut names);
        let (names, lexicon) = (Arc::new(names), Arc::new(compile(&file)));
        Self { statuses: file.statuses, thresholds: file.thresholds, workloads: file.workloads, names, lexicon }
    }

    /// The status that `written` means: case, spaces, `-`, `_` and `/` do not count.
    #[must_use]
    pub fn status(&self, written: &str) -> Option<&StatusEntry> {
        self.statuses.get(*self.names.statuses.get(&fold_name(written))?)
    }

    /// The names of all workloads and their short names, lower case.
    pub fn workload_names(&self) -> impl Iterator<Item = &str> {
        self.workloads.iter().flat_map(|w| std::iter::once(w.name.as_str()).chain(w.aliases.iter().map(String::as_str)))
    }

    /// Every spelling of each workload with the name that it means; names come before short names, so that a workload
    /// that a team adds is itself even where its name is a short name of another.
    pub fn workload_spellings(&self) -> impl Iterator<Item = (&str, &str)> {
        let names = self.workloads.iter().map(|w| (w.name.as_str(), w.name.as_str()));
        names.chain(self.workloads.iter().flat_map(|w| w.aliases.iter().map(|alias| (alias.as_str(), w.name.as_str()))))
    }

    /// The word lists as the file has them, for the tests that hold every entry to its list.
    #[cfg(test)]
    pub(crate) fn word_lists(&self) -> Vec<(SemanticClass, &'static str, Vec<String>)> {
        let file: PlaybookFile = serde_yaml::from_str(DEFAULT).unwrap();
        SemanticClass::ALL.iter().map(|(class, key)| (*class, *key, file.words[*key].clone())).collect()
    }

    /// The names and terms of each workload as the file has them.
    #[cfg(test)]
    pub(crate) fn workload_words(&self) -> Vec<(String, Vec<String>)> {
        let words = |w: &Workload| [w.aliases.clone(), w.terms.clone(), w.never.clone()].concat();
        self.workloads.iter().map(|w| (w.name.clone(), words(w))).collect()
    }

    pub(crate) fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The workload that a record's `workload` field names, whatever its case and short name.
    pub(crate) fn workload(&self, written: &str) -> Option<WorkloadIndex> {
        let at = self.names.workloads.get(&fold_name(written))?;
        WorkloadIndex::try_from(*at).ok()
    }

    /// Every name, short name and term of the workloads, with the workload and which of these it is.
    pub fn workload_names_and_terms(&self) -> impl Iterator<Item = (&str, &str, NameUse)> {
        self.workloads.iter().flat_map(|workload| {
            let name = std::iter::once((workload.name.as_str(), NameUse::Name));
            let aliases = workload.aliases.iter().map(|alias| (alias.as_str(), NameUse::Alias));
            let terms = workload.terms.iter().map(|term| (term.as_str(), NameUse::Term));
            name.chain(aliases).chain(terms).map(|(word, used)| (word, workload.name.as_str(), used))
        })
    }

    /// The name of a workload.
    pub(crate) fn workload_name(&self, index: WorkloadIndex) -> &str {
        self.workloads.get(usize::from(index)).map_or("", |w| w.name.as_str())
    }

    /// Whether a term of `term` is at home in `own` too.
    pub(crate) fn shares(&self, own: WorkloadIndex, term: WorkloadIndex) -> bool {
        let name = self.workload_name(term);
        own == term
            || self.workloads.get(usize::from(own)).is_some_and(|w| w.shares.iter().any(|shared| shared == name))
            || self
                .workloads
                .get(usize::from(term))
                .is_some_and(|w| w.shares.iter().any(|shared| shared == self.workload_name(own)))
    }
}

fn compile(file: &PlaybookFile) -> Lexicon {
    let mut lexicon = Lexicon::default();
    for (at, workload) in file.workloads.iter().enumerate() {
        let Ok(index) = WorkloadIndex::try_from(at) else { break };
        let name = workload.name.to_lowercase();
        for alias in std::iter::once(&name).chain(&workload.aliases) {
            lexicon.add(alias, LexicalEntry { names: Some(index), ..LexicalEntry::default() });
        }
        for term in &workload.terms {
            lexicon.add(term, LexicalEntry { belongs: Some(index), ..LexicalEntry::default() });
        }
    }
    for (at, workload) in file.workloads.iter().enumerate() {
        for term in &workload.never {
            lexicon.add(term, LexicalEntry { never: WorkloadIndex::try_from(at).ok(), ..LexicalEntry::default() });
        }
    }
    for (class, key) in SemanticClass::ALL {
        for word in file.words.get(*key).into_iter().flatten() {
            lexicon.add(word, LexicalEntry { classes: SemanticClasses::of(*class), ..LexicalEntry::default() });
        }
    }
    lexicon
}

/// A name without regard to case, spaces and punctuation.
pub(crate) fn fold_name(name: &str) -> String {
    if name.is_ascii() {
        // Nearly every name is ASCII, and names are folded again for each record and rule.
        let letters = name.bytes().filter(u8::is_ascii_alphanumeric);
        return letters.map(|byte| char::from(byte.to_ascii_lowercase())).collect();
    }
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_playbook_is_sound() {
        let playbook = Playbook::built_in();
        let names: Vec<&str> = playbook.statuses.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["In Progress", "Blocked", "No Intent", "Status Unknown", "Duplicate/Invalid"]);
    }

    #[test]
    fn every_word_list_is_a_class_and_every_class_has_words() {
        let file: PlaybookFile = serde_yaml::from_str(DEFAULT).unwrap();
        let classes: Vec<&str> = SemanticClass::ALL.iter().map(|(_, key)| *key).collect();
        for key in file.words.keys() {
            assert!(classes.contains(&key.as_str()), "no class is called {key}");
        }
        for key in classes {
            assert!(file.words.get(key).is_some_and(|words| !words.is_empty()), "no words for {key}");
        }
    }

    #[test]
    fn word_lists_are_sorted_and_hold_no_word_twice() {
        let file: PlaybookFile = serde_yaml::from_str(DEFAULT).unwrap();
        let lists = file.words.iter().map(|(key, list)| (key.clone(), list));
        let terms = file.workloads.iter().map(|w| (w.name.clone(), &w.terms));
        let aliases = file.workloads.iter().map(|w| (w.name.clone(), &w.aliases));
        for (key, list) in lists.chain(terms).chain(aliases) {
            for pair in list.windows(2) {
                assert!(pair[0] < pair[1], "{key}: {} stands before {}", pair[0], pair[1]);
            }
        }
    }

    #[test]
    fn statuses_are_read_leniently() {
        let playbook = Playbook::built_in();
        for written in ["Duplicate/Invalid", "duplicate-invalid", "DUPLICATE INVALID", "duplicate_invalid"] {
            assert_eq!(playbook.status(written).map(|s| s.kind), Some(StatusKind::DuplicateInvalid));
        }
        assert_eq!(playbook.status("Done"), None);
        assert_eq!(playbook.status(""), None);
    }

    #[test]
    fn workloads_are_known_by_name_and_short_name_whatever_the_spelling() {
        let playbook = Playbook::built_in();
        let name = |written: &str| playbook.workload(written).map(|index| playbook.workload_name(index));
        for written in ["Exchange Online", "exchange-online", "EXO", " e x o "] {
            assert_eq!(name(written), Some("Exchange Online"), "{written}");
        }
        assert_eq!(name("Exchange Önline"), None);
        assert_eq!(name(""), None);
    }

    #[test]
    fn the_first_of_two_entries_with_one_name_is_meant() {
        let workload = |name: &str, aliases: &[&str]| WorkloadAddition {
            name: name.to_owned(),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            terms: Vec::new(),
        };
        let workloads = vec![workload("Loop One", &["lp"]), workload("Loop Two", &["lp"])];
        let playbook = Playbook::with(&Additions { workloads, ..Additions::default() });
        assert_eq!(playbook.workload("LP").map(|index| playbook.workload_name(index)), Some("Loop One"));
        assert_eq!(playbook.workload("loop two").map(|index| playbook.workload_name(index)), Some("Loop Two"));
    }

    #[test]
    fn ascii_names_are_folded_like_all_others() {
        for name in (0..=0x7f_u8).map(|byte| format!("A{}z", char::from(byte))) {
            let slow: String = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
            assert_eq!(fold_name(&name), slow, "{name:?}");
        }
    }
}
