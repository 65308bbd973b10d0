//! One record through the rules. A run, an evaluation and the tests of the rules all go through here.

use super::advice::{self, Asked};
use super::note::not_english::{self, Judged};
use super::second_opinion::{self, Confidence};
use super::waiver::{self, Grounds};
use super::{Case, FileCase, Group, REGISTRY, Rule, RuleLevels, RuleSettings, read_note};
use crate::case::{WaiverErrors, emptiness_of_note, read_and_observe};
use crate::day::Today;
use crate::finding::Finding;
use crate::grade::Grade;
use crate::playbook::Playbook;
use crate::reading::Reading;
use crate::reading::observation::Observations;
use crate::record::{Field, FileReading, Heading, NoteRecord};
use crate::remedy::Form;
use crate::second_reader::SecondReader;
use crate::writer::Writer;
use std::sync::LazyLock;

/// What rules get that do not look at it.
static UNREAD: LazyLock<Reading> =
    LazyLock::new(|| read_note(&NoteRecord::lone("", Heading::default()), &Playbook::built_in()));

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
    /// Who writes the records, where that is known.
    pub(crate) writer: Option<&'a Writer>,
    /// Who reads each note beside the rules; nobody where that is off.
    pub(crate) second: Option<SecondReader<'a>>,
}

/// A record with what the rules say about it.
#[derive(Debug)]
pub(crate) struct CheckedNote {
    /// What its note says.
    pub(crate) reading: Reading,
    /// What is wrong with its waivers.
    pub(crate) waiver_errors: WaiverErrors,
    /// The findings in the order of the registry, with the severities of the context.
    pub(crate) findings: Vec<Finding>,
    /// Whether the text of the note was judged.
    pub(crate) judged: Judged,
    /// How sure the verdict is.
    pub(crate) confidence: Confidence,
}

impl<'a> CheckContext<'a> {
    /// What a rule sees of `record` by itself, without what stood there before and without waivers.
    pub(crate) fn case(&self, record: &'a NoteRecord, reading: &'a Reading) -> Case<'a> {
        let Self { playbook, settings, today, writer, .. } = *self;
        Case {
            record,
            reading,
            before: &[],
            waiver_errors: WaiverErrors::NONE,
            playbook,
            settings,
            today,
            writer,
            emptiness: emptiness_of_note(record),
        }
    }

    /// What is wrong with the waivers of `record`.
    pub(crate) fn waiver_errors(&self, record: &NoteRecord) -> WaiverErrors {
        waiver::judge(record, Grounds { today: self.today, playbook: self.playbook, heading: record.heading() })
    }

    /// Reads the note of `record` and lets the rules speak that are on, but for those that look at other files. `before`
    /// is the record before the change, once for each parent side that has it.
    pub(crate) fn check_note(&self, record: &NoteRecord, before: &[&NoteRecord]) -> CheckedNote {
        let (reading, seen) = self.read(record);
        let waiver_errors = self.waiver_errors(record);
        let case = Case { before, waiver_errors: &waiver_errors, ..CheckContext::case(self, record, &reading) };
        let (findings, confidence) = self.findings(&case, &seen, |_| true);
        let mut findings: Vec<Finding> = findings.into_iter().filter_map(|finding| self.levelled(finding)).collect();
        let judged = not_english::settle(&mut findings);
        CheckedNote { reading, waiver_errors, findings, judged, confidence }
    }

    /// What the rules say that are not about the text of the note, which is not read: of what `check_note` finds, these
    /// findings are the same.
    pub(crate) fn check_fields(&self, record: &NoteRecord) -> (Vec<Finding>, WaiverErrors) {
        let waiver_errors = self.waiver_errors(record);
        let case = Case { waiver_errors: &waiver_errors, ..CheckContext::case(self, record, &UNREAD) };
        let rules = self.rules_on().filter(|rule| rule.meta().group != Group::Note);
        let findings = rules.flat_map(|rule| rule.check(&case)).filter_map(|finding| self.levelled(finding)).collect();
        (findings, waiver_errors)
    }

    /// Gives the findings of a checked record the help that their rules ask for, tried. Who only counts grades can do
    /// without: it reads every proposal as a note of its own.
    pub(crate) fn advise(&self, record: &NoteRecord, checked: &mut CheckedNote) {
        let CheckedNote { reading, findings, confidence, .. } = checked;
        let case = CheckContext::case(self, record, reading);
        advice::give(findings, Asked { case: &case, confidence: *confidence, context: self });
    }

    /// The forms in which a note of this heading can be written.
    pub(crate) fn forms(&self, heading: Heading<'_>) -> Vec<Form> {
        advice::forms(self, heading)
    }

    /// What a note of this heading has to say, in a sentence.
    pub(crate) fn question(&self, heading: Heading<'_>) -> &'static str {
        advice::question(self, heading)
    }

    /// The grade of the note of `record` by the rules that are on, and how sure it is; nothing else.
    pub(crate) fn grade_of(&self, record: &NoteRecord) -> (Grade, Confidence) {
        let (reading, seen) = self.read(record);
        let case = CheckContext::case(self, record, &reading);
        let (findings, confidence) = self.findings(&case, &seen, |rule| rule.meta().group == Group::Note);
        let levelled = findings.into_iter().filter_map(|finding| self.levelled(finding));
        (Grade::from_severities(levelled.map(|finding| finding.severity)), confidence)
    }

    fn read(&self, record: &NoteRecord) -> (Reading, Observations) {
        match self.second {
            Some(_) => read_and_observe(record, self.playbook),
            None => (read_note(record, self.playbook), Observations::default()),
        }
    }

    /// What the rules and the second reader say of `case`, as severe as they take it.
    fn findings(
        &self,
        case: &Case<'_>,
        seen: &Observations,
        asked: impl Fn(&dyn Rule) -> bool,
    ) -> (Vec<Finding>, Confidence) {
        let rules = self.rules_on().filter(|rule| asked(*rule));
        let mut findings: Vec<Finding> = rules.flat_map(|rule| rule.check(case)).collect();
        let confidence = match self.second {
            Some(second) => second_opinion::settle(&mut findings, case, seen, second),
            None => Confidence::High,
        };
        (findings, confidence)
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
        REGISTRY.iter().copied().filter(move |rule| levels.asks(*rule))
    }
}

/// The grade of the record's note by these findings.
pub(crate) fn grade_of(record: &NoteRecord, findings: &[Finding]) -> Grade {
    match record.note {
        // There is nothing to grade, and what says so is a rule about the record.
        Field::Missing | Field::WrongType(_) => Grade::Poor,
        Field::Null(_) | Field::Value(_) => {
            let own = findings.iter().filter(|finding| super::is_about_note(finding.rule));
            Grade::from_severities(own.map(|finding| finding.severity))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::record::{self, Selection};
    use crate::rules::testing::checks;
    use crate::yaml::Limits;
    use std::fs;

    #[test]
    fn what_is_found_without_reading_a_note_is_what_is_found_beside_it() {
        let (playbook, settings) = (Playbook::built_in(), RuleSettings::default());
        let context = checks(&playbook, &settings);
        let told = |findings: Vec<Finding>| -> Vec<(&str, String, Severity)> {
            let others = findings.into_iter().filter(|finding| !crate::rules::is_about_note(finding.rule));
            others.map(|finding| (finding.rule, finding.message, finding.severity)).collect()
        };
        let mut records = 0;
        for rule in fs::read_dir("fixtures/cases").unwrap() {
            for case in fs::read_dir(rule.unwrap().path()).unwrap() {
                let bytes = fs::read(case.unwrap().path().join("input.yaml")).unwrap();
                let file = record::read(bytes, &Limits::default(), &settings.fields, &playbook, Selection::Likely);
                for record in &file.records {
                    assert_eq!(told(context.check_note(record, &[]).findings), told(context.check_fields(record).0));
                    records += 1;
                }
            }
        }
        assert!(records > 100, "{records}");
    }
}
