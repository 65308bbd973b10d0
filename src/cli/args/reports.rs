//! `--format` and `--output`, each of which may be given several times.

use crate::report::markdown::Grouping;
use clap::builder::EnumValueParser;
use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Command, FromArgMatches, ValueEnum, value_parser};
use std::path::{Path, PathBuf};

/// `--format`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Format {
    /// `github` on standard output under GitHub Actions, `human` otherwise.
    Auto,
    /// For people.
    #[value(alias = "text")]
    Human,
    /// One line a finding: `path:line:column: severity rule message`.
    Concise,
    /// JSON, version 1.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Annotations and a job summary of GitHub Actions.
    Github,
    /// The code quality report of GitLab.
    Gitlab,
    /// JUnit's XML: a test case a record.
    Junit,
    /// A table for a review.
    Markdown,
    /// A table of all records for a spreadsheet.
    Csv,
}

impl Format {
    /// Whether its reports say who answers for a file.
    pub(in crate::cli) fn tells_owners(self) -> bool {
        match self {
            Self::Json | Self::Sarif | Self::Github | Self::Markdown | Self::Csv => true,
            Self::Auto | Self::Human | Self::Concise | Self::Gitlab | Self::Junit => false,
        }
    }

    /// Whether a document of this format is spoilt by a line that is not part of it.
    fn is_document(self) -> bool {
        !matches!(self, Self::Auto | Self::Human | Self::Github)
    }
}

/// `--group-by`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum GroupBy {
    /// Whose record it is: its key `owner`, else who made the newest entry of the refresh summary, else `CODEOWNERS`.
    Owner,
    /// The owners of the file in `CODEOWNERS`.
    Codeowners,
}

impl From<GroupBy> for Grouping {
    fn from(by: GroupBy) -> Self {
        match by {
            GroupBy::Owner => Self::Owner,
            GroupBy::Codeowners => Self::CodeOwners,
        }
    }
}

/// A report that the arguments ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Wanted {
    /// Its format.
    pub(in crate::cli) format: Format,
    /// Where it goes; nothing means standard output.
    pub(in crate::cli) output: Option<PathBuf>,
}

/// The reports that the arguments ask for. One at most goes to standard output.
#[derive(Debug, Clone, Default)]
pub(in crate::cli) struct Reports(Vec<Wanted>);

impl Reports {
    /// The format of the report on standard output.
    pub(in crate::cli) fn on_output(&self) -> Format {
        self.0.iter().find(|wanted| wanted.output.is_none()).map_or(Format::Auto, |wanted| wanted.format)
    }

    /// The reports that go to files.
    pub(in crate::cli) fn in_files(&self) -> impl Iterator<Item = (Format, &Path)> {
        self.0.iter().filter_map(|wanted| Some((wanted.format, wanted.output.as_deref()?)))
    }

    /// Whether one of the reports has this format.
    pub(in crate::cli) fn has(&self, format: Format) -> bool {
        self.on_output() == format || self.0.iter().any(|wanted| wanted.format == format)
    }

    /// Whether a program reads standard output, so that nothing but the report may be written there.
    pub(in crate::cli) fn is_read_by_program(&self) -> bool {
        self.on_output().is_document()
    }

    /// Pairs what was typed, in its order: a file belongs to the format before it.
    fn pair(typed: Vec<Typed>) -> Result<Self, String> {
        let mut reports: Vec<Wanted> = Vec::new();
        let is_plain = typed.len() <= 2 && typed.iter().filter(|typed| matches!(typed, Typed::Output(_))).count() == 1;
        for typed in typed {
            match (typed, reports.last_mut()) {
                (Typed::Output(output), Some(last)) if last.output.is_none() => last.output = Some(output),
                (Typed::Format(format), Some(only)) if is_plain => only.format = format,
                (Typed::Output(output), None) if is_plain => {
                    reports.push(Wanted { format: Format::Auto, output: Some(output) });
                }
                (Typed::Output(output), _) => {
                    return Err(format!(
                        "--output {} has no --format before it that it could belong to",
                        output.display()
                    ));
                }
                (Typed::Format(format), _) => reports.push(Wanted { format, output: None }),
            }
        }
        if reports.iter().filter(|wanted| wanted.output.is_none()).count() > 1 {
            return Err(
                "only one report can go to standard output: put --output FILE behind the --format of each other \
                        one"
                .to_owned(),
            );
        }
        Ok(Self(reports))
    }
}

/// One of the two arguments.
#[derive(Debug)]
enum Typed {
    Format(Format),
    Output(PathBuf),
}

const FORMAT_HELP: &str = "The format of the report. Default: auto. May be given several times, each but one followed by \
                           its own --output.";
const OUTPUT_HELP: &str = "Write the report of the --format before it to this file. Standard output gets the report \
                           whose --format has no --output, else the one of `auto`.";

impl clap::Args for Reports {
    fn augment_args(command: Command) -> Command {
        let format = Arg::new("format").long("format").value_name("FORMAT").action(ArgAction::Append);
        let output = Arg::new("output").long("output").value_name("FILE").action(ArgAction::Append);
        command
            .arg(format.value_parser(EnumValueParser::<Format>::new()).help(FORMAT_HELP))
            .arg(output.value_parser(value_parser!(PathBuf)).conflicts_with("print_config").help(OUTPUT_HELP))
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for Reports {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let formats = matches.get_many::<Format>("format").into_iter().flatten().map(|format| Typed::Format(*format));
        let outputs = matches.get_many::<PathBuf>("output").into_iter().flatten().cloned().map(Typed::Output);
        let at = |name| matches.indices_of(name).into_iter().flatten();
        let mut typed: Vec<(usize, Typed)> = at("format").zip(formats).chain(at("output").zip(outputs)).collect();
        typed.sort_by_key(|(at, _)| *at);
        let typed = typed.into_iter().map(|(_, typed)| typed).collect();
        Self::pair(typed).map_err(|message| clap::Error::raw(ErrorKind::ArgumentConflict, format!("{message}\n")))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Line {
        #[arg(long)]
        print_config: bool,
        #[command(flatten)]
        reports: Reports,
    }

    fn parsed(line: &str) -> Result<(Format, Vec<(Format, String)>), String> {
        let line =
            Line::try_parse_from(std::iter::once("x").chain(line.split_whitespace())).map_err(|e| e.to_string())?;
        let files = line.reports.in_files().map(|(format, file)| (format, file.display().to_string())).collect();
        Ok((line.reports.on_output(), files))
    }

    #[test]
    fn a_file_belongs_to_the_format_before_it() {
        use Format::{Auto, Human, Json, Junit, Sarif};
        let file = |format, name: &str| (format, name.to_owned());
        for (line, output, files) in [
            ("", Auto, vec![]),
            ("--format json", Json, vec![]),
            ("--format text", Human, vec![]),
            ("--output a", Auto, vec![file(Auto, "a")]),
            ("--format json --output a", Auto, vec![file(Json, "a")]),
            ("--output a --format json", Auto, vec![file(Json, "a")]),
            ("--format human --format sarif --output=a", Human, vec![file(Sarif, "a")]),
            ("--format sarif --output a --format human", Human, vec![file(Sarif, "a")]),
            (
                "--format sarif --output a --format=junit --output b --format json",
                Json,
                vec![file(Sarif, "a"), file(Junit, "b")],
            ),
            ("--format sarif --output a --format junit --output b", Auto, vec![file(Sarif, "a"), file(Junit, "b")]),
        ] {
            assert_eq!(parsed(line), Ok((output, files)), "{line}");
        }
    }

    #[test]
    fn what_cannot_be_paired_is_refused() {
        for (line, message) in [
            ("--format json --output a --output b", "--output b has no --format before it"),
            ("--output a --format json --output b", "--output a has no --format before it"),
            ("--output a --output b", "--output a has no --format before it"),
            ("--format json --format human", "only one report can go to standard output"),
            ("--format json --format sarif --format junit --output x", "only one report can go to standard output"),
            ("--output a --format json --format sarif", "--output a has no --format before it"),
        ] {
            let error = parsed(line).unwrap_err();
            assert!(error.contains(message), "{line}: {error}");
        }
    }
}
