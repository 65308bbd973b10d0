//! What a rule sees of one record, and what every rule about notes asks of it.

mod settings;
mod waivers;

use crate::day::Today;
use crate::emptiness::{Emptiness, Purpose, emptiness};
use crate::playbook::Playbook;
use crate::playbook::{StatusEntry, StatusKind};
use crate::reading::observation::Observations;
use crate::reading::{
    self, ForeignSign, ForeignWorkload, NoteForm, OffTopicKind, Polarity, Reading, ReadingContext, ReasonStrength,
};
use crate::record::{FieldName, Heading, NoteRecord};
use crate::writer::Writer;

pub use settings::{RequiredFields, Requirement, RuleSettings};
pub use waivers::WaiverEffect;
pub use waivers::WaiverErrors;
pub(crate) use waivers::{WaiverError, WaiverErrorKind};

/// What a rule sees of one record.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The record after the change.
    pub record: &'a NoteRecord,
    /// What its note says.
    pub reading: &'a Reading,
    /// The record before the change, once for each parent side that has it; empty when the run looks at no history.
    pub before: &'a [&'a NoteRecord],
    /// What is wrong with the waivers of the record.
    pub waiver_errors: &'a WaiverErrors,
    /// The guidance.
    pub playbook: &'a Playbook,
    /// What the configuration sets for rules (thresholds, dates).
    pub settings: &'a RuleSettings,
    /// The day of the run.
    pub today: Today,
    /// Who writes the record, where that is known.
    pub writer: Option<&'a Writer>,
    /// How the note says nothing, when it does: nearly every rule asks, and to find out takes a look at all of it.
    pub(crate) emptiness: Option<Emptiness>,
}

/// How the note of a record says nothing, when it does.
pub(crate) fn emptiness_of_note(record: &NoteRecord) -> Option<Emptiness> {
    record.note.value().map_or(Some(Emptiness::Blank), |note| emptiness(note, Purpose::Statement))
}

impl<'a> Case<'a> {
    /// The playbook's entry for the record's status; nothing when the record has none, or none that is known.
    #[must_use]
    pub fn status(&self) -> Option<&'a StatusEntry> {
        self.playbook.status(self.record.status.value()?)
    }
}

impl Case<'_> {
    /// The key under which the record has `field`, or has to have it.
    #[must_use]
    pub fn key(&self, field: FieldName) -> &str {
        self.record.written.key(field).unwrap_or_else(|| self.settings.fields.key(field))
    }

    /// The decoded note, when the record has one.
    #[must_use]
    pub fn note_text(&self) -> Option<&str> {
        self.record.note.value().map(String::as_str)
    }

    /// The reading of a note that has words of its own; nothing for a blank one, which `blank-note` reports.
    #[must_use]
    pub fn prose(&self) -> Option<&Reading> {
        (!self.is_blank()).then_some(self.reading)
    }

    /// Whether the key is there without a value: `note:` or `note: ~`.
    #[must_use]
    pub fn has_null_note(&self) -> bool {
        matches!(self.record.note, crate::record::Field::Null(_))
    }

    /// Whether the note says nothing, and no other rule says so with a place inside the note.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self.emptiness {
            None => self.reading.shape.form == NoteForm::Blank,
            Some(Emptiness::Blank) => true,
            // `placeholder` reports these with the place of each.
            Some(Emptiness::StandIn) => self.reading.slots.is_empty() && !self.puts_off(),
        }
    }

    /// Whether the note says that the text is still to come, or is to be found in another place.
    fn puts_off(&self) -> bool {
        let kinds = [OffTopicKind::Pointer, OffTopicKind::ToDo];
        self.reading.off_topic.iter().any(|part| kinds.contains(&part.kind))
    }

    /// What the record's status means. Where the record has none, or none that is known, the status that the note
    /// itself speaks of; nothing when that is none, either.
    #[must_use]
    pub fn kind(&self) -> Option<StatusKind> {
        self.status().map(|status| status.kind).or_else(|| self.kind_said())
    }

    /// What the customer intends with the record's workload: nothing is said of it in a note about another one, or
    /// about somebody else.
    #[must_use]
    pub fn intent(&self) -> Polarity {
        match self.foreign_workload() {
            Some(_) => Polarity::None,
            None if self.reading.somebody_else.is_some() => Polarity::None,
            None => self.intent_of_note(),
        }
    }

    /// The other workload that the note is about, where it is about one.
    #[must_use]
    pub fn foreign_workload(&self) -> Option<&ForeignWorkload> {
        let (reading, kind) = (self.prose()?, self.kind()?);
        if matches!(kind, StatusKind::StatusUnknown | StatusKind::DuplicateInvalid) || reading.mentions_workload {
            return None;
        }
        // Who does not take this one may well be on the way with another.
        let taken = |foreign: &&ForeignWorkload| foreign.sign != ForeignSign::Moved || kind == StatusKind::InProgress;
        reading.foreign_workload.as_ref().filter(taken)
    }

    /// What the customer intends, whichever workload the note is about, in the light of the record's status where the
    /// words leave it open: attempts explain that nobody knows, deeds and the state of work that it moves, a reason
    /// beside a deployment that is only named that it does not. Licences that are counted twice have no intent.
    #[must_use]
    pub fn intent_of_note(&self) -> Polarity {
        let reading = self.reading;
        let contact = &reading.contact;
        let concrete = reading.reason == ReasonStrength::Concrete;
        let state_told = reading.state == ReasonStrength::Concrete;
        let progresses = reading.features.progress.is_some();
        let moves = progresses || reading.tells_deeds;
        let decided_against = reading.features.plainly_against.is_some();
        let refused_for_a_reason = decided_against && concrete && !contact.silent && !contact.managed;
        let asked = (contact.silent || contact.tells_attempts()) && !refused_for_a_reason && !contact.heard;
        match (self.status().map(|status| status.kind), reading.intent) {
            (Some(StatusKind::DuplicateInvalid), _) if self.is_about_licences() => Polarity::None,
            (Some(StatusKind::StatusUnknown), _) if asked && !reading.tells_progress => Polarity::Unknown,
            // "The old PBX is retired, 40 users were moved": what is refused is what they leave.
            (Some(StatusKind::InProgress), Polarity::Negative)
                if reading.features.given_up.is_none() && (moves && !decided_against || progresses && state_told) =>
            {
                Polarity::Positive
            }
            (Some(StatusKind::InProgress), Polarity::None) if state_told && self.tells_of_work() => Polarity::Positive,
            (Some(StatusKind::Blocked | StatusKind::NoIntent), Polarity::Positive)
                if reading.only_mentions_deployment && reading.reason != ReasonStrength::None =>
            {
                Polarity::Negative
            }
            // "Sync breaks on the scanners, which keeps them from using it": nothing says that they want it or go on.
            (Some(StatusKind::Blocked), Polarity::Positive)
                if !progresses && reading.features.wish.is_none() && reading.denies_something =>
            {
                Polarity::Negative
            }
            (Some(StatusKind::Blocked | StatusKind::NoIntent), Polarity::None) if self.lacks_something() => {
                Polarity::Negative
            }
            (_, said) => said,
        }
    }

    /// Whether the note tells of work on the service, in whatever words.
    fn tells_of_work(&self) -> bool {
        let reading = self.reading;
        let on_service = reading.speaks_of_work || reading.mentions_workload || reading.tells_deeds;
        let told = reading.shape.form != NoteForm::OnlyNames && !self.is_misplaced();
        told && reading.somebody_else.is_none() && on_service && (!reading.takes_no_position() || reading.tells_deeds)
    }

    /// Whether the note says that the service lacks something, or that something else does its work.
    fn lacks_something(&self) -> bool {
        let reading = self.reading;
        reading.reason != ReasonStrength::None
            && reading.mentions_workload
            && reading.speaks_of_lack
            && reading.somebody_else.is_none()
            && !self.is_misplaced()
    }

    /// Whether the note speaks of licences, or of nobody: neither of what a customer does or refuses nor of silence.
    fn is_about_licences(&self) -> bool {
        let Reading { features, contact, .. } = self.reading;
        let takes_side = contact.silent
            || contact.intent_unknown
            || features.plainly_for.is_some()
            || features.plainly_against.is_some()
            || features.progress.is_some() && features.hindrance.is_none();
        self.reading.duplicate.is_some() || self.reading.counts_licences || !takes_side
    }

    fn kind_said(&self) -> Option<StatusKind> {
        let reading = self.reading;
        match reading.intent {
            _ if reading.is_about_duplicates() => Some(StatusKind::DuplicateInvalid),
            Polarity::Unknown => Some(StatusKind::StatusUnknown),
            Polarity::Positive if reading.features.hindrance.is_none() => Some(StatusKind::InProgress),
            Polarity::Positive => Some(StatusKind::Blocked),
            Polarity::Negative if self.says_cannot() => Some(StatusKind::Blocked),
            Polarity::Negative => Some(StatusKind::NoIntent),
            Polarity::None => None,
        }
    }

    /// Whether the words of the intent say that the customer is kept from it, rather than does not want it.
    #[must_use]
    pub(crate) fn says_cannot(&self) -> bool {
        let note = self.note_text().unwrap_or_default();
        let intent = self.reading.intent_span.map(|span| span.of(note).to_lowercase()).unwrap_or_default();
        ["block", "can not", "can't", "cannot", "prevent", "unable"].iter().any(|word| intent.contains(word))
    }

    /// The canonical spelling of the record's status.
    #[must_use]
    pub fn status_name(&self) -> Option<&str> {
        self.status().map(|status| status.name.as_str())
    }

    /// Whether another rule says already that the note is no status note at all: open slots, or every sentence off topic.
    #[must_use]
    pub fn is_misplaced(&self) -> bool {
        !self.reading.slots.is_empty()
            || !self.reading.off_topic.is_empty() && self.reading.off_topic.len() >= self.reading.shape.sentences
    }

    /// Whether the note is one of the guidance's templates that has no slot, word for word.
    #[must_use]
    pub fn is_template(&self) -> bool {
        let Some(kind) = self.kind() else { return false };
        let fold = |text: &str| -> String {
            text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        let note = fold(self.note_text().unwrap_or_default());
        let templates = self.playbook.statuses.iter().filter(|s| s.kind == kind).flat_map(|s| &s.templates);
        templates.filter(|template| !template.contains('[')).any(|template| fold(template) == note)
    }
}

/// Reads the note of a record: the reader is told whose note it is and about which service, and not its status.
#[must_use]
pub fn read_note(record: &NoteRecord, playbook: &Playbook) -> Reading {
    let note = record.note.value().map(String::as_str).unwrap_or_default();
    reading::read(note, reading_context(record.heading()), playbook)
}

/// The same, with what a second reader can see in the note.
pub(crate) fn read_and_observe(record: &NoteRecord, playbook: &Playbook) -> (Reading, Observations) {
    let note = record.note.value().map(String::as_str).unwrap_or_default();
    reading::read_and_observe(note, reading_context(record.heading()), playbook)
}

/// What the reader is told of a record.
pub(crate) fn reading_context(heading: Heading<'_>) -> ReadingContext<'_> {
    ReadingContext { customer: heading.customer, workload: heading.workload }
}
