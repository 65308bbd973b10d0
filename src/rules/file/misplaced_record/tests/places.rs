//! Records where none are read.

use super::*;

#[test]
fn a_list_of_likenesses_is_reported_once() {
    let text = "- Customer: A\n  Note: x\n- Customer: B\n  Note: y\n- Customer: C\n  Note: z\n";
    let seen = only(text);
    assert_eq!(seen.at, (1, 3));
    assert!(seen.finding.message.ends_with("are not the keys of fields (and 2 more like it)"));
}

#[test]
fn a_likeness_beside_records_is_reported_too() {
    let text = "- note: a\n- Note: b\n";
    assert_eq!(places(&MisplacedRecord, text), [(2, 3)]);
    let text = "customer: A\nnote: a\nother:\n  - {customer: B, workload: Teams, status: Blocked, note: b}\n";
    assert_eq!(places(&MisplacedRecord, text), [(4, 5)]);
}

#[test]
fn records_where_none_are_read() {
    let record = "{customer: Litware, workload: Teams, status: Blocked, note: Customer has no intent.}";
    for text in [
        format!("records:\n  - {record}\n"),
        format!("risks:\n  register:\n    - {record}\n"),
        format!("LIT-1: {record}\nLIT-2: {record}\n"),
        format!("data: {record}\n"),
        format!("- items:\n    - {record}\n"),
        format!("- - {record}\n"),
        format!("a: {{b: {{c: {{d: {{e: [[{record}]]}}}}}}}}\n"),
        format!("title: x\nentitlement_notes:\n  - {record}\n"),
        "Litware:\n  Teams:\n    status: Blocked\n    note: Customer has no intent.\n".to_owned(),
        "Litware:\n  - workload: Teams\n    status: Blocked\n    note: TBD\n".to_owned(),
        "notes:\n  - customer: Litware\n    note: Customer has no intent.\n".to_owned(),
        "records:\n  - Customer: Litware\n    Workload: Teams\n    Note: Customer has no intent.\n".to_owned(),
        "records:\n  - {custmer: Litware, Workload: Teams, staus: Blocked, nte: x}\n".to_owned(),
        "record:\n  {customer: Litware, workload: Teams, status: Blockd, note: TBD}\n".to_owned(),
        "x:\n  refresh_summary:\n    - {date: 2020-03-27, who_changed: A, what_changed: b}\n".to_owned(),
        format!("base: &b {record}\nx: *b\n"),
    ] {
        assert_eq!(run(&MisplacedRecord, &text).len(), 1, "{text}");
    }
    let seen = only(&format!("risks:\n  - {record}\n  - {record}\n"));
    assert_eq!(seen.at, (2, 5));
    assert_eq!(
        seen.finding.message,
        "this looks like a record, but no records are read under `risks` (and 1 more like it)"
    );
    let help = seen.finding.help.unwrap();
    assert!(help.starts_with("Write it at the start of the file, as an item of a list there, or"), "{help}");
}

#[test]
fn entitlements_that_are_no_list() {
    for text in [
        "customer: A\nentitlements:\n  Teams:\n    status: Blocked\n    note: x\n",
        "customer: A\nentitlements:\n  Teams: {note: x}\n  Intune: {note: x}\n",
        "customer: A\nentitlements:\n  workload: Teams\n  status: Blocked\n  note: x\n",
        "customer: A\nentitlements:\n  items:\n    - {workload: Teams, note: x}\n",
        "customer: A\nentitlements:\n  - Workload: Teams\n    Note: x\n",
    ] {
        let seen = only(text);
        assert!(seen.finding.message.starts_with("this record under"), "{text}{}", seen.finding.message);
    }
}

#[test]
fn entitlements_that_are_single_values() {
    for (entitlements, found) in [
        ("Teams is blocked by the SBC", "a single value"),
        ("Teams", "a single value"),
        ("|\n  Teams: Blocked\n  Intune: No Intent", "a single value"),
        ("\n- Teams\n- Intune", "a list of single values"),
        ("[Teams, Intune]", "a list of single values"),
        ("[Customer will not deploy Teams]", "a list of single values"),
        ("{Teams: Blocked}", "single values under keys"),
        ("{Teams: Customer will not deploy because of the PBX}", "single values under keys"),
    ] {
        for customer in ["customer: A", "Customer: A\nowner: B"] {
            let text = format!("{customer}\nentitlements: {entitlements}\n");
            let seen = only(&text);
            assert_eq!(
                seen.finding.message,
                format!("`entitlements` must be a list of records, found {found}"),
                "{text}"
            );
            assert_eq!(seen.at.1, 1, "at the key");
            let help = seen.finding.help.unwrap();
            assert!(
                help.starts_with("Begin each record under `entitlements` with `- `, and give it its own `workload`, `status`, `note` and `refresh_summary`."),
                "{help}"
            );
        }
    }
    for text in [
        "customer: A\nregion: B\nentitlements: Teams is blocked by the SBC\n",
        "customer: A\nregion: B\nentitlements: [Teams, Intune]\n",
        "customer: A\nregion: B\nentitlement: Blocked\n",
        "customers:\n  - {customer: A, entitlements: [Teams]}\n",
        "- {customer: A, entitlements: Blocked}\n- {customer: B, entitlements: Teams}\n",
        "customer: A\nstatus: Blocked\nentitlements: [E3, E5]\n",
        "customer: A\nworkload: Teams\nentitlements:\n",
    ] {
        assert!(is_reported(text), "{text}");
    }
    for text in [
        "plan: pro\nentitlements: 5\n",
        "plan: pro\nentitlements: [sso, audit-log]\n",
        "plan: pro\ncustomer: acme\nentitlements: [sso, audit-log]\n",
        "plan: pro\ncustomer: acme\nentitlements: 5\n",
        "customer: Contoso\nentitlements: [E3, E5]\n",
        "customer: Contoso\nentitlements: E5\n",
        "customer: Contoso\nentitlements: 5\n",
        "customer: Contoso\nentitlements:\n",
        "customer: Contoso\nentitlements: [Microsoft 365 E5, Office 365 Enterprise E3, F1]\n",
        "customer: Contoso\nowner: Sam\nentitlements: {base: E5, add-on: P2}\n",
        "- {customer: A, entitlements: 5}\n- {customer: B, entitlements: E3}\n",
        "customer: Contoso\nstatus: active\nentitlements: [E3]\n",
        "customer: acme\nentitlements: []\n",
        "customer: acme\nentitlements: {seats: 20}\n",
        "entitlements: [Teams, Intune]\n",
    ] {
        assert!(!is_reported(text), "{text}");
    }
}

#[test]
fn records_kept_under_a_key_with_nothing_in_them_yet() {
    for text in [
        "Contoso:\n  Teams:\n    status: TBD\n    note: TBD\n",
        "Contoso:\n  Teams: {status: , note: }\n",
        "Contoso:\n  Exchange Online: {status: on hold, note: waiting}\n",
        "Contoso: {workload: Teams, status: , note: }\n",
        "Contoso: {workload: Teams, status: unknown, note: n/a}\n",
        "Contoso: {workload: Teams, note: '-'}\n",
        "Contoso: {workload: Teams, status: TBD}\n",
        "Contoso:\n  - {workload: Teams, note: TBD}\n  - {workload: Intune, note: TBD}\n",
        "CT-1: {customer: Contoso, workload: Something Own, status: TBD, note: TBD}\n",
        "CT-1: {customer: Contoso, workload: Something Own, note: '?'}\n",
        "ids: {CT-1: {customer: Contoso, workload: Teams, status: , note: }}\n",
    ] {
        assert_eq!(run(&MisplacedRecord, text).len(), 1, "{text}");
    }
    for text in [
        "web: {workload: api, replicas: 3, note: ''}\n",
        "a: {status: todo, note: TBD}\n",
        "orders: [{customer: Jane, status: TBD, note: TBD}]\n",
        "en: {customer: Customer, workload: Workload, status: Status, note: Note}\n",
        "en: {customer: Customer, note: Please tell us more about it, status: Blocked}\n",
        "teams: {status: active, members: 5}\n",
        "Teams: {url: https://example.com, note: internal}\n",
    ] {
        assert!(!is_reported(text), "{text}");
    }
}

#[test]
fn under_include_one_key_is_enough() {
    let included = |text: &str| run_with(&MisplacedRecord, text, &RuleSettings::default(), Selection::Everything).len();
    assert_eq!(included("Note: generated, do not edit\nimage: web\n"), 1);
    assert_eq!(included("notes: x\n"), 1);
    assert_eq!(included("customer:Litware\nnote:bad\n"), 1);
    assert_eq!(included("image: web\n"), 0);
    assert_eq!(included("a text\n"), 0);
}
