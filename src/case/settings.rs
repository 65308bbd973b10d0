//! What a team sets for rules.

use crate::record::{FieldName, FieldNames};
use std::collections::BTreeMap;

/// What the configuration sets for rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleSettings {
    /// `refresh.max_age_days`: the newest entry may not be older; `None` switches `refresh-stale` off.
    pub max_age_days: Option<u32>,
    /// `fields`: what the team calls the fields of a record, so that messages name the keys that stand in the file.
    pub fields: FieldNames,
    /// `required`: which fields a record may lack.
    pub required: RequiredFields,
}

/// Whether a record has to have a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Requirement {
    /// It has to.
    Required,
    /// It may do without. What is there has to be right all the same.
    Optional,
}

/// The fields that each record has to have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequiredFields {
    set: BTreeMap<FieldName, Requirement>,
}

impl RequiredFields {
    /// The fields that a team may make optional. Without a note there is nothing to judge.
    pub const ADJUSTABLE: [FieldName; 4] =
        [FieldName::Customer, FieldName::Workload, FieldName::Status, FieldName::RefreshSummary];

    /// Sets whether a record has to have `field`.
    pub fn set(&mut self, field: FieldName, requirement: Requirement) {
        self.set.insert(field, requirement);
    }

    /// Takes over what `other` sets.
    pub fn extend(&mut self, other: &Self) {
        self.set.extend(&other.set);
    }

    /// Whether a record may lack `field`, one of those that a record usually has to have.
    #[must_use]
    pub fn is_optional(&self, field: FieldName) -> bool {
        self.set.get(&field) == Some(&Requirement::Optional)
    }

    /// What the configuration sets, in the order of a record.
    pub fn iter(&self) -> impl Iterator<Item = (FieldName, Requirement)> + '_ {
        self.set.iter().map(|(field, requirement)| (*field, *requirement))
    }
}
