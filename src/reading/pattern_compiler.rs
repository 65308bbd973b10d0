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
//! | `@number` | a property of a term: see [`super::cue_tables::Property`] |
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
//! The build script compiles patterns into [`super::cue_tables`]; [`super::pattern`] looks for them.
//!
//! A gap takes as few terms as it can. Gaps are bounded, so that matching is linear in the length of the note.

use super::cue_tables::{Asked, Part, Primitive, Property, Rows, TestId, TestRow, WordSetId};
use super::lexicon_compiler::Pool;
use super::mark::{Mark, Marks};
use super::morphology::forms;
use super::semantic_class::{SemanticClass, SemanticClasses};
use super::word_sets::WordSets;
use std::hash::Hash;

/// The longest gap that a pattern may leave.
const LONGEST_GAP: u8 = 16;

/// Patterns on their way into tables.
#[derive(Debug, Default)]
pub(crate) struct PatternCompiler {
    pub(crate) sets: WordSets,
    pub(crate) stems: Pool<String>,
    pub(crate) asked: Pool<Asked>,
    pub(crate) alternatives: Pool<Rows>,
    pub(crate) tests: Pool<TestRow>,
    pub(crate) parts: Vec<Part>,
}

impl PatternCompiler {
    /// Compiles a pattern and says where its parts are.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub(crate) fn add(&mut self, text: &str) -> Result<Rows, String> {
        let mut parts = Vec::new();
        let mut group = Group::default();
        for word in split(text)? {
            match word.as_str() {
                "(" => group.open()?,
                ")" => group.close()?,
                _ => parts.push(self.part(&word, group.is_open).map_err(|error| format!("`{word}`: {error}"))?),
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
        if !parts.iter().any(|part| matches!(part, Part::Term { .. })) {
            return Err("a pattern needs a term".to_owned());
        }
        let rows = rows(self.parts.len(), parts.len());
        self.parts.append(&mut parts);
        Ok(rows)
    }

    fn part(&mut self, word: &str, marked: bool) -> Result<Part, String> {
        if let Some(inner) = word.strip_prefix("(?").and_then(|rest| rest.strip_suffix(')')) {
            return self.look(inner);
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
            return Ok(Part::Repeated { test: self.test(word)?, marked });
        }
        Ok(Part::Term { test: self.test(word)?, optional, marked })
    }

    fn look(&mut self, inner: &str) -> Result<Part, String> {
        if let Some(rest) = inner.strip_prefix("<!") {
            return Ok(Part::Previous { test: self.test(rest)?, wanted: false });
        }
        if let Some(rest) = inner.strip_prefix('<') {
            return Ok(Part::Previous { test: self.test(rest)?, wanted: true });
        }
        if let Some(rest) = inner.strip_prefix('!') {
            return Ok(Part::Next { test: self.test(rest)?, wanted: false });
        }
        match inner.strip_prefix('=') {
            Some(rest) => Ok(Part::Next { test: self.test(rest)?, wanted: true }),
            None => Err("a look is one of (?=x), (?!x), (?<x), (?<!x)".to_owned()),
        }
    }

    fn test(&mut self, word: &str) -> Result<TestId, String> {
        let inner = word.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
        let (mut alternatives, mut marks) = (Vec::new(), Marks::default());
        for all in outside_quotes(inner.unwrap_or(word), '|') {
            let all = outside_quotes(all, '&').into_iter().map(|one| self.asked(one.trim()));
            let all = all.collect::<Result<Vec<_>, _>>()?;
            for asked in &all {
                if let Primitive::Mark(asked) = asked.primitive {
                    marks = marks.union(asked);
                }
            }
            alternatives.push(place(&mut self.asked, &all));
        }
        let alternatives = place(&mut self.alternatives, &alternatives);
        let test = place(&mut self.tests, &[TestRow { alternatives, marks }]);
        TestId::try_from(test.start).map_err(|_| "there are too many different tests".to_owned())
    }

    /// One thing that is asked, and whether it is wanted or denied.
    fn asked(&mut self, text: &str) -> Result<Asked, String> {
        match text.strip_prefix('!').filter(|rest| !rest.is_empty()) {
            Some(denied) => self.asked(denied).map(|asked| Asked { wanted: !asked.wanted, ..asked }),
            None => Ok(Asked { wanted: true, primitive: self.primitive(text)? }),
        }
    }

    fn primitive(&mut self, text: &str) -> Result<Primitive, String> {
        if let Some(of_word) = text.strip_prefix('.').filter(|rest| !rest.is_empty()) {
            return match of_word.strip_suffix('~') {
                Some(start) => Ok(Primitive::AnyWordStarts(self.stems_of(start)?)),
                None => Ok(Primitive::AnyWord(self.word_set(of_word)?)),
            };
        }
        let enclosed = |open, close| text.strip_prefix(open).and_then(|rest: &str| rest.strip_suffix(close));
        if let Some(classes) = enclosed('<', '>') {
            let classes: Result<Vec<_>, String> = classes.split(',').map(|name| semantic_class(name.trim())).collect();
            return Ok(Primitive::Class(SemanticClasses::any(&classes?)));
        }
        if let Some(marks) = enclosed('{', '}') {
            let marks: Result<Vec<_>, String> = marks.split(',').map(|name| mark(name.trim())).collect();
            return Ok(Primitive::Mark(marks?.into_iter().collect()));
        }
        if let Some(property) = text.strip_prefix('@').filter(|rest| !rest.is_empty()) {
            let known = Property::ALL.iter().find(|(name, _)| *name == property);
            let (_, property) = known.ok_or_else(|| format!("there is no property `{property}`"))?;
            return Ok(Primitive::Property(*property));
        }
        if let Some(ending) = text.strip_prefix('~').filter(|rest| !rest.is_empty()) {
            return Ok(Primitive::Ends(place(&mut self.stems, &[unquoted(ending).to_owned()])));
        }
        if let Some(start) = text.strip_suffix('~').filter(|rest| !rest.is_empty()) {
            return Ok(Primitive::Starts(self.stems_of(start)?));
        }
        Ok(Primitive::Text(self.word_set(text)?))
    }

    /// The stems that `text` names, or the one that it is.
    fn stems_of(&mut self, text: &str) -> Result<Rows, String> {
        let stems = match text.strip_prefix('%') {
            Some(name) => self.sets.words_of(name)?,
            None => vec![unquoted(text).to_owned()],
        };
        Ok(place(&mut self.stems, &stems))
    }

    fn word_set(&mut self, text: &str) -> Result<WordSetId, String> {
        if let Some(name) = text.strip_prefix('%').filter(|rest| !rest.is_empty()) {
            return self.sets.named(name);
        }
        if let Some(base) = text.strip_prefix('=').filter(|rest| !rest.is_empty()) {
            return self.sets.of(forms(base));
        }
        let text = unquoted(text);
        if text.is_empty() || text.chars().any(char::is_uppercase) {
            return Err("a word is written in lower case".to_owned());
        }
        self.sets.of([text.to_owned()])
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

fn gap(most: &str, over_punctuation: bool) -> Result<Part, String> {
    match most.parse() {
        Ok(most) if most <= LONGEST_GAP => Ok(Part::Gap { most, over_punctuation }),
        _ => Err(format!("a gap is a number of at most {LONGEST_GAP} terms")),
    }
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

fn unquoted(text: &str) -> &str {
    text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')).unwrap_or(text)
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

/// Where a pool has the list, whole.
pub(crate) fn place<T: Clone + Eq + Hash>(pool: &mut Pool<T>, list: &[T]) -> Rows {
    Rows { start: pool.place(list), ..rows(0, list.len()) }
}

/// Tables count in 32 bits; the files of cues are far too small to need more.
pub(crate) fn rows(start: usize, count: usize) -> Rows {
    let number = |count| u32::try_from(count).unwrap_or(u32::MAX);
    Rows { start: number(start), count: number(count) }
}
