//! The hook reads and writes nothing: whatever happens to it, the repository is as it was.

use crate::support::{ALSO_GREAT, GREAT, POOR, Record, Repo, program};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::{Duration, SystemTime};

/// Modification times of every file in the repository.
fn times(repo: &Repo) -> BTreeMap<PathBuf, SystemTime> {
    let files = repo.snapshot("");
    files.into_keys().map(|path| (path.clone(), fs::symlink_metadata(&path).unwrap().modified().unwrap())).collect()
}

/// Something of every kind: staged, half staged, unstaged, untracked, removed, stashed.
fn busy() -> Repo {
    let note = |workload: &str| Record::new("Contoso", workload, GREAT);
    let repo = Repo::holding(&[
        ("a.yaml", note("A").yaml()),
        ("b.yaml", note("B").yaml()),
        ("c.yaml", note("C").yaml()),
        ("d.yaml", note("D").yaml()),
    ]);
    repo.write("a.yaml", "stashed: true\n");
    repo.git(&["stash", "--quiet"]).passed();
    repo.stage("a.yaml", &note("A").with(POOR).yaml());
    repo.write("a.yaml", &note("A").with(ALSO_GREAT).yaml());
    repo.write("b.yaml", "unstaged: true\n");
    repo.git(&["rm", "--quiet", "c.yaml"]).passed();
    repo.write("untracked.yaml", "note: ''\n");
    repo.git(&["add", "--intent-to-add", "untracked.yaml"]).passed();
    repo
}

#[test]
fn every_byte_and_every_time_stays() {
    let repo = busy();
    // Times that git may find older than the index and be tempted to refresh.
    let (before, times_before) = (repo.snapshot(""), times(&repo));
    std::thread::sleep(Duration::from_millis(20));
    for arguments in [
        &["check", "--staged"][..],
        &["hook", "pre-commit"],
        &["hook", "pre-merge-commit"],
        &["check", "--from", "HEAD"],
        &["check", "--rev", "HEAD"],
        &["check", "--staged", "--all-records", "--format", "json"],
        &["doctor"],
    ] {
        repo.notegate(arguments);
        assert!(repo.snapshot("") == before, "{arguments:?} wrote something");
        assert_eq!(times(&repo), times_before, "{arguments:?} wrote something");
    }
    repo.notegate(&["check", "--staged"]).said(1, "a.yaml");
    assert_eq!(repo.ask(&["stash", "list"]).lines().count(), 1);
}

#[test]
fn a_hook_that_is_killed_leaves_nothing_behind() {
    let repo = busy();
    // Enough to read that some of the kills come in the middle.
    for number in 0..200 {
        repo.write(&format!("many/{number}.yaml"), &Record::new("Fabrikam", &format!("W{number}"), GREAT).yaml());
    }
    repo.git(&["add", "many"]).passed();
    let before = repo.snapshot("");
    for wait in [0, 1, 2, 4, 8, 12, 16, 24, 32, 64] {
        let mut command = repo.command(program(), repo.root());
        command.args(["hook", "pre-commit"]).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = command.spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(repo.snapshot("") == before, "killed after {wait} ms");
    }
}

#[test]
fn two_commits_at_once_do_not_disturb_each_other() {
    let (a, b) = (Record::new("Contoso", "Teams", GREAT), Record::new("Fabrikam", "Teams", GREAT));
    let repo = Repo::holding(&[("a.yaml", a.yaml()), ("b.yaml", b.yaml())]);
    repo.git(&["worktree", "add", "--quiet", "-b", "other", "../linked"]).passed();
    let linked = repo.root().parent().unwrap().join("linked");
    for round in 0..4 {
        let poor = round % 2 == 0;
        repo.stage("a.yaml", &a.with(if poor { POOR } else { ALSO_GREAT }).yaml());
        fs::write(linked.join("b.yaml"), b.with(if poor { ALSO_GREAT } else { POOR }).yaml()).unwrap();
        repo.git_in(&linked, &["add", "b.yaml"]).passed();
        let start = |folder| {
            let mut command = repo.command("git", folder);
            command.args(["commit", "--quiet", "-m", "x"]).stdout(Stdio::null()).stderr(Stdio::null());
            command.spawn().unwrap()
        };
        let (mut here, mut there) = (start(repo.root()), start(&linked));
        assert_eq!(here.wait().unwrap().success(), !poor);
        assert_eq!(there.wait().unwrap().success(), poor);
        for folder in [repo.root(), &linked] {
            repo.git_in(folder, &["reset", "--quiet", "--hard", "HEAD"]).passed();
            repo.git_in(folder, &["reset", "--quiet", "--hard", if folder == repo.root() { "HEAD" } else { "main" }])
                .passed();
        }
        repo.git(&["reset", "--quiet", "--hard", &repo.ask(&["rev-list", "--max-parents=0", "HEAD"])]).passed();
        repo.git_in(&linked, &["reset", "--quiet", "--hard", "main"]).passed();
    }
    assert_eq!(repo.ask(&["fsck", "--no-dangling"]), "");
}

#[test]
fn an_index_that_is_locked_can_be_read() {
    let repo = busy();
    repo.write(".git/index.lock", "");
    repo.notegate(&["check", "--staged"]).said(1, "a.yaml");
    assert_eq!(fs::read(repo.path(".git/index.lock")).unwrap(), b"");
}
