//! The yaml stage: one spanned tree a document, parsed once and eagerly. It does not know what a note is.
//!
//! [`decode()`] turns the bytes of a file into a text, [`parse`] turns a text into [`Document`]s. Both report what they
//! cannot read as [`YamlError`]s: typed, with a place and a message in plain words. A broken document does not hide the
//! documents after it. Anchors, aliases and merge keys are resolved; what they stand for is charged against
//! [`Limits`], so that a small file cannot unfold into a large one.
//!
//! The parser below is granit-parser, used in two files only (`build.rs` and `syntax.rs`).

mod build;
mod decode;
mod error;
mod indent;
mod locate;
mod schema;
mod syntax;
mod tree;
pub(crate) mod written;

pub use build::parse;
pub use decode::{Decoded, decode};
pub use error::{Limit, SyntaxError, YamlError, YamlErrorKind};
pub use locate::ScalarMap;
pub use schema::ScalarKind;
pub(crate) use schema::is_number;
pub use tree::{Anchor, AnchorUse, Document, Entry, Scalar, ScalarStyle, Tag, Value};

/// How much of a file is read before it is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a file.
    pub file_bytes: u64,
    /// Lists and mappings inside each other.
    pub depth: usize,
    /// Keys, values, lists and mappings of a file, aliases counted with all they stand for.
    pub nodes: usize,
    /// Bytes of decoded text of a file, aliases counted with all they stand for.
    pub expanded_bytes: usize,
    /// Documents of a file.
    pub documents: usize,
    /// Errors of a file that are told about; what follows the last one is not read.
    pub errors: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 8 * 1024 * 1024,
            depth: 64,
            nodes: 500_000,
            expanded_bytes: 32 * 1024 * 1024,
            documents: 50_000,
            errors: 100,
        }
    }
}

/// What a text holds.
#[derive(Debug)]
pub struct Parsed<'a> {
    /// The documents that could be read, in the order of the text.
    pub documents: Vec<Document<'a>>,
    /// What could not be read, in the order of the text.
    pub errors: Vec<YamlError>,
}
