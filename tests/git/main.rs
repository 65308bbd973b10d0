//! notegate in every state that git can be in: through the built program, against real git. On Unix, for its links, modes and
//! shells.
#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test that meets what it does not expect has to stop"
)]

mod action;
mod bypass;
mod ci;
mod ci_page;
mod commit;
mod configuration;
mod damage;
mod ending;
mod faults;
mod forms;
mod install;
mod joins;
mod learned;
#[path = "../support/lessons.rs"]
mod lessons;
mod managed;
mod managers;
mod matching;
mod merge;
mod month;
mod names;
mod nothing;
mod old_side;
mod partial;
mod push;
mod push_report;
mod range;
mod release;
mod rename;
mod rules;
mod runner;
mod selection;
mod shapes;
mod sides;
mod support;
mod twins;
mod untouched;
mod viewpoint;
