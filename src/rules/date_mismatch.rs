//! # `date-mismatch`
//!
//! Some teams keep a date in the record itself. When its refresh summary has a newer entry, one of the two was forgotten.
//!
//! Bad: `date: 2019-10-01` above an entry of 2020-03-27.
//! Good: the same day in both, or no `date` at all.
//!
//! The guidance: "Updates should be provided as needed so that the workload entitlements have a clear and up to
//! date description that accurately reflects workload intent."

use super::refresh_stale::newest_entry;
use super::{Case, Group, Meta, Rule, Waivable};
use crate::finding::{Finding, Place, Severity};
use crate::record::FieldName;

/// What the rule is.
pub const META: Meta = Meta {
    name: "date-mismatch",
    group: Group::Record,
    default: Some(Severity::Warning),
    waivable: Waivable::Yes,
    summary: "the record's own date is older than its newest entry",
    explanation: "A record may carry a `date` of its own. It should be the day of the newest entry in the \
                  refresh summary, or a later one; an older date was most likely left behind.",
    guidance: "Updates should be provided as needed so that the workload entitlements have a clear and up \
                  to date description that accurately reflects workload intent.",
    bad: BAD,
    good: GOOD,
};

const BAD: &str = "\
customer: Contoso
workload: Exchange Online
status: Blocked
date: 2019-10-01
note: Unable to deploy because the firewall drops mail traffic and cannot be replaced before June.
refresh_summary:
  - {date: 2020-03-27, who_changed: Celia Kennedy, what_changed: Firewall finding confirmed}
";

const GOOD: &str = "\
customer: Contoso
workload: Exchange Online
status: Blocked
date: 2020-03-27
note: Unable to deploy because the firewall drops mail traffic and cannot be replaced before June.
refresh_summary:
  - {date: 2020-03-27, who_changed: Celia Kennedy, what_changed: Firewall finding confirmed}
";

/// The rule.
pub struct DateMismatch;

impl Rule for DateMismatch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let Some(own) = case.record.date.value().and_then(|date| date.day) else { return Vec::new() };
        let Some((index, newest)) = newest_entry(case.record) else { return Vec::new() };
        if own >= newest {
            return Vec::new();
        }
        let key = case.settings.fields.key(FieldName::Date);
        let message = format!("`{key}` is {own}, and the newest entry of the refresh summary is from {newest}");
        vec![
            Finding::new(META.name, Severity::Warning, Place::Value(FieldName::Date), message)
                .with_help(format!("Write `{key}: {newest}`."))
                .with_related(Place::RefreshEntry(index), "the newest entry"),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{places, run};

    #[test]
    fn an_older_date_names_both_days() {
        let seen = run(&DateMismatch, BAD);
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].at, (4, 7));
        assert_eq!(
            seen[0].finding.message,
            "`date` is 2019-10-01, and the newest entry of the refresh summary is from 2020-03-27"
        );
        assert_eq!(seen[0].finding.related[0].0, Place::RefreshEntry(0));
    }

    #[test]
    fn the_same_day_a_later_one_and_none_are_fine() {
        assert_eq!(places(&DateMismatch, GOOD), []);
        assert_eq!(places(&DateMismatch, "note: a\ndate: 2021-01-01\nrefresh_summary: [{date: 03/27/2020}]\n"), []);
        assert_eq!(places(&DateMismatch, "note: a\nrefresh_summary: [{date: 03/27/2020}]\n"), []);
        assert_eq!(places(&DateMismatch, "note: a\ndate: Q3\nrefresh_summary: [{date: 03/27/2020}]\n"), []);
    }
}
