//! The nearest known word to a misspelt one.

use crate::lexicon::lexicon_tables::Tables;
use crate::lexicon::spelling_table::{Consonants, VOWELS, consonants};

/// The shortest word that is corrected, in letters.
const SHORTEST: usize = 4;

/// The word of the layers of a lexicon that `word`, which is none, is most likely meant to be. Takes time in the length
/// of the word, not in the size of the lexicon.
pub(crate) fn nearest<'l>(layers: &[&'l Tables], word: &str) -> Option<&'l str> {
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) || word.len() > 24 {
        return None;
    }
    let own = consonants(word);
    let found = best(layers, word, own);
    if found.is_some() || word.len() < 5 {
        return found;
    }
    // One consonant too many, too few, or another.
    let letters = (0..26).map(|letter| 1 << letter).filter(|bit| VOWELS & bit == 0);
    let (there, missing): (Vec<Consonants>, Vec<Consonants>) = letters.partition(|bit| own & bit != 0);
    let without = there.iter().map(|bit| own & !bit);
    let with = missing.iter().map(|bit| own | bit);
    let other = there.iter().flat_map(|gone| missing.iter().map(move |new| own & !gone | new));
    let keys = without.chain(with).chain(other);
    keys.filter_map(|key| best(layers, word, key)).min_by_key(|known| rank(word, known))
}

/// The best word of those with the same consonants.
fn best<'l>(layers: &[&'l Tables], word: &str, key: Consonants) -> Option<&'l str> {
    let same = layers.iter().flat_map(|tables| tables.spelt_with(key));
    same.filter(|known| is_slip(word, known)).min_by_key(|known| rank(word, known))
}

/// The order of candidates: the fewest changes, then the same end, then the alphabet.
fn rank<'k>(word: &str, known: &'k str) -> (bool, usize, bool, &'k str) {
    let last = |word: &str| word.bytes().last();
    (!is_same_but_for_doubling(word, known), strsim::osa_distance(word, known), last(word) != last(known), known)
}

/// Whether `word` is likely `known`, misspelt: letters doubled or dropped, swapped, or one or two wrong in a long word.
/// A word has some hundred candidates, of which nearly all are far from it: what costs least is asked first.
fn is_slip(word: &str, known: &str) -> bool {
    let (written, meant) = (word.len(), known.len());
    let same_start = word.as_bytes().first() == known.as_bytes().first();
    if same_start && is_same_but_for_doubling(word, known) {
        // "isssues", "inteeent", "nooo"; but "too" is not "to", which the lists know anyway.
        return written >= SHORTEST || written > meant + 1;
    }
    let changed = |most: u8| is_within(word.as_bytes(), known.as_bytes(), most);
    let swapped = || has_same_letters(word, known);
    match written.min(meant) {
        // Short words are too much like other words; so is one that lacks only the ending of another.
        0..=4 => false,
        5 => same_start && changed(1) && (written < meant && !known.starts_with(word) || swapped()),
        // One change costs far less to rule out than two.
        6 | 7 => same_start && changed(1) || swapped() && changed(2),
        _ => changed(if same_start { 2 } else { 1 }),
    }
}

/// Whether `word` is `known` but for doubled letters, or for one letter that is lacking inside it.
pub(super) fn is_hardly_misspelt(word: &str, known: &str) -> bool {
    let inside = |word: &str| word.get(word.len().saturating_sub(2)..) == known.get(known.len().saturating_sub(2)..);
    is_same_but_for_doubling(word, known)
        || word.len() + 1 == known.len() && inside(word) && strsim::osa_distance(word, known) == 1
}

/// Whether two words are the same when each run of one letter counts as one. Both are of plain letters.
fn is_same_but_for_doubling(word: &str, known: &str) -> bool {
    letters_once(word).eq(letters_once(known))
}

/// The letters of a word, each run of one letter as one.
fn letters_once(word: &str) -> impl Iterator<Item = Option<u8>> {
    word.as_bytes().chunk_by(|one, next| one == next).map(|run| run.first().copied())
}

/// Whether one word becomes the other by at most so many changes: a letter more, a letter less, another letter, or two
/// neighbours swapped. The same as comparing their `osa_distance` with `most`, which would fill a table for each of many
/// words; this stops at the first letters that differ once no change is left.
fn is_within(word: &[u8], known: &[u8], most: u8) -> bool {
    if word.len().abs_diff(known.len()) > usize::from(most) {
        return false;
    }
    let same = word.iter().zip(known).take_while(|(one, other)| one == other).count();
    let (word, known) = (word.get(same..).unwrap_or_default(), known.get(same..).unwrap_or_default());
    let Some(left) = most.checked_sub(1) else { return word.is_empty() && known.is_empty() };
    match (word, known) {
        ([], _) | (_, []) => true,
        ([a, word_rest @ ..], [b, known_rest @ ..]) => {
            let swapped = match (word_rest, known_rest) {
                ([c, word_rest @ ..], [d, known_rest @ ..]) if a == d && b == c => {
                    is_within(word_rest, known_rest, left)
                }
                _ => false,
            };
            swapped
                || is_within(word_rest, known_rest, left)
                || is_within(word_rest, known, left)
                || is_within(word, known_rest, left)
        }
    }
}

/// Whether two words of one length have the same letters, in whatever order.
fn has_same_letters(word: &str, known: &str) -> bool {
    let sum = |word: &str| word.bytes().map(u32::from).sum::<u32>();
    let sorted = |word: &str| {
        let mut letters = word.as_bytes().to_vec();
        letters.sort_unstable();
        letters
    };
    word.len() == known.len() && sum(word) == sum(known) && sorted(word) == sorted(known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::lexicon_compiler::LexiconCompiler;
    use crate::lexicon::{LexicalEntry, SemanticClass, words};
    use std::sync::LazyLock;

    /// Words of one list.
    fn tables() -> &'static Tables {
        static TABLES: LazyLock<Tables> = LazyLock::new(|| {
            let mut compiler = LexiconCompiler::default();
            for word in [
                "because",
                "challenge",
                "challenges",
                "complications",
                "concerns",
                "customer",
                "firewall",
                "intent",
                "internal",
                "issue",
                "issues",
                "no",
                "priorities",
                "problem",
                "problems",
                "reason",
                "reasons",
                "various",
                "deploy",
                "from",
            ] {
                compiler.add(&[word], LexicalEntry::of_class(SemanticClass::Vague));
            }
            compiler.tables(words::classes)
        });
        &TABLES
    }

    #[test]
    fn slips_of_the_hand() {
        for (word, meant) in [
            ("isseus", "issues"),
            ("isues", "issues"),
            ("isssues", "issues"),
            ("issuess", "issues"),
            ("raeson", "reason"),
            ("reasns", "reasons"),
            ("raesons", "reasons"),
            ("concens", "concerns"),
            ("varios", "various"),
            ("chalenges", "challenges"),
            ("complicatons", "complications"),
            ("prioritys", "priorities"),
            ("nooo", "no"),
            ("inteeent", "intent"),
            ("intnet", "intent"),
            ("intetn", "intent"),
            ("becuase", "because"),
            ("firewal", "firewall"),
            ("costumer", "customer"),
            ("probelms", "problems"),
            ("deplpy", "deploy"),
        ] {
            assert_eq!(nearest(&[tables()], word), Some(meant), "{word}");
        }
    }

    #[test]
    fn the_bounded_distance_is_the_distance() {
        let words = [
            "", "a", "ab", "ba", "abc", "acb", "cab", "bca", "abcd", "badc", "abdc", "issue", "isseu", "isue",
            "issues", "isusse", "reason", "raeson", "raesno", "seasons", "customer", "costumer", "custmer", "ucstmoer",
            "customre", "aaaa", "aaab", "abaa", "aabb", "bbaa", "abab", "baba",
        ];
        for word in words {
            for known in words {
                let distance = strsim::osa_distance(word, known);
                for most in 0..4 {
                    let within = is_within(word.as_bytes(), known.as_bytes(), most);
                    assert_eq!(within, distance <= usize::from(most), "{word} {known} {most}");
                }
            }
        }
    }

    #[test]
    fn other_words_are_none() {
        for word in [
            "jamf",
            "okta",
            "kiosk",
            "tenant",
            "zscaler",
            "noo2",
            "na",
            "x",
            "",
            "zzzzzz",
            "mitel",
            "fro",
            "form",
            "isse",
            "subproblems",
        ] {
            assert_eq!(nearest(&[tables()], word), None, "{word}");
        }
    }
}
