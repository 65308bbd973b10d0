//! The rules about the text of a note: their findings set its grade.

pub mod blank_note;
pub mod contact_attempts;
pub mod contradiction;
pub mod copied_note;
pub mod declined_benefit;
pub mod engagement_info;
pub mod hedging;
pub mod missing_intent;
pub mod missing_reason;
pub mod missing_state;
pub mod not_english;
pub mod placeholder;
pub mod status_mismatch;
pub mod status_only;
pub mod too_long;
pub mod usage_data;
pub mod vague_reason;
pub mod wrong_workload;
