//! A record whose customer or workload gets another name, and nothing else, is the same record.

use crate::support::{GREAT, POOR, Record, Repo, blocked, stream};

#[test]
fn a_new_name_of_the_customer_leaves_old_notes_alone() {
    let old = [Record::new("Contoso", "Teams", POOR), Record::new("Contoso", "Yammer", POOR)];
    let repo = Repo::holding(&[("a.yaml", stream(&old))]);
    let new = [Record::new("Fabrikam", "Teams", POOR), Record::new("Fabrikam", "Yammer", POOR)];
    repo.stage("a.yaml", &stream(&new));
    repo.commit(&[]).passed();
}

#[test]
fn a_new_name_for_all_entitlements_of_a_customer_leaves_old_notes_alone() {
    let text = |customer: &str| {
        let entitlement = |workload| {
            format!(
                "  - workload: {workload}\n    status: Blocked\n    note: {POOR}\n    refresh_summary:\n      \
                 - {{date: 2020-03-27, who_changed: Celia Kennedy, what_changed: Customer call}}\n"
            )
        };
        format!("customer: {customer}\nentitlements:\n{}", ["Teams", "Yammer", "Intune"].map(entitlement).concat())
    };
    let repo = Repo::holding(&[("a.yaml", text("Contoso"))]);
    repo.stage("a.yaml", &text("Contoso Deutschland"));
    repo.commit(&[]).passed();
}

#[test]
fn a_short_name_of_the_workload_is_the_same_workload_and_another_workload_is_not() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", POOR).yaml())]);
    repo.stage("a.yaml", &Record::new("Contoso", "Microsoft Teams", POOR).yaml());
    repo.commit(&[]).passed();
    let before = repo.head();
    repo.stage("a.yaml", &Record::new("Contoso", "Yammer", POOR).yaml());
    blocked(&repo, &repo.commit(&[]), &before);
}

#[test]
fn a_new_name_hides_no_edit_and_no_further_record() {
    let poor = Record::new("Contoso", "Teams", POOR);
    let cases: [(&str, Vec<Record>, Vec<Record>); 4] = [
        (
            "the note changes too",
            vec![Record::new("Contoso", "Teams", GREAT)],
            vec![Record::new("Fabrikam", "Teams", POOR)],
        ),
        ("both names change", vec![poor.clone()], vec![Record::new("Fabrikam", "Yammer", POOR)]),
        (
            "the old record is still there",
            vec![poor.clone()],
            vec![Record::new("Fabrikam", "Teams", POOR), poor.clone()],
        ),
        ("a further record comes", vec![poor.clone()], vec![poor, Record::new("Fabrikam", "Teams", POOR)]),
    ];
    for (case, old, new) in cases {
        let repo = Repo::holding(&[("a.yaml", stream(&old))]);
        let before = repo.head();
        repo.stage("a.yaml", &stream(&new));
        let run = repo.commit(&[]);
        assert!(run.text.contains("Fabrikam"), "{case}: {}", run.text);
        blocked(&repo, &run, &before);
    }
}

#[test]
fn the_old_name_in_another_file_of_the_change_is_still_there() {
    let poor = Record::new("Contoso", "Teams", POOR);
    let repo = Repo::holding(&[("a.yaml", poor.yaml())]);
    let before = repo.head();
    repo.stage("a.yaml", &Record::new("Fabrikam", "Teams", POOR).yaml());
    repo.stage("b.yaml", &poor.yaml());
    let run = repo.commit(&[]);
    assert!(run.text.contains("Fabrikam"), "{}", run.text);
    blocked(&repo, &run, &before);
}

#[test]
fn a_branch_is_judged_in_the_same_way() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", POOR).yaml())]);
    repo.git(&["checkout", "--quiet", "-b", "topic"]).passed();
    repo.stage("a.yaml", &Record::new("Fabrikam", "Teams", POOR).yaml());
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "rename"]).passed();
    repo.notegate(&["check", "--from", "HEAD~1"]).passed();
}

#[test]
fn an_entry_that_is_added_with_the_new_name_continues_the_old_log() {
    let entry =
        |day: &str, what: &str| format!("- {{date: {day}, who_changed: Celia Kennedy, what_changed: {what}}}\n");
    let text = |customer: &str, workload: &str, log: &[String]| {
        format!(
            "customer: {customer}\nworkload: {workload}\nstatus: Blocked\nnote: {GREAT}\nrefresh_summary:\n{}",
            log.concat()
        )
    };
    let old = [entry("2020-03-27", "Spoke to the head of IT"), entry("2020-03-01", "Met the head of IT in Lyon")];
    let repo = Repo::holding(&[("a.yaml", text("Contoso", "Teams", &old))]);
    let renamed = [entry("2020-04-03", "Contoso was bought by Fabrikam"), old[0].clone(), old[1].clone()];
    repo.stage("a.yaml", &text("Fabrikam", "Teams", &renamed));
    repo.commit(&[]).passed();
    let before = repo.head();
    // The new name does not hide that an entry is gone, nor that one was written anew.
    for (customer, workload) in [("Contoso Bank", "Teams"), ("Fabrikam", "Yammer")] {
        for log in [
            vec![entry("2020-04-10", "Fabrikam was renamed"), renamed[0].clone(), renamed[1].clone()],
            vec![entry("2020-04-10", "Fabrikam was renamed")],
            vec![entry("2020-04-03", "Something else was told"), renamed[1].clone(), renamed[2].clone()],
        ] {
            repo.stage("a.yaml", &text(customer, workload, &log));
            let run = repo.commit(&[]);
            assert!(run.text.contains("refresh-rewritten"), "{customer}, {workload}, {log:?}: {}", run.text);
            blocked(&repo, &run, &before);
        }
    }
}
