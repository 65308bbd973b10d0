//! Texts as SARIF has them.

use serde::Serialize;
use std::fmt::Write as _;

/// A message.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Message {
    pub(super) text: String,
}

/// `text` as the message of a result. In one, a number in braces stands for an argument and `[a](b)` is a link, so braces
/// are doubled and a bracket that would begin a link is escaped, as the standard has it (3.11.5 and 3.11.6).
pub(super) fn plain(text: &str) -> Message {
    let text = text.replace('{', "{{").replace('}', "}}");
    let mut out = String::with_capacity(text.len());
    // From the end: what follows a bracket says whether it would begin a link.
    let mut closes = false;
    let mut escaped = Vec::new();
    for (at, c) in text.char_indices().rev() {
        match c {
            ']' if text.get(at + 1..).is_some_and(|rest| rest.starts_with('(')) => closes = true,
            '[' if closes => escaped.push(at),
            _ => {}
        }
    }
    let mut escaped = escaped.into_iter().rev().peekable();
    for (at, c) in text.char_indices() {
        if escaped.next_if_eq(&at).is_some() {
            out.push('\\');
        }
        out.push(c);
    }
    Message { text: out }
}

/// The address of a file: relative to the root of the repository, `/` between its parts, all else percent-encoded that
/// an address cannot hold. A colon is too, so that no name of a file is taken for a scheme.
pub(super) fn uri(path: &str) -> String {
    let mut uri = if path.starts_with('/') { "file://".to_owned() } else { String::new() };
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => {
                let _infallible = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_holds_no_argument_and_no_link() {
        for (text, message) in [
            ("fill in [primary issue] (and more)", "fill in [primary issue] (and more)"),
            ("see [here](https://x)", "see \\[here](https://x)"),
            ("{0} of {1}", "{{0}} of {{1}}"),
            ("[a [b](c) [d]", "\\[a \\[b](c) [d]"),
            ("](", "]("),
        ] {
            assert_eq!(plain(text).text, message);
        }
    }

    #[test]
    fn a_path_is_percent_encoded() {
        for (path, address) in [
            ("notes/Größe 1.yaml", "notes/Gr%C3%B6%C3%9Fe%201.yaml"),
            ("a:b%20c?.yaml", "a%3Ab%2520c%3F.yaml"),
            ("../x\\y.yaml", "../x%5Cy.yaml"),
            ("/tmp/a#b.yaml", "file:///tmp/a%23b.yaml"),
        ] {
            assert_eq!(uri(path), address);
        }
    }
}
