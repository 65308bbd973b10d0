//! The playbook's words, compiled for reading: one look-up a word, phrases leftmost and longest.

use super::morphology::forms;
pub(crate) use super::semantic_class::{SemanticClass, SemanticClasses};
use super::token::Token;
use rustc_hash::FxHashMap;
use std::collections::HashSet;

/// Which workload a name means: an index into the playbook's list.
pub(crate) type WorkloadIndex = u16;

/// What one word or phrase stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct LexicalEntry {
    pub(crate) classes: SemanticClasses,
    /// The workload that it names.
    pub(crate) names: Option<WorkloadIndex>,
    /// The workload that it belongs to, as part or term.
    pub(crate) belongs: Option<WorkloadIndex>,
    /// The workload that it cannot apply to.
    pub(crate) never: Option<WorkloadIndex>,
}

impl LexicalEntry {
    fn join(&mut self, other: Self) {
        self.classes = self.classes.union(other.classes);
        self.names = self.names.or(other.names);
        self.belongs = self.belongs.or(other.belongs);
        self.never = self.never.or(other.never);
    }
}

/// An identity for all forms of one base word.
pub(crate) type LemmaId = u32;

#[derive(Debug, Clone)]
struct Phrase {
    /// The words after the first.
    rest: Vec<LemmaId>,
    sense: LexicalEntry,
    entry: u32,
}

#[derive(Debug, Clone, Default)]
struct Form {
    lemmas: Vec<LemmaId>,
    sense: LexicalEntry,
    /// Single-word entries behind `sense`, for the test that every entry is used.
    entries: Vec<u32>,
}

/// A word or phrase found in a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    /// How many tokens it covers, at least one.
    pub(crate) length: usize,
    pub(crate) sense: LexicalEntry,
}

/// The playbook's words.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lexicon {
    forms: FxHashMap<String, Form>,
    lemmas: FxHashMap<String, LemmaId>,
    /// Whose forms are known.
    registered: HashSet<LemmaId>,
    /// Phrases by the lemmas of their first two words: many start with the same small word.
    phrases: FxHashMap<(LemmaId, LemmaId), Vec<Phrase>>,
    /// Refusals of a verb and a particle, by the verb's lemma.
    particle_verbs: FxHashMap<LemmaId, Vec<Phrase>>,
    entries: Vec<String>,
}

impl Lexicon {
    /// Adds a word or phrase with what it stands for. Words are written in lower case, in any one of their forms'
    /// base; a phrase's words match in all their forms.
    pub(crate) fn add(&mut self, text: &str, sense: LexicalEntry) {
        let entry = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        self.entries.push(text.to_owned());
        let words = super::token::words_of(text);
        let Some((first, rest)) = words.split_first() else { return };
        if rest.is_empty() {
            let lemma = self.lemma(first);
            for form in forms(first) {
                let form = self.forms.entry(form).or_default();
                form.sense.join(sense);
                form.entries.push(entry);
                if !form.lemmas.contains(&lemma) {
                    form.lemmas.push(lemma);
                }
            }
            return;
        }
        let first = self.register(first);
        let rest: Vec<LemmaId> = rest.iter().map(|word| self.register(word)).collect();
        let Some(second) = rest.first().copied() else { return };
        let phrase = Phrase { rest, sense, entry };
        if phrase.rest.len() == 1 && sense.classes.has(SemanticClass::Refuse) {
            self.particle_verbs.entry(first).or_default().push(phrase.clone());
        }
        self.phrases.entry((first, second)).or_default().push(phrase);
    }

    fn lemma(&mut self, word: &str) -> LemmaId {
        let next = u32::try_from(self.lemmas.len()).unwrap_or(u32::MAX);
        *self.lemmas.entry(word.to_owned()).or_insert(next)
    }

    /// Makes the forms of a phrase's word known without giving them a sense.
    fn register(&mut self, word: &str) -> LemmaId {
        let lemma = self.lemma(word);
        // The same few words stand in hundreds of phrases.
        if !self.registered.insert(lemma) {
            return lemma;
        }
        for form in forms(word) {
            let form = self.forms.entry(form).or_default();
            if !form.lemmas.contains(&lemma) {
                form.lemmas.push(lemma);
            }
        }
        lemma
    }

    /// The word as it stands, or what it is the genitive of.
    fn form(&self, word: &str) -> Option<&Form> {
        self.forms.get(word).or_else(|| {
            let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix('\''))?;
            self.forms.get(owner)
        })
    }

    /// Looks every token up, once.
    pub(crate) fn look_up<'l, 't>(&'l self, tokens: &'t [Token], text: &'t str) -> LookedUp<'l, 't> {
        let forms = tokens.iter().map(|token| self.form(token.text(text)));
        LookedUp { lexicon: self, tokens, text, forms: forms.collect() }
    }

    /// The entry of the lists that a term comes from; none for a word that no list knows, and for a verb whose particle
    /// stands apart.
    pub(crate) fn entry_of(&self, term: &str) -> Option<&str> {
        let note = super::text::NormalText::new(term);
        let tokens = super::token::tokens(&note);
        let (found, entries) = self.look_up(&tokens, note.text()).longest_entries(0)?;
        let entry = match entries {
            EntryIds::Phrase(entry) => Some(entry),
            EntryIds::Word(entries) => entries.first().copied(),
        };
        let entry = entry.filter(|_| found.length == tokens.len()).and_then(|entry| usize::try_from(entry).ok())?;
        self.entries.get(entry).map(String::as_str)
    }

    /// Marks in `used` every entry that `tokens` meet; `used` has a place for each of [`Lexicon::entries`].
    #[cfg(test)]
    pub(crate) fn mark_used(&self, tokens: &[Token], text: &str, used: &mut [bool]) {
        let looked_up = self.look_up(tokens, text);
        let mut at = 0;
        while at < tokens.len() {
            let Some((found, entries)) = looked_up.longest_entries(at) else {
                at += 1;
                continue;
            };
            match entries {
                EntryIds::Phrase(entry) => used[entry as usize] = true,
                EntryIds::Word(entries) => entries.iter().for_each(|entry| used[*entry as usize] = true),
            }
            at += found.length;
        }
    }

    /// Every entry as it was added.
    #[cfg(test)]
    pub(crate) fn entries(&self) -> &[String] {
        &self.entries
    }
}

/// Tokens with what the playbook knows of each.
#[derive(Debug)]
pub(crate) struct LookedUp<'l, 't> {
    lexicon: &'l Lexicon,
    tokens: &'t [Token],
    text: &'t str,
    forms: Vec<Option<&'l Form>>,
}

impl<'l> LookedUp<'l, '_> {
    /// The longest phrase that starts at a token, else the word itself.
    pub(crate) fn longest(&self, at: usize) -> Option<Match> {
        self.longest_entries(at).map(|(found, _)| found)
    }

    fn longest_entries(&self, at: usize) -> Option<(Match, EntryIds<'l>)> {
        let first = self.form(at)?;
        if let Some((length, phrase)) = self.phrase(first, at) {
            let mut sense = phrase.sense;
            // The same words may be a phrase of two lists, or of two entries: they then have all their senses.
            let others = self.phrases_at(first, at).filter(|other| other.rest.len() == phrase.rest.len());
            for other in others.filter(|other| self.phrase_length(other, at).is_some()) {
                sense.join(other.sense);
            }
            return Some((Match { length, sense }, EntryIds::Phrase(phrase.entry)));
        }
        if let Some(phrase) = self.separated(first, at) {
            return Some((Match { length: 1, sense: phrase.sense }, EntryIds::Phrase(phrase.entry)));
        }
        Some((Match { length: 1, sense: first.sense }, EntryIds::Word(&first.entries)))
    }

    fn form(&self, at: usize) -> Option<&'l Form> {
        self.forms.get(at).copied().flatten()
    }

    /// The token after one, a hyphen that joins the two passed over.
    fn next(&self, at: usize) -> usize {
        at + if self.tokens.get(at).is_some_and(Token::is_joining_hyphen) { 1 } else { 0 }
    }

    /// The phrases that start with the lemmas of a token and of the one after it.
    fn phrases_at(&self, first: &'l Form, at: usize) -> impl Iterator<Item = &'l Phrase> {
        let second = self.form(self.next(at + 1));
        let lexicon = self.lexicon;
        let seconds = second.map(|form| form.lemmas.as_slice()).unwrap_or_default();
        first
            .lemmas
            .iter()
            .flat_map(move |first| seconds.iter().map(move |second| (*first, *second)))
            .filter_map(move |pair| lexicon.phrases.get(&pair))
            .flatten()
    }

    fn phrase(&self, first: &'l Form, at: usize) -> Option<(usize, &'l Phrase)> {
        self.phrases_at(first, at)
            .filter_map(|phrase| self.phrase_length(phrase, at).map(|length| (length, phrase)))
            .max_by_key(|(length, phrase)| (phrase.rest.len(), *length))
    }

    fn phrase_length(&self, phrase: &Phrase, start: usize) -> Option<usize> {
        let mut at = start + 1;
        for lemma in &phrase.rest {
            at = self.next(at);
            if !self.form(at)?.lemmas.contains(lemma) {
                return None;
            }
            at += 1;
        }
        Some(at - start)
    }

    /// A verb whose particle stands a little after it: "ruled Teams out", "turned the offer down".
    fn separated(&self, first: &Form, at: usize) -> Option<&'l Phrase> {
        const PARTICLES: &[&str] = &["away", "down", "off", "out"];
        if first.sense.classes.has(SemanticClass::Function) || first.sense.classes.has(SemanticClass::Stay) {
            return None;
        }
        let verbs = first.lemmas.iter().filter_map(|lemma| self.lexicon.particle_verbs.get(lemma)).flatten();
        verbs.into_iter().find(|phrase| {
            (at + 2..at + 4).any(|near| {
                let particle = self.tokens.get(near).is_some_and(|token| PARTICLES.contains(&token.text(self.text)));
                particle && self.form(near).is_some_and(|form| phrase.rest.iter().all(|l| form.lemmas.contains(l)))
            })
        })
    }
}

/// Which entries of the playbook a match came from.
enum EntryIds<'a> {
    Phrase(u32),
    Word(&'a [u32]),
}
