//! The one place where text from files, names and settings is made fit for a stream.
//!
//! What leaves the program holds no control character but the line feed, and no character that turns the direction
//! of the text: a note, a key or a file name must not be able to move the cursor, hide text, or set a window title.

use crate::visibility::{self, is_hidden};
use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether a character may not reach a stream as it is. Line feeds count as unsafe; who wants them asks for them.
#[must_use]
pub fn is_unsafe(c: char) -> bool {
    visibility::is_unsafe(c)
}

/// Text for one line: line breaks and tabs become a space, other unsafe characters become visible (`<U+001B>`). So do
/// those that nobody sees (`inclu<U+200B>de`), or a name and its slip would look the same. After letters of other scripts
/// and within emoji they have work to do, so they stay there.
#[must_use]
pub fn line(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| is_unsafe(c) || is_hidden(c)) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\n' | '\r' | '\t' => out.push(' '),
            _ if is_hidden(c) && out.chars().next_back().is_none_or(|before| before.is_ascii()) => {
                push_code(&mut out, c);
            }
            _ => push_visible(&mut out, c),
        }
    }
    Cow::Owned(out)
}

/// Text of several lines: like [`line()`], but line breaks stay, as line feeds.
#[must_use]
pub fn block(text: &str) -> Cow<'_, str> {
    if !text.contains(|c| c != '\n' && (is_unsafe(c) || is_hidden(c))) {
        return Cow::Borrowed(text);
    }
    let lines: Vec<Cow<'_, str>> = text.split('\n').map(|part| line(part.strip_suffix('\r').unwrap_or(part))).collect();
    Cow::Owned(lines.join("\n"))
}

/// Adds `c` as it is when it is safe, else as its code point.
pub(crate) fn push_visible(out: &mut String, c: char) {
    if is_unsafe(c) { push_code(out, c) } else { out.push(c) }
}

fn push_code(out: &mut String, c: char) {
    let _infallible = write!(out, "<U+{:04X}>", u32::from(c));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn plain_text_is_borrowed() {
        assert!(matches!(line("Kunde möchte nicht 🙂"), Cow::Borrowed(_)));
        assert!(matches!(block("two\nlines"), Cow::Borrowed(_)));
    }

    #[test]
    fn unsafe_characters_become_visible() {
        assert_eq!(line("a\u{1b}[31mb"), "a<U+001B>[31mb");
        assert_eq!(line("\u{9b}2J"), "<U+009B>2J");
        assert_eq!(line("abc\u{202e}fed"), "abc<U+202E>fed");
    }

    #[test]
    fn what_nobody_sees_becomes_visible_where_it_has_no_work_to_do() {
        assert_eq!(line("inclu\u{200b}de"), "inclu<U+200B>de");
        assert_eq!(line("\u{200b}note"), "<U+200B>note");
        assert_eq!(line("no\u{ad}\u{2060}te\u{3164}"), "no<U+00AD><U+2060>te<U+3164>");
        assert_eq!(block("fie\u{200c}lds\nx"), "fie<U+200C>lds\nx");
        for text in ["👩\u{200d}💻", "می\u{200c}خواهد", "ภาษา\u{200b}ไทย", "क\u{94d}\u{200d}ष"]
        {
            assert_eq!(line(text), text);
        }
    }

    #[test]
    fn one_line_stays_one_line() {
        assert_eq!(line("a\r\nb\tc\rd"), "a b c d");
        assert_eq!(block("a\r\nb\tc"), "a\nb c");
    }

    proptest! {
        #[test]
        fn nothing_unsafe_gets_through(text in any::<String>()) {
            prop_assert!(!line(&text).contains(is_unsafe));
            prop_assert!(!block(&text).contains(|c| c != '\n' && is_unsafe(c)));
        }
    }
}
