//! The overview of `notegate report`: the state of all notes, one file a format.
//!
//! Like the other reports, these decide nothing: they write what [`model`] tells, in its order.

mod chart;
pub mod course;
mod course_text;
pub mod html;
pub mod json;
pub mod markdown;
pub mod model;
mod words;
