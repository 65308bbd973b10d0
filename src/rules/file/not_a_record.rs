//! The rule `not-a-record`.

use crate::finding::{Finding, Severity, Target};
use crate::record::FieldName;
use crate::rules::{FileCase, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "not-a-record",
    group: Group::File,
    default: Some(Severity::Error),
    waivable: Waivable::No,
    summary: "a document or list item is not a record",
    explanation: "Every document of a file that the configuration includes must be a record, and so must every item \
                  of a list that contains a record. Anything else would not be judged, so it is reported. What \
                  resembles a record is reported by `misplaced-record`, which says what to write.",
    guidance: "",
    examples: examples!("not-a-record"),
};

/// The fields that a record usually has to have.
const FIELDS: [FieldName; 5] =
    [FieldName::Customer, FieldName::Workload, FieldName::Status, FieldName::Note, FieldName::RefreshSummary];

pub(crate) struct NotARecord;

impl Rule for NotARecord {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check_file(&self, case: &FileCase<'_>) -> Vec<Finding> {
        let settings = case.settings;
        let needed = FIELDS.into_iter().filter(|field| !settings.required.is_optional(*field));
        let keys: Vec<String> = needed.map(|field| format!("`{}`", settings.fields.key(field))).collect();
        let help = format!(
            "Give it the fields of a record ({}), or leave the file out with `exclude` in notegate.yaml.",
            keys.join(", ")
        );
        case.file
            .unexpected
            .iter()
            .map(|unexpected| {
                let message = format!("a record is required here, found {}", unexpected.found);
                Finding::new(META.name, Severity::Error, Target::Bytes(unexpected.span), message)
                    .with_help(help.as_str())
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Selection;
    use crate::rules::RuleSettings;
    use crate::rules::testing::{places, run_with};

    fn included(text: &str) -> Vec<((usize, usize), String)> {
        run_with(&NotARecord, text, &RuleSettings::default(), Selection::Everything)
            .into_iter()
            .map(|seen| (seen.at, seen.finding.message))
            .collect()
    }

    #[test]
    fn a_list_item_beside_records() {
        assert_eq!(places(&NotARecord, META.examples.bad.text), [(5, 3)]);
        assert_eq!(places(&NotARecord, META.examples.good.text), []);
    }

    #[test]
    fn any_other_document_only_under_include() {
        assert_eq!(places(&NotARecord, "a: b\n"), []);
        let message = "a record is required here, found a group of fields".to_owned();
        assert_eq!(included("---\nnote: a\n---\na: b\n"), [((4, 1), message)]);
    }

    #[test]
    fn an_empty_file_under_include() {
        let message = "a record is required here, found an empty file".to_owned();
        assert_eq!(included("# nothing yet\n"), [((1, 1), message)]);
    }

    #[test]
    fn an_empty_document_beside_records_is_left_alone() {
        assert_eq!(included("---\nnote: a\n---\n"), []);
    }
}
