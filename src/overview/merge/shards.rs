//! Which parts of a run are missing among the reports that are merged.

use crate::report::tally::count;
use crate::source::shard::Shard;
use std::collections::BTreeMap;

/// At most so many parts are named.
const MOST_NAMED: usize = 20;

/// What is missing, a sentence for each number of parts: of as many runs as the part that is there most often.
pub(super) fn missing(shards: &[Shard]) -> Vec<String> {
    let mut sets: BTreeMap<u32, BTreeMap<u32, usize>> = BTreeMap::new();
    for shard in shards {
        *sets.entry(shard.count()).or_default().entry(shard.number()).or_default() += 1;
    }
    sets.iter().filter_map(|(parts, seen)| missing_of(*parts, seen)).collect()
}

fn missing_of(parts: u32, seen: &BTreeMap<u32, usize>) -> Option<String> {
    let runs = seen.values().max().copied().unwrap_or_default();
    let held = |number: &u32| seen.get(number).copied().unwrap_or_default();
    let missing: Vec<u32> = (1..=parts).filter(|number| held(number) < runs).collect();
    if missing.is_empty() {
        return None;
    }
    let mut named: Vec<String> = missing.iter().take(MOST_NAMED).map(|number| format!("{number}/{parts}")).collect();
    if missing.len() > MOST_NAMED {
        named.push(format!("{} more", missing.len() - MOST_NAMED));
    }
    let (of_runs, verb) = match runs {
        1 => (String::new(), if missing.len() == 1 { "is" } else { "are" }),
        runs => (format!(" of one of {}", count(runs, "run")), if missing.len() == 1 { "is" } else { "are" }),
    };
    Some(format!(
        "Shards are missing: {}{of_runs} {verb} not among the reports, so what they hold is in none of the figures.",
        named.join(", ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(shards: &[(u32, u32)]) -> Vec<String> {
        missing(&shards.iter().map(|(number, count)| Shard::new(*number, *count).unwrap()).collect::<Vec<_>>())
    }

    #[test]
    fn whole_sets_lack_nothing_in_any_order_and_of_any_number_of_runs() {
        for whole in [&[][..], &[(1, 1)], &[(2, 2), (1, 2)], &[(1, 2), (2, 2), (2, 2), (1, 2), (1, 1)]] {
            assert_eq!(said(whole), [""; 0], "{whole:?}");
        }
    }

    #[test]
    fn what_is_missing_is_named() {
        let rest = "not among the reports, so what they hold is in none of the figures.";
        assert_eq!(said(&[(2, 3)]), [format!("Shards are missing: 1/3, 3/3 are {rest}")]);
        assert_eq!(said(&[(1, 2), (1, 2), (2, 2)]), [format!("Shards are missing: 2/2 of one of 2 runs is {rest}")]);
        let many = said(&[(1, 65_536)]);
        assert!(many.concat().contains("21/65536, 65515 more are"), "{many:?}");
    }
}
