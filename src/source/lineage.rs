//! What a branch is compared with where the caller knows its name and that of the default branch, as CI does, and the
//! commit before the change is missing.

use super::SourceError;
use super::changes::{ChangeNotice, ChangeSet};
use super::git::{ObjectId, RepoLocation, Repository};
use super::missing::{Reason, cut_off, usual_remote};
use super::range::{merge_base_sides, no_commit, since};

/// What the caller knows about the branch whose end is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lineage<'a> {
    /// The default branch, with or without `refs/heads/` or its remote; empty where it is not known.
    pub default: &'a str,
    /// The branch or tag that is judged, with or without `refs/heads/`; nothing where it is not known.
    pub branch: Option<&'a str>,
}

impl<'a> Lineage<'a> {
    /// The same with the default branch by its short name, however it was written, and the remote that it is of. A branch
    /// may be called as a remote is: what is there decides.
    fn by_short_name(self, repository: &mut dyn Repository) -> Result<(String, Self), SourceError> {
        let remotes = repository.remotes()?;
        let usual = usual_remote(&remotes).unwrap_or("origin").to_owned();
        let default = self.default.strip_prefix("refs/heads/").or(self.default.strip_prefix("heads/"));
        if let Some(default) = default {
            return Ok((usual, Self { default, ..self }));
        }
        let whole = format!("refs/remotes/{usual}/{}", self.default);
        let short = ["refs/remotes/", "remotes/"].iter().find_map(|folder| self.default.strip_prefix(folder));
        if short.is_none() && repository.branches()?.iter().any(|branch| branch.name == whole) {
            return Ok((usual, self));
        }
        let short = short.unwrap_or(self.default);
        let of = |remote: &String| Some((remote.clone(), short.strip_prefix(remote.as_str())?.strip_prefix('/')?));
        let named = remotes.iter().chain([&usual]).filter_map(of).max_by_key(|(remote, _)| remote.len());
        Ok(named.map_or((usual, self), |(remote, default)| (remote, Self { default, ..self })))
    }

    /// Whether a tag is judged: by its folder, or because there is a tag of that name, and no branch here or on `remote`.
    fn is_tag(self, repository: &mut dyn Repository, remote: &str) -> Result<bool, SourceError> {
        let Some(name) = self.branch else { return Ok(false) };
        if name.starts_with("refs/tags/") {
            return Ok(true);
        }
        if name.is_empty() || name.starts_with("refs/") || self.is_default() {
            return Ok(false);
        }
        let names = [format!("refs/heads/{name}"), format!("refs/remotes/{remote}/{name}")];
        if repository.branches()?.iter().any(|branch| names.contains(&branch.name)) {
            return Ok(false);
        }
        let tag = format!("refs/tags/{}", name.strip_prefix("tags/").unwrap_or(name));
        Ok(repository.commit(&tag)?.is_some())
    }

    fn is_default(&self) -> bool {
        self.branch.is_some_and(|name| name.strip_prefix("refs/heads/").unwrap_or(name) == self.default)
    }
}

/// What `to` brings beside the default branch. Where there is nothing to compare it with (it is the default branch, a
/// tag, or nobody knows the default branch), every record of it is judged.
///
/// # Errors
/// When the default branch may be in history that is cut off, or the repository cannot be read.
pub(super) fn beside_default(
    mut repository: Box<dyn Repository>,
    place: &RepoLocation,
    (reason, lineage): (Reason<'_>, Lineage<'_>),
    (to_name, to): (&str, ObjectId),
    limit: u64,
) -> Result<ChangeSet, SourceError> {
    let why = reason.told();
    let (remote, lineage) = lineage.by_short_name(repository.as_mut())?;
    let shown = format!("{remote}/{}", lineage.default);
    let name = format!("refs/remotes/{shown}");
    let default = repository.branches()?.into_iter().find(|branch| branch.name == name);
    let is_tag = lineage.is_tag(repository.as_mut(), &remote)?;
    let because = match &default {
        _ if lineage.default.is_empty() => Some("the default branch is not known".to_owned()),
        _ if is_tag => Some("a tag is compared with nothing".to_owned()),
        _ if lineage.is_default() => Some(format!("`{to_name}` is the end of the default branch")),
        None if repository.is_shallow() => {
            let message = format!("{why}, and the history is cut off (a shallow clone)");
            return Err(cut_off(repository.as_mut(), &message, &shown));
        }
        None => Some(format!("{shown} is not here")),
        Some(default) if lineage.branch.is_none() => {
            let is_part = default.tip == to || repository.reaching(&to)?.contains(&default.name);
            is_part.then(|| format!("`{to_name}` is a part of {shown}"))
        }
        Some(_) => None,
    };
    let (bases, notice) = match (because, default) {
        (None, Some(default)) => {
            let bases = merge_base_sides(repository.as_mut(), (&shown, &default.tip), (to_name, &to))?;
            let text = format!("{why}; `{to_name}` is compared with {shown} instead");
            let redacted = "the commit to compare with is missing; compared with the default branch instead";
            (bases, ChangeNotice { text, redacted })
        }
        (because, _) => {
            let because = because.unwrap_or_default();
            let text = format!("{why} and {because}, so every record of `{to_name}` is judged");
            let redacted = "there is nothing to compare with, so every record is judged";
            (Vec::new(), ChangeNotice { text, redacted })
        }
    };
    Ok(since(repository, place, &bases, to, limit)?.with_notice(notice))
}

/// What `to` brings where `from` is another name for its end, or for what builds on it. Of the default branch, that is not
/// what it was before, so every record of it is judged; any other branch brings nothing.
///
/// # Errors
/// When the repository cannot be read.
pub(super) fn beside_itself(
    mut repository: Box<dyn Repository>,
    place: &RepoLocation,
    (from, lineage): (&str, Lineage<'_>),
    (to_name, to): (&str, ObjectId),
    limit: u64,
) -> Result<ChangeSet, SourceError> {
    let (_, lineage) = lineage.by_short_name(repository.as_mut())?;
    if !lineage.is_default() {
        let bases = [to.clone()];
        return Ok(since(repository, place, &bases, to, limit)?.with_notice(no_commit(from, to_name)));
    }
    let text = format!(
        "--from names `{from}`, which has all of `{to_name}`, and `{to_name}` is the end of the default branch, so every \
         record of `{to_name}` is judged"
    );
    let redacted = "there is nothing to compare with, so every record is judged";
    Ok(since(repository, place, &[], to, limit)?.with_notice(ChangeNotice { text, redacted }))
}
