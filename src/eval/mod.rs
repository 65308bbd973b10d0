//! Grading a labelled file: how often the rules agree with the people who labelled its notes.
//!
//! [`parse`] reads the file, [`measure()`] grades its notes and counts, and [`agreement`] writes what was
//! counted.

pub mod agreement;
mod labelled;
mod lessons;
mod measure;
mod teaching;

pub(crate) use labelled::MOST_BYTES;
pub use labelled::{LabelError, Labelled, open_files, parse};
pub use lessons::{LessonError, Lessons, Split, Validated};
pub use measure::{Graders, measure};
pub use teaching::{FEWEST, Outcome, Taught, Unteachable, Verdicts, teach};

use crate::day::Today;
use crate::finding::{Finding, Severity};
use crate::grade::Grade;
use crate::playbook::Playbook;
use crate::reading::{Polarity, Reading};
use crate::record::{Heading, NoteRecord};
use crate::rules::{CheckContext, CheckedNote, Confidence, RuleLevels, RuleSettings};
use crate::second_reader::SecondReader;
use jiff::civil::Date;

/// What the rules about notes make of one text.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Graded {
    /// The grade.
    pub grade: Grade,
    /// What the text says, whatever the status.
    pub reading: Reading,
    /// What the customer intends, in the light of the status, as the people who labelled the notes saw it.
    pub intent: Polarity,
    /// The findings of the note rules, in the order of the registry.
    pub findings: Vec<Finding>,
    /// How sure the grade is.
    pub confidence: Confidence,
}

/// Grades a note by itself: the note rules at their own severities, without a file, a history, a configuration or the
/// second reader.
#[must_use]
pub fn grade_note(note: &str, heading: Heading<'_>, playbook: &Playbook) -> Graded {
    grade_with(note, heading, Graders { playbook, levels: &RuleLevels::default().of_notes_alone(), second: None })
}

/// The same with the second reader that comes with the program.
#[must_use]
pub fn grade_note_together(note: &str, heading: Heading<'_>, playbook: &Playbook) -> Graded {
    let levels = RuleLevels::default().of_notes_alone();
    grade_with(note, heading, Graders { playbook, levels: &levels, second: Some(SecondReader::built_in()) })
}

/// The same with levels, under which only rules about notes may be on, and with a second reader where there is one.
#[must_use]
pub fn grade_with(note: &str, heading: Heading<'_>, graders: Graders<'_>) -> Graded {
    let Graders { playbook, levels, second } = graders;
    let record = NoteRecord::lone(note, heading);
    let settings = RuleSettings::default();
    // No rule about the text of a note asks for the day.
    let checks =
        CheckContext { playbook, levels, settings: &settings, today: Today::fixed(Date::MIN), writer: None, second };
    let CheckedNote { reading, findings, confidence, .. } = checks.check_note(&record, &[]);
    let intent = checks.case(&record, &reading).intent();
    let grade = Grade::from_severities(findings.iter().map(|finding| finding.severity));
    Graded { grade, intent, reading, findings, confidence }
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
