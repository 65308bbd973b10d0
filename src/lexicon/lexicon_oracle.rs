//! The lexicon told the long way, for tests: the entries as people write them, each compared with the tokens of a note.
//! The tables have to find the same, and only this one knows from which entries a match came.

use super::morphology::forms;
use super::scan;
use super::text::NormalText;
use super::token::{Token, tokens};
use super::{LexicalEntry, Match, SemanticClass};
use rustc_hash::{FxHashMap, FxHashSet};

/// The entries of a lexicon, and which of them a form may start.
#[derive(Debug, Default)]
pub(crate) struct Oracle {
    entries: Vec<Entry>,
    by_first_form: FxHashMap<String, Vec<usize>>,
    /// Every form of every word.
    known: FxHashSet<String>,
}

#[derive(Debug)]
struct Entry {
    /// The forms of each of its words.
    words: Vec<FxHashSet<String>>,
    sense: LexicalEntry,
}

/// A match, and the entries that it came from.
pub(crate) type Sourced = (Match, Vec<usize>);

impl Oracle {
    pub(crate) fn new(entries: &[(String, LexicalEntry)]) -> Self {
        let mut oracle = Self::default();
        for (at, (entry, sense)) in entries.iter().enumerate() {
            let words: Vec<FxHashSet<String>> = scan::words(NormalText::new(entry).text())
                .into_iter()
                .map(|word| forms(word).into_iter().collect())
                .collect();
            for form in &words[0] {
                oracle.by_first_form.entry(form.clone()).or_default().push(at);
            }
            oracle.known.extend(words.iter().flatten().cloned());
            oracle.entries.push(Entry { words, sense: *sense });
        }
        oracle
    }

    /// Every form of every word.
    pub(crate) fn known(&self) -> impl Iterator<Item = &str> {
        self.known.iter().map(String::as_str)
    }

    /// What a lexicon has to find at each token of a text.
    pub(crate) fn matches(&self, text: &str) -> Vec<Option<Match>> {
        let note = NormalText::new(text);
        let tokens = tokens(&note);
        let found = |at| self.longest(&tokens, note.text(), at).map(|(found, _)| found);
        (0..tokens.len()).map(found).collect()
    }

    /// What [`super::LookedUp::longest`] has to find.
    pub(crate) fn longest(&self, tokens: &[Token], text: &str, at: usize) -> Option<Sourced> {
        let word = self.word(tokens.get(at)?.text(text))?;
        let starting = || self.by_first_form.get(word).into_iter().flatten().copied();
        let length = |entry: &usize| self.length(&self.entries[*entry], tokens, text, at);
        let most =
            starting().filter(|entry| length(entry).is_some()).map(|entry| self.entries[entry].words.len()).max();
        if let Some(most) = most.filter(|most| *most > 1) {
            let is_longest = |entry: &usize| self.entries[*entry].words.len() == most && length(entry).is_some();
            let found: Vec<usize> = starting().filter(is_longest).collect();
            let length = found.first().and_then(length)?;
            return Some((Match { length, sense: self.joined(&found) }, found));
        }
        let single: Vec<usize> = starting().filter(|entry| self.entries[*entry].words.len() == 1).collect();
        let sense = self.joined(&single);
        let bars = sense.classes.has(SemanticClass::Function) || sense.classes.has(SemanticClass::Stay);
        let verb = starting().find(|entry| self.is_separated(&self.entries[*entry], tokens, text, at));
        match verb.filter(|_| !bars) {
            Some(verb) => Some((Match { length: 1, sense: self.entries[verb].sense }, vec![verb])),
            None => Some((Match { length: 1, sense }, single)),
        }
    }

    fn word<'w>(&self, word: &'w str) -> Option<&'w str> {
        let owner = || word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).filter(|w| self.known.contains(*w));
        if self.known.contains(word) { Some(word) } else { owner() }
    }

    fn joined(&self, entries: &[usize]) -> LexicalEntry {
        entries.iter().map(|entry| self.entries[*entry].sense).fold(LexicalEntry::default(), LexicalEntry::joined)
    }

    /// How many tokens an entry covers that starts at one of them.
    fn length(&self, entry: &Entry, tokens: &[Token], text: &str, start: usize) -> Option<usize> {
        let mut at = start;
        for (number, word) in entry.words.iter().enumerate() {
            at += usize::from(number > 0 && tokens.get(at)?.is_joining_hyphen());
            word.contains(self.word(tokens.get(at)?.text(text))?).then_some(())?;
            at += 1;
        }
        Some(at - start)
    }

    fn is_separated(&self, entry: &Entry, tokens: &[Token], text: &str, at: usize) -> bool {
        let [_, particle] = entry.words.as_slice() else { return false };
        let near = tokens.iter().skip(at + 2).take(2).map(|token| token.text(text));
        entry.sense.classes.has(SemanticClass::Refuse)
            && near.into_iter().any(|word| ["away", "down", "off", "out"].contains(&word) && particle.contains(word))
    }
}
