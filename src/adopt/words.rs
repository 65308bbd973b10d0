//! Words for the fields of a record that only a proposal goes by: a person looks at it, so it may guess more than a rule.

use crate::record::{FieldName, KeyMeanings, Nearness, fold};

/// Words for a field beside those that rules know, in the form that keys are compared in.
const FURTHER: [(FieldName, &[&str]); 5] = [
    (
        FieldName::Customer,
        &[
            "accountname",
            "auftraggeber",
            "compte",
            "cuenta",
            "empresa",
            "entreprise",
            "firma",
            "firmenname",
            "konto",
            "kontoname",
            "kundenname",
            "mandant",
            "organisationsname",
            "unternehmen",
        ],
    ),
    (
        FieldName::Workload,
        &[
            "anwendung",
            "entitlement",
            "leistung",
            "lizenz",
            "loesung",
            "losung",
            "produktname",
            "servicio",
            "workloads",
        ],
    ),
    (
        FieldName::Status,
        &["ampel", "etat", "fase", "lage", "opportunitystage", "projektstatus", "statuscode", "zustand"],
    ),
    (
        FieldName::Note,
        &[
            "anmerkung",
            "begrundung",
            "begruendung",
            "beschreibung",
            "commentaires",
            "freitext",
            "hinweis",
            "nota",
            "notas",
            "notizen",
            "statusbericht",
            "statusnotiz",
            "statustext",
        ],
    ),
    (
        FieldName::RefreshSummary,
        &[
            "activities",
            "activity",
            "aktivitaten",
            "audit",
            "auditlog",
            "changelog",
            "changes",
            "historie",
            "history",
            "log",
            "protokoll",
            "revisions",
            "timeline",
            "updates",
            "verlauf",
            "anderungen",
            "historique",
            "historial",
        ],
    ),
];

/// Words for who made an entry of a refresh summary.
pub(super) const WHO: &[&str] = &[
    "who",
    "by",
    "author",
    "user",
    "person",
    "owner",
    "editor",
    "changedby",
    "updatedby",
    "wer",
    "von",
    "autor",
    "bearbeiter",
    "mitarbeiter",
    "qui",
    "auteur",
    "quien",
    "name",
];

/// Words for what such an entry says.
pub(super) const WHAT: &[&str] = &[
    "what",
    "change",
    "changes",
    "summary",
    "text",
    "description",
    "action",
    "was",
    "aktion",
    "anderung",
    "aenderung",
    "quoi",
    "que",
    "comment",
    "kommentar",
    "entry",
];

/// The field that `key` means, by whatever word.
pub(super) fn meaning(key: &str, meanings: &KeyMeanings<'_>) -> Option<(FieldName, Nearness)> {
    meanings.of(key).or_else(|| {
        let folded = fold(key);
        let find = |(_, words): &&(FieldName, &[&str])| words.contains(&folded.as_str());
        FURTHER.iter().find(find).map(|(field, _)| (*field, Nearness::Synonym))
    })
}

/// Whether a key is one of `words`, or one of its own words is.
pub(super) fn means(key: &str, words: &[&str]) -> bool {
    let folded = fold(key);
    let mut parts = key.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    words.contains(&folded.as_str()) || parts.any(|part| words.contains(&part.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_written_as_keys_are_compared() {
        for word in FURTHER.iter().flat_map(|(_, words)| words.iter()).chain(WHO).chain(WHAT) {
            assert_eq!(fold(word), *word);
        }
    }
}
