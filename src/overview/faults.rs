//! What is wrong, the commonest first.

use super::seen::SeenFinding;
use crate::finding::Severity;
use crate::report::overview::model::Fault;
use crate::rules;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// How often each rule finds something.
#[derive(Debug, Default)]
pub(super) struct Faults(BTreeMap<String, Times>);

#[derive(Debug)]
struct Times {
    severity: Severity,
    records: usize,
    findings: usize,
    waived: usize,
}

impl Faults {
    /// Counts the findings of one record, or those of a file that belong to no record.
    pub(super) fn add(&mut self, findings: &[SeenFinding<'_>]) {
        for finding in findings {
            if !self.0.contains_key(finding.rule) {
                let none = Times { severity: finding.severity, records: 0, findings: 0, waived: 0 };
                self.0.insert(finding.rule.to_owned(), none);
            }
            let Some(times) = self.0.get_mut(finding.rule) else { continue };
            times.severity = times.severity.max(finding.severity);
            times.findings += usize::from(!finding.waived);
            times.waived += usize::from(finding.waived);
        }
        let counted: BTreeSet<&str> =
            findings.iter().filter(|finding| !finding.waived).map(|finding| finding.rule).collect();
        for rule in counted {
            if let Some(times) = self.0.get_mut(rule) {
                times.records += 1;
            }
        }
    }

    /// The table.
    pub(super) fn table(&self) -> Vec<Fault> {
        let fault = |(rule, times): (&String, &Times)| {
            let Times { severity, records, findings, waived } = *times;
            let summary = rules::find(rule).map(|rule| rule.meta().summary.to_owned());
            Fault { rule: rule.clone(), summary, severity, records, findings, waived }
        };
        let mut faults: Vec<Fault> = self.0.iter().map(fault).collect();
        faults.sort_by_key(|fault| (Reverse(fault.records), Reverse(fault.findings), Reverse(fault.severity)));
        faults
    }
}
