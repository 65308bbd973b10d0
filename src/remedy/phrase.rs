//! What a writer answers to a question, as a phrase that a sentence can hold: "the old PBX" stands after "because of",
//! "they pay Slack until 2028" after "because".

use super::finite;
use super::part::{BEFORE_CLAUSE, BEFORE_NOUN, small};
use crate::lexicon::word_class::WordClass;
use crate::lexicon::words;

/// A phrase in the forms that it can take. One of them it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Phrase {
    /// Names a thing.
    pub(super) noun: Option<String>,
    /// Says something of a thing.
    pub(super) clause: Option<String>,
    /// What it is, where it can be either.
    pub(super) kind: Kind,
    /// How the writer led to it, where that fits what it is.
    pub(super) lead: Option<&'static str>,
}

/// What a phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Noun,
    Clause,
}

/// How a reason is announced before it is given.
const ANNOUNCED: &[&str] = &[
    "the main reason is that",
    "the main reason is",
    "the primary issue is that",
    "the primary issue is",
    "main reason:",
    "the reason is that",
    "the reason is",
    "primary issue:",
    "reason:",
    "it is because",
    "it's because",
    "that is because",
    "that's because",
    "this is because",
    "blocker:",
];

/// Words before a clause that stand there for a noun.
const FACT: &[&str] = &["due to the fact that", "because of the fact that", "owing to the fact that", "the fact that"];

/// Where a reason is told after the refusal that it is for.
const WITHIN: &[&str] = &[" because of ", " because ", " due to ", " owing to "];

/// What makes the part before that a refusal.
const REFUSED: &[&str] =
    &["not", "cannot", "can't", "won't", "don't", "doesn't", "unable", "blocked", "refuses", "declined", "declines"];

/// Words that tell how somebody is, and need somebody of whom they tell it.
const PREDICATES: &[&str] = &[
    "afraid",
    "bound",
    "committed",
    "concerned",
    "locked",
    "stuck",
    "tied",
    "unable",
    "unwilling",
    "waiting",
    "worried",
];

/// The same after "not".
const NOT_SO: &[&str] =
    &["able", "allowed", "happy", "interested", "permitted", "ready", "satisfied", "sure", "willing"];

/// First words of workloads that are English words as well.
const WORKLOADS: &[&str] =
    &["defender", "exchange", "forms", "lists", "office", "outlook", "planner", "power", "stream", "teams", "windows"];

/// Adjectives that lose their capital even before a name.
const ADJECTIVES: &[&str] =
    &["current", "existing", "legacy", "missing", "new", "old", "outdated", "own", "paid", "pending", "upcoming"];

impl Phrase {
    /// The phrase that an answer is; `None` where it says nothing.
    pub(super) fn of(answer: &str) -> Option<Self> {
        let line = cleaned(answer);
        let (line, mut lead) = led(&line);
        let text = uncapitalised(line);
        if text.is_empty() {
            return None;
        }
        let clause = as_clause(&text);
        let is_clause = clause.as_deref() == Some(text.as_str()) || clause.is_some() && negated(&text).is_none();
        let noun = (!is_clause).then(|| text.clone());
        let led_to = lead.map(|lead| if BEFORE_NOUN.contains(&lead) { Kind::Noun } else { Kind::Clause });
        let kind = match (is_clause, &clause, led_to) {
            (true, ..) | (false, Some(_), _) => Kind::Clause,
            (false, None, Some(Kind::Clause)) if text.contains(' ') => Kind::Clause,
            (false, None, _) => Kind::Noun,
        };
        let clause = clause.or_else(|| (kind == Kind::Clause).then(|| text.clone()));
        let noun = noun.filter(|_| kind == Kind::Noun || negated(&text).is_some());
        lead = lead.filter(|_| led_to == Some(kind));
        Some(Self { noun, clause, kind, lead })
    }

    /// The phrase as it is.
    pub(super) fn text(&self) -> &str {
        self.as_kind(self.kind).unwrap_or_default()
    }

    /// The phrase in this form, where it has it.
    pub(super) fn as_kind(&self, kind: Kind) -> Option<&str> {
        match kind {
            Kind::Noun => self.noun.as_deref(),
            Kind::Clause => self.clause.as_deref(),
        }
    }
}

/// An answer in one line, without quotation marks around it and without the mark at its end.
pub(super) fn cleaned(answer: &str) -> String {
    const PAIRS: &[(char, char)] =
        &[('"', '"'), ('\'', '\''), ('“', '”'), ('„', '“'), ('‘', '’'), ('«', '»'), ('`', '`')];
    let line = answer.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = line.as_str();
    loop {
        let before = text;
        text = text
            .trim_end_matches(|c: char| c.is_whitespace() || ".,;:!…".contains(c))
            .trim_start_matches(['-', '–', '•', ' ']);
        for (open, close) in PAIRS {
            let inner = text.strip_prefix(*open).and_then(|rest| rest.strip_suffix(*close));
            text = inner.filter(|inner| !inner.contains([*open, *close])).unwrap_or(text);
        }
        if text == before {
            return text.to_owned();
        }
    }
}

/// The line without the words that lead to a reason, and these words.
fn led(line: &str) -> (&str, Option<&'static str>) {
    let line = after_refusal(line);
    let line = ANNOUNCED.iter().find_map(|words| without(line, words)).unwrap_or(line);
    if let Some(rest) = FACT.iter().find_map(|words| without(line, words)) {
        return (rest, Some("because"));
    }
    let leads = BEFORE_NOUN.iter().chain(BEFORE_CLAUSE);
    let found = leads.filter_map(|words| Some((without(line, words)?, *words)));
    // "since 2019" is a time.
    let found = found.filter(|(rest, words)| *words != "since" || !rest.starts_with(|c: char| c.is_ascii_digit()));
    match found.max_by_key(|(_, words)| words.len()) {
        // "because due to the merger"
        Some((rest, words)) => match BEFORE_NOUN.iter().find_map(|inner| Some((without(rest, inner)?, *inner))) {
            Some((rest, inner)) => (rest, Some(inner)),
            None => (rest, Some(words)),
        },
        None => (line, None),
    }
}

/// What comes after the refusal in "they will not deploy because the proxy drops UDP".
fn after_refusal(line: &str) -> &str {
    let lower = line.to_ascii_lowercase();
    let first = WITHIN.iter().filter_map(|words| lower.find(words)).min();
    let Some(at) = first else { return line };
    let is_refused = lower.get(..at).unwrap_or_default().split(' ').any(|word| REFUSED.contains(&word));
    line.get(at + 1..).filter(|_| is_refused).unwrap_or(line)
}

/// The rest of the line after these words, in whatever case, as words of their own.
pub(super) fn without<'l>(line: &'l str, words: &str) -> Option<&'l str> {
    let front = line.get(..words.len()).filter(|front| front.eq_ignore_ascii_case(words))?;
    let rest = line.get(front.len()..)?;
    let rest = rest.strip_prefix([',', ':']).unwrap_or(rest);
    let rest = if words.ends_with(':') { rest } else { rest.strip_prefix(' ')? };
    Some(rest.trim_start()).filter(|rest| !rest.is_empty())
}

/// The text without the capital that only the start of a line gives it.
pub(super) fn uncapitalised(text: &str) -> String {
    let first = text.split(' ').next().unwrap_or_default();
    let rest = text.get(first.len()..).unwrap_or_default();
    let is_title = |word: &str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_some_and(char::is_lowercase)
    };
    let lower = first.to_lowercase();
    let bare = lower.trim_end_matches([',', ';', ':']);
    let classes = words::classes(bare);
    let is_name = [WordClass::Product, WordClass::EverydayProduct].into_iter().any(|class| classes.has(class));
    let is_word = classes.has(WordClass::English) && !is_name && !WORKLOADS.contains(&bare);
    let next = rest.trim_start().split(' ').next().unwrap_or_default();
    let is_only = first.chars().skip(1).all(|c| !c.is_uppercase());
    match is_title(first) && is_only && is_word && (!is_title(next) || ADJECTIVES.contains(&bare)) {
        true => small(&format!("{lower}{rest}")),
        false => small(text),
    }
}

/// The text as a clause, where it is one or lacks only its subject.
fn as_clause(text: &str) -> Option<String> {
    if finite::is_clause(text) {
        return Some(text.to_owned());
    }
    if let Some(negated) = negated(text) {
        return Some(negated);
    }
    let mut words = text.split(' ');
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if PREDICATES.contains(&first) || first == "not" && NOT_SO.contains(&second) {
        return Some(format!("the customer is {text}"));
    }
    match finite::leading_verb(text)? {
        finite::Number::One => Some(format!("the customer {text}")),
        finite::Number::Many => Some(format!("they {text}")),
    }
}

/// "no SIP support" as a clause: "there is no SIP support".
fn negated(text: &str) -> Option<String> {
    let thing = ["no ", "not enough ", "too many ", "too few "].iter().find_map(|lead| text.strip_prefix(lead))?;
    if finite::is_clause(text) {
        return None;
    }
    let verb = if finite::is_plural(thing) { "are" } else { "is" };
    Some(format!("there {verb} {text}"))
}

#[cfg(test)]
pub(in crate::remedy) mod tests;
