//! What every note rule asks of its case.

use super::{Case, remedy};
use crate::playbook::StatusKind;
use crate::reading::{Make, Reading};

/// What people write when they have nothing to write.
const STAND_INS: &[&str] = &[
    "blank",
    "empty",
    "n a",
    "n/a",
    "na",
    "nil",
    "no comment",
    "no note",
    "none",
    "not applicable",
    "null",
    "same",
    "x",
];

impl Case<'_> {
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

    /// Whether the note is empty, holds no word, or a word that stands for none.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        let Some(note) = self.note_text() else { return true };
        let bare = note.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        self.reading.shape.make == Make::Blank || STAND_INS.contains(&bare.as_str())
    }

    /// What the record's status means, when it is a known one.
    #[must_use]
    pub fn kind(&self) -> Option<StatusKind> {
        self.playbook.status(self.record.status.value()?).map(|status| status.kind)
    }

    /// The canonical spelling of the record's status.
    #[must_use]
    pub fn status_name(&self) -> Option<&str> {
        self.playbook.status(self.record.status.value()?).map(|status| status.name.as_str())
    }

    /// Whether another rule says already that the note is no status note at all: open slots, or every sentence astray.
    #[must_use]
    pub fn is_misplaced(&self) -> bool {
        !self.reading.slots.is_empty()
            || !self.reading.strays.is_empty() && self.reading.strays.len() >= self.reading.shape.sentences
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

    /// The guidance's template for the record's status, with the slots that this note already fills, filled.
    #[must_use]
    pub fn template(&self) -> String {
        remedy::template(self)
    }
}
