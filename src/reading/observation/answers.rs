//! The answers of the reading, one by one and beside each other.

use super::hash::{Hash, Sort};
use super::{ByStatus, Look};
use crate::reading::{Contact, Features, Reading};

/// Facts as bits, the first of them the highest.
fn bits<const COUNT: usize>(flags: [bool; COUNT]) -> u32 {
    flags.iter().fold(0, |bits, flag| bits << 1 | u32::from(*flag))
}

/// The power of two below a count, and one more: 0, 1, 2–3, 4–7 … are told apart.
fn size(count: usize) -> u32 {
    count.checked_ilog2().map_or(0, |log| log + 1)
}

fn at_most(count: usize, most: u32) -> u32 {
    u32::try_from(count).unwrap_or(most).min(most)
}

fn feature_bits(features: &Features) -> u32 {
    bits([
        features.plainly_for.is_some(),
        features.wish.is_some(),
        features.refusal.is_some(),
        features.plainly_against.is_some(),
        features.progress.is_some(),
        features.hindrance.is_some(),
        features.own_hindrance.is_some(),
        features.elsewhere.is_some(),
        features.undecided.is_some(),
        features.contrast_or_condition.is_some(),
    ])
}

fn contact_bits(contact: &Contact) -> u32 {
    let Contact { silent, intent_unknown, attempts, counted, whom, managed, answered, heard, .. } = *contact;
    bits([silent, intent_unknown, attempts, counted, whom, managed, answered, heard])
}

fn fact_bits(reading: &Reading) -> u32 {
    bits([
        reading.speaks_of_work,
        reading.tells_deeds,
        reading.only_mentions_deployment,
        reading.tells_progress,
        reading.speaks_of_lack,
        reading.speaks_of_need,
        reading.counts_licences,
        reading.mentions_workload,
        reading.gives_cause,
        reading.duplicate.is_some(),
        reading.benefit.is_some(),
        reading.foreign_workload.is_some(),
    ])
}

impl Look<'_> {
    pub(super) fn answers(&mut self, reading: &Reading) {
        let features = feature_bits(&reading.features);
        let contact = contact_bits(&reading.contact);
        let facts = fact_bits(reading);
        let (intent, reason, state) = (reading.intent as u32, reading.reason as u32, reading.state as u32);
        let off_topic = reading.off_topic.iter().fold(0_u32, |bits, part| bits | 1 << (part.kind as u32));
        let shape = &reading.shape;
        let things = shape.things.min(6);
        let single = [
            intent,
            reason,
            state,
            off_topic,
            shape.form as u32,
            size(shape.told),
            things,
            at_most(reading.hedges.len(), 3),
            at_most(reading.specifics.len(), 5),
            contact,
            features,
            facts,
        ];
        let answer = Hash::of(Sort::Answer);
        for (at, value) in (0_u8..).zip(single) {
            self.see(answer.byte(at).number(value), None, ByStatus::Apart);
        }
        for (base, flags, count) in [(32_u8, features, 10_u8), (64, contact, 8), (96, facts, 12)] {
            for bit in (0..count).filter(|bit| flags >> bit & 1 == 1) {
                self.see(answer.byte(base + bit), None, ByStatus::Apart);
            }
        }
        let answers = Hash::of(Sort::Answers);
        let pairs = [[intent, reason], [reason, state], [intent, off_topic], [reason, off_topic], [reason, things]];
        for (at, [one, other]) in (0_u8..).zip(pairs) {
            self.see(answers.byte(at).number(one).number(other), None, ByStatus::Apart);
        }
        self.see(answers.byte(9).number(intent).number(reason).number(state), None, ByStatus::Apart);
    }
}
