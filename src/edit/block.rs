//! A whole record as text.

use super::NewRecord;
use super::entry::Model;
use super::fields::Signs;
use super::tree::Node;
use crate::record::{FieldName, FieldNames};
use crate::yaml::written::{Context, Quotes, is_shown, written};

/// Characters of a line in which a long text is folded.
const WIDTH: usize = 100;

/// Characters of the longest text that stands on the line of its key.
const LONGEST_ON_LINE: usize = 80;

/// How a record is written.
pub(super) struct Form<'a> {
    pub(super) names: &'a FieldNames,
    /// How its first entry is written.
    pub(super) model: Model,
    pub(super) line: &'static str,
}

impl Form<'_> {
    /// The record as lines that follow each other; the first comes without its indentation, `keys` columns.
    pub(super) fn block(&self, record: &NewRecord, keys: usize) -> String {
        let Self { names, model, line } = self;
        let indent = " ".repeat(keys);
        let mut lines: Vec<String> = record
            .fields
            .iter()
            .map(|(key, value)| format!("{}: {}", written(key, Quotes::None, Context::Block), self.value(value, keys)))
            .collect();
        if let Some(entry) = &record.entry {
            let key = written(names.key(FieldName::RefreshSummary), Quotes::None, Context::Block);
            lines.push(format!("{key}:{}", model.as_list(entry, keys, line)));
        }
        lines.join(&format!("{line}{indent}"))
    }

    /// The record in braces, with the signs of another one.
    pub(super) fn braces(&self, record: &NewRecord, signs: &Signs, context: Context) -> String {
        let Self { names, model, .. } = self;
        let key = |key: &str| written(key, Quotes::None, context);
        let mut fields: Vec<String> = record
            .fields
            .iter()
            .map(|(name, value)| format!("{}{}{}", key(name), signs.colon, written(value, Quotes::None, context)))
            .collect();
        if let Some(entry) = &record.entry {
            let name = key(names.key(FieldName::RefreshSummary));
            fields.push(format!("{name}{}[{}]", signs.colon, model.in_braces(entry)));
        }
        format!("{{{}{}{}}}", signs.open, fields.join(&signs.between), signs.close)
    }

    /// What the record says.
    pub(super) fn node(&self, record: &NewRecord) -> Node {
        let text = |text: &String| Node::text(text);
        let mut fields: Vec<(Node, Node)> = record.fields.iter().map(|(key, value)| (text(key), text(value))).collect();
        if let Some(entry) = &record.entry {
            let key = Node::text(self.names.key(FieldName::RefreshSummary));
            fields.push((key, Node::List(vec![self.model.node(entry)])));
        }
        Node::Map(fields)
    }

    /// A text after its key: folded over several lines when it is long, as it is when it has several lines.
    fn value(&self, text: &str, keys: usize) -> String {
        let indent = format!("{}{}", self.line, " ".repeat(keys + 2));
        let is_short = text.chars().count() <= LONGEST_ON_LINE && !text.contains('\n');
        let is_simple =
            |line: &str| !line.is_empty() && !line.starts_with(' ') && !line.ends_with(' ') && is_shown(line);
        match text.contains('\n') {
            _ if is_short => written(text, Quotes::None, Context::Block),
            true if text.split('\n').all(is_simple) => {
                format!("|-{indent}{}", text.split('\n').collect::<Vec<_>>().join(&indent))
            }
            false if is_simple(text) && !text.contains("  ") => {
                format!(">-{indent}{}", folded(text, WIDTH.saturating_sub(keys + 2)).join(&indent))
            }
            _ => written(text, Quotes::Double, Context::Block),
        }
    }
}

/// The words of `text` on lines of at most `width` characters, or one word each.
fn folded(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut length = 0;
    for word in text.split(' ') {
        let more = word.chars().count() + 1;
        match lines.last_mut() {
            Some(line) if length + more <= width => {
                line.push(' ');
                line.push_str(word);
                length += more;
            }
            _ => {
                lines.push(word.to_owned());
                length = more - 1;
            }
        }
    }
    lines
}
