//! A new text put on disk.

use crate::source::disk;
use crate::source::{Content, ReadError};
use std::fmt;
use std::fs::{self, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// A file that was not written. It is as it was.
#[derive(Debug, thiserror::Error)]
#[error("{kind}")]
pub struct WriteError {
    /// Why.
    pub kind: WriteErrorKind,
}

/// Why a file was not written.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteErrorKind {
    /// It is a symbolic link.
    SymbolicLink,
    /// It has several names (hard links): the others would keep the old text.
    HardLinks,
    /// It is no regular file.
    NotAFile,
    /// It may not be written.
    ReadOnly,
    /// It is not as it was when it was read.
    Changed,
    /// There is a file already.
    Exists,
    /// What the operating system said.
    System(io::Error),
}

impl From<io::Error> for WriteError {
    fn from(error: io::Error) -> Self {
        Self { kind: WriteErrorKind::System(error) }
    }
}

impl From<WriteErrorKind> for WriteError {
    fn from(kind: WriteErrorKind) -> Self {
        Self { kind }
    }
}

impl WriteError {
    /// What the writer can do.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self.kind {
            WriteErrorKind::SymbolicLink => "Name the file that the link leads to.",
            WriteErrorKind::HardLinks => "Edit the file by hand, or give it one name only.",
            WriteErrorKind::NotAFile => "Name a regular file.",
            WriteErrorKind::ReadOnly => "Give yourself permission to write the file (`ls -l` shows the permissions).",
            WriteErrorKind::Changed => "Another program wrote it; run the command again.",
            WriteErrorKind::Exists => "Name another file.",
            WriteErrorKind::System(_) => "Check that the disk is not full and that you may write in the folder.",
        }
    }
}

impl fmt::Display for WriteErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::SymbolicLink => write!(f, "it is a symbolic link, and links are never followed"),
            Self::HardLinks => write!(f, "the file has another name, too (a hard link), which would keep the old text"),
            Self::NotAFile => write!(f, "it is not a regular file"),
            Self::ReadOnly => write!(f, "the file is read-only"),
            Self::Changed => write!(f, "the file changed while it was being edited"),
            Self::Exists => write!(f, "there is a file of that name already"),
            Self::System(error) => write!(f, "it could not be written: {}", disk::without_number(&error.to_string())),
        }
    }
}

/// Puts `after` in the place of `before`, in one step: whoever opens the file finds the one or the other. Owner and
/// permissions stay. A run that is killed in between may leave a file behind whose name begins with `.notegate-edit-`.
///
/// # Errors
/// When the file is no regular file of one name that may be written, or does not hold `before`.
pub fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<(), WriteError> {
    let metadata = writable(path)?;
    check_unchanged(path, before)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or_else(|| Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".notegate-edit-").tempfile_in(folder)?;
    file.write_all(after)?;
    keep_owner(file.as_file(), &metadata)?;
    file.as_file().set_permissions(metadata.permissions())?;
    file.as_file().sync_all()?;
    // The last look before the step that cannot be taken back.
    writable(path)?;
    check_unchanged(path, before)?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Whether [`replace`] would write the file, as far as that is known before.
///
/// # Errors
/// When it would not.
pub fn replaceable(path: &Path) -> Result<(), WriteError> {
    writable(path).map(|_| ())
}

/// Writes a file that is not there yet.
///
/// # Errors
/// When something is there, or it cannot be written; then nothing is there.
pub fn create(path: &Path, text: &[u8]) -> Result<(), WriteError> {
    let exists = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => WriteErrorKind::Exists.into(),
        _ => WriteError::from(error),
    };
    // `create_new` refuses what is there, a dangling link too.
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(exists)?;
    file.write_all(text).and_then(|()| file.sync_all()).map_err(|error| {
        let _half_written = fs::remove_file(path);
        error.into()
    })
}

/// Refuses what is no regular file of one name that may be written.
fn writable(path: &Path) -> Result<Metadata, WriteError> {
    let metadata = fs::symlink_metadata(path)?;
    let kind = metadata.file_type();
    if kind.is_symlink() {
        return Err(WriteErrorKind::SymbolicLink.into());
    }
    if !kind.is_file() {
        return Err(WriteErrorKind::NotAFile.into());
    }
    if names(&metadata) > 1 {
        return Err(WriteErrorKind::HardLinks.into());
    }
    if metadata.permissions().readonly() {
        return Err(WriteErrorKind::ReadOnly.into());
    }
    Ok(metadata)
}

fn check_unchanged(path: &Path, before: &[u8]) -> Result<(), WriteError> {
    match disk::read(path, before.len() as u64) {
        Content::Bytes(bytes) if bytes == before => Ok(()),
        Content::Refused(ReadError::Unreadable(why)) => Err(WriteErrorKind::System(io::Error::other(why)).into()),
        _ => Err(WriteErrorKind::Changed.into()),
    }
}

#[cfg(unix)]
fn names(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::nlink(metadata)
}

#[cfg(not(unix))]
fn names(_: &Metadata) -> u64 {
    1
}

/// Gives the new file the owner of the old one, which only an administrator's differs from.
#[cfg(unix)]
fn keep_owner(file: &fs::File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt as _, fchown};
    let new = file.metadata()?;
    let other = |old: u32, new: u32| (old != new).then_some(old);
    let (user, group) = (other(old.uid(), new.uid()), other(old.gid(), new.gid()));
    if user.is_none() && group.is_none() { Ok(()) } else { fchown(file, user, group) }
}

#[cfg(not(unix))]
fn keep_owner(_: &fs::File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};

    fn kind(result: Result<(), WriteError>) -> String {
        result.map_or_else(|error| format!("{:?}", error.kind), |()| "written".to_owned())
    }

    #[test]
    fn the_text_is_replaced_and_the_permissions_stay() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "old").unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
        replace(&path, b"old", b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o640);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn links_read_only_files_and_changed_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        fs::write(&path, "old").unwrap();
        let link = folder.path().join("link.yaml");
        symlink(&path, &link).unwrap();
        assert_eq!(kind(replace(&link, b"old", b"new")), "SymbolicLink");
        for before in ["older", "ol", "odd", ""] {
            assert_eq!(kind(replace(&path, before.as_bytes(), b"new")), "Changed", "{before}");
        }
        assert_eq!(kind(replace(folder.path(), b"", b"new")), "NotAFile");
        assert!(kind(replace(&folder.path().join("b.yaml"), b"", b"new")).starts_with("System"));
        let second = folder.path().join("second.yaml");
        fs::hard_link(&path, &second).unwrap();
        assert_eq!(kind(replace(&path, b"old", b"new")), "HardLinks");
        fs::remove_file(&second).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o440)).unwrap();
        assert_eq!(kind(replace(&path, b"old", b"new")), "ReadOnly");
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    }

    #[test]
    fn a_new_file_takes_nobodys_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.yaml");
        create(&path, b"one").unwrap();
        assert_eq!(kind(create(&path, b"two")), "Exists");
        let link = folder.path().join("link.yaml");
        symlink(folder.path().join("nowhere"), &link).unwrap();
        assert_eq!(kind(create(&link, b"two")), "Exists");
        assert_eq!(fs::read(&path).unwrap(), b"one");
    }
}
