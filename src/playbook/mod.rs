//! The guidance as data: statuses, words, templates, thresholds and the sentences the rules come from.

/// The guidance as the program knows it, with what a team's configuration adds.
#[derive(Debug, Clone)]
pub struct Playbook {
    /// The statuses in the guidance's order.
    pub statuses: Vec<StatusEntry>,
}

/// What a status means to the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum StatusKind {
    /// The customer is moving forward.
    InProgress,
    /// Something keeps the customer from moving forward.
    Blocked,
    /// The customer does not want the service.
    NoIntent,
    /// Nobody could find out.
    StatusUnknown,
    /// The entitlement is counted twice or is not real.
    DuplicateInvalid,
}

/// A status of the playbook.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct StatusEntry {
    /// The canonical spelling.
    pub name: String,
    /// What it means to the rules; a team's own status names one of the five kinds.
    pub kind: StatusKind,
    /// The guidance's templates for it.
    pub templates: Vec<String>,
}

impl Playbook {
    /// The playbook that is built into the program, from the guidance.
    #[must_use]
    pub fn built_in() -> Self {
        Self { statuses: Vec::new() }
    }

    /// The status that `written` means: case, spaces, `-`, `_` and `/` do not count.
    #[must_use]
    pub fn status(&self, written: &str) -> Option<&StatusEntry> {
        let folded = fold_status(written);
        self.statuses.iter().find(|status| fold_status(&status.name) == folded)
    }
}

fn fold_status(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
