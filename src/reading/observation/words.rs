//! The words of a note, by themselves and side by side.

use super::hash::{Hash, Sort};
use super::matters::Matter;
use super::{ByStatus, Look};
use crate::lexicon::token::Kind;
use crate::reading::mark::Mark;
use crate::reading::term::Term;
use std::ops::Range;

/// What is known of one term.
#[derive(Clone, Copy)]
struct Seen {
    word: u32,
    meaning: u32,
}

impl Look<'_> {
    /// The terms at `places`, one after the other; `reason` are those of the reason.
    pub(super) fn words(&mut self, places: impl Iterator<Item = usize>, matters: &[Matter], reason: &Range<usize>) {
        let mut before: [Option<Seen>; 2] = [None, None];
        for at in places {
            let (Some(term), Some(matter)) = (self.terms.terms.get(at), matters.get(at)) else { continue };
            let place = u32::try_from(at).unwrap_or(u32::MAX);
            let text = self.terms.text(term);
            let seen = Seen { word: word(term, text, *matter), meaning: meaning(term, *matter) };
            self.see(Hash::of(Sort::Word).number(seen.word), Some(place), ByStatus::Apart);
            self.see(Hash::of(Sort::Meaning).number(seen.meaning), Some(place), ByStatus::Apart);
            if reason.contains(&at) {
                self.see(Hash::of(Sort::ReasonWord).number(seen.word), Some(place), ByStatus::Alike);
                self.see(Hash::of(Sort::ReasonMatter).number(seen.meaning), Some(place), ByStatus::Alike);
            }
            self.letters(term, text, place);
            self.neighbours(before, seen, place);
            let [_, last] = before;
            before = [last, Some(seen)];
        }
    }

    /// Two and three terms side by side.
    fn neighbours(&mut self, before: [Option<Seen>; 2], seen: Seen, place: u32) {
        let place = Some(place);
        let two = |sort, a: u32, b: u32| Hash::of(sort).number(a).number(b);
        let [first, Some(one)] = before else {
            self.see(Hash::of(Sort::Opening).number(seen.word), place, ByStatus::Alike);
            self.see(Hash::of(Sort::Opening).number(seen.meaning).byte(1), place, ByStatus::Apart);
            return;
        };
        self.see(two(Sort::Words, one.word, seen.word), place, ByStatus::Apart);
        self.see(two(Sort::Meanings, one.meaning, seen.meaning), place, ByStatus::Apart);
        self.see(two(Sort::WordThenMeaning, one.word, seen.meaning), place, ByStatus::Alike);
        self.see(two(Sort::MeaningThenWord, one.meaning, seen.word), place, ByStatus::Alike);
        if let Some(first) = first {
            let three = two(Sort::ThreeMeanings, first.meaning, one.meaning).number(seen.meaning);
            self.see(three, place, ByStatus::Alike);
        }
    }

    /// Four letters at a time, the ends of the word with them.
    fn letters(&mut self, term: &Term, text: &str, place: u32) {
        if term.kind != Kind::Word || text.len() < 5 {
            return;
        }
        // However the words of a phrase are spaced in the note.
        let words = text.split_whitespace().enumerate();
        let spaced = words.flat_map(|(at, word)| (at > 0).then_some(b' ').into_iter().chain(word.bytes()));
        let inside = spaced.map(|byte| byte.to_ascii_lowercase());
        let letters = std::iter::once(b'^').chain(inside).chain(std::iter::once(b'$'));
        let mut window = [0; 4];
        for (at, letter) in letters.enumerate() {
            let [_, rest @ ..] = window;
            let [a, b, c] = rest;
            window = [a, b, c, letter];
            if at >= 3 {
                self.see(Hash::of(Sort::Letters).bytes(&window), Some(place), ByStatus::Alike);
            }
        }
    }
}

/// The word, or what stands for it where the word itself teaches nothing: figures, names, products.
fn word(term: &Term, text: &str, matter: Matter) -> u32 {
    let hash = Hash::of(Sort::Word);
    let figure = |byte: u8| if byte.is_ascii_digit() { b'0' } else { byte };
    match term.kind {
        Kind::Number => text.bytes().take(8).fold(hash, |hash, byte| hash.byte(figure(byte))).0,
        Kind::Address => hash.byte(1).0,
        Kind::Word if matter == Matter::Name => hash.byte(2).byte(u8::from(term.acronym)).0,
        Kind::Word if matter == Matter::Product => hash.byte(3).0,
        _ if term.words == 1 => letters(hash, text).0,
        // However the words of a phrase are spaced in the note.
        _ => {
            let words = text.split_whitespace().enumerate();
            words.fold(hash, |hash, (at, word)| letters(if at > 0 { hash.byte(b' ') } else { hash }, word)).0
        }
    }
}

fn letters(hash: Hash, word: &str) -> Hash {
    word.bytes().fold(hash, |hash, byte| hash.byte(byte.to_ascii_lowercase()))
}

/// What a term means, whatever its word is.
pub(super) fn meaning(term: &Term, matter: Matter) -> u32 {
    let look = u8::from(term.is_unknown())
        | u8::from(term.proper) << 1
        | u8::from(term.acronym) << 2
        | u8::from(term.is(Mark::Customer)) << 3
        | u8::from(term.is(Mark::Outsider)) << 4;
    let hash = Hash::of(Sort::Meaning).byte(term.kind as u8).byte(look).byte(matter as u8);
    hash.bytes(&term.sense.classes.bits().to_le_bytes()).0
}
