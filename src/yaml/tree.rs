//! The spanned tree of one document.

use crate::text::ByteSpan;
use crate::yaml::schema::{self, ScalarKind};
use std::borrow::Cow;

/// A node of a document, by its place in the document's list of nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NodeId(pub(super) u32);

/// How a scalar is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScalarStyle {
    /// Without quotes.
    Plain,
    /// In `'…'`.
    SingleQuoted,
    /// In `"…"`.
    DoubleQuoted,
    /// After `|`.
    Literal,
    /// After `>`.
    Folded,
}

/// A text, number or other single value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scalar<'a> {
    /// The decoded text; borrowed from the file where it stands there as it is. Empty for an absent value.
    pub text: Cow<'a, str>,
    /// How it is written.
    pub style: ScalarStyle,
}

/// A tag (`!important`) before a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// The tag in full: `tag:yaml.org,2002:binary` for `!!binary`, `!important` for `!important`.
    pub name: String,
    /// Where it is written.
    pub span: ByteSpan,
}

impl Tag {
    /// Whether YAML itself defines it (`!!str`), or it is the bare `!` that asks for a text: meant, not a slip.
    #[must_use]
    pub fn is_core(&self) -> bool {
        self.name == "!" || self.name.starts_with("tag:yaml.org,2002:")
    }
}

/// An anchor (`&name`) before a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// Where it is written, `&` included.
    pub span: ByteSpan,
    /// Whether an alias refers to it.
    pub uses: AnchorUse,
}

/// Whether an alias refers to an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnchorUse {
    /// At least one does.
    Referred,
    /// None does.
    Unreferred,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Properties {
    pub(super) tag: Option<Tag>,
    pub(super) anchor: Option<Anchor>,
}

#[derive(Debug, Clone)]
pub(super) enum NodeKind<'a> {
    Scalar(Scalar<'a>),
    Sequence(Vec<NodeId>),
    /// Own entries first, in the order written, then those that merge keys bring in.
    Mapping(Vec<(NodeId, NodeId)>),
    Alias(NodeId),
    /// An alias to nothing; an error tells about it.
    Broken,
}

#[derive(Debug, Clone)]
pub(super) struct Node<'a> {
    pub(super) span: ByteSpan,
    pub(super) kind: NodeKind<'a>,
    /// Boxed, because hardly any node has some.
    pub(super) properties: Option<Box<Properties>>,
}

/// One document of a text.
#[derive(Debug)]
pub struct Document<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    pub(super) root: NodeId,
    /// From its first to its last value; empty for an empty document.
    pub(super) span: ByteSpan,
}

impl Document<'_> {
    /// The outermost value.
    #[must_use]
    pub fn root(&self) -> Value<'_> {
        Value { document: self, id: self.root }
    }

    /// The bytes from the first to the last value.
    #[must_use]
    pub fn span(&self) -> ByteSpan {
        self.span
    }
}

/// A value of a document. Cheap to copy.
///
/// An alias (`*name`) keeps its own place ([`Value::span`]) and has the contents of what it stands for.
#[derive(Debug, Clone, Copy)]
pub struct Value<'t> {
    document: &'t Document<'t>,
    id: NodeId,
}

/// A key of a mapping with its value.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'t> {
    /// The key.
    pub key: Value<'t>,
    /// The value.
    pub value: Value<'t>,
}

impl<'t> Value<'t> {
    fn node(self) -> Option<&'t Node<'t>> {
        self.document.nodes.get(self.id.0 as usize)
    }

    /// Where it stands: quotes and the `|` or `>` included; for an alias the alias itself.
    #[must_use]
    pub fn span(self) -> ByteSpan {
        self.node().map_or(self.document.span, |node| node.span)
    }

    /// What an alias stands for; any other value itself. Aliases never stand for aliases.
    #[must_use]
    pub fn target(self) -> Self {
        match self.node().map(|node| &node.kind) {
            Some(NodeKind::Alias(id)) => Self { document: self.document, id: *id },
            _ => self,
        }
    }

    /// Whether it is an alias (`*name`).
    #[must_use]
    pub fn is_alias(self) -> bool {
        matches!(self.node().map(|node| &node.kind), Some(NodeKind::Alias(_)))
    }

    /// The scalar, if it is one.
    #[must_use]
    pub fn scalar(self) -> Option<&'t Scalar<'t>> {
        match &self.target().node()?.kind {
            NodeKind::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// What the scalar is by YAML's core schema, if it is a scalar.
    #[must_use]
    pub fn scalar_kind(self) -> Option<ScalarKind> {
        self.scalar().map(|scalar| schema::kind(scalar, self.tag()))
    }

    /// The items, if it is a list.
    #[must_use]
    pub fn items(self) -> Option<impl Iterator<Item = Value<'t>> + Clone> {
        match &self.target().node()?.kind {
            NodeKind::Sequence(items) => {
                let document = self.document;
                Some(items.iter().map(move |id| Value { document, id: *id }))
            }
            _ => None,
        }
    }

    /// The entries, if it is a mapping: its own, then those that merge keys bring in. No key occurs twice.
    #[must_use]
    pub fn entries(self) -> Option<impl Iterator<Item = Entry<'t>> + Clone> {
        match &self.target().node()?.kind {
            NodeKind::Mapping(entries) => {
                let document = self.document;
                Some(entries.iter().map(move |(key, value)| Entry {
                    key: Value { document, id: *key },
                    value: Value { document, id: *value },
                }))
            }
            _ => None,
        }
    }

    /// The entry under `key`, if it is a mapping and has one.
    #[must_use]
    pub fn get(self, key: &str) -> Option<Entry<'t>> {
        self.entries()?.find(|entry| entry.key.scalar().is_some_and(|scalar| scalar.text == key))
    }

    /// Whether it is an alias to nothing, which an error tells about.
    #[must_use]
    pub fn is_broken(self) -> bool {
        matches!(self.node().map(|node| &node.kind), Some(NodeKind::Broken) | None)
    }

    /// The tag before it, if any.
    #[must_use]
    pub fn tag(self) -> Option<&'t Tag> {
        self.target().node()?.properties.as_ref()?.tag.as_ref()
    }

    /// The anchor before it, if any.
    #[must_use]
    pub fn anchor(self) -> Option<&'t Anchor> {
        self.target().node()?.properties.as_ref()?.anchor.as_ref()
    }
}

/// The bytes of a literal or folded scalar from its `|` or `>` to the end of its last line with a word. The parser's
/// `content` begins at the first word and ends at the start of the next value; the header stands somewhere after
/// `search_from`, the end of what comes before the scalar.
pub(super) fn block_scalar_span(source: &str, search_from: usize, content: ByteSpan) -> ByteSpan {
    let before = source.get(search_from..content.start).unwrap_or_default();
    let header = find_header(before).map_or(content.start, |offset| search_from + offset);
    let mut body = source.get(header..content.end).unwrap_or_default();
    loop {
        let without_breaks = body.trim_end_matches(['\n', '\r']);
        let last_line = without_breaks.rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let is_blank = last_line > 0 && without_breaks.bytes().skip(last_line).all(|byte| matches!(byte, b' ' | b'\t'));
        body = without_breaks;
        if !is_blank {
            break;
        }
        body = body.get(..last_line).unwrap_or_default();
    }
    ByteSpan::new(header..header + body.len())
}

/// Where `|` or `>` stands among `:`, `-`, tags, anchors and comments.
fn find_header(text: &str) -> Option<usize> {
    let mut offset = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let mut at = offset;
        for token in line.split(|c: char| c.is_ascii_whitespace()) {
            if token.starts_with(['|', '>']) {
                return Some(at);
            }
            if token.starts_with('#') {
                break;
            }
            at += token.len() + 1;
        }
        offset += line.len();
    }
    None
}
