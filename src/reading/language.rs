//! Whether a note is English. It is decided before words are read: what is not English cannot be judged.
//!
//! The words of a note are held against the frequent words of other languages (`src/playbook/languages.yaml`, which the
//! build script makes a table of), against English words, and its letters against the Latin alphabet. Names tell
//! nothing, and neither does a word that several languages share.

use super::cue_tables::Rows;
use super::noise;
use crate::lexicon::Standing;
use crate::lexicon::lexicon_tables::find;
use crate::lexicon::spelling::KnownWords;
use crate::lexicon::token::{Kind, Token};

/// The language that most of a note is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// English, or too little to tell.
    #[default]
    English,
    /// Another one, by its name where it is known.
    Other(Option<&'static str>),
}

/// Letters of a script that writes whole words or syllables count as so many of an alphabet.
const SYLLABLE: usize = 3;

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

/// The language that most of the words of a note are of.
///
/// `standings` are those of the tokens.
pub(super) fn of(tokens: &[Token], text: &str, standings: &[Standing], known: &impl KnownWords) -> Language {
    if let Some(language) = of_script(tokens, text) {
        return language;
    }
    let (mut english, mut strange) = (0, Vec::new());
    for (token, standing) in words(tokens, standings).filter(|(token, _)| !is_other_script(token.text(text))) {
        match sort(token, text, standing) {
            Sort::English => english += 1,
            Sort::Strange => strange.push(token.text(text)),
            Sort::Neutral => {}
        }
    }
    // Nearly every note ends here: some names and short forms are all that is strange in it.
    if strange.len() * 4 < english || strange.len() < 2 && english > 0 {
        return Language::English;
    }
    by_words(tokens, text, standings, known, &strange)
}

/// The tokens that are words, each with its standing.
fn words<'t>(tokens: &'t [Token], standings: &'t [Standing]) -> impl Iterator<Item = (&'t Token, Standing)> {
    tokens.iter().zip(standings.iter().copied()).filter(|(token, _)| token.kind == Kind::Word)
}

/// What a word tells of the language of its note.
enum Sort {
    English,
    Strange,
    Neutral,
}

fn sort(token: &Token, text: &str, standing: Standing) -> Sort {
    let word = token.text(text);
    let is_code = || token.acronym || word.bytes().any(|byte| byte.is_ascii_digit());
    match standing {
        Standing::Meaningful | Standing::English | Standing::Formed => Sort::English,
        Standing::Known => Sort::Neutral,
        Standing::Strange if is_code() || noise::is_noise(word) => Sort::Neutral,
        Standing::Strange => Sort::Strange,
    }
}

/// Weighs the words of a note that has many strange ones against the language that most of them are frequent in.
fn by_words(
    tokens: &[Token],
    text: &str,
    standings: &[Standing],
    known: &impl KnownWords,
    strange: &[&str],
) -> Language {
    let frequent: Vec<u32> = strange.iter().map(|word| languages(word)).collect();
    let of = |bit: usize| frequent.iter().filter(|languages| *languages & (1 << bit) != 0).count();
    let best = (0..NAMES.len()).max_by_key(|bit| (of(*bit), usize::MAX - bit));
    let bit = best.filter(|bit| of(*bit) > 0);
    let is_slip = |word: &str| known.nearest(word).is_some_and(|meant| strsim::osa_distance(word, meant) <= 1);
    // Words that are English, and frequent in that language, tell nothing.
    let (mut english, mut foreign, mut unknown, mut shared) = (0, 0, 0, 0);
    for (token, standing) in words(tokens, standings) {
        let word = token.text(text);
        let is_frequent = bit.is_some_and(|bit| languages(word) & (1 << bit) != 0);
        match sort(token, text, standing) {
            Sort::Strange if is_frequent => foreign += 1,
            Sort::Strange if is_slip(word) => english += 1,
            Sort::Strange if !token.capital && word.chars().count() >= 3 => unknown += 1,
            Sort::English if is_frequent => shared += 1,
            Sort::English if !token.capital => english += 1,
            _ => {}
        }
    }
    let is_foreign = match foreign {
        0 => unknown >= 3 && unknown > 2 * (english + shared),
        1 => (unknown + shared >= 1 || english == 0 && tokens.len() > 1) && unknown + foreign > english,
        _ => unknown + foreign + shared / 2 > english,
    };
    if is_foreign { Language::Other(bit.and_then(|bit| NAMES.get(bit).copied())) } else { Language::English }
}

/// The languages that a word, or the part before its apostrophe, is frequent in.
fn languages(word: &str) -> u32 {
    let of_part = |part: &str| {
        let letters = |at: usize| LANGUAGES.get(at).map(|(word, _)| word.of(TEXT.as_bytes()));
        LANGUAGES.get(find(part, SLOTS, letters)?).map(|(_, languages)| *languages)
    };
    let elided = || word.find('\'').and_then(|at| word.get(..=at)).and_then(of_part);
    of_part(word).or_else(elided).unwrap_or_default()
}

/// The script that a note is written in, when it is another one than the Latin one.
fn of_script(tokens: &[Token], text: &str) -> Option<Language> {
    if text.is_ascii() {
        return None;
    }
    let (mut latin, mut other, mut name) = (0, 0, None);
    for token in tokens.iter().filter(|token| token.kind == Kind::Word) {
        let word = token.text(text);
        if is_other_script(word) {
            for c in word.chars().filter(|c| c.is_alphabetic()) {
                other += if writes_syllables(c) { SYLLABLE } else { 1 };
            }
            name = script(word).or(name);
        } else if !token.capital {
            latin += word.chars().count();
        }
    }
    (other > latin).then_some(Language::Other(name))
}

/// Whether a word has letters of another script, and none of the Latin one.
pub(super) fn is_other_script(word: &str) -> bool {
    !word.is_ascii()
        && word.chars().any(|c| c.is_alphabetic() && !is_latin(c))
        && !word.chars().any(|c| c.is_ascii_alphabetic())
}

fn is_latin(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '\u{aa}' | '\u{ba}' | '\u{c0}'..='\u{24f}' | '\u{250}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}')
}

fn writes_syllables(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{20000}'..='\u{3ffff}')
}

/// The language of a script that only one writes.
fn script(word: &str) -> Option<&'static str> {
    word.chars().find_map(|c| match c {
        '\u{3040}'..='\u{30ff}' => Some("Japanese"),
        '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}' => Some("Korean"),
        '\u{370}'..='\u{3ff}' => Some("Greek"),
        '\u{590}'..='\u{5ff}' => Some("Hebrew"),
        '\u{e00}'..='\u{e7f}' => Some("Thai"),
        '\u{10a0}'..='\u{10ff}' => Some("Georgian"),
        '\u{530}'..='\u{58f}' => Some("Armenian"),
        _ => None,
    })
}

/// Whether a word of some length is frequent in another language; it may be English too.
pub(super) fn is_foreign_word(word: &str) -> bool {
    word.len() >= 3 && languages(word) != 0
}

/// Whether a word stands between the parts of names: "de", "van".
pub(super) fn is_name_particle(word: &str) -> bool {
    NAME_PARTICLES.contains(&word)
}
