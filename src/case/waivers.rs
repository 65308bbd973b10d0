//! What is wrong with the waivers of a record.

use crate::text::ByteSpan;
use jiff::civil::Date;

/// What keeps a waiver from setting anything aside, with the place to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flaw {
    /// What it is.
    pub(crate) kind: FlawKind,
    /// Where.
    pub(crate) span: ByteSpan,
}

/// What a [`Flaw`] is about. Texts come from the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FlawKind {
    /// It names no rule.
    NoRule,
    /// There is no rule of that name.
    UnknownRule(String),
    /// The rule is structural.
    NotWaivable(&'static str),
    /// It gives no reason, or a placeholder for one.
    NoReason,
    /// Its reason names nothing: "various reasons".
    EmptyReason,
    /// Its last day is no date.
    NoSuchDate,
    /// Its last day is over.
    Expired(Date),
    /// It has a key that waivers do not have, which may be a misspelt `until`.
    UnknownKey(String),
}

/// What is wrong with each waiver of a record, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WaiverFlaws(Vec<Vec<Flaw>>);

impl WaiverFlaws {
    /// Those of a record without waivers.
    pub(crate) const NONE: &Self = &Self(Vec::new());

    /// The flaws of each waiver; none for a valid one.
    #[must_use]
    pub(crate) fn new(of_each: Vec<Vec<Flaw>>) -> Self {
        Self(of_each)
    }

    /// The flaws of each waiver.
    pub(crate) fn of_each(&self) -> impl Iterator<Item = &[Flaw]> {
        self.0.iter().map(Vec::as_slice)
    }

    /// Every flaw, in the order of the waivers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Flaw> {
        self.0.iter().flatten()
    }
}
