//! What a file says, without its layout: what an edit is proved against.

use crate::yaml::{Document, Entry, ScalarKind, Value};

/// A value of a file without its place, style and comments. Aliases stand there as what they stand for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Node {
    Scalar(ScalarKind, String),
    List(Vec<Node>),
    Map(Vec<(Node, Node)>),
    /// An alias to nothing; a file that holds one is not edited.
    Broken,
}

/// The way to a value: the number of its document, then of the item or entry in each list or mapping.
pub(super) type Path = Vec<usize>;

/// What an edit changes of a tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    /// The key of the entry at a path becomes this text.
    Key(Path, String),
    /// The value at a path becomes this one.
    Value(Path, Node),
    /// The list at a path gets an item at this place.
    Item(Path, usize, Node),
    /// The mapping at a path gets an entry at this place.
    Entry(Path, usize, (Node, Node)),
    /// The items of the list at a path are put in this order.
    Order(Path, Vec<usize>),
    /// The file gets one more document.
    Document(Node),
}

impl Node {
    /// A text.
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Scalar(ScalarKind::Text, text.into())
    }

    /// A mapping of texts.
    pub(super) fn fields<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        Self::Map(fields.into_iter().map(|(key, value)| (Self::text(key), Self::text(value))).collect())
    }

    /// The same as `value`; nothing when it has more than `left` values, which is lowered by what it has. The depth of a
    /// document is limited, so this does not recurse far.
    fn of(value: Value<'_>, left: &mut usize) -> Option<Self> {
        *left = left.checked_sub(1)?;
        if let (Some(kind), Some(scalar)) = (value.scalar_kind(), value.scalar()) {
            return Some(Self::Scalar(kind, scalar.text.clone().into_owned()));
        }
        if let Some(items) = value.items() {
            return items.map(|item| Self::of(item, left)).collect::<Option<_>>().map(Self::List);
        }
        let Some(entries) = value.entries() else { return Some(Self::Broken) };
        let mut entry = |entry: Entry<'_>| Some((Self::of(entry.key, left)?, Self::of(entry.value, left)?));
        entries.map(&mut entry).collect::<Option<_>>().map(Self::Map)
    }

    fn at(&mut self, path: &[usize]) -> Option<&mut Self> {
        let Some((step, rest)) = path.split_first() else { return Some(self) };
        match self {
            Self::List(items) => items.get_mut(*step)?.at(rest),
            Self::Map(entries) => entries.get_mut(*step)?.1.at(rest),
            Self::Scalar(..) | Self::Broken => None,
        }
    }
}

/// The documents of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Documents(Vec<Node>);

impl Documents {
    /// The documents with all that their references stand for; nothing when that is more than `most` values.
    pub(super) fn of(documents: &[Document<'_>], most: usize) -> Option<Self> {
        let mut left = most;
        documents.iter().map(|document| Node::of(document.root(), &mut left)).collect::<Option<_>>().map(Self)
    }

    /// The documents after `change`; nothing where it names a place that is not there.
    pub(super) fn after(mut self, change: &Change) -> Option<Self> {
        match change {
            Change::Key(path, text) => {
                let (last, holder) = path.split_last()?;
                let Node::Map(entries) = self.at(holder)? else { return None };
                entries.get_mut(*last)?.0 = Node::text(text);
            }
            Change::Value(path, value) => *self.at(path)? = value.clone(),
            Change::Item(path, at, item) => {
                let list = self.at(path)?;
                if let Node::Scalar(ScalarKind::Null, _) = list {
                    *list = Node::List(Vec::new());
                }
                let Node::List(items) = list else { return None };
                if *at > items.len() {
                    return None;
                }
                items.insert(*at, item.clone());
            }
            Change::Entry(path, at, entry) => {
                let Node::Map(entries) = self.at(path)? else { return None };
                if *at > entries.len() {
                    return None;
                }
                entries.insert(*at, entry.clone());
            }
            Change::Order(path, order) => {
                let Node::List(items) = self.at(path)? else { return None };
                let sorted: Vec<Node> = order.iter().filter_map(|at| items.get(*at).cloned()).collect();
                if sorted.len() != items.len() {
                    return None;
                }
                *items = sorted;
            }
            Change::Document(node) => {
                // A file of comments is one empty document, and what is added takes its place.
                self.0.retain(|document| !matches!(document, Node::Scalar(ScalarKind::Null, _)));
                self.0.push(node.clone());
            }
        }
        Some(self)
    }

    /// The same documents without empty ones, for an edit that adds a document.
    pub(super) fn without_empty(mut self) -> Self {
        self.0.retain(|document| !matches!(document, Node::Scalar(ScalarKind::Null, _)));
        self
    }

    fn at(&mut self, path: &[usize]) -> Option<&mut Node> {
        let (document, rest) = path.split_first()?;
        self.0.get_mut(*document)?.at(rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;
    use crate::yaml::{Limits, parse};

    fn documents(text: &str) -> Documents {
        let text = SourceText::new(text.to_owned());
        Documents::of(&parse(&text, &Limits::default()).documents, 100).unwrap()
    }

    #[test]
    fn what_references_unfold_to_is_limited() {
        let text = SourceText::new("a: &a [x, y]\nb: *a\n".to_owned());
        let parsed = parse(&text, &Limits::default());
        assert!(Documents::of(&parsed.documents, 9).is_some());
        assert_eq!(Documents::of(&parsed.documents, 8), None);
    }

    #[test]
    fn layout_is_no_difference_and_order_is() {
        assert_eq!(documents("a: [1, 'x']\n"), documents("a:\n- 1\n- x # y\n"));
        assert_ne!(documents("a: 1\nb: 2\n"), documents("b: 2\na: 1\n"));
        assert_ne!(documents("a: 1\n"), documents("a: '1'\n"));
    }

    #[test]
    fn changes_are_made_where_the_path_leads() {
        let start = || documents("- a: x\n  b: [y, z]\n");
        let expect = |change: Change, text: &str| assert_eq!(start().after(&change), Some(documents(text)), "{text}");
        expect(Change::Key(vec![0, 0, 0], "c".to_owned()), "- c: x\n  b: [y, z]\n");
        expect(Change::Value(vec![0, 0, 0], Node::text("w")), "- a: w\n  b: [y, z]\n");
        expect(Change::Item(vec![0, 0, 1], 1, Node::text("w")), "- a: x\n  b: [y, w, z]\n");
        expect(Change::Entry(vec![0, 0], 2, (Node::text("c"), Node::text("d"))), "- a: x\n  b: [y, z]\n  c: d\n");
        expect(Change::Order(vec![0, 0, 1], vec![1, 0]), "- a: x\n  b: [z, y]\n");
        expect(Change::Document(Node::text("w")), "- a: x\n  b: [y, z]\n---\nw\n");
        assert_eq!(start().after(&Change::Key(vec![0, 0, 7], "c".to_owned())), None);
        assert_eq!(start().after(&Change::Order(vec![0, 0, 1], vec![1])), None);
    }
}
