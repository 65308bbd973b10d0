//! English words, so that a word that no list of the playbook knows is not taken for a misspelt one, nor for a foreign
//! one.
//!
//! `src/playbook/english.txt` holds words of the American and British lists of SCOWL (see `english.md` beside it),
//! `src/playbook/technical.txt` words of the trade that those lack. Both are sorted, one word a line, and are searched
//! as they are: nothing is built when the program starts.

const LISTS: [&str; 2] = [include_str!("../../playbook/english.txt"), include_str!("../../playbook/technical.txt")];

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
    word.len() >= 3 && LISTS.iter().any(|list| holds(list, word))
}

/// Whether a word looks like a short form: the beginning of a word of the lists ("cert", "compat"), or one without most of
/// its vowels ("srvrs", "wkshop").
pub(crate) fn looks_shortened(word: &str) -> bool {
    let vowels = word.bytes().filter(|byte| b"aeiouy".contains(byte)).count();
    let is_plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
    is_plain && (3..=6).contains(&word.len()) && (vowels <= 1 || LISTS.iter().any(|list| begins_line(list, word)))
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

/// Whether a sorted list of lines has `word` among them.
pub(crate) fn holds(list: &str, word: &str) -> bool {
    let rest = from(list, word);
    rest.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with('\n')) && !word.is_empty()
}

/// Whether a line of a sorted list begins with `start`.
fn begins_line(list: &str, start: &str) -> bool {
    from(list, start).starts_with(start)
}

/// A sorted list from the first line on that does not come before `word`.
fn from<'l>(list: &'l str, word: &str) -> &'l str {
    let bytes = list.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let before = bytes.get(low..middle).unwrap_or_default();
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(low, |at| low + at + 1);
        let after = bytes.get(start..).unwrap_or_default();
        let length = after.iter().position(|byte| *byte == b'\n').unwrap_or(after.len());
        if after.get(..length).unwrap_or_default() < word.as_bytes() {
            low = start + length + 1;
        } else {
            high = start;
        }
    }
    list.get(low..).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted_and_every_word_is_found() {
        for list in LISTS {
            let words: Vec<&str> = list.lines().collect();
            assert!(words.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(words.iter().all(|word| word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_lowercase())));
            assert!(words.iter().all(|word| holds(list, word)));
        }
    }

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
