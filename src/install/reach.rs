//! How often a job of a hook manager runs.

use super::calls::Call;

/// How often a hook manager calls notegate when git runs its hook, from the worst to the best.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reach {
    /// Never, or without heed to the answer.
    Never,
    /// Not for a change of this file alone, which holds a note.
    LeavesOut(String),
    /// notegate is named, and it was not established that its answer is heeded.
    Unclear,
    /// Not established: the configuration takes in others by this setting, which were not examined.
    Unexamined(String),
    /// Only under this condition, or in a way that cannot be told without running the manager.
    Sometimes(String),
    /// Whenever a note changes.
    Always,
}

impl Reach {
    /// What a command does for the hook of the manager that runs it.
    pub(super) fn of(call: Call) -> Self {
        match call {
            Call::Absent | Call::Powerless => Self::Never,
            Call::Unclear => Self::Unclear,
            Call::Heeded => Self::Always,
        }
    }

    /// Always where `holds`, else never.
    pub(super) fn when(holds: bool) -> Self {
        if holds { Self::Always } else { Self::Never }
    }
}
