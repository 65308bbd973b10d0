//! Whether a note says that the customer will use the service, all told.

use super::contact::Contact;
use super::reason::{Strength as ReasonStrength, Why};
use crate::reading::balance::Intent;
use crate::reading::features::Features;
use crate::reading::proposition::{Direction, Predicate, Proposition, Strength};

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

impl Polarity {
    /// The name of the answer: `positive`, `negative`, `unknown`, `none`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Positive => "positive",
            Self::Negative => "negative",
            Self::Unknown => "unknown",
            Self::None => "none",
        }
    }
}

/// Whether a note is about licences that are counted twice or are no real ones, which have no intent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Licences {
    /// Its words say so.
    Told,
    /// It speaks of them, or of nobody.
    Spoken,
    /// It speaks of something else.
    Untold,
}

/// What decided the polarity of a note.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    /// Licences are counted twice or are not real.
    Licences,
    /// It says both at once, and nothing between.
    BothWays,
    /// Nobody has decided.
    Undecided,
    /// Nobody answers, or nobody could find out.
    Unheard,
    /// Propositions, or what stands beside them.
    Said,
    /// Nothing.
    Nothing,
}

/// What the polarity of a note rests on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IntentInputs<'a> {
    pub(crate) contact: &'a Contact,
    pub(crate) features: &'a Features,
    pub(crate) decided: &'a Intent,
    pub(crate) claims: &'a [Proposition],
    pub(crate) why: &'a Why,
    /// Which way the claims go, or what stands beside them.
    pub(crate) direction: Option<Direction>,
    pub(crate) licences: Licences,
}

impl IntentInputs<'_> {
    /// What the words of a note say by themselves, whatever status its record has.
    pub(crate) fn polarity(&self) -> (Polarity, Decision) {
        let decided = self.decided;
        let both = decided.plainly_for && decided.plainly_against && self.features.contrast_or_condition.is_none();
        if self.licences == Licences::Told {
            // Licences have no intent.
            return (Polarity::None, Decision::Licences);
        }
        if both && self.why.reason == ReasonStrength::None {
            // Who says both at once, with nothing between, does not say.
            return (Polarity::None, Decision::BothWays);
        }
        if self.features.undecided.is_some() {
            return (Polarity::Unknown, Decision::Undecided);
        }
        let unheard = self.contact.silent || self.contact.intent_unknown;
        if unheard && !self.decided.plainly_against && !has_progress(self.claims) {
            return (Polarity::Unknown, Decision::Unheard);
        }
        match self.direction {
            Some(Direction::For) => (Polarity::Positive, Decision::Said),
            Some(Direction::Against) => (Polarity::Negative, Decision::Said),
            None => (Polarity::None, Decision::Nothing),
        }
    }
}

/// Whether the claims plainly tell of work under way.
pub(crate) fn has_progress(claims: &[Proposition]) -> bool {
    claims
        .iter()
        .any(|e| e.direction == Direction::For && e.predicate == Predicate::Progress && e.strength == Strength::Plain)
}
