//! Text for a hover or beside a completion: Markdown where the client shows that, else plain. What comes from a file is
//! shown as it is written and never takes part in the markup.

use super::protocol::{Markup, MarkupContent, MarkupKind};
use crate::report::escape;

/// A text in the making.
#[derive(Debug)]
pub(super) struct Page {
    markup: Markup,
    parts: Vec<String>,
}

impl Page {
    pub(super) fn new(markup: Markup) -> Self {
        Self { markup, parts: Vec::new() }
    }

    /// A line that stands out.
    pub(super) fn title(&mut self, text: &str) {
        let text = self.safe(text);
        self.parts.push(match self.markup {
            Markup::Markdown => format!("**{text}**"),
            Markup::Plain => text,
        });
    }

    /// Sentences.
    pub(super) fn text(&mut self, text: &str) {
        let text = self.safe(text);
        self.parts.push(text);
    }

    /// Text to be copied: it stays as it is written.
    pub(super) fn code(&mut self, text: &str) {
        let text = escape::block(text).into_owned();
        self.parts.push(match self.markup {
            Markup::Markdown => {
                let fence = "`".repeat(longest_run(&text).max(2) + 1);
                format!("{fence}text\n{text}\n{fence}")
            }
            Markup::Plain => text,
        });
    }

    /// A sentence of the guidance.
    pub(super) fn guidance(&mut self, sentence: &str) {
        if sentence.is_empty() {
            return;
        }
        let sentence = self.safe(sentence);
        self.parts.push(match self.markup {
            Markup::Markdown => format!("> The guidance: {}", sentence.replace('\n', "\n> ")),
            Markup::Plain => format!("The guidance: {sentence}"),
        });
    }

    /// Help of a finding: a sentence, and below it what is to be pasted.
    pub(super) fn help(&mut self, help: &str) {
        match help.split_once('\n') {
            Some((sentence, rest)) => {
                self.text(sentence);
                self.code(rest);
            }
            None => self.text(help),
        }
    }

    /// Named lines.
    pub(super) fn rows(&mut self, rows: &[(&'static str, String)]) {
        let line = |(name, text): &(&str, String)| match self.markup {
            Markup::Markdown => format!("- *{name}*: {}", self.safe(&escape::line(text))),
            Markup::Plain => format!("{name}: {}", escape::line(text)),
        };
        let lines: Vec<String> = rows.iter().map(line).collect();
        self.parts.push(lines.join("\n"));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    pub(super) fn finish(self) -> MarkupContent {
        let kind = match self.markup {
            Markup::Markdown => MarkupKind::Markdown,
            Markup::Plain => MarkupKind::PlainText,
        };
        MarkupContent { kind, value: self.parts.join("\n\n") }
    }

    fn safe(&self, text: &str) -> String {
        let text = escape::block(text);
        match self.markup {
            Markup::Markdown => without_markup(&text),
            Markup::Plain => text.into_owned(),
        }
    }
}

/// The text with a backslash before each character that could start markup.
fn without_markup(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + text.len() / 16);
    for line in text.split_inclusive('\n') {
        let content = line.trim_start();
        let starts_block = content.starts_with(['#', '-', '+', '=', ':', '>'])
            || content.starts_with(|c: char| c.is_ascii_digit())
                && content.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['.', ')']);
        // Blanks before a line could make a block of code of it.
        if starts_block && content.starts_with(|c: char| !c.is_ascii_digit()) {
            safe.push('\\');
        }
        let mut is_number = starts_block;
        for c in content.chars() {
            let ends_number = is_number && matches!(c, '.' | ')');
            is_number &= c.is_ascii_digit();
            if ends_number || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&' | '|' | '~' | '$') {
                safe.push('\\');
            }
            safe.push(c);
        }
    }
    safe
}

/// The longest run of backticks.
fn longest_run(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markdown(write: impl FnOnce(&mut Page)) -> String {
        let mut page = Page::new(Markup::Markdown);
        write(&mut page);
        page.finish().value
    }

    #[test]
    fn what_a_note_says_is_never_markup() {
        let hostile = "[click](command:x) <img src=x> **b** `c`\n# t\n- i\n1. n\n    code &lt; | ~~s~~";
        assert_eq!(
            markdown(|page| page.text(hostile)),
            "\\[click\\](command:x) \\<img src=x> \\*\\*b\\*\\* \\`c\\`\n\\# t\n\\- i\n1\\. n\ncode \\&lt; \\| \\~\\~s\\~\\~"
        );
        assert_eq!(markdown(|page| page.code("```\nx\u{1b}")), "````text\n```\nx<U+001B>\n````");
        assert_eq!(markdown(|page| page.rows(&[("intent", "a\n* b".to_owned())])), "- *intent*: a \\* b");
    }

    #[test]
    fn plain_text_has_no_marks() {
        let mut page = Page::new(Markup::Plain);
        page.title("hedging");
        page.help("Write:\na [b]");
        page.guidance("");
        assert_eq!(page.finish().value, "hedging\n\nWrite:\n\na [b]");
    }
}
