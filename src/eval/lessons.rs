//! Labelled notes as lessons for the second reader.

use super::{Graded, Graders, LabelError, Labelled, grade_note, grade_with, open_files, parse};
use crate::finding::Severity;
use crate::grade::Grade;
use crate::playbook::Playbook;
use crate::reading::{ReadingContext, read_and_observe};
use crate::rules::{Confidence, RuleLevels};
use crate::second_reader::train::{self, Sample};
use crate::second_reader::{Defect, Model, PerMille, SecondReader};
use rayon::prelude::*;
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

/// In how many parts the lessons are cut to test what was learned from the others.
const PARTS: u64 = 5;

/// The folders of the lessons in this repository.
const FOLDERS: [&str; 2] = ["fixtures/corpus", "fixtures/own"];

/// Labelled notes, read and ready to learn from.
#[derive(Debug)]
pub struct Lessons<'p> {
    lessons: Vec<Lesson>,
    playbook: &'p Playbook,
}

#[derive(Debug)]
struct Lesson {
    labelled: Labelled,
    /// The name of its file.
    file: String,
    sample: Sample,
    /// What the rules alone make of it.
    by_rules: Grade,
}

/// Which notes a reader is asked about that has learned from all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Split {
    /// A fifth of them, pairs of look-alikes together.
    Parts,
    /// Those of one file: other writers, and often another purpose.
    Files,
}

/// What is made of a note that the second reader has not learned from.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Validated {
    /// The note with its label.
    pub labelled: Labelled,
    /// The name of its file.
    pub file: String,
    /// The grade of the rules alone.
    pub by_rules: Grade,
    /// The grade of both together.
    pub together: Grade,
    /// The rules whose errors stand, after both.
    pub errors: Vec<&'static str>,
    /// How sure both are.
    pub confidence: Confidence,
    /// How likely it is poor to the second reader.
    pub poor: PerMille,
    /// How likely it is great.
    pub great: PerMille,
    /// The defect that the second reader names, and how sure it is.
    pub named: Option<(&'static str, PerMille)>,
}

/// Why the lessons of a folder cannot be had.
#[derive(Debug)]
pub enum LessonError {
    /// A file or a folder cannot be read.
    Unread(io::Error),
    /// A line of a file cannot be used.
    Label(PathBuf, LabelError),
}

impl fmt::Display for LessonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread(error) => error.fmt(f),
            Self::Label(file, error) => write!(f, "{}: {error}", file.display()),
        }
    }
}

impl std::error::Error for LessonError {}

impl<'p> Lessons<'p> {
    /// The notes that the weights which come with the program have learned from: those of the repository at `root` that
    /// are not sealed. Where a poor note does not say what is wrong with it, the first error of the rules does.
    ///
    /// # Errors
    /// When a file cannot be read.
    pub fn of_repository(root: &Path, playbook: &'p Playbook) -> Result<Self, LessonError> {
        let mut notes = Vec::new();
        for path in open_files(&FOLDERS.map(|folder| root.join(folder))).map_err(LessonError::Unread)? {
            let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let own = parse(&fs::read(&path).map_err(LessonError::Unread)?);
            let own = own.map_err(|error| LessonError::Label(path, error))?;
            notes.extend(own.into_iter().map(|labelled| (file.clone(), labelled)));
        }
        let lessons = notes.into_par_iter().map(|(file, labelled)| lesson(file, labelled, playbook)).collect();
        Ok(Self { lessons, playbook })
    }

    /// The file of weights of a reader that has learned from all of them.
    #[must_use]
    pub fn weights(&self) -> Vec<u8> {
        self.learned_from(|_| true).to_bytes()
    }

    /// Asks of each part of the notes a reader that has learned from the others.
    #[must_use]
    pub fn cross_validated(&self, split: Split) -> Vec<Validated> {
        let part = |lesson: &Lesson| match split {
            Split::Parts => part(&lesson.labelled).to_string(),
            Split::Files => lesson.file.clone(),
        };
        let mut parts: Vec<String> = self.lessons.iter().map(part).collect();
        parts.sort();
        parts.dedup();
        let validated = parts.par_iter().flat_map_iter(|own| {
            let model = self.learned_from(|lesson| part(lesson) != *own);
            let read = |lesson| self.read(lesson, SecondReader::new(&model));
            self.lessons.iter().filter(|lesson| part(lesson) == *own).map(read).collect::<Vec<_>>()
        });
        validated.collect()
    }

    fn learned_from(&self, is_one: impl Fn(&Lesson) -> bool) -> Model {
        let lessons = self.lessons.iter().filter(|lesson| is_one(lesson));
        train::train(&lessons.map(|lesson| &lesson.sample).collect::<Vec<_>>())
    }

    fn read(&self, lesson: &Lesson, reader: SecondReader<'_>) -> Validated {
        let Lesson { labelled, file, sample: Sample { seen, status, .. }, by_rules } = lesson;
        let opinion = reader.opinion(seen, *status);
        let named = reader.defect(seen, *status);
        let levels = RuleLevels::default().of_notes_alone();
        let graders = Graders { playbook: self.playbook, levels: &levels, second: Some(reader) };
        let graded = grade_with(&labelled.note, labelled.heading(), graders);
        Validated {
            labelled: labelled.clone(),
            file: file.clone(),
            by_rules: *by_rules,
            together: graded.grade,
            errors: errors(&graded).collect(),
            confidence: graded.confidence,
            poor: opinion.poor,
            great: opinion.great,
            named: named.map(|named| (named.defect.name(), named.likely)),
        }
    }
}

fn lesson(file: String, labelled: Labelled, playbook: &Playbook) -> Lesson {
    let graded = grade_note(&labelled.note, labelled.heading(), playbook);
    Lesson { sample: sample_of(&labelled, &graded, playbook), by_rules: graded.grade, labelled, file }
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
    let defect = labelled
        .kind
        .as_deref()
        .and_then(Defect::of_kind)
        .or_else(|| errors(graded).find_map(|rule| Defect::of_rule(rule, status)))
        .filter(|_| labelled.grade == Grade::Poor);
    Sample { seen, status, grade: labelled.grade, defect }
}

fn errors(graded: &Graded) -> impl Iterator<Item = &'static str> + use<'_> {
    graded.findings.iter().filter(|finding| finding.severity == Severity::Error).map(|finding| finding.rule)
}

/// The part of a note: the same for both notes of a pair; two neighbours in a file may be one.
fn part(labelled: &Labelled) -> u64 {
    let key = match labelled.pair.as_deref().filter(|pair| !pair.is_empty()) {
        Some(pair) => pair.bytes().fold(7, |key: u64, byte| key.wrapping_mul(31).wrapping_add(u64::from(byte))),
        None => labelled.line.saturating_sub(1) as u64 / 2,
    };
    (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 33) % PARTS
}
