//! Files on disk: read without following a link, and paths from bytes and back.

use super::{Content, NotePath, ReadError};
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Component, Path, PathBuf};

/// The contents of a regular file of at most `limit` bytes, or why it is refused. A link is not followed; a pipe or a
/// device is not opened.
pub(crate) fn read(path: &Path, limit: u64) -> Content {
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) => return Content::Refused(ReadError::Unreadable(error_words(&error))),
    };
    if let Some(refusal) = refusal(&metadata, limit) {
        return Content::Refused(refusal);
    }
    let expected = usize::try_from(metadata.len()).unwrap_or(0);
    File::open(path)
        .and_then(|file| read_bounded(file, expected, limit))
        .unwrap_or_else(|error| Content::Refused(ReadError::Unreadable(error_words(&error))))
}

/// Whether there is something at `path`, be it a link that leads nowhere. What cannot be looked at may be there.
pub(crate) fn is_there(path: &Path) -> bool {
    let absent = |error: io::Error| matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory);
    !fs::symlink_metadata(path).is_err_and(absent)
}

/// Whether both paths lead to one file that is there, by links of either kind too.
pub(crate) fn is_same_file(one: &Path, other: &Path) -> bool {
    let (Ok(one), Ok(other)) = (one.canonicalize(), other.canonicalize()) else { return false };
    one == other || has_same_number(&one, &other)
}

#[cfg(unix)]
fn has_same_number(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let number = |path: &Path| fs::metadata(path).ok().map(|metadata| (metadata.dev(), metadata.ino()));
    number(one).is_some_and(|found| number(other) == Some(found))
}

#[cfg(not(unix))]
fn has_same_number(_: &Path, _: &Path) -> bool {
    false
}

/// The file at `path` below `folder`, like [`read`]; no link below that folder is followed.
pub(crate) fn read_below(folder: &Path, path: &NotePath, limit: u64) -> Content {
    let mut file = folder.to_path_buf();
    for part in bytes_path(path.as_bytes()).components() {
        file.push(part);
        match file.symlink_metadata() {
            Ok(metadata) if metadata.is_symlink() => return Content::Refused(ReadError::SymbolicLink),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Content::Absent;
            }
            Ok(_) | Err(_) => {}
        }
    }
    read(&file, limit)
}

/// The bytes of `input`, at most `limit` of them; `expected` is how many there seem to be.
pub(super) fn read_bounded(input: impl Read, expected: usize, limit: u64) -> io::Result<Content> {
    let mut bytes = Vec::with_capacity(expected);
    // One byte over the limit shows an input that is longer, such as a file that grew after it was measured.
    let size = input.take(limit + 1).read_to_end(&mut bytes)? as u64;
    Ok(if size > limit { Content::Refused(ReadError::TooLarge { size, limit }) } else { Content::Bytes(bytes) })
}

fn refusal(metadata: &Metadata, limit: u64) -> Option<ReadError> {
    let kind = metadata.file_type();
    if kind.is_symlink() {
        Some(ReadError::SymbolicLink)
    } else if kind.is_dir() {
        Some(ReadError::Folder)
    } else if !kind.is_file() {
        Some(ReadError::SpecialFile)
    } else if metadata.len() > limit {
        Some(ReadError::TooLarge { size: metadata.len(), limit })
    } else {
        None
    }
}

/// What the operating system said, without its number.
fn error_words(error: &io::Error) -> String {
    without_number(&error.to_string())
}

/// A message of the operating system without its number.
pub(crate) fn without_number(message: &str) -> String {
    message.split(" (os error").next().unwrap_or(message).to_owned()
}

/// The path with the links among its folders resolved; the last part stays as it is, link or not.
pub(crate) fn in_real_folder(path: &Path) -> PathBuf {
    let real = |path: &Path| path.canonicalize().ok();
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => real(folder).map_or_else(|| path.to_path_buf(), |folder| folder.join(name)),
        _ => real(path).unwrap_or_else(|| path.to_path_buf()),
    }
}

/// The path without `.` parts and with `..` taken back, by its spelling alone.
pub(crate) fn lexically_plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir if plain.file_name().is_some() => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(unix)]
pub(crate) fn path_bytes(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt as _;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(unix)]
pub(crate) fn bytes_path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt as _;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
pub(crate) fn path_bytes(path: &Path) -> Vec<u8> {
    path.to_string_lossy().replace('\\', "/").into_bytes()
}

#[cfg(not(unix))]
pub(crate) fn bytes_path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
