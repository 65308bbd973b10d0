//! Rows of aligned columns that fit a terminal.

use crate::report::escape;
use crate::report::snippet::Styling;
use owo_colors::Style;
use std::io::{self, Write};

/// One cell: its text, safe for a stream, and its style.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    text: String,
    style: Style,
}

impl Cell {
    /// A plain cell; the text is escaped.
    pub(super) fn new(text: impl AsRef<str>) -> Self {
        Self { text: escape::line(text.as_ref()).into_owned(), style: Style::new() }
    }

    pub(super) fn styled(self, style: Style) -> Self {
        Self { style, ..self }
    }

    fn width(&self) -> usize {
        self.text.chars().count()
    }
}

/// What is to be done with a last cell that does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overflow {
    /// It goes on below itself.
    Wrap,
    /// It is cut off.
    Clip,
}

/// How rows are laid out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    /// Columns of the terminal.
    pub(super) width: usize,
    pub(super) styling: Styling,
    pub(super) overflow: Overflow,
}

/// The widest that a column before the last gets; a longer cell pushes the rest of its row to the right.
const WIDEST: usize = 40;

/// The narrowest that a last column gets, however narrow the terminal.
const NARROWEST: usize = 24;

impl Layout {
    /// Writes rows with aligned columns, two blanks between them; empty cells at the end of a row take no place.
    pub(super) fn rows<W: Write>(self, out: &mut W, indent: usize, rows: &[Vec<Cell>]) -> io::Result<()> {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let cells = rows.iter().filter(|row| column + 1 < row.len()).filter_map(|row| row.get(column));
                cells.map(Cell::width).max().unwrap_or(0).min(WIDEST)
            })
            .collect();
        rows.iter().try_for_each(|row| self.row(out, indent, row, &widths))
    }

    fn row<W: Write>(self, out: &mut W, indent: usize, row: &[Cell], widths: &[usize]) -> io::Result<()> {
        let Some((last, front)) = row.split_last() else { return Ok(()) };
        let mut line = " ".repeat(indent);
        let mut at = indent;
        for (cell, width) in front.iter().zip(widths.iter().filter(|width| **width > 0)) {
            let padding = " ".repeat(width.saturating_sub(cell.width()) + 2);
            line.push_str(&self.styling.paint(&cell.text, cell.style));
            line.push_str(&padding);
            at += cell.width().max(*width) + 2;
        }
        let room = self.width.saturating_sub(at).max(NARROWEST);
        let parts = match self.overflow {
            Overflow::Clip => vec![clipped(&last.text, room)],
            Overflow::Wrap => super::super::wrap::wrap(&last.text, room, "").lines().map(str::to_owned).collect(),
        };
        let mut parts = parts.iter();
        let first = parts.next().map(|part| self.styling.paint(part, last.style)).unwrap_or_default();
        writeln!(out, "{}", format!("{line}{first}").trim_end())?;
        parts.try_for_each(|part| writeln!(out, "{}{}", " ".repeat(at), self.styling.paint(part, last.style)))
    }
}

/// The start of a text that is too long, and a sign that there is more.
fn clipped(text: &str, room: usize) -> String {
    if text.chars().count() <= room {
        return text.to_owned();
    }
    text.chars().take(room.saturating_sub(1)).chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(overflow: Overflow, width: usize, rows: &[&[&str]]) -> String {
        let rows: Vec<Vec<Cell>> = rows.iter().map(|row| row.iter().map(Cell::new).collect()).collect();
        let mut out = Vec::new();
        Layout { width, styling: Styling::Plain, overflow }.rows(&mut out, 2, &rows).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_are_aligned_and_the_last_one_goes_on_below_itself() {
        let rows: &[&[&str]] = &[&["a", "one"], &["long", "two words that go on and on below"]];
        let expected = "  a     one\n  long  two words that go on and\n        on below\n";
        assert_eq!(shown(Overflow::Wrap, 32, rows), expected);
        assert_eq!(shown(Overflow::Clip, 32, rows), "  a     one\n  long  two words that go on an…\n");
    }

    #[test]
    fn nothing_unsafe_is_written() {
        assert_eq!(shown(Overflow::Wrap, 80, &[&["\u{1b}[2J", "a\nb"]]), "  <U+001B>[2J  a b\n");
    }
}
