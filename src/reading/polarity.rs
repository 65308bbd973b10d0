//! Whether a note says that the customer will use the service, all told.

use super::contact::Contact;
use super::intent::{Basis, Direction, Evidence, Intent, Strength};
use super::reason::{Strength as ReasonStrength, Why};
use super::stance::Stance;
use crate::playbook::StatusKind;

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

/// What the polarity of a note rests on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct IntentInputs<'a> {
    pub(crate) contact: &'a Contact,
    pub(crate) stance: &'a Stance,
    pub(crate) decided: &'a Intent,
    pub(crate) claims: &'a [Evidence],
    pub(crate) why: &'a Why,
    /// Which way the claims go, or what stands beside them.
    pub(crate) direction: Option<Direction>,
    pub(crate) licences: Licences,
    /// Something was done, and how much of it.
    pub(crate) deeds: bool,
}

impl IntentInputs<'_> {
    /// The polarity of a note under a status.
    pub(crate) fn polarity(&self, kind: Option<StatusKind>) -> Polarity {
        let unreal = kind == Some(StatusKind::DuplicateInvalid)
            && (self.licences != Licences::Untold || !takes_side(self.stance, self.contact));
        let decided = self.decided;
        let both = decided.plainly_for && decided.plainly_against && self.stance.contrast_or_condition.is_none();
        if unreal || self.licences == Licences::Told || both && self.why.reason == ReasonStrength::None {
            // Licences have no intent; and who says both at once, with nothing between, does not say.
            return Polarity::None;
        }
        match self.said() {
            Polarity::Unknown => Polarity::Unknown,
            said => self.explained(kind, said),
        }
    }

    /// What the words say by themselves.
    fn said(&self) -> Polarity {
        let unheard = self.contact.silent || self.contact.intent_unknown;
        if self.stance.undecided.is_some() || unheard && !self.decided.plainly_against && !has_progress(self.claims) {
            return Polarity::Unknown;
        }
        match self.direction {
            Some(Direction::For) => Polarity::Positive,
            Some(Direction::Against) => Polarity::Negative,
            None => Polarity::None,
        }
    }

    /// What the words say where they leave it open, in the light of the status that they explain: attempts explain
    /// that nobody knows, deeds that it moves, a why beside the mere mention of a deployment that it does not.
    fn explained(&self, kind: Option<StatusKind>, said: Polarity) -> Polarity {
        let Self { contact, decided, claims, why, deeds, .. } = self;
        let moves = self.stance.progress.is_some() || *deeds;
        let mentioned = decided.decided_by.and_then(|at| claims.get(at)).is_some_and(|e| e.basis == Basis::Mention);
        let told = why.reason == ReasonStrength::Concrete && !contact.silent && !contact.managed;
        let asked =
            (contact.silent || contact.tells_attempts()) && !(decided.plainly_against && told) && !contact.heard;
        match (kind, said) {
            (Some(StatusKind::StatusUnknown), _) if asked && !has_progress(claims) => Polarity::Unknown,
            (Some(StatusKind::InProgress), Polarity::Negative) if moves && !decided.plainly_against => {
                Polarity::Positive
            }
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
}

/// Whether a note plainly speaks of a customer: of what they do or refuse, or that they do not answer.
fn takes_side(stance: &Stance, contact: &Contact) -> bool {
    contact.silent
        || contact.intent_unknown
        || stance.plainly_for.is_some()
        || stance.plainly_against.is_some()
        || stance.progress.is_some() && stance.hindrance.is_none()
}

/// Whether the claims plainly tell of work under way.
pub(crate) fn has_progress(claims: &[Evidence]) -> bool {
    claims.iter().any(|e| e.direction == Direction::For && e.basis == Basis::Progress && e.strength == Strength::Plain)
}
