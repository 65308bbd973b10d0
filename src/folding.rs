//! Names as they are compared, however they are written.

use crate::lookalike::lookalike;
use unicode_normalization::UnicodeNormalization;

/// A name or a text as it is compared: compatibility forms, case, spacing and invisible characters do not count.
#[must_use]
pub(crate) fn folded(name: &str) -> String {
    if name.is_ascii() {
        let mut folded = String::with_capacity(name.len());
        for word in name.split_ascii_whitespace() {
            if !folded.is_empty() {
                folded.push(' ');
            }
            folded.push_str(word);
        }
        folded.make_ascii_lowercase();
        return folded;
    }
    let visible: String = name.chars().filter(|character| !is_invisible(*character)).collect();
    let one_width: String = visible.nfkc().collect();
    in_full_case(&one_width).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in lower case such that every spelling in capitals has the same: `Groß` and `GROSS`, `Istanbul` and `İSTANBUL`.
fn in_full_case(text: &str) -> String {
    let mut cased = String::with_capacity(text.len());
    let there_and_back = |c: char| c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase);
    for c in text.chars().flat_map(there_and_back) {
        // The capital İ of Turkish is an i with a dot in lower case.
        if c != DOT_ABOVE || !cased.ends_with('i') {
            cased.push(c);
        }
    }
    cased
}

/// What is left of the dot of İ in lower case.
const DOT_ABOVE: char = '\u{307}';

/// The same, with letters of other alphabets that look like Latin ones as those, in each word that becomes Latin by that:
/// `Cоntoso` with a Cyrillic о is `contoso`, and `Газпром` stays what it is.
#[must_use]
pub(crate) fn folded_by_looks(name: &str) -> String {
    if name.is_ascii() {
        return folded(name);
    }
    let visible: String = name.nfkc().filter(|character| !is_invisible(*character)).collect();
    let mut looks = String::with_capacity(visible.len());
    let mut rest = visible.as_str();
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let (between, from_word) = rest.split_at_checked(start).unwrap_or((rest, ""));
        let end = from_word.find(|c: char| !c.is_alphanumeric()).unwrap_or(from_word.len());
        let (word, after) = from_word.split_at_checked(end).unwrap_or((from_word, ""));
        looks.push_str(between);
        looks.push_str(&by_looks(word));
        rest = after;
    }
    looks.push_str(rest);
    folded(&looks)
}

/// A word in lower case; as it looks, when it looks Latin.
fn by_looks(word: &str) -> String {
    // A capital may look like another letter than its small one, as the Greek Ν does. A word of one alphabet is the
    // same in either case; in a mixed one each letter stands for what it looks like.
    let is_mixed = word.chars().any(|c| c.is_alphabetic() && is_latin(c));
    let written = if is_mixed { word.to_owned() } else { word.to_lowercase() };
    let look: String =
        written.chars().flat_map(|c| if is_latin(c) { c } else { lookalike(c) }.to_lowercase()).collect();
    if look.chars().all(|c| is_latin(c) || c == DOT_ABOVE) { look } else { word.to_lowercase() }
}

/// Whether a character may become one of ASCII by [`folded_by_looks`].
#[must_use]
pub(crate) fn may_look_ascii(character: char) -> bool {
    !is_latin(character) && lookalike(character).is_ascii()
}

/// Whether a letter is Latin, with or without accents; digits and marks of ASCII count.
fn is_latin(character: char) -> bool {
    matches!(character, '\0'..='\u{7f}' | '\u{aa}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// A text without regard to case and to the width of its characters.
#[must_use]
pub(crate) fn in_one_case_and_width(text: &str) -> String {
    // ASCII has one width, and most names and notes are nothing else.
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.nfkc().flat_map(char::to_lowercase).collect() }
}

/// Characters that nobody sees and that make no two names different.
#[must_use]
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_that_look_latin_are_latin_in_words_that_become_so() {
        for (written, looks) in [
            ("C\u{43e}ntoso", "contoso"),
            ("CONT\u{41e}SO Ltd", "contoso ltd"),
            ("\u{421}\u{43e}ntoso", "contoso"),
            ("C\u{3bf}ntoso", "contoso"),
            ("CO\u{39d}TOSO", "contoso"),
            ("Ｃｏｎｔｏｓｏ", "contoso"),
            ("Con\u{200b}t\u{ad}oso", "contoso"),
            ("𝐂ontoso", "contoso"),
            ("M\u{fc}ll\u{435}r", "m\u{fc}ller"),
            ("\u{421}\u{41e}\u{421}\u{410}", "coca"),
            ("\u{441}\u{43e}\u{441}\u{430}", "coca"),
            ("Газпром", "газпром"),
            ("ΝΟΤΟΣ", "νοτοσ"),
            ("東京ガス", "東京ガス"),
            ("Müller", "müller"),
            ("a\u{a0}b", "a b"),
        ] {
            assert_eq!(folded_by_looks(written), looks, "{written}");
        }
    }

    #[test]
    fn letters_that_change_their_number_with_the_case_are_the_same() {
        for (one, other) in [
            ("Groß AG", "GROSS AG"),
            ("Groß", "GROẞ"),
            ("Straße", "STRASSE"),
            ("Istanbul", "İSTANBUL"),
            ("istanbul", "I\u{307}STANBUL"),
            ("ısparta", "ISPARTA"),
            ("İstanbul", "\u{130}st\u{430}nbul"),
            ("Οδυσσεύς", "ΟΔΥΣΣΕΎΣ"),
            ("ﬁnance", "FINANCE"),
            ("Meſſe", "MESSE"),
            ("ŉ", "ʼN"),
        ] {
            assert_eq!(folded(one), folded(&one.to_uppercase()), "{one}");
            assert_eq!(folded_by_looks(one), folded_by_looks(other), "{one} {other}");
        }
        for (one, other) in [("Müller", "Muller"), ("Groß", "Gros"), ("Ėnergija", "Energija"), ("Čez", "Cez")] {
            assert_ne!(folded_by_looks(one), folded_by_looks(other), "{one} {other}");
        }
    }

    #[test]
    fn case_and_width_do_not_count() {
        assert_eq!(in_one_case_and_width("Ｃontoso ÄG"), "contoso äg");
        let ascii: String = (0..=0x7f_u8).map(char::from).collect();
        assert_eq!(in_one_case_and_width(&ascii), ascii.nfkc().flat_map(char::to_lowercase).collect::<String>());
    }
}
