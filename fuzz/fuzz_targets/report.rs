//! Every format of the report, whatever the path and the file.
#![no_main]

#[path = "../../tests/properties/mod.rs"]
mod properties;

libfuzzer_sys::fuzz_target!(|input: (u8, &str)| properties::reports::report(input.0, input.1));
