//! What `notegate report` tells of all notes, made from what runs find.
//!
//! [`Collector`] takes the records of a run as any other report does, or those that JSON reports of runs hold ([`merge`]),
//! and keeps counts and the first rows of each table, so that its memory does not grow with the contents of the notes.
//! What it makes does not depend on the order in which records come: several runs over parts give what one run over all
//! gives. Each view has a file of its own.

mod ages;
mod collect;
mod faults;
mod groups;
mod labels;
mod matrix;
pub(crate) mod merge;
mod names;
mod notes;
mod reasons;
mod seen;
#[cfg(test)]
mod tests;
mod top;
mod waivers;

pub(crate) use collect::{Collector, Coverage};
