//! Names of products that have several words: "Google Workspace", "Solid Edge".

use super::term::Terms;
use crate::lexicon::word_class::{WordClass, WordClasses};
use crate::lexicon::words::{self, LONGEST_NAME};

/// How the words of a name are compared with the lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Joined {
    /// As they stand in the note, with their hyphens.
    AsWritten,
    /// With a space between them, whatever stands there.
    BySpaces,
}

/// For each run of two terms and more that starts at a term and could be such a name, how many terms it has, and the
/// lists that it is in.
pub(crate) fn names_from(note: &Terms, at: usize, joined: Joined) -> impl Iterator<Item = (usize, WordClasses)> {
    // Few words begin a name, so nearly always nothing is put together or looked up.
    let begins = note.terms.get(at).is_some_and(|term| term.listed.has(WordClass::BeginsName));
    let longest = if begins { LONGEST_NAME } else { 0 };
    (2..=longest).filter_map(move |count| {
        let run = note.terms.get(at..at + count)?;
        let (first, last) = (run.first()?, run.last()?);
        let classes = match joined {
            Joined::AsWritten => words::classes(note.normal.text().get(first.range().start..last.range().end)?),
            Joined::BySpaces => {
                let parts: Vec<&str> = run.iter().map(|term| note.text(term)).collect();
                words::classes(&parts.join(" "))
            }
        };
        Some((count, classes))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::Playbook;

    /// How many terms the names have that start with the first one.
    fn lengths(note: &str, joined: Joined) -> Vec<usize> {
        let terms = Terms::new(note, &[], Playbook::built_in().lexicon(), None);
        let names = names_from(&terms, 0, joined).filter(|(_, classes)| classes.has(WordClass::Product));
        names.map(|(count, _)| count).collect()
    }

    #[test]
    fn names_of_several_words_are_found() {
        for joined in [Joined::AsWritten, Joined::BySpaces] {
            assert_eq!(lengths("google workspace until", joined), [2]);
            assert_eq!(lengths("brick in", joined), [0; 0]);
            assert_eq!(lengths("google", joined), [0; 0]);
            assert_eq!(lengths("", joined), [0; 0]);
        }
    }

    #[test]
    fn a_hyphen_counts_where_the_name_is_taken_as_it_is_written() {
        assert_eq!(lengths("a-trust", Joined::AsWritten), [2]);
        assert_eq!(lengths("a-trust", Joined::BySpaces), [0; 0]);
    }
}
