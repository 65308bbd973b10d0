//! What is derived from the program itself: schemas, completions, the manual page.

use super::args::{Cli, CompletionsArgs, SchemaArgs, SchemaOf};
use super::{CliError, Exit, Streams};
use crate::eval::agreement;
use crate::report::{json, trace, waivers};
use clap::{Command, CommandFactory as _};
use clap_mangen::Man;
use std::io;

/// Writes a JSON Schema.
pub(super) fn schema(args: &SchemaArgs, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let text = match args.format {
        SchemaOf::Report => json::schema(),
        SchemaOf::Eval => agreement::schema(),
        SchemaOf::Waivers => waivers::schema(),
        SchemaOf::Read => trace::schema(),
    };
    streams.output.write_all(text.as_bytes())?;
    Ok(Exit::Passed)
}

/// Writes a completion script.
pub(super) fn completions(args: &CompletionsArgs, streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "notegate", &mut script);
    streams.output.write_all(&script)?;
    Ok(Exit::Passed)
}

/// Writes the manual page in roff: the program, and below it each command with its options.
pub(super) fn man(streams: &mut Streams<'_>) -> Result<Exit, CliError> {
    let mut command = Cli::command();
    command.build();
    let mut page = Vec::new();
    Man::new(command.clone()).render(&mut page)?;
    for subcommand in command.get_subcommands().filter(|subcommand| subcommand.get_name() != "help") {
        page.extend_from_slice(section(subcommand.clone())?.as_bytes());
    }
    streams.output.write_all(&page)?;
    Ok(Exit::Passed)
}

/// A command as one section of the page: what are sections of a page of its own are parts of it here.
fn section(command: Command) -> io::Result<String> {
    let title = format!(".SH \"{}\"\n", command.get_bin_name().unwrap_or_default().to_uppercase());
    let man = Man::new(command);
    let mut parts = Vec::new();
    man.render_synopsis_section(&mut parts)?;
    man.render_description_section(&mut parts)?;
    man.render_options_section(&mut parts)?;
    Ok(title + &String::from_utf8_lossy(&parts).replace(".SH ", ".SS "))
}
