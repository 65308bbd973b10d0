//! English words, so that a word that no list of the playbook knows is not taken for a misspelt one, nor for a foreign
//! one.
//!
//! The lists are those of [`WordClass::English`].

use crate::lexicon::word_class::WordClass;
use crate::lexicon::words;

/// The longest word that is taken apart, in bytes.
const LONGEST: usize = 40;

/// Beginnings that make a new word of an English one.
const PREFIXES: &[&str] = &[
    "anti", "auto", "co", "counter", "cyber", "de", "fore", "inter", "macro", "mega", "micro", "mid", "mini", "mis",
    "multi", "non", "out", "over", "pre", "pro", "re", "semi", "sub", "super", "trans", "ultra", "un", "under", "up",
];

/// Endings that do.
const SUFFIXES: &[&str] = &["able", "ed", "er", "ers", "ing", "ings", "ish", "less", "or", "ors", "ship", "wise"];

/// Whether `word`, in lower case, is an English word: one of the lists, or made of one by a rule. Words of one or two
/// letters are in no list.
pub(crate) fn is_english(word: &str) -> bool {
    is_listed(word) || is_formed(word)
}

/// Whether `word`, in lower case, is in one of the lists.
pub(crate) fn is_listed(word: &str) -> bool {
    words::classes(word).has(WordClass::English)
}

/// Whether a word looks like a short form: the beginning of a word of the lists ("cert", "compat"), or one without most of
/// its vowels ("srvrs", "wkshop").
pub(crate) fn looks_shortened(word: &str) -> bool {
    let vowels = word.bytes().filter(|byte| b"aeiouy".contains(byte)).count();
    let is_plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
    is_plain && (3..=6).contains(&word.len()) && (vowels <= 1 || words::begins(word, WordClass::English))
}

/// "Relaunched", "hoster", "cleanroom": a beginning or an ending on a word of the lists, or two words in one.
pub(crate) fn is_formed(word: &str) -> bool {
    if word.len() > LONGEST {
        return false;
    }
    let long = |part: &str| part.len() >= 4 && is_listed(part);
    let plural = word.strip_suffix('s').is_some_and(|one| !one.ends_with(['s', 'x', 'y', 'z', 'h']) && long(one));
    let ended =
        SUFFIXES.iter().filter_map(|ending| word.strip_suffix(ending)).any(|stem| long(stem) || is_listed_with_e(stem));
    let begun = PREFIXES.iter().filter_map(|beginning| word.strip_prefix(beginning)).any(long);
    let compound = || {
        (4..word.len().saturating_sub(3)).any(|at| word.split_at_checked(at).is_some_and(|(a, b)| long(a) && long(b)))
    };
    plural || ended || begun || compound()
}

/// "Triag-ing": the stem lost its last letter.
fn is_listed_with_e(stem: &str) -> bool {
    stem.len() >= 4 && is_listed(&format!("{stem}e"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms() {
        for word in ["cert", "compat", "lic", "srvrs", "wkshop", "thx"] {
            assert!(looks_shortened(word), "{word}");
        }
        for word in ["lekker", "verschiedene", "vacay", "ab", "interesse"] {
            assert!(!looks_shortened(word), "{word}");
        }
    }

    #[test]
    fn what_is_no_word_is_not_found() {
        for word in
            ["", "a", "zzzz", "isseus", "intnet", "verschiedene", "aaaa", "gegen", "ges\n", "prioritys", "problemss"]
        {
            assert!(!is_english(word), "{word}");
        }
        for word in [
            "backlog",
            "colour",
            "color",
            "firewall",
            "laptop",
            "sues",
            "relaunched",
            "hoster",
            "triaging",
            "cleanroom",
        ] {
            assert!(is_english(word), "{word}");
        }
    }
}
