//! Words, numbers, addresses and marks of a normalised note, and where its sentences end.

use super::abbreviation::{self, FullStop};
use super::address;
use super::scan;
pub(crate) use super::scan::Kind;
use super::text::NormalText;
use std::ops::Range;

/// The longest run of characters without white space in which addresses are looked for, in bytes.
const LONGEST_ADDRESS: usize = 1000;

/// One token of a normalised note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "facts about the look of a token; all combinations occur")]
pub(crate) struct Token {
    start: u32,
    end: u32,
    pub(crate) kind: Kind,
    /// Starts with a capital in the note as written.
    pub(crate) capital: bool,
    /// All its letters are capitals, and it has at least two.
    pub(crate) acronym: bool,
    /// No space between it and the token before.
    pub(crate) glued: bool,
    /// A hyphen with words on both sides and no space.
    joining: bool,
}

impl Token {
    pub(crate) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(crate) fn text<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.range()).unwrap_or_default()
    }

    pub(crate) fn is_joining_hyphen(&self) -> bool {
        self.joining
    }
}

/// Splits a normalised note into tokens by the rules of [`scan::pieces`], in one pass. The note's own line breaks are
/// tokens of their own only where a line is blank or starts a list item.
pub(crate) fn tokens(note: &NormalText) -> Vec<Token> {
    let text = note.text();
    let mut tokens: Vec<Token> = Vec::with_capacity(text.len() / 4);
    let mut addresses = addresses(text).into_iter().peekable();
    let mut pieces = scan::pieces(text).peekable();
    let mut done = 0;
    while let Some(piece) = pieces.next() {
        let Range { start, end } = piece.range;
        // A piece may begin inside the address before it, or end inside the one after it.
        let start = start.max(done);
        if start >= end {
            continue;
        }
        match addresses.next_if(|address| address.start < end) {
            Some(address) => {
                if start < address.start {
                    tokens.push(token(note, start..address.start, piece.kind, !piece.glued));
                }
                let gap = start == address.start && !piece.glued && done <= piece.range.start;
                done = address.end;
                tokens.push(token(note, address.clone(), Kind::Address, gap));
                if done < end {
                    tokens.push(token(note, done..end, piece.kind, false));
                }
            }
            None => {
                let joining = scan::joins_words(text, &piece, pieces.peek());
                tokens.push(Token { joining, ..token(note, start..end, piece.kind, !piece.glued) });
            }
        }
    }
    tokens
}

/// All addresses of a text, in their order. Only the runs without white space are looked at that have a mark which every
/// address has; in most notes that is the last word of a sentence.
fn addresses(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(gap) = text.get(at..).and_then(|rest| rest.bytes().position(address::marks)) {
        let before = text.get(at..at + gap).unwrap_or_default();
        let space = before.char_indices().rfind(|(_, c)| c.is_whitespace());
        at += space.map_or(0, |(start, c)| start + c.len_utf8());
        match next_address(text, at).filter(|address| address.end > at) {
            Some(address) => {
                at = address.end;
                found.push(address);
            }
            None => {
                let rest = text.get(at..).unwrap_or_default();
                at += rest.find(char::is_whitespace).unwrap_or(rest.len());
            }
        }
    }
    found
}

/// The first address in the run of characters without white space that starts at a byte of the text.
fn next_address(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..).unwrap_or_default();
    let mut far = rest.char_indices().enumerate();
    let end = far
        .find(|(count, (_, c))| c.is_whitespace() || *count >= LONGEST_ADDRESS)
        .map_or(rest.len(), |(_, (end, _))| end);
    let run = rest.get(..end).unwrap_or_default();
    address::find(run).map(|range| at + range.start..at + range.end)
}

fn token(note: &NormalText, range: Range<usize>, kind: Kind, gap: bool) -> Token {
    let letters =
        || note.text().get(range.clone()).unwrap_or_default().char_indices().filter(|(_, c)| c.is_alphabetic());
    let acronym = matches!(kind, Kind::Word | Kind::Number)
        && letters().all(|(at, _)| note.is_capital(range.start + at))
        && letters().count() >= 2;
    Token {
        start: u32::try_from(range.start).unwrap_or(u32::MAX),
        end: u32::try_from(range.end).unwrap_or(u32::MAX),
        kind,
        capital: note.is_capital(range.start),
        acronym,
        glued: !gap,
        joining: false,
    }
}

/// A year that a note may speak of.
pub(crate) fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year))
}

/// The sentences of a note as ranges of tokens. A sentence ends at `.`, `!` or `?` (or several) before a gap, at a
/// blank line, and before a list item; the mark belongs to it.
pub(crate) fn sentences(tokens: &[Token], text: &str) -> Vec<Range<usize>> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for (at, token) in tokens.iter().enumerate() {
        let next = tokens.get(at + 1);
        let ends = ends_sentence(tokens, at, text) && !is_list_number(tokens.get(start..at).unwrap_or_default(), text);
        if ends || next.is_some_and(|next| breaks_line(token, next, text)) {
            sentences.push(start..at + 1);
            start = at + 1;
        }
    }
    if start < tokens.len() {
        sentences.push(start..tokens.len());
    }
    sentences.retain(|range| tokens.get(range.clone()).is_some_and(|part| part.iter().any(|t| t.kind != Kind::Mark)));
    sentences
}

/// "2. SBC has no certificate": a sentence of one small figure numbers the next.
fn is_list_number(sentence: &[Token], text: &str) -> bool {
    matches!(sentence, [number] if number.kind == Kind::Number && number.text(text).len() <= 2)
}

fn ends_sentence(tokens: &[Token], at: usize, text: &str) -> bool {
    let Some(token) = tokens.get(at) else { return false };
    let mark = token.text(text);
    if !matches!(mark, "." | "!" | "?") {
        return false;
    }
    let Some(next) = tokens.get(at + 1) else { return true };
    if next.glued {
        // `"No," they said.)` – the closing mark still belongs to the sentence, and ends it itself.
        return false;
    }
    if mark == "?" && matches!(next.text(text), "no" | "nope" | "none" | "yes" | "not" | "never") {
        // "Any reply? No.": the answer completes the question.
        return false;
    }
    mark != "." || full_stop_ends(tokens, at, next, text)
}

/// Whether a full stop before a gap ends a sentence: not after most abbreviations, nor an ellipsis that goes on.
fn full_stop_ends(tokens: &[Token], at: usize, next: &Token, text: &str) -> bool {
    let Some(before) = at.checked_sub(1).and_then(|before| tokens.get(before)) else { return true };
    let follows = Follows { capital: next.capital, figure: next.kind == Kind::Number };
    if before.text(text) == "." && before.range().end == tokens.get(at).map_or(0, |token| token.range().start) {
        return follows.capital || follows.figure;
    }
    let word = before.text(text);
    let opens = || abbreviation::opens_sentence(next.text(text));
    if let Some(dotted) = dotted(tokens, at, text) {
        return match abbreviation::full_stop(dotted) {
            Some(FullStop::NeverEnds) => false,
            _ => follows.capital && opens(),
        };
    }
    if word.chars().count() == 1 && word.chars().all(char::is_alphabetic) {
        let is_end_of_dotted =
            before.glued && at.checked_sub(2).and_then(|dot| tokens.get(dot)).is_some_and(|dot| dot.text(text) == ".");
        if is_end_of_dotted {
            return follows.capital && opens();
        }
        let names = follows.capital && is_initial(tokens, at) && !opens();
        let counts = follows.figure && !before.capital;
        return !(names || counts);
    }
    match abbreviation::full_stop(word) {
        None => true,
        Some(FullStop::NeverEnds) => false,
        Some(FullStop::BeforeFigure) => !follows.figure || answers(tokens, at, text),
        Some(FullStop::MayEnd) => follows.capital && opens(),
        Some(FullStop::EndsBeforeCapital) => follows.capital,
    }
}

/// What comes after a full stop and a gap.
#[derive(Debug, Clone, Copy)]
struct Follows {
    capital: bool,
    figure: bool,
}

/// The abbreviation of single letters that ends at a full stop, without that stop: `e.g`, `u.s`, `s.p.a`.
fn dotted<'t>(tokens: &[Token], at: usize, text: &'t str) -> Option<&'t str> {
    let letter = |at: usize| {
        tokens.get(at).is_some_and(|token| token.kind == Kind::Word && token.text(text).chars().count() == 1)
    };
    let stop = |at: usize| tokens.get(at).is_some_and(|token| token.glued && token.text(text) == ".");
    let glued = |at: usize| tokens.get(at).is_some_and(|token| token.glued);
    let last = at.checked_sub(1).filter(|last| letter(*last) && glued(*last))?;
    let mut first = last;
    // No abbreviation has more than a few letters.
    for _ in 0..6 {
        let Some(start) = first.checked_sub(2) else { break };
        if !(stop(first - 1) && letter(start) && glued(first)) {
            break;
        }
        first = start;
    }
    let range = tokens.get(first)?.range().start..tokens.get(last)?.range().end;
    (first < last).then(|| text.get(range)).flatten()
}

/// "Any plans? No. 300 users …": the word answers, or opens its sentence, and abbreviates nothing.
fn answers(tokens: &[Token], at: usize, text: &str) -> bool {
    let before = at.checked_sub(2).and_then(|before| tokens.get(before)).map(|token| token.text(text));
    before.is_none_or(|before| matches!(before, "." | "?" | "!" | ":"))
        && at.checked_sub(1).and_then(|word| tokens.get(word)).is_some_and(|word| word.text(text) == "no")
}

/// `J. Ortiz`: a single capital before the full stop, standing alone; the end of `N/A.` is none.
fn is_initial(tokens: &[Token], at: usize) -> bool {
    at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(|before| before.capital && !before.glued)
}

fn breaks_line(token: &Token, next: &Token, text: &str) -> bool {
    let between = text.get(token.range().end..next.range().start).unwrap_or_default();
    let lines = between.matches('\n').count();
    lines > 1 || (lines == 1 && matches!(next.text(text), "-" | "*" | "•"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(note: &str) -> Vec<String> {
        let note = NormalText::new(note);
        tokens(&note).iter().map(|token| token.text(note.text()).to_owned()).collect()
    }

    fn sentence_count(note: &str) -> usize {
        let note = NormalText::new(note);
        sentences(&tokens(&note), note.text()).len()
    }

    #[test]
    fn words_numbers_and_marks() {
        assert_eq!(words("Don't move 1,200 (v10.3)."), ["don't", "move", "1,200", "(", "v10.3", ")", "."]);
        assert_eq!(words("on-prem, Q&A"), ["on", "-", "prem", ",", "q&a"]);
    }

    #[test]
    fn a_hyphen_inside_a_word_is_known() {
        let note = NormalText::new("on-prem - no");
        let joining: Vec<bool> = tokens(&note).iter().map(Token::is_joining_hyphen).collect();
        assert_eq!(joining, [false, true, false, false, false]);
    }

    #[test]
    fn acronyms() {
        let note = NormalText::new("SBC and Teams");
        let acronyms: Vec<bool> = tokens(&note).iter().map(|token| token.acronym).collect();
        assert_eq!(acronyms, [true, false, false]);
    }

    #[test]
    fn sentences_end_at_full_stops_but_not_in_abbreviations() {
        assert_eq!(sentence_count("One. Two! Three?"), 3);
        assert_eq!(sentence_count("Approx. 300 seats at 10.3 percent. Done"), 2);
        assert_eq!(sentence_count("Assigned to J. Ortiz for the dept. of health."), 1);
        assert_eq!(sentence_count("Dr. Okafor of St. Paul decided."), 1);
        assert_eq!(sentence_count("Blocker: N/A. Impact: N/A."), 2);
        assert_eq!(sentence_count("no full stop"), 1);
        assert_eq!(sentence_count("The proxy drops UDP. 2. The SBC has no certificate."), 2);
        assert_eq!(sentence_count("Win. 10 is on 40 PCs of Contoso Inc. in Lyon."), 1);
        assert_eq!(sentence_count("..."), 0);
        assert_eq!(sentence_count(""), 0);
    }

    #[test]
    fn list_items_and_paragraphs_are_sentences() {
        assert_eq!(sentence_count("Blocked:\n- one\n- two"), 3);
        assert_eq!(sentence_count("one\n\ntwo"), 2);
        assert_eq!(sentence_count("folded\nline"), 1);
    }
}
