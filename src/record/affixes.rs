//! Keys with something before or after the name of a field: `ftc_customer`, `noteText`, `1. status`.
//!
//! One such key tells nothing: `order_status` and `customer_id` are keys of their own. Where several keys of one group have
//! the same beginning and end around different fields, those belong to the group and not to the fields.

use super::FieldName;
use super::fold::fold;
use super::key_words::{in_full, is_aspect};
use super::spelling::{LONGEST_KEY, NearKeys, Nearness};

/// What stands around the name of a field in a key, folded. Numbers and single letters count the items of a list, or
/// tell a type, and are left out.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Affix {
    before: String,
    after: String,
}

/// Words of the longest key that is taken apart.
const MOST_WORDS: usize = 7;

/// Words before or after the name of a field.
const MOST_AROUND: usize = 3;

/// A word of a key, folded, in full.
struct Word {
    text: String,
    is_shortened: bool,
}

/// The fields that `written` may mean with something around their names; mostly none, sometimes several.
pub(super) fn readings(written: &str, keys: &NearKeys<'_>) -> Vec<(Affix, FieldName, Nearness)> {
    if written.len() > LONGEST_KEY {
        return Vec::new();
    }
    let words = words(written);
    let mut found = Vec::new();
    if let [only] = words.as_slice() {
        found.extend(keys.within(&only.text).map(|(field, before, after)| {
            let affix = Affix { before: before.to_owned(), after: after.to_owned() };
            (affix, field, Nearness::Qualified)
        }));
    }
    for start in 0..words.len().min(MOST_AROUND + 1) {
        let least_end = words.len().saturating_sub(MOST_AROUND).max(start + 1);
        for end in least_end..=words.len() {
            let (Some(before), Some(name), Some(after)) = (words.get(..start), words.get(start..end), words.get(end..))
            else {
                continue;
            };
            if let Some((field, nearness)) = meaning(name, keys) {
                found.push((Affix { before: joined(before), after: joined(after) }, field, nearness));
            }
        }
    }
    found.retain(|(affix, ..)| is_plain(affix, keys));
    found
}

/// The field that a key means whose words are short forms: `cust`, `wl_nm`.
pub(super) fn in_short(written: &str, keys: &NearKeys<'_>) -> Option<(FieldName, Nearness)> {
    let words = words(written);
    words.iter().any(|word| word.is_shortened).then(|| meaning(&words, keys)).flatten()
}

/// Whether what stands around the name of a field adds nothing to it. The last word of a key says what it is.
fn is_plain(affix: &Affix, keys: &NearKeys<'_>) -> bool {
    let is_loose = |(_, nearness)| nearness == Nearness::LooseSynonym;
    !is_aspect(&affix.before) && !is_aspect(&affix.after) && keys.meaning(&affix.after).is_none_or(is_loose)
}

fn meaning(words: &[Word], keys: &NearKeys<'_>) -> Option<(FieldName, Nearness)> {
    let (field, nearness) = keys.meaning(&joined(words))?;
    let is_shortened = words.iter().any(|word| word.is_shortened);
    Some((field, if is_shortened && !nearness.is_synonym() { Nearness::Synonym } else { nearness }))
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect()
}

/// The words of a key, but for those of one letter or of digits; none for a key with too many of them.
fn words(key: &str) -> Vec<Word> {
    let mut words = Vec::new();
    for word in parts(key) {
        let folded = fold(word);
        if folded.chars().nth(1).is_none() || folded.chars().all(|c| c.is_ascii_digit()) {
            continue;
        }
        if words.len() == MOST_WORDS {
            return Vec::new();
        }
        words.push(match in_full(&folded) {
            Some(full) => Word { text: full.to_owned(), is_shortened: true },
            None => Word { text: folded, is_shortened: false },
        });
    }
    words
}

/// The parts of a key between its marks, digits and capitals: `ftcCustomer_2` is `ftc`, `Customer` and `2`.
pub(super) fn parts(key: &str) -> impl Iterator<Item = &str> {
    let mut starts = vec![0];
    let mut chars = key.char_indices().peekable();
    let mut before: Option<char> = None;
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, after)| *after);
        if before.is_some_and(|before| begins_word(before, c, after)) {
            starts.push(at);
        }
        // Marks inside a letter that nobody sees do not part a word.
        if !is_unseen(c) {
            before = Some(c);
        }
    }
    let ends = starts.clone().into_iter().skip(1).chain(std::iter::once(key.len()));
    starts.into_iter().zip(ends).filter_map(|(start, end)| key.get(start..end))
}

fn begins_word(before: char, c: char, after: Option<char>) -> bool {
    if is_unseen(c) {
        return false;
    }
    let is_word_inside_capitals = before.is_uppercase() && c.is_uppercase() && after.is_some_and(char::is_lowercase);
    before.is_alphanumeric() != c.is_alphanumeric()
        || before.is_numeric() != c.is_numeric()
        || before.is_lowercase() && c.is_uppercase()
        || is_word_inside_capitals
}

/// Whether a character is part of the word around it without being a letter.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
        || unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::FieldNames;

    fn affixes(written: &str) -> Vec<(String, String, FieldName)> {
        let names = FieldNames::default();
        let found = readings(written, &NearKeys::new(&names)).into_iter();
        found.map(|(affix, field, _)| (affix.before, affix.after, field)).collect()
    }

    #[test]
    fn a_key_is_taken_apart_at_marks_digits_and_capitals() {
        for (key, expected) in [
            ("ftcCustomer_2", "ftc Customer _ 2"),
            ("FTCCustomer", "FTC Customer"),
            ("ftc.customer-name", "ftc . customer - name"),
            ("NOTE", "NOTE"),
            ("no\u{200b}te", "no\u{200b}te"),
            ("", ""),
            ("日本Note", "日本Note"),
        ] {
            assert_eq!(parts(key).collect::<Vec<_>>().join(" "), expected, "{key}");
        }
    }

    #[test]
    fn what_stands_around_the_name_of_a_field() {
        for (key, before, after, field) in [
            ("ftc_customer", "ftc", "", FieldName::Customer),
            ("ftcNote", "ftc", "", FieldName::Note),
            ("FTCSTATUS", "ftc", "", FieldName::Status),
            ("customerText", "", "text", FieldName::Customer),
            ("ftc_workload_name_txt", "ftc", "text", FieldName::Workload),
            ("1. customer", "", "", FieldName::Customer),
            ("note__c", "", "", FieldName::Note),
            ("x-ftc-client", "ftc", "", FieldName::Customer),
        ] {
            assert!(affixes(key).contains(&(before.to_owned(), after.to_owned(), field)), "{key}{:?}", affixes(key));
        }
        for key in ["customer_id", "status_code", "note_column", "", "-", "12", "owner", "a_b_c", "region_of_sale"] {
            assert!(affixes(key).is_empty(), "{key}{:?}", affixes(key));
        }
        assert!(affixes(&"note_".repeat(1_000_000)).is_empty());
    }

    #[test]
    fn short_keys() {
        let names = FieldNames::default();
        let keys = NearKeys::new(&names);
        for (key, field) in [("cust", FieldName::Customer), ("wl_nm", FieldName::Workload), ("cmt", FieldName::Note)] {
            assert_eq!(in_short(key, &keys), Some((field, Nearness::Synonym)), "{key}");
        }
        for key in ["customer", "nm", "x", "", "custom", "work", "ns", "cmd", "url"] {
            assert_eq!(in_short(key, &keys), None, "{key}");
        }
    }
}
