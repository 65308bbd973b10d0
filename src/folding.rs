//! Names as they are compared, however they are written.

use unicode_normalization::UnicodeNormalization;

/// A name or a text as it is compared: compatibility forms, case, spacing and invisible characters do not count.
#[must_use]
pub(crate) fn folded(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase().split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    }
    let visible = name.chars().filter(|character| !is_invisible(*character));
    let name: String = visible.nfkc().flat_map(char::to_lowercase).collect();
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters that nobody sees and that make no two names different.
#[must_use]
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
    )
}
