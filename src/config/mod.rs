//! What a team sets in `notegate.yaml`: which files, field names, severities, thresholds, playbook additions.

/// What the configuration sets for rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleSettings {
    /// `refresh.max_age_days`: the newest entry may not be older; `None` switches `refresh-stale` off.
    pub max_age_days: Option<u32>,
}
