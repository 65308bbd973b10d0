//! Grading a labelled file: how often the rules agree with the people who labelled its notes.
//!
//! [`parse`] reads the file, [`measure()`] grades its notes and counts, and [`crate::report::agreement`] writes what was
//! counted.

mod labelled;
mod measure;

pub use labelled::{BadLine, Labelled, MOST_BYTES, parse};
pub use measure::{Graders, measure, overlap, words_held};

use crate::config::RuleLevels;
use crate::day::Today;
use crate::finding::{Finding, Severity};
use crate::grade::Grade;
use crate::playbook::Playbook;
use crate::reading::{Polarity, Reading};
use crate::record::{Heading, NoteRecord};
use crate::rules::waivers::WaiverFlaws;
use crate::rules::{Case, Group, REGISTRY, RuleSettings, not_english, read_note};
use jiff::civil::Date;

/// What the rules about notes make of one text.
#[derive(Debug, Clone)]
pub struct Graded {
    /// The grade.
    pub grade: Grade,
    /// What the text says, whatever the status.
    pub reading: Reading,
    /// What the customer intends, in the light of the status, as the people who labelled the notes saw it.
    pub intent: Polarity,
    /// The findings of the note rules, in the order of the registry.
    pub findings: Vec<Finding>,
}

/// Grades a note by itself: the note rules at their own severities, without a file, a history or a configuration.
#[must_use]
pub fn grade_note(note: &str, heading: Heading<'_>, playbook: &Playbook) -> Graded {
    grade_with(note, heading, Graders { playbook, levels: &RuleLevels::default() })
}

/// The same, with the severities that a configuration gives the rules.
fn grade_with(note: &str, heading: Heading<'_>, graders: Graders<'_>) -> Graded {
    let Graders { playbook, levels } = graders;
    let record = NoteRecord::lone(note, heading);
    let reading = read_note(&record, playbook);
    let settings = RuleSettings::default();
    let case = Case {
        record: &record,
        reading: &reading,
        before: &[],
        waiver_flaws: WaiverFlaws::NONE,
        playbook,
        settings: &settings,
        today: Today::fixed(Date::MIN),
    };
    let weighed = |mut finding: Finding| {
        finding.severity = levels.severity(finding.rule, finding.severity)?;
        Some(finding)
    };
    let note_rules = REGISTRY.iter().filter(|rule| rule.meta().group == Group::Note);
    let mut findings: Vec<Finding> = note_rules.flat_map(|rule| rule.check(&case)).filter_map(weighed).collect();
    not_english::settle(&mut findings);
    let grade = Grade::from_severities(findings.iter().map(|finding| finding.severity));
    Graded { grade, intent: case.intent(), reading, findings }
}

/// The rules that fired with their severities, for those who look at nothing else.
#[must_use]
pub fn fired(graded: &Graded) -> Vec<(&'static str, Severity)> {
    graded.findings.iter().map(|finding| (finding.rule, finding.severity)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn intent(status: &str, note: &str) -> Polarity {
        let heading = Heading { customer: None, workload: Some("Teams"), status: Some(status) };
        grade_note(note, heading, &Playbook::built_in()).intent
    }

    #[test]
    fn a_note_about_another_workload_says_nothing_of_this_one() {
        assert_eq!(intent("In Progress", "Mailbox migration wave 2 closes on Friday."), Polarity::None);
        assert_eq!(intent("In Progress", "Teams goes live in Lyon on Friday."), Polarity::Positive);
    }

    #[test]
    fn the_state_of_work_tells_that_it_moves() {
        for note in [
            "The old exchange on site was retired, 300 of 420 phones in Nantes are being moved to Teams.",
            "Nine of twelve depots hold shift handover in Teams, the last three get their headsets in May.",
        ] {
            assert_eq!(intent("In Progress", note), Polarity::Positive, "{note}");
        }
        assert_eq!(intent("In Progress", "Customer will not deploy Teams."), Polarity::Negative);
    }

    #[test]
    fn a_lack_beside_its_status_tells_that_they_do_not() {
        for note in [
            "Sync errors on the scanners keep them from using it.",
            "The call recorder has no Teams connector and the regulator wants every call on tape.",
        ] {
            assert_eq!(intent("Blocked", note), Polarity::Negative, "{note}");
        }
        assert_eq!(intent("Blocked", "Customer wants Teams but is blocked by the proxy."), Polarity::Positive);
        assert_eq!(intent("Blocked", "The pilot is running well and wave 2 starts on Monday."), Polarity::Positive);
    }
}
