//! What is printed under GitHub Actions. The runner looks for commands in everything that a step prints, and what a note,
//! a path or a branch is called must not become one.

use crate::report::github::{Language, tame};
use std::io::{self, Write};

/// Passes lines on in which the runner finds no command.
pub(super) struct RunnerLog<W: Write> {
    inner: W,
    line: Vec<u8>,
    language: Language,
}

impl<W: Write> RunnerLog<W> {
    /// A log on `inner`, written for people.
    pub(super) fn new(inner: W) -> Self {
        Self::of(inner, Language::Text)
    }

    /// A log on `inner`, written in this language.
    pub(super) fn of(inner: W, language: Language) -> Self {
        Self { inner, line: Vec::new(), language }
    }

    fn pass_on(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        self.inner.write_all(tame(&String::from_utf8_lossy(&line), self.language).as_bytes())
    }
}

impl<W: Write> Write for RunnerLog<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.pass_on()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

impl<W: Write> Drop for RunnerLog<W> {
    fn drop(&mut self) {
        // A reader that went away misses the rest of a line.
        let _closed = self.pass_on();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_passed_on_whole_however_it_is_written() {
        let mut seen = Vec::new();
        let mut log = RunnerLog::new(&mut seen);
        for part in ["a\n  :", ":error::x\nplain ##", "[stop-commands]y", "\nend"] {
            log.write_all(part.as_bytes()).unwrap();
        }
        drop(log);
        assert_eq!(String::from_utf8(seen).unwrap(), "a\n-   ::error::x\nplain # #[stop-commands]y\nend");
    }
}
