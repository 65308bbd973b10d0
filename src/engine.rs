//! Drives the stages over all files of a run.
