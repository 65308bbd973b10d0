//! What looks like a record, what does not, and what is said about it.

use super::*;
use crate::record::{FieldNames, Selection};
use crate::rules::RuleSettings;
use crate::rules::testing::{Seen, places, run, run_with};

fn only(text: &str) -> Seen {
    let mut seen = run(&MisplacedRecord, text);
    assert_eq!(seen.len(), 1, "{text}{seen:?}");
    seen.remove(0)
}

fn is_reported(text: &str) -> bool {
    !run(&MisplacedRecord, text).is_empty()
}

#[test]
fn keys_in_another_style_are_named_with_the_right_ones() {
    let seen = only(META.examples.bad.text);
    assert_eq!(seen.at, (1, 1));
    assert_eq!(
        seen.finding.message,
        "this looks like a record, but `Customer`, `Workload`, `Status` and `Note` are not the keys of fields"
    );
    assert_eq!(
        seen.finding.help.unwrap(),
        "Write `customer` in place of `Customer`, `workload` in place of `Workload`, `status` in place of `Status` \
         and `note` in place of `Note`. If it is not a record, list the file under `exclude` in notegate.yaml."
    );
    assert_eq!(places(&MisplacedRecord, META.examples.good.text), []);
}

#[test]
fn other_case_spelling_width_and_alphabet() {
    for text in [
        "NOTE: Customer has no intent.\n",
        "Note: Customer has no intent.\nCustomer: Litware\n",
        "customer: Litware\nnotes: Customer has no intent.\n",
        "customer: Litware\nnotes: TBD\n",
        "customer: Litware\nNote:\n",
        "Workload: Teams\nStatus: whatever\n",
        "CUSTOMER: Litware\nWORKLOAD: Teams\nSTATUS: BLOCKED\nNOTE: x\n",
        "custmer: Litware\nworklod: Teams\nstaus: Blocked\nnoet: Customer has no intent.\n",
        "Custmer: Litware\nNote: x\n",
        "customer: Litware\nnte: Customer has no intent.\n",
        "customer: Litware\n\u{43d}ote: x\nno\u{442}e: x\n",
        "\u{441}ustomer: Litware\nn\u{43e}te: x\n",
        "ｃｕｓｔｏｍｅｒ: Litware\nｎｏｔｅ: x\n",
        "cust\u{200b}omer: Litware\n\"no\u{ad}te\": x\n",
        "Refresh Summary:\n  - {date: 2020-03-27}\nowner: x\n",
        "refreshSummary: []\nowner: x\n",
        "refesh_summary: []\nowner: x\n",
        "\"customer \": Litware\n\"note:\": x\n",
        "- Customer: Litware\n  Note: x\n- Customer: Fabrikam\n  Note: y\n",
        "a: b\n---\nCustomer: Litware\nNote: x\n",
        "{customer:Litware, note:bad}\n",
        "? Customer\n: Litware\n? Note\n: x\n",
        "!!map {Customer: Litware, Note: x}\n",
    ] {
        assert!(is_reported(text), "{text}");
    }
}

#[test]
fn letters_of_another_alphabet_are_said_to_be_that() {
    let help = only("\u{441}ustomer: Litware\nn\u{43e}te: x\n").finding.help.unwrap();
    assert!(help.contains("Retype the keys: letters of other alphabets may look the same."), "{help}");
}

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
fn tables() {
    for text in [
        "columns: [customer, workload, status, note]\nrows:\n  - [Contoso, Teams, Blocked, Customer will not deploy]\n",
        "header: [Customer, Workload, Status, Note]\ndata:\n  - [Contoso, Teams, TBD, TBD]\n",
        "rows:\n  - [Contoso, Customer will not deploy, Teams]\ncolumns: [customer, note, workload]\n",
        "- [customer, workload, status, note]\n- [Contoso, Teams, Blocked, x]\n",
        "x:\n  - [id, customerName, workload, status, statusNote]\n  - [1, Contoso, Own, Blocked, x]\n  - [2, B, Own, x, x]\n",
        "|\n  customer,workload,status,note\n  Contoso,Teams,Blocked,x\n",
        "export: |\n  | Customer | Workload | Status | Note |\n  |---|---|---|---|\n  | Contoso | Teams | Blocked | x |\n",
        "|\n  customer;workload;note\n  Contoso;Own;Customer will not deploy\n",
        "data: |\n  Entitlements in May\n\n  customer,workload,status,note\n  Contoso,Teams,Blocked,x\n",
        "data: |\n  # by Sam, Li and Bo\n  customer\tworkload\tnote\n  Contoso\tOwn\tCustomer will not deploy\n",
        "data: >\n  customer,workload,status,note\n  Contoso,Teams,Blocked,x\n",
        "customer,workload,status,note\nContoso,Teams,Blocked,x\n",
        "data: \"customer;workload;note Contoso;Own;Customer will not deploy\"\n",
        "data: |\n  customer   workload  status   note\n  Contoso    Teams     Blocked  x\n",
        "rows:\n- customer,workload,status,note\n- Contoso,Teams,Blocked,x\n",
        "- client;product;state;comment\n- Contoso;Teams;Blocked;x\n",
        "export: \"client,product,state,comment\\nContoso,Teams,Blocked,Customer will not deploy\"\n",
    ] {
        let seen = only(text);
        assert_eq!(seen.finding.message, "this looks like a table of records, and tables are not read", "{text}");
    }
    for text in [
        "columns: [id, customer, status, note]\nsort: customer\n",
        "columns: [customer, workload, status, note]\n",
        "columns: [customer, workload, status, note]\nrows: 20\n",
        "header: [id, customer, status]\nrows: [[1, Jane, shipped]]\n",
        "header: [id, customer, status, note]\nrows: [[1, Jane, shipped, Leave it at the door]]\n",
        "- [customer, workload, status, note]\n- [Customer, Workload, Status, Note]\n",
        "- [1, 2, 3]\n- [4, 5, 6]\n",
        "select: customer, workload, status, note\n",
        "select: customer, workload, status, note from records\n",
        "help: |\n  Give customer, workload, status, note.\n  Each of them, once, in words, please.\n",
        "keys:\n- customer, workload, note\n- status, date, waivers\n",
        "run: |\n  echo customer, status, note\n  echo done, and more, and more\n",
    ] {
        assert!(!is_reported(text), "{text}");
    }
}

#[test]
fn keys_with_a_word_more_are_named_with_the_right_ones() {
    let seen = only("customerName: A\nworkload_name: Own\nstatus: Blocked\nstatus-note: x\n");
    assert!(
        seen.finding.help.unwrap().starts_with(
            "Write `customer` in place of `customerName`, `workload` in place of `workload_name` and `note` in place of `status-note`."
        )
    );
    for text in [
        "customer name: A\nworkload name: Own\nstatus note: Customer will not deploy\n",
        "customer_name: A\nworkload_name: Teams\nnote_text: x\n",
        "customer: A\nworkload: Own\nstatus_note: x\n",
        "customerName: A\nworkloadName: Own\nentitlementStatus: Blocked\n statusNote: x\n"
            .replace("\n s", "\ns")
            .as_str(),
        "records:\n  - {customerName: A, workloadName: Own, status: Blocked, statusNote: x}\n",
    ] {
        assert!(is_reported(text), "{text}");
    }
    for text in [
        "customerName: Jane Doe\norderStatus: shipped\ncustomerNote: ring twice please\n",
        "customer_name: Customer name\nstatus_note: Status note\nworkload_name: Workload\n",
        "customerName: Jane Doe\nstatus: shipped\nnotes: ring twice please\ntotal: 5\n",
        "customer_name: Jane\nstatus: paid\nnote: Thank you for your order\ntotal: 5\n",
    ] {
        assert!(!is_reported(text), "{text}");
    }
}

#[test]
fn a_misspelt_list_of_entitlements_names_the_right_key() {
    for key in ["entitlments", "Entitlements", "ENTITLEMENTS", "entitlement", "entit\u{435}lements"] {
        let seen = only(&format!("customer: A\n{key}:\n  - {{workload: Teams, note: x}}\n  - {{note: y}}\n"));
        assert_eq!(seen.at, (2, 1), "{key}");
        assert_eq!(
            seen.finding.message,
            format!(
                "the records under `{key}` are not read, because the key must be `entitlements` (and 1 more like it)"
            )
        );
    }
}

#[test]
fn records_in_texts_and_spread_over_lists() {
    for text in [
        "|\n  Customer: Litware\n  Workload: Teams\n  Status: Blocked\n  Note: Customer has no intent.\n",
        "customer:Litware\nworkload:Teams\nstatus:Blocked\nnote:bad\n",
        "customer:Litware note:bad\n",
        "customer = Litware\nnote = bad\n",
        "Customer：Litware\nNote：bad\n",
        "\"Customer: Litware\\nNote: Customer has no intent.\"\n",
        "body: |\n  Customer: Litware\n  Status: Blocked\n  Note: Customer has no intent.\n",
        "- customer:Litware\n- workload:Teams\n- note:bad\n",
        "- Customer: Litware\n- Workload: Teams\n- Note: bad\n",
        "record:\n  - Customer: Litware\n  - Workload: Teams\n  - Status: Blocked\n  - Note: bad\n",
    ] {
        assert_eq!(run(&MisplacedRecord, text).len(), 1, "{text}");
    }
}

#[test]
fn records_in_pairs_plurals_and_under_names() {
    for text in [
        "customers: [{name: L, workloads: [{name: Yammer, status: No Intent, note: Customer will not use it.}]}]\n",
        "customers:\n  - name: L\n    workloads:\n      - {name: Own App, status: Blocked, note: Customer cannot use it.}\n",
        "workloads: [{name: Teams, note: TBD}]\n",
        "x: {workloads: [{Name: Intune, status: Blocked, note: x}]}\n",
        "customers: L\nworkloads: Yammer\nstatuses: No Intent\nnotes: Customer will not use it.\n",
        "Customers: [L]\nWorkloads: [Yammer]\nStatuses: [No Intent]\nNotes: [Customer will not use it.]\n",
        "workloads: Yammer\nstatuses: Blocked\nnotes: x\n",
        "x: {customers: L, workloads: Yammer, statuses: No Intent, notes: Customer will not use it.}\n",
        "- [customer, L]\n- [workload, Yammer]\n- [status, No Intent]\n- [note, Customer will not use it.]\n",
        "record: [[customer, L], [workload, Yammer], [status, No Intent], [note, x]]\n",
        "- {key: customer, value: L}\n- {key: workload, value: Yammer}\n- {key: note, value: x}\n",
        "fields:\n  - {name: Workload, value: Yammer}\n  - {name: Status, value: Blocked}\n  - {value: x, name: Note}\n",
        "record: |\n  customer: L\n  workload: Yammer\n  note: Customer will not use it.\n",
        "records:\n- fields:\n  - field: {name: customer, value: L}\n  - field: {name: workload, value: Yammer}\n  - field: {name: note, value: x}\n",
        "- {id: 1, name: customer, value: L}\n- {id: 2, name: workload, value: Yammer}\n- {id: 3, name: note, value: x}\n",
        "x: {a: {name: customer, value: L}, b: {name: workload, value: Yammer}, c: {name: note, value: x}}\n",
        "x: [{name: {text: customer}, value: {text: L}}, {name: {text: workload}, value: {text: Yammer}}, {name: note, value: x}]\n",
        "x: {y: [{z: {field: workload, value: Yammer, type: text}}, {z: {field: status, value: Blocked, type: text}}, {z: {field: note, value: x, type: text}}]}\n",
        "- {question: Customer, answer: L}\n- {question: Workload, answer: Yammer}\n- {question: Note, answer: x}\n",
        "values: [{title: Client, value: L}, {title: Product, value: Yammer}, {title: Comment, value: Customer will not use it.}]\n",
        "record: |\n  customer: L\n  workload: Own\n  status: Blocked\n",
        "record: |\n  workload: Yammer\n  status: TBD\n  note: TBD\n",
    ] {
        assert_eq!(run(&MisplacedRecord, text).len(), 1, "{text}{:?}", run(&MisplacedRecord, text));
    }
    for text in [
        "workloads: [{name: api, replicas: 3, note: needs the new cluster first}]\n",
        "workloads: [{name: api, status: Running, note: needs the new cluster first}]\n",
        "customers: [{name: Jane, status: active, note: Leave it at the door}]\n",
        "env: [{name: STATUS, value: ok}, {name: NOTE, value: some text of it}]\n",
        "env: [{name: PRODUCT, value: teams}, {name: STAGE, value: prod}, {name: COMMENT, value: built by a nightly job}]\n",
        "form: [{type: input, label: Customer, value: ''}, {type: input, label: Workload, value: ''}, {type: area, label: Note, value: ''}]\n",
        "x: {a: {name: status, value: ok}, b: {name: note, value: some text of it}}\n",
        "- [customer, workload]\n- [note, status]\n",
        "links: [[note, https://example.com], [status, https://example.com]]\n",
        "customers: 5\nstatuses: [a, b]\nnotes: three per page at most\n",
        "statuses: {open: Open, closed: Closed}\nnotes: x\n",
        "description: |\n  Customer: who pays.\n  Workload: what runs.\n  Note: anything else that helps.\n",
    ] {
        assert!(!is_reported(text), "{text}{:?}", run(&MisplacedRecord, text));
    }
}

#[test]
fn single_words_of_other_files_are_left_alone() {
    for text in [
        "Note: generated, do not edit\nimage: web\n",
        "NOTE: see the wiki first\nversion: 2\nservices: {}\n",
        "name: x\nversion: 1.0.0\nstatus: active\nnotes: needs a review by two people\n",
        "Status: accepted\nNotes: supersedes 12 and 13\nTitle: x\n",
        "customer: acme\nreplicas: 3\n",
        "customer: acme\nworkload: web\nreplicas: 3\n",
        "customer: acme\nstatus: active\n",
        "Customer: Jane\nStatus: paid\nAmount: 120.50\nNote: Payable within 30 days.\n",
        "Customer: Jane\nStatus: paid\nDate: 2026-01-01\nNote: Payable within 30 days.\n",
        "custom: x\nnode: 18 or later please\nstats: true\nstatus: ok\n",
        "customers: 5\nnotes: three per page at most\n",
        "workloads: [a, b]\nnotes: nothing to add here\n",
        "tags: {Customer: Acme, Workload: web, Status: active}\n",
        "labels: {customer: acme, workload: web}\n",
        "en:\n  order: {customer: Customer, workload: Workload, status: Status, note: Note}\n",
        "fields: {customer: account, workload: product, status: state, note: comment}\n",
        "columns: {customer: string, workload: string, status: string, note: text}\n",
        "properties:\n  customer: {type: string}\n  status: {type: string}\n  note: {type: string}\n",
        "orders:\n  - {id: 1, customer: Jane, status: shipped, note: Leave it at the door}\n",
        "tasks:\n  - {title: x, status: in progress, notes: waiting for the review of Sam}\n",
        "roadmap:\n  - {feature: x, status: In Progress, note: part of the next release}\n",
        "entitlements: {path: App.entitlements, properties: {com.apple.security: true}}\n",
        "entitlements:\n  - Teams\n  - Intune\n",
        "customer: A\nentitlements: {teams: 20, intune: 5}\n",
        "run: |\n  echo \"Status: done\"\n  echo \"Note: nothing\"\n",
        "description: |\n  Customer: who pays.\n  Status: where it is.\n",
        "url: https://example.com/?customer=1&status=2&note=3\n",
        "just a text with a note: in it\n",
    ] {
        let text = text.replace("just a text with a note: in it", "\"just a text with a note: in it\"");
        assert!(!is_reported(&text), "{text}{:?}", run(&MisplacedRecord, &text));
    }
}

#[test]
fn a_team_may_keep_what_it_likes_in_its_records() {
    for text in [
        "note: a\nNotes: b\nCustomer: c\n",
        "customer: A\nworkload: X\nnote: a\nhistory:\n  - {status: Blocked, note: it was blocked then}\n",
        "customer: A\nworkload: X\nnote: a\nhistory:\n  - {status: Blocked, workload: X}\n",
        "customer: A\nworkload: Teams\nstatus: Blocked\nnote: a\nhistory: [{status: Blocked, workload: Teams, note: TBD}]\n",
        "customer: A\nworkload: Teams\nnote: a\nprevious: {customer: A, workload: Teams, status: Blocked, note: it was so}\n",
        "customer: A\nworkload: Teams\nnote: a\nprevious: {customer: a, workload: teams, status: No Intent, note: b}\n",
        "customer: A\nworkload: Teams\nnote: a\nlog: {refresh_summary: [{date: 2020-01-01}]}\n",
        "customer: A\nentitlements:\n  - {workload: Teams, note: a, was: {workload: Teams, status: Blocked, note: b}}\n",
        "note: a\nstatus: Blocked\nhistory: [{status: Blocked, workload: Teams}]\n",
        "customer: A\nworkload: X\nnote: a\nlicence: {customer: A, sku: E3}\n",
        "customer: A\nentitlements:\n  - {workload: X, note: a, contacts: [{name: B, note: met her in May}]}\n",
    ] {
        assert!(!is_reported(text), "{text}");
    }
    for text in [
        "customer: A\nworkload: Teams\nnote: a\nnext: {customer: B, workload: Teams, status: Blocked, note: x}\n",
        "customer: A\nworkload: Teams\nnote: a\nnext: {customer: A, workload: Intune, status: Blocked, note: x}\n",
        "customer: A\nnote: a\nworkloads: [{workload: Intune, status: Blocked, note: x}]\n",
    ] {
        assert!(is_reported(text), "{text}");
    }
}

#[test]
fn labels_that_repeat_their_keys() {
    let labels =
        "{customer: Customer, workload: Workload, status: Status, note: Note, refresh_summary: Refresh summary}";
    for text in [
        format!("en: {labels}\n"),
        format!("en:\n  form: {labels}\n"),
        format!("{labels}\n"),
        format!("- {labels}\n"),
        "refresh_summary: Refresh Summary\nnote: Note\n".to_owned(),
        "Status: STATUS\nNote: note\nWorkload: workload\n".to_owned(),
        "en: {refresh_summary: refresh-summary}\n".to_owned(),
        "en: {customerName: Customer name, statusNote: Status note, refreshSummary: Refresh Summary}\n".to_owned(),
    ] {
        assert!(!is_reported(&text), "{text}");
        let read = crate::record::read(
            text.clone().into_bytes(),
            &crate::yaml::Limits::default(),
            &FieldNames::default(),
            &crate::playbook::Playbook::built_in(),
            Selection::Likely,
        );
        assert!(read.records.is_empty(), "{text}");
    }
    for text in [
        "x: {customer: Contoso, workload: Teams, status: Blocked, note: Customer has no intent.}\n",
        "x: {refresh_summary: [{date: 2020-03-27}]}\n",
        "Customer: Customer\nWorkload: Teams\nStatus: Blocked\nNote: x\n",
    ] {
        assert!(is_reported(text), "{text}");
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

#[test]
fn the_names_of_the_configuration_count() {
    let mut fields = FieldNames::default();
    for (known, key) in [("customer", "account"), ("workload", "product"), ("status", "state"), ("note", "comment")] {
        assert!(fields.rename(known, key.to_owned()));
    }
    let settings = RuleSettings { fields, ..RuleSettings::default() };
    let messages = |text: &str| -> Vec<String> {
        let seen = run_with(&MisplacedRecord, text, &settings, Selection::Likely);
        seen.into_iter().map(|seen| seen.finding.help.unwrap()).collect()
    };
    assert!(messages("Account: A\nComment: x\n")[0].starts_with("Write `account` in place of `Account` and `comment`"));
    assert!(messages("customer: A\nnote: x\n")[0].starts_with("Write `account` in place of `customer` and `comment`"));
    assert_eq!(messages("account: A\ncomment: x\n"), [] as [&str; 0]);
}

#[test]
fn a_hostile_key_is_quoted_in_part() {
    let key = format!("no{}te", "\u{200b}".repeat(30));
    let seen = only(&format!("customer: A\n\"{key}\": x\n"));
    assert!(seen.finding.message.chars().count() < 140, "{}", seen.finding.message);
}
