//! What a name that is no commit here may stand for.

use super::git::{ObjectId, Repository};

/// What a repository has for names to be understood by.
#[derive(Debug, Default)]
pub(super) struct Surroundings {
    /// The remotes, the longest name first: of two remotes `a` and `a/b`, the longer one is meant by `a/b/main`.
    pub(super) remotes: Vec<String>,
    /// The branches and tracking branches, by their whole names.
    pub(super) branches: Vec<String>,
}

impl Surroundings {
    pub(super) fn of(repository: &mut dyn Repository) -> Self {
        let mut remotes = repository.remotes().unwrap_or_default();
        remotes.sort_by_key(|remote| std::cmp::Reverse(remote.len()));
        let branches = repository.branches().unwrap_or_default().into_iter().map(|branch| branch.name).collect();
        Self { remotes, branches }
    }

    pub(super) fn has_remote(&self, name: &str) -> bool {
        self.remotes.iter().any(|remote| remote == name)
    }

    /// Whether a branch, or one of a remote, has this short name.
    fn has_branch(&self, short: &str) -> bool {
        self.branches.iter().any(|branch| {
            let of_remote =
                |remote: &String| branch.strip_prefix("refs/remotes/")?.strip_prefix(remote)?.strip_prefix('/');
            branch.strip_prefix("refs/heads/") == Some(short)
                || self.remotes.iter().filter_map(of_remote).any(|of_remote| of_remote == short)
        })
    }
}

/// What people and guides call the remotes that everybody has.
const USUAL_REMOTES: [&str; 2] = ["origin", "upstream"];

/// What a name that is no commit here may stand for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wanted<'a> {
    /// A branch of a remote that is kept as its tracking branch.
    Branch { remote: &'a str, branch: &'a str },
    /// The default branch of a remote, by the name of the remote or its `HEAD`.
    DefaultBranch { remote: &'a str },
    /// Some other reference with its whole name.
    Reference(&'a str),
    /// A commit by its full id.
    Id(ObjectId),
    /// A short name.
    BranchOrTag(&'a str),
    /// Something that is named from what is here.
    Here,
}

impl<'a> Wanted<'a> {
    /// What `name` may stand for in a repository that has these remotes and branches.
    pub(super) fn of(name: &'a str, surroundings: &'a Surroundings) -> Self {
        if let Some(id) = ObjectId::parse(name) {
            return Self::Id(id);
        }
        let base = name.split(['~', '^', ':', '@']).next().unwrap_or(name);
        if let Some(of_remote) = Self::of_remote(base, surroundings) {
            return of_remote;
        }
        match base {
            _ if base.starts_with("refs/heads/") => Self::BranchOrTag(base.trim_start_matches("refs/heads/")),
            _ if base.starts_with("refs/") => Self::Reference(base),
            "" | "HEAD" => Self::Here,
            _ if base.starts_with(['-', '+']) => Self::Here,
            _ => Self::BranchOrTag(base.strip_prefix("tags/").or(base.strip_prefix("heads/")).unwrap_or(base)),
        }
    }

    /// A branch of a remote. One that is not known is believed where the whole name says so, where remotes are usually
    /// called so, and where the rest is the name of a branch.
    fn of_remote(base: &'a str, surroundings: &'a Surroundings) -> Option<Self> {
        let whole = base.strip_prefix("refs/remotes/").or_else(|| base.strip_prefix("remotes/"));
        let short = whole.unwrap_or(base);
        let known = surroundings.remotes.iter().find_map(|remote| {
            let rest = short.strip_prefix(remote.as_str())?;
            if rest.is_empty() { Some((remote.as_str(), "")) } else { Some((remote.as_str(), rest.strip_prefix('/')?)) }
        });
        let (remote, branch) = known.or_else(|| {
            let (remote, branch) = short.split_once('/').unwrap_or((short, ""));
            let is_usual = USUAL_REMOTES.contains(&remote);
            let is_reference = matches!(remote, "" | "refs" | "heads" | "tags") || remote.starts_with(['-', '+']);
            let is_believed = is_usual || !is_reference && surroundings.has_branch(branch);
            (whole.is_some() || is_believed).then_some((remote, branch))
        })?;
        Some(match branch {
            "" | "HEAD" => Self::DefaultBranch { remote },
            branch => Self::Branch { remote, branch },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_name_stands_for() {
        let surroundings = Surroundings {
            remotes: vec!["up/stream".to_owned(), "origin".to_owned()],
            branches: vec!["refs/heads/topic".to_owned(), "refs/remotes/up/stream/next".to_owned()],
        };
        let id = "1".repeat(40);
        for (name, wanted) in [
            ("origin/main", Wanted::Branch { remote: "origin", branch: "main" }),
            ("refs/remotes/up/stream/a/b~2", Wanted::Branch { remote: "up/stream", branch: "a/b" }),
            ("main", Wanted::BranchOrTag("main")),
            ("refs/heads/main", Wanted::BranchOrTag("main")),
            ("v1.0^{commit}", Wanted::BranchOrTag("v1.0")),
            ("tags/v1.0", Wanted::BranchOrTag("v1.0")),
            ("refs/tags/v1.0", Wanted::Reference("refs/tags/v1.0")),
            ("refs/pull/5/head", Wanted::Reference("refs/pull/5/head")),
            ("HEAD~3", Wanted::Here),
            ("@~3", Wanted::Here),
            ("origin", Wanted::DefaultBranch { remote: "origin" }),
            ("origin/HEAD", Wanted::DefaultBranch { remote: "origin" }),
            ("refs/remotes/up/stream/HEAD~2", Wanted::DefaultBranch { remote: "up/stream" }),
            ("upstream/main", Wanted::Branch { remote: "upstream", branch: "main" }),
            ("upstream", Wanted::DefaultBranch { remote: "upstream" }),
            ("refs/remotes/fork/main", Wanted::Branch { remote: "fork", branch: "main" }),
            ("fork/topic", Wanted::Branch { remote: "fork", branch: "topic" }),
            ("fork/next", Wanted::Branch { remote: "fork", branch: "next" }),
            ("fork/main", Wanted::BranchOrTag("fork/main")),
            ("feature/x", Wanted::BranchOrTag("feature/x")),
            ("originals/main", Wanted::BranchOrTag("originals/main")),
            ("topics", Wanted::BranchOrTag("topics")),
            ("--all", Wanted::Here),
            (&id, Wanted::Id(ObjectId::parse(&id).unwrap())),
        ] {
            assert_eq!(Wanted::of(name, &surroundings), wanted, "{name}");
        }
    }
}
