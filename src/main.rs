//! The `notegate` program: parses, calls the library, renders, maps to an exit code.

fn main() {}
