//! # `too-long`
//!
//! More than a few sentences bury what matters.
//!
//! The guidance: "Only a sentence or two is needed to sufficiently state the status."
//!
//! Bad (Blocked): "Customer will not deploy because the Palo Alto proxy drops UDP 3478. The account team was told in
//! March. The next steering committee meets on the 12th. A vendor quoted 90k for a new proxy. The engineer keeps the
//! weekly sync going. Other proxies are being looked at."
//!
//! Good (Blocked): "Due to a firewall not properly forwarding traffic, the customer will not deploy service because
//! they are unable to connect to mailboxes."

use crate::finding::Place;
use crate::finding::{Finding, Severity};
use crate::record::FieldName;
use crate::rules::{Case, Group, Meta, Rule, Waivable};

/// What the rule is.
pub const META: Meta = Meta {
    name: "too-long",
    group: Group::Note,
    default: Some(Severity::Warning),
    waivable: Waivable::Yes,
    summary: "the note has more sentences or words than the playbook allows",
    explanation: "Reports show the note in a table cell. State the intent and the primary reason in a sentence or \
                  two; what else happened belongs in the overall notes.",
    guidance: "Only a sentence or two is needed to sufficiently state the status.",
    bad: BAD,
    good: GOOD,
};

const BAD: &str = "\
customer: Contoso
workload: Teams
status: Blocked
note: >-
  Customer will not deploy because the Palo Alto proxy drops UDP 3478. The
  account team was told in March. The next steering committee meets on the
  12th. A vendor quoted 90k for a new proxy. The engineer keeps the weekly
  sync going. Other proxies are being looked at.
refresh_summary:
  - {date: 2020-03-27, who_changed: Celia Kennedy, what_changed: General Maintenance}
";

const GOOD: &str = "\
customer: Contoso
workload: Exchange Online
status: Blocked
note: >-
  Due to a firewall not properly forwarding traffic, the customer will not
  deploy service because they are unable to connect to mailboxes.
refresh_summary:
  - {date: 2020-03-27, who_changed: Celia Kennedy, what_changed: General Maintenance}
";

/// The rule.
pub struct TooLong;

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
    Some(Finding::new(META.name, Severity::Warning, Place::Value(FieldName::Note), message).with_help(help))
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
