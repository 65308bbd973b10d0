//! Where a record stands in its file, and whether it is written in a way that can be edited.

use super::error::{EditError, EditErrorKind};
use super::tree::Path;
use crate::record::NoteRecord;
use crate::text::{ByteSpan, SourceText};
use crate::yaml::written::Context;
use crate::yaml::{AnchorUse, Document, Entry, ScalarStyle, Value};
use std::collections::HashMap;

/// A record that is to be edited, with its place in the tree.
#[derive(Debug, Clone)]
pub(super) struct Place<'t> {
    pub(super) text: &'t SourceText,
    pub(super) record: &'t NoteRecord,
    pub(super) mapping: Value<'t>,
    /// The way to the mapping.
    pub(super) path: Path,
    pub(super) context: Context,
    /// The bytes that an edit may touch: from its first key to the end of its last line, or, in braces, these.
    pub(super) extent: ByteSpan,
}

/// An entry of the mapping of a record, by its number there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Numbered<'t> {
    pub(super) number: usize,
    pub(super) entry: Entry<'t>,
}

impl<'t> Place<'t> {
    /// The places of `records`, in their order; errors for those that are written in a way that is not edited.
    pub(super) fn find(
        text: &'t SourceText,
        documents: &'t [Document<'t>],
        records: &[&'t NoteRecord],
    ) -> Vec<Result<Self, EditError>> {
        let wanted: HashMap<ByteSpan, usize> =
            records.iter().enumerate().map(|(number, record)| (record.span, number)).collect();
        let mut search = Search { wanted, found: HashMap::new() };
        for (number, document) in documents.iter().enumerate() {
            search.value(document.root(), &mut vec![number], None);
        }
        records
            .iter()
            .map(|record| {
                // What is not found stands where an alias stands.
                let found = search.found.remove(&record.span);
                let found = found.ok_or_else(|| EditError::at(EditErrorKind::Alias, record.span, text))?;
                Self::new(text, record, found)
            })
            .collect()
    }

    fn new(text: &'t SourceText, record: &'t NoteRecord, found: Found<'t>) -> Result<Self, EditError> {
        let Found { mapping, path, shared_by } = found;
        if let Some(anchor) = shared_by {
            return Err(EditError::at(EditErrorKind::Anchor, anchor, text));
        }
        check_references(mapping, mapping.span(), text)?;
        let context = context(mapping, text);
        let extent = match context {
            Context::Block => ByteSpan::new(record.span.start..line_end(text, record.span.end)),
            Context::Flow | Context::Json => record.span,
        };
        if context == Context::Block
            && let Some(tab) = text.slice(extent).find('\t')
        {
            return Err(EditError::at(EditErrorKind::Tab, ByteSpan::at(extent.start + tab), text));
        }
        Ok(Self { text, record, mapping, path, context, extent })
    }

    /// The entries of the record's own mapping.
    pub(super) fn entries(&self) -> impl Iterator<Item = Numbered<'t>> + use<'t> {
        let entries = self.mapping.entries().into_iter().flatten();
        entries.enumerate().map(|(number, entry)| Numbered { number, entry })
    }

    /// The entry whose key stands at `key`.
    pub(super) fn entry_at(&self, key: ByteSpan) -> Option<Numbered<'t>> {
        self.entries().find(|numbered| numbered.entry.key.span() == key)
    }

    /// The entry with this key.
    pub(super) fn entry_of(&self, key: &str) -> Option<Numbered<'t>> {
        self.entries().find(|numbered| is_key(&numbered.entry, key))
    }

    /// The way to the value of an entry.
    pub(super) fn path_to(&self, numbered: Numbered<'_>) -> Path {
        child(&self.path, numbered.number)
    }

    /// The value, anywhere in the record, that stands at `span`, and its way.
    pub(super) fn value_at(&self, span: ByteSpan) -> Option<(Value<'t>, Path)> {
        value_at(self.mapping, &self.path, span)
    }

    /// The key, anywhere in the record, that stands at `span`, the mapping that it is in, and the way to its value.
    pub(super) fn key_at(&self, span: ByteSpan) -> Option<(Value<'t>, Value<'t>, Path)> {
        key_at(self.mapping, &self.path, span)
    }

    pub(super) fn error(&self, kind: EditErrorKind, span: ByteSpan) -> EditError {
        EditError::at(kind, span, self.text)
    }
}

/// Whether an entry has this key.
pub(super) fn is_key(entry: &Entry<'_>, key: &str) -> bool {
    entry.key.scalar().is_some_and(|scalar| scalar.text == key)
}

pub(super) fn child(path: &[usize], number: usize) -> Path {
    let mut path = path.to_vec();
    path.push(number);
    path
}

/// How the scalars of a mapping are to be written: as JSON where it is in braces and its first key is in double quotes.
pub(super) fn context(mapping: Value<'_>, text: &SourceText) -> Context {
    let is_in_braces = text.slice(mapping.span()).starts_with('{');
    let first = mapping.entries().and_then(|mut entries| entries.next());
    let is_quoted =
        first.and_then(|first| first.key.scalar()).is_some_and(|key| key.style == ScalarStyle::DoubleQuoted);
    match (is_in_braces, is_quoted) {
        (false, _) => Context::Block,
        (true, false) => Context::Flow,
        (true, true) => Context::Json,
    }
}

/// The end of the line that holds the byte at `at`, its line break excluded.
pub(super) fn line_end(text: &SourceText, at: usize) -> usize {
    text.line_span(text.position(at).line).end
}

/// What stands before a byte in its line.
pub(super) fn line_before(text: &SourceText, at: usize) -> &str {
    let start = text.line_span(text.position(at).line).start;
    text.slice(ByteSpan::new(start..at)).trim_start_matches('\u{feff}')
}

/// How lines end at `at`: as the line that it is in, else as the first one.
pub(super) fn line_break(text: &SourceText, at: usize) -> &'static str {
    let after = |end: usize| match text.as_str().get(end..) {
        Some(rest) if rest.starts_with("\r\n") => Some("\r\n"),
        Some(rest) if rest.starts_with('\n') => Some("\n"),
        Some(rest) if rest.starts_with('\r') => Some("\r"),
        _ => None,
    };
    after(line_end(text, at)).or_else(|| after(text.line_span(1).end)).unwrap_or("\n")
}

/// Where the next token begins after `at`, past blanks, line breaks and comments. `at` is after a token.
pub(super) fn next_token(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = at;
    let mut may_be_comment = false;
    loop {
        match bytes.get(at)? {
            b' ' | b'\n' | b'\r' | b'\t' => may_be_comment = true,
            b'#' if may_be_comment => {
                let rest = bytes.get(at..)?;
                at += rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
                continue;
            }
            _ => return Some(at),
        }
        at += 1;
    }
}

/// The byte after the colon that follows the key at `key`.
pub(super) fn after_colon(text: &SourceText, key: ByteSpan) -> Option<usize> {
    let at = next_token(text.as_str(), key.end)?;
    text.as_str().get(at..)?.starts_with(':').then_some(at + 1)
}

/// Looks for several mappings in one walk.
struct Search<'t> {
    wanted: HashMap<ByteSpan, usize>,
    found: HashMap<ByteSpan, Found<'t>>,
}

struct Found<'t> {
    mapping: Value<'t>,
    path: Path,
    /// An anchor around it that an alias refers to.
    shared_by: Option<ByteSpan>,
}

impl<'t> Search<'t> {
    /// The depth of a document is limited, so this does not recurse far.
    fn value(&mut self, value: Value<'t>, path: &mut Path, shared_by: Option<ByteSpan>) {
        if value.is_alias() {
            return;
        }
        let anchor = value.anchor().filter(|anchor| anchor.uses == AnchorUse::Referred).map(|anchor| anchor.span);
        let shared_by = shared_by.or(anchor);
        if let Some(entries) = value.entries() {
            if self.wanted.contains_key(&value.span()) {
                let found = Found { mapping: value, path: path.clone(), shared_by };
                self.found.insert(value.span(), found);
            }
            // What a `<<` brings in stands elsewhere, and is found there.
            let is_own = |entry: &Entry<'_>| value.span().start <= entry.key.span().start;
            for (number, entry) in entries.enumerate().filter(|(_, entry)| is_own(entry)) {
                path.push(number);
                self.value(entry.value, path, shared_by);
                path.pop();
            }
        }
        for (number, item) in value.items().into_iter().flatten().enumerate() {
            path.push(number);
            self.value(item, path, shared_by);
            path.pop();
        }
    }
}

/// Refuses what makes a value stand for something that is written elsewhere, or be another value than it seems.
fn check_references(value: Value<'_>, record: ByteSpan, text: &SourceText) -> Result<(), EditError> {
    let refuse = |kind, span| Err(EditError::at(kind, span, text));
    if value.is_alias() || value.is_broken() {
        return refuse(EditErrorKind::Alias, value.span());
    }
    if let Some(anchor) = value.anchor() {
        return refuse(EditErrorKind::Anchor, anchor.span);
    }
    if let Some(tag) = value.tag() {
        return refuse(EditErrorKind::Tag, tag.span);
    }
    for entry in value.entries().into_iter().flatten() {
        let key = entry.key.span();
        if key.start < record.start || key.end > record.end {
            return refuse(EditErrorKind::Alias, record);
        }
        check_references(entry.key, record, text)?;
        check_references(entry.value, record, text)?;
    }
    value.items().into_iter().flatten().try_for_each(|item| check_references(item, record, text))
}

fn value_at<'t>(value: Value<'t>, path: &[usize], span: ByteSpan) -> Option<(Value<'t>, Path)> {
    for (number, entry) in value.entries().into_iter().flatten().enumerate() {
        if entry.value.span() == span {
            return Some((entry.value, child(path, number)));
        }
        if let Some(found) = value_at(entry.value, &child(path, number), span) {
            return Some(found);
        }
    }
    for (number, item) in value.items().into_iter().flatten().enumerate() {
        if item.span() == span {
            return Some((item, child(path, number)));
        }
        if let Some(found) = value_at(item, &child(path, number), span) {
            return Some(found);
        }
    }
    None
}

fn key_at<'t>(value: Value<'t>, path: &[usize], span: ByteSpan) -> Option<(Value<'t>, Value<'t>, Path)> {
    for (number, entry) in value.entries().into_iter().flatten().enumerate() {
        if entry.key.span() == span {
            return Some((entry.key, value, child(path, number)));
        }
        if let Some(found) = key_at(entry.value, &child(path, number), span) {
            return Some(found);
        }
    }
    let items = value.items().into_iter().flatten().enumerate();
    items.into_iter().find_map(|(number, item)| key_at(item, &child(path, number), span))
}
