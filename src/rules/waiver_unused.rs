//! # `waiver-unused`
//!
//! A waiver that sets nothing aside is left from a time when there was something to set aside. Left standing, it would hide
//! the next such finding without anybody having decided so.
//!
//! Bad: a waiver for `refresh-order` in a record whose summary is in order.
//! Good: the same record without the waiver.

use super::{Group, Meta, Rule, Waivable};
use crate::finding::{Finding, Place, Severity};
use crate::text::ByteSpan;

/// What the rule is.
pub const META: Meta = Meta {
    name: "waiver-unused",
    group: Group::Record,
    default: Some(Severity::Warning),
    waivable: Waivable::No,
    summary: "a waiver suppresses nothing",
    explanation: "A waiver is meant for an existing finding. Once the finding is gone, the waiver would silently \
                  hide the next one of its kind, so delete it. A waiver given beside `entitlements` is not reported.",
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
        let record = record(text);
        let applied = waivers::apply(findings, &record, &waivers::WaiverFlaws::of(&record, grounds()));
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
    fn a_waiver_that_is_used_and_no_waiver_are_left_alone() {
        assert_eq!(unused(crate::rules::waiver_invalid::META.good), []);
        assert_eq!(unused(GOOD), []);
    }
}
