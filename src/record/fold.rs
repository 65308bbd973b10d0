//! A key without regard to how it is written: case, separators, width, accents and look-alike letters.

use crate::lookalike::lookalike;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The letters and digits of `key` in lower case. Letters of other alphabets and widths that look like letters of the
/// Latin alphabet become those (UTS 39), accents and invisible characters go.
pub(crate) fn fold(key: &str) -> String {
    let mut folded = String::with_capacity(key.len());
    if key.is_ascii() {
        folded.extend(key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
        return folded;
    }
    for c in key.nfkd().filter(|c| !is_combining_mark(*c) && !is_filler(*c)) {
        // Latin letters stay: the skeleton of `m` is `rn`.
        let plain = if c.is_ascii() { c } else { lookalike(c) };
        folded.extend(plain.to_lowercase().filter(|c| c.is_alphanumeric()));
    }
    folded
}

/// Whether `c` counts as a letter and nobody sees it: what fillers of half and full width become, too.
fn is_filler(c: char) -> bool {
    matches!(c, '\u{115f}' | '\u{1160}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_separators_width_accents_and_alphabets_do_not_count() {
        for (written, folded) in [
            ("Refresh Summary", "refreshsummary"),
            ("refresh-summary:", "refreshsummary"),
            ("ＮＯＴＥ", "note"),
            ("nóte", "note"),
            ("n\u{200b}ote", "note"),
            ("no\u{ad}te", "note"),
            ("no\u{3164}te\u{115f}\u{ffa0}", "note"),
            // Cyrillic с, о, е, т, ѕ, ц left as it is.
            ("\u{441}ust\u{43e}m\u{435}r", "customer"),
            ("cu\u{455}\u{442}omer", "customer"),
            // Cyrillic capitals.
            ("\u{421}USTOMER", "customer"),
            ("NO\u{422}\u{415}", "note"),
            // Greek capitals and omicron.
            ("\u{39d}\u{39f}\u{3a4}\u{395}", "note"),
            ("n\u{3bf}te", "note"),
            ("𝐧𝐨𝐭𝐞", "note"),
            ("ⓝⓞⓣⓔ", "note"),
            ("", ""),
            ("日本", "日本"),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }
}
