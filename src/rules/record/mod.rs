//! The rules about the fields of a record, and about what YAML made of them.

pub mod duplicate_record;
pub mod invisible_characters;
pub mod missing_field;
pub mod misspelt_field;
pub mod status_spelling;
pub mod unknown_status;
pub mod wrong_type;
pub mod yaml_surprise;
