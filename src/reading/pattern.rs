//! The pattern language of cues: what a run of terms looks like.
//!
//! | written | matches |
//! | --- | --- |
//! | `word`, `'two words'` | a term with this text, in lower case |
//! | `=deploy` | a term that is any form of the word: deploys, deployed, deploying |
//! | `%determiner` | a term whose text is in the named set of words |
//! | `.%set`, `.word` | a term one of whose words is in the set, or is the word |
//! | `<refuse>`, `<refuse,obstacle>` | a term of one of the semantic classes |
//! | `{attribute}` | a term that an earlier cue gave this mark |
//! | `@number` | a property of a term: see [`Property`] |
//! | `~ing`, `no~`, `%stems~` | a term that ends, or starts, with these letters, or starts with one of the set |
//! | `.no~`, `.%stems~` | a term one of whose words starts so |
//! | `!x` | any term that is not `x` |
//! | `a&b` | a term that is both |
//! | `[a\|b]` | a term that is one or the other |
//! | `x?` | the same, or nothing |
//! | `x+` | one such term or more, as many as there are |
//! | `..4` | at most 4 terms that are no punctuation |
//! | `...4` | at most 4 terms of any kind |
//! | `^`, `$` | the start, the end of the part of the note that is looked at |
//! | `(?=x)`, `(?!x)` | what comes next is `x`, or is not `x` or nothing at all |
//! | `(?<x)`, `(?<!x)` | the same for what came before |
//! | `( … )` | what the cue marks; without it, every term that the pattern names |
//!
//! A gap takes as few terms as it can. Gaps are bounded, so that matching is linear in the length of the note.

use super::mark::{Mark, Marks};
use super::morphology::forms;
use super::semantic_class::{SemanticClass, SemanticClasses};
use super::term::{Term, Terms};
use super::token::{Kind, is_year};
use super::word_sets::{WordSetId, WordSets, WordSetsBuilder};
use std::ops::Range;

/// The longest gap that a pattern may leave.
const LONGEST_GAP: usize = 16;

/// The most terms that a repeated part takes.
const MOST_REPEATED: usize = 64;

/// Properties of a term that neither its text nor its class tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Property {
    /// `@acronym`: all capitals, at least two letters.
    Acronym,
    /// `@capital`: starts with a capital, wherever it stands.
    Capital,
    /// `@coded`: letters with four digits or more.
    Coded,
    /// `@genitive`: ends in an apostrophe and an s.
    Genitive,
    /// `@joined`: joined to the term before by a hyphen, or by nothing at all.
    Joined,
    /// `@long`: six bytes or more.
    Long,
    /// `@long-number`: seven digits or more, and nothing else.
    LongNumber,
    /// `@mark`: punctuation.
    Mark,
    /// `@number`: starts with a digit.
    Number,
    /// `@other`: names a workload other than the record's.
    Other,
    /// `@own`: names the record's workload.
    Own,
    /// `@part`: belongs to a workload as a part or term of it.
    Part,
    /// `@phrase`: more than one word.
    Phrase,
    /// `@proper`: starts with a capital and does not start a sentence.
    Proper,
    /// `@single`: one byte.
    Single,
    /// `@unknown`: a term that no list knows.
    Unknown,
    /// `@word`: letters, perhaps with digits in them.
    Word,
    /// `@workload`: names any workload.
    Workload,
    /// `@year`: a year that a note may speak of.
    Year,
}

impl Property {
    const ALL: [(&'static str, Self); 19] = [
        ("acronym", Self::Acronym),
        ("capital", Self::Capital),
        ("coded", Self::Coded),
        ("genitive", Self::Genitive),
        ("joined", Self::Joined),
        ("long", Self::Long),
        ("long-number", Self::LongNumber),
        ("mark", Self::Mark),
        ("number", Self::Number),
        ("other", Self::Other),
        ("own", Self::Own),
        ("part", Self::Part),
        ("phrase", Self::Phrase),
        ("proper", Self::Proper),
        ("single", Self::Single),
        ("unknown", Self::Unknown),
        ("word", Self::Word),
        ("workload", Self::Workload),
        ("year", Self::Year),
    ];

    fn holds(self, term: &Term, note: &Terms) -> bool {
        match self {
            Self::Acronym => term.acronym,
            Self::Capital => term.capital,
            Self::Coded => term.kind == Kind::Word && note.text(term).bytes().filter(u8::is_ascii_digit).count() >= 4,
            Self::Genitive => note.text(term).ends_with("'s"),
            Self::Joined => term.joined,
            Self::Long => term.range().len() >= 6,
            Self::LongNumber => term.range().len() >= 7 && note.text(term).bytes().all(|byte| byte.is_ascii_digit()),
            Self::Mark => term.is_mark(),
            Self::Number => term.kind == Kind::Number,
            Self::Other => term.names_other(note.own),
            Self::Own => note.own.is_some() && term.sense.names == note.own,
            Self::Part => term.sense.belongs.is_some(),
            Self::Phrase => term.words > 1,
            Self::Proper => term.proper,
            Self::Single => term.range().len() == 1,
            Self::Unknown => term.is_unknown(),
            Self::Word => term.kind == Kind::Word,
            Self::Workload => term.sense.names.is_some(),
            Self::Year => is_year(note.text(term)),
        }
    }
}

/// One thing that is asked of a term.
#[derive(Debug, Clone)]
enum Primitive {
    /// Its text is in the set.
    Text(WordSetId),
    /// One of its words is in the set.
    AnyWord(WordSetId),
    Class(SemanticClasses),
    Mark(Marks),
    Property(Property),
    Ends(String),
    Starts(Vec<String>),
    AnyWordStarts(Vec<String>),
}

impl Primitive {
    fn holds(&self, term: &Term, note: &Terms) -> bool {
        match self {
            Self::Text(set) => term.text_sets.has(*set),
            Self::AnyWord(set) => term.word_sets.has(*set),
            Self::Class(classes) => term.meets(*classes),
            Self::Mark(marks) => term.marks.meets(*marks),
            Self::Property(property) => property.holds(term, note),
            Self::Ends(letters) => note.text(term).ends_with(letters.as_str()),
            Self::Starts(stems) => starts_with_any(note.text(term), stems),
            Self::AnyWordStarts(stems) => note.text(term).split(' ').any(|word| starts_with_any(word, stems)),
        }
    }
}

/// Whether the word starts with one of the stems; most words differ in their first letter.
fn starts_with_any(word: &str, stems: &[String]) -> bool {
    let first = word.as_bytes().first();
    stems.iter().any(|stem| stem.as_bytes().first() == first && word.starts_with(stem.as_str()))
}

/// What is asked of one term: one of the alternatives, each of which asks several things, some of them denied.
#[derive(Debug, Clone)]
struct Test(Vec<Vec<(bool, Primitive)>>);

impl Test {
    fn holds(&self, term: &Term, note: &Terms) -> bool {
        self.0.iter().any(|all| all.iter().all(|(wanted, primitive)| primitive.holds(term, note) == *wanted))
    }

    /// What a note must have somewhere for the test to hold; nothing when it may hold for any term.
    fn needs(&self) -> Option<Needs> {
        let of_alternative = |all: &Vec<(bool, Primitive)>| {
            all.iter().filter(|(wanted, _)| *wanted).find_map(|(_, primitive)| Needs::of(primitive))
        };
        self.0.iter().map(of_alternative).try_fold(Needs::default(), |sum, needs| Some(sum.or(needs?)))
    }
}

/// Cheap facts of which a note must have one.
#[derive(Debug, Clone, Copy, Default)]
struct Needs {
    text_sets: WordSets,
    word_sets: WordSets,
    classes: SemanticClasses,
}

impl Needs {
    fn of(primitive: &Primitive) -> Option<Self> {
        match primitive {
            Primitive::Text(set) => Some(Self { text_sets: WordSets::default().with(*set), ..Self::default() }),
            Primitive::AnyWord(set) => Some(Self { word_sets: WordSets::default().with(*set), ..Self::default() }),
            Primitive::Class(classes) => Some(Self { classes: *classes, ..Self::default() }),
            _ => None,
        }
    }

    fn or(self, other: Self) -> Self {
        Self {
            text_sets: self.text_sets.union(other.text_sets),
            word_sets: self.word_sets.union(other.word_sets),
            classes: self.classes.union(other.classes),
        }
    }

    fn met_by(&self, note: &NoteFacts) -> bool {
        self.text_sets.meets(note.text_sets) || self.word_sets.meets(note.word_sets) || self.classes.meets(note.classes)
    }
}

/// Everything that the terms of a note have, taken together.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct NoteFacts {
    text_sets: WordSets,
    word_sets: WordSets,
    classes: SemanticClasses,
}

impl NoteFacts {
    pub(crate) fn of(terms: &[Term]) -> Self {
        terms.iter().fold(Self::default(), |sum, term| Self {
            text_sets: sum.text_sets.union(term.text_sets),
            word_sets: sum.word_sets.union(term.word_sets),
            classes: sum.classes.union(term.sense.classes),
        })
    }
}

/// One part of a pattern.
#[derive(Debug, Clone)]
enum Part {
    Term { test: Test, optional: bool, marked: bool },
    Repeated { test: Test, marked: bool },
    Gap { most: usize, over_punctuation: bool },
    Next { test: Test, wanted: bool },
    Previous { test: Test, wanted: bool },
    Start,
    End,
}

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    /// As it is written.
    pub(crate) text: String,
    parts: Vec<Part>,
    needs: Vec<Needs>,
}

/// Where a pattern matched, in terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PatternMatch {
    /// From the first to the last term.
    pub(crate) range: Range<usize>,
    /// The terms that the cue marks.
    pub(crate) marked: Vec<usize>,
}

impl Pattern {
    /// Compiles a pattern.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(crate) fn new(text: &str, sets: &mut WordSetsBuilder) -> Result<Self, String> {
        let mut parts = Vec::new();
        let mut group = Group::default();
        for word in split(text)? {
            match word.as_str() {
                "(" => group.open()?,
                ")" => group.close()?,
                _ => parts.push(part(&word, group.is_open, sets).map_err(|error| format!("`{word}`: {error}"))?),
            }
        }
        group.finish()?;
        if !group.was_used {
            for part in &mut parts {
                if let Part::Term { marked, .. } | Part::Repeated { marked, .. } = part {
                    *marked = true;
                }
            }
        }
        let required = parts.iter().filter_map(|part| match part {
            Part::Term { test, optional: false, .. }
            | Part::Repeated { test, .. }
            | Part::Next { test, wanted: true }
            | Part::Previous { test, wanted: true } => test.needs(),
            _ => None,
        });
        let needs = required.collect();
        if !parts.iter().any(|part| matches!(part, Part::Term { .. })) {
            return Err("a pattern needs a term".to_owned());
        }
        Ok(Self { text: text.to_owned(), parts, needs })
    }

    /// Whether the pattern can match anywhere in a note with these facts.
    pub(crate) fn can_match(&self, facts: &NoteFacts) -> bool {
        self.needs.iter().all(|needs| needs.met_by(facts))
    }

    /// The matches that start at each term of `range`, from the left.
    pub(crate) fn matches(&self, note: &Terms, range: Range<usize>) -> Vec<PatternMatch> {
        let mut found = Vec::new();
        for start in range.clone() {
            let mut marked = Vec::new();
            let matcher = Matcher { note, range: &range };
            if let Some(end) = matcher.step(&self.parts, start, &mut marked)
                && end > start
            {
                found.push(PatternMatch { range: start..end, marked });
            }
        }
        found
    }
}

/// The marked group of a pattern, while it is read.
#[derive(Debug, Default)]
struct Group {
    is_open: bool,
    was_used: bool,
}

impl Group {
    fn open(&mut self) -> Result<(), String> {
        if self.is_open {
            return Err("groups do not nest".to_owned());
        }
        (self.is_open, self.was_used) = (true, true);
        Ok(())
    }

    fn close(&mut self) -> Result<(), String> {
        if !self.is_open {
            return Err("`)` without `(`".to_owned());
        }
        self.is_open = false;
        Ok(())
    }

    fn finish(&self) -> Result<(), String> {
        if self.is_open { Err("`(` without `)`".to_owned()) } else { Ok(()) }
    }
}

struct Matcher<'a> {
    note: &'a Terms,
    range: &'a Range<usize>,
}

impl Matcher<'_> {
    /// The end of the match of `parts` from `at` on.
    fn step(&self, parts: &[Part], at: usize, marked: &mut Vec<usize>) -> Option<usize> {
        let Some((part, rest)) = parts.split_first() else { return Some(at) };
        match part {
            Part::Start => (at == self.range.start).then(|| self.step(rest, at, marked))?,
            Part::End => (at == self.range.end).then(|| self.step(rest, at, marked))?,
            Part::Next { test, wanted } => {
                let holds = self.term(at).is_some_and(|term| test.holds(term, self.note));
                (holds == *wanted).then(|| self.step(rest, at, marked))?
            }
            Part::Previous { test, wanted } => {
                let before = at.checked_sub(1).and_then(|before| self.term(before));
                let holds = before.is_some_and(|term| test.holds(term, self.note));
                (holds == *wanted).then(|| self.step(rest, at, marked))?
            }
            Part::Repeated { test, marked: marks } => {
                let holds = |at: &usize| self.term(*at).is_some_and(|term| test.holds(term, self.note));
                let end = (at..at + MOST_REPEATED).take_while(holds).last()? + 1;
                if *marks {
                    marked.extend(at..end);
                }
                self.step(rest, end, marked)
            }
            Part::Gap { most, over_punctuation } => self.gap(*most, *over_punctuation, rest, at, marked),
            Part::Term { test, optional, marked: marks } => {
                let length = marked.len();
                if self.term(at).is_some_and(|term| test.holds(term, self.note)) {
                    if *marks {
                        marked.push(at);
                    }
                    if let Some(end) = self.step(rest, at + 1, marked) {
                        return Some(end);
                    }
                    marked.truncate(length);
                }
                optional.then(|| self.step(rest, at, marked))?
            }
        }
    }

    fn gap(
        &self,
        most: usize,
        over_punctuation: bool,
        rest: &[Part],
        at: usize,
        marked: &mut Vec<usize>,
    ) -> Option<usize> {
        for skipped in 0..=most {
            let length = marked.len();
            if let Some(end) = self.step(rest, at + skipped, marked) {
                return Some(end);
            }
            marked.truncate(length);
            let passable = self.term(at + skipped).is_some_and(|term| over_punctuation || !term.is_mark());
            if !passable {
                return None;
            }
        }
        None
    }

    fn term(&self, at: usize) -> Option<&Term> {
        self.range.contains(&at).then(|| self.note.terms.get(at))?
    }
}

/// The words of a pattern's text: white space separates, except in quotes and brackets.
fn split(text: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let (mut quote, mut depth) = (Quote::default(), 0_usize);
    for c in text.chars() {
        let quoted = quote.step(c);
        match c {
            '[' if !quoted => depth += 1,
            ']' if !quoted => depth = depth.checked_sub(1).ok_or("`]` without `[`")?,
            _ => {}
        }
        let look = word.starts_with("(?");
        if c.is_whitespace() && !quoted && depth == 0 {
            flush(&mut word, &mut words);
        } else if c == '(' && !quoted && depth == 0 || word == "(" && c != '?' {
            flush(&mut word, &mut words);
            word.push(c);
        } else if c == ')' && !quoted && depth == 0 && !look {
            flush(&mut word, &mut words);
            words.push(")".to_owned());
        } else {
            word.push(c);
            if c == ')' && look && depth == 0 {
                flush(&mut word, &mut words);
            }
        }
    }
    flush(&mut word, &mut words);
    if quote.is_open || depth > 0 { Err("a quote or bracket is not closed".to_owned()) } else { Ok(words) }
}

fn flush(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

fn part(word: &str, marked: bool, sets: &mut WordSetsBuilder) -> Result<Part, String> {
    if let Some(inner) = word.strip_prefix("(?").and_then(|rest| rest.strip_suffix(')')) {
        return look(inner, sets);
    }
    match word {
        "^" => return Ok(Part::Start),
        "$" => return Ok(Part::End),
        _ => {}
    }
    if let Some(most) = word.strip_prefix("...") {
        return gap(most, true);
    }
    if let Some(most) = word.strip_prefix("..") {
        return gap(most, false);
    }
    let (word, optional) = match word.strip_suffix('?') {
        Some(word) if !word.is_empty() => (word, true),
        _ => (word, false),
    };
    if let Some(word) = word.strip_suffix('+').filter(|word| !word.is_empty() && !optional) {
        return Ok(Part::Repeated { test: test(word, sets)?, marked });
    }
    Ok(Part::Term { test: test(word, sets)?, optional, marked })
}

fn gap(most: &str, over_punctuation: bool) -> Result<Part, String> {
    match most.parse() {
        Ok(most) if most <= LONGEST_GAP => Ok(Part::Gap { most, over_punctuation }),
        _ => Err(format!("a gap is a number of at most {LONGEST_GAP} terms")),
    }
}

fn look(inner: &str, sets: &mut WordSetsBuilder) -> Result<Part, String> {
    if let Some(rest) = inner.strip_prefix("<!") {
        return Ok(Part::Previous { test: test(rest, sets)?, wanted: false });
    }
    if let Some(rest) = inner.strip_prefix('<') {
        return Ok(Part::Previous { test: test(rest, sets)?, wanted: true });
    }
    if let Some(rest) = inner.strip_prefix('!') {
        return Ok(Part::Next { test: test(rest, sets)?, wanted: false });
    }
    match inner.strip_prefix('=') {
        Some(rest) => Ok(Part::Next { test: test(rest, sets)?, wanted: true }),
        None => Err("a look is one of (?=x), (?!x), (?<x), (?<!x)".to_owned()),
    }
}

fn test(word: &str, sets: &mut WordSetsBuilder) -> Result<Test, String> {
    let inner = word.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let alternatives = outside_quotes(inner.unwrap_or(word), '|');
    let alternatives: Result<Vec<_>, String> = alternatives
        .into_iter()
        .map(|all| outside_quotes(all, '&').into_iter().map(|one| primitive(one.trim(), sets)).collect())
        .collect();
    Ok(Test(alternatives?))
}

/// The parts of `text` between separators that stand outside quotes.
fn outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let mut quote = Quote::default();
    text.split(|c: char| !quote.step(c) && c == separator).collect()
}

/// Quotes in a pattern: one opens where a word begins, so that `can't` is written as it is.
#[derive(Debug, Default)]
struct Quote {
    is_open: bool,
    inside_word: bool,
}

impl Quote {
    /// Takes the next character and says whether it stands in quotes.
    fn step(&mut self, c: char) -> bool {
        let toggles = c == '\'' && (self.is_open || !self.inside_word);
        self.is_open ^= toggles;
        self.inside_word = !c.is_whitespace() && !matches!(c, '[' | '|' | '&' | '!' | '(' | '.' | '=' | '<' | '~');
        self.is_open || toggles
    }
}

/// One thing that is asked, and whether it is wanted or denied.
fn primitive(text: &str, sets: &mut WordSetsBuilder) -> Result<(bool, Primitive), String> {
    if let Some(denied) = text.strip_prefix('!').filter(|rest| !rest.is_empty()) {
        let (wanted, primitive) = primitive(denied, sets)?;
        return Ok((!wanted, primitive));
    }
    if let Some(of_word) = text.strip_prefix('.').filter(|rest| !rest.is_empty()) {
        return match of_word.strip_suffix('~') {
            Some(start) => Ok((true, Primitive::AnyWordStarts(stems(start, sets)?))),
            None => Ok((true, Primitive::AnyWord(word_set(of_word, sets)?))),
        };
    }
    let enclosed = |open, close| text.strip_prefix(open).and_then(|rest: &str| rest.strip_suffix(close));
    if let Some(classes) = enclosed('<', '>') {
        let classes: Result<Vec<_>, String> = classes.split(',').map(|name| semantic_class(name.trim())).collect();
        return Ok((true, Primitive::Class(SemanticClasses::any(&classes?))));
    }
    if let Some(marks) = enclosed('{', '}') {
        let marks: Result<Vec<_>, String> = marks.split(',').map(|name| mark(name.trim())).collect();
        return Ok((true, Primitive::Mark(marks?.into_iter().collect())));
    }
    if let Some(property) = text.strip_prefix('@').filter(|rest| !rest.is_empty()) {
        let known = Property::ALL.iter().find(|(name, _)| *name == property);
        let (_, property) = known.ok_or_else(|| format!("there is no property `{property}`"))?;
        return Ok((true, Primitive::Property(*property)));
    }
    if let Some(ending) = text.strip_prefix('~').filter(|rest| !rest.is_empty()) {
        return Ok((true, Primitive::Ends(unquoted(ending).to_owned())));
    }
    if let Some(start) = text.strip_suffix('~').filter(|rest| !rest.is_empty()) {
        return Ok((true, Primitive::Starts(stems(start, sets)?)));
    }
    Ok((true, Primitive::Text(word_set(text, sets)?)))
}

/// The stems that `text` names, or the one that it is.
fn stems(text: &str, sets: &WordSetsBuilder) -> Result<Vec<String>, String> {
    match text.strip_prefix('%') {
        Some(name) => sets.words_of(name),
        None => Ok(vec![unquoted(text).to_owned()]),
    }
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or(text)
}

fn word_set(text: &str, sets: &mut WordSetsBuilder) -> Result<WordSetId, String> {
    if let Some(name) = text.strip_prefix('%').filter(|rest| !rest.is_empty()) {
        return sets.named(name);
    }
    if let Some(base) = text.strip_prefix('=').filter(|rest| !rest.is_empty()) {
        return sets.of(forms(base));
    }
    let text = unquoted(text);
    if text.is_empty() || text.chars().any(char::is_uppercase) {
        return Err("a word is written in lower case".to_owned());
    }
    sets.of([text.to_owned()])
}

/// The class of that name in the playbook.
fn semantic_class(name: &str) -> Result<SemanticClass, String> {
    let known = SemanticClass::ALL.iter().find(|(_, key)| *key == name);
    known.map(|(class, _)| *class).ok_or_else(|| format!("there is no semantic class `{name}`"))
}

/// The mark of that name.
pub(crate) fn mark(name: &str) -> Result<Mark, String> {
    let known = Mark::ALL.iter().find(|(_, key)| *key == name);
    known.map(|(mark, _)| *mark).ok_or_else(|| format!("there is no mark `{name}`"))
}
