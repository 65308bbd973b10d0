//! The front door of the library: one file, from its bytes to the report on it.

use crate::config::Config;
use crate::day::Today;
use crate::engine::{Engine, NoteText, NotesBefore, Scope};
use crate::playbook::Playbook;
use crate::report::model::FileReport;
use crate::source::NotePath;
use crate::yaml::Limits;
use jiff::Timestamp;

/// Checks the records of one file, by itself: without a repository, a history or other files beside it.
///
/// `path` is the name of the file in the report, relative to the root that the configuration is for. The file is checked
/// whether or not the configuration selects it. A date in it counts as begun once it has begun anywhere on Earth;
/// [`Checker::on`] fixes the day. What cannot be read is a finding of the report, never an error or a panic.
///
/// ```
/// use notegate::check_bytes;
/// use notegate::config::Config;
/// use notegate::grade::Grade;
///
/// let file = b"
/// customer: Contoso
/// workload: Yammer
/// status: No Intent
/// note: Customer has no intent.
/// refresh_summary:
///   - {date: 2020-03-27, who_changed: Celia Kennedy, what_changed: General Maintenance}
/// ";
/// let report = check_bytes("notes/contoso.yaml", file, &Config::default());
///
/// let record = &report.records[0];
/// assert_eq!(record.grade, Grade::Poor);
/// assert!(record.blocked);
///
/// let finding = &record.findings[0];
/// assert_eq!((finding.rule, finding.line), ("missing-reason", 5));
/// ```
#[must_use]
pub fn check_bytes(path: &str, bytes: &[u8], config: &Config) -> FileReport {
    Checker::new(config).check_bytes(path, bytes)
}

/// Checks one file after the other under one configuration, as [`check_bytes`] does with one.
#[derive(Debug)]
pub struct Checker<'a> {
    config: &'a Config,
    playbook: Playbook,
    today: Today,
}

impl<'a> Checker<'a> {
    /// A checker for this configuration, which takes any day for today that it is somewhere on Earth.
    #[must_use]
    pub fn new(config: &'a Config) -> Self {
        Self { config, playbook: Playbook::with(&config.playbook), today: Today::anywhere(Timestamp::now()) }
    }

    /// The same, with the day that counts as today.
    #[must_use]
    pub fn on(self, today: Today) -> Self {
        Self { today, ..self }
    }

    /// Checks the records of one file; see [`check_bytes`].
    #[must_use]
    pub fn check_bytes(&self, path: &str, bytes: &[u8]) -> FileReport {
        let engine = Engine {
            config: self.config,
            playbook: &self.playbook,
            today: self.today,
            limits: Limits::default(),
            fail_on: self.config.fail_on,
            scope: Scope::All,
            note_text: NoteText::Shown,
            notes_before: NotesBefore::LeftOut,
            writer: None,
        };
        engine.check_alone(NotePath::from_bytes(path), bytes.to_vec())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const RECORD: &str = "- customer: Contoso\n  workload: Teams\n  status: Blocked\n  note: Unable to deploy because the \
                          Palo Alto proxy drops UDP 3478.\n  refresh_summary:\n  - {date: 2026-06-30, who_changed: Jo \
                          Bell, what_changed: Proxy tested}\n";

    fn rules_on(day: Today, bytes: &[u8]) -> Vec<&'static str> {
        let config = Config::default();
        let report = Checker::new(&config).on(day).check_bytes("notes.yaml", bytes);
        let of_records = report.records.iter().flat_map(|record| &record.findings);
        of_records.chain(&report.findings).map(|finding| finding.rule).collect()
    }

    #[test]
    fn the_day_is_the_one_that_is_given() {
        let day = Today::fixed(date(2026, 7, 1));
        assert_eq!(rules_on(day, RECORD.as_bytes()), [""; 0]);
        assert_eq!(rules_on(Today::fixed(date(2026, 6, 29)), RECORD.as_bytes()), ["refresh-date"]);
    }

    #[test]
    fn records_of_the_file_are_compared_with_each_other() {
        let day = Today::fixed(date(2026, 7, 1));
        let twice = format!("{RECORD}{RECORD}");
        assert_eq!(rules_on(day, twice.as_bytes()), ["duplicate-record"]);
        let copied = format!("{RECORD}{}", RECORD.replace("workload: Teams", "workload: Yammer"));
        assert_eq!(rules_on(day, copied.as_bytes()), ["copied-note"]);
    }

    #[test]
    fn what_cannot_be_read_is_a_finding() {
        let day = Today::fixed(date(2026, 7, 1));
        assert_eq!(rules_on(day, b"note: \xff\n"), ["unreadable"]);
        assert_eq!(rules_on(day, b"note: \"never closed\n"), ["unreadable"]);
        let too_large = vec![b'#'; usize::try_from(Limits::default().file_bytes).unwrap() + 1];
        assert_eq!(rules_on(day, &too_large), ["unreadable"]);
        assert_eq!(rules_on(day, b""), [""; 0]);
    }
}
