//! Whether a file holds the report of an earlier run, which the next one may replace.

use super::overview::html;
use super::{table, tally};
use std::io::{self, Read, Seek, SeekFrom};

/// How much of either end of a file is looked at, in bytes: a line of counts with every reason is much shorter.
const END: u64 = 4096;

/// How the reports begin that do not end in the line of counts, whatever blanks stand in them: JSON, SARIF, GitLab,
/// JUnit, CSV, the page of an overview.
const BEGINS: [&str; 6] = [
    "{\"version\":1,\"tool\":{\"name\":\"notegate\"",
    "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{\"tool\":{\"driver\":\
     {\"name\":\"notegate\"",
    "[{\"engine_name\":\"notegate\"",
    "<?xmlversion=\"1.0\"encoding=\"UTF-8\"?><testsuitesname=\"notegate\"",
    table::BEGIN,
    html::BEGIN,
];

/// A report of GitLab's in which there is nothing.
const NOTHING: &str = "[]";

/// Whether `file` holds a report in any format, whole or cut off as far as its format tells, or nothing yet.
///
/// # Errors
/// When it cannot be read.
pub fn is_report(file: &mut (impl Read + Seek)) -> io::Result<bool> {
    let size = file.seek(SeekFrom::End(0))?;
    if size == 0 {
        return Ok(true);
    }
    let (start, end) = (end_of(file, 0)?, end_of(file, size.saturating_sub(END))?);
    let start: String = start.chars().filter(|c| !c.is_whitespace()).collect();
    let last_line = end.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let is_begun = BEGINS.iter().any(|begin| start.starts_with(begin));
    Ok(is_begun || start == NOTHING || tally::is_line(last_line))
}

fn end_of(file: &mut (impl Read + Seek), from: u64) -> io::Result<String> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(from))?;
    file.take(END).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::Sink as _;
    use crate::report::concise::Concise;
    use crate::report::github::GitHub;
    use crate::report::gitlab::GitLab;
    use crate::report::human::{Human, Idle, Look, Styling, Verbosity};
    use crate::report::json::Json;
    use crate::report::junit::JUnit;
    use crate::report::markdown::{Grouping, Markdown};
    use crate::report::sarif::Sarif;
    use crate::report::table::Table;
    use crate::report::tally::Tally;
    use std::io::Cursor;

    fn is(text: impl AsRef<[u8]>) -> bool {
        is_report(&mut Cursor::new(text.as_ref())).unwrap()
    }

    #[test]
    fn what_the_formats_write_is_known_again() {
        let (mut people, mut programs) = (Vec::new(), Vec::new());
        let look = Look { styling: Styling::Plain, width: 80, verbosity: Verbosity::Normal, idle: Idle::Counted };
        Human::new(&mut people, look).finish(&Tally::default()).unwrap();
        Json::new(&mut programs).unwrap().finish(&Tally::default()).unwrap();
        assert!(is(&people) && is(&programs));
        let mut others: [Vec<u8>; 7] = Default::default();
        let [concise, github, gitlab, junit, markdown, sarif, csv] = &mut others;
        let sinks: [Box<dyn crate::report::Sink + '_>; 7] = [
            Box::new(Concise::new(concise, look)),
            Box::new(GitHub::new(github, look, Grouping::None, None)),
            Box::new(GitLab::new(gitlab).unwrap()),
            Box::new(JUnit::new(junit)),
            Box::new(Markdown::new(markdown, look, Grouping::None)),
            Box::new(Sarif::new(sarif)),
            Box::new(Table::new(csv).unwrap()),
        ];
        for mut sink in sinks {
            sink.finish(&Tally::default()).unwrap();
        }
        for report in &others {
            assert!(is(report), "{}", String::from_utf8_lossy(report));
        }
        assert!(is("[\n{\"engine_name\":\"notegate\",\"check_name\":\"x\"}"));
        assert!(is([b"x".repeat(9000), b"\n".to_vec(), people.clone(), b"\n\n".to_vec()].concat()));
        let spread = String::from_utf8_lossy(&programs).replace(',', " ,\n  ").replace(':', " : ");
        assert!(is(spread), "written again with other blanks");
        assert!(is(programs.get(..60).unwrap()), "cut off");
        assert!(is(""));
    }

    #[test]
    fn anything_else_is_not() {
        for text in [
            "precious",
            "\n",
            "{}",
            "[1]",
            "[{\"engine_name\":\"other\"}]",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"other\">",
            "\"path\",\"line\"",
            "{\"version\":1,\"tool\":{\"name\":\"other\"}}",
            "3 files, 4 records: 2 great, 1 marginal, 1 poor; 1 blocked, 0 waived\nand more",
            "- 1 great, 0 marginal, 0 poor; many blocked, 0 waived",
            "blocked, waived",
        ] {
            assert!(!is(text), "{text}");
        }
    }
}
