//! What tells a record from tasks, columns and models, which have a status and a note as well.

use super::facts::is_label;
use crate::lexicon::spelling::is_english;
use crate::playbook::Playbook;
use crate::record::misplaced::{Below, Misplaced, NearField};
use crate::record::{FieldName, Nearness};

/// Words of a key that are looked at, and words of the longest name of a workload in one.
const MOST_WORDS: usize = 8;
const LONGEST_NAME: usize = 3;

/// How something names a workload of the playbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NamedWorkload {
    /// Not at all.
    Nowhere,
    /// Among the words of a key at or above it.
    AmongWords,
    /// As the workload, or as the whole key under which all stands.
    Itself,
}

/// Whether a key names a workload of the playbook, by itself or beside other words: `contoso-teams`.
pub(super) fn names_workload(key: &str, playbook: &Playbook) -> bool {
    workload_of_key(key, playbook).is_some()
}

/// The workload of the playbook among some words, with the others.
fn workload_in<'t>(words: &[&'t str], playbook: &Playbook) -> Option<(String, Vec<&'t str>)> {
    (1..=LONGEST_NAME).rev().find_map(|length| {
        let is_name =
            |name: &[&str]| playbook.workload(&name.join(" ")).is_some() || playbook.workload(&name.concat()).is_some();
        let at = words.windows(length).position(is_name)?;
        let (before, name) = (words.get(..at)?, words.get(at..at + length)?);
        let others = before.iter().chain(words.get(at + length..)?).copied();
        Some((name.join(" "), others.collect()))
    })
}

/// The parts of a word that is several with a capital each: `ContosoTeams`.
fn humps(word: &str) -> Vec<&str> {
    let mut starts = vec![0];
    let mut last = '\0';
    for (at, c) in word.char_indices() {
        if c.is_uppercase() && last.is_lowercase() {
            starts.push(at);
        }
        last = c;
    }
    let ends = starts.iter().skip(1).copied().chain([word.len()]);
    starts.iter().zip(ends).filter_map(|(start, end)| word.get(*start..end)).collect()
}

/// How surely a key says that what it holds is about a workload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum KeyOf {
    /// It names one by a word that is one of everyday language, too: `teams`.
    EverydayWord,
    /// It names a workload.
    Workload,
    /// It names a customer beside it: `Litware, Teams`, `litware_teams`.
    CustomerAndWorkload,
}

/// Words that stand beside the name of a workload and name no customer.
const MAKERS: [&str; 6] = ["microsoft", "ms", "msft", "office", "o365", "m365"];

/// The workload that a key names, and how surely.
pub(super) fn workload_of_key(key: &str, playbook: &Playbook) -> Option<(String, KeyOf)> {
    if playbook.workload(key).is_some() {
        let is_everyday = !key.starts_with(char::is_uppercase) && is_english(&key.to_lowercase());
        return Some((key.to_owned(), if is_everyday { KeyOf::EverydayWord } else { KeyOf::Workload }));
    }
    let words = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).take(MOST_WORDS);
    let words: Vec<&str> = words.collect();
    let by_words = workload_in(&words, playbook);
    let (name, others) = by_words.or_else(|| {
        let parts: Vec<&str> = words.iter().flat_map(|word| humps(word)).take(MOST_WORDS).collect();
        workload_in(&parts, playbook)
    })?;
    let is_name = |word: &&str| {
        let word = word.to_lowercase();
        word.chars().all(char::is_alphabetic) && !is_english(&word) && !MAKERS.contains(&word.as_str())
    };
    let is_everyday = || !name.starts_with(char::is_uppercase) && is_english(&name.to_lowercase());
    let of = match others.iter().any(is_name) {
        true => KeyOf::CustomerAndWorkload,
        false if is_everyday() => KeyOf::EverydayWord,
        false => KeyOf::Workload,
    };
    Some((name, of))
}

/// Whether it stands under a key that says that it is a model (`examples`, `columns`), and not all of a record is there.
pub(super) fn is_model(misplaced: &Misplaced, fields: &[NearField], playbook: &Playbook) -> bool {
    let find = |meant| fields.iter().find(|field| field.meant == meant);
    let is_whole = find(FieldName::Customer).is_some()
        && find(FieldName::Note).is_some_and(|note| note.nearness != Nearness::LooseSynonym && !is_label(note))
        && find(FieldName::Workload).is_some_and(|field| playbook.workload(&field.value).is_some())
        && find(FieldName::Status).is_some_and(|field| playbook.may_mean_status(&field.value));
    misplaced.below == Below::Models && !is_whole
}

#[cfg(test)]
mod tests {
    use super::super::MisplacedRecord;
    use super::super::tests::{left_alone, reported};
    use crate::record::{FieldNames, Selection};
    use crate::rules::RuleSettings;
    use crate::rules::testing::{run, run_with};

    #[test]
    fn records_that_are_named_under_their_own_key() {
        let rest = "name: Teams, status: Blocked, note: Customer has no intent.";
        reported(&[
            &format!("customer: Contoso\nworkload: {{{rest}}}\n"),
            &format!("customer:\n  name: Contoso\n  workload: {{{rest}}}\n"),
            &format!("customer:\n  name: Contoso\n  country: France\n  workload: {{{rest}}}\n"),
            &format!("customer: Contoso\nservice: {{{rest}}}\n"),
            &format!("service: {{{rest}}}\n"),
            &format!("workload: {{{rest}}}\n"),
            &format!("customer: Contoso\nworkloads: {{{rest}}}\n"),
            &format!("workloads: {{{rest}}}\n"),
            &format!("company: {{name: Contoso, product: {{{rest}}}}}\n"),
            &format!("workloads:\n  w1: {{{rest}}}\n"),
            "customer: Contoso\nworkload: {Name: Own App, status: Blocked, note: TBD}\n",
            "customer: Contoso\nworkload: {name: Teams, note: TBD}\n",
            "customer: {name: Contoso, workload: {name: Own App, status: No Intent, note: x}}\n",
        ]);
        left_alone(&[
            "customer: {name: Jane, note: Leave it at the door}\n",
            "customer: {name: Jane, status: active, notes: Leave it at the door}\n",
            "workload: {name: api, status: Running, note: needs the new cluster first}\n",
            "service: {name: nginx, state: started}\n",
            "service: {name: Teams, status: degraded, note: we look into failed sign-ins}\n",
            "workload: {name: api, replicas: 3, note: TBD}\n",
        ]);
    }

    #[test]
    fn a_status_with_any_note_under_an_id() {
        for note in ["TBD", "''", "~", "n/a", "Various issues", "No intent", "see mail", "Waits for the new firewall."]
        {
            reported(&[
                &format!("contoso-teams: {{status: Blocked, note: {note}}}\n"),
                &format!("CT-0012: {{status: no intent, note: {note}}}\n"),
                &format!("ids: {{CT-1: {{status: Blockd, note: {note}, owner: Sam}}}}\n"),
                &format!("contoso-exchange-online: {{status: Blocked, comment: {note}}}\n"),
                &format!("contoso_teams: {{Status: Blocked, Remarks: {note}}}\n"),
            ]);
        }
        left_alone(&[
            "a: {status: todo, note: TBD}\n",
            "a: {status: Blocked, note: TBD, assignee: Sam}\n",
            "jobs: {build: {status: Blocked, reason: waits for the API}}\n",
            "a: {status: ok, note: fine}\n",
        ]);
    }

    #[test]
    fn a_customer_with_a_note_among_keys_of_other_kinds() {
        left_alone(&[
            "customer: Contoso\naddress: Rue 1\nnotes: closed on Mondays\n",
            "customer: Contoso\nphone: 12345\nnotes: call before noon please\n",
            "meeting: 2026-05-04\nattendees: [Sam, Li]\ncustomer: Contoso\nnotes: We spoke about the next year.\n",
            "Customer: X\nStatus: Paid\nNotes: net 30\n",
            "- {Customer: X, Status: Active, Notes: net 30}\n- {Customer: Y, Status: Active, Notes: TBD}\n",
            "Customer: Jane\nTable: 5\nNote: allergic to nuts and soy\n",
            "customer_name: Jane\nemail: j@example.com\nnotes: prefers to be called\n",
            "Customer: X\nStatus: Lead\nOwner: Sam\nNotes: met at the fair\n",
        ]);
        reported(&[
            "customer: Contoso\nnotes: TBD\n",
            "customer: Contoso\nregion: EMEA\nstatus: Blocked\nnotes: TBD\n",
            "customer: Contoso\nregion: EMEA\nworkload: Teams\nnotes: TBD\n",
            "customer: Contoso\nregion: EMEA\nworkload: Own App\nnotes: TBD\n",
            "customer: Contoso\nregion: EMEA\nnotes: Customer has no intent.\n",
            "Customer: Contoso\nStatus: No Intent\nNotes: net 30\n",
        ]);
    }

    #[test]
    fn a_status_of_the_playbook_is_not_enough_by_itself() {
        left_alone(&[
            "known_issues: [{workload: Exchange Online, status: Blocked, description: Mail is late for some.}]\n",
            "features: [{product: Teams, status: Blocked, comment: waits for the API}]\n",
            "roadmap: [{service: Exchange Online, status: In Progress, comment: due in the next release}]\n",
            "columns: [{status: Blocked, note: things that wait}]\n",
            "board: [{status: Blocked, note: things that wait}, {status: In Progress, note: things we work on}]\n",
            "templates: [{status: Blocked, note: \"Unable to deploy because of [primary issue] of the customer.\"}]\n",
            "components: {schemas: {Order: {example: {customer: Jane, status: Blocked, note: Leave it at the door}}}}\n",
            "examples: {one: {value: {customer: Jane, status: Blocked, note: Leave it at the door}}}\n",
            "- {name: Sam, workload: high, status: Blocked}\n- {name: Li, workload: low, status: In Progress}\n",
            "sprint: [{name: Sam, workload: high, status: Blocked}]\n",
        ]);
        reported(&[
            "Contoso: [{workload: Exchange Online, status: Blocked, description: x, note: y}]\n",
            "x: [{workload: Exchange Online, status: Blocked}]\n",
            "x: [{customer: A, workload: Exchange Online, status: Blocked, description: y}]\n",
            "features: [{product: Teams, status: Blocked, comment: Customer waits for the API}]\n",
            "x: [{status: No Intent, note: will not be used}]\n",
            "x: [{status: Blocked, note: Customer has no intent.}]\n",
            "Teams: [{status: Blocked, note: waits for the firewall}]\n",
            "examples: [{customer: A, workload: Teams, status: Blocked, note: x}]\n",
        ]);
    }

    #[test]
    fn one_field_an_item_is_told_once() {
        let summary = "refresh_summary:\n  - {date: 2026-11-20, who_changed: Dana Ruiz, what_changed: First entry}\n";
        for text in [
            format!(
                "- customer: C\n- workload: Teams\n- status: Blocked\n- note: Customer has no intent.\n- {summary}"
            ),
            "- customer: C\n- workload: Own App\n- note: x\n".to_owned(),
            "- note: TBD\n- Workload: Own App\n- customer: C\n".to_owned(),
            "- customer: C\n- workload: Own App\n- status: Paid\n- note: TBD\n".to_owned(),
            format!("- customer: C\n- workload: Own App\n- {summary}"),
        ] {
            for selection in [Selection::Likely, Selection::Everything] {
                let seen = run_with(&MisplacedRecord, &text, &RuleSettings::default(), selection);
                assert_eq!(seen.len(), 1, "{text}{seen:?}");
                assert_eq!(seen[0].finding.message, "this looks like a record whose fields are the items of a list");
                let file = crate::record::read(
                    text.clone().into_bytes(),
                    &crate::yaml::Limits::default(),
                    &FieldNames::default(),
                    &crate::playbook::Playbook::built_in(),
                    selection,
                );
                assert_eq!(file.records.len(), 0, "{text}");
            }
        }
        left_alone(&["- note: a\n- note: b\n- note: c\n", "- {customer: C, note: a}\n- {workload: T, note: b}\n"]);
    }

    #[test]
    fn the_help_for_entitlements_fits_their_place() {
        let help = |text: &str| run(&MisplacedRecord, text)[0].finding.help.clone().unwrap_or_default();
        let record = "{workload: Teams, status: Blocked, note: Customer has no intent.}";
        for text in [
            format!("customers:\n- customer: C\n  entitlements:\n  - {record}\n"),
            format!("x: {{y: {{customer: C, entitlements: [{record}]}}}}\n"),
            format!("- name: x\n  all:\n    customer: C\n    entitlements: [{record}]\n"),
        ] {
            assert!(
                help(&text)
                    .starts_with("Move `customer` with its `entitlements` to the start of the file, or of a document"),
                "{text}{}",
                help(&text)
            );
        }
        let renamed = help("customer: A\nentitlements:\n  - Workload: Teams\n    Note: x\n");
        assert!(renamed.starts_with("Write `workload` in place of `Workload`"), "{renamed}");
        for text in [
            format!("customer: A\nentitlements:\n  Teams: {record}\n"),
            format!("customer: A\nentitlements:\n  items:\n  - {record}\n"),
            format!("customer: A\nentitlements: {record}\n"),
        ] {
            assert!(help(&text).starts_with("Make the records under `entitlements` a list"), "{text}{}", help(&text));
        }
    }

    #[test]
    fn a_slip_in_the_configuration_is_thought_of() {
        let mut fields = FieldNames::default();
        assert!(fields.rename("customer", "custt".to_owned()) && fields.rename("note", "nt".to_owned()));
        let settings = RuleSettings { fields, ..RuleSettings::default() };
        let text = "x: {cust: A, workload: Teams, status: Blocked, nt: Customer has no intent.}\n";
        let seen = run_with(&MisplacedRecord, text, &settings, Selection::Likely);
        let help = seen[0].finding.help.clone().unwrap_or_default();
        assert!(
            help.contains(
                "Write `custt` in place of `cust`. If all notes use `cust`, correct `customer: custt` under `fields` in \
                 notegate.yaml instead."
            ),
            "{help}"
        );
    }

    #[test]
    fn a_workload_that_is_a_load_makes_no_record() {
        let records = |text: &str| {
            let file = crate::record::read(
                text.as_bytes().to_vec(),
                &crate::yaml::Limits::default(),
                &FieldNames::default(),
                &crate::playbook::Playbook::built_in(),
                Selection::Likely,
            );
            file.records.len()
        };
        assert_eq!(records("- {name: Sam, workload: high, status: Blocked}\n"), 0);
        assert_eq!(records("- {person: Sam, workload: 80, status: In Progress}\n"), 0);
        assert_eq!(records("- {name: Sam, workload: Teams, status: Blocked}\n"), 1);
        assert_eq!(records("- {workload: Own App, status: Blocked, owner: Sam}\n"), 1);
        assert_eq!(records("- {customer: A, id: 5, workload: Own App, status: Blocked}\n"), 1);
        assert_eq!(records("- {id: 5, workload: Own App, status: Blocked, note: x}\n"), 1);
    }
}
