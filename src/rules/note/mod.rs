//! The rules about the text of a note: their findings set its grade.

pub(crate) mod blank_note;
pub(crate) mod contact_attempts;
pub(crate) mod contradiction;
pub(crate) mod copied_note;
pub(crate) mod declined_benefit;
pub(crate) mod engagement_info;
pub(crate) mod hedging;
pub(crate) mod missing_intent;
pub(crate) mod missing_reason;
pub(crate) mod missing_state;
pub(crate) mod not_english;
pub(crate) mod placeholder;
pub(crate) mod status_mismatch;
pub(crate) mod status_only;
pub(crate) mod too_long;
pub(crate) mod usage_data;
pub(crate) mod vague_reason;
pub(crate) mod wrong_workload;
