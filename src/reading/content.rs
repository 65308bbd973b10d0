//! What a sentence is about: the status, or something that does not belong into a status note.

use super::clause::Clause;
use super::intent::{Basis, Direction, Evidence, Strength, of, speaks_of_help, within};
use super::lexicon::{Class, Classes, Sense};
use super::stray::StrayKind;
use super::token::Kind;
use super::unit::{Unit, Units};

/// What a sentence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Content {
    /// The customer and the service.
    Status,
    /// Something that does not belong into a status note.
    Astray(StrayKind),
}

impl Content {
    /// What it is about instead of the status.
    pub(crate) fn stray(self) -> Option<StrayKind> {
        match self {
            Self::Status => None,
            Self::Astray(kind) => Some(kind),
        }
    }
}

/// What each sentence of a note is about.
pub(crate) fn contents(note: &Units, clauses: &[Clause], evidence: &[Evidence]) -> Vec<Content> {
    let mut next = 0;
    let mut contents = Vec::with_capacity(note.sentences.len());
    for (sentence, range) in note.sentences.iter().enumerate() {
        let first = next;
        while clauses.get(next).is_some_and(|clause| clause.sentence == sentence) {
            next += 1;
        }
        contents.push(of_units(note, note.get(range.clone()), within(evidence, first..next)));
    }
    contents
}

/// What each clause of a note is about, seen by itself.
pub(crate) fn of_clauses(note: &Units, clauses: &[Clause], evidence: &[Evidence]) -> Vec<Content> {
    let each = clauses.iter().enumerate();
    each.map(|(at, clause)| of_units(note, note.get(clause.units.clone()), of(evidence, at))).collect()
}

fn of_units(note: &Units, units: &[Unit], evidence: &[Evidence]) -> Content {
    let defined = units.first().is_some_and(|unit| unit.sense.names.is_some());
    if !defined && !may_be_astray(note, units) {
        return Content::Status;
    }
    let words: Vec<&Unit> = units.iter().filter(|unit| !unit.is_mark()).collect();
    let unsaid = || !evidence.iter().any(|e| e.strength == Strength::Plain);
    match () {
        () if is_placeholder(&words) => Content::Astray(StrayKind::Placeholder),
        () if is_greeting(&words) || is_question(note, units) => Content::Astray(StrayKind::Greeting),
        () if is_to_do(&words, evidence) => Content::Astray(StrayKind::ToDo),
        () if is_pointer(note, units, evidence) => Content::Astray(StrayKind::Pointer),
        () if is_praise(&words) || is_definition(note, &words) => Content::Astray(StrayKind::Praise),
        () if is_usage(note, units, evidence) => Content::Astray(StrayKind::Usage),
        () if speaks_of_help(units) && unsaid() => Content::Astray(StrayKind::Benefit),
        () if is_engagement(&words, evidence) => Content::Astray(StrayKind::Engagement),
        () => Content::Status,
    }
}

/// Whether anything in it could lead away from the status: most clauses hold no such word.
fn may_be_astray(note: &Units, units: &[Unit]) -> bool {
    let leading = Classes::any(&[
        Class::Placeholder,
        Class::Greeting,
        Class::ToDo,
        Class::Pointer,
        Class::Praise,
        Class::Usage,
        Class::Benefit,
        Class::Help,
        Class::Meeting,
        Class::Arrange,
        Class::Reach,
        Class::Talk,
        Class::Aside,
    ]);
    units.iter().any(|unit| {
        let asks = unit.kind == Kind::Mark && note.text(unit) == "?";
        unit.noise || unit.meets(leading) || unit.kind == Kind::Number || asks
    })
}

fn is_placeholder(words: &[&Unit]) -> bool {
    let fillers = words.iter().filter(|unit| unit.has(Class::Placeholder)).count();
    if fillers >= 4 && fillers * 2 >= words.len() {
        return true;
    }
    let noise = words.iter().filter(|unit| unit.noise && !unit.acronym).count();
    let rest = words.iter().filter(|unit| {
        !unit.has(Class::Placeholder)
            && !unit.has(Class::ToDo)
            && !unit.noise
            && !unit.has(Class::Function)
            && !unit.has(Class::Generic)
            && !unit.has(Class::Trouble)
    });
    !words.is_empty() && fillers + noise > 0 && rest.count() <= (fillers + noise) / 3
}

fn is_greeting(words: &[&Unit]) -> bool {
    words.first().is_some_and(|unit| unit.has(Class::Greeting)) && words.len() <= 5
        || words.first().is_some_and(|unit| unit.has(Class::Greeting))
            && !words
                .iter()
                .any(|unit| unit.has(Class::Adopt) || unit.has(Class::Obstacle) || unit.has(Class::Progress))
        || !words.is_empty()
            && words.iter().any(|unit| unit.has(Class::Greeting))
            && words
                .iter()
                .all(|unit| unit.has(Class::Greeting) || unit.has(Class::Function) || unit.has(Class::Generic))
}

/// How many things the words name that belong to no list of meetings, figures or people: what the sentence is about.
fn matter(words: &[&Unit]) -> usize {
    words
        .iter()
        .filter(|unit| {
            unit.kind == Kind::Word
                && (unit.sense == Sense::default() && !unit.proper
                    || unit.sense.belongs.is_some()
                    || unit.has(Class::Topic))
        })
        .count()
}

fn is_question(note: &Units, units: &[Unit]) -> bool {
    units.iter().rfind(|unit| !matches!(note.text(unit), "\"" | "'" | ")")).is_some_and(|unit| note.text(unit) == "?")
}

fn is_to_do(words: &[&Unit], evidence: &[Evidence]) -> bool {
    words.iter().any(|unit| unit.has(Class::ToDo) && !unit.has(Class::Generic))
        && matter(words) < 4
        && !evidence.iter().any(|e| e.strength == Strength::Plain && e.direction == Direction::Against)
        && !evidence.iter().any(|e| e.basis == Basis::Progress && e.strength == Strength::Plain)
}

/// A word that points, then a place or a person to look at, or nothing else at all.
fn is_pointer(note: &Units, units: &[Unit], evidence: &[Evidence]) -> bool {
    let takes_side = |e: &Evidence| {
        e.basis != Basis::Progress && (e.strength == Strength::Plain || e.direction == Direction::Against)
    };
    if evidence.iter().any(takes_side) {
        return false;
    }
    let words = units.iter().filter(|unit| !unit.is_mark()).count();
    units.iter().enumerate().any(|(at, unit)| {
        // "Asked thrice" tells of a question, "ask the architect" sends there.
        let told = note.text(unit) == "asked";
        if !unit.has(Class::Pointer) || told || unit.has(Class::Function) && unit.words == 1 {
            return false;
        }
        let after = units.get(at + 1..).unwrap_or_default();
        let leads = at == 0
            || units.get(at - 1).is_some_and(|before| {
                let quoted = matches!(note.text(before), "'" | "\"");
                before.is_mark() && !quoted || note.text(before) == "please"
            });
        let place = after
            .iter()
            .take(7)
            .any(|u| u.has(Class::Elsewhere) || (leads && (u.has(Class::Person) || u.sense.names.is_some())));
        place && (leads || unit.words > 1) || unit.words > 1 && (after.len() <= 2 || words <= 5)
    })
}

/// Two words of advertisement or more, and neither a no nor a figure, which would tell of somebody.
fn is_praise(words: &[&Unit]) -> bool {
    let tells = Classes::any(&[
        Class::Negation,
        Class::Refuse,
        Class::Obstacle,
        Class::Trouble,
        Class::Stay,
        Class::Silence,
        Class::Unknown,
        Class::Progress,
        Class::Phase,
        Class::Duplicate,
    ]);
    let ad = Classes::any(&[Class::Negation, Class::Refuse, Class::Obstacle, Class::Trouble, Class::Silence]);
    let praises = words.iter().filter(|unit| unit.has(Class::Praise)).count();
    let others = words.iter().any(|unit| unit.meets(tells) || unit.kind == Kind::Number);
    praises >= 2 && praises * 8 >= words.len() && !others
        || praises >= 3 && praises * 6 >= words.len() && !words.iter().any(|unit| unit.meets(ad))
}

/// "Teams is a hub for …": what the product is, which everybody may read in its catalogue.
fn is_definition(note: &Units, words: &[&Unit]) -> bool {
    const KINDS: &[&str] =
        &["app", "family", "hub", "platform", "product", "service", "solution", "suite", "technology", "tool"];
    let [name, is, article, rest @ ..] = words else { return false };
    let defines = name.sense.names.is_some()
        && matches!(note.text(is), "is" | "are")
        && matches!(note.text(article), "a" | "an" | "the");
    let kind = rest.iter().take(4).position(|unit| KINDS.contains(&note.text(unit)));
    let goes_on =
        kind.and_then(|at| rest.get(at + 1)).is_some_and(|unit| matches!(note.text(unit), "for" | "that" | "which"));
    defines && goes_on && !words.iter().any(|unit| unit.has(Class::Negation))
}

fn is_usage(note: &Units, units: &[Unit], evidence: &[Evidence]) -> bool {
    let counted =
        || units.iter().enumerate().any(|(at, unit)| is_state_of_seats(note, unit) && stands_by_figure(units, at));
    // A "shared-login workstation" is a machine.
    let joined = |at: usize| units.get(at).is_some_and(|unit| unit.joined);
    // "Sign-in fails" is a blocker, "2 sign-ins" are usage.
    let counts = |at: usize, unit: &Unit| !is_signing_in(note, unit) || stands_by_figure(units, at);
    let named =
        |(at, unit): (usize, &Unit)| unit.has(Class::Usage) && !joined(at) && !joined(at + 1) && counts(at, unit);
    let usage = units.iter().enumerate().any(named) || counted();
    if !usage || units.iter().any(|unit| unit.has(Class::Duplicate)) {
        return false;
    }
    let words: Vec<&Unit> = units.iter().filter(|unit| !unit.is_mark()).collect();
    if matter(&words) >= 4 {
        return false;
    }
    let figure = units.iter().any(|unit| unit.kind == Kind::Number || unit.has(Class::Count))
        || units.iter().any(|unit| matches!(note.text(unit), "l1" | "l2" | "l3" | "%" | "trend flat"));
    let bare = words.len() <= 4 && words.iter().all(|unit| unit.sense != Sense::default());
    let level = units.iter().any(|unit| matches!(note.text(unit), "l1" | "l2" | "l3"));
    let working = evidence.iter().any(|e| e.basis == Basis::Progress && e.direction == Direction::For)
        || units.iter().any(|unit| unit.has(Class::Phase));
    let refused = evidence.iter().any(|e| e.direction == Direction::Against && e.strength == Strength::Plain);
    (figure || bare) && (level || !working && !refused)
}

/// "Active 12", "3,412 eligible": how many seats are in which state.
fn is_state_of_seats(note: &Units, unit: &Unit) -> bool {
    matches!(note.text(unit), "active" | "assigned" | "consumed" | "eligible" | "enabled" | "entitled" | "inactive")
}

fn is_signing_in(note: &Units, unit: &Unit) -> bool {
    unit.any_word(note, |word| word.starts_with("log") || word.starts_with("sign"))
}

fn stands_by_figure(units: &[Unit], at: usize) -> bool {
    let figure = |at: Option<usize>| {
        let unit = at.and_then(|at| units.get(at));
        unit.is_some_and(|unit| unit.kind == Kind::Number || unit.has(Class::Count) || unit.has(Class::Negation))
    };
    figure(at.checked_sub(1)) || figure(Some(at + 1))
}

/// "We talked about Jamf and Knox", "Topics: …": what leads the sentence is that somebody spoke.
fn is_talk(words: &[&Unit]) -> bool {
    let mut content = words.iter().filter(|unit| !unit.has(Class::Function) || unit.words > 1);
    let led = |unit: &&&Unit| unit.subject || unit.has(Class::Time) || unit.has(Class::Person);
    content.find(|unit| unit.has(Class::Talk) || !led(unit)).is_some_and(|unit| unit.has(Class::Talk))
}

/// Meetings with a date, arrangements, attempts without an outcome; not where anything is said about the status.
fn is_engagement(words: &[&Unit], evidence: &[Evidence]) -> bool {
    let count = |class| words.iter().filter(|unit| unit.has(class)).count();
    let logistic = |unit: &&Unit| unit.has(Class::Meeting) || unit.has(Class::Arrange);
    let says_status =
        evidence.iter().any(|e| {
            e.strength == Strength::Plain && (e.direction == Direction::Against || e.basis == Basis::Progress)
                || e.direction == Direction::Against && (e.basis == Basis::Refusal || !words.iter().any(logistic))
        }) || [Class::Silence, Class::Unknown, Class::Phase, Class::Negation].into_iter().any(|class| count(class) > 0)
            || words.iter().any(|unit| unit.has(Class::Duplicate) && !unit.has(Class::Count));
    let plain = evidence.iter().any(|e| e.strength == Strength::Plain);
    if count(Class::Aside) >= 2 && count(Class::Duplicate) == 0 && !plain {
        return true;
    }
    if says_status {
        return false;
    }
    if is_talk(words) {
        return true;
    }
    // "12 minutes" are a time, not those of a meeting.
    let meetings = words.iter().filter(|unit| unit.has(Class::Meeting) && !unit.has(Class::Time)).count();
    let arranging = count(Class::Arrange) + count(Class::Reach);
    if matter(words) >= 2 * (meetings + arranging).max(2) {
        return false;
    }
    let dated = count(Class::Time) > 0 || words.len() <= 6;
    meetings >= 1 && (arranging >= 1 || meetings >= 2 || dated)
        || arranging >= 2
        || count(Class::Reach) >= 1 && words.len() <= 10
}
