//! The parser's complaints, said so that a person who writes notes knows what to do.

use crate::text::{ByteSpan, SourceText};
use crate::yaml::error::{Limit, SyntaxError, YamlError, YamlErrorKind};
use crate::yaml::indent::OutdentCause;
use granit_parser::{ErrorKind, ScanError};

const QUOTE_IT: &str = "Put the whole text in quotes, or on its own indented lines after `>-`.";
const ALIGN: &str = "Give all fields of a record the same indentation, and every list item its own `- `.";

/// The error for an error of the parser.
pub(super) fn error(error: &ScanError, text: &SourceText) -> YamlError {
    let offset = error.marker().byte_offset().unwrap_or(0).min(text.as_str().len());
    let span = ByteSpan::at(offset);
    if is_separator_of_versions(text, offset) {
        return YamlError::new(YamlErrorKind::ConflictMarker, span);
    }
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        // The parser's own limit; ours is below it unless the configuration raises it.
        return YamlError::new(YamlErrorKind::OverLimit { limit: Limit::Depth, allowed: 255 }, span);
    }
    let (message, help) = words(error.kind());
    YamlError::new(YamlErrorKind::Syntax(SyntaxError { message, help }), span)
}

/// The error of a line that is not indented beyond the block around it.
pub(super) fn outdent(cause: OutdentCause) -> SyntaxError {
    let (message, help) = words(&match cause {
        OutdentCause::Tab => ErrorKind::TabInIndentation,
        OutdentCause::TooFewSpaces => ErrorKind::InvalidQuotedScalarIndent,
    });
    SyntaxError { message, help }
}

/// Whether the line at `offset` is the `=======` between the two versions of a conflict.
fn is_separator_of_versions(text: &SourceText, offset: usize) -> bool {
    let before = text.as_str().get(..offset).unwrap_or_default();
    let start = before.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let line = text.as_str().get(start..).unwrap_or_default().lines().next().unwrap_or_default();
    line.trim_end() == "======="
}

fn words(kind: &ErrorKind) -> (String, &'static str) {
    use ErrorKind as E;
    let (message, help) = match kind {
        E::UnexpectedCharacter { character } => return unexpected(*character),
        E::MismatchedFlowCollectionEnd { open, close } => {
            return (format!("what `{open}` opens is closed by `{close}`"), "Use a matching pair of brackets.");
        }
        E::UnclosedFlowCollection { open } => {
            let message = format!("the `{open}` here is never closed");
            return (message, "Close it, or put the text in quotes if the bracket is part of it.");
        }
        E::UnclosedQuotedScalar | E::DocumentIndicatorInQuotedScalar => (
            "the quote that opens here is never closed",
            "Close it, or start the text with another character than a quote.",
        ),
        E::InvalidTrailingSingleQuotedScalar => (
            "more text follows after the closing `'`",
            "Inside single quotes an apostrophe is written twice (`''`); or put the text in double quotes.",
        ),
        E::InvalidTrailingDoubleQuotedScalar => (
            "more text follows after the closing `\"`",
            "Inside double quotes a quote is written `\\\"`; or put the text on its own indented lines after `>-`.",
        ),
        E::MappingValueNotAllowed | E::InvalidColonPlacement | E::MappingKeyNotAllowed => (
            "a colon followed by a space is not allowed here; YAML reads the text before it as a key",
            "If the colon is part of the note, put the note in quotes or on its own indented lines after `>-`; \
             if it is a field, check its indentation.",
        ),
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => (
            "a tab is used where YAML requires spaces",
            "Replace the tab by spaces; most editors can do that for the whole file.",
        ),
        E::CommentInterceptedScalar => ("a space and `#` begin a comment here, in the middle of the text", QUOTE_IT),
        E::SimpleKeyExpected | E::InvalidSimpleKey => (
            "this line is neither a field (`key: value`) nor a list item (`- …`)",
            "Write `key: value`; if it goes on with the text above, indent it.",
        ),
        E::ExpectedBlockMappingKey | E::ExpectedBlockSequenceEntry | E::InvalidIndentation => {
            ("the indentation of this line fits nothing above it", ALIGN)
        }
        E::BlockSequenceEntryNotAllowed | E::BlockEntryInFlowCollection | E::InvalidBlockEntryWhitespace => (
            "a list item (`- `) is not allowed here",
            "Put it on its own line; if the dash is text, put the text in quotes.",
        ),
        E::MisplacedFlowCollectionEnd => ("a bracket is closed here that was never opened", QUOTE_IT),
        E::MissingAnchorOrAliasName => {
            ("YAML gives `*` and `&` at the start of a value a meaning of their own, and no name follows", QUOTE_IT)
        }
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => (
            "this quoted text contains a `\\` followed by something that YAML does not know",
            "Write `\\\\` for a backslash, or use single quotes, in which a backslash is just a backslash.",
        ),
        E::InvalidBlockScalarHeader | E::ZeroBlockScalarIndent => (
            "after `>` or `|` only `-`, `+` or a digit is allowed on the same line",
            "Begin the text on the next line, indented; if `>` or `|` is part of the text, put the text in quotes.",
        ),
        E::InvalidBlockScalarIndent | E::InvalidQuotedScalarIndent | E::InvalidFlowScalarIndent => (
            "this line belongs to the text or list that began above it, and is not indented enough",
            "Indent it with more spaces than the field or list item that it belongs to, or close the quote or bracket above it.",
        ),
        E::ExpectedFlowMappingSeparator | E::ExpectedFlowSequenceSeparator => {
            ("between brackets a comma or the closing bracket is missing here", QUOTE_IT)
        }
        E::BomInsideDocument => (
            "the file contains a byte order mark (an invisible character)",
            "Delete it; joining two files often leaves one behind.",
        ),
        _ => ("this is not valid YAML", "Check quotes, brackets and indentation around this place."),
    };
    (message.to_owned(), help)
}

fn unexpected(character: char) -> (String, &'static str) {
    if character.is_control() {
        let code = u32::from(character);
        return (
            format!("there is an invisible control character (U+{code:04X}) here"),
            "Delete it; it often comes from copying out of a terminal.",
        );
    }
    (format!("YAML does not let a text begin with `{character}` here"), QUOTE_IT)
}
