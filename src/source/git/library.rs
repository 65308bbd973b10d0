//! The repository read through libgit2, in process.

use super::{
    Delta, Entry, EntryKind, Known, Listing, Novelty, ObjectId, Place, Repository, other_owner, unmerged, unreadable,
};
use crate::source::{Content, NotePath, Refusal, SourceError};
use git2::{ErrorCode, ObjectType, Oid};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// A repository that libgit2 has opened.
pub(crate) struct Library {
    repository: git2::Repository,
}

impl Library {
    /// Opens the repository at `place`.
    ///
    /// # Errors
    /// When there is none, or when libgit2 does not know its format.
    pub(crate) fn open(place: &Place) -> Result<Self, SourceError> {
        let opened = match place {
            Place::Environment => git2::Repository::open_from_env(),
            Place::Folder(folder) => git2::Repository::discover(folder),
        };
        opened.map(|repository| Self { repository }).map_err(|error| match error.code() {
            ErrorCode::Owner => other_owner(None),
            ErrorCode::NotFound => super::no_repository(),
            _ => failed("the repository cannot be opened", &error),
        })
    }

    fn tree(&self, commit: &ObjectId) -> Result<git2::Tree<'_>, SourceError> {
        let found = self.repository.find_commit(oid(commit)?).and_then(|commit| commit.tree());
        found.map_err(|error| failed(&format!("commit {} cannot be read", commit.short()), &error))
    }

    fn base_tree(&self, base: Option<&ObjectId>) -> Result<Option<git2::Tree<'_>>, SourceError> {
        base.map(|commit| self.tree(commit)).transpose()
    }

    /// The commits that `new` reaches and `known` does not.
    fn unknown_commits(&self, new: Oid, known: &Known) -> Result<Vec<Oid>, git2::Error> {
        let mut walk = self.repository.revwalk()?;
        walk.push(new)?;
        match known {
            Known::AllReferences => {
                walk.hide_glob("*")?;
                if let Some(head) = self.repository.head().ok().and_then(|head| head.target()) {
                    walk.hide(head)?;
                }
            }
            Known::Remotes { name, tips } => {
                walk.hide_glob(&match name {
                    Some(name) => format!("refs/remotes/{name}/*"),
                    None => "refs/remotes/*".to_owned(),
                })?;
                for tip in tips.iter().filter_map(|tip| Oid::from_str(tip.as_str()).ok()) {
                    if let Ok(commit) = self.repository.find_commit(tip) {
                        walk.hide(commit.id())?;
                    }
                }
            }
        }
        walk.collect()
    }

    /// The known parents of new commits, less those that another of them reaches.
    fn boundary(&self, new: &[Oid]) -> Result<Vec<Oid>, git2::Error> {
        let unknown: HashSet<Oid> = new.iter().copied().collect();
        let mut parents = Vec::new();
        for commit in new {
            let commit = self.repository.find_commit(*commit)?;
            parents.extend(commit.parent_ids().filter(|parent| !unknown.contains(parent)));
        }
        parents.sort();
        parents.dedup();
        let mut tips = Vec::new();
        for parent in &parents {
            let mut reached = false;
            for other in parents.iter().filter(|other| *other != parent) {
                reached = reached || self.repository.graph_descendant_of(*other, *parent)?;
            }
            if !reached {
                tips.push(*parent);
            }
        }
        Ok(tips)
    }
}

impl Repository for Library {
    fn work_tree(&mut self) -> Option<PathBuf> {
        self.repository.workdir().map(Path::to_path_buf)
    }

    fn head(&mut self) -> Result<Option<ObjectId>, SourceError> {
        match self.repository.head().and_then(|head| head.peel_to_commit()) {
            Ok(commit) => Ok(Some(object_id(commit.id()))),
            Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
            Err(error) => Err(failed("HEAD cannot be read", &error)),
        }
    }

    fn merge_heads(&mut self) -> Result<Vec<ObjectId>, SourceError> {
        let mut heads = Vec::new();
        let walked = self.repository.mergehead_foreach(|head| {
            heads.push(object_id(*head));
            true
        });
        match walked {
            Ok(()) => Ok(heads),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(Vec::new()),
            Err(error) => Err(failed("MERGE_HEAD cannot be read", &error)),
        }
    }

    fn commit(&mut self, revision: &str) -> Result<Option<ObjectId>, SourceError> {
        let found = self.repository.revparse_single(revision).and_then(|object| object.peel_to_commit());
        match found {
            Ok(commit) => Ok(Some(object_id(commit.id()))),
            Err(error) => match error.code() {
                ErrorCode::NotFound | ErrorCode::InvalidSpec | ErrorCode::Peel | ErrorCode::UnbornBranch => Ok(None),
                ErrorCode::Ambiguous => Err(failed("the revision means more than one object", &error)),
                _ => Err(failed("the revision cannot be read", &error)),
            },
        }
    }

    fn merge_bases(&mut self, one: &ObjectId, other: &ObjectId) -> Result<Vec<ObjectId>, SourceError> {
        match self.repository.merge_bases(oid(one)?, oid(other)?) {
            Ok(bases) => Ok(bases.iter().map(|base| object_id(*base)).collect()),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(Vec::new()),
            Err(error) => Err(failed("the history cannot be read", &error)),
        }
    }

    fn is_shallow(&mut self) -> bool {
        self.repository.is_shallow()
    }

    fn changes_in_index(&mut self, base: Option<&ObjectId>) -> Result<Vec<Delta>, SourceError> {
        let index = self.repository.index().map_err(|error| failed("the index cannot be read", &error))?;
        let mut intended = HashSet::new();
        let mut conflicted = Vec::new();
        for entry in index.iter() {
            const STAGE: u16 = 0x3000;
            const INTENT_TO_ADD: u16 = 1 << 13;
            if entry.flags & STAGE != 0 {
                conflicted.push(NotePath::from_bytes(entry.path));
            } else if entry.flags_extended & INTENT_TO_ADD != 0 {
                intended.insert(NotePath::from_bytes(entry.path));
            }
        }
        if !conflicted.is_empty() {
            return Err(unmerged(conflicted));
        }
        let tree = self.base_tree(base)?;
        let diff = self.repository.diff_tree_to_index(tree.as_ref(), Some(&index), Some(&mut diff_options()));
        let mut deltas = deltas(&diff.map_err(|error| failed("the index cannot be compared", &error))?);
        deltas.retain(|delta| !intended.contains(&delta.path));
        Ok(deltas)
    }

    fn changes_between(&mut self, base: Option<&ObjectId>, to: &ObjectId) -> Result<Vec<Delta>, SourceError> {
        let tree = self.base_tree(base)?;
        let to = self.tree(to)?;
        let diff = self.repository.diff_tree_to_tree(tree.as_ref(), Some(&to), Some(&mut diff_options()));
        Ok(deltas(&diff.map_err(|error| failed("the commits cannot be compared", &error))?))
    }

    fn folder(&mut self, commit: &ObjectId, folder: &[u8]) -> Result<Vec<(NotePath, Entry)>, SourceError> {
        let mut tree = self.tree(commit)?;
        for name in folder.split(|byte| *byte == b'/').filter(|name| !name.is_empty()) {
            let found = tree.get_name_bytes(name).filter(|entry| entry.kind() == Some(ObjectType::Tree));
            let Some(id) = found.map(|entry| entry.id()) else { return Ok(Vec::new()) };
            let read = self.repository.find_tree(id);
            tree = read.map_err(|error| failed(&format!("tree {id} cannot be read"), &error))?;
        }
        let entries = tree.iter().filter_map(|entry| {
            let kind = EntryKind::from_mode(u32::try_from(entry.filemode_raw()).ok()?)?;
            let path = NotePath::in_folder(folder, entry.name_bytes());
            Some((path, Entry { kind, id: object_id(entry.id()) }))
        });
        Ok(entries.collect())
    }

    fn listing(&mut self, tree: &ObjectId, folder: &[u8]) -> Result<Listing, SourceError> {
        let read = self.repository.find_object(oid(tree)?, None).and_then(|object| object.peel_to_tree());
        let tree = read.map_err(|error| failed(&format!("tree {} cannot be read", tree.short()), &error))?;
        let mut listing = Listing::default();
        for entry in &tree {
            let (path, id) = (NotePath::in_folder(folder, entry.name_bytes()), object_id(entry.id()));
            match u32::try_from(entry.filemode_raw()).ok().and_then(EntryKind::from_mode) {
                Some(kind) => listing.files.push((path, Entry { kind, id })),
                None if entry.kind() == Some(ObjectType::Tree) => listing.folders.push((path, id)),
                None => {}
            }
        }
        Ok(listing)
    }

    fn blob(&mut self, id: &ObjectId, limit: u64) -> Content {
        let read = || -> Result<Content, git2::Error> {
            let id = Oid::from_str(id.as_str())?;
            let objects = self.repository.odb()?;
            let (size, _) = objects.read_header(id)?;
            let size = u64::try_from(size).unwrap_or(u64::MAX);
            if size > limit {
                return Ok(Content::Refused(Refusal::TooLarge { size, limit }));
            }
            Ok(Content::Bytes(objects.read(id)?.data().to_vec()))
        };
        read().unwrap_or_else(|error| {
            Content::Refused(Refusal::Object(format!("git object {}: {}", id.short(), error.message())))
        })
    }

    fn exists(&mut self, id: &ObjectId) -> bool {
        let object = Oid::from_str(id.as_str()).and_then(|id| Ok(self.repository.odb()?.exists(id)));
        object.unwrap_or(false)
    }

    fn novelty(&mut self, new: &ObjectId, known: &Known) -> Result<Novelty, SourceError> {
        let new = oid(new)?;
        let unknown = self.unknown_commits(new, known).map_err(|error| failed("the history cannot be read", &error))?;
        if unknown.is_empty() {
            return Ok(Novelty::Nothing);
        }
        let boundary = self.boundary(&unknown).map_err(|error| failed("the history cannot be read", &error))?;
        Ok(Novelty::Since(boundary.into_iter().map(object_id).collect()))
    }
}

fn diff_options() -> git2::DiffOptions {
    let mut options = git2::DiffOptions::new();
    options.include_typechange(true).ignore_submodules(false);
    options
}

fn deltas(diff: &git2::Diff<'_>) -> Vec<Delta> {
    let entry = |file: &git2::DiffFile<'_>| {
        let kind = EntryKind::from_mode(u32::from(file.mode()))?;
        Some(Entry { kind, id: object_id(file.id()) })
    };
    let delta = |delta: git2::DiffDelta<'_>| {
        let path = delta.new_file().path_bytes().or_else(|| delta.old_file().path_bytes())?.to_vec();
        let (before, after) = (entry(&delta.old_file()), entry(&delta.new_file()));
        Some(Delta { path: NotePath::from_bytes(path), before, after })
    };
    diff.deltas().filter_map(delta).collect()
}

fn object_id(oid: Oid) -> ObjectId {
    ObjectId(oid.to_string())
}

fn oid(id: &ObjectId) -> Result<Oid, SourceError> {
    Oid::from_str(id.as_str())
        .map_err(|error| failed(&format!("{} is no object of this repository", id.short()), &error))
}

/// libgit2's error in a sentence that starts with what was tried.
fn failed(tried: &str, error: &git2::Error) -> SourceError {
    if error.code() == ErrorCode::Owner {
        return other_owner(None);
    }
    unreadable(format!("{tried}: {}", error.message()), Some("see what git says to: git fsck"))
}
