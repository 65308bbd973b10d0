//! The rules about the refresh summary and the dates of a record.

pub(crate) mod date_form;
pub(crate) mod date_mismatch;
pub(crate) mod refresh_date;
pub(crate) mod refresh_incomplete;
pub(crate) mod refresh_missing;
pub(crate) mod refresh_not_updated;
pub(crate) mod refresh_order;
pub(crate) mod refresh_rewritten;
pub(crate) mod refresh_stale;
mod written_day;

pub(crate) use written_day::{may_mean, meant_days};
