//! Records that are looked for in files that a change does not touch.
//!
//! Whether a new record has a twin somewhere is a question about every file of the snapshot. Reading and parsing all of
//! them would take seconds in a large repository, so files are told apart by their bytes first: a record about a
//! customer can only be in a file that holds a word of the customer's name.

use super::NotePath;
use crate::folding::{folded, folded_by_looks, is_invisible, may_look_ascii};
use aho_corasick::AhoCorasick;

/// A record that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// The customer, as its record's identity has it; see [`crate::record::identity`].
    pub customer: String,
    /// The workload as the record writes it.
    pub workload: String,
    /// Where the change put the record.
    pub path: NotePath,
}

/// Untouched files that may hold a record that is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Elsewhere {
    /// The files, sorted.
    pub files: Vec<NotePath>,
    /// How much of the snapshot was searched.
    pub extent: Extent,
}

/// How much of a snapshot was searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Extent {
    /// All of it.
    #[default]
    Whole,
    /// The likely files only: the search has a limit in the commit hook.
    Likely,
}

impl Extent {
    /// The extent of two searches together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        if self == Self::Whole { other } else { self }
    }
}

/// Tells by its bytes whether a file may hold a record about one of several customers.
///
/// It may say so of a file that holds none; it never misses one.
#[derive(Debug)]
pub(crate) struct Needles {
    /// Nothing when some customer's name has no word to look for: then every file may hold it.
    words: Option<AhoCorasick>,
    /// Whether every word is ASCII.
    are_ascii: bool,
}

impl Needles {
    /// Needles for the customers of `sought`.
    pub(crate) fn new<'s>(sought: impl IntoIterator<Item = &'s Sought>) -> Self {
        let words: Option<Vec<&str>> = sought.into_iter().map(|sought| rarest(&sought.customer)).collect();
        let are_ascii = words.as_ref().is_some_and(|words| words.iter().all(|word| word.is_ascii()));
        let words = words.and_then(|words| AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok());
        Self { words, are_ascii }
    }

    /// Whether a file of these bytes may hold a record that is looked for.
    pub(crate) fn may_be_in(&self, bytes: &[u8]) -> bool {
        let Some(words) = &self.words else { return true };
        // What stands in double quotes may be written with escapes.
        if words.is_match(bytes) || bytes.contains(&b'\\') {
            return true;
        }
        if bytes.is_ascii() {
            return false;
        }
        // What is not UTF-8 holds no record that can be read.
        let Ok(text) = std::str::from_utf8(bytes) else { return false };
        let hides = |character: char| !character.is_ascii() && (!self.are_ascii || folds_into_ascii(character));
        text.chars().any(hides) && words.is_match(&folded_by_looks(text))
    }
}

/// The longest word of a folded name, one of ASCII letters and digits where there is one: it is found without folding.
fn rarest(name: &str) -> Option<&str> {
    let longest = |is_part: fn(char) -> bool| {
        name.split(|character| !is_part(character)).max_by_key(|word| word.len()).filter(|word| !word.is_empty())
    };
    longest(|character| character.is_ascii_alphanumeric())
        .filter(|word| word.len() > 2)
        .or_else(|| longest(char::is_alphanumeric))
}

/// Whether a character beyond ASCII may become letters or digits of ASCII, or nothing, when a name is folded.
fn folds_into_ascii(character: char) -> bool {
    // Letters of western languages and the usual quotes and dashes stay what they are, but for ß.
    if matches!(character, '\u{c0}'..='\u{de}' | '\u{e0}'..='\u{ff}' | '\u{2013}' | '\u{2014}' | '\u{2018}'..='\u{201d}')
    {
        return false;
    }
    is_invisible(character)
        || may_look_ascii(character)
        || folded(character.encode_utf8(&mut [0; 4])).contains(|c: char| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needles(customers: &[&str]) -> Needles {
        let sought = |customer: &&str| Sought {
            customer: folded(customer),
            workload: "Teams".to_owned(),
            path: NotePath::from_bytes("a.yaml"),
        };
        Needles::new(&customers.iter().map(sought).collect::<Vec<_>>())
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        let contoso = needles(&["Contoso Ltd"]);
        for text in [
            "customer: Contoso Ltd",
            "customer: CONTOSO\n  ltd",
            "customer: \"\\x43ontoso Ltd\"",
            "customer: \"Con\\\n  toso Ltd\"",
            "customer: Ｃｏｎｔｏｓｏ Ltd",
            "customer: Con\u{200b}toso Ltd",
            "customer: 𝐂ontoso Ltd",
            "customer: conto\u{17f}o ltd",
            "customer: C\u{43e}ntoso",
            "customer: C\u{41e}NTOSO GmbH",
            "owner: José\ncustomer: contoso ltd",
        ] {
            assert!(contoso.may_be_in(text.as_bytes()), "{text}");
        }
        for text in
            ["customer: Fabrikam", "customer: Fabrikam\nowner: José – “X”", "customer: Fabrikam\u{2026}\u{200b}"]
        {
            assert!(!contoso.may_be_in(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn letters_that_become_others_in_capitals_are_found() {
        let great = needles(&["Gross AG"]);
        assert!(great.may_be_in("customer: Groß AG".as_bytes()) && great.may_be_in("customer: GROẞ AG".as_bytes()));
        let great = needles(&["Groß"]);
        assert!(great.may_be_in("customer: GROSS".as_bytes()) && great.may_be_in("customer: groß".as_bytes()));
        let istanbul = needles(&["Istanbul"]);
        assert!(istanbul.may_be_in("customer: İSTANBUL".as_bytes()) && istanbul.may_be_in("x: ıstanbul".as_bytes()));
        assert!(needles(&["İstanbul"]).may_be_in(b"customer: ISTANBUL"));
    }

    #[test]
    fn names_in_other_scripts_are_found() {
        let tokyo = needles(&["東京ガス"]);
        assert!(tokyo.may_be_in("customer: 東京ガス".as_bytes()));
        assert!(tokyo.may_be_in("customer: 東京ｶﾞｽ".as_bytes()), "half width");
        assert!(tokyo.may_be_in(br#"customer: "\u6771\u4eac\u30ac\u30b9""#));
        assert!(!tokyo.may_be_in("customer: 大阪ガス".as_bytes()));
        let upper = needles(&["ÖBB"]);
        assert!(upper.may_be_in("customer: öbb".as_bytes()));
        assert!(upper.may_be_in("customer: O\u{308}BB".as_bytes()), "composed from two");
    }

    #[test]
    fn a_name_without_a_word_may_be_anywhere() {
        assert!(needles(&["+++"]).may_be_in(b"customer: Fabrikam"));
        assert!(needles(&["+++", "Contoso"]).may_be_in(b"customer: Fabrikam"));
        assert!(!needles(&[]).may_be_in(b"customer: Fabrikam"));
    }

    #[test]
    fn several_names_are_looked_for_at_once() {
        let both = needles(&["Contoso", "Fabrikam"]);
        assert!(both.may_be_in(b"customer: fabrikam") && both.may_be_in(b"customer: contoso"));
        assert!(!both.may_be_in(b"customer: Litware"));
    }
}
