//! Partial clones that really lack objects: what is needed is fetched at once, what is not needed is not.

use crate::support::{ALSO_GREAT, GREAT, POOR, Record, Repo, Run, blocked};
use std::fs;
use std::process::Stdio;

/// A repository with a history of two folders, and its address. The tag `old` names `main`, the tag `edited` the commit of
/// `topic` that adds no record.
fn origin() -> (Repo, String) {
    let origin = Repo::bare_of_hooks();
    origin.git(&["config", "uploadpack.allowFilter", "true"]).passed();
    origin.git(&["config", "uploadpack.allowAnySHA1InWant", "true"]).passed();
    for number in 0..30 {
        let note = Record::new(&format!("Customer {number}"), "Teams", GREAT);
        origin.write(&format!("deep/er/{number:02}.yaml"), &note.yaml());
    }
    origin.write("a.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    origin.commit_all_unchecked("begin");
    origin.git(&["tag", "old"]).passed();
    origin.git(&["switch", "--quiet", "--create", "topic"]).passed();
    origin.write("a.yaml", &Record::new("Contoso", "Teams", GREAT).with(ALSO_GREAT).yaml());
    origin.commit_all_unchecked("edited");
    origin.git(&["tag", "edited"]).passed();
    origin.write("new.yaml", &Record::new("Contoso", "Yammer", POOR).yaml());
    origin.commit_all_unchecked("topic");
    let address = format!("file://{}", origin.root().display());
    (origin, address)
}

fn clone(address: &str, arguments: &[&str]) -> Repo {
    let repo = Repo::somewhere();
    let clone = ["clone", "--quiet", "--no-checkout", "--branch", "topic"];
    repo.git(&[clone.as_slice(), arguments, &[address, "."]].concat()).passed();
    repo
}

/// How many objects of the history are not here; nothing is fetched to find out.
fn missing(repo: &Repo) -> usize {
    let mut list = repo.command("git", repo.root());
    list.args(["rev-list", "--objects", "--all", "--missing=print"]).env("GIT_NO_LAZY_FETCH", "1");
    Run::of(&list.output().unwrap()).passed().lines().filter(|line| line.starts_with('?')).count()
}

#[test]
fn a_clone_without_any_blob_is_judged_like_a_whole_one() {
    let (_origin, address) = origin();
    for filter in ["--filter=blob:none", "--filter=tree:0", "--filter=blob:limit=10"] {
        let repo = clone(&address, &[filter]);
        assert!(missing(&repo) > 0, "{filter}: nothing is missing");
        let run = repo.notegate(&["check", "--from", "origin/main"]);
        run.said(1, "new.yaml");
        assert!(run.text.contains("2 files, 2 records") && !run.text.contains("a.yaml:"), "{filter}: {}", run.text);
        repo.notegate(&["check", "--rev", "HEAD"]).said(1, "32 files, 32 records");
        repo.notegate(&["check", "--rev", "old"]).said(0, "31 files, 31 records");
        repo.notegate(&["check", "--from", "old", "--to", "origin/main"]).said(0, "0 records");
    }
}

#[test]
fn what_a_range_needs_is_fetched_at_once_and_nothing_else() {
    let (_origin, address) = origin();
    let repo = clone(&address, &["--filter=blob:none"]);
    assert_eq!(missing(&repo), 33);
    let (run, fetches) = traced(&repo, &["check", "--from", "origin/main", "--to", "edited"]);
    run.passed();
    // Both versions of a.yaml; the thirty notes beside it stay where they are.
    assert_eq!((missing(&repo), fetches), (31, 1));
    assert!(!run.text.contains("fetched"), "{}", run.text);
}

#[test]
fn a_range_that_adds_a_record_fetches_the_files_that_may_hold_another_one_at_once() {
    let (_origin, address) = origin();
    let repo = clone(&address, &["--filter=blob:none"]);
    let (run, fetches) = traced(&repo, &["check", "--from", "origin/main"]);
    run.said(1, "30 files that the change does not touch were fetched, for duplicate-record to look there");
    // What changed, and then the thirty notes beside it.
    assert_eq!((missing(&repo), fetches), (0, 2));
    let (run, fetches) = traced(&repo, &["check", "--from", "origin/main"]);
    run.said(1, "new.yaml");
    assert!(fetches == 0 && !run.text.contains("fetched"), "{fetches}: {}", run.text);
}

/// What the program says, and how often git fetches for it.
fn traced(repo: &Repo, arguments: &[&str]) -> (Run, usize) {
    let trace = repo.home().join("trace");
    drop(fs::remove_file(&trace));
    let mut command = repo.command(crate::support::program(), repo.root());
    let run = Run::of(&command.args(arguments).env("GIT_TRACE", &trace).output().unwrap());
    let trace = fs::read_to_string(&trace).unwrap_or_default();
    (run, trace.lines().filter(|line| line.contains("built-in: git fetch")).count())
}

#[test]
fn the_hook_looks_for_duplicates_in_what_is_here_and_the_range_in_all() {
    let (origin, address) = origin();
    let repo = clone(&address, &["--filter=blob:none"]);
    repo.git(&["sparse-checkout", "set", "--no-cone", "/deep/er/07.yaml", "/inbox/"]).passed();
    repo.git(&["checkout", "--quiet", "topic"]).passed();
    let lacking = missing(&repo);
    let duplicate = |number: usize| Record::new(&format!("customer {number}"), "MS Teams", ALSO_GREAT).yaml();
    repo.stage("inbox/one.yaml", &duplicate(7));
    repo.notegate(&["hook", "pre-commit"]).said(1, "deep/er/07.yaml:1");
    repo.stage("inbox/one.yaml", &duplicate(8));
    let run = repo.notegate(&["hook", "pre-commit", "-v"]);
    run.said(0, "not in this clone, so copied-note and duplicate-record did not look there");
    assert!(run.text.contains("not all of it is here"), "{}", run.text);
    assert_eq!(missing(&repo), lacking);
    repo.commit_all_unchecked("one");
    let run = repo.notegate(&["check", "--from", "origin/topic"]);
    run.said(1, "deep/er/08.yaml:1");
    assert!(run.text.contains("duplicate-record"), "{}", run.text);
    // What cannot be had is not passed.
    let repo = clone(&address, &["--filter=blob:none"]);
    repo.git(&["sparse-checkout", "set", "--no-cone", "/inbox/"]).passed();
    repo.git(&["checkout", "--quiet", "topic"]).passed();
    repo.stage("inbox/one.yaml", &duplicate(8));
    repo.commit_all_unchecked("one");
    fs::rename(origin.root(), origin.home().join("gone")).unwrap();
    repo.notegate(&["check", "--from", "origin/topic"]).said(3, "could not be fetched from its remote");
}

#[test]
fn the_hook_fetches_no_neighbour_and_is_not_stopped_by_one() {
    let (origin, address) = origin();
    let repo = clone(&address, &["--filter=blob:none"]);
    repo.git(&["sparse-checkout", "set", "--no-cone", "/deep/er/07.yaml", "/a.yaml"]).passed();
    repo.git(&["checkout", "--quiet", "topic"]).passed();
    repo.notegate(&["install"]).passed();
    let lacking = missing(&repo);
    assert!(lacking >= 29, "{lacking}");
    let note = Record::new("Customer 7", "Teams", GREAT);
    repo.stage("deep/er/07.yaml", &note.with(ALSO_GREAT).yaml());
    let run = repo.commit(&[]);
    run.said(0, "29 files beside the change are not in this clone");
    assert_eq!(missing(&repo), lacking);
    // Nor without the remote: all that the commit needs is here.
    fs::rename(origin.root(), origin.home().join("gone")).unwrap();
    repo.stage("deep/er/07.yaml", &note.with(ALSO_GREAT).with(GREAT).yaml());
    repo.commit(&[]).passed();
    let before = repo.head();
    repo.stage("deep/er/07.yaml", &note.with(ALSO_GREAT).with(GREAT).with(POOR).yaml());
    blocked(&repo, &repo.commit(&[]), &before);
}

#[test]
fn a_remote_that_cannot_be_reached_stops_with_what_helps() {
    let (origin, address) = origin();
    for filter in ["--filter=blob:none", "--filter=tree:0"] {
        let repo = clone(&address, &[filter]);
        let elsewhere = origin.home().join("elsewhere");
        fs::rename(origin.root(), &elsewhere).unwrap();
        for arguments in [&["check", "--rev", "HEAD"][..], &["check", "--from", "origin/main"]] {
            let run = repo.notegate(arguments);
            run.said(3, "could not be fetched from its remote");
            assert!(run.text.contains("git fetch; then run the same command again"), "{filter}: {}", run.text);
        }
        fs::rename(&elsewhere, origin.root()).unwrap();
        repo.notegate(&["check", "--from", "origin/main"]).said(1, "new.yaml");
    }
}

#[test]
fn however_a_partial_clone_is_configured_it_is_known_for_one() {
    let (_origin, address) = origin();
    // Several remotes, of which the second has the objects; a remote with dots and spaces in its name; only a filter.
    for settings in [
        &[("remote.other.url", "file:///nowhere"), ("remote.other.promisor", "true")][..],
        &[("remote.origin.promisor", "yes")],
        &[("extensions.partialClone", "origin"), ("core.repositoryFormatVersion", "1")],
    ] {
        let repo = clone(&address, &["--filter=blob:none"]);
        for (key, value) in settings {
            repo.git(&["config", key, value]).passed();
        }
        repo.notegate(&["check", "--from", "origin/main"]).said(1, "new.yaml");
    }
    // A name that needs care.
    let repo = clone(&address, &["--filter=blob:none", "--origin", "up.stream/x"]);
    repo.notegate(&["check", "--from", "up.stream/x/main"]).said(1, "new.yaml");
}

#[test]
fn a_neighbour_that_is_damaged_in_a_whole_clone_does_not_stop_a_commit() {
    let repo = Repo::new();
    repo.write("a.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    repo.write("b.yaml", &Record::new("Fabrikam", "Teams", GREAT).yaml());
    repo.commit_all_unchecked("begin");
    let id = repo.ask(&["rev-parse", "HEAD:b.yaml"]);
    fs::remove_file(repo.path(".git/objects").join(&id[..2]).join(&id[2..])).unwrap();
    repo.stage("a.yaml", &Record::new("Contoso", "Teams", GREAT).with(ALSO_GREAT).yaml());
    repo.notegate(&["hook", "pre-commit"]).said(0, "1 file beside the change is not in this clone");
    // The file itself is another matter.
    repo.notegate(&["check", "--rev", "HEAD"]).said(3, "b.yaml");
}

#[test]
fn a_push_from_a_partial_clone() {
    let (origin, address) = origin();
    let repo = clone(&address, &["--filter=blob:none"]);
    repo.git(&["checkout", "--quiet", "-b", "mine", "origin/main"]).passed();
    repo.notegate(&["install"]).passed();
    repo.write("b.yaml", &Record::new("Contoso", "Stream", POOR).yaml());
    repo.commit_all_unchecked("poor");
    repo.git(&["push", "origin", "mine"]).said(1, "b.yaml");
    // And into one that is a server: it lacks what it was not given.
    let server = origin.home().join("server.git");
    let server_path = server.to_str().unwrap();
    repo.git(&["clone", "--quiet", "--bare", "--filter=blob:none", &address, server_path]).passed();
    repo.notegate_in(&server, &["install"]).passed();
    let mut push = repo.command("git", repo.root());
    push.args(["push", "--no-verify", server_path, "mine"]).stdin(Stdio::null());
    Run::of(&push.output().unwrap()).said(1, "b.yaml");
}
