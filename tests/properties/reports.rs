//! Every format: whatever the file says, what is written can be read by its readers and moves no cursor.

use super::CHECKER;
use notegate::report::Sink;
use notegate::report::concise::Concise;
use notegate::report::escape::is_unsafe;
use notegate::report::github::GitHub;
use notegate::report::gitlab::GitLab;
use notegate::report::human::{Human, Idle, Look, Styling, Verbosity};
use notegate::report::json::Json;
use notegate::report::junit::JUnit;
use notegate::report::markdown::{Grouping, Markdown};
use notegate::report::model::FileReport;
use notegate::report::sarif::Sarif;
use notegate::report::table::Table;
use notegate::report::tally::Tally;
use serde_json::Value;

const LOOK: Look = Look { styling: Styling::Plain, width: 80, verbosity: Verbosity::Verbose, idle: Idle::Counted };

/// How many formats there are.
pub(crate) const FORMATS: u8 = 9;

/// What one of the formats writes about one file.
fn written(file: &FileReport, format: u8) -> String {
    let mut bytes = Vec::new();
    let out = &mut bytes;
    let mut sink: Box<dyn Sink + '_> = match format % FORMATS {
        0 => Box::new(Human::new(out, LOOK)),
        1 => Box::new(Concise::new(out, LOOK)),
        2 => Box::new(Json::new(out).unwrap()),
        3 => Box::new(Sarif::new(out)),
        4 => Box::new(GitLab::new(out).unwrap()),
        5 => Box::new(JUnit::new(out)),
        6 => Box::new(Table::new(out).unwrap()),
        7 => Box::new(Markdown::new(out, LOOK, Grouping::Owner)),
        _ => Box::new(GitHub::new(out, LOOK, Grouping::Owner, None)),
    };
    let mut tally = Tally::default();
    tally.add(file);
    sink.file(file).unwrap();
    sink.finish(&tally).unwrap();
    drop(sink);
    String::from_utf8(bytes).unwrap()
}

/// One format of the report on a file: the text before the first line feed is its path, the rest what is in it.
pub(crate) fn report(format: u8, file: &str) {
    let (path, content) = file.split_once('\n').unwrap_or(("", file));
    let report = CHECKER.check_bytes(&format!("{path}x.yaml"), content.as_bytes());
    let text = written(&report, format);
    assert!(!text.contains(|c| c != '\n' && is_unsafe(c)), "{text:?}");
    let count = report.records.iter().map(|record| record.findings.len()).sum::<usize>() + report.findings.len();
    let json = || serde_json::from_str::<Value>(&text).unwrap();
    match format % FORMATS {
        2 => {
            let json = json();
            let records = json.get("records").and_then(Value::as_array).unwrap();
            assert_eq!(records.len(), report.records.len());
        }
        3 => {
            let results = json().pointer("/runs/0/results").and_then(Value::as_array).map(Vec::len);
            assert_eq!(results, Some(count), "{text}");
        }
        4 => assert!(json().is_array()),
        5 => assert!(quick_junit::Report::deserialize_from_str(&text).is_ok(), "{text}"),
        6 => {
            let mut rows = csv::Reader::from_reader(text.as_bytes());
            assert!(rows.records().all(|row| row.is_ok()), "{text}");
        }
        _ => {}
    }
    assert_eq!(text, written(&report, format));
}
