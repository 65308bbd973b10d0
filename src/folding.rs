//! Names as they are compared, however they are written.

use unicode_normalization::UnicodeNormalization;

/// A name or a text as it is compared: compatibility forms, case, spacing and invisible characters do not count.
#[must_use]
pub(crate) fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase().split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    }
    let visible: String = name.chars().filter(|character| !is_invisible(*character)).collect();
    in_one_case_and_width(&visible).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without regard to case and to the width of its characters.
#[must_use]
pub(crate) fn in_one_case_and_width(text: &str) -> String {
    // ASCII has one width, and most names and notes are nothing else.
    if text.is_ascii() { text.to_ascii_lowercase() } else { text.nfkc().flat_map(char::to_lowercase).collect() }
}

/// Characters that nobody sees and that make no two names different.
#[must_use]
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_width_do_not_count() {
        assert_eq!(in_one_case_and_width("Ｃontoso ÄG"), "contoso äg");
        let ascii: String = (0..=0x7f_u8).map(char::from).collect();
        assert_eq!(in_one_case_and_width(&ascii), ascii.nfkc().flat_map(char::to_lowercase).collect::<String>());
    }
}
