//! Runs in which nothing would be examined: they say so, and what to run.

use crate::support::{GREAT, POOR, Record, Repo, Run, program};
use std::path::Path;

/// A repository with a poor note, and a bare clone of it.
fn with_bare_clone() -> Repo {
    let repo = Repo::holding(&[("notes/a.yaml", Record::new("Contoso", "Teams", POOR).yaml())]);
    repo.git_in(repo.home(), &["clone", "--quiet", "--bare", "repo", "server.git"]).passed();
    repo
}

/// Runs the program with variables of git.
fn with_variables(repo: &Repo, folder: &Path, variables: &[(&str, &Path)], arguments: &[&str]) -> Run {
    let mut command = repo.command(program(), folder);
    Run::of(&command.args(arguments).envs(variables.iter().copied()).output().unwrap())
}

#[test]
fn a_bare_repository_has_no_files_to_check() {
    let repo = with_bare_clone();
    let bare = repo.home().canonicalize().unwrap().join("server.git");
    for (folder, arguments) in [
        (bare.clone(), &["check"][..]),
        (bare.clone(), &["check", "."]),
        (bare.clone(), &["check", "--list-files"]),
        (bare.clone(), &["check", "--no-config", "--exit-zero"]),
        (bare.join("refs"), &["check"]),
        (bare.join("hooks"), &["check", ".."]),
        (bare.parent().unwrap().to_path_buf(), &["check", "server.git"]),
    ] {
        let run = repo.notegate_in(&folder, arguments);
        run.said(2, "a bare repository");
        run.said(2, "notegate check --rev HEAD");
    }
    repo.notegate_in(&bare, &["check", "--rev", "HEAD"]).said(1, "notes/a.yaml");
    // A server names the repository to its hooks.
    let outside = repo.home().join("outside");
    std::fs::create_dir(&outside).unwrap();
    with_variables(&repo, &outside, &[("GIT_DIR", &bare)], &["check"]).said(2, "notegate check --rev HEAD");

    // Near misses: a linked work tree of it, a note that is named, standard input, and files that were laid out from it.
    repo.git_in(&bare, &["worktree", "add", "--quiet", "../linked"]).passed();
    repo.notegate_in(&bare.join("../linked"), &["check"]).said(1, "notes/a.yaml");
    let note = bare.join("../linked/notes/a.yaml");
    repo.notegate_in(&bare, &["check", note.to_str().unwrap()]).said(1, "a.yaml");
    repo.notegate_in(&bare, &["check", "../linked"]).said(1, "a.yaml");
    repo.notegate_in(&bare, &["check", "-"]).said(0, "1 file");
    std::fs::write(outside.join("a.yaml"), Record::new("Contoso", "Teams", POOR).yaml()).unwrap();
    with_variables(&repo, &outside, &[("GIT_DIR", &bare)], &["check"]).said(1, "a.yaml");
}

#[test]
fn a_work_tree_elsewhere_is_named() {
    let repo = with_bare_clone();
    let home = repo.home().canonicalize().unwrap();
    let top = home.join("repo");
    let outside = home.join("out side");
    std::fs::create_dir(&outside).unwrap();
    let git = top.join(".git");
    for tree in [top.as_path(), Path::new("../repo")] {
        let variables = [("GIT_DIR", git.as_path()), ("GIT_WORK_TREE", tree)];
        for arguments in [&["check"][..], &["check", "."], &["check", "--list-files"]] {
            let run = with_variables(&repo, &outside, &variables, arguments);
            run.said(2, &format!("notegate check {}", top.display()));
        }
        with_variables(&repo, &outside, &variables, &["check", "--rev", "HEAD"]).said(1, "notes/a.yaml");
        with_variables(&repo, &outside, &variables, &["check", top.to_str().unwrap()]).said(1, "notes/a.yaml");
        with_variables(&repo, &outside, &variables, &["check", "../repo/notes/a.yaml"]).said(1, "a.yaml");
    }
    // Other notes are there: they are examined, and it is said that they are not those of the repository.
    std::fs::write(outside.join("b.yaml"), Record::new("Contoso", "Teams", GREAT).yaml()).unwrap();
    let variables = [("GIT_DIR", git.as_path()), ("GIT_WORK_TREE", top.as_path())];
    with_variables(&repo, &outside, &variables, &["check"])
        .said(0, &format!("warning: the work tree of git, {}, is not the current folder", top.display()));
    assert!(!with_variables(&repo, &outside, &variables, &["check", "."]).passed().contains("warning"));
    // Near misses: the variables name where the person stands.
    for folder in [&top, &top.join("notes")] {
        let variables = [("GIT_DIR", git.as_path()), ("GIT_WORK_TREE", top.as_path())];
        with_variables(&repo, folder, &variables, &["check"]).said(1, "a.yaml");
    }
}

#[test]
fn a_place_without_a_file_to_examine_is_warned_of() {
    let warning = "warning: nothing was examined: there is no YAML file here";
    let nowhere = Repo::somewhere();
    nowhere.notegate(&["check"]).said(0, warning);
    nowhere.notegate(&["check", "."]).said(0, "selects no file in `.`");
    nowhere.notegate(&["check", "--require-records"]).said(4, warning);
    let repo = Repo::bare_of_hooks();
    repo.write("README.md", "x\n");
    repo.commit_all_unchecked("begin");
    for arguments in [&["check"][..], &["check", "--rev", "HEAD"], &["check", "-q"]] {
        repo.notegate(arguments).said(0, warning);
    }
    // One warning is enough: a pattern that leads to nothing is the reason.
    repo.write("notegate.yaml", "include: ['notes/*.yaml']\n");
    repo.commit_all_unchecked("patterns");
    for arguments in [&["check"][..], &["check", "--rev", "HEAD"]] {
        let run = repo.notegate(arguments);
        run.said(0, "the pattern `notes/*.yaml` under `include` matches no file");
        assert!(!run.text.contains("nothing was examined"), "{}", run.text);
    }
    // Near misses: a change that touches no note is an ordinary one.
    repo.write("README.md", "y\n");
    repo.git(&["add", "--all"]).passed();
    assert!(!repo.notegate(&["check", "--staged"]).passed().contains("warning"));
    repo.write("notegate.yaml", "{}\n");
    repo.write("a.yaml", &Record::new("Contoso", "Teams", GREAT).yaml());
    assert!(!repo.notegate(&["check"]).passed().contains("warning"));
}
