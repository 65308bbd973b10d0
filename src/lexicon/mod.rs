//! The playbook's words, compiled for reading: one look-up a word, phrases leftmost and longest.
//!
//! The built-in words are tables that the build script makes. What a team adds is compiled at the start of a run and laid
//! over them; a match knows the words of both layers.

pub(crate) mod abbreviation;
mod address;
pub(crate) mod lexical_entry;
pub(crate) mod lexicon_compiler;
#[cfg(test)]
pub(crate) mod lexicon_oracle;
pub(crate) mod lexicon_tables;
pub(crate) mod morphology;
pub(crate) mod scan;
pub(crate) mod semantic_class;
pub(crate) mod spelling;
pub(crate) mod spelling_table;
pub(crate) mod text;
pub(crate) mod token;
pub(crate) mod word_class;
pub(crate) mod word_table;
#[cfg(test)]
pub(crate) mod word_table_compiler;
pub(crate) mod words;

pub(crate) use lexical_entry::{LexicalEntry, WorkloadIndex};
use lexicon_compiler::LexiconCompiler;
use lexicon_tables::{FormRow, PhraseRow, Tables};
pub(crate) use semantic_class::{SemanticClass, SemanticClasses};
use spelling::{KnownWords, is_formed};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;
use text::NormalText;
use token::{Kind, Token};
use word_class::{WordClass, WordClasses};

/// The particles that may stand a little after their verb: "ruled Teams out".
const PARTICLES: &[&str] = &["away", "down", "off", "out"];

/// What is known of a word as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The playbook gives it a meaning that a note's grade may depend on.
    Meaningful,
    /// The playbook knows it as a name or term of a workload, as a part of a phrase, or as the genitive of a word.
    Known,
    /// It is in the lists of English words.
    English,
    /// It is made of English words by a rule.
    Formed,
    /// Nothing is known of it.
    Strange,
}

/// A word or phrase found in a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    /// How many tokens it covers, at least one.
    pub(crate) length: usize,
    pub(crate) sense: LexicalEntry,
}

/// The playbook's words.
#[derive(Debug, Clone)]
pub(crate) struct Lexicon {
    built_in: &'static Tables,
    added: Option<Arc<Tables>>,
}

impl KnownWords for Lexicon {
    fn knows(&self, word: &str) -> bool {
        forms(self.layers(), word).iter().any(Option::is_some)
    }

    fn means_something(&self, word: &str) -> bool {
        self.sense_of_form(word).is_some_and(|sense| sense.is_everyday())
    }

    fn is_shell(&self, word: &str) -> bool {
        const SHELLS: SemanticClasses =
            SemanticClasses::any(&[SemanticClass::Generic, SemanticClass::Vague, SemanticClass::Trouble]);
        self.sense_of_form(word).is_some_and(|sense| sense.is_everyday() && sense.classes.meets(SHELLS))
    }

    fn nearest(&self, word: &str) -> Option<&str> {
        spelling::nearest(&self.layers(), word)
    }
}

impl Lexicon {
    /// The words of `built_in`, and no others.
    pub(crate) fn new(built_in: &'static Tables) -> Self {
        Self { built_in, added: None }
    }

    /// The same words, and those of `added`.
    pub(crate) fn with(self, added: &[(String, LexicalEntry)]) -> Self {
        Self { added: Some(Arc::new(compiled(added))), ..self }
    }

    fn layers(&self) -> [&Tables; LAYERS] {
        [self.built_in, self.added.as_deref().unwrap_or(Tables::EMPTY)]
    }

    /// What a word means as a word of its own, in the form in which it is written.
    fn sense_of_form(&self, word: &str) -> Option<LexicalEntry> {
        let mut layers = self.layers().into_iter();
        layers.find_map(|tables| tables.form(word).map(|row| tables.sense(row.sense)))
    }

    /// Whether a word, in any case, is one that holds sentences together: an article, a preposition, a connective.
    pub(crate) fn is_function_word(&self, word: &str) -> bool {
        let classes = SemanticClasses::any(&[
            SemanticClass::Function,
            SemanticClass::Cause,
            SemanticClass::Effect,
            SemanticClass::Condition,
            SemanticClass::Concession,
            SemanticClass::Contrast,
        ]);
        self.sense_of_form(&word.to_lowercase()).is_some_and(|sense| sense.classes.meets(classes))
    }

    /// Whether a text has a word that was added to those that are built in.
    pub(crate) fn has_added_word(&self, text: &str) -> bool {
        let Some(added) = self.added.as_deref() else { return false };
        let note = NormalText::new(text);
        let tokens = token::tokens(&note);
        tokens.iter().any(|token| added.form(token.text(note.text())).is_some())
    }

    /// Looks every token up, once.
    pub(crate) fn look_up<'l, 't>(&'l self, tokens: &'t [Token], text: &'t str) -> LookedUp<'l, 't> {
        let layers = self.layers();
        let known = tokens.iter().map(|token| Known::of(layers, token, text)).collect();
        LookedUp { layers, tokens, text, known: Cow::Owned(known) }
    }

    /// The entry of the lists that a term of this sense comes from, in base forms and without hyphens; the first, where
    /// several lists share it. None for a word that no list knows, and for a verb whose particle stands apart: its sense
    /// is not that of the word alone.
    pub(crate) fn entry_of(&self, term: &str, sense: LexicalEntry) -> Option<String> {
        let note = NormalText::new(term);
        let tokens = token::tokens(&note);
        let looked_up = self.look_up(&tokens, note.text());
        let found = looked_up.longest(0).filter(|found| *found == Match { length: tokens.len(), sense })?;
        looked_up.layers_at(0).find_map(|layer| looked_up.entry(layer, found))
    }
}

/// The tables of words and phrases as people write them, in any spelling that a note may have.
pub(crate) fn compiled(entries: &[(String, LexicalEntry)]) -> Tables {
    let mut compiler = LexiconCompiler::default();
    for (entry, sense) in entries {
        compiler.add(&scan::words(NormalText::new(entry).text()), *sense);
    }
    compiler.tables(words::classes)
}

/// How many layers a lexicon has: the built-in words, and those that a team adds.
const LAYERS: usize = 2;

/// What each layer knows of one word.
type Forms<'l> = [Option<&'l FormRow>; LAYERS];

/// The word as it stands, or what it is the genitive of.
fn forms<'l>(layers: [&'l Tables; LAYERS], word: &str) -> Forms<'l> {
    let forms = layers.map(|tables| tables.form(word));
    if forms.iter().any(Option::is_some) {
        return forms;
    }
    match word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')) {
        Some(owner) => layers.map(|tables| tables.form(owner)),
        None => forms,
    }
}

/// What is known of one token.
#[derive(Debug, Clone, Copy)]
struct Known<'l> {
    forms: Forms<'l>,
    /// The lists that it is in, an ending of the genitive left out.
    listed: WordClasses,
}

impl<'l> Known<'l> {
    fn of(layers: [&'l Tables; LAYERS], token: &Token, text: &str) -> Self {
        let word = token.text(text);
        let forms = forms(layers, word);
        let mut known = layers.into_iter().zip(forms).filter_map(|(tables, form)| Some((tables, form?)));
        let listed = match known.next() {
            Some((tables, form)) if is_same_or_genitive(tables.letters(form), word) => form.listed,
            Some(_) => WordClasses::NONE,
            None if token.kind == Kind::Mark => WordClasses::NONE,
            None => words::classes(word.strip_suffix(GENITIVE).unwrap_or(word)),
        };
        Self { forms, listed }
    }
}

/// The ending of a genitive.
const GENITIVE: &str = "'s";

/// Whether `word` is `form`, or its genitive with an s.
fn is_same_or_genitive(form: &str, word: &str) -> bool {
    form.len() == word.len() || word.ends_with(GENITIVE)
}

/// Tokens with what the playbook knows of each.
#[derive(Debug)]
pub(crate) struct LookedUp<'l, 't> {
    layers: [&'l Tables; LAYERS],
    tokens: &'t [Token],
    text: &'t str,
    known: Cow<'t, [Known<'l>]>,
}

/// One layer beside what it knows of a token.
#[derive(Clone, Copy)]
struct Layer<'l> {
    number: usize,
    tables: &'l Tables,
    form: &'l FormRow,
}

impl<'l, 't> LookedUp<'l, 't> {
    pub(crate) fn tokens(&self) -> &'t [Token] {
        self.tokens
    }

    /// The text that the tokens are of.
    pub(crate) fn text(&self) -> &'t str {
        self.text
    }

    /// A range of the tokens by itself: no phrase goes over its ends.
    pub(crate) fn part(&self, range: Range<usize>) -> LookedUp<'l, '_> {
        let known = self.known.get(range.clone()).unwrap_or_default();
        let tokens = self.tokens.get(range).unwrap_or_default();
        LookedUp { layers: self.layers, tokens, text: self.text, known: Cow::Borrowed(known) }
    }

    /// The standing of each token as a word; of what is no word, too, though it says nothing.
    pub(crate) fn standings(&self) -> Vec<Standing> {
        let words = self.tokens.iter().map(|token| token.text(self.text));
        words.zip(self.known.iter()).map(|(word, known)| self.standing(word, known)).collect()
    }

    /// The lists that each of so many tokens from one on is in, an ending of the genitive left out.
    pub(crate) fn listed(&self, at: usize, length: usize) -> impl Iterator<Item = WordClasses> {
        self.known.iter().skip(at).take(length).map(|known| known.listed)
    }

    fn standing(&self, word: &str, of: &Known<'l>) -> Standing {
        let mut known = self.layers.into_iter().zip(of.forms).filter_map(|(tables, form)| Some((tables, form?)));
        match known.next() {
            // A form of another length is the word of which this is the genitive.
            Some((tables, form))
                if tables.letters(form).len() == word.len() && tables.sense(form.sense).is_everyday() =>
            {
                Standing::Meaningful
            }
            Some(_) => Standing::Known,
            None if of.listed.has(WordClass::English) && !word.ends_with(GENITIVE) => Standing::English,
            None if is_formed(word) => Standing::Formed,
            None => Standing::Strange,
        }
    }

    /// The longest phrase that starts at a token, else the word itself.
    pub(crate) fn longest(&self, at: usize) -> Option<Match> {
        let word = self.word(at)?;
        let found = self.phrase(at).or_else(|| self.separated(at, word));
        Some(found.unwrap_or(Match { length: 1, sense: word }))
    }

    /// What a token means as a word of its own; nothing when no layer knows it.
    fn word(&self, at: usize) -> Option<LexicalEntry> {
        let senses = self.layers_at(at).map(|layer| layer.tables.sense(layer.form.sense));
        senses.reduce(LexicalEntry::joined)
    }

    /// The layers that know a token.
    fn layers_at(&self, at: usize) -> impl Iterator<Item = Layer<'l>> {
        let forms = self.known.get(at).map(|known| known.forms).unwrap_or_default();
        let layers = self.layers.into_iter().zip(forms).enumerate();
        layers.filter_map(|(number, (tables, form))| Some(Layer { number, tables, form: form? }))
    }

    /// The words of the entry of a layer that a match at the first token comes from.
    fn entry(&self, layer: Layer<'l>, found: Match) -> Option<String> {
        let tables = layer.tables;
        if found.length == 1 {
            let is_listed = tables.sense(layer.form.sense) != LexicalEntry::default();
            return tables.base_of(layer.form).filter(|_| is_listed).map(str::to_owned);
        }
        let second_at = self.next(1);
        tables.lemmas_of(layer.form).iter().find_map(|first| {
            self.lemmas(layer, second_at).iter().find_map(|second| {
                let ends = |phrase: &&PhraseRow| self.end_of(layer, phrase, second_at + 1) == Some(found.length);
                let phrase = tables.phrases(*first, *second).iter().find(ends)?;
                let words = [*first, *second].into_iter().chain(tables.rest_of(phrase).iter().copied());
                Some(words.filter_map(|word| tables.base_of_lemma(word)).collect::<Vec<_>>().join(" "))
            })
        })
    }

    /// The token after one, a hyphen that joins the two passed over.
    fn next(&self, at: usize) -> usize {
        at + if self.tokens.get(at).is_some_and(Token::is_joining_hyphen) { 1 } else { 0 }
    }

    /// The phrase of the most words. The same words may be a phrase of two lists, or of two entries: they then have all
    /// their meanings.
    fn phrase(&self, at: usize) -> Option<Match> {
        let mut longest: Option<(u32, Match)> = None;
        for layer in self.layers_at(at) {
            for (phrase, length) in self.phrases(layer, at) {
                let sense = layer.tables.sense(phrase.sense);
                longest = match longest {
                    Some((words, _)) if words > phrase.rest_count => longest,
                    Some((words, found)) if words == phrase.rest_count => {
                        Some((words, Match { length, sense: found.sense.joined(sense) }))
                    }
                    _ => Some((phrase.rest_count, Match { length, sense })),
                };
            }
        }
        longest.map(|(_, found)| found)
    }

    /// The phrases of a layer that start at a token, each with how many tokens it covers.
    fn phrases(&self, layer: Layer<'l>, at: usize) -> impl Iterator<Item = (&'l PhraseRow, usize)> {
        let second_at = self.next(at + 1);
        let seconds = self.lemmas(layer, second_at);
        let pairs = layer.tables.lemmas_of(layer.form).iter();
        let pairs = pairs.flat_map(move |first| seconds.iter().map(move |second| (*first, *second)));
        let phrases = pairs.flat_map(move |(first, second)| layer.tables.phrases(first, second));
        phrases.filter_map(move |phrase| Some((phrase, self.end_of(layer, phrase, second_at + 1)? - at)))
    }

    /// Where a phrase ends whose third word, if it has one, has to stand at a token.
    fn end_of(&self, layer: Layer<'l>, phrase: &PhraseRow, mut at: usize) -> Option<usize> {
        for lemma in layer.tables.rest_of(phrase) {
            at = self.next(at);
            if !self.lemmas(layer, at).contains(lemma) {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    /// The words of phrases that a token is a form of.
    fn lemmas(&self, layer: Layer<'l>, at: usize) -> &'l [u32] {
        let form = self.known.get(at).and_then(|known| *known.forms.get(layer.number)?);
        form.map(|form| layer.tables.lemmas_of(form)).unwrap_or_default()
    }

    /// A refusing verb whose particle stands a little after it: "ruled Teams out", "turned the offer down".
    fn separated(&self, at: usize, word: LexicalEntry) -> Option<Match> {
        if word.classes.has(SemanticClass::Function) || word.classes.has(SemanticClass::Stay) {
            return None;
        }
        let particle = |near: &usize| self.tokens.get(*near).is_some_and(|t| PARTICLES.contains(&t.text(self.text)));
        (at + 2..at + 4).filter(particle).find_map(|near| self.layers_at(at).find_map(|layer| self.verb(layer, near)))
    }

    /// The verb of a layer that belongs to a particle.
    fn verb(&self, layer: Layer<'l>, particle: usize) -> Option<Match> {
        let particles = self.lemmas(layer, particle).iter();
        let verbs = layer.tables.lemmas_of(layer.form);
        let mut phrases = particles
            .flat_map(|particle| verbs.iter().flat_map(|verb| layer.tables.phrases(*verb, *particle)))
            .filter(|phrase| phrase.rest_count == 0)
            .map(|phrase| layer.tables.sense(phrase.sense));
        let sense = phrases.find(|sense| sense.classes.has(SemanticClass::Refuse))?;
        Some(Match { length: 1, sense })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::Playbook;
    use crate::reading::term::Terms;

    #[test]
    fn a_term_comes_from_the_entry_that_it_is_a_form_of() {
        let added = ("kibosh".to_owned(), LexicalEntry::of_class(SemanticClass::Refuse));
        let lexicon = Playbook::built_in().lexicon().clone().with(&[added]);
        let entry = |text: &str| {
            let terms = Terms::new(text, &[], &lexicon, None);
            let first = terms.terms.first().unwrap();
            lexicon.entry_of(terms.text(first), first.sense)
        };
        assert_eq!(entry("declined").as_deref(), Some("decline"));
        assert_eq!(entry("kiboshed").as_deref(), Some("kibosh"));
        assert_eq!(entry("bringing in").as_deref(), Some("bring in"));
        assert_eq!(entry("bought into").as_deref(), Some("buy into"));
        assert_eq!(entry("zebra"), None);
        assert_eq!(entry("ruled it out"), None);
        assert_eq!(entry("ruled out").as_deref(), Some("rule out"));
        assert_eq!(lexicon.entry_of("declined zebra", LexicalEntry::default()), None);
        assert_eq!(lexicon.entry_of("", LexicalEntry::default()), None);
    }
}
