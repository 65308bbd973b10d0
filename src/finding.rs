//! What a rule reports.

use crate::record::FieldName;
use crate::text::{ByteSpan, NoteSpan};

/// How much a finding weighs.
///
/// For a note rule an error makes the note poor and a warning makes it marginal; an error of any rule blocks.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; changes nothing.
    Info,
    /// Makes a note marginal.
    Warning,
    /// Blocks.
    Error,
}

impl Severity {
    /// The name of the severity as it is written everywhere: `info`, `warning`, `error`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Where a finding points, in terms of the record; the engine turns it into bytes of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Target {
    /// A part of the decoded note.
    Note(NoteSpan),
    /// The value of a field, or the record when it is not there.
    Value(FieldName),
    /// The key of a field, or the record when it is not there.
    Key(FieldName),
    /// One entry of the refresh summary, counted from 0.
    RefreshEntry(usize),
    /// Bytes of the file.
    Bytes(ByteSpan),
    /// The record as a whole: its first line.
    Record,
    /// The file as a whole.
    File,
}

/// What the help of a finding proposes to the writer. Nothing of it is shown before the program has tried it: a rule
/// names what is wanted, and [`crate::rules`] turns it into words that pass.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Proposal {
    /// A note by the guidance's template for the record's status.
    Template,
    /// Another status, by its name.
    Status(String),
}

/// A mechanical change that takes what a finding reports away: never words of the note, never a reason.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fix {
    /// Calls a key otherwise.
    RenameKey {
        /// The key, quotes included.
        key: ByteSpan,
        /// Its right name.
        to: String,
    },
    /// Writes another text in the place of a value.
    SetScalar {
        /// The value, quotes included.
        value: ByteSpan,
        /// The right text.
        to: String,
    },
    /// Replaces characters of a text.
    ReplaceText {
        /// The value, quotes included.
        value: ByteSpan,
        /// Parts of the decoded text, in order and apart, with what is to stand there.
        parts: Vec<(NoteSpan, &'static str)>,
    },
    /// Puts the entries of the refresh summary in order.
    NewestFirst,
    /// Adds an entry to the refresh summary; what it says only a person knows.
    AddEntry,
    /// Keys that are those of a record but for a slip, in groups of fields that are not read as records for them.
    RenameKeys(Vec<KeyGroup>),
    /// None: what is meant is for a person to say.
    ByHand {
        /// Why, as a sentence without its full stop.
        why: String,
    },
}

/// Keys of a group of fields that get other names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyGroup {
    /// The group of fields.
    pub span: ByteSpan,
    /// The keys, quotes included, with their right names.
    pub keys: Vec<(ByteSpan, String)>,
}

/// Whether a finding counts for the grade and the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Standing {
    /// It counts.
    #[default]
    Counts,
    /// A waiver in the record sets it aside: it is shown and counted among the waived, and weighs nothing.
    Waived,
}

/// What a finding about a note rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Basis {
    /// The weighing of words, which a learned reader may see otherwise.
    #[default]
    Words,
    /// Who does what to what, and how that fits the record: a reader that only knows words cannot see it.
    Structure,
}

/// One thing that a rule has to say about one record or one file.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// Name of the rule, as in the registry.
    pub rule: &'static str,
    /// Severity after the configuration has had its say.
    pub severity: Severity,
    /// What is wrong in this very note, in plain words; may quote the note, so printers must escape it.
    pub message: String,
    /// What the writer can do. May span lines.
    pub help: Option<String>,
    /// What the help is to propose in the end, once that has been tried.
    pub proposal: Option<Proposal>,
    /// Where.
    pub target: Target,
    /// Further places worth showing, each with a short label.
    pub related: Vec<(Target, String)>,
    /// The paths of the files that the message names, in the order of the message and after whatever it quotes, so that
    /// people can be shown them as seen from their folder.
    pub named_paths: Vec<String>,
    /// The mechanical change that takes it away, if there is one.
    pub fix: Option<Fix>,
    /// Whether it counts; only [`crate::rules::waiver`] sets it aside.
    pub standing: Standing,
    /// What it rests on.
    pub basis: Basis,
}

impl Finding {
    /// A finding of `rule` at `place`, without help.
    #[must_use]
    pub fn new(rule: &'static str, severity: Severity, target: Target, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity,
            message: message.into(),
            help: None,
            proposal: None,
            target,
            related: Vec::new(),
            named_paths: Vec::new(),
            fix: None,
            standing: Standing::Counts,
            basis: Basis::Words,
        }
    }

    /// The same finding with help for the writer.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same finding, which rests on the structure of the note.
    #[must_use]
    pub fn by_structure(mut self) -> Self {
        self.basis = Basis::Structure;
        self
    }

    /// The same finding, whose help proposes something.
    #[must_use]
    pub fn proposing(mut self, proposal: Proposal) -> Self {
        self.proposal = Some(proposal);
        self
    }

    /// The same finding with one more place worth showing; the label may quote the note.
    #[must_use]
    pub fn with_related(mut self, target: Target, label: impl Into<String>) -> Self {
        self.related.push((target, label.into()));
        self
    }

    /// The same finding, whose message names the file at `path`. Of several paths, the one that the message names first
    /// comes first.
    #[must_use]
    pub fn with_named_path(mut self, path: impl Into<String>) -> Self {
        self.named_paths.push(path.into());
        self
    }

    /// The same finding, which this change takes away.
    #[must_use]
    pub fn with_fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Whether no waiver sets it aside.
    #[must_use]
    pub fn counts(&self) -> bool {
        self.standing == Standing::Counts
    }
}
