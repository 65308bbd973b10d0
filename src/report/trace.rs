//! The report of `read`: what the reader makes of a note, and with `--trace` how it came to that. For people, and as
//! JSON, version 1.

mod human;
mod layers;
mod table;

pub(crate) use human::{told, write_human};

use super::json::{schema_text, write_value};
use super::model::Tool;
use crate::reading::trace::{Summary, Trace};
use schemars::JsonSchema;
use serde::Serialize;
use std::io::{self, Write};

/// The whole JSON report of `read`, version 1.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "notegate read report, version 1")]
struct Report<'a> {
    /// The version of this format: 1.
    version: u32,
    /// Who wrote the report.
    tool: Tool,
    /// What the reader makes of the note.
    reading: &'a Summary,
    /// The layers of the reading, with `--trace`.
    #[serde(skip_serializing_if = "Option::is_none")]
    trace: Option<&'a Trace>,
}

/// Writes the JSON report, version 1, in one line; with a trace, every layer too.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn write_json<W: Write>(mut out: W, reading: &Summary, trace: Option<&Trace>) -> io::Result<()> {
    write_value(&mut out, &Report { version: 1, tool: Tool::THIS, reading, trace })?;
    out.write_all(b"\n")?;
    out.flush()
}

/// The JSON Schema of the report, pretty-printed with a final line break.
#[must_use]
pub(crate) fn schema() -> String {
    schema_text(&schemars::schema_for!(Report<'_>))
}
