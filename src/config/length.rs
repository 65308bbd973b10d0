//! How long a text of the configuration may be: longer than any real one, and short enough to cost little wherever it is
//! compared or shown.

/// What a text of the configuration is, which sets how long it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Length {
    /// The name of a field: it is compared with every key of every record, and messages quote it.
    FieldName,
    /// The name of a status or a workload: messages quote it for each record.
    Name,
    /// The template of a note: it is filled in for each record that needs help.
    Template,
    /// A word, short name or term: it is compared with every part of every note.
    Entry,
    /// The path of a file beside the configuration.
    Path,
}

/// The most words of an entry.
const MOST_WORDS: usize = 12;

/// How much of a text that is too long a message shows, in characters.
const SHOWN: usize = 40;

impl Length {
    /// The most characters.
    const fn characters(self) -> usize {
        match self {
            Self::FieldName => 64,
            Self::Name => 100,
            Self::Template => 1000,
            Self::Entry | Self::Path => 200,
        }
    }

    /// What is wrong with the length of `text`, as the end of a sentence that begins with what the text is.
    pub(super) fn problem(self, text: &str) -> Option<String> {
        let most = self.characters();
        let has_too_many_words = self == Self::Entry && text.split_whitespace().nth(MOST_WORDS).is_some();
        if !has_too_many_words && text.chars().nth(most).is_none() {
            return None;
        }
        let words = if self == Self::Entry { format!("{MOST_WORDS} words or ") } else { String::new() };
        let start: String = text.chars().take(SHOWN).collect();
        Some(format!("is longer than {words}{most} characters; it begins with `{start}`"))
    }
}
