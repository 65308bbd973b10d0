//! File names are bytes, and whoever chose them may mean harm.

use crate::support::{GREAT, POOR, Record, Repo, blocked};
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

#[test]
fn odd_names_are_judged_like_any_other() {
    let names = [
        "with space.yaml",
        "\"quoted\".yaml",
        "new\nline.yaml",
        "tab\there.yaml",
        "-leading.yaml",
        "--all.yaml",
        ":(top).yaml",
        "*.yaml",
        "e\u{301}.yaml",
        "\u{e9}.yaml",
        "\u{202e}lmay.yaml",
        "con.yaml",
        "back\\slash.yaml",
        "UPPER.YAML",
    ];
    let repo = Repo::new();
    for (number, name) in names.iter().enumerate() {
        repo.write(name, &Record::new("Contoso", &format!("W{number}"), POOR).yaml());
    }
    repo.git(&["add", "--all"]).passed();
    let run = repo.commit(&[]);
    assert!(run.ended(1).contains(&format!("{} poor", names.len())), "{}", run.text);
    assert!(!run.text.contains('\u{202e}') && !run.text.contains('\t'), "{:?}", run.text);
    let listed = repo.notegate(&["check", "--staged", "--list-files"]);
    assert_eq!(listed.passed().lines().count(), names.len(), "{}", listed.text);
}

#[test]
fn a_name_that_is_not_utf_8() {
    let repo = Repo::new();
    let path = repo.root().join(OsStr::from_bytes(b"caf\xe9.yaml"));
    std::fs::write(&path, Record::new("Contoso", "Teams", POOR).yaml()).unwrap();
    repo.git(&["add", "--all"]).passed();
    repo.commit(&[]).said(1, "caf\u{fffd}.yaml");
}

#[test]
fn a_rename_in_case_only() {
    let repo = Repo::holding(&[("Notes.yaml", Record::new("Contoso", "Teams", POOR).yaml())]);
    repo.git(&["mv", "Notes.yaml", "notes.yaml"]).passed();
    repo.commit(&[]).passed();
}

#[test]
fn named_paths_narrow_a_change_down() {
    let repo = Repo::holding(&[("x/a.yaml", Record::new("Contoso", "Teams", GREAT).yaml())]);
    repo.stage("x/a.yaml", &Record::new("Contoso", "Teams", GREAT).with(POOR).yaml());
    repo.stage("y/b.yaml", &Record::new("Fabrikam", "Teams", GREAT).yaml());
    repo.notegate(&["check", "--staged", "y"]).passed();
    repo.notegate(&["check", "--staged", "x"]).said(1, "x/a.yaml");
    repo.notegate(&["check", "--staged", "x/a.yaml"]).ended(1);
    repo.notegate(&["check", "--staged", "./y/../x/a.yaml"]).ended(1);
    let sub = repo.path("y");
    repo.notegate_in(&sub, &["check", "--staged", "."]).passed();
    repo.notegate_in(&sub, &["check", "--staged", ".."]).ended(1);
    repo.notegate_in(&sub, &["check", "--staged", "../../elsewhere"]).said(2, "outside the repository");
}

#[test]
fn files_outside_the_selection_are_not_looked_at() {
    let repo = Repo::new();
    for path in [".github/workflows/a.yaml", "a.txt", "notes/.hidden/a.yaml"] {
        repo.stage(path, "note: ''\nstatus: x\nworkload: y\n");
    }
    repo.commit(&[]).passed();
    // A note does not pass because of its name.
    let before = repo.head();
    for path in [".b.yaml", "notes/.hidden.yaml", "..yaml", "notes/...yml"] {
        repo.stage(path, &Record::new("Contoso", "Teams", POOR).yaml());
        blocked(&repo, &repo.commit(&[]), &before);
        repo.git(&["rm", "--quiet", "--force", "--cached", path]).passed();
        std::fs::remove_file(repo.path(path)).unwrap();
    }
    for (path, text) in [(".pre-commit-config.yaml", "repos: []\n"), (".travis.yml", "language: rust\n")] {
        repo.stage(path, text);
    }
    repo.commit(&[]).passed();
    repo.stage("notegate.yaml", "include: ['notes/**']\nexclude: ['notes/old/**']\n");
    repo.stage("a.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    repo.stage("notes/old/a.yaml", &Record::new("Contoso", "Teams", POOR).yaml());
    repo.commit(&[]).passed();
    repo.stage("notes/a.yaml", &Record::new("Contoso", "Yammer", POOR).yaml());
    repo.commit(&[]).said(1, "notes/a.yaml");
}
