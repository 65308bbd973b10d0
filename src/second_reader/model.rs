//! A linear model over hashed observations: tables of weights of one byte, sums of integers.

use super::{Defect, PerMille};
use crate::playbook::StatusKind;
use crate::reading::observation::{ByStatus, Observation, Observations};
use std::borrow::Cow;

/// What a file of weights starts with; the last byte is the version.
const MAGIC: &[u8; 8] = b"ngread\x00\x01";

/// How many bits of a hash choose a weight of a grade, and of a defect.
const GRADE_BITS: u32 = 18;
const DEFECT_BITS: u32 = 16;

const DEFECTS: usize = Defect::ALL.len();
/// The heads: poor, great, one for each defect.
pub(super) const HEADS: usize = 2 + DEFECTS;
pub(super) const GRADES: usize = 1 << GRADE_BITS;
pub(super) const DEFECT_SLOTS: usize = 1 << DEFECT_BITS;

/// A question that a model answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Head {
    Poor,
    Great,
    Defect(Defect),
}

impl Head {
    pub(super) fn index(self) -> usize {
        match self {
            Self::Poor => 0,
            Self::Great => 1,
            Self::Defect(defect) => 2 + defect as usize,
        }
    }

    /// Where its weight for a slot is in the weights.
    pub(super) fn place(self, slot: u32) -> usize {
        let slot = slot as usize;
        match self {
            Self::Poor => slot * 2,
            Self::Great => slot * 2 + 1,
            Self::Defect(defect) => GRADES * 2 + (slot >> (GRADE_BITS - DEFECT_BITS)) * DEFECTS + defect as usize,
        }
    }

    /// All of them, in the order of their steps.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        [Self::Poor, Self::Great].into_iter().chain(Defect::ALL.map(Self::Defect))
    }

    /// How many of the last bits of a slot say nothing: the defects have fewer weights, so several slots share one.
    pub(super) fn shared_bits(self) -> u32 {
        match self {
            Self::Poor | Self::Great => 0,
            Self::Defect(_) => GRADE_BITS - DEFECT_BITS,
        }
    }

    /// How many weights it has.
    pub(super) fn count(self) -> u32 {
        1 << (GRADE_BITS - self.shared_bits())
    }

    /// The place of one of its weights, by its number.
    pub(super) fn numbered(self, number: u32) -> usize {
        self.place(number << self.shared_bits())
    }

    /// The places of its weights.
    pub(super) fn places(self) -> impl Iterator<Item = usize> {
        (0..self.count()).map(move |number| self.numbered(number))
    }

    /// Its name in a file.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Poor => "poor",
            Self::Great => "great",
            Self::Defect(defect) => defect.name(),
        }
    }
}

/// How many weights there are.
pub(super) const WEIGHTS: usize = GRADES * 2 + DEFECT_SLOTS * DEFECTS;

/// The weights of a reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Model {
    /// What one step of a weight is worth for each head, in 65,536ths of a logit.
    pub(super) steps: [u32; HEADS],
    /// The weights of both grades side by side, slot by slot; then those of the defects. Each byte is a signed number; those
    /// that come with the program are used where they are.
    pub(super) weights: Cow<'static, [u8]>,
}

impl Default for Model {
    /// A model that knows nothing: every answer is even.
    fn default() -> Self {
        Self { steps: [0; HEADS], weights: Cow::Owned(vec![0; WEIGHTS]) }
    }
}

/// A weight that becomes larger or smaller by some steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) place: usize,
    pub(super) steps: i32,
}

/// The sum of the weights of all slots of a note, and how many slots there were.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sum {
    pub(super) weights: i64,
    pub(super) count: u32,
}

/// The slots of an observation: one for itself, and one beside the status.
pub(super) fn slots(observation: &Observation, status: Option<StatusKind>) -> impl Iterator<Item = u32> + use<> {
    let crossed = match observation.by_status {
        ByStatus::Alike => None,
        ByStatus::Apart => {
            let code = status.map_or(0, |status| status as u32 + 1);
            Some(slot(observation.hash ^ code.wrapping_mul(0x9e37_79b9).rotate_left(5)))
        }
    };
    std::iter::once(slot(observation.hash)).chain(crossed)
}

fn slot(hash: u32) -> u32 {
    hash.wrapping_mul(0x9e37_79b1) >> (u32::BITS - GRADE_BITS)
}

impl Model {
    /// Reads a file of weights, and copies none of them.
    ///
    /// # Errors
    /// When it is no such file, or of another version or size.
    pub(crate) fn from_bytes(bytes: &'static [u8]) -> Result<Self, NoWeights> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(NoWeights)?;
        let (head, weights) = rest.split_at_checked(HEADS * 4).ok_or(NoWeights)?;
        if weights.len() != WEIGHTS {
            return Err(NoWeights);
        }
        let mut steps = [0; HEADS];
        let (chunks, _) = head.as_chunks::<4>();
        for (step, bytes) in steps.iter_mut().zip(chunks) {
            *step = u32::from_le_bytes(*bytes);
        }
        Ok(Self { steps, weights: Cow::Borrowed(weights) })
    }

    /// The file of weights.
    #[must_use]
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let steps = self.steps.iter().flat_map(|step| step.to_le_bytes());
        MAGIC.iter().copied().chain(steps).chain(self.weights.iter().copied()).collect()
    }

    /// What one step of a weight of this head is worth, in logits.
    pub(super) fn step(&self, head: Head) -> f32 {
        self.steps.get(head.index()).map_or(0.0, |step| *step as f32 / 65_536.0)
    }

    /// The weights of a head in logits.
    pub(super) fn logits(&self, head: Head) -> Vec<f32> {
        let step = self.step(head);
        head.places().map(|place| self.at(place) as f32 * step).collect()
    }

    /// Whether a weight can change so and stay in its range.
    pub(super) fn has_room(&self, change: Change) -> bool {
        let changed = self.at(change.place) + i64::from(change.steps);
        i8::try_from(changed).is_ok()
    }

    /// The same model with these changes; a weight that would leave its range stays at the end of it.
    pub(super) fn with(&self, changes: &[Change]) -> Self {
        let mut changed = self.clone();
        let weights = changed.weights.to_mut();
        for Change { place, steps } in changes {
            if let Some(weight) = weights.get_mut(*place) {
                let sum = i32::from(weight.cast_signed()).saturating_add(*steps).clamp(i8::MIN.into(), i8::MAX.into());
                *weight = i8::try_from(sum).map_or(*weight, i8::cast_unsigned);
            }
        }
        changed
    }

    /// The changes of a head that lead from `other` to this model, each with the number of its weight.
    pub(super) fn changes_since(&self, other: &Self, head: Head) -> impl Iterator<Item = (u32, i32)> {
        let difference = |place: usize| {
            let of = |model: &Self| model.weights.get(place).map_or(0, |weight| i32::from(weight.cast_signed()));
            of(self) - of(other)
        };
        (0..)
            .zip(head.places())
            .map(move |(number, place)| (number, difference(place)))
            .filter(|(_, steps)| *steps != 0)
    }

    fn at(&self, place: usize) -> i64 {
        self.weights.get(place).map_or(0, |weight| i64::from(weight.cast_signed()))
    }

    /// The sums of the heads of both grades, in one pass.
    pub(super) fn sums(&self, seen: &Observations, status: Option<StatusKind>) -> [Sum; 2] {
        let (mut poor, mut great, mut count) = (0, 0, 0);
        for slot in seen.seen.iter().flat_map(|observation| slots(observation, status)) {
            poor += self.at(Head::Poor.place(slot));
            great += self.at(Head::Great.place(slot));
            count += 1;
        }
        [Sum::of(poor, count), Sum::of(great, count)]
    }

    pub(super) fn defect_sum(&self, seen: &Observations, status: Option<StatusKind>, defect: Defect) -> Sum {
        let (mut weights, mut count) = (0, 0);
        for slot in seen.seen.iter().flat_map(|observation| slots(observation, status)) {
            weights += self.at(Head::Defect(defect).place(slot));
            count += 1;
        }
        Sum::of(weights, count)
    }

    /// What an observation alone adds to the sum of a head.
    pub(super) fn weight(&self, head: Head, observation: &Observation, status: Option<StatusKind>) -> i64 {
        slots(observation, status).map(|slot| self.at(head.place(slot))).sum()
    }

    /// How likely the answer of a head is yes. A long note has many slots, so the sum is set against their square root.
    pub(super) fn likely(&self, head: Head, sum: Sum) -> PerMille {
        let step = self.steps.get(head.index()).copied().unwrap_or(0);
        let root = (u64::from(sum.count.max(1)) << 12).isqrt();
        let logit = sum.weights * i64::from(step) / i64::try_from(root).unwrap_or(i64::MAX);
        logistic(logit)
    }
}

/// These bytes are no weights of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NoWeights;

/// The logistic function in thousandths, for 0, 1/8, 2/8 … 8.
const LOGISTIC: [u16; 65] = [
    500, 531, 562, 593, 622, 651, 679, 706, 731, 755, 777, 798, 818, 835, 852, 867, 881, 893, 905, 915, 924, 932, 940,
    947, 953, 958, 963, 967, 971, 974, 977, 980, 982, 984, 986, 988, 989, 990, 991, 992, 993, 994, 995, 995, 996, 996,
    997, 997, 998, 998, 998, 998, 998, 999, 999, 999, 999, 999, 999, 999, 999, 1000, 1000, 1000, 1000,
];

/// The logistic function of a logit in 1,024ths.
fn logistic(logit: i64) -> PerMille {
    let eighths = usize::try_from(logit.unsigned_abs() / 128).unwrap_or(usize::MAX);
    let of_size = LOGISTIC.get(eighths).copied().unwrap_or(1000);
    PerMille(if logit < 0 { 1000 - of_size } else { of_size })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_survive_the_way_through_a_file() {
        let steps = std::array::from_fn(|at| u32::try_from(at).unwrap() * 77_777);
        let mut model = Model { steps, ..Model::default() };
        for (at, weight) in model.weights.to_mut().iter_mut().enumerate() {
            *weight = (at % 251) as u8;
        }
        let bytes: &'static [u8] = model.to_bytes().leak();
        assert_eq!(Model::from_bytes(bytes), Ok(model));
        assert_eq!(Model::from_bytes(&bytes[..bytes.len() - 1]), Err(NoWeights));
        assert_eq!(Model::from_bytes(b"ngread\x00\x02"), Err(NoWeights));
        assert_eq!(Model::from_bytes(b""), Err(NoWeights));
    }

    #[test]
    fn every_head_has_places_of_its_own() {
        let places: std::collections::BTreeSet<usize> = Head::all().flat_map(Head::places).collect();
        assert_eq!((places.len(), places.last()), (WEIGHTS, Some(&(WEIGHTS - 1))));
        let last = u32::try_from(GRADES - 1).unwrap();
        assert!(Head::all().all(|head| head.places().last() == Some(head.place(last))));
        let names: std::collections::BTreeSet<&str> = Head::all().map(Head::name).collect();
        assert_eq!(names.len(), HEADS);
    }

    #[test]
    fn the_logistic_function_is_even_at_zero_and_certain_far_out() {
        assert_eq!([-100_000, -1024, 0, 1024, 100_000].map(logistic), [0, 269, 500, 731, 1000].map(PerMille));
    }
}
