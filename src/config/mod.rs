//! What a team sets in `notegate.yaml`: which files, field names, severities, thresholds, playbook additions.

mod claims;
mod length;
mod load;
mod misnamed;
mod playbook;
mod print;
mod reader;

pub use crate::rules::{Level, RuleLevels};
pub use load::{ConfigProblems, load};
pub(crate) use misnamed::is_misnamed;

use crate::grade::FailOn;
use crate::playbook::Additions;
use crate::rules::RuleSettings;
use crate::second_reader::SecondReader;
use crate::source::{self, FileSelection};

/// The name of the configuration at the root of a repository.
pub const FILE_NAME: &str = source::CONFIGURATION;

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
    /// `second_reader`: whether the second reader has a say.
    pub second_reader: SecondReading,
}

/// Whether the second reader has a say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SecondReading {
    /// It has.
    #[default]
    On,
    /// The rules decide alone.
    Off,
}

impl SecondReading {
    /// The second reader, where it has a say.
    #[must_use]
    pub fn reader(self) -> Option<SecondReader<'static>> {
        match self {
            Self::On => Some(SecondReader::built_in()),
            Self::Off => None,
        }
    }

    /// The word for it in a configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::On => "on",
            Self::Off => "off",
        }
    }
}
