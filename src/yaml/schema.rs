//! What a scalar is by the core schema of YAML 1.2: only there `5` is a number, and `yes` is a text.

use crate::yaml::tree::{Scalar, ScalarStyle, Tag};

const CORE: &str = "tag:yaml.org,2002:";

/// What a scalar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScalarKind {
    /// Nothing: absent, `~` or `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number or a decimal fraction.
    Number,
    /// Anything else, and whatever stands in quotes or after `|` or `>`.
    Text,
    /// Base64 after `!!binary`.
    Binary,
}

/// The kind of `scalar`. A tag of the core schema decides; any other tag changes nothing.
pub(super) fn kind(scalar: &Scalar<'_>, tag: Option<&Tag>) -> ScalarKind {
    match tag.map(|tag| tag.name.strip_prefix(CORE).unwrap_or(&tag.name)) {
        Some("str" | "!") => return ScalarKind::Text,
        Some("null") => return ScalarKind::Null,
        Some("bool") => return ScalarKind::Boolean,
        Some("int" | "float") => return ScalarKind::Number,
        Some("binary") => return ScalarKind::Binary,
        _ => {}
    }
    if scalar.style != ScalarStyle::Plain {
        return ScalarKind::Text;
    }
    match scalar.text.as_ref() {
        "" | "~" | "null" | "Null" | "NULL" => ScalarKind::Null,
        "true" | "True" | "TRUE" | "false" | "False" | "FALSE" => ScalarKind::Boolean,
        text if is_number(text) => ScalarKind::Number,
        _ => ScalarKind::Text,
    }
}

/// Whether `text`, when it stands without quotes, is a number.
pub(crate) fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if let Some(digits) = text.strip_prefix("0x") {
        return !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_hexdigit());
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return !digits.is_empty() && digits.bytes().all(|b| matches!(b, b'0'..=b'7'));
    }
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (unsigned, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let mantissa_is_right = digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    let exponent_is_right = exponent.is_none_or(|part| {
        let part = part.strip_prefix(['-', '+']).unwrap_or(part);
        !part.is_empty() && digits(part)
    });
    mantissa_is_right && exponent_is_right
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::borrow::Cow;

    fn plain(text: &str) -> ScalarKind {
        kind(&Scalar { text: Cow::Borrowed(text), style: ScalarStyle::Plain }, None)
    }

    #[test]
    fn numbers() {
        for text in
            ["5", "-5", "+5", "0042", "5.", ".5", "5.25", "1e3", "1.5E-3", "0x1F", "0o17", ".inf", "-.INF", ".nan"]
        {
            assert_eq!(plain(text), ScalarKind::Number, "{text}");
        }
    }

    #[test]
    fn texts_that_look_a_little_like_numbers() {
        for text in [
            "3M",
            "O365",
            "5 users",
            "1.2.3",
            "2020-03-27",
            "03/27/2020",
            "-",
            "+",
            ".",
            "e3",
            "1e",
            "0x",
            "0b1",
            "1_000",
            "-0x1",
        ] {
            assert_eq!(plain(text), ScalarKind::Text, "{text}");
        }
    }

    #[test]
    fn the_words_of_yaml_1_1_are_texts() {
        for text in ["yes", "no", "on", "off", "y", "n", "Yes"] {
            assert_eq!(plain(text), ScalarKind::Text, "{text}");
        }
        assert_eq!(plain("true"), ScalarKind::Boolean);
        assert_eq!(plain("null"), ScalarKind::Null);
    }

    #[test]
    fn quotes_make_a_text() {
        let quoted = Scalar { text: Cow::Borrowed("5"), style: ScalarStyle::SingleQuoted };
        assert_eq!(kind(&quoted, None), ScalarKind::Text);
    }

    #[test]
    fn a_core_tag_decides_and_another_does_not() {
        let tag = |name: &str| Tag { name: name.to_owned(), span: crate::text::ByteSpan::at(0) };
        let five = Scalar { text: Cow::Borrowed("5"), style: ScalarStyle::Plain };
        assert_eq!(kind(&five, Some(&tag("tag:yaml.org,2002:str"))), ScalarKind::Text);
        assert_eq!(kind(&five, Some(&tag("tag:yaml.org,2002:binary"))), ScalarKind::Binary);
        assert_eq!(kind(&five, Some(&tag("!important"))), ScalarKind::Number);
        assert_eq!(kind(&five, Some(&tag("!"))), ScalarKind::Text);
    }
}
