//! What to say where the arguments of a command for writers are wrong: what is missing, and how it is given. For the rest
//! the words of the argument parser do.

use super::CliError;
use crate::shell;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use std::ffi::OsString;
use std::path::Path;

/// The longest argument that is repeated, in characters.
const QUOTED: usize = 60;

/// What is wrong with the arguments; nothing where the argument parser says it well.
pub(super) fn told(error: &clap::Error, arguments: &[OsString]) -> Option<CliError> {
    let typed = Typed::of(arguments)?;
    let missing = |name: &str| names(error).iter().any(|given| given.contains(name));
    match (typed.command, error.kind()) {
        ("refresh", ErrorKind::MissingRequiredArgument) => {
            let (file, message) = (missing("<FILE>"), missing("--message"));
            Some(refresh(&typed, file, message))
        }
        ("fix", ErrorKind::MissingRequiredArgument) => Some(CliError::usage(
            "--who says who wrote an entry, and -m, which says what it tells, is missing",
            "Give both: notegate fix -m \"First entry, checked with the customer\" --who \"Celia Kennedy\"",
        )),
        ("simulate", ErrorKind::MissingRequiredArgument) if missing("--config") => Some(CliError::usage(
            "what to try is missing: --config <FILE>, another configuration, or --rule <RULE=SEVERITY>, a change of the one in \
             force",
            "Give one of them: notegate simulate --since 2026-10-01 --rule hedging=error",
        )),
        ("new", ErrorKind::UnknownArgument) => {
            let name = typed.unknown(error)?;
            let help = "Say what it is, such as the customer: notegate new --customer";
            Some(CliError::usage(
                format!("it is not clear what `{}` is", shortened(&name)),
                format!("{help} {}; or run `notegate new` alone, which asks.", shell::word(&name)),
            ))
        }
        ("adopt", ErrorKind::UnknownArgument) => {
            typed.unknown(error)?;
            Some(CliError::usage(
                "more than one folder is given",
                "Name the folder above them, or none for the whole repository.",
            ))
        }
        _ => None,
    }
}

/// What was typed.
struct Typed<'a> {
    command: &'a str,
    rest: &'a [OsString],
}

impl<'a> Typed<'a> {
    fn of(arguments: &'a [OsString]) -> Option<Self> {
        let at =
            arguments.iter().skip(1).position(|argument| argument.to_str().is_some_and(|it| !it.starts_with('-')))?;
        Some(Self { command: arguments.get(at + 1)?.to_str()?, rest: arguments.get(at + 2..)? })
    }

    /// The argument that was not expected, where it is no option.
    fn unknown(&self, error: &clap::Error) -> Option<String> {
        let name = names(error).into_iter().next()?;
        (!name.starts_with('-') && self.rest.iter().any(|argument| argument.to_str() == Some(&name))).then_some(name)
    }

    /// What was given to this option.
    fn value(&self, names: &[&str]) -> Option<&'a str> {
        let at = self.rest.iter().position(|argument| names.iter().any(|name| argument.to_str() == Some(*name)))?;
        self.rest.get(at + 1)?.to_str()
    }

    /// The arguments that are neither options nor their values.
    fn plain(&self) -> impl Iterator<Item = &'a str> {
        let with_value = |before: Option<&OsString>| {
            let flags = ["--staged", "--all-records", "--stage", "--add", "--diff", "--dry-run", "--no-config"];
            before.and_then(|it| it.to_str()).is_some_and(|it| it.starts_with('-') && !flags.contains(&it))
        };
        let before = std::iter::once(None).chain(self.rest.iter().map(Some));
        let plain = self.rest.iter().zip(before).filter(move |(_, before)| !with_value(*before));
        plain.filter_map(|(argument, _)| argument.to_str()).filter(|argument| !argument.starts_with('-'))
    }
}

fn refresh(typed: &Typed<'_>, lacks_file: bool, lacks_message: bool) -> CliError {
    let (texts, files): (Vec<&str>, Vec<&str>) =
        typed.plain().partition(|it| it.contains(' ') && !Path::new(it).exists());
    let message = typed.value(&["-m", "--message"]).or(texts.first().copied());
    let message = shell::quoted(&message.map_or_else(|| "Pilot with 40 users started".to_owned(), shortened));
    let file = files.first().map_or_else(|| "notes/contoso.yaml".to_owned(), |file| shell::path(Path::new(file)));
    let whole = format!("notegate refresh {file} -m {message}");
    match (lacks_file, lacks_message) {
        (false, _) if typed.rest.iter().any(|it| it == "--staged") => CliError::usage(
            "-m, which says what changed, is missing",
            format!("Say it in a few words: notegate refresh --staged -m {message}"),
        ),
        (false, _) => {
            CliError::usage("-m, which says what changed, is missing", format!("Say it in a few words: {whole}"))
        }
        (true, lacks_message) => CliError::usage(
            match lacks_message {
                true => "the file whose record changed is missing, and -m, which says what changed",
                false => "the file whose record changed is missing",
            },
            format!(
                "Name the file: {whole}\n  For all records that are staged: notegate refresh --staged -m {message}"
            ),
        ),
    }
}

/// The arguments that an error names.
fn names(error: &clap::Error) -> Vec<String> {
    match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(name)) => vec![name.clone()],
        Some(ContextValue::Strings(names)) => names.clone(),
        _ => Vec::new(),
    }
}

fn shortened(text: &str) -> String {
    let start: String = text.chars().take(QUOTED).collect();
    if start.len() < text.len() { format!("{start}…") } else { start }
}
