//! # `waiver-unused`
//!
//! A waiver that sets nothing aside is left from a time when there was something to set aside. Left standing, it would hide
//! the next such finding without anybody having decided so.
//!
//! Bad: a waiver for `refresh-order` in a record whose summary is in order.
//! Good: the same record without the waiver.

use super::{Case, Group, Meta, Rule, Waivable};
use crate::finding::{Finding, Place, Severity};
use crate::record::{Field, FieldName};
use crate::text::ByteSpan;

/// What the rule is.
pub const META: Meta = Meta {
    name: "waiver-unused",
    group: Group::Record,
    default: Some(Severity::Warning),
    waivable: Waivable::No,
    summary: "a waiver suppresses nothing",
    explanation: "A waiver is meant for an existing finding. Once the finding is gone, the waiver would silently \
                  hide the next one of its kind, so delete it. A waiver given beside `entitlements` is not reported. \
                  `waivers` with nothing after it is reported too.",
    guidance: "",
    bad: BAD,
    good: GOOD,
};

const BAD: &str = "\
customer: Contoso
workload: Exchange Online
status: Blocked
note: Unable to deploy because the firewall drops mail traffic and cannot be replaced before June.
waivers:
  - {rule: refresh-order, reason: the summary is kept oldest first by agreement}
refresh_summary:
  - {date: 03/27/2020, who_changed: Celia Kennedy, what_changed: General Maintenance}
";

const GOOD: &str = "\
customer: Contoso
workload: Exchange Online
status: Blocked
note: Unable to deploy because the firewall drops mail traffic and cannot be replaced before June.
refresh_summary:
  - {date: 03/27/2020, who_changed: Celia Kennedy, what_changed: General Maintenance}
";

/// The rule.
pub struct WaiverUnused;

impl Rule for WaiverUnused {
    fn meta(&self) -> &'static Meta {
        &META
    }

    /// The field without a value; what waivers set aside is known to [`super::waivers::apply`].
    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let Field::Null(_) = &case.record.waivers else { return Vec::new() };
        let key = case.settings.fields.key(FieldName::Waivers);
        let finding =
            Finding::new(META.name, Severity::Warning, Place::Key(FieldName::Waivers), format!("`{key}` is empty"));
        vec![finding.with_help("Delete the line, or add a waiver with `rule` and `reason`.")]
    }
}

/// The finding for a waiver of `rule` at `span`; [`super::waivers::apply`] knows when to make it.
pub(super) fn finding(rule: &str, span: ByteSpan) -> Finding {
    let message = format!("the waiver suppresses nothing: `{rule}` reports nothing for this record");
    Finding::new(META.name, Severity::Warning, Place::Bytes(span), message).with_help("Delete the waiver.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::refresh_order::RefreshOrder;
    use crate::rules::testing::{grounds, record, run};
    use crate::rules::waivers;

    fn unused(text: &str) -> Vec<ByteSpan> {
        let findings = run(&RefreshOrder, text).into_iter().map(|seen| seen.finding).collect();
        let applied = waivers::apply(findings, &record(text), grounds());
        applied
            .into_iter()
            .filter(|finding| finding.rule == META.name)
            .filter_map(|finding| match finding.place {
                Place::Bytes(span) => Some(span),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn a_waiver_without_a_finding_is_named_with_its_place() {
        let start = BAD.find("{rule").unwrap();
        let end = BAD.find("agreement}").unwrap() + "agreement}".len();
        assert_eq!(unused(BAD), [ByteSpan::new(start..end)]);
    }

    #[test]
    fn waivers_without_a_value_are_reported_and_an_empty_list_is_none() {
        for waivers in ["", "~", "# none"] {
            let seen = run(&WaiverUnused, &format!("note: a\nwaivers: {waivers}\n"));
            assert_eq!(seen.iter().map(|seen| seen.at).collect::<Vec<_>>(), [(2, 1)], "{waivers}");
            assert_eq!(seen[0].finding.message, "`waivers` is empty");
        }
        assert!(run(&WaiverUnused, "note: a\nwaivers: []\n").is_empty());
        assert!(run(&WaiverUnused, "note: a\n").is_empty());
    }

    #[test]
    fn a_waiver_that_is_used_and_no_waiver_are_left_alone() {
        assert_eq!(unused(crate::rules::waiver_invalid::META.good), []);
        assert_eq!(unused(GOOD), []);
    }
}
