//! The reader of git's index on any bytes.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| notegate::fuzzing::index(bytes));
