//! From the bytes of a file to a text, or to the reason why they are none.

use crate::text::{ByteSpan, SourceText};
use crate::yaml::Limits;
use crate::yaml::error::{YamlError, YamlErrorKind};

/// A text, and what is wrong with it.
#[derive(Debug)]
pub struct Decoded {
    /// The text. With an error it is good for showing places, not for parsing.
    pub text: SourceText,
    /// Why it cannot be parsed, if so.
    pub error: Option<YamlError>,
}

const LFS_HEADER: &[u8] = b"version https://git-lfs.github.com/spec/";
const GIT_CRYPT_HEADER: &[u8] = b"\0GITCRYPT\0";

/// Decodes `bytes`, which must be UTF-8; a byte order mark at the start is allowed and stays in the text.
#[must_use]
pub fn decode(bytes: Vec<u8>, limits: &Limits) -> Decoded {
    let size = bytes.len() as u64;
    if size > limits.file_bytes {
        return whole_file(YamlErrorKind::TooLarge { size, allowed: limits.file_bytes });
    }
    if bytes.starts_with(GIT_CRYPT_HEADER) {
        return whole_file(YamlErrorKind::Encrypted);
    }
    if looks_like_utf16(&bytes) {
        return whole_file(YamlErrorKind::Utf16);
    }
    let (text, wrong) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let offset = error.utf8_error().valid_up_to();
            let byte = error.as_bytes().get(offset).copied().unwrap_or_default();
            // The bytes before the wrong one are kept as they are, so its offset holds in the approximation too.
            (String::from_utf8_lossy(error.as_bytes()).into_owned(), Some((offset, byte)))
        }
    };
    let error = match wrong {
        Some((offset, byte)) => {
            Some(YamlError::new(YamlErrorKind::NotUtf8 { offset, byte }, one_character(&text, offset)))
        }
        None => text_fault(&text),
    };
    Decoded { text: SourceText::new(text), error }
}

fn whole_file(kind: YamlErrorKind) -> Decoded {
    Decoded { text: SourceText::new(String::new()), error: Some(YamlError::new(kind, ByteSpan::at(0))) }
}

fn one_character(text: &str, offset: usize) -> ByteSpan {
    let len = text.get(offset..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    ByteSpan::new(offset..offset + len)
}

/// A byte order mark of UTF-16, or every other byte of the beginning a NUL as in UTF-16 without one.
fn looks_like_utf16(bytes: &[u8]) -> bool {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return true;
    }
    let (pairs, _) = bytes.get(..bytes.len().min(64)).unwrap_or_default().as_chunks::<2>();
    let little = pairs.iter().all(|[low, high]| *low != 0 && *high == 0);
    let big = pairs.iter().all(|[high, low]| *low != 0 && *high == 0);
    pairs.len() >= 2 && (little || big)
}

fn text_fault(text: &str) -> Option<YamlError> {
    if text.as_bytes().starts_with(LFS_HEADER) {
        return Some(YamlError::new(YamlErrorKind::LfsPointer, ByteSpan::at(0)));
    }
    if let Some(offset) = text.find('\0') {
        return Some(YamlError::new(YamlErrorKind::Nul, one_character(text, offset)));
    }
    conflict_marker(text).map(|span| YamlError::new(YamlErrorKind::ConflictMarker, span))
}

/// The first line that only a merge leaves behind. `=======` alone does not count: it underlines headings.
fn conflict_marker(text: &str) -> Option<ByteSpan> {
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let marker = ["<<<<<<< ", ">>>>>>> ", "||||||| "].iter().any(|marker| line.starts_with(marker));
        if marker {
            return Some(ByteSpan::new(offset..offset + line.trim_end().len()));
        }
        offset += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(bytes: &[u8]) -> Option<YamlError> {
        decode(bytes.to_vec(), &Limits::default()).error
    }

    fn kind(bytes: &[u8]) -> Option<YamlErrorKind> {
        error(bytes).map(|error| error.kind)
    }

    #[test]
    fn utf8_with_and_without_a_mark_is_text() {
        assert_eq!(error("note: café\n".as_bytes()), None);
        assert_eq!(error("\u{feff}note: a\n".as_bytes()), None);
        assert_eq!(error(b""), None);
    }

    #[test]
    fn latin_1_is_named_with_its_place() {
        let decoded = decode(b"a: b\nnote: caf\xe9\n".to_vec(), &Limits::default());
        let error = decoded.error.unwrap();
        assert_eq!(error.kind, YamlErrorKind::NotUtf8 { offset: 14, byte: 0xe9 });
        let position = decoded.text.position(error.span.start);
        assert_eq!((position.line, position.column), (2, 10));
        assert!(error.message().contains("byte 15 is 0xE9, which would be “é”"), "{}", error.message());
    }

    #[test]
    fn utf_16_is_named_in_both_orders_with_and_without_a_mark() {
        assert_eq!(kind(b"\xff\xfen\0o\0"), Some(YamlErrorKind::Utf16));
        assert_eq!(kind(b"\xfe\xff\0n\0o"), Some(YamlErrorKind::Utf16));
        assert_eq!(kind(b"n\0o\0t\0e\0:\0"), Some(YamlErrorKind::Utf16));
        assert_eq!(kind(b"\0n\0o\0t\0e\0:"), Some(YamlErrorKind::Utf16));
    }

    #[test]
    fn nul_pointer_and_encrypted_files() {
        let nul = error(b"a: b\nc: \0\n").unwrap();
        assert_eq!((nul.kind, nul.span), (YamlErrorKind::Nul, ByteSpan::new(8..9)));
        assert_eq!(
            kind(b"version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 1\n"),
            Some(YamlErrorKind::LfsPointer)
        );
        assert_eq!(kind(b"\0GITCRYPT\0\x01\x02"), Some(YamlErrorKind::Encrypted));
    }

    #[test]
    fn conflict_markers_are_found_at_line_starts_only() {
        let text = b"a: 1\r\n<<<<<<< HEAD\r\nb: 2\r\n=======\r\nb: 3\r\n>>>>>>> topic\r\n";
        let error = error(text).unwrap();
        assert_eq!((error.kind, error.span), (YamlErrorKind::ConflictMarker, ByteSpan::new(6..18)));
        assert_eq!(kind(b"note: |\n  Heading\n  =======\n  <<<<<<< HEAD\n"), None);
    }

    #[test]
    fn too_large_names_both_numbers() {
        let limits = Limits { file_bytes: 4, ..Limits::default() };
        assert_eq!(decode(b"1234".to_vec(), &limits).error, None);
        let error = decode(b"12345".to_vec(), &limits).error.unwrap();
        assert_eq!(error.kind, YamlErrorKind::TooLarge { size: 5, allowed: 4 });
    }
}
