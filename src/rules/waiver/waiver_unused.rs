//! The rule `waiver-unused`.

use crate::finding::{Finding, Place, Severity};
use crate::rules::{Group, Meta, Rule, Waivable};
use crate::text::ByteSpan;

pub(crate) const META: Meta = Meta {
    name: "waiver-unused",
    group: Group::Record,
    default: Some(Severity::Warning),
    waivable: Waivable::No,
    summary: "a waiver suppresses nothing",
    explanation: "A waiver is meant for an existing finding. Once the finding is gone, the waiver would silently \
                  hide the next one of its kind, so delete it. A waiver given beside `entitlements` is not reported.",
    guidance: "",
    examples: examples!("waiver-unused"),
};

pub(crate) struct WaiverUnused;

impl Rule for WaiverUnused {
    fn meta(&self) -> &'static Meta {
        &META
    }
}

/// The finding for a waiver of `rule` at `span`; [`super::apply`] knows when to make it.
pub(super) fn finding(rule: &str, span: ByteSpan) -> Finding {
    let message = format!("the waiver suppresses nothing: `{rule}` reports nothing for this record");
    Finding::new(META.name, Severity::Warning, Place::Bytes(span), message).with_help("Delete the waiver.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::refresh::refresh_order::RefreshOrder;
    use crate::rules::testing::{grounds, record, run};
    use crate::rules::waiver as waivers;

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
        let start = META.examples.bad.text.find("{rule").unwrap();
        let end = META.examples.bad.text.find("agreement}").unwrap() + "agreement}".len();
        assert_eq!(unused(META.examples.bad.text), [ByteSpan::new(start..end)]);
    }

    #[test]
    fn a_waiver_that_is_used_and_no_waiver_are_left_alone() {
        assert_eq!(unused(crate::rules::waiver::waiver_invalid::META.examples.good.text), []);
        assert_eq!(unused(META.examples.good.text), []);
    }
}
