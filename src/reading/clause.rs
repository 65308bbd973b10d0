//! Clauses: the parts of a sentence that say one thing each, and what each is to the others.

use super::lexicon::{SemanticClass, SemanticClasses};
use super::mark::Mark;
use super::term::{Term, Terms};
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
            let tells_nothing = hollow || plain && is_long_enough(note, clause);
            if tells_nothing { &mut padding } else { &mut substantive }.push(clause.clone());
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
            [Some(Clause { terms: start..turn, ..clause.clone() }), Some(Clause { terms: turn..end, ..clause })]
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
        for at in range {
            let Some(border) = self.border(at) else { continue };
            let (next_role, next_contrast) = match border {
                Border::Strong | Border::Open | Border::Close => (self.after_mark(role, &border), false),
                Border::Weak if leads && self.leaves_subordinate(role, start, at) => (Role::Main, false),
                Border::Weak => (role, contrast),
                Border::Connector(next) => (next, false),
                Border::Contrast => (Role::Main, true),
            };
            // "Blocked by" says that it is blocked and opens the why.
            let keeps = matches!(border, Border::Connector(Role::Cause))
                && self.note.terms.get(at).is_some_and(|term| term.has(SemanticClass::Obstacle));
            self.push(start..at + usize::from(keeps), role, contrast);
            match border {
                Border::Strong => (segment, leads) = (at + 1, false),
                Border::Connector(_) => leads = self.opens_segment(segment, at),
                _ => {}
            }
            // "Which stops them deploying it": the connecting word carries the no.
            let carries = matches!(border, Border::Connector(Role::Effect))
                && self.note.terms.get(at).is_some_and(|term| term.has(SemanticClass::Obstacle));
            (start, role, contrast) = (at + usize::from(!carries), next_role, next_contrast);
        }
        self.push(start..self.end, role, contrast);
    }

    fn push(&mut self, terms: Range<usize>, role: Role, contrast: bool) {
        if self.note.get(terms.clone()).iter().any(|term| !term.is_mark()) {
            self.clauses.push(Clause { terms, role, sentence: self.sentence, contrast });
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
        before.iter().all(|term| {
            term.is_mark() || self.note.text(term) == "and" || filled && term.sense.classes.is_within(padding)
        })
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
                ":" if self.is_label(at) => None,
                ";" | ":" | "." | "!" | "?" | "|" | "→" | "⇒" => Some(Border::Strong),
                "-" | "/" if !term.joined && self.is_spaced(at) => Some(Border::Strong),
                // "No budget = no intent" draws a conclusion, "12 = 0.35 %" a sum.
                "=" if self.note.terms.get(at + 1).is_none_or(|next| next.kind != super::token::Kind::Number) => {
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
        if term.has(SemanticClass::Cause) && self.is_cause(at) {
            return Some(Border::Connector(Role::Cause));
        }
        if term.has(SemanticClass::Effect) && self.is_effect(at) {
            return Some(Border::Connector(Role::Effect));
        }
        if term.has(SemanticClass::Contrast) && self.is_contrast(at) {
            return Some(Border::Contrast);
        }
        if term.has(SemanticClass::Condition) {
            return Some(Border::Connector(Role::Condition));
        }
        matches!(self.note.text(term), "and" | "or" | "which" | "where").then_some(Border::Weak)
    }

    fn is_spaced(&self, at: usize) -> bool {
        self.note.terms.get(at).is_some_and(|term| {
            let before = self.note.normal.text().get(..term.range().start).unwrap_or_default();
            before.ends_with(char::is_whitespace)
        })
    }

    /// "Intent: none", "Managed: no": a form in words, label and answer belong together.
    fn is_label(&self, at: usize) -> bool {
        const LABELS: &[&str] =
            &["adoption", "deployment", "intent", "interest", "managed", "plan", "plans", "replies", "reply"];
        let alone = match at.checked_sub(2) {
            None => true,
            Some(before) => self.note.terms.get(before).is_none_or(|term| term.is_mark() || term.words > 1),
        };
        let answered = self.note.terms.get(at + 1).is_some_and(|term| {
            term.has(SemanticClass::Negation)
                || term.has(SemanticClass::Unknown)
                || matches!(self.note.text(term), "yes" | "positive" | "negative")
        });
        alone && answered && LABELS.contains(&self.text_at(at.checked_sub(1)))
    }

    fn text_at(&self, at: Option<usize>) -> &str {
        at.and_then(|at| self.note.terms.get(at)).map_or("", |term| self.note.text(term))
    }

    /// "since March" dates, "as soon", "as many", "such as" compare: none of them gives a why.
    fn is_cause(&self, at: usize) -> bool {
        let next = at + 1;
        let term_after = self.note.terms.get(next);
        match self.text_at(Some(at)) {
            "since" => !term_after.is_none_or(|term| {
                term.is_mark()
                    || term.kind == super::token::Kind::Number
                    || term.meets(SemanticClasses::of(SemanticClass::Time))
                    || matches!(
                        self.note.text(term),
                        "last" | "then" | "early" | "late" | "voided" | "the" | "our" | "their" | "its"
                    ) && self.dates_soon(next)
                    || self.is_milestone(next)
            }),
            "as" => {
                let before = self.text_at(at.checked_sub(1));
                !self.is_seen_as(at)
                    && !matches!(
                        before,
                        "same" | "such" | "well" | "as" | "known" | "long" | "soon" | "far" | "used" | "serve"
                    )
                    && !matches!(
                        self.text_at(Some(next)),
                        "of" | "per" | "well" | "part" | "planned" | "before" | "agreed" | "mentioned" | "discussed"
                    )
                    && (!matches!(self.text_at(Some(next)), "a" | "an") || self.has_verb(next))
            }
            "given" | "fearing" | "knowing" => term_after.is_some_and(|term| !term.is_mark()),
            "cause" | "reason" | "the reason" => {
                matches!(self.text_at(Some(next)), "is" | "was" | "being" | ":" | "-" | "for" | "why")
            }
            _ => true,
        }
    }

    /// "See it as money down the drain", "regarded it as a toy": what it is held for, and no why.
    fn is_seen_as(&self, at: usize) -> bool {
        const VERBS: &[&str] = &[
            "class",
            "classes",
            "considered",
            "consider",
            "counts",
            "describe",
            "described",
            "describes",
            "regard",
            "regarded",
            "regards",
            "saw",
            "see",
            "sees",
            "seen",
            "treat",
            "treated",
            "treats",
            "view",
            "viewed",
            "views",
        ];
        let before = self.note.get(at.saturating_sub(5)..at).iter().rev().take_while(|term| !term.is_mark());
        before.into_iter().any(|term| VERBS.contains(&self.note.text(term)))
    }

    /// "As a merger is a limiting factor" gives a why; "used as a tool" does not: a verb follows within the clause.
    fn has_verb(&self, at: usize) -> bool {
        const VERBS: &[&str] = &[
            "are", "can't", "cannot", "does", "do", "has", "have", "is", "must", "needs", "requires", "was", "were",
            "will",
        ];
        let part = self.note.get(at..(at + 16).min(self.end));
        part.iter()
            .take_while(|term| !term.is_mark())
            .any(|term| VERBS.contains(&self.note.text(term)) || term.has(SemanticClass::Obstacle))
    }

    /// "since the outage of March", "since our last update": a date follows within a few words.
    fn dates_soon(&self, at: usize) -> bool {
        self.note.get(at..(at + 4).min(self.end)).iter().any(|term| {
            term.has(SemanticClass::Time)
                || matches!(self.note.text(term), "update" | "call" | "meeting" | "note" | "quarter")
        }) || self.is_milestone(at + 1)
    }

    /// "since purchase", "since the go-live".
    fn is_milestone(&self, at: usize) -> bool {
        matches!(
            self.text_at(Some(at)),
            "activation" | "go live" | "kickoff" | "launch" | "purchase" | "renewal" | "rollout" | "signing" | "start"
        )
    }

    /// "so far" and "so that" give no effect, nor does "so" before an adjective.
    fn is_effect(&self, at: usize) -> bool {
        match self.text_at(Some(at)) {
            "so" => {
                !matches!(self.text_at(Some(at + 1)), "far" | "that" | "much" | "many" | "long" | "called")
                    && matches!(self.text_at(at.checked_sub(1)), "," | "and" | ";" | "-" | "" | ".")
                    || self.follows_clause(at)
            }
            "meaning" | "leaving" | "forcing" => self.text_at(at.checked_sub(1)) == ",",
            _ => true,
        }
    }

    fn follows_clause(&self, at: usize) -> bool {
        let verb = SemanticClasses::any(&[
            SemanticClass::Adopt,
            SemanticClass::Refuse,
            SemanticClass::Obstacle,
            SemanticClass::Negation,
            SemanticClass::Stay,
        ]);
        let after = self.note.get(at + 1..self.end);
        self.text_at(Some(at)) == "so"
            && !matches!(self.text_at(Some(at + 1)), "far" | "that" | "much" | "many" | "long" | "called")
            && after.iter().take(4).any(|term| term.meets(verb))
    }

    /// "still" and "yet" turn a sentence only where a clause could begin.
    fn is_contrast(&self, at: usize) -> bool {
        match self.text_at(Some(at)) {
            "still" | "rather" | "instead" | "otherwise" => false,
            "yet" => self.text_at(at.checked_sub(1)) == "," || self.text_at(at.checked_sub(1)).is_empty(),
            _ => true,
        }
    }
}
