//! Labelled notes as lessons for the second reader.

use super::{Graded, Labelled, grade_note};
use crate::finding::Severity;
use crate::grade::Grade;
use crate::playbook::Playbook;
use crate::reading::{ReadingContext, read_and_observe};
use crate::second_reader::train::{self, Sample};
use crate::second_reader::{Defect, PerMille, SecondReader};

/// In how many parts the lessons are cut to test what was learned from the others.
const PARTS: u64 = 5;

/// Labelled notes, read and ready to learn from.
#[derive(Debug)]
pub struct Lessons {
    lessons: Vec<Lesson>,
}

#[derive(Debug)]
struct Lesson {
    sample: Sample,
    /// What the rules alone make of it.
    by_rules: Grade,
    part: u64,
    kind: String,
}

/// What a reader makes of a note that it has not learned from.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Validated {
    /// What the file says that it tries; empty where it says nothing.
    pub kind: String,
    /// The grade that people gave it.
    pub labelled: Grade,
    /// The grade of the rules alone.
    pub by_rules: Grade,
    /// How likely it is poor, and great, to the second reader.
    pub poor: PerMille,
    /// See `poor`.
    pub great: PerMille,
    /// The defect that the second reader names, and how sure it is.
    pub named: Option<(&'static str, PerMille)>,
    /// For a poor note whose defect is known: whether the second reader names it, and how sure it is.
    pub defect: Option<(bool, PerMille)>,
}

impl Lessons {
    /// Reads the notes. Where a poor note does not say what is wrong with it, the first error of the rules does.
    #[must_use]
    pub fn new(notes: &[Labelled], playbook: &Playbook) -> Self {
        Self { lessons: notes.iter().map(|labelled| lesson(labelled, playbook)).collect() }
    }

    /// The file of weights of a reader that has learned from all of them.
    #[must_use]
    pub fn weights(&self) -> Vec<u8> {
        train::train(&self.lessons.iter().map(|lesson| &lesson.sample).collect::<Vec<_>>()).to_bytes()
    }

    /// Cuts the notes into five parts, pairs of look-alikes together, and reads each part with a reader that has learned
    /// from the other four.
    #[must_use]
    pub fn cross_validated(&self) -> Vec<Validated> {
        let mut validated = Vec::with_capacity(self.lessons.len());
        for part in 0..PARTS {
            let (own, others): (Vec<&Lesson>, Vec<&Lesson>) = self.lessons.iter().partition(|l| l.part == part);
            let model = train::train(&others.iter().map(|lesson| &lesson.sample).collect::<Vec<_>>());
            validated.extend(own.into_iter().map(|lesson| read(lesson, SecondReader::new(&model))));
        }
        validated
    }
}

fn lesson(labelled: &Labelled, playbook: &Playbook) -> Lesson {
    let graded = grade_note(&labelled.note, labelled.heading(), playbook);
    let kind = labelled.kind.clone().unwrap_or_default();
    Lesson { sample: sample_of(labelled, &graded, playbook), by_rules: graded.grade, part: part(labelled), kind }
}

/// What a labelled note teaches.
pub(super) fn sample(labelled: &Labelled, playbook: &Playbook) -> Sample {
    sample_of(labelled, &grade_note(&labelled.note, labelled.heading(), playbook), playbook)
}

fn sample_of(labelled: &Labelled, graded: &Graded, playbook: &Playbook) -> Sample {
    let heading = labelled.heading();
    let context = ReadingContext { customer: heading.customer, workload: heading.workload };
    let (_, seen) = read_and_observe(&labelled.note, context, playbook);
    let status = playbook.status(&labelled.status).map(|status| status.kind);
    let mut errors = graded.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let defect = labelled
        .kind
        .as_deref()
        .and_then(Defect::of_kind)
        .or_else(|| errors.find_map(|finding| Defect::of_rule(finding.rule, status)))
        .filter(|_| labelled.grade == Grade::Poor);
    Sample { seen, status, grade: labelled.grade, defect }
}

fn read(lesson: &Lesson, reader: SecondReader<'_>) -> Validated {
    let Sample { seen, status, grade, defect } = &lesson.sample;
    let opinion = reader.opinion(seen, *status);
    let named = reader.defect(seen, *status);
    Validated {
        kind: lesson.kind.clone(),
        labelled: *grade,
        by_rules: lesson.by_rules,
        poor: opinion.poor,
        great: opinion.great,
        named: named.map(|named| (named.defect.name(), named.likely)),
        defect: defect.zip(named).map(|(known, named)| (known == named.defect, named.likely)),
    }
}

/// The part of a note: the same for both notes of a pair; two neighbours in a file may be one.
fn part(labelled: &Labelled) -> u64 {
    let key = match labelled.pair.as_deref().filter(|pair| !pair.is_empty()) {
        Some(pair) => pair.bytes().fold(7, |key: u64, byte| key.wrapping_mul(31).wrapping_add(u64::from(byte))),
        None => labelled.line.saturating_sub(1) as u64 / 2,
    };
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33) % PARTS
}
