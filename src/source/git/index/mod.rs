//! The index as git writes it, read in place: which paths it names, and which trees git has in its cache of them.
//!
//! Only the form that git writes by default is read here (SHA-1, version 2 or 3, nothing kept in other files). For
//! everything else, and for whatever looks wrong, there is no answer, and the caller asks git.

mod cached_trees;
pub(crate) mod changes;

use cached_trees::CachedTrees;

/// Bytes of an object id.
const ID: usize = 20;

/// Bytes before the name of an entry: times, numbers and sizes, mode, owner, size, id and flags.
const FIXED: usize = 62;

/// Where the mode, the id and the flags of an entry are.
const MODE: usize = 24;
const OBJECT: usize = 40;
const FLAGS: usize = 60;

/// The modes of files, programs, symbolic links and submodules.
const MODES: [u32; 4] = [0o100_644, 0o100_755, 0o120_000, 0o160_000];

/// Bits of the flags.
const IS_EXTENDED: u16 = 0x4000;
const STAGE: u16 = 0x3000;
const NAME_LENGTH: u16 = 0x0fff;

/// The bit of the extended flags that says that a path was added with intent only.
const INTENT_TO_ADD: u16 = 1 << 13;

/// An index whose paths are all merged.
#[derive(Debug)]
struct Index {
    bytes: Vec<u8>,
    /// Where each entry starts.
    starts: Vec<u32>,
    trees: CachedTrees,
}

/// One path of the index.
#[derive(Debug, Clone, Copy)]
struct IndexEntry<'a> {
    path: &'a [u8],
    mode: u32,
    /// The id as bytes.
    id: &'a [u8],
    /// Whether it was added with intent only, so that no commit would hold it.
    is_intended: bool,
}

impl Index {
    /// The index in `bytes`; nothing when it has another form, is damaged, or names an unmerged path.
    fn parse(bytes: Vec<u8>) -> Option<Self> {
        let version = number(&bytes, 4)?;
        if !bytes.starts_with(b"DIRC") || !matches!(version, 2 | 3) {
            return None;
        }
        let count = usize::try_from(number(&bytes, 8)?).ok()?;
        let (mut starts, mut at) = (Vec::with_capacity(count.min(bytes.len() / FIXED)), 12);
        for _ in 0..count {
            starts.push(u32::try_from(at).ok()?);
            at = end_of_entry(&bytes, at)?;
        }
        let trees = cached_trees(&bytes, at)?;
        Some(Self { bytes, starts, trees })
    }

    /// The entry of a number, counted from 0.
    fn entry(&self, number: usize) -> Option<IndexEntry<'_>> {
        let entry = self.bytes.get(usize::try_from(*self.starts.get(number)?).ok()?..)?;
        let flags = short(entry, FLAGS)?;
        let is_extended = flags & IS_EXTENDED != 0;
        let name = entry.get(name_start(flags)..)?;
        Some(IndexEntry {
            path: name.get(..name_length(name, flags)?)?,
            mode: self::number(entry, MODE).filter(|mode| MODES.contains(mode))?,
            id: entry.get(OBJECT..OBJECT + ID)?,
            is_intended: is_extended && short(entry, FIXED)? & INTENT_TO_ADD != 0,
        })
    }

    /// How many entries there are.
    fn len(&self) -> usize {
        self.starts.len()
    }

    /// The trees that git has in its cache.
    fn trees(&self) -> &CachedTrees {
        &self.trees
    }

    /// The bytes of the file, into which [`Self::trees`] points.
    fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// What holds for any bytes, for the tests and for `fuzz/`: whatever is read lies in them, an index that is cut off is
/// none, and a second reading is the same.
#[cfg(any(test, fuzzing))]
pub(crate) fn holds_for(bytes: &[u8]) {
    let Some(index) = Index::parse(bytes.to_vec()) else { return };
    let said = |index: &Index| format!("{:?} {:?}", index.starts, index.trees);
    assert_eq!(Index::parse(bytes.to_vec()).map(|again| said(&again)), Some(said(&index)));
    for cut in 1..8 {
        let cut_off = bytes.get(..bytes.len() - cut).unwrap_or_default();
        assert!(Index::parse(cut_off.to_vec()).is_none(), "{cut} bytes less");
    }
    for entry in (0..index.len()).filter_map(|number| index.entry(number)) {
        assert!(!entry.path.is_empty() && entry.id.len() == ID && MODES.contains(&entry.mode));
    }
    assert!(index.entry(index.len()).is_none());
    index.trees().hold_for(bytes);
}

/// Where the entry at `at` ends; nothing when it is cut off or unmerged.
fn end_of_entry(bytes: &[u8], at: usize) -> Option<usize> {
    let flags = short(bytes, at + FLAGS)?;
    let name = at + name_start(flags);
    let length = name_length(bytes.get(name..)?, flags)?;
    // Padded with one to eight NULs, so that each entry takes a multiple of eight bytes.
    let size = (name - at + length + 8) & !7;
    let is_sound = flags & STAGE == 0 && length > 0 && *bytes.get(name + length)? == 0;
    (is_sound && at + size <= bytes.len()).then_some(at + size)
}

/// Where the name of an entry starts.
fn name_start(flags: u16) -> usize {
    if flags & IS_EXTENDED == 0 { FIXED } else { FIXED + 2 }
}

/// How long the name at the start of `bytes` is; the flags have no room for long ones.
fn name_length(bytes: &[u8], flags: u16) -> Option<usize> {
    match flags & NAME_LENGTH {
        NAME_LENGTH => bytes.iter().position(|byte| *byte == 0),
        length => Some(usize::from(length)),
    }
}

/// The cache of trees, out of the extensions at `at`; nothing when they are damaged, or when one of them has to be
/// understood by whoever reads the index. git gives such ones names in small letters.
fn cached_trees(bytes: &[u8], mut at: usize) -> Option<CachedTrees> {
    let end = bytes.len().checked_sub(ID)?;
    let mut trees = CachedTrees::default();
    while at < end {
        let name = bytes.get(at..at + 4)?;
        let start = at + 8;
        at = start.checked_add(usize::try_from(number(bytes, at + 4)?).ok()?)?;
        if !name.first()?.is_ascii_uppercase() || at > end {
            return None;
        }
        if name == b"TREE" {
            trees = CachedTrees::parse(bytes, start..at)?;
        }
    }
    (at == end).then_some(trees)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// An index of these paths, with a cache of its trees.
    fn index(paths: &[String], cache: &[u8]) -> Vec<u8> {
        let mut bytes =
            [b"DIRC".as_slice(), &2_u32.to_be_bytes(), &u32::try_from(paths.len()).unwrap().to_be_bytes()].concat();
        for path in paths {
            let start = bytes.len();
            bytes.extend([0; MODE]);
            bytes.extend(0o100_644_u32.to_be_bytes());
            bytes.resize(start + FLAGS, 7);
            bytes.extend(u16::try_from(path.len()).unwrap().to_be_bytes());
            bytes.extend(path.bytes());
            let size = (bytes.len() - start + 8) & !7;
            bytes.resize(start + size, 0);
        }
        bytes.extend(b"TREE");
        bytes.extend(u32::try_from(cache.len()).unwrap().to_be_bytes());
        bytes.extend(cache);
        bytes.extend([9; ID]);
        bytes
    }

    #[test]
    fn an_index_of_two_paths() {
        let bytes = index(&["a/b.yaml".to_owned(), "c.yaml".to_owned()], b"\0-1 1\na\x001 0\n01234567890123456789");
        let read = Index::parse(bytes.clone()).unwrap();
        assert_eq!((read.len(), read.entry(0).unwrap().path), (2, b"a/b.yaml".as_slice()));
        assert_eq!(read.trees().known(1).unwrap().entries, 1);
        holds_for(&bytes);
    }

    proptest! {
        #[test]
        fn whatever_is_in_it(
            paths in prop::collection::vec("[a-c/.]{1,9}", 0..5),
            cache in prop::sample::select(vec![
                &b""[..], b"\0-1 0\n", b"\0-1 1\na\0-1 0\n", b"\x002 0\n01234567890123456789", b"\0-1 9\n", b"\0x 0\n",
            ]),
            spoilt in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
        ) {
            let mut bytes = index(&paths, cache);
            for (at, byte) in spoilt {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            holds_for(&bytes);
        }

        #[test]
        fn any_bytes_at_all(tail in prop::collection::vec(any::<u8>(), 0..200)) {
            holds_for(&tail);
            holds_for(&[b"DIRC\0\0\0\x02\0\0\0\x01".as_slice(), &tail].concat());
        }
    }
}
