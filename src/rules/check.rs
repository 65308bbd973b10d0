//! One record through the rules. A run, an evaluation and the tests of the rules all go through here.

use super::note::not_english::{self, Judged};
use super::waiver::{self, Grounds};
use super::{Case, FileCase, REGISTRY, Rule, RuleLevels, RuleSettings, read_note};
use crate::case::WaiverFlaws;
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
    /// What is wrong with its waivers.
    pub(crate) waiver_flaws: WaiverFlaws,
    /// The findings in the order of the registry, with the severities of the context.
    pub(crate) findings: Vec<Finding>,
    /// Whether the text of the note was judged.
    pub(crate) judged: Judged,
}

impl<'a> CheckContext<'a> {
    /// What a rule sees of `record` by itself, without what stood there before and without waivers.
    pub(crate) fn case(&self, record: &'a NoteRecord, reading: &'a Reading) -> Case<'a> {
        let Self { playbook, settings, today, .. } = *self;
        Case { record, reading, before: &[], waiver_flaws: WaiverFlaws::NONE, playbook, settings, today }
    }

    /// What is wrong with the waivers of `record`.
    pub(crate) fn waiver_flaws(&self, record: &NoteRecord) -> WaiverFlaws {
        waiver::judge(record, Grounds { today: self.today, playbook: self.playbook, heading: record.heading() })
    }

    /// Reads the note of `record` and lets the rules speak that are on, but for those that look at other files. `before`
    /// is the record before the change, once for each parent side that has it.
    pub(crate) fn check_note(&self, record: &NoteRecord, before: &[&NoteRecord]) -> CheckedNote {
        let reading = read_note(record, self.playbook);
        let waiver_flaws = self.waiver_flaws(record);
        let case = Case { before, waiver_flaws: &waiver_flaws, ..CheckContext::case(self, record, &reading) };
        let mut findings: Vec<Finding> =
            self.rules_on().flat_map(|rule| rule.check(&case)).filter_map(|finding| self.levelled(finding)).collect();
        let judged = not_english::settle(&mut findings);
        CheckedNote { reading, waiver_flaws, findings, judged }
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
