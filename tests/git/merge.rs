//! Merges: what one of the parents holds already was judged there; what the merge itself writes is judged here.

use crate::support::{ALSO_GREAT, GREAT, POOR, Record, Repo, Run, blocked};

/// On `topic` somebody else's poor note and a change of `shared.yaml`; on `main` another change of `shared.yaml`.
fn conflict() -> (Repo, Record) {
    let shared = Record::new("Contoso", "Teams", GREAT);
    let repo = Repo::holding(&[("shared.yaml", shared.yaml())]);
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("theirs.yaml", &Record::new("Fabrikam", "Teams", POOR).yaml());
    repo.write("broken.yaml", "note: 'never closed\n");
    repo.write("shared.yaml", &shared.with(ALSO_GREAT).yaml());
    repo.commit_all_unchecked("theirs");
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.write("shared.yaml", &shared.with(&GREAT.replace("X regulation", "Y regulation")).yaml());
    repo.commit_all_unchecked("ours");
    assert_eq!(repo.git(&["merge", "topic"]).code, Some(1));
    (repo, shared)
}

#[test]
fn other_peoples_notes_do_not_stop_a_resolved_merge() {
    let (repo, shared) = conflict();
    let resolved = shared.with(ALSO_GREAT).with(&GREAT.replace("X regulation", "Z regulation"));
    repo.stage("shared.yaml", &resolved.yaml());
    let state = |name: &str| std::fs::read(repo.path(".git").join(name)).unwrap();
    let before = ["MERGE_HEAD", "MERGE_MSG", "MERGE_MODE", "index", "ORIG_HEAD"].map(state);
    repo.notegate(&["hook", "pre-commit"]).passed();
    assert_eq!(["MERGE_HEAD", "MERGE_MSG", "MERGE_MODE", "index", "ORIG_HEAD"].map(state), before);
    repo.git(&["commit", "--no-edit"]).passed();
    assert_eq!(repo.ask(&["rev-list", "--parents", "-1", "HEAD"]).split(' ').count(), 3);
}

#[test]
fn taking_one_side_as_it_is_blames_no_note_of_it() {
    for side in ["--ours", "--theirs"] {
        let (repo, shared) = conflict();
        // On each side the record has got an entry of the same words, so neither log loses one.
        repo.git(&["checkout", side, "shared.yaml"]).passed();
        repo.git(&["add", "shared.yaml"]).passed();
        repo.git(&["commit", "--no-edit"]).passed();
        assert_eq!(shared.entries, [1]);
        // Nor does a poor note that was there, where nobody added to its log.
        repo.git(&["switch", "--quiet", "--create", "poor", "HEAD~1"]).passed();
        repo.write("shared.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
        repo.commit_all_unchecked("round the hook");
        assert_eq!(repo.git(&["merge", "topic"]).code, Some(1));
        repo.git(&["checkout", "--ours", "shared.yaml"]).passed();
        repo.git(&["add", "shared.yaml"]).passed();
        let lost = repo.git(&["commit", "--no-edit"]);
        lost.said(1, "“2020-03-02, Celia Kennedy, Customer call 2” was removed");
    }
}

#[test]
fn a_poor_note_born_in_the_resolution_is_stopped() {
    let (repo, shared) = conflict();
    let before = repo.head();
    repo.stage("shared.yaml", &shared.with(POOR).yaml());
    let run = repo.git(&["commit", "--no-edit"]);
    blocked(&repo, &run, &before);
    assert!(run.text.contains("shared.yaml") && !run.text.contains("theirs.yaml"), "{}", run.text);
    assert!(!run.text.contains("broken.yaml"), "{}", run.text);
    // Round the hook: the range gate sees what a list of patches does not show.
    repo.git(&["commit", "--no-edit", "--no-verify"]).passed();
    repo.notegate(&["check", "--from", "HEAD~1"]).said(1, "shared.yaml");
}

#[test]
fn a_merge_without_conflict_runs_its_own_hook() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", GREAT).yaml())]);
    let begin = repo.head();
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("theirs.yaml", &Record::new("Fabrikam", "Teams", POOR).yaml());
    repo.commit_all_unchecked("round the hook");
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.write("ours.yaml", &Record::new("Fabrikam", "Yammer", POOR).yaml());
    repo.commit_all_unchecked("round the hook");
    // Each side's note stands on that side: nothing is written by the merge.
    repo.git(&["merge", "topic"]).passed();
    assert_eq!(repo.ask(&["rev-list", "--parents", "-1", "HEAD"]).split(' ').count(), 3);
    repo.notegate(&["check", "--from", &begin]).said(1, "theirs.yaml");

    // The hook did run: with a program that is not there it stops the merge.
    repo.git(&["reset", "--quiet", "--hard", "HEAD~1"]).passed();
    let hook = repo.path(".git/hooks/pre-merge-commit");
    let script = std::fs::read_to_string(&hook).unwrap();
    std::fs::write(&hook, script.replace("program='", "program='/gone")).unwrap();
    let before = repo.head();
    let run = repo.git(&["merge", "topic"]);
    assert_ne!(run.code, Some(0));
    assert!(run.text.contains("is gone"), "{}", run.text);
    assert_eq!(repo.head(), before);
}

#[test]
fn a_clean_merge_whose_text_is_new_is_stopped() {
    // Both sides edit one file in places that git joins by itself, and the joined record is on neither side.
    let mut base = Record::new("Contoso", "Teams", GREAT);
    base.entries = (1..=9).rev().collect();
    let repo = Repo::holding(&[("a.yaml", base.yaml())]);
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("a.yaml", &base.yaml().replace("status: Blocked", "status: No Intent"));
    repo.commit_all_unchecked("theirs");
    repo.git(&["switch", "--quiet", "main"]).passed();
    let mut ours = base;
    ours.entries.pop();
    repo.write("a.yaml", &ours.yaml());
    repo.commit_all_unchecked("ours");
    let before = repo.head();
    let run = repo.git(&["merge", "topic"]);
    assert_ne!(run.code, Some(0), "{}", run.text);
    assert!(run.text.contains("refresh-not-updated"), "{}", run.text);
    assert_eq!(repo.head(), before);
}

#[test]
fn an_octopus() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", GREAT).yaml())]);
    for topic in ["one", "two"] {
        repo.git(&["switch", "--quiet", "--create", topic, "main"]).passed();
        repo.write(&format!("{topic}.yaml"), &Record::new(topic, "Teams", POOR).yaml());
        repo.commit_all_unchecked("round the hook");
    }
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.commit_all_unchecked("main goes on");
    repo.git(&["merge", "--no-commit", "one", "two"]).passed();
    repo.notegate(&["hook", "pre-commit"]).passed();
    let before = repo.head();
    repo.stage("a.yaml", &Record::new("Contoso", "Teams", GREAT).with(POOR).yaml());
    let run = repo.git(&["commit", "--no-edit"]);
    blocked(&repo, &run, &before);
    assert!(!run.text.contains("one.yaml"), "{}", run.text);
    repo.git(&["reset", "--quiet", "--hard"]).passed();
    repo.git(&["merge", "one", "two"]).passed();
    assert_eq!(repo.ask(&["rev-list", "--parents", "-1", "HEAD"]).split(' ').count(), 4);
}

#[test]
fn a_record_that_one_side_moved_and_the_other_edited() {
    let base = Record::new("Contoso", "Teams", POOR);
    let repo = Repo::holding(&[("a.yaml", base.yaml())]);
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.git(&["mv", "a.yaml", "b.yaml"]).passed();
    repo.commit_all_unchecked("moved");
    repo.git(&["switch", "--quiet", "main"]).passed();
    let mut edited = base.with(POOR);
    edited.note = "n/a".to_owned();
    repo.write("a.yaml", &edited.yaml());
    repo.commit_all_unchecked("edited");
    // Git follows the move: the file is new on our side and changed on theirs, the record stands on ours.
    let run: Run = repo.git(&["merge", "topic"]);
    run.passed();
    assert_eq!(repo.ask(&["ls-files"]), "b.yaml");
}

#[test]
fn a_merge_that_rebase_makes_again_can_be_committed() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", GREAT).yaml())]);
    repo.git(&["switch", "--quiet", "--create", "side"]).passed();
    repo.write("theirs.yaml", &Record::new("Fabrikam", "Teams", POOR).yaml());
    repo.write("a.yaml", &Record::new("Contoso", "Teams", GREAT).with(ALSO_GREAT).yaml());
    repo.commit_all_unchecked("theirs");
    repo.git(&["switch", "--quiet", "--create", "topic", "main"]).passed();
    repo.write("a.yaml", &Record::new("Contoso", "Teams", GREAT).with(&GREAT.replace("X reg", "Y reg")).yaml());
    repo.commit_all_unchecked("ours");
    assert_eq!(repo.git(&["merge", "side"]).code, Some(1));
    let merged = Record::new("Contoso", "Teams", GREAT).with(ALSO_GREAT).with(&GREAT.replace("X reg", "Z reg"));
    repo.stage("a.yaml", &merged.yaml());
    repo.git(&["commit", "--quiet", "--no-edit"]).passed();
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.write("other.yaml", &Record::new("Litware", "Teams", GREAT).yaml());
    repo.commit_all_unchecked("main goes on");
    repo.git(&["switch", "--quiet", "topic"]).passed();
    // The merge conflicts once more, and `rebase` writes MERGE_HEAD in its own way.
    assert_eq!(repo.git(&["rebase", "--rebase-merges", "main"]).code, Some(1));
    let heads = std::fs::read(repo.path(".git/MERGE_HEAD")).unwrap();
    assert_eq!(heads.len(), 40, "no end of line");
    let before = repo.head();
    repo.stage("a.yaml", &merged.with(POOR).yaml());
    let run = repo.commit(&[]);
    blocked(&repo, &run, &before);
    assert!(!run.text.contains("theirs.yaml"), "{}", run.text);
    repo.stage("a.yaml", &merged.yaml());
    repo.commit(&[]).passed();
    assert_eq!(repo.ask(&["rev-list", "--parents", "-1", "HEAD"]).split(' ').count(), 3);
}

#[test]
fn merge_heads_of_every_shape() {
    let (repo, shared) = conflict();
    let theirs = repo.ask(&["rev-parse", "topic"]);
    let first = repo.ask(&["rev-parse", "HEAD~1"]);
    let resolved = shared.with(ALSO_GREAT).with(&GREAT.replace("X regulation", "Z regulation"));
    repo.stage("shared.yaml", &resolved.yaml());
    let file = repo.path(".git/MERGE_HEAD");
    for heads in [
        theirs.clone(),
        format!("{theirs}\r\n"),
        format!("\n{theirs}\n\n"),
        format!("{theirs}\n{first}"),
        format!("{first}\r\n{theirs}\r\n"),
        theirs.to_uppercase(),
    ] {
        std::fs::write(&file, &heads).unwrap();
        for arguments in [["hook", "pre-commit"], ["check", "--staged"]] {
            let run = repo.notegate(&arguments);
            assert_eq!(run.code, Some(0), "{heads:?}: {}", run.text);
        }
    }
    for junk in ["topic\n", &theirs[..20], &format!("{theirs}\tbranch 'topic'\n"), &"1".repeat(40), "\u{1b}[31m"] {
        std::fs::write(&file, junk).unwrap();
        let run = repo.notegate(&["hook", "pre-commit"]);
        assert_eq!(run.code, Some(3), "{junk:?}: {}", run.text);
        assert!(!run.text.contains('\u{1b}'), "{}", run.text);
    }
}

#[test]
fn variables_of_a_merge_count_in_the_hook_of_a_merge_alone() {
    let repo = Repo::holding(&[("a.yaml", Record::new("Contoso", "Teams", GREAT).yaml())]);
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("theirs.yaml", &Record::new("Fabrikam", "Teams", POOR).yaml());
    repo.commit_all_unchecked("round the hook");
    let theirs = repo.head();
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.write("theirs.yaml", &Record::new("Fabrikam", "Teams", POOR).yaml());
    repo.git(&["add", "--all"]).passed();
    let run = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = repo.command(crate::support::program(), repo.root());
        command.args(arguments).env(format!("GITHEAD_{theirs}"), "topic").envs(variables.iter().copied());
        Run::of(&command.output().unwrap())
    };
    run(&["hook", "pre-commit"], &[]).said(1, "theirs.yaml");
    run(&["check", "--staged"], &[]).said(1, "theirs.yaml");
    run(&["hook", "pre-merge-commit"], &[]).passed();
    // pre-commit runs the one command for both hooks.
    run(&["hook", "pre-commit"], &[("PRE_COMMIT", "1")]).passed();
    run(&["check", "--staged"], &[("PRE_COMMIT", "1")]).said(1, "theirs.yaml");
    // A merge that was made already leaves its variables to what its hooks start.
    repo.git(&["reset", "--quiet", "--hard"]).passed();
    repo.git(&["merge", "--quiet", "--no-ff", "topic"]).passed();
    repo.git(&["rm", "--quiet", "theirs.yaml"]).passed();
    repo.git(&["commit", "--quiet", "--no-verify", "-m", "taken away"]).passed();
    repo.stage("theirs.yaml", &Record::new("Fabrikam", "Teams", POOR).yaml());
    run(&["hook", "pre-merge-commit"], &[]).said(1, "theirs.yaml");
    run(&["hook", "pre-commit"], &[("PRE_COMMIT", "1")]).said(1, "theirs.yaml");
}
