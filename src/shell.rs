//! Words of a POSIX shell: what a message advises has to do what it says when it is pasted.

use std::path::Path;

/// Text as one word, in quotes only where it needs them.
pub(crate) fn word(text: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"+-_./:@".contains(&byte);
    if !text.is_empty() && text.bytes().all(is_plain) { text.to_owned() } else { quoted(text) }
}

/// A path as one word that no command takes for an option.
pub(crate) fn path(path: &Path) -> String {
    let text = path.to_string_lossy();
    if text.starts_with('-') { word(&format!("./{text}")) } else { word(&text) }
}

/// Text in quotes, as one word.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// The text between the quotes that [`quoted`] puts around it.
pub(crate) fn unquoted(inside: &str) -> String {
    inside.replace("'\\''", "'")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_a_command_can_be_pasted() {
        assert_eq!(word("+refs/heads/main:refs/remotes/origin/main"), "+refs/heads/main:refs/remotes/origin/main");
        assert_eq!(word("it's $(x)"), "'it'\\''s $(x)'");
        assert_eq!(word("+refs/heads/*:refs/remotes/origin/*"), "'+refs/heads/*:refs/remotes/origin/*'");
        assert_eq!(word(""), "''");
        assert_eq!(path(Path::new("-rf x")), "'./-rf x'");
        assert_eq!(path(Path::new("notes/a.yaml")), "notes/a.yaml");
        assert_eq!(unquoted("it'\\''s"), "it's");
    }
}
