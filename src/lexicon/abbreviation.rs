//! Abbreviations and what the full stop after them does. They are data, in `src/playbook/abbreviations.yaml`.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

const FILE: &str = include_str!("../playbook/abbreviations.yaml");

/// What the full stop after an abbreviation does before a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FullStop {
    /// It never ends a sentence.
    NeverEnds,
    /// It ends one unless a figure follows.
    BeforeFigure,
    /// It ends one only before a word that opens sentences.
    MayEnd,
    /// It ends one before a capital.
    EndsBeforeCapital,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct AbbreviationsFile {
    never_ends: Vec<String>,
    before_figure: Vec<String>,
    may_end: Vec<String>,
    ends_before_capital: Vec<String>,
    opens_sentence: FxHashSet<String>,
    spells_word: FxHashSet<String>,
    leads_name: FxHashSet<String>,
}

struct Abbreviations {
    full_stops: FxHashMap<String, FullStop>,
    opens_sentence: FxHashSet<String>,
    spells_word: FxHashSet<String>,
    leads_name: FxHashSet<String>,
}

static BUILT_IN: LazyLock<Abbreviations> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the built-in file is part of the program; a test reads it")]
    let file: AbbreviationsFile = serde_yaml::from_str(FILE).expect("the built-in abbreviations are sound");
    let groups = [
        (file.never_ends, FullStop::NeverEnds),
        (file.before_figure, FullStop::BeforeFigure),
        (file.may_end, FullStop::MayEnd),
        (file.ends_before_capital, FullStop::EndsBeforeCapital),
    ];
    let full_stops = groups.into_iter().flat_map(|(words, stop)| words.into_iter().map(move |word| (word, stop)));
    Abbreviations {
        full_stops: full_stops.collect(),
        opens_sentence: file.opens_sentence,
        spells_word: file.spells_word,
        leads_name: file.leads_name,
    }
});

/// What the full stop after a word does; nothing when the word is no abbreviation. Lower case, without that stop.
pub(crate) fn full_stop(word: &str) -> Option<FullStop> {
    BUILT_IN.full_stops.get(word).copied()
}

/// Whether sentences often begin with a word.
pub(crate) fn opens_sentence(word: &str) -> bool {
    BUILT_IN.opens_sentence.contains(word)
}

/// Whether an abbreviation, in lower case, is also a word of its own or a known short form: "ATM", "IT".
pub(crate) fn spells_word(word: &str) -> bool {
    BUILT_IN.spells_word.contains(word)
}

/// Whether a name often follows a word: "the", "their".
pub(crate) fn leads_name(word: &str) -> bool {
    BUILT_IN.leads_name.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn every_list_is_sorted_and_no_abbreviation_is_in_two_groups() {
        let lists: BTreeMap<String, Vec<String>> = serde_yaml::from_str(FILE).unwrap();
        for (key, list) in &lists {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]), "{key}: {list:?}");
        }
        let grouped = ["never-ends", "before-figure", "may-end", "ends-before-capital"];
        let total: usize = grouped.iter().map(|key| lists[*key].len()).sum();
        assert_eq!(BUILT_IN.full_stops.len(), total);
    }
}
