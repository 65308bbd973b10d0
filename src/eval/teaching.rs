//! Learning from a team's own labelled notes, and what that changes on notes that were not learned from.
//!
//! The gain is measured by five-fold cross-validation: the notes are cut into five parts, and each part is judged by a
//! reader that learned from the other four. Notes that hang together (a pair, one text on several records) stay in one
//! part, or a reader would be asked what it was told.

use super::agreement::Share;
use super::{Graders, Labelled, grade_with, lessons};
use crate::grade::Grade;
use crate::playbook::{Playbook, StatusKind};
use crate::second_reader::train::Sample;
use crate::second_reader::{Learned, SecondReader};
use rayon::prelude::*;
use std::collections::HashMap;

/// In how many parts the notes are cut.
const PARTS: usize = 5;

/// How many notes of each of the two ends, poor and great, there have to be: fewer teach nothing that could be measured.
pub const FEWEST: usize = 10;

/// What was learned, and what it changes.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Taught {
    /// What all notes taught.
    pub learned: Learned,
    /// How many notes were learned from; one that stands in the file twice is one note.
    pub notes: usize,
    /// How many lines repeat an earlier note.
    pub repeated: usize,
    /// The verdicts with the weights that come with the program.
    pub before: Verdicts,
    /// The verdicts with what the other parts taught.
    pub after: Verdicts,
    /// How many wrong verdicts became right.
    pub mended: usize,
    /// How many right verdicts became wrong.
    pub spoiled: usize,
}

/// How often verdicts are what people say.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verdicts {
    /// Notes on which people and program agree whether they are poor.
    pub block: Share,
    /// Great notes that are blocked.
    pub great_blocked: Share,
    /// Poor notes that pass.
    pub poor_passed: Share,
}

/// What learning comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// More verdicts are right, and no more great notes are blocked.
    Better,
    /// As many verdicts are right as before.
    Same,
    /// Fewer verdicts are right.
    Worse,
    /// More great notes are blocked.
    BlocksGreat,
}

/// Why notes cannot be learned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unteachable {
    /// There are not [`FEWEST`] poor and as many great ones.
    TooFew {
        /// How many are poor.
        poor: usize,
        /// How many are great.
        great: usize,
    },
    /// The same note has two grades, on these lines.
    Contradiction {
        /// The first of them, from 1.
        first: usize,
        /// The second.
        second: usize,
    },
}

impl Taught {
    /// What learning comes to.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        let (before, after) = (self.before, self.after);
        if after.great_blocked.count > before.great_blocked.count {
            return Outcome::BlocksGreat;
        }
        match after.block.count.cmp(&before.block.count) {
            std::cmp::Ordering::Greater => Outcome::Better,
            std::cmp::Ordering::Equal => Outcome::Same,
            std::cmp::Ordering::Less => Outcome::Worse,
        }
    }

    /// Whether a difference of so few verdicts may well be chance (a sign test at about one in twenty).
    #[must_use]
    pub fn may_be_chance(&self) -> bool {
        let difference = self.mended.abs_diff(self.spoiled);
        difference.saturating_mul(difference) < (self.mended + self.spoiled).saturating_mul(4)
    }
}

/// Learns from the notes and measures what that changes; `graders` says by what playbook and levels notes are graded.
///
/// # Errors
/// When the notes are too few or contradict each other.
pub fn teach(notes: &[Labelled], graders: Graders<'_>) -> Result<Taught, Unteachable> {
    let levels = graders.levels.clone().of_notes_alone();
    let graders = Graders { levels: &levels, ..graders };
    let own = distinct(notes, graders.playbook)?;
    let count = |grade| own.iter().filter(|note| note.grade == grade).count();
    let (poor, great) = (count(Grade::Poor), count(Grade::Great));
    if poor < FEWEST || great < FEWEST {
        return Err(Unteachable::TooFew { poor, great });
    }
    let samples: Vec<Sample> = own.par_iter().map(|note| lessons::sample(note, graders.playbook)).collect();
    let parts = parts(&own);
    let learned_beside = |part: usize| {
        let others = samples.iter().zip(&parts).filter(|(_, own)| **own != part).map(|(sample, _)| sample);
        Learned::from_notes(&others.collect::<Vec<_>>())
    };
    let readers: Vec<Learned> = (0..PARTS).into_par_iter().map(learned_beside).collect();
    let is_right = |note: &Labelled, second: SecondReader<'_>| {
        let graders = Graders { second: Some(second), ..graders };
        (grade_with(&note.note, note.heading(), graders).grade == Grade::Poor) == (note.grade == Grade::Poor)
    };
    let judged = own.par_iter().zip(&parts).map(|(note, part)| {
        let taught = readers.get(*part).map_or(SecondReader::built_in(), Learned::reader);
        (is_right(note, SecondReader::built_in()), is_right(note, taught))
    });
    let judged: Vec<(bool, bool)> = judged.collect();
    let (mut before, mut after) = (Verdicts::default(), Verdicts::default());
    for (note, (was_right, is_right)) in own.iter().zip(&judged) {
        before.add(note.grade, *was_right);
        after.add(note.grade, *is_right);
    }
    Ok(Taught {
        learned: Learned::from_notes(&samples.iter().collect::<Vec<_>>()),
        notes: own.len(),
        repeated: notes.len() - own.len(),
        before,
        after,
        mended: judged.iter().filter(|(was_right, is_right)| !was_right && *is_right).count(),
        spoiled: judged.iter().filter(|(was_right, is_right)| *was_right && !is_right).count(),
    })
}

impl Verdicts {
    fn add(&mut self, grade: Grade, is_right: bool) {
        self.block.add(is_right);
        match grade {
            Grade::Great => self.great_blocked.add(!is_right),
            Grade::Poor => self.poor_passed.add(!is_right),
            Grade::Marginal => {}
        }
    }
}

/// What makes two lines the same note.
#[derive(PartialEq, Eq, Hash)]
struct Identity {
    text: String,
    status: Option<StatusKind>,
    workload: String,
    customer: Option<String>,
}

/// A text without what does not tell it from another: case and the width of gaps.
fn folded(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// The notes, each once.
///
/// # Errors
/// When the same note has two grades.
fn distinct<'n>(notes: &'n [Labelled], playbook: &Playbook) -> Result<Vec<&'n Labelled>, Unteachable> {
    let mut known: HashMap<Identity, &Labelled> = HashMap::new();
    let mut distinct = Vec::with_capacity(notes.len());
    for note in notes {
        let identity = Identity {
            text: folded(&note.note),
            status: playbook.status(&note.status).map(|status| status.kind),
            workload: folded(&note.workload),
            customer: note.customer.as_deref().map(folded),
        };
        match known.get(&identity) {
            Some(first) if first.grade != note.grade => {
                return Err(Unteachable::Contradiction { first: first.line, second: note.line });
            }
            Some(_) => {}
            None => {
                known.insert(identity, note);
                distinct.push(note);
            }
        }
    }
    Ok(distinct)
}

/// The part of each note: notes that hang together have the same, and each part has its share of every grade.
fn parts(notes: &[&Labelled]) -> Vec<usize> {
    let mut groups = Groups { of: (0..notes.len()).collect() };
    let mut first: HashMap<(Tie, String), usize> = HashMap::new();
    for (number, note) in notes.iter().enumerate() {
        let pair = note.pair.as_deref().filter(|pair| !pair.is_empty()).map(|pair| (Tie::Pair, pair.to_owned()));
        for tie in pair.into_iter().chain([(Tie::Text, folded(&note.note))]) {
            groups.join(number, *first.entry(tie).or_insert(number));
        }
    }
    let leaders: Vec<usize> = (0..notes.len()).map(|number| groups.leader(number)).collect();
    let mut order: Vec<(Option<Grade>, u64, usize)> = leaders
        .iter()
        .enumerate()
        .filter(|(number, leader)| number == *leader)
        .map(|(number, _)| (notes.get(number).map(|note| note.grade), shuffled(number), number))
        .collect();
    order.sort_unstable_by_key(|(grade, shuffled, number)| (grade.map(|grade| grade as u8), *shuffled, *number));
    let mut part_of = vec![0; notes.len()];
    for (rank, (.., leader)) in order.into_iter().enumerate() {
        if let Some(part) = part_of.get_mut(leader) {
            *part = rank % PARTS;
        }
    }
    leaders.into_iter().map(|leader| part_of.get(leader).copied().unwrap_or(0)).collect()
}

/// What two notes have in common that hang together.
#[derive(PartialEq, Eq, Hash)]
enum Tie {
    Pair,
    Text,
}

/// A number that looks like chance, and is the same each time.
fn shuffled(number: usize) -> u64 {
    (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

/// Groups of notes, each known by its first one.
struct Groups {
    of: Vec<usize>,
}

impl Groups {
    fn leader(&mut self, number: usize) -> usize {
        let mut at = number;
        while let Some(next) = self.of.get(at).copied().filter(|next| *next != at) {
            // Half of the way is cut short for the next time.
            let after = self.of.get(next).copied().unwrap_or(next);
            if let Some(own) = self.of.get_mut(at) {
                *own = after;
            }
            at = after;
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.leader(one), self.leader(other));
        if let Some(leader) = self.of.get_mut(one.max(other)) {
            *leader = one.min(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use crate::rules::RuleLevels;
    use serde_json::json;

    fn notes(lines: &[serde_json::Value]) -> Vec<Labelled> {
        parse(lines.iter().map(|line| format!("{line}\n")).collect::<String>().as_bytes()).unwrap()
    }

    fn line(note: &str, grade: &str) -> serde_json::Value {
        json!({"id": "n", "status": "Blocked", "workload": "Teams", "note": note, "grade": grade})
    }

    fn taught(lines: &[serde_json::Value]) -> Result<Taught, Unteachable> {
        let (playbook, levels) = (Playbook::built_in(), RuleLevels::default());
        teach(&notes(lines), Graders { playbook: &playbook, levels: &levels, second: None })
    }

    fn many(grade: &str, count: usize) -> Vec<serde_json::Value> {
        (0..count).map(|number| line(&format!("Customer will not deploy, number {number}."), grade)).collect()
    }

    #[test]
    fn too_few_notes_and_one_grade_alone_teach_nothing() {
        let too_few = |lines: &[serde_json::Value]| match taught(lines).unwrap_err() {
            Unteachable::TooFew { poor, great } => (poor, great),
            Unteachable::Contradiction { .. } => panic!("no contradiction is there"),
        };
        assert_eq!(too_few(&[]), (0, 0));
        assert_eq!(too_few(&many("poor", 1)), (1, 0));
        assert_eq!(too_few(&many("great", 30)), (0, 30));
        assert_eq!(too_few(&many("marginal", 30)), (0, 0));
        let copies = vec![line("Same.", "poor"); 30];
        assert_eq!(too_few(&copies), (1, 0));
    }

    #[test]
    fn one_note_with_two_grades_is_told_with_both_lines() {
        let mut other_status = line("Customer WILL not  deploy.", "great");
        other_status["status"] = json!("No Intent");
        let lines =
            [line("Customer will not deploy.", "poor"), other_status, line("customer will not deploy. ", "great")];
        assert_eq!(taught(&lines).unwrap_err(), Unteachable::Contradiction { first: 1, second: 3 });
    }

    #[test]
    fn what_hangs_together_is_in_one_part_and_every_part_has_every_grade() {
        let mut lines: Vec<serde_json::Value> = (0..200)
            .map(|number| line(&format!("Note {number}."), ["great", "poor", "marginal"][number % 3]))
            .collect();
        for (number, line) in lines.iter_mut().take(100).enumerate() {
            line["pair"] = json!(format!("p{}", number / 2));
        }
        let mut copy = line("NOTE 7.", "great");
        copy["workload"] = json!("Yammer");
        lines.push(copy);
        let notes = notes(&lines);
        let parts = parts(&notes.iter().collect::<Vec<_>>());
        assert!((0..50).all(|pair| parts[pair * 2] == parts[pair * 2 + 1]));
        assert_eq!(parts[200], parts[7]);
        for part in 0..PARTS {
            for grade in [Grade::Great, Grade::Marginal, Grade::Poor] {
                let count = notes.iter().zip(&parts).filter(|(n, own)| n.grade == grade && **own == part).count();
                assert!((4..=25).contains(&count), "{part} {grade:?}: {count}");
            }
        }
    }

    #[test]
    fn what_learning_comes_to_is_told_from_the_counts() {
        let share = |count, of| Share { count, of };
        let verdicts = |right, great_blocked| Verdicts {
            block: share(right, 100),
            great_blocked: share(great_blocked, 40),
            poor_passed: share(3, 40),
        };
        let outcome = |before, after| {
            Taught { learned: Learned::nothing(), notes: 100, repeated: 0, before, after, mended: 0, spoiled: 0 }
                .outcome()
        };
        assert_eq!(outcome(verdicts(90, 1), verdicts(91, 1)), Outcome::Better);
        assert_eq!(outcome(verdicts(90, 1), verdicts(90, 0)), Outcome::Same);
        assert_eq!(outcome(verdicts(90, 1), verdicts(89, 0)), Outcome::Worse);
        assert_eq!(outcome(verdicts(90, 1), verdicts(99, 2)), Outcome::BlocksGreat);
    }

    #[test]
    fn a_difference_of_few_verdicts_may_be_chance() {
        let chance = |mended, spoiled| {
            let (before, after) = (Verdicts::default(), Verdicts::default());
            Taught { learned: Learned::nothing(), notes: 0, repeated: 0, before, after, mended, spoiled }
                .may_be_chance()
        };
        assert!(chance(3, 0) && chance(10, 5) && chance(1, 1));
        assert!(!chance(4, 0) && !chance(20, 5) && !chance(0, 9));
    }
}
