//! The defects that the second reader can name.

use crate::playbook::StatusKind;

/// Why a note is poor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub(crate) enum Defect {
    /// The reason names nothing, or goes round in a circle.
    EmptyReason,
    /// What is told has nothing to do with the service.
    IrrelevantFact,
    /// It is somebody else who acts or wants.
    SomebodyElse,
    /// The text tells another status.
    OtherStatus,
    /// Nobody answers, and what was tried is not told.
    NoAttempts,
    /// The duplicate is claimed and not named.
    UnnamedDuplicate,
    /// Usage figures in place of a status.
    Usage,
    /// Meetings and logistics in place of a status.
    Engagement,
    /// Help is declined, and nothing said of the service.
    DeclinedHelp,
    /// It stays open whether they will use the service.
    NoIntentTold,
}

/// Further kinds of labelled notes: ways to write a note, each with the defect that poor ones of it have.
const FURTHER_KINDS: [(&str, Defect); 3] = [
    ("circular", Defect::EmptyReason),
    ("telegraphic", Defect::EmptyReason),
    ("somebody-else-mixed", Defect::SomebodyElse),
];

impl Defect {
    /// All of them, in the order of their heads.
    pub(crate) const ALL: [Self; 10] = [
        Self::EmptyReason,
        Self::IrrelevantFact,
        Self::SomebodyElse,
        Self::OtherStatus,
        Self::NoAttempts,
        Self::UnnamedDuplicate,
        Self::Usage,
        Self::Engagement,
        Self::DeclinedHelp,
        Self::NoIntentTold,
    ];

    /// Its name in a file of learned weights; labelled notes give it under `kind`, too.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::EmptyReason => "empty-reason",
            Self::IrrelevantFact => "irrelevant-fact",
            Self::SomebodyElse => "somebody-else",
            Self::OtherStatus => "status-contradicted",
            Self::NoAttempts => "unresponsive",
            Self::UnnamedDuplicate => "duplicate",
            Self::Usage => "usage",
            Self::Engagement => "engagement",
            Self::DeclinedHelp => "declined-help",
            Self::NoIntentTold => "hedge",
        }
    }

    /// The name of the defect as labelled notes give it under `kind`.
    #[must_use]
    pub(crate) fn of_kind(kind: &str) -> Option<Self> {
        let further = FURTHER_KINDS.iter().find(|(further, _)| *further == kind).map(|(_, defect)| *defect);
        further.or_else(|| Self::ALL.into_iter().find(|defect| defect.name() == kind))
    }

    /// The rule under whose name the defect is reported.
    #[must_use]
    pub(crate) fn rule(self) -> &'static str {
        match self {
            Self::EmptyReason => "vague-reason",
            Self::IrrelevantFact | Self::UnnamedDuplicate => "missing-reason",
            Self::SomebodyElse | Self::NoIntentTold => "missing-intent",
            Self::OtherStatus => "status-mismatch",
            Self::NoAttempts => "contact-attempts",
            Self::Usage => "usage-data",
            Self::Engagement => "engagement-info",
            Self::DeclinedHelp => "declined-benefit",
        }
    }

    /// The defect that an error of a rule stands for.
    #[must_use]
    pub(crate) fn of_rule(rule: &str, status: Option<StatusKind>) -> Option<Self> {
        let is_duplicate = status == Some(StatusKind::DuplicateInvalid);
        Some(match rule {
            "vague-reason" | "missing-reason" if is_duplicate => Self::UnnamedDuplicate,
            "vague-reason" | "missing-reason" | "blank-note" => Self::EmptyReason,
            "missing-intent" => Self::NoIntentTold,
            "status-mismatch" | "contradiction" => Self::OtherStatus,
            "contact-attempts" => Self::NoAttempts,
            "usage-data" => Self::Usage,
            "engagement-info" => Self::Engagement,
            "declined-benefit" => Self::DeclinedHelp,
            _ => return None,
        })
    }

    /// Whether a note under this status can have the defect.
    #[must_use]
    pub(crate) fn is_possible(self, status: Option<StatusKind>) -> bool {
        let Some(status) = status else { return false };
        match self {
            Self::NoAttempts => status == StatusKind::StatusUnknown,
            Self::UnnamedDuplicate => status == StatusKind::DuplicateInvalid,
            Self::EmptyReason | Self::IrrelevantFact => matches!(status, StatusKind::Blocked | StatusKind::NoIntent),
            Self::DeclinedHelp => status != StatusKind::DuplicateInvalid,
            Self::NoIntentTold | Self::SomebodyElse => {
                !matches!(status, StatusKind::StatusUnknown | StatusKind::DuplicateInvalid)
            }
            Self::OtherStatus | Self::Usage | Self::Engagement => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_defect_has_a_rule_and_a_status_under_which_it_is_possible() {
        let statuses = StatusKind::NAMES.map(|(kind, _)| kind);
        for (at, defect) in Defect::ALL.into_iter().enumerate() {
            assert_eq!(defect as usize, at);
            assert_eq!(Defect::of_kind(defect.name()), Some(defect));
            assert!(crate::rules::find(defect.rule()).is_some(), "{defect:?}");
            assert!(statuses.iter().any(|status| defect.is_possible(Some(*status))), "{defect:?}");
            assert!(!defect.is_possible(None));
        }
        assert_eq!(Defect::of_kind("circular"), Some(Defect::EmptyReason));
        assert_eq!(Defect::of_kind("somebody-else-mixed"), Some(Defect::SomebodyElse));
        assert_eq!(Defect::of_kind("everyday"), None);
    }
}
