//! Reports: one file a format, fed with the frozen types of [`model`], never with the types inside.
//!
//! A report decides nothing. It writes what it is given, in the order in which it is given.

pub mod concise;
pub mod earlier;
mod entry;
pub mod escape;
mod fingerprint;
pub mod github;
pub mod gitlab;
pub mod human;
pub mod json;
pub mod junit;
pub mod markdown;
pub mod model;
pub mod overview;
pub(crate) mod owned;
pub(crate) mod relocated;
pub mod rules_page;
pub mod sarif;
pub(crate) mod simulation;
mod snippet;
pub mod table;
pub mod tally;
pub(crate) mod trace;
pub(crate) mod waivers;
pub(crate) mod wrap;

use model::FileReport;
use std::io;
use tally::Tally;

/// Takes what a run finds, file by file in the order of their paths.
pub trait Sink {
    /// One file.
    ///
    /// # Errors
    /// When the report cannot be written.
    fn file(&mut self, file: &FileReport) -> io::Result<()>;

    /// The end of the run. Called once, after the last file.
    ///
    /// # Errors
    /// When the report cannot be written.
    fn finish(&mut self, tally: &Tally) -> io::Result<()>;
}
