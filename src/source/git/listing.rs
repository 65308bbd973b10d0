//! What a folder of a commit holds, read from its tree as it is stored; one reading for both implementations.

use super::tree::{self, RawTree};
use super::{Entry, EntryKind, ObjectId, Repository};
use crate::source::{NotePath, SourceError};

/// What stands directly in a folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Listing {
    pub(crate) files: Vec<(NotePath, Entry)>,
    /// The folders in it, each with the name of its tree.
    pub(crate) folders: Vec<(NotePath, ObjectId)>,
}

/// What stands directly in a tree, given by its own name or that of a commit; `folder` is where it is.
///
/// # Errors
/// When the tree cannot be read.
pub(crate) fn listing(
    repository: &mut dyn Repository,
    treeish: &ObjectId,
    folder: &[u8],
) -> Result<Listing, SourceError> {
    listed(&repository.tree(treeish)?, folder)
}

/// The entries that stand directly in `folder` of a commit's tree (empty for the root), folders left out; none when
/// there is no such folder.
///
/// # Errors
/// When a tree cannot be read.
pub(crate) fn folder(
    repository: &mut dyn Repository,
    commit: &ObjectId,
    folder: &[u8],
) -> Result<Vec<(NotePath, Entry)>, SourceError> {
    match folder_tree(repository, commit, folder)? {
        Some(tree) => Ok(listed(&tree, folder)?.files),
        None => Ok(Vec::new()),
    }
}

/// Whether a file or folder stands at `path` in a commit's tree.
///
/// # Errors
/// When a tree cannot be read.
pub(crate) fn has_path(
    repository: &mut dyn Repository,
    commit: &ObjectId,
    path: &NotePath,
) -> Result<bool, SourceError> {
    let name = path.as_bytes().rsplit(|byte| *byte == b'/').next().unwrap_or_default();
    let Some(tree) = folder_tree(repository, commit, path.folder())? else { return Ok(false) };
    Ok(name.is_empty() || tree::entries_of(&tree, path.folder())?.iter().any(|line| line.name == name))
}

/// The tree of a folder in a commit; nothing when there is no such folder.
fn folder_tree(
    repository: &mut dyn Repository,
    commit: &ObjectId,
    folder: &[u8],
) -> Result<Option<RawTree>, SourceError> {
    let mut tree = repository.tree(commit)?;
    for name in folder.split(|byte| *byte == b'/').filter(|name| !name.is_empty()) {
        let lines = tree::entries_of(&tree, folder)?;
        let found = lines.iter().find(|line| line.is_folder() && line.name == name);
        let Some(id) = found.and_then(tree::Line::object_id) else { return Ok(None) };
        tree = repository.tree(&id)?;
    }
    Ok(Some(tree))
}

fn listed(tree: &RawTree, folder: &[u8]) -> Result<Listing, SourceError> {
    let mut listing = Listing::default();
    for line in tree::entries_of(tree, folder)? {
        let (path, Some(id)) = (NotePath::in_folder(folder, line.name), line.object_id()) else { continue };
        match EntryKind::from_mode(line.mode) {
            Some(kind) => listing.files.push((path, Entry { kind, id })),
            None if line.is_folder() => listing.folders.push((path, id)),
            None => {}
        }
    }
    Ok(listing)
}
