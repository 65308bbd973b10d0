//! What each waiver of a record does.

use super::waiver_invalid::message;
use super::{text, waivers_of};
use crate::case::{WaiverEffect, WaiverError, WaiverErrorKind, WaiverErrors};
use crate::record::{NoteRecord, Waiver};
use std::collections::{HashMap, HashSet};

/// The valid waivers of `record`, each with the rule that it names. `judged` are the errors of this very record.
pub(super) fn valid<'r>(
    record: &'r NoteRecord,
    judged: &'r WaiverErrors,
) -> impl Iterator<Item = (&'r str, &'r Waiver)> {
    let valid = waivers_of(record).iter().zip(judged.of_each()).filter(|(_, errors)| errors.is_empty());
    valid.filter_map(|(waiver, _)| Some((text(&waiver.rule)?, waiver)))
}

/// The waiver that sets the findings of each rule aside: of several the first.
#[must_use]
pub(crate) fn in_force<'r>(record: &'r NoteRecord, judged: &'r WaiverErrors) -> HashMap<&'r str, &'r Waiver> {
    let mut in_force = HashMap::new();
    for (rule, waiver) in valid(record, judged) {
        in_force.entry(rule).or_insert(waiver);
    }
    in_force
}

/// A waiver with what it does, and what is wrong with it.
#[derive(Debug)]
pub(crate) struct WaiverState<'r> {
    pub(crate) waiver: &'r Waiver,
    pub(crate) effect: WaiverEffect,
    /// One sentence for each error; see [`message`].
    pub(crate) errors: Vec<String>,
}

/// Every waiver of `record`; `is_used` says whether findings of a rule are set aside.
#[must_use]
pub(crate) fn list<'r>(
    record: &'r NoteRecord,
    judged: &WaiverErrors,
    is_used: impl Fn(&str) -> bool,
) -> Vec<WaiverState<'r>> {
    let mut seen = HashSet::new();
    let mut effect = |waiver: &'r Waiver, errors: &[WaiverError]| {
        let is_over = |error: &WaiverError| matches!(error.kind, WaiverErrorKind::Expired(_));
        match text(&waiver.rule) {
            _ if errors.iter().any(|error| !is_over(error)) => WaiverEffect::Invalid,
            _ if !errors.is_empty() => WaiverEffect::Expired,
            // Of two waivers of one rule the first sets everything aside.
            Some(rule) if seen.insert(rule) && is_used(rule) => WaiverEffect::InForce,
            _ => WaiverEffect::Unused,
        }
    };
    let mut state = |(waiver, errors): (&'r Waiver, &[WaiverError])| WaiverState {
        waiver,
        effect: effect(waiver, errors),
        errors: errors.iter().map(message).collect(),
    };
    waivers_of(record).iter().zip(judged.of_each()).map(&mut state).collect()
}
