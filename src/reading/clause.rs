//! Clauses: the parts of a sentence that say one thing each, and what each is to the others.

use super::mark::Mark;
use super::term::{Term, Terms};
use crate::lexicon::{SemanticClass, SemanticClasses};
use std::ops::Range;

/// What a clause is to its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Claims something.
    Main,
    /// Gives the why: after "because", "due to", "as" …
    Cause,
    /// Claims what follows from the clause before: after "so", "therefore" …
    Effect,
    /// Is granted and not claimed: after "although", "despite" …
    Concession,
    /// Must happen first: after "until", "once", "if" …
    Condition,
}

/// One clause.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    /// Its terms, the connecting word excluded.
    pub(crate) terms: Range<usize>,
    pub(crate) role: Role,
    /// Which sentence it is in.
    pub(crate) sentence: usize,
    /// Comes after "but", "however" …
    pub(crate) contrast: bool,
    /// The connecting word or mark before it; none where a sentence starts.
    pub(crate) opened_by: Option<usize>,
    /// Why it is padding, where it is.
    pub(crate) padding: Option<Padding>,
}

/// Why a clause is taken for padding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Padding {
    /// Every clause of its sentence is made of words that any note could have.
    HollowSentence,
    /// It is made of such words, and of enough of them or of a turn of phrase.
    HollowClause,
}

/// Cuts every sentence of a note into clauses.
pub(crate) fn clauses(note: &Terms) -> Vec<Clause> {
    let mut clauses = Vec::new();
    for (sentence, range) in note.sentences.iter().enumerate() {
        Cutter { note, sentence, end: range.end, clauses: &mut clauses }.cut(range.clone());
    }
    clauses
}

/// The clauses of a note, those that tell something apart from padding.
#[derive(Debug, Clone)]
pub(crate) struct FillerSplit {
    /// What tells something; everything, where nothing would be left.
    pub(crate) substantive: Vec<Clause>,
    /// What any note could have: "after careful consideration of all relevant aspects".
    pub(crate) padding: Vec<Clause>,
}

/// Cuts padding off the ends of clauses.
pub(crate) fn trim_filler(note: &Terms, clauses: &[Clause]) -> Vec<Clause> {
    clauses.iter().flat_map(|clause| trim(note, clause.clone())).flatten().collect()
}

/// Sets padding aside; `trimmed` is what [`trim_filler`] made of the clauses.
pub(crate) fn split_filler(note: &Terms, trimmed: &[Clause]) -> FillerSplit {
    let (mut substantive, mut padding) = (Vec::new(), Vec::new());
    for sentence in trimmed.chunk_by(|one, next| one.sentence == next.sentence) {
        let plain: Vec<bool> = sentence.iter().map(|clause| is_plain(note, clause)).collect();
        let length: u32 = sentence.iter().map(|clause| words(note, clause)).sum();
        // "The reasons are manifold, complex and well understood": each part is short, the whole says nothing.
        let hollow = length >= SHORTEST && plain.iter().all(|plain| *plain);
        for (clause, plain) in sentence.iter().zip(plain) {
            let why = match plain {
                _ if hollow => Some(Padding::HollowSentence),
                true if is_long_enough(note, clause) => Some(Padding::HollowClause),
                _ => None,
            };
            let into = if why.is_some() { &mut padding } else { &mut substantive };
            into.push(Clause { padding: why, ..clause.clone() });
        }
    }
    if substantive.is_empty() {
        FillerSplit { substantive: padding, padding: substantive }
    } else {
        FillerSplit { substantive, padding }
    }
}

/// Cuts off what a clause ends with from a turn of phrase on, where nothing but padding follows: "will not deploy | in
/// line with the overall direction of the business".
fn trim(note: &Terms, clause: Clause) -> [Option<Clause>; 2] {
    let terms = note.get(clause.terms.clone());
    let tail = terms.iter().rev().take_while(|term| term.is_mark() || is_padding_word(term)).count();
    let from = terms.len() - tail;
    let turn = terms
        .iter()
        .skip(from)
        .position(|term| term.has(SemanticClass::Filler))
        .map(|at| clause.terms.start + from + at);
    match turn.filter(|turn| *turn > clause.terms.start) {
        Some(turn) => {
            let (start, end) = (clause.terms.start, clause.terms.end);
            [
                Some(Clause { terms: start..turn, ..clause.clone() }),
                Some(Clause { terms: turn..end, opened_by: None, ..clause }),
            ]
        }
        None => [Some(clause), None],
    }
}

/// SemanticClasses of words that any note could have: they name nothing, claim nothing and deny nothing.
const PADDING: &[SemanticClass] = &[
    SemanticClass::Function,
    SemanticClass::Generic,
    SemanticClass::Vague,
    SemanticClass::Filler,
    SemanticClass::Praise,
    SemanticClass::HedgeTime,
    SemanticClass::Slot,
    SemanticClass::Cause,
    SemanticClass::Effect,
];

/// Whether a word or phrase is one that any note could have.
pub(crate) fn is_padding_word(term: &Term) -> bool {
    let classes = term.sense.classes;
    !classes.is_empty() && term.sense.names.is_none() && classes.is_within(SemanticClasses::any(PADDING))
}

/// How many words make padding: fewer may be what is left of a claim.
const SHORTEST: u32 = 3;

fn words(note: &Terms, clause: &Clause) -> u32 {
    note.get(clause.terms.clone()).iter().filter(|term| !term.is_mark()).map(|term| term.words).sum()
}

/// Enough words for padding, or a turn of phrase.
fn is_long_enough(note: &Terms, clause: &Clause) -> bool {
    words(note, clause) >= SHORTEST || note.get(clause.terms.clone()).iter().any(|term| term.has(SemanticClass::Filler))
}

/// Whether a clause is made of words alone that name nothing, claim nothing and deny nothing.
fn is_plain(note: &Terms, clause: &Clause) -> bool {
    // "Several factors" counts nothing.
    let vague = SemanticClasses::any(PADDING).with(SemanticClass::Count);
    let terms = note.get(clause.terms.clone());
    terms.iter().all(|term| {
        let counts_nothing = term.has(SemanticClass::Vague) && term.sense.classes.is_within(vague);
        term.is_mark()
            || is_padding_word(term)
            || counts_nothing && term.sense.names.is_none()
            || term.is(Mark::GoesOnElsewhere)
    })
}

struct Cutter<'a> {
    note: &'a Terms,
    sentence: usize,
    end: usize,
    clauses: &'a mut Vec<Clause>,
}

/// What stands between two clauses.
enum Border {
    /// A mark after which something new is claimed.
    Strong,
    /// A comma, or "and": new only where the clause before is subordinate or has its say.
    Weak,
    Open,
    Close,
    Connector(Role),
    Contrast,
}

impl Cutter<'_> {
    fn cut(&mut self, range: Range<usize>) {
        let mut start = range.start;
        let mut segment = range.start;
        let mut leads = false;
        let mut role = Role::Main;
        let mut contrast = false;
        let mut opened_by = None;
        for at in range {
            let Some(border) = self.border(at) else { continue };
            let (next_role, next_contrast) = match border {
                Border::Strong | Border::Open | Border::Close => (self.after_mark(role, &border), false),
                Border::Weak if leads && self.leaves_subordinate(role, start, at) => (Role::Main, false),
                Border::Weak => (role, contrast),
                Border::Connector(next) => (next, false),
                Border::Contrast => (Role::Main, true),
            };
            // "Blocked by" says that it is blocked and opens the why, as "waiting for" opens what must happen first.
            let keeps = self.note.terms.get(at).is_some_and(|term| {
                matches!(border, Border::Connector(Role::Cause)) && term.has(SemanticClass::Obstacle)
                    || matches!(border, Border::Connector(_)) && term.is(Mark::Waits)
            });
            self.push(Clause { terms: start..at + usize::from(keeps), role, contrast, opened_by, ..self.empty() });
            match border {
                Border::Strong => (segment, leads) = (at + 1, false),
                Border::Connector(_) => leads = self.opens_segment(segment, at),
                _ => {}
            }
            // "Which stops them deploying it": the connecting word carries the no.
            let carries = matches!(border, Border::Connector(Role::Effect))
                && self.note.terms.get(at).is_some_and(|term| term.has(SemanticClass::Obstacle));
            (start, role, contrast) = (at + usize::from(!carries), next_role, next_contrast);
            opened_by = Some(at);
        }
        self.push(Clause { terms: start..self.end, role, contrast, opened_by, ..self.empty() });
    }

    /// A clause of the sentence with nothing in it.
    fn empty(&self) -> Clause {
        let sentence = self.sentence;
        Clause { terms: 0..0, role: Role::Main, sentence, contrast: false, opened_by: None, padding: None }
    }

    fn push(&mut self, clause: Clause) {
        if self.note.get(clause.terms.clone()).iter().any(|term| !term.is_mark()) {
            self.clauses.push(clause);
        }
    }

    /// A cause goes on over brackets; whatever follows a semicolon, colon or dash is a claim of its own.
    fn after_mark(&self, role: Role, border: &Border) -> Role {
        match border {
            Border::Open | Border::Close => role,
            _ => Role::Main,
        }
    }

    /// Whether nothing but marks, "and" or padding stands before a connecting word.
    fn opens_segment(&self, segment: usize, at: usize) -> bool {
        let padding = SemanticClasses::any(&[SemanticClass::Function, SemanticClass::Filler, SemanticClass::Cause]);
        let before = self.note.get(segment..at);
        // No turn of phrase is longer, and what stands before one clause is not to be looked at for each.
        if before.len() > 12 {
            return false;
        }
        let filled = before.iter().any(|term| term.has(SemanticClass::Filler));
        before
            .iter()
            .all(|term| term.is_mark() || term.is(Mark::Conjunction) || filled && term.sense.classes.is_within(padding))
    }

    /// A comma ends a subordinate clause that stood first: "Due to X, the customer …".
    fn leaves_subordinate(&self, role: Role, start: usize, at: usize) -> bool {
        let subordinate = !matches!(role, Role::Main | Role::Effect);
        let comma = self.note.terms.get(at).is_some_and(Term::is_mark);
        subordinate && comma && at.saturating_sub(start) >= 1
    }

    fn border(&self, at: usize) -> Option<Border> {
        let term = self.note.terms.get(at)?;
        if term.is_mark() {
            return match self.note.text(term) {
                ":" if term.is(Mark::Label) => None,
                "." if self.is_of_abbreviation(at) => None,
                ";" | ":" | "." | "!" | "?" | "|" | "→" | "⇒" => Some(Border::Strong),
                "-" | "/" if !term.joined && self.is_spaced(at) => Some(Border::Strong),
                // "No budget = no intent" draws a conclusion, "12 = 0.35 %" a sum.
                "=" if self
                    .note
                    .terms
                    .get(at + 1)
                    .is_none_or(|next| next.kind != crate::lexicon::token::Kind::Number) =>
                {
                    Some(Border::Connector(Role::Effect))
                }
                "," => Some(Border::Weak),
                "(" | "[" => Some(Border::Open),
                ")" | "]" => Some(Border::Close),
                _ => None,
            };
        }
        if term.has(SemanticClass::Concession) {
            return Some(Border::Connector(Role::Concession));
        }
        if term.is(Mark::OpensCondition) {
            return Some(Border::Connector(Role::Condition));
        }
        if term.is(Mark::RuledOut) && term.has(SemanticClass::Cause) {
            return Some(Border::Connector(Role::Concession));
        }
        if term.has(SemanticClass::Cause) && !term.is(Mark::NoCause) {
            return Some(Border::Connector(Role::Cause));
        }
        if term.has(SemanticClass::Effect) && !term.is(Mark::NoEffect) {
            return Some(Border::Connector(Role::Effect));
        }
        if term.has(SemanticClass::Contrast) && !term.is(Mark::NoContrast) {
            return Some(Border::Contrast);
        }
        if term.has(SemanticClass::Condition) {
            return Some(Border::Connector(Role::Condition));
        }
        term.is(Mark::Joiner).then_some(Border::Weak)
    }

    /// The stop of "Inc. has" and "e.g. the": inside a sentence, before a gap or after a single letter.
    fn is_of_abbreviation(&self, at: usize) -> bool {
        let text =
            |at: Option<usize>| at.and_then(|at| self.note.terms.get(at)).map_or("", |term| self.note.text(term));
        let (before, after) = (text(at.checked_sub(1)), text(Some(at + 1)));
        let inside = at + 1 < self.end && ![before, after].contains(&".");
        let letter = before.chars().count() == 1 && before.chars().all(char::is_alphabetic);
        inside && (letter || self.is_spaced(at + 1))
    }

    fn is_spaced(&self, at: usize) -> bool {
        self.note.terms.get(at).is_some_and(|term| {
            let before = self.note.normal.text().get(..term.range().start).unwrap_or_default();
            before.ends_with(char::is_whitespace)
        })
    }
}
