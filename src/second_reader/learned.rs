//! What a team's own notes have taught, on top of the weights that come with the program, and the file that keeps it.
//!
//! The file is JSON and holds only the weights that changed, each as its number and by how many steps it changed. It
//! names the weights that it was taught on, so that a file from another version is told and never misread.

use super::model::{Change, Head, Model};
use super::train::{Sample, train_further};
use super::{BUILT_IN, SHIPPED, SecondReader};
use git2::{ObjectType, Oid};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The largest file of learned weights that is read, in bytes.
pub const MOST_BYTES: u64 = 1024 * 1024;

/// How many weights such a file holds at most: none takes more than fourteen bytes, so they fit into [`MOST_BYTES`].
const MOST_WEIGHTS: usize = 70_000;

/// The version of the file.
const VERSION: u64 = 1;

/// What a file of learned weights starts with, whatever its version.
const SIGNATURE: &str = r#"{"notegate_learned":"#;

/// The weights of the second reader after it has learned from a team's own notes.
#[derive(Clone, PartialEq, Eq)]
pub struct Learned {
    model: Model,
}

/// What a file says of itself.
#[derive(Serialize, Deserialize)]
struct Heading {
    notegate_learned: u64,
    built_on: String,
}

/// The whole file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "notegate_learned")]
    _version: u64,
    #[serde(rename = "built_on")]
    _built_on: String,
    heads: Vec<Weights>,
}

/// The weights of one head.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Weights {
    head: String,
    /// The number of a weight, and how many steps it changed.
    weights: Vec<(u32, i32)>,
}

/// Why a file cannot be used as one of learned weights; the words complete “the file …”. Nothing of them is from the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotLearned {
    /// It is no such JSON.
    Malformed {
        /// The line where the trouble was found, from 1.
        line: usize,
    },
    /// It has a version that this program does not know.
    Version(u64),
    /// It was taught on other weights than those of this program.
    Stale,
    /// It names a head or a weight that does not exist, or one twice, or changes one beyond its range.
    Damaged,
}

impl fmt::Display for NotLearned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { line } => {
                write!(f, "is not what `notegate learn` writes: line {line} of it cannot be read")
            }
            Self::Version(version) => {
                write!(f, "has version {version} of its format, and this notegate reads version {VERSION}")
            }
            Self::Stale => {
                f.write_str("was learned with another version of notegate, whose own weights were different")
            }
            Self::Damaged => f.write_str("was changed after `notegate learn` wrote it"),
        }
    }
}

impl Learned {
    /// A reader that has learned nothing beside what comes with the program.
    #[must_use]
    pub fn nothing() -> Self {
        Self { model: BUILT_IN.clone() }
    }

    /// What the weights that come with the program become by these notes.
    #[must_use]
    pub(crate) fn from_notes(samples: &[&Sample]) -> Self {
        Self { model: train_further(&BUILT_IN, samples, MOST_WEIGHTS) }
    }

    /// Reads a file of learned weights.
    ///
    /// # Errors
    /// When it is no such file, or was not made for this program.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, NotLearned> {
        // The version first: what another one holds beside it cannot be known.
        let Heading { notegate_learned, built_on } =
            serde_json::from_slice(bytes).map_err(|error| malformed(&error))?;
        if notegate_learned != VERSION {
            return Err(NotLearned::Version(notegate_learned));
        }
        if built_on != identity() {
            return Err(NotLearned::Stale);
        }
        let File { heads, .. } = serde_json::from_slice(bytes).map_err(|error| malformed(&error))?;
        let changes = changes(&heads).ok_or(NotLearned::Damaged)?;
        Ok(Self { model: BUILT_IN.with(&changes) })
    }

    /// The file that keeps it: the same for the same weights, one head a line.
    #[must_use]
    pub fn to_json(&self) -> String {
        let heading = Heading { notegate_learned: VERSION, built_on: identity() };
        let json = |value: serde_json::Result<String>| value.unwrap_or_default();
        let heads: Vec<String> = self.to_heads().iter().map(|head| json(serde_json::to_string(head))).collect();
        let start = json(serde_json::to_string(&heading));
        format!("{},\"heads\":[\n{}\n]}}\n", start.trim_end_matches('}'), heads.join(",\n"))
    }

    /// How many weights it changes.
    #[must_use]
    pub fn count(&self) -> usize {
        Head::all().map(|head| self.model.changes_since(&BUILT_IN, head).count()).sum()
    }

    /// The reader that has learned this.
    #[must_use]
    pub fn reader(&self) -> SecondReader<'_> {
        SecondReader::new(&self.model)
    }

    fn to_heads(&self) -> Vec<Weights> {
        let weights = |head: Head| Weights {
            head: head.name().to_owned(),
            weights: self.model.changes_since(&BUILT_IN, head).collect(),
        };
        Head::all().map(weights).filter(|head| !head.weights.is_empty()).collect()
    }
}

impl fmt::Debug for Learned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Learned").finish_non_exhaustive()
    }
}

/// Whether these bytes begin like a file of learned weights, of whatever version.
#[must_use]
pub(crate) fn begins_like_learned(bytes: &[u8]) -> bool {
    bytes.starts_with(SIGNATURE.as_bytes())
}

fn malformed(error: &serde_json::Error) -> NotLearned {
    NotLearned::Malformed { line: error.line().max(1) }
}

/// What the weights that come with the program are known by: what `git hash-object` says to their file.
fn identity() -> String {
    // Hashing fails for no bytes; should it, no file fits.
    Oid::hash_object(ObjectType::Blob, SHIPPED).map(|id| id.to_string()).unwrap_or_default()
}

/// The changes that a file names: heads in their order, the weights of each in theirs. Nothing when one of them does not
/// exist, stands there twice, or changes by what it has no room for: no such file was ever written.
fn changes(heads: &[Weights]) -> Option<Vec<Change>> {
    let mut known = Head::all();
    let mut changes = Vec::new();
    for written in heads {
        let head = known.find(|head| head.name() == written.head)?;
        if written.weights.is_empty() {
            return None;
        }
        let mut next = 0;
        for (number, steps) in &written.weights {
            if *number < next || *number >= head.count() || *steps == 0 {
                return None;
            }
            next = number + 1;
            let change = Change { place: head.numbered(*number), steps: *steps };
            changes.push(Some(change).filter(|change| BUILT_IN.has_room(*change))?);
        }
    }
    Some(changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn learned(changes: &[Change]) -> Learned {
        Learned { model: BUILT_IN.with(changes) }
    }

    /// A change that its weight has room for.
    fn change(head: Head, number: u32) -> Change {
        let place = head.numbered(number);
        Change { place, steps: if BUILT_IN.weights[place].cast_signed() < 0 { 3 } else { -2 } }
    }

    fn file(heads: &str) -> Vec<u8> {
        format!(r#"{{"notegate_learned":1,"built_on":"{}","heads":{heads}}}"#, identity()).into_bytes()
    }

    #[test]
    fn what_was_learned_survives_the_way_through_a_file() {
        let last = Head::Defect(super::super::Defect::NoIntentTold);
        let changes =
            [change(Head::Poor, 0), change(Head::Poor, 7), change(Head::Great, 262_143), change(last, 65_535)];
        let learned = learned(&changes);
        let json = learned.to_json();
        assert_eq!((learned.count(), json.lines().count()), (4, 5));
        assert!(begins_like_learned(json.as_bytes()), "{json}");
        assert_eq!(Learned::from_bytes(json.as_bytes()), Ok(learned));
        let nothing = Learned::nothing();
        assert_eq!((nothing.count(), Learned::from_bytes(nothing.to_json().as_bytes())), (0, Ok(nothing)));
    }

    #[test]
    fn a_full_file_fits_into_the_limit() {
        let pair = "[262143,-255],".len();
        assert!((MOST_WEIGHTS * pair + 12 * 64 + 200) as u64 <= MOST_BYTES);
    }

    #[test]
    fn the_weights_are_known_by_what_git_says_to_them() {
        // git hash-object src/second_reader/weights.bin
        assert_eq!(identity().len(), 40);
        assert_eq!(identity(), Oid::hash_file(ObjectType::Blob, "src/second_reader/weights.bin").unwrap().to_string());
    }

    #[test]
    fn a_file_for_other_weights_or_of_another_version_is_told() {
        let json = Learned::nothing().to_json();
        let stale = json.replace(&identity(), &"0".repeat(40));
        assert_eq!(Learned::from_bytes(stale.as_bytes()), Err(NotLearned::Stale));
        let newer = r#"{"notegate_learned":2,"built_on":"x","further":[]}"#;
        assert_eq!(Learned::from_bytes(newer.as_bytes()), Err(NotLearned::Version(2)));
    }

    #[test]
    fn hostile_files_are_told_and_never_used() {
        let malformed = |bytes: &[u8]| matches!(Learned::from_bytes(bytes), Err(NotLearned::Malformed { .. }));
        let deep = "[".repeat(500_000);
        let deep_heads = file(&deep);
        for bytes in [
            &b""[..],
            b"null",
            b"[]",
            b"{}",
            b"\xff",
            deep.as_bytes(),
            &deep_heads,
            &file("{}"),
            &file(r#"[{"head":"poor","weights":[[1,NaN]]}]"#),
            &file(r#"[{"head":"poor","weights":[[1,1e999]]}]"#),
            &file(r#"[{"head":"poor","weights":[[1,1.5]]}]"#),
            &file(r#"[{"head":"poor","weights":[[-1,1]]}]"#),
            &file(r#"[{"head":"poor","weights":[[99999999999999999999,1]]}]"#),
            &file(r#"[{"head":"poor","weights":[[1,99999999999]]}]"#),
            &file(r#"[{"head":"poor","weights":[[1,1,1]]}]"#),
            &file(r#"[{"head":"poor","weights":[[1]]}]"#),
            &file(r#"[{"head":"poor","weights":{"1":1}}]"#),
            &file(r#"[{"head":"poor","weights":[],"more":1}]"#),
            &file(r#"[{"head":"poor","head":"great","weights":[]}]"#),
            &file(r#"[],"heads":[]"#),
            &file(r#"[],"more":1"#),
        ] {
            assert!(malformed(bytes), "{:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(200)]));
        }
        for heads in [
            r#"[{"head":"none","weights":[[1,1]]}]"#,
            r#"[{"head":"poor","weights":[]}]"#,
            r#"[{"head":"poor","weights":[[1,0]]}]"#,
            r#"[{"head":"poor","weights":[[1,1],[1,1]]}]"#,
            r#"[{"head":"poor","weights":[[2,1],[1,1]]}]"#,
            r#"[{"head":"poor","weights":[[262144,1]]}]"#,
            r#"[{"head":"poor","weights":[[4294967295,1]]}]"#,
            r#"[{"head":"usage","weights":[[65536,1]]}]"#,
            r#"[{"head":"poor","weights":[[1,300]]}]"#,
            r#"[{"head":"poor","weights":[[1,-2147483648]]}]"#,
            r#"[{"head":"poor","weights":[[1,2147483647]]}]"#,
            r#"[{"head":"great","weights":[[1,1]]},{"head":"poor","weights":[[1,1]]}]"#,
            r#"[{"head":"poor","weights":[[1,1]]},{"head":"poor","weights":[[2,1]]}]"#,
        ] {
            assert_eq!(Learned::from_bytes(&file(heads)), Err(NotLearned::Damaged), "{heads}");
        }
    }
}
