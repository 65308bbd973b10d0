//! Names of commits and branches, as far as they can be understood without asking git.

use super::unreadable;
use crate::source::SourceError;

/// The reference that a revision starts from, and what leads on from it: `main` and `~2` of `main~2`. Nothing when the
/// revision starts from no name.
pub(super) fn base_name(revision: &str) -> Option<(&str, &str)> {
    let end = revision.find(['~', '^', ':']).unwrap_or(revision.len());
    let end = revision.find("@{").map_or(end, |at| end.min(at));
    let (base, rest) = revision.split_at_checked(end)?;
    let base = if base == "@" { "HEAD" } else { base };
    (!base.is_empty() && !base.starts_with('-')).then_some((base, rest))
}

/// The error for a branch that points to a file or a folder.
pub(super) fn no_commit(name: &str, target: &str) -> SourceError {
    unreadable(
        format!("`{name}` names {target}, which is not a commit"),
        Some("see what git says to: git fsck; then set the branch to a commit"),
    )
}

/// Where the remotes with these fetch specifications keep what they fetch, beside `refs/remotes/`: patterns or names.
/// What is fetched over the branches or tags of this repository cannot be told from its own and is left out.
pub(super) fn tracking_patterns<'a>(specifications: impl Iterator<Item = &'a str>) -> Vec<String> {
    let kept_apart = |target: &&str| {
        let fixed = target.split('*').next().unwrap_or(target);
        let may_hold = |names: &str| names.starts_with(fixed) && fixed.len() < target.len() || fixed.starts_with(names);
        fixed.starts_with("refs/")
            && !fixed.starts_with("refs/remotes/")
            && !["refs/heads/", "refs/tags/"].iter().any(|names| may_hold(names))
    };
    let targets = specifications.filter(|specification| !specification.starts_with('^'));
    let targets = targets.filter_map(|specification| Some(specification.split_once(':')?.1)).filter(kept_apart);
    targets.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn revisions_start_from_a_name() {
        for (revision, base) in [
            ("main", Some(("main", ""))),
            ("main~2", Some(("main", "~2"))),
            ("v1^{commit}", Some(("v1", "^{commit}"))),
            ("HEAD:notes/a.yaml", Some(("HEAD", ":notes/a.yaml"))),
            ("main@{1}~2", Some(("main", "@{1}~2"))),
            ("@~1", Some(("HEAD", "~1"))),
            ("@", Some(("HEAD", ""))),
            ("@{-1}", None),
            (":/words", None),
            ("", None),
            ("--all", None),
        ] {
            assert_eq!(base_name(revision), base, "{revision}");
        }
    }

    #[test]
    fn only_what_is_kept_apart_is_a_tracking_branch() {
        for (specification, pattern) in [
            ("+refs/heads/*:refs/remotes/origin/*", None),
            ("+refs/heads/*:refs/up/*", Some("refs/up/*")),
            ("refs/heads/main:refs/up/main", Some("refs/up/main")),
            ("+refs/*:refs/*", None),
            ("+refs/heads/*:refs/heads/*", None),
            ("+refs/heads/*:refs/heads/up/*", None),
            ("+refs/heads/*:refs/h*", None),
            ("+refs/tags/*:refs/tags/*", None),
            ("refs/heads/main", None),
            ("^refs/heads/wip", None),
            ("refs/heads/main:", None),
        ] {
            let patterns = tracking_patterns([specification].into_iter());
            assert_eq!(patterns.first().map(String::as_str), pattern, "{specification}");
        }
    }
}
