//! The one adapter to `annotate-snippets`.
//!
//! Text of files is made visible here before it is handed over, and spans are moved along, so the renderer never sees
//! a control character and never a span that does not fit.

use super::escape::{is_unsafe, push_visible};
use super::model::{Excerpt, FindingReport, Mark, MarkKind, MendedBy};
use super::wrap::wrap;
use crate::finding::Severity;
use crate::shell;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use owo_colors::{OwoColorize, Style};
use std::ops::Range;
use std::path::Path;

/// Whether output holds colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Styling {
    /// Text alone.
    #[default]
    Plain,
    /// Text with ANSI colours.
    Colour,
}

impl Styling {
    /// The text in that style, where there are colours.
    #[must_use]
    pub fn paint(self, text: &str, style: Style) -> String {
        match self {
            Self::Colour if !text.is_empty() => text.style(style).to_string(),
            Self::Colour | Self::Plain => text.to_owned(),
        }
    }
}

/// Columns that stand before text: "  = help: " and a line number of three digits.
const MARGIN: usize = 13;

/// Text is no narrower than this many columns, however narrow the terminal.
const NARROWEST: usize = 30;

/// Renders findings.
#[derive(Debug)]
pub(super) struct Snippets {
    renderer: Renderer,
    /// Columns that are left beside the margin.
    room: usize,
}

/// What is shown of a finding beside its severity and its rule.
#[derive(Debug, Clone, Copy)]
pub(super) struct Around<'a> {
    /// The file.
    pub(super) path: &'a str,
    pub(super) title: &'a str,
    /// Its lines.
    pub(super) excerpt: Option<&'a Excerpt>,
    pub(super) help: Option<&'a str>,
}

impl Snippets {
    /// A renderer for lines of at most `width` columns.
    pub(super) fn new(styling: Styling, width: usize) -> Self {
        let renderer = match styling {
            Styling::Plain => Renderer::plain(),
            Styling::Colour => Renderer::styled(),
        };
        let room = width.saturating_sub(MARGIN).max(NARROWEST);
        Self { renderer: renderer.term_width(width).decor_style(DecorStyle::Ascii), room }
    }

    /// A finding with what is around it, without a final line break. All text may come from files.
    pub(super) fn render(&self, finding: &FindingReport, around: &Around<'_>) -> String {
        let Around { path, title, excerpt, help } = *around;
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let mut group = Group::with_title(level.primary_title(super::escape::line(title)).id(finding.rule));
        let shown = excerpt.map(Visible::new);
        if let Some(Visible { text, marks, first_line }) = &shown {
            let snippet = Snippet::source(text).line_start(*first_line).fold(true);
            let shown = marks.iter().filter(|mark| self.has_room(mark, marks, text));
            group = group.element(snippet.annotations(shown.map(|mark| {
                let kind = match mark.kind {
                    MarkKind::Finding => AnnotationKind::Primary,
                    MarkKind::Context => AnnotationKind::Context,
                };
                kind.span(mark.range.clone()).label(mark.label.as_deref())
            })));
        }
        if let Some(help) = help {
            let help = wrapped(&super::escape::block(help), self.room);
            group = group.element(Level::HELP.message(help));
        }
        if let Some(command) = finding.mended_by {
            group = group.element(Level::HELP.message(told(command, path)));
        }
        self.renderer.render(&[group])
    }

    /// A line that is too long is cut around what the finding is about, which takes that nothing else in it is marked.
    fn has_room(&self, mark: &Mark, marks: &[Mark], text: &str) -> bool {
        let line = |at: usize| text.get(..at).map_or(0, |before| before.matches('\n').count());
        let own = line(mark.range.start);
        let long = || text.lines().nth(own).is_some_and(|text| text.chars().count() > self.room);
        let beside = || marks.iter().any(|other| other.kind == MarkKind::Finding && line(other.range.start) == own);
        mark.kind == MarkKind::Finding || !(long() && beside())
    }
}

/// An excerpt in which every character can be printed.
struct Visible {
    first_line: usize,
    text: String,
    marks: Vec<Mark>,
}

impl Visible {
    fn new(excerpt: &Excerpt) -> Self {
        let mut text = String::with_capacity(excerpt.text.len());
        let mut moved = Vec::new();
        let mut characters = excerpt.text.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            let before = text.len();
            match c {
                '\n' => text.push('\n'),
                '\r' if matches!(characters.peek(), Some((_, '\n'))) => {}
                // A lone carriage return ends a line for YAML, so it has to end one here.
                '\r' => text.push('\n'),
                '\t' => text.push(' '),
                _ => push_visible(&mut text, c),
            }
            if is_unsafe(c) {
                moved.push((at, at + c.len_utf8(), before, text.len()));
            }
        }
        let shift = |offset: usize| match moved.iter().rev().find(|(from, ..)| *from < offset) {
            Some((_, to, _, after)) => after + offset.saturating_sub(*to),
            None => offset,
        };
        let marks = excerpt
            .marks
            .iter()
            .map(|mark| Mark { range: clamp(&text, shift(mark.range.start)..shift(mark.range.end)), ..mark.clone() })
            .map(|mark| Mark { label: mark.label.map(|label| super::escape::line(&label).into_owned()), ..mark })
            .collect();
        Self { first_line: excerpt.first_line, text, marks }
    }
}

/// The nearest range that lies in `text` on character boundaries.
fn clamp(text: &str, range: Range<usize>) -> Range<usize> {
    let floor = |offset: usize| (0..=offset.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let start = floor(range.start);
    start..floor(range.end).max(start)
}

/// What a command does about a finding in the file at `path`.
fn told(command: MendedBy, path: &str) -> String {
    match command {
        MendedBy::Fix => "`notegate fix` can do this".to_owned(),
        MendedBy::Refresh => {
            let file = shell::path(Path::new(path));
            let command = format!("`notegate refresh {file} -m \"what you did\"` can write the entry");
            super::escape::line(&command).into_owned()
        }
    }
}

/// The first line in as many as it needs. What follows it is there to be pasted, and stays as it is.
fn wrapped(help: &str, room: usize) -> String {
    let (sentence, rest) = help.split_at(help.find('\n').unwrap_or(help.len()));
    wrap(sentence, room, "") + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::model::Places;
    use proptest::prelude::*;

    fn finding(message: &str) -> FindingReport {
        FindingReport {
            rule: "missing-reason",
            severity: Severity::Error,
            message: message.to_owned(),
            help: Some("Say why.".to_owned()),
            waived: false,
            line: 4,
            column: 7,
            end_line: 4,
            end_column: 39,
            excerpt: None,
            mended_by: None,
            named_paths: Vec::new(),
            fix: None,
            places: Places::default(),
            waiver: None,
        }
    }

    fn excerpt(text: &str, ranges: &[Range<usize>]) -> Excerpt {
        let marks =
            ranges.iter().map(|range| Mark { range: range.clone(), kind: MarkKind::Finding, label: None }).collect();
        Excerpt { first_line: 4, text: text.to_owned(), marks }
    }

    fn render(text: &str, ranges: &[Range<usize>], width: usize) -> String {
        Snippets::new(Styling::Plain, width).render(
            &finding("No reason"),
            &Around {
                path: "a.yaml",
                title: "No reason",
                excerpt: Some(&excerpt(text, ranges)),
                help: Some("Say why."),
            },
        )
    }

    #[test]
    fn the_line_is_shown_with_its_number_and_an_underline() {
        let shown = render("note: Customer cannot deploy.", std::slice::from_ref(&(6..29)), 100);
        assert!(shown.contains("4 | note: Customer cannot deploy."), "{shown}");
        assert!(shown.contains("^^^^^^^^^^^^^^^^^^^^^^^"), "{shown}");
    }

    #[test]
    fn marks_move_along_when_a_character_is_made_visible() {
        let visible = Visible::new(&excerpt("a\u{202e}bc", std::slice::from_ref(&(4..5))));
        assert_eq!(visible.text, "a<U+202E>bc");
        assert_eq!(visible.marks.first().map(|mark| mark.range.clone()), Some(9..10));
    }

    proptest! {
        #[test]
        fn no_text_and_no_span_panics(
            text in any::<String>(),
            spans in prop::collection::vec((0usize..80, 0usize..80), 0..4),
            width in 1usize..120,
        ) {
            let ranges: Vec<_> = spans.iter().map(|(start, length)| *start..start + length).collect();
            let shown = render(&text, &ranges, width);
            prop_assert!(!shown.contains(|c| c != '\n' && is_unsafe(c)));
        }
    }
}
