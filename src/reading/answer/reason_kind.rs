//! What kind of reason a note gives: a firewall is infrastructure, a works council legal, a rival product a competitor.
//!
//! The words are data, `src/playbook/reason_kinds.yaml`; here is how they are found. They are looked for in the words of
//! the reason; where those tell no kind, in the clauses that give a cause, and at last in all that speak of the status.
//! What is granted, denied or settled is no reason: "although the budget is there", "not a legal matter", "security
//! signed off". Of several kinds the one with the most weight wins, then the one told first, then the first of the file.

use super::reason_span::SpanInputs;
use crate::lexicon::SemanticClass;
use crate::lexicon::scan;
use crate::lexicon::spelling::is_english;
use crate::reading::clause::{Clause, Role};
use crate::reading::reason_kind_tables::{
    EntryRow, EntryUse, EntryWord, FormRow, KindIndex, KindRow, KindTables, SmallWords,
};
use crate::reading::term::{Term, Terms};
use crate::text::NoteSpan;
use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

include!(concat!(env!("OUT_DIR"), "/reason_kinds.rs"));

/// The kind of the reason that a note gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReasonKind {
    /// Its name in the playbook: `infrastructure`, `competitor` …
    pub name: &'static str,
    /// What to ask of a writer who names a reason of this kind and no more: a whole sentence.
    pub asks: &'static str,
    /// The words that decide.
    pub words: NoteSpan,
    /// How plainly the note tells it.
    pub certainty: Certainty,
}

/// How plainly a note tells the kind of its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Certainty {
    /// By words that may belong to another kind, too.
    Telling,
    /// By a word that decides, or by several that tell it.
    Decisive,
}

impl ReasonKind {
    /// What stands for the name where the kind is not told.
    pub const UNKNOWN: &'static str = "unknown";

    /// The name of a kind, or that for none.
    #[must_use]
    pub fn name_of(kind: Option<Self>) -> &'static str {
        kind.map_or(Self::UNKNOWN, |kind| kind.name)
    }

    /// What the kind of that name means, in words that follow "the reason is"; nothing for a name of none.
    #[must_use]
    pub fn meaning(name: &str) -> Option<&'static str> {
        REASON_KINDS.kinds.iter().find(|kind| kind.name == name).map(|kind| &*kind.means)
    }
}

/// From this weight on a kind is told: one hint alone tells none.
const LEAST: u32 = 2;

/// From this weight on it is told plainly.
const DECISIVE: u32 = 4;

/// How far a name may stand from the word that says what it does, in words.
const NEAR: usize = 4;

/// How far what settles a thing may stand behind it, in words.
const BEHIND: usize = 2;

/// Shorter ones are units and ways of writing "they": "15 GB".
const SHORTEST_NAME: usize = 3;

/// The kind of the reason that a note gives; nothing where it is not told. `reason` are the words of the reason,
/// `duplicate` those that say that the entitlement is counted twice or is not real, where the note is about that.
pub(crate) fn kind(of: &SpanInputs<'_>, reason: Option<NoteSpan>, duplicate: Option<NoteSpan>) -> Option<ReasonKind> {
    let search = Search { note: of.note, clauses: of.clauses, on_status: of.on_status, reason, duplicate };
    let Winner { kind, words, certainty } = search.find(&REASON_KINDS)?;
    let row = REASON_KINDS.kinds.get(usize::from(kind))?;
    Some(ReasonKind { name: &row.name, asks: &row.asks, words, certainty })
}

/// What the search for the kind rests on.
#[derive(Debug, Clone, Copy)]
struct Search<'a> {
    note: &'a Terms,
    clauses: &'a [Clause],
    /// Which clauses are about the status and nothing else.
    on_status: &'a [bool],
    reason: Option<NoteSpan>,
    duplicate: Option<NoteSpan>,
}

impl Search<'_> {
    /// The kind by these tables, and the words that decide.
    fn find(&self, tables: &KindTables) -> Option<Winner> {
        let scopes = [self.in_reason(), self.in_causes(), self.in_status()];
        scopes.iter().find_map(|scope| {
            let mut tally = Tally::default();
            for (kind, row) in (0..).zip(tables.kinds.iter()).filter(|(_, row)| row.counted_twice > 0) {
                self.duplicate
                    .into_iter()
                    .for_each(|words| tally.add(kind, row.counted_twice, row.counted_twice, words));
            }
            scope.iter().for_each(|part| Part::of(self.note, part, tables).count(&mut tally));
            tally.winner()
        })
    }

    /// The clauses of the reason, and what of them belongs to it.
    fn in_reason(&self) -> Vec<Section> {
        let Some(reason) = self.reason else { return Vec::new() };
        let inside = |at: &usize| {
            self.note.span(*at..at + 1).is_some_and(|term| term.start >= reason.start && term.end <= reason.end)
        };
        let part = |clause: &Clause| {
            let start = clause.terms.clone().find(inside)?;
            let end = clause.terms.clone().rev().find(inside)?;
            Some(Section { terms: start..end + 1, role: clause.role })
        };
        let claimed = || self.clauses.iter().filter(|clause| clause.role != Role::Concession);
        claimed().filter_map(part).collect()
    }

    fn in_causes(&self) -> Vec<Section> {
        let causes = self.clauses.iter().filter(|clause| clause.role == Role::Cause);
        causes.map(Section::of).collect()
    }

    fn in_status(&self) -> Vec<Section> {
        let told = self.clauses.iter().zip(self.on_status);
        let told = told.filter(|(clause, told)| **told && clause.role != Role::Concession);
        told.map(|(clause, _)| Section::of(clause)).collect()
    }
}

/// Where words are looked for: a clause, or what of it belongs to the reason.
#[derive(Debug)]
struct Section {
    terms: Range<usize>,
    role: Role,
}

impl Section {
    fn of(clause: &Clause) -> Self {
        Self { terms: clause.terms.clone(), role: clause.role }
    }
}

/// The kind that weighs most.
#[derive(Debug, Clone, Copy)]
struct Winner {
    kind: KindIndex,
    words: NoteSpan,
    certainty: Certainty,
}

/// What each kind weighs so far.
#[derive(Debug, Default)]
struct Tally {
    kinds: Vec<(KindIndex, Weighed)>,
    /// The entries that were counted: one that is repeated tells nothing new.
    counted: HashSet<usize>,
}

/// What speaks for one kind.
#[derive(Debug, Clone)]
struct Weighed {
    sum: u32,
    /// Where it is told first, in bytes of the note.
    first: usize,
    /// What tells it best, and how well.
    best: (u32, NoteSpan),
}

impl Tally {
    /// Adds what speaks for a kind; of equal rank the words that come first are shown.
    fn add(&mut self, kind: KindIndex, weight: u32, rank: u32, words: NoteSpan) {
        match self.kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, weighed)) => {
                weighed.sum = weighed.sum.saturating_add(weight);
                if rank > weighed.best.0 {
                    weighed.best = (rank, words);
                }
            }
            None => {
                let first = words.start;
                self.kinds.push((kind, Weighed { sum: weight, first, best: (rank, words) }));
            }
        }
    }

    fn winner(self) -> Option<Winner> {
        let told = self.kinds.into_iter().filter(|(_, weighed)| weighed.sum >= LEAST);
        let order = |(kind, weighed): &(KindIndex, Weighed)| (std::cmp::Reverse(weighed.sum), weighed.first, *kind);
        let sure = |sum| if sum >= DECISIVE { Certainty::Decisive } else { Certainty::Telling };
        told.min_by_key(order).map(|(kind, weighed)| Winner {
            kind,
            words: weighed.best.1,
            certainty: sure(weighed.sum),
        })
    }
}

/// A word of a part, with the words of entries that it is a form of.
#[derive(Debug)]
struct Word {
    /// Its bytes in the normalised text.
    range: Range<usize>,
    is_of: Vec<EntryWord>,
}

impl Word {
    /// Whether it is a form of one of the words of a sorted list.
    fn is_in(&self, list: &[EntryWord]) -> bool {
        self.is_of.iter().any(|word| list.binary_search(word).is_ok())
    }
}

/// An entry that was found.
#[derive(Debug)]
struct Hit {
    entry: usize,
    says: EntryUse,
    /// Its words, counted within the part.
    words: Range<usize>,
}

/// The words of a section, with what they say.
#[derive(Debug)]
struct Part<'t> {
    note: &'t Terms,
    tables: &'t KindTables,
    words: Vec<Word>,
    hits: Vec<Hit>,
    /// The names that no list knows, as places in the normalised text.
    names: Vec<Range<usize>>,
    /// It says that somebody stays with something.
    stays: bool,
    role: Role,
}

impl<'t> Part<'t> {
    fn of(note: &'t Terms, section: &Section, tables: &'t KindTables) -> Self {
        let part = note.get(section.terms.clone());
        let start = part.first().map_or(0, |term| term.range().start);
        let end = part.last().map_or(start, |term| term.range().end);
        let words = words(note.normal.text(), start..end, tables);
        let hits = hits(&words, tables);
        let names = part.iter().filter(|term| is_name(note, term)).map(Term::range).collect();
        let stays = part.iter().any(|term| term.has(SemanticClass::Stay));
        Self { note, tables, words, hits, names, stays, role: section.role }
    }

    /// Counts what tells a kind.
    fn count(&self, tally: &mut Tally) {
        for (number, hit) in self.hits.iter().enumerate() {
            let (EntryUse::Tells(kind, weight) | EntryUse::Names(kind, weight)) = hit.says else { continue };
            if !self.is_attribute(number)
                && !self.is_denied(hit, kind)
                && !self.is_settled(number)
                && tally.counted.insert(hit.entry)
            {
                tally.add(kind, weight, weight, self.span(&hit.words));
            }
        }
        let Some(product) = self.serving_product() else { return };
        for (kind, row) in (0..).zip(self.tables.kinds.iter()).filter(|(_, row)| row.product_serves > 0) {
            // A name tells more than "paid until".
            tally.add(kind, row.product_serves, u32::MAX, product);
        }
    }

    /// The place of words in the note.
    fn span(&self, words: &Range<usize>) -> NoteSpan {
        let start = self.words.get(words.start).map_or(0, |word| word.range.start);
        let last = words.end.checked_sub(1).and_then(|last| self.words.get(last));
        self.note.normal.span(start, last.map_or(start, |word| word.range.end))
    }

    /// "The Avaya gateway": the name of a product that says what kind of gateway it is does no job itself.
    fn is_attribute(&self, number: usize) -> bool {
        let (Some(hit), Some(next)) = (self.hits.get(number), self.hits.get(number + 1)) else { return false };
        matches!((hit.says, next.says), (EntryUse::Names(one, _), EntryUse::Tells(other, weight)) if one != other && weight >= LEAST)
            && hit.words.end == next.words.start
    }

    /// "Not a legal matter", "no security concerns": what is denied is no reason. The lack of something is one.
    fn is_denied(&self, hit: &Hit, kind: KindIndex) -> bool {
        let small = &self.tables.small_words;
        let before = || self.words.get(..hit.words.start).unwrap_or_default().iter().rev();
        let is_lack = self.tables.kinds.get(usize::from(kind)).is_some_and(|kind| kind.is_lack);
        let is_trouble = self.words.get(hit.words.end).is_some_and(|word| word.is_in(&small.troubles));
        let lacking = before().next().is_some_and(|word| word.is_in(&small.lacks));
        let denied = before().find(|word| !word.is_in(&small.passed)).is_some_and(|word| word.is_in(&small.denials));
        // An entry with a "not" of its own says what it says.
        let first = self.words.get(hit.words.start);
        let own = first.is_some_and(|word| word.is_in(&small.denials) || word.is_in(&small.lacks));
        lacking && (!is_lack || is_trouble) || denied && !own
    }

    /// "The budget is approved", "security signed off": something right behind says that it stands in nobody's way.
    fn is_settled(&self, number: usize) -> bool {
        let Some(next) = self.hits.get(number + 1).filter(|next| next.says == EntryUse::Settles) else { return false };
        let Some(hit) = self.hits.get(number) else { return false };
        let small = &self.tables.small_words;
        let between = self.words.get(hit.words.end..next.words.start).unwrap_or_default();
        let lists = [&small.denials, &small.lacks, &small.pending];
        let denies = |word: &Word| lists.iter().any(|list| word.is_in(list));
        // "Until the works council has agreed": it has not.
        self.role != Role::Condition && between.len() <= BEHIND && !between.iter().any(denies)
    }

    /// A product that does the job: a name beside "covers" or "runs on", or in a part that says that they stay with it.
    fn serving_product(&self) -> Option<NoteSpan> {
        let at = |name: &Range<usize>| {
            let start = self.words.partition_point(|word| word.range.start < name.start);
            start..self.words.partition_point(|word| word.range.start < name.end)
        };
        let told = |name: &Range<usize>| {
            self.hits.iter().any(|hit| hit.words.contains(&name.start) && hit.says != EntryUse::Serves)
        };
        let unlisted = self.names.iter().map(at).filter(|name| !told(name));
        let numbered = || self.hits.iter().enumerate();
        let is_product =
            |(number, hit): &(usize, &Hit)| matches!(hit.says, EntryUse::Names(..)) && !self.is_attribute(*number);
        let listed = || numbered().filter(is_product).map(|(_, hit)| hit);
        // "Drawings lie in Dropbox": what people work in is known to be a product.
        let worked_in = |name: &Range<usize>| {
            let before = name.start.checked_sub(1).and_then(|before| self.words.get(before));
            before.is_some_and(|word| word.is_in(&self.tables.small_words.leading_in))
                && listed().any(|hit| hit.words == *name)
        };
        let serves: Vec<_> = self.hits.iter().filter(|hit| hit.says == EntryUse::Serves).collect();
        let near = |name: &Range<usize>| serves.iter().any(|hit| name.start.abs_diff(hit.words.start) <= NEAR);
        let mut names: Vec<_> = listed().map(|hit| hit.words.clone()).chain(unlisted).collect();
        names.sort_by_key(|name| name.start);
        names.iter().find(|name| self.stays || near(name) || worked_in(name)).map(|name| self.span(name))
    }
}

/// Whether a term is the name of something that no list knows. At the start of a sentence every word has its capital.
fn is_name(note: &Terms, term: &Term) -> bool {
    let opens = term.capital && !is_english(note.text(term));
    let is_unit = note.text(term).len() < SHORTEST_NAME;
    (term.proper || term.acronym || opens) && term.is_unknown() && !term.noise && !is_unit && !note.is_title_case()
}

/// The words and marks of a part of the normalised text; hyphens between words are left out.
fn words(text: &str, range: Range<usize>, tables: &KindTables) -> Vec<Word> {
    let start = range.start;
    let part = text.get(range).unwrap_or_default();
    let mut pieces = scan::pieces(part).peekable();
    let mut words = Vec::new();
    while let Some(piece) = pieces.next() {
        if scan::joins_words(part, &piece, pieces.peek()) {
            continue;
        }
        let word = part.get(piece.range.clone()).unwrap_or_default();
        let owner = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).filter(|owner| !owner.is_empty());
        let is_of = tables.words_of(word).chain(owner.into_iter().flat_map(|owner| tables.words_of(owner))).collect();
        words.push(Word { range: start + piece.range.start..start + piece.range.end, is_of });
    }
    words
}

/// The entries in a part, leftmost and longest.
fn hits(words: &[Word], tables: &KindTables) -> Vec<Hit> {
    let mut hits = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let here = words.get(at..).unwrap_or_default();
        let first = here.first().map(|word| word.is_of.as_slice()).unwrap_or_default();
        let candidates = first.iter().flat_map(|word| tables.starting_with(*word));
        let matching = candidates.filter(|(_, row)| matches(here, tables.words_in(*row)));
        // Of the same length the one that stands first in the tables, which no order of the note changes.
        let longest = matching.max_by_key(|(place, row)| (row.count, std::cmp::Reverse(*place)));
        at += match longest {
            Some((entry, row)) => {
                let length = tables.words_in(row).len().max(1);
                hits.push(Hit { entry, says: row.says, words: at..at + length });
                length
            }
            None => 1,
        };
    }
    hits
}

/// Whether words begin with those of an entry.
fn matches(words: &[Word], entry: &[EntryWord]) -> bool {
    words.len() >= entry.len() && entry.iter().zip(words).all(|(wanted, word)| word.is_of.contains(wanted))
}

#[cfg(test)]
mod tests;
