//! What is wrong with the waivers of a record.

use crate::text::ByteSpan;
use jiff::civil::Date;

/// What keeps a waiver from setting anything aside, with the place to mend.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WaiverError {
    /// What it is.
    pub(crate) kind: WaiverErrorKind,
    /// Where.
    pub(crate) span: ByteSpan,
}

/// What a [`WaiverError`] is about. Texts come from the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum WaiverErrorKind {
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
    /// The record has more waivers than are examined, and this is the first of the others.
    TooMany,
    /// It is one of the others.
    NotExamined,
    /// It has a key that waivers do not have, which may be a misspelt `until`.
    UnknownKey(String),
}

/// What a waiver does.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum WaiverEffect {
    /// It sets findings aside.
    InForce,
    /// It is valid, and there is nothing that it could set aside.
    Unused,
    /// It is over.
    Expired,
    /// Something in it is wrong, which `notegate check` reports.
    Invalid,
}

/// What is wrong with each waiver of a record, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WaiverErrors(Vec<Vec<WaiverError>>);

impl WaiverErrors {
    /// Those of a record without waivers.
    pub(crate) const NONE: &Self = &Self(Vec::new());

    /// The errors of each waiver; none for a valid one.
    #[must_use]
    pub(crate) fn new(of_each: Vec<Vec<WaiverError>>) -> Self {
        Self(of_each)
    }

    /// The errors of each waiver.
    pub(crate) fn of_each(&self) -> impl Iterator<Item = &[WaiverError]> {
        self.0.iter().map(Vec::as_slice)
    }

    /// Every error, in the order of the waivers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &WaiverError> {
        self.0.iter().flatten()
    }
}
