//! The second reader: a small linear model that learned from labelled notes what a poor and what a great note look like.
//!
//! The rules explain; the second reader only gives an opinion: how likely a note is poor, how likely it is great, and
//! which defect it has if it is poor. It sees the observations of a reading ([`crate::reading::observation`]), from which
//! padding is left out, and the status of the record. What the two decide together is for the rules to say
//! ([`crate::rules`]); `docs/second-reader.md` is its card.
//!
//! The weights are bytes, the sums are integers: the same note has the same opinion on every machine. They are in
//! `weights.bin`, which `cargo run --release --example train_second_reader` writes anew ([`mod@train`]). What a team's
//! own notes teach on top of them is a file of the team ([`learned`]).

mod contradiction;
mod defect;
pub(crate) mod learned;
mod model;
pub(crate) mod train;

pub(crate) use defect::Defect;
pub use learned::{Learned, MOST_BYTES as MOST_LEARNED_BYTES, NotLearned};
pub(crate) use model::Model;

use crate::playbook::StatusKind;
use crate::reading::observation::Observations;
use crate::text::NoteSpan;
use model::{Head, Sum};
use std::cmp::Reverse;
use std::sync::LazyLock;

/// The weights that come with the program.
const SHIPPED: &[u8] = include_bytes!("weights.bin");

static BUILT_IN: LazyLock<Model> = LazyLock::new(|| Model::from_bytes(SHIPPED).unwrap_or_default());

/// How likely something is, in thousandths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PerMille(pub u16);

/// What the second reader thinks of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Opinion {
    /// How likely the note is poor.
    pub(crate) poor: PerMille,
    /// How likely it is great.
    pub(crate) great: PerMille,
}

/// A defect that the second reader names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct NamedDefect {
    pub(crate) defect: Defect,
    /// How likely a poor note that looks so has this defect.
    pub(crate) likely: PerMille,
    /// The words that speak most for a poor note.
    pub(crate) span: Option<NoteSpan>,
}

/// A reader that has learned.
#[derive(Debug, Clone, Copy)]
pub struct SecondReader<'m> {
    model: &'m Model,
}

impl SecondReader<'static> {
    /// The reader that comes with the program.
    #[must_use]
    pub fn built_in() -> Self {
        Self { model: &BUILT_IN }
    }
}

impl<'m> SecondReader<'m> {
    /// A reader with the weights of `model`.
    #[must_use]
    pub(crate) fn new(model: &'m Model) -> Self {
        Self { model }
    }

    /// How likely a note is poor or great under a status.
    #[must_use]
    pub(crate) fn opinion(self, seen: &Observations, status: Option<StatusKind>) -> Opinion {
        let [poor, great] = self.model.sums(seen, status);
        Opinion { poor: self.model.likely(Head::Poor, poor), great: self.model.likely(Head::Great, great) }
    }

    /// The likeliest defect of a note that is poor, of those that a note under this status can have.
    #[must_use]
    pub(crate) fn defect(self, seen: &Observations, status: Option<StatusKind>) -> Option<NamedDefect> {
        let possible = Defect::ALL.into_iter().filter(|defect| defect.is_possible(status));
        let judged = possible.map(|defect| {
            let sum = self.model.defect_sum(seen, status, defect);
            (defect, self.model.likely(Head::Defect(defect), sum))
        });
        let (defect, likely) = judged.max_by_key(|(defect, likely)| (*likely, Reverse(*defect as u8)))?;
        Some(NamedDefect { defect, likely, span: self.poorest_words(seen, status) })
    }

    /// The run of terms that speaks most for a poor note: the largest sum of weights of neighbouring terms.
    fn poorest_words(self, seen: &Observations, status: Option<StatusKind>) -> Option<NoteSpan> {
        let mut worth = vec![0_i64; seen.places.len()];
        for observation in &seen.seen {
            let Some(worth) = observation.term.and_then(|term| worth.get_mut(term as usize)) else { continue };
            *worth += self.model.weight(Head::Poor, observation, status);
        }
        let (mut best, mut best_run) = (0, None);
        let (mut sum, mut start) = (0, 0);
        for (at, worth) in worth.iter().enumerate() {
            if sum <= 0 {
                (sum, start) = (0, at);
            }
            sum += worth;
            if sum > best {
                (best, best_run) = (sum, Some((start, at)));
            }
        }
        let (first, last) = best_run?;
        Some(NoteSpan::new(seen.places.get(first)?.start..seen.places.get(last)?.end))
    }
}

impl Sum {
    fn of(weights: i64, count: u32) -> Self {
        Self { weights, count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::Playbook;
    use crate::reading::{ReadingContext, read_and_observe};

    fn opinion(status: StatusKind, note: &str) -> Opinion {
        let context = ReadingContext { customer: Some("Contoso"), workload: Some("Teams") };
        let (_, seen) = read_and_observe(note, context, &Playbook::built_in());
        SecondReader::built_in().opinion(&seen, Some(status))
    }

    #[test]
    fn the_weights_that_come_with_the_program_can_be_read() {
        assert!(Model::from_bytes(SHIPPED).is_ok());
        assert!(SHIPPED.len() < 1_500_000);
    }

    #[test]
    fn it_tells_great_notes_of_the_guidance_from_poor_ones() {
        let great = opinion(
            StatusKind::NoIntent,
            "Customer does not intend to onboard workload due to an ongoing acquisition of another company that must be \
             handled before any onboarding activities can occur.",
        );
        let poor = opinion(StatusKind::NoIntent, "Customer has no intent.");
        assert!(great.great > poor.great && great.poor < poor.poor, "{great:?} {poor:?}");
        assert!(poor.poor > PerMille(900) && poor.great < PerMille(50), "{poor:?}");
    }

    #[test]
    fn a_note_without_words_has_an_opinion_too() {
        for note in ["", " ", "-", "\u{200b}"] {
            assert!(opinion(StatusKind::Blocked, note).poor <= PerMille(1000), "{note:?}");
        }
    }
}
