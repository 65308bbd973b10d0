//! The command line, as it is typed.

mod day;
mod editing;
mod history;
mod labelled;
mod overview;
mod reports;
mod waivers;
mod writing;

pub(super) use editing::{FixArgs, OwnConfigArgs, RefreshArgs};
pub(super) use history::SimulateArgs;
pub(super) use labelled::{EvalArgs, LearnArgs};
pub(super) use overview::{OverviewArgs, OverviewFormat};
pub(super) use reports::{Format, GroupBy, Reports};
pub(super) use waivers::WaiversArgs;
pub(super) use writing::NewArgs;

use super::cli_error::Purpose;
use crate::engine::NoteText;
use crate::source::{Lineage, Shard};
use clap::{Args, Parser, Subcommand, ValueEnum};
use day::day;
use jiff::civil::Date;
use std::path::PathBuf;

/// Keeps poor entitlement status notes out of git.
///
/// Reads every record (one customer, one workload: status, note, refresh summary), grades its note by the written
/// guidance, checks its refresh summary, and reports what is missing, where, and what to do.
#[derive(Debug, Parser)]
#[command(name = "notegate", version, max_term_width = 100, after_help = EXIT_CODES)]
pub(super) struct Cli {
    /// Command to run.
    #[command(subcommand)]
    pub command: Command,
    /// When to use colours.
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: ColorWhen,
}

const EXIT_CODES: &str = "\
Exit codes:
  0  examined, nothing blocked
  1  at least one record blocked
  2  wrong command line or configuration
  3  not everything could be examined
  4  nothing to examine although --require-records is set";

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Judge records.
    Check(Box<CheckArgs>),
    /// Judge one note, from the arguments or standard input.
    Grade(Box<GradeArgs>),
    /// Show how one note is read, regardless of its status: intent, reason, contact.
    Read(ReadArgs),
    /// Grade a file of labelled notes and report the agreement.
    Eval(Box<EvalArgs>),
    /// Teach the second reader from a file of labelled notes and report what that changes.
    Learn(LearnArgs),
    /// Run by the git hooks: judge what a commit or push adds.
    ///
    /// With `--output`, or a `--format` for programs, a push that changes several references is refused, because such a
    /// report is about one state of the repository. Without them each reference is reported on standard output.
    Hook(Box<HookArgs>),
    /// Install the git hooks; earlier ones are kept and run first.
    Install(InstallArgs),
    /// Remove the git hooks and restore earlier ones.
    Uninstall,
    /// Check that the git hooks are installed and working.
    Doctor,
    /// Show the state of all notes, for those who lead: grades, reasons, gaps, ages, waivers.
    ///
    /// Exits with 0 whatever the notes are worth.
    Report(Box<OverviewArgs>),
    /// List all waivers with their reason, author, age and end.
    Waivers(WaiversArgs),
    /// List all rules.
    Rules,
    /// Explain a rule: its purpose, the guidance, a bad and a good example.
    Explain(ExplainArgs),
    /// Write a new record: by the arguments, or by questions on a terminal.
    ///
    /// The record is put where the records of the repository suggest, and only one that may be committed is written.
    New(Box<NewArgs>),
    /// Mend what needs no words: spelling of keys and statuses, dates, order, invisible characters.
    ///
    /// Never changes a word of a note. Exits with 1 if something is left to you and, with --check, if there is something to
    /// fix.
    Fix(Box<FixArgs>),
    /// Add an entry to the refresh summary of the records that changed.
    ///
    /// Exits with 1, and writes nothing, if a record cannot get the entry or has one already.
    Refresh(Box<RefreshArgs>),
    /// Write a commented notegate.yaml.
    Init,
    /// Serve an editor: findings as you write, with help, completion and corrections.
    ///
    /// A language server on standard input and output, which an editor starts; docs/editors.md says how to set one up.
    Lsp(LspArgs),
    /// Write a notegate.yaml that fits the notes that are there already.
    ///
    /// Looks at the files of a folder, proposes which of their keys are the fields of a record, which files hold records and
    /// which statuses and workloads they use, and says what the gate would find under that configuration: today, and in the
    /// commits of the last 90 days.
    Adopt(Box<AdoptArgs>),
    /// Show what another configuration would have blocked, or let through, in the commits so far.
    ///
    /// Judges each commit by the configuration of the work tree as it is now and by the one that is tried, against every one
    /// of its parents and by its own day, and lists what they judge differently. Exits with 0 whatever it finds.
    Simulate(SimulateArgs),
    /// Print the JSON Schema of records, of the configuration or of a report.
    Schema(SchemaArgs),
    /// Print a completion script.
    Completions(CompletionsArgs),
    /// Print the manual page.
    Man,
}

impl Command {
    /// What it is for.
    pub(super) fn purpose(&self) -> Purpose {
        match self {
            Self::Check(_) | Self::Grade(_) | Self::Hook(_) => Purpose::Judging,
            Self::Install(_) | Self::Uninstall => Purpose::Hooks,
            Self::Doctor
            | Self::Read(_)
            | Self::Eval(_)
            | Self::Learn(_)
            | Self::Report(_)
            | Self::Waivers(_)
            | Self::Rules
            | Self::Explain(_)
            | Self::Fix(_)
            | Self::New(_)
            | Self::Refresh(_)
            | Self::Init
            | Self::Lsp(_)
            | Self::Adopt(_)
            | Self::Simulate(_)
            | Self::Schema(_)
            | Self::Completions(_)
            | Self::Man => Purpose::Else,
        }
    }

    /// Whether what the command writes may tell who a record is about.
    pub(super) fn note_text(&self) -> NoteText {
        match self {
            Self::Check(args) => args.run.report.note_text(),
            Self::Grade(args) => args.run.report.note_text(),
            Self::Hook(args) => args.run.report.note_text(),
            _ => NoteText::Shown,
        }
    }
}

/// `check`
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    /// Files and folders; `-` reads one file from standard input. Default: the whole repository or folder.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The name that the report gives to standard input.
    #[arg(long, value_name = "FILE", default_value = super::check::STDIN_NAME)]
    pub stdin_filename: PathBuf,
    /// Apply `exclude` to files named on the command line, too.
    #[arg(long)]
    pub force_exclude: bool,
    /// List the files that would be examined and exit.
    #[arg(long, conflicts_with_all = ["output", "format", "print_config"])]
    pub list_files: bool,
    /// Judge one of several parts of the files, such as 2/8: the second of eight. Every file is in exactly one part, by its
    /// path, so that as many machines can share a run; records are still compared with those of the other parts.
    #[arg(long, value_name = "I/N")]
    pub shard: Option<Shard>,
    /// Which change in git to judge, in place of the files as they lie there.
    #[command(flatten)]
    pub change: ChangeArgs,
    /// What holds for every run.
    #[command(flatten)]
    pub run: RunArgs,
}

/// Which change in git to judge.
#[derive(Debug, Args)]
#[command(next_help_heading = "Git")]
#[group(multiple = true)]
pub(super) struct ChangeArgs {
    /// Judge what is staged: the index against HEAD.
    #[arg(long, conflicts_with_all = ["from", "to", "rev"])]
    pub staged: bool,
    /// Judge what a branch changes: TO against its merge base with REF.
    #[arg(long, value_name = "REF", conflicts_with = "rev", allow_hyphen_values = true)]
    pub from: Option<String>,
    /// The tip of the branch.
    #[arg(long, value_name = "REF", default_value = "HEAD", requires = "from", allow_hyphen_values = true)]
    pub to: String,
    /// For CI: compare TO with this branch of the remote when REF is empty, all zeros or gone. Where TO is that branch
    /// itself or a tag, or the branch is unknown, judge every record of TO.
    #[arg(long, value_name = "NAME", requires = "from", allow_hyphen_values = true)]
    pub default_branch: Option<String>,
    /// For CI: the branch or tag that TO is the end of.
    #[arg(long, value_name = "NAME", requires = "default_branch", allow_hyphen_values = true)]
    pub branch: Option<String>,
    /// Judge every record of a commit.
    #[arg(long, value_name = "REV", allow_hyphen_values = true)]
    pub rev: Option<String>,
}

impl ChangeArgs {
    /// What is known about the branch whose end is judged.
    pub(super) fn lineage(&self) -> Option<Lineage<'_>> {
        let branch = self.branch.as_deref().filter(|name| !name.is_empty());
        self.default_branch.as_deref().map(|default| Lineage { default, branch })
    }
}

/// `hook`
#[derive(Debug, Args)]
pub(super) struct HookArgs {
    /// Which hook of git.
    pub hook: HookName,
    /// The arguments that git passes to the hook.
    #[arg(value_name = "ARGUMENT")]
    pub arguments: Vec<String>,
    /// What holds for every run.
    #[command(flatten)]
    pub run: RunArgs,
}

/// `install`
#[derive(Debug, Args)]
pub(super) struct InstallArgs {
    /// Install only these hooks. Default: pre-commit, pre-merge-commit and pre-push; in a bare repository, pre-receive.
    #[arg(value_name = "HOOK")]
    pub hooks: Vec<HookName>,
    /// Print the script of each hook without writing anything.
    #[arg(long)]
    pub print: bool,
}

/// A hook of git.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[expect(clippy::enum_variant_names, reason = "git names them so")]
pub(super) enum HookName {
    /// Before a commit.
    PreCommit,
    /// Before the commit of a merge without conflicts.
    PreMergeCommit,
    /// Before references are sent.
    PrePush,
    /// Before references are taken, on the server.
    PreReceive,
}

impl From<HookName> for crate::install::Hook {
    fn from(name: HookName) -> Self {
        match name {
            HookName::PreCommit => Self::PreCommit,
            HookName::PreMergeCommit => Self::PreMergeCommit,
            HookName::PrePush => Self::PrePush,
            HookName::PreReceive => Self::PreReceive,
        }
    }
}

/// `--config-from`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ConfigFrom {
    /// From before the change: the merge base, the last commit.
    Base,
    /// From after the change: the end of the branch, the index.
    Head,
    /// From the file in the work tree.
    Worktree,
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
    /// Formats, and the files that they go to.
    #[command(flatten)]
    pub reports: Reports,
    /// Put the records of one owner together in `markdown`, and in the job summary of `github`.
    #[arg(long, value_name = "KEY")]
    pub group_by: Option<GroupBy>,
    /// Leave out the text of notes and who they are about; pseudonyms replace customers and files.
    #[arg(long, conflicts_with = "print_config")]
    pub redact: bool,
    /// Report errors only.
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Report every record and every skipped file.
    #[arg(short, long)]
    pub verbose: bool,
}

impl ReportArgs {
    /// Whether what the run writes may tell who a record is about.
    pub(super) fn note_text(&self) -> NoteText {
        if self.redact { NoteText::Redacted } else { NoteText::Shown }
    }
}

/// What the verdict depends on.
#[derive(Debug, Args)]
#[command(next_help_heading = "Verdict")]
pub(super) struct VerdictArgs {
    /// Block notes of this grade or worse.
    #[arg(long, value_name = "GRADE")]
    pub fail_on: Option<FailOnArg>,
    /// Judge the untouched records of touched files, too.
    #[arg(long)]
    pub all_records: bool,
    /// Exit with 4 if there is no record to judge.
    #[arg(long)]
    pub require_records: bool,
    /// Exit with 0 even if records are blocked.
    #[arg(long)]
    pub exit_zero: bool,
    /// The date to use as today, such as 2020-03-27. Default: the local date; for commits and pushes, and where `CI`
    /// is set, any date that is current somewhere on Earth.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
}

/// Where the configuration comes from.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Configuration")]
pub(super) struct ConfigArgs {
    /// Use this configuration instead of notegate.yaml at the root of the repository.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Use no configuration.
    #[arg(long)]
    pub no_config: bool,
    /// Which version of notegate.yaml applies to a change in git. Default: `head` for staged changes and whole
    /// commits, otherwise `base`, so that a branch cannot change the rules that it is judged by.
    #[arg(long, value_name = "STATE")]
    pub config_from: Option<ConfigFrom>,
    /// Print the effective configuration and exit.
    #[arg(long)]
    pub print_config: bool,
}

/// `grade`
#[derive(Debug, Args)]
pub(super) struct GradeArgs {
    /// The note; without it, standard input is read.
    #[arg(value_name = "TEXT")]
    pub text: Option<String>,
    /// The status of the record; without it, the status that the note itself describes.
    #[arg(long, value_name = "STATUS")]
    pub status: Option<String>,
    /// The customer that the note is about, if the note uses its name.
    #[arg(long, value_name = "CUSTOMER")]
    pub customer: Option<String>,
    /// The workload that the note is about.
    #[arg(long, value_name = "WORKLOAD")]
    pub workload: Option<String>,
    /// What holds for every run.
    #[command(flatten)]
    pub run: RunArgs,
}

/// `read`
#[derive(Debug, Args)]
pub(super) struct ReadArgs {
    /// The note; without it, standard input is read.
    #[arg(value_name = "TEXT")]
    pub text: Option<String>,
    /// Show every layer of the reading, with the word list, the cue and the file behind each decision.
    #[arg(long)]
    pub trace: bool,
    /// The customer that the note is about, if the note uses its name.
    #[arg(long, value_name = "CUSTOMER")]
    pub customer: Option<String>,
    /// The workload that the note is about.
    #[arg(long, value_name = "WORKLOAD")]
    pub workload: Option<String>,
    /// The format of the report.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: PlainFormat,
    /// Where the configuration comes from.
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// `--format` of `read` and `eval`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum PlainFormat {
    /// For people.
    Human,
    /// JSON, version 1.
    Json,
}

/// `explain`
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The rule, as `notegate rules` lists it.
    pub rule: String,
}

/// `lsp`
#[derive(Debug, Args)]
pub(super) struct LspArgs {
    /// Use this configuration instead of notegate.yaml at the root of the repository.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Use no configuration.
    #[arg(long)]
    pub no_config: bool,
    /// The date to use as today, such as 2020-03-27. Default: the local date.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
    /// Accepted because many editors add it; standard input and output are all there is.
    #[arg(long, hide = true)]
    pub stdio: bool,
}

/// `adopt`
#[derive(Debug, Args)]
pub(super) struct AdoptArgs {
    /// The folder to look at. Default: the whole repository, or the current folder.
    #[arg(value_name = "DIR")]
    pub folder: Option<PathBuf>,
    /// Print the configuration and write nothing.
    #[arg(long)]
    pub print: bool,
    /// Replace the notegate.yaml that is there.
    #[arg(long, conflicts_with = "print")]
    pub force: bool,
    /// The date to use as today, such as 2020-03-27.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
}

/// `schema`
#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// Which format.
    pub format: SchemaOf,
    /// For `record`: the file whose records the schema is for, where settings differ from folder to folder.
    #[arg(long = "for", value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Where the configuration comes from.
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// Formats with a JSON Schema.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum SchemaOf {
    /// A file of records, with the names, statuses and workloads that the configuration sets.
    Record,
    /// The configuration, notegate.yaml.
    Config,
    /// The report of `--format json`.
    Report,
    /// The report of `eval --format json`.
    Eval,
    /// The report of `read --format json`.
    Read,
    /// The list of `waivers --format json`.
    Waivers,
    /// The report of `simulate --format json`.
    Simulation,
    /// The overview of `report --format json`.
    Overview,
}

/// `completions`
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell.
    pub shell: clap_complete::Shell,
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
