//! Words that people add to the key of a field and that say nothing new, as data: `customerName`, `status_note`,
//! `name of the customer`. A key with another word, such as `customer_id`, is a key of its own.

use super::FieldName;

/// What may stand around the key of a field, in the form that keys are compared in: lower case, letters only.
struct Qualifiers {
    before: &'static [&'static str],
    after: &'static [&'static str],
}

const NAME: Qualifiers = Qualifiers {
    before: &["nameof", "nameofthe", "the", "thenameofthe"],
    after: &["fullname", "name", "names", "sname"],
};

const STATUS: Qualifiers = Qualifiers {
    before: &["current", "currententitlement", "currentworkload", "entitlement", "entitlements", "the", "workload"],
    after: &["name", "ofentitlement", "oftheworkload", "ofworkload", "value"],
};

const NOTE: Qualifiers = Qualifiers {
    before: &[
        "current",
        "currentstatus",
        "entitlement",
        "entitlements",
        "entitlementstatus",
        "status",
        "the",
        "workload",
        "workloadstatus",
    ],
    after: &["body", "content", "onstatus", "text", "value"],
};

const REFRESH_SUMMARY: Qualifiers = Qualifiers {
    before: &["note", "notes", "record", "status", "statusnote", "the"],
    after: &["entries", "list", "log", "table"],
};

/// Whether `folded` is the key `right` of `field` with words around it that say nothing new.
pub(super) fn is_qualified(folded: &str, field: FieldName, right: &str) -> bool {
    let Qualifiers { before, after } = match field {
        FieldName::Customer | FieldName::Workload => NAME,
        FieldName::Status => STATUS,
        FieldName::Note => NOTE,
        FieldName::RefreshSummary => REFRESH_SUMMARY,
        FieldName::Date | FieldName::Waivers => return false,
    };
    if right.is_empty() || folded.len() <= right.len() {
        return false;
    }
    let is_plural = |rest: &str| field == FieldName::Note && rest.strip_suffix('s').is_some_and(|one| one == right);
    folded.strip_prefix(right).is_some_and(|rest| after.contains(&rest))
        || folded.strip_suffix(right).is_some_and(|rest| before.contains(&rest))
        || before.iter().any(|word| folded.strip_prefix(word).is_some_and(is_plural))
}
