//! Terms: the words and phrases of a note as the playbook knows them, with sentences over them.

use super::cue_hit::{self, CueHit};
use super::language::{self, Language};
use super::mark::{Mark, Marks};
use super::markup;
use crate::lexicon::abbreviation;
use crate::lexicon::spelling::{self, KnownWords};
use crate::lexicon::text::NormalText;
use crate::lexicon::token::{self, Kind, Token};
use crate::lexicon::word_class::{WordClass, WordClasses};
use crate::lexicon::words;
use crate::lexicon::{LexicalEntry, Lexicon, LookedUp, Match, SemanticClass, SemanticClasses, Standing, WorkloadIndex};
use crate::text::NoteSpan;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

/// A word, a phrase of the playbook, a number or a mark.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "facts about the look of a term; all combinations occur")]
pub(crate) struct Term {
    start: u32,
    end: u32,
    pub(crate) kind: Kind,
    pub(crate) sense: LexicalEntry,
    /// Starts with a capital and does not start a sentence.
    pub(crate) proper: bool,
    /// Starts with a capital, wherever it stands.
    pub(crate) capital: bool,
    /// All capitals, at least two letters.
    pub(crate) acronym: bool,
    /// No word, but keys struck at random.
    pub(crate) noise: bool,
    /// Joined to the term before by a hyphen, or by nothing at all.
    pub(crate) joined: bool,
    /// The lists of words that its text is in, an ending of the genitive left out; for a phrase also what they say of
    /// its words.
    pub(crate) listed: WordClasses,
    /// How many words it covers.
    pub(crate) words: u32,
    /// What cues said of it.
    pub(crate) marks: Marks,
}

impl Term {
    pub(crate) fn has(&self, class: SemanticClass) -> bool {
        self.sense.classes.has(class)
    }

    /// Whether a cue gave it the mark.
    pub(crate) fn is(&self, mark: Mark) -> bool {
        self.marks.has(mark)
    }

    /// Whether no list knows it.
    pub(crate) fn is_unknown(&self) -> bool {
        self.sense == LexicalEntry::default()
    }

    pub(crate) fn meets(&self, classes: SemanticClasses) -> bool {
        self.sense.classes.meets(classes)
    }

    /// Names a workload other than `own`. Many of their names are everyday words, so one alone must have its capital.
    pub(crate) fn names_other(&self, own: Option<WorkloadIndex>) -> bool {
        self.sense.names.is_some_and(|named| Some(named) != own) && (self.capital || self.words > 1)
    }

    /// Whether it may be a noun or a verb beside a name: no small word, and none that joins or denies.
    fn is_noun_or_verb(&self) -> bool {
        !self.meets(SMALL) && !self.is_mark()
    }

    pub(crate) fn is_mark(&self) -> bool {
        self.kind == Kind::Mark
    }

    pub(crate) fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// Parts of the names of so many workloads that alone they are the short name of none.
const NO_SHORT_NAMES: &str = include_str!("../playbook/no-short-names.txt");

/// Words that soften.
const HEDGES: SemanticClasses = SemanticClasses::any(&[SemanticClass::HedgeTime, SemanticClass::HedgeDoubt]);

/// Words that are no noun and no verb of a claim.
const SMALL: SemanticClasses = SemanticClasses::any(&[
    SemanticClass::Function,
    SemanticClass::Negation,
    SemanticClass::Cause,
    SemanticClass::Effect,
    SemanticClass::Concession,
    SemanticClass::Condition,
    SemanticClass::Contrast,
    SemanticClass::Time,
    SemanticClass::HedgeTime,
    SemanticClass::HedgeDoubt,
    SemanticClass::Count,
]);

/// A note cut into terms and sentences.
#[derive(Debug, Clone)]
pub(crate) struct Terms {
    pub(crate) normal: NormalText,
    pub(crate) terms: Vec<Term>,
    /// Sentences as ranges of terms.
    pub(crate) sentences: Vec<Range<usize>>,
    /// The language that most of it is written in.
    pub(crate) language: Language,
    /// The record's workload.
    pub(crate) own: Option<WorkloadIndex>,
    /// The cues that were found, in the order in which they were looked for.
    pub(crate) cues: Vec<CueHit>,
    /// The terms that each of these cues marked, one cue after another.
    pub(crate) marked: Vec<usize>,
    /// Most words start with a capital: then a capital tells nothing.
    title_case: bool,
}

impl Terms {
    /// The terms of a note about a customer whose name has the words `customer`: none of them is a slip for another word.
    pub(crate) fn new(note: &str, customer: &[String], lexicon: &Lexicon, own: Option<WorkloadIndex>) -> Self {
        let normal = NormalText::new(note);
        let markup = markup::edits(normal.text());
        let normal = if markup.is_empty() { normal } else { normal.with_edits(&markup) };
        let tokens = token::tokens(&normal);
        let looked_up = lexicon.look_up(&tokens, normal.text());
        let standings = looked_up.standings();
        let nearest = customer.iter().map(|word| (word.clone(), None)).collect();
        let vocabulary = Vocabulary { lexicon, nearest: RefCell::new(nearest) };
        let language = language::of(&tokens, normal.text(), &standings, &vocabulary);
        let respelt = match language {
            Language::English => respelt(&normal, &tokens, &standings, &vocabulary),
            // The words of another language stay as they are.
            Language::Other(_) => None,
        };
        let (mut terms, sentences) = match &respelt {
            Some((normal, tokens)) => cut(&lexicon.look_up(tokens, normal.text())),
            None => cut(&looked_up),
        };
        let normal = respelt.map_or(normal, |(normal, _)| normal);
        name_capitals(&mut terms, &sentences, normal.text());
        let mut note =
            Self { normal, terms, sentences, language, own, cues: Vec::new(), marked: Vec::new(), title_case: false };
        note.look_at_capitals();
        note
    }

    /// Sees anew whether most words of the sentences start with a capital.
    pub(crate) fn look_at_capitals(&mut self) {
        let words = || self.told().filter(|term| term.kind == Kind::Word);
        self.title_case = words().filter(|term| term.capital).count() * 2 > words().count();
    }

    /// The terms of the sentences.
    fn told(&self) -> impl Iterator<Item = &Term> {
        self.sentences.iter().flat_map(|sentence| self.get(sentence.clone()))
    }

    pub(crate) fn text(&self, term: &Term) -> &str {
        self.normal.text().get(term.range()).unwrap_or_default()
    }

    /// Whether a cue gave one of its terms the mark.
    pub(crate) fn has(&self, mark: Mark) -> bool {
        self.terms.iter().any(|term| term.is(mark))
    }

    /// The terms of the first cue that was found and gives the mark.
    pub(crate) fn first_hit(&self, mark: Mark) -> Option<Range<usize>> {
        let hits = self.cues.iter().filter(|hit| hit.mark == mark).map(|hit| hit.terms.clone());
        hits.min_by_key(|range| range.start)
    }

    /// The terms of a range, as far as there are any.
    pub(crate) fn get(&self, range: Range<usize>) -> &[Term] {
        let end = range.end.min(self.terms.len());
        self.terms.get(range.start..end).unwrap_or_default()
    }

    /// The terms that a cue marked.
    pub(crate) fn marked_by(&self, hit: &CueHit) -> &[usize] {
        self.marked.get(hit.marked.clone()).unwrap_or_default()
    }

    /// The part of the note from the first to the last term of a range.
    pub(crate) fn span(&self, range: Range<usize>) -> Option<NoteSpan> {
        let part = self.get(range);
        let (first, last) = (part.first()?, part.last()?);
        Some(self.normal.span(first.range().start, last.range().end))
    }

    /// Whether most of its words start with a capital: then a capital tells nothing.
    pub(crate) fn is_title_case(&self) -> bool {
        self.title_case
    }

    /// "Defender" is the short name of a record's "Microsoft Defender for Office 365", whatever else has that name: takes
    /// the names of other workloads for that of `own`, where they stand in how the record writes it.
    pub(crate) fn know_by_short_name(&mut self, own: WorkloadIndex, written: &str) {
        let written: Vec<String> = written.split_whitespace().map(str::to_lowercase).collect();
        for at in 0..self.terms.len() {
            let Some(term) = self.terms.get(at) else { continue };
            if term.words != 1 || term.sense.names.is_none_or(|named| named == own) {
                continue;
            }
            let name = self.text(term);
            let short = written.iter().any(|word| word == name) && !words::is_line(NO_SHORT_NAMES, name);
            if let Some(term) = self.terms.get_mut(at).filter(|_| short) {
                term.sense.names = Some(own);
            }
        }
    }

    /// How many words its sentences have; a mark is none.
    pub(crate) fn word_count(&self) -> usize {
        self.told().filter(|term| !term.is_mark()).map(|term| term.words as usize).sum()
    }
}

/// An address sends the reader elsewhere, whatever stands there.
fn address_sense() -> LexicalEntry {
    LexicalEntry { classes: SemanticClasses::of(SemanticClass::Elsewhere), ..LexicalEntry::default() }
}

/// "The ATM middleware", "US tenants": an abbreviation in capitals that spells a word is a name where the words around
/// it say so, unless the whole note is in capitals.
fn name_capitals(terms: &mut [Term], sentences: &[Range<usize>], text: &str) {
    let of = |term: &Term| text.get(term.range()).unwrap_or_default();
    let words = terms.iter().filter(|term| term.kind == Kind::Word);
    let (capitals, all) = words.fold((0, 0), |(capitals, all), term| (capitals + u32::from(term.acronym), all + 1));
    if capitals * 2 > all {
        return;
    }
    for range in sentences {
        for at in range.clone() {
            let Some(term) = terms.get(at).filter(|term| term.acronym && term.words == 1) else { continue };
            if !abbreviation::spells_word(of(term)) {
                continue;
            }
            let before = at.checked_sub(1).filter(|before| range.contains(before)).and_then(|before| terms.get(before));
            let after = terms.get(at + 1).filter(|after| range.contains(&(at + 1)) && after.kind == Kind::Word);
            let is_led = before.is_some_and(|before| abbreviation::leads_name(of(before)));
            let opens = before.is_none_or(Term::is_mark);
            if is_led || after.is_some_and(|after| if opens { after.is_unknown() } else { after.is_noun_or_verb() }) {
                let sense = if term.meets(HEDGES) {
                    SemanticClasses::NONE
                } else {
                    SemanticClasses::of(SemanticClass::Generic)
                };
                if let Some(term) = terms.get_mut(at) {
                    term.sense = LexicalEntry { classes: sense, ..LexicalEntry::default() };
                }
            }
        }
    }
}

/// The text and its tokens with misspelt words read as what they are meant to be; nothing when there are none.
fn respelt(
    normal: &NormalText,
    tokens: &[Token],
    standings: &[Standing],
    vocabulary: &Vocabulary<'_>,
) -> Option<(NormalText, Vec<Token>)> {
    let edits = spelling::edits(normal, tokens, standings, vocabulary);
    if edits.is_empty() {
        return None;
    }
    let normal = normal.with_edits(&edits);
    let tokens = token::tokens(&normal);
    Some((normal, tokens))
}

/// The words of the playbook and of the cues.
struct Vocabulary<'l> {
    lexicon: &'l Lexicon,
    /// What was found to be nearest to a word: that takes long, and a word may stand in a note thousands of times.
    nearest: RefCell<HashMap<String, Option<&'l str>>>,
}

impl KnownWords for Vocabulary<'_> {
    fn knows(&self, word: &str) -> bool {
        self.lexicon.knows(word) || cue_hit::knows_word(word)
    }

    fn means_something(&self, word: &str) -> bool {
        self.lexicon.means_something(word)
    }

    fn is_shell(&self, word: &str) -> bool {
        self.lexicon.is_shell(word)
    }

    fn nearest(&self, word: &str) -> Option<&str> {
        if let Some(found) = self.nearest.borrow().get(word) {
            return *found;
        }
        let found = self.lexicon.nearest(word);
        self.nearest.borrow_mut().insert(word.to_owned(), found);
        found
    }
}

/// The terms of a note, and its sentences as ranges of terms.
fn cut(note: &LookedUp<'_, '_>) -> (Vec<Term>, Vec<Range<usize>>) {
    let sentence_tokens = token::sentences(note.tokens(), note.text());
    let mut terms = Vec::with_capacity(note.tokens().len());
    let mut sentences = Vec::with_capacity(sentence_tokens.len());
    for range in sentence_tokens {
        let first = terms.len();
        push_terms(&note.part(range), &mut terms);
        sentences.push(first..terms.len());
    }
    (terms, sentences)
}

/// The lists that the term of so many tokens from one on is in.
fn listed(looked_up: &LookedUp<'_, '_>, at: usize, length: usize) -> WordClasses {
    let mut of_tokens = looked_up.listed(at, length);
    let first = of_tokens.next().unwrap_or_default();
    let any = of_tokens.fold(first, WordClasses::union);
    let trade = if any.has(WordClass::Trade) { WordClasses::of(WordClass::TradeWithin) } else { WordClasses::NONE };
    if length == 1 {
        return first.union(trade);
    }
    let tokens = looked_up.tokens().get(at..at + length).unwrap_or_default();
    let whole = tokens.first().zip(tokens.last());
    let whole = whole.and_then(|(first, last)| looked_up.text().get(first.range().start..last.range().end));
    let of_whole = whole.map(|text| words::classes(text.trim_end_matches("'s"))).unwrap_or_default();
    of_whole.union(trade).union(first.both(WordClasses::of(WordClass::BeginsName)))
}

fn push_terms(looked_up: &LookedUp<'_, '_>, terms: &mut Vec<Term>) {
    let (tokens, text) = (looked_up.tokens(), looked_up.text());
    let mut at = 0;
    let mut starts_sentence = true;
    while let Some(token) = tokens.get(at) {
        let found = match token.kind {
            Kind::Mark => None,
            Kind::Address => Some(Match { length: 1, sense: address_sense() }),
            Kind::Word | Kind::Number => looked_up.longest(at),
        };
        let length = found.map_or(1, |found| found.length).max(1);
        let last = tokens.get(at + length - 1).unwrap_or(token);
        let before_joins =
            at.checked_sub(1).and_then(|before| tokens.get(before)).is_some_and(Token::is_joining_hyphen);
        if !token.is_joining_hyphen() {
            terms.push(Term {
                start: u32::try_from(token.range().start).unwrap_or(u32::MAX),
                end: u32::try_from(last.range().end).unwrap_or(u32::MAX),
                kind: token.kind,
                noise: found.is_none_or(|found| found.sense == LexicalEntry::default())
                    && super::noise::is_noise(token.text(text)),
                sense: found.map(|found| found.sense).unwrap_or_default(),
                proper: token.capital && !starts_sentence,
                capital: token.capital,
                acronym: token.acronym,
                listed: listed(looked_up, at, length),
                joined: before_joins,
                words: u32::try_from(length).unwrap_or(1),
                marks: Marks::default(),
            });
        }
        let starts_anew = token.kind == Kind::Mark && matches!(token.text(text), ":" | "-" | "\"" | "(" | "'");
        starts_sentence = starts_anew || starts_sentence && token.kind == Kind::Mark;
        at += length;
    }
}
