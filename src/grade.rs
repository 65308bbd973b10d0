//! From findings to a grade and a verdict. This stage looks at no text.

use crate::finding::Severity;

/// How good a note is, by the guidance.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// The product groups can act on it.
    Great,
    /// Usable, but thin, hedged or too long.
    Marginal,
    /// Says too little to act on; blocked.
    Poor,
}

impl Grade {
    /// The grade that the severities of a note's own findings give it.
    #[must_use]
    pub fn from_severities(severities: impl IntoIterator<Item = Severity>) -> Self {
        match severities.into_iter().max() {
            Some(Severity::Error) => Self::Poor,
            Some(Severity::Warning) => Self::Marginal,
            Some(Severity::Info) | None => Self::Great,
        }
    }

    /// The name of the grade as it is written everywhere: `great`, `marginal`, `poor`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Great => "great",
            Self::Marginal => "marginal",
            Self::Poor => "poor",
        }
    }
}

/// From which grade on a note is blocked (`--fail-on`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Only poor notes are blocked.
    #[default]
    Poor,
    /// Marginal notes are blocked too.
    Marginal,
}

/// Whether a record may be committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing stands against it.
    Passed,
    /// It may not be committed.
    Blocked,
}

impl Verdict {
    /// Blocked when the grade is not good enough for `fail_on`, or when any rule reports an error.
    #[must_use]
    pub fn of(grade: Grade, worst: Option<Severity>, fail_on: FailOn) -> Self {
        let limit = match fail_on {
            FailOn::Poor => Grade::Poor,
            FailOn::Marginal => Grade::Marginal,
        };
        if grade >= limit || worst == Some(Severity::Error) { Self::Blocked } else { Self::Passed }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_finding_sets_the_grade() {
        use Severity::{Error, Info, Warning};
        assert_eq!(Grade::from_severities([]), Grade::Great);
        assert_eq!(Grade::from_severities([Info]), Grade::Great);
        assert_eq!(Grade::from_severities([Info, Warning]), Grade::Marginal);
        assert_eq!(Grade::from_severities([Warning, Error, Info]), Grade::Poor);
    }

    #[test]
    fn an_error_outside_the_note_blocks_a_great_note() {
        assert_eq!(Verdict::of(Grade::Great, Some(Severity::Error), FailOn::Poor), Verdict::Blocked);
        assert_eq!(Verdict::of(Grade::Great, Some(Severity::Warning), FailOn::Poor), Verdict::Passed);
    }

    #[test]
    fn fail_on_marginal_blocks_marginal_and_poor() {
        assert_eq!(Verdict::of(Grade::Marginal, None, FailOn::Marginal), Verdict::Blocked);
        assert_eq!(Verdict::of(Grade::Marginal, None, FailOn::Poor), Verdict::Passed);
        assert_eq!(Verdict::of(Grade::Great, None, FailOn::Marginal), Verdict::Passed);
    }
}
