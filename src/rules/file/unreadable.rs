//! The rule `unreadable`.

use crate::finding::{Finding, Severity, Target};
use crate::rules::{FileCase, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "unreadable",
    group: Group::File,
    default: Some(Severity::Error),
    waivable: Waivable::No,
    summary: "the file, or part of it, cannot be read",
    explanation: "A file must be valid YAML in UTF-8, within the limits of size and nesting, with every key \
                  given once. What cannot be read is blocked and never skipped, so that no note slips through \
                  unread; the documents of the file that can be read are judged all the same.",
    guidance: "",
    examples: examples!("unreadable"),
};

pub(crate) struct Unreadable;

impl Rule for Unreadable {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_file(&self, case: &FileCase<'_>) -> Vec<Finding> {
        case.file
            .errors
            .iter()
            .map(|error| {
                let finding = Finding::new(META.name, Severity::Error, Target::Bytes(error.span), error.message());
                let finding = finding.with_help(error.help());
                match error.related() {
                    Some((span, label)) => finding.with_related(Target::Bytes(span), label),
                    None => finding,
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{places, run};

    #[test]
    fn a_key_given_twice_names_both_places() {
        let seen = run(&Unreadable, META.examples.bad.text);
        assert_eq!(seen.len(), 1);
        assert_eq!(seen[0].at, (5, 1));
        assert!(seen[0].finding.message.contains("`note`"));
        let (place, label) = &seen[0].finding.related[0];
        assert_eq!(label, "first given here");
        let first = META.examples.bad.text.find("note:").unwrap();
        assert_eq!(*place, Target::Bytes(crate::text::ByteSpan::new(first..first + 4)));
    }

    #[test]
    fn every_fault_is_a_finding_with_its_place() {
        assert_eq!(places(&Unreadable, "note: 'never closed\n"), [(1, 7)]);
        assert_eq!(places(&Unreadable, "note: a\n---\nnote: [\n---\nx: {\n"), [(3, 7), (5, 4)]);
    }

    #[test]
    fn sound_files_are_left_alone() {
        assert_eq!(places(&Unreadable, META.examples.good.text), []);
        assert_eq!(places(&Unreadable, ""), []);
        assert_eq!(places(&Unreadable, "a: {note: 1}\nb: {note: 2}\n"), []);
    }
}
