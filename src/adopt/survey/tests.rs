//! What a look at a file finds.

use super::*;
use crate::record::FieldNames;

/// What `work` makes of a look at some files.
pub(in crate::adopt) fn with_surveys<T>(
    files: &[(&str, &str)],
    work: impl FnOnce(&[FileSurvey], &KeyMeanings<'_>) -> T,
) -> T {
    let (names, playbook, limits) = (FieldNames::default(), Playbook::built_in(), Limits::default());
    let surveyor = Surveyor {
        meanings: KeyMeanings::new(&names),
        playbook: &playbook,
        limits: &limits,
        found: FoundKeys::default(),
    };
    let look = |(path, text): &(&str, &str)| surveyor.look(NotePath::from_bytes(*path), text.as_bytes().to_vec());
    work(&files.iter().map(look).collect::<Vec<_>>(), &surveyor.meanings)
}

fn survey(text: &str) -> FileSurvey {
    with_surveys(&[("a.yaml", text)], |files, _| files[0].clone())
}

#[test]
fn records_are_counted_in_every_shape_that_is_read() {
    let note = "They will not use it because the firewall drops it";
    for (text, records, others) in [
        (format!("customer: A\nworkload: Teams\nnote: {note}\n"), 1, 0),
        (format!("- {{Kunde: A, Produkt: Teams, Notiz: {note}}}\n- {{Kunde: B, Produkt: X, Notiz: {note}}}\n"), 2, 0),
        (format!("Mandant: A\nDienst: Teams\nAmpel: Blocked\nText: {note}\n"), 1, 0),
        (format!("Konto: A\nprodukte: [{{Produkt: Teams, Stand: Blocked, Text: {note}}}]\n"), 1, 0),
        (format!("--- {{client: A, product: T, comment: {note}}}\n--- {{a: b}}\n"), 1, 1),
        ("services: {web: {image: x}}\n".to_owned(), 0, 1),
        ("name: CI\non: [push]\njobs: {build: {steps: [{name: a, run: b}]}}\n".to_owned(), 0, 1),
        ("note: do not edit\nversion: 2\n".to_owned(), 0, 1),
        (String::new(), 0, 0),
    ] {
        let seen = survey(&text);
        assert_eq!((seen.records.count, seen.others, seen.is_broken), (records, others, false), "{text}");
    }
    assert!(survey("a: [b\n").is_broken && survey("a: \u{0}\n").is_broken);
}

#[test]
fn a_log_is_no_list_of_records() {
    let seen = survey(
        "Kunde: A\nProdukt: Teams\nStatus: Blocked\nNotiz: a b c d e\nVerlauf: [{Datum: 27.03.2020, Wer: Jo, Was: \
         Blocked}]\n",
    );
    assert_eq!(seen.records.count, 1);
    assert!(seen.lists.is_empty());
    let log = &seen.records.keys["Verlauf"];
    assert_eq!((log.lists, log.entries.as_ref().unwrap().keys["Datum"].texts.dates), (1, 1));
}

#[test]
fn what_a_customer_says_counts_for_each_of_its_records() {
    let seen = survey(
        "Konto: A\nRegion: EMEA\nprodukte:\n- {Produkt: Teams, Stand: Blocked, Text: a b c d e}\n- {Produkt: Yammer, \
         Stand: Blocked, Text: a b c d e, Region: APAC}\n",
    );
    assert_eq!((seen.records.count, seen.lists["produkte"]), (2, 2));
    assert_eq!((seen.records.keys["Konto"].count, seen.records.keys["Region"].count), (2, 2));
    assert!(!seen.records.keys.contains_key("produkte"));
}

#[test]
fn what_would_be_inherited_too_often_is_refused() {
    let shared: String = (0..90).map(|at| format!("key{at}: x\n")).collect();
    let item = "- {Produkt: Teams, Stand: Blocked, Text: a b c d e}\n";
    let of = |items: usize| survey(&format!("Konto: A\n{shared}produkte:\n{}", item.repeat(items)));
    let (few, many) = (of(5), of(6_000));
    assert_eq!((few.records.count, few.is_broken), (5, false));
    assert_eq!((many.records.count, many.is_broken), (0, true));
    assert_eq!(start_of(&format!("  {}ü", "a".repeat(2047))), "a".repeat(2047));
}

#[test]
fn dates_are_known_in_any_form() {
    for yes in ["2020-03-27", "27.03.2020", "3/27/20", "2020-03-27T10:00:00Z", "2020/3/27", "1.2.20 10:00"] {
        assert!(is_date(yes), "{yes}");
    }
    for no in ["", "2020", "1.2.3.4", "1-2", "12345678", "v1.2.20", "2020-03-27-1"] {
        assert!(!is_date(no), "{no}");
    }
}

#[test]
fn fields_a_level_down_are_told() {
    let note = "They will not use it because the firewall drops it";
    for (text, key) in [
        (format!("opportunity: {{customer: A}}\nworkload: Teams\nstatus: Blocked\nnote: {note}\n"), "opportunity"),
        (format!("deal: {{customer: A, workload: Teams, status: Blocked, note: {note}}}\n"), "deal"),
        (format!("Kunde: A\nProdukt: Teams\nStand: {{Status: Blocked, Notiz: {note}}}\n"), "Stand"),
        (format!("- customer: A\n  state: {{status: Blocked}}\n  workload: Teams\n  note: {note}\n"), "state"),
    ] {
        assert_eq!(survey(&text).nested, BTreeMap::from([(key.to_owned(), 1)]), "{text}");
    }
    for text in [
        format!("customer: A\nworkload: Teams\nstatus: Blocked\nnote: {note}\nowner: {{name: Ann, team: B}}\n"),
        format!("customer: A\nworkload: Teams\nstatus: Blocked\nnote: {note}\nlinks: {{customer: https://a}}\n"),
        "services: {web: {image: x}}\n".to_owned(),
        "name: CI\njobs: {build: {status: Blocked, note: do not touch this}}\n".to_owned(),
    ] {
        assert_eq!(survey(&text).nested, BTreeMap::new(), "{text}");
    }
}
