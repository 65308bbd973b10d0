//! Which characters a person sees.

/// Whether a character does something to the text around it, or is none: what moves a cursor, turns the direction of a
/// text, ends a line, or stands for nothing.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061c}' | '\u{200e}' | '\u{200f}'           // direction marks
            | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' // embeddings, overrides, isolates
            | '\u{2028}' | '\u{2029}'                       // line and paragraph separators
            | '\u{feff}'                                    // byte order mark
            | '\u{fdd0}'..='\u{fdef}'                       // no characters
            | '\u{e0000}'..='\u{e007f}') // invisible tags
        // The last two of each plane are no characters.
        || u32::from(c) & 0xfffe == 0xfffe
}

/// Whether a character takes no place on a screen.
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0080}'..='\u{e0fff}')
}

/// Whether a character is seen after another one. After letters of other scripts and within emoji a hidden character has
/// work to do.
pub(crate) fn is_shown_after(c: char, before: Option<char>) -> bool {
    let is_lost = is_hidden(c) && before.is_none_or(|before| before.is_ascii());
    !is_unsafe(c) && !is_lost
}
