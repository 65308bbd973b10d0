//! notegate keeps poor entitlement status notes out of git.
//!
//! [`check_bytes`] checks one file, and is where to begin; [`engine`] checks all files of a source, such as a work tree or
//! a change in git.
//!
//! Data flows one way, and each stage knows only the one before it:
//!
//! ```text
//! source ──► yaml ──► record ──► reading ──► rules ──► grade ──► report
//! ```
//!
//! - [`source`] names the files of a run and hands over their bytes, after and before a change.
//! - [`yaml`] turns bytes into one spanned tree a document.
//! - [`record`] turns trees into typed notes with a place for each field, matched with their twins before the change.
//! - [`reading`] says what the text of a note says: intent, reason, hedges, contact, progress.
//! - [`rules`] turn a record and its reading into findings; one file a rule, one registry.
//! - [`grade`] turns findings into a grade and a verdict.
//! - [`report`] renders what the run found; one file a format.
//!
//! Beside the stages stand [`playbook`] (the guidance as data), `lexicon` (its words, found in a text, below both it and
//! the reading), `case` (what a rule sees of a record), `remedy` (what a writer can write instead), [`config`] (what a
//! team sets), `adopt` (a configuration for notes that are there), `course` (what became of them over the commits), `overview` (the state of all notes), [`schema`] (schemas
//! for editors), [`emptiness`] (whether a text says nothing), [`day`] (which day it is), `code_owners` (who answers for a
//! file), [`writer`] (who writes), [`edit`] (changes of records in their files) and [`engine`], which drives the stages over
//! all files of a run. The library decides; the binary prints, and only `main.rs` reads the environment.

mod adopt;
mod case;
mod check;
pub mod cli;
mod code_owners;
pub mod config;
mod course;
pub mod day;
pub mod edit;
pub mod emptiness;
pub mod engine;
pub mod eval;
pub mod finding;
mod folding;
pub mod grade;
mod install;
mod lexicon;
mod lookalike;
mod nearest;
mod overview;
mod placement;
pub mod playbook;
pub mod reading;
pub mod record;
mod remedy;
pub mod report;
pub mod rules;
pub mod schema;
pub mod second_reader;
mod shell;
pub mod source;
pub mod text;
mod visibility;
mod workers;
pub mod writer;
pub mod yaml;

pub use check::{Checker, check_bytes};

/// What `fuzz/` cannot reach from outside. Only a build for fuzzing has it.
#[cfg(fuzzing)]
pub mod fuzzing {
    /// Stops where the reader of git's index breaks its promise about these bytes.
    pub fn index(bytes: &[u8]) {
        crate::source::git::holds_for(bytes);
    }
}
