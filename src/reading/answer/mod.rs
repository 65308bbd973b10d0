//! Answers: one question about a note a file, out of its propositions and features.

pub(crate) mod bearing;
pub(crate) mod contact;
mod echo;
pub(crate) mod hedge;
pub(crate) mod intent;
pub(crate) mod off_topic;
pub(crate) mod others;
pub(crate) mod reason;
pub(crate) mod reason_kind;
pub(crate) mod reason_span;
pub(crate) mod relevance;
pub(crate) mod slot_values;
pub(crate) mod slots;
pub(crate) mod work;
pub(crate) mod workload;
