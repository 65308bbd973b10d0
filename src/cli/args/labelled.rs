//! The arguments of the commands that take a labelled file.

use super::{ConfigArgs, PlainFormat};
use crate::eval::agreement::Percent;
use clap::Args;
use std::path::PathBuf;

/// `eval`
#[derive(Debug, Args)]
pub(in crate::cli) struct EvalArgs {
    /// The labelled file, one JSON object per line: id, status, workload, note, grade, and optionally intent, reason
    /// and customer; `-` reads it from standard input.
    #[arg(value_name = "FILE.jsonl")]
    pub file: PathBuf,
    /// Exit with 1 if a lower percentage of the notes agrees on whether the note is poor.
    #[arg(long, value_name = "PERCENT")]
    pub min_block: Option<Percent>,
    /// Exit with 1 if a lower percentage of the notes agrees on the grade.
    #[arg(long, value_name = "PERCENT")]
    pub min_three_way: Option<Percent>,
    /// The format of the report.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: PlainFormat,
    /// Also list the notes that disagree only on the intent.
    #[arg(short, long)]
    pub verbose: bool,
    /// Where the configuration comes from.
    #[command(flatten)]
    pub config: ConfigArgs,
}

/// `learn`
#[derive(Debug, Args)]
pub(in crate::cli) struct LearnArgs {
    /// The labelled file, in the form of `eval`: at least 10 notes labelled poor and 10 labelled great. `kind` says what
    /// is wrong with a poor note, `pair` which notes belong together; `-` reads it from standard input.
    #[arg(value_name = "FILE.jsonl")]
    pub file: PathBuf,
    /// Write what was learned to this file. Default: notegate-learned.json at the root of the repository.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write the file even if fewer verdicts are right, as many, or more great notes are blocked; without this, the
    /// command then writes nothing and exits with 1.
    #[arg(long)]
    pub force: bool,
    /// Where the configuration comes from.
    #[command(flatten)]
    pub config: ConfigArgs,
}
