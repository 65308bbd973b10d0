//! File URIs, as editors name documents.

use super::protocol::Uri;
use crate::source::disk::{bytes_path, path_bytes};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// The file that a URI names; nothing where it names none, as a text that was never saved.
pub(super) fn to_path(uri: &Uri) -> Option<PathBuf> {
    let (scheme, rest) = uri.as_ref().split_once(':')?;
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let path = match rest.strip_prefix("//") {
        Some(rest) => {
            let (host, _) = rest.split_once('/')?;
            rest.get(host.len()..).filter(|_| host.is_empty() || host.eq_ignore_ascii_case("localhost"))?
        }
        None => rest,
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let bytes = decoded(path);
    let is_usable = bytes.starts_with(b"/") && !bytes.contains(&0);
    is_usable.then(|| bytes_path(without_root_of_drive(&bytes)))
}

/// `/c:/notes` names a file on a drive; elsewhere such a path stays as it is.
fn without_root_of_drive(bytes: &[u8]) -> &[u8] {
    match bytes {
        [b'/', drive, b':', ..] if cfg!(windows) && drive.is_ascii_alphabetic() => bytes.get(1..).unwrap_or(bytes),
        _ => bytes,
    }
}

fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let digits = after.first_chunk::<2>().filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let digits = digits.and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    bytes
}

/// The URI of a file.
pub(super) fn of_path(path: &Path) -> Uri {
    let mut uri = String::from("file://");
    let bytes = path_bytes(path);
    if !bytes.starts_with(b"/") {
        uri.push('/');
    }
    for byte in bytes {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'~' => uri.push(char::from(byte)),
            byte if byte.is_ascii_alphanumeric() => uri.push(char::from(byte)),
            byte => {
                let _infallible = write!(uri, "%{byte:02X}");
            }
        }
    }
    Uri::from(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(uri: &str) -> Option<String> {
        to_path(&Uri::from(uri)).map(|path| path.to_string_lossy().into_owned())
    }

    #[test]
    fn a_file_is_found_behind_every_spelling_of_its_uri() {
        for uri in ["file:///n/a%20b.yaml", "FILE:///n/a b.yaml", "file://localhost/n/a%20b.yaml", "file:/n/a%20b.yaml"]
        {
            assert_eq!(path(uri).as_deref(), Some("/n/a b.yaml"), "{uri}");
        }
        assert_eq!(path("file:///n/%C3%A9%2").as_deref(), Some("/n/é%2"));
    }

    #[test]
    fn what_is_no_file_here_has_no_path() {
        for uri in ["untitled:Untitled-1", "git:/n/a.yaml", "file://server/share/a.yaml", "file:", "", "file:///n%00"] {
            assert_eq!(path(uri), None, "{uri}");
        }
    }

    #[test]
    fn a_path_comes_back() {
        for name in ["/n/a b.yaml", "/n/é#?%41.yaml", "/"] {
            assert_eq!(to_path(&of_path(Path::new(name))).as_deref(), Some(Path::new(name)));
        }
        assert_eq!(of_path(Path::new("/n/a b")).as_ref(), "file:///n/a%20b");
    }
}
