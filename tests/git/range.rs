//! The gate of a branch: the merge base against its end.

use crate::support::{ALSO_GREAT, GREAT, POOR, Record, Repo};

#[test]
fn only_what_the_branch_changed_is_judged() {
    let repo = Repo::holding(&[("old.yaml", Record::new("Contoso", "Teams", POOR).yaml())]);
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("new.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.commit_all_unchecked("new");
    // Meanwhile on main: not the branch's doing.
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.write("main.yaml", &Record::new("Contoso", "Intune", POOR).yaml());
    repo.commit_all_unchecked("main");
    repo.notegate(&["check", "--from", "main", "--to", "topic"]).passed();
    repo.notegate(&["check", "--from", "topic", "--to", "main"]).said(1, "main.yaml");
    repo.notegate(&["check", "--rev", "topic"]).said(1, "old.yaml");
    // A poor note that came and went within the branch is gone.
    repo.git(&["switch", "--quiet", "topic"]).passed();
    repo.write("new.yaml", &Record::new("Contoso", "Yammer", POOR).yaml());
    repo.commit_all_unchecked("worse");
    repo.notegate(&["check", "--from", "main"]).said(1, "new.yaml");
    repo.git(&["revert", "--no-edit", "HEAD"]).passed();
    repo.notegate(&["check", "--from", "main"]).passed();
}

#[test]
fn main_merged_into_the_branch_is_not_the_branchs_doing() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", GREAT).yaml())]);
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("b.yaml", &Record::new("Contoso", "Yammer", ALSO_GREAT).yaml());
    repo.commit_all_unchecked("topic");
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.write("c.yaml", &Record::new("Contoso", "Intune", POOR).yaml());
    repo.commit_all_unchecked("main");
    repo.git(&["switch", "--quiet", "topic"]).passed();
    repo.git(&["merge", "main"]).passed();
    repo.notegate(&["check", "--from", "main"]).passed();
}

#[test]
fn a_shallow_clone_has_no_merge_base() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", GREAT).yaml())]);
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("b.yaml", &Record::new("Contoso", "Yammer", POOR).yaml());
    repo.commit_all_unchecked("topic");
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.commit_all_unchecked("main goes on");
    let clone = repo.home().join("clone");
    let address = format!("file://{}", repo.root().display());
    let clone_path = clone.to_str().unwrap();
    repo.git(&["clone", "--quiet", "--depth=1", "--no-single-branch", &address, clone_path]).passed();
    let run = repo.notegate_in(&clone, &["check", "--from", "origin/main", "--to", "origin/topic"]);
    run.said(3, "fetch-depth: 0");
    assert!(run.text.contains("no common commit"), "{}", run.text);
    repo.notegate_in(&clone, &["check", "--from", "v1.0"]).said(3, "fetch-depth: 0");
    // With the whole history it is found.
    repo.git_in(&clone, &["fetch", "--quiet", "--unshallow"]).passed();
    repo.notegate_in(&clone, &["check", "--from", "origin/main", "--to", "origin/topic"]).said(1, "b.yaml");
}

#[test]
fn names_that_are_no_commit() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", GREAT).yaml())]);
    let zeros = "0".repeat(40);
    repo.notegate(&["check", "--from", "nowhere"]).said(2, "no commit called `nowhere`");
    repo.notegate(&["check", "--from", "HEAD~1"]).said(2, "no commit called");
    repo.notegate(&["check", "--from", "HEAD:a.yaml"]).said(2, "no commit called");
    repo.notegate(&["check", "--from", "--output=x"]).ended(2);
    repo.notegate(&["check", "--from=--all"]).said(2, "no commit called");
    repo.notegate(&["check", "--from", ""]).ended(2);
    repo.notegate(&["check", "--from", &zeros]).said(0, "every record of it is judged");
    repo.notegate(&["check", "--from", "HEAD", "--to", &zeros]).said(2, "zeros");
    repo.notegate(&["check", "--rev", "nowhere"]).said(2, "no commit called");
    repo.notegate(&["check", "--from", "\u{1b}[31mred"]).ended(2);
    assert!(!repo.notegate(&["check", "--from", "\u{1b}[31mred"]).text.contains('\u{1b}'));
    // Two histories that have nothing in common.
    repo.git(&["switch", "--quiet", "--orphan", "other"]).passed();
    repo.write("b.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    repo.commit_all_unchecked("other");
    repo.notegate(&["check", "--from", "main"]).said(3, "--rev");
}

#[test]
fn outside_a_repository() {
    let nowhere = Repo::somewhere();
    for arguments in
        [&["check", "--staged"][..], &["check", "--from", "main"], &["check", "--rev", "HEAD"], &["install"]]
    {
        let run = nowhere.notegate(arguments);
        run.said(3, "no git repository");
    }
}

#[test]
fn an_empty_range_says_so() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", POOR).yaml())]);
    repo.notegate(&["check", "--from", "HEAD"]).said(0, "0 records");
    repo.notegate(&["check", "--from", "HEAD", "--require-records"]).ended(4);
    // Whatever the name of the one commit, or of one that builds on it.
    let old = repo.head();
    repo.git(&["branch", "same"]).passed();
    repo.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]).passed();
    repo.git(&["tag", "-m", "x", "v1"]).passed();
    for from in ["HEAD", "main", "same", "origin/main", "v1", "@", &old] {
        repo.notegate(&["check", "--from", from])
            .said(0, &format!("notice: the range holds no commit, because `{from}` has all of `HEAD`"));
    }
    repo.write("b.txt", "x");
    repo.commit_all_unchecked("more");
    let run = repo.notegate(&["check", "--from", "main", "--to", "same", "--redact"]);
    run.said(0, "notice: the range holds no commit, so nothing is judged\n");
    repo.notegate(&["check", "--from", "main", "--to", "same"]).said(0, "notegate check --rev=same");
    // Near misses: a commit that changes no note, and one that changes nothing.
    assert!(!repo.notegate(&["check", "--from", &old]).passed().contains("no commit"));
    repo.git(&["commit", "--quiet", "--allow-empty", "--no-verify", "-m", "empty"]).passed();
    assert!(!repo.notegate(&["check", "--from", "HEAD~1"]).passed().contains("no commit"));
}

#[test]
fn the_default_branch_is_not_compared_with_itself() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", POOR).yaml())]);
    let old = repo.head();
    repo.write("b.txt", "x");
    repo.commit_all_unchecked("more");
    repo.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]).passed();
    let head = repo.head();
    let lineage = |from: &str, to: &str, branch: &str| {
        repo.notegate(&["check", "--from", from, "--to", to, "--default-branch", "main", "--branch", branch])
    };
    for branch in ["main", "refs/heads/main"] {
        for from in ["origin/main", "main", "HEAD", &head] {
            lineage(from, "HEAD", branch)
                .said(1, "is the end of the default branch, so every record of `HEAD` is judged");
        }
        // Somebody else has pushed meanwhile.
        lineage("origin/main", &old, branch).said(1, "a.yaml");
        // Near misses: a range with a commit, and a branch that went back to an earlier commit.
        lineage(&old, "HEAD", branch).said(0, "0 files");
        lineage(&head, &old, branch).said(0, "the range holds no commit");
    }
    for branch in ["topic", "refs/heads/topic", "refs/tags/main", ""] {
        lineage("origin/main", "HEAD", branch).said(0, "the range holds no commit");
    }
}

#[test]
fn a_short_name_that_is_a_tag_and_no_branch_is_a_tag() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", POOR).yaml())]);
    repo.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]).passed();
    for tag in ["v1.0", "release/2", "both", "ours"] {
        repo.git(&["tag", tag]).passed();
    }
    repo.git(&["tag", "--annotate", "-m", "signed", "v2.0"]).passed();
    repo.git(&["update-ref", "refs/heads/both", "HEAD"]).passed();
    repo.git(&["update-ref", "refs/remotes/origin/ours", "HEAD"]).passed();
    let none = "0".repeat(40);
    let judge = |branch: &str, to: &str| {
        repo.notegate(&["check", "--from", &none, "--to", to, "--default-branch", "main", "--branch", branch])
    };
    for tag in ["v1.0", "release/2", "v2.0", "tags/v1.0", "refs/tags/v1.0"] {
        judge(tag, tag).said(1, "a tag is compared with nothing, so every record");
    }
    // Near misses: a branch of that name, here or on the remote, its whole name, and a name that is neither.
    for branch in ["both", "ours", "refs/heads/both", "refs/heads/v1.0", "gone"] {
        judge(branch, "HEAD").said(0, "0 files");
    }
    judge("main", "HEAD").said(1, "is the end of the default branch");
}

#[test]
fn the_rules_come_from_the_merge_base() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", GREAT).yaml())]);
    let lax = "rules: {blank-note: off, missing-reason: off, missing-intent: off}\n";
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("notegate.yaml", lax);
    repo.write("a.yaml", &Record::new("Contoso", "Teams", GREAT).with(POOR).yaml());
    repo.commit_all_unchecked("a poor note, and rules that allow it");
    let run = repo.notegate(&["check", "--from", "main"]);
    run.said(1, "a.yaml");
    assert!(run.text.contains("notegate.yaml"), "the edit of the rules is told: {}", run.text);
    repo.notegate(&["check", "--from", "main", "--config-from", "base"]).ended(1);
    repo.notegate(&["check", "--from", "main", "--config-from", "head"]).passed();
    // The work tree is neither.
    repo.write("notegate.yaml", "rules: {blank-note: error}\n");
    repo.notegate(&["check", "--from", "main", "--config-from", "worktree"]).said(1, "blank-note");
    // Once the rules are on main they hold.
    repo.git(&["restore", "notegate.yaml"]).passed();
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.write("notegate.yaml", lax);
    repo.commit_all_unchecked("rules");
    repo.git(&["switch", "--quiet", "topic"]).passed();
    repo.git(&["rebase", "--quiet", "main"]).passed();
    repo.notegate(&["check", "--from", "main"]).passed();
}

#[test]
fn a_criss_cross_merge_has_two_merge_bases() {
    let (a, b) = (Record::new("Contoso", "Teams", POOR), Record::new("Contoso", "Yammer", POOR));
    let repo = Repo::holding(&[("begin.yaml", Record::new("Contoso", "Intune", GREAT).yaml())]);
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("b.yaml", &b.yaml());
    repo.commit_all_unchecked("b");
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.write("a.yaml", &a.yaml());
    repo.commit_all_unchecked("a");
    let main = repo.head();
    repo.git(&["merge", "--quiet", "topic"]).passed();
    repo.git(&["switch", "--quiet", "topic"]).passed();
    repo.git(&["merge", "--quiet", &main]).passed();
    assert_eq!(repo.ask(&["merge-base", "--all", "main", "topic"]).lines().count(), 2);
    // Both notes are on a merge base; neither is the branch's.
    repo.notegate(&["check", "--from", "main", "--to", "topic"]).passed();
    repo.write("c.yaml", &Record::new("Contoso", "Stream", POOR).yaml());
    repo.commit_all_unchecked("c");
    let run = repo.notegate(&["check", "--from", "main", "--to", "topic"]);
    run.said(1, "c.yaml");
    assert!(!run.text.contains("a.yaml"), "{}", run.text);
}

#[test]
fn options_that_make_no_sense_together() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", GREAT).yaml())]);
    for arguments in [
        &["check", "--staged", "--from", "HEAD"][..],
        &["check", "--staged", "--rev", "HEAD"],
        &["check", "--from", "HEAD", "--rev", "HEAD"],
        &["check", "--to", "HEAD"],
        &["check", "--config-from", "base"],
        &["hook"],
        &["hook", "post-commit"],
        &["install", "post-commit"],
    ] {
        repo.notegate(arguments).ended(2);
    }
}
