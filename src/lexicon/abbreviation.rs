//! Abbreviations and what the full stop after them does. They are data, in `src/playbook/abbreviations.yaml`, which the
//! build script makes sorted tables of.

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

include!(concat!(env!("OUT_DIR"), "/abbreviations.rs"));

/// What the full stop after a word does; nothing when the word is no abbreviation. Lower case, without that stop.
pub(crate) fn full_stop(word: &str) -> Option<FullStop> {
    let at = FULL_STOPS.binary_search_by_key(&word, |(known, _)| known).ok()?;
    FULL_STOPS.get(at).map(|(_, stop)| *stop)
}

/// Whether sentences often begin with a word.
pub(crate) fn opens_sentence(word: &str) -> bool {
    OPENS_SENTENCE.binary_search(&word).is_ok()
}

/// Whether an abbreviation, in lower case, is also a word of its own or a known short form: "ATM", "IT".
pub(crate) fn spells_word(word: &str) -> bool {
    SPELLS_WORD.binary_search(&word).is_ok()
}

/// Whether a name often follows a word: "the", "their".
pub(crate) fn leads_name(word: &str) -> bool {
    LEADS_NAME.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const FILE: &str = include_str!("../playbook/abbreviations.yaml");

    #[test]
    fn every_list_is_sorted_and_no_abbreviation_is_in_two_groups() {
        let lists: BTreeMap<String, Vec<String>> = serde_yaml::from_str(FILE).unwrap();
        for (key, list) in &lists {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]), "{key}: {list:?}");
        }
        let grouped = ["never-ends", "before-figure", "may-end", "ends-before-capital"];
        let total: usize = grouped.iter().map(|key| lists[*key].len()).sum();
        assert_eq!(FULL_STOPS.len(), total);
    }

    #[test]
    fn every_word_of_the_file_is_found() {
        let lists: BTreeMap<String, Vec<String>> = serde_yaml::from_str(FILE).unwrap();
        for (key, stop) in [
            ("never-ends", FullStop::NeverEnds),
            ("before-figure", FullStop::BeforeFigure),
            ("may-end", FullStop::MayEnd),
            ("ends-before-capital", FullStop::EndsBeforeCapital),
        ] {
            assert!(lists[key].iter().all(|word| full_stop(word) == Some(stop)), "{key}");
        }
        assert!(lists["opens-sentence"].iter().all(|word| opens_sentence(word)));
        assert!(lists["spells-word"].iter().all(|word| spells_word(word)));
        assert!(lists["leads-name"].iter().all(|word| leads_name(word)));
        assert_eq!(full_stop("customer"), None);
        assert!(!opens_sentence("") && !spells_word("customer") && !leads_name("zebra"));
    }
}
