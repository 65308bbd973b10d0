//! Keys that are nearly those of a record.

use super::fields::Scope;
use super::{FieldName, FieldNames, Located, Problem, content};
use crate::yaml::Value;

/// How far a written key may be from the right one.
#[derive(Clone, Copy)]
enum Tolerance {
    /// Case and separators only: the words around it are too common.
    Spelling,
    /// So many letters wrong, missing, doubled or swapped.
    Letters(usize),
}

/// The keys of `mapping` that seem to mean a field which `scope` does not have.
pub(super) fn misspelt(mapping: Value<'_>, scope: &Scope<'_, '_>, names: &FieldNames) -> Vec<Problem> {
    let absent: Vec<FieldName> = FieldName::ALL.into_iter().filter(|field| scope.get(*field).is_none()).collect();
    let Some(entries) = mapping.entries() else { return Vec::new() };
    entries
        .filter_map(|entry| {
            let key = entry.key.scalar()?;
            let meant = nearest(&key.text, &absent, names)?;
            let written =
                Located { value: key.text.clone().into_owned(), key: Some(entry.key.span()), span: entry.key.span() };
            Some(Problem::MisspeltField { written, meant, content: content::of(entry.value) })
        })
        .collect()
}

fn nearest(written: &str, absent: &[FieldName], names: &FieldNames) -> Option<FieldName> {
    if FieldNames::KNOWN.iter().any(|known| names.key_of(known) == written) {
        return None;
    }
    // Longer keys are no slips of the pen, and comparing is quadratic.
    if written.len() > 64 {
        return None;
    }
    let folded = fold(written);
    absent
        .iter()
        .filter_map(|field| {
            let right = fold(names.key(*field));
            let allowed = match tolerance(*field, &right) {
                Tolerance::Spelling => 0,
                Tolerance::Letters(letters) => letters,
            };
            // Most keys are settled by their length, which matters for a mapping of many thousands of them.
            if folded.chars().count().abs_diff(right.chars().count()) > allowed {
                return None;
            }
            let distance = strsim::osa_distance(&folded, &right);
            // `customer_id` is a word more, so a key of its own.
            let is_longer = distance > 0 && words(written) > words(names.key(*field));
            (distance <= allowed && !is_longer).then_some((distance, *field))
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, field)| field)
}

/// Whether `written` is a slip of the pen for the key `right`.
pub(super) fn is_nearly(written: &str, right: &str) -> bool {
    if written.len() > 64 {
        return false;
    }
    let (folded, right) = (fold(written), fold(right));
    folded.chars().count().abs_diff(right.chars().count()) <= 2 && strsim::osa_distance(&folded, &right) <= 2
}

fn tolerance(field: FieldName, key: &str) -> Tolerance {
    match field {
        // `data`, `rate` and `dates` are words of their own, and a record need not have a date.
        FieldName::Date => Tolerance::Spelling,
        _ if key.chars().count() >= 8 => Tolerance::Letters(2),
        _ => Tolerance::Letters(1),
    }
}

fn words(key: &str) -> usize {
    key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count()
}

/// Case and the characters between words do not count.
fn fold(key: &str) -> String {
    key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(written: &str) -> Option<FieldName> {
        nearest(written, &FieldName::ALL, &FieldNames::default())
    }

    #[test]
    fn slips_of_the_pen_are_recognised() {
        assert_eq!(meant("refesh_summary"), Some(FieldName::RefreshSummary));
        assert_eq!(meant("refresh-summary"), Some(FieldName::RefreshSummary));
        assert_eq!(meant("RefreshSummary"), Some(FieldName::RefreshSummary));
        assert_eq!(meant("refresh_sumary"), Some(FieldName::RefreshSummary));
        assert_eq!(meant("work_load"), Some(FieldName::Workload));
        assert_eq!(meant("custmer"), Some(FieldName::Customer));
        assert_eq!(meant("wrokload"), Some(FieldName::Workload));
        assert_eq!(meant("staus"), Some(FieldName::Status));
        assert_eq!(meant("Note"), Some(FieldName::Note));
        assert_eq!(meant("notes"), Some(FieldName::Note));
        assert_eq!(meant("waiver"), Some(FieldName::Waivers));
        assert_eq!(meant("Date"), Some(FieldName::Date));
    }

    #[test]
    fn keys_of_their_own_are_left_alone() {
        for key in [
            "owner",
            "notes_url",
            "note_author",
            "customer_id",
            "customer_name",
            "note_id",
            "customer no",
            "workloads_total",
            "state",
            "date_added",
            "data",
            "rate",
            "update",
            "dates",
            "summary",
            "refresh",
            "tenant",
            "id",
            "contact",
            "status_code",
            "",
            "_",
        ] {
            assert_eq!(meant(key), None, "{key}");
        }
    }

    #[test]
    fn a_field_that_is_there_is_not_meant_by_another_key() {
        assert_eq!(nearest("notes", &[FieldName::Customer], &FieldNames::default()), None);
    }

    #[test]
    fn a_mapped_name_is_what_counts() {
        let mut names = FieldNames::default();
        assert!(names.rename("note", "status_note".to_owned()));
        assert_eq!(nearest("staus_note", &FieldName::ALL, &names), Some(FieldName::Note));
        assert_eq!(nearest("status_note", &[], &names), None);
    }

    #[test]
    fn a_very_long_key_costs_nothing() {
        assert_eq!(meant(&"note".repeat(1_000_000)), None);
    }
}
