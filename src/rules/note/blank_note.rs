//! The rule `blank-note`.

use crate::emptiness::is_blank;
use crate::finding::{Finding, Proposal, Severity, Target};
use crate::record::FieldName;
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "blank-note",
    group: Group::Note,
    default: Some(Severity::Error),
    waivable: Waivable::Yes,
    summary: "the note is empty or only a placeholder such as \"(blank)\", \"n/a\" or \"-\"",
    explanation: "The note is all that the product groups read. An empty note, or one that consists of a dash, \
                  \"n/a\", a number or invisible characters, adds nothing to the status.",
    guidance: "Entitlement Status Notes are **concise** statements that describe a customer's intent or lack thereof \
               to consume the service.",
    examples: examples!("blank-note"),
};

pub(crate) struct BlankNote;

impl Rule for BlankNote {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        check(case).into_iter().collect()
    }
}

fn check(case: &Case<'_>) -> Option<Finding> {
    let note = if case.has_null_note() { "" } else { case.note_text()? };
    if !case.is_blank() {
        return None;
    }
    let message = if is_blank(note) { "the note is empty" } else { "the note is only a placeholder" };
    Some(
        Finding::new(META.name, Severity::Error, Target::Value(FieldName::Note), message).proposing(Proposal::Template),
    )
}

#[cfg(test)]
mod tests {
    use super::BlankNote;
    use crate::rules::testing::trial;

    #[test]
    fn stand_ins_are_blank() {
        for note in [
            "",
            "   ",
            "(blank)",
            "N/A",
            "-",
            "...",
            "?",
            "\u{1f680}\u{1f680}",
            "none",
            "\u{200b}",
            "5",
            "[what you did]",
            "ditto",
            "ok",
            "\u{2800}\u{3164}",
            "\u{301}",
        ] {
            assert!(trial(&BlankNote, "Blocked", "Teams", note).is_error(), "{note:?}");
        }
    }

    #[test]
    fn a_short_text_is_not_blank() {
        assert!(trial(&BlankNote, "In Progress", "Teams", "In Progress.").is_silent());
        assert!(
            trial(&BlankNote, "Blocked", "Teams", "Not applicable to us since the PBX contract forbids it.")
                .is_silent()
        );
    }
}
