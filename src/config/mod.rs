//! What a team sets in `notegate.yaml`: which files, field names, severities, thresholds, playbook additions.

mod claims;
mod length;
mod levels;
mod load;
mod misnamed;
mod pattern;
mod playbook;
mod print;
mod reader;
mod selection;

pub use levels::{Level, RuleLevels};
pub use load::{ConfigProblems, load};
pub use misnamed::is_misnamed;
pub use pattern::{PatternList, near_patterns};
pub use selection::{FileSelection, IdlePatterns, looks_like_note, matches_any};

use crate::grade::FailOn;
use crate::playbook::Additions;
use crate::record::FieldNames;

/// The name of the configuration at the root of a repository.
pub const FILE_NAME: &str = "notegate.yaml";

/// The largest configuration that is read, in bytes.
pub const MOST_BYTES: u64 = 256 * 1024;

/// What the configuration sets, checked and ready for use.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// `include` and `exclude`.
    pub files: FileSelection,
    /// `rules`.
    pub levels: RuleLevels,
    /// `refresh` and `fields`.
    pub settings: RuleSettings,
    /// `fail_on`.
    pub fail_on: FailOn,
    /// `playbook`: what the team adds to the guidance.
    pub playbook: Additions,
}

/// What the configuration sets for rules.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleSettings {
    /// `refresh.max_age_days`: the newest entry may not be older; `None` switches `refresh-stale` off.
    pub max_age_days: Option<u32>,
    /// `fields`: what the team calls the fields of a record, so that messages name the keys that stand in the file.
    pub fields: FieldNames,
}

/// The one of `names` nearest to `written`, when it is near enough to be meant.
pub(crate) fn nearest<'n>(written: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
    // Comparing is quadratic, and no name is that long.
    if written.len() > 64 {
        return None;
    }
    let folded = written.to_lowercase().replace('_', "-");
    let near = names.into_iter().map(|name| (strsim::osa_distance(&folded, &name.replace('_', "-")), name));
    near.filter(|(distance, name)| *distance <= name.len() / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_the_name_and_another_word_does_not() {
        let names = ["include", "exclude", "fail_on"];
        assert_eq!(nearest("inlcude", names), Some("include"));
        assert_eq!(nearest("Fail-On", names), Some("fail_on"));
        assert_eq!(nearest("colour", names), None);
        assert_eq!(nearest(&"i".repeat(100_000), names), None);
    }
}
