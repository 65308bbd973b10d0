//! Takes values from the tree of a configuration and keeps every problem with its line.

use crate::text::{ByteSpan, SourceText};
use crate::yaml::{Entry, ScalarKind, Value};

/// One thing that is wrong with a configuration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Problem {
    pub(super) line: usize,
    pub(super) message: String,
    /// Patterns that may be meant, which are told only once they were tried.
    pub(super) proposals: Vec<String>,
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
            self.problem(value.span(), format!("{what} has to be a mapping, such as `key: value`"));
            return Vec::new();
        };
        let mut named = Vec::new();
        for entry in entries {
            match entry.key.scalar() {
                Some(key) => named.push((&*key.text, entry)),
                None => self.problem(entry.key.span(), format!("a key of {what} is no text")),
            }
        }
        named
    }

    /// The texts of a list. `what` names the list.
    pub(super) fn texts<'t>(&mut self, value: Value<'t>, what: &str) -> Vec<(String, Value<'t>)> {
        let Some(items) = value.items() else {
            self.problem(value.span(), format!("{what} has to be a list of texts"));
            return Vec::new();
        };
        items.filter_map(|item| self.text(item, &format!("an item of {what}")).map(|text| (text, item))).collect()
    }

    /// A text that is not empty.
    pub(super) fn text(&mut self, value: Value<'_>, what: &str) -> Option<String> {
        match (value.scalar(), value.scalar_kind()) {
            (Some(scalar), Some(ScalarKind::Text)) if !scalar.text.trim().is_empty() => {
                Some(scalar.text.clone().into_owned())
            }
            _ => {
                self.problem(value.span(), format!("{what} has to be a text"));
                None
            }
        }
    }

    /// A whole number of at least 1.
    pub(super) fn count(&mut self, value: Value<'_>, what: &str) -> Option<u32> {
        let number = value
            .scalar()
            .filter(|_| value.scalar_kind() == Some(ScalarKind::Number))
            .and_then(|scalar| scalar.text.parse().ok())
            .filter(|number| *number > 0);
        if number.is_none() {
            self.problem(value.span(), format!("{what} has to be a whole number of at least 1"));
        }
        number
    }

    /// Reports a key that is none of `known`.
    pub(super) fn unknown_key(&mut self, entry: Entry<'_>, key: &str, kind: &str, known: &[&str]) {
        let near = super::nearest(key, known.iter().copied());
        let hint = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("there are: {}", known.join(", ")),
        };
        self.problem(entry.key.span(), format!("there is no {kind} `{key}`; {hint}"));
    }
}
