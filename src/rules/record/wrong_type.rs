//! The rule `wrong-type`.

use crate::finding::{Finding, Severity, Target};
use crate::record::{Field, FieldName, Located, Unfit};
use crate::rules::refresh::refresh_missing::entries_as_list;
use crate::rules::{Case, Group, Meta, Rule, Waivable};

pub(crate) const META: Meta = Meta {
    name: "wrong-type",
    group: Group::Record,
    default: Some(Severity::Error),
    waivable: Waivable::No,
    summary: "a field has the wrong type, such as a number instead of text",
    explanation: "The note and the status are texts; customer and workload are names; the refresh summary and \
                  the waivers are lists. YAML decides by the way a value is written: `5` is a number and \
                  `\"5\"` is a text.",
    guidance: "",
    examples: examples!("wrong-type"),
};

pub(crate) struct WrongType;

impl Rule for WrongType {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, case: &Case<'_>) -> Vec<Finding> {
        let record = case.record;
        let key = |field| case.key(field);
        let mut found = Vec::new();
        let mut look = |field: FieldName, odd: Option<&Located<Unfit>>, wanted: Wanted<'_>| {
            found.extend(odd.map(|odd| finding(key(field), odd, wanted)));
        };
        look(FieldName::Customer, odd(&record.customer), Wanted::Name);
        look(FieldName::Workload, odd(&record.workload), Wanted::Name);
        look(FieldName::Status, odd(&record.status), Wanted::Name);
        look(FieldName::Note, odd(&record.note), Wanted::Text);
        look(FieldName::RefreshSummary, odd(&record.refresh_summary), Wanted::Entries(case));
        look(FieldName::Date, odd(&record.date), Wanted::Date);
        look(FieldName::Waivers, odd(&record.waivers), Wanted::Waivers);
        for entry in record.refresh_summary.value().into_iter().flatten() {
            let key = |known| case.settings.fields.key_of(known);
            found.extend(odd(&entry.date).map(|odd| finding(key("date"), odd, Wanted::Date)));
            found.extend(odd(&entry.who_changed).map(|odd| finding(key("who_changed"), odd, Wanted::Name)));
            found.extend(odd(&entry.what_changed).map(|odd| finding(key("what_changed"), odd, Wanted::Text)));
        }
        found
    }
}

#[derive(Clone, Copy)]
enum Wanted<'c> {
    /// Sentences.
    Text,
    /// A text of a few words.
    Name,
    Waivers,
    /// The entries of the refresh summary of this case.
    Entries(&'c Case<'c>),
    Date,
}

fn odd<T>(field: &Field<T>) -> Option<&Located<Unfit>> {
    match field {
        Field::WrongType(odd) => Some(odd),
        _ => None,
    }
}

fn finding(key: &str, odd: &Located<Unfit>, wanted: Wanted<'_>) -> Finding {
    let found = odd.value.found;
    let (wanted, help) = match (wanted, found) {
        (Wanted::Name, "a list") => {
            ("text", format!("Write one value after `{key}: `, without brackets and without `- ` before it."))
        }
        (Wanted::Text | Wanted::Name, "a number" | "true or false") => {
            ("text", format!("If that is the text, put it in quotes: `{key}: \"…\"`."))
        }
        (Wanted::Text | Wanted::Name, "a group of fields") => (
            "text",
            format!(
                "Put the text in quotes, or on its own indented lines after `{key}: >-`; a `: ` made YAML see fields."
            ),
        ),
        (Wanted::Text | Wanted::Name, _) => {
            ("text", format!("Write it as sentences after `{key}: >-`, on indented lines."))
        }
        (Wanted::Entries(case), _) => ("a list", entries_as_list(case)),
        (Wanted::Waivers, _) => {
            ("a list", format!("Write each waiver with its rule and reason: `{key}: [{{rule: …, reason: \"…\"}}]`."))
        }
        (Wanted::Date, _) => ("a date", format!("Write `{key}: 2020-03-27` or `{key}: 03/27/2020`.")),
    };
    let message = format!("`{key}` must be {wanted}, found {found}");
    Finding::new(META.name, Severity::Error, Target::Bytes(odd.span), message).with_help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::testing::{places, run};

    #[test]
    fn the_help_is_about_the_kind_of_the_field() {
        for (text, help) in [
            ("status: [Blocked]", "Write one value after `status: `, without brackets and without `- ` before it."),
            (
                "customer:\n- Contoso",
                "Write one value after `customer: `, without brackets and without `- ` before it.",
            ),
            ("workload: []", "Write one value after `workload: `, without brackets and without `- ` before it."),
            ("waivers: hedging", "Write each waiver with its rule and reason: `waivers: [{rule: …, reason: \"…\"}]`."),
            (
                "waivers: {hedging: x}",
                "Write each waiver with its rule and reason: `waivers: [{rule: …, reason: \"…\"}]`.",
            ),
            ("status: 5", "If that is the text, put it in quotes: `status: \"…\"`."),
        ] {
            let seen = run(&WrongType, &format!("{text}\nnote: x\nrefresh_summary: []\n"));
            assert_eq!(seen[0].finding.help.as_deref(), Some(help), "{text}");
        }
        let seen = run(&WrongType, "note: [a, b]\n");
        assert_eq!(seen[0].finding.help.as_deref(), Some("Write it as sentences after `note: >-`, on indented lines."));
    }

    fn messages(text: &str) -> Vec<String> {
        run(&WrongType, text).into_iter().map(|seen| seen.finding.message).collect()
    }

    #[test]
    fn notes_that_are_no_text() {
        assert_eq!(messages("note: 5\n"), ["`note` must be text, found a number"]);
        assert_eq!(messages("note: true\n"), ["`note` must be text, found true or false"]);
        assert_eq!(messages("note: !!binary aGk=\n"), ["`note` must be text, found binary data"]);
        assert_eq!(messages(META.examples.bad.text), ["`note` must be text, found a list"]);
        assert_eq!(places(&WrongType, META.examples.bad.text), [(5, 3)]);
    }

    #[test]
    fn a_summary_that_is_no_list_and_entries_that_hold_lists() {
        let text = "note: a\nrefresh_summary: {date: 2020-03-27}\n";
        assert_eq!(messages(text), ["`refresh_summary` must be a list, found a group of fields"]);
        let text = "note: a\nrefresh_summary:\n- {date: [1], who_changed: {a: b}, what_changed: c}\n";
        assert_eq!(places(&WrongType, text), [(3, 10), (3, 28)]);
    }

    #[test]
    fn texts_names_and_nothing_are_left_alone() {
        for text in [
            META.examples.good.text,
            "note: \"5\"\n",
            "note:\n",
            "note: no\n",
            "note: a\ncustomer: 365\nworkload: 3M\n",
        ] {
            assert_eq!(messages(text), [] as [&str; 0], "{text}");
        }
    }
}
