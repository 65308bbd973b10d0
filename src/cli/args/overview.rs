//! The arguments of `report`.

use super::day::day;
use super::{ConfigArgs, FailOnArg};
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// `report`
#[derive(Debug, Args)]
pub(in crate::cli) struct OverviewArgs {
    /// Files and folders. Default: the whole repository or folder.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The format. Default: what the name after --output ends in (.html, .json, .md), otherwise markdown.
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<OverviewFormat>,
    /// Write the overview to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Examine the records of a commit instead of the files as they are.
    #[arg(long, value_name = "REV", allow_hyphen_values = true)]
    pub rev: Option<String>,
    /// Tell the course since this day, such as 2026-10-01, or since this commit, branch or tag: the grades over time, which
    /// records got better or worse, and what came round the hook.
    #[arg(long, value_name = "DATE|REV", allow_hyphen_values = true, conflicts_with = "merge")]
    pub since: Option<String>,
    /// Join these reports of `notegate check --format json` instead of reading notes: of several shards of one repository,
    /// or of several repositories.
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with_all = ["paths", "rev", "force_exclude", "fail_on"])]
    pub merge: Vec<PathBuf>,
    /// A name for each file of --merge, in their order; paths then begin with it. Default: the name of the file, and only
    /// where files of the same path have to be told apart.
    #[arg(long, value_name = "NAME", num_args = 1.., requires = "merge")]
    pub label: Vec<String>,
    /// Apply `exclude` to files named on the command line, too.
    #[arg(long)]
    pub force_exclude: bool,
    /// Count notes of this grade or worse as blocked.
    #[arg(long, value_name = "GRADE")]
    pub fail_on: Option<FailOnArg>,
    /// The date to use as today, such as 2020-03-27; ages and remaining days count from it. Default: the local date.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
    /// Where the configuration comes from.
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// `--format` of `report`
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum OverviewFormat {
    /// One page for a browser, which needs no network.
    Html,
    /// For a meeting: the first rows of each table.
    Markdown,
    /// JSON, version 1.
    Json,
}
