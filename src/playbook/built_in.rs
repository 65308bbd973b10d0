//! The playbook that is built into the program: what `build.rs` makes of the YAML files in this folder.

use super::{StatusEntry, StatusKind, Thresholds};
use crate::lexicon::lexicon_tables::{FormRow, PhraseRow, Tables};
use crate::lexicon::spelling_table::SpellingRow;
use crate::lexicon::word_class::WordClasses;
use crate::lexicon::{LexicalEntry, SemanticClasses, WorkloadIndex};
use std::borrow::Cow;

/// A status with its templates.
#[derive(Debug)]
struct Status {
    name: &'static str,
    kind: StatusKind,
    templates: &'static [&'static str],
}

/// A service with its short names and its terms.
#[derive(Debug)]
pub(super) struct Workload {
    pub(super) name: &'static str,
    pub(super) aliases: &'static [&'static str],
    pub(super) terms: &'static [&'static str],
    /// The workloads whose terms are at home here too.
    pub(super) shares: &'static [WorkloadIndex],
}

/// The statuses, in the guidance's order.
pub(super) fn statuses() -> Vec<StatusEntry> {
    let entry = |status: &Status| StatusEntry {
        name: status.name.to_owned(),
        kind: status.kind,
        templates: status.templates.iter().map(|template| (*template).to_owned()).collect(),
    };
    STATUSES.iter().map(entry).collect()
}

include!(concat!(env!("OUT_DIR"), "/playbook.rs"));
