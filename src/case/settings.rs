//! What a team sets for rules.

use crate::record::FieldNames;

/// What the configuration sets for rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleSettings {
    /// `refresh.max_age_days`: the newest entry may not be older; `None` switches `refresh-stale` off.
    pub max_age_days: Option<u32>,
    /// `fields`: what the team calls the fields of a record, so that messages name the keys that stand in the file.
    pub fields: FieldNames,
}
