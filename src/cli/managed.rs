//! Runs under pre-commit or prek, which start hooks for a commit, for a push and by hand, and say in variables what the
//! run is about.

use super::CliError;

/// What pre-commit or prek say in the environment about the run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ManagedRun {
    /// `PRE_COMMIT_FROM_REF`: where the change starts.
    pub from: Option<String>,
    /// `PRE_COMMIT_TO_REF`: where it ends.
    pub to: Option<String>,
    /// `PRE_COMMIT_REMOTE_NAME`: set while references are pushed.
    pub remote: Option<String>,
    /// `PRE_COMMIT_LOCAL_BRANCH`: the reference that is pushed.
    pub pushed: Option<String>,
    /// Who started the manager.
    pub starter: Starter,
}

/// Who started a hook manager.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Starter {
    /// git, for a commit: it names the index to its hooks (`GIT_INDEX_FILE`).
    Commit,
    /// Something else: a person, CI, or git for a push.
    #[default]
    Other,
}

/// What a run under a manager has to judge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Task<'a> {
    /// What is staged.
    Staged,
    /// What lies between two commits.
    Range { from: &'a str, to: &'a str },
    /// All records of a commit.
    Whole(&'a str),
}

impl ManagedRun {
    /// What is to be judged. A commit waits for the answer about what is staged; a range that is named beside it is left
    /// over from another run.
    ///
    /// # Errors
    /// When one end of a range is named without the other.
    pub(super) fn task(&self) -> Result<Task<'_>, CliError> {
        match (&self.from, &self.to, &self.remote, &self.pushed) {
            (.., None, _) if self.starter == Starter::Commit => Ok(Task::Staged),
            (Some(from), Some(to), ..) => Ok(Task::Range { from, to }),
            (None, None, Some(_), Some(pushed)) => Ok(Task::Whole(pushed)),
            (None, None, ..) => Ok(Task::Staged),
            _ => Err(CliError::usage(
                "only one of PRE_COMMIT_FROM_REF and PRE_COMMIT_TO_REF is set, so the range to judge is incomplete",
                "Set both, as `pre-commit run --from-ref REF --to-ref REF` does, or neither.",
            )),
        }
    }

    /// Whether nobody can say if a commit or a push waits for the answer: a hook of a commit may push, and one of a push may
    /// commit, and either leaves its variables to what it starts.
    pub(super) fn is_commit_or_push(&self) -> bool {
        self.starter == Starter::Commit && self.remote.is_some()
    }

    /// Whether a person or CI started the manager, and neither a commit nor a push waits for the answer.
    pub(super) fn is_by_hand(&self) -> bool {
        self.starter == Starter::Other && self.remote.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_manager_says_decides() {
        let some = |text: &str| Some(text.to_owned());
        let run = ManagedRun::default();
        assert_eq!(run.task().unwrap(), Task::Staged);
        let range = ManagedRun { from: some("a"), to: some("b"), remote: some("origin"), ..run.clone() };
        assert_eq!(range.task().unwrap(), Task::Range { from: "a", to: "b" });
        assert!(!range.is_by_hand());
        // The first push of a whole history has no commit to start from.
        let whole = ManagedRun { remote: some("origin"), pushed: some("refs/heads/main"), ..run.clone() };
        assert_eq!(whole.task().unwrap(), Task::Whole("refs/heads/main"));
        assert!(ManagedRun { from: some("a"), ..run.clone() }.task().is_err());
        assert!(ManagedRun { to: some("a"), ..run.clone() }.task().is_err());
        // What is left over in the environment of a commit.
        let commit = ManagedRun { starter: Starter::Commit, ..run };
        let left_over = ManagedRun { remote: None, starter: Starter::Commit, ..range };
        assert_eq!(left_over.task().unwrap(), Task::Staged);
        assert!(!left_over.is_commit_or_push() && !left_over.is_by_hand());
        assert_eq!(ManagedRun { from: some("a"), ..commit.clone() }.task().unwrap(), Task::Staged);
        let push = ManagedRun { remote: some("origin"), ..left_over };
        assert_eq!(push.task().unwrap(), Task::Range { from: "a", to: "b" });
        assert!(push.is_commit_or_push() && !commit.is_commit_or_push());
    }
}
