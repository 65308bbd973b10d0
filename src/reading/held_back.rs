//! Whether something keeps the customer from the service: only then has a note a reason of some kind.

use super::{Polarity, Reading, ReasonKind};
use crate::playbook::StatusKind;

impl Reading {
    /// Which kind of reason keeps the customer from the service, or makes the entitlement void; nothing where it is not
    /// told, or where nothing does. A status of the record says whether something does, else the note alone.
    #[must_use]
    pub fn kind_of_reason(&self, status: Option<StatusKind>) -> Option<ReasonKind> {
        let held_back = match status {
            Some(StatusKind::Blocked | StatusKind::NoIntent | StatusKind::DuplicateInvalid) => true,
            Some(StatusKind::InProgress | StatusKind::StatusUnknown) => self.intent == Polarity::Negative,
            None => self.is_held_back(),
        };
        self.reason_kind.filter(|_| held_back)
    }

    /// Whether something keeps the customer from the service, or the entitlement is not real. Work under way, and
    /// silence, have no reason.
    fn is_held_back(&self) -> bool {
        let features = &self.features;
        if self.intent == Polarity::Negative || features.plainly_against.is_some() {
            return true;
        }
        let held = [features.own_hindrance, features.elsewhere, features.refusal].iter().any(Option::is_some);
        let is_duplicate = self.duplicate.is_some() && self.counts_licences;
        let under_way = self.intent == Polarity::Positive || features.progress.is_some();
        let is_unheard = self.contact.managed && (self.contact.attempts || self.contact.silent) && !held;
        (held && !self.is_plainly_moving() || !under_way || is_duplicate) && !self.is_about_silence() && !is_unheard
    }
}
