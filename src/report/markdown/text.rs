//! Any text as Markdown that shows it as it is.

use crate::report::escape;
use std::fmt::Write as _;

/// The text in one line of a table or a heading. Line breaks are `<br>`. What Markdown, or what hosts add to it, would
/// take for markup is written as a character reference, which cannot make markup; what hosts look for in the finished
/// page (mentions, numbers of issues) is cut by an empty comment.
#[must_use]
pub(in crate::report) fn inline(text: &str) -> String {
    let text = escape::block(text);
    let mut out = String::with_capacity(text.len() + 16);
    let mut lines = text.split('\n');
    if let Some(first) = lines.next() {
        line(&mut out, first);
    }
    for rest in lines {
        out.push_str("<br>");
        line(&mut out, rest);
    }
    out
}

fn line(out: &mut String, text: &str) {
    let last = text.chars().count().saturating_sub(1);
    let mut before = ['\0'; 3];
    let mut characters = text.chars().enumerate().peekable();
    while let Some((at, c)) = characters.next() {
        let is_web = before.iter().all(|c| c.eq_ignore_ascii_case(&'w'));
        let is_before_word = characters.peek().is_some_and(|(_, next)| !next.is_whitespace() && !next.is_ascii_digit());
        match c {
            // Markdown drops blanks at the ends of a cell.
            ' ' if at == 0 || at == last => out.push_str("&#32;"),
            '.' if is_web => out.push_str("&#46;"),
            '@' | '#' => {
                let _infallible = write!(out, "&#{};<!-- -->", u32::from(c));
            }
            // An address, or the name of an emoji.
            ':' if is_before_word => out.push_str("&#58;"),
            '&' | '<' | '>' | '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' => {
                let _infallible = write!(out, "&#{};", u32::from(c));
            }
            _ => out.push(c),
        }
        before = [before[1], before[2], c];
    }
}
