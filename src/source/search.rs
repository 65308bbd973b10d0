//! Which files of a snapshot may hold a record that is looked for; see [`super::elsewhere`].
//!
//! A range or a push is compared with the whole snapshot. The commit hook has no time for that in a large repository:
//! it lists folders, most likely ones first, and gives up the rest once the snapshot turns out to be large. A team keeps
//! its notes by customer or by workload, so the names of folders and files lead to the likely ones.

use super::changes::Pool;
use super::elsewhere::{Extent, Needles, Sought};
use super::git::{Entry, EntryKind, ObjectId, Repository, listing};
use super::resemblance::{Likeness, Names};
use super::{Content, NotePath, SourceError};
use crate::workers::Workers;
use std::collections::VecDeque;

/// The most folders that are listed in the hook.
const MOST_FOLDERS: usize = 256;

/// The most files that are read in the hook, and so about the size up to which a repository is searched as a whole.
const MOST_FILES: usize = 1024;

/// How many files one thread reads at a time.
const PORTION: usize = 64;

/// A file of a snapshot.
pub(super) type File = (NotePath, Entry);

/// Every file of `commit`.
pub(super) fn every_file(pool: &Pool, commit: &ObjectId) -> Result<Vec<File>, SourceError> {
    let deltas = pool.ask(|repository| repository.changes_between(None, commit))?;
    Ok(deltas.into_iter().filter_map(|delta| Some((delta.path, delta.after?))).collect())
}

/// The files of `commit` that are likely to hold what is looked for; every file while there are few.
pub(super) fn likely_files(
    pool: &Pool,
    commit: &ObjectId,
    sought: &[Sought],
) -> Result<(Vec<File>, Extent), SourceError> {
    let mut walk = Walk {
        customers: Names::of_customers(sought),
        workloads: Names::of_workloads(sought),
        same: Vec::new(),
        alike: Vec::new(),
        others: VecDeque::new(),
        likely: Vec::new(),
        rest: Vec::new(),
        deepest: None,
    };
    walk.same.push(Folder { path: NotePath::from_bytes(""), tree: commit.clone(), depth: 0, of_customer: false });
    for _ in 0..MOST_FOLDERS {
        let Some(folder) = walk.next() else { break };
        let listing = pool.ask(|repository| listing::listing(repository, &folder.tree, folder.path.as_bytes()))?;
        walk.take(&folder, listing.files, listing.folders);
    }
    Ok(walk.end())
}

/// A folder to list.
struct Folder {
    path: NotePath,
    tree: ObjectId,
    depth: usize,
    /// Whether it or a folder around it bears the name of a customer that is looked for.
    of_customer: bool,
}

struct Walk {
    customers: Names,
    workloads: Names,
    /// Folders to list, the likeliest first.
    same: Vec<Folder>,
    alike: Vec<Folder>,
    others: VecDeque<Folder>,
    likely: Vec<File>,
    rest: Vec<File>,
    /// Set once there is too much to look at all of it: from then on only the likely files count, and folders whose names
    /// say nothing are listed down to this depth, where the names begin to tell.
    deepest: Option<usize>,
}

impl Walk {
    fn next(&mut self) -> Option<Folder> {
        self.same.pop().or_else(|| self.alike.pop()).or_else(|| self.others.pop_front())
    }

    fn take(&mut self, folder: &Folder, files: Vec<File>, folders: Vec<(NotePath, ObjectId)>) {
        for (path, tree) in folders {
            let customer = self.customers.likeness(&path);
            let likeness = customer.max(self.workloads.likeness(&path));
            let of_customer = folder.of_customer || customer > Likeness::None;
            let folder = Folder { path, tree, depth: folder.depth + 1, of_customer };
            match likeness {
                Likeness::Same => self.same.push(folder),
                Likeness::Words => self.alike.push(folder),
                Likeness::None if of_customer => self.alike.push(folder),
                Likeness::None => self.others.push_back(folder),
            }
        }
        for file in files.into_iter().filter(|(_, entry)| entry.kind == EntryKind::File) {
            let is_likely = folder.of_customer || self.customers.likeness(&file.0) > Likeness::None;
            if is_likely { self.likely.push(file) } else { self.rest.push(file) }
        }
        if self.deepest.is_none() && self.rest.len() + self.others.len() > MOST_FILES {
            self.deepest = Some(folder.depth);
        }
        if let Some(deepest) = self.deepest {
            self.rest.clear();
            self.others.retain(|other| other.depth <= deepest);
        }
    }

    fn end(mut self) -> (Vec<File>, Extent) {
        let is_whole = self.next().is_none() && self.deepest.is_none();
        if is_whole && self.likely.len() + self.rest.len() <= MOST_FILES {
            self.likely.append(&mut self.rest);
            return (self.likely, Extent::Whole);
        }
        self.likely.truncate(MOST_FILES);
        (self.likely, Extent::Likely)
    }
}

/// What becomes of a file that git would not give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lost {
    /// It counts as not searched; nothing is fetched.
    PassedOver,
    /// The search as a whole fails.
    Fails,
}

/// What a search has found.
#[derive(Debug, Default)]
pub(super) struct Searched {
    /// The files that may hold what is looked for, sorted.
    pub(super) found: Vec<NotePath>,
    /// The files that could not be read.
    pub(super) lost: Vec<NotePath>,
}

/// Those of `files` whose bytes say that they may hold what is looked for, and those that could not be read.
pub(super) fn holding(
    pool: &Pool,
    files: &[File],
    sought: &[Sought],
    limit: u64,
    lost: Lost,
) -> Result<Searched, SourceError> {
    let needles = Needles::new(sought);
    let read = |repository: &mut dyn Repository, id: &ObjectId| match lost {
        Lost::PassedOver => repository.local_blob(id, limit),
        Lost::Fails => repository.blob(id, limit),
    };
    let search = |portion: &[File]| {
        pool.ask(|repository| {
            let mut searched = Searched::default();
            for (path, entry) in portion {
                match read(repository, &entry.id) {
                    Content::Bytes(bytes) if needles.may_be_in(&bytes) => searched.found.push(path.clone()),
                    Content::Absent => searched.lost.push(path.clone()),
                    Content::Refused(refusal) => match (refusal.lost_object(path), lost) {
                        (Some(error), Lost::Fails) => return Err(error),
                        (Some(_), Lost::PassedOver) => searched.lost.push(path.clone()),
                        // What is refused, for example for its size, holds no record that anybody knows of.
                        (None, _) => {}
                    },
                    Content::Bytes(_) | Content::SetAside(_) => {}
                }
            }
            Ok(searched)
        })
    };
    let portions: Vec<&[File]> = files.chunks(PORTION).collect();
    let mut all = Searched::default();
    for searched in Workers::default().try_map(&portions, || (), |(), portion| search(portion))? {
        all.found.extend(searched.found);
        all.lost.extend(searched.lost);
    }
    all.found.sort();
    Ok(all)
}
