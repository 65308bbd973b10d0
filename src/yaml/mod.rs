//! The yaml stage: one spanned tree a document, parsed once and eagerly. It does not know what a note is.

use crate::text::{ByteSpan, SourceText};

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
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 8 * 1024 * 1024,
            depth: 64,
            nodes: 500_000,
            expanded_bytes: 32 * 1024 * 1024,
            documents: 50_000,
        }
    }
}

/// Something that keeps a file, or a part of it, from being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where, in the text of the file.
    pub span: ByteSpan,
}

/// What a text holds.
#[derive(Debug)]
pub struct Parsed {
    /// What could not be read.
    pub faults: Vec<Fault>,
}

/// Parses `text`.
#[must_use]
pub fn parse(_text: &SourceText, _limits: &Limits) -> Parsed {
    Parsed { faults: Vec::new() }
}
