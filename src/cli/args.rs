//! The command line, as it is typed.

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// Keeps poor entitlement status notes out of git.
///
/// Reads every note record, grades its note by the written guidance, checks its refresh summary, and says what is
/// missing, where, and what to do.
#[derive(Debug, Parser)]
#[command(name = "notegate", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(super) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// Colours.
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: ColorWhen,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  examined, nothing blocked
  1  at least one record blocked
  2  wrong command line or configuration
  3  not everything could be examined
  4  nothing to examine, and --require-records asked for some";

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Judge note records.
    Check(Box<CheckArgs>),
    /// Judge one note, from the arguments or standard input.
    Grade(GradeArgs),
    /// List all rules.
    Rules,
    /// Explain a rule: what it is for, the guidance's sentence, a bad and a good note.
    Explain(ExplainArgs),
    /// Write a commented notegate.yaml.
    Init,
    /// Print the JSON Schema of a format.
    Schema(SchemaArgs),
    /// Print a completion script.
    Completions(CompletionsArgs),
    /// Print the manual page.
    Man,
}

/// `check`
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Files and folders; `-` reads one file from standard input. Default: the whole repository or folder.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The name that the report gives to standard input.
    #[arg(long, value_name = "FILE", default_value = "stdin.yaml")]
    pub stdin_filename: PathBuf,
    /// Obey `exclude` for files named on the command line, too.
    #[arg(long)]
    pub force_exclude: bool,
    /// List the files that would be examined, and stop.
    #[arg(long)]
    pub list_files: bool,
    /// What holds for every run.
    #[command(flatten)]
    pub run: RunArgs,
}

/// What holds for every run that judges records.
#[derive(Debug, Args)]
pub(super) struct RunArgs {
    /// Where the configuration comes from.
    #[command(flatten)]
    pub config: ConfigArgs,
    /// What the report is like.
    #[command(flatten)]
    pub report: ReportArgs,
    /// What the verdict depends on.
    #[command(flatten)]
    pub verdict: VerdictArgs,
}

/// What the report is like.
#[derive(Debug, Args)]
#[command(next_help_heading = "Report")]
pub(super) struct ReportArgs {
    /// The form of the report; `auto` is `human`.
    #[arg(long, value_name = "FORMAT", default_value = "auto")]
    pub format: Format,
    /// Write the report to this file, and the one for people to standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Keep the text of notes out of the report.
    #[arg(long)]
    pub redact: bool,
    /// Report errors alone.
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Report every record and every skipped file.
    #[arg(short, long)]
    pub verbose: bool,
}

/// What the verdict depends on.
#[derive(Debug, Args)]
#[command(next_help_heading = "Verdict")]
pub(super) struct VerdictArgs {
    /// The grade from which on a note is blocked.
    #[arg(long, value_name = "GRADE")]
    pub fail_on: Option<FailOnArg>,
    /// Judge the untouched records of touched files, too.
    #[arg(long)]
    pub all_records: bool,
    /// Exit with 4 when there was no record to judge.
    #[arg(long)]
    pub require_records: bool,
    /// Exit with 0 when records are blocked.
    #[arg(long)]
    pub exit_zero: bool,
    /// The day that counts as today, such as 2020-03-27.
    #[arg(long, value_name = "DATE")]
    pub today: Option<Date>,
}

/// Where the configuration comes from.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Configuration")]
pub(super) struct ConfigArgs {
    /// The configuration, in place of notegate.yaml at the root of the repository.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Use no configuration.
    #[arg(long)]
    pub no_config: bool,
    /// Print the configuration that holds, and stop.
    #[arg(long)]
    pub print_config: bool,
}

/// `grade`
#[derive(Debug, Args)]
pub(super) struct GradeArgs {
    /// The note; without it, standard input is read.
    #[arg(value_name = "TEXT")]
    pub text: Option<String>,
    /// The status that the note is written for.
    #[arg(long, value_name = "STATUS")]
    pub status: Option<String>,
    /// The workload that the note is about.
    #[arg(long, value_name = "WORKLOAD")]
    pub workload: Option<String>,
    /// What holds for every run.
    #[command(flatten)]
    pub run: RunArgs,
}

/// `explain`
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The rule, as `notegate rules` lists it.
    pub rule: String,
}

/// `schema`
#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// Which format.
    pub format: SchemaOf,
}

/// Formats with a JSON Schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SchemaOf {
    /// The report of `--format json`.
    Report,
}

/// `completions`
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell.
    pub shell: clap_complete::Shell,
}

/// `--format`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// The form that fits.
    Auto,
    /// For people.
    Human,
    /// JSON, version 1.
    Json,
}

/// `--color`
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum ColorWhen {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// `--fail-on`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOnArg {
    /// Poor notes are blocked.
    Poor,
    /// Marginal notes are blocked, too.
    Marginal,
}

impl From<FailOnArg> for crate::grade::FailOn {
    fn from(arg: FailOnArg) -> Self {
        match arg {
            FailOnArg::Poor => Self::Poor,
            FailOnArg::Marginal => Self::Marginal,
        }
    }
}
