//! The rules about a file as a whole: whether it can be read, and whether what it holds are records.

pub(crate) mod misplaced_record;
pub(crate) mod not_a_record;
pub(crate) mod unreadable;
