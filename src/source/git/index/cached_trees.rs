//! git's cache of trees inside the index: for each folder with nothing staged since its tree was known, how many entries
//! of the index belong to it, and the name of that tree.

use super::ID;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// How many folders may lie in one another; git itself has no such limit.
const DEEPEST: usize = 256;

/// The folders in the cache, each before those in it.
#[derive(Debug, Default)]
pub(super) struct CachedTrees {
    folders: Vec<CachedTree>,
}

/// What the cache knows of a folder.
#[derive(Debug, Clone)]
pub(super) struct CachedTree {
    /// Its name, in the bytes of the index.
    name: Range<usize>,
    /// The tree of it, unless something was staged in it since.
    pub(super) tree: Option<KnownTree>,
    /// The number of the first folder that is neither it nor in it.
    end: usize,
}

/// A folder whose tree is known.
#[derive(Debug, Clone)]
pub(super) struct KnownTree {
    /// How many entries of the index are in the folder.
    pub(super) entries: usize,
    /// The id, in the bytes of the index.
    pub(super) id: Range<usize>,
}

impl CachedTrees {
    /// Reads the extension at `range` of the index; nothing when it is damaged.
    pub(super) fn parse(bytes: &[u8], range: Range<usize>) -> Option<Self> {
        let mut folders: Vec<CachedTree> = Vec::new();
        // The folders that are open, and how many of the folders in each are still to come.
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let (folder, below, end) = folder(bytes.get(..range.end)?, at)?;
            at = end;
            open.push((folders.len(), below));
            folders.push(folder);
            while let Some((number, 0)) = open.last().copied() {
                open.pop();
                folders.get_mut(number)?.end = folders.len();
                match open.last_mut() {
                    Some((_, left)) => *left = left.checked_sub(1)?,
                    None => return (at == range.end).then_some(Self { folders }),
                }
            }
            if open.len() > DEEPEST {
                return None;
            }
        }
        // Nothing at all is an empty cache; anything else is cut off.
        folders.is_empty().then(Self::default)
    }

    /// The number of the top folder.
    pub(super) fn top(&self) -> Option<usize> {
        (!self.folders.is_empty()).then_some(0)
    }

    /// The folders directly in a folder, by name; `bytes` are those of the index.
    pub(super) fn folders_in<'a>(&self, folder: usize, bytes: &'a [u8]) -> FxHashMap<&'a [u8], usize> {
        let mut found = FxHashMap::default();
        let end = self.folders.get(folder).map_or(0, |folder| folder.end);
        let mut at = folder + 1;
        while let Some(child) = self.folders.get(at).filter(|_| at < end) {
            found.insert(bytes.get(child.name.clone()).unwrap_or_default(), at);
            at = child.end.max(at + 1);
        }
        found
    }

    /// The tree of a folder, where it is known.
    pub(super) fn known(&self, folder: usize) -> Option<&KnownTree> {
        self.folders.get(folder)?.tree.as_ref()
    }

    /// Stops unless every place that is named lies in the bytes, and every folder ends behind itself and inside the one
    /// around it.
    #[cfg(any(test, fuzzing))]
    pub(super) fn hold_for(&self, bytes: &[u8]) {
        for (number, folder) in self.folders.iter().enumerate() {
            assert!(bytes.get(folder.name.clone()).is_some());
            assert!(
                folder.tree.as_ref().is_none_or(|tree| bytes.get(tree.id.clone()).is_some_and(|id| id.len() == ID))
            );
            assert!(number < folder.end && folder.end <= self.folders.len());
            let inside = self.folders_in(number, bytes);
            assert!(inside.values().all(|child| number < *child && *child < folder.end));
        }
    }
}

/// The folder at `at`: its name and NUL, the number of entries (-1 where the tree is not known), a blank, the number of
/// folders in it, a line feed, and the id of the tree where it is known. With the number of folders in it, and where the
/// next folder starts.
fn folder(bytes: &[u8], at: usize) -> Option<(CachedTree, usize, usize)> {
    let upto = |start: usize, mark: u8| Some(start + bytes.get(start..)?.iter().position(|byte| *byte == mark)?);
    let text = |range: Range<usize>| std::str::from_utf8(bytes.get(range)?).ok();
    let name = at..upto(at, 0)?;
    let entries = name.end + 1..upto(name.end + 1, b' ')?;
    let below = entries.end + 1..upto(entries.end + 1, b'\n')?;
    let start = below.end + 1;
    let below = text(below)?.parse().ok()?;
    let (tree, end) = match text(entries)? {
        "-1" => (None, start),
        entries => {
            let id = start..start + ID;
            bytes.get(id.clone())?;
            (Some(KnownTree { entries: entries.parse().ok()?, id }), start + ID)
        }
    };
    Some((CachedTree { name, tree, end: 0 }, below, end))
}
