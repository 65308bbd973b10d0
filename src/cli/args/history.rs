//! The arguments of commands that look at the commits so far.

use super::PlainFormat;
use clap::Args;
use std::path::PathBuf;

/// `simulate`
#[derive(Debug, Args)]
pub(in crate::cli) struct SimulateArgs {
    /// The configuration to try. Default: the one in force, with what --rule changes.
    #[arg(long, value_name = "FILE", required_unless_present = "rule")]
    pub config: Option<PathBuf>,
    /// Try the configuration with another severity of a rule, such as hedging=error. May be given several times.
    #[arg(long, value_name = "RULE=SEVERITY")]
    pub rule: Vec<String>,
    /// Look at the commits since this day, such as 2026-10-01, or at those that this commit, branch or tag does not have.
    #[arg(long, value_name = "DATE|REV", allow_hyphen_values = true)]
    pub since: String,
    /// The end of the branch to look at. Default: HEAD.
    #[arg(long, value_name = "REV", allow_hyphen_values = true)]
    pub rev: Option<String>,
    /// The format of the report.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: PlainFormat,
}
