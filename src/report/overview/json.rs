//! The overview as JSON, version 1.

use super::model::Overview;
use crate::report::json::{schema_text, write_value};
use std::io::{self, Write};

/// Writes the overview.
///
/// # Errors
/// When it cannot be written.
pub fn write<W: Write>(mut out: W, overview: &Overview) -> io::Result<()> {
    write_value(&mut out, overview)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// The JSON Schema of the overview, pretty-printed with a final line break.
#[must_use]
pub fn schema() -> String {
    schema_text(&schemars::schema_for!(Overview))
}
