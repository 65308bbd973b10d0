//! Contact: whether somebody was reached, how often it was tried, whom, and whether the account is managed.

use super::clause::Clause;
use super::lexicon::{Class, Classes};
use super::token::Kind;
use super::unit::{Unit, Units};
use super::weight::is_year;

/// What a note says about reaching the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and all combinations occur")]
pub struct Contact {
    /// Nobody answered.
    pub silent: bool,
    /// The intent could not be found out, answered or not.
    pub intent_unknown: bool,
    /// Somebody tried to find out, and the text says so: "could not gather", "not able to confirm".
    pub sought: bool,
    /// Attempts at contact are spoken of.
    pub attempts: bool,
    /// How many, in figures or words.
    pub counted: bool,
    /// Whom they went to.
    pub whom: bool,
    /// Managed or unmanaged is said.
    pub managed: bool,
    /// The text says that the customer answers, too.
    pub answered: bool,
    /// Somebody did answer in the end: "after 4 attempts the CIO picked up".
    pub heard: bool,
}

impl Contact {
    /// Whether it counts attempts and says whom they went to, or what kind of account it is: who writes so speaks of
    /// silence, in whatever words.
    #[must_use]
    pub fn tells_attempts(&self) -> bool {
        self.counted && (self.managed || self.attempts && self.whom)
    }
}

/// Reads what a note says about contact.
pub(crate) fn contact(note: &Units, clauses: &[Clause]) -> Contact {
    let has = |class| note.units.iter().any(|unit| unit.has(class));
    Contact {
        silent: is_silent(note) || spoken_to(note) && lacks_reply(note, clauses),
        intent_unknown: is_unknown(note, clauses) || spoken_to(note) && not_learnt(note, clauses),
        sought: note
            .units
            .iter()
            .any(|unit| (unit.has(Class::Unknown) || unit.has(Class::Learn)) && seeks(note.text(unit))),
        attempts: note.units.iter().any(|unit| is_attempt(note, unit)),
        counted: is_counted(note),
        whom: names_whom(note),
        managed: has(Class::Managed),
        answered: has(Class::Answer),
        heard: was_heard(note, clauses),
    }
}

/// A reply in the past that nothing in its clause denies.
fn was_heard(note: &Units, clauses: &[Clause]) -> bool {
    const REPLIED: &[&str] =
        &["answered", "called back", "came back", "got back", "picked up", "replied", "responded", "wrote back"];
    let no = Classes::any(&[Class::Negation, Class::Silence, Class::Refuse, Class::Unknown]);
    clauses.iter().map(|clause| note.get(clause.units.clone())).any(|units| {
        let reply = |unit: &Unit| unit.has(Class::Reply) && REPLIED.contains(&note.text(unit));
        units.iter().any(reply) && !units.iter().any(|unit| unit.meets(no) || matches!(note.text(unit), "0" | "zero"))
    })
}

/// Words of silence. Some, alone, may speak of machines ("Outlook disconnected", "a silent install"), unless the note
/// speaks of people or is no longer than that.
fn is_silent(note: &Units) -> bool {
    const OF_MACHINES: &[&str] = &[
        "bounce",
        "bounced",
        "bounces",
        "disconnected",
        "dodged",
        "evaded",
        "ignore",
        "ignored",
        "ignores",
        "ignoring",
        "silent",
        "unopened",
        "unread",
    ];
    let asked = note.units.iter().any(|unit| is_attempt(note, unit) || unit.has(Class::Managed));
    let about_people = note.word_count() <= 6 || asked;
    let of_people = |unit: &Unit| about_people || !OF_MACHINES.contains(&note.text(unit));
    // "3 mails, 2 calls. Nil.": the answer in a word.
    let nil = |range: &std::ops::Range<usize>| {
        let mut words = note.get(range.clone()).iter().filter(|unit| !unit.is_mark()).peekable();
        words.peek().is_some()
            && words.all(|unit| matches!(note.text(unit), "nada" | "nil" | "none" | "nothing" | "zero" | "zilch"))
    };
    if note.sentences.iter().any(nil) && note.units.iter().any(|unit| is_attempt(note, unit)) {
        return true;
    }
    // "Unable to reach OneDrive" is about a line, not about a person.
    let of_service = |at: usize| note.units.get(at + 1).is_some_and(|next| next.sense.names.is_some());
    note.units.iter().enumerate().any(|(at, unit)| unit.has(Class::Silence) && of_people(unit) && !of_service(at))
}

/// A reply that is negated within its clause: "reply was not received", "0 replies", "not one call back".
fn lacks_reply(note: &Units, clauses: &[Clause]) -> bool {
    clauses.iter().any(|clause| {
        let units = note.get(clause.units.clone());
        let zero = |unit: &Unit| matches!(note.text(unit), "0" | "zero" | "0%");
        let denied = |unit: &Unit| unit.has(Class::Negation) || zero(unit);
        let tried = units.iter().any(|unit| unit.has(Class::Contact) || unit.has(Class::Reach));
        if tried && units.iter().any(|unit| matches!(note.text(unit), "fail" | "failed" | "fails")) {
            return true;
        }
        units.iter().enumerate().any(|(at, unit)| {
            let near = units.get(at.saturating_sub(7)..(at + 5).min(units.len())).unwrap_or_default();
            unit.has(Class::Reply) && !unit.has(Class::Adopt) && near.iter().any(denied)
        })
    })
}

/// Verbs of finding out, by their stems; "know" and "tell" say nothing of anybody's trying.
fn seeks(text: &str) -> bool {
    const STEMS: &[&str] =
        &["ascertain", "confirm", "determin", "discover", "establish", "find out", "gather", "get", "learn", "obtain"];
    STEMS.iter().any(|stem| text.contains(stem))
}

/// "Intent undetermined", "plans unclear", or the word alone; "unknown apps" are something else.
fn is_unknown(note: &Units, clauses: &[Clause]) -> bool {
    let words = |units: &[Unit]| units.iter().filter(|unit| !unit.is_mark()).count();
    clauses.iter().any(|clause| {
        let units = note.get(clause.units.clone());
        let meant = words(units) <= 3
            || units.iter().any(|unit| unit.has(Class::Want) || matches!(note.text(unit), "status" | "plans" | "they"));
        units.iter().any(|unit| unit.has(Class::Unknown) && (unit.words > 1 || meant))
    })
}

fn not_learnt(note: &Units, clauses: &[Clause]) -> bool {
    clauses.iter().any(|clause| is_not_learnt(note.get(clause.units.clone())))
}

/// Finding out that is negated within its clause: "were not able to find out", "could not be obtained".
pub(crate) fn is_not_learnt(units: &[Unit]) -> bool {
    let no = Classes::any(&[Class::Negation, Class::Obstacle]);
    units.iter().enumerate().any(|(at, unit)| {
        let before = units.get(at.saturating_sub(4)..at).unwrap_or_default();
        unit.has(Class::Learn) && before.iter().any(|near| near.meets(no))
    })
}

/// Whether the note speaks of contact at all, so that "answers" are people's.
fn spoken_to(note: &Units) -> bool {
    note.units.iter().any(|unit| is_attempt(note, unit) || unit.has(Class::Person) || unit.has(Class::Managed))
        || note.units.iter().any(|unit| matches!(note.text(unit), "customer" | "client" | "they" | "us"))
}

fn is_attempt(note: &Units, unit: &Unit) -> bool {
    let text = note.text(unit);
    // "contact" and "mail" are attempts; "contacts" on file are people, and "times" count without naming a thing.
    unit.has(Class::Reach) && !unit.has(Class::Function)
        || unit.has(Class::Contact) && !matches!(text, "contact" | "contacts" | "time" | "go" | "touch" | "phone")
}

/// A number within a few words of an attempt, or before "times" or "x".
fn is_counted(note: &Units) -> bool {
    note.units.iter().enumerate().any(|(at, unit)| {
        let figure = unit.kind == Kind::Number && !is_year(note.text(unit));
        if !figure && !unit.has(Class::Count) {
            return false;
        }
        let text = note.text(unit);
        let crossed =
            at.checked_sub(1).and_then(|before| note.units.get(before)).is_some_and(|unit| note.text(unit) == "×");
        let multiplies = text.ends_with('x') && text.len() > 1 || crossed;
        let after = note.get(at + 1..at + 5);
        let before = note.get(at.saturating_sub(3)..at);
        multiplies
            || matches!(text, "twice" | "thrice" | "repeatedly" | "two times" | "three times")
            || after.iter().take_while(|u| !ends_run(note, u)).any(|u| is_attempt(note, u) || is_times(note, u))
            || before.iter().rev().take_while(|u| !ends_run(note, u)).any(|u| is_attempt(note, u) || is_times(note, u))
    })
}

fn ends_run(note: &Units, unit: &Unit) -> bool {
    unit.is_mark() && !matches!(note.text(unit), "-" | "/" | ":")
}

fn is_times(note: &Units, unit: &Unit) -> bool {
    matches!(note.text(unit), "time" | "times" | "x" | "try" | "tries" | "ask" | "asked")
}

/// A person after "to", "with", "from" or a verb of reaching, or as the one who does not answer.
fn names_whom(note: &Units) -> bool {
    note.units
        .iter()
        .any(|unit| unit.has(Class::Person) || (unit.proper && unit.sense == super::lexicon::Sense::default()))
}
