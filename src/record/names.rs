//! What a team calls the fields of a record.

use super::FieldName;
use std::collections::BTreeMap;

/// What the keys of a record are called; `note` may be `status_note` in a team's files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldNames {
    renamed: BTreeMap<&'static str, String>,
}

impl FieldNames {
    /// The names that can be mapped, as they are called without a mapping.
    pub const KNOWN: [&'static str; 10] = [
        "customer",
        "workload",
        "status",
        "note",
        "refresh_summary",
        "date",
        "waivers",
        "entitlements",
        "who_changed",
        "what_changed",
    ];

    /// Calls the field `known` by the key `key`; false, and no change, when there is no such field.
    #[must_use]
    pub fn rename(&mut self, known: &str, key: String) -> bool {
        match Self::KNOWN.iter().find(|name| **name == known) {
            Some(name) => {
                self.renamed.insert(name, key);
                true
            }
            None => false,
        }
    }

    /// The key of a field of a record.
    #[must_use]
    pub fn key(&self, field: FieldName) -> &str {
        self.key_of(field.key())
    }

    /// Whether the configuration calls the field by another key than its own.
    #[must_use]
    pub fn is_renamed(&self, field: FieldName) -> bool {
        self.key(field) != field.key()
    }

    /// The key of any of [`FieldNames::KNOWN`].
    #[must_use]
    pub fn key_of(&self, known: &'static str) -> &str {
        self.renamed.get(known).map_or(known, String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_renamed_field_has_the_teams_key_and_the_others_their_own() {
        let mut names = FieldNames::default();
        assert!(names.rename("note", "status_note".to_owned()));
        assert_eq!(names.key(FieldName::Note), "status_note");
        assert_eq!(names.key(FieldName::Customer), "customer");
        assert_eq!(names.key_of("who_changed"), "who_changed");
    }

    #[test]
    fn an_unknown_field_is_refused() {
        let mut names = FieldNames::default();
        assert!(!names.rename("owner", "who".to_owned()));
        assert_eq!(names, FieldNames::default());
    }

    #[test]
    fn every_field_of_a_record_can_be_renamed() {
        for field in FieldName::ALL {
            assert!(FieldNames::KNOWN.contains(&field.key()), "{field:?}");
        }
    }
}
