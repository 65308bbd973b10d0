//! Lists of words that have no meaning of their own for a note, and still tell what a word is: English, a word of the
//! trade, the name of a product. "Gateways", "statute" and "Dropbox" bear on an IT service, "carpet" does not.
//!
//! The lists are `src/playbook/*.txt`: sorted, in lower case, one word or name a line; `english.md` says where the
//! English words are from.

use super::word_class::{WordClass, WordClasses};
use super::word_table::WordTable;
use std::borrow::Cow;

/// How many words the longest name of a product has.
pub(crate) const LONGEST_NAME: usize = 3;

static TABLE: WordTable = WordTable {
    text: Cow::Borrowed(include_str!(concat!(env!("OUT_DIR"), "/words.txt"))),
    slots: Cow::Borrowed(SLOTS),
};

include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// The lists that a word or name, in lower case, is in.
pub(crate) fn classes(word: &str) -> WordClasses {
    TABLE.classes(word)
}

/// Whether a word of a list begins with `start`.
pub(crate) fn begins(start: &str, class: WordClass) -> bool {
    TABLE.begins(start, class)
}

/// Whether a line of a short list is `word`.
pub(crate) fn is_line(list: &str, word: &str) -> bool {
    // The lists are of plain lines: to look for the ends of their bytes costs less than to look for lines of characters.
    !word.is_empty() && list.as_bytes().split(|byte| *byte == b'\n').any(|line| line == word.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::word_table_compiler::{LISTS, WordTableCompiler};

    fn lists() -> Vec<(String, WordClass)> {
        let read = |name: &str| std::fs::read_to_string(format!("src/playbook/{name}")).unwrap();
        LISTS.into_iter().map(|(name, class)| (read(name), class)).collect()
    }

    #[test]
    fn the_table_is_made_of_the_lists() {
        let lists = lists();
        let mut compiler = WordTableCompiler::default();
        lists.iter().for_each(|(list, class)| compiler.add(list, *class));
        assert!(compiler.table() == TABLE);
        for (list, class) in &lists {
            assert!(list.lines().all(|word| classes(word).has(*class)));
        }
    }

    #[test]
    fn the_lists_are_sorted_and_in_lower_case() {
        for (list, class) in lists() {
            let words: Vec<&str> = list.lines().collect();
            assert!(words.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(words.iter().all(|word| *word == word.trim().to_lowercase() && !word.is_empty()));
            if class == WordClass::English {
                assert!(words.iter().all(|word| word.len() >= 3 && word.bytes().all(|byte| byte.is_ascii_lowercase())));
            }
        }
    }

    #[test]
    fn words_by_which_a_fact_bears_on_a_service() {
        for word in ["gateway", "firmware", "statute", "licences"] {
            assert!(classes(word).has(WordClass::Trade), "{word}");
        }
        for word in ["carpet", "decision", "jubilee", "management", ""] {
            assert!(!classes(word).has(WordClass::Trade), "{word}");
        }
    }

    #[test]
    fn names_of_products() {
        let is = |name: &str, class| classes(name).has(class);
        assert!(is("dropbox", WordClass::Product) && is("solid edge", WordClass::Product));
        assert!(is("box", WordClass::EverydayProduct) && !is("box", WordClass::Product));
        assert!(!is("hamburg", WordClass::Product) && !is("hamburg", WordClass::EverydayProduct));
        for beginning in ["google", "solid", "raiser", "a", "f5"] {
            assert!(is(beginning, WordClass::BeginsName), "{beginning}");
        }
        assert!(!is("brick", WordClass::BeginsName) && !is("hamburg", WordClass::BeginsName));
    }

    #[test]
    fn what_is_in_no_list_has_no_class() {
        for word in ["", "zzzz", "isseus", "ges\n", "gatewa", "gateways\u{1}", "\u{1}", "solid  edge"] {
            assert_eq!(classes(word), WordClasses::NONE, "{word:?}");
        }
    }
}
