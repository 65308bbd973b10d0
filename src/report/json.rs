//! The JSON report, version 1, written piece by piece: records leave as they come.

use super::Sink;
use super::escape::is_unsafe;
use super::model::{FileFindings, FileReport, FindingReport, Report, ShardReport, Tool};
use super::tally::Tally;
use serde::Serialize;
use serde_json::ser::Formatter;
use std::io::{self, Write};

/// Writes the JSON report. One record stands on one line.
pub struct Json<W> {
    out: W,
    /// Files with findings of their own; the format has them after the records.
    files: Vec<FileFindings>,
    /// Whether a record has been written.
    started: bool,
}

impl<W: Write> Json<W> {
    /// A report on `out`.
    ///
    /// # Errors
    /// When the head cannot be written.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(b"{\"version\":1,\"tool\":")?;
        write_value(&mut out, &Tool::THIS)?;
        out.write_all(b",\n\"records\":[")?;
        Ok(Self { out, files: Vec::new(), started: false })
    }
}

impl<W: Write> Sink for Json<W> {
    fn file(&mut self, file: &FileReport) -> io::Result<()> {
        for record in &file.records {
            self.out.write_all(if self.started { b",\n" } else { b"\n" })?;
            self.started = true;
            write_value(&mut self.out, record)?;
        }
        if !file.findings.is_empty() {
            // What only people are shown need not be kept until the end.
            let kept = |finding: &FindingReport| FindingReport { excerpt: None, ..finding.clone() };
            self.files
                .push(FileFindings { path: file.path.clone(), findings: file.findings.iter().map(kept).collect() });
        }
        Ok(())
    }

    fn finish(&mut self, tally: &Tally) -> io::Result<()> {
        self.out.write_all(b"],\n\"files\":")?;
        write_value(&mut self.out, &self.files)?;
        if let Some(shard) = tally.shard {
            self.out.write_all(b",\n\"shard\":")?;
            write_value(&mut self.out, &ShardReport::from(shard))?;
        }
        self.out.write_all(b",\n\"summary\":")?;
        write_value(&mut self.out, &tally.summary)?;
        self.out.write_all(b"}\n")?;
        self.out.flush()
    }
}

/// The JSON Schema of the report, pretty-printed with a final line break.
#[must_use]
pub fn schema() -> String {
    schema_text(&schemars::schema_for!(Report))
}

/// A schema, pretty-printed with a final line break.
pub(crate) fn schema_text(schema: &schemars::Schema) -> String {
    let mut text = serde_json::to_string_pretty(schema).unwrap_or_default();
    text.push('\n');
    text
}

pub(crate) fn write_value<W: Write, T: Serialize>(out: &mut W, value: &T) -> io::Result<()> {
    let mut serializer = serde_json::Serializer::with_formatter(out, Escaping);
    value.serialize(&mut serializer).map_err(io::Error::from)
}

/// Compact JSON in which no raw control or direction character stands.
struct Escaping;

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, c)) = rest.char_indices().find(|&(_, c)| is_unsafe(c)) {
            let (before, after) = rest.split_at(at);
            writer.write_all(before.as_bytes())?;
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = after.get(c.len_utf8()..).unwrap_or_default();
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(text: &str) -> String {
        let mut out = Vec::new();
        write_value(&mut out, &text).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn unsafe_characters_are_escaped() {
        assert_eq!(written("a\u{1b}b\u{9b}c\u{202e}d\u{e0041}"), r#""a\u001bb\u009bc\u202ed\udb40\udc41""#);
    }

    proptest! {
        #[test]
        fn any_text_comes_back_and_nothing_unsafe_is_written(text in any::<String>()) {
            let json = written(&text);
            prop_assert!(!json.contains(is_unsafe));
            prop_assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
        }
    }
}
