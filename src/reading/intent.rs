//! Intent: what the clauses of a note say about using the service, with the scope of negation.
//!
//! In a clause the parity of its negating words decides: "will not deploy" is negative, "not stalled" and "no intent
//! to pause" are positive. A clause about another product speaks against this one. What is only granted ("although …")
//! or only a condition ("once …") is no claim.

use super::clause::{Clause, Role};
use super::lexicon::{Class, Classes, Sense, WorkloadIndex};
use super::token::Kind;
use super::unit::{Unit, Units};
use std::ops::Range;

/// Which way a clause speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Direction {
    For,
    Against,
}

/// How plainly it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strength {
    /// It speaks of something else, or only implies it.
    Implied,
    /// It speaks of the service or of its deployment.
    Plain,
}

/// What kind of words carry the evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Basis {
    /// Saying what they want.
    Wish,
    /// Taking into use.
    Will,
    /// Being kept from it, or keeping it: what does so is named in the same clause.
    Hindrance,
    /// Refusing or giving up.
    Refusal,
    /// Work under way, phases, completion.
    Progress,
    /// Staying with, or choosing, something else.
    Other,
    /// The deployment named, and nothing known said of it: "the upgrade is contraindicated".
    Mention,
}

/// One clause's say on the intent.
#[derive(Debug, Clone)]
pub(crate) struct Evidence {
    pub(crate) direction: Direction,
    pub(crate) strength: Strength,
    pub(crate) basis: Basis,
    /// The units from the first to the last that carry it.
    pub(crate) units: Range<usize>,
    pub(crate) clause: usize,
    pub(crate) role: Role,
    pub(crate) contrast: bool,
}

/// Verbs that lead to the one that carries the evidence.
const AUXILIARIES: &[&str] = &[
    "are", "can", "could", "did", "do", "does", "had", "has", "have", "is", "may", "might", "shall", "should", "was",
    "were", "will", "would",
];

impl Evidence {
    /// The units that carry it and the auxiliary verbs before them: "will not deploy", not only "not deploy".
    pub(crate) fn with_auxiliaries(&self, note: &Units) -> Range<usize> {
        let before = note.get(0..self.units.start).iter().rev();
        let auxiliaries = before.take_while(|unit| AUXILIARIES.contains(&note.text(unit))).count();
        self.units.start - auxiliaries..self.units.end
    }
}

/// The evidence of one clause. Evidence is found clause by clause, so it stands in their order.
pub(crate) fn of(evidence: &[Evidence], clause: usize) -> &[Evidence] {
    within(evidence, clause..clause + 1)
}

/// The evidence of a run of clauses.
pub(crate) fn within(evidence: &[Evidence], clauses: Range<usize>) -> &[Evidence] {
    let start = evidence.partition_point(|e| e.clause < clauses.start);
    let end = evidence.partition_point(|e| e.clause < clauses.end);
    evidence.get(start..end).unwrap_or_default()
}

const FLIPS: [Class; 3] = [Class::Negation, Class::Refuse, Class::Obstacle];
const PREDICATES: [Class; 8] = [
    Class::Adopt,
    Class::Want,
    Class::Progress,
    Class::Done,
    Class::Phase,
    Class::Refuse,
    Class::Obstacle,
    Class::Stay,
];

/// What each clause of a note says about the intent; `own` is the record's workload.
pub(crate) fn evidence(note: &Units, clauses: &[Clause], own: Option<WorkloadIndex>) -> Vec<Evidence> {
    let subject = Subject::of(note, own);
    let mut found: Vec<Evidence> = Vec::new();
    for (at, clause) in clauses.iter().enumerate() {
        let Some(mut evidence) = of_clause(note, clause, at, subject) else { continue };
        if evidence.strength == Strength::Implied && evidence.basis != Basis::Other && has_no_subject(note, clause) {
            // "Customer is thrilled and wants all of it": the verb shares the subject of the clause before.
            let shared = at.checked_sub(1).and_then(|before| clauses.get(before)).is_some_and(|before| {
                before.sentence == clause.sentence
                    && before.role == clause.role
                    && is_about_service(note.get(before.units.clone()), own)
            });
            if shared {
                evidence.strength = Strength::Plain;
            }
        }
        found.push(evidence);
    }
    found
}

/// Whether a clause starts with its verb.
fn has_no_subject(note: &Units, clause: &Clause) -> bool {
    let verbs = Classes::any(&PREDICATES);
    let first = note.get(clause.units.clone()).iter().find(|unit| !unit.is_mark());
    first.is_some_and(|unit| unit.meets(verbs) || matches!(note.text(unit), "is" | "are" | "has" | "have" | "will"))
}

fn of_clause(note: &Units, clause: &Clause, at: usize, subject: Subject) -> Option<Evidence> {
    let own = subject.own;
    let units = note.get(clause.units.clone());
    let unknown = Classes::any(&[Class::Unknown, Class::Silence]);
    let asked = units.iter().any(|unit| unit.has(Class::Want)) && super::contact::is_not_learnt(units);
    if speaks_of_help(units) || asked || units.iter().any(|unit| unit.meets(unknown)) {
        // "Could not gather their intent" says nothing of what it is.
        return None;
    }
    let predicates = Classes::any(&PREDICATES);
    let flips = Classes::any(&FLIPS);
    let attributes = |at: usize| is_attribute(note, units, at);
    let carries = |(at, unit): (usize, &Unit)| {
        !unit.has(Class::Neutral) && (unit.meets(predicates) || unit.meets(flips)) && !attributes(at)
    };
    if let Some(refusal) = bare_refusal(note, clause, at, own).or_else(|| inability(note, clause, at)) {
        return Some(refusal);
    }
    let first = units.iter().enumerate().position(carries)?;
    let last = units.iter().enumerate().rposition(carries)?;
    let found = units.iter().enumerate().filter(|(at, unit)| !unit.has(Class::Neutral) && !attributes(*at));
    let (mut seen, mut turns) = (Classes::NONE, Turns::default());
    let (mut keeps, mut inability) = (false, false);
    for (position, unit) in found {
        let text = note.text(unit);
        if unit.has(Class::Progress) && goes_on_elsewise(note, units, position) {
            continue;
        }
        if keeps && text.ends_with("ing") {
            // "Keeps moving its rosters over": to keep doing is to go on.
            seen = seen.with(Class::Progress);
        }
        keeps = matches!(text, "keep" | "keeps" | "kept");
        seen = seen.union(unit.sense.classes);
        // "With nothing to manage they pass on it" denies what there is to manage.
        let before = position.checked_sub(1).and_then(|before| units.get(before));
        let nothing = text == "nothing" && before.is_some_and(|unit| note.text(unit) == "with");
        if nothing {
            continue;
        }
        let wish = units.get(position + 1).is_some_and(|next| next.has(Class::Want));
        if is_struck(note, units, position) || is_short_of(note, units, position) {
            seen = seen.with(Class::Refuse);
            turns.count += 1;
        }
        if unit.has(Class::Refuse)
            && text.starts_with("stay")
            && units.get(position + 1).is_some_and(|next| next.has(Class::Refuse))
        {
            // "Stays switched off" says it once.
            continue;
        }
        if unit.meets(flips) && !unit.has(Class::Progress) && (!negates_thing(text) || wish) {
            turns.meet(text, unit);
        }
        inability |= is_inability(text);
    }
    if turns.count == 0 && opens_with_trouble(units) {
        seen = seen.with(Class::Obstacle);
        turns.count = 1;
    }
    if !seen.meets(predicates) {
        return None;
    }
    let negated = turns.count % 2 == 1;
    let rests = units.iter().any(|unit| matches!(note.text(unit), "remain" | "remains" | "stay" | "stays"));
    let names_own = own.is_some() && units.iter().any(|unit| unit.sense.names == own);
    let basis = match basis(seen) {
        // "The rollout of Teams continues with wave 2" stays with this service.
        // What "stays dark" or "remains unused" is not for a word list to say.
        Basis::Other if names_own && rests => return None,
        Basis::Other if names_own => Basis::Progress,
        // "Cannot be installed": kept from it, not unwilling.
        Basis::Will if inability => Basis::Hindrance,
        basis => basis,
    };
    if negated && basis == Basis::Progress && !seen.has(Class::Progress) {
        // "Not yet finished" says that work remains, not that nobody wants it.
        return None;
    }
    let foreign = names_other_choice(note, units, subject);
    let (direction, basis) = match (negated, basis) {
        (false, Basis::Other) => (Direction::Against, Basis::Other),
        (false, Basis::Wish | Basis::Will | Basis::Progress) if foreign => (Direction::Against, Basis::Other),
        (true, basis) if foreign => (Direction::Against, basis),
        (false, basis) => (Direction::For, basis),
        (true, basis) => (Direction::Against, basis),
    };
    let work = Classes::any(&[Class::Progress, Class::Done, Class::Adopt, Class::Want, Class::Refuse, Class::Obstacle]);
    // "Rollout, pilot, wave one": names of phases alone claim nothing.
    let headline = opens_as_headline(units) && matches!(basis, Basis::Hindrance | Basis::Refusal);
    let plain = headline || is_about_service(units, own) && basis != Basis::Other && (seen.meets(work) || negated);
    let modifier = first == last && is_modifier(note, units, first);
    let mention = direction == Direction::For && basis == Basis::Will && first == last && is_noun(note, units, first);
    let basis = if mention { Basis::Mention } else { basis };
    Some(Evidence {
        direction,
        strength: if plain && !modifier && !mention { Strength::Plain } else { Strength::Implied },
        basis,
        units: clause.units.start + first..clause.units.start + last + 1,
        clause: at,
        role: clause.role,
        contrast: clause.contrast,
    })
}

/// How often a clause turns its sense round.
#[derive(Debug, Default)]
struct Turns<'n> {
    count: u32,
    negated: bool,
    last: &'n str,
}

impl<'n> Turns<'n> {
    /// "They do not want nothing of it" negates once, in the speech of many; "blocked as it was blocked" blocks once.
    fn meet(&mut self, text: &'n str, unit: &Unit) {
        const AGREEING: &[&str] =
            &["never", "nil", "no", "no one", "nobody", "none", "none of", "nor", "nothing", "nowhere"];
        let agrees = self.negated && AGREEING.contains(&text);
        let again = self.last == text && unit.has(Class::Obstacle);
        self.count += u32::from(!agrees && !again);
        self.negated |= unit.has(Class::Negation);
        self.last = text;
    }
}

/// "The blocked enrolments", "last week's rejected devices": a participle that only says which ones are meant.
fn is_attribute(note: &Units, units: &[Unit], at: usize) -> bool {
    let Some(unit) = units.get(at) else { return false };
    if !(unit.has(Class::Obstacle) || unit.has(Class::Refuse)) || unit.words > 1 || !note.text(unit).ends_with("ed") {
        return false;
    }
    let determined = at.checked_sub(1).and_then(|before| units.get(before)).is_some_and(|before| {
        let text = note.text(before);
        before.kind == Kind::Number
            || before.has(Class::Count)
            || text.ends_with("'s")
            || matches!(
                text,
                "a" | "all"
                    | "an"
                    | "any"
                    | "her"
                    | "his"
                    | "its"
                    | "our"
                    | "some"
                    | "the"
                    | "their"
                    | "these"
                    | "those"
            )
    });
    let noun = units.get(at + 1).is_some_and(|next| {
        !next.is_mark()
            && !next.has(Class::Function)
            && !next.has(Class::Negation)
            && !next.has(Class::Cause)
            && !next.has(Class::Condition)
            && !note.text(next).ends_with("ly")
    });
    determined && noun
}

/// "No.", "not with Teams", "Planner is not for us": a negation and the service's own name, and no verb that would say
/// what is negated.
fn bare_refusal(note: &Units, clause: &Clause, at: usize, own: Option<WorkloadIndex>) -> Option<Evidence> {
    let units = note.get(clause.units.clone());
    let verbs = Classes::any(&PREDICATES);
    let words = || units.iter().filter(|unit| !unit.is_mark());
    let negation = words().any(|unit| unit.has(Class::Negation));
    let named = own.is_some() && words().any(|unit| unit.sense.names == own);
    let alone = words().count() == 1;
    let silent = words().any(|unit| unit.has(Class::Silence) || unit.has(Class::Unknown) || unit.has(Class::Neutral));
    if !negation || !(named || alone) || silent || words().any(|unit| unit.meets(verbs)) {
        return None;
    }
    let strength = if words().count() > 6 { Strength::Implied } else { Strength::Plain };
    Some(Evidence {
        direction: Direction::Against,
        strength,
        basis: Basis::Will,
        units: clause.units.clone(),
        clause: at,
        role: clause.role,
        contrast: clause.contrast,
    })
}

/// "Customer cannot load a single library", "they will not implant": who cannot or will not, whatever it is called.
fn inability(note: &Units, clause: &Clause, at: usize) -> Option<Evidence> {
    let units = note.get(clause.units.clone());
    let verbs = Classes::any(&PREDICATES);
    if !matches!(clause.role, Role::Main | Role::Effect) || units.iter().any(|unit| unit.meets(verbs)) {
        return None;
    }
    let words: Vec<(usize, &Unit)> = units.iter().enumerate().filter(|(_, unit)| !unit.is_mark()).take(4).collect();
    let subject = words.iter().position(|(_, unit)| unit.subject && note.text(unit) != "it")?;
    let (no, _) = words.iter().skip(subject + 1).find(|(at, unit)| {
        let future =
            at.checked_sub(1).and_then(|before| units.get(before)).is_some_and(|unit| note.text(unit) == "will");
        is_inability(note.text(unit))
            || matches!(note.text(unit), "won't" | "wont")
            || future && unit.has(Class::Negation)
    })?;
    units.get(no + 1).filter(|verb| !verb.is_mark() && !verb.has(Class::Answer) && !verb.has(Class::Reply))?;
    Some(Evidence {
        direction: Direction::Against,
        strength: Strength::Implied,
        basis: Basis::Hindrance,
        units: clause.units.clone(),
        clause: at,
        role: clause.role,
        contrast: clause.contrast,
    })
}

/// "Has struck it from its plans", "crossed off the list": taken out of what they plan.
fn is_struck(note: &Units, units: &[Unit], at: usize) -> bool {
    const TAKEN: &[&str] = &[
        "cross",
        "crossed",
        "cut",
        "delete",
        "deleted",
        "erased",
        "remove",
        "removed",
        "scratched",
        "strike",
        "struck",
        "take",
        "taken",
        "took",
    ];
    const FROM: &[&str] =
        &["agenda", "budget", "list", "plan", "planning", "plans", "programme", "road map", "roadmap", "scope"];
    let text = |at: usize| units.get(at).map_or("", |unit| note.text(unit));
    TAKEN.contains(&text(at))
        && (at + 1..at + 6).any(|near| {
            matches!(text(near), "from" | "off" | "out") && (near + 1..near + 4).any(|plan| FROM.contains(&text(plan)))
        })
}

/// "Continue to monitor the situation": what goes on is what comes after, and that is no work on the service.
pub(crate) fn goes_on_elsewise(note: &Units, units: &[Unit], at: usize) -> bool {
    let text = |at: usize| units.get(at).map_or("", |unit| note.text(unit));
    let aspect = ["begin", "began", "continu", "keep", "start"].iter().any(|verb| text(at).starts_with(verb));
    let after = units.get(at + 2..).unwrap_or_default();
    let work = Classes::any(&PREDICATES);
    let told = |unit: &Unit| {
        unit.service
            || unit.meets(work)
            || unit.sense.names.is_some()
            || unit.sense.belongs.is_some()
            || unit.sense == Sense::default()
    };
    aspect && text(at + 1) == "to" && !after.is_empty() && !after.iter().any(told)
}

/// "The deployment", "their upgrade": a noun of taking into use, and not the verb.
fn is_noun(note: &Units, units: &[Unit], at: usize) -> bool {
    const BOTH: &[&str] = &["install", "launch", "move", "pilot", "start", "switch", "upgrade"];
    const DONE_BY: &[&str] = &["carries", "did", "do", "does", "doing", "handles", "leads", "makes", "manages", "runs"];
    let Some(unit) = units.get(at).filter(|unit| unit.has(Class::Adopt) && unit.words == 1) else { return false };
    let text = note.text(unit);
    let before = units.get(at.saturating_sub(3)..at).unwrap_or_default();
    if before.iter().any(|near| DONE_BY.contains(&note.text(near))) {
        return false;
    }
    let determined = before.last().is_some_and(|near| {
        let text = note.text(near);
        text.ends_with("'s") || matches!(text, "a" | "an" | "any" | "its" | "our" | "that" | "the" | "their" | "this")
    });
    let after = units.get(at + 1).map_or("", |unit| note.text(unit));
    let subject = matches!(after, "can" | "can't" | "cannot" | "has" | "is" | "was" | "would");
    let noun = text.ends_with("tion") || text.ends_with("ment") || matches!(text, "cutover" | "rollout");
    noun || BOTH.contains(&text) && (determined || subject)
}

/// Too much or too little for it: "not enough staff to deploy", "too old to run it".
fn is_short_of(note: &Units, units: &[Unit], at: usize) -> bool {
    let text = units.get(at).map_or("", |unit| note.text(unit));
    let short = text.starts_with("not enough") || text == "too" || text.starts_with("too ");
    let verbs = Classes::any(&[Class::Adopt, Class::Progress]);
    short
        && units
            .windows(2)
            .skip(at + 1)
            .any(|pair| matches!(pair, [to, verb] if note.text(to) == "to" && verb.meets(verbs)))
}

/// "The migration limits", "a deployment tool": a noun of taking into use that only says of what kind the next is.
fn is_modifier(note: &Units, units: &[Unit], at: usize) -> bool {
    let modifies = units.get(at).is_some_and(|unit| {
        let text = note.text(unit);
        unit.has(Class::Adopt) && (text.ends_with("tion") || text.ends_with("ment"))
    });
    let verbs = Classes::any(&[
        Class::Function,
        Class::Negation,
        Class::Neutral,
        Class::HedgeTime,
        Class::HedgeDoubt,
        Class::Time,
        Class::Cause,
        Class::Condition,
        Class::Phase,
    ]);
    modifies
        && units
            .get(at + 1)
            .is_some_and(|next| !next.is_mark() && !next.meets(verbs) && !next.meets(Classes::any(&PREDICATES)))
}

/// "Blocked.", "Stopped at wave 1:" speak of the record itself.
fn opens_as_headline(units: &[Unit]) -> bool {
    let stops = Classes::any(&[Class::Refuse, Class::Obstacle]);
    units.iter().find(|unit| !unit.is_mark()).is_some_and(|unit| unit.meets(stops))
}

/// "Not without the agreement": these deny the thing after them, not the verb. "Zero appetite" denies the wish.
fn negates_thing(text: &str) -> bool {
    matches!(text, "absence of" | "free of" | "without" | "w/o" | "zero")
}

fn is_inability(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "can't",
        "cannot",
        "cant",
        "could not",
        "couldn't",
        "impossible",
        "incapable of",
        "not able to",
        "unable",
        "unable to",
    ];
    WORDS.contains(&text)
}

/// "Hard stop on the migration: …": a noun for what stands in the way, at the head of its clause.
fn opens_with_trouble(units: &[Unit]) -> bool {
    let small = Classes::any(&[Class::Function, Class::Generic, Class::Vague]);
    units.iter().find(|unit| !unit.is_mark() && !unit.meets(small)).is_some_and(|unit| unit.has(Class::Trouble))
}

fn basis(seen: Classes) -> Basis {
    if seen.has(Class::Obstacle) {
        Basis::Hindrance
    } else if seen.has(Class::Refuse) {
        Basis::Refusal
    } else if seen.has(Class::Stay) && !seen.has(Class::Adopt) && !seen.has(Class::Progress) {
        Basis::Other
    } else if seen.has(Class::Want) {
        Basis::Wish
    } else if seen.has(Class::Adopt) && !seen.has(Class::Progress) && !seen.has(Class::Phase) {
        Basis::Will
    } else {
        Basis::Progress
    }
}

/// Declining the FastTrack benefit, or help of any kind, says nothing about the service.
pub(crate) fn speaks_of_help(units: &[Unit]) -> bool {
    let declining = Classes::any(&[Class::Refuse, Class::Negation, Class::Want]);
    units.iter().any(|unit| unit.has(Class::Benefit))
        || units.iter().enumerate().any(|(at, unit)| {
            let before = units.get(at.saturating_sub(4)..at).unwrap_or_default();
            unit.has(Class::Help) && (unit.meets(declining) || before.iter().any(|near| near.meets(declining)))
        })
}

/// Whether the clause speaks of the service, its deployment, or the customer's own doing.
fn is_about_service(units: &[Unit], own: Option<WorkloadIndex>) -> bool {
    let names_own = units.iter().any(|unit| unit.sense.names.is_some() && unit.sense.names == own);
    let mut words = units.iter().filter(|unit| !unit.is_mark());
    names_own || units.iter().any(|unit| unit.service) || words.by_ref().take(3).any(|unit| unit.subject)
}

/// Whether a word stands for the customer.
pub(crate) fn names_customer(word: &str) -> bool {
    const SUBJECTS: &[&str] = &[
        "client",
        "company",
        "customer",
        "firm",
        "he",
        "it",
        "organisation",
        "organization",
        "she",
        "tenant",
        "they",
        "we",
    ];
    SUBJECTS.contains(&word)
}

/// Whether a word or phrase speaks of the service or of its deployment.
pub(crate) fn names_service(text: &str) -> bool {
    const STEMS: &[&str] = &[
        "adopt",
        "cutover",
        "deploy",
        "enrol",
        "entitlement",
        "idea",
        "implement",
        "initiative",
        "intent",
        "interest",
        "launch",
        "licence",
        "license",
        "migrat",
        "onboard",
        "project",
        "rollout",
        "seats",
        "service",
        "upgrad",
        "work",
        "workload",
    ];
    text.split(' ').any(|part| {
        let first = part.as_bytes().first();
        STEMS.iter().any(|stem| stem.as_bytes().first() == first && part.starts_with(stem))
    }) || text.starts_with("roll") && text.ends_with(" out")
}

/// What a note is about, seen once for all its clauses.
#[derive(Debug, Clone, Copy)]
struct Subject {
    /// The record's workload.
    own: Option<WorkloadIndex>,
    /// The note names it, and negates or refuses something.
    refused: bool,
}

impl Subject {
    fn of(note: &Units, own: Option<WorkloadIndex>) -> Self {
        let named = own.is_some() && note.units.iter().any(|unit| unit.sense.names == own);
        let refused = named && note.units.iter().any(|unit| unit.has(Class::Negation) || unit.has(Class::Refuse));
        Self { own, refused }
    }
}

/// Whether the verb of the clause takes another product: "moving forward with Webex", "uses Zoom".
fn names_other_choice(note: &Units, units: &[Unit], subject: Subject) -> bool {
    let own = subject.own;
    const CHOICES: &[Class] = &[Class::Adopt, Class::Stay, Class::Want];
    let choices = Classes::any(CHOICES);
    if own.is_some() && units.iter().any(|unit| unit.sense.names == own && !unit.is_mark()) {
        // "moving forward with Webex, not with Teams" is cut at the comma: only a clause without the own name counts.
        return false;
    }
    units.iter().enumerate().any(|(at, unit)| {
        let lives_on = note.text(unit).starts_with("live") && unit.words > 1;
        let goes_with = unit.has(Class::Progress) && (subject.refused || lives_on);
        (unit.meets(choices) && !unit.has(Class::Progress) || goes_with)
            && units.get(at + 1..).is_some_and(|after| {
                let takes_with = goes_with || unit.has(Class::Stay) || note.text(unit).ends_with(" with");
                starts_with_other_product(note, after, own, takes_with)
            })
    })
}

fn starts_with_other_product(note: &Units, after: &[Unit], own: Option<WorkloadIndex>, takes_with: bool) -> bool {
    for unit in after.iter().take(4) {
        let text = note.text(unit);
        let kind_of_other = unit.has(Class::Topic)
            && text.split(' ').any(|part| {
                matches!(part, "another" | "competing" | "competitor" | "else" | "existing" | "other" | "own" | "rival")
            });
        let named_other = unit.names_other(own) || kind_of_other || matches!(text, "alternative" | "competitors");
        // "Is moving its mail there": to whatever was named before.
        if matches!(text, "there" | "elsewhere") {
            return true;
        }
        let unknown_name = (unit.proper || unit.acronym) && unit.sense == Sense::default();
        if named_other || unknown_name {
            return true;
        }
        let passes = matches!(
            text,
            "to" | "on"
                | "for"
                | "the"
                | "their"
                | "its"
                | "a"
                | "an"
                | "own"
                | "mail"
                | "mailboxes"
                | "files"
                | "data"
                | "everything"
                | "all"
        ) || takes_with && text == "with";
        if !passes {
            return false;
        }
    }
    false
}

/// The intent of a whole note.
#[derive(Debug, Clone)]
pub(crate) struct Intent {
    pub(crate) direction: Option<Direction>,
    /// Index of the evidence that decided.
    pub(crate) decided_by: Option<usize>,
    /// Plainly for, plainly against: the ground for mismatch and contradiction.
    pub(crate) plainly_for: bool,
    pub(crate) plainly_against: bool,
}

/// Weighs the evidence: claims before causes, plain before implied, after "but" before what stood before it.
pub(crate) fn weigh(evidence: &[Evidence]) -> Intent {
    let claims = |e: &&Evidence| matches!(e.role, Role::Main | Role::Effect);
    // What is refused or hindered in passing is mostly something else; work in passing is mostly this.
    let of_something_else = |e: &Evidence| {
        e.strength == Strength::Implied
            && e.role != Role::Effect
            && matches!(e.basis, Basis::Refusal | Basis::Hindrance)
    };
    let rank = |e: &Evidence| {
        (e.basis != Basis::Mention, e.contrast, e.strength, e.basis != Basis::Other, !of_something_else(e), e.direction)
    };
    let against = |basis: &[Basis]| {
        evidence.iter().filter(claims).any(|e| e.direction == Direction::Against && basis.contains(&e.basis))
    };
    let wished = evidence.iter().position(|e| {
        claims(&e) && e.basis == Basis::Wish && e.direction == Direction::For && e.strength == Strength::Plain
    });
    // "They want it but are stuck": being kept from something leaves the wish as it is; refusing it does not.
    let wished =
        wished.filter(|_| against(&[Basis::Hindrance]) && !against(&[Basis::Wish, Basis::Will, Basis::Refusal]));
    let decided = wished.and_then(|at| Some((at, evidence.get(at)?))).or_else(|| strongest(evidence, &rank));
    let plain =
        |direction| evidence.iter().filter(claims).any(|e| e.direction == direction && e.strength == Strength::Plain);
    Intent {
        direction: decided.map(|(_, e)| e.direction),
        decided_by: decided.map(|(at, _)| at),
        plainly_for: plain(Direction::For),
        plainly_against: plain(Direction::Against),
    }
}

/// The strongest claim, or, where nothing is claimed, the strongest cause.
fn strongest<'a, K: Ord>(evidence: &'a [Evidence], rank: &dyn Fn(&Evidence) -> K) -> Option<(usize, &'a Evidence)> {
    let of_roles = |roles: &[Role]| {
        evidence
            .iter()
            .enumerate()
            .filter(|(_, e)| roles.contains(&e.role))
            .max_by_key(|(at, e)| (rank(e), std::cmp::Reverse(*at)))
    };
    of_roles(&[Role::Main, Role::Effect]).or_else(|| of_roles(&[Role::Cause]))
}
