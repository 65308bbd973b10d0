//! A run in several parts, each on a machine of its own: which part judges which file.

use super::{Elsewhere, Load, NotePath, SetAside, Sought, Source, SourceError};
use std::str::FromStr;

/// The most parts.
const MOST: u32 = 65_536;

/// One of several parts of a run. Which files a part judges depends on their paths alone, so that each file is judged by
/// exactly one part, on whatever machine and by whatever version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shard {
    /// Counted from 1.
    number: u32,
    count: u32,
}

impl Shard {
    /// Part `number` of `count`, counted from 1; nothing where there is no such part.
    #[must_use]
    pub fn new(number: u32, count: u32) -> Option<Self> {
        (count <= MOST && (1..=count).contains(&number)).then_some(Self { number, count })
    }

    /// Which part it is, counted from 1.
    #[must_use]
    pub fn number(self) -> u32 {
        self.number
    }

    /// How many parts there are.
    #[must_use]
    pub fn count(self) -> u32 {
        self.count
    }

    /// Whether the file at `path` is judged by this part.
    #[must_use]
    pub fn holds(self, path: &NotePath) -> bool {
        fnv_1a(path.as_bytes()) % u64::from(self.count) == u64::from(self.number - 1)
    }
}

/// FNV-1a with 64 bits: small, the same everywhere, and in docs/ci.md, so it never changes.
fn fnv_1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

impl FromStr for Shard {
    type Err = String;

    /// Reads `2/8`: the second of eight parts.
    fn from_str(text: &str) -> Result<Self, String> {
        let form = || "write the number of the part and how many parts there are, such as 1/4".to_owned();
        let (number, count) = text.split_once('/').ok_or_else(form)?;
        let read = |digits: &str| {
            digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse::<u32>().ok()).flatten()
        };
        let (number, count) = read(number).zip(read(count)).ok_or_else(form)?;
        match (number, count) {
            (_, 0) => Err("a run has at least one part, as in 1/1".to_owned()),
            (_, count) if count > MOST => Err(format!("a run has at most {MOST} parts")),
            (0, count) => Err(format!("parts count from 1: the first of {count} is 1/{count}")),
            (number, count) if number > count => {
                Err(format!("there is no part {number} of {count}: they are 1/{count} to {count}/{count}"))
            }
            (number, count) => Ok(Self { number, count }),
        }
    }
}

/// A source of which a run judges one part. The rules that look at other files still see all of them.
pub(crate) struct Sharded<'a> {
    source: &'a dyn Source,
    shard: Shard,
}

impl<'a> Sharded<'a> {
    pub(crate) fn new(source: &'a dyn Source, shard: Shard) -> Self {
        Self { source, shard }
    }
}

impl Source for Sharded<'_> {
    fn paths(&self) -> Result<Vec<NotePath>, SourceError> {
        self.source.paths()
    }

    fn judges(&self, path: &NotePath) -> bool {
        self.shard.holds(path) && self.source.judges(path)
    }

    fn prepare(&self, paths: &[NotePath]) -> Result<(), SourceError> {
        self.source.prepare(paths)
    }

    fn loader(&self) -> Result<Box<dyn Load + '_>, SourceError> {
        self.source.loader()
    }

    fn context(&self) -> Result<Vec<NotePath>, SourceError> {
        self.source.context()
    }

    fn set_aside(&self, path: &NotePath) -> Option<SetAside> {
        self.source.set_aside(path)
    }

    fn elsewhere(&self, sought: &[Sought]) -> Result<Elsewhere, SourceError> {
        self.source.elsewhere(sought)
    }

    fn sides(&self) -> usize {
        self.source.sides()
    }

    fn shard(&self) -> Option<Shard> {
        Some(self.shard)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_hash_is_the_published_one() {
        // The test values of the hash's authors.
        for (text, hash) in
            [("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8)]
        {
            assert_eq!(fnv_1a(text.as_bytes()), hash, "{text}");
        }
    }

    #[test]
    fn a_part_is_written_as_a_number_of_a_number() {
        assert_eq!("2/8".parse(), Ok(Shard { number: 2, count: 8 }));
        assert_eq!("1/1".parse(), Ok(Shard { number: 1, count: 1 }));
        for (text, words) in [
            ("0/4", "the first of 4 is 1/4"),
            ("5/4", "there is no part 5 of 4: they are 1/4 to 4/4"),
            ("1/0", "at least one part"),
            ("1/65537", "at most 65536"),
            ("a/b", "such as 1/4"),
            ("1", "such as 1/4"),
            ("1/2/3", "such as 1/4"),
            ("+1/2", "such as 1/4"),
            ("-1/2", "such as 1/4"),
            ("1 / 2", "such as 1/4"),
            ("/", "such as 1/4"),
            ("99999999999/2", "such as 1/4"),
        ] {
            let error = text.parse::<Shard>().unwrap_err();
            assert!(error.contains(words), "{text}: {error}");
        }
    }

    proptest! {
        #[test]
        fn each_file_is_judged_by_exactly_one_part(path in any::<Vec<u8>>(), count in 1u32..100) {
            let path = NotePath::from_bytes(path);
            let holding = (1..=count).filter(|number| Shard { number: *number, count }.holds(&path)).count();
            prop_assert_eq!(holding, 1);
        }
    }

    #[test]
    fn the_parts_are_about_as_large_as_each_other() {
        for count in [2, 3, 4, 7, 16] {
            let mut sizes = vec![0; count as usize];
            for customer in 0..100 {
                for workload in 0..10 {
                    let path = NotePath::from_bytes(format!("notes/customer-{customer:04}/workload-{workload}.yaml"));
                    let number = (1..=count).find(|number| Shard { number: *number, count }.holds(&path)).unwrap();
                    sizes[number as usize - 1] += 1;
                }
            }
            let even = 1000 / count as usize;
            assert!(sizes.iter().all(|size| (even * 3 / 4..=even * 5 / 4).contains(size)), "{count}: {sizes:?}");
        }
    }
}
