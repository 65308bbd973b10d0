//! What a team calls the fields of a record.

use super::FieldName;
use std::collections::BTreeMap;

/// What the keys of a record are called; `note` may be `status_note` in a team's files, or either of both.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldNames {
    renamed: BTreeMap<&'static str, String>,
    /// Further keys of a field, after the one that it is called by first; empty for nearly every team.
    also: BTreeMap<&'static str, Vec<String>>,
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

    /// Calls the field `known` by the key `key` alone; false, and no change, when there is no such field.
    #[must_use]
    pub fn rename(&mut self, known: &str, key: String) -> bool {
        self.call(known, vec![key])
    }

    /// Calls the field `known` by each of `keys`, of which messages use the first; false, and no change, when there is no
    /// such field or no key.
    #[must_use]
    pub fn call(&mut self, known: &str, keys: Vec<String>) -> bool {
        let mut keys = keys.into_iter();
        let (Some(known), Some(first)) = (Self::KNOWN.into_iter().find(|name| *name == known), keys.next()) else {
            return false;
        };
        let others: Vec<String> = keys.collect();
        self.renamed.insert(known, first);
        self.also.remove(known);
        if !others.is_empty() {
            self.also.insert(known, others);
        }
        true
    }

    /// Takes over what `other` calls the fields that it renames.
    pub fn extend(&mut self, other: &Self) {
        for (known, first) in &other.renamed {
            self.renamed.insert(known, first.clone());
            self.also.remove(known);
        }
        self.also.extend(other.also.iter().map(|(known, keys)| (*known, keys.clone())));
    }

    /// The fields that have other keys than their own, each with its keys.
    pub fn renamed(&self) -> impl Iterator<Item = (&'static str, Vec<&str>)> {
        self.renamed.keys().map(|known| (*known, self.keys_of(known).collect()))
    }

    /// The key of a field of a record; the first of several.
    #[must_use]
    pub fn key(&self, field: FieldName) -> &str {
        self.key_of(field.key())
    }

    /// Whether the configuration calls the field by another key than its own.
    #[must_use]
    pub fn is_renamed(&self, field: FieldName) -> bool {
        self.key(field) != field.key()
    }

    /// The key of any of [`FieldNames::KNOWN`]; the first of several.
    #[must_use]
    pub fn key_of(&self, known: &'static str) -> &str {
        self.renamed.get(known).map_or(known, String::as_str)
    }

    /// All keys of any of [`FieldNames::KNOWN`].
    pub fn keys_of(&self, known: &'static str) -> impl Iterator<Item = &str> {
        std::iter::once(self.key_of(known)).chain(self.others_of(known))
    }

    /// Whether some field has several keys.
    #[must_use]
    pub fn has_several(&self) -> bool {
        !self.also.is_empty()
    }

    /// Whether `written` is a key of any of [`FieldNames::KNOWN`] that is called `known`.
    #[must_use]
    pub fn is_key_of(&self, known: &'static str, written: &str) -> bool {
        self.key_of(known) == written || self.others_of(known).any(|key| key == written)
    }

    /// Whether `written` is a key of any field.
    #[must_use]
    pub fn is_known(&self, written: &str) -> bool {
        Self::KNOWN.iter().any(|known| self.is_key_of(known, written))
    }

    fn others_of(&self, known: &'static str) -> impl Iterator<Item = &str> {
        // Nearly always nothing is there, which is quicker to ask than to look up.
        let others = if self.also.is_empty() { None } else { self.also.get(known) };
        others.into_iter().flatten().map(String::as_str)
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
        assert!(!names.has_several());
    }

    #[test]
    fn a_field_may_have_several_keys() {
        let mut names = FieldNames::default();
        assert!(names.call("customer", vec!["customer".to_owned(), "kunde".to_owned()]));
        assert_eq!(names.key(FieldName::Customer), "customer");
        assert_eq!(names.keys_of("customer").collect::<Vec<_>>(), ["customer", "kunde"]);
        assert!(names.is_key_of("customer", "kunde") && names.is_known("kunde") && !names.is_key_of("note", "kunde"));
        assert!(names.rename("customer", "firma".to_owned()));
        assert_eq!(names.keys_of("customer").collect::<Vec<_>>(), ["firma"]);
        assert!(!names.call("customer", Vec::new()));
    }

    #[test]
    fn what_is_taken_over_replaces_the_keys_of_a_field() {
        let mut names = FieldNames::default();
        assert!(names.call("customer", vec!["a".to_owned(), "b".to_owned()]));
        assert!(names.rename("note", "n".to_owned()));
        let mut other = FieldNames::default();
        assert!(other.rename("customer", "c".to_owned()));
        assert!(other.call("status", vec!["s".to_owned(), "t".to_owned()]));
        names.extend(&other);
        let all: Vec<_> = names.renamed().collect();
        assert_eq!(all, [("customer", vec!["c"]), ("note", vec!["n"]), ("status", vec!["s", "t"])]);
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
