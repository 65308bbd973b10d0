//! The part of a note that gives a why, in a form that can stand inside a sentence of another.

use crate::reading::{Reading, ReasonStrength};

/// The longest part that is put into a template, in characters.
const LONGEST: usize = 100;

/// The shortest that is kept of a part that is too long, in bytes.
const SHORTEST: usize = 20;

/// How many words a part may have that is to be continued.
const MOST_WORDS: usize = 8;

/// A why that a note gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// "security concerns": stands after "because of".
    Noun(String),
    /// "the proxy drops UDP 3478": stands after "because".
    Clause(String),
    /// One or the other: only a colon can stand before it.
    Loose(String),
    /// "until the merger is complete": says what it waits for, and no why.
    Until(String),
}

/// Words before a noun.
pub(super) const BEFORE_NOUN: &[&str] = &[
    "as a result of",
    "because of",
    "blocked by",
    "caused by",
    "driven by",
    "due to",
    "held back by",
    "held up by",
    "in light of",
    "in view of",
    "on account of",
    "owing to",
    "prevented by",
    "resulting from",
    "stopped by",
    "thanks to",
];

/// Words before a clause.
pub(super) const BEFORE_CLAUSE: &[&str] =
    &["as", "because", "considering that", "given that", "now that", "seeing that", "since"];

/// Words before what has to happen first.
const BEFORE_EVENT: &[&str] = &["after", "before", "once", "till", "until"];

/// Words before a thing that has to come.
const BEFORE_THING: &[&str] = &["awaiting", "pending", "waiting for", "waits for"];

/// Words before what may or may not happen: it is neither a why nor an event to wait for.
const BEFORE_CONDITION: &[&str] = &["if", "in case", "unless", "when", "whenever"];

/// Verbs that take a person or a number, and so show a clause.
pub(super) const FINITE: &[&str] = &[
    "are", "can", "cannot", "could", "did", "do", "does", "had", "has", "have", "is", "lacks", "may", "might", "must",
    "needs", "requires", "should", "was", "were", "will", "would",
];

/// First words that lose their capital inside a sentence.
const SMALL: &[&str] = &[
    "a",
    "all",
    "an",
    "another",
    "any",
    "both",
    "budget",
    "cost",
    "costs",
    "each",
    "every",
    "firewall",
    "hardware",
    "it",
    "its",
    "lack",
    "legal",
    "licence",
    "license",
    "licensing",
    "many",
    "most",
    "network",
    "no",
    "nobody",
    "our",
    "proxy",
    "security",
    "several",
    "some",
    "staff",
    "technical",
    "the",
    "their",
    "there",
    "these",
    "they",
    "this",
    "those",
    "users",
    "waiting",
    "we",
];

impl Part {
    /// The why of `reading`, which is of `note`; nothing when there is none that could stand in another sentence.
    pub(super) fn of(reading: &Reading, note: &str) -> Option<Self> {
        if reading.reason == ReasonStrength::None || !reading.slots.is_empty() {
            return None;
        }
        let span = reading.reason_span?;
        let text = fitting(span.of(note))?;
        let before = note.get(..span.start).unwrap_or_default();
        Self::new(before, &text)
    }

    /// Whether more can be said after it in the same sentence.
    pub(super) fn is_short_phrase(&self) -> bool {
        match self {
            Self::Noun(text) | Self::Clause(text) | Self::Until(text) => {
                text.split(' ').count() <= MOST_WORDS && !text.contains([',', ';', ':'])
            }
            Self::Loose(_) => false,
        }
    }

    fn new(before: &str, text: &str) -> Option<Self> {
        let (lead, rest) = lead(before, text);
        let text = small(rest);
        match lead {
            Lead::Condition => None,
            Lead::Event => Some(Self::Until(text)),
            Lead::Clause => Some(Self::Clause(text)),
            Lead::Noun => Some(Self::Noun(text)),
            Lead::None if text.starts_with("waiting ") => Some(Self::Clause(format!("the customer is {text}"))),
            Lead::Wait => Some(Self::Clause(format!("the customer is waiting for {text}"))),
            Lead::None if is_clause(&text) => Some(Self::Clause(text)),
            Lead::None if text.split(' ').count() <= 2 => Some(Self::Noun(text)),
            Lead::None => Some(Self::Loose(text)),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Lead {
    Noun,
    Clause,
    Event,
    Condition,
    Wait,
    None,
}

/// The word that leads to the part, before it or at its front, and the part without it.
fn lead<'a>(before: &str, text: &'a str) -> (Lead, &'a str) {
    const LEADS: &[(Lead, &[&str])] = &[
        (Lead::Noun, BEFORE_NOUN),
        (Lead::Clause, BEFORE_CLAUSE),
        (Lead::Event, BEFORE_EVENT),
        (Lead::Condition, BEFORE_CONDITION),
        (Lead::Wait, BEFORE_THING),
    ];
    let all = || LEADS.iter().flat_map(|(lead, words)| words.iter().map(move |words| (*lead, *words)));
    let before = last_words(before);
    let ends = |words: &str| before.strip_suffix(words).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '));
    if let Some((lead, _)) = all().find(|(_, words)| ends(words)) {
        return (lead, text);
    }
    let starts = |words: &str| {
        let front = text.get(..words.len()).filter(|front| front.eq_ignore_ascii_case(words))?;
        text.get(front.len()..)?.strip_prefix(' ')
    };
    all().find_map(|(lead, words)| Some((lead, starts(words)?))).unwrap_or((Lead::None, text))
}

/// The end of a text in lower case, enough to hold any lead.
fn last_words(text: &str) -> String {
    let words: Vec<&str> = text.rsplit(char::is_whitespace).filter(|word| !word.is_empty()).take(4).collect();
    words.into_iter().rev().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether the text starts with a pronoun that can only be a subject, or holds a verb that cannot be a noun.
fn is_clause(text: &str) -> bool {
    let mut words = text.split_whitespace();
    ["they ", "we ", "it ", "there ", "nobody "].iter().any(|subject| text.starts_with(subject))
        || words.any(|word| FINITE.contains(&word.to_lowercase().as_str()) || word.ends_with("n't"))
}

/// `text` without the capital of a first word that is no name, and with the article that notes leave out.
pub(super) fn small(text: &str) -> String {
    let first = text.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_acronym = first.len() > 1 && first.chars().all(char::is_uppercase);
    let word = if is_acronym { String::new() } else { first.to_lowercase() };
    match text.get(first.len()..) {
        Some(rest) if matches!(word.as_str(), "company" | "customer") => format!("the {word}{rest}"),
        Some(rest) if SMALL.contains(&word.as_str()) => format!("{word}{rest}"),
        _ => text.to_owned(),
    }
}

/// A part in one line and short enough; nothing when it holds what would spoil a sentence.
fn fitting(text: &str) -> Option<String> {
    let words = text.split_whitespace().scan(0, |length, word| {
        *length += word.chars().count() + 1;
        (*length <= LONGEST * 4).then_some(word)
    });
    let line = words.collect::<Vec<_>>().join(" ");
    let line = line.trim_matches(|c: char| c.is_whitespace() || ".,;:-–—".contains(c));
    if line.is_empty() || line.contains(|c: char| c.is_control() || "[]<>{}“”\"".contains(c)) {
        return None;
    }
    if line.contains(['.', '!', '?']) && sentence_end(line).is_some() {
        return shortened(line.get(..sentence_end(line)?)?);
    }
    shortened(line)
}

/// Where the first sentence ends, when another follows.
fn sentence_end(line: &str) -> Option<usize> {
    line.match_indices(['.', '!', '?', ';']).map(|(at, _)| at).find(|at| {
        let after = line.get(at + 1..).unwrap_or_default();
        after.starts_with(' ') && after.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_numeric())
    })
}

/// A long part ends at its first comma or dash, else before the last word that starts another thought; where there is
/// none, nothing is kept.
fn shortened(line: &str) -> Option<String> {
    if line.chars().count() <= LONGEST {
        return Some(line.to_owned());
    }
    let end = line.char_indices().nth(LONGEST).map(|(at, _)| at)?;
    let front = line.get(..end)?;
    let marks = [", ", "; ", " - ", " – ", " — "];
    let words = [" and ", " which ", " so ", " but ", " while ", " because ", " until "];
    let at_mark = marks.iter().flat_map(|mark| front.match_indices(mark)).map(|(at, _)| at);
    let cut = at_mark.filter(|at| *at >= SHORTEST).min();
    let cut = cut.or_else(|| words.iter().filter_map(|word| front.rfind(word)).max())?;
    let kept = front.get(..cut)?.trim_end();
    (kept.len() >= SHORTEST).then(|| kept.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(before: &str, text: &str) -> Option<Part> {
        Part::new(before, &fitting(text)?)
    }

    #[test]
    fn the_word_before_tells_a_noun_from_a_clause() {
        assert_eq!(part("Will not deploy due to", "Security concerns."), Some(Part::Noun("security concerns".into())));
        assert_eq!(part("No intent because", "Zoom is paid"), Some(Part::Clause("Zoom is paid".into())));
        assert_eq!(part("No intent because of", "the price"), Some(Part::Noun("the price".into())));
    }

    #[test]
    fn a_verb_shows_a_clause_where_no_word_leads() {
        assert_eq!(part("", "The trunks have no TLS."), Some(Part::Clause("the trunks have no TLS".into())));
        assert_eq!(part("", "They use Tableau."), Some(Part::Clause("they use Tableau".into())));
        assert_eq!(part("", "Company was sold"), Some(Part::Clause("the company was sold".into())));
        assert_eq!(part("", "Licensing."), Some(Part::Noun("licensing".into())));
        assert_eq!(
            part("Waiting for", "new scanners"),
            Some(Part::Clause("the customer is waiting for new scanners".into()))
        );
        assert_eq!(part("", "Waiting on SAP"), Some(Part::Clause("the customer is waiting on SAP".into())));
        assert_eq!(part("", "Zscaler breaks pinning"), Some(Part::Loose("Zscaler breaks pinning".into())));
    }

    #[test]
    fn a_leading_word_inside_the_part_goes() {
        assert_eq!(part("", "Because the price is high"), Some(Part::Clause("the price is high".into())));
        assert_eq!(part("", "Until the merger is over"), Some(Part::Until("the merger is over".into())));
        assert_eq!(part("", "If the budget allows"), None);
        assert_eq!(part("", "As400 is old"), Some(Part::Clause("As400 is old".into())));
    }

    #[test]
    fn what_would_spoil_a_sentence_is_left_out() {
        for text in ["", " . ", "the [main] thing", "a \u{1b}[31m red thing", "<reason>"] {
            assert_eq!(part("", text), None, "{text:?}");
        }
    }

    #[test]
    fn a_long_part_ends_where_a_thought_ends() {
        let long = "the proxy at the plant drops UDP 3478, the vendor has announced a new firmware for the spring and \
                    nobody knows whether it helps";
        assert_eq!(fitting(long).as_deref(), Some("the proxy at the plant drops UDP 3478"));
        assert_eq!(fitting(&"word ".repeat(5_000)), None);
        assert_eq!(fitting(&"x".repeat(100_000)), None);
    }

    #[test]
    fn only_the_first_sentence_is_kept() {
        assert_eq!(fitting("No TLS. The carrier is to blame.").as_deref(), Some("No TLS"));
        assert_eq!(fitting("Windows 7.1 is old").as_deref(), Some("Windows 7.1 is old"));
    }
}
