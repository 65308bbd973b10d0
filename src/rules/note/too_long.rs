//! The rule `too-long`.

use crate::finding::Target;
use crate::finding::{Finding, Severity};
use crate::record::FieldName;
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "too-long",
    group: Group::Note,
    default: Some(Severity::Warning),
    waivable: Waivable::Yes,
    summary: "the note has more sentences or words than the playbook allows",
    explanation: "Reports show the note in a table cell. State the intent and the primary reason in a sentence or \
                  two; what else happened belongs in the overall notes.",
    guidance: "Only a sentence or two is needed to sufficiently state the status.",
    examples: examples!("too-long"),
};

pub(crate) struct TooLong;

impl Rule for TooLong {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        check(case).into_iter().collect()
    }
}

fn check(case: &Case<'_>) -> Option<Finding> {
    let reading = case.prose()?;
    let limits = &case.playbook.thresholds;
    let shape = reading.shape;
    let message = if shape.sentences > limits.max_sentences {
        format!("the note has {} sentences; one or two are enough", shape.sentences)
    } else if shape.words > limits.max_words {
        format!("the note has {} words; a sentence or two are enough", shape.words)
    } else {
        return None;
    };
    let help = "Keep the intent and the primary reason; move the rest to the overall notes.";
    Some(Finding::new(META.name, Severity::Warning, Target::Value(FieldName::Note), message).with_help(help))
}

#[cfg(test)]
mod tests {
    use super::TooLong;
    use crate::rules::testing::trial;

    #[test]
    fn six_sentences() {
        let note =
            "Customer will not deploy. It is the proxy. It drops UDP. We met twice. A new one is quoted. More to come.";
        assert!(trial(&TooLong, "Blocked", "Teams", note).is_warning());
    }

    #[test]
    fn one_endless_sentence() {
        let note = "proxy and ".repeat(50);
        assert!(trial(&TooLong, "Blocked", "Teams", &note).is_warning());
    }

    #[test]
    fn three_sentences_are_fine() {
        let note = "Customer will not deploy. The proxy drops UDP 3478. Replacement is due in June.";
        assert!(trial(&TooLong, "Blocked", "Teams", note).is_silent());
    }
}
