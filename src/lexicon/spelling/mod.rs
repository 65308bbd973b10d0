//! Words that are not written as the lists have them: misspelt, with marks or digits inside, or with letters of another
//! alphabet. Each is read as what it is nearest to, so that a slip of the hand neither hides what a word is nor makes it
//! look like a name.
//!
//! Only words that no list knows are looked at. Names and terms stay as they are: a capital inside a sentence, capitals
//! only, and every word of [`english`].

pub(crate) mod english;
mod index;

pub(crate) use english::{is_english, is_formed, looks_shortened};
pub(crate) use index::nearest;

use super::Standing;
use super::text::{Edit, NormalText};
use super::token::{Kind, Token};
use crate::lookalike::lookalike;
use std::ops::Range;

/// What the spelling of a note is compared with.
pub(crate) trait KnownWords {
    /// Whether a list, or a cue, knows the word as it is.
    fn knows(&self, word: &str) -> bool;
    /// Whether the word by itself has a meaning that a note's grade may depend on.
    fn means_something(&self, word: &str) -> bool;
    /// Whether the word names nothing by itself: "various", "internal", "issues".
    fn is_shell(&self, word: &str) -> bool;
    /// The known word that a word which is not known is most likely meant to be.
    fn nearest(&self, word: &str) -> Option<&str>;
}

/// Marks that may stand inside a word to hide it: `is-sues`, `i.s.s.u.e.s`, `is/sues`.
const INNER_MARKS: &[&str] = &["-", "_", ".", "/", "|", "+", "=", "'", "~", "*", "\\", "·", "•"];

/// What to read in place of the words of a note that are not written as the lists have them, in order. `standings` are
/// those of the tokens.
pub(crate) fn edits(text: &NormalText, tokens: &[Token], standings: &[Standing], known: &impl KnownWords) -> Vec<Edit> {
    let mut edits = Vec::new();
    let speller = Speller { text, tokens, standings, known, shouts: shouts(tokens) };
    let mut at = 0;
    while at < tokens.len() {
        if speller.is_as_listed(at) {
            at += 1;
            continue;
        }
        let run = speller.run(at);
        match speller.joined(run.clone()) {
            Some(edit) => {
                edits.push(edit);
                at = run.end;
            }
            None => {
                edits.extend(run.clone().filter_map(|at| speller.word(at)));
                at = run.end;
            }
        }
    }
    edits
}

/// Whether a note is written in capitals, which then tell nothing.
fn shouts(tokens: &[Token]) -> bool {
    let words = || tokens.iter().filter(|token| token.kind == Kind::Word);
    words().filter(|token| token.acronym).count() * 2 > words().count()
}

struct Speller<'a, K> {
    text: &'a NormalText,
    tokens: &'a [Token],
    standings: &'a [Standing],
    known: &'a K,
    shouts: bool,
}

impl<K: KnownWords> Speller<'_, K> {
    fn token(&self, at: usize) -> Option<(&Token, &str)> {
        self.tokens.get(at).map(|token| (token, token.text(self.text.text())))
    }

    /// Whether a token is a word as the lists have it, with a gap after it: nothing hides in it, and nothing is joined to it.
    fn is_as_listed(&self, at: usize) -> bool {
        let is_listed = |standing| matches!(standing, Standing::Meaningful | Standing::Known | Standing::English);
        self.standings.get(at).copied().is_some_and(is_listed)
            && self.tokens.get(at + 1).is_none_or(|next| !next.glued)
            && self.token(at).is_some_and(|(token, text)| {
                token.kind == Kind::Word && text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_lowercase())
            })
    }

    /// Words with nothing but marks between them, or single letters with gaps between them, from a token on.
    fn run(&self, start: usize) -> Range<usize> {
        let part = |at: usize| self.token(at).filter(|(token, _)| matches!(token.kind, Kind::Word | Kind::Number));
        let inner = |at: usize| self.token(at).is_some_and(|(token, text)| token.glued && is_inner(text));
        let letter = |at: usize| part(at).is_some_and(|(_, text)| text.chars().count() == 1);
        if part(start).is_none() && !self.token(start).is_some_and(|(_, text)| is_sign(text)) {
            return start..start + 1;
        }
        let mut end = start + 1;
        loop {
            let glued = self.token(end).is_some_and(|(token, text)| {
                token.glued && (matches!(token.kind, Kind::Word | Kind::Number) || is_sign(text))
            });
            if glued {
                end += 1;
            } else if inner(end) && self.token(end + 1).is_some_and(|(next, _)| next.glued) && part(end + 1).is_some() {
                end += 2;
            } else if letter(end) && letter(end - 1) && (end - start > 1 || letter(start)) {
                end += 1;
            } else {
                return start..end;
            }
        }
    }

    /// The word that is left of a run when the marks inside it are taken out and digits are read as letters.
    fn joined(&self, run: Range<usize>) -> Option<Edit> {
        let parts = || run.clone().filter_map(|at| self.token(at));
        let disguised = run.len() == 1 && parts().any(|(_, text)| is_disguised(text));
        if run.len() == 1 && !disguised
            || parts().all(|(token, text)| token.kind == Kind::Number || is_inner(text)) && run.len() > 1
        {
            return None;
        }
        let whole: String = parts().filter(|(_, text)| !is_inner(text)).map(|(_, text)| text).collect();
        if whole.chars().count() < 4 || whole.len() > 40 {
            return None;
        }
        let is_word = |text: &str| self.known.knows(text) || is_english(text);
        let signs = parts().any(|(_, text)| is_sign(text) || text.contains('_'));
        let words = parts().filter(|(token, _)| token.kind != Kind::Mark);
        // "e-mail", "un/managed": a letter and a word, or one word or another.
        let first_letter =
            words.clone().count() == 2 && words.clone().next().is_some_and(|(_, text)| text.chars().count() == 1);
        let choice = parts().any(|(_, text)| text == "/") && words.clone().any(|(_, text)| is_word(text));
        if !signs && (first_letter || choice) {
            return None;
        }
        // "on-prem", "and/or", "e.g.": parts that are words, or single letters that make none.
        if !disguised && !signs && words.clone().all(|(_, text)| text.chars().count() > 1 && self.known.knows(text)) {
            return None;
        }
        let plain = unmasked(&whole);
        let meant = if self.known.means_something(&plain) {
            plain
        } else if run.len() > 1 && !signs && !disguised && words.clone().all(|(token, _)| !token.capital) {
            // "compl-icatons": hidden and misspelt.
            let split_word = words.clone().all(|(_, text)| !is_word(text));
            self.known.nearest(&plain).filter(|_| split_word && !is_word(&plain))?.to_owned()
        } else {
            return None;
        };
        let (first, last) = (self.token(run.start)?.0, self.token(run.end.checked_sub(1)?)?.0);
        Some(Edit { range: first.range().start..last.range().end, text: meant })
    }

    /// The word that a misspelt one is meant to be.
    fn word(&self, at: usize) -> Option<Edit> {
        let (token, text) = self.token(at)?;
        let standing = *self.standings.get(at)?;
        if token.kind != Kind::Word
            || !matches!(standing, Standing::Formed | Standing::Strange)
            || self.looks_like_name(at)
            || text.len() < 3
            || self.known.knows(text)
        {
            return None;
        }
        let hyphened = |at: usize| self.tokens.get(at).is_some_and(Token::is_joining_hyphen);
        if hyphened(at + 1) || at.checked_sub(1).is_some_and(hyphened) {
            return None;
        }
        if let Some(split) = self.split(text) {
            return Some(Edit { range: token.range(), text: split });
        }
        let meant = self.known.nearest(text)?;
        // What a rule could make of an English word is one only where it is hardly misspelt.
        if standing == Standing::Formed && !index::is_hardly_misspelt(text, meant) {
            return None;
        }
        // At the start of a sentence a name has a capital, too.
        if token.capital && !self.shouts && strsim::osa_distance(text, meant) > 1 {
            return None;
        }
        Some(Edit { range: token.range(), text: meant.to_owned() })
    }

    /// "Internalissues": two words that name nothing, with the space between them.
    fn split(&self, text: &str) -> Option<String> {
        if !(10..=40).contains(&text.len()) {
            return None;
        }
        let halves = (4..text.len() - 3).filter_map(|at| text.split_at_checked(at));
        let shell = |word: &str| self.known.is_shell(word);
        halves.filter(|(a, b)| shell(a) && shell(b)).map(|(a, b)| format!("{a} {b}")).next()
    }

    /// A capital where no sentence starts, or several.
    fn looks_like_name(&self, at: usize) -> bool {
        let Some((token, text)) = self.token(at) else { return false };
        if self.shouts || !token.capital {
            return false;
        }
        let before = at.checked_sub(1).and_then(|before| self.token(before));
        let starts = before.is_none_or(|(_, text)| matches!(text, "." | "!" | "?" | ":" | "\"" | "("));
        (token.acronym || !starts || text.len() < 6) && !self.is_misspelt_shell(text)
    }

    /// "Internal Challanges": a capital makes no name of a misspelt word that names nothing.
    fn is_misspelt_shell(&self, text: &str) -> bool {
        let nearly = |meant: &&str| strsim::osa_distance(text, meant) == 1 && self.known.is_shell(meant);
        text.len() >= SHORTEST_SHELL && !is_english(text) && self.known.nearest(text).filter(nearly).is_some()
    }
}

/// A shorter word with a capital is a name, however near to another word.
const SHORTEST_SHELL: usize = 8;

fn is_inner(text: &str) -> bool {
    INNER_MARKS.contains(&text)
}

/// Marks that are read as letters.
fn is_sign(text: &str) -> bool {
    matches!(text, "$" | "@")
}

/// Whether a word has digits, strokes, or letters of another alphabet or with accents among its plain letters.
fn is_disguised(text: &str) -> bool {
    let plain = text.bytes().filter(|byte| byte.is_ascii_lowercase() || *byte == b'\'').count();
    plain < text.len() && plain * 2 >= text.chars().count()
}

/// The word with every letter as the plain one that it looks like.
fn unmasked(text: &str) -> String {
    let plain = |c: char| match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        c if c.is_ascii() => c,
        c => lookalike(c).to_ascii_lowercase(),
    };
    text.chars().filter(|c| *c != '_').map(plain).collect()
}

#[cfg(test)]
mod tests {
    use crate::playbook::Playbook;
    use crate::reading::term::Terms;

    /// The text as it is read.
    fn read(note: &str) -> String {
        Terms::new(note, &[], Playbook::built_in().lexicon(), None).normal.text().to_owned()
    }

    #[test]
    fn disguised_and_misspelt_words_are_read_as_what_they_are_meant_to_be() {
        for (written, meant) in [
            ("Internal isseus.", "internal issues."),
            ("Internal is-sues.", "internal issues."),
            ("Internal is_sue_s.", "internal issues."),
            ("Internal i.s.s.u.e.s now.", "internal issues now."),
            ("Internal i s s u e s now.", "internal issues now."),
            ("Internal 1ssues.", "internal issues."),
            ("Internal r3as0ns.", "internal reasons."),
            ("Internal i$$ues.", "internal issues."),
            ("Internal re@sons.", "internal reasons."),
            ("Internal \u{456}ssu\u{435}s.", "internal issues."),
            ("Internal reasöns.", "internal reasons."),
            ("Internalissues.", "internal issues."),
            ("Custmer is bloked.", "customer is blocked."),
            ("INTERNAL ISSEUS.", "internal issues."),
            ("No inten-tion.", "no intention."),
        ] {
            assert_eq!(read(written), meant);
        }
    }

    #[test]
    fn names_terms_and_english_words_stay() {
        for note in [
            "uses jamf, okta, kiosk, tenant, zscaler and mitel.",
            "moves to Reasona and Isseus, and to ISSEUS.",
            "on-prem e-mail, tcp/ip and un/managed, 24/7, m365, o365, 64gb, 3rd.",
            "relaunched, hoster, triaging, footers, salesforce and cleanroom.",
            "colour, color, organisation and organization.",
            "$40k for user_id and 10.3.1.",
            "can't, won't, o'brien's.",
        ] {
            assert_eq!(read(note), note.to_lowercase());
        }
    }
}
