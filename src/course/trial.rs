//! What another configuration would have blocked, or let through.

use super::gate::{Blocked, Gate, GateSink, Place};
use super::{CourseError, Walk};
use crate::engine::Progress;
use crate::report::simulation::{RuleEffect, SimulatedCommit, SimulatedRecord, Simulation, Verdicts};
use crate::source::git::LoggedCommit;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Two configurations to compare.
pub(crate) struct Trial<'a> {
    /// The one in force.
    pub(crate) old: Gate<'a>,
    /// The one that is tried.
    pub(crate) new: Gate<'a>,
}

/// What one gate says of a commit.
#[derive(Default)]
struct Said {
    blocked: BTreeMap<Place, Blocked>,
    records: usize,
    touches: bool,
}

/// Judges every commit of `walk` by both configurations, each commit by its day.
///
/// # Errors
/// When the history cannot be read.
pub(crate) fn simulate(walk: &Walk, trial: &Trial<'_>, progress: &dyn Progress) -> Result<Simulation, CourseError> {
    let judged =
        walk.each(progress, || true, |number| Ok((said(&trial.old, walk, number)?, said(&trial.new, walk, number)?)))?;
    let mut simulation = Simulation::default();
    let mut rules = BTreeMap::new();
    for (commit, (old, new)) in walk.past.commits.iter().zip(judged) {
        let totals = &mut simulation.summary;
        totals.commits += 1;
        totals.touching += usize::from(old.touches || new.touches);
        count(&mut totals.old, &old);
        count(&mut totals.new, &new);
        let newly_blocked = difference(&new, &old);
        let newly_passed = difference(&old, &new);
        totals.newly_blocked += newly_blocked.len();
        totals.newly_passed += newly_passed.len();
        newly_blocked
            .iter()
            .flat_map(|record| &record.rules)
            .for_each(|rule| effect(&mut rules, rule).newly_blocked += 1);
        newly_passed
            .iter()
            .flat_map(|record| &record.rules)
            .for_each(|rule| effect(&mut rules, rule).newly_passed += 1);
        if !(newly_blocked.is_empty() && newly_passed.is_empty()) {
            simulation.commits.push(told(commit, newly_blocked, newly_passed));
        }
    }
    simulation.summary.differing = simulation.commits.len();
    simulation.rules = rules.into_values().collect();
    simulation.rules.sort_by_key(|effect| Reverse(effect.newly_blocked + effect.newly_passed));
    Ok(simulation)
}

fn effect<'r>(rules: &'r mut BTreeMap<String, RuleEffect>, rule: &str) -> &'r mut RuleEffect {
    let none = || RuleEffect { rule: rule.to_owned(), newly_blocked: 0, newly_passed: 0 };
    rules.entry(rule.to_owned()).or_insert_with(none)
}

fn said(gate: &Gate<'_>, walk: &Walk, number: usize) -> Result<Said, CourseError> {
    let mut sink = GateSink::default();
    let tally = gate.judge(walk, number, &mut sink)?;
    let records = tally.as_ref().map_or(0, |tally| tally.summary.records);
    Ok(Said { blocked: sink.blocked, records, touches: tally.is_some() })
}

fn count(verdicts: &mut Verdicts, said: &Said) {
    verdicts.records += said.records;
    verdicts.blocked += said.blocked.len();
    verdicts.stopped += usize::from(!said.blocked.is_empty());
}

/// What `one` blocks and `other` does not.
fn difference(one: &Said, other: &Said) -> Vec<SimulatedRecord> {
    let only = one.blocked.iter().filter(|(place, _)| !other.blocked.contains_key(*place));
    only.map(|((path, spot), blocked)| SimulatedRecord {
        path: path.clone(),
        line: spot.map(|(line, _)| line),
        customer: blocked.customer.clone(),
        workload: blocked.workload.clone(),
        rules: blocked.rules.iter().map(|rule| (*rule).to_owned()).collect(),
    })
    .collect()
}

fn told(
    commit: &LoggedCommit,
    newly_blocked: Vec<SimulatedRecord>,
    newly_passed: Vec<SimulatedRecord>,
) -> SimulatedCommit {
    SimulatedCommit {
        commit: commit.id.as_str().to_owned(),
        day: commit.day().to_string(),
        author: commit.author.clone(),
        subject: commit.subject.clone(),
        newly_blocked,
        newly_passed,
    }
}
