//! Which kind a status of the team is: what most notes of that status say.

use super::survey::FileSurvey;
use super::{Proposal, ReadFile};
use crate::day::Today;
use crate::playbook::{Playbook, StatusKind, fold_name};
use crate::record::{self, NoteRecord, Selection};
use crate::rules::{CheckContext, read_note};
use crate::source::Content;
use crate::yaml::Limits;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Notes of one status that are read: enough to tell its kind.
const ENOUGH: usize = 30;

impl Proposal {
    /// Reads some notes of each status of the team, and gives it the kind that most of them speak of.
    pub(super) fn tell_kinds(&mut self, files: &[&FileSurvey], read: &ReadFile<'_>) {
        let Ok(config) = self.config() else { return };
        let playbook = Playbook::built_in();
        let mut told: BTreeMap<String, Told> =
            self.statuses.iter().map(|status| (fold_name(&status.name), Told::default())).collect();
        let today = Today::anywhere(Timestamp::now());
        for file in files {
            let values = file.records.keys.values().flat_map(|stats| stats.texts.values.keys());
            let is_wanted = |value: &String| told.get(&fold_name(value)).is_some_and(|told| told.read < ENOUGH);
            if !values.into_iter().any(is_wanted) {
                continue;
            }
            let Content::Bytes(bytes) = read(&file.path) else { continue };
            let rules = config.rules_of(&file.path);
            let (levels, settings) = (&*rules.levels, &*rules.settings);
            let limits = Limits::default();
            let records = record::read(bytes, &limits, &settings.fields, &playbook, Selection::Everything).records;
            let context = CheckContext { playbook: &playbook, levels, settings, today, writer: None, second: None };
            for record in &records {
                let status = record.status.value().map(|status| fold_name(status)).unwrap_or_default();
                if let Some(told) = told.get_mut(&status).filter(|told| told.read < ENOUGH) {
                    told.add(kind_said(record, &context));
                }
            }
        }
        for status in &mut self.statuses {
            let Some(told) = told.get(&fold_name(&status.name)) else { continue };
            status.read = told.read;
            if let Some((kind, saying)) = told.most() {
                (status.kind, status.saying) = (Some(kind), saying);
            }
        }
    }
}

/// The status that the note itself speaks of: that of the record is none that the playbook knows.
fn kind_said(record: &NoteRecord, context: &CheckContext<'_>) -> Option<StatusKind> {
    let reading = read_note(record, context.playbook);
    context.case(record, &reading).kind()
}

/// What the notes of a status say.
#[derive(Default)]
struct Told {
    read: usize,
    kinds: Vec<(StatusKind, usize)>,
}

impl Told {
    fn add(&mut self, kind: Option<StatusKind>) {
        self.read += 1;
        let Some(kind) = kind else { return };
        match self.kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => self.kinds.push((kind, 1)),
        }
    }

    /// The kind that more of the notes speak of than of all others together.
    fn most(&self) -> Option<(StatusKind, usize)> {
        let all: usize = self.kinds.iter().map(|(_, count)| count).sum();
        self.kinds.iter().copied().find(|(_, count)| 2 * count > all)
    }
}
