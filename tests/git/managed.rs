//! What pre-commit and prek say in the environment about a run.

use crate::support::{GREAT, POOR, Record, Repo, Run, program};

/// A repository with an old poor note, then a great one.
fn history() -> (Repo, String) {
    let repo = Repo::bare_of_hooks();
    repo.write("old.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    repo.commit_all_unchecked("old");
    let base = repo.head();
    repo.write("new.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.commit_all_unchecked("great");
    (repo, base)
}

fn hook(repo: &Repo, name: &str, variables: &[(&str, &str)]) -> Run {
    let mut command = repo.command(program(), repo.root());
    command.args(["hook", name]).env("PRE_COMMIT", "1").envs(variables.iter().copied());
    Run::of(&command.output().unwrap())
}

#[test]
fn a_range_is_judged() {
    let (repo, base) = history();
    for name in ["pre-commit", "pre-merge-commit", "pre-push"] {
        let range = [("PRE_COMMIT_FROM_REF", base.as_str()), ("PRE_COMMIT_TO_REF", "HEAD")];
        hook(&repo, name, &range).said(0, "1 file, 1 record: 1 great");
    }
    repo.write("new.yaml", &Record::new("Contoso", "Yammer", GREAT).with(POOR).yaml());
    repo.commit_all_unchecked("poor");
    for name in ["pre-commit", "pre-push"] {
        let range = [("PRE_COMMIT_FROM_REF", base.as_str()), ("PRE_COMMIT_TO_REF", "HEAD")];
        let run = hook(&repo, name, &range);
        run.said(1, "new.yaml");
        assert!(!run.text.contains("old.yaml"), "{}", run.text);
        // While git pushes, the manager names the remote.
        let push = [range.as_slice(), &[("PRE_COMMIT_REMOTE_NAME", "origin")]].concat();
        hook(&repo, name, &push).said(1, "Nothing was pushed. Correct the note");
    }
    let by_hand = hook(&repo, "pre-commit", &[("PRE_COMMIT_FROM_REF", &base), ("PRE_COMMIT_TO_REF", "HEAD")]);
    assert!(!by_hand.text.contains("Nothing was"), "{}", by_hand.text);
    // The rules are those from before the range.
    repo.write("notegate.yaml", "exclude: ['**']\n");
    repo.commit_all_unchecked("rules");
    hook(&repo, "pre-commit", &[("PRE_COMMIT_FROM_REF", &base), ("PRE_COMMIT_TO_REF", "HEAD")]).said(1, "new.yaml");
}

#[test]
fn an_empty_range_is_told() {
    let (repo, _) = history();
    for name in ["pre-commit", "pre-push"] {
        let run = hook(&repo, name, &[("PRE_COMMIT_FROM_REF", "HEAD"), ("PRE_COMMIT_TO_REF", "HEAD")]);
        run.said(0, "notice: the range holds no commit, because `HEAD` has all of `HEAD`");
    }
}

#[test]
fn a_range_that_is_not_one_is_an_error() {
    let (repo, base) = history();
    hook(&repo, "pre-commit", &[("PRE_COMMIT_FROM_REF", &base)]).said(2, "is incomplete");
    hook(&repo, "pre-push", &[("PRE_COMMIT_TO_REF", "HEAD")]).said(2, "is incomplete");
    hook(&repo, "pre-commit", &[("PRE_COMMIT_FROM_REF", "nowhere"), ("PRE_COMMIT_TO_REF", "HEAD")]).said(2, "nowhere");
    let (from, to) = (("PRE_COMMIT_FROM_REF", "--output=x"), ("PRE_COMMIT_TO_REF", "HEAD"));
    hook(&repo, "pre-commit", &[from, to]).said(2, "--output=x");
    // Empty is as good as not set.
    hook(&repo, "pre-commit", &[("PRE_COMMIT_FROM_REF", ""), ("GIT_INDEX_FILE", ".git/index")]).passed();
}

#[test]
fn the_first_push_of_a_whole_history_is_judged_as_a_whole() {
    let (repo, _) = history();
    let whole = [("PRE_COMMIT_REMOTE_NAME", "origin"), ("PRE_COMMIT_LOCAL_BRANCH", "refs/heads/main")];
    for name in ["pre-commit", "pre-push"] {
        hook(&repo, name, &whole).said(1, "old.yaml");
    }
    hook(&repo, "pre-commit", &[whole[0], ("PRE_COMMIT_LOCAL_BRANCH", "refs/heads/nowhere")]).said(2, "nowhere");
}

#[test]
fn a_run_by_hand_with_nothing_staged_judges_all_records() {
    let (repo, _) = history();
    let run = hook(&repo, "pre-commit", &[]);
    run.said(1, "Nothing is staged, so all records of HEAD are judged.");
    assert!(run.text.contains("old.yaml") && run.text.contains("2 files, 2 records"), "{}", run.text);
    assert!(!run.text.contains("Nothing was committed"), "{}", run.text);
    // Something is staged: that is what is judged, and the run says so.
    repo.stage("new.yaml", &Record::new("Contoso", "Yammer", GREAT).with(GREAT).yaml());
    let run = hook(&repo, "pre-commit", &[]);
    run.said(0, "`notegate-all` judges all records");
    assert!(!run.text.contains("old.yaml"), "{}", run.text);
    // Nothing is there yet.
    hook(&Repo::bare_of_hooks(), "pre-commit", &[]).said(0, "0 files, 0 records");
}

#[test]
fn a_commit_with_nothing_staged_judges_no_old_note() {
    let (repo, _) = history();
    // git names the index to the hooks of a commit, such as one with --amend or --allow-empty.
    let run = hook(&repo, "pre-commit", &[("GIT_INDEX_FILE", ".git/index")]);
    assert_eq!(run.passed(), "");
}

#[test]
fn notegates_own_hooks_do_not_listen_to_a_manager() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", GREAT).yaml())]);
    repo.stage("a.yaml", &Record::new("Contoso", "Teams", GREAT).with(POOR).yaml());
    let mut commit = repo.command("git", repo.root());
    commit.args(["commit", "-m", "poor"]).env("PRE_COMMIT", "1");
    commit.env("PRE_COMMIT_FROM_REF", "HEAD").env("PRE_COMMIT_TO_REF", "HEAD");
    Run::of(&commit.output().unwrap()).said(1, "a.yaml");
}

#[cfg(unix)]
/// A repository whose hook of commits is somebody's own, with a poor note staged.
fn with_own_hook(script: &str) -> Repo {
    let (repo, _) = history();
    let script = script.replace("notegate", program().to_str().unwrap());
    repo.write(".git/hooks/pre-commit", &format!("#!/bin/sh\n{script}\n"));
    let file = repo.path(".git/hooks/pre-commit");
    Run::of(&repo.command("chmod", repo.root()).arg("+x").arg(file).output().unwrap()).passed();
    repo.stage("new.yaml", &Record::new("Contoso", "Yammer", GREAT).with(POOR).yaml());
    repo
}

#[cfg(unix)]
#[test]
fn a_range_that_is_left_over_switches_off_no_commit_hook() {
    let repo = with_own_hook("exec notegate hook pre-commit");
    let range = [("PRE_COMMIT_FROM_REF", "HEAD"), ("PRE_COMMIT_TO_REF", "HEAD")];
    let push =
        [range.as_slice(), &[("PRE_COMMIT_REMOTE_NAME", "origin"), ("PRE_COMMIT_LOCAL_BRANCH", "main")]].concat();
    for variables in [
        &range[..],
        &range[..1],
        &range[1..],
        &[("PRE_COMMIT_FROM_REF", "nowhere"), ("PRE_COMMIT_TO_REF", "HEAD")],
        &push,
        &push[2..],
        &[("PRE_COMMIT", "1"), ("PRE_COMMIT_REMOTE_NAME", "origin")],
    ] {
        for arguments in [&["commit", "-m", "x"][..], &["commit", "-a", "-m", "x"], &["commit", "-m", "x", "new.yaml"]]
        {
            let mut commit = repo.command("git", repo.root());
            let run = Run::of(&commit.args(arguments).envs(variables.iter().copied()).output().unwrap());
            run.said(1, "Nothing was committed. Correct the note");
            assert!(run.text.contains("new.yaml") && !run.text.contains("no commit,"), "{variables:?}: {}", run.text);
        }
    }
}

#[test]
fn a_push_that_a_hook_of_a_commit_starts_is_judged() {
    let (repo, base) = history();
    repo.write("new.yaml", &Record::new("Contoso", "Yammer", GREAT).with(POOR).yaml());
    repo.commit_all_unchecked("poor");
    let push = [
        ("GIT_INDEX_FILE", ".git/index"),
        ("PRE_COMMIT_REMOTE_NAME", "origin"),
        ("PRE_COMMIT_FROM_REF", base.as_str()),
        ("PRE_COMMIT_TO_REF", "HEAD"),
    ];
    let run = hook(&repo, "pre-commit", &push);
    run.said(1, "new.yaml");
    run.said(1, "Nothing was pushed. Correct the note");
}

#[test]
fn a_push_without_references_is_told() {
    let (repo, _) = history();
    repo.notegate(&["hook", "pre-push"]).said(0, "names no pushed reference, so nothing was judged");
}
