//! Compiles words and phrases into [`Tables`]: the build script the built-in ones, a run those that a team adds.

use super::lexical_entry::LexicalEntry;
use super::lexicon_tables::{FormRow, LemmaId, PhraseRow, Tables, home};
use super::morphology::forms;
use super::spelling_table;
use super::word_class::WordClasses;
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// Words and phrases on their way into tables.
#[derive(Debug, Clone, Default)]
pub(crate) struct LexiconCompiler {
    forms: BTreeMap<String, Form>,
    lemmas: HashMap<String, LemmaId>,
    phrases: Vec<Phrase>,
}

/// What is known of one written form.
#[derive(Debug, Clone, Default)]
struct Form {
    sense: LexicalEntry,
    /// The word that it is a form of; the first, where several share it.
    base: Option<Rc<str>>,
    lemmas: Vec<LemmaId>,
}

#[derive(Debug, Clone)]
struct Phrase {
    first: LemmaId,
    second: LemmaId,
    rest: Vec<LemmaId>,
    sense: LexicalEntry,
}

impl LexiconCompiler {
    /// Adds a word, or a phrase of several, with what it means. Words are written in lower case and in their base form;
    /// the words of a phrase match in all their forms.
    pub(crate) fn add(&mut self, words: &[&str], sense: LexicalEntry) {
        match words {
            [] => {}
            [word] => {
                let base: Rc<str> = Rc::from(*word);
                for form in forms(word) {
                    let form = self.forms.entry(form).or_default();
                    form.base.get_or_insert_with(|| Rc::clone(&base));
                    form.sense = form.sense.joined(sense);
                }
            }
            [first, second, rest @ ..] => {
                let (first, second) = (self.lemma(first), self.lemma(second));
                let rest = rest.iter().map(|word| self.lemma(word)).collect();
                self.phrases.push(Phrase { first, second, rest, sense });
            }
        }
    }

    /// The identity of a word of a phrase; makes its forms known without giving them a meaning of their own.
    fn lemma(&mut self, word: &str) -> LemmaId {
        // The same few words stand in hundreds of phrases.
        if let Some(lemma) = self.lemmas.get(word) {
            return *lemma;
        }
        let lemma = number(self.lemmas.len());
        self.lemmas.insert(word.to_owned(), lemma);
        for form in forms(word) {
            self.forms.entry(form).or_default().lemmas.push(lemma);
        }
        lemma
    }

    /// The tables; `listed` says which lists a word is in.
    pub(crate) fn tables(mut self, listed: impl Fn(&str) -> WordClasses) -> Tables {
        let mut text = String::new();
        let mut rows = Vec::with_capacity(self.forms.len());
        let mut senses = Pool::default();
        let mut lists = Pool::default();
        for (letters, form) in &self.forms {
            let start = number(text.len());
            text.push_str(letters);
            rows.push(FormRow {
                start,
                end: number(text.len()),
                sense: senses.place(&[form.sense]),
                lemmas: lists.place(&form.lemmas),
                lemma_count: number(form.lemmas.len()),
                listed: listed(letters),
            });
        }
        self.phrases.sort_by_key(|phrase| (phrase.first, phrase.second));
        let phrases = self.phrases.iter().map(|phrase| PhraseRow {
            second: phrase.second,
            rest: lists.place(&phrase.rest),
            rest_count: number(phrase.rest.len()),
            sense: senses.place(&[phrase.sense]),
        });
        let phrases: Vec<PhraseRow> = phrases.collect();
        let index_of: HashMap<&str, usize> = self.forms.keys().map(String::as_str).zip(0..).collect();
        let place = |form: &str| number(index_of.get(form).copied().unwrap_or(usize::MAX));
        let bases = self.forms.iter().map(|(letters, form)| place(form.base.as_deref().unwrap_or(letters))).collect();
        let mut lemma_bases = vec![u32::MAX; self.lemmas.len()];
        for (word, lemma) in &self.lemmas {
            let base = usize::try_from(*lemma).ok().and_then(|lemma| lemma_bases.get_mut(lemma));
            base.into_iter().for_each(|base| *base = place(word));
        }
        let start_of = |lemma| number(self.phrases.partition_point(|phrase| phrase.first < lemma));
        let first = (0..=number(self.lemmas.len())).map(start_of).collect();
        let everyday = self.forms.iter().zip(0..).filter(|((_, form), _)| form.sense.is_everyday());
        let spelling = spelling_table::rows(everyday.map(|((letters, _), at)| (at, letters.as_str(), listed(letters))));
        Tables {
            slots: Cow::Owned(slots(self.forms.keys())),
            text: Cow::Owned(text),
            forms: Cow::Owned(rows),
            senses: Cow::Owned(senses.items),
            lemmas: Cow::Owned(lists.items),
            phrases: Cow::Owned(phrases),
            first: Cow::Owned(first),
            bases: Cow::Owned(bases),
            lemma_bases: Cow::Owned(lemma_bases),
            spelling: Cow::Owned(spelling),
        }
    }
}

/// Where each word, in its order, is found by its hash.
pub(crate) fn slots<W: AsRef<str>>(words: impl ExactSizeIterator<Item = W>) -> Vec<u32> {
    let mut slots = vec![0; (words.len() * 2).next_power_of_two()];
    let mask = slots.len() - 1;
    for (at, word) in words.enumerate() {
        let home = home(word.as_ref(), slots.len());
        let mut places = (home..).map(|slot| slot & mask);
        let free = places.find(|slot| slots.get(*slot) == Some(&0));
        if let Some(slot) = free.and_then(|slot| slots.get_mut(slot)) {
            *slot = number(at + 1);
        }
    }
    slots
}

/// Lists of items one after another, the same list once.
#[derive(Debug)]
pub(crate) struct Pool<T> {
    pub(crate) items: Vec<T>,
    known: HashMap<Vec<T>, u32>,
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self { items: Vec::new(), known: HashMap::new() }
    }
}

impl<T: Clone + Eq + std::hash::Hash> Pool<T> {
    /// Where the list starts.
    pub(crate) fn place(&mut self, list: &[T]) -> u32 {
        if let Some(start) = self.known.get(list) {
            return *start;
        }
        let start = number(self.items.len());
        self.items.extend_from_slice(list);
        self.known.insert(list.to_vec(), start);
        start
    }
}

/// Tables count in 32 bits; a configuration is far too small to need more.
fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
