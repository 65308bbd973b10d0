//! How often a job of a hook manager runs.

/// How often a hook manager calls notegate when git runs its hook, from the worst to the best.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// Never, or without heed to the answer.
    Never,
    /// Not for a change of this file alone, which holds a note.
    LeavesOut(String),
    /// Only under this condition, or in a way that cannot be told without running the manager.
    Sometimes(String),
    /// Whenever a note changes.
    Always,
}

impl Reach {
    /// Always where `holds`, else never.
    pub(super) fn when(holds: bool) -> Self {
        if holds { Self::Always } else { Self::Never }
    }
}
