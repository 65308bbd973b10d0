//! Other words for the fields of a record, as data: `client` for `customer`, `product` for `workload`. Many files use
//! them in senses of their own, so each counts only beside others and with values that tell; `misplaced-record` says how.

use super::FieldName;
use super::spelling::Nearness;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Words for one field, in the form that keys are compared in: lower case, letters only.
struct Synonyms {
    field: FieldName,
    nearness: Nearness,
    words: &'static [&'static str],
    /// What may stand before or after each of them, as in `client_name` and `latest_comment`.
    before: &'static [&'static str],
    after: &'static [&'static str],
}

const SYNONYMS: [Synonyms; 6] = [
    Synonyms {
        field: FieldName::Customer,
        nearness: Nearness::Synonym,
        words: &[
            "account",
            "client",
            "cliente",
            "company",
            "firm",
            "klant",
            "kunde",
            "organisation",
            "organization",
            "org",
            "tenant",
        ],
        before: &["customer", "nameof", "the"],
        after: &["account", "fullname", "name", "org", "organisation", "organization"],
    },
    Synonyms {
        field: FieldName::Workload,
        nearness: Nearness::Synonym,
        words: &[
            "dienst",
            "license",
            "licence",
            "module",
            "offering",
            "product",
            "producto",
            "produit",
            "produkt",
            "service",
            "sku",
            "solution",
            "technology",
        ],
        before: &["cloud", "m365", "microsoft", "nameof", "online", "the"],
        after: &["line", "name"],
    },
    Synonyms {
        field: FieldName::Status,
        nearness: Nearness::Synonym,
        words: &["condition", "estado", "phase", "progress", "situation", "stage", "stand", "state", "statut"],
        before: &[
            "adoption",
            "current",
            "customer",
            "deployment",
            "entitlement",
            "onboarding",
            "product",
            "project",
            "rollout",
            "service",
            "the",
            "usage",
        ],
        after: &["name", "value"],
    },
    Synonyms {
        field: FieldName::Note,
        nearness: Nearness::Synonym,
        words: &[
            "bemerkung",
            "comentario",
            "comment",
            "commentaire",
            "commentary",
            "explanation",
            "justification",
            "kommentar",
            "memo",
            "narrative",
            "notiz",
            "observation",
            "opmerking",
            "rationale",
            "reason",
            "remark",
            "remarque",
            "statement",
            "statusdescription",
            "statusdetail",
            "statustext",
            "statusupdate",
            "update",
        ],
        before: &[
            "account",
            "current",
            "customer",
            "entitlement",
            "last",
            "latest",
            "product",
            "service",
            "status",
            "the",
        ],
        after: &["body", "content", "text", "value"],
    },
    // Lists of what may run on a device name applications, too.
    Synonyms {
        field: FieldName::Workload,
        nearness: Nearness::LooseSynonym,
        words: &["app", "application", "software", "tool"],
        before: &["cloud", "nameof", "the"],
        after: &["name"],
    },
    // Files of every kind describe and sum up what they are about.
    Synonyms {
        field: FieldName::Note,
        nearness: Nearness::LooseSynonym,
        words: &["body", "content", "description", "detail", "info", "information", "message", "summary", "text"],
        before: &[],
        after: &[],
    },
];

/// The field that `folded` is another word for, one or several.
pub(super) fn synonym(folded: &str) -> Option<(FieldName, Nearness)> {
    static MEANINGS: LazyLock<HashMap<String, (FieldName, Nearness)>> = LazyLock::new(meanings);
    MEANINGS.get(folded).copied()
}

fn meanings() -> HashMap<String, (FieldName, Nearness)> {
    let mut meanings = HashMap::new();
    for Synonyms { field, nearness, words, before, after } in SYNONYMS {
        for word in words {
            let one = || std::iter::once((*word).to_owned());
            let qualified = || {
                before
                    .iter()
                    .map(|before| format!("{before}{word}"))
                    .chain(after.iter().map(|after| format!("{word}{after}")))
            };
            for key in one().chain(qualified()) {
                let plural = key.strip_suffix('y').map_or_else(|| format!("{key}s"), |stem| format!("{stem}ies"));
                for key in [key, plural] {
                    meanings.entry(key).or_insert((field, nearness));
                }
            }
        }
    }
    meanings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_words_for_the_fields_are_known_in_the_singular_the_plural_and_with_a_word_more() {
        for (written, field) in [
            ("client", FieldName::Customer),
            ("clientname", FieldName::Customer),
            ("accounts", FieldName::Customer),
            ("companies", FieldName::Customer),
            ("customeraccount", FieldName::Customer),
            ("product", FieldName::Workload),
            ("productname", FieldName::Workload),
            ("technologies", FieldName::Workload),
            ("state", FieldName::Status),
            ("deploymentstage", FieldName::Status),
            ("comments", FieldName::Note),
            ("latestcomment", FieldName::Note),
            ("statusupdate", FieldName::Note),
        ] {
            assert_eq!(synonym(written), Some((field, Nearness::Synonym)), "{written}");
        }
        assert_eq!(synonym("description"), Some((FieldName::Note, Nearness::LooseSynonym)));
        for written in ["", "customer", "note", "clientid", "producturl", "stateless", "owner", "kind"] {
            assert_eq!(synonym(written), None, "{written}");
        }
    }

    #[test]
    fn the_words_are_written_as_keys_are_compared() {
        for Synonyms { words, before, after, .. } in SYNONYMS {
            for word in words.iter().chain(before).chain(after) {
                assert_eq!(crate::record::fold(word), *word);
            }
        }
    }
}
