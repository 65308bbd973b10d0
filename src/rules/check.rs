//! One record through the rules. A run, an evaluation and the tests of the rules all go through here.

use super::note::not_english::{self, Judged};
use super::{Case, FileCase, REGISTRY, Rule, RuleLevels, RuleSettings, read_note};
use crate::day::Today;
use crate::finding::Finding;
use crate::playbook::Playbook;
use crate::reading::Reading;
use crate::record::{FileReading, NoteRecord};

/// What all records of a run are checked with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct CheckContext<'a> {
    /// The guidance.
    pub(crate) playbook: &'a Playbook,
    /// Which rules are on, and how severe their findings are.
    pub(crate) levels: &'a RuleLevels,
    /// What the configuration sets for rules.
    pub(crate) settings: &'a RuleSettings,
    /// The day of the run.
    pub(crate) today: Today,
}

/// A record with what the rules say about it.
#[derive(Debug)]
pub(crate) struct CheckedNote {
    /// What its note says.
    pub(crate) reading: Reading,
    /// The findings in the order of the registry, with the severities of the context.
    pub(crate) findings: Vec<Finding>,
    /// Whether the text of the note was judged.
    pub(crate) judged: Judged,
}

impl<'a> CheckContext<'a> {
    /// What a rule sees of `record`; `before` is the record before the change, once for each parent side that has it.
    pub(crate) fn case(&self, record: &'a NoteRecord, reading: &'a Reading, before: &'a [&'a NoteRecord]) -> Case<'a> {
        let Self { playbook, settings, today, .. } = *self;
        Case { record, reading, before, playbook, settings, today }
    }

    /// Reads the note of `record` and lets the rules speak that are on, but for those that look at other files.
    pub(crate) fn check_note(&self, record: &NoteRecord, before: &[&NoteRecord]) -> CheckedNote {
        let reading = read_note(record, self.playbook);
        let case = CheckContext::case(self, record, &reading, before);
        let mut findings: Vec<Finding> =
            self.rules_on().flat_map(|rule| rule.check(&case)).filter_map(|finding| self.levelled(finding)).collect();
        let judged = not_english::settle(&mut findings);
        CheckedNote { reading, findings, judged }
    }

    /// What the rules that are on say about a file as a whole.
    pub(crate) fn check_file(&self, file: &FileReading) -> Vec<Finding> {
        let case = FileCase { file, playbook: self.playbook, settings: self.settings };
        self.rules_on().flat_map(|rule| rule.check_file(&case)).filter_map(|finding| self.levelled(finding)).collect()
    }

    /// The finding with the severity that the levels give it; nothing when its rule is off.
    pub(crate) fn levelled(&self, mut finding: Finding) -> Option<Finding> {
        finding.severity = self.levels.severity(finding.rule, finding.severity)?;
        Some(finding)
    }

    fn rules_on(&self) -> impl Iterator<Item = &'static dyn Rule> + use<'a> {
        let levels = self.levels;
        REGISTRY.iter().copied().filter(move |rule| levels.is_on(rule.meta().name))
    }
}
