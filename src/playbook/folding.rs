//! Names as people write them: case, spaces and marks do not count. The build script folds the built-in names with it,
//! so it needs nothing beside the standard library.

/// What is left of a name when case, spaces and marks do not count.
pub(crate) fn folded(name: &str) -> impl Iterator<Item = char> {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
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
