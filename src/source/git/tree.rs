//! Trees as git stores them, and whether they are sound.
//!
//! git and libgit2 read a damaged tree each in its own way: of two entries with one name one sees the first, the other
//! the second. A gate that looks at one and lets the other pass is open, so such a tree is refused. The bytes are read
//! here, once for both implementations.

use super::{ObjectId, Repository, unreadable};
use crate::source::{NotePath, SourceError};
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

/// How many folders may lie in one another; git has the same limit.
const DEEPEST: usize = 2048;

/// A tree object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RawTree {
    pub(crate) id: ObjectId,
    pub(crate) bytes: Vec<u8>,
}

/// One entry of a tree.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) mode: u32,
    pub(super) name: &'a [u8],
    /// The id as bytes.
    pub(super) id: &'a [u8],
}

impl Line<'_> {
    pub(super) fn is_folder(&self) -> bool {
        self.mode == FOLDER
    }

    pub(super) fn object_id(&self) -> Option<ObjectId> {
        ObjectId::of_bytes(self.id)
    }

    /// The order of entries in a tree: by bytes, as if the name of a folder ended in `/`.
    fn order(&self, other: &Self) -> Ordering {
        let key = |line: &Self| line.name.iter().copied().chain(line.is_folder().then_some(b'/')).collect::<Vec<u8>>();
        let shared = self.name.len().min(other.name.len());
        match self.name.get(..shared).cmp(&other.name.get(..shared)) {
            // Only a name that begins with the other one needs the `/`.
            Ordering::Equal => key(self).cmp(&key(other)),
            order => order,
        }
    }
}

const FOLDER: u32 = 0o040_000;

/// The modes that git writes, and 100664, which it once wrote.
const MODES: [u32; 6] = [FOLDER, 0o100_644, 0o100_755, 0o100_664, 0o120_000, 0o160_000];

/// Fails when a tree of the commit `to` is damaged that no tree at the same place in one of the commits `known` equals.
/// What stood there before is not the doing of this change.
///
/// # Errors
/// When a tree is damaged or cannot be read; the message names the folder.
pub(crate) fn require_sound(
    repository: &mut dyn Repository,
    to: &ObjectId,
    known: &[ObjectId],
) -> Result<(), SourceError> {
    let mut checked = HashSet::new();
    let mut waiting = vec![(Vec::new(), to.clone(), known.to_vec())];
    while let Some((folder, treeish, known)) = waiting.pop() {
        if known.contains(&treeish) || !checked.insert(treeish.clone()) {
            continue;
        }
        let tree = repository.tree(&treeish)?;
        let known = known.iter().map(|known| repository.tree(known)).collect::<Result<Vec<_>, _>>()?;
        if known.iter().any(|known| known.id == tree.id) {
            continue;
        }
        let lines = lines(&tree).map_err(|fault| damaged(&folder, &tree, &fault))?;
        let known: Vec<_> = known.iter().map(subfolders).collect();
        for line in lines.iter().filter(|line| line.is_folder()) {
            let path = NotePath::in_folder(&folder, line.name).as_bytes().to_vec();
            if path.iter().filter(|byte| **byte == b'/').count() > DEEPEST {
                return Err(damaged(&folder, &tree, "it lies too deep"));
            }
            let Some(id) = line.object_id() else { continue };
            let known = known.iter().filter_map(|folders| folders.get(line.name).cloned()).collect();
            waiting.push((path, id, known));
        }
    }
    Ok(())
}

/// The folders of a tree that was there before, by name; what is damaged in it is left out.
fn subfolders(tree: &RawTree) -> HashMap<Vec<u8>, ObjectId> {
    let lines = lines(tree).unwrap_or_default();
    let folders = lines.iter().filter(|line| line.is_folder());
    folders.filter_map(|line| Some((line.name.to_vec(), line.object_id()?))).collect()
}

fn damaged(folder: &[u8], tree: &RawTree, fault: &str) -> SourceError {
    let folder = match folder {
        [] => "the top folder".to_owned(),
        folder => format!("the folder {}", NotePath::from_bytes(folder).display()),
    };
    unreadable(
        format!("{folder} is damaged in git (tree {}): {fault}", tree.id.short()),
        Some("see what git says to: git fsck; then write the folder anew in a commit of your own"),
    )
}

/// The entries of the tree of `folder`, whether or not git would write it so.
///
/// # Errors
/// When it is cut off.
pub(super) fn entries_of<'a>(tree: &'a RawTree, folder: &[u8]) -> Result<Vec<Line<'a>>, SourceError> {
    entries(tree).map_err(|fault| damaged(folder, tree, fault))
}

fn entries(tree: &RawTree) -> Result<Vec<Line<'_>>, &'static str> {
    let id_length = tree.id.as_str().len() / 2;
    let mut entries = Vec::new();
    let mut rest = tree.bytes.as_slice();
    while !rest.is_empty() {
        let (entry, after) = line(rest, id_length).ok_or("an entry is cut off or has no mode")?;
        entries.push(entry);
        rest = after;
    }
    Ok(entries)
}

/// The entries of `tree`, once it is seen that each stands there once, in order, and under a name that a file can have.
pub(super) fn lines(tree: &RawTree) -> Result<Vec<Line<'_>>, String> {
    let lines = entries(tree)?;
    let mut last: Option<&Line<'_>> = None;
    for line in &lines {
        let shown = || format!("“{}”", String::from_utf8_lossy(line.name));
        if !MODES.contains(&line.mode) {
            return Err(format!("{} has the mode {:o}, which git does not know", shown(), line.mode));
        }
        if !is_possible(line.name) {
            return Err(format!("no file can have the name {}", shown()));
        }
        if let Some(last) = last {
            if last.name == line.name {
                return Err(format!("it contains two entries with the name {}", shown()));
            }
            if last.order(line) != Ordering::Less {
                return Err(format!("its entries are out of order at {}", shown()));
            }
        }
        last = Some(line);
    }
    // A file and a folder of one name need not stand next to each other.
    let files: Vec<&[u8]> = lines.iter().filter(|line| !line.is_folder()).map(|line| line.name).collect();
    let twice = lines.iter().find(|line| line.is_folder() && files.binary_search(&line.name).is_ok());
    match twice {
        Some(line) => {
            Err(format!("it contains a file and a folder with the name “{}”", String::from_utf8_lossy(line.name)))
        }
        None => Ok(lines),
    }
}

/// The first entry, `mode SP name NUL id`, and what comes after it.
fn line(bytes: &[u8], id_length: usize) -> Option<(Line<'_>, &[u8])> {
    let space = bytes.iter().position(|byte| *byte == b' ')?;
    let mode = u32::from_str_radix(std::str::from_utf8(bytes.get(..space)?).ok()?, 8).ok()?;
    let rest = bytes.get(space + 1..)?;
    let end = rest.iter().position(|byte| *byte == 0)?;
    let id = rest.get(end + 1..end + 1 + id_length)?;
    Some((Line { mode, name: rest.get(..end)?, id }, rest.get(end + 1 + id_length..)?))
}

/// Whether git would write a file of this name: no path, no folder above, and none of the spellings of `.git` that some
/// file system takes for it.
fn is_possible(name: &[u8]) -> bool {
    let bare = name.iter().rposition(|byte| !matches!(byte, b' ' | b'.')).map_or(0, |last| last + 1);
    let bare = name.get(..bare).unwrap_or_default();
    let is_git = [b".git".as_slice(), b"git~1"].iter().any(|git| bare.eq_ignore_ascii_case(git));
    !name.is_empty() && !name.contains(&b'/') && name != b"." && name != b".." && !is_git
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(entries: &[(&str, &str)]) -> RawTree {
        let mut bytes = Vec::new();
        for (mode, name) in entries {
            bytes.extend_from_slice(format!("{mode} {name}\0").as_bytes());
            bytes.extend_from_slice(&[0x11; 20]);
        }
        RawTree { id: ObjectId::parse(&"a".repeat(40)).unwrap(), bytes }
    }

    fn fault(entries: &[(&str, &str)]) -> Option<String> {
        lines(&tree(entries)).err()
    }

    #[test]
    fn a_sound_tree_has_its_entries_in_the_order_of_git() {
        let sound = [
            ("100644", "a-b"),
            ("100755", "a.yaml"),
            ("40000", "a"),
            ("100644", "a0"),
            ("040000", "b"),
            ("120000", "link"),
            ("160000", "module"),
            ("100664", "old"),
        ];
        assert_eq!(fault(&sound), None);
        assert_eq!(fault(&[]), None);
        assert_eq!(fault(&[("100644", "A.yaml"), ("100644", "a.yaml"), ("100644", "a.yaml ")]), None);
        assert_eq!(fault(&[("100644", ".gitignore"), ("100644", ".gitx"), ("100644", "git")]), None);
    }

    #[test]
    fn what_git_would_not_write_is_a_fault() {
        let faults: [(&[(&str, &str)], &str); 13] = [
            (&[("100644", "a"), ("100644", "a")], "two entries"),
            (&[("100644", "a"), ("120000", "a")], "two entries"),
            (&[("40000", "a"), ("40000", "a")], "two entries"),
            (&[("100644", "a"), ("100644", "a.b"), ("40000", "a")], "a file and a folder"),
            (&[("100644", "b"), ("100644", "a")], "out of order"),
            (&[("100644", "a"), ("100644", "b"), ("100644", "a")], "out of order"),
            (&[("40000", "a"), ("100644", "a.b")], "out of order"),
            (&[("100644", "")], "no file can have the name"),
            (&[("100644", "a/b.yaml")], "no file can have the name"),
            (&[("100644", "..")], "no file can have the name"),
            (&[("40000", ".GIT")], "no file can have the name"),
            (&[("40000", ".git . ")], "no file can have the name"),
            (&[("644", "a.yaml")], "mode"),
        ];
        for (entries, words) in faults {
            let fault = fault(entries).unwrap_or_default();
            assert!(fault.contains(words), "{entries:?}: {fault}");
        }
        let mut cut = tree(&[("100644", "a")]);
        cut.bytes.pop();
        assert!(lines(&cut).is_err());
    }
}
