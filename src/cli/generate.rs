//! What is derived from the program itself: schemas, completions, the manual page.

use super::args::{Cli, CompletionsArgs, SchemaArgs, SchemaOf};
use super::{Exit, Failure, Streams};
use crate::report::json;
use clap::CommandFactory as _;

/// Writes a JSON Schema.
pub(super) fn schema(args: &SchemaArgs, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let text = match args.format {
        SchemaOf::Report => json::schema(),
    };
    streams.output.write_all(text.as_bytes())?;
    Ok(Exit::Passed)
}

/// Writes a completion script.
pub(super) fn completions(args: &CompletionsArgs, streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "notegate", &mut script);
    streams.output.write_all(&script)?;
    Ok(Exit::Passed)
}

/// Writes the manual page in roff.
pub(super) fn man(streams: &mut Streams<'_>) -> Result<Exit, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page)?;
    streams.output.write_all(&page)?;
    Ok(Exit::Passed)
}
