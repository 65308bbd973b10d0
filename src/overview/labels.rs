//! What tells the files of merged reports apart.

use super::seen::SourceNumber;
use std::collections::HashMap;
use std::collections::hash_map::{DefaultHasher, Entry};
use std::hash::{Hash as _, Hasher as _};

/// The labels of the reports, and whether paths carry them: where reports of several repositories have the same path, all
/// paths do, so that each reads the same throughout.
#[derive(Debug, Default)]
pub(super) struct Labels {
    labels: Vec<String>,
    /// The report in which each path occurs, by a hash of the path.
    sources: HashMap<u64, SourceNumber>,
    /// A path that occurs in several.
    shared: Option<String>,
    /// Whether paths carry labels even if they can be told apart.
    shown_always: bool,
}

impl Labels {
    /// Takes the next report.
    pub(super) fn begin(&mut self, label: String) -> SourceNumber {
        let number = SourceNumber::try_from(self.labels.len()).unwrap_or(SourceNumber::MAX);
        self.labels.push(label);
        number
    }

    /// Takes a path of a report.
    pub(super) fn add(&mut self, source: SourceNumber, path: &str) {
        let mut hasher = DefaultHasher::new();
        path.hash(&mut hasher);
        match self.sources.entry(hasher.finish()) {
            Entry::Vacant(vacant) => {
                vacant.insert(source);
            }
            Entry::Occupied(known) if *known.get() == source => {}
            Entry::Occupied(_) => {
                let is_first = self.shared.as_deref().is_none_or(|shared| path < shared);
                if is_first {
                    self.shared = Some(path.to_owned());
                }
            }
        }
    }

    /// Has all paths carry labels.
    pub(super) fn show_always(&mut self) {
        self.shown_always = true;
    }

    /// A path that several reports have, the first in the order of letters.
    pub(super) fn shared(&self) -> Option<&str> {
        self.shared.as_deref()
    }

    /// The path as the overview shows it.
    pub(super) fn path(&self, source: SourceNumber, path: String) -> String {
        let label = self.labels.get(usize::try_from(source).unwrap_or(usize::MAX));
        match label.filter(|_| self.shown_always || self.shared.is_some()) {
            Some(label) => format!("{label}:{path}"),
            None => path,
        }
    }
}
