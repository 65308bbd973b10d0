//! The commands that change notes.

use super::ConfigArgs;
use super::day::day;
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;

/// `refresh`
#[derive(Debug, Args)]
pub(in crate::cli) struct RefreshArgs {
    /// The files that hold the records; with --staged, only these of the staged files.
    #[arg(value_name = "FILE", required_unless_present = "staged")]
    pub files: Vec<PathBuf>,
    /// What changed, in a few words.
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    pub message: String,
    /// Which records get an entry.
    #[command(flatten)]
    pub which: WhichRecords,
    /// Who changed the record. Default: your name in git's configuration.
    #[arg(long, value_name = "NAME")]
    pub who: Option<String>,
    /// The date of the entry, such as 2020-03-27. Default: today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<Date>,
    /// Stage the files afterwards. Refused for a file that has changes which are not staged.
    #[arg(long, visible_alias = "add")]
    pub stage: bool,
    /// Show the change and write nothing.
    #[arg(long, visible_alias = "dry-run", conflicts_with = "stage")]
    pub diff: bool,
    /// The date to use as today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
    /// Where the configuration comes from.
    #[command(flatten)]
    pub config: OwnConfigArgs,
}

/// Which records get an entry.
#[derive(Debug, Args)]
#[group(multiple = true)]
pub(in crate::cli) struct WhichRecords {
    /// Which record of the file: CUSTOMER/WORKLOAD, or the number of a line in it. May be given several times. Default: the
    /// records whose note or status changed since the last commit, or the only one.
    #[arg(long, value_name = "RECORD", conflicts_with_all = ["staged", "all_records"])]
    pub record: Vec<String>,
    /// All records of the files.
    #[arg(long, conflicts_with = "staged")]
    pub all_records: bool,
    /// All staged records whose note or status changed without a new entry.
    #[arg(long)]
    pub staged: bool,
}

/// `fix`
#[derive(Debug, Args)]
pub(in crate::cli) struct FixArgs {
    /// Files and folders. Default: the whole repository or folder.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Show the changes as a unified diff and write nothing.
    #[arg(long)]
    pub diff: bool,
    /// Write nothing, and exit with 1 if there is something to fix.
    #[arg(long)]
    pub check: bool,
    /// Add an entry that says this to each refresh summary without entries.
    #[arg(short, long, value_name = "TEXT", allow_hyphen_values = true)]
    pub message: Option<String>,
    /// Who changed the record, for the entries that -m adds. Default: your name in git's configuration.
    #[arg(long, value_name = "NAME", requires = "message")]
    pub who: Option<String>,
    /// Apply `exclude` to files named on the command line, too.
    #[arg(long)]
    pub force_exclude: bool,
    /// The date to use as today.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
    /// Where the configuration comes from.
    #[command(flatten)]
    pub config: OwnConfigArgs,
}

/// Where the configuration comes from, for commands that look at files on disk.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Configuration")]
pub(in crate::cli) struct OwnConfigArgs {
    /// Use this configuration instead of notegate.yaml at the root of the repository.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Use no configuration.
    #[arg(long)]
    pub no_config: bool,
}

impl OwnConfigArgs {
    /// The same for commands that can do more with it.
    pub(in crate::cli) fn full(&self) -> ConfigArgs {
        ConfigArgs { config: self.config.clone(), no_config: self.no_config, ..ConfigArgs::default() }
    }
}
