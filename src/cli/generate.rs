//! What is derived from the program itself: schemas, completions, the manual page.

use super::args::{Cli, CompletionsArgs, SchemaArgs, SchemaOf};
use super::setup::Setup;
use super::{CliError, Environment, Exit, Streams};
use crate::engine::NoteText;
use crate::eval::agreement;
use crate::report::{json, overview, simulation, trace, waivers};
use crate::schema;
use crate::source::{NotePath, disk};
use clap::{Command, CommandFactory as _};
use clap_mangen::Man;
use std::io;

/// Writes a JSON Schema.
pub(super) fn schema(
    args: &SchemaArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, CliError> {
    if args.file.is_some() && !matches!(args.format, SchemaOf::Record) {
        return Err(CliError::usage(
            "--for names a file of records, and this schema is for another format",
            "Leave --for out, or print the schema of records with: notegate schema record --for FILE",
        ));
    }
    let text = match args.format {
        SchemaOf::Record => return schema_of_records(args, environment, streams),
        SchemaOf::Config => schema::config(),
        SchemaOf::Report => json::schema(),
        SchemaOf::Eval => agreement::schema(),
        SchemaOf::Waivers => waivers::schema(),
        SchemaOf::Overview => overview::json::schema(),
        SchemaOf::Read => trace::schema(),
        SchemaOf::Simulation => simulation::schema(),
    };
    streams.output.write_all(text.as_bytes())?;
    Ok(Exit::Passed)
}

/// Writes the schema of a file of records under the configuration in force.
fn schema_of_records(
    args: &SchemaArgs,
    environment: &Environment,
    streams: &mut Streams<'_>,
) -> Result<Exit, CliError> {
    let setup = Setup::find(&args.config, &environment.folder, environment)?;
    if let Some(exit) = setup.begin(&args.config, NoteText::Shown, streams)? {
        return Ok(exit);
    }
    let rules = match &args.file {
        Some(file) => {
            let file = disk::lexically_plain(&environment.folder.join(file));
            let path = NotePath::from_bytes(disk::path_bytes(file.strip_prefix(&setup.root).unwrap_or(&file)));
            setup.config.rules_of(&path)
        }
        None => setup.config.general_rules(),
    };
    streams.output.write_all(schema::record(&rules, &setup.playbook).as_bytes())?;
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
