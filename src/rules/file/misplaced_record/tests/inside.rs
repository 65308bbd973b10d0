//! What stands inside a record, or beside its fields, and is not read.

use super::*;

const GOOD: &str = "customer: Fabrikam\nworkload: Intune\nstatus: Blocked\nnote: Fabrikam wants Intune, but the vendor of \
                    its scanners certifies no agent before March.\n";
const P: &str = "Customer cannot deploy right now.";
const N: &str = "Customer has no intent.";

#[test]
fn notes_inside_a_record_that_nobody_reads() {
    for more in [
        format!("workloads: [{{workload: Teams, status: Blocked, note: {P}}}]\n"),
        format!("products: [{{workload: Teams, status: Blocked, note: {P}}}]\n"),
        format!("workloads: [{{status: Blocked, note: {P}}}]\n"),
        format!("products: [{{status: Blocked, note: {P}}}]\n"),
        format!("history: [{{status: Blocked, note: {P}}}]\n"),
        format!("history: [{{status: No Intent, note: {N}}}]\n"),
        format!("other_workloads: {{Teams: {{status: Blocked, note: {P}}}}}\n"),
        "other_workloads: {Teams: {status: Blocked, note: various issues}}\n".to_owned(),
        "other_workloads: {Yammer: {status: No Intent, note: TBD}}\n".to_owned(),
        format!("Teams: {{status: Blocked, note: {P}}}\n"),
        format!("subsidiaries: {{Litware: {{workload: Teams, status: No Intent, note: {N}}}}}\n"),
        format!("subsidiaries: {{Litware: {{status: No Intent, note: {N}}}}}\n"),
        format!("sites: [{{workload: Exchange Online, note: {N}}}]\n"),
        format!("extra: {{deep: {{deeper: [{{workload: Yammer, status: No Intent, note: {N}}}]}}}}\n"),
        format!("Customer: Litware\nWorkload: Teams\nStatus: No Intent\nNote: {N}\n"),
        format!("customer2: Litware\nworkload2: Teams\nstatus2: No Intent\nnote2: {N}\n"),
        format!("client: Litware\nproduct: Teams\nstate: No Intent\ncomment: {N}\n"),
        format!("teams_status: No Intent\nteams_note: {N}\n"),
        "history: [{status: No Intent, note: Fabrikam has no plans for it.}]\n".to_owned(),
        "sites: [{status: Blocked, note: Unable to deploy Intune because of several reasons.}]\n".to_owned(),
        format!("Note: {P}\n"),
        format!("NOTE: {P}\n"),
    ] {
        reported(&[
            &format!("{GOOD}{more}"),
            &format!("- {}\n", format!("{GOOD}{more}").trim_end().replace('\n', "\n  ")),
        ]);
    }
}

#[test]
fn notes_around_entitlements_that_nobody_reads() {
    let item = "{workload: Intune, status: Blocked, note: The vendor of its scanners certifies no agent before March.";
    reported(&[
        &format!("customer: F\nworkload: Teams\nstatus: Blocked\nnote: {P}\nentitlements:\n- {item}}}\n"),
        &format!("customer: F\nstatus: Blocked\nnote: {P}\nentitlements:\n- {item}}}\n- {item}}}\n"),
        &format!("customer: F\nentitlements:\n- {item}, subs: [{{workload: Teams, status: Blocked, note: {P}}}]}}\n"),
        &format!("customer: F\nentitlements:\n- {item}, subs: [{{status: Blocked, note: {P}}}]}}\n"),
        &format!("customer: F\nentitlements:\n- {item}, Note: {P}}}\n"),
    ]);
    left_alone(&[
        &format!("customer: F\nnote: the customer of the north\nentitlements:\n- {item}}}\n"),
        &format!("customer: F\nstatus: Blocked\nnote: {P}\nentitlements:\n- {{workload: Intune}}\n- {item}}}\n"),
    ]);
}

#[test]
fn what_teams_keep_in_their_records() {
    for more in [
        "comment: met in May",
        "comment: Customer cannot be reached on Fridays.",
        "comments: [{by: Sam, text: asked for the date}]",
        "remarks: |\n  The customer likes short mails.\n  Call before noon.",
        "contacts: [{name: Dana, phone: 12345}]",
        "contacts: [{name: Dana, role: CIO, note: prefers to be called}]",
        "contacts: {primary: {name: Dana, email: dana@example.com}}",
        "links: [https://example.com/a, https://example.com/b]",
        "links: {crm: https://example.com/1, ticket: https://example.com/2}",
        "history: [{date: 2026-05-04, text: Customer asked for a workshop.}]",
        "history: [{date: 2026-05-04, change: moved to Blocked}]",
        "history:\n- 2026-05-04 Customer cannot deploy yet\n- 2026-06-04 asked again",
        "history: [{status: Blocked, note: it was blocked then}]",
        "history: [{date: 2026-05-04, status: Blocked, note: Customer waited for the works council.}]",
        "previous: {workload: Intune, status: Blocked, note: b}",
        "tags: [teams, blocked, emea]",
        "region: EMEA\nseats: 500\nsegment: enterprise",
        "licences: [{product: E5, seats: 500}]",
        "state: Bavaria\nphase: two\nremark: none so far",
        "product: E5\ncomment: renewal in May\naccount: 4711",
        "tasks: [{id: 1, title: call, status: In Progress, note: call Dana on Monday}]",
        "tickets: [{ticket: 5, status: Blocked, note: waits for the vendor}]",
        "milestones: {pilot: {due: 2026-12-01, status: done}}",
        "next_step: call Dana\nnext_date: 2026-12-01",
        "Region: EMEA\nOwner: Sam\nNotes: closed on Mondays",
        "internal_note: the customer is ours since 2019",
        "meeting: {attendees: [Sam, Dana], notes: We spoke about the next year.}",
        "crm: {id: 4711, url: https://example.com, synced: 2026-05-04}",
        "devices: [{name: scanner, count: 300, note: needs an agent of its own}]",
        "status_since: 2026-05-04\nnote_author: Sam",
    ] {
        left_alone(&[&format!("{GOOD}{more}\n")]);
    }
}

#[test]
fn settings_under_the_keys_of_fields_are_no_record() {
    let records = |text: &str| {
        let playbook = crate::playbook::Playbook::built_in();
        let limits = crate::yaml::Limits::default();
        crate::record::read(text.as_bytes().to_vec(), &limits, &FieldNames::default(), &playbook, Selection::Likely)
            .records
            .len()
    };
    for text in [
        "customer: {name: acme}\nworkload: {replicas: 3}\nstatus: {enabled: true}\n",
        "workload:\n  image: web\nstatus:\n  port: 8080\n",
        "workload: web\nstatus: {port: 8080}\nreplicas: 3\n",
        "workload: {kind: Deployment}\nstatus: Running\n",
    ] {
        assert_eq!(records(text), 0, "{text}");
        left_alone(&[text]);
    }
    assert_eq!(records("customer: A\nworkload: Teams\nstatus: Blocked\n"), 1);
    assert_eq!(records("customer: A\nworkload: Teams\nstatus: {now: Blocked}\nnote: x\n"), 1);
}
