//! The repository read through libgit2, in process.

use super::loose::{Loose, LooseObjects, Stored, damaged};
use super::names::base_name;
use super::tree::RawTree;
use super::{
    Branch, Delta, Entry, EntryKind, FSCK, KnownCommits, LoggedCommit, Novelty, ObjectId, Pointee, RepoLocation,
    Repository, history, other_owner, unmerged, unreadable,
};
use crate::source::{Content, NotePath, ReadError, SourceError};
use git2::{ErrorCode, ObjectType, Oid};
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// A repository that libgit2 has opened.
pub(crate) struct Library {
    repository: git2::Repository,
    /// What lies in files of their own; libgit2 must not be asked for any of it that is cut off.
    loose: LooseObjects,
    /// The work tree that the environment names, which libgit2 counts from the repository's data and git from the
    /// current folder.
    work_tree: Option<PathBuf>,
    /// The index that the environment names.
    named_index: Option<PathBuf>,
    has_quoted_alternates: bool,
}

impl Library {
    /// Opens the repository at `place`.
    ///
    /// # Errors
    /// When there is none, or when libgit2 does not know its format.
    pub(crate) fn open(place: &RepoLocation) -> Result<Self, SourceError> {
        let opened = match place {
            RepoLocation::Environment => git2::Repository::open_from_env(),
            RepoLocation::Folder(folder) => git2::Repository::discover(folder),
        };
        let has_quoted_alternates = *place == RepoLocation::Environment && has_quoted_alternates();
        let work_tree = if *place == RepoLocation::Environment { named_work_tree() } else { None };
        let named_index = if *place == RepoLocation::Environment { named_index() } else { None };
        let library = |repository: git2::Repository| {
            let loose = LooseObjects::new(repository.commondir().join("objects"));
            Self { repository, loose, work_tree, named_index, has_quoted_alternates }
        };
        opened.map(library).map_err(|error| match error.code() {
            ErrorCode::Owner => other_owner(None),
            ErrorCode::NotFound => super::no_repository(),
            _ => failed("the repository cannot be opened", &error),
        })
    }

    /// Whether libgit2 can read all of the repository: neither a partial clone, whose objects it does not fetch, nor a
    /// list of object folders whose quotes it does not know.
    pub(crate) fn reads_everything(&self) -> bool {
        !self.has_quoted_alternates && !self.is_partial().unwrap_or(false)
    }

    /// Whether a remote is configured that has objects which this repository lacks.
    fn is_partial(&self) -> Result<bool, git2::Error> {
        let config = self.repository.config()?;
        let mut is_partial = config.get_string("extensions.partialclone").is_ok();
        config.entries(Some(r"^remote\..*\.partialclonefilter$"))?.for_each(|_| is_partial = true)?;
        config.entries(Some(r"^remote\..*\.promisor$"))?.for_each(|entry| {
            // A key without a value means yes.
            let is_on = !entry.has_value() || entry.value().and_then(git2::Config::parse_bool).unwrap_or(true);
            is_partial = is_partial || is_on;
        })?;
        Ok(is_partial)
    }

    /// Fails when `revision` is the name of a reference that cannot be read to its end.
    fn require_undamaged(&self, revision: &str) -> Result<(), SourceError> {
        let Some((base, rest)) = base_name(revision) else { return Ok(()) };
        let target = self.repository.resolve_reference_from_short_name(base).ok();
        let Some((name, target)) = target.and_then(|found| Some((found.name().ok()?.to_owned(), found.target()?)))
        else {
            return Ok(());
        };
        let lost = |error: &git2::Error| failed(&format!("`{base}` names {target}, which cannot be read"), error);
        let object = self.repository.find_object(target, None).map_err(|error| lost(&error))?;
        match object.peel_to_commit() {
            Ok(commit) if rest.starts_with(['~', '^']) => {
                let walk = || -> Result<(), git2::Error> {
                    let mut walk = self.repository.revwalk()?;
                    walk.push(commit.id())?;
                    walk.try_for_each(|commit| commit.map(drop))
                };
                walk().map_err(|error| failed(&format!("the history of `{base}` cannot be read"), &error))
            }
            Err(error) if error.code() == ErrorCode::NotFound => Err(lost(&error)),
            Err(_) if rest.is_empty() && !name.starts_with("refs/tags/") => {
                Err(super::names::no_commit(base, target.to_string().as_str()))
            }
            _ => Ok(()),
        }
    }

    /// Fails when `revision` names an object that is cut off, or leads on from one whose history is.
    fn require_sound(&self, revision: &str) -> Result<(), git2::Error> {
        let (base, rest) = base_name(revision).unwrap_or((revision, ""));
        let named = || self.repository.resolve_reference_from_short_name(base).ok()?.resolve().ok()?.target();
        let id = ObjectId::parse(base).and_then(|id| Oid::from_str(id.as_str()).ok());
        match id.or_else(named) {
            Some(id) if rest.is_empty() => self.loose.require_sound(id),
            Some(id) => self.loose.require_sound_history([id]),
            None => Ok(()),
        }
    }

    /// An object as it is stored.
    fn stored(&self, id: Oid) -> Result<Stored, git2::Error> {
        match self.loose.read(id, u64::MAX) {
            Loose::Object(stored) => Ok(stored),
            Loose::Damaged => Err(damaged(id)),
            Loose::Absent | Loose::TooLarge(_) => {
                let objects = self.repository.odb()?;
                let object = objects.read(id)?;
                Ok(Stored { kind: object.kind(), bytes: object.data().to_vec() })
            }
        }
    }

    fn tree_of(&self, treeish: &ObjectId) -> Result<git2::Tree<'_>, SourceError> {
        let find = |id: Oid| {
            let stored = self.stored(id)?;
            let tree = stored.tree_of_commit().filter(|_| stored.kind == ObjectType::Commit);
            tree.map_or(Ok(()), |tree| self.stored(tree).map(drop))?;
            self.repository.find_object(id, None)?.peel_to_tree()
        };
        let found = find(oid(treeish)?);
        found.map_err(|error| failed(&format!("the tree of {} cannot be read", treeish.short()), &error))
    }

    fn base_tree(&self, base: Option<&ObjectId>) -> Result<Option<git2::Tree<'_>>, SourceError> {
        base.map(|commit| self.tree_of(commit)).transpose()
    }
}

impl Repository for Library {
    fn work_tree(&mut self) -> Option<PathBuf> {
        self.work_tree.clone().or_else(|| self.repository.workdir().map(Path::to_path_buf))
    }

    fn head(&mut self) -> Result<Option<ObjectId>, SourceError> {
        self.require_sound("HEAD").map_err(|error| failed("HEAD cannot be read", &error))?;
        match self.repository.head().and_then(|head| head.peel_to_commit()) {
            Ok(commit) => Ok(Some(object_id(commit.id()))),
            Err(error) if error.code() == ErrorCode::UnbornBranch => Ok(None),
            Err(error) => Err(failed("HEAD cannot be read", &error)),
        }
    }

    fn merge_heads(&mut self) -> Result<Vec<ObjectId>, SourceError> {
        super::merge_heads_in(&self.repository.path().join("MERGE_HEAD"))
    }

    fn commit(&mut self, revision: &str) -> Result<Option<ObjectId>, SourceError> {
        self.require_sound(revision).map_err(|error| failed("the revision cannot be read", &error))?;
        let found = self.repository.revparse_single(revision).and_then(|object| object.peel_to_commit());
        match found {
            Ok(commit) => Ok(Some(object_id(commit.id()))),
            Err(error) => match error.code() {
                ErrorCode::NotFound | ErrorCode::InvalidSpec | ErrorCode::Peel | ErrorCode::UnbornBranch => {
                    self.require_undamaged(revision).map(|()| None)
                }
                ErrorCode::Ambiguous => Err(failed("the revision means more than one object", &error)),
                _ => Err(failed("the revision cannot be read", &error)),
            },
        }
    }

    fn branches(&mut self) -> Result<Vec<Branch>, SourceError> {
        let list = || -> Result<Vec<Branch>, git2::Error> {
            let mut branches = Vec::new();
            for pattern in ["refs/heads/*", "refs/remotes/*"] {
                for reference in self.repository.references_glob(pattern)? {
                    let reference = reference?;
                    let stands_for = reference.symbolic_target().ok().flatten().map(str::to_owned);
                    let tip = reference.resolve().ok().and_then(|resolved| resolved.target());
                    let Some((name, tip)) = reference.name().ok().zip(tip) else { continue };
                    branches.push(Branch { name: name.to_owned(), tip: object_id(tip), stands_for });
                }
            }
            branches.sort();
            Ok(branches)
        };
        list().map_err(|error| failed("the branches cannot be listed", &error))
    }

    fn reaching(&mut self, commit: &ObjectId) -> Result<Vec<String>, SourceError> {
        let id = oid(commit)?;
        let mut answers: HashMap<ObjectId, bool> = HashMap::new();
        let mut reaching = Vec::new();
        for branch in self.branches()? {
            let reaches = match answers.get(&branch.tip) {
                Some(answer) => *answer,
                None => {
                    let tip = oid(&branch.tip)?;
                    let sound = self.loose.require_sound_history([tip, id]);
                    sound.map_err(|error| failed("the history cannot be read", &error))?;
                    let reaches = tip == id || self.repository.graph_descendant_of(tip, id).unwrap_or(false);
                    answers.insert(branch.tip.clone(), reaches);
                    reaches
                }
            };
            if reaches {
                reaching.push(branch.name);
            }
        }
        Ok(reaching)
    }

    fn remotes(&mut self) -> Result<Vec<String>, SourceError> {
        let remotes = self.repository.remotes().map_err(|error| failed("the remotes cannot be listed", &error))?;
        Ok(remotes.iter().filter_map(|name| name.ok().flatten().map(str::to_owned)).collect())
    }

    fn merge_bases(&mut self, one: &ObjectId, other: &ObjectId) -> Result<Vec<ObjectId>, SourceError> {
        let (one, other) = (oid(one)?, oid(other)?);
        let sound = self.loose.require_sound_history([one, other]);
        match sound.and_then(|()| self.repository.merge_bases(one, other)) {
            Ok(bases) => Ok(bases.iter().map(|base| object_id(*base)).collect()),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(Vec::new()),
            Err(error) => Err(failed("the history cannot be read", &error)),
        }
    }

    fn last_before(&mut self, tip: &ObjectId, moment: i64) -> Result<Option<ObjectId>, SourceError> {
        let tip = oid(tip)?;
        let sound = self.loose.require_sound_history([tip]);
        let found = sound.and_then(|()| history::last_before(&self.repository, tip, moment));
        Ok(found.map_err(|error| failed("the history cannot be read", &error))?.map(object_id))
    }

    fn log(&mut self, tip: &ObjectId, known: Option<&ObjectId>, most: usize) -> Result<Vec<LoggedCommit>, SourceError> {
        let (tip, known) = (oid(tip)?, known.map(oid).transpose()?);
        let sound = self.loose.require_sound_history(std::iter::once(tip).chain(known));
        sound
            .and_then(|()| history::log(&self.repository, tip, known, most))
            .map_err(|error| failed("the history cannot be read", &error))
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

    fn index_file(&mut self) -> Option<PathBuf> {
        let Some(named) = self.named_index.as_ref() else { return Some(self.repository.path().join("index")) };
        // git goes to the top of the work tree before it opens the index.
        let is_at_top = || {
            let top = self.work_tree.as_deref().or_else(|| self.repository.workdir())?;
            Some(top.canonicalize().ok()? == Path::new(".").canonicalize().ok()?)
        };
        (named.is_absolute() || is_at_top() == Some(true)).then(|| named.clone())
    }

    fn tracked(&mut self) -> Result<Vec<(NotePath, EntryKind)>, SourceError> {
        let index = self.repository.index().map_err(|error| failed("the index cannot be read", &error))?;
        let entry =
            |entry: git2::IndexEntry| Some((NotePath::from_bytes(entry.path), EntryKind::from_mode(entry.mode)?));
        let mut tracked: Vec<_> = index.iter().filter_map(entry).collect();
        tracked.dedup_by(|left, right| left.0 == right.0);
        Ok(tracked)
    }

    fn changes_between(&mut self, base: Option<&ObjectId>, to: &ObjectId) -> Result<Vec<Delta>, SourceError> {
        let tree = self.base_tree(base)?;
        let to = self.tree_of(to)?;
        let diff = self.repository.diff_tree_to_tree(tree.as_ref(), Some(&to), Some(&mut diff_options()));
        Ok(deltas(&diff.map_err(|error| failed("the commits cannot be compared", &error))?))
    }

    fn tree(&mut self, treeish: &ObjectId) -> Result<RawTree, SourceError> {
        let read = || -> Result<RawTree, git2::Error> {
            let mut id = Oid::from_str(treeish.as_str())?;
            let mut stored = self.stored(id)?;
            if stored.kind == ObjectType::Commit {
                let tree = stored.tree_of_commit().ok_or_else(|| git2::Error::from_str("it names no tree"))?;
                (id, stored) = (tree, self.stored(tree)?);
            }
            match stored.kind {
                ObjectType::Tree => Ok(RawTree { id: object_id(id), bytes: stored.bytes }),
                _ => Err(git2::Error::from_str("it is not a tree")),
            }
        };
        read().map_err(|error| failed(&format!("the tree of {} cannot be read", treeish.short()), &error))
    }

    fn local_blob(&mut self, id: &ObjectId, limit: u64) -> Content {
        match self.blob(id, limit) {
            Content::Refused(ReadError::Object(_)) => Content::Absent,
            content => content,
        }
    }

    fn blob(&mut self, id: &ObjectId, limit: u64) -> Content {
        let read = || -> Result<Content, git2::Error> {
            let id = Oid::from_str(id.as_str())?;
            let no_blob = || git2::Error::from_str("it is not the content of a file");
            match self.loose.read(id, limit) {
                Loose::Object(Stored { kind: ObjectType::Blob, bytes }) => return Ok(Content::Bytes(bytes)),
                Loose::Object(_) => return Err(no_blob()),
                Loose::Damaged => return Err(damaged(id)),
                Loose::Absent | Loose::TooLarge(_) => {}
            }
            let objects = self.repository.odb()?;
            let (size, kind) = objects.read_header(id)?;
            if kind != ObjectType::Blob {
                return Err(no_blob());
            }
            let size = u64::try_from(size).unwrap_or(u64::MAX);
            if size > limit {
                return Ok(Content::Refused(ReadError::TooLarge { size, limit }));
            }
            Ok(Content::Bytes(objects.read(id)?.data().to_vec()))
        };
        read().unwrap_or_else(|error| {
            Content::Refused(ReadError::Object(format!("git object {}: {}", id.short(), error.message())))
        })
    }

    fn pointee(&mut self, id: &ObjectId) -> Result<Option<Pointee>, SourceError> {
        let read = || -> Result<git2::Object<'_>, git2::Error> {
            let id = Oid::from_str(id.as_str())?;
            self.loose.require_sound(id)?;
            let object = self.repository.find_object(id, None)?;
            // Of a commit, libgit2 would give the tree.
            if object.as_tag().is_some() { object.peel(ObjectType::Any) } else { Ok(object) }
        };
        match read() {
            Ok(object) => Ok(match object.kind() {
                Some(ObjectType::Commit) => Some(Pointee::Commit(object_id(object.id()))),
                Some(ObjectType::Tree) => Some(Pointee::Tree(object_id(object.id()))),
                Some(ObjectType::Blob) => Some(Pointee::Blob),
                _ => None,
            }),
            Err(error) if error.code() == ErrorCode::NotFound => Ok(None),
            Err(error) => Err(failed(&format!("object {} cannot be read", id.short()), &error)),
        }
    }

    fn exists(&mut self, id: &ObjectId) -> bool {
        let object = Oid::from_str(id.as_str()).and_then(|id| Ok(self.repository.odb()?.exists(id)));
        object.unwrap_or(false)
    }

    fn novelty(&mut self, new: &ObjectId, known: &KnownCommits) -> Result<Novelty, SourceError> {
        let new = oid(new)?;
        let read = || -> Result<Option<Vec<Oid>>, git2::Error> {
            self.loose.require_sound_history(history::tips(&self.repository, new, known)?)?;
            let unknown = history::unknown_commits(&self.repository, new, known)?;
            if unknown.is_empty() { Ok(None) } else { history::boundary(&self.repository, &unknown).map(Some) }
        };
        let boundary = read().map_err(|error| failed("the history cannot be read", &error))?;
        let Some(boundary) = boundary else { return Ok(Novelty::Nothing) };
        Ok(Novelty::Since(boundary.into_iter().map(object_id).collect()))
    }
}

/// Whether git has quoted a folder in its list of object folders, as it does for the objects of a push when the path of
/// the repository holds a colon. libgit2 takes the quotes for a part of the path.
#[expect(clippy::disallowed_methods, reason = "libgit2 itself reads this variable when it opens the repository")]
fn has_quoted_alternates() -> bool {
    std::env::var_os("GIT_ALTERNATE_OBJECT_DIRECTORIES").is_some_and(|list| list.as_encoded_bytes().contains(&b'"'))
}

/// The work tree that `GIT_WORK_TREE` names, as git understands it.
#[expect(clippy::disallowed_methods, reason = "libgit2 itself reads this variable when it opens the repository")]
fn named_work_tree() -> Option<PathBuf> {
    let name = std::env::var_os("GIT_WORK_TREE").filter(|name| !name.is_empty())?;
    Path::new(&name).canonicalize().ok()
}

/// The index that `GIT_INDEX_FILE` names.
#[expect(clippy::disallowed_methods, reason = "libgit2 itself reads this variable when it opens the index")]
fn named_index() -> Option<PathBuf> {
    std::env::var_os("GIT_INDEX_FILE").map(PathBuf::from)
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
        .map_err(|error| failed(&format!("{} is not an object of this repository", id.short()), &error))
}

/// libgit2's error in a sentence that starts with what was tried.
fn failed(tried: &str, error: &git2::Error) -> SourceError {
    if error.code() == ErrorCode::Owner {
        return other_owner(None);
    }
    unreadable(format!("{tried}: {}", error.message()), Some(FSCK))
}
