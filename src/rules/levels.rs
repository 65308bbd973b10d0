//! The severity that a team gives each rule, under `rules` in its configuration.

use super::{Group, REGISTRY, Rule};
use crate::finding::Severity;
use std::collections::BTreeMap;

/// What the configuration says about one rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The rule reports nothing.
    Off,
    /// Every finding of the rule has this severity.
    Severity(Severity),
}

impl Level {
    /// The words that may stand in a configuration.
    pub const NAMES: [&'static str; 4] = ["off", "info", "warning", "error"];

    /// The level of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "off" => Some(Self::Off),
            "info" => Some(Self::Severity(Severity::Info)),
            "warning" => Some(Self::Severity(Severity::Warning)),
            "error" => Some(Self::Severity(Severity::Error)),
            _ => None,
        }
    }

    /// The level of a rule without a configuration.
    #[must_use]
    pub fn from_default(default: Option<Severity>) -> Self {
        default.map_or(Self::Off, Self::Severity)
    }

    /// The name of the level in a configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Severity(severity) => severity.name(),
        }
    }
}

/// The levels of the rules that the configuration names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RuleLevels {
    set: BTreeMap<&'static str, Level>,
}

impl RuleLevels {
    /// Sets the level of a rule of the registry.
    pub fn set(&mut self, rule: &'static str, level: Level) {
        self.set.insert(rule, level);
    }

    /// The severity of a finding for which the rule thinks `found` right; nothing when the rule is off.
    #[must_use]
    pub fn severity(&self, rule: &str, found: Severity) -> Option<Severity> {
        match self.set.get(rule) {
            None => Some(found),
            Some(Level::Off) => None,
            Some(Level::Severity(severity)) => Some(*severity),
        }
    }

    /// Takes over what `other` sets.
    pub fn extend(&mut self, other: &Self) {
        self.set.extend(&other.set);
    }

    /// Whether a severity is set under which the rule reports.
    #[must_use]
    pub fn sets_on(&self, rule: &str) -> bool {
        self.set.get(rule).is_some_and(|level| *level != Level::Off)
    }

    /// Whether the rule may report at all.
    #[must_use]
    pub fn is_on(&self, rule: &str) -> bool {
        self.set.get(rule) != Some(&Level::Off)
    }

    /// Whether `rule` is asked.
    pub(super) fn asks(&self, rule: &dyn Rule) -> bool {
        match self.set.get(rule.meta().name) {
            None => !rule.is_silent_unless_set(),
            Some(level) => *level != Level::Off,
        }
    }

    /// The same levels, with every rule asked that only finds what can be mended, unless the configuration switches it off.
    #[must_use]
    pub fn for_fixing(mut self) -> Self {
        for rule in REGISTRY.iter().filter(|rule| rule.is_silent_unless_set()) {
            self.set.entry(rule.meta().name).or_insert(Level::Severity(Severity::Info));
        }
        self
    }

    /// The same levels, with every rule off that is not about the text of a note.
    #[must_use]
    pub fn of_notes_alone(mut self) -> Self {
        for meta in REGISTRY.iter().map(|rule| rule.meta()).filter(|meta| meta.group != Group::Note) {
            self.set(meta.name, Level::Off);
        }
        self
    }

    /// What the configuration set, by rule name.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Level)> + '_ {
        self.set.iter().map(|(rule, level)| (*rule, *level))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_replaces_the_severity_and_off_silences() {
        let mut levels = RuleLevels::default();
        levels.set("hedging", Level::Off);
        levels.set("too-long", Level::Severity(Severity::Error));
        assert_eq!(levels.severity("hedging", Severity::Warning), None);
        assert_eq!(levels.severity("too-long", Severity::Warning), Some(Severity::Error));
        assert_eq!(levels.severity("blank-note", Severity::Error), Some(Severity::Error));
        assert!(!levels.is_on("hedging"));
    }

    #[test]
    fn of_notes_alone_keeps_the_levels_of_note_rules() {
        let mut levels = RuleLevels::default();
        levels.set("hedging", Level::Severity(Severity::Error));
        levels.set("refresh-order", Level::Severity(Severity::Error));
        let levels = levels.of_notes_alone();
        assert_eq!(levels.severity("hedging", Severity::Warning), Some(Severity::Error));
        assert!(levels.is_on("blank-note") && !levels.is_on("refresh-order") && !levels.is_on("unreadable"));
    }

    #[test]
    fn names_come_back() {
        for name in Level::NAMES {
            assert_eq!(Level::from_name(name).map(Level::name), Some(name));
        }
    }
}
