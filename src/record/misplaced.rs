//! What is nearly a record and is not read as one: other keys, another place, another shape.
//!
//! This stage only gathers what there is: which keys of a group of fields are those of a record or nearly, how near,
//! and where it stands. The rule `misplaced-record` weighs it. Each value is looked at once.

use super::fold::fold;
use super::spelling::Nearness;
use super::{FieldName, Located};
use crate::text::ByteSpan;

/// Something that may be a record that is not read as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misplaced {
    /// The whole of it.
    pub span: ByteSpan,
    /// Where it stands.
    pub site: Site,
    /// How its fields are written.
    pub shape: Shape,
    /// Its fields by their names or nearly, each once. None when they are too few for it to be a record by them.
    pub fields: Vec<NearField>,
    /// Its fields by other words as well (`client`, `product`), each once; none when no such word is there.
    pub by_synonyms: Vec<NearField>,
    /// Its keys that are neither a field that makes a record nor nearly one.
    pub others: OtherKeys,
    /// The list or group of fields that holds it; its own span when nothing does.
    pub container: ByteSpan,
    /// The key under which it stands itself.
    pub key: Option<String>,
    /// Whether a group of fields around it names a customer, by whatever word.
    pub is_below_customer: bool,
    /// Whether it is an item of the very list under the key for entitlements.
    pub is_in_list: bool,
    /// What the keys above it say that it is.
    pub below: Below,
    /// What it says without the keys of a record: what stands under the key for entitlements in their place for
    /// [`Shape::Bare`], the values for [`Shape::Row`].
    pub values: Vec<String>,
    /// Its values with their keys, for [`Shape::Group`].
    pub cells: Vec<Cell>,
    /// The texts of a document, for [`Shape::Prose`].
    pub texts: Vec<TextUnder>,
    /// The key for entitlements, or nearly it, above the record; else the key under which the container stands; where it
    /// stands under none, that of the record itself.
    pub under: Option<Located<String>>,
}

/// What the keys above something say that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Below {
    /// Nothing that tells.
    Anything,
    /// A piece of work: `jobs`, `tasks`.
    Work,
    /// A model of something, or a setting of a program, and no record: `example`, `columns`, `env`.
    Models,
}

/// Where something stands that may be a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Site {
    /// Where only records may stand, as in a file that the configuration includes.
    Required,
    /// Where a record is read: a document, or an item of its list.
    Document,
    /// Under the key for entitlements, or one that is nearly it.
    Entitlements,
    /// Under any other key, where no record is read.
    Nested,
    /// Under a key of a record that is the team's own.
    InRecord,
    /// Among the keys of a record itself, beside fields that are read.
    Beside,
}

/// How the fields are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// As a group of fields.
    Fields,
    /// As lines of one text.
    Text,
    /// As the items of a list, one field each.
    Spread,
    /// As the columns of a table.
    Table,
    /// A customer whose entitlements are single values.
    Bare(Bare),
    /// As the values of a row of a table whose columns have no names.
    Row,
    /// As the values of a group of fields, whatever their keys are.
    Group,
    /// Not at all: there are only sentences.
    Prose,
}

/// A value of a group of fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The beginning of its key.
    pub key: String,
    /// What the key means, if it is one of a record by whatever word.
    pub meant: Option<(FieldName, Nearness)>,
    /// The beginning of the value; nothing where it is no single one.
    pub value: String,
}

/// A text of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextUnder {
    /// The beginnings of the keys above it, the outermost first.
    pub keys: Vec<String>,
    /// The text, or the beginning of one that is longer than any note.
    pub text: String,
    /// Whether it is not too long for a note, and no script.
    pub is_prose: bool,
}

/// How many keys there are beside the fields that make a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OtherKeys {
    /// Those that a record often has: a date, an owner, waivers.
    pub usual: usize,
    /// All others.
    pub foreign: usize,
    /// Those of the others that things of a plan have: a ticket, a feature.
    pub of_work: usize,
}

/// What a customer's entitlements are when they are no records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bare {
    /// One value: a text, a number, nothing.
    One,
    /// A list of single values.
    List,
    /// Single values, each under a key.
    Group,
}

/// A field of what may be a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearField {
    /// The field that the key means.
    pub meant: FieldName,
    /// The key as written.
    pub written: Located<String>,
    /// How near it is to the right key.
    pub nearness: Nearness,
    /// The beginning of the value, when it is a single one.
    pub value: String,
}

impl Misplaced {
    /// Something at `span`, of which nothing else is known.
    pub(super) fn at(span: ByteSpan, site: Site, shape: Shape) -> Self {
        Self {
            span,
            site,
            shape,
            fields: Vec::new(),
            by_synonyms: Vec::new(),
            others: OtherKeys::default(),
            container: span,
            key: None,
            is_below_customer: false,
            is_in_list: false,
            below: Below::Anything,
            values: Vec::new(),
            cells: Vec::new(),
            texts: Vec::new(),
            under: None,
        }
    }
}

/// Characters of a value that are kept: enough for a status, and to tell a sentence from a word.
const KEPT: usize = 64;

/// The characters kept of a value.
pub(super) fn beginning(text: &str) -> String {
    text.trim().chars().take(KEPT).collect()
}

/// Whether a text only repeats its key, as the label of a field in a form does: `refresh_summary: Refresh summary`.
pub(crate) fn repeats_key(text: &str, key: &str) -> bool {
    // Only the beginning of a text is kept, and a label is short.
    text.len() <= 2 * KEPT && !text.trim().is_empty() && fold(text) == fold(key)
}
