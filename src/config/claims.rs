//! Which status or workload a name belongs to, so that a configuration cannot give one name to two of them.

use super::reader::Source;
use crate::playbook::{NameUse, Playbook, StatusKind, fold_name};
use std::cell::OnceCell;
use std::collections::BTreeMap;

/// The names that the built-in playbook and the configuration so far give out. All keys are folded.
#[derive(Default)]
pub(super) struct Claims {
    built_in: OnceCell<BuiltIn>,
    statuses: BTreeMap<String, (StatusKind, Source)>,
    /// The workloads that the configuration adds, each as it is written.
    added: BTreeMap<String, (String, Source)>,
    /// Short names and terms of the configuration, with the workload as it is written.
    words: BTreeMap<String, (String, NameUse, Source)>,
}

/// The built-in playbook by its names.
struct BuiltIn {
    playbook: Playbook,
    words: BTreeMap<String, Vec<(String, NameUse)>>,
}

impl BuiltIn {
    fn new() -> Self {
        let playbook = Playbook::built_in();
        let mut words: BTreeMap<String, Vec<(String, NameUse)>> = BTreeMap::new();
        for (word, workload, used) in playbook.workload_names_and_terms() {
            words.entry(fold_name(word)).or_default().push((workload.to_owned(), used));
        }
        Self { playbook, words }
    }
}

impl Claims {
    fn built_in(&self) -> &BuiltIn {
        self.built_in.get_or_init(BuiltIn::new)
    }

    /// Takes a status with its kind.
    ///
    /// # Errors
    /// When the status has another kind elsewhere: both places, in words.
    pub(super) fn status(&mut self, name: &str, kind: StatusKind, at: Source) -> Result<(), String> {
        let built_in = || self.built_in().playbook.status(name).map(|status| (status.kind, Source::BuiltIn));
        let known = self.statuses.get(&fold_name(name)).copied().or_else(built_in);
        match known {
            Some((other, place)) if other != kind => Err(format!(
                "the status `{name}` has the kind `{}` here and `{}` {place}; use that kind, or another name",
                kind.name(),
                other.name()
            )),
            _ => {
                self.statuses.insert(fold_name(name), (kind, at));
                Ok(())
            }
        }
    }

    /// Takes the name of a workload. A name that is built in, or was there before, means that workload.
    pub(super) fn workload(&mut self, name: &str, at: Source) {
        if self.built_in_workload(name).is_none() {
            self.added.entry(fold_name(name)).or_insert_with(|| (name.to_owned(), at));
        }
    }

    /// Takes a short name of a workload.
    ///
    /// # Errors
    /// When another workload has it as a name, a short name or a term: both places, in words.
    pub(super) fn alias(&mut self, alias: &str, workload: &str, at: Source) -> Result<(), String> {
        self.word(alias, workload, NameUse::Alias, at)
    }

    /// Takes a term of a workload.
    ///
    /// # Errors
    /// When another workload has it as a name, a short name or a term: both places, in words.
    pub(super) fn term(&mut self, term: &str, workload: &str, at: Source) -> Result<(), String> {
        self.word(term, workload, NameUse::Term, at)
    }

    fn word(&mut self, word: &str, workload: &str, name_use: NameUse, at: Source) -> Result<(), String> {
        let own = self.owner(workload);
        let folded = fold_name(word);
        let built_in = self.built_in().words.get(&folded).into_iter().flatten();
        let built_in: Vec<(&str, NameUse, Source)> =
            built_in.map(|(name, used)| (name.as_str(), *used, Source::BuiltIn)).collect();
        let added = self.added.get(&folded).map(|(name, place)| (name.as_str(), NameUse::Name, *place));
        let words = self.words.get(&folded).map(|(name, used, place)| (name.as_str(), *used, *place));
        let is_own = |(name, ..): &(&str, NameUse, Source)| self.owner(name) == own;
        // A built-in term may be at home in several workloads; what one of them has already may be named again for it.
        let of_others = if built_in.iter().any(is_own) { Vec::new() } else { built_in };
        let other = of_others.into_iter().chain(added).chain(words).find(|known| !is_own(known));
        if let Some((name, known_use, place)) = other {
            return Err(format!(
                "`{word}` of the workload `{workload}` is {} of `{name}` {place}; leave it out here",
                known_use.words()
            ));
        }
        self.words.entry(folded).or_insert_with(|| (workload.to_owned(), name_use, at));
        Ok(())
    }

    /// One spelling for each workload: the folded built-in name, or its own.
    fn owner(&self, workload: &str) -> String {
        fold_name(self.built_in_workload(workload).unwrap_or(workload))
    }

    /// The built-in workload that `written` is a name or a short name of.
    fn built_in_workload(&self, written: &str) -> Option<&str> {
        let uses = self.built_in().words.get(&fold_name(written))?;
        uses.iter().find(|(_, used)| *used != NameUse::Term).map(|(name, _)| name.as_str())
    }
}
