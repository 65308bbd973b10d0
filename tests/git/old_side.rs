//! Ranges whose old side is not here: a new branch, a force push, a clone that was cut off or holds one branch.

use crate::support::{ALSO_GREAT, GREAT, POOR, Record, Repo};
use std::path::PathBuf;

const ZEROS: &str = "0000000000000000000000000000000000000000";
const GONE: &str = "deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";

/// A clone as CI makes it: `main` with an old poor note, and `topic` on top with a new note of this quality, checked out.
fn clone_with_topic(note: &str) -> (Repo, PathBuf) {
    let repo = Repo::bare_of_hooks();
    repo.write("old.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    repo.commit_all_unchecked("begin");
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("new.yaml", &Record::new("Contoso", "Yammer", note).yaml());
    repo.commit_all_unchecked("topic");
    repo.git(&["switch", "--quiet", "main"]).passed();
    let clone = repo.home().join("clone");
    repo.git(&["clone", "--quiet", ".", clone.to_str().unwrap()]).passed();
    repo.git_in(&clone, &["switch", "--quiet", "topic"]).passed();
    (repo, clone)
}

#[test]
fn a_commit_that_is_gone_gives_way_to_the_default_branch() {
    let (repo, clone) = clone_with_topic(POOR);
    let run = repo.notegate_in(&clone, &["check", "--from", GONE]);
    run.said(1, "new.yaml");
    assert!(run.text.contains("compared with the default branch origin/main instead"), "{}", run.text);
    assert!(run.text.contains(GONE) && !run.text.contains("old.yaml"), "{}", run.text);
    let (repo, clone) = clone_with_topic(GREAT);
    repo.notegate_in(&clone, &["check", "--from", &GONE.to_uppercase()]).said(0, "origin/main instead");

    // Which branch is the default one: what origin/HEAD says, else main, else master.
    repo.git_in(&clone, &["remote", "set-head", "origin", "--delete"]).passed();
    repo.notegate_in(&clone, &["check", "--from", GONE]).said(0, "origin/main instead");
    repo.git_in(&clone, &["update-ref", "refs/remotes/origin/master", "origin/main"]).passed();
    repo.git_in(&clone, &["update-ref", "-d", "refs/remotes/origin/main"]).passed();
    repo.notegate_in(&clone, &["check", "--from", GONE]).said(0, "origin/master instead");
    repo.git_in(&clone, &["update-ref", "refs/remotes/origin/trunk", "origin/master"]).passed();
    repo.git_in(&clone, &["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk"]).passed();
    repo.notegate_in(&clone, &["check", "--from", GONE]).said(0, "origin/trunk instead");
}

#[test]
fn where_nothing_can_stand_in_the_run_could_not_examine() {
    let (repo, clone) = clone_with_topic(GREAT);
    for branch in ["HEAD", "main", "topic"] {
        repo.git_in(&clone, &["update-ref", "--no-deref", "-d", &format!("refs/remotes/origin/{branch}")]).passed();
    }
    let run = repo.notegate_in(&clone, &["check", "--from", GONE]);
    run.said(3, "nor is there a default branch");
    follow(&repo, &clone, &run.text, "fetch the default branch: ");
    repo.notegate_in(&clone, &["check", "--from", GONE]).said(0, "origin/main instead");
    // No history in common with it.
    repo.git_in(&clone, &["switch", "--quiet", "--orphan", "other"]).passed();
    repo.git_in(&clone, &["commit", "--quiet", "--allow-empty", "-m", "other"]).passed();
    repo.notegate_in(&clone, &["check", "--from", GONE]).said(3, "no common commit");
    // A name is a name, however much it looks like an id; the other side of the range has no stand-in.
    for name in [&GONE[..39], "deadbee", "orgin/main", "mian", &format!("{GONE}0")] {
        repo.notegate_in(&clone, &["check", "--from", name]).said(2, "no commit called");
    }
    repo.notegate_in(&clone, &["check", "--from", "origin/main", "--to", GONE]).said(3, "no commit called");
    repo.notegate_in(&clone, &["check", "--rev", GONE]).said(3, "no commit called");
    // What is here and is no commit was not replaced.
    let blob = repo.git_in(&clone, &["rev-parse", "origin/main:old.yaml"]).text;
    repo.notegate_in(&clone, &["check", "--from", blob.trim()]).said(2, "is not a commit");
}

#[test]
fn a_force_push_of_the_default_branch_is_judged_as_a_whole() {
    let (repo, clone) = clone_with_topic(GREAT);
    repo.git_in(&clone, &["switch", "--quiet", "main"]).passed();
    let run = repo.notegate_in(&clone, &["check", "--from", GONE]);
    // What else is there does not matter: nothing is known from before the force push.
    run.said(1, "old.yaml");
    assert!(run.text.contains("`HEAD` is where the default branch origin/main ends"), "{}", run.text);
    assert!(run.text.contains("every record of it is judged"), "{}", run.text);
    repo.git_in(&clone, &["update-ref", "-d", "refs/remotes/origin/topic"]).passed();
    repo.git_in(&clone, &["branch", "--quiet", "-D", "topic"]).passed();
    let run = repo.notegate_in(&clone, &["check", "--from", GONE]);
    run.said(1, "old.yaml");
    assert!(run.text.contains("every record of it is judged"), "{}", run.text);
}

#[test]
fn a_new_branch_is_compared_with_the_other_branches() {
    for zeros in [ZEROS.to_owned(), "0".repeat(64)] {
        let (repo, clone) = clone_with_topic(POOR);
        let run = repo.notegate_in(&clone, &["check", "--from", &zeros]);
        run.said(1, "new.yaml");
        assert!(run.text.contains("judged is what no other branch has"), "{}", run.text);
        assert!(!run.text.contains("old.yaml"), "{}", run.text);
        // A branch on top of one that is known already brings what it adds.
        repo.git_in(&clone, &["switch", "--quiet", "--create", "more"]).passed();
        std::fs::write(clone.join("more.yaml"), Record::new("Contoso", "Intune", ALSO_GREAT).yaml()).unwrap();
        repo.git_in(&clone, &["add", "--all"]).passed();
        repo.git_in(&clone, &["commit", "--quiet", "-m", "more"]).passed();
        repo.notegate_in(&clone, &["check", "--from", &zeros]).said(0, "1 file, 1 record: 1 great");
        // A second name for the end of main has nothing to be compared with but itself.
        repo.git_in(&clone, &["switch", "--quiet", "--create", "copy", "origin/main"]).passed();
        repo.notegate_in(&clone, &["check", "--from", &zeros]).said(1, "every record of it is judged");
    }
}

#[test]
fn nothing_is_compared_with_itself() {
    let (repo, clone) = clone_with_topic(POOR);
    // Topic is checked out, and main is asked about; then with further names for its end, and for a part of it.
    for other in ["refs/heads/dev", "refs/remotes/origin/dev", "refs/remotes/up/main", "refs/heads/a/b"] {
        for from in [ZEROS, GONE] {
            for to in ["origin/main", "refs/remotes/origin/HEAD", "main"] {
                let run = repo.notegate_in(&clone, &["check", "--from", from, "--to", to]);
                run.said(1, "old.yaml");
                assert!(run.text.contains("every record of it is judged"), "{}", run.text);
            }
        }
        repo.git_in(&clone, &["update-ref", other, "origin/main"]).passed();
    }
    repo.git_in(&clone, &["update-ref", "refs/remotes/origin/main", "origin/topic"]).passed();
    let run = repo.notegate_in(&clone, &["check", "--from", GONE, "--to", "main"]);
    run.said(1, "`main` is a part of the default branch origin/main");
    // Without a remote, both new at one commit.
    let repo = Repo::bare_of_hooks();
    repo.write("old.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    repo.commit_all_unchecked("begin");
    repo.git(&["branch", "dev"]).passed();
    for to in ["main", "dev", "HEAD"] {
        repo.notegate(&["check", "--from", ZEROS, "--to", to]).said(1, "old.yaml");
    }
    // Near miss: what goes beyond the default branch is compared with it, under however many names.
    repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
    repo.write("new.yaml", &Record::new("Contoso", "Yammer", GREAT).yaml());
    repo.commit_all_unchecked("topic");
    repo.git(&["branch", "more"]).passed();
    repo.notegate(&["check", "--from", ZEROS]).said(0, "1 file, 1 record: 1 great");
}

#[test]
fn the_first_push_of_the_default_branch_is_judged_as_a_whole() {
    let repo = Repo::bare_of_hooks();
    repo.write("old.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    repo.write("notegate.yaml", "rules: {hedging: off}\n");
    repo.commit_all_unchecked("begin");
    let run = repo.notegate(&["check", "--from", ZEROS]);
    run.said(1, "old.yaml");
    assert!(run.text.contains("every record of it is judged"), "{}", run.text);
    repo.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]).passed();
    repo.notegate(&["check", "--from", ZEROS]).said(1, "old.yaml");
    repo.git(&["switch", "--quiet", "--detach"]).passed();
    repo.git(&["branch", "--quiet", "-D", "main"]).passed();
    repo.notegate(&["check", "--from", ZEROS]).said(1, "old.yaml");
    // Its own rules hold: there are none before it.
    repo.write("notegate.yaml", "rules: {blank-note: off, missing-reason: off, missing-intent: off}\n");
    repo.commit_all_unchecked("rules");
    repo.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]).passed();
    repo.notegate(&["check", "--from", ZEROS]).said(0, "1 record");
    repo.notegate(&["check", "--rev", ZEROS]).said(2, "zeros");
    repo.notegate(&["check", "--from", "HEAD", "--to", ZEROS]).said(2, "zeros");
}

/// Runs the command that a refusal prints after `before`, to the letter, in a shell.
fn follow(repo: &Repo, folder: &std::path::Path, text: &str, before: &str) {
    let line = text.lines().find(|line| line.contains(before)).unwrap();
    let command = line.split(before).nth(1).unwrap().split("; ").next().unwrap();
    assert!(command.starts_with("git fetch "), "{command}");
    let output = repo.command("sh", folder).args(["-e", "-c", command]).output().unwrap();
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_clone_that_is_cut_off_is_mended_by_the_command_that_is_printed() {
    for (branch, origin) in [("main", "origin"), ("release/1.0", "origin"), ("it's $(x)", "up/stream")] {
        let name = branch.replace(' ', "");
        let repo = Repo::bare_of_hooks();
        repo.write("old.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
        repo.commit_all_unchecked("begin");
        repo.git(&["branch", "-M", &name]).passed();
        repo.git(&["switch", "--quiet", "--create", "topic"]).passed();
        repo.write("new.yaml", &Record::new("Contoso", "Yammer", POOR).yaml());
        repo.commit_all_unchecked("one");
        repo.commit_all_unchecked("two");
        repo.git(&["switch", "--quiet", &name]).passed();
        repo.commit_all_unchecked("main goes on");
        let address = format!("file://{}", repo.root().display());
        for depth in [&["--depth=1"][..], &["--depth=2"], &[]] {
            let clone = repo.home().join(format!("clone-{}-{}", depth.len(), depth.join("")));
            let path = clone.to_str().unwrap();
            let options = ["clone", "--quiet", "--single-branch", "--branch", "topic", "--origin", origin];
            repo.git(&[options.as_slice(), depth, &[&address, path]].concat()).passed();
            let from = format!("{origin}/{name}");
            let run = repo.notegate_in(&clone, &["check", "--from", &from]);
            match depth {
                [] => {
                    run.said(2, "no commit called");
                    follow(&repo, &clone, &run.text, "fetch it first: ");
                }
                _ => {
                    run.said(3, "fetch-depth: 0");
                    follow(&repo, &clone, &run.text, "in a shell run: ");
                }
            }
            let run = repo.notegate_in(&clone, &["check", "--from", &from]);
            run.said(1, "new.yaml");
            assert!(!run.text.contains("old.yaml"), "{}", run.text);
        }
    }
}

#[test]
fn a_new_branch_in_a_clone_that_is_cut_off() {
    let (repo, _) = clone_with_topic(POOR);
    repo.commit_all_unchecked("main goes on");
    let address = format!("file://{}", repo.root().display());
    for branches in ["--no-single-branch", "--single-branch"] {
        let clone = repo.home().join(branches);
        let options = ["clone", "--quiet", "--depth=1", branches, "--branch", "topic", &address];
        repo.git(&[options.as_slice(), &[clone.to_str().unwrap()]].concat()).passed();
        let run = repo.notegate_in(&clone, &["check", "--from", ZEROS]);
        run.said(3, "fetch-depth: 0");
        follow(&repo, &clone, &run.text, "in a shell run: ");
        let run = repo.notegate_in(&clone, &["check", "--from", ZEROS]);
        run.said(1, "new.yaml");
        // Where no other branch was fetched, nothing is known to be old, and the run says so.
        assert_eq!(run.text.contains("old.yaml"), branches == "--single-branch", "{}", run.text);
    }
}

#[test]
fn a_branch_that_is_called_by_its_short_name_is_named_as_it_will_be() {
    let (repo, _) = clone_with_topic(POOR);
    let address = format!("file://{}", repo.root().display());
    let clone = repo.home().join("cut");
    let options = ["clone", "--quiet", "--depth=1", "--branch", "topic", &address, clone.to_str().unwrap()];
    repo.git(&options).passed();
    let run = repo.notegate_in(&clone, &["check", "--from", "main"]);
    run.said(3, "; then call it origin/main, unless it is a tag");
    follow(&repo, &clone, &run.text, "in a shell run: ");
    repo.notegate_in(&clone, &["check", "--from", "origin/main"]).said(1, "new.yaml");
    // Once it is here, the name that it has here is all that is missing.
    for name in ["main", "refs/heads/main", "heads/main", "main~1"] {
        let run = repo.notegate_in(&clone, &["check", "--from", name]);
        run.said(2, "the branch of the remote is called origin/main here");
        assert!(!run.text.contains("fetch"), "{}", run.text);
    }
    repo.notegate_in(&clone, &["check", "--from", "mian"]).said(2, "check the spelling of the name, or fetch it first");
}

#[test]
fn without_a_remote_the_advice_begins_with_adding_it() {
    let (repo, _) = clone_with_topic(POOR);
    let address = format!("file://{}", repo.root().display());
    for name in ["origin/main", "refs/remotes/origin/main"] {
        let clone = cut_clone(&repo, &name.replace('/', "-"), "topic", "--depth=1");
        repo.git_in(&clone, &["remote", "remove", "origin"]).passed();
        let run = repo.notegate_in(&clone, &["check", "--from", name]);
        run.said(3, "in a shell run: git remote add origin ADDRESS && git fetch --unshallow origin +refs/heads/main:");
        repo.git_in(&clone, &["remote", "add", "origin", &address]).passed();
        follow(&repo, &clone, &run.text, "origin ADDRESS && ");
        repo.notegate_in(&clone, &["check", "--from", name]).said(1, "new.yaml");
    }
}

#[test]
fn a_remote_that_is_not_known_is_added_first() {
    let (repo, _) = clone_with_topic(POOR);
    let address = format!("file://{}", repo.root().display());
    for (name, remote) in
        [("upstream/main", "upstream"), ("refs/remotes/fork/main", "fork"), ("mirror/topic", "mirror")]
    {
        for depth in ["--depth=1", "--depth=100"] {
            let clone = cut_clone(&repo, &format!("{remote}{depth}"), "topic", depth);
            let run = repo.notegate_in(&clone, &["check", "--from", name]);
            let code = if depth == "--depth=1" { 3 } else { 2 };
            run.said(code, &format!(": git remote add {remote} ADDRESS && git fetch "));
            repo.git_in(&clone, &["remote", "add", remote, &address]).passed();
            follow(&repo, &clone, &run.text, "ADDRESS && ");
            assert_ne!(repo.notegate_in(&clone, &["check", "--from", name]).code, Some(code), "{name}");
        }
    }
    // Without any remote; and near misses, which are branches of the remote that is there.
    let (repo, clone) = clone_with_topic(GREAT);
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.notegate(&["check", "--from", "origin/main"])
        .said(2, "git remote add origin ADDRESS && git fetch origin +refs");
    let run = repo.notegate_in(&clone, &["check", "--from", "feature/x"]);
    assert!(run.ended(2).contains("git fetch origin --tags") && !run.text.contains("remote add"), "{}", run.text);
    let run = repo.notegate_in(&clone, &["check", "--from", "orgin/main"]);
    run.said(2, "the branch of the remote is called origin/main here");
    repo.git_in(&clone, &["update-ref", "refs/remotes/origin/upstream/next", "origin/main"]).passed();
    repo.notegate_in(&clone, &["check", "--from", "upstream/next"])
        .said(2, "the branch of the remote is called origin/upstream/next here");
}

#[test]
fn the_default_branch_of_a_remote_is_fetched_and_named() {
    let (repo, _) = clone_with_topic(POOR);
    repo.git(&["switch", "--quiet", "main"]).passed();
    for (number, name) in ["origin", "origin/HEAD", "refs/remotes/origin/HEAD", "origin/HEAD~0"].into_iter().enumerate()
    {
        for depth in ["--depth=1", "--depth=100"] {
            let clone = cut_clone(&repo, &format!("cut-{number}{depth}"), "topic", depth);
            repo.git_in(&clone, &["update-ref", "--no-deref", "-d", "refs/remotes/origin/HEAD"]);
            let run = repo.notegate_in(&clone, &["check", "--from", name]);
            let before = if depth == "--depth=1" { "in a shell run: " } else { "fetch it first: " };
            assert!(!run.text.contains("origin/origin"), "{}", run.text);
            follow(&repo, &clone, &run.text, before);
            let run = repo.notegate_in(&clone, &["check", "--from", name]);
            run.said(1, "new.yaml");
            assert!(!run.text.contains("old.yaml"), "{name}: {}", run.text);
        }
    }
    repo.notegate(&["check", "--from", "origin"]).said(2, "git remote add origin ADDRESS && git fetch origin ");
    // A default branch that is named and was not fetched.
    let clone = cut_clone(&repo, "dangling", "topic", "--depth=100");
    repo.git_in(&clone, &["symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main"]).passed();
    for name in ["origin", "origin/HEAD"] {
        let run = repo.notegate_in(&clone, &["check", "--from", name]);
        assert!(run.text.contains("git fetch origin"), "{name}: {}", run.text);
    }
}

#[test]
fn a_branch_without_a_commit_is_no_slip_of_the_pen() {
    let repo = Repo::bare_of_hooks();
    for arguments in [["check", "--rev", "HEAD"], ["check", "--from", "HEAD"], ["check", "--rev", "@"]] {
        let run = repo.notegate(&arguments);
        run.said(2, "the current branch has no commit yet");
        assert!(!run.text.contains("spelling"), "{}", run.text);
    }
    repo.write("a.yaml", "x: 1\n");
    repo.commit_all_unchecked("begin");
    repo.notegate(&["check", "--rev", "HEAD~9"]).said(2, "check the spelling of the name");
}

/// A clone of this depth of `branch` alone.
fn cut_clone(repo: &Repo, name: &str, branch: &str, depth: &str) -> PathBuf {
    let clone = repo.home().join(name);
    let address = format!("file://{}", repo.root().display());
    let path = clone.to_str().unwrap();
    repo.git(&["clone", "--quiet", "--single-branch", "--no-tags", depth, "--branch", branch, &address, path]).passed();
    clone
}

#[test]
fn whatever_name_is_cut_off_the_command_that_is_printed_mends_it() {
    let (repo, _) = clone_with_topic(POOR);
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.git(&["tag", "light"]).passed();
    repo.git(&["tag", "-a", "-m", "x", "v1.0"]).passed();
    repo.git(&["update-ref", "refs/pull/5/base", "main"]).passed();
    repo.git(&["branch", "it's", "main"]).passed();
    repo.commit_all_unchecked("main goes on");
    let base = repo.ask(&["rev-parse", "v1.0^{commit}"]);
    let names = ["light", "v1.0", "tags/v1.0", "refs/tags/v1.0", "v1.0^{commit}", "refs/pull/5/base", &base, "HEAD~1"];
    for (number, name) in names.into_iter().enumerate() {
        let clone = cut_clone(&repo, &format!("cut-{number}"), "topic", "--depth=1");
        let run = repo.notegate_in(&clone, &["check", "--from", name]);
        run.said(3, "in a shell run: ");
        follow(&repo, &clone, &run.text, "in a shell run: ");
        let run = repo.notegate_in(&clone, &["check", "--from", name]);
        run.said(1, "new.yaml");
        assert!(!run.text.contains("old.yaml"), "{name}: {}", run.text);
    }
    // What is called otherwise once it is here.
    let clone = cut_clone(&repo, "cut-named", "topic", "--depth=1");
    let run = repo.notegate_in(&clone, &["check", "--from", "it's"]);
    follow(&repo, &clone, &run.text, "in a shell run: ");
    assert!(run.text.contains(r"; then call it 'origin/it'\''s'"), "{}", run.text);
    repo.notegate_in(&clone, &["check", "--from", "origin/it's"]).said(1, "new.yaml");
    // The same names in a clone with its whole history.
    for (number, name) in ["v1.0", "refs/tags/v1.0", "refs/pull/5/base"].into_iter().enumerate() {
        let clone = cut_clone(&repo, &format!("whole-{number}"), "topic", "--depth=100");
        repo.git_in(&clone, &["fetch", "--quiet", "--unshallow"]).code.unwrap();
        let run = repo.notegate_in(&clone, &["check", "--from", name]);
        run.said(2, "fetch it first: ");
        follow(&repo, &clone, &run.text, "fetch it first: ");
        repo.notegate_in(&clone, &["check", "--from", name]).said(1, "new.yaml");
    }
    // Where a fetch could bring nothing, none is advised.
    let clone = cut_clone(&repo, "whole", "topic", "--depth=100");
    let run = repo.notegate_in(&clone, &["check", "--from", "HEAD~50"]);
    assert!(run.ended(2).contains("spelling") && !run.text.contains("git fetch"), "{}", run.text);
}

#[test]
fn a_default_branch_that_is_not_here_is_fetched_by_the_command_that_is_printed() {
    let (repo, _) = clone_with_topic(POOR);
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.git(&["branch", "-M", "trunk"]).passed();
    let gone = "1".repeat(40);
    let clone = repo.home().join("lone");
    let path = clone.to_str().unwrap();
    repo.git(&["clone", "--quiet", "--single-branch", "--branch", "topic", repo.root().to_str().unwrap(), path])
        .passed();
    let run = repo.notegate_in(&clone, &["check", "--from", &gone]);
    run.said(3, "fetch the default branch: ");
    follow(&repo, &clone, &run.text, "fetch the default branch: ");
    let run = repo.notegate_in(&clone, &["check", "--from", &gone]);
    run.said(1, "new.yaml");
    assert!(!run.text.contains("old.yaml") && run.text.contains("origin/trunk"), "{}", run.text);
    // Without a remote there is nothing to fetch.
    let run = repo.notegate(&["check", "--from", &gone]);
    assert!(run.ended(3).contains("--from BRANCH") && !run.text.contains("git fetch"), "{}", run.text);
}

#[test]
fn both_ends_without_their_common_past_are_mended_too() {
    let (repo, _) = clone_with_topic(POOR);
    repo.commit_all_unchecked("main goes on");
    let address = format!("file://{}", repo.root().display());
    let clone = repo.home().join("cut");
    let path = clone.to_str().unwrap();
    repo.git(&["clone", "--quiet", "--depth=1", "--branch", "topic", &address, path]).passed();
    let main = "+refs/heads/main:refs/remotes/origin/main";
    repo.git_in(&clone, &["fetch", "--quiet", "--depth=1", "origin", main]).passed();
    let run = repo.notegate_in(&clone, &["check", "--from", "origin/main"]);
    run.said(3, "no common commit");
    follow(&repo, &clone, &run.text, "in a shell run: ");
    repo.notegate_in(&clone, &["check", "--from", "origin/main"]).said(1, "new.yaml");
    // An id that is cut off is not taken for one that was replaced.
    let clone = repo.home().join("cut-again");
    let path = clone.to_str().unwrap();
    repo.git(&["clone", "--quiet", "--depth=1", "--branch", "topic", &address, path]).passed();
    let base = repo.ask(&["rev-parse", "topic~1"]);
    let run = repo.notegate_in(&clone, &["check", "--from", &base]);
    run.said(3, "in a shell run: git fetch --unshallow origin");
    follow(&repo, &clone, &run.text, "in a shell run: ");
    repo.notegate_in(&clone, &["check", "--from", &base]).said(1, "new.yaml");
}
