//! The rules about a file as a whole: whether it can be read, and whether what it holds are records.

pub mod misplaced_record;
pub mod not_a_record;
pub mod unreadable;
