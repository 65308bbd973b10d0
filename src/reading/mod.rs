//! What the text of a note says: intent, reason, hedges, contact, progress, each with its place. The heart of the
//! product. A reading knows no severities; rules decide what a reading is worth.
//!
//! A note is normalised ([`normalise`]), cut into tokens and sentences ([`token`]), matched against the playbook's
//! words ([`lexicon`], [`unit`](mod@unit)) and cut into clauses ([`clause`]). On that stand what it says about the intent
//! ([`intent`]), about contact ([`contact`]), what each sentence is about ([`content`]) and what its words weigh as a
//! why ([`weight`]), and what the whole is made of ([`shape`]). Everything is linear in the length of the note.

mod clause;
mod contact;
mod content;
mod customer;
#[cfg(test)]
mod exercise;
mod fillings;
mod hedge;
mod inflect;
mod intent;
pub(crate) mod lexicon;
mod normalise;
mod reason;
mod shape;
mod slots;
mod token;
mod unit;
mod weight;
mod workload;

pub use contact::Contact;
pub use fillings::{Account, Attempts, Fillings};
pub use reason::Strength as ReasonStrength;
pub use shape::{Make, Shape};

use crate::playbook::{Playbook, StatusKind};
use crate::record::Heading;
use crate::text::NoteSpan;
use content::Content;
use intent::{Basis, Direction};
use lexicon::Class;
use unit::Units;

/// Whether the text says that the customer will use the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// They will, or already do.
    Positive,
    /// They will not, or cannot.
    Negative,
    /// The text says that nobody knows.
    Unknown,
    /// The text does not say.
    None,
}

/// What a note says, with the place of each part in the decoded note.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about the text, and all combinations occur"
)]
pub struct Reading {
    /// What the customer intends.
    pub intent: Polarity,
    /// The words that carry the intent.
    pub intent_span: Option<NoteSpan>,
    /// The words that carry the why, or the state of work for a note about progress.
    pub reason_span: Option<NoteSpan>,
    /// How much the why says.
    pub reason: ReasonStrength,
    /// The same, counting the state of an onboarding: phases, numbers, tasks.
    pub state: ReasonStrength,
    /// The things that the why names: products, numbers, laws, technical terms.
    pub specifics: Vec<NoteSpan>,
    /// Words that soften the intent.
    pub hedges: Vec<NoteSpan>,
    /// Contact with the customer.
    pub contact: Contact,
    /// What does not belong into a status note, with its place.
    pub strays: Vec<Stray>,
    /// Slots of a template that are not filled.
    pub slots: Vec<NoteSpan>,
    /// Words that say the entitlement is counted twice or is not real.
    pub duplicate: Option<NoteSpan>,
    /// Words about the FastTrack benefit, or about help.
    pub benefit: Option<NoteSpan>,
    /// Phases, work under way or completion are spoken of.
    pub speaks_of_work: bool,
    /// Something was done, and how much of it.
    pub tells_deeds: bool,
    /// Something is denied, missing, too much or too little, in the way, or done by something else.
    pub speaks_of_lack: bool,
    /// The text speaks of licences, seats, records or tenants.
    pub counts_licences: bool,
    /// The text names the record's own workload.
    pub mentions_workload: bool,
    /// Something stands after "because" or its like.
    pub gives_cause: bool,
    /// A part that speaks of another workload as if it were this one.
    pub foreign_workload: Option<ForeignWorkload>,
    /// Facts about the whole note.
    pub shape: Shape,
    /// What was said for and against, for mismatches and contradictions.
    pub stance: Stance,
    /// What it gives that a slot of a template asks for.
    pub fillings: Fillings,
}

/// A sentence, or a part of one, that is not about the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stray {
    /// What it is about instead.
    pub kind: StrayKind,
    /// Where.
    pub span: NoteSpan,
}

/// What a stray part is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StrayKind {
    /// Meetings, mails, people's calendars.
    Engagement,
    /// Usage figures or level codes.
    Usage,
    /// It sends the reader elsewhere.
    Pointer,
    /// What the writer still means to do.
    ToDo,
    /// Greetings and thanks.
    Greeting,
    /// The FastTrack benefit or help, not the service.
    Benefit,
    /// Praise of the product.
    Praise,
    /// Placeholder words, keyboard noise, symbols.
    Placeholder,
}

/// A part of a note that belongs to another workload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignWorkload {
    /// The words that give it away.
    pub span: NoteSpan,
    /// The workload they belong to.
    pub workload: String,
    /// What gives it away.
    pub sign: ForeignSign,
}

/// What shows that a note speaks of another workload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForeignSign {
    /// It speaks in the other's terms, or of what cannot apply to this one.
    Terms,
    /// The other, by name, is what will not or cannot be used.
    Refused,
    /// The other, by name, is what is under way.
    Moved,
}

/// What a note says for and against the use of the service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stance {
    /// Something plainly says that they will or do.
    pub plainly_for: Option<NoteSpan>,
    /// Something plainly says that they want it.
    pub wish: Option<NoteSpan>,
    /// Something plainly says that they will not or cannot.
    pub plainly_against: Option<NoteSpan>,
    /// Something speaks of work under way.
    pub progress: Option<NoteSpan>,
    /// Something speaks of a hindrance or a refusal, of whatever.
    pub hindrance: Option<NoteSpan>,
    /// Something says that they stay with, or take, something else.
    pub elsewhere: Option<NoteSpan>,
    /// Nobody has decided, or both ways are open.
    pub undecided: Option<NoteSpan>,
    /// A condition or a contrast stands between.
    pub turns: Option<NoteSpan>,
}

impl Reading {
    /// Whether the note is about a customer that does not answer.
    #[must_use]
    pub fn unresponsive(&self) -> bool {
        self.contact.silent && self.stance.plainly_against.is_none()
    }

    /// Whether a cause is given that names nothing.
    #[must_use]
    pub fn gives_empty_cause(&self) -> bool {
        self.gives_cause && self.reason == ReasonStrength::None
    }

    /// Whether the note takes a side and says why, so that a doubt in passing leaves nothing open.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let stance = &self.stance;
        let sided = stance.plainly_for.is_some() || stance.plainly_against.is_some() || stance.progress.is_some();
        sided && (self.reason == ReasonStrength::Concrete || self.state == ReasonStrength::Concrete)
    }

    /// Whether the note is about nobody answering, and about nothing else.
    #[must_use]
    pub fn is_about_silence(&self) -> bool {
        let stance = &self.stance;
        let sided = stance.plainly_against.is_some() || stance.plainly_for.is_some() && stance.progress.is_some();
        // "Outlook on the vessels drops out without a word" is a blocker: silence is of somebody who was asked.
        let asked = self.contact.attempts || self.contact.managed || self.contact.whom;
        let unheard = self.contact.silent && (asked || self.reason != ReasonStrength::Concrete);
        (unheard || self.contact.intent_unknown) && !sided && stance.undecided.is_none()
    }

    /// Whether the note says that licences are counted twice or are not real, and nothing of anybody's intent.
    #[must_use]
    pub fn is_about_duplicates(&self) -> bool {
        let stance = &self.stance;
        let elsewise = [stance.hindrance, stance.elsewhere, stance.progress, stance.plainly_for, stance.turns];
        self.duplicate.is_some()
            && self.counts_licences
            && self.intent == Polarity::None
            && !self.gives_cause
            && !self.mentions_workload
            && elsewise.iter().all(Option::is_none)
    }

    /// Whether the note takes no side plainly and tells of no state.
    #[must_use]
    pub fn is_adrift(&self) -> bool {
        let stance = &self.stance;
        let sided = stance.plainly_for.is_some() || stance.plainly_against.is_some() || stance.progress.is_some();
        !sided && self.state == ReasonStrength::None && !self.speaks_of_work
    }

    /// Whether work is under way beyond a word in passing.
    #[must_use]
    pub fn is_plainly_moving(&self) -> bool {
        self.stance.progress.is_some() && (self.stance.plainly_for.is_some() || self.state == ReasonStrength::Concrete)
    }

    /// The stray parts of a kind.
    pub fn strays_of(&self, kind: StrayKind) -> impl Iterator<Item = &Stray> {
        self.strays.iter().filter(move |stray| stray.kind == kind)
    }

    /// Whether every sentence is astray: nothing is left that speaks of the status.
    #[must_use]
    pub fn says_nothing_else(&self) -> bool {
        self.intent == Polarity::None && self.reason == ReasonStrength::None && self.state == ReasonStrength::None
    }
}

/// Reads a note. Never fails, never panics, linear in the length of the note.
///
/// `heading` is the record's: the names of its own workload and customer in a note name nothing, others' do. Its
/// status is looked at only where the words leave the intent open; licences that are no real ones have none.
#[must_use]
pub fn read(note: &str, heading: Heading<'_>, playbook: &Playbook) -> Reading {
    let own = heading.workload.and_then(|written| playbook.workload(written));
    let mut units = Units::new(note, playbook.lexicon());
    if let Some(customer) = heading.customer {
        customer::mark(&mut units, customer);
    }
    let all_clauses = clause::clauses(&units);
    let sifted = clause::sift(&units, &all_clauses);
    let clauses = sifted.telling;
    let evidence = intent::evidence(&units, &clauses, own);
    let contents = content::contents(&units, &clauses, &evidence);
    let claims: Vec<intent::Evidence> = evidence
        .iter()
        .filter(|e| clauses.get(e.clause).and_then(|clause| contents.get(clause.sentence)) == Some(&Content::Status))
        .cloned()
        .collect();
    // "L1: No Intent", "there is a blocker, see the ticket": astray, and yet they take a side.
    let aside = evidence.iter().filter(|e| {
        let content = clauses.get(e.clause).and_then(|clause| contents.get(clause.sentence));
        matches!(content, Some(Content::Usage | Content::Pointer | Content::Placeholder))
    });
    let aside = intent::weigh(&aside.cloned().collect::<Vec<_>>());
    let decided = intent::weigh(&claims);
    let parts = content::of_clauses(&units, &clauses, &claims);
    let contact = contact::contact(&units, &clauses);
    let stance = stance(&units, &clauses, &claims, &decided);
    let duplicate = first_of(&units, &[Class::Duplicate]);
    let counts_licences = units.units.iter().any(|unit| !unit.has(Class::Filler) && is_licence(units.text(unit)));
    let direction = decided.direction.or(aside.direction).or_else(|| stance.hindrance.map(|_| Direction::Against));
    let stands_in_way = stance.hindrance.is_some() || stance.elsewhere.is_some() || decided.plainly_against;
    let about_licences = duplicate.is_some() && counts_licences && !has_progress(&claims) && !stands_in_way;
    let sided = decided.direction.filter(|_| !about_licences);
    let mut limits = playbook.thresholds;
    if about_licences {
        // Licences have less of a story than customers: where they are counted too is enough.
        limits.concrete_reason = limits.concrete_reason.saturating_sub(limits.thing_weight);
    }
    let told = reason::status_clauses(&units, &clauses, &contents, &parts);
    let why = reason::find(&units, &clauses, &claims, &told, own, sided, &limits);
    let deeds = tells_deeds(&units);
    let both = decided.plainly_for && decided.plainly_against && stance.turns.is_none();
    let kind = heading.status.and_then(|written| playbook.status(written)).map(|status| status.kind);
    let unreal = kind == Some(StatusKind::DuplicateInvalid)
        && (duplicate.is_some() || counts_licences || !takes_side(&stance, &contact));
    let polarity = if unreal || about_licences || both && why.reason == ReasonStrength::None {
        // Licences have no intent; and who says both at once, with nothing between, does not say.
        Polarity::None
    } else {
        match polarity(&contact, &decided, direction, &stance, &claims) {
            Polarity::Unknown => Polarity::Unknown,
            said => explained(
                kind,
                said,
                &Told { contact: &contact, decided: &decided, claims: &claims, why: &why, deeds },
                &stance,
            ),
        }
    };
    let intent_span =
        decided.decided_by.and_then(|at| claims.get(at)).and_then(|e| units.span(e.with_auxiliaries(&units)));
    Reading {
        intent: polarity,
        intent_span: intent_span
            .filter(|_| polarity != Polarity::None)
            .or_else(|| first_of(&units, &[Class::Silence, Class::Unknown, Class::Undecided])),
        reason_span: why.span,
        reason: why.reason,
        state: why.state,
        specifics: why.specifics,
        hedges: hedge::hedges(&units, &clauses, &claims),
        contact,
        strays: strays(&units, &clauses, &parts, &contents),
        slots: slots::slots(&units),
        benefit: clauses
            .iter()
            .find(|clause| intent::speaks_of_help(units.get(clause.units.clone())))
            .and_then(|clause| units.span(clause.units.clone())),
        speaks_of_work: units.units.iter().any(|unit| {
            unit.meets(lexicon::Classes::any(&[Class::Phase, Class::Progress, Class::Done, Class::Adopt]))
                || unit.sense.belongs.is_some_and(|term| own.is_some_and(|own| playbook.shares(own, term)))
        }),
        speaks_of_lack: speaks_of_lack(&units, own),
        tells_deeds: deeds,
        duplicate,
        counts_licences,
        mentions_workload: own.is_some() && units.units.iter().any(|unit| unit.sense.names == own),
        gives_cause: all_clauses.iter().any(|clause| clause.role == clause::Role::Cause),
        foreign_workload: workload::foreign(&units, &clauses, &claims, own, playbook),
        shape: Shape {
            sentences: units.sentences.len(),
            words: units.word_count(),
            told: shape::told_words(&units, &sifted.padding),
            things: why.things,
            make: shape::make(&units, &sifted.padding, why.things),
        },
        stance,
        fillings: fillings::fillings(&units, &all_clauses),
    }
}

fn polarity(
    contact: &Contact,
    decided: &intent::Intent,
    direction: Option<Direction>,
    stance: &Stance,
    claims: &[intent::Evidence],
) -> Polarity {
    if stance.undecided.is_some() {
        return Polarity::Unknown;
    }
    if contact.silent && !decided.plainly_against && !has_progress(claims) {
        return Polarity::Unknown;
    }
    if contact.intent_unknown && !decided.plainly_against && !has_progress(claims) {
        return Polarity::Unknown;
    }
    match direction {
        Some(Direction::For) => Polarity::Positive,
        Some(Direction::Against) => Polarity::Negative,
        None => Polarity::None,
    }
}

/// What a note tells beside what it says of the intent.
struct Told<'a> {
    contact: &'a Contact,
    decided: &'a intent::Intent,
    claims: &'a [intent::Evidence],
    why: &'a reason::Why,
    deeds: bool,
}

/// What a note says of the intent when its words leave it open, in the light of the status that it explains: attempts
/// explain that nobody knows, deeds that it moves, a why beside the mere mention of a deployment that it does not.
fn explained(kind: Option<StatusKind>, said: Polarity, told: &Told<'_>, stance: &Stance) -> Polarity {
    let Told { contact, decided, claims, why, deeds } = told;
    let tried = contact.silent || contact.counted && (contact.managed || contact.attempts && contact.whom);
    let moves = stance.progress.is_some() || *deeds;
    let mentioned = decided.decided_by.and_then(|at| claims.get(at)).is_some_and(|e| e.basis == Basis::Mention);
    let settled =
        decided.plainly_against && why.reason == ReasonStrength::Concrete && !contact.silent && !contact.managed;
    match (kind, said) {
        (Some(StatusKind::StatusUnknown), _) if tried && !settled && !has_progress(claims) => Polarity::Unknown,
        (Some(StatusKind::InProgress), Polarity::Negative) if moves && !decided.plainly_against => Polarity::Positive,
        (Some(StatusKind::InProgress), Polarity::None) if *deeds && why.state == ReasonStrength::Concrete => {
            Polarity::Positive
        }
        (Some(StatusKind::Blocked | StatusKind::NoIntent), Polarity::Positive)
            if mentioned && why.reason != ReasonStrength::None =>
        {
            Polarity::Negative
        }
        _ => said,
    }
}

/// Whether a note plainly speaks of a customer: of what they do or refuse, or that they do not answer.
fn takes_side(stance: &Stance, contact: &Contact) -> bool {
    contact.silent
        || contact.intent_unknown
        || stance.plainly_for.is_some()
        || stance.plainly_against.is_some()
        || stance.progress.is_some() && stance.hindrance.is_none()
}

fn has_progress(claims: &[intent::Evidence]) -> bool {
    claims
        .iter()
        .any(|e| e.direction == Direction::For && e.basis == Basis::Progress && e.strength == intent::Strength::Plain)
}

fn stance(units: &Units, clauses: &[clause::Clause], claims: &[intent::Evidence], decided: &intent::Intent) -> Stance {
    let span_of = |wanted: &dyn Fn(&intent::Evidence) -> bool| {
        claims.iter().find(|e| wanted(e)).and_then(|e| units.span(e.with_auxiliaries(units)))
    };
    let main = |e: &intent::Evidence| matches!(e.role, clause::Role::Main | clause::Role::Effect);
    let plain =
        |e: &intent::Evidence, direction| main(e) && e.strength == intent::Strength::Plain && e.direction == direction;
    let turning = clauses
        .iter()
        .find(|c| c.contrast || matches!(c.role, clause::Role::Condition | clause::Role::Concession))
        .and_then(|c| units.span(c.units.clone()));
    Stance {
        plainly_for: decided.plainly_for.then(|| span_of(&|e| plain(e, Direction::For))).flatten(),
        wish: span_of(&|e| plain(e, Direction::For) && e.basis == Basis::Wish),
        plainly_against: decided.plainly_against.then(|| span_of(&|e| plain(e, Direction::Against))).flatten(),
        progress: span_of(&|e| e.direction == Direction::For && e.basis == Basis::Progress && main(e)),
        hindrance: span_of(&|e| e.direction == Direction::Against && e.basis != Basis::Other)
            .or_else(|| trouble(units)),
        elsewhere: span_of(&|e| e.direction == Direction::Against && e.basis == Basis::Other),
        undecided: first_of(units, &[Class::Undecided]).or_else(|| wavering(units)),
        turns: turning,
    }
}

/// "It may proceed or it may not": the same doubt twice in a sentence, once with a no, and an "or" between.
fn wavering(units: &Units) -> Option<NoteSpan> {
    let doubts = |unit: &unit::Unit| matches!(units.text(unit), "could" | "may" | "might");
    units.sentences.iter().find_map(|range| {
        let sentence = units.get(range.clone());
        let places: Vec<usize> = (0..sentence.len()).filter(|at| sentence.get(*at).is_some_and(doubts)).collect();
        places.windows(2).find_map(|pair| {
            let [first, last] = pair else { return None };
            let either = sentence.get(*first..*last)?.iter().any(|unit| units.text(unit) == "or");
            let denied = sentence.get(last + 1)?.has(Class::Negation);
            (denied && either).then(|| units.span(range.start + first..range.start + last + 2)).flatten()
        })
    })
}

/// What duplicates are made of.
fn is_licence(word: &str) -> bool {
    word.split(' ').any(|part| {
        matches!(
            part,
            "agreement"
                | "agreements"
                | "billing"
                | "count"
                | "data"
                | "entitlement"
                | "entitlements"
                | "invoice"
                | "licence"
                | "licences"
                | "license"
                | "licenses"
                | "order"
                | "orders"
                | "record"
                | "records"
                | "reseller"
                | "seat"
                | "seats"
                | "sku"
                | "subscription"
                | "subscriptions"
                | "tenant"
                | "tenants"
        )
    })
}

/// "Seven hundred desktops reimaged", "uploaded all 40": a figure, and a verb in the past that no list knows.
fn tells_deeds(units: &Units) -> bool {
    let figure = |unit: &unit::Unit| unit.kind == token::Kind::Number || unit.has(Class::Count);
    let deed = |unit: &unit::Unit| {
        let text = units.text(unit);
        unit.sense == lexicon::Sense::default() && !unit.joined && text.len() >= 6 && text.ends_with("ed")
    };
    units.sentences.iter().map(|range| units.get(range.clone())).any(|s| s.iter().any(figure) && s.iter().any(deed))
}

/// Whether anything in the note could be read as a no.
fn speaks_of_lack(units: &Units, own: Option<lexicon::WorkloadIndex>) -> bool {
    const LACKS: &[&str] = &[
        "already",
        "alt",
        "alternative",
        "another",
        "broken",
        "dead",
        "instead",
        "missing",
        "old",
        "only",
        "other",
        "too",
        "weak",
    ];
    let no = lexicon::Classes::any(&[Class::Negation, Class::Refuse, Class::Obstacle, Class::Trouble, Class::Stay]);
    units.units.iter().enumerate().any(|(at, unit)| {
        let used = || {
            at.checked_sub(1).and_then(|before| units.units.get(before)).is_some_and(|verb| is_use(units.text(verb)))
        };
        unit.meets(no) && !unit.has(Class::Progress)
            || LACKS.iter().any(|lack| units.text(unit).split(' ').any(|word| word == *lack))
            || unit.names_other(own)
            || (unit.proper || unit.acronym) && unit.sense == lexicon::Sense::default() && used()
            || unit.capital
                && unit.sense == lexicon::Sense::default()
                && units.units.get(at + 1).is_some_and(|verb| is_deed_of_product(units.text(verb)))
    })
}

/// A word between a customer and what it uses: "runs Sophos", "on Mitel".
fn is_use(word: &str) -> bool {
    matches!(word, "has" | "have" | "keep" | "on" | "own" | "run" | "runs" | "use" | "uses" | "with")
}

/// A verb after a product: "ServiceNow does the forms".
fn is_deed_of_product(verb: &str) -> bool {
    matches!(
        verb,
        "covers" | "do" | "does" | "handles" | "has" | "is" | "keeps" | "remains" | "runs" | "serves" | "stays"
    )
}

/// A noun for what stands in the way, unless it is denied: "no blockage is there".
fn trouble(units: &Units) -> Option<NoteSpan> {
    let at = units.units.iter().enumerate().position(|(at, unit)| {
        let before = units.get(at.saturating_sub(3)..at);
        let after = units.get(at + 1..at + 6);
        unit.has(Class::Trouble)
            && !before.iter().any(|near| near.has(Class::Negation))
            && !after.iter().any(|near| is_gone(units.text(near)))
    })?;
    units.span(at..at + 1)
}

/// What is said of trouble that is over.
fn is_gone(word: &str) -> bool {
    const GONE: &[&str] = &[
        "cleared", "closed", "fixed", "gone", "lifted", "over", "overcome", "removed", "resolved", "solved", "sorted",
    ];
    GONE.contains(&word)
}

fn first_of(units: &Units, classes: &[Class]) -> Option<NoteSpan> {
    let wanted = lexicon::Classes::any(classes);
    let at = units.units.iter().position(|unit| unit.meets(wanted))?;
    units.span(at..at + 1)
}

/// Whole sentences that are astray, and usage figures inside a sentence that else speaks of the status.
fn strays(units: &Units, clauses: &[clause::Clause], parts: &[Content], contents: &[Content]) -> Vec<Stray> {
    let sentences = contents
        .iter()
        .zip(&units.sentences)
        .filter_map(|(content, range)| Some(Stray { kind: stray_kind(*content)?, span: units.span(range.clone())? }));
    let figures = clauses.iter().zip(parts).filter_map(|(clause, part)| {
        let inside = contents.get(clause.sentence) == Some(&Content::Status);
        let usage = inside && *part == Content::Usage;
        usage.then(|| units.span(clause.units.clone())).flatten().map(|span| Stray { kind: StrayKind::Usage, span })
    });
    sentences.chain(figures).collect()
}

fn stray_kind(content: Content) -> Option<StrayKind> {
    match content {
        Content::Status => None,
        Content::Engagement => Some(StrayKind::Engagement),
        Content::Usage => Some(StrayKind::Usage),
        Content::Pointer => Some(StrayKind::Pointer),
        Content::ToDo => Some(StrayKind::ToDo),
        Content::Greeting => Some(StrayKind::Greeting),
        Content::Benefit => Some(StrayKind::Benefit),
        Content::Praise => Some(StrayKind::Praise),
        Content::Placeholder => Some(StrayKind::Placeholder),
    }
}
