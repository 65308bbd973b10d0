//! Whether a text that a record needs says nothing: it is empty, looks empty, or only stands in for a text.
//!
//! This is the one answer for the note, the names of the customer and the workload, who changed what, and the reason of
//! a waiver. What a text that does say something is worth is a question for [`crate::reading`].

mod generic;
mod lists;
mod markup;
#[cfg(test)]
mod tests;

use crate::folding::folded_by_looks;
use generic::{ABOUT_WORDING, Generic, NO_CHANGES, NO_COMPANIES, NO_NAMED_PERSONS, NO_REASONS, VAGUE_IN_REASONS};
use lists::{ASKS, MOST_WORDS, NO_CHANGE, NO_NAMES, NO_PERSONS, NO_STATEMENTS, STAND_INS};
use regex::Regex;
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization as _;

/// What a text is for, which decides how little it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The note, a reason: it takes a word, and a number alone is none.
    Statement,
    /// Why a finding is acceptable: a statement, and more than that it is, that somebody agreed, or where that is kept.
    Reason,
    /// What was changed: a statement, and more than that something was changed.
    Change,
    /// The name of a customer or a workload: `365`, `3M` and `X` are names.
    Name,
    /// The name of a person or a team, or a personnel number.
    Person,
}

impl Purpose {
    /// Whether it takes a word, and not only a number.
    fn takes_word(self) -> bool {
        matches!(self, Self::Statement | Self::Reason | Self::Change)
    }
}

/// In what way a text says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Emptiness {
    /// There is nothing to be seen.
    Blank,
    /// There is something, and it only stands in for a text: a dash, `n/a`, `TBD`, `[your name]`.
    StandIn,
}

/// The words with which the program's help stands in for what the writer has to put there. Help texts are made of these
/// constants, so that no help can be copied into a record and pass.
pub mod help {
    /// In place of who changed a record.
    pub const WHO: &str = "your name";
    /// In place of what was changed.
    pub const WHAT: &str = "what you did, in a few words";
    /// In place of what was changed, when the note is new.
    pub const WHAT_IN_NOTE: &str = "what is new in the note, in a few words";
    /// In place of what was changed, when the status is new.
    pub const WHAT_IN_STATUS: &str = "the new status and what led to it, in a few words";

    /// In place of the reason of a waiver.
    pub const WHY: &str = "a few words on why the finding is acceptable";

    pub(super) const ALL: [&str; 5] = [WHO, WHAT, WHAT_IN_NOTE, WHAT_IN_STATUS, WHY];
}

/// How `text` says nothing, when it does. Linear in its length.
#[must_use]
pub fn emptiness(text: &str, purpose: Purpose) -> Option<Emptiness> {
    if is_blank(text) {
        return Some(Emptiness::Blank);
    }
    let unmarked = without_marks(text);
    let shown = markup::without_markup(&unmarked);
    let says_nothing = markup::is_error(&shown)
        || !has_word(&shown, purpose)
        || purpose == Purpose::Person && is_count(&shown)
        || is_slot(&shown, purpose)
        || is_stand_in(&shown, purpose)
        || looks_like_stand_in(&shown, purpose)
        || is_generic(&shown, purpose);
    says_nothing.then_some(Emptiness::StandIn)
}

/// Bytes of the longest text that is looked at for letters of other alphabets: a stand-in is short.
const LONGEST_LOOK: usize = 200;

/// Whether the text is made of stand-ins but for letters of other alphabets that look the same: `TBD` with a Cyrillic T.
fn looks_like_stand_in(text: &str, purpose: Purpose) -> bool {
    if text.is_ascii() || text.len() > LONGEST_LOOK {
        return false;
    }
    let looks = folded_by_looks(text);
    is_stand_in(&looks, purpose) || is_generic(&looks, purpose)
}

/// Whether nothing of `text` can be seen: white space, controls, marks without a letter, and the letters and symbols
/// that are drawn as nothing.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    static VISIBLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        // U+2800 is a braille pattern without a dot: a symbol by its properties, and blank all the same.
        Regex::new(r"[^\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}\u{2800}]").ok()
    });
    // The expressions of this module take longer to compile than a record takes to judge; most texts need none.
    let is_plainly_visible = text.bytes().any(|byte| byte.is_ascii_graphic());
    if is_plainly_visible || text.is_ascii() {
        return !is_plainly_visible;
    }
    VISIBLE.as_ref().is_some_and(|visible| !visible.is_match(text))
}

/// The text without what is not seen or only changes a letter, so that nothing can hide in a stand-in.
fn without_marks(text: &str) -> Cow<'_, str> {
    static MARKS: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]+").ok());
    if !text.chars().any(may_be_mark) {
        return Cow::Borrowed(text);
    }
    match &*MARKS {
        Some(marks) => marks.replace_all(text, ""),
        None => Cow::Borrowed(text),
    }
}

/// Whether a character may be one that [`without_marks`] removes. Letters of Western Europe, dashes and quotation marks
/// are none; a test compares all of Unicode.
fn may_be_mark(c: char) -> bool {
    !matches!(c, '\0'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}' | '\u{20a0}'..='\u{20cf}')
}

/// Whether there is a letter, or, where that is enough, a digit.
fn has_word(text: &str, purpose: Purpose) -> bool {
    static LETTER: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[\p{L}--\p{Lm}]").ok());
    let is_enough = |byte: u8| byte.is_ascii_alphabetic() || !purpose.takes_word() && byte.is_ascii_digit();
    if text.bytes().any(is_enough) {
        return true;
    }
    // No regular expression can fail to compile here; if one did, the text would count as one that says something.
    let has_letter = || LETTER.as_ref().is_none_or(|letter| letter.is_match(text));
    !text.is_ascii() && (has_letter() || !purpose.takes_word() && text.chars().any(char::is_numeric))
}

/// Whether the whole text is one slot: something in brackets that asks for something else to be put there.
fn is_slot(text: &str, purpose: Purpose) -> bool {
    const BRACKETS: [(char, char); 5] = [('[', ']'), ('<', '>'), ('{', '}'), ('«', '»'), ('%', '%')];
    let mut inside = text.trim();
    let mut is_bracketed = false;
    while let Some(shorter) = BRACKETS.iter().find_map(|(open, close)| inside.strip_prefix(*open)?.strip_suffix(*close))
    {
        (inside, is_bracketed) = (shorter.trim(), true);
    }
    // A note in brackets is a note with a slot, which the reading finds; here only short texts are slots as a whole.
    is_bracketed
        && !inside.contains('@')
        && (!purpose.takes_word() || words(inside).take(MOST_WORDS + 1).count() <= MOST_WORDS)
        && words(inside).take(MOST_WORDS).any(|word| ASKS.contains(&word.as_str()))
}

/// Whether the text is made of nothing but stand-ins, one or several: `TBD`, `n/a - to follow`, `xxx`.
fn is_stand_in(text: &str, purpose: Purpose) -> bool {
    let mut rest = words(text);
    let mut ahead: Vec<String> = Vec::new();
    let mut is_first = true;
    loop {
        if ahead.is_empty() {
            ahead.extend(rest.next());
        }
        // Nearly every text tells by its first word that it is none.
        match ahead.first() {
            None => return !is_first,
            Some(first) if !may_start_stand_in(first, purpose) => return false,
            Some(_) => {}
        }
        ahead.extend(rest.by_ref().take(MOST_WORDS - ahead.len()));
        let Some(taken) = leading_stand_in(&ahead, purpose) else { return false };
        ahead.drain(..taken);
        is_first = false;
    }
}

/// How many words of the longest stand-in that `words` start with; nothing when they start with none.
fn leading_stand_in(words: &[String], purpose: Purpose) -> Option<usize> {
    let phrases = Phrases::of(purpose);
    let mut phrase = String::new();
    let mut longest = words.first().filter(|word| is_filler(word, purpose)).map(|_| 1);
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            phrase.push(' ');
        }
        phrase.push_str(word);
        // A text of many words would be slow to read if every phrase of it were compared with every list.
        if !phrases.beginnings.contains(phrase.as_str()) {
            break;
        }
        if phrases.whole.contains(phrase.as_str()) || starts_help(&phrase) {
            longest = Some(at + 1);
        }
    }
    longest
}

/// The stand-ins for one purpose and those for all, made ready to be looked up: a long text is looked up word by word.
struct Phrases {
    whole: FxHashSet<&'static str>,
    /// What a stand-in, or what the help says, starts with: one word or several, up to all of it.
    beginnings: FxHashSet<&'static str>,
}

impl Phrases {
    fn of(purpose: Purpose) -> &'static Self {
        static STATEMENT: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(Purpose::Statement));
        static CHANGE: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(Purpose::Change));
        static NAME: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(Purpose::Name));
        static PERSON: LazyLock<Phrases> = LazyLock::new(|| Phrases::new(Purpose::Person));
        match purpose {
            Purpose::Statement | Purpose::Reason => &STATEMENT,
            Purpose::Change => &CHANGE,
            Purpose::Name => &NAME,
            Purpose::Person => &PERSON,
        }
    }

    fn new(purpose: Purpose) -> Self {
        let listed = STAND_INS.iter().chain(own_stand_ins(purpose).iter().copied().flatten()).copied();
        let whole: FxHashSet<&str> = listed.collect();
        let starts = |text: &'static str| {
            let ends = text.match_indices(' ').map(|(at, _)| at).chain(std::iter::once(text.len()));
            ends.filter_map(|end| text.get(..end))
        };
        let help = HELP.iter().map(String::as_str);
        let beginnings = whole.iter().copied().chain(help).flat_map(starts).collect();
        Self { whole, beginnings }
    }
}

/// The stand-ins for one purpose.
fn own_stand_ins(purpose: Purpose) -> &'static [&'static [&'static str]] {
    match purpose {
        Purpose::Statement | Purpose::Reason => &[NO_STATEMENTS],
        Purpose::Change => &[NO_STATEMENTS, NO_CHANGE],
        Purpose::Name => &[NO_NAMES],
        Purpose::Person => &[NO_PERSONS],
    }
}

/// Whether a stand-in can start with a word.
fn may_start_stand_in(word: &str, purpose: Purpose) -> bool {
    Phrases::of(purpose).beginnings.contains(word) || is_filler(word, purpose)
}

/// Whether `text` is `words`, or starts with them and a space.
fn starts_with_words(text: &str, words: &str) -> bool {
    text.strip_prefix(words).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Whether the text is made of words that name nothing but what they stand in: `changed the note`, `customer name`. A
/// number beside a change is its day or its count.
fn is_generic(text: &str, purpose: Purpose) -> bool {
    let Generic { nouns, beside } = match purpose {
        Purpose::Statement => return false,
        Purpose::Reason => return is_generic_reason(text),
        Purpose::Change => NO_CHANGES,
        Purpose::Name => NO_COMPANIES,
        Purpose::Person => NO_NAMED_PERSONS,
    };
    let is_number = |word: &str| purpose == Purpose::Change && word.chars().all(char::is_numeric);
    let mut has_noun = false;
    for word in words(text) {
        let is_noun = nouns.contains(&word.as_str());
        has_noun |= is_noun;
        if !is_noun && !beside.contains(&word.as_str()) && !is_number(&word) {
            return false;
        }
    }
    has_noun
}

/// Whether a reason is one word, or is made of generic words and of codes, such as the number of a ticket: who reviews a
/// waiver cannot tell from those whether the finding is acceptable.
fn is_generic_reason(text: &str) -> bool {
    // Not every script has spaces between its words.
    if text.is_ascii() && words(text).nth(1).is_none() {
        return true;
    }
    let is_generic =
        text.split_whitespace().filter(|token| !is_code(token)).flat_map(words).all(|word| is_in_no_reason(&word));
    let has_noun = || words(text).any(|word| NO_REASONS.nouns.contains(&word.as_str()));
    is_generic && (has_noun() || text.split_whitespace().any(is_code))
}

/// The words of a reason that name something, in lower case, each once and in order. Linear in its length, and few words
/// are looked at.
#[must_use]
pub(crate) fn concrete_words(reason: &str) -> Vec<String> {
    let is_concrete =
        |word: &String| word.len() > 1 && !is_in_no_reason(word) && !VAGUE_IN_REASONS.contains(&word.as_str());
    let spoken = reason.split_whitespace().filter(|token| !is_code(token)).take(MOST_IN_REASON).flat_map(words);
    let mut seen = HashSet::new();
    spoken.filter(is_concrete).filter(|word| seen.insert(word.clone())).collect()
}

/// Whether one of the words says what a waiver can be about: the wording, or whom it is kept for.
#[must_use]
pub(crate) fn speaks_of_wording(words: &[String]) -> bool {
    words.iter().any(|word| ABOUT_WORDING.contains(&word.as_str()))
}

/// Whether a reason says of the wording why it has to stay: enough concrete words, and one of them about the wording.
/// What stands in quotes is one of them. Unknown words alone are no evidence.
#[must_use]
pub(crate) fn is_concrete_reason(text: &str) -> bool {
    let opens = |token: &str| token.starts_with(['"', '\'', '`', '\u{201c}', '\u{201e}', '\u{2018}', '\u{ab}']);
    let has_quote = text.split_whitespace().take(MOST_IN_REASON).any(opens);
    let concrete = concrete_words(text);
    speaks_of_wording(&concrete) && concrete.len() + usize::from(has_quote) >= LEAST_CONCRETE
}

/// Whether `text` is a part of `other`, word by word.
#[must_use]
pub(crate) fn is_part_of(text: &str, other: &str) -> bool {
    let spaced = |text: &str| words(text).fold(" ".to_owned(), |line, word| line + &word + " ");
    text.len() <= other.len() * 2 && spaced(other).contains(&spaced(text))
}

/// Words of a reason that are looked at.
const MOST_IN_REASON: usize = 100;

/// Concrete words of a reason that are enough without being read as a reason for not using a service.
const LEAST_CONCRETE: usize = 3;

fn is_code(token: &str) -> bool {
    token.chars().any(char::is_numeric)
}

fn is_in_no_reason(word: &str) -> bool {
    [NO_REASONS.nouns, NO_REASONS.beside].iter().any(|list| list.contains(&word))
}

/// Digits of the shortest number by which a person is known.
const LEAST_DIGITS: usize = 3;

/// Whether a text is a number too short to be that of a person.
fn is_count(text: &str) -> bool {
    let digits = || text.chars().filter(|c| c.is_alphanumeric());
    digits().all(char::is_numeric) && digits().count() < LEAST_DIGITS
}

/// What the help says, as words.
static HELP: LazyLock<Vec<String>> =
    LazyLock::new(|| help::ALL.iter().map(|text| words(text).collect::<Vec<_>>().join(" ")).collect());

/// Whether a phrase is the beginning of what the help says in place of a text: people cut it short.
fn starts_help(phrase: &str) -> bool {
    phrase.split(' ').nth(if phrase.starts_with("the ") { 2 } else { 1 }).is_some()
        && HELP.iter().any(|help| starts_with_words(help, phrase))
}

/// One letter again and again: `xxx`, `aaaa`. Names may be short and may repeat a letter (`X`, `AA`), but not `xxx`.
fn is_filler(word: &str, purpose: Purpose) -> bool {
    let Some(first) = word.chars().next() else { return true };
    let repeats = word.chars().all(|c| c == first);
    let length = word.chars().count();
    match purpose {
        Purpose::Statement | Purpose::Reason | Purpose::Change => repeats && first.is_ascii_alphabetic(),
        Purpose::Name => repeats && length > 1 && first == 'x',
        Purpose::Person => repeats && first == 'x',
    }
}

/// The words of a text: runs of letters and digits, in lower case and compatibility form. Made as they are asked for.
fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let mut characters = text.nfkc().flat_map(char::to_lowercase);
    std::iter::from_fn(move || {
        let first = characters.find(|c| c.is_alphanumeric())?;
        let mut word = String::from(first);
        word.extend(characters.by_ref().take_while(|c| c.is_alphanumeric()));
        Some(word)
    })
}
