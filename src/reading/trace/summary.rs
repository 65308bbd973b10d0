//! What the reader makes of a note, in short.

use super::{Quote, names};
use crate::reading::ReasonKind as ReasonKindFound;
use crate::reading::{ForeignSign, Polarity, Reading, ReasonStrength};
use crate::text::NoteSpan;
use schemars::JsonSchema;
use serde::Serialize;

/// What the reader makes of a note. The status of its record is not known to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Summary {
    /// Whether the customer will use the service.
    pub intent: Polarity,
    /// The words that say so.
    pub intent_words: Option<Quote>,
    /// Why.
    pub reason: ReasonSummary,
    /// How much the note says of the state of an onboarding.
    pub state: ReasonKind,
    /// Contact with the customer.
    pub contact: ContactSummary,
    /// Words that soften the intent.
    pub hedges: Vec<Quote>,
    /// Parts that do not belong in a status note.
    pub off_topic: Vec<OffTopicSummary>,
    /// Words that say that nobody has decided, or that both ways are open.
    pub undecided: Option<Quote>,
    /// Words that say that the entitlement is counted twice or is not real.
    pub duplicate: Option<Quote>,
    /// Words about the FastTrack benefit, or about help.
    pub benefit: Option<Quote>,
    /// A part that speaks of another workload as if it were this one.
    pub other_workload: Option<ForeignSummary>,
    /// Slots of a template that are not filled.
    pub slots: Vec<Quote>,
    /// `prose`, or what the note is made of instead: `blank`, `only-names`, `stuffing`, `circular`.
    pub form: &'static str,
    /// How many sentences it has.
    pub sentences: usize,
    /// How many words it has.
    pub words: usize,
}

/// The reason that a note gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReasonSummary {
    /// How much it says.
    pub kind: ReasonKind,
    /// Its words.
    pub words: Option<Quote>,
    /// Which kind of reason keeps the customer from the service (`infrastructure`, `competitor` …); `unknown` where the
    /// note does not tell, or where nothing does.
    pub reason_kind: &'static str,
    /// The words that tell the kind.
    pub reason_kind_words: Option<Quote>,
    /// The things that it names: products, numbers, laws, technical terms.
    pub specifics: Vec<Quote>,
}

/// How much a reason says, or the state of an onboarding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ReasonKind {
    /// It names nothing.
    None,
    /// Too little to act on.
    Thin,
    /// It names what it is.
    Concrete,
}

/// What a note says about reaching the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own, and all combinations occur")]
pub struct ContactSummary {
    /// Nobody answered.
    pub silent: bool,
    /// Somebody answered in the end.
    pub heard: bool,
    /// The intent could not be found out.
    pub intent_unknown: bool,
    /// Attempts at contact are spoken of.
    pub attempts: bool,
    /// How many is said.
    pub counted: bool,
    /// Whom they went to is said.
    pub whom: bool,
    /// Whether the account is managed is said.
    pub account: Option<Account>,
}

/// Whether an account has an account team.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Account {
    /// It has one.
    Managed,
    /// It has none.
    Unmanaged,
}

/// A part that does not belong in a status note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OffTopicSummary {
    /// What it is about instead: `engagement`, `usage`, `pointer`, `to-do`, `greeting`, `benefit`, `praise`,
    /// `placeholder`.
    pub about: &'static str,
    /// Its words.
    pub words: Quote,
}

/// A part that speaks of another workload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ForeignSummary {
    /// The workload.
    pub workload: String,
    /// The words that give it away.
    pub words: Quote,
    /// `terms` where it speaks in the other's terms, `refused` or `moved` where the other is what will not be used or is
    /// under way.
    pub sign: &'static str,
}

impl Summary {
    /// The short form of a reading of `note`.
    #[must_use]
    pub fn of(reading: &Reading, note: &str) -> Self {
        let quote = |span: NoteSpan| Quote::new(note, span);
        let quotes = |spans: &[NoteSpan]| spans.iter().copied().map(quote).collect();
        let contact = reading.contact;
        let kind_of_reason = reading.kind_of_reason(None);
        let account = reading.slot_values.account.filter(|_| contact.managed).map(|account| match account {
            crate::reading::Account::Managed => Account::Managed,
            crate::reading::Account::Unmanaged => Account::Unmanaged,
        });
        Self {
            intent: reading.intent,
            intent_words: reading.intent_span.map(quote),
            reason: ReasonSummary {
                kind: kind(reading.reason),
                words: reading.reason_span.map(quote),
                reason_kind: ReasonKindFound::name_of(kind_of_reason),
                reason_kind_words: kind_of_reason.map(|kind| quote(kind.words)),
                specifics: quotes(&reading.specifics),
            },
            state: kind(reading.state),
            contact: ContactSummary {
                silent: contact.silent,
                heard: contact.heard,
                intent_unknown: contact.intent_unknown,
                attempts: contact.attempts,
                counted: contact.counted,
                whom: contact.whom,
                account,
            },
            hedges: quotes(&reading.hedges),
            off_topic: reading
                .off_topic
                .iter()
                .map(|part| OffTopicSummary { about: names::off_topic(part.kind), words: quote(part.span) })
                .collect(),
            undecided: reading.features.undecided.map(quote),
            duplicate: reading.duplicate.map(quote),
            benefit: reading.benefit.map(quote),
            other_workload: reading.foreign_workload.as_ref().map(|foreign| ForeignSummary {
                workload: foreign.workload.clone(),
                words: quote(foreign.span),
                sign: match foreign.sign {
                    ForeignSign::Terms => "terms",
                    ForeignSign::Refused => "refused",
                    ForeignSign::Moved => "moved",
                },
            }),
            slots: quotes(&reading.slots),
            form: names::form(reading.shape.form),
            sentences: reading.shape.sentences,
            words: reading.shape.words,
        }
    }
}

pub(super) fn kind(strength: ReasonStrength) -> ReasonKind {
    match strength {
        ReasonStrength::None => ReasonKind::None,
        ReasonStrength::Thin => ReasonKind::Thin,
        ReasonStrength::Concrete => ReasonKind::Concrete,
    }
}
