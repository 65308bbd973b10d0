//! The file of learned weights comes from where the configuration comes from.

use crate::lessons::{IRONCLAD, file, lessons, nothing};
use crate::support::{GREAT, Record, Repo, blocked};
use std::sync::OnceLock;

const LEARNED: &str = "notegate-learned.json";
const NAMES_IT: &str = "second_reader: {learned: notegate-learned.json}\n";

/// What the lessons teach.
fn learned() -> &'static str {
    static LEARNED_ONCE: OnceLock<String> = OnceLock::new();
    LEARNED_ONCE.get_or_init(|| {
        let repo = Repo::bare_of_hooks();
        repo.write("team.jsonl", &file(&lessons()));
        repo.notegate(&["learn", "team.jsonl"]).passed();
        std::fs::read_to_string(repo.path(LEARNED)).unwrap()
    })
}

/// A record whose note passes unless the lessons were learned.
fn ironclad() -> String {
    let mut record = Record::new("Contoso", "Teams", IRONCLAD);
    record.status = "No Intent".to_owned();
    record.yaml()
}

fn taught() -> Repo {
    Repo::holding(&[
        ("notegate.yaml", NAMES_IT.to_owned()),
        (LEARNED, learned().to_owned()),
        ("a.yaml", Record::new("Fabrikam", "Yammer", GREAT).yaml()),
    ])
}

#[test]
fn a_range_is_judged_by_what_was_learned_before_it() {
    let repo = taught();
    repo.write(LEARNED, &nothing(learned()));
    repo.write("b.yaml", &ironclad());
    repo.commit_all_unchecked("forget");
    let run = repo.notegate(&["check", "--from", "HEAD~1"]);
    run.said(1, "error[vague-reason]");
    run.said(1, "notice: this change edits notegate-learned.json; the rules from before the change apply");
    let run = repo.notegate(&["check", "--from", "HEAD~1", "--redact"]);
    run.said(1, "notice: this change edits the file of learned weights; the rules from before the change apply");
    assert!(!run.text.contains(LEARNED), "{}", run.text);
    let run = repo.notegate(&["check", "--from", "HEAD~1", "--config-from", "head"]);
    run.said(0, "notice: this change edits notegate-learned.json; its own rules apply");
    repo.notegate(&["check", "--rev", "HEAD"]).passed();
    // What the change itself takes away holds for it all the same.
    repo.git(&["rm", "--quiet", LEARNED, "notegate.yaml"]).passed();
    repo.commit_all_unchecked("drop");
    let run = repo.notegate(&["check", "--from", "HEAD~2"]);
    run.said(1, "error[vague-reason]");
    run.said(1, "this change edits notegate.yaml");
    run.said(1, "this change edits notegate-learned.json");
}

#[test]
fn a_commit_is_judged_by_what_is_staged() {
    let repo = taught();
    repo.write(LEARNED, &nothing(learned()));
    repo.stage("b.yaml", &ironclad());
    let before = repo.head();
    let run = repo.commit(&[]);
    blocked(&repo, &run, &before);
    assert!(run.text.contains("vague-reason"), "{}", run.text);
    repo.git(&["rm", "--quiet", "--cached", LEARNED]).passed();
    let run = repo.notegate(&["check", "--staged"]);
    run.said(2, "notegate.yaml:1: the file `notegate-learned.json` under `learned` does not exist");
    repo.git(&["add", LEARNED]).passed();
    repo.commit(&[]).passed();
}

#[test]
fn a_file_that_cannot_be_used_stops_every_run() {
    let repo = Repo::bare_of_hooks();
    repo.write("notegate.yaml", NAMES_IT);
    repo.write("own.json", learned());
    std::os::unix::fs::symlink("own.json", repo.path(LEARNED)).unwrap();
    repo.commit_all_unchecked("link");
    for arguments in [&["check"][..], &["check", "--rev", "HEAD"], &["check", "--staged"]] {
        repo.notegate(arguments).said(2, "links are never followed");
    }
    repo.git(&["rm", "--quiet", "-f", LEARNED]).passed();
    repo.write(LEARNED, learned());
    repo.commit_all_unchecked("mended");
    let run = repo.notegate(&["check", "--from", "HEAD~1"]);
    run.said(
        2,
        "notegate.yaml before the change:1: the file `notegate-learned.json` under `learned` is, or lies behind",
    );
    run.said(2, "--config-from head");
    repo.notegate(&["check", "--from", "HEAD~1", "--config-from", "head"]).passed();
}

/// What is said of a branch with two merge bases, `a` and `b`: on the one it was learned, on the other it was not.
fn joined(start: &[(&str, String)], learning: &[(&str, String)]) -> crate::support::Run {
    let repo = Repo::holding(start);
    for (branch, files) in [("a", learning), ("b", &[("other.yaml", Record::new("Litware", "Intune", GREAT).yaml())])] {
        repo.git(&["switch", "--quiet", "--create", branch, "main"]).passed();
        files.iter().for_each(|(path, text)| repo.write(path, text));
        repo.commit_all_unchecked(branch);
    }
    for (branch, first, second) in [("target", "a", "b"), ("joined", "b", "a")] {
        repo.git(&["switch", "--quiet", "--create", branch, first]).passed();
        repo.git(&["merge", "--quiet", "--no-ff", "--no-verify", "-m", "join", second]).passed();
    }
    repo.write(LEARNED, &nothing(learned()));
    repo.write("b.yaml", &ironclad());
    repo.commit_all_unchecked("last");
    assert_eq!(repo.ask(&["merge-base", "--all", "target", "joined"]).lines().count(), 2);
    repo.notegate(&["check", "--from", "target", "--to", "joined"])
}

#[test]
fn of_several_sides_each_has_its_own_file() {
    let note = ("a.yaml", Record::new("Fabrikam", "Yammer", GREAT).yaml());
    let names_it = ("notegate.yaml", NAMES_IT.to_owned());
    let lesson = (LEARNED, learned().to_owned());
    // Both sides have the same configuration; what it names differs.
    let start = [note.clone(), names_it.clone(), (LEARNED, nothing(learned()))];
    let run = joined(&start, std::slice::from_ref(&lesson));
    run.said(1, "error[vague-reason]");
    run.said(1, "2 different notegate.yaml or learned weights; those that block most apply");
    // One side has neither.
    joined(std::slice::from_ref(&note), &[names_it, lesson]).said(1, "error[vague-reason]");
}

#[test]
fn a_push_says_that_it_changes_what_was_learned() {
    let repo = taught();
    let known = repo.head();
    repo.write(LEARNED, &nothing(learned()));
    repo.write("b.yaml", &ironclad());
    repo.commit_all_unchecked("forget");
    let updates = repo.home().join("updates");
    std::fs::write(&updates, format!("refs/heads/main {} refs/heads/main {known}\n", repo.head())).unwrap();
    let mut push = repo.command(crate::support::program(), repo.root());
    push.args(["hook", "pre-push", "origin", "address"]).stdin(std::fs::File::open(&updates).unwrap());
    let run = crate::support::Run::of(&push.output().unwrap());
    run.said(1, "error[vague-reason]");
    run.said(1, "notice: this change edits notegate-learned.json; the rules from before the change apply");
}
