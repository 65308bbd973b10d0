//! Which files are about which customers, in all versions that the commits of a walk know.
//!
//! A commit is judged beside the files that it leaves alone: a record that it adds may be there already. To read all of
//! them for every commit would take longer than everything else, so each version of a file is read once beforehand.

use super::Walk;
use crate::engine::Engine;
use crate::record::identity::Identities;
use crate::source::past::versions;
use crate::source::{Content, NotePath, ObjectId, SourceError};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// Whom the files of a walk are about.
#[derive(Debug, Default)]
pub(super) struct Census {
    customers: HashMap<NotePath, HashSet<Arc<str>>>,
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
        let read = |(path, id): &(&NotePath, &ObjectId)| -> Result<HashSet<String>, SourceError> {
            match pool.ask(|repository| Ok(repository.blob(id, walk.past.limit())))? {
                Content::Bytes(bytes) => {
                    let records = engine.records_of(path, bytes).records;
                    Ok(records.iter().map(|record| identities.of(path, record).customer().to_owned()).collect())
                }
                Content::Refused(refusal) => refusal.lost_object(path).map_or_else(|| Ok(HashSet::new()), Err),
                Content::Absent | Content::SetAside(_) => Ok(HashSet::new()),
            }
        };
        let found = walk.workers.try_map(&versions, || (), |(), version| read(version))?;
        let mut census = Self::default();
        for ((path, _), customers) in versions.into_iter().zip(found) {
            customers.into_iter().for_each(|customer| census.add(path, customer));
        }
        Ok(census)
    }

    fn add(&mut self, path: &NotePath, customer: String) {
        if customer.is_empty() {
            return;
        }
        let customer = match self.files.get_key_value(customer.as_str()) {
            Some((known, _)) => Arc::clone(known),
            None => Arc::from(customer),
        };
        self.files.entry(Arc::clone(&customer)).or_default().insert(path.clone());
        self.customers.entry(path.clone()).or_default().insert(customer);
    }

    /// The files that are or were about `customer`, as names are compared.
    pub(super) fn about(&self, customer: &str) -> impl Iterator<Item = &NotePath> {
        self.files.get(customer).into_iter().flatten()
    }

    /// The files that are or were about somebody whom one of `paths` is or was about.
    pub(super) fn related(&self, paths: &[NotePath]) -> HashSet<&NotePath> {
        let customers = paths.iter().filter_map(|path| self.customers.get(path)).flatten();
        let customers: HashSet<&Arc<str>> = customers.collect();
        customers.into_iter().flat_map(|customer| self.about(customer)).collect()
    }
}
