//! `notegate lsp` as an editor runs it: the built program, spoken to over its standard streams in the real protocol.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

#[path = "../support/mod.rs"]
mod support;

mod configuration;
mod editor;
mod findings;
mod hostile;
mod speed;
mod writing;
