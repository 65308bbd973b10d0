//! From YAML trees to typed notes. This stage judges nothing: what is odd it keeps as a [`Problem`], and rules turn
//! problems into findings.

mod affixes;
mod bare;
mod cells;
mod company;
mod content;
mod content_key;
mod dates;
mod encoded;
mod entry_layout;
mod evidence;
mod fields;
mod finder;
mod fold;
mod gathered;
pub(crate) mod history;
pub(crate) mod identity;
mod key_words;
mod legal_forms;
pub(crate) mod misplaced;
mod names;
mod plain_text;
mod qualifiers;
mod read;
mod repeated;
mod second;
mod spelling;
mod spread;
mod surprises;
mod synonyms;
mod tables;

use crate::text::{ByteSpan, NoteSpan, SourceText};
use crate::yaml::{ScalarMap, YamlError};
use jiff::civil::Date;

pub use crate::source::Selection;
pub(crate) use company::is_company;
pub(crate) use company::{key as company_key, legal_form};
pub use entry_layout::{EntryLayout, EntryStyle};
pub(crate) use evidence::{is_beside, speaks_of_customer};
pub(crate) use fold::fold;
pub(crate) use key_words::{LIKENESS, is_of_trade, is_other_status, names_no_customer};
pub use names::FieldNames;
pub use read::read;
pub use repeated::WrittenKeys;
pub(crate) use spelling::KeyMeanings;
pub use spelling::Nearness;

/// The fields that notegate knows, by their meaning; the configuration may map other key names to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldName {
    /// `customer`
    Customer,
    /// `workload`
    Workload,
    /// `status`
    Status,
    /// `note`
    Note,
    /// `refresh_summary`
    RefreshSummary,
    /// `date`, optional: the record's own date
    Date,
    /// `waivers`, optional
    Waivers,
}

impl FieldName {
    /// All fields, in the order in which a record is written.
    pub const ALL: [Self; 7] =
        [Self::Customer, Self::Workload, Self::Status, Self::Note, Self::RefreshSummary, Self::Date, Self::Waivers];

    /// The key as it is written without a mapping.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Workload => "workload",
            Self::Status => "status",
            Self::Note => "note",
            Self::RefreshSummary => "refresh_summary",
            Self::Date => "date",
            Self::Waivers => "waivers",
        }
    }
}

/// What a file holds, and what stood in the way of reading it.
///
/// `records` and `errors` may both be there: one broken document does not hide the others, and a file with an error
/// blocks whatever its records are worth.
#[derive(Debug, Clone)]
pub struct FileReading {
    /// The text that every place of `records`, `errors` and `unexpected` refers to. For bytes that are not UTF-8 it is
    /// an approximation that agrees with the file up to the first wrong byte.
    pub text: SourceText,
    /// Which documents of it have to be records.
    pub selection: Selection,
    /// The records, in the order of the file.
    pub records: Vec<NoteRecord>,
    /// What keeps the file, or a part of it, from being read.
    pub errors: Vec<YamlError>,
    /// Documents or list items that had to be records and are not, nor nearly so; only under [`Selection::Everything`] and
    /// beside other records.
    pub unexpected: Vec<UnexpectedNode>,
    /// What may be a record that is not read as one, in the order of the file; what is around comes before what is inside.
    pub misplaced: Vec<misplaced::Misplaced>,
    /// How many documents hold no record, where that is all right.
    pub other_documents: usize,
}

/// Something that stands where a record has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnexpectedNode {
    /// Where it is.
    pub span: ByteSpan,
    /// What it is, in plain words: `a list`, `an empty file`.
    pub found: &'static str,
}

/// A value with the places of its key and of itself in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located<T> {
    /// The value.
    pub value: T,
    /// The key, when the value stands in a mapping.
    pub key: Option<ByteSpan>,
    /// The value's own bytes, quotes included.
    pub span: ByteSpan,
}

/// A value of another type than its field has to have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unfit {
    /// What it is, in plain words: `a list`, `a number`.
    pub found: &'static str,
    /// What it says, to compare with what it said before; equal for equal values, however they are laid out.
    pub content: String,
}

/// A field of a record: there with the right type, there but odd, or absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field<T> {
    /// The key is not there.
    Missing,
    /// The key is there with no value (`note:`, `note: ~`).
    Null(Located<()>),
    /// The key is there with a value of another type.
    WrongType(Located<Unfit>),
    /// There, as it should be.
    Value(Located<T>),
}

impl<T> Field<T> {
    /// The value, when it is there and of the right type.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(located) => Some(&located.value),
            Self::Missing | Self::Null(_) | Self::WrongType(_) => None,
        }
    }

    /// Whether the key is not there.
    #[must_use]
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// The place of the key, when the key is there.
    pub fn key_span(&self) -> Option<ByteSpan> {
        match self {
            Self::Missing => None,
            Self::Null(l) => l.key,
            Self::WrongType(l) => l.key,
            Self::Value(l) => l.key,
        }
    }

    /// The place of the value, when the key is there.
    pub fn value_span(&self) -> Option<ByteSpan> {
        match self {
            Self::Missing => None,
            Self::Null(l) => Some(l.span),
            Self::WrongType(l) => Some(l.span),
            Self::Value(l) => Some(l.span),
        }
    }
}

/// One entry of a refresh summary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefreshEntry {
    /// The whole entry.
    pub span: ByteSpan,
    /// When; see [`EntryDate`].
    pub date: Field<EntryDate>,
    /// Who changed the record.
    pub who_changed: Field<String>,
    /// What was changed.
    pub what_changed: Field<String>,
    /// All that an entry says which lacks one of these fields: what was meant may be there under another name. To
    /// compare with what it said before; nothing for an entry that has them all.
    pub unread: Option<String>,
}

/// A date as it is written, and the day it means if there is such a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryDate {
    /// The text as written: `2020-03-27` or, month first, `03/27/2020`.
    pub written: String,
    /// The day, or nothing when there is no such day or the form is another one.
    pub day: Option<Date>,
}

/// A waiver as it stands in the record; whether it is valid is for the rules to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiver {
    /// The whole waiver.
    pub span: ByteSpan,
    /// Which rule it sets aside.
    pub rule: Field<String>,
    /// Why.
    pub reason: Field<String>,
    /// The last day on which it holds; [`Field::Missing`] means for good.
    pub until: Field<EntryDate>,
    /// Keys that a waiver does not have.
    pub unknown_keys: Vec<Located<String>>,
    /// All that a waiver says which lacks its rule or its reason, as for [`RefreshEntry::unread`].
    pub unread: Option<String>,
}

/// Something odd about the record as it is written, found while the tree was turned into a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// A key that is nearly a known one, which is absent.
    MisspeltField {
        /// The key as written.
        written: Located<String>,
        /// The field it seems to mean.
        meant: FieldName,
        /// What is written there, to compare with what it was before; see [`Unfit::content`].
        content: String,
    },
    /// A field that stands there twice, under two of the keys that the configuration gives it.
    RepeatedField {
        /// The key whose value counts.
        first: Located<String>,
        /// The other key.
        second: Located<String>,
        /// What is written there, to compare with what it was before; see [`Unfit::content`].
        content: String,
    },
    /// Text after a space and `#`, which is included, that YAML takes for a comment, cut from the end of a plain note.
    CutComment(Located<String>),
    /// A tag (`!important`) that YAML takes from the front of the note.
    TagEaten(ByteSpan),
    /// An anchor (`&c`) that YAML takes from the front of the note.
    AnchorEaten(ByteSpan),
}

/// One record: a customer's status on a workload.
#[derive(Debug, Clone)]
pub struct NoteRecord {
    /// Which record of its file it is, counted from 0.
    pub index: usize,
    /// The whole record.
    pub span: ByteSpan,
    /// The customer; may be inherited from the mapping around an `entitlements:` list.
    pub customer: Field<String>,
    /// The workload.
    pub workload: Field<String>,
    /// The status as written.
    pub status: Field<String>,
    /// The decoded note.
    pub note: Field<String>,
    /// The refresh summary, in the order written.
    pub refresh_summary: Field<Vec<RefreshEntry>>,
    /// The record's own date.
    pub date: Field<EntryDate>,
    /// Waivers.
    pub waivers: Field<Vec<Waiver>>,
    /// Whose record it is, by the key `owner`, which no rule asks for.
    pub owner: Option<String>,
    /// What is odd about the way it is written.
    pub problems: Vec<Problem>,
    /// The keys that it uses of those fields that have several.
    pub written: WrittenKeys,
    /// Maps parts of the decoded note to bytes of the file; see [`NoteRecord::locate`].
    pub note_map: NoteMap,
    /// How a further entry of the refresh summary has to be written.
    pub entry_layout: EntryLayout,
}

/// What a record says above its note: whose it is, about what, and the status that the note explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Heading<'r> {
    /// The customer, as the record spells it.
    pub customer: Option<&'r str>,
    /// The workload, as the record spells it.
    pub workload: Option<&'r str>,
    /// The status, as the record spells it.
    pub status: Option<&'r str>,
}

/// Where a field of a record stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FieldSpans {
    /// Its key, when that stands in the file.
    pub key: Option<ByteSpan>,
    /// Its value, when there is one.
    pub value: Option<ByteSpan>,
}

impl NoteRecord {
    /// A record of one note that stands in no file, for grading a text by itself. The text is its own file: places
    /// within the note are bytes of `note`.
    #[must_use]
    pub fn lone(note: &str, heading: Heading<'_>) -> Self {
        let span = ByteSpan::new(0..note.len());
        let located = |value: &str, span| Field::Value(Located { value: value.to_owned(), key: None, span });
        let field = |given: Option<&str>| given.map_or(Field::Missing, |value| located(value, ByteSpan::at(0)));
        Self {
            index: 0,
            span,
            customer: field(heading.customer),
            workload: field(heading.workload),
            status: field(heading.status),
            note: located(note, span),
            refresh_summary: Field::Missing,
            date: Field::Missing,
            waivers: Field::Missing,
            owner: None,
            problems: Vec::new(),
            written: WrittenKeys::default(),
            note_map: NoteMap::plain(note),
            entry_layout: EntryLayout::default(),
        }
    }

    /// What stands at `span` in the place of a record, for an edit: nothing is known of its fields.
    pub(crate) fn at(span: ByteSpan) -> Self {
        Self { span, note: Field::Missing, ..Self::lone("", Heading::default()) }
    }

    /// What the record says above its note.
    #[must_use]
    pub fn heading(&self) -> Heading<'_> {
        Heading {
            customer: self.customer.value().map(String::as_str),
            workload: self.workload.value().map(String::as_str),
            status: self.status.value().map(String::as_str),
        }
    }

    /// Where `field` stands.
    #[must_use]
    pub fn spans_of(&self, field: FieldName) -> FieldSpans {
        fn of<T>(field: &Field<T>) -> FieldSpans {
            FieldSpans { key: field.key_span(), value: field.value_span() }
        }
        match field {
            FieldName::Customer => of(&self.customer),
            FieldName::Workload => of(&self.workload),
            FieldName::Status => of(&self.status),
            FieldName::Note => of(&self.note),
            FieldName::RefreshSummary => of(&self.refresh_summary),
            FieldName::Date => of(&self.date),
            FieldName::Waivers => of(&self.waivers),
        }
    }

    /// The bytes of the file that hold a part of the decoded note. Falls back to the whole value when the part cannot
    /// be located, so a place may be coarse and is never wrong.
    #[must_use]
    pub fn locate(&self, span: NoteSpan) -> ByteSpan {
        self.note_map.locate(span).or_else(|| self.note.value_span()).unwrap_or(self.span)
    }
}

/// How the bytes of the decoded note lie in the file. When the note is an alias (`note: *reason`) the note's own place
/// is the alias, and its parts are located in the text that the alias stands for: there they would have to be mended.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NoteMap {
    map: ScalarMap,
}

impl NoteMap {
    /// The map of a note that stands alone, without a record around it.
    #[must_use]
    pub fn plain(note: &str) -> Self {
        Self { map: ScalarMap::whole(note.len()) }
    }

    /// The bytes of the file behind a part of the decoded note, if known.
    #[must_use]
    pub fn locate(&self, span: NoteSpan) -> Option<ByteSpan> {
        self.map.locate(span.start..span.end)
    }
}
