//! Words in the keys of YAML files: short forms, and words that tell of other files. They are data, in
//! `src/playbook/key_words.yaml`, which the build script makes sorted tables of. Keys are compared folded.

use super::FieldName;
use super::affixes::parts;
use super::fold::fold;

include!(concat!(env!("OUT_DIR"), "/key_words.rs"));

/// What each sign of a record weighs in a group of fields; the file says what is what.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Likeness {
    pub(crate) enough: u32,
    pub(crate) most_others: u32,
    pub(crate) own_key: u32,
    pub(crate) other_word: u32,
    pub(crate) loose_word: u32,
    pub(crate) workload: u32,
    pub(crate) own_status: u32,
    pub(crate) status: u32,
    pub(crate) other_status: u32,
    pub(crate) intent: u32,
    pub(crate) sentence: u32,
    pub(crate) proper_name: u32,
    pub(crate) capitals: u32,
}

/// Fields whose keys are shortened.
const SHORTENED: [FieldName; 4] = [FieldName::Customer, FieldName::Workload, FieldName::Status, FieldName::Note];

/// Letters of the shortest short form that no list has: consonants of the word, or its beginning.
const LEAST_CONSONANTS: usize = 3;
const LEAST_BEGINNING: usize = 4;

/// Bytes of the longest key that is looked up in a list, however it is written.
const LONGEST: usize = 32;

/// The word that the folded `word` is a short form of: one of the list, else a field's own name without its vowels
/// (`wrkld`) or its end (`cust`).
pub(super) fn in_full(word: &str) -> Option<&'static str> {
    if word.len() > LONGEST {
        return None;
    }
    if let Ok(at) = ABBREVIATIONS.binary_search_by_key(&word, |(short, _)| short) {
        return ABBREVIATIONS.get(at).map(|(_, full)| *full);
    }
    let full = SHORTENED.into_iter().map(FieldName::key).find(|full| is_short_form(word, full))?;
    NO_ABBREVIATIONS.binary_search(&word).is_err().then_some(full)
}

fn is_short_form(word: &str, full: &str) -> bool {
    let mut letters = word.chars();
    if word.len() >= full.len() || letters.next() != full.chars().next() {
        return false;
    }
    let has_vowels = letters.any(|letter| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u'));
    let mut rest = full.chars();
    let is_in_order = || word.chars().all(|letter| rest.by_ref().any(|other| other == letter));
    word.len() >= LEAST_BEGINNING && full.starts_with(word)
        || word.len() >= LEAST_CONSONANTS && !has_vowels && { is_in_order }()
}

/// Whether a key says that what it holds is a model of something.
pub(super) fn is_for_models(key: &str) -> bool {
    is_listed(key, MODELS)
}

/// Whether a key says that what it holds is a piece of work.
pub(super) fn is_for_work(key: &str) -> bool {
    is_listed(key, WORK)
}

/// Whether a word of a key is one of contacts and orders.
pub(crate) fn is_of_trade(key: &str) -> bool {
    key.len() <= LONGEST && parts(key).any(|word| is_listed(word, TRADE))
}

/// Whether a folded word beside the name of a field says that the key tells something about the field.
pub(super) fn is_aspect(word: &str) -> bool {
    [ASPECTS, MODELS].iter().any(|list| list.binary_search(&word).is_ok())
}

/// Whether a key says that what it holds is the name of something else than a customer.
pub(crate) fn names_no_customer(key: &str) -> bool {
    let is_other = |word: &str| [NO_CUSTOMERS, TRADE, WORK, ASPECTS].iter().any(|list| is_listed(word, list));
    // "Title" is what things of every kind are called, and customers, too.
    let is_called = |word: &str| is_listed(word, &["key", "title"]);
    key.len() <= LONGEST && parts(key).any(|word| is_other(word) && !is_called(word))
}

/// Whether a value is the status of a record in other words, or in another language.
pub(crate) fn is_other_status(value: &str) -> bool {
    is_listed(value, STATUSES)
}

fn is_listed(key: &str, list: &[&str]) -> bool {
    key.len() <= LONGEST && list.binary_search(&fold(key).as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_folded() {
        let lists = [NO_ABBREVIATIONS, MODELS, ASPECTS, WORK, TRADE, NO_CUSTOMERS, STATUSES];
        for list in lists {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]), "{list:?}");
            list.iter().for_each(|word| assert_eq!(fold(word), *word));
        }
        ABBREVIATIONS
            .iter()
            .for_each(|(short, full)| assert_eq!((fold(short), fold(full)), ((*short).into(), (*full).into())));
        let file = include_str!("../playbook/key_words.yaml");
        let lists: std::collections::BTreeMap<String, serde_yaml::Value> = serde_yaml::from_str(file).unwrap();
        let written: Vec<&str> =
            lists["work"].as_sequence().unwrap().iter().map(|word| word.as_str().unwrap()).collect();
        assert_eq!(written, WORK, "as in the file");
    }

    #[test]
    fn short_forms_stand_for_their_words() {
        for (short, full) in [
            ("cust", "customer"),
            ("cstmr", "customer"),
            ("cstm", "customer"),
            ("custom", ""),
            ("wl", "workload"),
            ("wkld", "workload"),
            ("wrkld", "workload"),
            ("work", ""),
            ("stat", "status"),
            ("sts", "status"),
            ("stts", "status"),
            ("st", "status"),
            ("nt", "note"),
            ("cmt", "comment"),
            ("nm", "name"),
            ("not", ""),
            ("sta", ""),
            ("note", ""),
            ("c", ""),
            ("", ""),
            ("tsc", ""),
        ] {
            assert_eq!(in_full(short).unwrap_or_default(), full, "{short}");
        }
    }
}
