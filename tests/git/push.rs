//! Pushes, from both ends.

use crate::support::{ALSO_GREAT, GREAT, POOR, Record, Repo, Run};
use std::path::PathBuf;
use std::process::Stdio;

/// A repository without client hooks and a bare one beside it that has its hook; `main` is in both.
fn with_server() -> (Repo, PathBuf) {
    let repo = Repo::bare_of_hooks();
    repo.write("old.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    repo.commit_all_unchecked("begin");
    let server = repo.home().join("server.git");
    repo.git(&["clone", "--quiet", "--bare", ".", server.to_str().unwrap()]).passed();
    repo.git(&["remote", "add", "origin", server.to_str().unwrap()]).passed();
    repo.git(&["fetch", "--quiet"]).passed();
    repo.notegate_in(&server, &["install"]).said(0, "pre-receive");
    (repo, server)
}

#[test]
fn the_server_takes_great_notes_and_refuses_poor_ones() {
    let (repo, server) = with_server();
    repo.write("new.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.commit_all_unchecked("great");
    repo.git(&["push", "origin", "main"]).passed();
    let there = repo.git_in(&server, &["rev-parse", "main"]).text;

    repo.write("new.yaml", &Record::new("Contoso", "Yammer", GREAT).with(POOR).yaml());
    repo.commit_all_unchecked("poor");
    let run = repo.git(&["push", "origin", "main"]);
    run.said(1, "new.yaml");
    assert!(run.text.contains("refs/heads/main:") && run.text.contains("pre-receive hook declined"), "{}", run.text);
    assert!(!run.text.contains("old.yaml"), "{}", run.text);
    assert_eq!(repo.git_in(&server, &["rev-parse", "main"]).text, there);
}

#[test]
fn a_new_branch_brings_only_what_the_server_has_not() {
    let (repo, _) = with_server();
    repo.git(&["push", "origin", "main:refs/heads/copy"]).said(0, "copy");
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("topic.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.commit_all_unchecked("topic");
    repo.git(&["push", "origin", "topic"]).passed();
    repo.write("topic.yaml", &Record::new("Contoso", "Yammer", POOR).yaml());
    repo.commit_all_unchecked("worse");
    repo.git(&["push", "origin", "HEAD:refs/heads/other"]).said(1, "topic.yaml");
}

#[test]
fn several_references_in_one_push_stand_and_fall_together() {
    let (repo, server) = with_server();
    for (branch, note) in [("good", GREAT), ("bad", POOR)] {
        repo.git(&["switch", "--quiet", "--create", branch, "main"]).passed();
        repo.write(&format!("{branch}.yaml"), &Record::new(branch, "Teams", note).yaml());
        repo.commit_all_unchecked(branch);
    }
    let run = repo.git(&["push", "origin", "good", "bad", "main:refs/heads/same"]);
    run.said(1, "bad.yaml");
    for said in ["refs/heads/good:", "refs/heads/bad:", "refs/heads/same: nothing to judge"] {
        assert!(run.text.contains(said), "no “{said}” in:\n{}", run.text);
    }
    assert!(!run.text.contains("good.yaml"), "{}", run.text);
    assert_eq!(repo.git_in(&server, &["for-each-ref", "--format=%(refname)"]).text.trim(), "refs/heads/main");
    repo.git(&["push", "origin", "good"]).passed();
}

#[test]
fn deletions_tags_and_force() {
    let (repo, server) = with_server();
    repo.git(&["push", "origin", "main:gone"]).passed();
    repo.git(&["push", "origin", ":gone"]).said(0, "it is deleted");

    // Tags: of a known commit, of a file, and of something poor that no branch has.
    repo.git(&["tag", "v1"]).passed();
    repo.git(&["tag", "-a", "-m", "x", "v2"]).passed();
    repo.git(&["tag", "file", "HEAD:old.yaml"]).passed();
    repo.git(&["push", "origin", "v1", "v2", "file"]).said(0, "refs/tags/file: nothing to judge");
    repo.git(&["switch", "--quiet", "--detach"]).passed();
    repo.write("tagged.yaml", &Record::new("Contoso", "Yammer", POOR).yaml());
    repo.commit_all_unchecked("poor");
    repo.git(&["tag", "-a", "-m", "x", "v3"]).passed();
    repo.git(&["push", "origin", "v3"]).said(1, "tagged.yaml");

    // A force push that rewrites: the new history is compared with what the server knows.
    repo.git(&["switch", "--quiet", "--create", "topic", "main"]).passed();
    repo.write("t.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.commit_all_unchecked("one");
    repo.git(&["push", "origin", "topic"]).passed();
    repo.git(&["reset", "--quiet", "--hard", "main"]).passed();
    repo.write("t.yaml", &Record::new("Contoso", "Yammer", ALSO_GREAT).yaml());
    repo.commit_all_unchecked("two");
    repo.git(&["push", "--force", "origin", "topic"]).passed();
    repo.git(&["push", "--force", "origin", "main:topic"]).passed();
    repo.write("t.yaml", &Record::new("Contoso", "Yammer", POOR).yaml());
    repo.commit_all_unchecked("three");
    repo.git(&["push", "--force", "origin", "topic"]).said(1, "t.yaml");
    assert_eq!(repo.git_in(&server, &["fsck", "--no-dangling"]).text, "");
}

#[test]
fn the_first_push_into_an_empty_server_is_judged_as_a_whole() {
    let (repo, _) = with_server();
    let empty = repo.home().join("empty.git");
    repo.git(&["init", "--quiet", "--bare", empty.to_str().unwrap()]).passed();
    repo.notegate_in(&empty, &["install"]).passed();
    repo.git(&["push", empty.to_str().unwrap(), "main"]).said(1, "old.yaml");
}

#[test]
fn a_merge_pushed_is_compared_with_both_of_its_known_parents() {
    let (repo, _) = with_server();
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("topic.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.commit_all_unchecked("topic");
    repo.git(&["push", "origin", "topic"]).passed();
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.git(&["merge", "--no-ff", "--no-edit", "topic"]).passed();
    repo.git(&["push", "origin", "main"]).said(0, "0 poor");
}

#[test]
fn the_rules_of_a_push_come_from_before_it() {
    let (repo, _) = with_server();
    repo.write("notegate.yaml", "rules: {blank-note: off, missing-reason: off, missing-intent: off}\n");
    repo.write("new.yaml", &Record::new("Contoso", "Yammer", POOR).yaml());
    repo.commit_all_unchecked("a poor note, and rules that allow it");
    let run = repo.git(&["push", "origin", "main"]);
    run.said(1, "new.yaml");
    assert!(run.text.contains("edits notegate.yaml"), "{}", run.text);
}

#[test]
fn pre_push_judges_what_the_remote_has_not() {
    let (repo, server) = with_server();
    std::fs::remove_file(server.join("hooks/pre-receive")).unwrap();
    repo.notegate(&["install"]).passed();
    repo.git(&["push", "origin", "main"]).passed();
    repo.write("new.yaml", &Record::new("Contoso", "Yammer", POOR).yaml());
    repo.commit_all_unchecked("poor");
    let run = repo.git(&["push", "origin", "main"]);
    run.said(1, "new.yaml");
    assert!(!run.text.contains("old.yaml"), "{}", run.text);
    repo.git(&["push", "origin", "main:refs/heads/new-branch"]).said(1, "new.yaml");
    // By address, without a name.
    repo.git(&["push", server.to_str().unwrap(), "main"]).said(1, "new.yaml");
    repo.git(&["push", "origin", ":nothing"]).code.unwrap();
    repo.write("new.yaml", &Record::new("Contoso", "Yammer", POOR).with(GREAT).yaml());
    repo.commit_all_unchecked("mended");
    repo.git(&["push", "origin", "main"]).passed();
    repo.git(&["push", "--no-verify", "origin", "HEAD~1:refs/heads/round"]).passed();
}

#[test]
fn input_that_git_never_writes_is_refused() {
    let (repo, server) = with_server();
    let feed = |hook: &str, input: &str| {
        use std::io::Write as _;
        let mut command = repo.command(crate::support::program(), &server);
        command.args(["hook", hook]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Run::of(&child.wait_with_output().unwrap())
    };
    feed("pre-receive", "").passed();
    feed("pre-push", "").passed();
    feed("pre-receive", "nonsense\n").said(3, "notegate install");
    let missing = "1".repeat(40);
    let zeros = "0".repeat(40);
    feed("pre-receive", &format!("{zeros} {missing} refs/heads/x\n")).said(3, "cannot be found");
    let run = feed("pre-receive", &format!("{zeros} {zeros} refs/heads/\u{1b}[31mred\n"));
    run.passed();
    assert!(!run.text.contains('\u{1b}'), "{}", run.text);
}
