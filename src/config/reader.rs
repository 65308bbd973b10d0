//! Takes values from the tree of a configuration and keeps every problem with its line.

use super::length::Length;
use crate::emptiness::is_blank;
use crate::nearest::nearest;
use crate::text::{ByteSpan, SourceText};
use crate::yaml::{Entry, ScalarKind, Value};
use std::fmt;
use std::ops::RangeInclusive;

/// One thing that is wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) line: usize,
    pub(super) message: String,
    /// Patterns that may be meant, which are told only once they were tried.
    pub(super) proposals: Vec<String>,
}

/// Where something is defined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// In the playbook that is built into the program.
    BuiltIn,
    /// On this line of the configuration.
    Line(usize),
}

impl Source {
    /// The place of `span` in the configuration.
    pub(super) fn of(span: ByteSpan, reader: &Reader<'_>) -> Self {
        Self::Line(reader.text.position(span.start).line)
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BuiltIn => f.write_str("where it is built in"),
            Self::Line(line) => write!(f, "on line {line}"),
        }
    }
}

/// Takes values of the right type; what has another one is a problem and counts as absent.
pub(super) struct Reader<'a> {
    text: &'a SourceText,
    pub(super) problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a SourceText) -> Self {
        Self { text, problems: Vec::new() }
    }

    pub(super) fn problem(&mut self, span: ByteSpan, message: impl Into<String>) {
        self.problem_with(span, message, Vec::new());
    }

    pub(super) fn problem_with(&mut self, span: ByteSpan, message: impl Into<String>, proposals: Vec<String>) {
        let line = self.text.position(span.start).line;
        self.problems.push(Problem { line, message: message.into(), proposals });
    }

    /// The entries of a mapping with their keys as text. `what` names the mapping.
    pub(super) fn mapping<'t>(&mut self, value: Value<'t>, what: &str) -> Vec<(&'t str, Entry<'t>)> {
        if value.scalar_kind() == Some(ScalarKind::Null) {
            return Vec::new();
        }
        let Some(entries) = value.entries() else {
            self.problem(value.span(), format!("{what} must be a mapping, such as `key: value`"));
            return Vec::new();
        };
        let mut named = Vec::new();
        for entry in entries {
            match entry.key.scalar() {
                Some(key) => named.push((&*key.text, entry)),
                None => self.problem(entry.key.span(), format!("a key of {what} is not text")),
            }
        }
        named
    }

    /// The entries of a mapping that must not be empty, with their keys as text. `needed` says what belongs in it.
    pub(super) fn filled_mapping<'t>(
        &mut self,
        value: Value<'t>,
        what: &str,
        needed: &str,
    ) -> Option<Vec<(&'t str, Entry<'t>)>> {
        if value.entries().is_none() {
            self.problem(value.span(), format!("{what} must be a mapping with {needed}"));
            return None;
        }
        Some(self.mapping(value, what))
    }

    /// Reports that the mapping `value`, which is `kind` ("a status"), lacks `key`.
    pub(super) fn needs(&mut self, value: Value<'_>, kind: &str, key: &str) {
        let has = |entry: Entry<'_>| entry.key.scalar().is_some_and(|scalar| scalar.text == key);
        if !value.entries().into_iter().flatten().any(has) {
            self.problem(value.span(), format!("{kind} needs `{key}`"));
        }
    }

    /// The items of a list. `what` names the list, and `of` its items.
    pub(super) fn items<'t>(&mut self, value: Value<'t>, what: &str, of: &str) -> Vec<Value<'t>> {
        match value.items() {
            Some(items) => items.collect(),
            None => {
                self.problem(value.span(), format!("{what} must be a list of {of}"));
                Vec::new()
            }
        }
    }

    /// The entries of a list, each with a letter or a digit and no longer than an entry may be, with their places. `what`
    /// names the list.
    pub(super) fn words_with_places(&mut self, value: Value<'_>, what: &str) -> Vec<(String, ByteSpan)> {
        let item = format!("an item of {what}");
        let items = self.items(value, what, "texts");
        items.into_iter().filter_map(|value| Some((self.word(value, &item, Length::Entry)?, value.span()))).collect()
    }

    /// A text with a letter or a digit that is no longer than `length` allows.
    pub(super) fn word(&mut self, value: Value<'_>, what: &str, length: Length) -> Option<String> {
        let text = self.text_within(value, what, length)?;
        if text.chars().any(char::is_alphanumeric) {
            return Some(text);
        }
        self.problem(value.span(), format!("{what} must contain a letter or a digit"));
        None
    }

    /// The texts of a list. `what` names the list.
    pub(super) fn texts<'t>(&mut self, value: Value<'t>, what: &str) -> Vec<(String, Value<'t>)> {
        let item = format!("an item of {what}");
        let items = self.items(value, what, "texts");
        items.into_iter().filter_map(|value| Some((self.text(value, &item)?, value))).collect()
    }

    /// A text that is not empty and no longer than `length` allows.
    pub(super) fn text_within(&mut self, value: Value<'_>, what: &str, length: Length) -> Option<String> {
        let text = self.text(value, what)?;
        match length.problem(&text) {
            None => Some(text),
            Some(problem) => {
                self.problem(value.span(), format!("{what} {problem}"));
                None
            }
        }
    }

    /// A text that is not empty.
    pub(super) fn text(&mut self, value: Value<'_>, what: &str) -> Option<String> {
        match (value.scalar(), value.scalar_kind()) {
            (Some(scalar), Some(ScalarKind::Text)) if !is_blank(&scalar.text) => Some(scalar.text.clone().into_owned()),
            (Some(_), Some(ScalarKind::Number | ScalarKind::Boolean)) => {
                self.problem(value.span(), format!("{what} must be text; put it in quotes"));
                None
            }
            (Some(_), Some(ScalarKind::Text | ScalarKind::Null)) => {
                self.problem(value.span(), format!("{what} is empty; write a text"));
                None
            }
            _ => {
                self.problem(value.span(), format!("{what} must be text"));
                None
            }
        }
    }

    /// A whole number within `range`.
    pub(super) fn count(&mut self, value: Value<'_>, what: &str, range: RangeInclusive<u32>) -> Option<u32> {
        let number = value
            .scalar()
            .filter(|_| value.scalar_kind() == Some(ScalarKind::Number))
            .and_then(|scalar| scalar.text.parse().ok())
            .filter(|number| range.contains(number));
        if number.is_none() {
            self.problem(
                value.span(),
                format!("{what} must be a whole number from {} to {}", range.start(), range.end()),
            );
        }
        number
    }

    /// Yes or no.
    pub(super) fn flag(&mut self, value: Value<'_>, what: &str) -> Option<bool> {
        let written = value.scalar().map(|scalar| scalar.text.to_lowercase());
        let flag = match written.as_deref() {
            Some("yes" | "true" | "on") => Some(true),
            Some("no" | "false" | "off") => Some(false),
            _ => None,
        };
        if flag.is_none() {
            self.problem(value.span(), format!("{what} must be `yes` or `no`"));
        }
        flag
    }

    /// Reports a key that is none of `known`.
    pub(super) fn unknown_key(&mut self, entry: Entry<'_>, key: &str, kind: &str, known: &[&str]) {
        let near = nearest(key, known.iter().copied());
        let hint = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are: {}", known.join(", ")),
        };
        self.problem(entry.key.span(), format!("there is no {kind} `{key}`; {hint}"));
    }
}
