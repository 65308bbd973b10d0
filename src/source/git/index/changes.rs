//! Compares the index with the tree of a commit. A folder whose tree git has in its cache is compared by the name of the
//! tree, as git does it; that a commit made of this index would hold just that tree is what the cache is for.

use super::{Index, IndexEntry};
use crate::source::NotePath;
use crate::source::git::tree::{self, Line};
use crate::source::git::{Delta, Entry, EntryKind, ObjectId, Repository};
use std::collections::BTreeMap;

/// How many folders may lie in one another.
const DEEPEST: usize = 256;

/// What the index of `repository` would change in `base`; nothing as `base` means the empty tree. No answer where the
/// index or a tree has a form that is not known here: that is for git to say.
pub(crate) fn in_index(repository: &mut dyn Repository, base: Option<&ObjectId>) -> Option<Vec<Delta>> {
    let bytes = std::fs::read(repository.index_file()?).ok()?;
    let index = Index::parse(bytes)?;
    let mut comparison = Comparison { index: &index, repository, next: 0, deltas: Vec::new() };
    comparison.folder(&Place { path: Vec::new(), cached: index.trees().top(), depth: 0 }, base)?;
    (comparison.next == index.len()).then_some(comparison.deltas)
}

struct Comparison<'a> {
    index: &'a Index,
    repository: &'a mut dyn Repository,
    /// The first entry of the index that was not compared yet.
    next: usize,
    deltas: Vec<Delta>,
}

/// A folder that is compared.
struct Place {
    /// Its path with a slash behind it; empty for the top.
    path: Vec<u8>,
    /// Its number in the cache of trees.
    cached: Option<usize>,
    depth: usize,
}

impl Place {
    fn below(&self, name: &[u8], cached: Option<usize>) -> Self {
        Self { path: [&self.path, name, b"/"].concat(), cached, depth: self.depth + 1 }
    }
}

impl<'a> Comparison<'a> {
    /// Compares a folder with its tree of before; nothing where there was none.
    fn folder(&mut self, place: &Place, before: Option<&ObjectId>) -> Option<()> {
        if place.depth > DEEPEST {
            return None;
        }
        let tree = before.map(|id| self.repository.tree(id)).transpose().ok()?;
        let lines = tree.as_ref().map_or_else(|| Ok(Vec::new()), tree::lines).ok()?;
        let mut before: BTreeMap<&[u8], Line<'_>> = lines.into_iter().map(|line| (line.name, line)).collect();
        let index = self.index;
        let mut cached = place.cached.map(|folder| index.trees().folders_in(folder, index.bytes())).unwrap_or_default();
        while let Some((entry, name)) = self.next_in(place) {
            match name.iter().position(|byte| *byte == b'/') {
                None => {
                    self.next = self.after(entry)?;
                    if !entry.is_intended {
                        self.file(place, name, before.remove(name), Some(entry))?;
                    }
                }
                Some(slash) => {
                    let name = name.get(..slash)?;
                    let cached = cached.remove(name);
                    self.subfolder(place, name, before.remove(name), cached)?;
                }
            }
        }
        if cached.values().any(|folder| index.trees().known(*folder).is_some()) {
            return None;
        }
        for (name, line) in before {
            self.file(place, name, Some(line), None)?;
        }
        Some(())
    }

    /// Compares the folder of this name with what stood there before.
    fn subfolder(&mut self, at: &Place, name: &[u8], before: Option<Line<'_>>, cached: Option<usize>) -> Option<()> {
        let below = at.below(name, cached);
        let folder = before.filter(Line::is_folder);
        let known = cached.and_then(|cached| self.index.trees().known(cached));
        if let (Some(known), Some(folder)) = (known, folder)
            && self.index.bytes().get(known.id.clone()) == Some(folder.id)
        {
            return self.pass_over(&below, known.entries);
        }
        if let Some(file) = before.filter(|line| !line.is_folder()) {
            self.file(at, name, Some(file), None)?;
        }
        match folder {
            Some(folder) => self.folder(&below, Some(&folder.object_id()?)),
            None => self.folder(&below, None),
        }
    }

    /// Passes over the entries of a folder that is as it was: the cache says how many they are.
    fn pass_over(&mut self, folder: &Place, entries: usize) -> Option<()> {
        let end = self.next.checked_add(entries)?;
        let is_in = |number: usize| self.index.entry(number).is_some_and(|entry| entry.path.starts_with(&folder.path));
        if entries == 0 || !is_in(end - 1) || is_in(end) {
            return None;
        }
        self.next = end;
        Some(())
    }

    /// Compares what stands at a name of a folder, and is no folder now, with what stood there before.
    fn file(
        &mut self,
        place: &Place,
        name: &[u8],
        before: Option<Line<'_>>,
        after: Option<IndexEntry<'_>>,
    ) -> Option<()> {
        let mode_before = before.map_or(0, |line| usual_mode(line.mode));
        let mode_after = after.map_or(0, |entry| entry.mode);
        let is_same = mode_before == mode_after && before.map(|line| line.id) == after.map(|entry| entry.id);
        if !is_same {
            let after = match after {
                Some(entry) => {
                    Some(Entry { kind: EntryKind::from_mode(entry.mode)?, id: ObjectId::of_bytes(entry.id)? })
                }
                None => None,
            };
            if let Some(folder) = before.filter(Line::is_folder) {
                self.gone(place, &folder)?;
            }
            let before = before.filter(|line| !line.is_folder());
            let before = match before {
                Some(line) => Some(Entry { kind: EntryKind::from_mode(line.mode)?, id: line.object_id()? }),
                None => None,
            };
            if before.is_some() || after.is_some() {
                let path = NotePath::from_bytes([&place.path, name].concat());
                self.deltas.push(Delta { path, before, after });
            }
        }
        Some(())
    }

    /// All files of a folder that is no longer there.
    fn gone(&mut self, place: &Place, folder: &Line<'_>) -> Option<()> {
        let below = place.below(folder.name, None);
        if self.next_in(&below).is_some() {
            return None;
        }
        self.folder(&below, Some(&folder.object_id()?))
    }

    /// The next entry, where it is in a folder, with its path in the folder.
    fn next_in(&self, folder: &Place) -> Option<(IndexEntry<'a>, &'a [u8])> {
        let entry = self.index.entry(self.next)?;
        Some((entry, entry.path.strip_prefix(folder.path.as_slice())?))
    }

    /// The number of the entry behind `entry`, the next one; nothing when they are out of order.
    fn after(&self, entry: IndexEntry<'_>) -> Option<usize> {
        let follows = self.index.entry(self.next + 1).is_none_or(|next| entry.path < next.path);
        follows.then_some(self.next + 1)
    }
}

/// The mode that git writes today for one that it once wrote.
fn usual_mode(mode: u32) -> u32 {
    if mode == 0o100_664 { 0o100_644 } else { mode }
}
