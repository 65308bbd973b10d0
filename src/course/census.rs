//! Which files are about which customers, in all versions that the commits of a walk know.
//!
//! A commit is judged beside the files that it leaves alone: a record that it adds may be there already. To read all of
//! them for every commit would take longer than everything else, so each version of a file is read once beforehand.

use super::Walk;
use crate::engine::Engine;
use crate::record::identity::{Identities, Identity};
use crate::source::past::versions;
use crate::source::{Content, NotePath, ObjectId, SourceError};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Whom the files of a walk are about.
#[derive(Debug, Default)]
pub(super) struct Census {
    customers: Index,
    /// By customer and workload, of records that name both.
    records: Index,
}

/// What files are related by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinship {
    /// They are about the same customer.
    Customer,
    /// They have a record of the same customer and workload.
    Record,
}

/// Names, and the files in which they are found.
#[derive(Debug, Default)]
struct Index {
    names: HashMap<NotePath, HashSet<Arc<str>>>,
    files: HashMap<Arc<str>, BTreeSet<NotePath>>,
}

impl Census {
    /// Reads every version of the files that the configuration of `engine` selects.
    ///
    /// # Errors
    /// When a version cannot be read.
    pub(super) fn of(walk: &Walk, engine: &Engine<'_>) -> Result<Self, SourceError> {
        let is_selected = |(path, _): &(&NotePath, &ObjectId)| engine.config.files.selects(path);
        let versions: Vec<(&NotePath, &ObjectId)> =
            versions(&walk.files, &walk.changes).into_iter().filter(is_selected).collect();
        let pool = walk.past.pool();
        let ids: Vec<ObjectId> = versions.iter().map(|(_, id)| (*id).clone()).collect();
        pool.ask(|repository| repository.prefetch(&ids))?;
        let identities = Identities::new(engine.playbook.workload_spellings());
        let read = |(path, id): &(&NotePath, &ObjectId)| -> Result<HashSet<Identity>, SourceError> {
            match pool.ask(|repository| Ok(repository.blob(id, walk.past.limit())))? {
                Content::Bytes(bytes) => {
                    let records = engine.records_of(path, bytes).records;
                    Ok(records.iter().map(|record| identities.of(path, record)).collect())
                }
                Content::Refused(refusal) => refusal.lost_object(path).map_or_else(|| Ok(HashSet::new()), Err),
                Content::Absent | Content::SetAside(_) => Ok(HashSet::new()),
            }
        };
        let found = walk.workers.try_map(&versions, || (), |(), version| read(version))?;
        let mut census = Self::default();
        for ((path, _), identities) in versions.into_iter().zip(found) {
            for identity in identities {
                census.customers.add(path, identity.customer());
                if identity.is_complete() {
                    census.records.add(path, &identity.key());
                }
            }
        }
        Ok(census)
    }

    /// The files that are or were about `customer`, as names are compared.
    pub(super) fn about(&self, customer: &str) -> impl Iterator<Item = &NotePath> {
        self.customers.files.get(customer).into_iter().flatten()
    }

    /// The files that are or were related to one of `paths`.
    pub(super) fn related(&self, paths: &[NotePath], by: Kinship) -> HashSet<&NotePath> {
        let index = match by {
            Kinship::Customer => &self.customers,
            Kinship::Record => &self.records,
        };
        let names: HashSet<&Arc<str>> = paths.iter().filter_map(|path| index.names.get(path)).flatten().collect();
        names.into_iter().filter_map(|name| index.files.get(name)).flatten().collect()
    }
}

impl Index {
    fn add(&mut self, path: &NotePath, name: &str) {
        if name.is_empty() {
            return;
        }
        let name = match self.files.get_key_value(name) {
            Some((known, _)) => Arc::clone(known),
            None => Arc::from(name),
        };
        self.files.entry(Arc::clone(&name)).or_default().insert(path.clone());
        self.names.entry(path.clone()).or_default().insert(name);
    }
}
