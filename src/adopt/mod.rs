//! From an existing folder to a configuration that fits it: what its files call the fields of a record, where they lie,
//! which statuses and workloads they use. Everything is counted, and the counts are shown beside what is proposed.

mod folders;
mod found_keys;
mod kinds;
mod layout;
pub(crate) mod replay;
mod survey;
mod words;
mod yaml;

pub(crate) use folders::{Part, Patterns};
pub(crate) use layout::{FIELDS, Found, Layout};

use crate::config::{self, Config};
use crate::playbook::{Playbook, StatusKind, StatusSet, fold_name};
use crate::record::{FieldNames, KeyMeanings};
use crate::source::{Content, NotePath};
use crate::workers::Workers;
use crate::yaml::Limits;
use folders::Folder;
use found_keys::FoundKeys;
use std::collections::BTreeMap;
use survey::{FileSurvey, Surveyor};

/// The most statuses and workloads that are proposed: a column with more different values is no such thing.
const MOST_STATUSES: usize = 25;
const MOST_WORKLOADS: usize = 50;

/// A workload that is proposed is named by so many records.
const FEWEST_OF_WORKLOAD: usize = 2;

/// What stands at a path.
pub(crate) type ReadFile<'a> = dyn Fn(&NotePath) -> Content + Sync + 'a;

/// A status that the guidance does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct OwnStatus {
    /// As most records write it.
    pub(crate) name: String,
    pub(crate) count: usize,
    /// What most notes of that status say; nothing where they do not say.
    pub(crate) kind: Option<StatusKind>,
    /// How many of the notes that were read say so.
    pub(crate) saying: usize,
    pub(crate) read: usize,
}

/// What is proposed.
pub(crate) struct Proposal {
    pub(crate) patterns: Patterns,
    /// Folders that are written alike, those with most records first.
    pub(crate) parts: Vec<Part>,
    /// Statuses of the guidance, as records write them, and how many records do.
    pub(crate) known_statuses: BTreeMap<String, usize>,
    /// Statuses of the team, those of most records first.
    pub(crate) statuses: Vec<OwnStatus>,
    /// Workloads that the playbook does not know, those of most records first.
    pub(crate) workloads: Vec<(String, usize)>,
    /// How many records name a workload that it knows.
    pub(crate) of_known_workloads: usize,
    /// Files without a record, and those that cannot be read.
    pub(crate) others: usize,
    pub(crate) broken: Vec<NotePath>,
    /// The keys under which records keep fields a level down, each with how many records.
    pub(crate) nested: BTreeMap<String, usize>,
}

/// The configuration that fits the files at `paths`; `read` gives what stands at each.
pub(crate) fn propose(paths: &[NotePath], read: &ReadFile<'_>) -> Proposal {
    let (names, playbook, limits) = (FieldNames::default(), Playbook::built_in(), Limits::default());
    let mut surveyor = Surveyor {
        meanings: KeyMeanings::new(&names),
        playbook: &playbook,
        limits: &limits,
        found: FoundKeys::default(),
    };
    let mut surveys = look_at(paths.to_vec(), &surveyor, read);
    survey::settle(&mut surveys);
    surveyor.found = FoundKeys::of(&Folder::of(&surveys).parts(&surveyor.meanings));
    look_again(&mut surveys, &surveyor, read);
    let folder = Folder::of(&surveys);
    let mut nested: BTreeMap<String, usize> = BTreeMap::new();
    for (key, count) in surveys.iter().flat_map(|file| &file.nested) {
        *nested.entry(key.clone()).or_default() += count;
    }
    let mut proposal = Proposal {
        nested,
        patterns: folder.patterns(),
        parts: folder.parts(&surveyor.meanings),
        known_statuses: BTreeMap::new(),
        statuses: Vec::new(),
        workloads: Vec::new(),
        of_known_workloads: 0,
        others: surveys.iter().filter(|file| file.records.count == 0 && !file.is_broken).count(),
        broken: surveys.iter().filter(|file| file.is_broken).map(|file| file.path.clone()).collect(),
    };
    proposal.count_statuses(&playbook);
    proposal.count_workloads(&playbook);
    let with_records: Vec<&FileSurvey> = surveys.iter().filter(|file| file.records.count > 0).collect();
    proposal.tell_kinds(&with_records, read);
    proposal
}

/// What the files at `paths` hold.
fn look_at(paths: Vec<NotePath>, surveyor: &Surveyor<'_>, read: &ReadFile<'_>) -> Vec<FileSurvey> {
    let look = |path: NotePath| match read(&path) {
        Content::Bytes(bytes) => Some(surveyor.look(path, bytes)),
        Content::Absent | Content::SetAside(_) => None,
        Content::Refused(_) => Some(FileSurvey::broken(path)),
    };
    Workers::default().map(paths, look).into_iter().flatten().collect()
}

/// Looks for the keys of the records that were found in what was taken for something else.
fn look_again(surveys: &mut [FileSurvey], surveyor: &Surveyor<'_>, read: &ReadFile<'_>) {
    let others = surveys.iter().filter(|file| file.has_others()).map(|file| file.path.clone()).collect();
    let again = look_at(others, surveyor, read).into_iter().filter(FileSurvey::is_sure);
    let mut again: BTreeMap<NotePath, FileSurvey> = again.map(|file| (file.path.clone(), file)).collect();
    for file in surveys {
        if let Some(seen) = again.remove(&file.path) {
            *file = seen;
        }
    }
}

impl Proposal {
    /// How many records there are.
    pub(crate) fn records(&self) -> usize {
        self.parts.iter().map(|part| part.layout.records).sum()
    }

    /// How many files hold some.
    pub(crate) fn files_with_records(&self) -> usize {
        self.parts.iter().map(|part| part.layout.files).sum()
    }

    /// Whether the statuses of the team take the place of the guidance's.
    pub(crate) fn status_set(&self) -> StatusSet {
        let is_own = self.known_statuses.is_empty() && self.statuses.iter().any(|status| status.kind.is_some());
        if is_own { StatusSet::OwnOnly } else { StatusSet::WithBuiltIn }
    }

    /// The configuration as it is to be written.
    pub(crate) fn to_yaml(&self) -> String {
        yaml::text(self)
    }

    /// The configuration as it holds.
    ///
    /// # Errors
    /// When what was found makes no configuration: what is wrong with it.
    pub(crate) fn config(&self) -> Result<Config, config::ConfigProblems> {
        config::load(self.to_yaml().into_bytes(), config::FILE_NAME)
    }

    fn count_statuses(&mut self, playbook: &Playbook) {
        let mut own: BTreeMap<String, Vec<(usize, String)>> = BTreeMap::new();
        for (value, times) in self.parts.iter().flat_map(|part| &part.layout.statuses) {
            match playbook.may_mean_status(value) {
                true => *self.known_statuses.entry(value.clone()).or_default() += times,
                false => own.entry(fold_name(value)).or_default().push((*times, value.clone())),
            }
        }
        if own.len() > MOST_STATUSES {
            return;
        }
        let status = |spellings: Vec<(usize, String)>| {
            let count = spellings.iter().map(|(times, _)| times).sum();
            let name = spellings.into_iter().max().map(|(_, name)| name)?;
            Some(OwnStatus { name, count, kind: None, saying: 0, read: 0 })
        };
        self.statuses = own.into_values().filter_map(status).filter(|status| can_be_status(&status.name)).collect();
        self.statuses.sort_by_key(|status| (std::cmp::Reverse(status.count), status.name.clone()));
    }

    fn count_workloads(&mut self, playbook: &Playbook) {
        let mut own: BTreeMap<String, (usize, String)> = BTreeMap::new();
        for (value, times) in self.parts.iter().flat_map(|part| &part.layout.workloads) {
            if playbook.workload(value).is_some() {
                self.of_known_workloads += times;
            } else {
                let (count, _) = own.entry(fold_name(value)).or_insert_with(|| (0, value.clone()));
                *count += times;
            }
        }
        let mut workloads: Vec<(String, usize)> = own.into_values().map(|(count, name)| (name, count)).collect();
        workloads.retain(|(_, count)| *count >= FEWEST_OF_WORKLOAD);
        workloads.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), name.clone()));
        workloads.truncate(MOST_WORKLOADS);
        // What the configuration would refuse, such as a placeholder, is no name.
        for workload in workloads {
            self.workloads.push(workload);
            let named: Vec<_> = self.workloads.iter().map(|(name, _)| serde_json::json!({ "name": name })).collect();
            if !is_taken(&serde_json::json!({ "playbook": { "workloads": named } })) {
                self.workloads.pop();
            }
        }
    }
}

fn can_be_status(name: &str) -> bool {
    is_taken(&serde_json::json!({ "playbook": { "statuses": [{ "name": name, "kind": "blocked" }] } }))
}

/// Whether a configuration of these settings, written as JSON, has no problem.
fn is_taken(settings: &serde_json::Value) -> bool {
    config::load(settings.to_string().into_bytes(), config::FILE_NAME).is_ok()
}
