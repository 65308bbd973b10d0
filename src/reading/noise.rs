//! Keys struck at random where a word should stand.

/// Keys struck at random: one letter repeated, runs of the keyboard, or no vowel in a long word.
pub(crate) fn is_noise(text: &str) -> bool {
    const ROWS: &[&str] = &["qwertyuiop", "asdfghjkl", "zxcvbnm", "poiuytrewq", "lkjhgfdsa", "mnbvcxz"];
    let letters = text.as_bytes();
    if letters.len() < 3 || letters.iter().any(|letter| !letter.is_ascii_lowercase()) {
        return false;
    }
    let repeated = letters.windows(2).all(|pair| matches!(pair, [a, b] if a == b));
    let keyboard = ROWS.iter().any(|row| row.contains(text))
        && !matches!(
            text,
            "ert" | "pop" | "trew" | "were" | "tyu" | "wer" | "rty" | "top" | "oiu" | "was" | "sad" | "gas"
        );
    let vowelless = letters.len() >= 6 && !letters.iter().any(|letter| b"aeiouy".contains(letter));
    let halves = letters.len() >= 6
        && letters.len().is_multiple_of(2)
        && letters.get(..letters.len() / 2) == letters.get(letters.len() / 2..);
    repeated || keyboard || vowelless || halves
}
