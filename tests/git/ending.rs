//! How a hook ends: what it says to do after a refusal, and when it says nothing at all.

use crate::support::{ALSO_GREAT, GREAT, POOR, Record, Repo};

const COMMIT: &str = "Nothing was committed. Correct the note, `git add` it, and commit again.\n";
const MERGE: &str =
    "The merge was not committed. Correct the note, `git add` it, and conclude the merge with `git commit`.\n";
const PUSH: &str = "Nothing was pushed. Correct the note, commit the correction, and push again.";

fn great() -> Record {
    Record::new("Contoso", "Teams", GREAT)
}

#[test]
fn a_refused_commit_says_what_to_do_and_that_works() {
    let repo = Repo::new();
    repo.stage("a.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    let run = repo.commit(&[]);
    assert_eq!(run.code, Some(1));
    assert!(run.text.ends_with(COMMIT), "{}", run.text);
    repo.stage("a.yaml", &great().yaml());
    let run = repo.commit(&[]);
    run.said(0, "0 blocked");
    assert!(!run.text.contains("Nothing was committed"), "{}", run.text);
    // By hand nothing waits for the answer.
    repo.stage("a.yaml", &great().with(POOR).yaml());
    let run = repo.notegate(&["check", "--staged"]);
    assert!(!run.text.contains("Nothing was committed"), "{}", run.text);
    assert_eq!(run.code, Some(1));
}

#[test]
fn a_report_for_programs_stays_one() {
    let repo = Repo::new();
    repo.stage("a.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    let output = repo.command(crate::support::program(), repo.root());
    let output = { output }.args(["hook", "pre-commit", "--format", "json"]).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["summary"]["blocked"], 1);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), COMMIT);
    // A commit without notes too.
    repo.git(&["rm", "--quiet", "--cached", "a.yaml"]).passed();
    let output = repo.command(crate::support::program(), repo.root());
    let output = { output }.args(["hook", "pre-commit", "--format", "json"]).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["summary"]["files"], 0);
}

#[test]
fn a_refused_merge_says_how_to_conclude_it() {
    let repo = Repo::holding(&[("a.yaml", great().yaml())]);
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("a.yaml", &great().with(ALSO_GREAT).yaml());
    repo.commit_all_unchecked("theirs");
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.write("a.yaml", &great().with(&GREAT.replace("X regulation", "Y regulation")).yaml());
    repo.commit_all_unchecked("ours");
    assert_eq!(repo.git(&["merge", "topic"]).code, Some(1));
    repo.stage("a.yaml", &great().with(POOR).yaml());
    let run = repo.git(&["commit", "--no-edit"]);
    assert_eq!(run.code, Some(1));
    assert!(run.text.ends_with(MERGE), "{}", run.text);
    repo.stage("a.yaml", &great().with(ALSO_GREAT).with(&GREAT.replace("X regulation", "Z regulation")).yaml());
    repo.git(&["commit", "--no-edit"]).passed();
    assert_eq!(repo.ask(&["rev-list", "--parents", "-1", "HEAD"]).split(' ').count(), 3);
}

#[test]
fn a_refused_push_says_what_to_do_on_both_ends_and_that_works() {
    for end in ["client", "server"] {
        let repo = if end == "client" { Repo::new() } else { Repo::bare_of_hooks() };
        let server = repo.home().join("server.git");
        repo.git(&["init", "--quiet", "--bare", server.to_str().unwrap()]).passed();
        repo.git(&["remote", "add", "origin", server.to_str().unwrap()]).passed();
        if end == "server" {
            repo.notegate_in(&server, &["install"]).passed();
        }
        repo.write("a.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
        repo.commit_all_unchecked("poor");
        let run = repo.git(&["push", "origin", "main"]);
        run.said(1, PUSH);
        assert_eq!(run.text.matches("Nothing was pushed").count(), 1, "{}", run.text);
        if end == "server" {
            assert!(run.text.contains(&format!("remote: {PUSH}")), "{}", run.text);
        }
        repo.write("a.yaml", &Record::new("Contoso", "Teams", POOR).with(GREAT).yaml());
        repo.commit_all_unchecked("corrected");
        let run = repo.git(&["push", "origin", "main"]);
        run.passed();
        assert!(!run.text.contains("Nothing was pushed"), "{}", run.text);
    }
}

#[test]
fn a_run_that_goes_wrong_says_that_nothing_was_committed() {
    let repo = Repo::new();
    repo.stage("notegate.yaml", "rulez: {}\n");
    repo.stage("a.yaml", &great().yaml());
    let run = repo.notegate(&["hook", "pre-commit"]);
    run.said(2, "Nothing was committed. Once the cause above is removed, commit again.");
    assert_eq!(repo.commit(&[]).code, Some(1));
    let run = repo.notegate(&["hook", "pre-push"]);
    assert!(!run.text.contains("Nothing was pushed"), "{}", run.text);

    let server = repo.home().join("server.git");
    repo.git(&["init", "--quiet", "--bare", server.to_str().unwrap()]).passed();
    repo.commit_all_unchecked("wrong");
    repo.git(&["push", server.to_str().unwrap(), "main"]).said(1, "Nothing was pushed. Once the cause above");
}

#[test]
fn a_commit_that_touches_no_note_says_nothing() {
    let repo = Repo::new();
    let quiet = |repo: &Repo| {
        let run = repo.notegate(&["hook", "pre-commit"]);
        assert_eq!(run.passed(), "");
    };
    quiet(&repo);
    repo.stage("readme.md", "# notes\n");
    quiet(&repo);
    repo.stage("compose.yaml", "services: {}\n");
    quiet(&repo);
    repo.notegate(&["hook", "pre-commit", "-v"]).said(0, "compose.yaml: skipped, without a record");
    repo.notegate(&["hook", "pre-commit", "-v"]).said(0, "1 file (1 skipped");
    assert_eq!(repo.git(&["commit", "--quiet", "-m", "x"]).passed(), "");

    // What has nothing to do with notes may change its name, its content, or go away.
    repo.git(&["mv", "compose.yaml", "services.yaml"]).passed();
    quiet(&repo);
    repo.git(&["commit", "--quiet", "-m", "x"]).passed();
    repo.git(&["mv", "services.yaml", "services.txt"]).passed();
    quiet(&repo);
    repo.git(&["reset", "--quiet", "--hard"]).passed();
    repo.stage("services.yaml", "services: {a: b}\n");
    quiet(&repo);
    repo.git(&["rm", "--quiet", "--force", "services.yaml"]).passed();
    quiet(&repo);
    repo.notegate(&["hook", "pre-commit", "-v"]).said(0, "services.yaml: skipped, without a record");
    repo.git(&["commit", "--quiet", "-m", "x"]).passed();

    // Anything about a note is told: judged, deleted, unreadable.
    repo.stage("a.yaml", &great().yaml());
    repo.commit(&[]).said(0, "1 file, 1 record: 1 great");
    repo.git(&["rm", "--quiet", "a.yaml"]).passed();
    repo.commit(&[]).said(0, "1 deleted");
    repo.stage("b.yaml", "note: 'never closed\n");
    repo.commit(&[]).said(1, "b.yaml");
    // By hand the counts always come.
    repo.git(&["rm", "--quiet", "--cached", "b.yaml"]).passed();
    repo.notegate(&["check", "--staged"]).said(0, "0 files, 0 records");
}

#[test]
fn a_deleted_or_renamed_note_is_told() {
    let repo = Repo::new();
    repo.stage("a.yaml", &great().yaml());
    repo.stage("old/b.yaml", &format!("x: y\n---\n{}", Record::new("Contoso", "Yammer", GREAT).yaml()));
    repo.stage("c.yaml", "services: {}\n");
    repo.commit_all_unchecked("begin");
    repo.git(&["rm", "--quiet", "a.yaml", "c.yaml"]).passed();
    repo.notegate(&["hook", "pre-commit"]).said(0, "2 files (2 skipped: 1 without a record, 1 deleted)");
    repo.git(&["reset", "--quiet", "--hard"]).passed();
    repo.git(&["mv", "old", "new"]).passed();
    repo.notegate(&["hook", "pre-commit"]).said(0, "1 deleted");
    repo.git(&["reset", "--quiet", "--hard"]).passed();
    // A file that could not be read may have been a note.
    repo.write("d.yaml", "note: 'never closed\n");
    repo.commit_all_unchecked("fault");
    repo.git(&["rm", "--quiet", "d.yaml"]).passed();
    repo.notegate(&["hook", "pre-commit"]).said(0, "1 deleted");
    // Where the team names its notes, each file is one.
    repo.git(&["reset", "--quiet", "--hard"]).passed();
    repo.write("notegate.yaml", "include: ['*.yaml']\n");
    repo.commit_all_unchecked("rules");
    repo.git(&["rm", "--quiet", "c.yaml"]).passed();
    repo.notegate(&["hook", "pre-commit"]).said(0, "1 deleted");
}

#[test]
fn the_counts_say_what_blocks_beside_poor_notes() {
    let repo = Repo::new();
    let no_entries = |record: Record| Record { entries: Vec::new(), ..record };
    repo.stage("a.yaml", &no_entries(great()).yaml());
    let run = repo.notegate(&["check", "--staged"]);
    run.said(1, "→ great, blocked by refresh-missing\n");
    assert!(run.text.contains("1 great, 0 marginal, 0 poor; 1 blocked, 0 waived"), "{}", run.text);
    assert!(run.text.contains("Blocked: 0 for the note, 1 for another error.\n"), "{}", run.text);
    repo.stage("b.yaml", &Record::new("Contoso", "Yammer", POOR).yaml());
    repo.stage("c.yaml", &no_entries(Record::new("Contoso", "Stream", POOR)).yaml());
    repo.stage("d.yaml", "note: 'never closed\n");
    let run = repo.notegate(&["check", "--staged"]);
    run.said(1, "2 poor; 4 blocked, 0 waived\n");
    assert!(run.text.contains("Blocked: 2 for the note, 2 for other errors.\n"), "{}", run.text);
    assert_eq!(run.text.matches("→ poor, blocked\n").count(), 2, "{}", run.text);
    // Where every poor note and nothing else is blocked, there is nothing to explain.
    repo.git(&["rm", "--quiet", "--cached", "a.yaml", "d.yaml"]).passed();
    let run = repo.notegate(&["check", "--staged"]);
    run.said(1, "2 poor; 2 blocked, 0 waived");
    assert!(!run.text.contains("Blocked:"), "{}", run.text);
    // A marginal note that the team blocks is blocked for the note.
    repo.git(&["rm", "--quiet", "--cached", "b.yaml", "c.yaml"]).passed();
    let marginal = Record { status: "In Progress".to_owned(), ..Record::new("Contoso", "Planner", "In Progress.") };
    repo.stage("e.yaml", &marginal.yaml());
    let run = repo.notegate(&["check", "--staged", "--fail-on", "marginal"]);
    run.said(1, "→ marginal, blocked\n");
    assert!(run.text.contains("Blocked: 1 for the note.\n"), "{}", run.text);
}

#[test]
fn an_entry_that_help_proposes_names_who_commits() {
    let repo = Repo::new();
    repo.git(&["config", "user.name", "Ann Lee"]).passed();
    let record = Record::new("Contoso", "Teams", GREAT).yaml();
    let without_log = record.split("refresh_summary").next().unwrap();
    repo.stage("a.yaml", without_log);
    let run = repo.commit(&[]);
    assert_eq!(run.code, Some(1));
    assert!(run.text.contains("who_changed: Ann Lee\n"), "{}", run.text);
    // Whoever judges a push or a range is not the one who wrote it.
    repo.commit(&["--no-verify"]).passed();
    let run = repo.notegate(&["check", "--rev", "HEAD"]);
    assert!(run.text.contains("who_changed: your name\n"), "{}", run.text);
}
