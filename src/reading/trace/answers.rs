//! The last layers of a trace: features, points of the reason, answers.

use super::propositions::PropositionTrace;
use super::signs::Signs;
use super::summary::{Account, ReasonKind, Summary, kind};
use super::{Quote, Source, names};
use crate::lexicon::{SemanticClass, SemanticClasses};
use crate::playbook::Thresholds;
use crate::reading::answer::intent::Decision;
use crate::reading::answer::reason::Weighing;
use crate::reading::answer::relevance::LEADING;
use crate::reading::mark::Mark;
use crate::text::NoteSpan;
use schemars::JsonSchema;
use serde::Serialize;

/// Something that a note says for or against, beside what it comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FeatureTrace {
    /// Its name.
    pub feature: &'static str,
    /// The words that say it, where they are known.
    pub words: Option<Quote>,
}

/// What the words of a note weigh.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PointsTrace {
    /// What they come to; figures, dates and kinds alone count less than their sum.
    pub points: u32,
    /// What that is.
    pub kind: ReasonKind,
    /// From how many points on it is thin.
    pub thin_from: u32,
    /// From how many points on it is concrete.
    pub concrete_from: u32,
    /// The terms that weighed something, or could have.
    pub terms: Vec<WeighedTrace>,
}

/// A term that weighed something, or could have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct WeighedTrace {
    /// Its number.
    pub term: usize,
    /// Its words.
    pub text: String,
    /// Its points.
    pub points: u32,
    /// Why it weighs so much.
    pub because: &'static str,
}

/// An answer, and what decided it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AnswerTrace {
    /// The question.
    pub question: &'static str,
    /// The answer.
    pub value: String,
    /// The words of the note that it rests on.
    pub words: Option<Quote>,
    /// The proposition, list or cue that decided.
    pub because: String,
    /// The file that decides.
    pub file: &'static str,
}

/// What the words of a note weigh, for its answers.
#[derive(Debug, Clone, Copy)]
pub(super) struct Points<'a> {
    pub(super) reason: &'a PointsTrace,
    pub(super) state: &'a PointsTrace,
}

impl Source<'_> {
    pub(super) fn features(&self) -> Vec<FeatureTrace> {
        let reading = &self.analysis.reading;
        let features = &reading.features;
        let spans = [
            ("plainly for", features.plainly_for),
            ("wish", features.wish),
            ("plainly against", features.plainly_against),
            ("progress", features.progress),
            ("hindrance", features.hindrance),
            ("own hindrance", features.own_hindrance),
            ("elsewhere", features.elsewhere),
            ("undecided", features.undecided),
            ("contrast or condition", features.contrast_or_condition),
        ];
        let facts = [
            ("speaks of work", reading.speaks_of_work),
            ("tells deeds", reading.tells_deeds),
            ("tells progress", reading.tells_progress),
            ("only mentions deployment", reading.only_mentions_deployment),
            ("speaks of lack", reading.speaks_of_lack),
            ("counts licences", reading.counts_licences),
            ("mentions the workload", reading.mentions_workload),
            ("gives a cause", reading.gives_cause),
        ];
        let quote = |span: NoteSpan| Quote::new(self.note, span);
        let spans = spans.into_iter().filter_map(|(feature, span)| Some((feature, Some(quote(span?)))));
        let facts = facts.into_iter().filter(|(_, is)| *is).map(|(feature, _)| (feature, None));
        spans.chain(facts).map(|(feature, words)| FeatureTrace { feature, words }).collect()
    }

    pub(super) fn reason_points(&self) -> PointsTrace {
        let Thresholds { thin_reason, concrete_reason, .. } = self.analysis.limits;
        self.points(&self.analysis.why.reason_weight, kind(self.analysis.why.reason), (thin_reason, concrete_reason))
    }

    pub(super) fn state_points(&self) -> PointsTrace {
        let Thresholds { thin_reason, concrete_state, .. } = self.analysis.limits;
        self.points(&self.analysis.why.state_weight, kind(self.analysis.why.state), (thin_reason, concrete_state))
    }

    fn points(&self, weighing: &Weighing, kind: ReasonKind, (thin_from, concrete_from): (u32, u32)) -> PointsTrace {
        let terms = &self.analysis.terms;
        let mut weighed: Vec<_> = weighing.weighed.iter().collect();
        weighed.sort_by_key(|weighed| weighed.at);
        let weighed = weighed.into_iter().map(|weighed| WeighedTrace {
            term: weighed.at + 1,
            text: terms.terms.get(weighed.at).map(|term| terms.text(term).to_owned()).unwrap_or_default(),
            points: weighed.points,
            because: names::ground(weighed.ground),
        });
        PointsTrace { points: weighing.points, kind, thin_from, concrete_from, terms: weighed.collect() }
    }

    /// The answers that say something; intent and reason always do.
    pub(super) fn answers(
        &self,
        summary: &Summary,
        propositions: &[PropositionTrace],
        points: Points<'_>,
    ) -> Vec<AnswerTrace> {
        let mut answers = vec![self.intent(summary, propositions), self.reason(summary, points.reason)];
        let state = points_of(points.state);
        answers.push(answer("state", summary.state.name(), None, state, "src/reading/answer/reason.rs"));
        answers.extend(self.contact(summary));
        let hedge = Signs(SemanticClasses::any(&[SemanticClass::HedgeTime, SemanticClass::HedgeDoubt]), &[]);
        let hedge_file = "src/reading/answer/hedge.rs";
        answers.extend(
            summary.hedges.iter().map(|words| self.found("hedge", "softens the intent", words, &hedge, hedge_file)),
        );
        answers.extend(summary.off_topic.iter().map(|part| {
            let led = self.led_by(&part.words);
            answer("off-topic", part.about, Some(part.words.clone()), led, "src/reading/answer/relevance.rs")
        }));
        let duplicate = Signs(SemanticClasses::any(&[SemanticClass::Duplicate]), &[]);
        let words = summary.duplicate.iter();
        answers.extend(words.map(|words| {
            self.found("duplicate", "counted twice or not real", words, &duplicate, "src/reading/facts.rs")
        }));
        let benefit = Signs(SemanticClasses::NONE, &[Mark::HelpDeclined]);
        let words = summary.benefit.iter();
        answers.extend(words.map(|words| {
            self.found("benefit", "speaks of help or the benefit", words, &benefit, "src/reading/mod.rs")
        }));
        answers.extend(summary.other_workload.iter().map(|foreign| {
            let value = format!("{} ({})", foreign.workload, foreign.sign);
            let because = "a name or term of that workload (list: workloads)".to_owned();
            answer("other workload", &value, Some(foreign.words.clone()), because, "src/reading/answer/workload.rs")
        }));
        let slots = Signs(
            SemanticClasses::any(&[SemanticClass::Slot, SemanticClass::Placeholder]),
            &[Mark::OpenSlot, Mark::OpenChoice, Mark::Dummy, Mark::OpensSlot],
        );
        let words = summary.slots.iter();
        answers
            .extend(words.map(|words| self.found("slot", "not filled", words, &slots, "src/reading/answer/slots.rs")));
        if summary.form != "prose" {
            let because = "the form of the whole note".to_owned();
            answers.push(answer("form", summary.form, None, because, "src/reading/shape.rs"));
        }
        answers
    }

    fn intent(&self, summary: &Summary, propositions: &[PropositionTrace]) -> AnswerTrace {
        let (because, file) = self.why_intent(propositions);
        answer("intent", summary.intent.name(), summary.intent_words.clone(), because, file)
    }

    fn why_intent(&self, propositions: &[PropositionTrace]) -> (String, &'static str) {
        let here = "src/reading/answer/intent.rs";
        match self.analysis.decision {
            Decision::Licences => {
                let signs = Signs(SemanticClasses::any(&[SemanticClass::Duplicate]), &[Mark::Licence]);
                (format!("licences have no intent: {}", self.signs(&signs)), here)
            }
            Decision::BothWays => ("one proposition is plainly for, another plainly against".to_owned(), here),
            Decision::Undecided => {
                let signs =
                    Signs(SemanticClasses::any(&[SemanticClass::Undecided]), &[Mark::LeadingDoubt, Mark::EitherWay]);
                (format!("nobody has decided: {}", self.signs(&signs)), "src/reading/features.rs")
            }
            Decision::Unheard => {
                let because = format!("nobody answers, or nobody could find out: {}", self.signs(&SILENCE));
                (because, "src/reading/answer/contact.rs")
            }
            Decision::Said => match propositions.iter().find(|proposition| proposition.decides) {
                Some(decides) => (format!("proposition P{} decides", decides.number), "src/reading/balance.rs"),
                None => {
                    let signs = Signs(SemanticClasses::any(&[SemanticClass::Trouble]), &[]);
                    (format!("nothing is claimed, and something stands in the way: {}", self.signs(&signs)), here)
                }
            },
            Decision::Nothing => ("no proposition counts".to_owned(), "src/reading/balance.rs"),
        }
    }

    fn reason(&self, summary: &Summary, points: &PointsTrace) -> AnswerTrace {
        let points = points_of(points);
        let because = match self.analysis.why.bearing.and_then(names::unbound) {
            Some(bearing) => format!("{points}; {bearing}"),
            None => points,
        };
        let reason = &summary.reason;
        answer("reason", reason.kind.name(), reason.words.clone(), because, "src/reading/answer/reason.rs")
    }

    fn contact(&self, summary: &Summary) -> Vec<AnswerTrace> {
        let contact = &summary.contact;
        let account = match contact.account {
            Some(Account::Unmanaged) => "unmanaged account",
            _ => "managed account",
        };
        let facts = [
            (contact.silent, "no answer", SILENCE),
            (contact.heard, "somebody answered", Signs(SemanticClasses::NONE, &[Mark::Replied])),
            (
                contact.intent_unknown,
                "intent not found out",
                Signs(SemanticClasses::any(&[SemanticClass::Unknown]), &[Mark::NotLearnt]),
            ),
            (contact.attempts, "attempts", Signs(SemanticClasses::NONE, &[Mark::Attempt])),
            (contact.counted, "attempts counted", Signs(SemanticClasses::NONE, &[Mark::Counted])),
            (contact.whom, "says whom", PERSON),
            (
                contact.account.is_some(),
                account,
                Signs(SemanticClasses::any(&[SemanticClass::Managed]), &[Mark::Unmanaged]),
            ),
        ];
        let told = facts.into_iter().filter(|(is, ..)| *is);
        told.map(|(_, value, signs)| {
            let because = if value == "says whom" { self.whom() } else { self.signs(&signs) };
            answer("contact", value, None, because, "src/reading/answer/contact.rs")
        })
        .collect()
    }

    /// Who is asked: somebody of a list, or a name that no list knows.
    fn whom(&self) -> String {
        let terms = &self.analysis.terms;
        match terms.terms.iter().find(|term| term.proper && term.is_unknown()) {
            Some(name) if !terms.terms.iter().any(|term| term.has(SemanticClass::Person)) => {
                format!("{} (in no list, with a capital)", terms.text(name))
            }
            _ => self.signs(&PERSON),
        }
    }

    fn found(
        &self,
        question: &'static str,
        value: &str,
        words: &Quote,
        signs: &Signs,
        file: &'static str,
    ) -> AnswerTrace {
        answer(question, value, Some(words.clone()), self.signs_within(words, signs), file)
    }

    /// What leads a part away from the status.
    fn led_by(&self, part: &Quote) -> String {
        let led = Signs(LEADING, &[Mark::HelpDeclined, Mark::Definition, Mark::SeatsState]);
        self.signs_within(part, &led)
    }
}

const PERSON: Signs = Signs(SemanticClasses::any(&[SemanticClass::Person]), &[]);

const SILENCE: Signs = Signs(
    SemanticClasses::any(&[SemanticClass::Silence, SemanticClass::Unknown, SemanticClass::Reply]),
    &[Mark::FailedAttempt, Mark::Nil, Mark::Zero, Mark::NotLearnt],
);

impl ReasonKind {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Thin => "thin",
            Self::Concrete => "concrete",
        }
    }
}

fn points_of(points: &PointsTrace) -> String {
    format!("{} points; thin from {}, concrete from {}", points.points, points.thin_from, points.concrete_from)
}

fn answer(
    question: &'static str,
    value: &str,
    words: Option<Quote>,
    because: String,
    file: &'static str,
) -> AnswerTrace {
    AnswerTrace { question, value: value.to_owned(), words, because, file }
}
