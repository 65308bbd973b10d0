//! Words of a POSIX shell.

/// Text in quotes, as one word.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// The text between the quotes that [`quoted`] puts around it.
pub(crate) fn unquoted(inside: &str) -> String {
    inside.replace("'\\''", "'")
}
