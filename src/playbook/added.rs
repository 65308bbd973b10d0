//! What a team's configuration adds to the built-in playbook, compiled for a run.

use super::additions::{Additions, StatusSet, WorkloadAddition};
use super::built_in::WORKLOADS;
use super::{NameUse, StatusEntry, built_in_workload, fold_name};
use crate::lexicon::{LexicalEntry, WorkloadIndex};
use rustc_hash::FxHashMap;

/// The statuses and workloads that a team adds.
#[derive(Debug, Default)]
pub(super) struct Added {
    /// All statuses by their folded names.
    statuses: FxHashMap<String, usize>,
    /// The names of the team's own workloads, whose indices come after the built-in ones.
    workloads: Vec<String>,
    /// The team's names, short names and terms, each with its workload.
    uses: Vec<(String, WorkloadIndex, NameUse)>,
    /// The workloads of these names, folded.
    workload_names: FxHashMap<String, WorkloadIndex>,
}

/// Statuses, and where each stands among them by its folded name.
pub(super) struct Statuses {
    pub(super) all: Vec<StatusEntry>,
    pub(super) places: FxHashMap<String, usize>,
}

impl Statuses {
    /// The built-in statuses with a team's own, and with its templates; or a team's own alone.
    pub(super) fn with(built_in: Vec<StatusEntry>, additions: &Additions) -> Self {
        let (known, templates) = match additions.status_set {
            StatusSet::WithBuiltIn => (built_in, Vec::new()),
            StatusSet::OwnOnly => (Vec::new(), built_in),
        };
        let places = known.iter().zip(0..).map(|(status, at)| (fold_name(&status.name), at)).collect();
        let mut statuses = Self { all: known, places };
        for status in &additions.statuses {
            let place = *statuses.places.entry(fold_name(&status.name)).or_insert(statuses.all.len());
            match statuses.all.get_mut(place) {
                Some(known) => known.templates.extend(status.templates.iter().cloned()),
                None => statuses.all.push(status.clone()),
            }
        }
        // The guidance's templates for a kind go to the first status of that kind, which takes the place of its own.
        for StatusEntry { kind, templates, .. } in templates {
            if let Some(first) = statuses.all.iter_mut().find(|status| status.kind == kind) {
                first.templates.splice(0..0, templates);
            }
        }
        statuses
    }
}

impl Added {
    /// What `additions` add, with every word and phrase that they bring into the lexicon; `statuses` are those of the
    /// whole playbook.
    pub(super) fn new(
        additions: &Additions,
        statuses: FxHashMap<String, usize>,
    ) -> (Self, Vec<(String, LexicalEntry)>) {
        let mut added = Self { statuses, ..Self::default() };
        let mut entries = Vec::new();
        for addition in &additions.workloads {
            added.add_workload(addition, &mut entries);
        }
        for (list, words) in &additions.words {
            let sense = list.class().map(LexicalEntry::of_class).unwrap_or_default();
            entries.extend(words.iter().map(|word| (word.to_lowercase(), sense)));
        }
        (added, entries)
    }

    fn add_workload(&mut self, addition: &WorkloadAddition, entries: &mut Vec<(String, LexicalEntry)>) {
        // Whatever of its names the addition calls it by.
        let Some(index) = self.workload(&addition.name).or_else(|| self.new_workload(&addition.name)) else {
            return;
        };
        let lower =
            |words: &[String], used| words.iter().map(move |word| (word.to_lowercase(), used)).collect::<Vec<_>>();
        let mut uses = lower(&addition.aliases, NameUse::Alias);
        if usize::from(index) >= WORKLOADS.len() {
            uses.push((addition.name.clone(), NameUse::Name));
        }
        uses.extend(lower(&addition.terms, NameUse::Term));
        for (word, used) in uses {
            let sense = match used {
                NameUse::Name | NameUse::Alias => LexicalEntry::naming(index),
                NameUse::Term => LexicalEntry::belonging_to(index),
            };
            entries.push((word.to_lowercase(), sense));
            if used != NameUse::Term {
                let first = self.workload_names.entry(fold_name(&word)).or_insert(index);
                *first = index.min(*first);
            }
            self.uses.push((word, index, used));
        }
    }

    fn new_workload(&mut self, name: &str) -> Option<WorkloadIndex> {
        let index = WorkloadIndex::try_from(WORKLOADS.len() + self.workloads.len()).ok()?;
        self.workloads.push(name.to_owned());
        Some(index)
    }

    /// The place of the status that `written` means.
    pub(super) fn status(&self, written: &str) -> Option<usize> {
        self.statuses.get(&fold_name(written)).copied()
    }

    /// The workload that `written` means, of all that a team names; the first of the list where two have the name.
    pub(super) fn workload(&self, written: &str) -> Option<WorkloadIndex> {
        let added = self.workload_names.get(&fold_name(written)).copied();
        built_in_workload(written).into_iter().chain(added).min()
    }

    /// The name of one of the team's own workloads.
    pub(super) fn workload_name(&self, index: WorkloadIndex) -> Option<&str> {
        self.workloads.get(usize::from(index).checked_sub(WORKLOADS.len())?).map(String::as_str)
    }

    /// The team's names, short names and terms, each with its workload and which of these it is.
    pub(super) fn names_and_terms(&self) -> impl Iterator<Item = (&str, WorkloadIndex, NameUse)> {
        self.uses.iter().map(|(word, workload, used)| (word.as_str(), *workload, *used))
    }
}
