//! Records are matched by who they speak about: moving, splitting and reformatting files changes nothing.

use crate::support::{ALSO_GREAT, GREAT, POOR, Record, Repo, blocked, stream};

fn old_poor_notes() -> Vec<Record> {
    ["Teams", "Yammer", "Intune", "Stream"].map(|workload| Record::new("Contoso", workload, POOR)).to_vec()
}

#[test]
fn moving_old_poor_notes_is_no_offence() {
    let notes = old_poor_notes();
    let repo = Repo::holding(&[("a.yaml", stream(&notes))]);
    repo.git(&["mv", "a.yaml", "b.yaml"]).passed();
    repo.commit(&[]).passed();

    // Split, in another order.
    repo.git(&["rm", "--quiet", "b.yaml"]).passed();
    repo.stage("one.yaml", &stream(&[notes[2].clone(), notes[0].clone()]));
    repo.stage("deep/two.yaml", &stream(&[notes[3].clone(), notes[1].clone()]));
    repo.commit(&[]).passed();

    // Together again, as a list in another style.
    repo.git(&["rm", "--quiet", "one.yaml", "deep/two.yaml"]).passed();
    let list: String = notes
        .iter()
        .map(|note| {
            format!(
                "- {{workload: \"{}\", customer: CONTOSO, note: '', status: blocked,\n   refresh_summary: [{{date: 03/01/2020, \
                 who_changed: Celia Kennedy, what_changed: Update 1}}]}}\n",
                note.workload
            )
        })
        .collect();
    repo.stage("list.yaml", &list);
    repo.commit(&[]).passed();

    // The file's mode.
    repo.git(&["update-index", "--chmod=+x", "list.yaml"]).passed();
    repo.commit(&[]).passed();
}

#[test]
fn moving_and_worsening_is_one() {
    let great = Record::new("Contoso", "Teams", GREAT);
    let repo = Repo::holding(&[("a.yaml", great.yaml())]);
    let before = repo.head();
    repo.git(&["mv", "a.yaml", "b.yaml"]).passed();
    repo.stage("b.yaml", &great.with(POOR).yaml());
    let run = repo.commit(&[]);
    blocked(&repo, &run, &before);
    assert!(run.text.contains("b.yaml"), "{}", run.text);
}

#[test]
fn a_move_does_not_lose_the_log() {
    let great = Record::new("Contoso", "Teams", GREAT);
    let repo = Repo::holding(&[("a.yaml", great.yaml())]);
    let before = repo.head();
    repo.git(&["mv", "a.yaml", "b.yaml"]).passed();
    let mut rewritten = great.with(ALSO_GREAT);
    rewritten.entries = vec![2];
    repo.stage("b.yaml", &rewritten.yaml());
    let run = repo.commit(&[]);
    blocked(&repo, &run, &before);
    assert!(run.text.contains("refresh-rewritten"), "{}", run.text);
}

#[test]
fn deleting_a_poor_record_passes_and_deleting_its_log_does_not() {
    let notes = old_poor_notes();
    let repo =
        Repo::holding(&[("a.yaml", stream(&notes)), ("great.yaml", Record::new("Fabrikam", "Teams", GREAT).yaml())]);
    repo.stage("a.yaml", &stream(&notes[1..]));
    repo.commit(&[]).passed();
    repo.git(&["rm", "--quiet", "--cached", "a.yaml"]).passed();
    // It still lies there, unstaged.
    assert!(repo.path("a.yaml").exists());
    repo.commit(&[]).passed();

    let before = repo.head();
    let text = Record::new("Fabrikam", "Teams", GREAT).yaml();
    let (without_log, _) = text.split_once("refresh_summary").unwrap();
    repo.stage("great.yaml", without_log);
    blocked(&repo, &repo.commit(&[]), &before);
}

#[test]
fn a_note_that_changes_asks_for_an_entry() {
    let great = Record::new("Contoso", "Teams", GREAT);
    let repo = Repo::holding(&[("a.yaml", great.yaml())]);
    let before = repo.head();
    let mut silent = great.with(ALSO_GREAT);
    silent.entries = great.entries.clone();
    repo.stage("a.yaml", &silent.yaml());
    let run = repo.commit(&[]);
    blocked(&repo, &run, &before);
    assert!(run.text.contains("refresh-not-updated"), "{}", run.text);
    repo.stage("a.yaml", &great.with(ALSO_GREAT).yaml());
    repo.commit(&[]).passed();
}

#[test]
fn a_copied_note_is_seen_beside_untouched_files() {
    let repo = Repo::holding(&[
        ("contoso/teams.yaml", Record::new("Contoso", "Teams", GREAT).yaml()),
        ("fabrikam/teams.yaml", Record::new("Fabrikam", "Teams", ALSO_GREAT).yaml()),
    ]);
    repo.stage("contoso/yammer.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.notegate(&["check", "--staged"]).said(0, "copied-note");
    repo.notegate(&["check", "--staged", "--fail-on", "marginal"]).said(1, "contoso/teams.yaml");
}

#[test]
fn a_copied_note_is_seen_however_the_customer_is_written() {
    let beside = |customer: &str| Record::new(customer, "Teams", GREAT).yaml();
    let escaped = beside("Contoso Ltd").replace("Contoso Ltd", "\"\\x43ontoso Ltd\"");
    for (customer, beside, is_copied) in [
        ("Contoso Ltd", beside("CONTOSO LTD"), true),
        ("Contoso Ltd", beside("Contoso-Ltd."), true),
        ("Contoso-Ltd", beside("Contoso Ltd"), true),
        ("Contoso Ltd", beside("Ｃｏｎｔｏｓｏ Ltd"), true),
        ("Ｃｏｎｔｏｓｏ Ltd", beside("Contoso Ltd"), true),
        ("Contoso Ltd", escaped, true),
        ("東京ガス", beside("東京ガス"), true),
        ("東京ガス", beside("東京 ガス"), true),
        ("3M", beside("3m"), true),
        ("Contoso Ltd", beside("Contoso Inc"), false),
        ("Contoso Ltd", beside("Fabrikam Ltd"), false),
    ] {
        let repo = Repo::holding(&[("notes/teams.yaml", beside.clone())]);
        repo.stage("notes/yammer.yaml", &Record::new(customer, "Yammer", GREAT).yaml());
        let run = repo.notegate(&["check", "--staged"]);
        assert_eq!(run.ended(0).contains("copied-note"), is_copied, "{customer} beside {beside}");
    }
}

#[test]
fn an_edited_field_of_the_wrong_type_is_judged() {
    for (before, after) in
        [("note: [one]", "note: [two, three]"), ("note: 5", "note: 6"), ("note: true", "note: false")]
    {
        let record = |note: &str| format!("customer: Contoso\nworkload: Teams\nstatus: Blocked\n{note}\n");
        let repo = Repo::holding(&[("a.yaml", record(before))]);
        let head = repo.head();
        repo.stage("a.yaml", &record(after));
        let run = repo.commit(&[]);
        blocked(&repo, &run, &head);
        assert!(run.text.contains("wrong-type"), "{}", run.text);
    }
}
