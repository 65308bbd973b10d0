//! The rule `yaml-surprise`.

use crate::finding::{Finding, Severity, Target};
use crate::record::{FieldName, NoteRecord, Problem};
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "yaml-surprise",
    group: Group::Record,
    default: Some(Severity::Warning),
    waivable: Waivable::Yes,
    summary: "YAML drops part of the note (comment, tag or anchor)",
    explanation: "In a note without quotes, YAML reads a space and `#` as the start of a comment, a leading `!word` \
                  as a tag and a leading `&word` as an anchor. What it drops is not part of the note. A comment with \
                  a space after the `#`, after a finished sentence, is accepted as intended.",
    guidance: "",
    examples: examples!("yaml-surprise"),
};

pub(crate) struct YamlSurprise;

impl Rule for YamlSurprise {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let key = case.key(FieldName::Note);
        let help = format!("Put the note in quotes, or on its own indented lines after `{key}: >-`.");
        case.record
            .problems
            .iter()
            .filter_map(|problem| surprise(problem, case.record))
            .map(|finding| finding.with_help(help.as_str()))
            .collect()
    }
}

fn surprise(problem: &Problem, record: &NoteRecord) -> Option<Finding> {
    let (span, message) = match problem {
        Problem::CutComment(comment) if is_meant(&comment.value, record) => return None,
        Problem::CutComment(comment) => {
            (comment.span, "the note ends before this: YAML reads a space and `#` as the start of a comment")
        }
        Problem::TagEaten(span) => (*span, "this is not part of the note: YAML reads a leading `!` as a tag"),
        Problem::AnchorEaten(span) => (*span, "this is not part of the note: YAML reads a leading `&` as an anchor"),
        Problem::MisspeltField { .. } | Problem::RepeatedField { .. } => return None,
    };
    Some(Finding::new(META.name, Severity::Warning, Target::Bytes(span), message))
}

/// A comment with a space after its `#`, behind a finished sentence.
fn is_meant(comment: &str, record: &NoteRecord) -> bool {
    let note = record.note.value().map(String::as_str).unwrap_or_default();
    comment.starts_with("# ") && note.trim_end().ends_with(['.', '!', '?'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::places;

    #[test]
    fn a_hash_after_a_space_cuts_the_note() {
        assert_eq!(places(&YamlSurprise, META.examples.bad.text), [(4, 42)]);
        assert_eq!(places(&YamlSurprise, "note: Blocked by ticket # 12\n"), [(1, 25)]);
        assert_eq!(places(&YamlSurprise, "note: Blocked. #urgent\n"), [(1, 16)]);
    }

    #[test]
    fn a_tag_and_an_anchor_are_eaten_from_the_front() {
        assert_eq!(places(&YamlSurprise, "note: !important fix\n"), [(1, 7)]);
        assert_eq!(places(&YamlSurprise, "note: &c D needed\n"), [(1, 7)]);
    }

    #[test]
    fn quotes_blocks_and_comments_that_are_meant_are_left_alone() {
        for text in [
            META.examples.good.text,
            "note: >-\n  Blocked by ticket #12\n",
            "note: Blocked by ticket#12\n",
            "note: Blocked by the firewall. # checked with the network team\n",
            "note: 'Blocked' # checked\n",
            "note: &n The firewall drops mail.\ndetail: *n\n",
        ] {
            assert_eq!(places(&YamlSurprise, text), [], "{text}");
        }
    }
}
