//! One spelling for what looks alike: NFKC, straight quotes, plain dashes, no invisible characters, lower case.
//!
//! Every byte of the normalised text knows the byte of the note it came from, so that whatever is found in it can be
//! shown in the note as it was written.

use crate::text::NoteSpan;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;

/// A note in its normal form.
#[derive(Debug, Clone)]
pub(crate) struct NormalText {
    /// Lower case, NFKC, with straight quotes, `-` for every dash and ` - ` for every long one.
    text: String,
    /// For each byte of `text` the byte of the note where its character starts; one more entry for the end.
    origin: Vec<u32>,
    /// For each byte of `text` whether its character was written as a capital.
    capital: Vec<bool>,
}

/// A part of a normalised text, and what to read in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edit {
    /// Bytes of the normalised text, on the boundaries of characters.
    pub(crate) range: Range<usize>,
    /// What to read there, in lower case.
    pub(crate) text: String,
}

impl NormalText {
    /// Normalises a note. Bytes past 4 GiB are not read; the YAML stage refuses such files long before.
    pub(crate) fn new(note: &str) -> Self {
        let mut out = Self {
            text: String::with_capacity(note.len() + 8),
            origin: Vec::with_capacity(note.len() + 8),
            capital: Vec::with_capacity(note.len() + 8),
        };
        let mut at = 0;
        while let Some(rest) = note.get(at..).filter(|rest| !rest.is_empty()) {
            at += match plain_run(rest) {
                "" => out.push_cluster(rest, at),
                run => out.push_run(run, at),
            };
        }
        out.origin.push(u32::try_from(note.len()).unwrap_or(u32::MAX));
        out
    }

    /// A run of [`plain_run`], which is what most notes are made of; its length.
    fn push_run(&mut self, run: &str, at: usize) -> usize {
        let start = self.text.len();
        self.text.push_str(run);
        if let Some(run) = self.text.get_mut(start..) {
            run.make_ascii_lowercase();
        }
        let origin = |at| u32::try_from(at).unwrap_or(u32::MAX);
        self.origin.extend((at..at + run.len()).map(origin));
        self.capital.extend(run.bytes().map(|byte| byte.is_ascii_uppercase()));
        run.len()
    }

    /// The first character of `rest` with the marks that belong to it; their length.
    fn push_cluster(&mut self, rest: &str, at: usize) -> usize {
        let mut chars = rest.char_indices().peekable();
        let Some((_, first)) = chars.next() else { return 0 };
        if first.is_ascii() && chars.peek().is_none_or(|(_, next)| next.is_ascii()) {
            self.push_ascii(first, at);
            return first.len_utf8();
        }
        while chars.next_if(|(_, c)| canonical_combining_class(*c) != 0).is_some() {}
        let end = chars.peek().map_or(rest.len(), |(end, _)| *end);
        for c in rest.get(..end).unwrap_or_default().nfkc() {
            self.push(c, at);
        }
        end
    }

    /// The same as [`NormalText::push`] for an ASCII character.
    fn push_ascii(&mut self, c: char, at: usize) {
        let plain = match c {
            '`' => '\'',
            '\n' => c,
            c if c.is_ascii_whitespace() || c == '\u{b}' => ' ',
            c if c.is_ascii_control() => return,
            c => c.to_ascii_lowercase(),
        };
        self.text.push(plain);
        self.origin.push(u32::try_from(at).unwrap_or(u32::MAX));
        self.capital.push(c.is_ascii_uppercase());
    }

    fn push(&mut self, c: char, at: usize) {
        if is_invisible(c) {
            return;
        }
        if is_long_dash(c) {
            for plain in [' ', '-', ' '] {
                self.push_plain(plain, at, false);
            }
            return;
        }
        let plain = match c {
            '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '\u{2032}' | '`' | '\u{b4}' => '\'',
            '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{ab}' | '\u{bb}' => '"',
            '\u{2010}'..='\u{2012}' | '\u{2212}' => '-',
            c if c.is_whitespace() && c != '\n' => ' ',
            c => c,
        };
        let capital = plain.is_uppercase();
        for lower in plain.to_lowercase() {
            self.push_plain(lower, at, capital);
        }
    }

    fn push_plain(&mut self, c: char, at: usize, capital: bool) {
        self.text.push(c);
        let at = u32::try_from(at).unwrap_or(u32::MAX);
        for _ in 0..c.len_utf8() {
            self.origin.push(at);
            self.capital.push(capital);
        }
    }

    /// The text with some of its parts written in another way. `edits` are in order and do not overlap.
    pub(crate) fn with_edits(&self, edits: &[Edit]) -> Self {
        let mut out = Self {
            text: String::with_capacity(self.text.len()),
            origin: Vec::with_capacity(self.origin.len()),
            capital: Vec::with_capacity(self.capital.len()),
        };
        let mut at = 0;
        for edit in edits {
            out.copy(self, at..edit.range.start);
            out.text.push_str(&edit.text);
            let last = edit.range.end.saturating_sub(1).max(edit.range.start);
            for byte in 0..edit.text.len() {
                let like = (edit.range.start + byte).min(last);
                out.origin.push(self.origin.get(edit.range.start).copied().unwrap_or(u32::MAX));
                out.capital.push(self.is_capital(like));
            }
            at = edit.range.end;
        }
        out.copy(self, at..self.text.len());
        out.origin.extend(self.origin.last());
        out
    }

    fn copy(&mut self, from: &Self, range: Range<usize>) {
        self.text.push_str(from.text.get(range.clone()).unwrap_or_default());
        self.origin.extend_from_slice(from.origin.get(range.clone()).unwrap_or_default());
        self.capital.extend_from_slice(from.capital.get(range).unwrap_or_default());
    }

    /// The normalised text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether the character at a byte of the normalised text was a capital in the note.
    pub(crate) fn is_capital(&self, at: usize) -> bool {
        self.capital.get(at).copied().unwrap_or(false)
    }

    /// The part of the note behind a part of the normalised text.
    pub(crate) fn span(&self, start: usize, end: usize) -> NoteSpan {
        let origin = |at: usize| {
            self.origin.get(at).or(self.origin.last()).map_or(0, |o| usize::try_from(*o).unwrap_or(usize::MAX))
        };
        NoteSpan::new(origin(start)..origin(end))
    }
}

/// The start of a text as far as nothing but the case of its letters changes: printable ASCII and line breaks, without
/// the back quote, and without a last character that marks after it may change.
fn plain_run(text: &str) -> &str {
    let is_plain = |byte: &u8| matches!(byte, b'\n' | b' '..=b'_' | b'a'..=b'~');
    let length = text.bytes().take_while(|byte| is_plain(byte)).count();
    let is_followed_by_ascii = text.as_bytes().get(length).is_none_or(u8::is_ascii);
    let length = if is_followed_by_ascii { length } else { length.saturating_sub(1) };
    text.get(..length).unwrap_or_default()
}

/// Characters that take no place on a screen, or that turn text around, and that a word list must not stumble over.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}'
        | '\u{e0000}'..='\u{e007f}')
        || (c.is_control() && !c.is_whitespace())
}

fn is_long_dash(c: char) -> bool {
    matches!(c, '\u{2013}'..='\u{2015}' | '\u{2e3a}' | '\u{2e3b}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_dashes_and_case() {
        assert_eq!(NormalText::new("Customer’s “No” — x").text(), "customer's \"no\"  -  x");
        assert_eq!(NormalText::new("on‑prem").text(), "on-prem");
    }

    #[test]
    fn plain_characters_are_read_the_same_either_way() {
        for c in (0..=0x7f_u8).map(char::from) {
            let mut quick = NormalText { text: String::new(), origin: Vec::new(), capital: Vec::new() };
            let mut slow = quick.clone();
            quick.push_ascii(c, 7);
            slow.push(c, 7);
            let same = (quick.text, quick.origin, quick.capital) == (slow.text, slow.origin, slow.capital);
            assert!(same, "{c:?}");
        }
    }

    #[test]
    fn invisible_characters_go_and_compatibility_forms_become_plain() {
        assert_eq!(NormalText::new("y\u{200b}et").text(), "yet");
        assert_eq!(NormalText::new("for\u{a0}now").text(), "for now");
        assert_eq!(NormalText::new("ﬁrewall Ｎｏ").text(), "firewall no");
        assert_eq!(NormalText::new("cafe\u{301}").text(), "café");
    }

    #[test]
    fn runs_of_plain_characters_are_read_like_single_ones() {
        for note in [
            "",
            "Customer's SBC, v10.3 (no) `x`\tand\u{b}so on\u{7f}.\r\nEnd",
            "Cafe\u{301} Caf\u{301} É\u{301}x — “No”\u{200b} a\u{301}",
            "e\u{301}",
            "\u{301}A",
            "`",
        ] {
            let empty = NormalText { text: String::new(), origin: Vec::new(), capital: Vec::new() };
            let mut slow = empty;
            let mut at = 0;
            while at < note.len() {
                at += slow.push_cluster(note.get(at..).unwrap(), at);
            }
            slow.origin.push(u32::try_from(note.len()).unwrap());
            let quick = NormalText::new(note);
            assert_eq!(quick.text, slow.text);
            assert_eq!((quick.origin, quick.capital), (slow.origin, slow.capital), "{note:?}");
        }
    }

    #[test]
    fn every_part_knows_where_it_came_from() {
        let note = "É “x” — now";
        let normal = NormalText::new(note);
        let at = normal.text().find("now").unwrap();
        assert_eq!(normal.span(at, at + 3).of(note), "now");
        assert_eq!(normal.span(0, 2).of(note), "É");
        let quoted = normal.text().find("\"x\"").unwrap();
        assert_eq!(normal.span(quoted, quoted + 3).of(note), "“x”");
    }

    #[test]
    fn an_edited_part_knows_where_it_came_from() {
        let note = "No Intnet — now";
        let normal = NormalText::new(note);
        let edited = normal.with_edits(&[Edit { range: 3..9, text: "intent".to_owned() }]);
        assert_eq!(edited.text(), "no intent  -  now");
        assert_eq!(edited.span(3, 9).of(note), "Intnet");
        assert!(edited.is_capital(3) && !edited.is_capital(4));
        let now = edited.text().find("now").unwrap();
        assert_eq!(edited.span(now, now + 3).of(note), "now");
        let shorter = normal.with_edits(&[Edit { range: 0..3, text: String::new() }]);
        assert_eq!(shorter.span(0, 6).of(note), "Intnet");
    }

    #[test]
    fn capitals_are_remembered() {
        let normal = NormalText::new("no Teams");
        assert!(!normal.is_capital(0));
        assert!(normal.is_capital(3));
        assert!(!normal.is_capital(99));
    }
}
