//! What the words of a note weigh as a why: things named weigh much, kinds of things little, padding nothing.

use super::lexicon::{Class, Classes, WorkloadIndex};
use super::token::Kind;
use super::unit::{Unit, Units};
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
    /// Units that name something.
    pub(crate) specifics: Vec<usize>,
    /// How many units weighed something.
    pub(crate) things: u32,
}

impl Weight {
    fn put(&mut self, at: usize, unit: &Unit, points: u32, limits: &Thresholds) {
        self.things += u32::from(points > limits.abstract_weight && !unit.has(Class::Duplicate));
        if unit.kind == Kind::Number {
            self.figures += points;
        } else if unit.has(Class::Topic) && unit.sense.belongs.is_none() && points == limits.topic_weight {
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

    /// One more unit that names a kind of reason.
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

/// Classes whose words carry grammar, intent or padding and so name nothing.
const WEIGHTLESS: &[Class] = &[
    Class::Function,
    Class::Generic,
    Class::Vague,
    Class::Filler,
    Class::Time,
    Class::Adopt,
    Class::Want,
    Class::Refuse,
    Class::Stay,
    Class::Obstacle,
    Class::Trouble,
    Class::Progress,
    Class::Phase,
    Class::Done,
    Class::HedgeTime,
    Class::HedgeDoubt,
    Class::Undecided,
    Class::Negation,
    Class::Neutral,
    Class::Cause,
    Class::Effect,
    Class::Concession,
    Class::Condition,
    Class::Contrast,
    Class::Benefit,
    Class::Help,
    Class::Pointer,
    Class::ToDo,
    Class::Greeting,
    Class::Placeholder,
    Class::Praise,
    Class::Aside,
    Class::Talk,
    Class::Usage,
    Class::Managed,
];

/// Weighs parts of a note. A word weighs once: saying it again tells nothing more.
#[derive(Debug)]
pub(crate) struct Scale<'n> {
    note: &'n Units,
    own: Option<WorkloadIndex>,
    limits: &'n Thresholds,
    seen: HashSet<&'n str>,
}

impl<'n> Scale<'n> {
    pub(crate) fn new(note: &'n Units, own: Option<WorkloadIndex>, limits: &'n Thresholds) -> Self {
        Self { note, own, limits, seen: HashSet::new() }
    }

    /// Weighs a range of units.
    pub(crate) fn weigh(&mut self, range: Range<usize>) -> Weight {
        let mut weight = Weight::default();
        for at in range.clone() {
            let Some(unit) = self.note.units.get(at) else { continue };
            if unit.has(Class::Time) || is_date_part(self.note, at) {
                weight.times += self.limits.abstract_weight;
                continue;
            }
            let points = points(self.note, &range, at, unit, self.own, self.limits);
            // A figure may well stand twice; a word that weighs nothing needs no remembering.
            let new = points > 0 && (unit.kind == Kind::Number || self.seen.insert(self.note.text(unit)));
            if new {
                weight.put(at, unit, points, self.limits);
            }
        }
        weight
    }
}

/// A figure of a date: "2020-06-15", "06/12/2020", "17.10.2019".
fn is_date_part(note: &Units, at: usize) -> bool {
    let figure = |at: Option<usize>| at.and_then(|at| note.units.get(at)).is_some_and(|unit| unit.kind == Kind::Number);
    let joins = |at: usize| {
        note.units.get(at).is_some_and(|unit| unit.joined || unit.is_mark() && matches!(note.text(unit), "/" | "."))
    };
    if !figure(Some(at)) {
        return false;
    }
    if note.units.get(at).is_some_and(|unit| is_whole_date(note.text(unit))) {
        return true;
    }
    let slashed = |mid: usize| figure(mid.checked_sub(1)) && joins(mid) && figure(Some(mid + 1));
    let hyphened = note.units.get(at + 1).is_some_and(|unit| unit.joined && unit.kind == Kind::Number)
        || note.units.get(at).is_some_and(|unit| unit.joined) && figure(at.checked_sub(1));
    let year = |at: usize| note.units.get(at).is_some_and(|unit| is_year(note.text(unit)));
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

/// A year that a note may speak of.
pub(crate) fn is_year(text: &str) -> bool {
    text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1900..2100).contains(&year))
}

fn points(
    note: &Units,
    range: &Range<usize>,
    at: usize,
    unit: &Unit,
    own: Option<WorkloadIndex>,
    limits: &Thresholds,
) -> u32 {
    if unit.is_mark() || (unit.sense.names.is_some() && unit.sense.names == own) {
        return 0;
    }
    if unit.names_other(own) || unit.sense.belongs.is_some() {
        return limits.specific_weight;
    }
    if counts_reasons(note, at) || is_reference(note, at) {
        return 0;
    }
    if unit.kind == Kind::Number {
        return number_points(note, at, unit, limits);
    }
    if unit.has(Class::Event) {
        return event_points(note, range, at, limits);
    }
    if unit.has(Class::Topic) {
        return if is_emptied(note, range, at) { 0 } else { limits.topic_weight };
    }
    if is_name_by_capital(note, unit) {
        return limits.specific_weight;
    }
    if unit.meets(Classes::any(WEIGHTLESS)) {
        return 0;
    }
    if unit.has(Class::Count) {
        return limits.topic_weight;
    }
    if unit.has(Class::Duplicate) && !is_bare_duplicate(note.text(unit)) {
        return limits.thing_weight;
    }
    if !unit.sense.classes.is_empty() {
        return limits.abstract_weight;
    }
    if heads_as_name(note, at, unit) {
        return limits.specific_weight;
    }
    if is_strung(note, at) && !unit.acronym {
        return 0;
    }
    unknown_points(note.text(unit), unit, limits)
}

/// Words that only say that it is a duplicate, or invalid; "dissolved" or "counted under" say how.
fn is_bare_duplicate(text: &str) -> bool {
    const BARE: &[&str] = &[
        "clone",
        "double",
        "double count",
        "dup",
        "dupe",
        "duplicate",
        "duplicated",
        "duplicates",
        "duplication",
        "erroneous",
        "erroneously",
        "fictitious",
        "glitch",
        "in error",
        "ineligible",
        "invalid",
        "mistaken",
        "mistakenly",
        "nullified",
        "repeat",
        "repeats",
        "stale",
        "twice",
        "two times",
        "typo",
        "void",
        "voided",
        "wrongly",
    ];
    BARE.contains(&text) || text.starts_with("not ")
}

/// "Ticket 2104118830", "blocker code BLK-07": an office's own number for something, which names nothing of it.
fn is_reference(note: &Units, at: usize) -> bool {
    const OFFICES: &[&str] = &[
        "case",
        "code",
        "decision",
        "id",
        "incident",
        "item",
        "no",
        "nr",
        "number",
        "po",
        "ref",
        "reference",
        "register",
        "rev",
        "sev",
        "severity",
        "ticket",
        "tracker",
    ];
    let Some(unit) = note.units.get(at) else { return false };
    let number = unit.kind == Kind::Number;
    if number && unit.range().len() >= 7 && note.text(unit).bytes().all(|byte| byte.is_ascii_digit()) {
        return true;
    }
    let digits = || note.text(unit).bytes().filter(u8::is_ascii_digit).count();
    let coded = number
        || unit.kind == Kind::Word && digits() >= 4
        || unit.acronym && note.units.get(at + 1).is_some_and(|next| next.joined);
    let before = note.units.get(at.saturating_sub(4)..at).unwrap_or_default().iter().rev();
    let mut run = before.take_while(|near| !near.is_mark() || matches!(note.text(near), "#" | "-"));
    coded && run.any(|near| OFFICES.contains(&note.text(near)))
}

/// "Three major reasons": how many there are names none.
fn counts_reasons(note: &Units, at: usize) -> bool {
    let number = note.units.get(at).is_some_and(|unit| unit.kind == Kind::Number || unit.has(Class::Count));
    let after = note.get(at + 1..at + 4);
    number
        && after
            .iter()
            .any(|near| matches!(note.text(near), "cause" | "causes" | "factors" | "points" | "reason" | "reasons"))
}

/// "Zoom is paid until …": an unknown word with a capital, alone before a verb in the singular, is a name even where
/// every sentence has a capital.
fn heads_as_name(note: &Units, at: usize, unit: &Unit) -> bool {
    const VERBS: &[&str] = &["already", "came", "holds", "is", "runs", "was"];
    let first = at.checked_sub(1).and_then(|before| note.units.get(before)).is_none_or(Unit::is_mark);
    let verb = note.units.get(at + 1).is_some_and(|next| VERBS.contains(&note.text(next)));
    // "Contoso is deploying": a customer by name, not a thing that is used.
    let acts = note.units.get(at + 2).is_some_and(|then| note.text(then).ends_with("ing"));
    first && unit.capital && verb && !acts
}

/// "Box", "Notes", "Ping": an everyday word with a capital inside a sentence is a name, unless the whole note is
/// written that way, or the word is one of the field's own.
fn is_name_by_capital(note: &Units, unit: &Unit) -> bool {
    const OWN: &[&str] = &[
        "account",
        "client",
        "company",
        "customer",
        "department",
        "entitlement",
        "group",
        "licence",
        "license",
        "manager",
        "managed",
        "office",
        "organisation",
        "organization",
        "overall",
        "owner",
        "partner",
        "service",
        "status",
        "team",
        "user",
        "users",
        "workload",
    ];
    unit.proper
        && !unit.acronym
        && unit.words == 1
        && unit.sense.classes == Classes::of(Class::Generic)
        && !OWN.contains(&note.text(unit))
        && !note.is_title_case()
}

/// A word that no list knows: a name or a thing, unless its ending makes it an abstraction.
fn unknown_points(text: &str, unit: &Unit, limits: &Thresholds) -> u32 {
    const ABSTRACT: &[&str] = &[
        "tion", "tions", "sion", "sions", "ment", "ments", "ness", "ity", "ities", "ance", "ances", "ence", "ences",
        "ism", "isms", "ship", "hood", "ational", "ical", "ional", "onal", "ative", "atively", "istic", "ally",
        "ously", "ively", "ably", "ibly", "ancy", "ency", "encies", "ous", "ful", "less", "able", "ible", "wise",
        "ingly", "edly", "itude", "esque",
    ];
    let length = text.chars().count();
    if length >= 2 && (unit.proper || unit.acronym) {
        return limits.specific_weight;
    }
    if length <= 2 || unit.noise {
        return 0;
    }
    if length >= 8 && ABSTRACT.iter().any(|ending| text.ends_with(ending)) || length >= 5 && text.ends_with("ly") {
        return limits.abstract_weight;
    }
    limits.thing_weight
}

fn number_points(note: &Units, at: usize, unit: &Unit, limits: &Thresholds) -> u32 {
    let text = note.text(unit);
    let year = is_year(text);
    let dated = [at.checked_sub(1), Some(at + 1)]
        .into_iter()
        .flatten()
        .filter_map(|near| note.units.get(near))
        .any(|near| near.has(Class::Time));
    if year || dated { limits.abstract_weight } else { limits.specific_weight }
}

/// "An acquisition of another company" says what happens; "a merger" only that something does.
fn event_points(note: &Units, range: &Range<usize>, at: usize, limits: &Thresholds) -> u32 {
    let told = at + 1 < range.end
        && note.units.get(at + 1).is_some_and(|next| matches!(note.text(next), "of" | "by" | "with" | "into" | "from"));
    if told { limits.concrete_reason } else { limits.topic_weight * 2 }
}

/// A kind of reason weighs nothing after an adjective of vagueness, or strung together before a general noun:
/// "various technical reasons", "cloud/data/legal issues".
fn is_emptied(note: &Units, range: &Range<usize>, at: usize) -> bool {
    // "Various internal priorities": one adjective of vagueness in front empties all that follow it.
    let before = note.units.get(at.saturating_sub(3).max(range.start)..at).unwrap_or_default().iter().rev();
    if before
        .take_while(|unit| unit.has(Class::Vague) || unit.has(Class::Generic) && !unit.has(Class::Function))
        .any(|unit| unit.has(Class::Vague))
    {
        return true;
    }
    is_strung(note, at)
}

/// Between slashes, as in "network/licensing/other": a list of kinds, not a thing.
fn is_strung(note: &Units, at: usize) -> bool {
    let slash = |near: Option<usize>| {
        near.and_then(|near| note.units.get(near)).is_some_and(|unit| unit.is_mark() && note.text(unit) == "/")
    };
    slash(at.checked_sub(1)) || slash(Some(at + 1))
}
