//! The rule `missing-field`.

use crate::emptiness::{Emptiness, Purpose, emptiness, is_blank};
use crate::finding::{Finding, Fix, Severity, Target};
use crate::record::{Field, FieldName, NoteRecord, Problem};
use crate::rules::refresh::refresh_missing::first_entry;
use crate::rules::{Case, Group, Meta, Rule, Waivable, or_setting};

pub(crate) const META: Meta = Meta {
    name: "missing-field",
    group: Group::Record,
    default: Some(Severity::Error),
    waivable: Waivable::No,
    summary: "a record lacks its customer, workload, status, note or refresh summary",
    explanation: "Each record needs the fields `customer`, `workload`, `status`, `note` and `refresh_summary`; you may \
                  add other fields. A placeholder such as \"TBD\" or \"-\" is not the name of a customer or workload; \
                  a company that is called so is written with its legal form (\"TBA Ltd.\"). \
                  A field given beside `entitlements` applies to every entitlement in that list. An empty note is \
                  reported by `blank-note`, an empty refresh summary by `refresh-missing`. The configuration can \
                  make all but the note optional, under `required`.",
    guidance: "Entitlement status notes should be used by the FastTrack Manager (FM) and certain subject \
                  matter expert (SME) teams to provide a current picture of the entitlements in each workload.",
    examples: examples!("missing-field"),
};

pub(crate) struct MissingField;

impl Rule for MissingField {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let record = case.record;
        let lacks = [
            (FieldName::Customer, lack_of_name(&record.customer)),
            (FieldName::Workload, lack_of_name(&record.workload)),
            (FieldName::Status, lack_of_text(&record.status)),
            (FieldName::Note, absence(&record.note)),
            (FieldName::RefreshSummary, absence(&record.refresh_summary)),
        ];
        let may_lack = |field, lack| case.settings.required.is_optional(field) && !matches!(lack, Lack::Name);
        let lacks = lacks.into_iter().filter_map(|(field, lack)| Some((field, lack?)));
        lacks.filter(|(field, lack)| !may_lack(*field, *lack)).map(|(field, lack)| finding(case, field, lack)).collect()
    }
}

#[derive(Clone, Copy)]
enum Lack {
    /// The key is not there.
    Key,
    /// Nothing is written after the key.
    Value,
    /// What is written only stands in for a name.
    Name,
}

fn absence<T>(field: &Field<T>) -> Option<Lack> {
    matches!(field, Field::Missing).then_some(Lack::Key)
}

fn lack_of_text(field: &Field<String>) -> Option<Lack> {
    match field {
        Field::Missing => Some(Lack::Key),
        Field::Null(_) => Some(Lack::Value),
        Field::Value(text) if is_blank(&text.value) => Some(Lack::Value),
        Field::Value(_) | Field::WrongType(_) => None,
    }
}

fn lack_of_name(field: &Field<String>) -> Option<Lack> {
    let is_stand_in = |name: &String| emptiness(name, Purpose::Name) == Some(Emptiness::StandIn);
    lack_of_text(field).or_else(|| field.value().is_some_and(is_stand_in).then_some(Lack::Name))
}

fn finding(case: &Case<'_>, field: FieldName, lack: Lack) -> Finding {
    let key = case.key(field);
    let message = match lack {
        Lack::Key => format!("the record has no `{key}`"),
        Lack::Value => format!("`{key}` is empty"),
        Lack::Name => format!("`{key}` is a placeholder, not a name"),
    };
    let help = match (lack, misspelt(case.record, field)) {
        (Lack::Key, Some(written)) => {
            format!("Rename the key `{written}` to `{key}`.{}", or_setting(&case.settings.fields, field, written))
        }
        (Lack::Key, None) if field == FieldName::RefreshSummary => first_entry(case),
        (Lack::Key, None) => format!("Add a line `{key}: …`, indented like the other fields."),
        (Lack::Value, _) => format!("Write it after `{key}:`."),
        // Some companies are called so, and a legal form tells them from a placeholder.
        (Lack::Name, _) if field == FieldName::Customer => format!(
            "Write the name of the customer after `{key}:`. If it really is called so, add its legal form, as in \
             `{key}: TBA Ltd.`"
        ),
        (Lack::Name, _) => format!("Write the name of the {} after `{key}:`.", field.key()),
    };
    let finding = Finding::new(META.name, Severity::Error, Target::Key(field), message).with_help(help);
    let is_without_entries = matches!(lack, Lack::Key) && field == FieldName::RefreshSummary;
    if is_without_entries && misspelt(case.record, field).is_none() { finding.with_fix(Fix::AddEntry) } else { finding }
}

fn misspelt(record: &NoteRecord, field: FieldName) -> Option<&str> {
    record.problems.iter().find_map(|problem| match problem {
        Problem::MisspeltField { written, meant, .. } if *meant == field => Some(written.value.as_str()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::Selection;
    use crate::rules::RuleSettings;
    use crate::rules::testing::{places, run, run_with};

    #[test]
    fn each_field_that_is_absent_is_named_at_the_record() {
        let seen = run(&MissingField, "# a comment\n\nnote: a\n");
        let messages: Vec<&str> = seen.iter().map(|seen| seen.finding.message.as_str()).collect();
        assert_eq!(
            messages,
            [
                "the record has no `customer`",
                "the record has no `workload`",
                "the record has no `status`",
                "the record has no `refresh_summary`",
            ]
        );
        assert!(seen.iter().all(|seen| seen.at == (3, 1)));
    }

    #[test]
    fn the_examples() {
        assert_eq!(places(&MissingField, META.examples.bad.text), [(1, 1)]);
        assert_eq!(places(&MissingField, META.examples.good.text), []);
    }

    #[test]
    fn an_empty_name_is_as_good_as_none() {
        let text = "customer:\nworkload: ' '\nstatus: Blocked\nnote:\nrefresh_summary: []\n";
        assert_eq!(places(&MissingField, text), [(1, 1), (2, 1)], "the note and the summary have rules of their own");
    }

    #[test]
    fn a_placeholder_is_no_name() {
        for name in [
            "\"\\u200b\"",
            "TBD",
            "'-'",
            "n/a",
            "'[customer]'",
            "'?'",
            "TBA",
            "Nil",
            "test",
            "Test customer",
            "Customer",
            "the customer",
            "customer name",
            "My company",
            "Name of the company",
            "Example",
            "foo",
            "\"\\u3164\"",
        ] {
            let text = format!("customer: {name}\nworkload: {name}\nstatus: Blocked\nnote: a\nrefresh_summary: []\n");
            assert_eq!(places(&MissingField, &text), [(1, 1), (2, 1)], "{name}");
        }
        for name in [
            "'365'",
            "3M",
            "X",
            "N26",
            "-A-",
            "TBA Ltd.",
            "TBD Inc",
            "N/A Records",
            "Nil GmbH",
            "None Ltd",
            "Test Ltd",
            "Unknown Worlds",
            "Test Valley Council",
            "Customer First Bank",
            "Company of Heroes",
            "Example Media Group",
        ] {
            let text = format!("customer: {name}\nworkload: {name}\nstatus: Blocked\nnote: a\nrefresh_summary: []\n");
            assert_eq!(places(&MissingField, &text), [], "{name}");
        }
        let seen = run(&MissingField, "customer: TBD\nworkload: X\nstatus: Blocked\nnote: a\nrefresh_summary: []\n");
        assert_eq!(seen[0].finding.message, "`customer` is a placeholder, not a name");
        assert_eq!(
            seen[0].finding.help.as_deref(),
            Some(
                "Write the name of the customer after `customer:`. If it really is called so, add its legal form, as in \
                 `customer: TBA Ltd.`"
            )
        );
    }

    #[test]
    fn a_misspelt_key_is_named() {
        let seen = run(&MissingField, "custmer: A\nworkload: X\nstatus: Blocked\nnote: a\nrefresh_summary: []\n");
        assert_eq!(seen.len(), 1);
        let help = seen[0].finding.help.as_deref();
        assert_eq!(help, Some("Rename the key `custmer` to `customer`."));
    }

    #[test]
    fn a_missing_refresh_summary_is_answered_with_the_finished_block() {
        let mut settings = RuleSettings::default();
        assert!(settings.fields.rename("refresh_summary", "log".to_owned()));
        assert!(settings.fields.rename("who_changed", "by".to_owned()));
        let seen = run_with(
            &MissingField,
            "customer: A\nworkload: X\nstatus: Blocked\nnote: a\n",
            &settings,
            Selection::Likely,
        );
        assert_eq!(seen.len(), 1);
        assert_eq!(
            seen[0].finding.help.as_deref(),
            Some(
                "Add an entry:\nlog:\n  - date: 2026-07-01\n    by: your name\n    what_changed: what you did, in a few words"
            )
        );
    }

    #[test]
    fn inherited_fields_are_there() {
        let text = "customer: A\nrefresh_summary: []\nentitlements:\n- {workload: X, status: Blocked, note: a}\n";
        assert_eq!(places(&MissingField, text), []);
    }
}
