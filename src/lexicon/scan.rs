//! Where the words of a normalised text start and end. The build script reads the entries of the lexicon with it, so it
//! needs nothing beside the standard library.

use std::ops::Range;

/// What a piece of text is by its look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters, perhaps with digits in them: `teams`, `m365`, `don't`.
    Word,
    /// Starts with a digit: `1,200`, `10.3`, `64gb`, `3rd`.
    Number,
    /// A URL, an e-mail address or the path of a file, as one piece; the entries of the lexicon have none.
    #[allow(dead_code, reason = "the build script reads no notes")]
    Address,
    /// One mark of punctuation or a symbol.
    Mark,
}

/// A run of letters and digits, or one mark.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    /// Its bytes in the text.
    pub(crate) range: Range<usize>,
    pub(crate) kind: Kind,
    /// No space between it and the piece before.
    pub(crate) glued: bool,
}

/// The pieces of a normalised text, in one pass.
///
/// A word is a run of letters and digits; an apostrophe, full stop, comma or ampersand between two of them belongs to
/// it (`don't`, `10.3`, `1,200`, `q&a`), a hyphen stands alone.
pub(crate) fn pieces(text: &str) -> Pieces<'_> {
    Pieces { text, at: 0, gap: true }
}

/// See [`pieces`].
#[derive(Debug, Clone)]
pub(crate) struct Pieces<'t> {
    text: &'t str,
    /// Where the next piece, or the white space before it, starts.
    at: usize,
    gap: bool,
}

impl Iterator for Pieces<'_> {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        let text = self.text;
        let mut c = char_at(text, self.at)?;
        while c.is_whitespace() {
            self.gap = true;
            self.at += c.len_utf8();
            c = char_at(text, self.at)?;
        }
        let at = self.at;
        let mut end = at + c.len_utf8();
        let kind = if c.is_alphanumeric() {
            while let Some(next) = char_at(text, end).filter(|next| next.is_alphanumeric() || joins(text, end, *next)) {
                end += next.len_utf8();
            }
            if c.is_numeric() { Kind::Number } else { Kind::Word }
        } else {
            Kind::Mark
        };
        self.at = end;
        let glued = !std::mem::replace(&mut self.gap, false);
        Some(Piece { range: at..end, kind, glued })
    }
}

/// The character at a byte. Nearly all are ASCII, and such a byte needs no decoding.
fn char_at(text: &str, at: usize) -> Option<char> {
    match text.as_bytes().get(at)? {
        byte if byte.is_ascii() => Some(char::from(*byte)),
        _ => text.get(at..)?.chars().next(),
    }
}

/// Whether a mark inside a run of letters and digits belongs to the run.
fn joins(text: &str, at: usize, mark: char) -> bool {
    if !matches!(mark, '\'' | '&' | '.' | ',' | '_') {
        return false;
    }
    let before = text.get(..at).and_then(|t| t.chars().next_back());
    let after = text.get(at + mark.len_utf8()..).and_then(|t| t.chars().next());
    let (Some(before), Some(after)) = (before, after) else { return false };
    match mark {
        '\'' | '&' => before.is_alphabetic() && after.is_alphabetic(),
        '.' | ',' => before.is_numeric() && after.is_numeric(),
        '_' => after.is_alphanumeric() || after == '_',
        _ => false,
    }
}

/// Whether a piece is a hyphen that joins the words on both its sides.
pub(crate) fn joins_words(text: &str, piece: &Piece, next: Option<&Piece>) -> bool {
    piece.glued
        && next.is_some_and(|next| next.glued && next.kind != Kind::Mark)
        && text.get(piece.range.clone()) == Some("-")
}

/// The words and marks of an entry of the lexicon, hyphens between words left out. `entry` is normalised.
pub(crate) fn words(entry: &str) -> Vec<&str> {
    let mut pieces = pieces(entry).peekable();
    let mut words = Vec::new();
    while let Some(piece) = pieces.next() {
        if !joins_words(entry, &piece, pieces.peek()) {
            words.extend(entry.get(piece.range));
        }
    }
    words
}
