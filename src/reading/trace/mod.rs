//! The trace of a reading: every layer as plain data, with the list, the cue and the file behind each decision.
//!
//! A trace is made of the layers that [`super::read`] itself made: there is one engine, and what it decided is
//! told, not decided again. The serialised types are what `read --format json` writes: adding a key is allowed, renaming
//! or removing one needs a new version.

mod answers;
mod layers;
mod names;
mod propositions;
mod signs;
mod summary;

use answers::Points;
pub use answers::{AnswerTrace, FeatureTrace, PointsTrace, WeighedTrace};
pub use layers::{ClauseTrace, CueTrace, MarkTrace, SentenceTrace, TermTrace};
pub use propositions::{NoPropositionTrace, PropositionTrace, WordTrace};
pub use summary::{Account, ContactSummary, ForeignSummary, OffTopicSummary, ReasonKind, ReasonSummary, Summary};

use super::cue_hit::CueHit;
use super::{Analysis, ReadingContext, analyse, read};
use crate::playbook::Playbook;
use crate::text::NoteSpan;
use schemars::JsonSchema;
use serde::Serialize;

/// A part of a note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Quote {
    /// The part as it is written.
    pub text: String,
    /// Its first byte in the note (UTF-8), from 0.
    pub start: usize,
    /// One past its last byte.
    pub end: usize,
}

impl Quote {
    fn new(note: &str, span: NoteSpan) -> Self {
        Self { text: span.of(note).to_owned(), start: span.start, end: span.end }
    }
}

/// A reading, and how it came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Traced {
    /// What the reader makes of the note.
    pub reading: Summary,
    /// The layers, in the order in which they are made.
    pub trace: Trace,
}

/// The layers of a reading, in the order in which they are made. Terms, sentences, clauses and propositions are
/// numbered from 1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Trace {
    /// The normalised text: lower case, plain quotes and dashes, no invisible characters.
    pub text: String,
    /// The words and phrases, each with what the lists and the cues say of it.
    pub terms: Vec<TermTrace>,
    /// The cues that were found, in the order in which they were looked for.
    pub cues: Vec<CueTrace>,
    /// The sentences.
    pub sentences: Vec<SentenceTrace>,
    /// The clauses, in the order of the note.
    pub clauses: Vec<ClauseTrace>,
    /// What the clauses say about the intent.
    pub propositions: Vec<PropositionTrace>,
    /// The clauses that say nothing about the intent, and why.
    pub without_proposition: Vec<NoPropositionTrace>,
    /// What the note says for and against, beside what it comes to.
    pub features: Vec<FeatureTrace>,
    /// What the words weigh as a reason.
    pub reason_points: PointsTrace,
    /// What they weigh as the state of an onboarding.
    pub state_points: PointsTrace,
    /// The answers, each with what decided it.
    pub answers: Vec<AnswerTrace>,
}

/// Reads a note, and says in short what it says. No layer of a trace is made.
#[must_use]
pub fn summary(note: &str, context: ReadingContext<'_>, playbook: &Playbook) -> Summary {
    Summary::of(&read(note, context, playbook), note)
}

/// Reads a note, and tells how. Never fails, never panics, linear in the length of the note.
#[must_use]
pub fn trace(note: &str, context: ReadingContext<'_>, playbook: &Playbook) -> Traced {
    let analysis = analyse(note, context, playbook);
    let hits = layers::hits_by_term(&analysis.terms);
    let source = Source { note, analysis: &analysis, playbook, hits };
    let reading = Summary::of(&source.analysis.reading, note);
    let clauses = source.clauses();
    let propositions = source.propositions(&clauses);
    let (reason_points, state_points) = (source.reason_points(), source.state_points());
    let trace = Trace {
        text: source.analysis.terms.normal.text().to_owned(),
        terms: source.terms(),
        cues: source.cues(),
        sentences: source.sentences(),
        without_proposition: source.without_proposition(&clauses),
        features: source.features(),
        answers: source.answers(&reading, &propositions, Points { reason: &reason_points, state: &state_points }),
        reason_points,
        state_points,
        clauses,
        propositions,
    };
    Traced { reading, trace }
}

/// What a trace is made of.
struct Source<'a> {
    note: &'a str,
    analysis: &'a Analysis,
    playbook: &'a Playbook,
    /// The cues that marked each term.
    hits: Vec<Vec<&'a CueHit>>,
}

impl Source<'_> {
    fn quote(&self, terms: std::ops::Range<usize>) -> Quote {
        let span = self.analysis.terms.span(terms).unwrap_or(NoteSpan::new(0..0));
        Quote::new(self.note, span)
    }
}
