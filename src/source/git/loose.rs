//! Objects that lie in files of their own, read without libgit2: where such a file is cut off, as a full disk or a machine
//! that stopped leaves it, libgit2 reads on for ever, inside whatever question comes by the object.

use git2::{ObjectType, Oid};
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_zlib_with_limit};
use std::cell::RefCell;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::PathBuf;

/// The longest head of an object: its kind, its size and a NUL.
const LONGEST_HEAD: usize = 32;

/// The folder of the objects of a repository. Those that it borrows from another one are not looked at.
pub(super) struct LooseObjects {
    folder: PathBuf,
    /// The commits and tags from which on every one in a file of its own was seen to be sound.
    sound: RefCell<HashSet<Oid>>,
}

/// What there is of an object.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Loose {
    /// It lies in a pack, in another folder, or nowhere.
    Absent,
    Object(Stored),
    /// Larger than was asked for, in bytes.
    TooLarge(u64),
    /// The file is cut off, or holds something else.
    Damaged,
}

/// An object as it is stored.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Stored {
    pub(super) kind: ObjectType,
    pub(super) bytes: Vec<u8>,
}

impl LooseObjects {
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, sound: RefCell::default() }
    }

    /// The file of the object `id`, where it has one.
    fn file(&self, id: Oid) -> PathBuf {
        let name = id.to_string();
        let (first, rest) = name.split_at_checked(2).unwrap_or((&name, ""));
        self.folder.join(first).join(rest)
    }

    /// The object `id`, if it has at most `limit` bytes.
    pub(super) fn read(&self, id: Oid, limit: u64) -> Loose {
        let file = match File::open(self.file(id)) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Loose::Absent,
            Err(_) => return Loose::Damaged,
        };
        // What is stored without being compressed is longer by less than this.
        let most = limit.saturating_add(limit / 100).saturating_add(4096);
        let mut packed = Vec::new();
        match file.take(most).read_to_end(&mut packed) {
            Ok(_) => unpacked(&packed, id, limit),
            Err(_) => Loose::Damaged,
        }
    }

    /// Looks at the object `id` alone, and at what a tag stands for.
    ///
    /// # Errors
    /// When it is damaged.
    pub(super) fn require_sound(&self, id: Oid) -> Result<(), git2::Error> {
        let mut next = Some(id);
        while let Some(id) = next.take() {
            match self.read(id, u64::MAX) {
                Loose::Object(object) if object.kind == ObjectType::Tag => next = object.leads_to().pop(),
                Loose::Object(_) | Loose::Absent | Loose::TooLarge(_) => {}
                Loose::Damaged => return Err(damaged(id)),
            }
        }
        Ok(())
    }

    /// Follows the commits from `tips` to their parents, and tags to what they stand for, as far as each lies in a file of
    /// its own: the commits of today. What is older lies in packs, which libgit2 reads to their end.
    ///
    /// # Errors
    /// When one of them is damaged.
    pub(super) fn require_sound_history(&self, tips: impl IntoIterator<Item = Oid>) -> Result<(), git2::Error> {
        let mut sound = self.sound.borrow_mut();
        let mut next: Vec<Oid> = tips.into_iter().collect();
        while let Some(id) = next.pop() {
            if sound.contains(&id) {
                continue;
            }
            match self.read(id, u64::MAX) {
                Loose::Object(object) => next.extend(object.leads_to()),
                Loose::Absent | Loose::TooLarge(_) => {}
                Loose::Damaged => return Err(damaged(id)),
            }
            sound.insert(id);
        }
        Ok(())
    }
}

/// The error for an object that is damaged.
pub(super) fn damaged(id: Oid) -> git2::Error {
    git2::Error::from_str(&format!("the file of object {id} is cut off or holds something else"))
}

impl Stored {
    /// The tree of a commit.
    pub(super) fn tree_of_commit(&self) -> Option<Oid> {
        self.named("tree ").next()
    }

    /// The parents of a commit, or what a tag stands for.
    fn leads_to(&self) -> Vec<Oid> {
        match self.kind {
            ObjectType::Commit => self.named("parent ").collect(),
            ObjectType::Tag => self.named("object ").take(1).collect(),
            _ => Vec::new(),
        }
    }

    /// The objects that the lines of the head name behind `word`.
    fn named<'s>(&'s self, word: &'s str) -> impl Iterator<Item = Oid> + 's {
        let lines = self.bytes.split(|byte| *byte == b'\n').take_while(|line| !line.is_empty());
        lines.filter_map(move |line| {
            let name = std::str::from_utf8(line.strip_prefix(word.as_bytes())?).ok()?;
            Oid::from_str(name).ok()
        })
    }
}

/// The object `id` out of its file.
fn unpacked(packed: &[u8], id: Oid, limit: u64) -> Loose {
    let head = match decompress_to_vec_zlib_with_limit(packed, LONGEST_HEAD) {
        Ok(all) => all,
        Err(error) if error.status == TINFLStatus::HasMoreOutput => error.output,
        Err(_) => return Loose::Damaged,
    };
    let Some((kind, size, start)) = parsed(&head) else { return Loose::Damaged };
    if size > limit {
        return Loose::TooLarge(size);
    }
    let Some(length) = usize::try_from(size).ok().and_then(|size| size.checked_add(start)) else {
        return Loose::Damaged;
    };
    let Ok(mut bytes) = decompress_to_vec_zlib_with_limit(packed, length) else { return Loose::Damaged };
    if bytes.len() != length {
        return Loose::Damaged;
    }
    bytes.drain(..start);
    // As libgit2 and git do: what is read has to be what its name says.
    match Oid::hash_object(kind, &bytes) {
        Ok(found) if found == id => Loose::Object(Stored { kind, bytes }),
        _ => Loose::Damaged,
    }
}

/// The kind and the size that the head of an object names, and where its bytes start.
fn parsed(head: &[u8]) -> Option<(ObjectType, u64, usize)> {
    let end = head.iter().position(|byte| *byte == 0)?;
    let (kind, size) = std::str::from_utf8(head.get(..end)?).ok()?.split_once(' ')?;
    Some((ObjectType::from_str(kind)?, size.parse().ok()?, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::deflate::compress_to_vec_zlib;
    use std::fs;

    struct Folder {
        folder: tempfile::TempDir,
        objects: LooseObjects,
    }

    impl Folder {
        fn new() -> Self {
            let folder = tempfile::tempdir().unwrap();
            let objects = LooseObjects::new(folder.path().to_owned());
            Self { folder, objects }
        }

        /// Writes an object as git does, cut off at this length.
        fn write(&self, kind: ObjectType, bytes: &[u8], end: usize) -> (Oid, usize) {
            let id = Oid::hash_object(kind, bytes).unwrap();
            let whole = [format!("{} {}\0", kind.str(), bytes.len()).as_bytes(), bytes].concat();
            let packed = compress_to_vec_zlib(&whole, 1);
            let file = self.objects.file(id);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            let end = end.min(packed.len());
            fs::write(file, &packed[..end]).unwrap();
            (id, packed.len())
        }
    }

    #[test]
    fn an_object_is_read_whole_or_not_at_all() {
        let folder = Folder::new();
        let random: Vec<u8> = (0..3000_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for bytes in [&b""[..], b"x", b"note: a\n", &[b'a'; 70_000], &random] {
            let (id, length) = folder.write(ObjectType::Blob, bytes, usize::MAX);
            let limit = bytes.len() as u64;
            let stored = Stored { kind: ObjectType::Blob, bytes: bytes.to_vec() };
            assert_eq!(folder.objects.read(id, limit), Loose::Object(stored));
            if let Some(less) = limit.checked_sub(1) {
                assert_eq!(folder.objects.read(id, less), Loose::TooLarge(limit));
            }
            for end in (0..length).step_by(length / 40 + 1).chain([length - 1]) {
                folder.write(ObjectType::Blob, bytes, end);
                assert_eq!(folder.objects.read(id, u64::MAX), Loose::Damaged, "{end} of {length}");
            }
        }
        assert_eq!(folder.objects.read(Oid::from_bytes(&[1; 20]).unwrap(), 1), Loose::Absent);
    }

    #[test]
    fn an_object_under_the_name_of_another_is_damaged() {
        let folder = Folder::new();
        let (one, _) = folder.write(ObjectType::Blob, b"poor", usize::MAX);
        let (other, _) = folder.write(ObjectType::Blob, b"great", usize::MAX);
        fs::copy(folder.objects.file(other), folder.objects.file(one)).unwrap();
        assert_eq!(folder.objects.read(one, 100), Loose::Damaged);
    }

    #[test]
    fn a_history_is_followed_until_it_is_packed() {
        let folder = Folder::new();
        let commit = |parents: &[Oid], end| {
            let parents: String = parents.iter().map(|parent| format!("parent {parent}\n")).collect();
            let text = format!("tree {}\n{parents}author A <a> 0 +0000\n\nparent {}\n", "1".repeat(40), "2".repeat(40));
            folder.write(ObjectType::Commit, text.as_bytes(), end).0
        };
        let packed = Oid::from_bytes(&[3; 20]).unwrap();
        let first = commit(&[packed], usize::MAX);
        let merge = commit(&[first, packed], usize::MAX);
        let tag = folder.write(ObjectType::Tag, format!("object {merge}\ntype commit\n\nx\n").as_bytes(), usize::MAX).0;
        assert!(folder.objects.require_sound_history([tag]).is_ok());
        commit(&[packed], 40);
        assert!(folder.objects.require_sound_history([tag]).is_ok(), "it was seen to be sound before");
        let objects = LooseObjects::new(folder.folder.path().to_owned());
        assert!(objects.require_sound_history([tag]).is_err());
        assert!(objects.require_sound(tag).is_ok() && objects.require_sound(first).is_err());
        assert!(objects.require_sound_history([packed]).is_ok());
    }
}
