//! What the words of a note weigh as a why: things named weigh much, kinds of things little, padding nothing.

use super::clause::Clause;
use super::language;
use super::mark::Mark;
use super::term::{Term, Terms};
use super::weighed::{Ground, Weighed};
use crate::lexicon::morphology;
use crate::lexicon::spelling::{is_english, looks_shortened};
use crate::lexicon::token::{Kind, is_year};
use crate::lexicon::{SemanticClass, SemanticClasses, WorkloadIndex};
use crate::playbook::Thresholds;
use std::collections::HashSet;
use std::ops::Range;

/// The weight of a part of a note, and what in it weighed.
#[derive(Debug, Clone, Default)]
pub(crate) struct Weight {
    /// Names, figures, terms of a workload, things that no list knows.
    named: u32,
    /// Figures: they add to what is named, and are nothing by themselves.
    figures: u32,
    /// Words that only name a kind of reason.
    kinds: u32,
    kind_count: u32,
    /// Dates: they too only add.
    times: u32,
    /// Abstractions: likewise.
    abstractions: u32,
    /// Terms that name something.
    pub(crate) specifics: Vec<usize>,
    /// How many terms weighed something.
    pub(crate) things: u32,
}

impl Weight {
    fn put(&mut self, at: usize, term: &Term, points: u32, limits: &Thresholds) {
        self.things += u32::from(points > limits.abstract_weight && !term.has(SemanticClass::Duplicate));
        // A number in words is one; "two times" says as well that something is double.
        let worded = term.has(SemanticClass::Count) && !term.has(SemanticClass::Duplicate);
        if term.kind == Kind::Number || worded {
            self.figures += points;
        } else if term.has(SemanticClass::Topic) && term.sense.belongs.is_none() && points == limits.topic_weight {
            self.kinds += points;
            self.kind_count += 1;
        } else if points <= limits.abstract_weight {
            self.abstractions += points;
        } else {
            self.named += points;
        }
        if points >= limits.specific_weight {
            self.specifics.push(at);
        }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.named += other.named;
        self.figures += other.figures;
        self.kinds += other.kinds;
        self.kind_count += other.kind_count;
        self.times += other.times;
        self.abstractions += other.abstractions;
        self.things += other.things;
        self.specifics.extend(other.specifics);
    }

    /// One more term that names a kind of reason.
    pub(crate) fn add_kind(&mut self, limits: &Thresholds) {
        self.kinds += limits.topic_weight;
        self.kind_count += 1;
        self.things += 1;
    }

    /// Whether anything in it weighed something, alone or beside something else.
    pub(crate) fn is_some(&self) -> bool {
        self.named + self.kinds + self.figures + self.abstractions > 0
    }

    /// Whether it names a thing.
    pub(crate) fn names(&self) -> bool {
        self.named > 0
    }

    /// Whether it names a thing or a kind of thing.
    pub(crate) fn tells(&self) -> bool {
        self.named + self.kinds > 0
    }

    pub(crate) fn figures(&self) -> u32 {
        self.figures
    }

    /// What it comes to. Kinds alone stay below concrete, however many of the same sort are strung together, until
    /// there are so many different ones that together they tell a story.
    pub(crate) fn points(&self, limits: &Thresholds) -> u32 {
        let cap = if self.kind_count >= 4 { limits.concrete_reason } else { limits.concrete_reason - 2 };
        let kinds = if self.named == 0 { self.kinds.min(cap) } else { self.kinds };
        let told = self.named + kinds;
        // "8,000 desktops" counts what there is; it takes three kinds of things, or a name, to tell what is with them.
        let figures = if self.named == 0 && self.kind_count < 3 { self.figures.min(1) } else { self.figures };
        if told == 0 { 0 } else { told + figures + self.times + self.abstractions }
    }
}

/// SemanticClasses whose words carry grammar, intent or padding and so name nothing.
const WEIGHTLESS: &[SemanticClass] = &[
    SemanticClass::Function,
    SemanticClass::Generic,
    SemanticClass::Vague,
    SemanticClass::Filler,
    SemanticClass::Time,
    SemanticClass::Adopt,
    SemanticClass::Want,
    SemanticClass::Refuse,
    SemanticClass::Stay,
    SemanticClass::Obstacle,
    SemanticClass::Trouble,
    SemanticClass::Progress,
    SemanticClass::Phase,
    SemanticClass::Done,
    SemanticClass::HedgeTime,
    SemanticClass::HedgeDoubt,
    SemanticClass::Undecided,
    SemanticClass::Negation,
    SemanticClass::Neutral,
    SemanticClass::Cause,
    SemanticClass::Effect,
    SemanticClass::Concession,
    SemanticClass::Condition,
    SemanticClass::Contrast,
    SemanticClass::Benefit,
    SemanticClass::Help,
    SemanticClass::Pointer,
    SemanticClass::ToDo,
    SemanticClass::Greeting,
    SemanticClass::Placeholder,
    SemanticClass::Praise,
    SemanticClass::Aside,
    SemanticClass::Talk,
    SemanticClass::Usage,
    SemanticClass::Managed,
];

/// What a term weighs where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Worth {
    /// A time, or a figure of a date: it only adds.
    Time,
    /// So many points, and why.
    Points(u32, Ground),
}

/// What each term of the clauses weighs, whatever else is weighed beside it. The clauses do not overlap.
pub(crate) fn worths(note: &Terms, clauses: &[Clause], own: Option<WorkloadIndex>, limits: &Thresholds) -> Vec<Worth> {
    let mut worths = vec![Worth::Points(0, Ground::Weightless); note.terms.len()];
    for range in clauses.iter().map(|clause| &clause.terms) {
        for (at, worth) in worths.iter_mut().enumerate().take(range.end).skip(range.start) {
            let Some(term) = note.terms.get(at) else { continue };
            let dates = (term.has(SemanticClass::Time) || is_date_part(note, at)) && !term.is(Mark::Paperwork);
            *worth = if dates {
                Worth::Time
            } else {
                let (points, ground) = points(note, range, at, term, own, limits);
                Worth::Points(points, ground)
            };
        }
    }
    worths
}

/// Weighs parts of a note. A word weighs once: saying it again tells nothing more.
#[derive(Debug)]
pub(crate) struct SpecificityScale<'n> {
    note: &'n Terms,
    worths: &'n [Worth],
    limits: &'n Thresholds,
    seen: HashSet<&'n str>,
    /// Every term that weighed something, or could have, in the order in which they were weighed.
    pub(crate) weighed: Vec<Weighed>,
}

impl<'n> SpecificityScale<'n> {
    /// A scale for the terms of `note`, each of which weighs what stands in its place in `worths`.
    pub(crate) fn new(note: &'n Terms, worths: &'n [Worth], limits: &'n Thresholds) -> Self {
        Self { note, worths, limits, seen: HashSet::with_capacity(note.terms.len().min(64)), weighed: Vec::new() }
    }

    /// Writes down that a term stands for one more kind of reason.
    pub(crate) fn tell_kind(&mut self, at: usize, ground: Ground) {
        self.weighed.push(Weighed { at, points: self.limits.topic_weight, ground });
    }

    /// Weighs a range of terms.
    pub(crate) fn weigh(&mut self, range: Range<usize>) -> Weight {
        let mut weight = Weight::default();
        let note = self.note;
        for (at, term) in range.clone().zip(note.get(range)) {
            let (points, ground) = match self.worths.get(at) {
                Some(Worth::Points(points, ground)) => (*points, *ground),
                Some(Worth::Time) => {
                    let points = self.limits.abstract_weight;
                    weight.times += points;
                    self.weighed.push(Weighed { at, points, ground: Ground::Date });
                    continue;
                }
                None => continue,
            };
            // A figure may well stand twice; a word that weighs nothing needs no remembering.
            let new = points > 0 && (term.kind == Kind::Number || self.seen.insert(note.text(term)));
            if new {
                weight.put(at, term, points, self.limits);
            }
            if ground != Ground::Weightless {
                let told = if new { (points, ground) } else { (0, if points > 0 { Ground::Repeated } else { ground }) };
                self.weighed.push(Weighed { at, points: told.0, ground: told.1 });
            }
        }
        weight
    }
}

/// A figure of a date: "2020-06-15", "06/12/2020", "17.10.2019".
fn is_date_part(note: &Terms, at: usize) -> bool {
    let figure = |at: Option<usize>| at.and_then(|at| note.terms.get(at)).is_some_and(|term| term.kind == Kind::Number);
    let joins = |at: usize| {
        note.terms.get(at).is_some_and(|term| term.joined || term.is_mark() && matches!(note.text(term), "/" | "."))
    };
    if !figure(Some(at)) {
        return false;
    }
    if note.terms.get(at).is_some_and(|term| is_whole_date(note.text(term))) {
        return true;
    }
    let slashed = |mid: usize| figure(mid.checked_sub(1)) && joins(mid) && figure(Some(mid + 1));
    let hyphened = note.terms.get(at + 1).is_some_and(|term| term.joined && term.kind == Kind::Number)
        || note.terms.get(at).is_some_and(|term| term.joined) && figure(at.checked_sub(1));
    let year = |at: usize| note.terms.get(at).is_some_and(|term| is_year(note.text(term)));
    let near_year = (at.saturating_sub(4)..=at + 4).any(year);
    near_year && (hyphened || slashed(at + 1) || at.checked_sub(1).is_some_and(slashed))
}

/// "19.02.2020", written as one figure.
fn is_whole_date(text: &str) -> bool {
    let mut parts = text.split('.');
    let two = |part: Option<&str>| part.is_some_and(|part| (1..=2).contains(&part.len()));
    two(parts.next())
        && two(parts.next())
        && parts.next().is_some_and(|year| is_year(year) || year.len() == 2)
        && parts.next().is_none()
}

fn points(
    note: &Terms,
    range: &Range<usize>,
    at: usize,
    term: &Term,
    own: Option<WorkloadIndex>,
    limits: &Thresholds,
) -> (u32, Ground) {
    if term.is_mark() || term.kind == Kind::Address || (term.sense.names.is_some() && term.sense.names == own) {
        return (0, Ground::Weightless);
    }
    if term.is(Mark::Paperwork) {
        return (0, Ground::Paperwork);
    }
    if term.names_other(own) {
        return (limits.specific_weight, Ground::OtherWorkload);
    }
    if term.sense.belongs.is_some() {
        return (limits.specific_weight, Ground::PartOfWorkload);
    }
    if term.is(Mark::CountsReasons) || term.is(Mark::Reference) {
        return (0, Ground::CountsOrRefers);
    }
    if term.kind == Kind::Number {
        return number_points(note, at, term, limits);
    }
    if term.has(SemanticClass::Event) {
        return event_points(term, limits);
    }
    if term.has(SemanticClass::Topic) {
        let emptied = is_emptied(note, range, at) || term.is(Mark::Hollow);
        return if emptied { (0, Ground::EmptiedTopic) } else { (limits.topic_weight, Ground::Topic) };
    }
    if term.is(Mark::Hollow) {
        return (0, Ground::Hollow);
    }
    if is_name_by_capital(note, term) {
        return (limits.specific_weight, Ground::NameByCapital);
    }
    if term.meets(SemanticClasses::any(WEIGHTLESS)) {
        return (0, Ground::Weightless);
    }
    if term.has(SemanticClass::Count) {
        return (limits.topic_weight, Ground::Count);
    }
    if term.has(SemanticClass::Duplicate) && !term.is(Mark::BareDuplicate) {
        return (limits.thing_weight, Ground::Duplicate);
    }
    if !term.sense.classes.is_empty() {
        return (limits.abstract_weight, Ground::Listed);
    }
    if term.is(Mark::HeadsAsName) {
        return (limits.specific_weight, Ground::HeadsAsName);
    }
    if is_strung(note, at) && !term.acronym {
        return (0, Ground::Strung);
    }
    if is_among_foreign_words(note, at) {
        return (0, Ground::Foreign);
    }
    unknown_points(note.text(term), term, limits)
}

/// Beside a word of another language that is no part of a name: "wegen verschiedener Probleme".
fn is_among_foreign_words(note: &Terms, at: usize) -> bool {
    let near = note.get(at.saturating_sub(2)..at + 3).iter();
    near.filter(|term| term.kind == Kind::Word && !term.capital).any(|term| {
        let text = note.text(term);
        language::is_foreign_word(text) && !language::is_name_particle(text) && !is_english(text)
    })
}

/// "Box", "Notes", "Ping": an everyday word with a capital inside a sentence is a name, unless the whole note is
/// written that way, or the word is one of the field's own.
fn is_name_by_capital(note: &Terms, term: &Term) -> bool {
    term.proper
        && !term.acronym
        && term.words == 1
        && term.sense.classes == SemanticClasses::of(SemanticClass::Generic)
        && !term.is(Mark::FieldNoun)
        && !note.is_title_case()
}

/// A word that no list knows: a name, a code or a thing, unless its ending makes it an abstraction. One that is neither
/// English nor looks like a name says next to nothing, and one of another language nothing.
fn unknown_points(text: &str, term: &Term, limits: &Thresholds) -> (u32, Ground) {
    let is_foreign = language::is_foreign_word(text) && !is_english(text);
    if !term.acronym && (is_foreign || language::is_other_script(text)) {
        return (0, Ground::Foreign);
    }
    let length = text.chars().count();
    if length >= 2 && (term.proper || term.acronym) {
        return (limits.specific_weight, Ground::UnknownName);
    }
    if length <= 2 || term.noise {
        return (0, Ground::UnknownNoise);
    }
    let is_code = text.chars().any(|c| !c.is_alphabetic());
    if !morphology::is_abstract(text) && !is_code && !term.capital && !is_english(text) && !looks_shortened(text) {
        return (limits.abstract_weight, Ground::NotEnglish);
    }
    if morphology::is_abstract(text) {
        return (limits.abstract_weight, Ground::UnknownAbstract);
    }
    (limits.thing_weight, Ground::UnknownThing)
}

fn number_points(note: &Terms, at: usize, term: &Term, limits: &Thresholds) -> (u32, Ground) {
    let text = note.text(term);
    let year = is_year(text);
    let dated = [at.checked_sub(1), Some(at + 1)]
        .into_iter()
        .flatten()
        .filter_map(|near| note.terms.get(near))
        .any(|near| near.has(SemanticClass::Time));
    if year || dated { (limits.abstract_weight, Ground::Date) } else { (limits.specific_weight, Ground::Figure) }
}

/// "An acquisition of another company" says what happens; "a merger" only that something does.
fn event_points(term: &Term, limits: &Thresholds) -> (u32, Ground) {
    if term.is(Mark::EventTold) {
        (limits.concrete_reason, Ground::EventTold)
    } else {
        (limits.topic_weight * 2, Ground::Event)
    }
}

/// A kind of reason weighs nothing after an adjective of vagueness, or strung together before a general noun:
/// "various technical reasons", "cloud/data/legal issues".
fn is_emptied(note: &Terms, range: &Range<usize>, at: usize) -> bool {
    // "Various internal priorities": one adjective of vagueness in front empties all that follow it.
    let before = note.terms.get(at.saturating_sub(3).max(range.start)..at).unwrap_or_default().iter().rev();
    if before
        .take_while(|term| {
            term.has(SemanticClass::Vague) || term.has(SemanticClass::Generic) && !term.has(SemanticClass::Function)
        })
        .any(|term| term.has(SemanticClass::Vague))
    {
        return true;
    }
    is_strung(note, at)
}

/// Between slashes, as in "network/licensing/other": a list of kinds, not a thing.
fn is_strung(note: &Terms, at: usize) -> bool {
    let slash = |near: Option<usize>| {
        near.and_then(|near| note.terms.get(near)).is_some_and(|term| term.is_mark() && note.text(term) == "/")
    };
    // "Feature gap/can't go live": what denies something is no kind.
    let denies = |near: usize| note.terms.get(near).is_some_and(|term| term.has(SemanticClass::Negation));
    slash(at.checked_sub(1)) || slash(Some(at + 1)) && !denies(at + 2)
}
