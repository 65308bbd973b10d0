//! Training: from notes whose grade people have said to the weights of a model.
//!
//! Logistic regression by stochastic gradient descent with a rate of its own for each weight (AdaGrad). The notes are
//! shuffled by a generator with a fixed seed, and nothing is computed but sums, products, quotients, square roots and one
//! exponential in software, so the same notes give the same bytes on every machine.

use super::Defect;
use super::model::{GRADES, HEADS, Head, Model, slots};
use crate::grade::Grade;
use crate::playbook::StatusKind;
use crate::reading::observation::Observations;

/// A note whose grade people have said.
#[derive(Debug)]
pub(crate) struct Sample {
    pub(crate) seen: Observations,
    pub(crate) status: Option<StatusKind>,
    pub(crate) grade: Grade,
    /// Why it is poor, where that is known.
    pub(crate) defect: Option<Defect>,
}

/// How often all notes are gone through.
const ROUNDS: usize = 10;
/// How far a weight moves at first.
const RATE: f32 = 0.3;
/// How much a weight is drawn back to zero at each step.
const DECAY: f32 = 1e-4;
/// What fewer notes show is left alone: it would teach these notes and nothing else.
const FEWEST_NOTES: u16 = 3;

/// A model that has learned from these notes alone.
#[must_use]
pub(crate) fn train(samples: &[&Sample]) -> Model {
    let all: Vec<Vec<u32>> = samples.iter().map(|sample| slots_of(sample)).collect();
    let common = common(&all);
    let slots: Vec<Vec<u32>> = all
        .into_iter()
        .map(|slots| slots.into_iter().filter(|slot| common.get(*slot as usize) == Some(&true)).collect())
        .collect();
    let mut model = Model::default();
    let of_grade = |grade| samples.iter().zip(&slots).map(move |(sample, slots)| (slots, sample.grade == grade));
    learn(&mut model, Head::Poor, &of_grade(Grade::Poor).collect::<Vec<_>>());
    learn(&mut model, Head::Great, &of_grade(Grade::Great).collect::<Vec<_>>());
    for defect in Defect::ALL {
        let known = samples.iter().zip(&slots).filter(|(sample, _)| sample.defect.is_some());
        let examples: Vec<_> = known.map(|(sample, slots)| (slots, sample.defect == Some(defect))).collect();
        learn(&mut model, Head::Defect(defect), &examples);
    }
    model
}

fn slots_of(sample: &Sample) -> Vec<u32> {
    sample.seen.seen.iter().flat_map(|observation| slots(observation, sample.status)).collect()
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

/// Learns the weights of one head and writes them down in bytes.
fn learn(model: &mut Model, head: Head, examples: &[(&Vec<u32>, bool)]) {
    let mut weights = vec![0.0_f32; GRADES];
    let mut squares = vec![1e-6_f32; GRADES];
    // The defects have fewer places: several slots share one.
    let fold = |slot: u32| match head {
        Head::Poor | Head::Great => slot as usize,
        Head::Defect(_) => slot as usize >> 2,
    };
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    for _ in 0..ROUNDS {
        random.shuffle(&mut order);
        for (slots, is_so) in order.iter().filter_map(|at| examples.get(*at)) {
            let scale = 1.0 / (slots.len().max(1) as f32).sqrt();
            let sum: f32 = slots.iter().filter_map(|slot| weights.get(fold(*slot))).sum();
            let error = 1.0 / (1.0 + libm::expf(-sum * scale)) - f32::from(u8::from(*is_so));
            for slot in *slots {
                let at = fold(*slot);
                let (Some(weight), Some(square)) = (weights.get_mut(at), squares.get_mut(at)) else { continue };
                let gradient = error * scale + DECAY * *weight;
                *square += gradient * gradient;
                *weight -= RATE * gradient / square.sqrt();
            }
        }
    }
    write_down(model, head, &weights);
}

/// The weights as steps of one byte: the largest is 127 steps.
fn write_down(model: &mut Model, head: Head, weights: &[f32]) {
    let largest = weights.iter().fold(0.0_f32, |largest, weight| largest.max(weight.abs()));
    let step = largest / 127.0;
    if let Some(written) = model.steps.get_mut(head.index()) {
        *written = (step * 65_536.0) as u32;
    }
    let shift = if matches!(head, Head::Defect(_)) { 2 } else { 0 };
    for (slot, weight) in weights.iter().enumerate().take(GRADES >> shift) {
        let place = head.place(u32::try_from(slot << shift).unwrap_or(u32::MAX));
        if let Some(written) = model.weights.get_mut(place) {
            *written = if step > 0.0 { (weight / step).round() as i8 } else { 0 };
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
