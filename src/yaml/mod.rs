//! The yaml stage.
