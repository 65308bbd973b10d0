//! Texts written as YAML scalars.

use super::{ScalarStyle, is_number};
use crate::visibility::is_shown_after;

/// Where a scalar is to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Context {
    /// On a line of its own, after its key.
    Block,
    /// In braces or brackets, where a comma ends it.
    Flow,
    /// In a JSON document, which knows double quotes only.
    Json,
}

/// The quotes to prefer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Quotes {
    /// None where none are needed.
    #[default]
    None,
    Single,
    Double,
}

impl From<ScalarStyle> for Quotes {
    fn from(style: ScalarStyle) -> Self {
        match style {
            ScalarStyle::SingleQuoted => Self::Single,
            ScalarStyle::DoubleQuoted => Self::Double,
            ScalarStyle::Plain | ScalarStyle::Literal | ScalarStyle::Folded => Self::None,
        }
    }
}

/// `text` as a scalar on one line, in these quotes where they can hold it, and in double quotes where they cannot.
pub(crate) fn written(text: &str, quotes: Quotes, context: Context) -> String {
    match quotes {
        _ if context == Context::Json => double(text, context),
        Quotes::None if is_plain(text, context) => text.to_owned(),
        Quotes::Single if is_shown(text) => format!("'{}'", text.replace('\'', "''")),
        Quotes::None | Quotes::Single | Quotes::Double => double(text, context),
    }
}

/// Whether `text` can stand without quotes, and every program that reads YAML takes it for the same text.
fn is_plain(text: &str, context: Context) -> bool {
    const WORDS: [&str; 12] = ["", "null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf"];
    let starts = text.starts_with(char::is_alphanumeric);
    let has_mark = |mark: &str| text.contains(mark);
    let is_of_flow = |c: char| matches!(c, ',' | '[' | ']' | '{' | '}');
    // Older YAML takes these for numbers to the base of 60, and numbers with `_`.
    let may_be_number = text.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | '_' | '+' | 'e' | 'E'));
    starts
        && is_shown(text)
        && !text.ends_with([' ', ':'])
        && !has_mark(": ")
        && !has_mark(" #")
        && !(context == Context::Flow && (text.contains(is_of_flow) || has_mark(":")))
        && !may_be_number
        && !is_number(text)
        && !WORDS.contains(&text.to_lowercase().as_str())
}

/// Whether every character of a text can stand in a scalar of one line without an escape, and be seen there.
pub(crate) fn is_shown(text: &str) -> bool {
    text.is_ascii() && !text.contains(|c: char| c.is_ascii_control()) || characters(text).all(|(_, is_shown)| is_shown)
}

/// The characters of a text, and whether each is shown.
fn characters(text: &str) -> impl Iterator<Item = (char, bool)> {
    let before = std::iter::once(None).chain(text.chars().map(Some));
    text.chars().zip(before).map(|(c, before)| (c, is_shown_after(c, before)))
}

fn double(text: &str, context: Context) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for (c, is_shown) in characters(text) {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            _ if is_shown => quoted.push(c),
            // JSON has four digits for a half of such a character.
            _ if context == Context::Json => {
                let mut halves = [0; 2];
                c.encode_utf16(&mut halves).iter().for_each(|half| quoted.push_str(&format!("\\u{half:04X}")));
            }
            _ if c.len_utf16() == 1 => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            _ => quoted.push_str(&format!("\\U{:08X}", u32::from(c))),
        }
    }
    quoted.push('"');
    quoted
}

/// A text as a scalar on a line of its own.
pub(crate) fn on_line(text: &str) -> String {
    written(text, Quotes::None, Context::Block)
}

/// A text as a scalar in braces or brackets.
pub(crate) fn in_braces(text: &str) -> String {
    written(text, Quotes::None, Context::Flow)
}

/// A text in a JSON document.
pub(crate) fn in_json(text: &str) -> String {
    written(text, Quotes::None, Context::Json)
}

/// A text in quotes, whatever it is.
pub(crate) fn in_quotes(text: &str) -> String {
    written(text, Quotes::Double, Context::Block)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;
    use crate::yaml::{Limits, ScalarKind, parse};
    use proptest::prelude::*;

    #[test]
    fn quotes_are_used_where_they_are_needed() {
        for (text, block, flow) in [
            ("Ann Lee-O’Neil", "Ann Lee-O’Neil", "Ann Lee-O’Neil"),
            ("Sato, Hana", "Sato, Hana", "\"Sato, Hana\""),
            ("Ann: Lee", "\"Ann: Lee\"", "\"Ann: Lee\""),
            ("#1 \"A\"", "\"#1 \\\"A\\\"\"", "\"#1 \\\"A\\\"\""),
            ("2026-07-01", "2026-07-01", "2026-07-01"),
            ("42", "\"42\"", "\"42\""),
            ("12:30", "\"12:30\"", "\"12:30\""),
            ("No", "\"No\"", "\"No\""),
            ("a\nb", "\"a\\nb\"", "\"a\\nb\""),
            ("", "\"\"", "\"\""),
            ("- a", "\"- a\"", "\"- a\""),
            ("a # b", "\"a # b\"", "\"a # b\""),
            ("a#b", "a#b", "a#b"),
        ] {
            assert_eq!(written(text, Quotes::None, Context::Block), block);
            assert_eq!(written(text, Quotes::None, Context::Flow), flow);
            assert!(written(text, Quotes::None, Context::Json).starts_with('"'));
        }
        assert_eq!(written("it's", Quotes::Single, Context::Block), "'it''s'");
        assert_eq!(written("a\tb", Quotes::Single, Context::Block), "\"a\\tb\"");
    }

    #[test]
    fn what_nobody_sees_is_escaped() {
        for (text, block, json) in [
            ("Ann\u{202e}Lee", r#""Ann\u202ELee""#, r#""Ann\u202ELee""#),
            ("Ann\u{2066}Lee", r#""Ann\u2066Lee""#, r#""Ann\u2066Lee""#),
            ("Ann\u{200f}", r#""Ann\u200F""#, r#""Ann\u200F""#),
            ("An\u{200b}n", r#""An\u200Bn""#, r#""An\u200Bn""#),
            ("An\u{ad}n", r#""An\u00ADn""#, r#""An\u00ADn""#),
            ("A\u{fffe}", r#""A\uFFFE""#, r#""A\uFFFE""#),
            ("A\u{fdd0}", r#""A\uFDD0""#, r#""A\uFDD0""#),
            ("A\u{feff}", r#""A\uFEFF""#, r#""A\uFEFF""#),
            ("A\u{85}", r#""A\u0085""#, r#""A\u0085""#),
            ("A\u{fff9}", r#""A\uFFF9""#, r#""A\uFFF9""#),
            ("A\u{e0041}", r#""A\U000E0041""#, r#""A\uDB40\uDC41""#),
            ("A\u{1fffe}", r#""A\U0001FFFE""#, r#""A\uD83F\uDFFE""#),
        ] {
            for quotes in [Quotes::None, Quotes::Single, Quotes::Double] {
                assert_eq!(written(text, quotes, Context::Block), block);
                assert_eq!(written(text, quotes, Context::Flow), block);
                assert_eq!(written(text, quotes, Context::Json), json);
            }
        }
        // In other scripts and in emoji such characters have work to do.
        for text in ["می\u{200c}خواهم", "👩\u{200d}💻", "Müller", "日本", "a\u{301}"] {
            assert!(!on_line(text).contains('\\'), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_text_is_read_back(text in "\\PC{0,12}|[ -~\\n\\t]{0,12}|.{0,8}|[a\u{202e}\u{200b}\u{fffe}\u{e0041}\u{1fffe}\u{feff}]{0,8}") {
            let shapes = [
                (Context::Block, ("- ", "\n")),
                (Context::Block, ("k: ", "\n")),
                (Context::Flow, ("{a: ", ", b: c}\n")),
                (Context::Flow, ("[", "]\n")),
                (Context::Json, ("{\"a\": ", "}\n")),
            ];
            for (context, (before, after)) in shapes {
                for quotes in [Quotes::None, Quotes::Single, Quotes::Double] {
                    let file = format!("{before}{}{after}", written(&text, quotes, context));
                    let source = SourceText::new(file.clone());
                    let parsed = parse(&source, &Limits::default());
                    prop_assert!(parsed.errors.is_empty(), "{file:?}: {:?}", parsed.errors);
                    let root = parsed.documents[0].root();
                    let value = match root.items() {
                        Some(mut items) => items.next().unwrap(),
                        None => root.entries().unwrap().next().unwrap().value,
                    };
                    prop_assert_eq!(value.scalar().unwrap().text.as_ref(), text.as_str(), "{}", file);
                    prop_assert_eq!(value.scalar_kind(), Some(ScalarKind::Text));
                }
            }
        }
    }
}
