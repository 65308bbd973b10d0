//! What each key of a record is for, in a sentence for a writer, with the guidance's sentence where it has one.

use super::page::Page;

/// What a key is for.
#[derive(Debug)]
pub(super) struct FieldHelp {
    /// The key, as it is called without a configuration.
    pub(super) key: &'static str,
    pub(super) what: &'static str,
    /// Word for word; empty where the guidance says nothing of it.
    pub(super) guidance: &'static str,
}

/// All keys, in the order in which a record is written; those of an entry and of a waiver come after.
pub(super) const ALL: [FieldHelp; 12] = [
    FieldHelp { key: "customer", what: "The customer that the record is about.", guidance: "" },
    FieldHelp {
        key: "workload",
        what: "The service that the note is about, such as Exchange Online. Each workload of a customer has a record of \
               its own.",
        guidance: "Copying and pasting the same note for each workload(s) is generally discouraged as the same note is \
                   frequently not applicable to multiple workloads",
    },
    FieldHelp {
        key: "status",
        what: "Where the customer stands with the workload; the note says why.",
        guidance: "Is the customer successfully moving forward with onboarding? Does your note clearly convey that?",
    },
    FieldHelp {
        key: "note",
        what: "Whether the customer will use the service, and why, in a sentence or two.",
        guidance: "In summary, a note should state the intent or lack thereof and include the \"why\" behind it.",
    },
    FieldHelp {
        key: "refresh_summary",
        what: "When the record was reviewed or changed, by whom, and what they changed. The newest entry comes first.",
        guidance: "Updates should be provided as needed so that the workload entitlements have a clear and up to date \
                   description that accurately reflects workload intent.",
    },
    FieldHelp { key: "date", what: "The day, as in 2020-03-27.", guidance: "" },
    FieldHelp {
        key: "waivers",
        what: "Findings that the team accepts in this record, each with its rule and a reason.",
        guidance: "",
    },
    FieldHelp { key: "who_changed", what: "The person who changed the record, by name.", guidance: "" },
    FieldHelp { key: "what_changed", what: "What was changed or confirmed, in a few words.", guidance: "" },
    FieldHelp { key: "rule", what: "The rule whose findings are accepted.", guidance: "" },
    FieldHelp {
        key: "reason",
        what: "Who agreed to it and why. The number of a ticket, or that it was approved, is not enough.",
        guidance: "",
    },
    FieldHelp {
        key: "until",
        what: "The last day on which the waiver holds; without it, it has no end.",
        guidance: "",
    },
];

/// What the key is for that is called `key` without a configuration.
pub(super) fn of(key: &str) -> Option<&'static FieldHelp> {
    ALL.iter().find(|field| field.key == key)
}

impl FieldHelp {
    /// Writes what the key is for.
    pub(super) fn write(&self, page: &mut Page) {
        page.text(self.what);
        page.guidance(self.guidance);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::FieldNames;

    #[test]
    fn the_guidance_says_what_it_is_said_to_say() {
        let guidance = include_str!("../../../fixtures/guidance/guidance.md").replace('*', "");
        for field in ALL {
            assert!(guidance.contains(field.guidance), "{}", field.key);
        }
    }

    #[test]
    fn every_key_of_a_record_is_explained() {
        for key in FieldNames::KNOWN.iter().filter(|key| **key != "entitlements") {
            assert!(of(key).is_some(), "{key}");
        }
    }
}
