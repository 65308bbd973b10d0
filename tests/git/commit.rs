//! Which index: the hook judges what the commit would hold, however the commit is made.

use crate::support::{ALSO_GREAT, GREAT, POOR, Record, Repo, Run, blocked, stream};
use std::fs;

fn two_notes() -> (Repo, Record, Record) {
    let (a, b) = (Record::new("Contoso", "Teams", GREAT), Record::new("Contoso", "Yammer", ALSO_GREAT));
    let repo = Repo::holding(&[("a.yaml", a.yaml()), ("b.yaml", b.yaml())]);
    (repo, a, b)
}

#[test]
fn a_great_note_passes_and_a_poor_one_does_not() {
    let (repo, a, _) = two_notes();
    repo.stage("a.yaml", &a.with(ALSO_GREAT).yaml());
    repo.commit(&[]).passed();
    let before = repo.head();
    repo.stage("a.yaml", &a.with(POOR).yaml());
    let run = repo.commit(&[]);
    blocked(&repo, &run, &before);
    assert!(run.text.contains("a.yaml") && run.text.contains("blank-note"), "{}", run.text);
}

#[test]
fn commit_all_and_include_use_their_own_index() {
    for arguments in [&["-a"][..], &["-am", "x"], &["-i", "a.yaml"], &["--include", "a.yaml"]] {
        let (repo, a, _) = two_notes();
        let before = repo.head();
        repo.write("a.yaml", &a.with(POOR).yaml());
        blocked(&repo, &repo.commit(arguments), &before);
    }
}

#[test]
fn a_commit_of_named_paths_judges_those_and_not_what_else_is_staged() {
    for arguments in [&["--", "a.yaml"][..], &["--only", "a.yaml"], &["-o", "a.yaml"]] {
        let (repo, a, b) = two_notes();
        let before = repo.head();
        repo.stage("b.yaml", &b.with(GREAT).yaml());
        repo.write("a.yaml", &a.with(POOR).yaml());
        blocked(&repo, &repo.commit(arguments), &before);

        repo.stage("b.yaml", &b.with(POOR).yaml());
        repo.write("a.yaml", &a.with(ALSO_GREAT).yaml());
        repo.commit(arguments).passed();
        assert_ne!(repo.head(), before);
        assert_eq!(repo.ask(&["diff", "--cached", "--name-only"]), "b.yaml");
    }
}

#[test]
fn the_staged_text_counts_and_not_the_file() {
    let (repo, a, _) = two_notes();
    let before = repo.head();
    repo.stage("a.yaml", &a.with(POOR).yaml());
    repo.write("a.yaml", &a.with(ALSO_GREAT).yaml());
    blocked(&repo, &repo.commit(&[]), &before);

    repo.stage("a.yaml", &a.with(ALSO_GREAT).yaml());
    repo.write("a.yaml", &a.with(POOR).yaml());
    repo.commit(&[]).passed();
}

#[test]
fn a_linked_worktree_has_its_own_index_and_configuration() {
    let (repo, a, _) = two_notes();
    repo.git(&["worktree", "add", "--quiet", "-b", "topic", "../linked"]).passed();
    let linked = repo.root().parent().unwrap().join("linked");
    let index = fs::read(repo.path(".git/index")).unwrap();

    fs::write(linked.join("a.yaml"), a.with(POOR).yaml()).unwrap();
    repo.git_in(&linked, &["add", "a.yaml"]).passed();
    repo.notegate_in(&linked, &["check", "--staged"]).said(1, "a.yaml");
    repo.git_in(&linked, &["commit", "-m", "x"]).said(1, "a.yaml");
    repo.notegate(&["check", "--staged"]).passed();

    // The rules of that worktree hold there.
    fs::write(linked.join("notegate.yaml"), "rules: {blank-note: off, missing-reason: off, missing-intent: off}\n")
        .unwrap();
    repo.git_in(&linked, &["add", "notegate.yaml"]).passed();
    repo.git_in(&linked, &["commit", "-m", "x"]).passed();

    assert_eq!(fs::read(repo.path(".git/index")).unwrap(), index);
    assert_eq!(repo.ask(&["status", "--porcelain"]), "");
    assert_eq!(repo.ask(&["fsck", "--no-dangling"]), "");
}

#[test]
fn intent_to_add_is_not_staged() {
    let (repo, a, _) = two_notes();
    repo.write("new.yaml", &Record::new("Contoso", "Intune", POOR).yaml());
    repo.git(&["add", "--intent-to-add", "new.yaml"]).passed();
    repo.stage("a.yaml", &a.with(ALSO_GREAT).yaml());
    repo.notegate(&["check", "--staged"]).passed();
    repo.commit(&[]).passed();
}

#[test]
fn the_first_commit_and_an_orphan_branch() {
    let repo = Repo::new();
    repo.stage("a.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    repo.commit(&[]).said(1, "a.yaml");
    repo.stage("a.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    repo.commit(&[]).passed();

    repo.git(&["switch", "--quiet", "--orphan", "other"]).passed();
    repo.stage("b.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    repo.commit(&[]).said(1, "b.yaml");
    repo.stage("b.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    repo.commit(&[]).passed();
}

#[test]
fn an_amended_commit_is_compared_with_the_one_it_replaces() {
    let (repo, a, _) = two_notes();
    let poor = a.with(POOR);
    repo.write("a.yaml", &poor.yaml());
    repo.commit_all_unchecked("round the hook");
    // Git does not tell the hook that it is an amend: what is in HEAD already is not seen ...
    repo.commit(&["--amend"]).passed();
    repo.commit(&["--amend", "--only"]).passed();
    // ... and the range gate sees it.
    repo.notegate(&["check", "--from", "HEAD~1"]).said(1, "a.yaml");
    // What the amend adds is seen.
    let before = repo.head();
    repo.stage("b.yaml", &Record::new("Fabrikam", "Yammer", POOR).yaml());
    blocked(&repo, &repo.commit(&["--amend"]), &before);
}

#[test]
fn from_a_folder_from_inside_git_and_with_a_detached_work_tree() {
    let (repo, ..) = two_notes();
    let before = repo.head();
    repo.stage("sub/deep/c.yaml", &Record::new("Fabrikam", "Teams", POOR).yaml());
    let deep = repo.path("sub/deep");
    let run = repo.git_in(&deep, &["commit", "-m", "x"]);
    blocked(&repo, &run, &before);
    // People open the file from where they stand.
    let from_inside = repo.notegate_in(&deep, &["check", "--staged"]);
    assert!(from_inside.ended(1).starts_with("c.yaml:4 ·"), "{}", from_inside.text);
    repo.notegate_in(&repo.path(".git"), &["check", "--staged"]).said(1, "sub/deep/c.yaml");

    let (git_dir, work_tree) = (repo.path(".git"), repo.root().to_owned());
    let named = [format!("--git-dir={}", git_dir.display()), format!("--work-tree={}", work_tree.display())];
    let run = repo.git_in(repo.home(), &[&named[0], &named[1], "commit", "-m", "x"]);
    blocked(&repo, &run, &before);

    let elsewhere = Run::of(
        &repo
            .command(crate::support::program(), repo.home())
            .env("GIT_DIR", &git_dir)
            .env("GIT_WORK_TREE", &work_tree)
            .args(["check", "--staged"])
            .output()
            .unwrap(),
    );
    elsewhere.said(1, "sub/deep/c.yaml");
}

#[test]
fn a_detached_head() {
    let (repo, a, _) = two_notes();
    repo.git(&["switch", "--quiet", "--detach"]).passed();
    let before = repo.head();
    repo.stage("a.yaml", &a.with(POOR).yaml());
    blocked(&repo, &repo.commit(&[]), &before);
    repo.stage("a.yaml", &a.with(ALSO_GREAT).yaml());
    repo.commit(&[]).passed();
}

#[test]
fn the_other_commands_that_make_a_commit() {
    let (repo, a, _) = two_notes();
    repo.commit(&["--allow-empty"]).passed();
    let before = repo.head();
    repo.stage("a.yaml", &a.with(POOR).yaml());
    blocked(&repo, &repo.git(&["commit", "--fixup", "HEAD"]), &before);
    repo.git(&["reset", "--quiet", "--hard"]).passed();

    // A squashed merge has one parent: all that it brings is judged.
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("a.yaml", &a.with(POOR).yaml());
    repo.commit_all_unchecked("round the hook");
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.git(&["merge", "--quiet", "--squash", "topic"]).passed();
    blocked(&repo, &repo.commit(&[]), &before);
}

#[test]
fn an_interactive_rebase_that_stops_to_edit() {
    let (repo, a, _) = two_notes();
    repo.stage("a.yaml", &a.with(ALSO_GREAT).yaml());
    repo.commit(&[]).passed();
    let rebase = |todo: &str| {
        let edit = format!("sed -i -e '1s/^pick/{todo}/'");
        Run::of(
            &repo
                .command("git", repo.root())
                .env("GIT_SEQUENCE_EDITOR", edit)
                .args(["rebase", "-i", "HEAD~1"])
                .output()
                .unwrap(),
        )
    };
    rebase("edit").passed();
    let before = repo.head();
    repo.stage("a.yaml", &a.with(ALSO_GREAT).with(POOR).yaml());
    blocked(&repo, &repo.commit(&["--amend"]), &before);
    repo.git(&["rebase", "--abort"]).passed();
    rebase("reword").passed();
}

#[test]
fn unmerged_paths_are_named() {
    let (repo, a, _) = two_notes();
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("a.yaml", &a.with(ALSO_GREAT).yaml());
    repo.commit_all_unchecked("theirs");
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.write("a.yaml", &a.with(&GREAT.replace("X regulation", "Y regulation")).yaml());
    repo.commit_all_unchecked("ours");
    assert_ne!(repo.git(&["merge", "topic"]).code, Some(0));
    let run = repo.notegate(&["check", "--staged"]);
    run.said(3, "unmerged paths");
    assert!(run.text.contains("a.yaml") && !run.text.contains("b.yaml"), "{}", run.text);

    // Conflict markers that were staged as they are make the file unreadable.
    repo.git(&["add", "a.yaml"]).passed();
    repo.notegate(&["check", "--staged"]).said(1, "a.yaml");
    let before = repo.head();
    blocked(&repo, &repo.git(&["commit", "--no-edit"]), &before);
}

#[test]
fn one_changed_field_has_the_whole_record_judged() {
    let poor = Record::new("Contoso", "Teams", POOR);
    let repo = Repo::holding(&[("a.yaml", stream(&[poor.clone(), Record::new("Contoso", "Yammer", GREAT)]))]);
    // Another record of the file: the old poor note is left alone.
    let other = Record::new("Contoso", "Yammer", GREAT).with(ALSO_GREAT);
    repo.stage("a.yaml", &stream(&[poor.clone(), other.clone()]));
    repo.notegate(&["check", "--staged", "--all-records"]).said(1, "blank-note");
    repo.commit(&[]).passed();
    // The status of the poor one: its note is judged too.
    let before = repo.head();
    let mut touched = poor.with(POOR);
    touched.status = "No Intent".to_owned();
    repo.stage("a.yaml", &stream(&[touched, other]));
    let run = repo.commit(&[]);
    blocked(&repo, &run, &before);
    assert!(run.text.contains("blank-note"), "{}", run.text);
}

#[test]
fn rules_come_from_the_index() {
    let (repo, a, _) = two_notes();
    repo.stage("a.yaml", &a.with(POOR).yaml());
    repo.write("notegate.yaml", "rules: {blank-note: off, missing-reason: off, missing-intent: off}\n");
    let before = repo.head();
    blocked(&repo, &repo.commit(&[]), &before);
    repo.git(&["add", "notegate.yaml"]).passed();
    repo.write("notegate.yaml", "rules: {blank-note: error}\n");
    repo.commit(&[]).passed();
}

#[test]
fn a_rule_file_that_is_wrong_stops_the_commit() {
    let (repo, a, _) = two_notes();
    repo.stage("a.yaml", &a.with(ALSO_GREAT).yaml());
    repo.stage("notegate.yaml", "rulez: {}\n");
    repo.notegate(&["check", "--staged"]).said(2, "rulez");
    assert_ne!(repo.commit(&[]).code, Some(0));
}
