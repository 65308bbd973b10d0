//! The rules about the refresh summary and the dates of a record.

pub mod date_mismatch;
pub mod refresh_date;
pub mod refresh_incomplete;
pub mod refresh_missing;
pub mod refresh_not_updated;
pub mod refresh_order;
pub mod refresh_rewritten;
pub mod refresh_stale;
mod written_day;
