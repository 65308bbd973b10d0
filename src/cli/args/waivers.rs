//! The arguments of `waivers`.

use super::day::day;
use super::{ConfigArgs, PlainFormat};
use clap::Args;
use jiff::civil::Date;
use std::path::PathBuf;

/// `waivers`
#[derive(Debug, Args)]
pub(in crate::cli) struct WaiversArgs {
    /// Files and folders. Default: the whole repository or folder.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// The format of the list.
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: PlainFormat,
    /// The date to use as today, such as 2020-03-27. Default: the local date.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub today: Option<Date>,
    /// Where the configuration comes from.
    #[command(flatten)]
    pub config: ConfigArgs,
}
