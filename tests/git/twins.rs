//! One customer and workload is one record, wherever it is: in the snapshot that a commit, a range or a push leads to.

use crate::support::{ALSO_GREAT, GREAT, POOR, Record, Repo, Run, blocked, stream};

const RULE: &str = "duplicate-record";

fn teams() -> Record {
    Record::new("Contoso", "Teams", GREAT)
}

/// A repository with one record and, around it, files that nobody touches.
fn begun() -> Repo {
    let others = |customer: &str| stream(&["Teams", "Yammer"].map(|workload| Record::new(customer, workload, POOR)));
    Repo::holding(&[
        ("notes/contoso/teams.yaml", teams().yaml()),
        ("notes/fabrikam/all.yaml", others("Fabrikam")),
        ("notes/litware/all.yaml", others("Litware")),
        ("other/readme.yaml", "title: no record\n".to_owned()),
    ])
}

/// Stopped by the rule, which names both places.
#[track_caller]
fn is_duplicate(run: &Run, places: [&str; 2]) {
    let words: String = run.ended(1).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(RULE) && places.iter().all(|place| words.contains(place)), "{}", run.text);
}

#[test]
fn a_second_record_anywhere_is_stopped_at_every_gate() {
    for place in ["notes/contoso/again.yaml", "b.yaml", "zzz/deep/er/teams.yaml", "notes/fabrikam/contoso.yaml"] {
        let repo = begun();
        let begin = repo.head();
        // Another spelling of both names, another note.
        repo.stage(place, &Record::new("CONTOSO", "MS Teams", ALSO_GREAT).yaml());
        let places = ["notes/contoso/teams.yaml:1", &format!("{place}:1")];
        is_duplicate(&repo.notegate(&["hook", "pre-commit"]), places);
        is_duplicate(&repo.notegate(&["check", "--staged"]), places);
        blocked(&repo, &repo.commit(&[]), &begin);
        repo.commit_all_unchecked("round the hook");
        is_duplicate(&repo.notegate(&["check", "--from", &begin]), places);
        is_duplicate(&repo.notegate(&["check", "--rev", "HEAD"]), places);
        is_duplicate(&repo.notegate(&["check"]), places);
        // What others have in pairs is not this change's doing.
        let after = repo.head();
        repo.stage("notes/litware/new.yaml", &Record::new("Litware", "Intune", GREAT).yaml());
        repo.commit(&[]).passed();
        repo.notegate(&["check", "--from", &after]).passed();
    }
}

#[test]
fn both_places_are_seen_from_the_current_folder() {
    let repo = begun();
    repo.stage("notes/fabrikam/teams.yaml", &teams().with(ALSO_GREAT).yaml());
    for (folder, places) in [
        ("notes/fabrikam", ["at ../contoso/teams.yaml:1", "at teams.yaml:1"]),
        ("notes/contoso", ["at teams.yaml:1", "at ../fabrikam/teams.yaml:1"]),
        ("other", ["at ../notes/contoso/teams.yaml:1", "at ../notes/fabrikam/teams.yaml:1"]),
    ] {
        is_duplicate(&repo.notegate_in(&repo.path(folder), &["check", "--staged"]), places);
    }
    let json = repo.notegate_in(&repo.path("other"), &["check", "--staged", "--format", "json"]);
    json.said(1, "at notes/contoso/teams.yaml:1 and at notes/fabrikam/teams.yaml:1");
}

#[test]
fn a_copy_of_an_untouched_record_is_a_duplicate_and_not_new() {
    // The poor one too: what stops it is that it is there twice, whether its original is touched or not.
    for chmod in [false, true] {
        for record in [teams(), Record::new("Contoso", "Teams", POOR)] {
            let repo = Repo::holding(&[("a.yaml", record.yaml()), ("c.yaml", Record::new("X", "Y", GREAT).yaml())]);
            repo.stage("sub/copy.yaml", &record.yaml());
            if chmod {
                repo.git(&["update-index", "--chmod=+x", "a.yaml"]).passed();
            }
            let run = repo.notegate(&["check", "--staged"]);
            is_duplicate(&run, ["a.yaml:1", "sub/copy.yaml:1"]);
            assert!(run.text.contains("1 blocked"), "{}", run.text);
            // Without the original it is a move.
            repo.git(&["rm", "--quiet", "--cached", "-f", "a.yaml"]).passed();
            repo.notegate(&["check", "--staged"]).passed();
        }
    }
}

#[test]
fn a_record_written_anew_under_another_name_has_its_past() {
    let mut old = teams();
    old.entries = vec![2, 1];
    let repo = Repo::holding(&[("a.yaml", old.yaml())]);
    let begin = repo.head();
    let mut anew = Record::new("contoso", "TEAMS", ALSO_GREAT);
    anew.entries = vec![9];
    repo.stage("b.yaml", &anew.yaml());
    let run = repo.notegate(&["check", "--staged"]);
    is_duplicate(&run, ["a.yaml:1", "b.yaml:1"]);
    assert!(run.text.contains("refresh-rewritten"), "{}", run.text);
    repo.commit_all_unchecked("anew");
    repo.git(&["rm", "--quiet", "a.yaml"]).passed();
    repo.commit(&[]).passed();
    let run = repo.notegate(&["check", "--from", &begin]);
    run.said(1, "refresh-rewritten");
    assert!(!run.text.contains(RULE), "{}", run.text);
    // With the log it may go anywhere.
    anew.entries = vec![9, 2, 1];
    repo.stage("b.yaml", &anew.yaml());
    repo.commit_all_unchecked("with its log");
    repo.notegate(&["check", "--from", &begin]).passed();
}

#[test]
fn moving_splitting_and_joining_makes_no_duplicates() {
    let records = ["Teams", "Yammer", "Intune"].map(|workload| Record::new("Contoso", workload, GREAT));
    let repo = Repo::holding(&[("a.yaml", stream(&records))]);
    let begin = repo.head();
    repo.git(&["mv", "a.yaml", "b.yaml"]).passed();
    repo.commit(&[]).passed();
    repo.git(&["rm", "--quiet", "b.yaml"]).passed();
    for (number, record) in records.iter().enumerate() {
        repo.stage(&format!("split/{number}.yaml"), &record.yaml());
    }
    repo.commit(&[]).passed();
    repo.notegate(&["check", "--from", &begin]).passed();
    // Two that change places.
    repo.stage("split/0.yaml", &records[1].yaml());
    repo.stage("split/1.yaml", &records[0].yaml());
    repo.commit(&[]).passed();
    // One that goes and comes back.
    repo.git(&["rm", "--quiet", "split/0.yaml"]).passed();
    repo.commit(&[]).passed();
    repo.stage("again.yaml", &records[1].yaml());
    repo.commit(&[]).passed();
}

#[test]
fn an_old_pair_is_left_alone_until_it_is_touched() {
    let pair = |note| [teams(), Record::new("Contoso", "Teams", note)];
    let repo = Repo::holding(&[
        ("a.yaml", teams().yaml()),
        ("b.yaml", pair(ALSO_GREAT)[1].yaml()),
        ("c.yaml", Record::new("Fabrikam", "Teams", GREAT).yaml()),
    ]);
    // Moved, made executable, reformatted: not written.
    repo.git(&["mv", "b.yaml", "moved.yaml"]).passed();
    repo.git(&["update-index", "--chmod=+x", "a.yaml"]).passed();
    repo.commit(&[]).passed();
    repo.stage("c.yaml", &Record::new("Fabrikam", "Teams", GREAT).with(ALSO_GREAT).yaml());
    repo.commit(&[]).passed();
    // One of the two is edited: it is reported there.
    repo.stage("a.yaml", &teams().with(ALSO_GREAT).yaml());
    is_duplicate(&repo.notegate(&["check", "--staged"]), ["a.yaml:1", "moved.yaml:1"]);
    repo.git(&["rm", "--quiet", "moved.yaml"]).passed();
    repo.commit(&[]).passed();
}

#[test]
fn a_merge_that_joins_two_records_is_stopped() {
    let repo = Repo::holding(&[("notes/x.yaml", Record::new("X", "Y", GREAT).yaml())]);
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.stage("notes/theirs.yaml", &Record::new("Contoso", "Teams", ALSO_GREAT).yaml());
    repo.commit(&[]).passed();
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.stage("notes/ours.yaml", &teams().yaml());
    repo.commit(&[]).passed();
    let before = repo.head();
    let run = repo.git(&["merge", "topic"]);
    is_duplicate(&run, ["notes/ours.yaml:1", "notes/theirs.yaml:1"]);
    assert_eq!(repo.head(), before);
    // The same from the other side.
    repo.git(&["merge", "--abort"]);
    repo.git(&["reset", "--quiet", "--hard"]).passed();
    repo.git(&["switch", "--quiet", "topic"]).passed();
    is_duplicate(&repo.git(&["merge", "main"]), ["notes/ours.yaml:1", "notes/theirs.yaml:1"]);
}

#[test]
fn the_server_refuses_a_push_that_leads_to_two() {
    let repo = begun();
    let server = repo.home().join("server.git");
    repo.git(&["clone", "--quiet", "--bare", ".", server.to_str().unwrap()]).passed();
    repo.git(&["remote", "add", "origin", server.to_str().unwrap()]).passed();
    repo.git(&["fetch", "--quiet"]).passed();
    repo.notegate_in(&server, &["install"]).passed();
    repo.write("elsewhere.yaml", &Record::new("contoso", "teams", ALSO_GREAT).yaml());
    repo.commit_all_unchecked("two");
    is_duplicate(
        &repo.git(&["push", "--no-verify", "origin", "main"]),
        ["notes/contoso/teams.yaml:1", "elsewhere.yaml:1"],
    );
    is_duplicate(&repo.git(&["push", "origin", "main"]), ["notes/contoso/teams.yaml:1", "elsewhere.yaml:1"]);
    repo.git(&["rm", "--quiet", "notes/contoso/teams.yaml"]).passed();
    repo.write("elsewhere.yaml", &teams().with(ALSO_GREAT).yaml());
    repo.commit_all_unchecked("one");
    repo.git(&["push", "origin", "main"]).passed();
}

#[test]
fn what_cannot_be_read_or_is_not_selected_holds_no_duplicate() {
    let repo = begun();
    repo.write("notegate.yaml", "exclude: ['drafts/**']\n");
    repo.write("drafts/teams.yaml", &teams().yaml());
    repo.write("notes/broken.yaml", &format!("{}\u{7}: [", Record::new("Contoso", "Intune", GREAT).yaml()));
    repo.commit_all_unchecked("a draft and a broken file");
    repo.stage("notes/contoso/intune.yaml", &Record::new("Contoso", "Intune", GREAT).yaml());
    repo.commit(&[]).passed();
    repo.stage("notes/contoso/teams.yaml", &teams().with(ALSO_GREAT).yaml());
    repo.commit(&[]).passed();
    repo.stage("drafts/more.yaml", &teams().yaml());
    repo.commit(&[]).passed();
}

/// So many other customers that the hook does not search all of them.
fn crowd(repo: &Repo) {
    for number in 0..1100 {
        repo.write(
            &format!("notes/other-{number:04}/yammer.yaml"),
            &Record::new("Other", &format!("W{number}"), GREAT).yaml(),
        );
    }
    repo.commit_all_unchecked("a crowd");
}

#[test]
fn in_a_large_repository_the_hook_finds_what_the_names_lead_to_and_the_range_finds_all() {
    let repo = begun();
    repo.write("hidden/abc.yaml", &Record::new("Litware", "Stream", GREAT).yaml());
    crowd(&repo);
    let begin = repo.head();
    // The folder bears the name of the customer.
    repo.stage("inbox/new.yaml", &Record::new("Contoso", "Teams", ALSO_GREAT).yaml());
    is_duplicate(&repo.notegate(&["check", "--staged"]), ["notes/contoso/teams.yaml:1", "inbox/new.yaml:1"]);
    // The file is beside it.
    repo.stage("inbox/new.yaml", &Record::new("Nowhere", "Teams", GREAT).yaml());
    repo.commit_all_unchecked("beside");
    repo.stage("inbox/second.yaml", &Record::new("nowhere", "Teams", GREAT).yaml());
    is_duplicate(&repo.notegate(&["check", "--staged"]), ["inbox/new.yaml:1", "inbox/second.yaml:1"]);
    // Nothing leads to it: the hook says so when it is asked, and the range finds it.
    repo.git(&["rm", "--quiet", "-f", "inbox/second.yaml"]).passed();
    repo.stage("inbox/third.yaml", &Record::new("Litware", "Stream", ALSO_GREAT).yaml());
    let run = repo.notegate(&["check", "--staged", "-v"]);
    run.passed();
    assert!(run.text.contains("only the likely files were searched"), "{}", run.text);
    let quiet = repo.notegate(&["check", "--staged"]);
    assert!(!quiet.text.contains("likely files"), "{}", quiet.text);
    repo.commit(&[]).passed();
    is_duplicate(&repo.notegate(&["check", "--from", &begin]), ["hidden/abc.yaml:1", "inbox/third.yaml:1"]);
}

#[test]
fn an_object_that_is_missing_elsewhere_does_not_stop_a_commit() {
    let repo = begun();
    let object = repo.ask(&["rev-parse", "HEAD:notes/litware/all.yaml"]);
    let (folder, name) = object.split_at(2);
    std::fs::remove_file(repo.path(&format!(".git/objects/{folder}/{name}"))).unwrap();
    repo.stage("notes/new/teams.yaml", &Record::new("New", "Teams", GREAT).yaml());
    let run = repo.notegate(&["check", "--staged", "-v"]);
    run.passed();
    assert!(run.text.contains("only the likely files were searched"), "{}", run.text);
    // The gate that promises to see all of them fails closed.
    let begin = repo.head();
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "new"]).passed();
    repo.notegate(&["check", "--from", &begin]).said(3, "notes/litware/all.yaml");
}

/// A record that says of itself that it is counted twice.
fn duplicate(note: &str) -> Record {
    Record { status: "Duplicate/Invalid".to_owned(), ..teams().with(note) }
}

const TWICE: &str = "The 500 Teams licences are the same ones that order 4711 counts for Contoso Germany.";

#[test]
fn a_duplicate_may_stay_beside_the_record_that_counts() {
    let all = |repo: &Repo, begin: &str| {
        let runs = [&["check"][..], &["check", "--rev", "HEAD"], &["check", "--from", begin]];
        runs.map(|args| repo.notegate(args)).map(|run| run.text.contains(RULE))
    };
    for place in ["notes/contoso/again.yaml", "zzz/teams.yaml"] {
        let repo = begun();
        let begin = repo.head();
        repo.stage(place, &duplicate(TWICE).yaml());
        let run = repo.notegate(&["hook", "pre-commit"]);
        assert!(!run.text.contains(RULE), "{}", run.text);
        repo.commit_all_unchecked("a duplicate");
        assert_eq!(all(&repo, &begin), [false; 3], "{place}");
        // Edited, it may stay as well, and so may the other one.
        let before = repo.head();
        repo.stage(place, &duplicate("The same 500 Teams licences are in order 4711 for Contoso Germany.").yaml());
        repo.stage("notes/contoso/teams.yaml", &teams().with(ALSO_GREAT).yaml());
        assert!(!repo.notegate(&["check", "--staged"]).text.contains(RULE));
        repo.commit_all_unchecked("edits");
        assert_eq!(all(&repo, &before), [false; 3], "{place}");
        // A second one that counts is stopped, beside the duplicate and in its place.
        let before = repo.head();
        repo.stage("b.yaml", &teams().with(POOR).yaml());
        is_duplicate(&repo.notegate(&["check", "--staged"]), ["notes/contoso/teams.yaml:1", "b.yaml:1"]);
        repo.commit_all_unchecked("two that count");
        assert_eq!(all(&repo, &before), [true; 3], "{place}");
        repo.git(&["reset", "--quiet", "--hard", &before]).passed();
        repo.stage(place, &teams().with(POOR).yaml());
        is_duplicate(&repo.notegate(&["check", "--staged"]), ["notes/contoso/teams.yaml:1", &format!("{place}:1")]);
    }
}

#[test]
fn what_only_looks_like_the_status_of_a_duplicate_counts() {
    for status in ["Duplicate/Invlid", "Duplicate", "Blocked", "TBD", "''", "~", "[Duplicate/Invalid]"] {
        let repo = begun();
        let again = Record { status: status.to_owned(), ..teams().with(POOR) };
        repo.stage("b.yaml", &again.yaml());
        let run = repo.notegate(&["check", "--staged"]);
        assert!(run.text.contains(RULE), "{status}: {}", run.text);
    }
    // All that are duplicates say nothing twice, however many there are and however the status is spelt.
    let repo = begun();
    let spelt = |status: &str| Record { status: status.to_owned(), ..duplicate(TWICE) };
    repo.stage("b.yaml", &stream(&["Duplicate/Invalid", "duplicate/invalid", "Duplicate-Invalid"].map(spelt)));
    let run = repo.notegate(&["check", "--staged"]);
    assert!(!run.text.contains(RULE), "{}", run.text);
}

#[test]
fn a_duplicate_that_goes_hides_no_second_record() {
    let repo = Repo::holding(&[("a.yaml", stream(&[teams(), duplicate(TWICE)]))]);
    repo.stage("a.yaml", &stream(&[teams(), teams()]));
    is_duplicate(&repo.notegate(&["check", "--staged"]), ["a.yaml:1", "a.yaml:"]);
    let repo = Repo::holding(&[("a.yaml", teams().yaml()), ("b.yaml", duplicate(TWICE).yaml())]);
    std::fs::remove_file(repo.path("b.yaml")).unwrap();
    repo.stage("c.yaml", &teams().yaml());
    repo.git(&["add", "--all"]).passed();
    is_duplicate(&repo.notegate(&["check", "--staged"]), ["a.yaml:1", "c.yaml:1"]);
}
