//! The configuration that each commit had on its day.

use super::Walk;
use super::gate::{Censuses, Gate};
use crate::config::{self, Config};
use crate::playbook::Playbook;
use crate::source::{ChangeSet, Content, NotePath, ObjectId, SourceError, State};
use std::cell::RefCell;
use std::collections::HashMap;

/// A configuration with its playbook.
pub(crate) struct Rules {
    pub(crate) config: Config,
    pub(crate) playbook: Playbook,
}

/// What a commit was judged by on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OfDay {
    /// By the rules of this number.
    Rules(usize),
    /// By nothing: the branch got its configuration later.
    BeforeGate,
    /// Its configuration cannot be used.
    Broken,
}

/// The configurations of a walk.
pub(crate) struct RulesOfDays {
    pub(crate) all: Vec<Rules>,
    /// One for each commit.
    pub(crate) commits: Vec<OfDay>,
}

/// The readings of one version of the configuration: several where the file of learned weights beside it changed.
#[derive(Default)]
struct Version {
    learned: Option<NotePath>,
    read: Vec<(Option<Content>, OfDay)>,
}

impl RulesOfDays {
    /// The same rules on every day.
    pub(crate) fn always(walk: &Walk, config: &Config) -> Self {
        let rules = Rules { config: config.clone(), playbook: Playbook::with(&config.playbook) };
        Self { all: vec![rules], commits: vec![OfDay::Rules(0); walk.changes.len()] }
    }

    /// The rules that each commit of `walk` holds itself, as a hook reads them: what is staged with the notes. A branch that
    /// never had a configuration is judged without one; of a branch that has one now, the commits before are not judged.
    ///
    /// # Errors
    /// When a tree or an object cannot be read.
    pub(crate) fn of(walk: &Walk) -> Result<Self, SourceError> {
        let path = NotePath::from_bytes(config::FILE_NAME);
        let mut known: HashMap<&ObjectId, Option<ObjectId>> = HashMap::new();
        let mut days = Self { all: Vec::new(), commits: vec![OfDay::BeforeGate; walk.changes.len()] };
        let mut versions: HashMap<ObjectId, Version> = HashMap::new();
        // Parents first: what a commit leaves alone is as its first parent had it.
        for (number, (commit, changes)) in walk.past.commits.iter().zip(&walk.changes).enumerate().rev() {
            let own = match (changes.after_at(&path), commit.parents.first()) {
                (Some(own), _) => own.cloned(),
                (None, Some(parent)) => match known.get(parent) {
                    Some(of_parent) => of_parent.clone(),
                    None => walk.past.file_at(parent, &path)?,
                },
                (None, None) => None,
            };
            if let (Some(id), Some(place)) = (&own, days.commits.get_mut(number)) {
                let version = versions.entry(id.clone()).or_default();
                *place = version.read(&path, changes, &mut days.all)?;
            }
            known.insert(&commit.id, own);
        }
        let is_without = known.get(&walk.past.tip).is_none_or(Option::is_none);
        if is_without {
            let number = days.all.len();
            days.all.push(Rules { config: Config::default(), playbook: Playbook::built_in() });
            for commit in days.commits.iter_mut().filter(|commit| **commit == OfDay::BeforeGate) {
                *commit = OfDay::Rules(number);
            }
        }
        Ok(days)
    }

    /// A gate for each of the configurations.
    pub(crate) fn gates(&self) -> Vec<Gate<'_>> {
        let mut censuses = Censuses::default();
        self.all.iter().map(|rules| Gate::new(&rules.config, &rules.playbook, &mut censuses)).collect()
    }

    /// How many commits are judged by nothing, or have a configuration that cannot be used.
    pub(crate) fn count(&self, what: OfDay) -> usize {
        self.commits.iter().filter(|commit| **commit == what).count()
    }
}

impl Version {
    /// The rules of this version after `changes`; what is read for the first time is added to `all`.
    fn read(&mut self, path: &NotePath, changes: &ChangeSet, all: &mut Vec<Rules>) -> Result<OfDay, SourceError> {
        let learned = match &self.learned {
            Some(learned) => Some(changes.file_in(State::After, learned)?),
            None => None,
        };
        if let Some((_, read)) = self.read.iter().find(|(other, _)| *other == learned) {
            return Ok(*read);
        }
        let asked: RefCell<Option<(NotePath, Result<Content, SourceError>)>> = RefCell::new(None);
        let beside = |path: &NotePath| {
            let content = changes.file_in(State::After, path);
            asked.replace(Some((path.clone(), content.clone())));
            content.unwrap_or(Content::Absent)
        };
        let config = match changes.file_in(State::After, path)? {
            Content::Bytes(bytes) => config::load_beside(bytes, config::FILE_NAME, beside).ok(),
            Content::Absent | Content::Refused(_) | Content::SetAside(_) => None,
        };
        let learned = match asked.take() {
            Some((path, content)) => {
                self.learned = Some(path);
                Some(content?)
            }
            None => None,
        };
        let read = match config {
            Some(mut config) => {
                if let Some(path) = &self.learned {
                    config.files.add_configuration(path.clone());
                }
                all.push(Rules { playbook: Playbook::with(&config.playbook), config });
                OfDay::Rules(all.len() - 1)
            }
            None => OfDay::Broken,
        };
        self.read.push((learned, read));
        Ok(read)
    }
}
