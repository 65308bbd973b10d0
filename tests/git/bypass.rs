//! Every way round the hook that git offers, and the range gate behind it that sees what came in.

use crate::support::{ALSO_GREAT, GREAT, POOR, Record, Repo};

/// A repository whose `main` has a great note, and whose `poor` branch has one commit more, with a poor note.
fn with_poor_branch() -> Repo {
    let great = Record::new("Contoso", "Teams", GREAT);
    let repo = Repo::holding(&[("a.yaml", great.yaml())]);
    repo.git(&["switch", "--quiet", "--create", "poor"]).passed();
    repo.write("a.yaml", &great.with(POOR).yaml());
    repo.commit_all_unchecked("poor");
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo
}

/// The gate of the branch sees the note that no hook saw.
#[track_caller]
fn caught_since(repo: &Repo, base: &str) {
    assert_ne!(repo.head(), base, "the way round let something in");
    repo.notegate(&["check", "--from", base]).said(1, "a.yaml");
}

#[test]
fn no_verify() {
    let repo = with_poor_branch();
    let base = repo.head();
    repo.write("a.yaml", &Record::new("Contoso", "Teams", GREAT).with(POOR).yaml());
    repo.git(&["commit", "-n", "-a", "-m", "x"]).passed();
    caught_since(&repo, &base);
}

#[test]
fn a_clean_revert() {
    let poor = Record::new("Contoso", "Teams", POOR);
    let repo = Repo::holding(&[("a.yaml", poor.yaml())]);
    repo.stage("a.yaml", &poor.with(GREAT).yaml());
    repo.commit(&[]).passed();
    let base = repo.head();
    repo.git(&["revert", "--no-edit", "HEAD"]).passed();
    caught_since(&repo, &base);
}

#[test]
fn a_clean_cherry_pick() {
    let repo = with_poor_branch();
    let base = repo.head();
    repo.git(&["cherry-pick", "poor"]).passed();
    caught_since(&repo, &base);
}

#[test]
fn a_plain_rebase() {
    let repo = with_poor_branch();
    repo.write("other.yaml", &Record::new("Fabrikam", "Teams", GREAT).yaml());
    repo.commit_all_unchecked("main goes on");
    let base = repo.head();
    repo.git(&["switch", "--quiet", "poor"]).passed();
    repo.git(&["rebase", "--quiet", "main"]).passed();
    caught_since(&repo, &base);
}

#[test]
fn a_rebase_that_is_continued() {
    for stop in ["conflict", "edit"] {
        let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", GREAT).yaml())]);
        let base = repo.head();
        repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
        repo.write("a.yaml", &Record::new("Contoso", "Teams", GREAT).with(ALSO_GREAT).yaml());
        repo.commit_all_unchecked("topic");
        repo.git(&["switch", "--quiet", "main"]).passed();
        let path = if stop == "conflict" { "a.yaml" } else { "b.yaml" };
        repo.write(path, &Record::new("Contoso", "Teams", GREAT).with(GREAT).yaml());
        repo.commit_all_unchecked("main");
        repo.git(&["switch", "--quiet", "topic"]).passed();
        let mut rebase = repo.command("git", repo.root());
        rebase.args(["rebase", "--interactive", "main"]).env("GIT_SEQUENCE_EDITOR", "sed -i 's/^pick/edit/'");
        rebase.output().unwrap();
        assert!(repo.path(".git/rebase-merge").exists());
        // git commits by itself what is staged, and asks no hook; `git commit` does ask.
        repo.stage("a.yaml", &Record::new("Contoso", "Teams", GREAT).with(POOR).yaml());
        repo.commit(&[]).said(1, "a.yaml");
        repo.git(&["rebase", "--continue"]).passed();
        while repo.path(".git/rebase-merge").exists() {
            repo.git(&["rebase", "--continue"]).passed();
        }
        caught_since(&repo, &base);
    }
}

#[test]
fn am() {
    let repo = with_poor_branch();
    let base = repo.head();
    let patch = repo.home().join("poor.patch");
    repo.git(&["format-patch", "--quiet", "-1", "poor", "--output", patch.to_str().unwrap()]).passed();
    repo.git(&["am", "--quiet", patch.to_str().unwrap()]).passed();
    caught_since(&repo, &base);
}

#[test]
fn a_fast_forward() {
    let repo = with_poor_branch();
    let base = repo.head();
    repo.git(&["merge", "--ff-only", "poor"]).passed();
    caught_since(&repo, &base);
}

#[test]
fn stash_and_plumbing() {
    let repo = with_poor_branch();
    let base = repo.head();
    repo.write("a.yaml", &Record::new("Contoso", "Teams", GREAT).with(POOR).yaml());
    repo.git(&["stash", "--quiet"]).passed();
    repo.git(&["stash", "pop", "--quiet"]).passed();
    repo.git(&["add", "a.yaml"]).passed();
    let tree = repo.ask(&["write-tree"]);
    let commit = repo.ask(&["commit-tree", "-p", "HEAD", "-m", "x", &tree]);
    repo.git(&["update-ref", "HEAD", &commit]).passed();
    caught_since(&repo, &base);
}

#[test]
fn a_hook_that_was_removed() {
    let repo = with_poor_branch();
    let base = repo.head();
    std::fs::remove_file(repo.path(".git/hooks/pre-commit")).unwrap();
    repo.stage("a.yaml", &Record::new("Contoso", "Teams", GREAT).with(POOR).yaml());
    repo.commit(&[]).passed();
    caught_since(&repo, &base);
}
