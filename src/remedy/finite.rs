//! Whether words are a clause, which has a verb of its own, or the name of a thing.
//!
//! "The proxy drops UDP 3478" is a clause; "a proxy that drops UDP 3478" and "the proxy installed in 2009" are none. Which
//! words may be verbs is data; whether one is the verb of the clause is told by what is around it.

use super::part::FINITE;
use crate::lexicon::morphology;
use std::collections::HashMap;
use std::sync::LazyLock;

const VERBS: &str = include_str!("../playbook/answer-verbs.txt");

/// Verbs whose forms are nouns as well: "costs", "blocks".
const NOUNS_TOO: &str = include_str!("../playbook/answer-verbs-or-nouns.txt");

/// Words that can only be subjects.
const SUBJECTS: &[&str] = &["everybody", "everyone", "he", "i", "nobody", "she", "there", "they", "we", "you"];

/// Words that open a clause within another.
const OPENERS: &[&str] = &[
    "although", "because", "if", "that", "unless", "when", "where", "whereas", "which", "while", "who", "whom", "whose",
];

/// Words that open a clause unless a time or a thing follows.
const TIMES: &[&str] = &["after", "as", "before", "once", "since", "until"];

/// Words before a noun; a verb is never right after them.
const BEFORE_NOUNS: &[&str] = &[
    "a", "an", "the", "its", "their", "our", "his", "her", "my", "your", "this", "these", "those", "no", "any", "some",
    "every", "each", "all", "both", "such", "many", "several", "more", "most", "fewer", "few",
];

const PREPOSITIONS: &[&str] = &[
    "about", "above", "across", "after", "against", "among", "and", "as", "at", "because", "before", "behind", "below",
    "between", "but", "by", "despite", "during", "for", "from", "in", "into", "of", "on", "or", "over", "per", "since",
    "than", "through", "to", "towards", "under", "until", "via", "with", "within", "without",
];

/// Words after a verb that is the last but for when and how.
const PARTICLES: &[&str] = &["away", "down", "off", "out", "up"];

/// What follows a participle and no verb: "a contract signed last year".
const WHEN: &[&str] = &["ago", "earlier", "last", "next", "recently", "today", "yesterday", "this"];

/// Forms of the past that are no participles.
const PAST_ONLY: &[&str] = &[
    "became", "began", "broke", "came", "chose", "fell", "forbade", "forgot", "froze", "gave", "grew", "knew", "ran",
    "rose", "saw", "shrank", "spoke", "threw", "took", "went", "withdrew", "wrote",
];

/// Forms of the past that need no object.
const ENDED: &[&str] = &[
    "arrived",
    "broke",
    "ceased",
    "closed",
    "collapsed",
    "crashed",
    "disagreed",
    "ended",
    "expired",
    "failed",
    "happened",
    "left",
    "lapsed",
    "merged",
    "refused",
    "retired",
    "shrank",
    "stopped",
    "lost",
];

/// Verbs that are nouns as well, and say how long or where something goes on.
const GOING_ON: &[&str] = &["ends", "falls", "moves", "runs", "stands", "starts", "stops", "waits", "works"];

/// Words for several people that have no ending for it.
const PEOPLE: &[&str] = &["both", "people", "police", "staff", "children", "men", "women"];

/// What a verb agrees with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    One,
    Many,
}

/// The form of a word that may be a verb.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// "use", after many.
    Base,
    /// "uses".
    Third,
    /// "used".
    Past,
}

#[derive(Debug, Clone, Copy)]
struct Verb {
    form: Form,
    is_noun_too: bool,
}

static FORMS: LazyLock<HashMap<String, Verb>> = LazyLock::new(|| {
    let mut forms = HashMap::new();
    for (list, is_noun_too) in [(NOUNS_TOO, true), (VERBS, false)] {
        for base in list.lines() {
            let mut add = |word: String, form| {
                forms.entry(word).or_insert(Verb { form, is_noun_too });
            };
            add(base.to_owned(), Form::Base);
            morphology::third_person(base).into_iter().for_each(|word| add(word, Form::Third));
            let irregular = morphology::irregular(base);
            let past = irregular.into_iter().flatten().filter(|word| !word.ends_with("ing"));
            past.for_each(|word| add((*word).to_owned(), Form::Past));
            morphology::past(base).into_iter().for_each(|word| add(word, Form::Past));
        }
    }
    forms
});

/// A word of a text.
struct Word<'t> {
    /// As written, without marks around it.
    raw: &'t str,
    lower: String,
    /// A mark stands after it.
    is_closed: bool,
}

/// Whether the text has a subject and a verb of its own.
pub(super) fn is_clause(text: &str) -> bool {
    let words = words(text);
    let Some(first) = words.first() else { return false };
    let is_subject = SUBJECTS.contains(&first.lower.as_str()) || matches!(first.raw, "it" | "It");
    if is_subject && words.len() > 1 || is_contracted(first) {
        return true;
    }
    let mut open = 0_usize;
    for (at, word) in words.iter().enumerate().skip(1) {
        if opens(&words, at) {
            open += 1;
        } else if is_finite(&words, at) {
            if open == 0 {
                return true;
            }
            open -= 1;
        } else if word.is_closed && open > 0 && at + 1 < words.len() {
            open -= 1;
        }
    }
    false
}

/// The number of the verb with which the text begins, where its subject is left out: "cannot reach the mailboxes".
pub(super) fn leading_verb(text: &str) -> Option<Number> {
    let words = words(text);
    let first = words.first().filter(|_| words.len() > 1)?;
    let word = first.lower.as_str();
    if matches!(word, "are" | "do" | "don't" | "have" | "haven't" | "were" | "aren't") {
        return Some(Number::Many);
    }
    if word == "may" && first.raw != "may" {
        return None;
    }
    if FINITE.contains(&word) || is_contracted_not(word) {
        return Some(Number::One);
    }
    let verb = FORMS.get(word)?;
    let is_verb = !verb.is_noun_too || word == "needs";
    (verb.form == Form::Third && is_verb && has_object(&words, 0)).then_some(Number::One)
}

/// Whether the thing is several ones.
pub(super) fn is_plural(thing: &str) -> bool {
    let words = words(thing);
    // "moving 400 mailboxes" is one thing.
    if words.first().is_some_and(|word| word.lower.ends_with("ing") && word.lower.len() > 5) {
        return false;
    }
    let is_end = |word: &&Word<'_>| {
        let lower = word.lower.as_str();
        !PREPOSITIONS.contains(&lower)
            && !OPENERS.contains(&lower)
            && FORMS.get(lower).is_none_or(|verb| verb.is_noun_too)
    };
    let mut head: Option<&Word<'_>> = None;
    for word in &words {
        if !is_end(&word) && head.is_some() {
            break;
        }
        head = Some(word);
        if word.is_closed {
            break;
        }
    }
    if words.iter().any(|word| word.lower == "and")
        && !words.iter().any(|word| matches!(word.lower.as_str(), "of" | "between"))
    {
        return true;
    }
    head.is_some_and(is_plural_word)
}

fn is_plural_word(word: &Word<'_>) -> bool {
    let lower = word.lower.as_str();
    let is_name = word.raw.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let ending = lower.ends_with('s') && !["ss", "us", "is", "'s", "’s"].iter().any(|end| lower.ends_with(end));
    PEOPLE.contains(&lower) && lower != "staff" || ending && !is_name && lower.len() > 3
}

fn words(text: &str) -> Vec<Word<'_>> {
    let marks = |c: char| ",;:()\"“”".contains(c);
    let word = |raw: &'_ str| {
        let bare = raw.trim_matches(marks);
        (bare.len(), raw.ends_with([',', ';', ':', ')']))
    };
    text.split_whitespace()
        .map(|raw| {
            let bare = raw.trim_matches(marks);
            let (_, is_closed) = word(raw);
            Word { raw: bare, lower: bare.to_lowercase().replace('’', "'"), is_closed }
        })
        .filter(|word| !word.raw.is_empty())
        .collect()
}

/// "they're", "it's".
fn is_contracted(word: &Word<'_>) -> bool {
    let Some((subject, _)) = word.lower.split_once('\'') else { return false };
    SUBJECTS.contains(&subject) || matches!(subject, "it" | "that")
}

fn is_contracted_not(word: &str) -> bool {
    word.ends_with("n't")
}

/// Whether a clause within the clause begins here.
fn opens(words: &[Word<'_>], at: usize) -> bool {
    let word = |at: usize| words.get(at).map_or("", |word| word.lower.as_str());
    let before = at.checked_sub(1).map_or("", word);
    let is_opener = |word: &str| OPENERS.contains(&word) || TIMES.contains(&word);
    if OPENERS.contains(&word(at)) {
        return true;
    }
    if TIMES.contains(&word(at)) {
        // Whether a verb comes later is what tells "until the merger is over" from "until 2028".
        return (at + 2..words.len())
            .take_while(|later| !opens_plainly(words, *later))
            .any(|later| is_finite(words, later))
            && words.get(at + 1).is_some_and(|next| !next.lower.starts_with(|c: char| c.is_ascii_digit()));
    }
    // "the proxy they use"
    let is_subject = matches!(word(at), "they" | "we" | "he" | "she" | "you");
    is_subject && !is_opener(before) && !matches!(before, "and" | "but" | "or" | "so")
}

fn opens_plainly(words: &[Word<'_>], at: usize) -> bool {
    words.get(at).is_some_and(|word| OPENERS.contains(&word.lower.as_str()))
}

/// Whether the word is a verb with a subject before it.
fn is_finite(words: &[Word<'_>], at: usize) -> bool {
    let Some(word) = words.get(at) else { return false };
    let Some(before) = at.checked_sub(1).and_then(|at| words.get(at)) else { return false };
    let lower = word.lower.as_str();
    // "in May"
    if lower == "may" && word.raw != "may" {
        return false;
    }
    // "the can", "a must"
    let after_article = BEFORE_NOUNS.contains(&before.lower.as_str())
        && !matches!(before.lower.as_str(), "all" | "this" | "both" | "some" | "most" | "many" | "few");
    if FINITE.contains(&lower) || is_contracted_not(lower) {
        return !after_article && before.lower != "to";
    }
    if matches!(before.lower.as_str(), "they" | "we" | "he" | "she" | "you" | "who" | "which") {
        return true;
    }
    let Some(verb) = FORMS.get(lower) else { return PAST_ONLY.contains(&lower) && !after_article };
    if after_article
        || PREPOSITIONS.contains(&before.lower.as_str()) && before.lower != "and"
        || before.lower.ends_with("'s")
    {
        return false;
    }
    match verb.form {
        Form::Third => !verb.is_noun_too || has_object(words, at) || GOING_ON.contains(&lower) && at + 1 < words.len(),
        Form::Base => is_plural_word(before) || PEOPLE.contains(&before.lower.as_str()),
        Form::Past if PAST_ONLY.contains(&lower) => true,
        Form::Past if ENDED.contains(&lower) && (at + 1 == words.len() || word.is_closed) => true,
        Form::Past => has_object(words, at) && !matches!(lower, "called" | "named" | "used"),
    }
}

/// Whether what the verb is done to, or how, comes right after it.
fn has_object(words: &[Word<'_>], at: usize) -> bool {
    let (Some(word), Some(next)) = (words.get(at), words.get(at + 1)) else { return false };
    let lower = next.lower.as_str();
    !word.is_closed
        && (PARTICLES.contains(&lower) || !PREPOSITIONS.contains(&lower))
        && !OPENERS.contains(&lower)
        && !WHEN.contains(&lower)
        && !FINITE.contains(&lower)
        && !is_contracted_not(lower)
}

#[cfg(test)]
mod tests;
