//! The rules about the fields of a record, and about what YAML made of them.

pub(crate) mod double_space;
pub(crate) mod duplicate_record;
pub(crate) mod invisible_characters;
pub(crate) mod missing_field;
pub(crate) mod misspelt_field;
pub(crate) mod repeated_field;
pub(crate) mod status_spelling;
pub(crate) mod unknown_status;
pub(crate) mod wrong_type;
pub(crate) mod yaml_surprise;
