//! A labelled file: one JSON object a line.

use crate::grade::Grade;
use crate::reading::Polarity;
use crate::record::Heading;
use serde::{Deserialize, Deserializer};
use std::path::{Path, PathBuf};
use std::{fmt, fs, io};

/// The largest labelled file that is read, in bytes.
pub(crate) const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// What the names of the files start with that nobody may look into before the reader is finished.
const SEALED: &str = "sealed";

/// The labelled files of some folders but the sealed ones, sorted: those that may be looked at and learned from.
///
/// # Errors
/// When a folder cannot be listed.
pub fn open_files(folders: &[PathBuf]) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in folders {
        for entry in fs::read_dir(folder)? {
            files.push(entry?.path());
        }
    }
    files.retain(|file| is_open(file));
    files.sort();
    Ok(files)
}

fn is_open(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".jsonl") && !name.starts_with(SEALED)
}

/// One labelled note: a line of a labelled file. Further keys of the line are left alone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Labelled {
    /// Its name in the file.
    pub id: String,
    /// Its line in the file, from 1.
    #[serde(skip)]
    pub line: usize,
    /// The status of the record.
    pub status: String,
    /// The workload of the record.
    pub workload: String,
    /// The customer of the record, where the file names it.
    #[serde(default)]
    pub customer: Option<String>,
    /// The text; `null` is an empty one.
    #[serde(deserialize_with = "text_or_null")]
    pub note: String,
    /// The grade that people gave it.
    pub grade: Grade,
    /// What people say the text says of the intent.
    #[serde(default)]
    pub intent: Option<Polarity>,
    /// What is wrong with it or what it tries, in a word, where the file says so.
    #[serde(default)]
    pub kind: Option<String>,
    /// The pair of look-alikes that it belongs to, where the file names it.
    #[serde(default)]
    pub pair: Option<String>,
    /// The exact part of the note that carries the why, or empty.
    #[serde(default)]
    pub reason: Option<String>,
}

impl Labelled {
    /// The heading of its record. An empty workload is none.
    #[must_use]
    pub fn heading(&self) -> Heading<'_> {
        Heading {
            customer: self.customer.as_deref(),
            workload: Some(self.workload.as_str()).filter(|name| !name.is_empty()),
            status: Some(&self.status),
        }
    }
}

fn text_or_null<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// A line of a labelled file that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LabelError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it; may quote the file, so printers must escape it.
    pub message: String,
}

impl fmt::Display for LabelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

/// Reads a labelled file. Blank lines and a byte order mark at the start are passed over.
///
/// # Errors
/// At the first line that is not UTF-8 or no such object.
pub fn parse(bytes: &[u8]) -> Result<Vec<Labelled>, LabelError> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let lines = bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).zip(1..);
    lines.filter(|(text, _)| !text.is_empty()).map(|(text, line)| object(text, line)).collect()
}

fn object(text: &[u8], line: usize) -> Result<Labelled, LabelError> {
    let bad = |message: String| LabelError { line, message };
    let text = std::str::from_utf8(text).map_err(|_| bad("it is not UTF-8".to_owned()))?;
    if !text.starts_with('{') {
        return Err(bad("it is not a JSON object".to_owned()));
    }
    let labelled: Labelled = serde_json::from_str(text).map_err(|error| bad(in_words(&error)))?;
    Ok(Labelled { line, ..labelled })
}

/// The message without the place that serde counts within the line: the line by itself is always its line 1.
fn in_words(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let words = message.rsplit_once(" at line ").map_or(message.as_str(), |(words, _)| words);
    match error.classify() {
        serde_json::error::Category::Data => words.to_owned(),
        _ => format!("it is not sound JSON: {words} at column {}", error.column()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"id": "a", "status": "Blocked", "workload": "Yammer", "note": "n", "grade": "poor"}"#;

    #[test]
    fn what_may_be_absent_is_absent_and_further_keys_are_left_alone() {
        let full = GOOD.replace("\"id\"", "\"why\": 1, \"intent\": \"negative\", \"reason\": \"\", \"id\"");
        let notes = parse(format!("\u{feff}{GOOD}\r\n\n{full}\n").as_bytes()).unwrap();
        assert_eq!(notes.iter().map(|note| note.line).collect::<Vec<_>>(), [1, 3]);
        assert_eq!((notes[0].intent, notes[0].reason.as_deref()), (None, None));
        assert_eq!((notes[1].intent, notes[1].reason.as_deref()), (Some(Polarity::Negative), Some("")));
    }

    #[test]
    fn a_note_that_is_null_is_empty() {
        assert_eq!(parse(GOOD.replace("\"n\"", "null").as_bytes()).unwrap()[0].note, "");
    }

    #[test]
    fn the_first_bad_line_is_told_with_its_number() {
        let told = |bad: &[u8]| parse(&[GOOD.as_bytes(), b"\n\n", bad, b"\n", b"{"].concat()).unwrap_err().to_string();
        assert_eq!(told(b"[1]"), "line 3: it is not a JSON object");
        assert_eq!(told(b"{\"id\": \"\xff\"}"), "line 3: it is not UTF-8");
        assert_eq!(told(b"{\"id\": "), "line 3: it is not sound JSON: EOF while parsing a value at column 6");
        assert_eq!(told(b"{\"id\": \"b\"}"), "line 3: missing field `status`");
        assert_eq!(
            told(GOOD.replace("poor", "good").as_bytes()),
            "line 3: unknown variant `good`, expected one of `great`, `marginal`, `poor`"
        );
        assert_eq!(
            told(format!("{GOOD} {GOOD}").as_bytes()),
            "line 3: it is not sound JSON: trailing characters at column 86"
        );
    }

    #[test]
    fn nesting_without_end_is_an_error() {
        let deep = GOOD.replace("\"id\"", &format!("\"x\": {}, \"id\"", "[".repeat(100_000)));
        assert!(parse(deep.as_bytes()).unwrap_err().message.starts_with("it is not sound JSON"));
    }
}
