//! Texts written as YAML scalars.

use crate::yaml::{ScalarStyle, is_number};

/// Where a scalar is to stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Context {
    /// On a line of its own, after its key.
    Block,
    /// In braces or brackets, where a comma ends it.
    Flow,
    /// In a JSON document, which knows double quotes only.
    Json,
}

/// The quotes to prefer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Quotes {
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
pub(super) fn written(text: &str, quotes: Quotes, context: Context) -> String {
    match quotes {
        _ if context == Context::Json => double(text),
        Quotes::None if is_plain(text, context) => text.to_owned(),
        Quotes::Single if text.chars().all(is_printable) => format!("'{}'", text.replace('\'', "''")),
        Quotes::None | Quotes::Single | Quotes::Double => double(text),
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
        && text.chars().all(is_printable)
        && !text.ends_with([' ', ':'])
        && !has_mark(": ")
        && !has_mark(" #")
        && !(context == Context::Flow && (text.contains(is_of_flow) || has_mark(":")))
        && !may_be_number
        && !is_number(text)
        && !WORDS.contains(&text.to_lowercase().as_str())
}

/// Whether a character can stand in a scalar of one line without an escape, and be seen there.
fn is_printable(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

fn double(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            // Four digits are enough: what is not printable lies in the first plane.
            c if !is_printable(c) => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
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

    proptest! {
        #[test]
        fn every_text_is_read_back(text in "\\PC{0,12}|[ -~\\n\\t]{0,12}|.{0,8}") {
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
