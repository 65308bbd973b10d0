//! What the text of a note says: intent, reason, hedges, contact, progress, each with its place. The heart of the
//! product. A reading knows no severities; rules decide what a reading is worth.
//!
//! A note is normalised ([`crate::lexicon::text`]), cut into tokens and sentences ([`crate::lexicon::token`]), matched against the playbook's words
//! ([`crate::lexicon`], [`term`]), marked by cues ([`cue`], [`pattern`]) and cut into clauses, padding set aside ([`clause`]). Out of these
//! come propositions: who says what about the intent ([`proposition`]), which of them decides ([`balance`]), features
//! ([`features`], [`facts`], [`shape`]), what words weigh as a reason ([`specificity`]), and the answers, one question a
//! file ([`answer`]). Everything is linear in the length of the note. [`mod@trace`] tells how a reading came about;
//! `docs/architecture.md` shows it.

mod answer;
mod balance;
mod clause;
mod columns;
mod cue;
#[cfg(test)]
pub(crate) mod cue_compiler;
mod cue_hit;
pub(crate) mod cue_tables;
mod customer;
mod facts;
mod features;
mod held_back;
#[cfg(test)]
pub(crate) mod labelled_notes;
mod language;
mod lead;
#[cfg(test)]
mod leave_one_out;
#[cfg(test)]
mod lexicon_coverage;
mod mark;
mod markup;
mod noise;
pub(crate) mod observation;
mod pattern;
#[cfg(test)]
mod pattern_compiler;
mod product_name;
mod property;
mod proposition;
pub(crate) mod reason_kind_tables;
mod shape;
mod specificity;
mod stranger;
pub(crate) mod term;
pub mod trace;
mod weighed;
#[cfg(test)]
mod word_sets;

pub use answer::contact::Contact;
pub use answer::intent::Polarity;
pub use answer::off_topic::OffTopic;
pub use answer::reason::Strength as ReasonStrength;
pub use answer::reason_kind::{Certainty, ReasonKind};
pub use answer::relevance::OffTopicKind;
pub use answer::slot_values::{Account, Attempts, SlotValues};
pub use answer::work::Work;
pub use answer::workload::{ForeignSign, ForeignWorkload};
pub use features::Features;
pub use language::Language;
pub use shape::{NoteForm, Shape};

use crate::lexicon::lexicon_tables;
use crate::lexicon::semantic_class;
use crate::lexicon::{SemanticClass, WorkloadIndex};
#[cfg(test)]
use crate::lexicon::{lexicon_compiler, morphology};
use crate::playbook::{Playbook, Thresholds};
use crate::text::NoteSpan;
use answer::bearing::Bearing;
use answer::intent::{Decision, IntentInputs, Licences};
use answer::reason_span::SpanInputs;
use answer::relevance::Relevance;
use answer::{contact, hedge, off_topic, others, reason, reason_kind, relevance, slot_values, slots, work, workload};
use clause::{Clause, FillerSplit};
use cue::CueMarker;
use cue_tables::CueScope;
use mark::Mark;
use proposition::{Direction, Proposition};
use std::ops::Range;
use term::Terms;

/// What a note says, with the place of each part in the decoded note.
#[derive(Debug, Clone)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a fact of its own about the text, and all combinations occur"
)]
#[non_exhaustive]
pub struct Reading {
    /// The language that most of the note is written in. What is not English is read as if it were, and little of it is
    /// understood.
    pub language: Language,
    /// What the customer intends.
    pub intent: Polarity,
    /// The words that carry the intent.
    pub intent_span: Option<NoteSpan>,
    /// The words that carry the why, or the state of work for a note about progress.
    pub reason_span: Option<NoteSpan>,
    /// How much the why says.
    pub reason: ReasonStrength,
    /// Which kind of reason it would be that keeps the customer from the service; nothing where it is not told. Whether
    /// anything does: [`Self::kind_of_reason`].
    reason_kind: Option<ReasonKind>,
    /// How much the why says, counting the state of an onboarding: phases, numbers, tasks.
    pub state: ReasonStrength,
    /// The things that the why names: products, numbers, laws, technical terms.
    pub specifics: Vec<NoteSpan>,
    /// Words that soften the intent.
    pub hedges: Vec<NoteSpan>,
    /// How many words put something in doubt: "perhaps", "might".
    pub doubts: usize,
    /// Contact with the customer.
    pub contact: Contact,
    /// What does not belong in a status note, with its place.
    pub off_topic: Vec<OffTopic>,
    /// Slots of a template that are not filled.
    pub slots: Vec<NoteSpan>,
    /// Words that say the entitlement is counted twice or is not real.
    pub duplicate: Option<NoteSpan>,
    /// It only says that somebody called the licences double or not real.
    pub only_judges_duplicate: bool,
    /// It shows the error by itself: two numbers that ought to be one, or the same licences in two places.
    pub shows_duplicate: bool,
    /// Words about the FastTrack benefit, or about help.
    pub benefit: Option<NoteSpan>,
    /// Help and the service itself are declined in one breath.
    pub declines_both: bool,
    /// Phases, work under way or completion are spoken of.
    pub speaks_of_work: bool,
    /// Something was done, and how much of it, or something moves, whatever the verb.
    pub tells_deeds: bool,
    /// What decides the intent is the mere name of a deployment, and nothing known is said of it.
    pub only_mentions_deployment: bool,
    /// Work under way is told plainly.
    pub tells_progress: bool,
    /// Something is denied, missing, too much or too little, in the way, or done by something else.
    pub speaks_of_lack: bool,
    /// The same, without what work that goes on leaves behind: an old system that is switched off.
    pub denies_something: bool,
    /// Something is needed, or waited for.
    pub speaks_of_need: bool,
    /// The text speaks of licences, seats, records or tenants.
    pub counts_licences: bool,
    /// The text names the record's own workload.
    pub mentions_workload: bool,
    /// The text names a product of the trade, and not the record's own workload.
    pub names_alternative: bool,
    /// Something stands after "because" or its like.
    pub gives_cause: bool,
    /// What would be the why speaks of premises, feasts, history or trade, and of nothing that bears on the service.
    pub tells_only_setting: bool,
    /// Nothing in what would be the why bears on the use of the service.
    pub tells_unrelated: bool,
    /// A part that speaks of another workload as if it were this one.
    pub foreign_workload: Option<ForeignWorkload>,
    /// Somebody else whose business it tells, where it says nothing of the customer.
    pub somebody_else: Option<NoteSpan>,
    /// What the work is done on that it tells of.
    pub work: Work,
    /// Facts about the whole note.
    pub shape: Shape,
    /// What was said for and against, for mismatches and contradictions.
    pub features: Features,
    /// What it gives that a slot of a template asks for.
    pub slot_values: SlotValues,
}

impl Reading {
    /// Whether the note is about a customer that does not answer.
    #[must_use]
    pub fn unresponsive(&self) -> bool {
        self.contact.silent && self.features.plainly_against.is_none()
    }

    /// Whether a cause is given that names nothing.
    #[must_use]
    pub fn gives_empty_cause(&self) -> bool {
        (self.gives_cause || self.tells_only_setting) && self.reason == ReasonStrength::None
    }

    /// Whether the note takes a side and says why, so that a doubt in passing leaves nothing open.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let features = &self.features;
        let sided = features.plainly_for.is_some() || features.plainly_against.is_some() || features.progress.is_some();
        sided && (self.reason == ReasonStrength::Concrete || self.state == ReasonStrength::Concrete)
    }

    /// Whether the note is about nobody answering, and about nothing else.
    #[must_use]
    pub fn is_about_silence(&self) -> bool {
        let features = &self.features;
        let sided = features.plainly_against.is_some() || features.plainly_for.is_some() && features.progress.is_some();
        // "Outlook on the vessels drops out without a word" is a blocker: silence is of somebody who was asked.
        let asked = self.contact.attempts || self.contact.managed;
        let unheard = self.contact.silent && (asked || self.reason != ReasonStrength::Concrete);
        // Nor is a server that cannot be reached, where something keeps them from the service.
        let managed = self.contact.managed;
        let kept = features.own_hindrance.is_some() && self.reason == ReasonStrength::Concrete && !managed;
        (unheard && !kept || self.contact.intent_unknown) && !sided && features.undecided.is_none()
    }

    /// Whether the note says that licences are counted twice or are not real, and nothing of anybody's intent.
    #[must_use]
    pub fn is_about_duplicates(&self) -> bool {
        let features = &self.features;
        let alternative = [
            features.hindrance,
            features.elsewhere,
            features.progress,
            features.plainly_for,
            features.contrast_or_condition,
        ];
        self.duplicate.is_some()
            && self.counts_licences
            && self.intent == Polarity::None
            && !self.mentions_workload
            && alternative.iter().all(Option::is_none)
    }

    /// Whether the note takes no side plainly and tells of no state.
    #[must_use]
    pub fn takes_no_position(&self) -> bool {
        let features = &self.features;
        let sided = features.plainly_for.is_some() || features.plainly_against.is_some() || features.progress.is_some();
        !sided && self.state == ReasonStrength::None && !self.speaks_of_work
    }

    /// Whether work is under way beyond a word in passing.
    #[must_use]
    pub fn is_plainly_moving(&self) -> bool {
        self.features.progress.is_some()
            && (self.features.plainly_for.is_some() || self.state == ReasonStrength::Concrete)
    }

    /// The parts off topic of a kind.
    pub fn off_topic_of(&self, kind: OffTopicKind) -> impl Iterator<Item = &OffTopic> {
        self.off_topic.iter().filter(move |part| part.kind == kind)
    }
}

/// The layers below the propositions.
struct Layers {
    terms: Terms,
    all_clauses: Vec<Clause>,
    split: FillerSplit,
}

/// A reading with the layers that it was made of.
struct Analysis {
    reading: Reading,
    terms: Terms,
    clauses: FillerSplit,
    propositions: Vec<Proposition>,
    /// What each sentence is about.
    contents: Vec<Relevance>,
    /// What each clause that is no padding is about.
    parts: Vec<Relevance>,
    /// The proposition that decided, of those that speak of the status; else of those aside.
    decided: Option<Proposition>,
    decision: Decision,
    why: reason::Why,
    /// From how many points on a reason is thin, or concrete.
    limits: Thresholds,
}

impl Layers {
    /// Cuts a note into terms and clauses, and marks them by the cues.
    fn of(note: &str, context: ReadingContext<'_>, own: Option<WorkloadIndex>, playbook: &Playbook) -> Self {
        let name = context.customer.map(customer::words).unwrap_or_default();
        let mut terms = Terms::new(note, &name, playbook.lexicon(), own);
        customer::mark(&mut terms, &name);
        if let (Some(own), Some(written)) = (own, context.workload) {
            terms.know_by_short_name(own, written);
        }
        let leads = lead::set_aside(&mut terms);
        let mut cues = CueMarker::new(&terms);
        let told = between(&leads, terms.terms.len());
        cues.mark(&mut terms, CueScope::Note, &told);
        let sentences = terms.sentences.clone();
        cues.mark(&mut terms, CueScope::Sentence, &sentences);
        stranger::mark_again(&mut terms);
        let all_clauses = clause::clauses(&terms);
        let trimmed = clause::trim_filler(&terms, &all_clauses);
        let ranges: Vec<_> = trimmed.iter().map(|clause| clause.terms.clone()).collect();
        cues.mark(&mut terms, CueScope::Clause, &ranges);
        let split = clause::split_filler(&terms, &trimmed);
        Self { terms, all_clauses, split }
    }
}

/// What is left of `0..end` without `leads`, which stand in order.
fn between(leads: &[Range<usize>], end: usize) -> Vec<Range<usize>> {
    let starts = std::iter::once(0).chain(leads.iter().map(|lead| lead.end));
    let ends = leads.iter().map(|lead| lead.start).chain(std::iter::once(end));
    starts.zip(ends).map(|(start, end)| start..end).filter(|part| !part.is_empty()).collect()
}

/// Whose note is read, and about which service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadingContext<'a> {
    /// The customer's name, as the record has it.
    pub customer: Option<&'a str>,
    /// The workload's name, as the record has it.
    pub workload: Option<&'a str>,
}

/// Reads a note. Never fails, never panics, linear in the length of the note.
///
/// The names of the context's workload and customer in a note name nothing, others' do. The record's status is
/// not known here: whether a note fits its status is for the rules to say.
#[must_use]
pub fn read(note: &str, context: ReadingContext<'_>, playbook: &Playbook) -> Reading {
    analyse(note, context, playbook).reading
}

/// Reads a note and says what a learned reader can see in it.
#[must_use]
pub(crate) fn read_and_observe(
    note: &str,
    context: ReadingContext<'_>,
    playbook: &Playbook,
) -> (Reading, observation::Observations) {
    let analysis = analyse(note, context, playbook);
    let observations = observation::observations(&analysis);
    (analysis.reading, observations)
}

/// "L1: No Intent", "there is a blocker, see the ticket": off topic, and yet they take a side.
const ASIDE: [Relevance; 3] = [
    Relevance::OffTopic(OffTopicKind::Usage),
    Relevance::OffTopic(OffTopicKind::Pointer),
    Relevance::OffTopic(OffTopicKind::Placeholder),
];

/// The propositions of the sentences that are about one of `wanted`.
fn of_contents(
    propositions: &[Proposition],
    clauses: &[Clause],
    contents: &[Relevance],
    wanted: &[Relevance],
) -> Vec<Proposition> {
    let content = |e: &Proposition| contents.get(clauses.get(e.clause)?.sentence);
    propositions.iter().filter(|e| content(e).is_some_and(|content| wanted.contains(content))).cloned().collect()
}

/// Reads a note and keeps the layers of the reading.
fn analyse(note: &str, context: ReadingContext<'_>, playbook: &Playbook) -> Analysis {
    let own = context.workload.and_then(|written| playbook.workload(written));
    let Layers { terms, all_clauses, split } = Layers::of(note, context, own, playbook);
    let clauses = split.substantive;
    let propositions = proposition::propositions(&terms, &clauses, own);
    let contents = relevance::contents(&terms, &clauses, &propositions);
    let claims = of_contents(&propositions, &clauses, &contents, &[Relevance::Status]);
    let told_aside = of_contents(&propositions, &clauses, &contents, &ASIDE);
    let (aside, decided) = (balance::rank(&told_aside), balance::rank(&claims));
    let parts = relevance::of_clauses(&terms, &clauses, &claims);
    let contact = contact::contact(&terms, &clauses);
    let features = features::features(&terms, &clauses, &claims, &decided);
    let duplicate = facts::duplicate(&terms);
    let counts_licences = terms.has(Mark::Licence);
    let is_hindered = features.hindrance.is_some() || features.elsewhere.is_some() || decided.plainly_against;
    let takes_a_side = is_hindered || answer::intent::has_progress(&claims);
    let licences = match (duplicate, counts_licences) {
        (Some(_), true) if !takes_a_side => Licences::Told,
        (None, false) => Licences::Untold,
        _ => Licences::Spoken,
    };
    let mut limits = playbook.thresholds;
    if licences == Licences::Told {
        // Licences have less of a story than customers: where they are counted too is enough.
        limits.concrete_reason = limits.concrete_reason.saturating_sub(limits.thing_weight);
    }
    let sided = decided.direction.filter(|_| licences != Licences::Told);
    let told = reason::status_clauses(&terms, &clauses, &contents, &parts);
    let why = reason::find(&terms, &clauses, &claims, &told, own, sided, &limits);
    let reason_span = SpanInputs {
        note: &terms,
        clauses: &clauses,
        claims: &claims,
        contents: &contents,
        parts: &parts,
        on_status: &told,
        direction: sided,
        why: &why,
        contact: &contact,
    };
    let ground = IntentInputs {
        contact: &contact,
        features: &features,
        decided: &decided,
        claims: &claims,
        why: &why,
        direction: decided.direction.or(aside.direction).or_else(|| features.own_hindrance.map(|_| Direction::Against)),
        licences,
    };
    let (polarity, decision) = ground.polarity();
    let reason_words = reason_span.span(&limits);
    let reading = Reading {
        language: terms.language,
        intent: polarity,
        intent_span: intent_span(&terms, &claims, &decided, polarity),
        reason_span: reason_words,
        reason: why.reason,
        reason_kind: reason_kind::kind(&reason_span, reason_words, duplicate.filter(|_| licences == Licences::Told)),
        state: why.state,
        specifics: why.specifics.clone(),
        hedges: hedge::hedges(&terms, &clauses, &claims),
        contact,
        doubts: facts::doubts(&terms),
        off_topic: off_topic::off_topic(&terms, &clauses, &parts, &contents),
        slots: slots::slots(&terms),
        benefit: facts::declined_help(&terms, &clauses),
        declines_both: terms.has(Mark::BothDeclined),
        speaks_of_work: facts::speaks_of_work(&terms, &clauses, |of| own.is_some_and(|own| playbook.shares(own, of))),
        speaks_of_lack: facts::speaks_of_lack(&terms, &propositions),
        denies_something: facts::denies_something(&terms, &propositions),
        speaks_of_need: terms.has(Mark::Depends),
        tells_deeds: facts::tells_deeds(&terms, &clauses),
        only_mentions_deployment: decided
            .decided_by
            .and_then(|at| claims.get(at))
            .is_some_and(|e| e.predicate == proposition::Predicate::Mention),
        tells_progress: answer::intent::has_progress(&claims),
        duplicate,
        counts_licences,
        shows_duplicate: terms.has(Mark::FiguresDiffer),
        only_judges_duplicate: facts::only_judges_duplicate(&terms),
        mentions_workload: facts::names_own(&terms),
        names_alternative: !facts::names_own(&terms) && answer::bearing::names_product(&terms),
        gives_cause: all_clauses.iter().any(|clause| clause.role == clause::Role::Cause),
        tells_only_setting: why.bearing == Some(Bearing::Setting),
        tells_unrelated: matches!(why.bearing, Some(Bearing::Unrelated | Bearing::ByName)),
        foreign_workload: workload::foreign(&terms, &clauses, &claims, own, playbook),
        somebody_else: others::somebody_else(&terms, &clauses, &claims),
        work: work::work(&terms, &clauses, &claims),
        shape: match shape::shape(&terms, &split.padding, why.things) {
            shape if why.echoes => Shape { form: NoteForm::Circular, ..shape },
            shape => shape,
        },
        features,
        slot_values: slot_values::slot_values(&terms, &all_clauses),
    };
    let decided =
        decided.decided_by.and_then(|at| claims.get(at)).or_else(|| told_aside.get(aside.decided_by?)).cloned();
    let clauses = FillerSplit { substantive: clauses, padding: split.padding };
    Analysis { reading, terms, clauses, propositions, contents, parts, decided, decision, why, limits }
}

/// The words that decide the intent; those that say that nobody knows, where none do.
fn intent_span(
    terms: &Terms,
    claims: &[Proposition],
    decided: &balance::Intent,
    polarity: Polarity,
) -> Option<NoteSpan> {
    let deciding = decided.decided_by.filter(|_| polarity != Polarity::None).and_then(|at| claims.get(at));
    let unknown = [SemanticClass::Silence, SemanticClass::Unknown, SemanticClass::Undecided];
    deciding.and_then(|e| terms.span(e.with_auxiliaries(terms))).or_else(|| facts::first_of(terms, &unknown))
}
