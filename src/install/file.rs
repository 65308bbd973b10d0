//! Files of hooks: written whole, with their run bit.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Writes a file that must not be there yet, with its run bit.
pub(super) fn write_new(path: &Path, script: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    let mut file = options.open(path)?;
    file.write_all(script.as_bytes())?;
    drop(file);
    make_executable(path)
}

/// Writes a file beside the old one and moves it over, so that git never meets half a hook.
pub(super) fn replace(path: &Path, script: &str) -> io::Result<()> {
    let beside = beside(path);
    write_new(&beside, script)?;
    fs::rename(&beside, path)
}

/// Writes over a file and leaves it its rights.
///
/// # Errors
/// When it cannot be written; the file then is as it was.
pub(super) fn rewrite(path: &Path, text: &str) -> io::Result<()> {
    let rights = fs::metadata(path)?.permissions();
    let beside = beside(path);
    write_new(&beside, text)?;
    fs::set_permissions(&beside, rights)?;
    fs::rename(&beside, path)
}

fn beside(path: &Path) -> PathBuf {
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.new", std::process::id()));
    PathBuf::from(beside)
}

#[cfg(unix)]
fn make_executable(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn make_executable(_path: &Path) -> io::Result<()> {
    Ok(())
}

/// Whether git would run the file; always, where there are no run bits.
#[cfg(unix)]
pub(super) fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).is_ok_and(|metadata| metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
pub(super) fn is_executable(_path: &Path) -> bool {
    true
}
