//! Files of other kinds, which are left alone.

use super::*;

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
fn orders_and_contacts_are_no_records() {
    let read = |text: &str| {
        let (names, playbook) = (FieldNames::default(), crate::playbook::Playbook::built_in());
        let limits = crate::yaml::Limits::default();
        crate::record::read(text.as_bytes().to_vec(), &limits, &names, &playbook, Selection::Likely).records.len()
    };
    for text in [
        "customer: Jane\nphone: 5\nstreet: x\nnote: Leave it at the door\n",
        "- {id: 1, customer: Jane, email: j@example.com, city: Lyon, note: prefers to be called}\n",
        "customer: Acme\norderNo: 5\ntotalAmount: 20.5\nnote: Payable within 30 days.\n",
        "customer: Jane\ninvoice_id: 7\nvat: 20\nnote: ''\n",
    ] {
        assert!(!is_reported(text), "{text}");
        assert_eq!(read(text), 0, "{text}");
    }
    for text in [
        "customer: Contoso\nregion: EMEA\nseats: 5\ncsm: Sam\nsegment: x\nnote: Various internal issues.\n",
        "customer: Contoso\nphone: 5\nstreet: x\nnote: Customer has no intent.\n",
        "customer: Contoso\nphone: 5\nstreet: x\nnote: Will not deploy Teams because of the PBX.\n",
        "customer: Contoso\nphone: 5\nstreet: x\nworkload: Own App\nnote: x\n",
        "customer: Contoso\nphone: 5\nstreet: x\nstatus: Blocked\nnote: x\n",
        "customer: Contoso\nphone: 5\nnote: Leave it at the door\n",
    ] {
        assert_eq!(read(text), 1, "{text}");
    }
}

#[test]
fn what_becomes_of_work_is_no_note() {
    for text in [
        "jobs: {build: {status: Blocked, note: x}}\n",
        "jobs: {deploy: {status: In Progress, note: waits for the approval}}\n",
        "tasks: {one: {status: Blocked, notes: waiting for the review of Sam}}\n",
        "pipeline:\n  stages:\n    test: {status: Blocked, note: the runner is down}\n",
        "issues: {GH-12: {status: In Progress, note: needs a design first}}\n",
        "milestones: {v2: {status: Blocked, note: TBD}}\n",
        "steps: {lint: {status: blocked, note: ''}}\n",
    ] {
        assert!(!is_reported(text), "{text}{:?}", run(&MisplacedRecord, text));
    }
    for text in [
        "jobs: {teams-rollout: {status: Blocked, note: x}}\n",
        "tasks: {one: {customer: Contoso, status: Blocked, note: x}}\n",
        "tasks: {one: {workload: Teams, status: Blocked, note: x}}\n",
        "tasks: {one: {status: No Intent, note: x}}\n",
        "jobs: {one: {status: Blocked, note: Customer has no intent.}}\n",
    ] {
        assert!(is_reported(text), "{text}");
    }
}
