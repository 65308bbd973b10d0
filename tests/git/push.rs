//! Pushes, from both ends.

use crate::support::{ALSO_GREAT, GREAT, POOR, Record, Repo, Run};
use std::io::Write as _;
use std::path::{Path, PathBuf};
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
    repo.git(&["tag", "-a", "-m", "x", "v2-again", "v2"]).passed();
    repo.git(&["push", "origin", "v2-again"]).said(0, "every commit of it is already there");
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
fn references_that_lead_to_no_commit() {
    let (repo, server) = with_server();
    let good = Record::new("Contoso", "Yammer", GREAT).yaml();
    let tree_of = |text: &str| {
        repo.git(&["switch", "--quiet", "--orphan", "aside"]).passed();
        repo.stage("sub/new.yaml", text);
        let tree = repo.ask(&["write-tree"]);
        repo.git(&["rm", "--quiet", "--cached", "-r", "."]).passed();
        repo.git(&["switch", "--quiet", "main"]).passed();
        tree
    };
    let (good_tree, bad_tree) = (tree_of(&good), tree_of(&Record::new("Contoso", "Yammer", POOR).yaml()));
    let blob = repo.ask(&["rev-parse", "main:old.yaml"]);
    let tag = |name: &str, target: &str| repo.git(&["tag", "-a", "-m", "x", name, target]).passed().to_owned();
    tag("of-blob", &blob);
    tag("of-tag-of-blob", "of-blob");
    tag("of-good-tree", &good_tree);
    tag("of-bad-tree", &bad_tree);
    tag("of-tag-of-bad-tree", "of-bad-tree");
    for (what, code, said) in [
        (format!("{blob}:refs/data/blob"), 0, "refs/data/blob: nothing to judge, it is the content of a single file"),
        (format!("{blob}:refs/tags/blob"), 0, "nothing to judge"),
        ("of-blob:refs/data/annotated".to_owned(), 0, "nothing to judge"),
        ("of-blob".to_owned(), 0, "nothing to judge"),
        ("of-tag-of-blob".to_owned(), 0, "nothing to judge"),
        (format!("{good_tree}:refs/data/tree"), 0, "1 great"),
        ("of-good-tree".to_owned(), 0, "every record in it is judged"),
        (format!("{bad_tree}:refs/data/bad"), 1, "sub/new.yaml"),
        (format!("{bad_tree}:refs/tags/bad"), 1, "sub/new.yaml"),
        ("of-bad-tree".to_owned(), 1, "sub/new.yaml"),
        ("of-tag-of-bad-tree".to_owned(), 1, "sub/new.yaml"),
    ] {
        repo.git(&["push", "origin", &what]).said(code, said);
        // The hook of the pushing side comes to the same end.
        let (name, remote) = what.split_once(':').unwrap_or((&what, &what));
        let id = repo.ask(&["rev-parse", name]);
        let update = format!("{name} {id} {remote} {}\n", "0".repeat(40));
        feed(&repo, repo.root(), "pre-push", &update).said(code, said);
    }
    let names = repo.git_in(&server, &["for-each-ref", "--format=%(refname)"]).text;
    assert!(names.contains("refs/tags/of-good-tree") && !names.contains("bad"), "{names}");
    // A tag whose target is not here.
    let lost = format!("object {}\ntype blob\ntag lost\ntagger A <a@example.com> 0 +0000\n\nx\n", "1".repeat(40));
    repo.write("lost", &lost);
    let lost = repo.ask(&["hash-object", "-t", "tag", "-w", "--literally", "lost"]);
    let update = format!("refs/tags/lost {lost} refs/tags/lost {}\n", "0".repeat(40));
    feed(&repo, repo.root(), "pre-push", &update).said(3, "cannot be found");
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

/// A working repository with the hooks, whose `main` has an old poor note that `upstream` has and `fork` has not; and the
/// addresses of the two.
fn with_fork() -> (Repo, String, String) {
    let (repo, upstream) = with_server();
    std::fs::remove_file(upstream.join("hooks/pre-receive")).unwrap();
    let fork = repo.home().join("fork.git").to_str().unwrap().to_owned();
    repo.git(&["init", "--quiet", "--bare", &fork]).passed();
    repo.git(&["remote", "rename", "origin", "upstream"]).passed();
    repo.notegate(&["install"]).passed();
    (repo, upstream.to_str().unwrap().to_owned(), fork)
}

/// Commits a note of this quality on a new branch.
fn branch(repo: &Repo, name: &str, note: &str) {
    repo.git(&["switch", "--quiet", "--create", name, "main"]).passed();
    repo.write(&format!("{name}.yaml"), &Record::new(name, "Teams", note).yaml());
    repo.commit_all_unchecked(name);
}

#[test]
fn what_another_remote_has_is_not_new_to_a_fresh_fork() {
    let (repo, _, fork) = with_fork();
    branch(&repo, "good", GREAT);
    branch(&repo, "bad", POOR);
    repo.git(&["remote", "add", "origin", &fork]).passed();
    repo.git(&["push", "origin", "main", "good"]).passed();
    let run = repo.git(&["push", "origin", "bad"]);
    run.said(1, "bad.yaml");
    assert!(!run.text.contains("old.yaml"), "{}", run.text);
    // The fork lags behind: upstream has one more poor note, which a branch from there brings along.
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.write("theirs.yaml", &Record::new("Fabrikam", "Teams", POOR).yaml());
    repo.commit_all_unchecked("theirs");
    repo.git(&["push", "--quiet", "--no-verify", "upstream", "main"]).passed();
    branch(&repo, "later", GREAT);
    repo.git(&["push", "origin", "later"]).passed();
    repo.git(&["push", &fork, "later:by-address"]).passed();
}

#[test]
fn a_remote_whose_branches_are_kept_elsewhere_is_known_by_them() {
    for (specification, note) in [
        ("+refs/heads/*:refs/remotes/up/*", "other folder"),
        ("+refs/heads/*:refs/up/*", "outside of the usual folder"),
        ("+refs/heads/main:refs/tracked/main", "a single branch"),
    ] {
        let (repo, upstream, _) = with_fork();
        repo.git(&["remote", "remove", "upstream"]).passed();
        repo.git(&["remote", "add", "origin", &upstream]).passed();
        repo.git(&["config", "remote.origin.fetch", specification]).passed();
        repo.git(&["fetch", "--quiet", "origin"]).passed();
        branch(&repo, "good", GREAT);
        repo.git(&["push", "origin", "good"]).said(0, "1 great");
        branch(&repo, "bad", POOR);
        let run = repo.git(&["push", "origin", "bad"]);
        run.said(1, "bad.yaml");
        assert!(!run.text.contains("old.yaml"), "{note}: {}", run.text);
    }
    // What a mirror keeps in place of its own branches makes none of them known.
    let (repo, upstream, _) = with_fork();
    repo.git(&["remote", "remove", "upstream"]).passed();
    repo.git(&["remote", "add", "origin", &upstream]).passed();
    repo.git(&["config", "remote.origin.fetch", "+refs/*:refs/*"]).passed();
    branch(&repo, "bad", POOR);
    repo.git(&["push", "origin", "bad"]).said(1, "bad.yaml");
}

#[test]
fn what_the_other_side_has_for_one_branch_it_has_for_all() {
    let (repo, upstream, _) = with_fork();
    repo.git(&["remote", "remove", "upstream"]).passed();
    branch(&repo, "good", GREAT);
    // Without a branch that moves, git does not say what the other side has.
    repo.git(&["push", &upstream, "main", "good"]).said(1, "old.yaml");
    repo.git(&["switch", "--quiet", "main"]).passed();
    repo.commit_all_unchecked("main goes on");
    repo.git(&["push", &upstream, "main", "good"]).said(0, "1 great");
    repo.commit_all_unchecked("main goes further");
    branch(&repo, "bad", POOR);
    let run = repo.git(&["push", &upstream, "main", "bad"]);
    run.said(1, "bad.yaml");
    assert!(!run.text.contains("old.yaml"), "{}", run.text);
}

#[test]
fn the_first_push_of_an_old_history_says_what_to_do() {
    let repo = Repo::holding(&[("old.yaml", Record::new("Contoso", "Teams", POOR).yaml())]);
    let server = repo.home().join("new.git");
    repo.git(&["init", "--quiet", "--bare", server.to_str().unwrap()]).passed();
    repo.git(&["remote", "add", "origin", server.to_str().unwrap()]).passed();
    let run = repo.git(&["push", "origin", "main"]);
    run.said(1, "old.yaml");
    for words in ["every record in it is judged", "run `git fetch` first", "push them once with `git push --no-verify`"]
    {
        assert!(run.text.contains(words), "{}", run.text);
    }
    // That works, and afterwards nothing is said.
    repo.git(&["push", "--no-verify", "origin", "main"]).passed();
    branch(&repo, "good", GREAT);
    let run = repo.git(&["push", "origin", "good"]);
    assert!(!run.passed().contains("every record"), "{}", run.text);
    // Where a remote has it, it is known once it was fetched.
    repo.git(&["update-ref", "-d", "refs/remotes/origin/main"]).passed();
    repo.git(&["update-ref", "-d", "refs/remotes/origin/good"]).passed();
    let fresh = repo.home().join("fresh.git");
    repo.git(&["init", "--quiet", "--bare", fresh.to_str().unwrap()]).passed();
    repo.git(&["push", fresh.to_str().unwrap(), "main"]).said(1, "run `git fetch` first");
    repo.git(&["fetch", "--quiet", "origin"]).passed();
    repo.git(&["push", fresh.to_str().unwrap(), "main"]).passed();
}

#[test]
fn the_first_push_to_a_server_with_the_hook_comes_before_the_hook() {
    let (repo, _) = with_server();
    let fresh = repo.home().join("fresh.git");
    let address = fresh.to_str().unwrap();
    repo.git(&["init", "--quiet", "--bare", address]).passed();
    repo.notegate_in(&fresh, &["install"]).passed();
    let run = repo.git(&["push", address, "main"]);
    run.said(1, "old.yaml");
    assert!(run.text.contains("before the hook is installed, or while it is uninstalled"), "{}", run.text);
    // The way out of docs/ci.md.
    repo.notegate_in(&fresh, &["uninstall"]).passed();
    repo.git(&["push", address, "main"]).passed();
    repo.notegate_in(&fresh, &["install"]).passed();
    branch(&repo, "good", GREAT);
    repo.git(&["push", address, "good"]).passed();
    branch(&repo, "bad", POOR);
    repo.git(&["push", address, "bad"]).said(1, "bad.yaml");
}

#[test]
fn the_path_of_a_server_may_hold_anything() {
    for name in ["a:b", "\"quoted\"", "it's", "two  spaces", "back\\slash", "li\nne", ":\"\\\n:", "#x", "é:ü"] {
        let repo = Repo::bare_of_hooks();
        repo.write("old.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
        repo.commit_all_unchecked("begin");
        let server = repo.home().join(name).join("server.git");
        std::fs::create_dir_all(&server).unwrap();
        repo.git_in(&server, &["init", "--quiet", "--bare"]).passed();
        let address = server.to_str().unwrap();
        // An address with a colon in it is a host to git, unless it is a URL or an absolute path.
        repo.git(&["push", "--quiet", address, "main"]).passed();
        repo.notegate_in(&server, &["install"]).passed();
        branch(&repo, "good", GREAT);
        repo.git(&["push", address, "good"]).said(0, "1 great");
        branch(&repo, "bad", POOR);
        let run = repo.git(&["push", address, "bad"]);
        run.said(1, "bad.yaml");
        assert!(!run.text.contains("old.yaml"), "{name}: {}", run.text);
        repo.git(&["push", address, "main:refs/heads/copy"]).said(0, "every commit of it is already there");
    }
}

/// Runs a hook as git does, with `input` about the references.
fn feed(repo: &Repo, folder: &Path, hook: &str, input: &str) -> Run {
    let mut command = repo.command(crate::support::program(), folder);
    command.args(["hook", hook]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    Run::of(&child.wait_with_output().unwrap())
}

#[test]
fn input_that_git_never_writes_is_refused() {
    let (repo, server) = with_server();
    let feed = |hook: &str, input: &str| feed(&repo, &server, hook, input);
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
