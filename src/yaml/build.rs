//! From the parser's events to trees. With an explicit stack: nesting costs no stack of ours, and limits stop a
//! hostile file before it costs memory.

use crate::text::{ByteSpan, SourceText};
use crate::yaml::error::{Limit, YamlError, YamlErrorKind};
use crate::yaml::indent::{Enclosure, first_outdent};
use crate::yaml::syntax;
use crate::yaml::tree::{
    Anchor, AnchorUse, Document, Node, NodeId, NodeKind, Properties, Scalar, ScalarStyle, Tag, block_scalar_span,
};
use crate::yaml::{Limits, Parsed};
use granit_parser::{Event, Parser, Span, StructureStyle};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// Parses all documents of `text`. After a broken document it goes on with the next one; after a limit that concerns
/// the whole file it stops.
#[must_use]
pub fn parse<'a>(text: &'a SourceText, limits: &Limits) -> Parsed<'a> {
    let mut options = granit_parser::options! { emit_anchor_events: true, emit_unresolved_aliases: true };
    options.set_emit_comments(false);
    let mut parser = Parser::new_from_str_with_options(text.as_str(), options);
    let mut builder = Builder::new(text.as_str(), limits);
    while let Some(next) = parser.next_event() {
        let step = match next {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => {
                let error = syntax::error(&error, text);
                builder.error(error.kind, error.span).and(Err(Stop::Document))
            }
        };
        match step {
            Ok(()) => {}
            Err(Stop::File) => break,
            Err(Stop::Document) => {
                builder.abandon();
                match parser.proceed_next_document() {
                    Ok(true) => {}
                    Ok(false) => break,
                    Err(error) => {
                        builder.errors.push(syntax::error(&error, text));
                        break;
                    }
                }
            }
        }
    }
    builder.errors.sort_by_key(|error| error.span);
    Parsed { documents: builder.documents, errors: builder.errors }
}

/// How far an error reaches.
enum Stop {
    Document,
    File,
}

type Step = Result<(), Stop>;

/// How much a value stands for, with aliases unfolded.
#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    nodes: usize,
    bytes: usize,
}

/// An anchor that has been seen.
enum Anchored {
    /// Its value is not complete: an alias to it would hold itself.
    Open,
    Complete(NodeId, Cost),
}

/// How a list or a mapping begins.
#[derive(Clone, Copy)]
struct Opening {
    bytes: ByteSpan,
    /// Columns before it on its line.
    column: usize,
    style: StructureStyle,
    anchor: usize,
}

/// A list or a mapping that is not complete.
struct Frame<'a> {
    start: usize,
    /// Columns before it on its line.
    column: usize,
    collection: Collection<'a>,
    style: StructureStyle,
    anchor: usize,
    properties: Option<Box<Properties>>,
    /// What the document had cost when it began.
    before: Cost,
}

enum Collection<'a> {
    Sequence(Vec<NodeId>),
    Mapping(Mapping<'a>),
}

#[derive(Default)]
struct Mapping<'a> {
    entries: Vec<(NodeId, NodeId)>,
    key: Option<NodeId>,
    merges: Vec<NodeId>,
    /// The keys by their text, once there are too many to compare one by one.
    seen: HashMap<Cow<'a, str>, NodeId>,
}

/// Up to so many keys are compared one by one, which is quicker than a set.
const FEW_KEYS: usize = 12;

struct Builder<'a, 'l> {
    source: &'a str,
    limits: &'l Limits,
    documents: Vec<Document<'a>>,
    errors: Vec<YamlError>,
    nodes: Vec<Node<'a>>,
    root: Option<NodeId>,
    stack: Vec<Frame<'a>>,
    anchors: HashMap<usize, Anchored>,
    /// The node that the next anchor event belongs to, when it is complete.
    last: Option<NodeId>,
    /// What the file has cost so far.
    spent: Cost,
    /// Where the last event ended that has a place: what follows belongs to the next one.
    end: usize,
    document_start: usize,
}

impl<'a, 'l> Builder<'a, 'l> {
    fn new(source: &'a str, limits: &'l Limits) -> Self {
        Self {
            source,
            limits,
            documents: Vec::new(),
            errors: Vec::new(),
            nodes: Vec::new(),
            root: None,
            stack: Vec::new(),
            anchors: HashMap::new(),
            last: None,
            spent: Cost::default(),
            end: 0,
            document_start: 0,
        }
    }

    /// Forgets the document at hand.
    fn abandon(&mut self) {
        self.nodes = Vec::new();
        self.root = None;
        self.stack.clear();
        self.anchors.clear();
        self.last = None;
    }

    fn event(&mut self, event: Event<'a>, span: Span) -> Step {
        let bytes = ByteSpan::new(span.byte_range().unwrap_or(self.end..self.end));
        match event {
            Event::DocumentStart(..) => {
                self.document_start = bytes.start;
                self.end = self.end.max(bytes.start);
                if self.documents.len() >= self.limits.documents {
                    return self.over(Limit::Documents, bytes);
                }
                Ok(())
            }
            Event::DocumentEnd => {
                self.finish_document();
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                let properties = properties(tag.as_deref(), &span);
                let scalar = self.scalar(text, style, bytes);
                self.scalar_node(scalar, bytes, anchor, properties)
            }
            Event::SequenceStart(style, anchor, tag) => {
                let column = self.column_of_sequence(style, &span, bytes.start);
                let opening = Opening { bytes, column, style, anchor };
                self.open(Collection::Sequence(Vec::new()), opening, properties(tag.as_deref(), &span))
            }
            Event::MappingStart(style, anchor, tag) => {
                let opening = Opening { bytes, column: span.start.col(), style, anchor };
                self.open(Collection::Mapping(Mapping::default()), opening, properties(tag.as_deref(), &span))
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(bytes),
            Event::Anchor(id, _) => {
                self.anchor(id, bytes);
                Ok(())
            }
            Event::Alias(id) => self.alias(id, bytes),
            Event::UnresolvedAlias(name) => {
                self.end = self.end.max(bytes.end);
                self.error(YamlErrorKind::UndefinedAlias { name: name.into_owned() }, bytes)?;
                self.complete(Node { span: bytes, kind: NodeKind::Broken, properties: None }).map(|_| ())
            }
            _ => Ok(()),
        }
    }

    /// Charges `cost` and reports the first limit that it breaks.
    fn charge(&mut self, cost: Cost, at: ByteSpan) -> Step {
        self.spent.nodes = self.spent.nodes.saturating_add(cost.nodes);
        self.spent.bytes = self.spent.bytes.saturating_add(cost.bytes);
        if self.spent.nodes > self.limits.nodes {
            return self.over(Limit::Nodes, at);
        }
        if self.spent.bytes > self.limits.expanded_bytes {
            return self.over(Limit::ExpandedBytes, at);
        }
        Ok(())
    }

    /// Keeps an error after which reading goes on, until there are too many.
    fn error(&mut self, kind: YamlErrorKind, span: ByteSpan) -> Step {
        self.errors.push(YamlError::new(kind, span));
        if self.errors.len() >= self.limits.errors { self.over(Limit::Errors, span) } else { Ok(()) }
    }

    fn over(&mut self, limit: Limit, at: ByteSpan) -> Step {
        self.errors.push(limit.error(self.limits, at));
        Err(if limit == Limit::Depth { Stop::Document } else { Stop::File })
    }

    fn scalar(&self, text: Cow<'a, str>, style: granit_parser::ScalarStyle, span: ByteSpan) -> Scalar<'a> {
        let style = match style {
            granit_parser::ScalarStyle::Plain => ScalarStyle::Plain,
            granit_parser::ScalarStyle::SingleQuoted => ScalarStyle::SingleQuoted,
            granit_parser::ScalarStyle::DoubleQuoted => ScalarStyle::DoubleQuoted,
            granit_parser::ScalarStyle::Literal => ScalarStyle::Literal,
            granit_parser::ScalarStyle::Folded => ScalarStyle::Folded,
        };
        // The parser hands an absent value over as a `~` that stands nowhere.
        let absent = style == ScalarStyle::Plain && span.start == span.end;
        Scalar { text: if absent { Cow::Borrowed("") } else { text }, style }
    }

    fn scalar_node(
        &mut self,
        scalar: Scalar<'a>,
        bytes: ByteSpan,
        anchor: usize,
        properties: Option<Box<Properties>>,
    ) -> Step {
        let cost = Cost { nodes: 1, bytes: scalar.text.len() };
        self.charge(cost, bytes)?;
        let span = match scalar.style {
            ScalarStyle::Literal | ScalarStyle::Folded => block_scalar_span(self.source, self.end, bytes),
            _ => bytes,
        };
        if matches!(scalar.style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted) {
            self.check_indentation(bytes, Enclosure::Quotes)?;
        }
        self.end = self.end.max(bytes.end);
        let id = self.add(Node { span, kind: NodeKind::Scalar(scalar), properties });
        if anchor != 0 {
            self.anchors.insert(anchor, Anchored::Complete(id, cost));
        }
        self.last = Some(id);
        self.attach(id)
    }

    fn open(&mut self, collection: Collection<'a>, opening: Opening, properties: Option<Box<Properties>>) -> Step {
        let Opening { bytes, column, style, anchor } = opening;
        let before = self.spent;
        self.charge(Cost { nodes: 1, bytes: 0 }, bytes)?;
        if self.stack.len() >= self.limits.depth {
            return self.over(Limit::Depth, bytes);
        }
        self.end = self.end.max(bytes.end);
        if anchor != 0 {
            self.anchors.insert(anchor, Anchored::Open);
        }
        self.last = None;
        self.stack.push(Frame { start: bytes.start, column, collection, style, anchor, properties, before });
        Ok(())
    }

    fn close(&mut self, bytes: ByteSpan) -> Step {
        let Some(frame) = self.stack.pop() else { return Ok(()) };
        let (kind, last_child) = match frame.collection {
            Collection::Sequence(items) => {
                let last = items.last().copied();
                (NodeKind::Sequence(items), last)
            }
            Collection::Mapping(mut mapping) => {
                let last = mapping.entries.last().map(|(_, value)| *value);
                let last = last.into_iter().chain(mapping.merges.last().copied()).max_by_key(|id| self.end_of(*id));
                self.merge(&mut mapping, bytes)?;
                (NodeKind::Mapping(mapping.entries), last)
            }
        };
        // A block collection ends with its last value; the parser's end is the next token, past blanks and comments.
        let end = match frame.style {
            StructureStyle::Flow => bytes.end,
            StructureStyle::Block => last_child.map_or(frame.start, |id| self.end_of(id)),
        };
        if frame.style == StructureStyle::Flow
            && self.stack.last().is_none_or(|outer| outer.style == StructureStyle::Block)
        {
            self.check_indentation(ByteSpan::new(frame.start..bytes.end), Enclosure::Brackets)?;
        }
        self.end = self.end.max(end);
        let cost = Cost {
            nodes: self.spent.nodes.saturating_sub(frame.before.nodes),
            bytes: self.spent.bytes.saturating_sub(frame.before.bytes),
        };
        let span = ByteSpan::new(frame.start..end);
        let id = self.complete(Node { span, kind, properties: frame.properties })?;
        if frame.anchor != 0 {
            self.anchors.insert(frame.anchor, Anchored::Complete(id, cost));
        }
        Ok(())
    }

    /// The column of the dashes of a block sequence. The parser names the place after the first dash when the sequence
    /// is not indented beyond the key that it belongs to.
    fn column_of_sequence(&self, style: StructureStyle, span: &Span, start: usize) -> usize {
        let has_key = |frame: &Frame<'_>| matches!(&frame.collection, Collection::Mapping(it) if it.key.is_some());
        // Not for brackets: one line may hold many, and each would look for the start of the line.
        if style == StructureStyle::Flow || !self.stack.last().is_some_and(has_key) {
            return span.start.col();
        }
        let before = self.source.get(..start).unwrap_or_default();
        let line = before.rfind(['\n', '\r']).map_or(before, |at| before.get(at + 1..).unwrap_or_default());
        let indent = line.len() - line.trim_start_matches(' ').len();
        let is_dash_first = line.get(indent..).is_some_and(|rest| rest.starts_with('-'));
        if is_dash_first { indent } else { span.start.col() }
    }

    /// Reports the first line of a quoted text or of brackets that is not indented beyond the block around it.
    fn check_indentation(&mut self, span: ByteSpan, enclosure: Enclosure) -> Step {
        let block = self.stack.iter().rev().find(|frame| frame.style == StructureStyle::Block);
        let Some(spaces) = block.map(|frame| frame.column + 1) else { return Ok(()) };
        let Some(outdent) = first_outdent(self.source, span, enclosure, spaces) else { return Ok(()) };
        // What is in quotes was seen before the brackets around it.
        if self.errors.iter().any(|error| error.span == outdent.span) {
            return Ok(());
        }
        self.error(YamlErrorKind::Syntax(syntax::outdent(outdent.cause)), outdent.span)
    }

    fn anchor(&mut self, id: usize, span: ByteSpan) {
        let anchor = Anchor { span, uses: AnchorUse::Unreferred };
        let properties = match self.anchors.get(&id) {
            Some(Anchored::Complete(node, _)) => self.nodes.get_mut(node.0 as usize).map(|node| &mut node.properties),
            _ => self.stack.last_mut().map(|frame| &mut frame.properties),
        };
        if let Some(properties) = properties {
            properties.get_or_insert_default().anchor = Some(anchor);
        }
    }

    fn alias(&mut self, id: usize, span: ByteSpan) -> Step {
        self.end = self.end.max(span.end);
        let kind = match self.anchors.get(&id) {
            Some(Anchored::Complete(target, cost)) => {
                let (target, cost) = (*target, *cost);
                self.charge(cost, span)?;
                let anchor = self.nodes.get_mut(target.0 as usize).and_then(|node| node.properties.as_mut());
                if let Some(anchor) = anchor.and_then(|properties| properties.anchor.as_mut()) {
                    anchor.uses = AnchorUse::Referred;
                }
                NodeKind::Alias(target)
            }
            Some(Anchored::Open) | None => {
                let name = self.source.get(span.start + 1..span.end).unwrap_or_default().to_owned();
                self.error(YamlErrorKind::SelfAlias { name }, span)?;
                NodeKind::Broken
            }
        };
        self.complete(Node { span, kind, properties: None }).map(|_| ())
    }

    /// Adds a complete node and puts it where it belongs.
    fn complete(&mut self, node: Node<'a>) -> Result<NodeId, Stop> {
        let id = self.add(node);
        self.last = Some(id);
        self.attach(id)?;
        Ok(id)
    }

    fn add(&mut self, node: Node<'a>) -> NodeId {
        // The limit on nodes keeps the number far below 2^32; a configured limit above that ends here.
        let id = NodeId(u32::try_from(self.nodes.len()).unwrap_or(u32::MAX));
        self.nodes.push(node);
        id
    }

    fn attach(&mut self, id: NodeId) -> Step {
        match self.stack.last_mut().map(|frame| &mut frame.collection) {
            None => self.root = Some(id),
            Some(Collection::Sequence(items)) => items.push(id),
            Some(Collection::Mapping(mapping)) => match mapping.key.take() {
                None => mapping.key = Some(id),
                Some(key) => return self.entry(key, id),
            },
        }
        Ok(())
    }

    /// Puts an entry into the mapping at hand. Of two entries with one key the first counts, and an error names both.
    fn entry(&mut self, key: NodeId, value: NodeId) -> Step {
        let text = self.key_text(key);
        let is_merge = text.as_deref() == Some("<<") && self.is_plain(key);
        let Some(Collection::Mapping(mapping)) = self.stack.last_mut().map(|frame| &mut frame.collection) else {
            return Ok(());
        };
        if is_merge {
            mapping.merges.push(value);
            return Ok(());
        }
        let Some(text) = text else {
            mapping.entries.push((key, value));
            return Ok(());
        };
        let nodes = &self.nodes;
        if mapping.entries.len() == FEW_KEYS && mapping.seen.is_empty() {
            let texts = mapping.entries.iter().filter_map(|(key, _)| Some((key_text(nodes, *key)?, *key)));
            mapping.seen = texts.collect();
        }
        let first = if mapping.entries.len() < FEW_KEYS {
            let mut keys = mapping.entries.iter().map(|(key, _)| *key);
            keys.find(|key| key_text(nodes, *key).is_some_and(|other| other == text))
        } else {
            mapping.seen.get(&text).copied()
        };
        let Some(first) = first else {
            if mapping.entries.len() >= FEW_KEYS {
                mapping.seen.insert(text, key);
            }
            mapping.entries.push((key, value));
            return Ok(());
        };
        let span = |id: NodeId| nodes.get(id.0 as usize).map_or(ByteSpan::at(0), |node| node.span);
        let kind = YamlErrorKind::DuplicateKey { key: text.into_owned(), first: span(first) };
        let here = span(key);
        self.error(kind, here)
    }

    /// Brings the entries of `<<` into a mapping: own entries win, and of several merged mappings the first.
    fn merge(&mut self, mapping: &mut Mapping<'a>, at: ByteSpan) -> Step {
        if mapping.merges.is_empty() {
            return Ok(());
        }
        let mut known: HashSet<Cow<'a, str>> =
            mapping.entries.iter().filter_map(|(key, _)| key_text(&self.nodes, *key)).collect();
        let mut sources = Vec::new();
        for value in std::mem::take(&mut mapping.merges) {
            self.merge_sources(value, &mut sources)?;
        }
        for source in sources {
            let Some(NodeKind::Mapping(entries)) = self.nodes.get(source.0 as usize).map(|node| &node.kind) else {
                continue;
            };
            let entries = entries.clone();
            self.charge(Cost { nodes: entries.len(), bytes: 0 }, at)?;
            for (key, value) in entries {
                if key_text(&self.nodes, key).is_none_or(|text| known.insert(text)) {
                    mapping.entries.push((key, value));
                }
            }
        }
        Ok(())
    }

    /// The mappings that the value of a `<<` names: one, or a list of them.
    fn merge_sources(&mut self, value: NodeId, sources: &mut Vec<NodeId>) -> Step {
        let target = target(&self.nodes, value);
        let items = match self.nodes.get(target.0 as usize).map(|node| &node.kind) {
            Some(NodeKind::Sequence(items)) => {
                items.iter().map(|item| crate::yaml::build::target(&self.nodes, *item)).collect()
            }
            _ => vec![target],
        };
        for item in items {
            match self.nodes.get(item.0 as usize).map(|node| &node.kind) {
                Some(NodeKind::Mapping(_)) => sources.push(item),
                Some(NodeKind::Broken) | None => {}
                Some(_) => {
                    let span = self.nodes.get(value.0 as usize).map_or(ByteSpan::at(self.end), |node| node.span);
                    return self.error(YamlErrorKind::MergeOfNoMapping, span);
                }
            }
        }
        Ok(())
    }

    fn key_text(&self, key: NodeId) -> Option<Cow<'a, str>> {
        key_text(&self.nodes, key)
    }

    fn is_plain(&self, id: NodeId) -> bool {
        matches!(
            self.nodes.get(id.0 as usize).map(|node| &node.kind),
            Some(NodeKind::Scalar(Scalar { style: ScalarStyle::Plain, .. }))
        )
    }

    fn end_of(&self, id: NodeId) -> usize {
        self.nodes.get(id.0 as usize).map_or(self.end, |node| node.span.end)
    }

    fn finish_document(&mut self) {
        let nodes = std::mem::take(&mut self.nodes);
        let root = self.root.take();
        self.abandon();
        if let Some(root) = root {
            let span = nodes.get(root.0 as usize).map_or(ByteSpan::at(self.document_start), |node| node.span);
            self.documents.push(Document { nodes, root, span });
        }
    }
}

fn target(nodes: &[Node<'_>], id: NodeId) -> NodeId {
    match nodes.get(id.0 as usize).map(|node| &node.kind) {
        Some(NodeKind::Alias(target)) => *target,
        _ => id,
    }
}

/// The text of a key that is a scalar or an alias to one. Borrowed from the source where it stands there as it is.
fn key_text<'a>(nodes: &[Node<'a>], id: NodeId) -> Option<Cow<'a, str>> {
    match nodes.get(target(nodes, id).0 as usize).map(|node| &node.kind) {
        Some(NodeKind::Scalar(scalar)) => Some(scalar.text.clone()),
        _ => None,
    }
}

fn properties(tag: Option<&granit_parser::Tag>, span: &Span) -> Option<Box<Properties>> {
    let tag = tag?;
    let bytes = span.tag_span().and_then(|span| span.byte_range());
    let place = bytes.map_or(ByteSpan::at(span.start.byte_offset().unwrap_or(0)), ByteSpan::new);
    let name = format!("{}{}", tag.handle(), tag.suffix());
    Some(Box::new(Properties { tag: Some(Tag { name, span: place }), anchor: None }))
}

#[cfg(test)]
mod indent_tests;
#[cfg(test)]
mod tests;
