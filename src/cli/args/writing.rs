//! The command that writes a new record.

use super::OwnConfigArgs;
use super::day::day;
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;

/// `new`
#[derive(Debug, Args)]
pub(in crate::cli) struct NewArgs {
    /// The customer.
    #[arg(long, value_name = "CUSTOMER")]
    pub customer: Option<String>,
    /// The workload.
    #[arg(long, value_name = "WORKLOAD")]
    pub workload: Option<String>,
    /// The status of the workload at the customer.
    #[arg(long, value_name = "STATUS")]
    pub status: Option<String>,
    /// The note in your own words.
    #[arg(long, value_name = "TEXT", conflicts_with_all = ["reason", "slot"], allow_hyphen_values = true)]
    pub note: Option<String>,
    /// The main reason, for a note by the template of the status: the same as --slot "primary issue=TEXT".
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub reason: Option<String>,
    /// What to put in a slot of the template of the status, such as "phase of deployment=pilot phase". May be given several
    /// times; the slots that are not given are left out.
    #[arg(long, value_name = "NAME=TEXT", allow_hyphen_values = true)]
    pub slot: Vec<String>,
    /// Take the customer and the workload as they are written, although a similar name is known.
    #[arg(long)]
    pub as_written: bool,
    /// What the first entry of the refresh summary says. Default: which status was recorded.
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    pub message: Option<String>,
    /// Who writes the record. Default: your name in git's configuration.
    #[arg(long, value_name = "NAME")]
    pub who: Option<String>,
    /// The date of the first entry, such as 2020-03-27. Default: today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<Date>,
    /// The file to write; a file that is there gets one more record. Default: where the files of the repository suggest.
    #[arg(long, value_name = "FILE", conflicts_with = "print")]
    pub output: Option<PathBuf>,
    /// Print the record and write nothing.
    #[arg(long)]
    pub print: bool,
    /// Show the change as a unified diff and write nothing.
    #[arg(long, visible_alias = "dry-run", conflicts_with = "print")]
    pub diff: bool,
    /// The date to use as today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
    /// Where the configuration comes from.
    #[command(flatten)]
    pub config: OwnConfigArgs,
}
