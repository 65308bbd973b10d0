//! A differential test with git as the oracle: random repositories in random states, what notegate says about them, and
//! what a small reader of git's own output says that it should.
//!
//! `.ci/oracle [STATES] [SEED]` runs as many states as one likes. A difference is printed with its seed and the fewest steps
//! that still lead to it.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod actions;
mod chance;
mod edits;
mod questions;
mod steps;
mod text;
mod verdict;
mod words;
mod workshop;

use chance::Chance;
use questions::{Answer, Seen};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};
use steps::{Kind, Step};
use workshop::Workshop;

/// How many steps one repository takes.
const STEPS: usize = 80;

/// The steps of a seed.
fn steps(seed: u64) -> (usize, Vec<Step>) {
    let mut chance = Chance::new(seed);
    let form = chance.below(workshop::FORMS.len());
    let begin = Step::begin(&mut chance);
    (
        form,
        begin.into_iter().chain(std::iter::repeat_with(|| Step::random(&mut chance)).flatten()).take(STEPS).collect(),
    )
}

/// What a run of steps found out.
#[derive(Debug, Default)]
struct Count {
    agreed: BTreeMap<(Kind, Seen), usize>,
    /// How often something was met that is worth to be met.
    met: BTreeMap<&'static str, usize>,
    unknown: usize,
}

impl Count {
    fn states(&self) -> usize {
        self.agreed.values().sum()
    }
}

/// Takes the steps; ends at the first difference, with the number of steps taken and what differs.
fn run(form: usize, steps: &[Step], count: &mut Count) -> Option<(usize, String)> {
    let mut workshop = Workshop::new(form);
    for (number, step) in steps.iter().enumerate() {
        let answer = step.take(&mut workshop);
        for what in workshop.met.take() {
            *count.met.entry(what).or_default() += 1;
        }
        match answer {
            Answer::NotAsked => {}
            Answer::Unknown => count.unknown += 1,
            Answer::Agreed(seen) => *count.agreed.entry((step.kind, seen)).or_default() += 1,
            Answer::Differs(how) => return Some((number + 1, how)),
        }
    }
    None
}

/// The fewest steps that still end in a difference: whatever can be left out is.
fn minimised(form: usize, mut steps: Vec<Step>) -> Vec<Step> {
    let differs = |steps: &[Step]| run(form, steps, &mut Count::default()).is_some_and(|(end, _)| end == steps.len());
    // Questions that are answered right change nothing, but for those that leave a merge or a push behind.
    let mut size = steps.len() / 2;
    while size > 0 {
        let mut at = 0;
        while at + size < steps.len() {
            let fewer = [&steps[..at], &steps[at + size..]].concat();
            if differs(&fewer) {
                steps = fewer;
            } else {
                at += size;
            }
        }
        size /= 2;
    }
    steps
}

/// The steps, one a line.
fn shown(steps: &[Step]) -> String {
    steps.iter().map(Step::to_string).collect::<Vec<_>>().join("\n")
}

/// Runs repositories of successive seeds until so many states agreed, or the time is over.
#[expect(clippy::print_stdout, reason = "whoever waits for thousands of states sees how far they are")]
fn explore(states: usize, first: u64, time: Duration) -> Count {
    let mut count = Count::default();
    let begin = Instant::now();
    for seed in first.. {
        let (form, mut all) = steps(seed);
        let before = count.states();
        if let Some((end, how)) = run(form, &all, &mut count) {
            all.truncate(end);
            println!("seed {seed} differs at step {end}; now whatever can be left out is left out");
            let fewest = minimised(form, all);
            let again = run(form, &fewest, &mut Count::default()).map_or(how, |(_, how)| how);
            panic!("after {} states, seed {seed}, form {form}:\n{}\n{again}", count.states(), shown(&fewest));
        }
        if count.states() / 500 > before / 500 {
            println!("{} states without a difference, up to seed {seed}", count.states());
        }
        if count.states() >= states || begin.elapsed() > time {
            break;
        }
    }
    count
}

#[test]
fn random_states() {
    let count = explore(60, 1, Duration::MAX);
    assert!(count.unknown * 10 < count.states(), "{count:?}");
}

#[test]
#[ignore = "takes as long as one likes; .ci/oracle runs it"]
#[expect(clippy::disallowed_methods, reason = "how many states is for whoever runs it to say")]
fn more_states() {
    let number = |name: &str, usual: u64| std::env::var(name).map_or(usual, |text| text.parse().unwrap());
    let count = explore(
        usize::try_from(number("ORACLE_STATES", 500)).unwrap(),
        number("ORACLE_SEED", 1000),
        Duration::from_secs(number("ORACLE_SECONDS", 1_000_000)),
    );
    println!(
        "{} states without a difference: {:?}, {:?}; {} unknown",
        count.states(),
        count.agreed,
        count.met,
        count.unknown
    );
}

/// Takes the steps of `ORACLE_STEPS`, one a line as a difference is printed, in the form `ORACLE_FORM`.
#[test]
#[ignore = "for whoever looks at a difference"]
#[expect(clippy::disallowed_methods, reason = "what is looked at is for whoever runs it to say")]
fn replay() {
    let lines = std::env::var("ORACLE_STEPS").unwrap_or_default();
    let form = std::env::var("ORACLE_FORM").map_or(0, |text| text.parse().unwrap());
    let steps: Vec<Step> =
        lines.lines().filter(|line| !line.trim().is_empty()).map(|line| line.parse().unwrap()).collect();
    if let Some((end, how)) = run(form, &steps, &mut Count::default()) {
        panic!("after {end} steps: {how}");
    }
}
