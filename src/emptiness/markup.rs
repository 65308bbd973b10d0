//! What programs leave where a text should be: HTML that shows nothing, the errors of a spreadsheet, no number.

use std::borrow::Cow;

/// Tags that set text and are none.
const TAGS: [&str; 20] = [
    "b", "br", "center", "div", "em", "font", "hr", "i", "li", "ol", "p", "small", "span", "strong", "table", "td",
    "tr", "u", "ul", "wbr",
];

/// Entities that show nothing.
const BLANKS: [&str; 13] =
    ["emsp", "ensp", "hairsp", "lrm", "nbsp", "newline", "numsp", "puncsp", "rlm", "shy", "thinsp", "zwj", "zwnj"];

/// Bytes of the longest tag and entity that are looked for.
const LONGEST_TAG: usize = 120;
const LONGEST_ENTITY: usize = 12;

/// What a spreadsheet or a program writes in place of a value, in lower case.
const ERRORS: [&str; 13] = [
    "#div/0!",
    "#error!",
    "#getting_data",
    "#n/a",
    "#name?",
    "#null!",
    "#num!",
    "#ref!",
    "#spill!",
    "#value!",
    "#calc!",
    "[object object]",
    "<na>",
];

/// Whether the whole text is what a program writes for a value that it does not have. Nan is a name, and `NaN` is none.
pub(super) fn is_error(text: &str) -> bool {
    let text = text.trim();
    text == "NaN" || ERRORS.iter().any(|error| text.eq_ignore_ascii_case(error))
}

/// The text with a space in place of each tag and of each entity that shows nothing. Linear.
pub(super) fn without_markup(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| matches!(byte, b'<' | b'&')) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at_checked(at).unwrap_or((rest, ""));
        shown.push_str(before);
        match tag(from).or_else(|| blank_entity(from)) {
            Some(length) => {
                shown.push(' ');
                rest = from.get(length..).unwrap_or_default();
            }
            None => {
                shown.extend(from.chars().take(1));
                rest = from.get(1..).unwrap_or_default();
            }
        }
    }
    shown.push_str(rest);
    Cow::Owned(shown)
}

/// The length of the tag that a text begins with.
fn tag(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('<')?;
    let end = inside.bytes().take(LONGEST_TAG).position(|byte| byte == b'>')?;
    let name = inside.get(..end)?.trim_start_matches('/').split([' ', '/']).next()?;
    TAGS.iter().any(|tag| tag.eq_ignore_ascii_case(name)).then_some(end + 2)
}

/// The length of the entity that a text begins with, when it shows nothing.
fn blank_entity(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('&')?;
    let end = inside.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';')?;
    let name = inside.get(..end)?;
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => number.parse().ok(),
    });
    let is_blank = match number.and_then(char::from_u32) {
        Some(character) => super::is_blank(character.encode_utf8(&mut [0; 4])),
        None => BLANKS.iter().any(|blank| blank.eq_ignore_ascii_case(name)),
    };
    is_blank.then_some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_shows_nothing_goes() {
        for (text, shown) in [
            ("a<br>b", "a b"),
            ("<p>TBD</p>", " TBD "),
            ("<br/><BR /><span class='x'>", "   "),
            ("&nbsp;&#8203;&#x200B;&NBSP;", "    "),
            ("AT&T", "AT&T"),
            ("R&D; a < b > c", "R&D; a < b > c"),
            ("<customer>", "<customer>"),
            ("<dana@contoso.example>", "<dana@contoso.example>"),
            ("&amp; &#65; &;&#; &#x110000;", "&amp; &#65; &;&#; &#x110000;"),
            ("é<é>&é;", "é<é>&é;"),
            ("<", "<"),
        ] {
            assert_eq!(without_markup(text), shown, "{text}");
        }
        assert!(is_error("#REF!") && is_error(" #n/a ") && is_error("NaN"));
        assert!(!is_error("Nan") && !is_error("NAN") && !is_error("#4711") && !is_error("ref"));
    }
}
