//! What a team sets in `notegate.yaml`: which files, field names, severities, thresholds, playbook additions.

mod claims;
mod length;
mod load;
mod misnamed;
mod overrides;
mod playbook;
mod print;
mod reader;
mod second_reader;
mod settings;

pub use crate::rules::{Level, RuleLevels};
pub use load::{ConfigProblems, load, load_beside};
pub(crate) use misnamed::is_misnamed;
pub(crate) use overrides::MOST as MOST_OVERRIDES;
pub use overrides::{FileRules, Overrides};
pub(crate) use settings::MOST_NAMES;

use crate::grade::FailOn;
use crate::playbook::Additions;
use crate::rules::RuleSettings;
use crate::second_reader::{Learned, SecondReader};
use crate::source::{self, FileSelection, NotePath};
use std::sync::Arc;

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
    /// `refresh`, `fields` and `required`.
    pub settings: RuleSettings,
    /// `overrides`: what holds for some of the files instead; [`Config::rules_of`] says what holds for each.
    pub overrides: Overrides,
    /// `fail_on`.
    pub fail_on: FailOn,
    /// `playbook`: what the team adds to the guidance.
    pub playbook: Additions,
    /// `second_reader`: whether the second reader has a say.
    pub second_reader: SecondReading,
}

/// Whether the second reader has a say.
#[derive(Debug, Clone, Default)]
pub enum SecondReading {
    /// It has.
    #[default]
    On,
    /// The rules decide alone.
    Off,
    /// It has, and has learned from the team's own notes.
    Learned {
        /// The file that keeps what it learned, relative to the folder of the configuration.
        file: NotePath,
        /// What it learned.
        learned: Arc<Learned>,
    },
}

impl SecondReading {
    /// The second reader, where it has a say.
    #[must_use]
    pub fn reader(&self) -> Option<SecondReader<'_>> {
        match self {
            Self::On => Some(SecondReader::built_in()),
            Self::Off => None,
            Self::Learned { learned, .. } => Some(learned.reader()),
        }
    }

    /// The file of learned weights that the configuration names, relative to its own folder.
    #[must_use]
    pub fn file(&self) -> Option<&NotePath> {
        match self {
            Self::On | Self::Off => None,
            Self::Learned { file, .. } => Some(file),
        }
    }
}
