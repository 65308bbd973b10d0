//! The rule `waiver-unused`.

use crate::finding::{Finding, Severity, Target};
use crate::record::{Field, FieldName};
use crate::rules::{Case, Group, Meta, Rule, Waivable};
use crate::text::ByteSpan;

pub(crate) const META: Meta = Meta {
    name: "waiver-unused",
    group: Group::Record,
    default: Some(Severity::Warning),
    waivable: Waivable::No,
    summary: "a waiver suppresses nothing",
    explanation: "A waiver is meant for an existing finding. Once the finding is gone, the waiver would silently \
                  hide the next one of its kind, so delete it. A waiver given beside `entitlements` is not reported. \
                  `waivers` with nothing after it is reported too.",
    guidance: "",
    examples: examples!("waiver-unused"),
};

pub(crate) struct WaiverUnused;

impl Rule for WaiverUnused {
    fn meta(&self) -> &'static Meta {
        &META
    }

    /// The field without a value; what waivers set aside is known to [`super::apply`].
    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let Field::Null(_) = &case.record.waivers else { return Vec::new() };
        let key = case.key(FieldName::Waivers);
        let finding =
            Finding::new(META.name, Severity::Warning, Target::Key(FieldName::Waivers), format!("`{key}` is empty"));
        vec![finding.with_help("Delete the line, or add a waiver with `rule` and `reason`.")]
    }
}

/// The finding for a waiver of `rule` at `span`; [`super::apply`] knows when to make it.
pub(super) fn finding(rule: &str, span: ByteSpan) -> Finding {
    let message = format!("the waiver suppresses nothing: `{rule}` reports nothing for this record");
    Finding::new(META.name, Severity::Warning, Target::Bytes(span), message).with_help("Delete the waiver.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::refresh::refresh_order::RefreshOrder;
    use crate::rules::testing::{grounds, record, run};
    use crate::rules::waiver as waivers;

    fn unused(text: &str) -> Vec<ByteSpan> {
        let findings = run(&RefreshOrder, text).into_iter().map(|seen| seen.finding).collect();
        let record = record(text);
        let applied = waivers::apply(findings, &record, &waivers::judge(&record, grounds()));
        applied
            .into_iter()
            .filter(|finding| finding.rule == META.name)
            .filter_map(|finding| match finding.target {
                Target::Bytes(span) => Some(span),
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
        assert_eq!(unused(crate::rules::waiver::waiver_invalid::META.examples.good.text), []);
        assert_eq!(unused(META.examples.good.text), []);
    }
}
