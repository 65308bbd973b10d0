//! A bar on standard error while a long run works, for a person who looks on.

use super::StreamKind;
use crate::engine::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, Write};

/// Runs over fewer files end before a bar could be read.
const LONG_RUN: usize = 1000;

/// The bar; hidden unless standard error is a terminal and the run is long.
pub(super) struct Bar {
    bar: ProgressBar,
    stream: StreamKind,
}

impl Bar {
    pub(super) fn new(stream: StreamKind) -> Self {
        Self { bar: ProgressBar::hidden(), stream }
    }
}

impl Progress for Bar {
    fn examined(&self, done: usize, total: usize) {
        if self.stream == StreamKind::Other || total < LONG_RUN {
            return;
        }
        if self.bar.is_hidden() {
            self.bar.set_style(ProgressStyle::default_bar());
            self.bar.set_length(total as u64);
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_position(done as u64);
        if done == total {
            self.bar.finish_and_clear();
        }
    }
}

/// A writer that takes the bar off the screen while it writes, so that the report and the bar never mix.
pub(super) struct Behind<'a> {
    bar: &'a Bar,
    out: &'a mut dyn Write,
}

impl<'a> Behind<'a> {
    pub(super) fn new(bar: &'a Bar, out: &'a mut dyn Write) -> Self {
        Self { bar, out }
    }
}

impl Write for Behind<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.bar.bar.suspend(|| self.out.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
