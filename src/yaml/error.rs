//! What keeps a file, or a part of it, from being read: typed, with a place, worded for people who write notes.

use crate::text::ByteSpan;
use crate::yaml::Limits;

/// Something that keeps a file, or a part of it, from being read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YamlError {
    /// What it is.
    pub kind: YamlErrorKind,
    /// Where, in the text of the file; empty at the start when the file as a whole is meant.
    pub span: ByteSpan,
}

/// A limit of [`crate::yaml::Limits`] that a text runs over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// Lists and mappings inside each other.
    Depth,
    /// Keys, values, lists and mappings.
    Nodes,
    /// Bytes of decoded text.
    ExpandedBytes,
    /// Documents.
    Documents,
    /// Errors.
    Errors,
}

impl Limit {
    /// The error of running over this limit at `span`.
    #[must_use]
    pub fn error(self, limits: &Limits, span: ByteSpan) -> YamlError {
        let allowed = match self {
            Self::Depth => limits.depth,
            Self::Nodes => limits.nodes,
            Self::ExpandedBytes => limits.expanded_bytes,
            Self::Documents => limits.documents,
            Self::Errors => limits.errors,
        };
        YamlError::new(YamlErrorKind::OverLimit { limit: self, allowed }, span)
    }
}

/// What a [`YamlError`] is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum YamlErrorKind {
    /// More bytes than are read.
    TooLarge {
        /// Bytes found.
        size: u64,
        /// Bytes allowed.
        allowed: u64,
    },
    /// A pointer of Git LFS in place of the file.
    LfsPointer,
    /// A file that git-crypt has encrypted.
    Encrypted,
    /// UTF-16, with or without a byte order mark.
    Utf16,
    /// A NUL character, which no text holds.
    Nul,
    /// Bytes that are not UTF-8.
    NotUtf8 {
        /// The first wrong byte, counted from 0.
        offset: usize,
        /// Its value.
        byte: u8,
    },
    /// A line that git leaves in a file that it could not merge.
    ConflictMarker,
    /// A limit that is run over.
    OverLimit {
        /// Which one.
        limit: Limit,
        /// What it allows.
        allowed: usize,
    },
    /// A key that its mapping already has.
    DuplicateKey {
        /// The key.
        key: String,
        /// Where it stands first.
        first: ByteSpan,
    },
    /// `*name` without a `&name` before it.
    UndefinedAlias {
        /// The name, without `*`.
        name: String,
    },
    /// `*name` inside the value of `&name`.
    SelfAlias {
        /// The name, without `*`.
        name: String,
    },
    /// `<<` with something else than mappings.
    MergeOfNoMapping,
    /// Not YAML.
    Syntax(SyntaxError),
}

/// An error of syntax, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub message: String,
    /// What the writer can do.
    pub help: &'static str,
}

impl YamlError {
    pub(super) fn new(kind: YamlErrorKind, span: ByteSpan) -> Self {
        Self { kind, span }
    }

    /// What is wrong, in plain words. May quote the file, so printers must escape it.
    #[must_use]
    pub fn message(&self) -> String {
        match &self.kind {
            YamlErrorKind::TooLarge { size, allowed } => {
                format!("this file has {size} bytes; notegate reads files of up to {allowed} bytes")
            }
            YamlErrorKind::LfsPointer => {
                "this is a Git LFS pointer; the notes themselves are not in this file".to_owned()
            }
            YamlErrorKind::Encrypted => "this file is encrypted by git-crypt, so its notes cannot be read".to_owned(),
            YamlErrorKind::Utf16 => "this file is written in UTF-16; notes must be in UTF-8".to_owned(),
            YamlErrorKind::Nul => "there is a NUL character here; this may not be a text file".to_owned(),
            YamlErrorKind::NotUtf8 { offset, byte } => not_utf8(*offset, *byte),
            YamlErrorKind::ConflictMarker => {
                "this line is left from an unresolved merge: the file contains two versions".to_owned()
            }
            YamlErrorKind::OverLimit { limit, allowed } => over_limit(*limit, *allowed),
            YamlErrorKind::DuplicateKey { key, .. } => {
                format!("`{key}` is given twice here, so it is not clear which one counts")
            }
            YamlErrorKind::UndefinedAlias { name } => format!(
                "`*{name}` refers to something called `{name}`, and nothing before it is called that: YAML takes a `*` \
                 at the start of a value for a reference"
            ),
            YamlErrorKind::SelfAlias { name } => format!("`*{name}` is inside the value that it refers to"),
            YamlErrorKind::MergeOfNoMapping => "`<<` can only bring in other groups of fields".to_owned(),
            YamlErrorKind::Syntax(error) => error.message.clone(),
        }
    }

    /// What the writer can do.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match &self.kind {
            YamlErrorKind::TooLarge { .. } => "Split it into several files, for instance one for each customer.",
            YamlErrorKind::LfsPointer => "Run `git lfs pull`, or keep notes out of Git LFS in .gitattributes.",
            YamlErrorKind::Encrypted => {
                "Run `git-crypt unlock`, or leave the file out with `exclude` in notegate.yaml."
            }
            YamlErrorKind::Utf16 | YamlErrorKind::NotUtf8 { .. } => {
                "Save the file as UTF-8: most editors ask for the encoding under “Save as”."
            }
            YamlErrorKind::Nul => "Delete the character, or leave the file out with `exclude` in notegate.yaml.",
            YamlErrorKind::ConflictMarker => "Keep one version, delete the marker lines, then `git add` the file.",
            YamlErrorKind::OverLimit { limit: Limit::Errors, .. } => "Correct these first.",
            YamlErrorKind::OverLimit { .. } => "Split the file, or write the values out instead of referring to them.",
            YamlErrorKind::DuplicateKey { .. } => "Keep the right one and delete the other.",
            YamlErrorKind::UndefinedAlias { .. } => {
                "If the `*` is part of the text, put the text in quotes, or on its own lines after `>-`."
            }
            YamlErrorKind::SelfAlias { .. } => "Write the value out.",
            YamlErrorKind::MergeOfNoMapping => "Let it refer to a group of fields that has an anchor (`&name`).",
            YamlErrorKind::Syntax(error) => error.help,
        }
    }

    /// Another place that belongs to it, with a label.
    #[must_use]
    pub fn related(&self) -> Option<(ByteSpan, &'static str)> {
        match &self.kind {
            YamlErrorKind::DuplicateKey { first, .. } => Some((*first, "first given here")),
            _ => None,
        }
    }
}

fn not_utf8(offset: usize, byte: u8) -> String {
    let number = offset + 1;
    // Windows-1252 agrees with Latin-1 from 0xA0 on, which is where the letters are.
    if byte >= 0xa0 {
        let letter = char::from(byte);
        format!(
            "this file is not UTF-8: byte {number} is 0x{byte:02X}, which would be “{letter}” in Latin-1 \
             (Windows-1252)"
        )
    } else {
        format!("this file is not UTF-8: byte {number} is 0x{byte:02X}")
    }
}

fn over_limit(limit: Limit, allowed: usize) -> String {
    match limit {
        Limit::Depth => format!("values are nested more than {allowed} levels deep here, which is the limit"),
        Limit::Nodes => format!(
            "this file has more than {allowed} keys and values with its references expanded, which is the limit"
        ),
        Limit::ExpandedBytes => format!(
            "the text of this file grows over {allowed} bytes when its references are written out, which is the limit"
        ),
        Limit::Errors => format!("this file has {allowed} errors or more; what follows here is not read"),
        Limit::Documents => format!("this file has more than {allowed} documents, which is the limit"),
    }
}
