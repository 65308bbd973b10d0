//! Why a record is not edited.

use crate::text::{ByteSpan, Position, SourceText};
use std::fmt;

/// An edit that was refused, and where. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{kind}")]
pub struct EditError {
    /// Why.
    pub kind: EditErrorKind,
    /// The place in the file as it was, when it is about one.
    pub at: Option<Position>,
}

/// Why an edit was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EditErrorKind {
    /// The file cannot be read in full; the reason in plain words.
    Unreadable(String),
    /// The record holds an anchor (`&name`).
    Anchor,
    /// The record holds an alias (`*name`) or takes in fields with `<<`.
    Alias,
    /// The record holds a tag (`!important`).
    Tag,
    /// The record holds a tab character.
    Tab,
    /// The record takes the field from the group around its list, where it holds for other records too.
    Inherited {
        /// The key.
        key: String,
    },
    /// The record has the key already.
    KeyExists {
        /// The key.
        key: String,
    },
    /// The record has no such field.
    NoField {
        /// The key.
        key: String,
    },
    /// The refresh summary is no list.
    NoList,
    /// An entry of the refresh summary has no date that can be read, so there is no order.
    Undated,
    /// An entry of the refresh summary has a date that may mean two days, on which the order depends.
    TwoDays,
    /// There are comment lines between the entries of the refresh summary.
    Comments,
    /// The characters to change cannot be found one by one in the way that the text is written.
    Scattered,
    /// The place is written in a way that is not edited; what it is.
    Layout(&'static str),
    /// A new record cannot be added to this file; the reason.
    NoPlace(&'static str),
    /// Read again, the file does not say what it said before with this one change; what differs.
    Unproven(&'static str),
    /// The record would be judged worse than before.
    Worse,
}

impl EditError {
    pub(super) fn new(kind: EditErrorKind) -> Self {
        Self { kind, at: None }
    }

    pub(super) fn at(kind: EditErrorKind, span: ByteSpan, text: &SourceText) -> Self {
        Self { kind, at: Some(text.position(span.start)) }
    }

    /// What the writer can do instead.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match &self.kind {
            EditErrorKind::Unreadable(_) => "Correct that first; `notegate check` shows where it is.",
            EditErrorKind::Anchor | EditErrorKind::Alias => {
                "Write the values out in this record, without `&`, `*` and `<<`, or edit it by hand."
            }
            EditErrorKind::Tag => "Put the text in quotes, or edit the record by hand.",
            EditErrorKind::Tab => "Replace the tab by spaces, or edit the record by hand.",
            EditErrorKind::Inherited { .. } => "Edit it by hand: the change holds for every record of the list.",
            EditErrorKind::KeyExists { .. } => "Delete one of the two by hand.",
            EditErrorKind::NoField { .. } => "Add it by hand.",
            EditErrorKind::NoList => "Write the refresh summary as a list of entries first.",
            EditErrorKind::TwoDays => "Write the dates of the entries as year, month and day first.",
            EditErrorKind::Undated => "Correct the dates of the entries first.",
            EditErrorKind::Comments => "Move the entries by hand, each with the comments that belong to it.",
            EditErrorKind::NoPlace(_) => "Name another file, or write the record by hand.",
            EditErrorKind::Scattered | EditErrorKind::Layout(_) | EditErrorKind::Unproven(_) | EditErrorKind::Worse => {
                "Edit the record by hand."
            }
        }
    }
}

impl fmt::Display for EditErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(why) => write!(f, "the file cannot be read in full: {why}"),
            Self::Anchor => write!(f, "the record contains an anchor (`&`), so a change here may change other records"),
            Self::Alias => write!(f, "the record contains a reference (`*` or `<<`) to another part of the file"),
            Self::Tag => write!(f, "the record contains a tag (`!`), which YAML takes away from the text"),
            Self::Tab => write!(f, "the record contains a tab, which YAML does not allow everywhere"),
            Self::Inherited { key } => write!(f, "`{key}` is written above the list and holds for all its records"),
            Self::KeyExists { key } => write!(f, "the record has a key `{key}` already"),
            Self::NoField { key } => write!(f, "the record has no `{key}`"),
            Self::NoList => write!(f, "the refresh summary is not a list of entries"),
            Self::Undated => write!(f, "an entry of the refresh summary has no valid date, so the order is unknown"),
            Self::TwoDays => write!(f, "the order depends on a date that may mean two days"),
            Self::Comments => {
                write!(f, "there are comments between the entries, and it is unknown which entry they belong to")
            }
            Self::Scattered => write!(f, "the text is written in a way in which single characters cannot be replaced"),
            Self::Layout(what) => write!(f, "{what} is written in a way that is not edited automatically"),
            Self::NoPlace(why) => write!(f, "no record can be added to this file: {why}"),
            Self::Unproven(what) => write!(f, "the change would also change {what}"),
            Self::Worse => write!(f, "the record would be judged worse after the change than before"),
        }
    }
}
