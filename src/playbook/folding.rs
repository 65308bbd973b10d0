//! Names as people write them: case, spaces and marks do not count, but for symbols that are a part of a name (`C++`). The build script folds the built-in names with it,
//! so it needs nothing beside the standard library.

/// Symbols that are a part of a name where they follow a letter: `C++`, `C#` and `C` are three names, and so are `Disney` and
/// `Disney+`. All other marks are punctuation.
const OF_NAMES: [char; 9] = ['+', '#', '%', '@', '$', '€', '£', '¥', '°'];

/// The characters of a name that tell it from others: letters, digits and the symbols that are a part of it. In place of
/// any other character there is a space.
pub(crate) fn telling_characters(name: &str) -> impl Iterator<Item = char> + '_ {
    let mut is_in_word = false;
    name.chars().map(move |c| {
        is_in_word = c.is_alphanumeric() || is_in_word && OF_NAMES.contains(&c);
        if is_in_word { c } else { ' ' }
    })
}

/// What is left of a name when case, spaces and marks do not count.
pub(crate) fn folded(name: &str) -> impl Iterator<Item = char> {
    telling_characters(name).filter(|c| *c != ' ').flat_map(char::to_lowercase)
}

/// A hash of a folded name, the same on every machine (FNV-1a).
pub(crate) fn hash(name: &str) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    folded(name).flat_map(|c| u32::from(c).to_le_bytes()).fold(0xcbf2_9ce4_8422_2325, mix)
}

/// A name without regard to case, spaces and punctuation.
pub(crate) fn fold_name(text: &str) -> String {
    folded(text).collect()
}
