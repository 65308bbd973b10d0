//! The rule `double-space`.

use crate::finding::{Finding, Fix, Severity, Target};
use crate::record::{Field, FieldName};
use crate::rules::{Case, Group, Meta, Rule, Waivable};
use crate::text::NoteSpan;

pub(crate) const META: Meta = Meta {
    name: "double-space",
    group: Group::Record,
    default: None,
    waivable: Waivable::Yes,
    summary: "two or more spaces stand between two words",
    explanation: "A second space between two words is a slip that makes searches fail. Two spaces after the end of a \
                  sentence are a habit of typing, and those at the start of a line are indentation, so both are left \
                  alone. `notegate check` says nothing of it unless the configuration sets a level; `notegate fix` \
                  removes it.",
    guidance: "",
    examples: examples!("double-space"),
};

pub(crate) struct DoubleSpace;

impl Rule for DoubleSpace {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn is_silent_unless_set(&self) -> bool {
        true
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let record = case.record;
        let fields = [
            (FieldName::Customer, &record.customer),
            (FieldName::Workload, &record.workload),
            (FieldName::Note, &record.note),
        ];
        fields.into_iter().filter_map(|(field, text)| finding(case, field, text)).collect()
    }
}

fn finding(case: &Case<'_>, field: FieldName, text: &Field<String>) -> Option<Finding> {
    let Field::Value(located) = text else { return None };
    let doubled = doubled(&located.value);
    let first = *doubled.first()?;
    let key = case.settings.fields.key(field);
    let message = match doubled.len() {
        1 => format!("`{key}` has two or more spaces between two words"),
        count => format!("`{key}` has two or more spaces between two words in {count} places"),
    };
    let target = if field == FieldName::Note { Target::Note(first) } else { Target::Value(field) };
    // The first space stays.
    let parts = doubled.into_iter().map(|span| (NoteSpan::new(span.start + 1..span.end), "")).collect();
    let fix = Fix::ReplaceText { value: located.span, parts };
    Some(Finding::new(META.name, Severity::Info, target, message).with_help("Leave one of them.").with_fix(fix))
}

/// The runs of spaces between two words of a line, less those after the end of a sentence.
fn doubled(text: &str) -> Vec<NoteSpan> {
    let mut found = Vec::new();
    let mut start = None;
    let mut before = None;
    for (at, c) in text.char_indices() {
        if c == ' ' {
            start.get_or_insert((at, before));
            continue;
        }
        if let Some((start, Some(word))) = start.take()
            && at - start > 1
            && !c.is_whitespace()
            && !matches!(word, '.' | '!' | '?' | ':' | '…' | '\n' | '\r')
            && !is_of_table(c)
            && !is_of_table(word)
        {
            found.push(NoteSpan::new(start..at));
        }
        before = Some(c);
    }
    found
}

/// Whether a character is one that tables and lists are drawn with.
fn is_of_table(c: char) -> bool {
    matches!(c, '|' | '-' | '*' | '+' | '=' | '•')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{places, run};

    #[test]
    fn every_run_between_words_is_found() {
        assert_eq!(places(&DoubleSpace, META.examples.bad.text), [(4, 17)]);
        let seen = run(&DoubleSpace, "customer: A  B\nnote: >-\n  the  proxy\n  is,  they say,   old\n");
        assert_eq!(seen.len(), 2);
        assert_eq!(seen[1].finding.message, "`note` has two or more spaces between two words in 3 places");
        let Some(Fix::ReplaceText { parts, .. }) = &seen[1].finding.fix else { panic!("no fix") };
        assert_eq!(parts.len(), 3);
    }

    #[test]
    fn ends_of_sentences_indentation_and_tables_are_left_alone() {
        for note in [
            "One.  Two",
            "One?  Two!  Three",
            "\"  One\"",
            "|\n  One\n    Two",
            "|\n  a   | b\n  -   - c",
            "One two ",
            "'One  '",
        ] {
            assert_eq!(places(&DoubleSpace, &format!("status: x\nnote: {note}\n")), [], "{note:?}");
        }
        assert_eq!(places(&DoubleSpace, META.examples.good.text), []);
    }
}
