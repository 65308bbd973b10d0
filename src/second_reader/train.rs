//! Training: from notes whose grade people have said to the weights of a model.
//!
//! Logistic regression by stochastic gradient descent with a rate of its own for each weight: less where it has moved much
//! (AdaGrad), more where what it stands for is common on one side and rare on the other (the log-count ratios of naive
//! Bayes, as Wang and Manning scale features with them). The notes are shuffled by a generator with a fixed seed, and nothing is computed but sums, products, quotients, square roots, and the
//! exponential and the logarithm in software, so the same notes give the same bytes on every machine.

use super::Defect;
use super::contradiction::contradictions;
use super::model::{Change, GRADES, HEADS, Head, Model, slots};
use crate::grade::Grade;
use crate::playbook::StatusKind;
use crate::reading::observation::Observations;
use std::cmp::Reverse;

/// A note whose grade people have said.
#[derive(Debug)]
pub(crate) struct Sample {
    pub(crate) seen: Observations,
    pub(crate) status: Option<StatusKind>,
    pub(crate) grade: Grade,
    /// Why it is poor, where that is known.
    pub(crate) defect: Option<Defect>,
}

/// What a note teaches, and how much it counts.
pub(super) struct Lesson<'s> {
    pub(super) seen: &'s Observations,
    pub(super) status: Option<StatusKind>,
    pub(super) grade: Grade,
    pub(super) defect: Option<Defect>,
    /// One for a note that people have labelled.
    pub(super) weight: f32,
}

impl<'s> Lesson<'s> {
    fn of(sample: &'s Sample) -> Self {
        let Sample { seen, status, grade, defect } = sample;
        Self { seen, status: *status, grade: *grade, defect: *defect, weight: 1.0 }
    }
}

/// What a note says about a head.
struct Example<'s> {
    slots: &'s [u32],
    /// Whether the answer is yes.
    is_so: bool,
    weight: f32,
}

/// How often all notes are gone through.
const ROUNDS: usize = 20;
/// After so many rounds the weights count: what is kept is their mean, which hangs less on the order of the notes.
const ROUNDS_BEFORE_MEAN: usize = 15;

/// How many rounds count.
const COUNTED: f32 = (ROUNDS - ROUNDS_BEFORE_MEAN) as f32;

/// How fast weights move.
#[derive(Debug, Clone, Copy)]
struct Pace {
    /// How far a weight moves at first.
    rate: f32,
    /// What the squares of its gradients begin with: the more, the less a single note moves it.
    first_square: f32,
}

/// The pace of a model that knows nothing yet.
const FROM_NOTHING: Pace = Pace { rate: 0.3, first_square: 1e-6 };
/// The pace of one that has learned from thousands of notes: a team's few may correct it, and not drown it out.
const FURTHER: Pace = Pace { rate: 0.3, first_square: 0.1 };

/// How much a weight is drawn back to where it began at each step.
const DECAY: f32 = 1e-4;
/// What the counts of both sides begin with, so that what one side never has tells no more than it should.
const UNSEEN: f32 = 1.0;
/// How telling even that is which both sides have alike.
const LEAST_TELLING: f32 = 0.1;
/// What fewer notes show is left alone: it would teach these notes and nothing else.
const FEWEST_NOTES: u16 = 3;

/// A model that has learned from these notes, and from what the great ones of them contradict.
#[must_use]
pub(crate) fn train(samples: &[&Sample]) -> Model {
    let mut lessons: Vec<Lesson<'_>> = samples.iter().map(|sample| Lesson::of(sample)).collect();
    lessons.extend(contradictions(samples));
    let slots = common_slots(&lessons);
    let mut model = Model::default();
    for head in Head::all() {
        let weights = descend(head, &examples(head, &lessons, &slots), &vec![0.0; GRADES], FROM_NOTHING);
        write_down(&mut model, head, &weights);
    }
    model
}

/// The same model after it has learned from these notes as well; a head about which they say nothing stays as it is, and
/// of the weights no more change than the `most` that change most.
#[must_use]
pub(crate) fn train_further(model: &Model, samples: &[&Sample], most: usize) -> Model {
    let lessons: Vec<Lesson<'_>> = samples.iter().map(|sample| Lesson::of(sample)).collect();
    let slots = common_slots(&lessons);
    let mut changes = Vec::new();
    for head in Head::all() {
        let examples = examples(head, &lessons, &slots);
        if !teaches(head, &examples) {
            continue;
        }
        let start = model.logits(head);
        let weights = descend(head, &examples, &start, FURTHER);
        changes.extend(changed(model, head, &start, &weights));
    }
    model.with(&strongest(changes, most))
}

/// Whether these notes say anything about a head. Of poor notes with one defect each has it, and that is worth learning;
/// of notes with one grade all would be said to have it.
fn teaches(head: Head, examples: &[Example<'_>]) -> bool {
    let has = |answer: bool| examples.iter().any(|example| example.is_so == answer);
    match head {
        Head::Poor | Head::Great => has(true) && has(false),
        Head::Defect(_) => !examples.is_empty(),
    }
}

/// For each note the slots that enough notes have.
fn common_slots(lessons: &[Lesson<'_>]) -> Vec<Vec<u32>> {
    let all: Vec<Vec<u32>> = lessons.iter().map(slots_of).collect();
    let common = common(&all);
    let is_common = |slot: &u32| common.get(*slot as usize) == Some(&true);
    all.into_iter().map(|slots| slots.into_iter().filter(is_common).collect()).collect()
}

/// What the notes say about a head.
fn examples<'s>(head: Head, lessons: &[Lesson<'_>], slots: &'s [Vec<u32>]) -> Vec<Example<'s>> {
    let answer = |lesson: &Lesson<'_>| match head {
        Head::Poor => Some(lesson.grade == Grade::Poor),
        Head::Great => Some(lesson.grade == Grade::Great),
        Head::Defect(defect) => lesson.defect.map(|known| known == defect),
    };
    let example = |(lesson, slots): (&Lesson<'_>, &'s Vec<u32>)| {
        Some(Example { slots, is_so: answer(lesson)?, weight: lesson.weight })
    };
    lessons.iter().zip(slots).filter_map(example).collect()
}

fn slots_of(lesson: &Lesson<'_>) -> Vec<u32> {
    lesson.seen.seen.iter().flat_map(|observation| slots(observation, lesson.status)).collect()
}

/// The slots that enough notes have.
fn common(notes: &[Vec<u32>]) -> Vec<bool> {
    let mut counts = vec![0_u16; GRADES];
    let mut last = vec![usize::MAX; GRADES];
    for (note, slots) in notes.iter().enumerate() {
        for slot in slots {
            let slot = *slot as usize;
            if let (Some(count), Some(last)) = (counts.get_mut(slot), last.get_mut(slot))
                && *last != note
            {
                *last = note;
                *count = count.saturating_add(1);
            }
        }
    }
    counts.into_iter().map(|count| count >= FEWEST_NOTES).collect()
}

/// The weights of one head after they have learned from `examples`, beginning at `start`.
fn descend(head: Head, examples: &[Example<'_>], start: &[f32], pace: Pace) -> Vec<f32> {
    let mut weights = start.to_vec();
    let rates = rates(head, examples, weights.len(), pace);
    let mut squares = vec![pace.first_square; GRADES];
    let place = |slot: u32| (slot >> head.shared_bits()) as usize;
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut sums = vec![0.0; weights.len()];
    for round in 0..ROUNDS {
        random.shuffle(&mut order);
        for Example { slots, is_so, weight: counts } in order.iter().filter_map(|at| examples.get(*at)) {
            let scale = 1.0 / (slots.len().max(1) as f32).sqrt();
            let sum: f32 = slots.iter().filter_map(|slot| weights.get(place(*slot))).sum();
            let error = counts * (1.0 / (1.0 + libm::expf(-sum * scale)) - f32::from(u8::from(*is_so)));
            for slot in *slots {
                let at = place(*slot);
                let (Some(weight), Some(start), Some(square), Some(rate)) =
                    (weights.get_mut(at), start.get(at), squares.get_mut(at), rates.get(at))
                else {
                    continue;
                };
                let gradient = error * scale + DECAY * (*weight - start);
                *square += gradient * gradient;
                *weight -= rate * gradient / square.sqrt();
            }
        }
        if round >= ROUNDS_BEFORE_MEAN {
            sums.iter_mut().zip(&weights).for_each(|(sum, weight)| *sum += weight);
        }
    }
    let mean = |(sum, start): (f32, &f32)| match sum == start * COUNTED {
        // A weight that no note moved stays what it was, to the last bit.
        true => *start,
        false => sum / COUNTED,
    };
    sums.into_iter().zip(start).map(mean).collect()
}

/// How far each of `count` weights moves at first: as far as it is telling, on the mean of all occurrences by the rate of
/// `pace`.
fn rates(head: Head, examples: &[Example<'_>], count: usize, pace: Pace) -> Vec<f32> {
    let mut counts = vec![[0.0_f32; 2]; count];
    for Example { slots, is_so, weight } in examples {
        for slot in *slots {
            let count = counts.get_mut((slot >> head.shared_bits()) as usize);
            count.into_iter().for_each(|[no, yes]| *(if *is_so { yes } else { no }) += weight);
        }
    }
    let sums = |[no, yes]: [f32; 2], more: &[f32; 2]| [no + more[0], yes + more[1]];
    let [all_no, all_yes] = counts.iter().fold([0.0, 0.0], sums);
    // What no note has takes no part.
    let unseen = UNSEEN * counts.iter().filter(|[no, yes]| no + yes > 0.0).count() as f32;
    let telling = |[no, yes]: &[f32; 2]| {
        let (yes, no) = ((yes + UNSEEN) / (all_yes + unseen), (no + UNSEEN) / (all_no + unseen));
        libm::fabsf(libm::logf(yes / no)) + LEAST_TELLING
    };
    let telling: Vec<f32> = counts.iter().map(telling).collect();
    let sum: f32 = telling.iter().zip(&counts).map(|(telling, [no, yes])| telling * (no + yes)).sum();
    let mean = (sum / (all_no + all_yes).max(1.0)).max(LEAST_TELLING);
    telling.into_iter().map(|telling| pace.rate * telling / mean).collect()
}

/// The weights of a head that have come to differ from `start`, in the steps of the model.
fn changed(model: &Model, head: Head, start: &[f32], weights: &[f32]) -> Vec<Change> {
    let step = model.step(head);
    if step <= 0.0 {
        return Vec::new();
    }
    let change = |((place, start), weight): ((usize, &f32), &f32)| {
        let steps = ((weight - start) / step).round() as i32;
        (steps != 0).then_some(Change { place, steps })
    };
    head.places().zip(start).zip(weights).filter_map(change).collect()
}

/// Of the changes no more than `most`: those of the most steps, and of as many steps either all or none.
fn strongest(mut changes: Vec<Change>, most: usize) -> Vec<Change> {
    let mut sizes: Vec<u32> = changes.iter().map(|change| change.steps.unsigned_abs()).collect();
    sizes.sort_unstable_by_key(|size| Reverse(*size));
    if let Some(first_left_out) = sizes.get(most) {
        changes.retain(|change| change.steps.unsigned_abs() > *first_left_out);
    }
    changes
}

/// The weights as steps of one byte: the largest is 127 steps.
fn write_down(model: &mut Model, head: Head, weights: &[f32]) {
    let largest = weights.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
    let step = largest / 127.0;
    if let Some(written) = model.steps.get_mut(head.index()) {
        *written = (step * 65_536.0) as u32;
    }
    for (place, weight) in head.places().zip(weights) {
        if let Some(written) = model.weights.to_mut().get_mut(place) {
            *written = if step > 0.0 { ((weight / step).round() as i8).cast_unsigned() } else { 0 };
        }
    }
}

/// Xorshift, 64 bits.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn shuffle(&mut self, order: &mut [usize]) {
        for at in (1..order.len()).rev() {
            let other = usize::try_from(self.next() % (at as u64 + 1)).unwrap_or(0);
            order.swap(at, other);
        }
    }
}

const _: () = assert!(HEADS == 2 + Defect::ALL.len());

#[cfg(test)]
mod tests {
    use super::*;

    fn changes(steps: &[i32]) -> Vec<Change> {
        steps.iter().enumerate().map(|(place, steps)| Change { place, steps: *steps }).collect()
    }

    #[test]
    fn of_too_many_changes_the_strongest_stay() {
        let kept = |steps: &[i32], most| -> Vec<i32> {
            strongest(changes(steps), most).into_iter().map(|change| change.steps).collect()
        };
        assert_eq!(kept(&[1, -5, 3, 2], 4), [1, -5, 3, 2]);
        assert_eq!(kept(&[1, -5, 3, 2], 2), [-5, 3]);
        assert_eq!(kept(&[1, -1, 3, 1], 2), [3], "of equal ones all go");
        assert_eq!(kept(&[1, -1], 1), [0; 0]);
        assert_eq!(kept(&[], 0), [0; 0]);
    }

    #[test]
    fn poor_notes_of_one_defect_teach_it_and_no_grade() {
        let example = |is_so| Example { slots: &[0], is_so, weight: 1.0 };
        let defect = Head::Defect(Defect::EmptyReason);
        assert!(teaches(defect, &[example(true)]) && teaches(defect, &[example(false)]));
        assert!(!teaches(defect, &[]));
        assert!(!teaches(Head::Poor, &[example(true)]) && !teaches(Head::Great, &[example(false)]));
        assert!(teaches(Head::Poor, &[example(true), example(false)]));
    }

    #[test]
    fn notes_that_tell_nothing_apart_change_nothing() {
        let sample = || Sample { seen: Observations::default(), status: None, grade: Grade::Poor, defect: None };
        let model = Model::default();
        assert_eq!(train_further(&model, &[], 10), model);
        assert_eq!(train_further(&model, &[&sample(), &sample(), &sample()], 10), model);
    }
}
