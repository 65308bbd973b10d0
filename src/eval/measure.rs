//! From labelled notes to counts.

use super::agreement::{Agreement, Confusion, Disagreement, Fired, IntentDisagreement, Percent, ReasonOverlap, Share};
use super::{Labelled, grade_with};
use crate::config::RuleLevels;
use crate::finding::Finding;
use crate::grade::Grade;
use crate::playbook::Playbook;
use crate::second_reader::SecondReader;
use crate::text::NoteSpan;
use std::ops::Range;

/// What notes are graded by.
#[derive(Debug, Clone, Copy)]
pub struct Graders<'a> {
    /// The guidance, with what a team adds.
    pub playbook: &'a Playbook,
    /// The severities that a team gives the rules.
    pub levels: &'a RuleLevels,
    /// Who reads each note beside the rules.
    pub second: Option<SecondReader<'a>>,
}

/// Grades every note and counts how often the labels agree.
///
/// A note counts as blocked when its grade is poor; metadata, which a labelled file does not have, says nothing here.
#[must_use]
pub fn measure(notes: &[Labelled], graders: Graders<'_>) -> Agreement {
    let levels = graders.levels.clone().of_notes_alone();
    let graders = Graders { levels: &levels, ..graders };
    let mut counted = Agreement::default();
    let mut overlaps = Vec::new();
    for labelled in notes {
        let graded = grade_with(&labelled.note, labelled.heading(), graders);
        count_grade(&mut counted, labelled.grade, graded.grade);
        if labelled.grade != graded.grade {
            counted.disagreements.push(disagreement(labelled, graded.grade, &graded.findings));
        }
        if let Some(intent) = labelled.intent {
            counted.intent.add(intent == graded.intent);
            if intent != graded.intent {
                let (id, read) = (labelled.id.clone(), graded.intent);
                counted.intent_disagreements.push(IntentDisagreement { id, labelled: intent, read });
            }
        }
        if let Some(reason) = labelled.reason.as_deref().filter(|reason| !reason.is_empty()) {
            let found = graded.reading.reason_span;
            overlaps.push(overlap(&labelled.note, reason, found));
            if labelled.grade == Grade::Great
                && let Some(words) = words_held(&labelled.note, reason, found)
            {
                counted.reason_recall.add(words.reaches(ENOUGH_WORDS));
            }
        }
    }
    counted.reason = mean(&overlaps);
    counted
}

fn count_grade(counted: &mut Agreement, labelled: Grade, graded: Grade) {
    counted.notes += 1;
    counted.confusion.add(labelled, graded);
    counted.three_way.add(labelled == graded);
    counted.block.add((labelled == Grade::Poor) == (graded == Grade::Poor));
    match labelled {
        Grade::Great => counted.great_blocked.add(graded == Grade::Poor),
        Grade::Poor => counted.poor_passed.add(graded != Grade::Poor),
        Grade::Marginal => {}
    }
}

fn disagreement(labelled: &Labelled, graded: Grade, findings: &[Finding]) -> Disagreement {
    let fired =
        |finding: &Finding| Fired { rule: finding.rule, severity: finding.severity, message: finding.message.clone() };
    Disagreement {
        id: labelled.id.clone(),
        line: labelled.line,
        status: labelled.status.clone(),
        workload: labelled.workload.clone(),
        note: labelled.note.clone(),
        labelled: labelled.grade,
        graded,
        findings: findings.iter().map(fired).collect(),
    }
}

/// How far the reason found is the reason marked: the characters that both have, out of those that either has.
///
/// 1 when they are the same, 0 when none was found or they do not touch; nothing when what was marked does not stand in
/// the note. When it stands there more than once, the place counts that fits best.
#[must_use]
pub(super) fn overlap(note: &str, marked: &str, found: Option<NoteSpan>) -> Option<f64> {
    let places = note.match_indices(marked).map(|(start, text)| NoteSpan::new(start..start + text.len()));
    places.map(|place| found.map_or(0.0, |found| shared(note, place, found))).max_by(f64::total_cmp)
}

/// How many words of a marked reason a reason has to hold, in percent.
const ENOUGH_WORDS: Percent = Percent::EIGHTY;

/// How many words of the reason marked stand in the reason found.
///
/// A word is what stands between two spaces and has a letter or figure in it; the marks around it do not count. Nothing
/// when what was marked does not stand in the note, or has no word. When it stands there more than once, the place counts
/// that fits best.
#[must_use]
pub(super) fn words_held(note: &str, marked: &str, found: Option<NoteSpan>) -> Option<Share> {
    let words = words(marked);
    if words.is_empty() {
        return None;
    }
    let held = |start: usize| {
        let inside = |word: &&Range<usize>| {
            found.is_some_and(|found| found.start <= start + word.start && start + word.end <= found.end)
        };
        words.iter().filter(inside).count()
    };
    let count = note.match_indices(marked).map(|(start, _)| held(start)).max()?;
    Some(Share { count, of: words.len() })
}

/// Where the words of a text are, without the marks around them.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive(char::is_whitespace) {
        let is_mark = |c: char| !c.is_alphanumeric();
        let word = piece.trim_start_matches(is_mark);
        let from = start + piece.len() - word.len();
        let word = word.trim_end_matches(is_mark);
        if !word.is_empty() {
            words.push(from..from + word.len());
        }
        start += piece.len();
    }
    words
}

#[expect(clippy::cast_precision_loss, reason = "a note has far fewer characters than a float has whole numbers")]
fn shared(note: &str, marked: NoteSpan, found: NoteSpan) -> f64 {
    let characters = |span: NoteSpan| span.of(note).chars().count();
    let both = NoteSpan::new(marked.start.max(found.start)..marked.end.min(found.end));
    let either = characters(marked) + characters(found) - characters(both);
    if either == 0 { 0.0 } else { characters(both) as f64 / either as f64 }
}

#[expect(clippy::cast_precision_loss, reason = "a file has far fewer notes than a float has whole numbers")]
fn mean(overlaps: &[Option<f64>]) -> ReasonOverlap {
    let known: Vec<f64> = overlaps.iter().flatten().copied().collect();
    let mean = (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64);
    ReasonOverlap { mean, of: known.len(), not_in_note: overlaps.len() - known.len() }
}

impl Share {
    pub(super) fn add(&mut self, counts: bool) {
        self.of += 1;
        self.count += usize::from(counts);
    }
}

impl Confusion {
    fn add(&mut self, labelled: Grade, graded: Grade) {
        let row = match labelled {
            Grade::Great => &mut self.great,
            Grade::Marginal => &mut self.marginal,
            Grade::Poor => &mut self.poor,
        };
        let cell = match graded {
            Grade::Great => &mut row.great,
            Grade::Marginal => &mut row.marginal,
            Grade::Poor => &mut row.poor,
        };
        *cell += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Level;
    use crate::reading::Polarity;

    fn note(id: &str, note: &str, grade: Grade) -> Labelled {
        Labelled {
            customer: None,
            id: id.to_owned(),
            line: 1,
            status: "Blocked".to_owned(),
            workload: "Exchange Online".to_owned(),
            note: note.to_owned(),
            grade,
            intent: None,
            kind: None,
            pair: None,
            reason: None,
        }
    }

    const GREAT: &str = "Customer will not deploy because the firewall does not forward traffic to mailboxes.";
    const POOR: &str = "Customer cannot deploy right now.";

    fn measured(notes: &[Labelled], levels: &RuleLevels) -> Agreement {
        measure(notes, Graders { playbook: &Playbook::built_in(), levels, second: None })
    }

    #[test]
    fn counts_are_those_made_by_hand() {
        let notes = [
            note("a", GREAT, Grade::Great),
            note("b", POOR, Grade::Poor),
            note("c", POOR, Grade::Great),
            note("d", GREAT, Grade::Poor),
            note("e", GREAT, Grade::Marginal),
        ];
        let counted = measured(&notes, &RuleLevels::default());
        assert_eq!(counted.notes, 5);
        assert_eq!((counted.confusion.great.great, counted.confusion.great.poor), (1, 1));
        assert_eq!((counted.confusion.poor.great, counted.confusion.poor.poor), (1, 1));
        assert_eq!(counted.confusion.marginal.great, 1);
        assert_eq!(counted.block, Share { count: 3, of: 5 });
        assert_eq!(counted.three_way, Share { count: 2, of: 5 });
        assert_eq!(counted.great_blocked, Share { count: 1, of: 2 });
        assert_eq!(counted.poor_passed, Share { count: 1, of: 2 });
        let ids: Vec<&str> = counted.disagreements.iter().map(|d| d.id.as_str()).collect();
        assert_eq!(ids, ["c", "d", "e"]);
        assert!(counted.disagreements[0].findings.iter().any(|fired| fired.rule == "missing-reason"));
    }

    #[test]
    fn intents_and_reasons_count_where_they_are_labelled() {
        let because = "the firewall does not forward traffic to mailboxes";
        let labelled = |intent, reason: &str| Labelled {
            intent: Some(intent),
            reason: Some(reason.to_owned()),
            ..note("a", GREAT, Grade::Great)
        };
        let notes = [
            labelled(Polarity::Negative, because),
            labelled(Polarity::Positive, ""),
            labelled(Polarity::Negative, "elsewhere"),
            note("b", GREAT, Grade::Great),
        ];
        let counted = measured(&notes, &RuleLevels::default());
        assert_eq!(counted.intent, Share { count: 2, of: 3 });
        assert_eq!(counted.intent_disagreements.len(), 1);
        assert_eq!((counted.reason.of, counted.reason.not_in_note), (1, 1));
        assert!(counted.reason.mean.is_some_and(|mean| mean > 0.5));
        assert_eq!(counted.reason_recall, Share { count: 1, of: 1 });
    }

    #[test]
    fn reasons_of_great_notes_count_when_most_of_their_words_are_found() {
        let labelled = |grade, reason: &str| Labelled { reason: Some(reason.to_owned()), ..note("a", GREAT, grade) };
        let notes = [
            labelled(Grade::Great, "the firewall does not forward traffic to mailboxes"),
            labelled(Grade::Great, "Customer will not deploy because the firewall"),
            labelled(Grade::Great, "elsewhere"),
            labelled(Grade::Great, ""),
            labelled(Grade::Marginal, "the firewall"),
        ];
        assert_eq!(measured(&notes, &RuleLevels::default()).reason_recall, Share { count: 1, of: 2 });
    }

    #[test]
    fn a_word_is_held_whole_or_not_at_all() {
        let span = |range| Some(NoteSpan::new(range));
        let held = |note, marked, found| words_held(note, marked, found).map(|share| (share.count, share.of));
        let note = "Due to (a firewall), they won't deploy.";
        assert_eq!(held(note, "(a firewall),", span(8..18)), Some((2, 2)));
        assert_eq!(held(note, "(a firewall),", span(8..17)), Some((1, 2)));
        assert_eq!(held(note, "they won't", span(21..31)), Some((2, 2)));
        assert_eq!(held(note, "a firewall", None), Some((0, 2)));
        assert_eq!(held(note, "a proxy", span(0..38)), None);
        assert_eq!(held(note, "),", span(0..38)), None);
        assert_eq!(held("ab - cd ab - cd", "ab - cd", span(8..15)), Some((2, 2)));
        assert_eq!(held("naïve ÄÖÜ", "naïve ÄÖÜ", span(0..10)), Some((1, 2)));
    }

    #[test]
    fn the_severities_of_a_team_hold() {
        let mut levels = RuleLevels::default();
        for rule in ["missing-reason", "vague-reason", "hedging"] {
            levels.set(rule, Level::Off);
        }
        assert_eq!(measured(&[note("a", POOR, Grade::Great)], &levels).three_way.count, 1);
    }

    #[test]
    fn overlap_is_shared_characters_out_of_all() {
        let span = |range| Some(NoteSpan::new(range));
        assert_eq!(overlap("abcdef", "bcd", span(1..4)), Some(1.0));
        assert_eq!(overlap("abcdef", "bcd", span(2..5)), Some(0.5));
        assert_eq!(overlap("abcdef", "abc", span(3..6)), Some(0.0));
        assert_eq!(overlap("abcdef", "bcd", None), Some(0.0));
        assert_eq!(overlap("abcdef", "xyz", span(0..6)), None);
        assert_eq!(overlap("ab ab", "ab", span(3..5)), Some(1.0));
        assert_eq!(overlap("äöü", "äö", span(0..6)), Some(2.0 / 3.0));
    }
}
